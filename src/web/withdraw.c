/* Withdrawing: one part or all. Nobody is asked to confirm blindly: the page names every case that ends, and those that cannot begin
 * without it. */
#include "web/application.h"

#include "web/pages.h"
#include "web/words.h"

static bool may_withdraw(const CaseView *one)
{
    return one->service && case_step(one->it.state, ENTRY_WITHDRAW, ROLE_APPLICANT) != NULL;
}

/* Marks what ends with it: cases that wait for a result which will not come, and theirs in turn. */
static void mark_following(const ApplicationView *view, bool *ends)
{
    bool moved = true;
    while (moved) {
        moved = false;
        for (size_t i = 0; i < view->cases.count; i++) {
            const CaseView *one = &view->cases.at[i];
            for (size_t w = 0; one->it.state == CASE_WAITING && !ends[i] && w < one->it.waits_for.count; w++) {
                const CaseView *giver = state_giver(view, one->it.waits_for.at[w]);
                if (giver && ends[giver - view->cases.at])
                    moved = ends[i] = true;
            }
        }
    }
}

/* The case that the path names; 0: all. False where it names none. */
static bool read_case(const Request *request, const ApplicationView *view, int32_t *k)
{
    int64_t number = 0;
    *k = 0;
    if (request->args[1].len == 0)
        return true;
    if (!str_to_i64(request->args[1], &number) || number <= 0 || number > INT32_MAX || !application_case(view, (int32_t)number))
        return false;
    *k = (int32_t)number;
    return true;
}

static void list_ends(Request *request, const ApplicationView *view, int32_t k, WithdrawPage *p)
{
    bool *ends = arena_array(request->arena, bool, view->cases.count);
    for (size_t i = 0; i < view->cases.count; i++)
        ends[i] = may_withdraw(&view->cases.at[i]) && (k == 0 || view->cases.at[i].row.k == k);
    for (size_t i = 0; i < view->cases.count; i++)
        if (ends[i])
            list_push(request->arena, &p->ends, page_texts(request, view->cases.at[i].service->name));
    bool *all = arena_array(request->arena, bool, view->cases.count);
    memcpy(all, ends, view->cases.count * sizeof *all);
    mark_following(view, all);
    for (size_t i = 0; i < view->cases.count; i++)
        if (all[i] && !ends[i] && view->cases.at[i].service)
            list_push(request->arena, &p->follow, page_texts(request, view->cases.at[i].service->name));
}

/* Nothing is left to withdraw: since when, and what can be done instead. */
static Reply nothing_left(Request *request, const ApplicationView *view, const CaseView *one)
{
    DecidedPage p = { .layout = page_layout(request, N_("Withdraw"), false), .back = application_url(request, view),
                      .heading = page_tr(request, N_("You cannot withdraw after the decision")) };
    p.layout.title = p.heading;
    p.layout.back = p.back;
    p.layout.section = application_name(request, view);
    if (!one || !one->service)
        p.sentence = page_tr(request, N_("Every part of the application is decided or has ended."));
    else if (date_is_set(one->it.decided)) {
        p.sentence = text_in(request->arena, words_language(request), "“%1” was decided on %2.", page_texts(request, one->service->name),
                             words_date(request, one->it.decided));
        p.remedies = words_remedies(request, view->pack, one->service->procedure, one->it.decided);
    } else {
        p.heading = p.layout.title = page_tr(request, N_("There is nothing to withdraw any more"));
        p.sentence = text_in(request->arena, words_language(request), "“%1” ended on %2.", page_texts(request, one->service->name),
                             words_date(request, one->it.ended));
    }
    Html out = page_begin(request);
    html_decided(&out, &p);
    return reply_html(request, 409, &out);
}

/* GET /applications/{reference}/withdraw and /applications/{reference}/withdraw/{case} */
Reply page_withdraw(Request *request)
{
    ApplicationView view;
    Reply reply;
    int32_t k;
    if (!application_open(request, &view, &reply))
        return reply;
    if (!read_case(request, &view, &k))
        return reply_not_found(request);
    const CaseView *one = k ? application_case(&view, k) : NULL;
    const Str name = one && one->service ? page_texts(request, one->service->name) : application_name(request, &view);
    WithdrawPage p = { .layout = page_layout(request, N_("Withdraw"), false), .action = request->path, .csrf = request->csrf,
                       .cancel = application_url(request, &view),
                       .heading = text_in(request->arena, words_language(request), "Do you want to withdraw “%1”?", name),
                       .warning = page_tr(request, N_("This cannot be undone. To get it after all, you must apply again.")),
                       .button = k ? page_tr(request, N_("Withdraw this part")) : page_tr(request, N_("Withdraw the whole application")) };
    p.layout.back = p.cancel;
    p.layout.section = application_name(request, &view);
    list_ends(request, &view, k, &p);
    if (p.ends.count == 0)
        return nothing_left(request, &view, one);
    Html out = page_begin(request);
    html_withdraw(&out, &p);
    return reply_html(request, 200, &out);
}

/* POST of the same */
Reply act_withdraw(Request *request)
{
    ApplicationView view;
    Reply reply;
    int32_t k;
    if (!application_open(request, &view, &reply))
        return reply;
    if (!read_case(request, &view, &k))
        return reply_not_found(request);
    Verdict verdict = desk_withdraw(request->desk, request->arena, &request->actor, view.row.id, k, request->now, request->change);
    if (verdict == VERDICT_NOT_NOW)
        return nothing_left(request, &view, k ? application_case(&view, k) : NULL);
    if (verdict != VERDICT_OK)
        return reply_verdict(request, verdict);
    return reply_redirect(request, "/applications/%.*s?done=withdrawn", STR_ARGS(view.reference));
}
