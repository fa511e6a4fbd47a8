/* The work list: what is whose turn, and how soon. Rows come from one query over the cases; in which group a row stands follows from
 * its state and its dates at the moment the page is made. */
#include "web/office.h"

#include "web/pages.h"
#include "web/words.h"

enum { ROWS_MOST = 500, ROWS_SHOWN = 40 };

static const struct {
    Str word;
    const char *words;
} GROUPS[URGENCY_COUNT] = {
#define X(name, word, words) { S(word), words },
    URGENCIES(X)
#undef X
};

/* The filters of the page, as they stand in its address. */
typedef struct Filters {
    Str state, due, authority, text;
    int64_t page;
} Filters;

typedef struct Sorted {
    QueueRow row;
    Urgency urgency;
} Sorted;
typedef LIST(Sorted) SortedRows;

Urgency urgency_of(const CaseRow *row, Date today)
{
    if (row->state == CASE_CORRECTION)
        return URGENCY_APPLICANT;
    if (row->state == CASE_WAITING)
        return URGENCY_OTHERS;
    /* It stands still until the day that the applicant was told. */
    if (row->state == CASE_SUSPENDED && !(date_is_set(row->due) && date_compare(row->due, today) < 0))
        return URGENCY_STANDING;
    if (!date_is_set(row->due))
        return case_state_is_final(row->state) ? URGENCY_ENDED : URGENCY_NO_TERM;
    const int32_t days = row->due.day - today.day;
    if (days < 0)
        return URGENCY_OVERDUE;
    if (days <= 1)
        return days == 0 ? URGENCY_TODAY : URGENCY_TOMORROW;
    return days <= 7 - date_weekday(today) ? URGENCY_WEEK : URGENCY_LATER;
}

static CaseState state_of_word(Str word)
{
    for (int i = CASE_NONE + 1; i < CASE_STATE_COUNT; i++)
        if (str_equal(case_state_word((CaseState)i), word))
            return (CaseState)i;
    return CASE_NONE;
}

static bool is_supervisor(const Request *request)
{
    return request->actor.account.role == ROLE_SUPERVISOR;
}

static Filters filters_read(Request *request)
{
    Filters filters = { .state = form_get(&request->query, S("state")), .due = form_get(&request->query, S("due")),
                        .authority = form_get(&request->query, S("authority")), .text = str_trim(form_get(&request->query, S("q"))) };
    if (state_of_word(filters.state) == CASE_NONE)
        filters.state = STR_NONE;
    if (!is_supervisor(request))
        filters.authority = STR_NONE;
    if (!str_to_i64(form_get(&request->query, S("page")), &filters.page) || filters.page < 1)
        filters.page = 1;
    return filters;
}

static Str authority_of(const Request *request, const Filters *filters)
{
    return is_supervisor(request) ? filters->authority : request->actor.account.authority;
}

/* ---- addresses ----------------------------------------------------------------------------------------------------------- */

static void put_parameter(Text *url, const char *name, Str value)
{
    if (value.len == 0)
        return;
    text_printf(url, "%c%s=", memchr(url->data, '?', url->len) ? '&' : '?', name);
    for (size_t i = 0; i < value.len; i++)
        text_printf(url, "%%%02X", (unsigned)(unsigned char)value.data[i]);
}

static Str url_of(Request *request, Filters filters)
{
    Text url = text_begin(request->arena, 2048);
    text_put(&url, S("/office"));
    put_parameter(&url, "state", filters.state);
    put_parameter(&url, "due", filters.due);
    put_parameter(&url, "authority", filters.authority);
    put_parameter(&url, "q", filters.text);
    if (filters.page > 1)
        put_parameter(&url, "page", words_count(request, filters.page));
    return text_str(&url);
}

/* ---- rows ------------------------------------------------------------------------------------------------------------------ */

static void add_rows(Request *request, SortedRows *rows, const QueueQuery *query, bool only_dated)
{
    const QueueList found = store_queue(request->desk->store, request->arena, query);
    for (size_t i = 0; i < found.count; i++)
        if (!only_dated || date_is_set(found.at[i].row.due))
            list_push(request->arena, rows, (Sorted){ found.at[i], urgency_of(&found.at[i].row, request->today) });
}

static bool comes_before(const Sorted *a, const Sorted *b)
{
    if (a->urgency != b->urgency)
        return a->urgency < b->urgency;
    const bool a_dated = date_is_set(a->row.row.due), b_dated = date_is_set(b->row.row.due);
    if (a_dated && b_dated && date_compare(a->row.row.due, b->row.row.due) != 0)
        return date_compare(a->row.row.due, b->row.row.due) < 0;
    return false;
}

static void sort(SortedRows *rows)
{
    for (size_t i = 1; i < rows->count; i++) {
        const Sorted one = rows->at[i];
        size_t at = i;
        for (; at > 0 && comes_before(&one, &rows->at[at - 1]); at--)
            rows->at[at] = rows->at[at - 1];
        rows->at[at] = one;
    }
}

/* "soon" is what the oversight counts: due today or tomorrow. */
static bool is_due(Str due, Urgency urgency)
{
    if (str_equal(due, S("soon")))
        return urgency == URGENCY_TODAY || urgency == URGENCY_TOMORROW;
    return due.len == 0 || str_equal(GROUPS[urgency].word, due);
}

/* What the filters let through. Who searches looks for a case, open or finished. Where an inspection follows the decision, its case is finished, and yet something is due. */
static SortedRows rows_of(Request *request, const Filters *filters, int64_t counts[URGENCY_COUNT])
{
    SortedRows all = { 0 }, rows = { 0 };
    QueueQuery query = { .authority = authority_of(request, filters), .text = filters->text, .state = state_of_word(filters->state),
                         .limit = ROWS_MOST };
    query.open_only = query.state == CASE_NONE && filters->text.len == 0;
    add_rows(request, &all, &query, false);
    if (query.open_only) {
        query.open_only = false;
        query.state = CASE_ISSUED;
        add_rows(request, &all, &query, true);
    }
    sort(&all);
    for (size_t i = 0; i < all.count; i++) {
        counts[all.at[i].urgency]++;
        if (is_due(filters->due, all.at[i].urgency))
            list_push(request->arena, &rows, all.at[i]);
    }
    return rows;
}

/* The light of the row's date, by the rule of the clocks. */
static Light light_of(const Pack *pack, const CaseRow *row, Date today)
{
    const Clock clock = { .running = true, .from = date_is_set(row->accepted) ? row->accepted : row->received, .due = { .date = row->due } };
    return date_is_set(row->due) && date_is_set(clock.from) ? clock_light(&clock, &pack->calendar, today) : LIGHT_NONE;
}

static Str row_due_words(Request *request, const CaseRow *row)
{
    if (row->state == CASE_CORRECTION && date_is_set(row->term))
        return text_in(request->arena, words_language(request), "Applicant: by %1", words_date(request, row->term));
    return date_is_set(row->due) ? clock_due_words(request, row->due, request->today) : STR_NONE;
}

static OfficeRow row_of(Request *request, const QueueRow *queue)
{
    const Pack *pack = desk_pack(request->desk, &queue->pack);
    const Service *service = pack_service(pack, queue->row.service);
    const Event *event = pack_event(pack, queue->event);
    const Str reference = store_reference(request->desk->store, request->arena, queue->row.application);
    OfficeRow row = { .reference = reference, .label = queue->label, .state = state_words(request, queue->row.state, READER_OFFICER),
                      .due = row_due_words(request, &queue->row), .light = light_of(pack, &queue->row, request->today),
                      .received = words_date(request, queue->row.received),
                      .url = str_printf(request->arena, "/office/%.*s/%d", STR_ARGS(reference), queue->row.k) };
    if (row.label.len == 0)
        row.label = event ? page_texts(request, event->name) : reference;
    if (service) {
        row.service = page_texts(request, service->name);
        row.authority = page_texts(request, service->authority->name);
    }
    return row;
}

static void add_groups(Request *request, const SortedRows *rows, size_t from, OfficePage *p)
{
    OfficeGroup *group = NULL;
    Urgency of = URGENCY_COUNT;
    for (size_t i = from; i < rows->count && i < from + ROWS_SHOWN; i++) {
        const Sorted *one = &rows->at[i];
        if (one->urgency != of) {
            of = one->urgency;
            group = list_add(request->arena, &p->groups);
            group->name = page_tr(request, GROUPS[of].words);
            for (size_t n = 0; n < rows->count; n++)
                group->count += rows->at[n].urgency == of;
        }
        list_push(request->arena, &group->rows, row_of(request, &one->row));
    }
}

/* ---- filters ------------------------------------------------------------------------------------------------------------------ */

static int64_t count_of(const TallyList *tally, Str authority, CaseState state, bool open_only)
{
    int64_t cases = 0;
    for (size_t i = 0; i < tally->count; i++) {
        const Tally *one = &tally->at[i];
        if ((authority.len == 0 || str_equal(one->authority, authority)) && (state == CASE_NONE || one->state == state) &&
            !(open_only && case_state_is_final(one->state)))
            cases += one->cases;
    }
    return cases;
}

static void add_filter(Request *request, OfficeFilters *list, Str words, Filters filters, bool current, int64_t count)
{
    filters.page = 1;
    list_push(request->arena, list, (OfficeFilter){ .words = words, .url = url_of(request, filters), .current = current, .count = count });
}

static void add_state_filters(Request *request, const Filters *filters, const TallyList *tally, OfficePage *p)
{
    const Str authority = authority_of(request, filters);
    Filters one = *filters;
    one.state = STR_NONE;
    const bool searches = filters->text.len > 0;
    add_filter(request, &p->states, searches ? page_tr(request, N_("All cases")) : page_tr(request, N_("All open cases")), one,
               filters->state.len == 0, count_of(tally, authority, CASE_NONE, !searches));
    for (int i = CASE_NONE + 1; i < CASE_STATE_COUNT; i++) {
        const CaseState state = (CaseState)i;
        const int64_t count = count_of(tally, authority, state, false);
        one.state = case_state_word(state);
        const bool current = str_equal(filters->state, one.state);
        if (count || current)
            add_filter(request, case_state_is_final(state) ? &p->ended : &p->states, state_words(request, state, READER_OFFICER), one,
                       current, count);
    }
}

static void add_due_filters(Request *request, const Filters *filters, const int64_t counts[URGENCY_COUNT], OfficePage *p)
{
    Filters one = *filters;
    one.due = STR_NONE;
    add_filter(request, &p->dues, page_tr(request, N_("Any time")), one, filters->due.len == 0, 0);
    for (size_t i = 0; i < URGENCY_COUNT; i++) {
        one.due = GROUPS[i].word;
        const bool current = str_equal(filters->due, one.due);
        if ((counts[i] && i != URGENCY_ENDED) || current)
            add_filter(request, &p->dues, page_tr(request, GROUPS[i].words), one, current, counts[i]);
    }
}

static void add_authority_filters(Request *request, const Filters *filters, const TallyList *tally, OfficePage *p)
{
    Filters one = *filters;
    one.authority = STR_NONE;
    add_filter(request, &p->authorities, page_tr(request, N_("All authorities")), one, filters->authority.len == 0,
               count_of(tally, STR_NONE, CASE_NONE, true));
    for (size_t i = 0; i < request->pack->authorities.count; i++) {
        const Authority *authority = request->pack->authorities.at[i];
        const int64_t count = count_of(tally, authority->id, CASE_NONE, true);
        one.authority = authority->id;
        if (count || str_equal(filters->authority, authority->id))
            add_filter(request, &p->authorities, page_texts(request, authority->name), one, str_equal(filters->authority, authority->id),
                       count);
    }
}

/* Nothing fits: each condition can be dropped by a link. */
static void add_drops(Request *request, const Filters *filters, OfficePage *p)
{
    Filters without = *filters;
    without.text = STR_NONE;
    if (filters->text.len)
        add_filter(request, &p->drop, text_in(request->arena, words_language(request), "Do not search for “%1”", filters->text), without,
                   false, 0);
    without = *filters;
    without.state = STR_NONE;
    if (filters->state.len)
        add_filter(request, &p->drop, page_tr(request, N_("Show all open cases, whatever their state")), without, false, 0);
    without = *filters;
    without.due = STR_NONE;
    if (filters->due.len)
        add_filter(request, &p->drop, page_tr(request, N_("Show cases due at any time")), without, false, 0);
    without = *filters;
    without.authority = STR_NONE;
    if (filters->authority.len)
        add_filter(request, &p->drop, page_tr(request, N_("Show all authorities")), without, false, 0);
}

static void add_kept(Request *request, const Filters *filters, OfficePage *p)
{
    const Field fields[] = { { S("state"), filters->state }, { S("due"), filters->due }, { S("authority"), filters->authority } };
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        if (fields[i].value.len)
            list_push(request->arena, &p->kept, fields[i]);
}

static void add_pages(Request *request, const Filters *filters, const SortedRows *rows, OfficePage *p)
{
    Filters other = *filters;
    other.page = filters->page - 1;
    if (filters->page > 1)
        p->previous = url_of(request, other);
    other.page = filters->page + 1;
    if ((size_t)filters->page * ROWS_SHOWN < rows->count)
        p->next = url_of(request, other);
}

/* GET /office */
Reply page_office(Request *request)
{
    if (!desk_may(request->desk, &request->actor, USE_QUEUE, NULL, STR_NONE))
        return reply_forbidden(request);
    Filters filters = filters_read(request);
    int64_t counts[URGENCY_COUNT] = { 0 };
    const SortedRows rows = rows_of(request, &filters, counts);
    if ((size_t)(filters.page - 1) > rows.count / ROWS_SHOWN)
        filters.page = 1;
    const TallyList tally = store_tally(request->desk->store, request->arena, request->today);
    const Str authority = authority_of(request, &filters);
    const Authority *office = pack_authority(request->pack, authority);
    OfficePage p = { .layout = page_layout(request, N_("Work list"), false), .text = filters.text, .found = (int64_t)rows.count,
                     .office = office ? page_texts(request, office->name) : page_tr(request, N_("All authorities")),
                     .all_authorities = authority.len == 0, .cut_off = rows.count >= ROWS_MOST, .nothing_due = filters.text.len == 0,
                     .for_applicant = count_of(&tally, authority, CASE_CORRECTION, true),
                     .for_others = count_of(&tally, authority, CASE_WAITING, true) };
    p.layout.office = true;
    for (size_t i = 0; i < rows.count; i++)
        p.nothing_due &= rows.at[i].urgency >= URGENCY_STANDING;
    add_state_filters(request, &filters, &tally, &p);
    add_due_filters(request, &filters, counts, &p);
    if (is_supervisor(request))
        add_authority_filters(request, &filters, &tally, &p);
    add_kept(request, &filters, &p);
    add_groups(request, &rows, (size_t)(filters.page - 1) * ROWS_SHOWN, &p);
    add_pages(request, &filters, &rows, &p);
    if (rows.count == 0)
        add_drops(request, &filters, &p);
    Html out = page_begin(request);
    html_office(&out, &p);
    return reply_html(request, 200, &out);
}
