/* A letter before it is sent, as the applicant will read it: a notice or a refusal binds people, so the officer sees it whole first. */
#include "web/office.h"

#include "web/pages.h"
#include "web/words.h"

bool letter_is_shown(EntryKind kind)
{
    return kind == ENTRY_ASK || kind == ENTRY_REFUSE || kind == ENTRY_DECLINE || kind == ENTRY_REVOKE;
}

/* The lines of the notice, from the fields of the form: "item-" and a place, or "item-fact-" and an answer. */
static void add_lines(Request *request, const ApplicationView *view, LetterPage *p)
{
    for (size_t i = 0; i < request->form.count; i++) {
        const Field *field = &request->form.at[i];
        const Str text = str_trim(field->value);
        if (!str_starts(field->name, S("item-")) || text.len == 0)
            continue;
        const Str about = str_slice(field->name, 5, field->name.len);
        const Fact *fact = str_starts(about, S("fact-")) ? pack_fact(view->pack, str_slice(about, 5, about.len)) : NULL;
        const Slot *slot = fact ? NULL : plan_slot(view->plan, about);
        const Str name = fact ? page_texts(request, fact->name) : slot ? words_slot(request, slot) : STR_NONE;
        if (name.len)
            list_push(request->arena, &p->lines, text_in(request->arena, words_language(request), "%1: %2", name, text));
    }
}

static void write_notice(Request *request, const ApplicationView *view, const CaseView *one, LetterPage *p)
{
    const Term *correction = &one->service->procedure->correction;
    const Date until = calendar_due(&view->pack->calendar, view->today, correction->time, NULL, 0).date;
    p->title = text_in(request->arena, words_language(request), "%1: corrections needed", p->service);
    p->sentence = text_in(request->arena, words_language(request), "Send the corrections by %1. After that it counts as withdrawn.",
                          words_date(request, until));
    p->quote = str_trim(form_get(&request->form, S("ask-message")));
    p->law = words_laws(request, &correction->legal);
    p->button = page_tr(request, N_("Send the notice"));
    add_lines(request, view, p);
}

static void write_refusal(Request *request, const ApplicationView *view, const CaseView *one, EntryKind kind, LetterPage *p)
{
    const Procedure *procedure = one->service->procedure;
    const Language language = words_language(request);
    const bool refused = kind == ENTRY_REFUSE, revoked = kind == ENTRY_REVOKE;
    p->title = refused   ? text_in(request->arena, language, "%1: refused", p->service)
               : revoked ? text_in(request->arena, language, "%1: the acceptance was revoked", p->service)
                         : text_in(request->arena, language, "%1: not accepted", p->service);
    p->quote = str_trim(form_get(&request->form, refused ? S("refuse-reason") : revoked ? S("revoke-reason") : S("decline-reason")));
    p->remedies = words_remedies(request, view->pack, procedure, view->today);
    p->law = words_laws(request, words_law_of_ending(procedure, kind));
    p->button = refused   ? page_tr(request, N_("Refuse and send"))
                : revoked ? page_tr(request, N_("Revoke and send"))
                          : page_tr(request, N_("Send: not accepted"));
}

Reply letter_reply(Request *request, const ApplicationView *view, const CaseView *one, EntryKind kind)
{
    LetterPage p = { .layout = page_layout(request, N_("Check the letter before it is sent"), false), .action = request->path,
                     .csrf = request->csrf, .service = page_texts(request, one->service->name),
                     .authority = page_texts(request, one->service->authority->name), .label = application_name(request, view),
                     .reference = view->reference };
    p.layout.office = true;
    p.layout.back = casefile_url(request, view, one);
    p.layout.section = p.label;
    for (size_t i = 0; i < request->form.count; i++)
        if (!str_equal(request->form.at[i].name, S("csrf")))
            list_push(request->arena, &p.kept, request->form.at[i]);
    if (kind == ENTRY_ASK)
        write_notice(request, view, one, &p);
    else
        write_refusal(request, view, one, kind, &p);
    Html out = page_begin(request);
    html_letter(&out, &p);
    return reply_html(request, 200, &out);
}
