/* Keeping: walking, verifying and erasing. Erasing goes in an order that can be cut off anywhere and begun again: first
 * the key, then the files, then in one transaction the rows that name them, then the remnants. */
#include "store/inside.h"

#include "store/disk.h"

enum { EACH_AT_ONCE = 100, SCRATCH_CAP = 1 << 24 };

void store_each_application(Store *store, ApplicationState state, StoreEach each, void *context)
{
    Arena *scratch = arena_open(SCRATCH_CAP);
    int64_t area = INT64_MIN, id = INT64_MIN;
    bool goes_on = true;
    /* In pages, so that no reader holds the log while the caller folds. */
    while (goes_on) {
        ApplicationList list = store_applications_in(store, scratch, state, area, id, EACH_AT_ONCE);
        for (size_t i = 0; i < list.count && goes_on; i++) {
            area = list.at[i].area;
            id = list.at[i].id;
            goes_on = each(context, &list.at[i]);
        }
        goes_on = goes_on && list.count == EACH_AT_ONCE;
        arena_reset(scratch);
    }
    arena_close(scratch);
}

/* Follows the links as far as they hold: the number of the last one that does, and its hash. One more than there should
 * be counts, whether it fits or not. */
static uint32_t follow(Store *store, Arena *arena, const ChainPlace *place, uint32_t count, Hash *head)
{
    uint32_t good = 0;
    Query query = links_begin(store, arena, place);
    while (query_next(&query)) {
        if (good == count) {
            good++;
            break;
        }
        Link link = take_link(&query);
        Hash hash = chain_link(head, &link.salt, entry_skeleton(arena, place, &link.entry), link.sealed);
        if (link.entry.n != good + 1 || !hash_equal(&hash, &link.hash))
            break;
        *head = hash;
        good++;
    }
    query_end(&query);
    return good;
}

bool store_chain_verify(Store *store, int64_t area, int64_t application, int32_t k, uint32_t count, const Hash *head,
                        uint32_t *broken)
{
    Arena *scratch = arena_open(SCRATCH_CAP);
    ChainPlace place = { area, application, k };
    Hash reached = { 0 };
    uint32_t good = follow(store, scratch, &place, count, &reached);
    arena_close(scratch);
    if (good == count && hash_equal(&reached, head))
        return true;
    /* One too few or altered: the first that is not good. One too many: the first beyond. Else the head lies. */
    *broken = good < count ? good + 1 : good > count ? count + 1 : count;
    return false;
}

Hash store_chain_head(Store *store, int64_t area, int64_t application, int32_t k)
{
    Hash head = { 0 };
    Arena *scratch = arena_open(SCRATCH_CAP);
    Query query = query_begin(store, scratch, READ_HEAD);
    query_put(&query, column_number(area));
    query_put(&query, column_number(application));
    query_put(&query, column_number(k));
    if (query_next(&query))
        head = take_hash(&query);
    query_end(&query);
    arena_close(scratch);
    return head;
}

/* ---- erasing ------------------------------------------------------------------------------------------------ */

static bool party_is_known(Store *store, int64_t party)
{
    Query query = query_begin(store, NULL, ERASE_PARTY_KNOWN);
    query_put(&query, column_number(party));
    bool known = query_next(&query);
    query_end(&query);
    return known;
}

static bool erase_files(Store *store, Arena *arena, int64_t party)
{
    LIST(Hash) names = { 0 };
    Query query = query_begin(store, arena, ERASE_FIND_FILES);
    query_put(&query, column_number(party));
    while (query_next(&query))
        list_push(arena, &names, take_hash(&query));
    return !query.failed && files_remove(store, arena, names.at, names.count);
}

typedef LIST(int64_t) Parties;

/* What was begun without an account has a party of its own, also after it came into one. Her own comes last, so that an erasing that
 * was cut off finds the others again. */
static bool find_parties(Store *store, Arena *arena, int64_t party, Parties *parties)
{
    Query query = query_begin(store, arena, ERASE_FIND_PARTIES);
    query_put(&query, column_number(party));
    while (query_next(&query))
        list_push(arena, parties, take_number(&query));
    list_push(arena, parties, party);
    return !query.failed;
}

static bool erase_rows(Store *store, int64_t party)
{
    static const StatementId STEPS_OF_ERASING[] = { ERASE_PARTY,    ERASE_ACCESS,   ERASE_ACCOUNT_ACCESS,
                                                    ERASE_SESSIONS, ERASE_ACCOUNTS, ERASE_EVIDENCE,
                                                    ERASE_DRAFTS,   ERASE_APPLICATIONS };
    Database *database = &store->writer.database;
    Column value = column_number(party);
    bool erased = database_execute(database, GROUP_BEGIN, NULL, 0) == SQLITE_OK;
    for (size_t i = 0; i < COUNT_OF(STEPS_OF_ERASING) && erased; i++)
        erased = database_execute(database, STEPS_OF_ERASING[i], &value, 1) == SQLITE_OK;
    if (erased && database_execute(database, GROUP_COMMIT, NULL, 0) == SQLITE_OK)
        return true;
    if (database->handle && !sqlite3_get_autocommit(database->handle))
        (void)database_execute(database, GROUP_ROLLBACK, NULL, 0);
    return false;
}

/* Deleted cells are overwritten where they stand and the log is cut; then the file is written anew, because pages that
 * were split or joined long ago may still hold a copy between their cells. */
static bool wipe_remnants(Store *store, Arena *arena)
{
    Database *database = &store->writer.database;
    const char *fresh = disk_beside(arena, store->path, "-new"), *folder = str_terminated(arena, store->folder);
    readers_rest(store);
    bool wiped = database_empty_log(database) && database_remove(arena, fresh) && database_compact(database, fresh);
    database_close(database);
    wiped = wiped && database_replace(arena, store->path, fresh, folder);
    return database_open(database, store->path, DATABASE_WRITE) && wiped;
}

bool store_erase(Store *store, int64_t party, Errors *errors)
{
    must(!store->original);
    Place place = { .file = str_copy(errors->arena, store->folder) };
    if (!party_is_known(store, party)) {
        errors_add(errors, place, S("name their login, or the reference of an application of theirs"), "no party has the number %lld",
                   (long long)party);
        return false;
    }
    Arena *scratch = arena_open(SCRATCH_CAP);
    writer_stop(store);
    Parties parties = { 0 };
    bool erased = find_parties(store, scratch, party, &parties);
    for (size_t i = 0; i < parties.count && erased; i++)
        erased = keys_destroy(store->keys, scratch, parties.at[i]) && erase_files(store, scratch, parties.at[i]) &&
                 erase_rows(store, parties.at[i]);
    erased = erased && wipe_remnants(store, scratch);
    bool goes_on = writer_start(store);
    arena_close(scratch);
    if (erased && goes_on)
        return true;
    errors_add(errors, place, S("make room on the disk and erase again: what is done stays done"),
               "party %lld is not erased completely", (long long)party);
    return false;
}
