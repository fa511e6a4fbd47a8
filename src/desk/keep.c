/* Keeping: what the clock does by itself, the proof that the rows say what the journal says, and making the rows anew. */
#include "desk/inside.h"

#include <stdio.h>

enum { TICK_BATCH = 100, ARENA_BYTES = 16 << 20 };

int desk_tick(const Desk *desk, Instant now)
{
    int done = 0;
    Arena *arena = arena_open(ARENA_BYTES);
    CaseRowList due = store_cases_due(desk->store, arena, now, TICK_BATCH);
    for (size_t i = 0; i < due.count; i++) {
        Application row;
        if (!store_application(desk->store, arena, due.at[i].area, due.at[i].application, &row))
            continue;
        Dossier it;
        Change *change = change_begin(desk->store, arena);
        dossier_open(&it, desk, arena, &row, now, change);
        dossier_finish(&it);
        /* A conflict means that somebody acted on the case just now: the next turn looks again. */
        if (!change_is_empty(change) && store_commit_wait(desk->store, change) == OUTCOME_DONE)
            done++;
    }
    arena_close(arena);
    return done;
}

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
        Answer *answer = NULL;
        for (size_t a = 0; a < it->dossier.answers.count; a++)
            if (str_equal(it->dossier.answers.at[a].fact, changes->keys.at[i]))
                answer = &it->dossier.answers.at[a];
        if (!answer) {
            answer = list_add(arena, &it->dossier.answers);
            answer->fact = changes->keys.at[i];
        }
        if (changes->items.at[i]->items.count == 2)
            answer->text = changes->items.at[i]->items.at[1]->text;
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
    uint32_t broken = 0;
    it->cases++;
    it->entries += is->entries;
    if (!store_chain_verify(it->desk->store, row->area, row->id, is->k, is->entries, &is->head, &broken))
        fault(it, row, "case %d: entry %u of the journal was altered, added or cut off", is->k, broken);
    if (is->state != should->state || is->entries != should->entries || !date_same(is->received, should->received) ||
        !date_same(is->accepted, should->accepted) || is->rating != should->rating)
        fault(it, row, "case %d: the row says %.*s after %u entries, the journal says %.*s after %u", is->k,
              STR_ARGS(case_state_word(is->state)), is->entries, STR_ARGS(case_state_word(should->state)), should->entries);
    else if (!str_equal(is->service, should->service) || !str_equal(is->authority, should->authority))
        fault(it, row, "case %d: the row names another service or authority than the journal", is->k);
    /* Dates rest on answers too, and those of an erased person are gone. */
    else if (!erased && (!date_same(is->due, should->due) || !date_same(is->term, should->term) ||
                         is->next_at.us != should->next_at.us))
        fault(it, row, "case %d: the row's dates are not those of the journal", is->k);
}

static void check_evidence(Checking *it, const Application *row, const EvidenceList *should)
{
    EvidenceList is = store_evidence(it->desk->store, it->arena, row->area, row->id);
    for (size_t i = 0; i < is.count; i++) {
        const Evidence *one = &is.at[i];
        it->files++;
        FileFault found = store_file_verify(it->desk->store, it->arena, &one->file);
        if (found != FILE_GOOD)
            fault(it, row, "file of evidence %lld is %s", (long long)one->id, found == FILE_MISSING ? "missing" : "altered");
        if (one->state == EVIDENCE_PENDING || row->state != APPLICATION_SENT)
            continue;
        bool same = false;
        for (size_t n = 0; n < should->count; n++)
            same |= should->at[n].id == one->id && should->at[n].state == one->state && str_equal(should->at[n].slot, one->slot) &&
                    hash_equal(&should->at[n].file, &one->file);
        if (!same)
            fault(it, row, "the row of evidence %lld is not what the journal says", (long long)one->id);
    }
    for (size_t n = 0; n < should->count; n++) {
        bool there = false;
        for (size_t i = 0; i < is.count; i++)
            there |= is.at[i].id == should->at[n].id;
        if (!there)
            fault(it, row, "the row of evidence %lld is missing", (long long)should->at[n].id);
    }
}

static bool check_application(void *context, const Application *row)
{
    Checking *it = context;
    uint32_t broken = 0;
    it->applications++;
    it->entries += row->entries;
    arena_reset(it->arena);
    if (!store_chain_verify(it->desk->store, row->area, row->id, 0, row->entries, &row->head, &broken))
        fault(it, row, "entry %u of the journal was altered, added or cut off", broken);
    Refold should;
    refold(&should, it->arena, it->desk, row);
    if (should.broken.len) {
        fault(it, row, "%.*s", STR_ARGS(should.broken));
        return true;
    }
    bool erased = row->party == 0;
    if (!erased && (!str_equal(row->label, should.dossier.row.label) ||
                    !str_equal(row->answers, answers_json(it->arena, &should.dossier.answers))))
        fault(it, row, "the row's answers are not what the journal says");
    CaseRowList rows = store_cases(it->desk->store, it->arena, row->area, row->id);
    if (rows.count != should.dossier.cases.count)
        fault(it, row, "there are %zu rows of cases, the journal has %zu", rows.count, should.dossier.cases.count);
    for (size_t i = 0; i < rows.count; i++) {
        const OpenCase *one = dossier_case(&should.dossier, rows.at[i].k);
        if (one)
            check_case(it, row, &rows.at[i], &one->row, erased);
    }
    if (!erased)
        check_evidence(it, row, &should.evidence);
    return true;
}

int desk_check(const Desk *desk, Text *report)
{
    Checking it = { .desk = desk, .report = report, .arena = arena_open(ARENA_BYTES) };
    store_each_application(desk->store, check_application, &it);
    arena_close(it.arena);
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
    store_each_application(desk->store, rebuild_application, &it);
    if (it.failed) {
        errors_add(errors, (Place){ 0 }, S("the old database is untouched"), "not every application could be made anew from its journal");
        store_close(fresh);
        return false;
    }
    text_printf(report, "%lld applications made anew from the journal\n", (long long)it.applications);
    return store_rebuild_swap(desk->store, fresh, errors);
}
