/* Rating a service after its end: five grades in words, because a number means something else to everybody. */
#include "web/rate.h"

#include "web/application.h"
#include "web/pages.h"
#include "web/words.h"

static const char *const GRADES[GRADE_COUNT] = {
    N_("Very satisfied"), N_("Satisfied"), N_("Mostly satisfied"), N_("Dissatisfied"), N_("Very dissatisfied"),
};

/* Five is the best, as it is stored. */
Str rate_words(const Request *request, int32_t grade)
{
    return grade >= 1 && grade <= GRADE_COUNT ? page_tr(request, GRADES[GRADE_COUNT - grade]) : STR_NONE;
}

static Reply show(Request *request, const ApplicationView *view, const CaseView *one)
{
    RatePage p = { .layout = page_layout(request, N_("Rate the service"), request->problems.count > 0),
                   .errors = apply_errors(request), .action = request->path, .csrf = request->csrf };
    const Str service = page_texts(request, one->service->name), authority = page_texts(request, one->service->authority->name);
    const Str chosen = form_get(&request->form, S("grade"));
    p.layout.section = service;
    p.layout.back = application_url(request, view);
    p.grades = (Options){ .name = S("grade"), .heading = true, .error = field_error(&p.errors, S("grade")),
                          .legend = text_in(request->arena, words_language(request), "How satisfied were you with this service: %1?", service),
                          .hint = text_in(request->arena, words_language(request),
                                          "%1 reads your rating. It changes nothing in your case.", authority) };
    for (int32_t grade = GRADE_COUNT; grade >= 1; grade--) {
        const Str value = words_count(request, grade);
        list_push(request->arena, &p.grades.items,
                  (Option){ .value = value, .label = rate_words(request, grade), .checked = str_equal(value, chosen) });
    }
    p.text = (TextInput){ .name = S("text"), .label = page_tr(request, N_("What was good, and what should be better?")),
                          .value = form_get(&request->form, S("text")), .error = field_error(&p.errors, S("text")), .optional = true,
                          .lines = 5 };
    Html out = page_begin(request);
    html_rate(&out, &p);
    return reply_html(request, request->problems.count ? 422 : 200, &out);
}

/* GET /applications/{reference}/rate/{case} */
Reply page_rate(Request *request)
{
    ApplicationView view;
    const CaseView *one;
    Reply reply;
    if (!application_open_case(request, &view, &one, &reply))
        return reply;
    if (!case_step(one->it.state, ENTRY_RATE, ROLE_APPLICANT))
        return reply_redirect(request, "/applications/%.*s", STR_ARGS(view.reference));
    return show(request, &view, one);
}

/* POST /applications/{reference}/rate/{case} */
Reply act_rate(Request *request)
{
    ApplicationView view;
    const CaseView *one;
    Reply reply;
    if (!application_open_case(request, &view, &one, &reply))
        return reply;
    Verdict verdict = desk_rate(request->desk, request->arena, &request->actor, view.row.id, one->row.k, &request->form, request->now,
                                request->change, &request->problems);
    if (verdict == VERDICT_PROBLEMS)
        return show(request, &view, one);
    if (verdict != VERDICT_OK)
        return reply_verdict(request, verdict);
    return reply_redirect(request, "/applications/%.*s?done=rated", STR_ARGS(view.reference));
}
