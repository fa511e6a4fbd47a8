/* Leaving and coming back: the two things to keep, the page after "Save and come back later", and the door by reference
 * and second secret. A wrong pair is answered with one text whatever is wrong with it, so that nobody learns which
 * references exist. */
#include "web/apply.h"
#include "web/pages.h"

/* The second secret is on this page only: what is stored is its hash. */
Reply begun_reply(Request *request, Str reference, const Event *event, Str secret)
{
    const bool fresh = secret.len > 0;
    BegunPage p = { .secret = secret, .signed_in = request->actor.account.id != 0 };
    p.page = (ApplyPage){ .layout = page_layout(
                              request, fresh ? N_("Keep these two") : N_("How to come back on another device"), false),
                          .reference = reference,
                          .csrf = request->csrf };
    p.page.layout.section = page_texts(request, event->name);
    /* The address of the answer to a form cannot be opened again: switching the language leads to the page without the
     * secret. */
    p.page.layout.path = str_printf(request->arena, "/apply/%.*s/begun", STR_ARGS(reference));
    p.page.layout.query = STR_NONE;
    Html out = page_begin(request);
    html_begun(&out, &p);
    return reply_html(request, 200, &out);
}

/* GET /apply/{reference}/begun */
Reply page_apply_begun(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    if (!apply_open(request, &application, &draft, &reply))
        return reply;
    return begun_reply(request, draft.reference, draft.event, STR_NONE);
}

/* POST /apply/{reference}/secret */
Reply act_apply_secret(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    Str secret = STR_NONE;
    if (!apply_open(request, &application, &draft, &reply))
        return reply;
    Verdict verdict = desk_new_secret(request->desk, request->arena, &request->actor, application, request->now,
                                      request->change, &secret);
    return verdict == VERDICT_OK ? begun_reply(request, draft.reference, draft.event, secret)
                                 : apply_refuse(request, verdict);
}

/* GET /apply/{reference}/saved */
Reply page_apply_saved(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    if (!apply_open(request, &application, &draft, &reply))
        return reply;
    SavedPage p = { .page = apply_page(request, &draft, page_tr(request, N_("Your application is saved")), STR_NONE),
                    .signed_in = request->actor.account.id != 0,
                    .until = date_add(request->today, DRAFT_DAYS),
                    .not_kept = pack_fact(draft.pack, form_get(&request->query, S("open"))) };
    if (p.not_kept && !draft_asks(&draft, p.not_kept))
        p.not_kept = NULL;
    Html out = page_begin(request);
    html_saved(&out, &p);
    return apply_show(request, &p.page, &out);
}

/* ---- the door ------------------------------------------------------------------------------------------ */

static Reply resume_page(Request *request, int status, Str reference, bool closed)
{
    ResumePage p = { .layout = page_layout(request,
                                           closed ? N_("This application is not open here")
                                                  : N_("Come back to an application that you began"),
                                           request->problems.count > 0),
                     .errors = apply_errors(request),
                     .csrf = request->csrf,
                     .reference = reference,
                     .closed = closed };
    if (closed) {
        /* The form leads elsewhere, and so does the language switch. */
        p.layout.path = S("/resume");
        p.layout.query = STR_NONE;
    }
    Html out = page_begin(request);
    html_resume(&out, &p);
    return reply_html(request, status, &out);
}

Reply resume_closed(Request *request)
{
    return resume_page(request, 404, str_slice(request->args[0], 0, 40), true);
}

/* GET /resume */
Reply page_resume(Request *request)
{
    return resume_page(request, 200, form_get(&request->query, S("reference")), false);
}

static void add_problem(Request *request, Str field, const char *message)
{
    list_push(request->arena, &request->problems, (Problem){ .field = field, .message = message });
}

/* POST /resume: a failed try is counted, so there may be something to commit whatever the verdict. */
Reply act_resume(Request *request)
{
    const Str reference = str_trim(form_get(&request->form, S("reference"))),
              secret = str_trim(form_get(&request->form, S("secret")));
    int64_t application = 0;
    if (reference.len == 0)
        add_problem(request, S("reference"), N_("Enter the reference"));
    if (secret.len == 0)
        add_problem(request, S("secret"), N_("Enter the second secret"));
    if (request->problems.count)
        return resume_page(request, 422, reference, false);
    switch (desk_resume(request->desk, request->arena, &request->actor, reference, secret, request->now,
                        request->change, &application)) {
    case VERDICT_OK:
        return reply_redirect(request, "/apply/%.*s?from=resume",
                              STR_ARGS(store_reference(request->desk->store, request->arena, application)));
    case VERDICT_TOO_MANY:
        add_problem(request, STR_NONE, N_("There were too many tries. Wait 15 minutes, then try again"));
        return resume_page(request, 429, reference, false);
    case VERDICT_NOT_FOUND:
    case VERDICT_FORBIDDEN:
    case VERDICT_PROBLEMS:
    case VERDICT_ALREADY:
    case VERDICT_NOT_NOW:
        break;
    }
    add_problem(request, S("reference"), N_("Reference and second secret do not fit together. Check both"));
    return resume_page(request, 422, reference, false);
}
