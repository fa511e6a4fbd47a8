/* Evidence: what is to be brought, and what nobody needs to bring because government has it or makes it. A file belongs
 * to a place by identity, so it cannot end up at another person or another paper. */
#include "web/apply.h"
#include "web/pages.h"

static Str authorities_of(Request *request, const Slot *slot)
{
    Strs names = { 0 };
    for (size_t i = 0; i < slot->users.count; i++)
        strs_add_once(request->arena, &names, page_texts(request, slot->users.at[i]->authority->name));
    return words_join(request, &names, JOINT_AND);
}

/* What can be brought to this place: "Lease or Title deed". */
static Str brought_names(Request *request, const Slot *slot)
{
    Strs names = { 0 };
    for (size_t i = 0; i < slot->need->any.count; i++)
        if (slot->need->any.at[i]->upload)
            list_push(request->arena, &names, page_texts(request, slot->need->any.at[i]->name));
    return words_join(request, &names, JOINT_OR);
}

/* Once a file is there, its own kind: no longer "lease or title deed". */
static Str file_place(Request *request, const Slot *slot, const Evidence *file)
{
    for (size_t i = 0; i < slot->need->any.count; i++) {
        const EvidenceType *type = slot->need->any.at[i];
        if (!str_equal(type->id, file->type))
            continue;
        const Str name = page_texts(request, type->name);
        return slot->member_name.len
                   ? text_in(request->arena, words_language(request), "%1: %2", name, slot->member_name)
                   : name;
    }
    return words_slot(request, slot);
}

SlotRow evidence_row(Request *request, const EvidenceList *files, const Slot *slot)
{
    SlotRow row = { .slot = slot, .file = draft_file(files, slot), .seen = authorities_of(request, slot) };
    row.name = row.file ? file_place(request, slot, row.file) : words_slot(request, slot);
    if (slot->later.amount)
        row.later = words_period(request, slot->later);
    /* The own text instead of the model, the own paper where a register is wrong. */
    if (slot->source == SOURCE_DECLARED || slot->source == SOURCE_HELD)
        row.instead = brought_names(request, slot);
    return row;
}

SlotRows evidence_rows(Request *request, const Draft *draft, Source source)
{
    SlotRows rows = { 0 };
    for (size_t i = 0; i < draft->plan->slots.count; i++)
        if (draft->plan->slots.at[i].source == source)
            list_push(request->arena, &rows, evidence_row(request, &draft->evidence, &draft->plan->slots.at[i]));
    return rows;
}

/* GET /apply/{reference}/evidence */
Reply page_evidence(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    if (!apply_open(request, &application, &draft, &reply))
        return reply;
    if (draft.plan->stop || draft.plan->ask)
        return apply_next(request, &draft, false);
    EvidencePage p = { .page = apply_page(request, &draft, page_tr(request, N_("What to bring")),
                                          str_printf(request->arena, "/apply/%.*s/plan", STR_ARGS(draft.reference))),
                       .bring = evidence_rows(request, &draft, SOURCE_UPLOAD),
                       .held = evidence_rows(request, &draft, SOURCE_HELD),
                       .given = evidence_rows(request, &draft, SOURCE_GIVEN),
                       .declared = evidence_rows(request, &draft, SOURCE_DECLARED) };
    for (size_t i = 0; i < p.bring.count; i++)
        p.missing += !p.bring.at[i].file && !p.bring.at[i].later.len;
    Html out = page_begin(request);
    html_evidence(&out, &p);
    return apply_show(request, &p.page, &out);
}

/* ---- one file ------------------------------------------------------------------------------------------ */

/* The place that the path names. One that the answers led away from leads back to the list. */
static const Slot *open_slot(Request *request, int64_t *application, Draft *draft, Reply *reply)
{
    if (!apply_open(request, application, draft, reply))
        return NULL;
    const Slot *slot = plan_slot(draft->plan, request->args[1]);
    for (size_t i = 0; slot && i < slot->need->any.count; i++)
        if (slot->need->any.at[i]->upload)
            return slot;
    *reply = reply_redirect(request, "/apply/%.*s/evidence", STR_ARGS(draft->reference));
    return NULL;
}

static void list_types(Request *request, const Slot *slot, UploadPage *p)
{
    for (size_t i = 0; i < slot->need->any.count; i++) {
        const EvidenceType *type = slot->need->any.at[i];
        if (type->upload)
            list_push(request->arena, &p->types, (SlotType){ .type = type, .law = words_laws(request, &type->legal) });
    }
    if (p->types.count < 2)
        return;
    const Str chosen = request->method == METHOD_POST ? form_get(&request->form, S("type"))
                       : p->row.file                  ? p->row.file->type
                                                      : STR_NONE;
    p->kind = (Options){ .name = S("type"),
                         .legend = page_tr(request, N_("Which of them do you bring?")),
                         .error = field_error(&p->page.errors, S("type")) };
    for (size_t i = 0; i < p->types.count; i++) {
        const EvidenceType *type = p->types.at[i].type;
        Str hint = page_texts(request, type->description);
        if (page_texts(request, type->example).len)
            hint = text_in(request->arena, words_language(request), "%1 What a good one looks like: %2", hint,
                           page_texts(request, type->example));
        list_push(request->arena, &p->kind.items,
                  (Option){ .value = type->id,
                            .label = page_texts(request, type->name),
                            .hint = str_trim(hint),
                            .checked = str_equal(chosen, type->id) });
    }
}

static Reply upload_page(Request *request, const Draft *draft, const Slot *slot)
{
    UploadPage p = { .row = evidence_row(request, &draft->evidence, slot) };
    Str name = brought_names(request, slot);
    if (slot->member_name.len)
        name = text_in(request->arena, words_language(request), "%1: %2", name, slot->member_name);
    p.page = apply_page(request, draft, name,
                        str_printf(request->arena, "/apply/%.*s/evidence", STR_ARGS(draft->reference)));
    list_types(request, slot, &p);
    p.input = (FileInput){ .name = S("file"),
                           .accept = S(".pdf,.jpg,.jpeg,.png"),
                           .error = field_error(&p.page.errors, S("file")),
                           .label = p.row.file ? page_tr(request, N_("Choose another file in its place"))
                                               : page_tr(request, N_("Choose a file")),
                           .hint = text_in(request->arena, words_language(request), "PDF, JPG or PNG, up to %1 MB.",
                                           words_count(request, draft->pack->upload_max_mb)) };
    if (p.row.file)
        p.size = words_size(request, p.row.file->size);
    Html out = page_begin(request);
    html_evidence_upload(&out, &p);
    return apply_show(request, &p.page, &out);
}

/* GET /apply/{reference}/evidence/{slot} */
Reply page_upload(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    const Slot *slot = open_slot(request, &application, &draft, &reply);
    return slot ? upload_page(request, &draft, slot) : reply;
}

static size_t count_types(const Slot *slot)
{
    size_t count = 0;
    for (size_t i = 0; i < slot->need->any.count; i++)
        count += slot->need->any.at[i]->upload;
    return count;
}

/* POST /apply/{reference}/evidence/{slot} */
Reply act_upload(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    const Slot *slot = open_slot(request, &application, &draft, &reply);
    if (!slot)
        return reply;
    const Str type = form_get(&request->form, S("type"));
    if (type.len == 0 && count_types(slot) > 1) {
        list_push(request->arena, &request->problems,
                  (Problem){ .field = S("type"), .message = N_("Select which of them you bring") });
        return upload_page(request, &draft, slot);
    }
    Verdict verdict = desk_upload(request->desk, request->arena, &request->actor, application, slot->id, type,
                                  &request->upload, request->now, request->change, &request->problems);
    if (verdict == VERDICT_PROBLEMS) {
        for (size_t i = 0; i < request->problems.count; i++)
            request->problems.at[i].field = S("file");
        return upload_page(request, &draft, slot);
    }
    return verdict == VERDICT_OK ? reply_redirect(request, "/apply/%.*s/evidence", STR_ARGS(draft.reference))
                                 : apply_refuse(request, verdict);
}

/* POST /apply/{reference}/evidence/{slot}/remove */
Reply act_upload_remove(Request *request)
{
    int64_t application, file = 0;
    Draft draft;
    Reply reply;
    if (!apply_open(request, &application, &draft, &reply))
        return reply;
    Verdict verdict = VERDICT_NOT_FOUND;
    if (str_to_i64(form_get(&request->form, S("file")), &file))
        verdict = desk_upload_drop(request->desk, request->arena, &request->actor, application, file, request->now,
                                   request->change);
    /* Removed already, in another tab: that is what was wanted. */
    if (verdict == VERDICT_OK || verdict == VERDICT_NOT_FOUND)
        return reply_redirect(request, "/apply/%.*s/evidence", STR_ARGS(draft.reference));
    return apply_refuse(request, verdict);
}

/* GET /apply/{reference}/files/{evidence} */
Reply page_apply_file(Request *request)
{
    int64_t application, file = 0;
    Evidence row;
    Str content;
    if (!page_reference(request, request->args[0], &application) || !str_to_i64(request->args[1], &file))
        return reply_not_found(request);
    Verdict verdict = desk_file(request->desk, request->arena, &request->actor, application, file, &row, &content);
    if (verdict != VERDICT_OK)
        return reply_verdict(request, verdict);
    return (Reply){ .status = 200, .type = row.media_type, .body = content };
}
