/* Answering a correction notice. The page is built from the notice's own entry, so that nothing which the officer named can be missed,
 * and nothing else is asked. Tried and left: a form a file, which lost the answers that were typed beside it. */
#include "web/correct.h"

#include "web/pages.h"
#include "web/words.h"

/* What a button of the page did that the store does not show yet. */
typedef struct Meanwhile {
    Str added;                                     /* the place of a file that just came */
    Str name;
    int64_t removed;                               /* a file that just went */
} Meanwhile;

static bool is_curing(const CaseView *one)
{
    return one->it.state == CASE_DEFICIENT;
}

static Str file_url(Request *request, const ApplicationView *view, int64_t id)
{
    return str_printf(request->arena, "/applications/%.*s/files/%lld", STR_ARGS(view->reference), (long long)id);
}

/* ---- the notice, item by item ------------------------------------------------------------------------------------------ */

static CorrectFile file_item(Request *request, const ApplicationView *view, const Slot *slot, Str words, const Meanwhile *meanwhile)
{
    CorrectFile file = { .slot = slot, .name = words_slot(request, slot), .words = words };
    for (size_t i = 0; i < view->evidence.count; i++) {
        const Evidence *row = &view->evidence.at[i];
        if (row->k != 0 || !str_equal(row->slot, slot->id) || row->id == meanwhile->removed)
            continue;
        if (row->state == EVIDENCE_CURRENT) {
            file.current = row->name;
            file.current_url = file_url(request, view, row->id);
        } else if (row->state == EVIDENCE_PENDING) {
            file.fresh = row->name;
            file.fresh_url = file_url(request, view, row->id);
            file.fresh_id = row->id;
        }
    }
    if (str_equal(meanwhile->added, slot->id)) {
        file.fresh = meanwhile->name;
        file.fresh_url = STR_NONE;
        file.fresh_id = 0;
    }
    return file;
}

/* One member's fields, named apart from those of the others. */
static CorrectMember *add_member(Request *request, const Fact *list, const Member *member, Str id, CorrectPage *p, CorrectAnswer *answer)
{
    CorrectMember *one = list_add(request->arena, &answer->members);
    *one = (CorrectMember){ 0 };
    for (size_t i = 0; i < list->fields.count; i++) {
        const Fact *field = list->fields.at[i], *named = member_field(request->arena, field, id);
        const Answer *stored = member ? answers_find(&member->fields, field->id) : NULL;
        list_push(request->arena, &one->fields, question_field(request, named, stored, &p->errors, false));
        /* Unfolded where something is wrong, and one to be added where something was typed. */
        one->open |= field_error(&p->errors, named->id).len > 0 || (!member && form_get(&request->form, named->id).len > 0);
        question_errors_point(request, named, &p->errors);
    }
    return one;
}

static void add_members(Request *request, const Fact *fact, const Answer *stored, CorrectPage *p, CorrectAnswer *answer)
{
    answer->error = field_error(&p->errors, fact->id);
    for (size_t i = 0; stored && i < stored->members.count; i++) {
        const Member *member = &stored->members.at[i];
        CorrectMember *one = add_member(request, fact, member, member->id, p, answer);
        one->name = words_member(request, fact, member, i);
        one->drop = (Options){ .name = str_printf(request->arena, "%.*s-drop", STR_ARGS(member->id)),
                               .legend = page_tr(request, N_("Does the entry not belong here?")) };
        list_push(request->arena, &one->drop.items,
                  (Option){ .value = S("yes"), .label = page_tr(request, N_("Take it off the list")),
                            .checked = form_has(&request->form, one->drop.name) });
    }
    for (int i = 1; i <= LIST_ADDED_MAX; i++)
        (void)add_member(request, fact, NULL, str_printf(request->arena, "new%d", i), p, answer);
}

static void add_item(Request *request, const ApplicationView *view, const CorrectionItem *item, const Meanwhile *meanwhile,
                     CorrectPage *p)
{
    const Slot *slot = item->slot.len ? plan_slot(view->plan, item->slot) : NULL;
    const Fact *fact = item->fact.len ? pack_fact(view->pack, item->fact) : NULL;
    if (slot)
        list_push(request->arena, &p->files, file_item(request, view, slot, item->text, meanwhile));
    if (!fact)
        return;
    const Answer *answer = answers_find(&view->answers, fact->id);
    CorrectAnswer *one = list_add(request->arena, &p->answers);
    *one = (CorrectAnswer){ .fact = fact, .name = page_texts(request, fact->name), .words = item->text,
                            .current = words_whole(request, fact, answer) };
    if (fact->kind == FACT_LIST)
        add_members(request, fact, answer, p, one);
    else
        one->field = question_field(request, fact, answer, &p->errors, false);
}

static void add_items(Request *request, const ApplicationView *view, const CaseView *one, const Meanwhile *meanwhile, CorrectPage *p)
{
    if (is_curing(one)) {
        for (size_t i = 0; i < one->it.missing.count; i++)
            add_item(request, view, &(CorrectionItem){ .slot = one->it.missing.at[i] }, meanwhile, p);
    } else {
        CorrectionItems items = notice_items(request->arena, &one->entries);
        for (size_t i = 0; i < items.count; i++)
            add_item(request, view, &items.at[i], meanwhile, p);
    }
    for (size_t i = 0; i < p->files.count; i++)
        p->files.at[i].error = field_error(&p->errors, p->files.at[i].slot->id);
}

static Str case_action(Request *request, const ApplicationView *view, const CaseView *one)
{
    return str_printf(request->arena, "/applications/%.*s/correct/%d", STR_ARGS(view->reference), one->row.k);
}

static CorrectPage page_of(Request *request, const ApplicationView *view, const CaseView *one, const Meanwhile *meanwhile)
{
    const bool curing = is_curing(one);
    CorrectPage p = { .layout = page_layout(request, curing ? N_("Bring what was to follow") : N_("Send the corrections"),
                                            request->problems.count > 0),
                      .errors = apply_errors(request), .action = case_action(request, view, one), .csrf = request->csrf,
                      .service = page_texts(request, one->service->name),
                      .authority = page_texts(request, one->service->authority->name),
                      .sentence = state_sentence(request, view, one), .curing = curing };
    const Entry *notice = entry_newest(&one->entries, curing ? ENTRY_ACCEPT_DEFICIENT : ENTRY_ASK);
    p.message = notice ? entry_said(request->arena, notice, S("message")) : STR_NONE;
    p.layout.section = application_name(request, view);
    p.layout.back = application_url(request, view);
    const Clock *clock = clocks_first(&one->clocks, true);
    if (clock)
        list_push(request->arena, &p.clocks, clock_view(request, view, one, clock));
    add_items(request, view, one, meanwhile, &p);
    p.note = (TextInput){ .name = S("note"), .label = page_tr(request, N_("Note to the authority")), .optional = true, .lines = 4,
                          .hint = curing ? STR_NONE
                                         : page_tr(request, N_("If you cannot correct something, say here why. The authority then decides "
                                                               "with what it has.")),
                          .value = form_get(&request->form, S("note")), .error = field_error(&p.errors, S("note")) };
    return p;
}

static Reply show(Request *request, const ApplicationView *view, const CaseView *one, const Meanwhile *meanwhile)
{
    CorrectPage p = page_of(request, view, one, meanwhile);
    Html out = page_begin(request);
    html_correct(&out, &p);
    return reply_html(request, request->problems.count ? 422 : 200, &out);
}

static bool is_open(const CaseView *one)
{
    return one->it.state == CASE_CORRECTION || one->it.state == CASE_DEFICIENT;
}

/* ---- the page ---------------------------------------------------------------------------------------------------------------- */

/* GET /applications/{reference}/correct/{case}. Nothing is asked any more: the application's page says why. */
Reply page_correct(Request *request)
{
    ApplicationView view;
    const CaseView *one;
    Reply reply;
    if (!application_open_case(request, &view, &one, &reply))
        return reply;
    if (!is_open(one))
        return reply_redirect(request, "/applications/%.*s#case-%d", STR_ARGS(view.reference), one->row.k);
    return show(request, &view, one, &(Meanwhile){ 0 });
}

/* It came too late, or it came twice: sent twice is sent. */
static Reply refuse(Request *request, const ApplicationView *view, const CaseView *one)
{
    const bool late = is_open(one) || one->it.state == CASE_LAPSED || one->it.state == CASE_REVOKED;
    return reply_redirect(request, "/applications/%.*s?done=%s", STR_ARGS(view->reference), late ? "late" : "corrected");
}

/* POST /applications/{reference}/correct/{case} */
Reply act_correct(Request *request)
{
    ApplicationView view;
    const CaseView *one;
    Reply reply;
    if (!application_open_case(request, &view, &one, &reply))
        return reply;
    Verdict verdict = desk_supply(request->desk, request->arena, &request->actor, view.row.id, one->row.k, &request->form, request->now,
                                  request->change, &request->problems);
    if (verdict == VERDICT_PROBLEMS)
        return show(request, &view, one, &(Meanwhile){ 0 });
    /* Sent twice at once: the case may have gone on since it was read above. */
    if (verdict == VERDICT_NOT_NOW)
        return application_open_case(request, &view, &one, &reply) ? refuse(request, &view, one) : reply;
    if (verdict != VERDICT_OK)
        return reply_verdict(request, verdict);
    return reply_redirect(request, "/applications/%.*s?done=%s", STR_ARGS(view.reference), is_curing(one) ? "followed" : "corrected");
}

/* ---- one file ---------------------------------------------------------------------------------------------------------------- */

static const CorrectFile *file_named(const CorrectPage *p, Str slot)
{
    for (size_t i = 0; i < p->files.count; i++)
        if (str_equal(p->files.at[i].slot->id, slot))
            return &p->files.at[i];
    return NULL;
}

static void list_kinds(Request *request, const Slot *slot, CorrectUploadPage *p)
{
    const Str chosen = form_get(&request->form, S("slot-type"));
    p->kind = (Options){ .name = S("slot-type"), .legend = page_tr(request, N_("Which of them do you bring?")),
                         .error = field_error(&p->errors, S("slot-type")) };
    for (size_t i = 0; i < slot->need->any.count; i++) {
        const EvidenceType *type = slot->need->any.at[i];
        if (type->upload)
            list_push(request->arena, &p->kind.items, (Option){ .value = type->id, .label = page_texts(request, type->name),
                                                                .hint = page_texts(request, type->description),
                                                                .checked = str_equal(chosen, type->id) });
    }
    if (p->kind.items.count < 2)
        p->kind.items.count = 0;
}

static Reply show_upload(Request *request, const ApplicationView *view, const CaseView *one, const CorrectFile *file)
{
    CorrectUploadPage p = { .layout = page_layout(request, N_("Add a new file"), request->problems.count > 0),
                            .errors = apply_errors(request), .action = request->path, .csrf = request->csrf, .file = file,
                            .back = case_action(request, view, one) };
    p.action = str_printf(request->arena, "%.*s/files/", STR_ARGS(p.back));
    p.layout.title = file->name;
    p.layout.section = page_texts(request, one->service->name);
    p.layout.back = p.back;
    for (size_t i = 0; i < request->form.count; i++)
        if (!str_equal(request->form.at[i].name, S("csrf")) && !str_equal(request->form.at[i].name, S("slot-type")))
            list_push(request->arena, &p.kept, request->form.at[i]);
    list_kinds(request, file->slot, &p);
    p.input = (FileInput){ .name = S("file"), .accept = S(".pdf,.jpg,.jpeg,.png"), .error = field_error(&p.errors, S("file")),
                           .heading = p.kind.items.count == 0, .label = file->name,
                           .hint = text_in(request->arena, words_language(request), "PDF, JPG or PNG, up to %1 MB.",
                                           words_count(request, view->pack->upload_max_mb)) };
    if (p.kind.items.count)
        p.input.label = page_tr(request, N_("Choose a file"));
    Html out = page_begin(request);
    html_correct_upload(&out, &p);
    return reply_html(request, request->problems.count ? 422 : 200, &out);
}

/* POST /applications/{reference}/correct/{case}/files/{slot}. Without a file it is the button that asks for one. */
Reply act_correct_file(Request *request)
{
    ApplicationView view;
    const CaseView *one;
    Reply reply;
    if (!application_open_case(request, &view, &one, &reply))
        return reply;
    const CorrectPage p = page_of(request, &view, one, &(Meanwhile){ 0 });
    const CorrectFile *file = is_open(one) ? file_named(&p, request->args[2]) : NULL;
    if (!file)
        return refuse(request, &view, one);
    if (request->upload_field.len == 0)
        return show_upload(request, &view, one, file);
    const Str type = form_get(&request->form, S("slot-type"));
    Verdict verdict = VERDICT_PROBLEMS;
    CorrectUploadPage choice = { 0 };
    list_kinds(request, file->slot, &choice);
    if (choice.kind.items.count && type.len == 0)
        list_push(request->arena, &request->problems,
                  (Problem){ .field = S("slot-type"), .message = N_("Select which of them you bring") });
    else
        verdict = desk_upload(request->desk, request->arena, &request->actor, view.row.id, file->slot->id, type, &request->upload,
                              request->now, request->change, &request->problems);
    for (size_t i = 0; i < request->problems.count; i++)
        if (str_equal(request->problems.at[i].field, file->slot->id))
            request->problems.at[i].field = S("file");
    if (verdict == VERDICT_PROBLEMS)
        return show_upload(request, &view, one, file);
    if (verdict != VERDICT_OK)
        return reply_verdict(request, verdict);
    return show(request, &view, one, &(Meanwhile){ .added = file->slot->id, .name = request->upload.name });
}

/* POST /applications/{reference}/correct/{case}/remove/{evidence} */
Reply act_correct_remove(Request *request)
{
    ApplicationView view;
    const CaseView *one;
    Reply reply;
    int64_t file = 0;
    if (!application_open_case(request, &view, &one, &reply))
        return reply;
    if (!is_open(one))
        return refuse(request, &view, one);
    Verdict verdict = VERDICT_NOT_FOUND;
    if (str_to_i64(request->args[2], &file))
        verdict = desk_upload_drop(request->desk, request->arena, &request->actor, view.row.id, file, request->now, request->change);
    /* Removed already, in another tab: that is what was wanted. */
    if (verdict != VERDICT_OK && verdict != VERDICT_NOT_FOUND)
        return reply_verdict(request, verdict);
    return show(request, &view, one, &(Meanwhile){ .removed = file });
}
