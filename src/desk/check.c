/* The proof that the rows say what the journal says: every journal folded, every chain and file verified. */
#include "desk/inside.h"

#include <stdio.h>

enum { ARENA_BYTES = 64 << 20 };                   /* of one application */

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
