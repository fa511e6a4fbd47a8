/* The tables. A released step is never edited: a change is a new step at the end, and PRAGMA user_version tells which
 * were taken.
 *
 * Small rows that are read by their key (cases, evidence) are clustered, WITHOUT ROWID. Entries and applications are
 * not: such a tree carries whole rows in its inner pages too, and with bodies of 1.5 KB it took 2.5 times as long to
 * append to old chains and 1.4 times as long to read them as a plain table with an index beside it. There is no index
 * that no query needs, and none on a random value but of logins and sessions: random keys are what slows a database
 * that grows. */
#include "store/schema.h"

static const char *const MAIN_STEPS[] = {
    "CREATE TABLE number (name TEXT NOT NULL PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "INSERT INTO number (name, next) VALUES ('id', 1), ('trial', 0);"
    "CREATE TABLE party (id INTEGER NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, at INTEGER NOT NULL,"
    " erased INTEGER NOT NULL) STRICT;"
    "CREATE TABLE account (id INTEGER NOT NULL PRIMARY KEY, login TEXT NOT NULL UNIQUE, password TEXT NOT NULL,"
    " role INTEGER NOT NULL, authority TEXT NOT NULL, party INTEGER NOT NULL, name TEXT NOT NULL,"
    " language TEXT NOT NULL) STRICT;"
    "CREATE TABLE session (token BLOB NOT NULL PRIMARY KEY, account INTEGER NOT NULL, created_at INTEGER NOT NULL,"
    " expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX session_by_end ON session (expires_at);"
    "CREATE TABLE session_access (token BLOB NOT NULL, area INTEGER NOT NULL, application INTEGER NOT NULL,"
    " PRIMARY KEY (token, area, application)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE attempt (subject BLOB NOT NULL, at INTEGER NOT NULL, times INTEGER NOT NULL,"
    " PRIMARY KEY (subject, at)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX attempt_by_age ON attempt (at);"
    "CREATE TABLE application (area INTEGER NOT NULL, id INTEGER NOT NULL, party INTEGER NOT NULL,"
    " account INTEGER NOT NULL, event TEXT NOT NULL, pack BLOB NOT NULL, state INTEGER NOT NULL,"
    " version INTEGER NOT NULL, secret BLOB NOT NULL, label TEXT NOT NULL, answers BLOB, created_at INTEGER NOT NULL,"
    " changed_at INTEGER NOT NULL, sent_at INTEGER NOT NULL, entries INTEGER NOT NULL, head BLOB NOT NULL,"
    " PRIMARY KEY (area, id)) STRICT;"
    "CREATE INDEX application_by_id ON application (id);"
    "CREATE INDEX application_by_account ON application (account, id) WHERE account > 0;"
    "CREATE TABLE kase (area INTEGER NOT NULL, application INTEGER NOT NULL, k INTEGER NOT NULL, service TEXT NOT NULL,"
    " authority TEXT NOT NULL, state INTEGER NOT NULL, entries INTEGER NOT NULL, head BLOB NOT NULL, received INTEGER,"
    " accepted INTEGER, due INTEGER, term INTEGER, next_at INTEGER NOT NULL, rating INTEGER NOT NULL,"
    " PRIMARY KEY (area, application, k)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX case_by_queue ON kase (state, authority, due, rating);"
    "CREATE INDEX case_by_next ON kase (next_at) WHERE next_at > 0;"
    "CREATE TABLE entry (area INTEGER NOT NULL, application INTEGER NOT NULL, k INTEGER NOT NULL, n INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, role INTEGER NOT NULL, at INTEGER NOT NULL, on_day INTEGER, until_day INTEGER,"
    " period_amount INTEGER NOT NULL, period_unit INTEGER NOT NULL, what TEXT NOT NULL, salt BLOB NOT NULL, body BLOB,"
    " hash BLOB NOT NULL, PRIMARY KEY (area, application, k, n)) STRICT;"
    "CREATE TABLE evidence (area INTEGER NOT NULL, application INTEGER NOT NULL, id INTEGER NOT NULL,"
    " slot TEXT NOT NULL, type TEXT NOT NULL, k INTEGER NOT NULL, name BLOB, media_type TEXT NOT NULL,"
    " size INTEGER NOT NULL, file BLOB NOT NULL, state INTEGER NOT NULL, at INTEGER NOT NULL,"
    " PRIMARY KEY (area, application, id)) STRICT, WITHOUT ROWID;",

    "CREATE TABLE pack (version BLOB NOT NULL PRIMARY KEY, text TEXT NOT NULL, served_at INTEGER NOT NULL) STRICT;"
    "CREATE INDEX draft_by_change ON application (changed_at) WHERE state = 1;",

    /* Whether the folder was filled with --demo: then it has accounts whose passwords everybody knows. */
    "INSERT INTO number (name, next) SELECT 'demo',"
    " EXISTS (SELECT 1 FROM account WHERE login = 'supervisor' AND name = 'Demo supervisor');",
};

static const char *const KEYS_STEPS[] = {
    "CREATE TABLE party_key (party INTEGER NOT NULL PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;"
    "CREATE TABLE seal (is_of TEXT NOT NULL PRIMARY KEY, mark BLOB NOT NULL) STRICT;",
};

static const struct {
    const char *const *steps;
    int count;
} SCHEMAS[] = {
    [SCHEMA_MAIN] = { MAIN_STEPS, COUNT_OF(MAIN_STEPS) },
    [SCHEMA_KEYS] = { KEYS_STEPS, COUNT_OF(KEYS_STEPS) },
};

static bool take_step(Database *database, SchemaKind kind, int version, Place place, Errors *errors)
{
    char mark[64];
    sqlite3_snprintf(sizeof mark, mark, "PRAGMA user_version = %d", version);
    if (database_run(database, "BEGIN IMMEDIATE") && database_run(database, SCHEMAS[kind].steps[version - 1]) &&
        database_run(database, mark) && database_run(database, "COMMIT"))
        return true;
    errors_add(errors, place, S("nothing was changed; make room on the disk and start again"),
               "its tables could not be brought to version %d: %s", version, database_fault(database));
    /* A disk that is full has rolled back already, and this then fails: both are the same to us. */
    (void)!database_run(database, "ROLLBACK");
    return false;
}

bool schema_migrate(Database *database, SchemaKind kind, Str file, Errors *errors)
{
    int64_t version;
    Place place = { .file = file };
    if (!database_number(database, "PRAGMA user_version", &version)) {
        errors_add(errors, place, S("is it a database, and readable?"), "cannot be read: %s", database_fault(database));
        return false;
    }
    if (version < 0 || version > SCHEMAS[kind].count) {
        errors_add(errors, place, S("use the program that wrote it, or a newer one"),
                   "has version %lld of its tables, this program knows them up to %d", (long long)version,
                   SCHEMAS[kind].count);
        return false;
    }
    for (int next = (int)version + 1; next <= SCHEMAS[kind].count; next++)
        if (!take_step(database, kind, next, place, errors))
            return false;
    return true;
}
