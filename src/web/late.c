/* The notice that a decision is late: what it says, what it brings, and one button. From then on the authority pays for each day, where the
 * law says so. */
#include "web/late.h"

#include "web/application.h"
#include "web/pages.h"
#include "web/words.h"

/* What the law pays for each day, of the penalty for notices that are given today. */
static void add_rates(Request *request, const ApplicationView *view, const CaseView *one, LatePage *p)
{
    const DelayPenalty *rule = case_penalty_rule(one->service->procedure, view->today);
    for (size_t i = 0; rule && i < rule->rates.count; i++) {
        Text money = text_begin(request->arena, 100);
        money_in_words(&money, words_language(request), rule->rates.at[i].amount, view->pack->currency);
        list_push(request->arena, &p->rates,
                  text_in(request->arena, words_language(request), "%1 days: %2 a day", words_count(request, rule->rates.at[i].days),
                          text_str(&money)));
    }
    if (rule) {
        p->from = text_in(request->arena, words_language(request), "If nothing is decided by %1, the authority pays you for each day after it:",
                          words_date(request, calendar_due(&view->pack->calendar, view->today, rule->notice, NULL, 0).date));
        p->law = words_laws(request, &rule->legal);
    }
}

/* GET /applications/{reference}/late/{case} */
Reply page_late(Request *request)
{
    ApplicationView view;
    const CaseView *one;
    Reply reply;
    if (!application_open_case(request, &view, &one, &reply))
        return reply;
    if (!desk_is_late(one, view.today))
        return reply_redirect(request, "/applications/%.*s", STR_ARGS(view.reference));
    LatePage p = { .layout = page_layout(request, N_("Say that the decision is late"), false), .action = request->path, .csrf = request->csrf,
                   .cancel = application_url(request, &view), .service = page_texts(request, one->service->name),
                   .authority = page_texts(request, one->service->authority->name) };
    p.layout.back = p.cancel;
    p.layout.section = p.service;
    for (size_t i = 0; i < one->clocks.count; i++)
        if (one->clocks.at[i].kind == CLOCK_STATUTORY)
            p.due = text_in(request->arena, words_language(request), "%1 should have decided by %2.", p.authority,
                            words_date(request, one->clocks.at[i].due.date));
    add_rates(request, &view, one, &p);
    Html out = page_begin(request);
    html_late(&out, &p);
    return reply_html(request, 200, &out);
}

/* POST of the same */
Reply act_late(Request *request)
{
    ApplicationView view;
    const CaseView *one;
    Reply reply;
    if (!application_open_case(request, &view, &one, &reply))
        return reply;
    const Verdict verdict = desk_default(request->desk, request->arena, &request->actor, view.row.id, one->row.k, request->now, request->change);
    /* Sent twice it is one notice; decided meanwhile, it is none. */
    if (verdict != VERDICT_OK && verdict != VERDICT_NOT_NOW)
        return reply_verdict(request, verdict);
    return reply_redirect(request, verdict == VERDICT_OK ? "/applications/%.*s?done=noticed" : "/applications/%.*s", STR_ARGS(view.reference));
}
