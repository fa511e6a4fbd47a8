/* What happens by itself: terms that ran out, drafts that nobody came back to. */
#include "desk/inside.h"

enum { BATCH = 100, ARENA_BYTES = 16 << 20 };

/* False when the row is still due afterwards, as that of a case that cannot be folded is. */
static bool case_settle(const Desk *desk, Arena *arena, const CaseRow *due, Instant now)
{
    Application row;
    if (!store_application(desk->store, arena, due->area, due->application, &row))
        return false;
    Dossier it;
    Change *change = change_begin(desk->store, arena);
    dossier_open(&it, desk, arena, &row, now, change);
    dossier_finish(&it);
    /* Nothing to write: another case of the same application took this one along. A conflict: somebody acts on it just now. */
    const bool written = change_is_empty(change) || store_commit_wait(desk->store, change) == OUTCOME_DONE;
    return written && dossier_case(&it, due->k) != NULL;
}

static int settle_cases(const Desk *desk, Arena *arena, Instant now)
{
    int done = 0, stuck = 0;
    size_t count;
    do {
        Arena *batch = arena_open(ARENA_BYTES);
        /* One that cannot be settled, of a damaged application say, does not stand in the way of the others. */
        const CaseRowList due = store_cases_due(desk->store, batch, now, BATCH, stuck);
        count = due.count;
        for (size_t i = 0; i < count; i++) {
            arena_reset(arena);
            if (case_settle(desk, arena, &due.at[i], now))
                done++;
            else
                stuck++;
        }
        arena_close(batch);
    } while (count == BATCH);
    return done;
}

static int drop_drafts(const Desk *desk, Arena *arena, Instant now)
{
    int dropped = 0;
    size_t count;
    bool moved;
    do {
        moved = false;
        Arena *batch = arena_open(ARENA_BYTES);
        const ApplicationList old = store_drafts_old(desk->store, batch, (Instant){ now.us - DRAFT_DAYS * DAY_US }, BATCH);
        count = old.count;
        for (size_t i = 0; i < count; i++) {
            arena_reset(arena);
            Change *change = change_begin(desk->store, arena);
            draft_drop(desk, arena, &old.at[i], change);
            /* Otherwise its owner came back this very moment. */
            if (store_commit_wait(desk->store, change) == OUTCOME_DONE) {
                dropped++;
                moved = true;
            }
        }
        arena_close(batch);
    } while (moved && count == BATCH);
    return dropped;
}

int desk_tick(const Desk *desk, Instant now)
{
    Arena *arena = arena_open(ARENA_BYTES);
    const int done = settle_cases(desk, arena, now) + drop_drafts(desk, arena, now);
    arena_close(arena);
    return done;
}
