/* Files: what a person brings. Taken by content, not by name; sealed before a row names them; replaced, never mixed up, because each
 * belongs to a place by identity. For an application that was sent, a file stands aside until the correction is sent. */
#include "desk/inside.h"

#include <magic.h>
#include <pthread.h>

enum { NAME_MAX_BYTES = 200, FILES_MAX = 300 };

static const Str MEDIA_TYPES[] = { { "application/pdf", 15 }, { "image/jpeg", 10 }, { "image/png", 9 } };

/* libmagic's handle is not for two threads at once and dear to open: one a thread, closed with it. */
static pthread_key_t magic_key;
static pthread_once_t magic_once = PTHREAD_ONCE_INIT;

static void magic_end(void *handle)
{
    magic_close(handle);
}

static void magic_begin(void)
{
    must(pthread_key_create(&magic_key, magic_end) == 0);
}

static magic_t magic_of_thread(void)
{
    must(pthread_once(&magic_once, magic_begin) == 0);
    magic_t handle = pthread_getspecific(magic_key);
    if (!handle) {
        handle = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF);
        if (handle && magic_load(handle, NULL) != 0) {
            magic_close(handle);
            handle = NULL;
        }
        must(pthread_setspecific(magic_key, handle) == 0);
    }
    return handle;
}

static Str media_type_of(Str content)
{
    magic_t handle = magic_of_thread();
    Str found = handle ? str_from(magic_buffer(handle, content.data, content.len)) : STR_NONE;
    for (size_t i = 0; i < COUNT_OF(MEDIA_TYPES); i++)
        if (str_equal(found, MEDIA_TYPES[i]))
            return MEDIA_TYPES[i];
    return STR_NONE;
}

/* Cut short or garbled files pass libmagic, which reads the beginning: the end must be there too. */
static bool is_whole(Str content, Str type)
{
    Str tail = str_slice(content, content.len > 1024 ? content.len - 1024 : 0, content.len);
    if (str_equal(type, S("application/pdf")))
        return str_find(tail, S("%%EOF")) != SIZE_MAX;
    if (str_equal(type, S("image/png")))
        return str_find(tail, S("IEND")) != SIZE_MAX;
    return str_find(tail, S("\xFF\xD9")) != SIZE_MAX;
}

static bool check_file(const Pack *pack, Arena *arena, Str slot, const Upload *upload, Str *type, Problems *problems)
{
    Str limit = str_printf(arena, "%lld", (long long)pack->upload_max_mb);
    if (upload->too_large || upload->content.len > (size_t)pack->upload_max_mb * 1024 * 1024) {
        problem_add(arena, problems, slot,
                    N_("The selected file must be smaller than %1 MB. Take the photo again with a lower resolution, or split the file"),
                    limit, STR_NONE, STR_NONE);
        return false;
    }
    if (upload->name.len == 0 && upload->content.len == 0) {
        problem_add(arena, problems, slot, N_("Select a file"), STR_NONE, STR_NONE, STR_NONE);
        return false;
    }
    if (upload->content.len == 0) {
        problem_add(arena, problems, slot, N_("The selected file is empty"), STR_NONE, STR_NONE, STR_NONE);
        return false;
    }
    *type = media_type_of(upload->content);
    if (type->len == 0) {
        problem_add(arena, problems, slot, N_("The selected file must be a PDF, JPG or PNG"), STR_NONE, STR_NONE, STR_NONE);
        return false;
    }
    if (!is_whole(upload->content, *type)) {
        problem_add(arena, problems, slot, N_("We could not open the file. Save it again as a PDF, or take a photo"), STR_NONE, STR_NONE,
                    STR_NONE);
        return false;
    }
    return true;
}

/* The last part of a path, as some browsers send one. */
static Str base_name(Arena *arena, Str name)
{
    for (size_t i = name.len; i-- > 0;)
        if (name.data[i] == '/' || name.data[i] == '\\')
            return base_name(arena, str_slice(name, i + 1, name.len));
    size_t end = 0;
    uint32_t code_point;
    for (size_t used; end < NAME_MAX_BYTES && (used = utf8_next(name, end, &code_point)) > 0;)
        end += used;
    return end && utf8_is_valid(str_slice(name, 0, end)) ? str_slice(name, 0, end) : S("file");
}

static const EvidenceType *type_of(const Slot *slot, Str type)
{
    for (size_t i = 0; i < slot->need->any.count; i++)
        if (slot->need->any.at[i]->upload && (str_equal(slot->need->any.at[i]->id, type) || type.len == 0))
            return slot->need->any.at[i];
    return NULL;
}

static Verdict place_of(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str slot_id, Instant now,
                        Application *row, const Slot **slot)
{
    Verdict verdict;
    if (!draft_load(desk, arena, actor, USE_APPLICATION, application, row, &verdict))
        return verdict;
    Draft draft;
    ApplicationView view;
    if (row->state == APPLICATION_DRAFT) {
        verdict = desk_draft(desk, arena, actor, application, desk_today(desk->pack, now), &draft);
        *row = draft.row;
        *slot = verdict == VERDICT_OK ? plan_slot(draft.plan, slot_id) : NULL;
    } else {
        verdict = application_view(desk, arena, row, now, &view);
        *slot = verdict == VERDICT_OK ? plan_slot(view.plan, slot_id) : NULL;
    }
    return *slot ? VERDICT_OK : VERDICT_NOT_FOUND;
}

/* A file that arrives while the application is being sent must not slip in behind it: writing the row again makes the slower of the two
 * a conflict, which then sees what was sent. And who brings or takes away a file has not left the draft alone. */
static void keep_row(Change *change, Application *row, Instant now)
{
    row->changed_at = now;
    change_application(change, row);
}

Verdict desk_upload(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str slot_id, Str type_id,
                    const Upload *upload, Instant now, Change *change, Problems *problems)
{
    Application row;
    const Slot *slot = NULL;
    Str media_type;
    Verdict verdict = place_of(desk, arena, actor, application, slot_id, now, &row, &slot);
    if (verdict != VERDICT_OK)
        return verdict;
    const EvidenceType *type = type_of(slot, type_id);
    if (!type || row.party == 0)
        return VERDICT_NOT_FOUND;
    if (!check_file(desk->pack, arena, slot->id, upload, &media_type, problems))
        return VERDICT_PROBLEMS;
    EvidenceList before = store_evidence(desk->store, arena, row.area, application);
    if (before.count >= FILES_MAX) {
        problem_add(arena, problems, slot->id, N_("There are too many files in this application"), STR_NONE, STR_NONE, STR_NONE);
        return VERDICT_PROBLEMS;
    }
    EvidenceState state = row.state == APPLICATION_DRAFT ? EVIDENCE_CURRENT : EVIDENCE_PENDING;
    Evidence *evidence = arena_new(arena, Evidence);
    *evidence = (Evidence){ .area = row.area, .application = application, .id = store_next_id(desk->store), .slot = slot->id,
                            .type = type->id, .name = base_name(arena, upload->name), .media_type = media_type,
                            .size = (int64_t)upload->content.len, .state = state, .at = now };
    if (evidence->id == 0 || !change_file(change, row.party, upload->content, &evidence->file))
        return VERDICT_TOO_MANY;
    /* What was brought before for this place goes: of a draft, or of a correction that was not sent. */
    for (size_t i = 0; i < before.count; i++)
        if (str_equal(before.at[i].slot, slot->id) && before.at[i].state == state && before.at[i].k == 0)
            change_evidence_drop(change, &before.at[i]);
    change_evidence(change, evidence, row.party);
    keep_row(change, &row, now);
    return VERDICT_OK;
}

Verdict desk_upload_drop(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int64_t evidence, Instant now,
                         Change *change)
{
    Application row;
    Verdict verdict;
    if (!draft_load(desk, arena, actor, USE_APPLICATION, application, &row, &verdict))
        return verdict;
    EvidenceList all = store_evidence(desk->store, arena, row.area, application);
    for (size_t i = 0; i < all.count; i++) {
        Evidence *one = &all.at[i];
        if (one->id != evidence)
            continue;
        /* What was sent is never changed. */
        if (row.state == APPLICATION_SENT && one->state != EVIDENCE_PENDING)
            return VERDICT_NOT_NOW;
        change_evidence_drop(change, one);
        keep_row(change, &row, now);
        return VERDICT_OK;
    }
    return VERDICT_NOT_FOUND;
}

/* An officer sees the files of the places that a service of the own authority uses, and what its cases issued. */
static bool officer_sees(const ApplicationView *view, const Evidence *row, Str authority)
{
    for (size_t i = 0; i < view->cases.count; i++) {
        const CaseView *one = &view->cases.at[i];
        if (authority.len && !str_equal(one->row.authority, authority))
            continue;
        if (row->k == one->row.k)
            return true;
        for (size_t s = 0; s < one->slots.count; s++)
            if (str_equal(one->slots.at[s].id, row->slot) || (row->k > 0 && str_equal(one->slots.at[s].type->id, row->type)))
                return true;
    }
    return false;
}

Verdict desk_file(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int64_t evidence, Evidence *row, Str *content)
{
    Application owned;
    Verdict verdict;
    bool owner = draft_load(desk, arena, actor, USE_APPLICATION, application, &owned, &verdict);
    if (!owner && verdict != VERDICT_FORBIDDEN)
        return verdict;
    if (!owner && !store_application(desk->store, arena, desk->pack->area, application, &owned))
        return VERDICT_NOT_FOUND;
    EvidenceList all = store_evidence(desk->store, arena, owned.area, application);
    for (size_t i = 0; i < all.count; i++) {
        if (all.at[i].id != evidence)
            continue;
        *row = all.at[i];
        if (!owner) {
            ApplicationView view;
            if (!desk_may(desk, actor, USE_QUEUE, NULL, STR_NONE) || row->state == EVIDENCE_PENDING ||
                application_view(desk, arena, &owned, owned.sent_at, &view) != VERDICT_OK ||
                !officer_sees(&view, row, actor->account.role == ROLE_SUPERVISOR ? STR_NONE : actor->account.authority))
                return VERDICT_FORBIDDEN;
        }
        return store_file_get(desk->store, arena, owned.party, &row->file, content) ? VERDICT_OK : VERDICT_NOT_FOUND;
    }
    return VERDICT_NOT_FOUND;
}
