/* An officer's steps: what each form asks for, and what happens with it. The steps come from the table of cases and the checks are the
 * desk's, so this file knows of a step only what must be entered.
 *
 * Several steps on one page ask for a reason: on the page a field's name begins with the step's ("refuse-reason"), for the desk it
 * does not. */
#include "web/office.h"

#include "web/pages.h"
#include "web/words.h"

enum { STEPS_MOST = 16 };

typedef struct Wanted {                            /* a text that a step takes */
    const char *field, *label, *hint;
    bool optional;
    int lines;
} Wanted;
static const struct {
    EntryKind kind;
    Wanted wanted;
} WANTED[] = {
    { ENTRY_ACCEPT, { "message", N_("Message to the applicant"), "", true, 2 } },
    { ENTRY_ASK, { "message", N_("What else must be corrected?"), N_("Say at each document and answer what is wrong with it. Everything goes into one "
                                                                   "notice."), true, 3 } },
    { ENTRY_ACCEPT_DEFICIENT, { "message", N_("Message to the applicant"), "", true, 2 } },
    { ENTRY_DECLINE, { "reason", N_("Reasons, and which authority is the right one"), "", false, 4 } },
    { ENTRY_SUSPEND, { "reason", N_("Reason"), "", false, 3 } },
    { ENTRY_SUSPEND, { "days", N_("Working days that it will take"),
                       N_("The applicant is told. Left empty, it is the time that the law gives for this ground, where it gives one."), true, 0 } },
    { ENTRY_RESUME, { "message", N_("Message to the applicant"), "", true, 2 } },
    { ENTRY_EXTEND, { "reason", N_("Reason"), "", false, 3 } },
    { ENTRY_EXTEND_BUNDLE, { "reason", N_("Reason"), "", false, 3 } },
    { ENTRY_ORDER, { "reason", N_("What must be mended"), N_("The applicant reads it word for word."), false, 4 } },
    { ENTRY_CANCEL, { "reason", N_("Reasons"), N_("The applicant reads them word for word."), false, 5 } },
    { ENTRY_INSPECT, { "report", N_("What was found"), "", false, 4 } },
    { ENTRY_GRANT, { "message", N_("Message to the applicant"), "", true, 2 } },
    { ENTRY_REVOKE, { "reason", N_("What is still wrong"), N_("The applicant reads it word for word."), false, 4 } },
    { ENTRY_REFUSE, { "reason", N_("Reasons"), N_("The applicant reads them word for word."), false, 5 } },
    { ENTRY_ISSUE, { "number", N_("Number of the document"), N_("Left empty, it is made from the reference."), true, 0 } },
};

static Str field_name(Request *request, Str kind, const char *field)
{
    return str_printf(request->arena, "%.*s-%s", STR_ARGS(kind), field);
}

static void add_fields(Request *request, EntryKind kind, const FieldErrors *errors, ActionForm *form)
{
    for (size_t i = 0; i < COUNT_OF(WANTED); i++) {
        const Wanted *wanted = &WANTED[i].wanted;
        if (WANTED[i].kind != kind)
            continue;
        const Str name = field_name(request, form->kind, wanted->field);
        list_push(request->arena, &form->fields,
                  (TextInput){ .name = name, .label = page_tr(request, wanted->label), .lines = wanted->lines, .optional = wanted->optional,
                               .hint = wanted->hint[0] ? page_tr(request, wanted->hint) : STR_NONE, .width = wanted->lines ? 0 : 20,
                               .value = form_get(&request->form, name), .error = field_error(errors, name) });
        form->folds |= !wanted->optional;
    }
}

/* ---- what a step needs beyond a text -------------------------------------------------------------------------------------- */

static void add_choice(Request *request, Options *options, Str value, Str label, Str hint)
{
    list_push(request->arena, &options->items,
              (Option){ .value = value, .label = label, .hint = hint, .checked = str_equal(form_get(&request->form, options->name), value) });
}

static void add_grounds(Request *request, const CaseView *one, const FieldErrors *errors, ActionForm *form)
{
    const GroundList grounds = desk_grounds(request->arena, one->service);
    const Str name = field_name(request, form->kind, "ground");
    form->choice = (Options){ .name = name, .legend = page_tr(request, N_("Legal ground")), .error = field_error(errors, name) };
    for (size_t i = 0; i < grounds.count; i++)
        add_choice(request, &form->choice, grounds.at[i]->id, page_texts(request, grounds.at[i]->name),
                   words_laws(request, &grounds.at[i]->legal));
}

/* Others of the application that must inspect too: one visit serves all. */
static bool others_inspect(const ApplicationView *view, const CaseView *one)
{
    for (size_t i = 0; i < view->cases.count; i++) {
        const CaseView *other = &view->cases.at[i];
        if (other != one && desk_inspects_jointly(other->service, other->limit, other->it.state))
            return true;
    }
    return false;
}

static void add_finding(Request *request, const ApplicationView *view, const CaseView *one, const FieldErrors *errors, ActionForm *form)
{
    const Str name = field_name(request, form->kind, "finding"), joint = field_name(request, form->kind, "joint");
    form->choice = (Options){ .name = name, .legend = page_tr(request, N_("Finding")), .error = field_error(errors, name) };
    add_choice(request, &form->choice, S("passed"), page_tr(request, N_("Everything is in order")), STR_NONE);
    add_choice(request, &form->choice, S("failed"), page_tr(request, N_("Something is not in order")), STR_NONE);
    if (!one->service->joint_inspection || !others_inspect(view, one))
        return;
    form->joint = (Options){ .name = joint, .legend = page_tr(request, N_("Joint inspection")),
                             .hint = words_laws(request, &view->pack->joint_inspection) };
    add_choice(request, &form->joint, S("yes"), page_tr(request, N_("The finding is for the other authorities too")), STR_NONE);
}

/* What would follow, as the desk takes it; false where nothing is missing or something that may not follow. */
static bool add_following(Request *request, const ApplicationView *view, const CaseView *one, ActionForm *form)
{
    const SlotList missing = desk_missing(request->arena, &one->slots, &view->evidence);
    for (size_t i = 0; i < missing.count; i++) {
        const Slot *slot = &missing.at[i];
        if (!slot->later.amount)
            return false;
        const Date until = calendar_due(&view->pack->calendar, view->today, slot->later, NULL, 0).date;
        list_push(request->arena, &form->notes, text_in(request->arena, words_language(request), "%1: by %2", words_slot(request, slot),
                                                        words_date(request, until)));
    }
    return form->notes.count > 0;
}

static bool add_extension(Request *request, const CaseView *one, ActionForm *form)
{
    const Limit *limit = one->limit;
    const Period period = limit && limit->extension.amount ? limit->extension : one->service->procedure->extension.time;
    if (!period.amount)
        return false;
    list_push(request->arena, &form->notes,
              text_in(request->arena, words_language(request), "Longer by %1", words_period(request, period)));
    const Str note = page_texts(request, one->service->procedure->extension.note);
    if (note.len)
        list_push(request->arena, &form->notes, note);
    return true;
}

static void add_term(Request *request, const ApplicationView *view, const CaseView *one, ActionForm *form)
{
    const Period term = one->service->procedure->correction.time;
    const Date until = calendar_due(&view->pack->calendar, view->today, term, NULL, 0).date;
    list_push(request->arena, &form->notes, text_in(request->arena, words_language(request), "Sent today, the term is %1: until %2",
                                                    words_period(request, term), words_date(request, until)));
    /* LAW cn.licensing art.32(1)(4), cn.visit-once art.11(3): once; what is still wrong after it is not accepted. */
    if (one->it.notices)
        list_push(request->arena, &form->notes,
                  page_tr(request, N_("The law allows one notice, and it was sent. What is still wrong is a reason not to accept. A second notice "
                                      "is reported to the supervisor.")));
}

/* False where the step makes no sense for this case, although the table permits it. */
static bool add_needs(Request *request, const ApplicationView *view, const CaseView *one, EntryKind kind, const FieldErrors *errors,
                      ActionForm *form)
{
    if (kind == ENTRY_SUSPEND) {
        add_grounds(request, one, errors, form);
        return form->choice.items.count > 0;
    }
    if (kind == ENTRY_INSPECT)
        add_finding(request, view, one, errors, form);
    if (kind == ENTRY_ASK)
        add_term(request, view, one, form);
    if (kind == ENTRY_ACCEPT)
        return desk_missing(request->arena, &one->slots, &view->evidence).count == 0;
    if (kind == ENTRY_ACCEPT_DEFICIENT)
        return add_following(request, view, one, form);
    return kind != ENTRY_EXTEND || add_extension(request, one, form);
}

ActionForms action_forms(Request *request, const ApplicationView *view, const CaseView *one, EntryKind back, const FieldErrors *errors)
{
    const Step *steps[STEPS_MOST];
    const size_t count = desk_steps(&request->actor, one, steps, STEPS_MOST);
    ActionForms forms = { 0 };
    for (size_t i = 0; i < count; i++) {
        ActionForm form = { .kind = entry_kind_word(steps[i]->kind), .name = page_tr(request, steps[i]->name),
                            .consequence = page_tr(request, steps[i]->consequence), .open = steps[i]->kind == back,
                            .previews = letter_is_shown(steps[i]->kind) };
        form.folds = form.previews;
        if (!add_needs(request, view, one, steps[i]->kind, errors, &form))
            continue;
        add_fields(request, steps[i]->kind, errors, &form);
        list_push(request->arena, &forms, form);
    }
    return forms;
}

/* ---- acting ------------------------------------------------------------------------------------------------------------------ */

/* The form as the desk takes it: without the step's name before each field. */
static Form form_of_desk(Request *request, EntryKind kind)
{
    const Str prefix = str_printf(request->arena, "%.*s-", STR_ARGS(entry_kind_word(kind)));
    Form form = { 0 };
    for (size_t i = 0; i < request->form.count; i++) {
        Field field = request->form.at[i];
        if (str_starts(field.name, prefix))
            field.name = str_slice(field.name, prefix.len, field.name.len);
        list_push(request->arena, &form, field);
    }
    return form;
}

/* Somebody else acted meanwhile: what changed since the officer's page was made. */
static Reply meanwhile_reply(Request *request, const ApplicationView *view, const CaseView *one, int64_t entries)
{
    MeanwhilePage p = { .layout = page_layout(request, N_("Somebody else acted meanwhile"), false),
                        .action = request->path, .csrf = request->csrf };
    static const Str NOT_KEPT[] = { S("csrf"), S("entries"), S("confirmed") };
    for (size_t i = 0; i < request->form.count; i++) {
        bool kept = true;
        for (size_t n = 0; n < COUNT_OF(NOT_KEPT); n++)
            kept = kept && !str_equal(request->form.at[i].name, NOT_KEPT[n]);
        if (kept)
            list_push(request->arena, &p.kept, request->form.at[i]);
    }
    const Timeline all = timeline_of(request, view, READER_OFFICER, one->row.k);
    for (size_t i = 0; i < all.count; i++)
        if (all.at[i].k == one->row.k && all.at[i].n > entries)
            list_push(request->arena, &p.timeline, all.at[i]);
    p.layout.back = casefile_url(request, view, one);
    p.layout.office = true;
    p.layout.section = application_name(request, view);
    Html out = page_begin(request);
    html_meanwhile(&out, &p);
    return reply_html(request, 409, &out);
}

/* POST /office/{reference}/{case}/{step} */
Reply act_step(Request *request)
{
    ApplicationView view;
    const CaseView *one;
    Reply reply;
    int64_t entries = 0;
    if (!casefile_open(request, &view, &one, &reply))
        return reply;
    const EntryKind kind = entry_kind_parse(request->args[2]);
    if (kind == ENTRY_NONE)
        return reply_not_found(request);
    if (form_has(&request->form, S("change")))
        return casefile_reply(request, &view, one, kind);
    if (!str_to_i64(form_get(&request->form, S("entries")), &entries) || entries < 0 || entries > UINT32_MAX)
        return reply_not_found(request);
    const bool preview = letter_is_shown(kind) && !form_has(&request->form, S("confirmed"));
    /* A preview asks the desk as the step itself does, but nothing of it is kept. */
    Change *change = preview ? change_begin(request->desk->store, request->arena) : request->change;
    const Form form = form_of_desk(request, kind);
    const Verdict verdict = desk_act(request->desk, request->arena, &request->actor, view.row.id, one->row.k, kind, (uint32_t)entries,
                                     &form, request->now, change, &request->problems);
    if (verdict == VERDICT_PROBLEMS)
        return casefile_reply(request, &view, one, kind);
    if (verdict == VERDICT_NOT_NOW)
        return meanwhile_reply(request, &view, one, entries);
    if (verdict != VERDICT_OK)
        return reply_verdict(request, verdict);
    if (preview)
        return letter_reply(request, &view, one, kind);
    return reply_redirect(request, "/office/%.*s/%d?done=%.*s", STR_ARGS(view.reference), one->row.k, STR_ARGS(entry_kind_word(kind)));
}
