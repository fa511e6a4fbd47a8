/* One connection. Settings were measured before they were chosen: pages of 8 KB, a write-ahead log with a full sync at
 * each commit, checkpoints by the writer and not by chance. A reader maps the file: 1.5 times as fast as a large page
 * cache. Statements are prepared once a connection; a parameter that is not used in its order is our own fault and ends
 * the program at the first use. */
#include "store/database.h"

#include "store/disk.h"

enum { BUSY_WAIT_MS = 5000 };

static const struct {
    int flags;
    const char *settings;
    const char *journal;                           /* what journal_mode must be after that */
} USES[] = {
    [DATABASE_WRITE] = { SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                         "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                         "PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -16384;"
                         "PRAGMA temp_store = MEMORY",
                         "wal" },
    [DATABASE_READ] = { SQLITE_OPEN_READONLY,
                        "PRAGMA query_only = ON; PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -2048;"
                        "PRAGMA temp_store = MEMORY",
                        "wal" },
    [DATABASE_COPY] = { SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                        "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                        "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY",
                        "off" },
};

static bool journal_is(Database *database, const char *wanted)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database->handle, "PRAGMA journal_mode", -1, &statement, NULL) != SQLITE_OK)
        return false;
    bool is = sqlite3_step(statement) == SQLITE_ROW &&
              str_equal(str_from((const char *)sqlite3_column_text(statement, 0)), str_from(wanted));
    return sqlite3_finalize(statement) == SQLITE_OK && is;
}

bool database_open(Database *database, const char *path, DatabaseUse use)
{
    must(!database->handle);
    /* SQLite would make it readable to all whom the umask permits. */
    if ((USES[use].flags & SQLITE_OPEN_CREATE) && !disk_make_file(path))
        return false;
    int flags = USES[use].flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (sqlite3_open_v2(path, &database->handle, flags, NULL) == SQLITE_OK &&
        sqlite3_busy_timeout(database->handle, BUSY_WAIT_MS) == SQLITE_OK &&
        database_run(database, USES[use].settings) && journal_is(database, USES[use].journal))
        return true;
    database_close(database);
    return false;
}

void database_close(Database *database)
{
    if (!database->handle)
        return;
    for (size_t i = 0; i < COUNT_OF(database->prepared); i++) {
        /* It repeats the fault of the last step, which was answered then. */
        (void)sqlite3_finalize(database->prepared[i]);
        database->prepared[i] = NULL;
    }
    must(sqlite3_close(database->handle) == SQLITE_OK);
    database->handle = NULL;
}

const char *database_fault(const Database *database)
{
    return database->handle ? sqlite3_errmsg(database->handle) : "it is closed";
}

bool database_run(Database *database, const char *sql)
{
    return sqlite3_exec(database->handle, sql, NULL, NULL, NULL) == SQLITE_OK;
}

bool database_number(Database *database, const char *sql, int64_t *number)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database->handle, sql, -1, &statement, NULL) != SQLITE_OK)
        return false;
    bool found = sqlite3_step(statement) == SQLITE_ROW;
    *number = found ? sqlite3_column_int64(statement, 0) : 0;
    return sqlite3_finalize(statement) == SQLITE_OK && found;
}

/* A parameter's number in SQLite is its place of first use; in PostgreSQL it is its name. They must be one. */
static bool parameters_are_in_order(sqlite3_stmt *statement)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
        char name[16];
        sqlite3_snprintf(sizeof name, name, "$%d", i);
        if (!str_equal(str_from(sqlite3_bind_parameter_name(statement, i)), str_from(name)))
            return false;
    }
    return true;
}

sqlite3_stmt *database_statement(Database *database, StatementId id)
{
    if (database->handle && !database->prepared[id]) {
        int result = sqlite3_prepare_v3(database->handle, STATEMENTS[id].sql, -1, SQLITE_PREPARE_PERSISTENT,
                                        &database->prepared[id], NULL);
        must(result != SQLITE_ERROR);              /* the text is ours; anything else is the world's */
        if (result != SQLITE_OK)
            return NULL;
        must(parameters_are_in_order(database->prepared[id]));
    }
    return database->prepared[id];
}

int column_bind(sqlite3_stmt *statement, int parameter, const Column *value)
{
    switch (value->kind) {
    case COLUMN_NULL:
        return sqlite3_bind_null(statement, parameter);
    case COLUMN_NUMBER:
        return sqlite3_bind_int64(statement, parameter, value->number);
    case COLUMN_TEXT:
        return sqlite3_bind_text64(statement, parameter, value->data, (sqlite3_uint64)value->number, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case COLUMN_BLOB:
        return sqlite3_bind_blob64(statement, parameter, value->data, (sqlite3_uint64)value->number, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

int database_execute(Database *database, StatementId id, const Column *values, int count)
{
    sqlite3_stmt *statement = database_statement(database, id);
    if (!statement)
        return database->handle ? sqlite3_extended_errcode(database->handle) : SQLITE_CANTOPEN;
    must(count == sqlite3_bind_parameter_count(statement));
    int result = SQLITE_OK;
    for (int i = 0; i < count && result == SQLITE_OK; i++)
        result = column_bind(statement, i + 1, &values[i]);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    (void)sqlite3_reset(statement);                /* says the same again */
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

bool database_empty_log(Database *database)
{
    return sqlite3_wal_checkpoint_v2(database->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK;
}

bool database_compact(Database *database, const char *target)
{
    sqlite3_stmt *statement;
    if (!disk_make_file(target) ||
        sqlite3_prepare_v2(database->handle, "VACUUM INTO $1", -1, &statement, NULL) != SQLITE_OK)
        return false;
    bool made = sqlite3_bind_text(statement, 1, target, -1, SQLITE_STATIC) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_DONE;
    return sqlite3_finalize(statement) == SQLITE_OK && made && disk_sync(target);
}

bool database_remove(Arena *arena, const char *path)
{
    static const char *const ENDS[] = { "-wal", "-shm", "" };
    for (size_t i = 0; i < COUNT_OF(ENDS); i++)
        if (!disk_remove(disk_beside(arena, path, ENDS[i])))
            return false;
    return true;
}

/* A log that stayed behind would be played into the wrong database. The last connection removes it, so one that is
 * there belongs to a connection that could not empty it, or to somebody else. */
bool database_replace(Arena *arena, const char *path, const char *fresh, const char *folder)
{
    return !disk_exists(disk_beside(arena, path, "-wal")) && !disk_exists(disk_beside(arena, fresh, "-wal")) &&
           disk_rename(fresh, path) && disk_sync(folder);
}
