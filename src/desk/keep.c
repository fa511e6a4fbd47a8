/* Keeping: the proof that the rows say what the journal says, and making the rows anew. */
#include "desk/inside.h"

#include <stdio.h>

enum { ARENA_BYTES = 64 << 20 };

/* ---- folding an application anew ------------------------------------------------------------------------------ */

typedef struct Refold {
    Dossier dossier;                               /* rows as the journal gives them */
    EvidenceList evidence;
    Str broken;                                    /* what the journal itself has wrong; empty: nothing */
} Refold;

static void apply_replaced(Refold *it, const Json *list)
{
    int64_t id;
    for (size_t i = 0; list && i < list->items.count; i++)
        for (size_t e = 0; e < it->evidence.count && str_to_i64(list->items.at[i]->text, &id); e++)
            if (it->evidence.at[e].id == id)
                it->evidence.at[e].state = EVIDENCE_REPLACED;
}

static void add_evidence(Refold *it, Arena *arena, const Json *json)
{
    Evidence row;
    if (evidence_parse(json, it->dossier.row.area, it->dossier.row.id, &row))
        list_push(arena, &it->evidence, row);
}

static void apply_answers(Refold *it, Arena *arena, const Json *changes)
{
    for (size_t i = 0; changes && i < changes->keys.count; i++) {
        const Json *pair = changes->items.at[i];
        if (pair->items.count == 2)
            *answer_at(arena, &it->dossier.answers, changes->keys.at[i]) = answer_of_json(arena, changes->keys.at[i], pair->items.at[1]);
    }
}

static void fold_own(Refold *it, Arena *arena, const EntryList *entries, Strs *services)
{
    for (size_t i = 0; i < entries->count; i++) {
        const Entry *entry = &entries->at[i];
        Errors errors = errors_begin(arena);
        const Json *body = entry->body.len ? json_parse(arena, entry->body, &errors) : NULL;
        const Json *evidence = json_get(body, S("evidence"));
        if (entry->kind == ENTRY_SEND) {
            Str rest = entry->what, service;
            while (str_cut(&rest, ' ', &service))
                list_push(arena, services, service);
            it->dossier.row.sent_at = entry->at;
            it->dossier.row.state = APPLICATION_SENT;
        }
        for (size_t e = 0; evidence && e < evidence->items.count; e++)
            add_evidence(it, arena, evidence->items.at[e]);
        if (entry->kind == ENTRY_SUPPLEMENT) {
            apply_answers(it, arena, json_get(body, S("answers")));
            apply_replaced(it, json_get(body, S("replaced")));
        }
    }
}

/* The answers of the first entry, in its own spelling. */
static AnswerList sent_answers(Arena *arena, const EntryList *entries)
{
    Errors errors = errors_begin(arena);
    if (entries->count == 0 || entries->at[0].body.len == 0)
        return (AnswerList){ 0 };
    const Json *answers = json_get(json_parse(arena, entries->at[0].body, &errors), S("answers"));
    return answers ? answers_of_json(arena, answers) : (AnswerList){ 0 };
}

static void fold_case(Refold *it, Arena *arena, const Desk *desk, OpenCase *one)
{
    EntryList entries = store_entries(desk->store, arena, it->dossier.row.area, it->dossier.row.id, one->row.k);
    for (size_t n = 0; n < entries.count; n++) {
        if (!case_apply(arena, &one->it, &entries.at[n])) {
            it->broken = str_printf(arena, "case %d: entry %zu does not follow from the one before", one->row.k, n + 1);
            return;
        }
        Errors errors = errors_begin(arena);
        const Json *body = entries.at[n].body.len ? json_parse(arena, entries.at[n].body, &errors) : NULL;
        if (entries.at[n].kind == ENTRY_ISSUE && json_get(body, S("evidence")))
            add_evidence(it, arena, json_get(body, S("evidence")));
    }
    one->limit = case_limit(arena, one->service, it->dossier.facts);
    one->row = case_row(arena, it->dossier.pack, one);
}

static void refold(Refold *it, Arena *arena, const Desk *desk, const Application *row)
{
    *it = (Refold){ 0 };
    dossier_begin(&it->dossier, desk, arena, row, (AnswerList){ 0 }, row->sent_at, NULL);
    if (!it->dossier.event) {
        it->broken = str_printf(arena, "its pack has no event \"%.*s\"", STR_ARGS(row->event));
        return;
    }
    EntryList own = store_entries(desk->store, arena, row->area, row->id, 0);
    Strs services = { 0 };
    it->dossier.row.label = STR_NONE;
    it->dossier.answers = sent_answers(arena, &own);
    fold_own(it, arena, &own, &services);
    it->dossier.row.label = label_of(it->dossier.event, &it->dossier.answers);
    it->dossier.facts = answers_scope(arena, it->dossier.pack, &it->dossier.answers);
    it->dossier.row.entries = (uint32_t)own.count;
    for (size_t i = 0; i < services.count && it->broken.len == 0; i++) {
        const Service *service = pack_service(it->dossier.pack, services.at[i]);
        if (!service) {
            it->broken = str_printf(arena, "its pack has no service \"%.*s\"", STR_ARGS(services.at[i]));
            return;
        }
        fold_case(it, arena, desk, dossier_case_add(&it->dossier, service));
    }
}

/* ---- check ------------------------------------------------------------------------------------------------------- */

typedef struct Checking {
    const Desk *desk;
    Text *report;
    Arena *arena;                                  /* of one application, reset after it */
    HashList altered;                              /* files */
    bool *named;                                   /* for each of them: a row does */
    int faults;
    int64_t applications, cases, entries, files;
} Checking;

static void fault(Checking *it, const Application *row, const char *format, ...) PRINTF(3, 4);
static void fault(Checking *it, const Application *row, const char *format, ...)
{
    char what[300];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(what, sizeof what, format, args);
    va_end(args);
    must(length >= 0);
    it->faults++;
    text_printf(it->report, "application %.*s (%lld): %s\n", STR_ARGS(store_reference(it->desk->store, it->arena, row->id)),
                (long long)row->id, what);
}

static bool date_same(Date a, Date b)
{
    return date_compare(a, b) == 0;
}

static void check_case(Checking *it, const Application *row, const CaseRow *is, const CaseRow *should, bool erased)
{
    if (is->state != should->state || is->entries != should->entries || !date_same(is->received, should->received) ||
        !date_same(is->accepted, should->accepted) || is->rating != should->rating)
        fault(it, row, "case %d: the row says %.*s after %u entries, the journal says %.*s after %u", is->k,
              STR_ARGS(case_state_word(is->state)), is->entries, STR_ARGS(case_state_word(should->state)), should->entries);
    else if (!str_equal(is->service, should->service) || !str_equal(is->authority, should->authority))
        fault(it, row, "case %d: the row names another service or authority than the journal", is->k);
    /* Dates rest on answers too, and those of an erased person are gone; and a newer calendar may be about to change them. */
    else if (!erased && is->next_at.us != LOOK_AGAIN.us && (!date_same(is->due, should->due) || !date_same(is->term, should->term) ||
                         is->next_at.us != should->next_at.us))
        fault(it, row, "case %d: the row's dates are not those of the journal", is->k);
}

static bool evidence_same(const Evidence *is, const Evidence *should)
{
    return is->state == should->state && is->k == should->k && is->size == should->size && is->at.us == should->at.us &&
           str_equal(is->slot, should->slot) && str_equal(is->type, should->type) && str_equal(is->name, should->name) &&
           str_equal(is->media_type, should->media_type) && hash_equal(&is->file, &should->file);
}

static const Evidence *evidence_with(const EvidenceList *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].id == id)
            return &list->at[i];
    return NULL;
}

static void check_file(Checking *it, const Application *row, const Evidence *one)
{
    it->files++;
    if (!store_file_exists(it->desk->store, &one->file))
        fault(it, row, "file of evidence %lld is missing", (long long)one->id);
    for (size_t i = 0; i < it->altered.count; i++)
        if (hash_equal(&it->altered.at[i], &one->file)) {
            it->named[i] = true;
            fault(it, row, "file of evidence %lld is altered", (long long)one->id);
        }
}

static void check_evidence(Checking *it, const Application *row, const EvidenceList *should)
{
    EvidenceList is = store_evidence(it->desk->store, it->arena, row->area, row->id);
    for (size_t i = 0; i < is.count; i++) {
        const Evidence *one = &is.at[i];
        check_file(it, row, one);
        const Evidence *other = evidence_with(should, one->id);
        if (other ? !evidence_same(one, other) : one->state != EVIDENCE_PENDING)
            fault(it, row, "the row of evidence %lld is not what the journal says", (long long)one->id);
    }
    for (size_t n = 0; n < should->count; n++)
        if (!evidence_with(&is, should->at[n].id))
            fault(it, row, "the row of evidence %lld is missing", (long long)should->at[n].id);
}

static const CaseRow *case_with(const CaseRowList *rows, int32_t k)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->at[i].k == k)
            return &rows->at[i];
    return NULL;
}

/* The links of every chain, against the row that knows its end; where that row is lost, against the chain itself. */
static void check_chains(Checking *it, const Application *row, const CaseRowList *rows)
{
    Store *store = it->desk->store;
    uint32_t broken = 0;
    if (!store_chain_verify(store, row->area, row->id, 0, row->entries, &row->head, &broken))
        fault(it, row, "entry %u of the journal was altered, added or cut off", broken);
    it->entries += row->entries;
    for (size_t i = 0; i < rows->count; i++) {
        const CaseRow *one = &rows->at[i];
        if (!store_chain_verify(store, row->area, row->id, one->k, one->entries, &one->head, &broken))
            fault(it, row, "case %d: entry %u of the journal was altered, added or cut off", one->k, broken);
        it->entries += one->entries;
    }
    it->cases += (int64_t)rows->count;
}

static void check_cases(Checking *it, const Application *row, const CaseRowList *rows, Dossier *should, bool erased)
{
    for (size_t i = 0; i < rows->count; i++) {
        const OpenCase *one = dossier_case(should, rows->at[i].k);
        if (one)
            check_case(it, row, &rows->at[i], &one->row, erased);
        else
            fault(it, row, "case %d: the journal has no such case", rows->at[i].k);
    }
    for (size_t i = 0; i < should->cases.count; i++)
        if (!case_with(rows, should->cases.at[i].row.k))
            fault(it, row, "case %d: the row is missing", should->cases.at[i].row.k);
    ChainList chains = store_chains(it->desk->store, it->arena, row->area, row->id);
    for (size_t i = 0; i < chains.count; i++)
        if (chains.at[i] != 0 && !dossier_case(should, chains.at[i]))
            fault(it, row, "case %d: the journal has entries of a case that was never sent", chains.at[i]);
}

static bool check_application(void *context, const Application *row)
{
    Checking *it = context;
    it->applications++;
    arena_reset(it->arena);
    CaseRowList rows = store_cases(it->desk->store, it->arena, row->area, row->id);
    check_chains(it, row, &rows);
    Refold should;
    refold(&should, it->arena, it->desk, row);
    if (should.broken.len) {
        fault(it, row, "%.*s", STR_ARGS(should.broken));
        return true;
    }
    if (arena_is_full(it->arena)) {
        fault(it, row, "it is too large to be folded here");
        return true;
    }
    bool erased = row->party == 0;
    if (row->sent_at.us != should.dossier.row.sent_at.us ||
        (!erased && (!str_equal(row->label, should.dossier.row.label) ||
                     !str_equal(row->answers, answers_json(it->arena, &should.dossier.answers)))))
        fault(it, row, "the row's answers or times are not what the journal says");
    check_cases(it, row, &rows, &should.dossier, erased);
    if (!erased)
        check_evidence(it, row, &should.evidence);
    return true;
}

/* A draft has no journal: its answers must open, and its files be there. */
static bool check_draft(void *context, const Application *row)
{
    Checking *it = context;
    arena_reset(it->arena);
    if (row->answers.len == 0)
        fault(it, row, "the draft's answers cannot be opened");
    const EvidenceList files = store_evidence(it->desk->store, it->arena, row->area, row->id);
    for (size_t i = 0; i < files.count; i++)
        check_file(it, row, &files.at[i]);
    return true;
}

/* What no application leads to. */
static void check_orphans(Checking *it)
{
    for (size_t i = 0; i < it->altered.count; i++)
        if (!it->named[i]) {
            it->faults++;
            text_put(it->report, S("file "));
            text_hash(it->report, &it->altered.at[i]);
            text_put(it->report, S(", which no application uses, is altered\n"));
        }
    OrphanList orphans = store_orphans(it->desk->store, it->arena);
    for (size_t i = 0; i < orphans.count; i++) {
        const Orphan *one = &orphans.at[i];
        const Application row = { .area = one->area, .id = one->application };
        if (one->entries || one->cases)
            fault(it, &row, "the row of the application is missing; %lld entries of its journal and %lld rows of cases are there",
                  (long long)one->entries, (long long)one->cases);
        else
            fault(it, &row, "%lld rows of evidence belong to no application", (long long)one->files);
    }
}

int desk_check(const Desk *desk, Text *report)
{
    Checking it = { .desk = desk, .report = report, .arena = arena_open(ARENA_BYTES) };
    Arena *list = arena_open(ARENA_BYTES);
    it.altered = store_files_altered(desk->store, list);
    it.named = arena_array(list, bool, it.altered.count);
    store_each_application(desk->store, APPLICATION_SENT, check_application, &it);
    store_each_application(desk->store, APPLICATION_DRAFT, check_draft, &it);
    arena_reset(it.arena);
    check_orphans(&it);
    arena_close(it.arena);
    arena_close(list);
    text_printf(report, "%lld applications, %lld cases, %lld entries, %lld files: %d faults\n", (long long)it.applications,
                (long long)it.cases, (long long)it.entries, (long long)it.files, it.faults);
    return it.faults;
}

/* ---- rebuild ------------------------------------------------------------------------------------------------------- */

typedef struct Rebuilding {
    const Desk *desk;
    Store *fresh;
    Text *report;
    int64_t applications;
    bool failed;
} Rebuilding;

/* That a chain is shorter than its row and ends elsewhere, as two columns say of each other, is no damage of the row: making it anew
 * would hide the loss. */
static void refuse_loss(Rebuilding *it, Arena *arena, const Application *row, int32_t k, uint32_t known, const Hash *head)
{
    const Hash last = store_chain_head(it->desk->store, row->area, row->id, k);
    const size_t there = store_entries(it->desk->store, arena, row->area, row->id, k).count;
    if (there >= known || hash_equal(&last, head))
        return;
    text_printf(it->report, "application %lld: ", (long long)row->id);
    if (k)
        text_printf(it->report, "case %d: ", k);
    text_printf(it->report, "the journal ends at entry %zu, its row knows %u\n", there, known);
    it->failed = true;
}

static bool rebuild_application(void *context, const Application *row)
{
    Rebuilding *it = context;
    Arena *arena = arena_open(ARENA_BYTES);
    Refold refolded;
    refold(&refolded, arena, it->desk, row);
    Application *made = &refolded.dossier.row, base;
    if (refolded.broken.len) {
        text_printf(it->report, "application %lld: %.*s\n", (long long)row->id, STR_ARGS(refolded.broken));
        it->failed = true;
    }
    refuse_loss(it, arena, row, 0, row->entries, &row->head);
    const CaseRowList known = store_cases(it->desk->store, arena, row->area, row->id);
    for (size_t i = 0; i < known.count; i++)
        refuse_loss(it, arena, row, known.at[i].k, known.at[i].entries, &known.at[i].head);
    if (!it->failed && store_application(it->fresh, arena, row->area, row->id, &base)) {
        Change *change = change_begin(it->fresh, arena);
        made->version = base.version;
        made->answers = row->party ? answers_json(arena, &refolded.dossier.answers) : STR_NONE;
        made->head = store_chain_head(it->fresh, row->area, row->id, 0);
        change_application(change, made);
        for (size_t i = 0; i < refolded.dossier.cases.count; i++) {
            OpenCase *one = &refolded.dossier.cases.at[i];
            one->row.head = store_chain_head(it->fresh, row->area, row->id, one->row.k);
            change_case(change, &one->row, 0);
        }
        for (size_t i = 0; i < refolded.evidence.count && row->party; i++)
            change_evidence(change, &refolded.evidence.at[i], row->party);
        it->failed |= store_commit_wait(it->fresh, change) != OUTCOME_DONE;
        it->applications++;
    }
    arena_close(arena);
    return !it->failed;
}

bool desk_rebuild(Desk *desk, Text *report, Errors *errors)
{
    Store *fresh = store_rebuild_begin(desk->store, errors);
    if (!fresh)
        return false;
    Rebuilding it = { .desk = desk, .fresh = fresh, .report = report };
    store_each_application(desk->store, APPLICATION_SENT, rebuild_application, &it);
    if (it.failed) {
        errors_add(errors, (Place){ 0 }, S("the old database is untouched; what the journal lost is only in a backup"),
                   "not every application could be made anew from its journal");
        store_close(fresh);
        return false;
    }
    text_printf(report, "%lld applications made anew from the journal\n", (long long)it.applications);
    return store_rebuild_swap(desk->store, fresh, errors);
}
