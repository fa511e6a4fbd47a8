/* Making the projections anew: a second database beside the first gets all that no fold can tell, the caller folds the
 * journals and fills in the rest, and one rename puts it in the place of the first. Until then the first is only read,
 * so whatever goes wrong, it is still there. */
#include "store/inside.h"

#include "store/disk.h"
#include "store/schema.h"

static const char COPY_NAME[] = "onestop.db-copy";

/* In this order, one transaction. Entries by their key, so that a chain lies together however it grew. */
static const char COPYING[] =
    "BEGIN;"
    "DELETE FROM number;"
    "INSERT INTO number SELECT * FROM old.number;"
    "INSERT INTO party SELECT * FROM old.party;"
    "INSERT INTO account SELECT * FROM old.account;"
    "INSERT INTO session SELECT * FROM old.session;"
    "INSERT INTO session_access SELECT * FROM old.session_access;"
    "INSERT INTO pack SELECT * FROM old.pack;"
    "INSERT INTO attempt SELECT * FROM old.attempt;"
    "INSERT INTO entry SELECT * FROM old.entry ORDER BY area, application, k, n;"
    "INSERT INTO evidence SELECT * FROM old.evidence WHERE (area, application) IN"
    " (SELECT area, id FROM old.application WHERE state = 1) OR state = 3;"
    "INSERT INTO application SELECT * FROM old.application ORDER BY area, id;"
    "UPDATE application SET label = '', answers = NULL, entries = 0, head = ZEROBLOB(32) WHERE state = 2;"
    "COMMIT";
_Static_assert(APPLICATION_DRAFT == 1 && APPLICATION_SENT == 2 && EVIDENCE_PENDING == 3, "as the statements have it");

static void remove_copy(void *what)
{
    Store *copy = what;
    /* After a swap it is gone; what cannot be removed now is removed at the next start. */
    (void)!database_remove(copy->arena, copy->path);
}

static bool attach(Database *database, const char *path)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database->handle, "ATTACH DATABASE $1 AS old", -1, &statement, NULL) != SQLITE_OK)
        return false;
    bool attached = sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC) == SQLITE_OK &&
                    sqlite3_step(statement) == SQLITE_DONE;
    return sqlite3_finalize(statement) == SQLITE_OK && attached;
}

static bool fill(Store *copy, Errors *errors)
{
    Database database = { 0 };
    Place place = { .file = str_copy(errors->arena, str_from(copy->path)) };
    bool filled = database_remove(copy->arena, copy->path) && database_open(&database, copy->path, DATABASE_COPY) &&
                  schema_migrate(&database, SCHEMA_MAIN, place.file, errors) &&
                  attach(&database, copy->original->path) && database_run(&database, COPYING);
    if (!filled)
        errors_add(errors, place, S("there must be room for a second database; the first is unchanged"),
                   "the copy cannot be filled: %s", database_fault(&database));
    database_close(&database);
    return filled && disk_sync(copy->path);
}

Store *store_rebuild_begin(Store *store, Errors *errors)
{
    must(!store->original);
    Store *copy = store_make(store->folder, str_from(COPY_NAME), store);
    copy->keys = store->keys;
    copy->reference = store->reference;
    arena_defer(copy->arena, remove_copy, copy);
    if (fill(copy, errors) && store_database_open(copy, errors) && store_begin(copy, errors))
        return copy;
    arena_close(copy->arena);
    return NULL;
}

/* Closes the database with everything in its file and nothing in a log. */
static bool settle(Store *store)
{
    writer_stop(store);
    readers_rest(store);
    bool settled = store->writer.database.handle && database_empty_log(&store->writer.database);
    database_close(&store->writer.database);
    return settled && disk_sync(store->path);
}

bool store_rebuild_swap(Store *old_store, Store *new_store, Errors *errors)
{
    must(new_store->original == old_store);
    Arena *arena = old_store->arena;
    bool swapped = settle(new_store) && settle(old_store) &&
                   database_replace(arena, old_store->path, new_store->path, str_terminated(arena, old_store->folder));
    if (!swapped)
        errors_add(errors, (Place){ .file = str_copy(errors->arena, str_from(old_store->path)) },
                   S("the old one is unchanged; make room on the disk and rebuild again"),
                   "the new database could not take the place of the old");
    store_close(new_store);
    store_close(old_store);
    return swapped;
}
