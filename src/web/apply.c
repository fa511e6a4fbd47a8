/* Applying: how it begins, how each page finds its draft, and where a person goes on.
 *
 * The next step is never remembered, it is derived: the plan of the stored answers says which question comes, whether
 * the wish has to stop, or that all was asked. Tried and left: a position kept in the draft, which a second tab or a
 * changed answer made wrong. */
#include "web/apply.h"
#include "web/pages.h"
#include "web/problem.h"

bool apply_from_check(const Request *request)
{
    return str_equal(form_get(&request->query, S("from")), S("check")) ||
           str_equal(form_get(&request->form, S("from")), S("check"));
}

Reply apply_refuse(Request *request, Verdict verdict)
{
    switch (verdict) {
    case VERDICT_ALREADY:
        return reply_redirect(request, "/apply/%.*s/sent", STR_ARGS(request->args[0]));
    case VERDICT_NOT_FOUND:
    case VERDICT_FORBIDDEN:
        return resume_closed(request);
    case VERDICT_OK:
    case VERDICT_PROBLEMS:
    case VERDICT_NOT_NOW:
    case VERDICT_TOO_MANY:
        break;
    }
    return reply_verdict(request, verdict);
}

bool apply_open(Request *request, int64_t *application, Draft *draft, Reply *reply)
{
    Verdict verdict = VERDICT_NOT_FOUND;
    if (page_reference(request, request->args[0], application)) {
        /* However it was typed, redirects have it in its one spelling. */
        request->args[0] = store_reference(request->desk->store, request->arena, *application);
        verdict = desk_draft(request->desk, request->arena, &request->actor, *application, request->today, draft);
    }
    if (verdict == VERDICT_OK)
        return true;
    *reply = apply_refuse(request, verdict);
    return false;
}

ApplyPage apply_page(Request *request, const Draft *draft, Str title, Str back)
{
    ApplyPage page = { .layout = page_layout(request, N_("Apply"), request->problems.count > 0),
                       .reference = draft->reference,
                       .csrf = request->csrf,
                       .errors = apply_errors(request),
                       .from_check = apply_from_check(request) };
    page.layout.title = title;
    page.layout.section = page_texts(request, draft->event->name);
    page.layout.back = back;
    return page;
}

FieldErrors apply_errors(Request *request)
{
    FieldErrors errors = { 0 };
    for (size_t i = 0; i < request->problems.count; i++)
        list_push(request->arena, &errors,
                  (FieldError){ .field = request->problems.at[i].field,
                                .text = page_problem(request, &request->problems.at[i]) });
    return errors;
}

Reply apply_show(Request *request, const ApplyPage *page, const Html *html)
{
    return reply_html(request, page->layout.error ? 422 : 200, html);
}

bool draft_asks(const Draft *draft, const Fact *fact)
{
    for (size_t i = 0; i < draft->plan->asked.count; i++)
        if (draft->plan->asked.at[i] == fact)
            return true;
    return false;
}

const Fact *draft_open_list(Arena *arena, const Draft *draft)
{
    for (size_t i = 0; i < draft->plan->asked.count; i++) {
        const Fact *fact = draft->plan->asked.at[i];
        const Answer *done = fact->kind == FACT_LIST ? answers_find(&draft->answers, fact->id) : NULL;
        const Answer *filling = done ? draft_list(arena, draft, fact->id) : NULL;
        if (!filling || filling == done)
            continue;
        /* Written out under one name, so that only their members are compared. */
        Answer now = { .fact = done->fact, .members = filling->members, .is_list = true };
        AnswerList before_list = { 0 }, now_list = { 0 };
        list_push(arena, &before_list, *done);
        list_push(arena, &now_list, now);
        if (!str_equal(answers_json(arena, &before_list), answers_json(arena, &now_list)))
            return fact;
    }
    return NULL;
}

const Evidence *draft_file(const EvidenceList *files, const Slot *slot)
{
    for (size_t i = 0; i < files->count; i++)
        if (files->at[i].k == 0 && files->at[i].state == EVIDENCE_CURRENT && str_equal(files->at[i].slot, slot->id))
            return &files->at[i];
    return NULL;
}

/* ---- where to go on ------------------------------------------------------------------------------------ */

static Reply to_question(Request *request, const Draft *draft, const Fact *fact, bool from_check)
{
    return reply_redirect(request, "/apply/%.*s/questions/%.*s%s", STR_ARGS(draft->reference), STR_ARGS(fact->id),
                          from_check ? "?from=check" : "");
}

Reply apply_next(Request *request, const Draft *draft, bool from_check)
{
    if (draft->plan->stop)
        return reply_redirect(request, "/apply/%.*s/outcome", STR_ARGS(draft->reference));
    if (draft->plan->ask)
        return to_question(request, draft, draft->plan->ask, from_check);
    const Fact *open = draft_open_list(request->arena, draft);
    if (open)
        return to_question(request, draft, open, from_check);
    return reply_redirect(request, from_check ? "/apply/%.*s/check" : "/apply/%.*s/plan", STR_ARGS(draft->reference));
}

Reply apply_onward(Request *request, bool from_check)
{
    return reply_redirect(request, "/apply/%.*s%s", STR_ARGS(request->args[0]), from_check ? "?from=check" : "");
}

/* GET /apply/{reference} */
Reply page_apply(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    if (apply_open(request, &application, &draft, &reply))
        return apply_next(request, &draft, apply_from_check(request));
    /* Opened by reference and second secret, the page of what became of it says more than the receipt. */
    if (reply.status == 303 && str_equal(form_get(&request->query, S("from")), S("resume")))
        return reply_redirect(request, "/applications/%.*s", STR_ARGS(request->args[0]));
    return reply;
}

/* GET /apply: the address of the page that answers "begin", opened again. */
Reply page_apply_start(Request *request)
{
    return reply_redirect(request, "/");
}

/* POST /apply */
Reply act_apply(Request *request)
{
    int64_t application = 0;
    Str secret = STR_NONE;
    const Str wish = form_get(&request->form, S("event"));
    Verdict verdict = desk_begin(request->desk, request->arena, &request->actor, wish, request->now, request->change,
                                 &application, &secret);
    if (verdict == VERDICT_NOT_NOW)
        return problem_reply(request, CAUSE_DRAFTS);
    if (verdict != VERDICT_OK)
        return reply_verdict(request, verdict);
    const Str reference = store_reference(request->desk->store, request->arena, application);
    if (request->actor.account.id)
        return reply_redirect(request, "/apply/%.*s", STR_ARGS(reference));
    return begun_reply(request, reference, pack_event(request->pack, wish), secret);
}

/* ---- it cannot be -------------------------------------------------------------------------------------- */

/* GET /apply/{reference}/outcome */
Reply page_apply_outcome(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    if (!apply_open(request, &application, &draft, &reply))
        return reply;
    const StopRule *stop = draft.plan->stop;
    if (!stop)
        return apply_next(request, &draft, false);
    OutcomePage p = { .page = apply_page(request, &draft, page_texts(request, stop->title), STR_NONE),
                      .stop = stop,
                      .law = words_laws(request, &stop->legal) };
    const Strs *names = stop->when.parsed ? rule_names(stop->when.parsed) : NULL;
    for (size_t i = 0; i < draft.plan->asked.count; i++) {
        const Fact *fact = draft.plan->asked.at[i];
        const Answer *answer = answers_find(&draft.answers, fact->id);
        if (answer && names && strs_has(names, fact->id))
            list_push(request->arena, &p.rows, answer_row(request, fact, answer));
    }
    Html out = page_begin(request);
    html_outcome(&out, &p);
    return apply_show(request, &p.page, &out);
}

/* GET and POST /apply/{reference}/discard */
Reply page_apply_discard(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    if (!apply_open(request, &application, &draft, &reply))
        return reply;
    ConfirmPage p = { .page = apply_page(request, &draft, page_tr(request, N_("Discard this application")), STR_NONE),
                      .warning = page_tr(
                          request,
                          N_("All answers and files of this application will be deleted. This cannot be undone.")),
                      .button = page_tr(request, N_("Discard and delete everything")),
                      .action = request->path,
                      .cancel = str_printf(request->arena, "/apply/%.*s", STR_ARGS(draft.reference)) };
    p.heading = page_tr(request, N_("Do you want to discard this application?"));
    Html out = page_begin(request);
    html_confirm(&out, &p);
    return apply_show(request, &p.page, &out);
}

Reply act_apply_discard(Request *request)
{
    int64_t application;
    if (!page_reference(request, request->args[0], &application))
        return apply_refuse(request, VERDICT_NOT_FOUND);
    Verdict verdict =
        desk_discard(request->desk, request->arena, &request->actor, application, request->now, request->change);
    if (verdict != VERDICT_OK)
        return apply_refuse(request, verdict);
    return reply_redirect(request, request->actor.account.id ? "/home" : "/");
}
