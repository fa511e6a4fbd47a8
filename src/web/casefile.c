/* One case on an officer's page: papers and answers at the left, each with a place to say what is wrong; dates, steps and the story at
 * the right. An officer sees what the service of the case uses, and no more. */
#include "web/office.h"

#include "web/pages.h"
#include "web/words.h"

Str casefile_url(Request *request, const ApplicationView *view, const CaseView *one)
{
    return str_printf(request->arena, "/office/%.*s/%d", STR_ARGS(view->reference), one->row.k);
}

bool casefile_open(Request *request, ApplicationView *view, const CaseView **one, Reply *reply)
{
    int64_t application, k = 0;
    Verdict verdict = VERDICT_NOT_FOUND;
    if (page_reference(request, request->args[0], &application))
        verdict = desk_application(request->desk, request->arena, &request->actor, USE_CASE_READ, application, request->now, view);
    *one = NULL;
    if (verdict == VERDICT_OK && str_to_i64(request->args[1], &k) && k > 0 && k <= INT32_MAX)
        *one = application_case(view, (int32_t)k);
    if (*one && (*one)->service && desk_may(request->desk, &request->actor, USE_CASE_READ, &view->row, (*one)->row.authority))
        return true;
    *reply = reply_verdict(request, verdict == VERDICT_OK ? VERDICT_NOT_FOUND : verdict);
    return false;
}

/* ---- papers ---------------------------------------------------------------------------------------------------------------- */

static const Evidence *given_by_case(const ApplicationView *view, const Slot *slot)
{
    for (size_t i = view->evidence.count; i-- > 0;) {
        const Evidence *row = &view->evidence.at[i];
        if (row->k > 0 && row->state == EVIDENCE_CURRENT && str_equal(row->type, slot->type->id))
            return row;
    }
    return NULL;
}

static void add_files(Request *request, const ApplicationView *view, const Slot *slot, PaperRow *paper)
{
    for (size_t i = view->evidence.count; i-- > 0;) {
        const Evidence *row = &view->evidence.at[i];
        if (row->k != 0 || row->state == EVIDENCE_PENDING || !str_equal(row->slot, slot->id))
            continue;
        list_push(request->arena, &paper->files,
                  (PaperFile){ .name = row->name, .at = row->at, .replaced = row->state == EVIDENCE_REPLACED,
                               .url = str_printf(request->arena, "/office/%.*s/files/%lld", STR_ARGS(view->reference),
                                                 (long long)row->id) });
    }
}

static Str source_words(Request *request, const ApplicationView *view, const Slot *slot, PaperRow *paper)
{
    const Language language = words_language(request);
    const CaseView *giver;
    const Evidence *given;
    switch (slot->source) {
    case SOURCE_HELD:
        return slot->type->holder ? text_in(request->arena, language, "Held by %1", page_texts(request, slot->type->holder->name))
                                  : page_tr(request, N_("Held by government"));
    case SOURCE_GIVEN:
        giver = state_giver(view, slot->type->id);
        given = given_by_case(view, slot);
        if (given)
            list_push(request->arena, &paper->files,
                      (PaperFile){ .name = given->name, .at = given->at,
                                   .url = str_printf(request->arena, "/office/%.*s/documents/%lld", STR_ARGS(view->reference),
                                                     (long long)given->id) });
        return giver ? text_in(request->arena, language, "Given by %1: %2", page_texts(request, giver->service->authority->name),
                               state_words(request, giver->it.state, READER_OFFICER))
                     : page_tr(request, N_("Given by another service"));
    case SOURCE_DECLARED:
        return paper->files.count ? page_tr(request, N_("Brought by the applicant"))
                                  : text_in(request->arena, language, "Declared: %1", page_texts(request, slot->type->declares));
    case SOURCE_UPLOAD:
    case SOURCE_NOBODY:
        break;
    }
    paper->missing = paper->files.count == 0;
    if (!paper->missing)
        return page_tr(request, N_("Brought by the applicant"));
    return slot->later.amount ? text_in(request->arena, language, "Missing; may follow within %1", words_period(request, slot->later))
                              : page_tr(request, N_("Missing"));
}

static void add_papers(Request *request, const ApplicationView *view, const CaseView *one, CasePage *p)
{
    for (size_t i = 0; i < one->slots.count; i++) {
        const Slot *slot = &one->slots.at[i];
        PaperRow paper = { .name = words_slot(request, slot) };
        if (slot_takes_file(slot))
            paper.field = str_printf(request->arena, "item-%.*s", STR_ARGS(slot->id));
        paper.wrong = form_get(&request->form, paper.field);
        add_files(request, view, slot, &paper);
        paper.source = source_words(request, view, slot, &paper);
        list_push(request->arena, &p->papers, paper);
    }
}

/* ---- answers ---------------------------------------------------------------------------------------------------------------- */

static void add_facts(Request *request, const ApplicationView *view, const CaseView *one, CasePage *p)
{
    const FactList facts = service_facts(request->arena, view->pack, one->service);
    for (size_t i = 0; i < facts.count; i++) {
        const Answer *answer = answers_find(&view->answers, facts.at[i]->id);
        if (!answer)
            continue;
        const AnswerRow row = answer_row(request, facts.at[i], answer);
        FactRow fact = { .name = page_texts(request, facts.at[i]->name), .value = row.value, .members.count = 0,
                         .field = str_printf(request->arena, "item-fact-%.*s", STR_ARGS(facts.at[i]->id)),
                         .before = handed_in_before(request, view, facts.at[i]) };
        for (size_t m = 0; m < row.members.count; m++)
            list_push(request->arena, &fact.members, row.members.at[m]);
        fact.wrong = form_get(&request->form, fact.field);
        list_push(request->arena, &p->facts, fact);
    }
}

/* ---- the others ------------------------------------------------------------------------------------------------------------- */

static void add_others(Request *request, const ApplicationView *view, const CaseView *one, CasePage *p)
{
    for (size_t i = 0; i < view->cases.count; i++) {
        const CaseView *other = &view->cases.at[i];
        if (other == one || !other->service)
            continue;
        OtherCase row = { .service = page_texts(request, other->service->name),
                          .authority = page_texts(request, other->service->authority->name),
                          .state = state_words(request, other->it.state, READER_OFFICER), .look = state_look(other, view->today) };
        if (desk_may(request->desk, &request->actor, USE_CASE_READ, &view->row, other->row.authority))
            row.url = casefile_url(request, view, other);
        list_push(request->arena, &p->others, row);
    }
}

/* ---- the page ---------------------------------------------------------------------------------------------------------------- */

/* What was just done, by the word that the redirect carries: the name of the step. */
static Str notice_of(Request *request)
{
    const EntryKind kind = entry_kind_parse(request->notice);
    for (size_t i = 0; kind != ENTRY_NONE && i < STEP_COUNT; i++)
        if (STEPS[i].kind == kind && STEPS[i].consequence[0])
            return text_in(request->arena, words_language(request), "Done: %1", page_tr(request, STEPS[i].name));
    return STR_NONE;
}

/* Problems with the fields of a step: on the page each field carries the step's name, because several steps ask for a reason. */
static FieldErrors errors_of(Request *request, EntryKind kind)
{
    FieldErrors errors = apply_errors(request);
    for (size_t i = 0; i < errors.count; i++)
        if (!str_starts(errors.at[i].field, S("item-")))
            errors.at[i].field = str_printf(request->arena, "%.*s-%.*s", STR_ARGS(entry_kind_word(kind)), STR_ARGS(errors.at[i].field));
    return errors;
}

static Str idle_words(Request *request, const CaseView *one)
{
    if (one->it.state == CASE_CORRECTION)
        return text_in(request->arena, words_language(request),
                       "The applicant has until %1 to send the corrections. Your term begins anew when they come.",
                       words_date(request, one->it.term));
    if (one->it.state == CASE_WAITING)
        return page_tr(request, N_("It begins by itself when the results that it waits for are there."));
    return page_tr(request, N_("Nothing can be done here now."));
}

Reply casefile_reply(Request *request, const ApplicationView *view, const CaseView *one, EntryKind kind)
{
    const Clock *first = clocks_first(&one->clocks, one->it.state == CASE_CORRECTION);
    CasePage p = { .layout = page_layout(request, N_("Case"), request->problems.count > 0), .errors = errors_of(request, kind),
                   .notice = notice_of(request), .csrf = request->csrf, .url = casefile_url(request, view, one),
                   .label = application_name(request, view), .reference = view->reference,
                   .service = page_texts(request, one->service->name), .event = page_texts(request, view->event->name),
                   .state = state_words(request, one->it.state, READER_OFFICER), .look = state_look(one, view->today),
                   .light = first ? clock_light(first, &view->pack->calendar, view->today) : LIGHT_NONE, .entries = one->it.entries,
                   .due = first ? clock_due_words(request, first->due.date, view->today) : STR_NONE, .handbook = one->service,
                   .laws = words_laws(request, &one->service->legal), .next = clock_next_words(request, one, true) };
    p.layout.title = p.label;
    p.layout.section = p.service;
    p.layout.back = S("/office");
    p.layout.office = true;
    add_papers(request, view, one, &p);
    add_facts(request, view, one, &p);
    add_others(request, view, one, &p);
    p.clocks = clock_views(request, view, one);
    p.timeline = timeline_of(request, view, READER_OFFICER, one->row.k);
    if (desk_may(request->desk, &request->actor, USE_CASE_ACT, &view->row, one->row.authority))
        p.actions = action_forms(request, view, one, kind, &p.errors);
    p.idle = idle_words(request, one);
    for (size_t i = 0; i < p.actions.count; i++)
        p.asks |= str_equal(p.actions.at[i].kind, entry_kind_word(ENTRY_ASK));
    Html out = page_begin(request);
    html_casefile(&out, &p);
    return reply_html(request, request->problems.count ? 422 : 200, &out);
}

/* GET /office/{reference}/{case} */
Reply page_casefile(Request *request)
{
    ApplicationView view;
    const CaseView *one;
    Reply reply;
    return casefile_open(request, &view, &one, &reply) ? casefile_reply(request, &view, one, ENTRY_NONE) : reply;
}
