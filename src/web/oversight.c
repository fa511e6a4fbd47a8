/* Oversight: counted by the store at the moment of looking, one line an authority. A second correction notice is told case by case,
 * because the law allows one: LAW cn.licensing art.32(1)(4). */
#include "web/oversight.h"

#include "web/office.h"
#include "web/pages.h"
#include "web/words.h"

enum { LOOKED_INTO_MOST = 500, RATINGS_LEAST = 10, SECOND_NOTICE_ENTRIES = 4 };

typedef struct Sums {
    int64_t rated, rating_sum;
} Sums;

static void add(OversightRow *row, Sums *sums, const Tally *tally)
{
    const bool open = !case_state_is_final(tally->state);
    row->open += open ? tally->cases : 0;
    row->late += tally->late;
    row->for_applicant += tally->state == CASE_CORRECTION ? tally->cases : 0;
    row->for_others += tally->state == CASE_WAITING ? tally->cases : 0;
    sums->rated += tally->rated;
    sums->rating_sum += tally->rating_sum;
}

static Str rating_words(Request *request, const Sums *sums)
{
    if (sums->rated < RATINGS_LEAST)
        return page_tr(request, N_("Too few ratings"));
    const int64_t tenths = (sums->rating_sum * 10 + sums->rated / 2) / sums->rated;
    return text_in(request->arena, words_language(request), "%1 of 5, from %2 ratings",
                   str_printf(request->arena, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10)),
                   words_count(request, sums->rated));
}

/* `soon` counts by the day after tomorrow, so what is late today is taken off again. Empty authority: all. */
static OversightRow row_of(Request *request, Str authority, const TallyList *today, const TallyList *soon)
{
    OversightRow row = { .id = authority };
    Sums sums = { 0 };
    for (size_t i = 0; i < today->count; i++)
        if (authority.len == 0 || str_equal(today->at[i].authority, authority))
            add(&row, &sums, &today->at[i]);
    for (size_t i = 0; i < soon->count; i++)
        if (authority.len == 0 || str_equal(soon->at[i].authority, authority))
            row.soon += soon->at[i].late;
    row.soon -= row.late;
    row.rating = rating_words(request, &sums);
    return row;
}

static int64_t notices_of(const EntryList *entries)
{
    int64_t notices = 0;
    for (size_t i = 0; i < entries->count; i++)
        notices += entries->at[i].kind == ENTRY_ASK;
    return notices;
}

static void add_second_notices(Request *request, OversightPage *p)
{
    const QueueQuery query = { .open_only = true, .limit = LOOKED_INTO_MOST };
    const QueueList rows = store_queue(request->desk->store, request->arena, &query);
    p->cut_off = rows.count == LOOKED_INTO_MOST;
    for (size_t i = 0; i < rows.count; i++) {
        const CaseRow *row = &rows.at[i].row;
        if (row->entries < SECOND_NOTICE_ENTRIES)
            continue;
        const EntryList entries = store_entries(request->desk->store, request->arena, row->area, row->application, row->k);
        const int64_t notices = notices_of(&entries);
        const Service *service = pack_service(desk_pack(request->desk, &rows.at[i].pack), row->service);
        if (notices < 2 || !service)
            continue;
        const Str reference = store_reference(request->desk->store, request->arena, row->application);
        list_push(request->arena, &p->seconds,
                  (SecondNotice){ .label = rows.at[i].label, .reference = reference, .service = page_texts(request, service->name),
                                  .authority = page_texts(request, service->authority->name), .notices = notices,
                                  .url = str_printf(request->arena, "/office/%.*s/%d", STR_ARGS(reference), row->k) });
        for (size_t a = 0; a < p->rows.count; a++)
            p->rows.at[a].seconds += str_equal(p->rows.at[a].id, row->authority);
    }
}

/* GET /oversight */
Reply page_oversight(Request *request)
{
    if (!desk_may(request->desk, &request->actor, USE_OVERSIGHT, NULL, STR_NONE))
        return reply_forbidden(request);
    OversightPage p = { .layout = page_layout(request, N_("Oversight"), false) };
    p.layout.office = true;
    const TallyList today = store_tally(request->desk->store, request->arena, request->today);
    const TallyList soon = store_tally(request->desk->store, request->arena, date_add(request->today, 2));
    for (size_t i = 0; i < request->pack->authorities.count; i++) {
        const Authority *authority = request->pack->authorities.at[i];
        OversightRow row = row_of(request, authority->id, &today, &soon);
        row.authority = page_texts(request, authority->name);
        bool gives = false;
        for (size_t s = 0; s < request->pack->services.count; s++)
            gives |= request->pack->services.at[s]->authority == authority;
        if (gives)
            list_push(request->arena, &p.rows, row);
    }
    p.all = row_of(request, STR_NONE, &today, &soon);
    p.all.authority = page_tr(request, N_("All authorities"));
    add_second_notices(request, &p);
    p.all.seconds = (int64_t)p.seconds.count;
    Html out = page_begin(request);
    html_oversight(&out, &p);
    return reply_html(request, 200, &out);
}
