/* store: what must not be lost. Each case has a folder of its own, removed when it ends. */
#include "store/store.h"
#include "test.h"

#include <dirent.h>
#include <ftw.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static Arena *arena;
static Store *store;
static char folder[200];

static const Hash NO_HASH;
static const Instant NOON = { 1789000000000000 };

/* ---- the folder ---------------------------------------------------------------------------------------- */

static void must_open(void)
{
    Errors errors = errors_begin(arena);
    store = store_open(str_from(folder), &errors);
    Text text = text_begin(arena, 10000);
    errors_print(&errors, &text);
    if (!store)
        printf("%.*s", STR_ARGS(text_str(&text)));
    must(store != NULL);
}

static void begin(void)
{
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/onestop-store-XXXXXX", base ? base : "/tmp");
    must(mkdtemp(folder) != NULL);
    arena = arena_open(1 << 24);
    must_open();
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static void end(void)
{
    store_close(store);
    must(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
    arena_close(arena);
}

static void reopen(void)
{
    store_close(store);
    must_open();
}

static char *path_of(const char *name)
{
    return str_terminated(arena, str_printf(arena, "%s/%s", folder, name));
}

/* The whole file; only of a closed store, or in a child: closing a database's file would drop the locks on it. */
static Str bytes_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct stat status;
    must(file && fstat(fileno(file), &status) == 0);
    char *bytes = arena_alloc(arena, (size_t)status.st_size);
    must(fread(bytes, 1, (size_t)status.st_size, file) == (size_t)status.st_size);
    must(fclose(file) == 0);
    return (Str){ bytes, (size_t)status.st_size };
}

static Str needle;

static int look_into(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)walk;
    if (kind != FTW_F)
        return 0;
    Str bytes = bytes_of(path);
    return memmem(bytes.data, bytes.len, needle.data, needle.len) != NULL;
}

static bool folder_holds(Str text)
{
    needle = text;
    pid_t child = fork();
    must(child >= 0);
    if (child == 0)
        _exit(nftw(folder, look_into, 16, FTW_PHYS) == 1 ? 1 : 0);
    int status;
    must(waitpid(child, &status, 0) == child && WIFEXITED(status));
    return WEXITSTATUS(status) == 1;
}

/* What nobody may do: other SQL, past the store, while it is closed. */
static void meddle(const char *database, const char *sql)
{
    sqlite3 *handle;
    must(sqlite3_open(path_of(database), &handle) == SQLITE_OK);
    char *fault = NULL;
    if (sqlite3_exec(handle, sql, NULL, NULL, &fault) != SQLITE_OK)
        printf("%s: %s\n", sql, fault);
    must(!fault && sqlite3_close(handle) == SQLITE_OK);
}

/* ---- things to write ----------------------------------------------------------------------------------- */

static Hash hash_n(int n)
{
    return hash_of(str_printf(arena, "hash %d", n));
}

static Application draft(int64_t party)
{
    return (Application){ .area = 1,
                          .id = store_next_id(store),
                          .party = party,
                          .account = 7,
                          .event = S("open-restaurant"),
                          .pack = hash_n(1),
                          .state = APPLICATION_DRAFT,
                          .secret = hash_n(2),
                          .label = S("Noodle house"),
                          .answers = S("{\"seats\":12}"),
                          .created_at = NOON,
                          .changed_at = { NOON.us + 5 } };
}

static Entry entry_n(uint32_t n, Str body)
{
    return (Entry){ .n = n,
                    .kind = n == 1 ? ENTRY_RECEIVE : ENTRY_INSPECT,
                    .role = ROLE_OFFICER,
                    .at = { NOON.us + n },
                    .on = date_of(2026, 9, 21),
                    .until = n % 2 ? DATE_NONE : date_of(2026, 10, 26),
                    .period = { 20, UNIT_WORKING_DAY },
                    .what = S("passed"),
                    .body = body };
}

static CaseRow case_of(const Application *application, int32_t k, Str authority, CaseState state, Date due)
{
    return (CaseRow){ .area = 1,
                      .application = application->id,
                      .k = k,
                      .service = S("food-licence"),
                      .authority = authority,
                      .state = state,
                      .entries = 1,
                      .head = hash_n(k),
                      .received = date_of(2026, 9, 21),
                      .accepted = DATE_NONE,
                      .due = due,
                      .term = DATE_NONE };
}

static int64_t new_party(void)
{
    int64_t party = store_next_id(store);
    Change *change = change_begin(store, arena);
    change_party(change, party, PARTY_PERSON, NOON);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    return party;
}

static Outcome write_application(const Application *row)
{
    Change *change = change_begin(store, arena);
    change_application(change, row);
    return store_commit_wait(store, change);
}

/* A chain of `count` entries with bodies; its head. */
static Hash write_chain(const Application *application, int32_t k, uint32_t count)
{
    Hash head = NO_HASH;
    Change *change = change_begin(store, arena);
    for (uint32_t n = 1; n <= count; n++) {
        Entry entry = entry_n(n, str_printf(arena, "{\"plan\":\"hidden %u of %d\"}", n, k));
        head = change_entry(change, 1, application->id, k, application->party, &entry, &head);
    }
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    return head;
}

/* ---- opening ------------------------------------------------------------------------------------------- */

static void a_folder_is_made_and_found_again(void)
{
    begin();
    CHECK_STR(store_folder(store), str_from(folder));
    CHECK(store_is_well(store));
    Key before = store_key(store, S("cookies")), other = store_key(store, S("receipts"));
    CHECK(memcmp(&before, &other, sizeof before) != 0);
    struct stat status;
    CHECK(stat(path_of("master.key"), &status) == 0 && status.st_size == 32 && (status.st_mode & 0777) == 0600);
    CHECK(stat(path_of("onestop.db"), &status) == 0 && (status.st_mode & 0777) == 0600);
    reopen();
    Key after = store_key(store, S("cookies"));
    CHECK(memcmp(&before, &after, sizeof before) == 0);
    end();
}

static void a_folder_in_use_is_refused(void)
{
    begin();
    Errors errors = errors_begin(arena);
    CHECK(store_open(str_from(folder), &errors) == NULL);
    CHECK(errors.list.count == 1);
    CHECK_STR(errors.list.at[0].what, S("the data folder is in use"));
    end();
}

static void refused_with(Str want)
{
    Errors errors = errors_begin(arena);
    Store *refused = store_open(str_from(folder), &errors);
    CHECK(refused == NULL);
    CHECK(errors.list.count == 1);
    if (errors.list.count)
        CHECK_STR(errors.list.at[0].what, want);
    store_close(refused);
}

static void keys_that_do_not_belong_are_refused(void)
{
    begin();
    store_close(store);
    must(rename(path_of("master.key"), path_of("away")) == 0);
    refused_with(S("is missing"));
    FILE *other = fopen(path_of("master.key"), "wb");
    must(other && fputs("0123456789abcdef0123456789abcdef", other) >= 0 && fclose(other) == 0);
    refused_with(S("was not made with this master.key"));
    must(truncate(path_of("master.key"), 31) == 0);
    refused_with(S("is not a key of 32 bytes"));
    must(rename(path_of("away"), path_of("master.key")) == 0);
    must(rename(path_of("keys.db"), path_of("away")) == 0);
    refused_with(S("is missing"));
    must(rename(path_of("away"), path_of("keys.db")) == 0);
    must_open();
    end();
}

static void tables_are_brought_forward_and_never_back(void)
{
    begin();
    store_close(store);
    must(remove(path_of("onestop.db")) == 0);
    meddle("onestop.db", "PRAGMA user_version = 0");
    must_open();
    int64_t party = new_party();
    CHECK(party > 0);
    Application old = draft(party);
    CHECK(write_application(&old) == OUTCOME_DONE);
    store_close(store);
    meddle("onestop.db", "PRAGMA user_version = 1000");
    refused_with(S("has version 1000 of its tables, this program knows them up to 3"));
    /* As version 1 had them: what is there comes along. */
    meddle("onestop.db", "DELETE FROM number WHERE name = 'demo'; DROP INDEX draft_by_change; DROP TABLE pack; PRAGMA user_version = 1");
    must_open();
    CHECK(store_drafts_old(store, arena, (Instant){ INT64_MAX }, 10).count == 1);
    CHECK(store_packs(store, arena).count == 0);
    Application row = draft(party);
    CHECK(write_application(&row) == OUTCOME_DONE);
    end();
}

static void what_was_cut_off_is_cleared_away_at_the_start(void)
{
    begin();
    store_close(store);
    static const char *const LEFT[] = { "files/tmp-0123456789abcdef", "onestop.db-copy", "onestop.db-copy-wal",
                                        "keys.db-new" };
    for (size_t i = 0; i < COUNT_OF(LEFT); i++) {
        FILE *file = fopen(path_of(LEFT[i]), "wb");
        must(file && fclose(file) == 0);
    }
    must_open();
    for (size_t i = 0; i < COUNT_OF(LEFT); i++)
        CHECK(access(path_of(LEFT[i]), F_OK) != 0);
    end();
}

/* ---- numbers ------------------------------------------------------------------------------------------- */

enum { TAKERS = 4, TAKEN = 30000 };
static int64_t taken[TAKERS][TAKEN];

static void *take_numbers(void *which)
{
    for (int i = 0; i < TAKEN; i++)
        taken[(intptr_t)which][i] = store_next_id(store);
    return NULL;
}

static int compare_numbers(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void numbers_are_given_once(void)
{
    begin();
    pthread_t threads[TAKERS];
    for (intptr_t i = 0; i < TAKERS; i++)
        must(pthread_create(&threads[i], NULL, take_numbers, (void *)i) == 0);
    for (int i = 0; i < TAKERS; i++)
        must(pthread_join(threads[i], NULL) == 0);
    int64_t *all = &taken[0][0];
    qsort(all, (size_t)TAKERS * TAKEN, sizeof *all, compare_numbers);
    for (int i = 0; i < TAKERS * TAKEN; i++)
        if (!CHECK(all[i] == i + 1))
            break;
    reopen();
    CHECK(store_next_id(store) > TAKERS * TAKEN);
    end();
}

static void references_lead_back_to_their_number(void)
{
    begin();
    int64_t number;
    Str reference = store_reference(store, arena, 123456);
    CHECK(reference.len == REFERENCE_LEN);
    CHECK(store_reference_parse(store, reference, &number) && number == 123456);
    CHECK(!store_reference_parse(store, S("nonsense"), &number));
    reopen();
    CHECK_STR(store_reference(store, arena, 123456), reference);
    end();
}

/* ---- rows ---------------------------------------------------------------------------------------------- */

static void accounts_have_one_login(void)
{
    begin();
    Account wang = { 11, S("wang"), S("$argon2id$x"), ROLE_APPLICANT, S(""), 5, S("Wang 餐"), S("zh") }, found;
    Account second = { 12, S("wang"), S("y"), ROLE_OFFICER, S("housing"), 0, S("Other"), S("") };
    Change *change = change_begin(store, arena);
    change_account(change, &wang);
    CHECK(!change_is_empty(change));
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    change = change_begin(store, arena);
    change_account(change, &second);
    CHECK(store_commit_wait(store, change) == OUTCOME_CONFLICT);
    change = change_begin(store, arena);
    change_account_language(change, 11, S("en"));
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    change = change_begin(store, arena);
    change_account_language(change, 12, S("en"));
    CHECK(store_commit_wait(store, change) == OUTCOME_CONFLICT);
    CHECK(!store_account(store, arena, 12, &found));
    CHECK(!store_account_by_login(store, arena, S("Wang"), &found));
    CHECK(store_account_by_login(store, arena, S("wang"), &found) && found.id == 11);
    CHECK(store_account(store, arena, 11, &found));
    CHECK(found.role == ROLE_APPLICANT && found.party == 5 && found.authority.len == 0);
    CHECK_STR(found.password, S("$argon2id$x"));
    CHECK_STR(found.name, S("Wang 餐"));
    CHECK_STR(found.language, S("en"));
    end();
}

static Session session_n(int n, int64_t from, int64_t until)
{
    return (Session){
        .token = hash_n(n), .account = n, .created_at = { NOON.us + from }, .expires_at = { NOON.us + until }
    };
}

static void sessions_end(void)
{
    begin();
    Session first = session_n(1, 0, 100), second = session_n(2, 0, 50), third = session_n(3, 60, 500), found;
    Change *change = change_begin(store, arena);
    change_session(change, &first);
    change_session(change, &second);
    change_session_access(change, &first.token, 1, 17);
    change_session_access(change, &first.token, 1, 17);
    change_session_access(change, &second.token, 1, 18);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    CHECK(store_session(store, arena, &first.token, (Instant){ NOON.us + 99 }, &found));
    CHECK(found.account == 1 && found.expires_at.us == NOON.us + 100 && hash_equal(&found.token, &first.token));
    CHECK(!store_session(store, arena, &first.token, (Instant){ NOON.us + 100 }, &found));
    CHECK(store_session_may(store, &first.token, 1, 17));
    CHECK(!store_session_may(store, &first.token, 1, 18) && !store_session_may(store, &first.token, 2, 17));
    change = change_begin(store, arena);
    change_session(change, &third);                /* the second is over by then, and goes */
    first.account = 9;
    change_session(change, &first);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    CHECK(!store_session(store, arena, &second.token, NOON, &found) && !store_session_may(store, &second.token, 1, 18));
    CHECK(store_session(store, arena, &first.token, NOON, &found) && found.account == 9);
    change = change_begin(store, arena);
    change_session_end(change, &first.token);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    CHECK(!store_session(store, arena, &first.token, NOON, &found) && !store_session_may(store, &first.token, 1, 17));
    end();
}

static void signing_in_takes_along_what_was_open(void)
{
    begin();
    Session before = session_n(1, 0, 100), after = session_n(2, 0, 100);
    Change *change = change_begin(store, arena);
    change_session(change, &before);
    change_session_access(change, &before.token, 1, 17);
    change_session_access(change, &before.token, 1, 18);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    change = change_begin(store, arena);
    change_session(change, &after);
    change_session_access(change, &after.token, 1, 18);
    change_session_access_move(change, &after.token, &before.token);
    change_session_end(change, &before.token);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    CHECK(store_session_may(store, &after.token, 1, 17) && store_session_may(store, &after.token, 1, 18));
    CHECK(!store_session_may(store, &before.token, 1, 17));
    end();
}

static void failed_tries_are_counted(void)
{
    begin();
    Hash wang = hash_n(1), li = hash_n(2);
    Change *change = change_begin(store, arena);
    for (int i = 0; i < 3; i++)
        change_attempt(change, &wang, (Instant){ NOON.us + i / 2 });
    change_attempt(change, &li, NOON);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    CHECK(store_attempts(store, &wang, NOON) == 3);
    CHECK(store_attempts(store, &wang, (Instant){ NOON.us + 1 }) == 1);
    change = change_begin(store, arena);
    change_attempts_forget(change, &wang);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    CHECK(store_attempts(store, &wang, NOON) == 0 && store_attempts(store, &li, NOON) == 1);
    change = change_begin(store, arena);
    change_attempt(change, &wang, (Instant){ NOON.us + 30 * DAY_US });
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    CHECK(store_attempts(store, &li, (Instant){ 0 }) == 0);
    end();
}

static void drafts_go_there_and_back(void)
{
    begin();
    Application row = draft(new_party()), found;
    CHECK(write_application(&row) == OUTCOME_DONE);
    reopen();
    CHECK(!store_application(store, arena, 2, row.id, &found));
    CHECK(store_application(store, arena, 1, row.id, &found));
    CHECK(found.party == row.party && found.account == 7 && found.state == APPLICATION_DRAFT && found.version == 1);
    CHECK(hash_equal(&found.pack, &row.pack) && hash_equal(&found.secret, &row.secret));
    CHECK(found.created_at.us == NOON.us && found.changed_at.us == NOON.us + 5 && found.sent_at.us == 0);
    CHECK(found.entries == 0 && hash_equal(&found.head, &NO_HASH));
    CHECK_STR(found.event, S("open-restaurant"));
    CHECK_STR(found.label, S("Noodle house"));
    CHECK_STR(found.answers, S("{\"seats\":12}"));
    CHECK(!folder_holds(S("seats")));
    end();
}

static void a_stale_version_is_a_conflict(void)
{
    begin();
    Application row = draft(new_party()), found;
    CHECK(write_application(&row) == OUTCOME_DONE);
    CHECK(write_application(&row) == OUTCOME_CONFLICT); /* it is there already */
    row.version = 1;
    row.answers = S("{\"seats\":13}");
    CHECK(write_application(&row) == OUTCOME_DONE);
    row.answers = S("{\"seats\":99}");
    CHECK(write_application(&row) == OUTCOME_CONFLICT);
    row.version = 3;
    CHECK(write_application(&row) == OUTCOME_CONFLICT);
    CHECK(store_application(store, arena, 1, row.id, &found) && found.version == 2);
    CHECK_STR(found.answers, S("{\"seats\":13}"));
    end();
}

static void only_a_draft_is_dropped_and_only_as_it_was_read(void)
{
    begin();
    Application row = draft(new_party()), sent = draft(row.party), found;
    sent.state = APPLICATION_SENT;
    CHECK(write_application(&row) == OUTCOME_DONE && write_application(&sent) == OUTCOME_DONE);
    row.version = 2;
    sent.version = 1;
    Change *change = change_begin(store, arena);
    change_application_drop(change, &row);
    CHECK(store_commit_wait(store, change) == OUTCOME_CONFLICT);
    change = change_begin(store, arena);
    change_application_drop(change, &sent);
    CHECK(store_commit_wait(store, change) == OUTCOME_CONFLICT);
    row.version = 1;
    change = change_begin(store, arena);
    change_application_drop(change, &row);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    CHECK(!store_application(store, arena, 1, row.id, &found) && store_application(store, arena, 1, sent.id, &found));
    end();
}

static void an_account_sees_its_own_newest_first(void)
{
    begin();
    int64_t party = new_party(), ids[3];
    for (int i = 0; i < 3; i++) {
        Application row = draft(party);
        row.account = i == 1 ? 8 : 7;
        ids[i] = row.id;
        CHECK(write_application(&row) == OUTCOME_DONE);
    }
    ApplicationList list = store_applications_of(store, arena, 7);
    CHECK(list.count == 2 && list.at[0].id == ids[2] && list.at[1].id == ids[0]);
    CHECK(store_applications_of(store, arena, 0).count == 0);
    end();
}

static void evidence_keeps_its_place(void)
{
    begin();
    Application row = draft(new_party());
    Evidence lease = { .area = 1,
                       .application = row.id,
                       .id = 40,
                       .slot = S("premises/lease"),
                       .type = S("lease"),
                       .name = S("Mietvertrag Wang.pdf"),
                       .media_type = S("application/pdf"),
                       .size = 1234,
                       .file = hash_n(4),
                       .state = EVIDENCE_CURRENT,
                       .at = NOON },
             deed = lease;
    deed.id = 39;
    deed.k = 2;
    Change *change = change_begin(store, arena);
    change_application(change, &row);
    change_evidence(change, &lease, row.party);
    change_evidence(change, &deed, row.party);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    EvidenceList list = store_evidence(store, arena, 1, row.id);
    CHECK(list.count == 2 && list.at[0].id == 39 && list.at[0].k == 2);
    CHECK_STR(list.at[1].slot, S("premises/lease"));
    CHECK_STR(list.at[1].name, S("Mietvertrag Wang.pdf"));
    CHECK_STR(list.at[1].media_type, S("application/pdf"));
    CHECK(list.at[1].size == 1234 && list.at[1].at.us == NOON.us && hash_equal(&list.at[1].file, &lease.file));
    CHECK(!folder_holds(S("Mietvertrag")));
    change = change_begin(store, arena);
    change_evidence_state(change, &lease, EVIDENCE_REPLACED);
    change_evidence_drop(change, &deed);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    list = store_evidence(store, arena, 1, row.id);
    CHECK(list.count == 1 && list.at[0].state == EVIDENCE_REPLACED);
    change = change_begin(store, arena);
    change_evidence_drop(change, &deed);
    CHECK(store_commit_wait(store, change) == OUTCOME_CONFLICT);
    end();
}

static void cases_are_written_over_what_was_read(void)
{
    begin();
    Application row = draft(new_party());
    CaseRow it = case_of(&row, 2, S("housing"), CASE_RECEIVED, date_of(2026, 10, 1)), first = it;
    first.k = 1;
    Change *change = change_begin(store, arena);
    change_case(change, &it, 0);
    change_case(change, &first, 0);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    it.state = CASE_ACCEPTED;
    it.entries = 2;
    it.accepted = date_of(2026, 9, 22);
    it.due = DATE_NONE;
    it.next_at = NOON;
    it.rating = 4;
    change = change_begin(store, arena);
    change_case(change, &it, 1);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    change = change_begin(store, arena);
    change_case(change, &it, 1);                   /* two entries stand there by now */
    CHECK(store_commit_wait(store, change) == OUTCOME_CONFLICT);
    change = change_begin(store, arena);
    change_case(change, &it, 0);
    CHECK(store_commit_wait(store, change) == OUTCOME_CONFLICT);
    CaseRowList list = store_cases(store, arena, 1, row.id);
    CHECK(list.count == 2 && list.at[0].k == 1 && list.at[1].k == 2);
    CaseRow found = list.at[1];
    CHECK(found.state == CASE_ACCEPTED && found.entries == 2 && found.rating == 4 && found.next_at.us == NOON.us);
    CHECK(date_compare(found.accepted, date_of(2026, 9, 22)) == 0 && !date_is_set(found.due) &&
          !date_is_set(found.term));
    CHECK(hash_equal(&found.head, &it.head));
    CHECK_STR(found.service, S("food-licence"));
    CHECK_STR(found.authority, S("housing"));
    end();
}

/* ---- the journal --------------------------------------------------------------------------------------- */

static void entries_are_read_as_they_were_written(void)
{
    begin();
    Application row = draft(new_party());
    CHECK(write_application(&row) == OUTCOME_DONE);
    Hash head = write_chain(&row, 3, 4);
    CHECK(!folder_holds(S("hidden")));
    reopen();
    EntryList list = store_entries(store, arena, 1, row.id, 3);
    CHECK(list.count == 4 && store_entries(store, arena, 1, row.id, 2).count == 0);
    for (uint32_t n = 1; n <= list.count; n++) {
        Entry want = entry_n(n, STR_NONE), *is = &list.at[n - 1];
        CHECK(is->n == n && is->kind == want.kind && is->role == ROLE_OFFICER && is->at.us == want.at.us);
        CHECK(is->on.day == want.on.day && is->until.day == want.until.day);
        CHECK(is->period.amount == 20 && is->period.unit == UNIT_WORKING_DAY);
        CHECK_STR(is->what, S("passed"));
        CHECK_STR(is->body, str_printf(arena, "{\"plan\":\"hidden %u of 3\"}", n));
    }
    uint32_t broken;
    CHECK(store_chain_verify(store, 1, row.id, 3, 4, &head, &broken));
    CHECK(store_chain_verify(store, 1, row.id, 2, 0, &NO_HASH, &broken));
    Hash last = store_chain_head(store, 1, row.id, 3), none = store_chain_head(store, 1, row.id, 2);
    CHECK(hash_equal(&last, &head) && hash_equal(&none, &NO_HASH));
    end();
}

static void a_chain_has_no_gap_and_no_fork(void)
{
    begin();
    Application row = draft(new_party());
    CHECK(write_application(&row) == OUTCOME_DONE);
    Hash head = write_chain(&row, 1, 2), other = hash_n(9);
    Entry third = entry_n(3, S("{}")), fourth = entry_n(4, S("{}")), second = entry_n(2, S("{}"));
    Change *change = change_begin(store, arena);
    (void)change_entry(change, 1, row.id, 1, row.party, &fourth, &head);
    CHECK(store_commit_wait(store, change) == OUTCOME_CONFLICT);
    change = change_begin(store, arena);
    (void)change_entry(change, 1, row.id, 1, row.party, &second, &head);
    CHECK(store_commit_wait(store, change) == OUTCOME_CONFLICT);
    change = change_begin(store, arena);
    (void)change_entry(change, 1, row.id, 1, row.party, &third, &other);
    CHECK(store_commit_wait(store, change) == OUTCOME_CONFLICT);
    change = change_begin(store, arena);
    (void)change_entry(change, 1, row.id, 1, row.party, &third, &head);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    CHECK(store_entries(store, arena, 1, row.id, 1).count == 3);
    end();
}

enum { RACERS = 6, ROUNDS = 50 };
static Application raced;
static Hash raced_head, racer_heads[RACERS];
static uint32_t raced_n;
static Outcome racer_outcomes[RACERS];

static void *race(void *which)
{
    int racer = (int)(intptr_t)which;
    Arena *own = arena_open(1 << 16);
    Entry entry = entry_n(raced_n, STR_NONE);
    entry.body = str_printf(own, "racer %d", racer);
    Change *change = change_begin(store, own);
    racer_heads[racer] = change_entry(change, 1, raced.id, 1, raced.party, &entry, &raced_head);
    racer_outcomes[racer] = store_commit_wait(store, change);
    arena_close(own);
    return NULL;
}

static void of_several_that_write_the_next_entry_one_wins(void)
{
    begin();
    raced = draft(new_party());
    CHECK(write_application(&raced) == OUTCOME_DONE);
    raced_head = NO_HASH;
    for (raced_n = 1; raced_n <= ROUNDS; raced_n++) {
        pthread_t threads[RACERS];
        for (intptr_t i = 0; i < RACERS; i++)
            must(pthread_create(&threads[i], NULL, race, (void *)i) == 0);
        int won = 0, lost = 0;
        for (int i = 0; i < RACERS; i++) {
            must(pthread_join(threads[i], NULL) == 0);
            won += racer_outcomes[i] == OUTCOME_DONE;
            lost += racer_outcomes[i] == OUTCOME_CONFLICT;
        }
        CHECK(won == 1 && lost == RACERS - 1);
        for (int i = 0; i < RACERS; i++)
            if (racer_outcomes[i] == OUTCOME_DONE)
                raced_head = racer_heads[i];
    }
    uint32_t broken;
    CHECK(store_chain_verify(store, 1, raced.id, 1, ROUNDS, &raced_head, &broken));
    end();
}

static void meddling_with_a_chain_is_found(void)
{
    static const struct {
        const char *sql;
        uint32_t broken;
    } MEDDLING[] = {
        { "UPDATE entry SET at = at + 1 WHERE n = 3", 3 },
        { "UPDATE entry SET on_day = on_day - 1 WHERE n = 1", 1 },
        { "UPDATE entry SET until_day = NULL WHERE n = 4", 4 },
        { "UPDATE entry SET role = 99 WHERE n = 2", 2 },
        { "UPDATE entry SET what = 'failed' WHERE n = 5", 5 },
        { "UPDATE entry SET period_amount = 21 WHERE n = 2", 2 },
        { "UPDATE entry SET body = CAST(substr(body, 1, 41) || x'00' || substr(body, 43) AS BLOB) WHERE n = 3", 3 },
        { "UPDATE entry SET body = NULL WHERE n = 2", 2 },
        { "UPDATE entry SET hash = zeroblob(32) WHERE n = 4", 4 },
        { "DELETE FROM entry WHERE n = 6", 6 },
        { "DELETE FROM entry WHERE n = 2", 2 },
        { "DELETE FROM entry", 1 },
        { "INSERT INTO entry SELECT area, application, k, 7, kind, role, at, on_day, until_day, period_amount,"
          " period_unit, what, salt, body, hash FROM entry WHERE n = 6",
          7 },
        { "UPDATE entry SET n = 100 WHERE n = 3; UPDATE entry SET n = 3 WHERE n = 4;"
          "UPDATE entry SET n = 4 WHERE n = 100",
          3 },
    };
    begin();
    Application row = draft(new_party());
    CHECK(write_application(&row) == OUTCOME_DONE);
    Hash head = write_chain(&row, 1, 6), other = hash_n(1);
    uint32_t broken = 0;
    CHECK(store_chain_verify(store, 1, row.id, 1, 6, &head, &broken));
    CHECK(!store_chain_verify(store, 1, row.id, 1, 6, &other, &broken) && broken == 6);
    CHECK(!store_chain_verify(store, 1, row.id, 1, 5, &head, &broken) && broken == 6);
    CHECK(!store_chain_verify(store, 1, row.id, 1, 7, &head, &broken) && broken == 7);
    store_close(store);
    Str good = bytes_of(path_of("onestop.db"));
    for (size_t i = 0; i < COUNT_OF(MEDDLING); i++) {
        meddle("onestop.db", MEDDLING[i].sql);
        must_open();
        broken = 0;
        if (!CHECK(!store_chain_verify(store, 1, row.id, 1, 6, &head, &broken)) || !CHECK(broken == MEDDLING[i].broken))
            printf("%s: %u\n", MEDDLING[i].sql, broken);
        store_close(store);
        FILE *file = fopen(path_of("onestop.db"), "wb");
        must(file && fwrite(good.data, 1, good.len, file) == good.len && fclose(file) == 0);
    }
    must_open();
    CHECK(store_chain_verify(store, 1, row.id, 1, 6, &head, &broken));
    end();
}

static void a_body_opens_only_in_its_place(void)
{
    begin();
    Application row = draft(new_party());
    CHECK(write_application(&row) == OUTCOME_DONE);
    (void)write_chain(&row, 1, 2);
    store_close(store);
    meddle("onestop.db", "UPDATE entry SET body = (SELECT body FROM entry WHERE n = 1) WHERE n = 2");
    must_open();
    EntryList list = store_entries(store, arena, 1, row.id, 1);
    CHECK(list.count == 2 && list.at[0].body.len > 0 && list.at[1].body.len == 0);
    end();
}

/* ---- committing ---------------------------------------------------------------------------------------- */

enum { WRITERS = 8, CHANGES = 2000 };
static int64_t many_ids[WRITERS][CHANGES];
static int64_t many_party;
static atomic_int many_failed;

static void *write_many(void *which)
{
    int64_t *ids = many_ids[(intptr_t)which];
    Arena *own = arena_open(1 << 16);
    for (int i = 0; i < CHANGES; i++) {
        Application row = { .area = 1, .id = store_next_id(store), .party = many_party, .account = 7 };
        row.state = i % 2 ? APPLICATION_SENT : APPLICATION_DRAFT;
        row.label = str_printf(own, "label %d", i);
        row.answers = str_printf(own, "{\"i\":%d}", i);
        Entry entry = entry_n(1, row.answers);
        Change *change = change_begin(store, own);
        change_application(change, &row);
        (void)change_entry(change, 1, row.id, 0, many_party, &entry, &NO_HASH);
        Outcome outcome;
        while ((outcome = store_commit_wait(store, change)) == OUTCOME_BUSY)
            continue;
        atomic_fetch_add(&many_failed, outcome != OUTCOME_DONE);
        ids[i] = row.id;
        arena_reset(own);
    }
    arena_close(own);
    return NULL;
}

static bool count_application(void *context, const Application *application)
{
    CHECK(application->state == APPLICATION_SENT);
    return ++*(int *)context < 7500;
}

static void groups_from_many_threads_are_all_there(void)
{
    begin();
    many_party = new_party();
    pthread_t threads[WRITERS];
    for (intptr_t i = 0; i < WRITERS; i++)
        must(pthread_create(&threads[i], NULL, write_many, (void *)i) == 0);
    for (int i = 0; i < WRITERS; i++)
        must(pthread_join(threads[i], NULL) == 0);
    CHECK(atomic_load(&many_failed) == 0);
    reopen();
    int missing = 0;
    for (int w = 0; w < WRITERS; w++)
        for (int i = 0; i < CHANGES; i++) {
            Arena *scratch = arena_open(1 << 16);
            Application row;
            Str want = str_printf(scratch, "{\"i\":%d}", i);
            EntryList entries = store_entries(store, scratch, 1, many_ids[w][i], 0);
            missing += !(store_application(store, scratch, 1, many_ids[w][i], &row) && str_equal(row.answers, want) &&
                         entries.count == 1 && str_equal(entries.at[0].body, want));
            arena_close(scratch);
        }
    CHECK(missing == 0);
    int sent = 0;
    store_each_application(store, APPLICATION_SENT, count_application, &sent);
    CHECK(sent == 7500);                           /* of 8,000: it was told to stop */
    CHECK(store_applications_of(store, arena, 7).count == 200);
    end();
}

static sem_t holding, let_go;

static void hold_writer(void *context, Outcome outcome)
{
    (void)context;
    must(outcome == OUTCOME_DONE);
    must(sem_post(&holding) == 0);
    while (sem_wait(&let_go) != 0)
        continue;
}

static void note(void *context, Outcome outcome)
{
    *(Outcome *)context = outcome;
}

/* Until let_go is posted, everything queues up, and is one group. */
static void hold(void)
{
    must(sem_init(&holding, 0, 0) == 0 && sem_init(&let_go, 0, 0) == 0);
    store_commit(store, change_begin(store, arena), hold_writer, NULL);
    while (sem_wait(&holding) != 0)
        continue;
}

static void a_refused_change_harms_no_other_of_its_group(void)
{
    begin();
    int64_t party = new_party();
    Application rows[20];
    Outcome outcomes[20];
    hold();
    for (int i = 0; i < 20; i++) {
        rows[i] = draft(party);
        if (i % 5 == 4)
            rows[i].id = rows[0].id;               /* comes second */
        Change *change = change_begin(store, arena);
        Account account = { .id = 100 + i, .login = str_printf(arena, "login %d", i) };
        change_account(change, &account);
        change_application(change, &rows[i]);
        store_commit(store, change, note, &outcomes[i]);
    }
    must(sem_post(&let_go) == 0);
    reopen();
    for (int i = 0; i < 20; i++) {
        Account account;
        CHECK(outcomes[i] == (i % 5 == 4 ? OUTCOME_CONFLICT : OUTCOME_DONE));
        CHECK(store_account(store, arena, 100 + i, &account) == (i % 5 != 4)); /* all of a change, or nothing */
    }
    CHECK(store_applications_of(store, arena, 7).count == 16);
    end();
}

static void a_full_queue_says_so(void)
{
    begin();
    enum { SENT = 1030 };
    static Outcome outcomes[SENT];
    hold();
    for (int i = 0; i < SENT; i++) {
        Account account = { .id = 1 + i, .login = str_printf(arena, "login %d", i) };
        Change *change = change_begin(store, arena);
        change_account(change, &account);
        store_commit(store, change, note, &outcomes[i]);
    }
    Change *late = change_begin(store, arena);
    CHECK(store_commit_wait(store, late) == OUTCOME_BUSY);
    must(sem_post(&let_go) == 0);
    reopen();                                      /* closing writes what is queued */
    for (int i = 0; i < SENT; i++) {
        Account account;
        CHECK(outcomes[i] == (i < 1024 ? OUTCOME_DONE : OUTCOME_BUSY));
        CHECK(store_account(store, arena, 1 + i, &account) == (i < 1024));
    }
    end();
}

static void limit_file_size(rlim_t bytes)
{
    struct rlimit limit;
    must(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    limit.rlim_cur = bytes;
    must(setrlimit(RLIMIT_FSIZE, &limit) == 0);
}

static void a_disk_that_is_full_is_no_end(void)
{
    begin();
    Application row = draft(new_party()), found;
    CHECK(write_application(&row) == OUTCOME_DONE);
    signal(SIGXFSZ, SIG_IGN);
    limit_file_size(20000);
    row.version = 1;
    row.label = str_printf(arena, "%030000d", 1);
    Hash name;
    CHECK(write_application(&row) == OUTCOME_FAILED);
    CHECK(!store_is_well(store));
    CHECK(!change_file(change_begin(store, arena), row.party, row.label, &name));
    Change *change = change_begin(store, arena);
    for (int64_t i = 1; i < 2000; i++)
        change_party(change, 1000000 + i, PARTY_PERSON, NOON);
    CHECK(store_commit_wait(store, change) == OUTCOME_FAILED);
    CHECK(store_application(store, arena, 1, row.id, &found) && found.version == 1);
    limit_file_size(RLIM_INFINITY);
    for (int tenths = 0; !store_is_well(store) && tenths < 50; tenths++)
        usleep(100000);
    CHECK(store_is_well(store));                   /* it found out by itself */
    CHECK(write_application(&row) == OUTCOME_DONE);
    CHECK(change_file(change_begin(store, arena), row.party, row.label, &name));
    signal(SIGXFSZ, SIG_DFL);
    reopen();
    CHECK(store_application(store, arena, 1, row.id, &found) && found.version == 2);
    CHECK_STR(found.label, row.label);
    end();
}

static void a_key_outlives_the_change_that_brought_it(void)
{
    begin();
    int64_t party = store_next_id(store);
    Account account = { .id = 1, .login = S("wang") };
    Change *change = change_begin(store, arena);
    change_account(change, &account);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    Change *first = change_begin(store, arena), *second = change_begin(store, arena);
    Application row = draft(party);
    change_party(first, party, PARTY_BUSINESS, NOON);
    change_account(first, &account);               /* refused: the login is there */
    change_party(second, party, PARTY_BUSINESS, NOON); /* built before the first was tried: with another key */
    change_application(second, &row);
    CHECK(store_commit_wait(store, first) == OUTCOME_CONFLICT);
    CHECK(store_commit_wait(store, second) == OUTCOME_CONFLICT);
    Change *third = change_begin(store, arena);
    change_party(third, party, PARTY_BUSINESS, NOON);
    change_application(third, &row);
    CHECK(store_commit_wait(store, third) == OUTCOME_DONE);
    reopen();
    Application found;
    CHECK(store_application(store, arena, 1, row.id, &found));
    CHECK_STR(found.answers, row.answers);
    row.version = 1;
    row.party = 999999;                            /* nobody: nothing could be sealed for them */
    CHECK(write_application(&row) == OUTCOME_FAILED);
    end();
}

/* ---- files --------------------------------------------------------------------------------------------- */

static char *path_of_file(const Hash *name)
{
    Text text = text_begin(arena, 100);
    text_hash(&text, name);
    return path_of(str_terminated(arena, str_printf(arena, "files/%.2s/%.*s", text.data, STR_ARGS(text_str(&text)))));
}

static void files_are_sealed_and_prove_themselves(void)
{
    begin();
    int64_t party = new_party(), stranger = new_party();
    Hash name, again;
    Str content = str_printf(arena, "%%PDF planted %0100000d", 7), found;
    CHECK(change_file(change_begin(store, arena), party, content, &name));
    CHECK(change_file(change_begin(store, arena), party, content, &again) && !hash_equal(&name, &again));
    CHECK(!folder_holds(S("planted")));
    CHECK(store_file_get(store, arena, party, &name, &found) && str_equal(found, content));
    CHECK(!store_file_get(store, arena, stranger, &name, &found));
    CHECK(!change_file(change_begin(store, arena), 999999, content, &again));
    CHECK(store_file_exists(store, &name) && store_files_altered(store, arena).count == 0);
    FILE *file = fopen(path_of_file(&name), "r+b");
    must(file && fseek(file, 5000, SEEK_SET) == 0);
    int byte = fgetc(file);
    must(fseek(file, 5000, SEEK_SET) == 0 && fputc(byte ^ 1, file) != EOF && fclose(file) == 0);
    const HashList altered = store_files_altered(store, arena);
    CHECK(altered.count == 1 && hash_equal(&altered.at[0], &name));
    CHECK(!store_file_get(store, arena, party, &name, &found));
    must(remove(path_of_file(&name)) == 0);
    CHECK(!store_file_exists(store, &name));
    CHECK(!store_file_get(store, arena, party, &name, &found));
    end();
}

/* ---- keeping ------------------------------------------------------------------------------------------- */

typedef struct Planted {
    int64_t party;
    Application draft, sent;
    Hash file, draft_file;
} Planted;

/* Everything of one party, each with its own word in it. */
static Planted plant(Str word, int64_t account)
{
    Planted it = { .party = store_next_id(store) };
    Change *change = change_begin(store, arena);
    change_party(change, it.party, PARTY_PERSON, NOON);
    Account row = { .id = account, .login = str_printf(arena, "login%.*s", STR_ARGS(word)), .party = it.party };
    row.role = ROLE_APPLICANT;
    row.name = str_printf(arena, "name %.*s", STR_ARGS(word));
    change_account(change, &row);
    Session session = {
        .token = hash_of(word), .account = account, .created_at = NOON, .expires_at = { NOON.us + 1000 }
    };
    change_session(change, &session);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    it.draft = draft(it.party);
    it.draft.account = account;
    it.draft.label = str_printf(arena, "draft of %.*s", STR_ARGS(word));
    it.draft.answers = str_printf(arena, "{\"name\":\"%.*s\"}", STR_ARGS(word));
    CHECK(change_file(change_begin(store, arena), it.party, word, &it.file));
    CHECK(change_file(change_begin(store, arena), it.party, word, &it.draft_file));
    it.sent = it.draft;
    it.sent.id = store_next_id(store);
    it.sent.state = APPLICATION_SENT;
    it.sent.label = str_printf(arena, "label of %.*s", STR_ARGS(word));
    it.sent.sent_at = NOON;
    change = change_begin(store, arena);
    change_application(change, &it.draft);
    Evidence evidence = { .area = 1, .application = it.draft.id, .id = store_next_id(store), .file = it.draft_file };
    evidence.name = str_printf(arena, "%.*s.pdf", STR_ARGS(word));
    evidence.state = EVIDENCE_CURRENT;
    change_evidence(change, &evidence, it.party);
    evidence.application = it.sent.id;
    evidence.file = it.file;
    change_evidence(change, &evidence, it.party);
    change_session_access(change, &session.token, 1, it.sent.id);
    CaseRow row_of_case = case_of(&it.sent, 1, S("housing"), CASE_RECEIVED, date_of(2026, 10, 1));
    change_case(change, &row_of_case, 0);
    Entry entry = entry_n(1, it.draft.answers);
    it.sent.entries = 1;
    it.sent.head = change_entry(change, 1, it.sent.id, 0, it.party, &entry, &NO_HASH);
    change_application(change, &it.sent);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    return it;
}

static void the_erased_are_nowhere(void)
{
    begin();
    Planted gone = plant(S("zhangsanfeng"), 21), kept = plant(S("ouyangxiu"), 22);
    Application row = gone.sent, found;
    row.version = 1;
    row.label = S("second label of zhangsanfeng");
    CHECK(write_application(&row) == OUTCOME_DONE);
    CHECK(folder_holds(S("zhangsanfeng")));
    Errors errors = errors_begin(arena);
    CHECK(!store_erase(store, 424242, &errors) && errors.list.count == 1);
    CHECK(store_erase(store, gone.party, &errors) && errors.list.count == 1);
    CHECK(!folder_holds(S("zhangsanfeng")));
    CHECK(folder_holds(S("ouyangxiu")));
    CHECK(store_erase(store, gone.party, &errors)); /* what was cut off can be done again */
    for (int opened = 0; opened < 2; opened++) {
        Account account;
        Session session;
        Str content;
        Hash token = hash_of(S("zhangsanfeng"));
        uint32_t broken;
        CHECK(!store_account(store, arena, 21, &account) && !store_session(store, arena, &token, NOON, &session));
        CHECK(!store_session_may(store, &token, 1, gone.sent.id));
        CHECK(!store_application(store, arena, 1, gone.draft.id, &found));
        CHECK(store_application(store, arena, 1, gone.sent.id, &found));
        CHECK(found.party == 0 && found.account == 0 && found.label.len == 0 && found.answers.len == 0);
        CHECK(hash_equal(&found.secret, &NO_HASH) && found.version == 3 && found.entries == 1);
        CHECK(store_chain_verify(store, 1, gone.sent.id, 0, found.entries, &found.head, &broken));
        EntryList entries = store_entries(store, arena, 1, gone.sent.id, 0);
        CHECK(entries.count == 1 && entries.at[0].kind == ENTRY_RECEIVE && entries.at[0].body.len == 0);
        CHECK(store_evidence(store, arena, 1, gone.sent.id).count == 0);
        CHECK(store_cases(store, arena, 1, gone.sent.id).count == 1);
        CHECK(!store_file_exists(store, &gone.file));
        CHECK(!store_file_exists(store, &gone.draft_file));
        CHECK(store_account(store, arena, 22, &account) && store_evidence(store, arena, 1, kept.draft.id).count == 1);
        CHECK(store_application(store, arena, 1, kept.sent.id, &found));
        CHECK_STR(found.answers, S("{\"name\":\"ouyangxiu\"}"));
        CHECK(store_file_get(store, arena, kept.party, &kept.file, &content));
        CHECK(new_party() > kept.party);
        reopen();
    }
    Entry after = entry_n(2, S("a body for nobody"));
    Change *change = change_begin(store, arena);
    Hash head = change_entry(change, 1, gone.sent.id, 0, 0, &after, &gone.sent.head);
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    uint32_t broken;
    CHECK(store_chain_verify(store, 1, gone.sent.id, 0, 2, &head, &broken));
    CHECK(!folder_holds(S("a body for nobody")));
    end();
}

static void a_rebuilt_store_has_everything_that_no_fold_can_tell(void)
{
    begin();
    Planted it = plant(S("wang"), 21);
    Errors errors = errors_begin(arena);
    Store *abandoned = store_rebuild_begin(store, &errors);
    must(abandoned != NULL);
    store_close(abandoned);
    Store *fresh = store_rebuild_begin(store, &errors);
    must(fresh != NULL);
    Application row, found;
    uint32_t broken;
    CHECK(store_application(fresh, arena, 1, it.sent.id, &row));
    CHECK(row.party == it.party && row.account == 21 && row.state == APPLICATION_SENT && row.version == 1);
    CHECK(hash_equal(&row.secret, &it.sent.secret) && hash_equal(&row.pack, &it.sent.pack));
    CHECK(row.sent_at.us == NOON.us && row.created_at.us == NOON.us);
    CHECK_STR(row.event, S("open-restaurant"));
    CHECK(row.label.len == 0 && row.answers.len == 0 && row.entries == 0 && hash_equal(&row.head, &NO_HASH));
    CHECK(store_cases(fresh, arena, 1, it.sent.id).count == 0 &&
          store_evidence(fresh, arena, 1, it.sent.id).count == 0);
    CHECK(store_chain_verify(fresh, 1, it.sent.id, 0, 1, &it.sent.head, &broken));
    row.label = S("folded");
    row.answers = S("{\"folded\":true}");
    row.entries = 1;
    row.head = it.sent.head;
    CaseRow folded = case_of(&it.sent, 1, S("housing"), CASE_RECEIVED, DATE_NONE);
    Change *change = change_begin(fresh, arena);
    change_application(change, &row);
    change_case(change, &folded, 0);
    CHECK(store_commit_wait(fresh, change) == OUTCOME_DONE);
    CHECK(store_application(store, arena, 1, it.sent.id, &found)); /* the old one is as it was */
    CHECK_STR(found.label, S("label of wang"));
    int64_t number = store_next_id(fresh);
    CHECK(store_rebuild_swap(store, fresh, &errors));
    must_open();
    CHECK(errors.list.count == 0 && store_next_id(store) > number);
    CHECK(store_application(store, arena, 1, it.sent.id, &found) && found.version == 2);
    CHECK_STR(found.answers, S("{\"folded\":true}"));
    CHECK(store_cases(store, arena, 1, it.sent.id).count == 1);
    CHECK_STR(store_entries(store, arena, 1, it.sent.id, 0).at[0].body, S("{\"name\":\"wang\"}"));
    CHECK(store_application(store, arena, 1, it.draft.id, &found));
    CHECK_STR(found.label, S("draft of wang"));
    CHECK_STR(found.answers, S("{\"name\":\"wang\"}"));
    CHECK(store_evidence(store, arena, 1, it.draft.id).count == 1);
    Account account;
    Session session;
    Str content;
    Hash token = hash_of(S("wang"));
    CHECK(store_account(store, arena, 21, &account) && store_session(store, arena, &token, NOON, &session));
    CHECK(store_session_may(store, &token, 1, it.sent.id));
    CHECK(store_file_get(store, arena, it.party, &it.file, &content) && str_equal(content, S("wang")));
    CHECK(access(path_of("onestop.db-copy"), F_OK) != 0);
    end();
}

/* ---- queues -------------------------------------------------------------------------------------------- */

static void want_queue(QueueQuery query, Str want)
{
    QueueList list = store_queue(store, arena, &query);
    Text text = text_begin(arena, 1000);
    for (size_t i = 0; i < list.count; i++)
        text_printf(&text, "%.*s/%d ", STR_ARGS(list.at[i].label), list.at[i].row.k);
    CHECK_STR(text_str(&text), want);
}

static Application plant_queue(void)
{
    static const struct {
        const char *label, *authority;
        CaseState state;
        int due, rating;
    } CASES[] = {
        { "A 100% noodle_house", "housing", CASE_ACCEPTED, 5, 0 },
        { "B Teahouse", "housing", CASE_RECEIVED, 3, 0 },
        { "C noodle bar", "fire", CASE_ACCEPTED, 1, 0 },
        { "D Kiosk", "housing", CASE_WAITING, 0, 0 },
        { "E Kiosk", "housing", CASE_ISSUED, 0, 5 },
        { "F Kiosk", "housing", CASE_ISSUED, 0, 2 },
    };
    int64_t party = new_party();
    Application row = { 0 }, teahouse = { 0 };
    Change *change = change_begin(store, arena);
    for (int i = 0; i < (int)COUNT_OF(CASES); i++) {
        row = draft(party);
        row.label = str_from(CASES[i].label);
        change_application(change, &row);
        CaseRow it = case_of(&row, i + 1, str_from(CASES[i].authority), CASES[i].state,
                             CASES[i].due ? date_of(2026, 10, CASES[i].due) : DATE_NONE);
        it.rating = CASES[i].rating;
        it.next_at = (Instant){ CASES[i].due * 100 };
        change_case(change, &it, 0);
        if (i == 1)
            teahouse = row;
    }
    CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    return teahouse;
}

static void queues_are_queries(void)
{
    begin();
    Application teahouse = plant_queue();
    Str reference = store_reference(store, arena, teahouse.id);
    want_queue((QueueQuery){ 0 },
               S("C noodle bar/3 B Teahouse/2 A 100% noodle_house/1 D Kiosk/4 E Kiosk/5 F Kiosk/6 "));
    want_queue((QueueQuery){ .limit = 2 }, S("C noodle bar/3 B Teahouse/2 "));
    want_queue((QueueQuery){ .open_only = true }, S("C noodle bar/3 B Teahouse/2 A 100% noodle_house/1 D Kiosk/4 "));
    want_queue((QueueQuery){ .authority = S("housing"), .open_only = true },
               S("B Teahouse/2 A 100% noodle_house/1 D Kiosk/4 "));
    want_queue((QueueQuery){ .authority = S("hous") }, S(""));
    want_queue((QueueQuery){ .state = CASE_ACCEPTED }, S("C noodle bar/3 A 100% noodle_house/1 "));
    want_queue((QueueQuery){ .authority = S("fire"), .state = CASE_RECEIVED }, S(""));
    want_queue((QueueQuery){ .text = S(" NOODLE ") }, S("C noodle bar/3 A 100% noodle_house/1 "));
    want_queue((QueueQuery){ .text = S("100%") }, S("A 100% noodle_house/1 "));
    want_queue((QueueQuery){ .text = S("e_h") }, S("A 100% noodle_house/1 "));
    want_queue((QueueQuery){ .text = reference }, S("B Teahouse/2 "));
    want_queue((QueueQuery){ .text = reference, .authority = S("fire") }, S(""));
    want_queue((QueueQuery){ .text = S("noodle"), .limit = 1 }, S("C noodle bar/3 "));
    QueueList list = store_queue(store, arena, &(QueueQuery){ .text = reference });
    CHECK(list.count == 1 && list.at[0].row.application == teahouse.id && list.at[0].row.state == CASE_RECEIVED);
    CHECK_STR(list.at[0].event, S("open-restaurant"));
    CHECK(hash_equal(&list.at[0].pack, &teahouse.pack));
    end();
}

static void what_comes_by_itself_is_found_in_time(void)
{
    begin();
    plant_queue();
    CHECK(store_cases_due(store, arena, (Instant){ 99 }, 10, 0).count == 0);
    CaseRowList list = store_cases_due(store, arena, (Instant){ 499 }, 10, 0);
    CHECK(list.count == 2 && list.at[0].k == 3 && list.at[1].k == 2);
    CHECK(store_cases_due(store, arena, NOON, 10, 0).count == 3 && store_cases_due(store, arena, NOON, 1, 0).count == 1);
    end();
}

static void tallies_count_cases_and_grades(void)
{
    begin();
    plant_queue();
    TallyList list = store_tally(store, arena, date_of(2026, 10, 5));
    Text text = text_begin(arena, 1000);
    for (size_t i = 0; i < list.count; i++)
        text_printf(&text, "%.*s %.*s %d %d %d %d; ", STR_ARGS(list.at[i].authority),
                    STR_ARGS(case_state_word(list.at[i].state)), (int)list.at[i].cases, (int)list.at[i].late,
                    (int)list.at[i].rated, (int)list.at[i].rating_sum);
    CHECK_STR(text_str(&text), S("fire accepted 1 1 0 0; housing waiting 1 0 0 0; housing received 1 1 0 0; "
                                 "housing accepted 1 0 0 0; housing issued 2 0 2 7; "));
    end();
}

int main(void)
{
    RUN(a_folder_is_made_and_found_again);
    RUN(a_folder_in_use_is_refused);
    RUN(keys_that_do_not_belong_are_refused);
    RUN(tables_are_brought_forward_and_never_back);
    RUN(what_was_cut_off_is_cleared_away_at_the_start);
    RUN(numbers_are_given_once);
    RUN(references_lead_back_to_their_number);
    RUN(accounts_have_one_login);
    RUN(sessions_end);
    RUN(signing_in_takes_along_what_was_open);
    RUN(failed_tries_are_counted);
    RUN(drafts_go_there_and_back);
    RUN(a_stale_version_is_a_conflict);
    RUN(only_a_draft_is_dropped_and_only_as_it_was_read);
    RUN(an_account_sees_its_own_newest_first);
    RUN(evidence_keeps_its_place);
    RUN(cases_are_written_over_what_was_read);
    RUN(entries_are_read_as_they_were_written);
    RUN(a_chain_has_no_gap_and_no_fork);
    RUN(of_several_that_write_the_next_entry_one_wins);
    RUN(meddling_with_a_chain_is_found);
    RUN(a_body_opens_only_in_its_place);
    RUN(groups_from_many_threads_are_all_there);
    RUN(a_refused_change_harms_no_other_of_its_group);
    RUN(a_full_queue_says_so);
    RUN(a_disk_that_is_full_is_no_end);
    RUN(a_key_outlives_the_change_that_brought_it);
    RUN(files_are_sealed_and_prove_themselves);
    RUN(the_erased_are_nowhere);
    RUN(a_rebuilt_store_has_everything_that_no_fold_can_tell);
    RUN(queues_are_queries);
    RUN(what_comes_by_itself_is_found_in_time);
    RUN(tallies_count_cases_and_grades);
    return test_end();
}
