/* database: one SQLite connection, with its settings and its prepared statements. Every statement of the store stands
 * in statements.c; a connection prepares what it uses when it first uses it. A connection belongs to one thread at a
 * time. */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

#include "base/base.h"
#include "store/statements.h"
#include "trust/trust.h"

#include <sqlite3.h>

typedef enum DatabaseUse {
    DATABASE_WRITE,                                /* journalled, synced, wiping what it deletes */
    DATABASE_READ,
    DATABASE_COPY                                  /* a copy being filled: worthless until it is complete and synced */
} DatabaseUse;

typedef struct Database {
    sqlite3 *handle;                               /* NULL: closed */
    sqlite3_stmt *prepared[STATEMENT_COUNT];
} Database;

bool database_open(Database *database, const char *path, DatabaseUse use) CHECKED;
void database_close(Database *database);           /* a closed one is fine */
const char *database_fault(const Database *database); /* in words, of the last call */

bool database_run(Database *database, const char *sql) CHECKED; /* any number of statements, no rows wanted */
bool database_number(Database *database, const char *sql, int64_t *number) CHECKED; /* first column of the first row */
sqlite3_stmt *database_statement(Database *database, StatementId id); /* NULL when the database fails */
/* Moves the whole log into the database file and cuts the log to nothing. */
bool database_empty_log(Database *database) CHECKED;
/* Writes a copy without free pages or remnants beside it, synced. The target must not exist. */
bool database_compact(Database *database, const char *target) CHECKED;
/* Closed database files only: the one at `fresh` takes the place of the one at `path`. */
bool database_replace(Arena *arena, const char *path, const char *fresh, const char *folder) CHECKED;
bool database_remove(Arena *arena, const char *path) CHECKED; /* with its log */

/* ---- columns: what is bound to a statement ---------------------------------------------------------- */
typedef enum ColumnKind { COLUMN_NULL, COLUMN_NUMBER, COLUMN_TEXT, COLUMN_BLOB } ColumnKind;
typedef struct Column {
    ColumnKind kind;
    int64_t number;                                /* or the length */
    const char *data;                              /* not copied: must live until the statement has run */
} Column;

static inline Column column_null(void)
{
    return (Column){ COLUMN_NULL, 0, NULL };
}

static inline Column column_number(int64_t number)
{
    return (Column){ COLUMN_NUMBER, number, NULL };
}

static inline Column column_date(Date date)
{
    return date_is_set(date) ? column_number(date.day) : column_null();
}

static inline Column column_text(Str text)
{
    return (Column){ COLUMN_TEXT, (int64_t)text.len, text.len ? text.data : "" };
}

static inline Column column_blob(Str blob)
{
    return (Column){ COLUMN_BLOB, (int64_t)blob.len, blob.len ? blob.data : "" };
}

static inline Column column_hash(const Hash *hash)
{
    return (Column){ COLUMN_BLOB, sizeof *hash, (const char *)hash->bytes };
}

/* Parameters count from 1. An SQLite result. */
int column_bind(sqlite3_stmt *statement, int parameter, const Column *value);
/* Runs a statement that gives no rows: SQLITE_OK or what went wrong. How many rows it changed, the database knows. */
int database_execute(Database *database, StatementId id, const Column *values, int count);

#endif
