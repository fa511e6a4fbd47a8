/* store: what must not be lost. The journal, its projections, sealed files and the keys, on an embedded SQLite.
 *
 * Reading: each thread has its own connection, opened when first needed. Rows come into the caller's arena.
 * Writing: the caller builds a Change, a list of prepared rows, on its own thread (sealing and hashing happen
 * there); one writer thread takes all changes that have queued up into one transaction, syncs the disk, and only then
 * tells each caller. A change whose expectation fails (somebody else wrote first) is left out whole and answered
 * OUTCOME_CONFLICT, the others of the group are not touched: read again, build again.
 *
 *     Change ─┐
 *     Change ─┼─▶ queue ──▶ writer ──▶ one transaction ──▶ synced ──▶ each caller is told
 *     Change ─┘                        (a savepoint each)
 *
 *     Change *change = change_begin(store, arena);
 *     change_application(change, &row);
 *     if (store_commit_wait(store, change) == OUTCOME_DONE) …
 *
 * Files in the data folder:  onestop.db  journal and projections · keys.db  a data key for each party, wrapped ·
 * master.key  wraps them · files/ab/abcd…  sealed uploads, named by the hash of the sealed bytes.
 * Every key of a table that is ever sharded begins with the area. */
#ifndef STORE_H
#define STORE_H

#include "base/base.h"
#include "cases/cases.h"
#include "trust/trust.h"

typedef struct Store Store;
typedef struct Change Change;

typedef enum Outcome {
    OUTCOME_DONE,                                  /* on the disk */
    OUTCOME_CONFLICT,                              /* the world moved on; nothing was written */
    OUTCOME_BUSY,                                  /* the queue is full: try again in a moment */
    OUTCOME_FAILED                                 /* the disk or the database refused, or the change's arena was full: nothing
                                                    * is written; temporary */
} Outcome;

/* Opens or makes the folder, brings the schema to the newest version, starts the writer. NULL and an error otherwise.
 * One process at a time: the folder is locked. */
Store *store_open(Str folder, Errors *errors) CHECKED;
bool store_exists(Str folder);                     /* somebody opened it before */
void store_close(Store *store);                    /* writes what is queued first; no other thread may still use it */
Str store_folder(const Store *store);

/* What the folder is for. One that was filled with the demo has accounts with public passwords, and stays a demo for ever;
 * one that holds anything else never becomes one. */
typedef enum StoreUse { STORE_EMPTY, STORE_IN_USE, STORE_DEMO } StoreUse;
StoreUse store_use(Store *store);

/* A number never given before, from the database in blocks. Blocks the caller only when a block is used up, so it is
 * not for the writer's thread (`done`). 0 when the disk refuses. */
int64_t store_next_id(Store *store);
void store_random(void *bytes, size_t count);      /* the one source of randomness above trust */
Key store_key(const Store *store, Str purpose);    /* derived from the master key */
Str store_reference(const Store *store, Arena *arena, int64_t application);
bool store_reference_parse(const Store *store, Str text, int64_t *application) CHECKED;

/* ---- rows ---------------------------------------------------------------------------------------- */

/* A person or business that things concern. Its data key is made with it and is all that reads its bodies and files. */
typedef enum PartyKind { PARTY_PERSON = 1, PARTY_BUSINESS = 2 } PartyKind;
typedef struct Account {
    int64_t id;
    Str login;                                     /* small letters, unique */
    Str password;                                  /* as password_hash gives it */
    Role role;
    Str authority;                                 /* of officers */
    int64_t party;                                 /* of applicants */
    Str name;                                      /* shown to its owner and, for officers, to colleagues */
    Str language;                                  /* may be empty */
} Account;
typedef struct Session {
    Hash token;                                    /* of the cookie's value */
    int64_t account;                               /* 0: nobody signed in */
    Instant created_at, expires_at;
} Session;

typedef enum ApplicationState { APPLICATION_DRAFT = 1, APPLICATION_SENT = 2 } ApplicationState;
typedef struct Application {
    int64_t area, id;
    int64_t party;                                 /* 0 once erased */
    int64_t account;                               /* 0: by reference and second secret only */
    Str event;                                     /* identifiers of the pack */
    Hash pack;                                     /* the version it is handled under */
    ApplicationState state;
    int64_t version;                               /* counts writes; the expectation of the next one */
    Hash secret;                                   /* keyed hash of the second secret */
    Str label;                                     /* what people call it; empty for drafts without and when erased */
    Str answers;                                   /* JSON, stored sealed; empty when erased */
    Instant created_at, changed_at, sent_at;
    uint32_t entries;                              /* of its own chain (number 0) */
    Hash head;
} Application;
typedef LIST(Application) ApplicationList;

/* A case is number k (from 1) of its application; number 0 is the chain of the application itself. */
typedef struct CaseRow {
    int64_t area, application;
    int32_t k;
    Str service, authority;
    CaseState state;
    uint32_t entries;
    Hash head;
    Date received, accepted;
    Date due;                                      /* the authority's first running clock; DATE_NONE without */
    Date term;                                     /* the applicant's running term; DATE_NONE without */
    Instant next_at;                               /* when something happens by itself; 0: never; LOOK_AGAIN: dates may be old */
    int32_t rating;
} CaseRow;
typedef LIST(CaseRow) CaseRowList;
static const Instant LOOK_AGAIN = { 1 };

typedef enum EvidenceState {
    EVIDENCE_CURRENT = 1,
    EVIDENCE_REPLACED = 2,
    EVIDENCE_PENDING = 3                           /* brought for a correction that is not sent yet */
} EvidenceState;
typedef struct Evidence {
    int64_t area, application, id;
    Str slot;                                      /* place by identity, plan.h */
    Str type;
    int32_t k;                                     /* the case that issued it; 0: brought by the applicant */
    Str name;                                      /* of the file as the person called it; stored sealed */
    Str media_type;
    int64_t size;                                  /* bytes, plain */
    Hash file;                                     /* name of the sealed file */
    EvidenceState state;
    Instant at;
} Evidence;
typedef LIST(Evidence) EvidenceList;

/* ---- building a change ----------------------------------------------------------------------------
 * Nothing is written before the commit. Pointers must live as long as the arena of change_begin. */
Change *change_begin(Store *store, Arena *arena);
bool change_is_empty(const Change *change);
void change_demo(Change *change);                  /* marks the folder: store_use is STORE_DEMO from now on */

void change_party(Change *change, int64_t party, PartyKind kind, Instant at); /* its key too, durable before it */
void change_account(Change *change, const Account *account);                  /* new; a login that exists: a conflict */
void change_account_language(Change *change, int64_t account, Str language);
void change_session(Change *change, const Session *session);                  /* new or replaced */
void change_session_end(Change *change, const Hash *token);
/* An application that was opened by reference and second secret. */
void change_session_access(Change *change, const Hash *token, int64_t area, int64_t application);
/* What the one session opened, the other may open too: when somebody signs in, the cookie changes and their drafts stay
 * open. */
void change_session_access_move(Change *change, const Hash *token, const Hash *from);
void change_attempt(Change *change, const Hash *subject, Instant at);         /* counts a failed try */
void change_attempts_forget(Change *change, const Hash *subject);

/* A new application has version 0 in the row; otherwise version is the expected one. Writes version + 1. */
void change_application(Change *change, const Application *row);
/* Counts the version on and leaves the rest: a conflict unless nobody wrote since this row was read. */
void change_application_seen(Change *change, const Application *row);
void change_application_drop(Change *change, const Application *row);          /* a draft, at row->version */
/* 0 before: a new row. Else a conflict unless the row is there with so many entries: one call a case and change. */
void change_case(Change *change, const CaseRow *row, uint32_t entries_before);
/* Appends entry->n to the chain; a conflict unless it is the next one, upon `previous`. The body is sealed under the
 * party's key; for party 0 (erased) it is left out. Returns the new head. */
Hash change_entry(Change *change, int64_t area, int64_t application, int32_t k, int64_t party, const Entry *entry,
                  const Hash *previous);
void change_evidence(Change *change, const Evidence *row, int64_t party);     /* new */
void change_evidence_state(Change *change, const Evidence *row, EvidenceState state);
void change_evidence_drop(Change *change, const Evidence *row);               /* what was never sent; its file goes too */
/* A file is sealed under the party's key, written, synced and renamed before this returns its name; a change that is left
 * out takes it along. False when the disk refuses. */
bool change_file(Change *change, int64_t party, Str content, Hash *name) CHECKED;

/* From now on this version of the pack is served. It is kept; others under which nothing was sent go; and every case that
 * runs or has a date is looked at again by whoever asks for what is due (next_at), because days may be free now that were not. */
void change_pack(Change *change, const Hash *version, Str text, Instant now);

/* ---- committing --------------------------------------------------------------------------------------
 * `done` is called once, on the writer's thread, after the disk has it (or did not take it); with OUTCOME_BUSY, on the
 * caller's thread and before this returns. It must not block. */
void store_commit(Store *store, Change *change, void (*done)(void *context, Outcome outcome), void *context);
Outcome store_commit_wait(Store *store, Change *change) CHECKED;

/* ---- files ------------------------------------------------------------------------------------------------ */
bool store_file_get(Store *store, Arena *arena, int64_t party, const Hash *name, Str *content) CHECKED;

/* ---- reading --------------------------------------------------------------------------------------------------
 * False or an empty list when there is nothing; a database that fails is our fault on opening and the world's after it:
 * then the result is "nothing" and store_is_well is false. */
bool store_is_well(const Store *store);
bool store_account(Store *store, Arena *arena, int64_t id, Account *row) CHECKED;
bool store_account_by_login(Store *store, Arena *arena, Str login, Account *row) CHECKED;
bool store_session(Store *store, Arena *arena, const Hash *token, Instant now, Session *row) CHECKED;
bool store_session_may(Store *store, const Hash *token, int64_t area, int64_t application);
int store_attempts(Store *store, const Hash *subject, Instant since);

bool store_application(Store *store, Arena *arena, int64_t area, int64_t id, Application *row) CHECKED;
ApplicationList store_applications_of(Store *store, Arena *arena, int64_t account); /* newest first, at most 200 */
CaseRowList store_cases(Store *store, Arena *arena, int64_t area, int64_t application); /* by k */
/* The journal of one chain, bodies opened where the party's key still exists. */
EntryList store_entries(Store *store, Arena *arena, int64_t area, int64_t application, int32_t k);
/* In every state, by id. */
EvidenceList store_evidence(Store *store, Arena *arena, int64_t area, int64_t application);

/* Queues are queries over case state. */
typedef struct QueueQuery {
    Str authority;                                 /* empty: all */
    bool open_only;                                /* leave out final states */
    CaseState state;                               /* CASE_NONE: all */
    Str text;                                      /* in the label, or a reference; empty: all */
    int limit;                                     /* at most 500; 0: 500 */
} QueueQuery;
typedef struct QueueRow {
    CaseRow row;
    Str label;
    Str event;
    Hash pack;
} QueueRow;
typedef LIST(QueueRow) QueueList;
QueueList store_queue(Store *store, Arena *arena, const QueueQuery *query); /* by due date, those without last */
/* Whose next_at has come, in its order; the first `skipped` are left out. */
CaseRowList store_cases_due(Store *store, Arena *arena, Instant now, int limit, int skipped);
int64_t store_drafts_count(Store *store, int64_t account, const Hash *token); /* of the account, and open to the session */
/* Open to the session, and in no account: newest first, at most 200. */
ApplicationList store_applications_open(Store *store, Arena *arena, const Hash *token);
ApplicationList store_drafts_old(Store *store, Arena *arena, Instant before, int limit); /* not changed since */

/* Versions of the pack: the one served last, and every one under which something was sent. */
typedef struct KeptPack {
    Hash version;
    Str text;                                      /* its files, for pack_read */
} KeptPack;
typedef LIST(KeptPack) KeptPacks;
KeptPacks store_packs(Store *store, Arena *arena); /* the one served last comes first */

typedef struct Tally {
    Str authority;
    CaseState state;
    int64_t cases, late;                           /* late: due before today */
    int64_t rated, rating_sum;
} Tally;
typedef LIST(Tally) TallyList;
TallyList store_tally(Store *store, Arena *arena, Date today);

/* ---- keeping ---------------------------------------------------------------------------------------------------
 * What `onestop check`, `rebuild` and `erase` are made of; folding is the caller's. */

/* Calls `each` for every application in this state. Stops early when it returns false. */
typedef bool (*StoreEach)(void *context, const Application *application);
void store_each_application(Store *store, ApplicationState state, StoreEach each, void *context);

/* Entries, cases and evidence whose application has no row of a sent one (evidence: none at all), counted. */
typedef struct Orphan {
    int64_t area, application;
    int64_t entries, cases, files;
} Orphan;
typedef LIST(Orphan) OrphanList;
OrphanList store_orphans(Store *store, Arena *arena);
/* The numbers k of all chains that an application has in the journal, ascending. */
typedef LIST(int32_t) ChainList;
ChainList store_chains(Store *store, Arena *arena, int64_t area, int64_t application);

/* Verifies every link of a chain against head and count. The number of the first entry that does not fit is *broken:
 * the first that was altered, is missing or is too many; the last when all links hold but the head is another. */
bool store_chain_verify(Store *store, int64_t area, int64_t application, int32_t k, uint32_t count, const Hash *head,
                        uint32_t *broken) CHECKED;
/* The hash of a chain's last entry; all zero where there is none. */
Hash store_chain_head(Store *store, int64_t area, int64_t application, int32_t k);
bool store_file_exists(Store *store, const Hash *name);
/* The names of all sealed files whose bytes are not those that their names say. */
typedef LIST(Hash) HashList;
HashList store_files_altered(Store *store, Arena *arena);

/* Destroys the party's key and every row and file that could name it, and so for every party whose applications are in its account: drafts, answers, labels, evidence, accounts,
 * sessions. Journal skeletons and sealed bodies stay. Afterwards no byte of the folder holds its content (old pages and
 * log are wiped). Cut off, it can be done again. Not beside other threads. */
bool store_erase(Store *store, int64_t party, Errors *errors) CHECKED;

/* Makes a second database beside the first, with everything that is not derived: accounts, sessions, drafts, the
 * journal, and of sent applications the row with what no fold can tell (party, account, event, pack, secret, times,
 * version) but an empty label, no answers, entries 0 and a zero head; neither their cases nor their evidence (but what
 * is EVIDENCE_PENDING). The caller fills those in by changes on the new store; then the two are swapped by rename.
 * Closing the new one instead throws it away. Keys and files are shared by both. Only without a running server: the
 * folder is locked. */
Store *store_rebuild_begin(Store *store, Errors *errors) CHECKED;
bool store_rebuild_swap(Store *old_store, Store *new_store, Errors *errors) CHECKED; /* closes both */

#endif
