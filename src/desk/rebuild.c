/* Making the rows anew from the journal, beside the old ones, and swapping. */
#include "desk/inside.h"

enum { ARENA_BYTES = 64 << 20 };                   /* of one application */

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
