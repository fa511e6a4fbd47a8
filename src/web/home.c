/* My page. It is made from the rows of the cases alone, without folding a journal, so that it stays quick for whoever has many. */
#include "web/home.h"

#include "web/application.h"
#include "web/pages.h"
#include "web/words.h"

typedef struct Standing {                          /* of one application, from its cases' rows */
    int64_t done, all;
    Date due;                                      /* the first term of an authority that did not decide yet; DATE_NONE without */
} Standing;

static bool asks_applicant(const CaseRow *row)
{
    return (row->state == CASE_CORRECTION || row->state == CASE_DEFICIENT) && date_is_set(row->term);
}

static void add_task(Request *request, const Pack *pack, const HomeRow *application, const CaseRow *row, HomePage *p)
{
    const Service *service = pack_service(pack, row->service);
    if (!service)
        return;
    const Str date = words_date(request, row->term);
    const Str words = row->state == CASE_CORRECTION
                          ? text_in(request->arena, words_language(request), "Send the corrections by %1", date)
                          : text_in(request->arena, words_language(request), "Bring what is missing by %1", date);
    list_push(request->arena, &p->tasks,
              (HomeTask){ .service = page_texts(request, service->name), .name = application->name, .words = words, .term = row->term,
                          .url = str_printf(request->arena, "/applications/%.*s/correct/%d", STR_ARGS(application->reference), row->k) });
}

static void sort_tasks(HomePage *p)
{
    for (size_t i = 1; i < p->tasks.count; i++)
        for (size_t at = i; at > 0 && date_compare(p->tasks.at[at].term, p->tasks.at[at - 1].term) < 0; at--) {
            const HomeTask earlier = p->tasks.at[at];
            p->tasks.at[at] = p->tasks.at[at - 1];
            p->tasks.at[at - 1] = earlier;
        }
}

static Str standing_words(Request *request, const Standing *standing)
{
    const Language language = words_language(request);
    const Str done = words_count(request, standing->done), all = words_count(request, standing->all);
    if (standing->done == standing->all)
        return text_counted(request->arena, language, "1 part, finished", "%1 parts, all finished", standing->all);
    if (date_is_set(standing->due) && date_compare(standing->due, request->today) < 0)
        return text_in(request->arena, language, "%1 of %2 parts finished. An authority is late: its term ended on %3.", done, all,
                       words_date(request, standing->due));
    if (date_is_set(standing->due))
        return text_in(request->arena, language, "%1 of %2 parts finished. Next term of an authority: %3.", done, all,
                       words_date(request, standing->due));
    return text_in(request->arena, language, "%1 of %2 parts finished.", done, all);
}

static Standing standing_of(const CaseRowList *rows)
{
    Standing standing = { .all = (int64_t)rows->count, .due = DATE_NONE };
    for (size_t i = 0; i < rows->count; i++) {
        const CaseRow *row = &rows->at[i];
        const bool final = case_state_is_final(row->state);
        standing.done += final;
        if (!final && date_is_set(row->due) && (!date_is_set(standing.due) || date_compare(row->due, standing.due) < 0))
            standing.due = row->due;
    }
    return standing;
}

static void add_documents(Request *request, const Pack *pack, const HomeRow *application, const Application *row, HomePage *p)
{
    const EvidenceList rows = store_evidence(request->desk->store, request->arena, row->area, row->id);
    for (size_t i = 0; i < rows.count; i++) {
        const Evidence *one = &rows.at[i];
        if (one->k == 0 || one->state != EVIDENCE_CURRENT)
            continue;
        const EvidenceType *type = pack_evidence(pack, one->type);
        list_push(request->arena, &p->documents,
                  (HomeDocument){ .name = type ? page_texts(request, type->name) : one->name, .number = one->name,
                                  .application = application->name,
                                  .url = str_printf(request->arena, "/applications/%.*s/documents/%lld",
                                                    STR_ARGS(application->reference), (long long)one->id) });
    }
}

static void add_application(Request *request, const Application *row, HomePage *p)
{
    const Pack *pack = desk_pack(request->desk, &row->pack);
    const Event *event = pack_event(pack, row->event);
    if (!event)
        return;
    HomeRow home = { .event = page_texts(request, event->name), .reference = store_reference(request->desk->store, request->arena, row->id) };
    home.name = row->label.len ? row->label : home.event;
    if (!row->account) {
        home.url = str_printf(request->arena, "/home/%.*s", STR_ARGS(home.reference));
        home.at = row->created_at;
        list_push(request->arena, &p->here, home);
        return;
    }
    if (row->state == APPLICATION_DRAFT) {
        home.url = str_printf(request->arena, "/apply/%.*s", STR_ARGS(home.reference));
        home.at = row->created_at;
        list_push(request->arena, &p->drafts, home);
        return;
    }
    const CaseRowList rows = store_cases(request->desk->store, request->arena, row->area, row->id);
    const Standing standing = standing_of(&rows);
    home.url = str_printf(request->arena, "/applications/%.*s", STR_ARGS(home.reference));
    home.at = row->sent_at;
    home.words = standing_words(request, &standing);
    for (size_t i = 0; i < rows.count; i++)
        if (asks_applicant(&rows.at[i]))
            add_task(request, pack, &home, &rows.at[i], p);
    add_documents(request, pack, &home, row, p);
    if (standing.done == standing.all)
        list_push(request->arena, &p->finished, home);
    else
        list_push(request->arena, &p->running, home);
}

/* GET /home */
Reply page_home(Request *request)
{
    if (!desk_may(request->desk, &request->actor, USE_HOME, NULL, STR_NONE))
        return reply_redirect(request, "/sign-in");
    if (desk_may(request->desk, &request->actor, USE_QUEUE, NULL, STR_NONE))
        return reply_redirect(request, "/office");
    HomePage p = { .layout = page_layout(request, N_("My page"), false), .name = request->actor.account.name,
                   .csrf = request->csrf };
    const ApplicationList rows = store_applications_of(request->desk->store, request->arena, request->actor.account.id);
    for (size_t i = 0; i < rows.count; i++)
        add_application(request, &rows.at[i], &p);
    const ApplicationList here = store_applications_open(request->desk->store, request->arena, &request->actor.session);
    for (size_t i = 0; i < here.count; i++)
        add_application(request, &here.at[i], &p);
    sort_tasks(&p);
    Html out = page_begin(request);
    html_home(&out, &p);
    return reply_html(request, 200, &out);
}

/* POST /home/{reference}: what was begun without an account goes into this one. */
Reply act_adopt(Request *request)
{
    int64_t application;
    Verdict verdict = VERDICT_NOT_FOUND;
    if (page_reference(request, request->args[0], &application))
        verdict = desk_adopt(request->desk, request->arena, &request->actor, application, request->now, request->change);
    return verdict == VERDICT_OK || verdict == VERDICT_ALREADY ? reply_redirect(request, "/home") : reply_verdict(request, verdict);
}
