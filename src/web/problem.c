/* Why there is no other page. One table from cause to words, so that every fault is told in the same manner: what happened,
 * what became of what was entered, what to do. */
#include "web/problem.h"

static const int STATUSES[] = {
#define X(name, status) status,
    CAUSES(X)
#undef X
};
_Static_assert(COUNT_OF(STATUSES) == CAUSE_COUNT, "a status for each cause");

/* English, with %1 for the largest file in MB; up to three sentences. */
static const struct {
    const char *title;
    const char *lines[3];
} WORDS[] = {
    [CAUSE_UNREADABLE] = { N_("We could not read what was sent"),
                           { N_("The address or the form has signs in it that do not belong there. Nothing was changed."),
                             N_("If you copied the address, check that you copied all of it. If you sent a form, go back and "
                                "enter your text again without special characters.") } },
    [CAUSE_STALE] = { N_("Open the page again before you send it"),
                      { N_("You signed in or out after you opened the page, or it was open for very long. To protect you, we "
                           "did not take what it sent. Nothing was changed."),
                        N_("Go back, load the page again, and send it once more.") } },
    [CAUSE_FORBIDDEN] = { N_("This page is for other accounts"),
                          { N_("It is for the staff of authorities, and your account does not have that role.") } },
    [CAUSE_NOT_FOUND] = { N_("Page not found"),
                          { N_("If you typed the address, check that it is correct. If you copied it, check that you copied "
                               "all of it."),
                            N_("If it belongs to an application, sign in first, or open the application with its reference "
                               "and second secret.") } },
    [CAUSE_METHOD] = { N_("This address takes no forms, or nothing but forms"),
                       { N_("Nothing was changed. Go back, or begin again at the start page.") } },
    [CAUSE_NOT_NOW] = { N_("This cannot be done any more"),
                        { N_("Something has changed since you opened the page: somebody else acted, or a term ran out. What you "
                             "sent now had no effect."),
                          N_("Go back and load the page again to see how things stand.") } },
    [CAUSE_ALREADY] = { N_("This was done before"), { N_("It had its effect the first time. You need not do anything again.") } },
    [CAUSE_TOO_LARGE] = { N_("What you sent is too large"),
                          { N_("A file may have at most %1 MB, and a form about 100 pages of text. Nothing was kept of it."),
                            N_("Go back, then take the photo again with a lower resolution, or split the file or the text.") } },
    [CAUSE_ADDRESS] = { N_("The address is too long"), { N_("Check that you copied nothing but the address.") } },
    [CAUSE_FORMAT] = { N_("We do not take forms of this kind"),
                       { N_("What was sent is neither a form nor a form with a file. Nothing was changed."),
                         N_("Go back and send the form from its page.") } },
    [CAUSE_TRIES] = { N_("There were too many tries"), { N_("Wait 15 minutes, then try again.") } },
    [CAUSE_DRAFTS] = { N_("You have many applications that are not sent yet"),
                       { N_("Go on with one of them, or discard those that you do not need, before you begin another.") } },
    [CAUSE_HEADERS] = { N_("Your browser sent too much with its request"),
                        { N_("Delete the cookies of this site in your browser, then open the page again.") } },
    [CAUSE_FAULT] = { N_("Sorry, there is a problem with the service"),
                      { N_("It is our fault, not yours. Everything up to your last step is saved."),
                        N_("Try again later. If it happens again, call the help line at the foot of the page.") } },
    [CAUSE_BUSY] = { N_("Sorry, the service cannot answer at the moment"),
                     { N_("Everything up to your last step is saved; what you sent just now is not."),
                       N_("Wait a few seconds, then load this page again.") } },
};
_Static_assert(COUNT_OF(WORDS) == CAUSE_COUNT, "words for each cause");

/* A form of ours that came with an old token is kept, to be sent once more by whoever sent it. The browser says that it is of ours: a
 * form of another site must not get a new token by a click on our page. Files and passwords are not kept. */
static void keep_form(Request *request, ProblemPage *page)
{
    if (request->method != METHOD_POST || request->upload_field.len || form_has(&request->form, S("password")) ||
        !str_equal(request_header(request, "Sec-Fetch-Site"), S("same-origin")))
        return;
    for (size_t i = 0; i < request->form.count; i++)
        if (!str_equal(request->form.at[i].name, S("csrf")))
            list_push(request->arena, &page->kept, request->form.at[i]);
    page->again = request->query_text.len
                      ? str_printf(request->arena, "%.*s?%.*s", STR_ARGS(request->path), STR_ARGS(request->query_text))
                      : request->path;
    page->csrf = request->csrf;
    page->lines.at[page->lines.count - 1] = page_tr(request, N_("What you typed is kept."));
}

Reply problem_reply(Request *request, Cause cause)
{
    must(cause < CAUSE_COUNT);
    ProblemPage page = { .layout = page_layout(request, WORDS[cause].title, false),
                         .offers_sign_in = cause == CAUSE_FORBIDDEN };
    const Str largest = str_printf(request->arena, "%lld", (long long)request->pack->upload_max_mb);
    for (size_t i = 0; i < COUNT_OF(WORDS[cause].lines) && WORDS[cause].lines[i]; i++)
        list_push(request->arena, &page.lines, text_in(request->arena, (Language)request->language, WORDS[cause].lines[i], largest));
    if (cause == CAUSE_STALE)
        keep_form(request, &page);
    Html out = page_begin(request);
    html_problem(&out, &page);
    return reply_html(request, STATUSES[cause], &out);
}

Reply reply_problem(Request *request, int status)
{
    size_t cause = 0;
    while (cause < CAUSE_COUNT && STATUSES[cause] != status)
        cause++;
    return problem_reply(request, cause < CAUSE_COUNT ? (Cause)cause : CAUSE_FAULT);
}

Reply reply_not_found(Request *request)
{
    return problem_reply(request, CAUSE_NOT_FOUND);
}

Reply reply_forbidden(Request *request)
{
    return problem_reply(request, CAUSE_FORBIDDEN);
}

/* Whoever may not see a thing is not told that it exists. */
Reply reply_verdict(Request *request, Verdict verdict)
{
    must(verdict != VERDICT_OK && verdict != VERDICT_PROBLEMS); /* they have pages of their own */
    switch (verdict) {
    case VERDICT_NOT_FOUND:
    case VERDICT_FORBIDDEN:
        break;
    case VERDICT_ALREADY:
        return problem_reply(request, CAUSE_ALREADY);
    case VERDICT_NOT_NOW:
        return problem_reply(request, CAUSE_NOT_NOW);
    case VERDICT_TOO_MANY:
        return problem_reply(request, CAUSE_TRIES);
    case VERDICT_OK:
    case VERDICT_PROBLEMS:
        break;
    }
    return problem_reply(request, CAUSE_NOT_FOUND);
}
