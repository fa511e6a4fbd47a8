/* inside: what the files of the store share; nobody else includes it.
 *
 *     change.c  builds rows ──▶ writer.c  one thread, one connection, groups ──▶ onestop.db, keys.db
 *     read.c, rows.c, queue.c   a connection for each thread that reads
 *     keys.c, files.c, keep.c   keys of parties, sealed uploads, erasing and making anew
 *     database.c, schema.c, statements.c, disk.c   what they stand on */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include "store/database.h"
#include "store/store.h"

#include <pthread.h>
#include <stdatomic.h>

/* ---- keys of parties -------------------------------------------------------------------------------- */
enum { KEYS_CACHED = 1024 };

typedef struct Keys {
    Key master, wrapping;
    const char *folder, *path;
    Database writing;                              /* the writer's thread, or the one that has the folder to itself */
    pthread_mutex_t mutex;                         /* guards all below */
    Database reading;
    struct {
        int64_t party;                             /* 0: free */
        Key key;
    } cached[KEYS_CACHED];                         /* place: the party's number, modulo */
} Keys;

typedef enum KeyFound { KEY_FOUND, KEY_NONE, KEY_UNREADABLE } KeyFound;

/* A key that a change brings along or has looked up. */
typedef struct PartyKey PartyKey;
struct PartyKey {
    PartyKey *next;
    int64_t party;
    Key key;
    Str wrapped;                                   /* of a new key; empty: it is in keys.db already */
};

bool keys_open(Keys *keys, Arena *arena, Str folder, Errors *errors) CHECKED;
void keys_close(Keys *keys);
KeyFound keys_find(Keys *keys, int64_t party, Key *key) CHECKED;
Str keys_wrap(const Keys *keys, Arena *arena, int64_t party, const Key *key);
/* On the writer's thread, an SQLite result. Not added, though all is well, when the party has another one already. */
int keys_add(Keys *keys, const PartyKey *key, bool *added) CHECKED;
void keys_remember(Keys *keys, const PartyKey *key);
bool keys_destroy(Keys *keys, Arena *arena, int64_t party) CHECKED; /* needs the folder for itself */

/* ---- changes ---------------------------------------------------------------------------------------- */
enum { ROW_COLUMNS_MAX = 16 };

typedef struct Row Row;
struct Row {
    Row *next;
    StatementId statement;
    int count;
    Column columns[ROW_COLUMNS_MAX];
};

struct Change {
    Store *store;
    Arena *arena;
    Row *first, *last;
    PartyKey *keys;
    LIST(Hash) brought, dropped;                   /* files that go when it is left out, and when it is written */
    uint8_t random[512];
    size_t random_left;                            /* of it, not given out yet */
    Outcome spoiled;                               /* not OUTCOME_DONE: could not be built, and is answered with this */
};

/* For the store's own numbers. */
void change_numbers(Change *change, int64_t next, int64_t before);

/* ---- the writer ------------------------------------------------------------------------------------- */
enum { QUEUE_MAX = 1024, GROUP_MAX = 512, CHECKPOINT_PAGES = 4000, CHECKPOINT_PAGES_MAX = 8000 };

typedef struct Job {
    Change *change;
    void (*done)(void *context, Outcome outcome);
    void *context;
} Job;

typedef struct Writer {
    Store *store;
    Database database;                             /* the thread's own while it runs */
    int log_pages;                                 /* in the log after the last commit */
    pthread_t thread;
    bool running;
    pthread_mutex_t mutex;                         /* guards all below */
    pthread_cond_t arrived, room;
    Job queue[QUEUE_MAX];
    size_t first, count;
    bool closing;
} Writer;

bool writer_start(Store *store) CHECKED;
void writer_stop(Store *store);                    /* after it has written what is queued; may be started again */
void writer_open_queue(Writer *writer);
void writer_close_queue(Writer *writer);
/* False when the queue is full, unless patient. */
bool writer_enqueue(Store *store, Job job, bool patient) CHECKED;
Outcome writer_wait(Store *store, Change *change, bool patient) CHECKED;

/* ---- reading ----------------------------------------------------------------------------------------- */
typedef struct Reader Reader;
struct Reader {
    Reader *next, *before;                         /* of the store's list */
    Store *store;
    Arena *arena;                                  /* it lies in this itself */
    Database database;                             /* closed: opened when next needed */
};

/* A statement being read: query_begin, query_put for each parameter, then as long as query_next, take_… in order.
 * A database that fails gives no rows. Whoever stops before the last row calls query_end. */
typedef struct Query {
    Store *store;
    Arena *arena;                                  /* of what is taken; NULL when only numbers are */
    sqlite3_stmt *statement;                       /* NULL: failed, or over */
    int bound, column;
    bool failed;
} Query;

Query query_begin(Store *store, Arena *arena, StatementId id);
void query_put(Query *query, Column value);        /* what it points to must live until the end */
bool query_next(Query *query) CHECKED;
void query_end(Query *query);
int64_t take_number(Query *query);
int32_t take_small(Query *query);
int take_enum(Query *query, int count);            /* 0 for anything outside 0 .. count - 1 */
Str take_text(Query *query);
Str take_blob(Query *query);                       /* empty for NULL */
bool take_bytes(Query *query, void *bytes, size_t count); /* all zero and false when it has another size */
Hash take_hash(Query *query);
Date take_date(Query *query);
Instant take_instant(Query *query);
CaseRow take_case(Query *query);
CaseRowList take_cases(Query *query);
/* Applications after this one, in the order of area and number. */
ApplicationList store_applications_in(Store *store, Arena *arena, ApplicationState state, int64_t area, int64_t id, int limit);

bool readers_open(Store *store) CHECKED;
void readers_rest(Store *store);                   /* closes their databases until they read again */
void readers_close(Store *store);

/* ---- the journal ------------------------------------------------------------------------------------- */
typedef struct ChainPlace {
    int64_t area, application;
    int32_t k;
} ChainPlace;

/* The one text of everything about an entry but its body: what the chain proves. */
Str entry_skeleton(Arena *arena, const ChainPlace *place, const Entry *entry);
/* What sealed things are bound to, so that none can be put in another's place. */
Str entry_purpose(Arena *arena, const ChainPlace *place, uint32_t n);
Str answers_purpose(Arena *arena, int64_t area, int64_t application);
Str evidence_purpose(Arena *arena, const Evidence *row);

/* An entry as it is stored, with what proves it. */
typedef struct Link {
    int64_t party;                                 /* whose key seals it; 0: nobody's any more */
    Entry entry;                                   /* without its body */
    Salt salt;
    Str sealed;
    Hash hash;
} Link;
Query links_begin(Store *store, Arena *arena, const ChainPlace *place);
Link take_link(Query *query);

/* Empty when the party has no key any more. */
Str store_unseal(Store *store, Arena *arena, int64_t party, Str purpose, Str sealed);

/* ---- the store ---------------------------------------------------------------------------------------- */
struct Store {
    Arena *arena;
    Str folder;
    int lock;                                      /* held on the folder; a copy leaves that to its original */
    const char *path;                              /* of its database */
    Store *original;                               /* of a copy being made; NULL otherwise */
    Keys *keys;                                    /* a copy has its original's */
    Key reference;
    Writer writer;
    pthread_key_t reader_key;
    pthread_mutex_t readers_mutex;
    Reader *readers;
    pthread_mutex_t numbers_mutex;
    int64_t number_next, number_end;
    atomic_bool well;
};

/* With an empty queue and without a database; everything that is opened for it later is closed with its arena. */
Store *store_make(Str folder, Str name, Store *original) CHECKED;
bool store_database_open(Store *store, Errors *errors) CHECKED;
bool store_begin(Store *store, Errors *errors) CHECKED; /* readers, numbers, the writer */

/* False until the disk takes writing again. */
void store_is_unwell(Store *store);

/* Removes what an interrupted upload left under a passing name. */
bool files_open(Store *store, Errors *errors) CHECKED;
bool files_put(Store *store, Arena *arena, int64_t party, Str content, Hash *name) CHECKED;
/* What a change leaves behind, once it is known whether it was written. */
void files_settle(const Change *change, Outcome outcome);
bool files_remove(Store *store, Arena *arena, const Hash *names, size_t count) CHECKED;

#endif
