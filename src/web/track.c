/* Track by number. The answer comes as the answer to the form and never as an address: a second secret has no place in
 * a history of visited pages or a log. Every wrong pair gets one text, whatever is wrong with it. */
#include "web/track.h"

#include "web/pages.h"
#include "web/words.h"

static Reply track_reply(Request *request, int status, TrackPage *page)
{
    Html out = page_begin(request);
    page->layout = page_layout(request, N_("Track by number"), request->problems.count > 0);
    page->layout.back = page->view ? S("/track") : S("/");
    page->csrf = request->csrf;
    page->errors = apply_errors(request);
    if (page->view)
        page->layout.title = text_in(request->arena, words_language(request), N_("How far %1 is"), page->reference);
    html_track(&out, page);
    return reply_html(request, status, &out);
}

static void add_problem(Request *request, Str field, const char *message)
{
    list_push(request->arena, &request->problems, (Problem){ .field = field, .message = message });
}

/* GET /track */
Reply page_track(Request *request)
{
    TrackPage page = { .reference = form_get(&request->query, S("reference")) };
    return track_reply(request, 200, &page);
}

static void add_step(Request *request, TrackCase *card, const char *name, Date on)
{
    list_push(request->arena, &card->steps, (TrackStep){ page_tr(request, name), on });
}

/* What was never reached in a case that is over is left out. */
static void add_steps(Request *request, TrackCase *card, const Case *it)
{
    const bool over = case_state_is_final(it->state);
    add_step(request, card, N_("Received"), it->received);
    if (!over || date_is_set(it->accepted))
        add_step(request, card, N_("Accepted"), it->accepted);
    if (!over || date_is_set(it->decided))
        add_step(request, card, N_("Decided"), it->decided);
    if (!over || date_is_set(it->issued))
        add_step(request, card, N_("Issued"), it->issued);
}

static TrackCase track_case(Request *request, const ApplicationView *view, const CaseView *one)
{
    TrackCase card = { .service = page_texts(request, one->service->name),
                       .authority = page_texts(request, one->service->authority->name),
                       .state = state_words(request, one->it.state, READER_APPLICANT),
                       .look = state_look(one, view->today),
                       .expected = case_state_is_final(one->it.state) ? DATE_NONE : state_expected(view, one),
                       .asks = clocks_first(&one->clocks, true) != NULL };
    const ClockViews clocks = clock_views(request, view, one);
    for (size_t i = 0; i < clocks.count; i++)
        if (clocks.at[i].running)
            list_push(request->arena, &card.clocks, clocks.at[i]);
    if (date_is_set(one->it.received))
        add_steps(request, &card, &one->it);
    return card;
}

static Reply track_found(Request *request, const ApplicationView *view)
{
    TrackPage page = { .reference = view->reference,
                       .view = view,
                       .draft = view->row.state != APPLICATION_SENT,
                       .finish = state_finish(view) };
    for (size_t i = 0; i < view->cases.count; i++) {
        const CaseView *one = &view->cases.at[i];
        if (!one->service)
            continue;
        const TrackCase card = track_case(request, view, one);
        page.asks = page.asks || card.asks;
        page.done += case_state_is_final(one->it.state);
        list_push(request->arena, &page.cases, card);
    }
    page.application_url = str_printf(request->arena, "/applications/%.*s", STR_ARGS(view->reference));
    return track_reply(request, 200, &page);
}

/* POST /track: a failed try is counted, so there may be something to commit whatever the verdict. */
Reply act_track(Request *request)
{
    const Str secret = str_trim(form_get(&request->form, S("secret")));
    TrackPage page = { .reference = str_trim(form_get(&request->form, S("reference"))) };
    ApplicationView *view = arena_new(request->arena, ApplicationView);
    if (page.reference.len == 0)
        add_problem(request, S("reference"), N_("Enter the reference"));
    if (secret.len == 0)
        add_problem(request, S("secret"), N_("Enter the second secret"));
    if (request->problems.count)
        return track_reply(request, 422, &page);
    switch (desk_track(request->desk, request->arena, page.reference, secret, request->now, request->change, view)) {
    case VERDICT_OK:
        return track_found(request, view);
    case VERDICT_TOO_MANY:
        add_problem(request, STR_NONE, N_("There were too many tries. Wait 15 minutes, then try again"));
        return track_reply(request, 429, &page);
    case VERDICT_NOT_FOUND:
    case VERDICT_FORBIDDEN:
    case VERDICT_PROBLEMS:
    case VERDICT_ALREADY:
    case VERDICT_NOT_NOW:
        break;
    }
    add_problem(request, S("reference"), N_("Reference and second secret do not fit together. Check both"));
    return track_reply(request, 422, &page);
}
