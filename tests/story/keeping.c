/* Keeping: a damaged row, entry or file is named by the check; a damaged row is mended by the rebuild; and a person who is erased is in no
 * byte of the folder, while the chain still proves what happened. */
#include "story/office.h"

#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>

static const char PLANTED[] = "zerubabel-quince-7491"; /* small letters: it is a login too */

static int64_t application;

static void open_again(void)
{
    Errors errors = errors_begin(arena);
    store = store_open(str_from(folder), &errors);
    must(store != NULL);
    desk = desk_open(arena, desk->pack, store, now, &errors);
    must(desk != NULL);
}

static int faults(Text *report)
{
    *report = text_begin(arena, 1 << 20);
    return desk_check(desk, report);
}

static bool reported(const char *what)
{
    Text report;
    bool found = faults(&report) > 0 && str_find(text_str(&report), str_from(what)) != SIZE_MAX;
    if (!found)
        printf("%.*s", STR_ARGS(text_str(&report)));
    return found;
}

/* Damages the database behind the program's back. */
static void damage(const char *sql)
{
    sqlite3 *db;
    char path[200], *message = NULL;
    store_close(store);
    snprintf(path, sizeof path, "%s/onestop.db", folder);
    must(sqlite3_open(path, &db) == SQLITE_OK);
    if (!CHECK(sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK))
        printf("   %s\n", message);
    CHECK(sqlite3_changes(db) > 0);
    must(sqlite3_close(db) == SQLITE_OK);
    open_again();
}

static void rebuild(void)
{
    Text report = text_begin(arena, 1 << 16);
    Errors errors = errors_begin(arena);
    CHECK(desk_rebuild(desk, &report, &errors));
    open_again();
}

static void send_one(void)
{
    Change *change;
    CHECK(desk_demo_draft(desk, arena, S("open-a-restaurant"), now, &application));
    must(store_account_by_login(store, arena, S("resident"), &resident.account));
    Draft draft = draft_of(application);
    Form name = { 0 }, form = FORM({ "declared", "yes" });
    list_push(arena, &name, (Field){ draft.event->label->id, str_from(PLANTED) });
    CHECK(DO(desk_answer(desk, arena, &resident, application, draft.event->label->id, &name, now, change, &problems)) == VERDICT_OK);
    CHECK(DO(desk_send(desk, arena, &resident, application, &form, now, change, &problems)) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_ACCEPT, FORM({ "message", PLANTED })) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_ISSUE, FORM({ "number", PLANTED })) == VERDICT_OK);
    Text report;
    if (!CHECK(faults(&report) == 0))
        printf("%.*s", STR_ARGS(text_str(&report)));
}

static void a_damaged_row_is_named_and_mended(void)
{
    damage("UPDATE kase SET state = 9 WHERE k = 1");
    CHECK(reported("case 1: the row says"));
    rebuild();
    Text report;
    if (!CHECK(faults(&report) == 0))
        printf("%.*s", STR_ARGS(text_str(&report)));
    CHECK_STATE(application, "business-registration", "issued");
}

static void a_lost_row_is_named_and_mended(void)
{
    damage("DELETE FROM kase WHERE k = 2");
    CHECK(reported("case 2: the row is missing"));
    rebuild();
    Text report;
    CHECK(faults(&report) == 0);
}

/* ---- every kind of damage is named; the database is put back after each ------------------------------------------ */

static void copy_database(const char *from, const char *to)
{
    char command[300];
    store_close(store);
    snprintf(command, sizeof command, "cp %s/%s %s/%s", folder, from, folder, to);
    must(system(command) == 0);
    open_again();
}

/* Entries of two cases changed places. */
#define SWAP_ENTRIES                                 \
    "UPDATE entry SET k = -1 WHERE k = 2 AND n = 1;" \
    "UPDATE entry SET k = 2 WHERE k = 3 AND n = 1;"  \
    "UPDATE entry SET k = 3 WHERE k = -1"

static const struct {
    const char *sql, *named;
} DAMAGES[] = {
    { "DELETE FROM application", "the row of the application is missing" },
    { "UPDATE application SET state = 1", "the row of the application is missing" },
    { "UPDATE application SET sent_at = sent_at + 1", "the row's answers or times are not what the journal says" },
    { "UPDATE application SET label = 'x'", "the row's answers or times are not what the journal says" },
    { "UPDATE application SET answers = NULL", "the row's answers or times are not what the journal says" },
    { "UPDATE application SET event = 'x'", "its pack has no event \"x\"" },
    { "UPDATE application SET entries = 2", "entry 2 of the journal" },
    { "UPDATE application SET head = zeroblob(32)", "entry 1 of the journal" },
    { "DELETE FROM kase WHERE k = 2", "case 2: the row is missing" },
    { "UPDATE kase SET k = 77 WHERE k = 2", "case 2: the row is missing" },
    { "UPDATE kase SET k = 77 WHERE k = 2", "case 77: the journal has no such case" },
    { "UPDATE kase SET due = 3 WHERE k = 2", "case 2: the row's dates" },
    { "UPDATE kase SET authority = 'x' WHERE k = 2", "case 2: the row names another" },
    { "UPDATE kase SET state = 99 WHERE k = 2", "case 2: the row says" },
    { "UPDATE kase SET head = zeroblob(32) WHERE k = 1", "case 1: entry 4 of the journal" },
    { "DELETE FROM entry WHERE k = 1 AND n = 4", "case 1: entry 4 of the journal" },
    { "DELETE FROM entry WHERE k = 1 AND n = 2", "case 1: entry 2 of the journal" },
    { "DELETE FROM entry WHERE k = 0", "entry 1 of the journal" },
    { "DELETE FROM entry WHERE k = 2", "case 2: entry 1 of the journal" },
    { "INSERT INTO entry SELECT area, application, k, 5, kind, role, at, on_day, until_day, period_amount, period_unit, what, salt, body,"
      " hash FROM entry WHERE k = 1 AND n = 4", "case 1: entry 5 of the journal" },
    { "INSERT INTO entry SELECT area, application, 99, n, kind, role, at, on_day, until_day, period_amount, period_unit, what, salt, body,"
      " hash FROM entry WHERE k = 1", "case 99: the journal has entries of a case that was never sent" },
    { SWAP_ENTRIES, "case 2: entry 1 of the journal" },
    { SWAP_ENTRIES, "case 3: entry 1 of the journal" },
    { "UPDATE entry SET kind = 99 WHERE k = 2", "case 2: entry 1 of the journal" },
    { "UPDATE entry SET what = 'x' WHERE k = 0", "entry 1 of the journal" },
    { "UPDATE evidence SET state = 3 WHERE k = 0", "the row of evidence" },
    { "UPDATE evidence SET type = 'x' WHERE k = 0", "the row of evidence" },
    { "UPDATE evidence SET size = size + 1 WHERE k = 0", "the row of evidence" },
    { "UPDATE evidence SET name = zeroblob(9) WHERE k = 1", "the row of evidence" },
    { "DELETE FROM evidence WHERE k = 1", "the row of evidence" },
    { "UPDATE evidence SET application = 1", "rows of evidence belong to no application" },
};

static void every_damage_is_named(void)
{
    copy_database("onestop.db", "whole");
    for (size_t i = 0; i < COUNT_OF(DAMAGES); i++) {
        damage(DAMAGES[i].sql);
        if (!CHECK(reported(DAMAGES[i].named)))
            printf("   after %s\n", DAMAGES[i].sql);
        copy_database("whole", "onestop.db");
    }
    Text report;
    CHECK(faults(&report) == 0);
    char whole[100];
    snprintf(whole, sizeof whole, "%s/whole", folder);
    must(remove(whole) == 0);
}

/* Making the rows anew from a journal that lost its end would hide the loss. */
static void a_rebuild_does_not_hide_a_lost_entry(void)
{
    copy_database("onestop.db", "whole");
    damage("DELETE FROM entry WHERE k = 1 AND n = 4");
    Text report = text_begin(arena, 1 << 16);
    Errors errors = errors_begin(arena);
    /* Nor does what is done in another case meanwhile. */
    Change *change;
    CHECK(DO(desk_withdraw(desk, arena, &resident, application, 2, now, change)) == VERDICT_OK);
    CHECK(!desk_rebuild(desk, &report, &errors));
    CHECK(str_find(text_str(&report), S("case 1: the journal ends at entry 3, its row knows 4")) != SIZE_MAX);
    copy_database("whole", "onestop.db");
    char whole[100];
    snprintf(whole, sizeof whole, "%s/whole", folder);
    must(remove(whole) == 0);
}

/* Cases that nobody can bring up to date, more than are taken at once: the others are looked at all the same, and it ends. */
static void what_cannot_be_settled_holds_nobody_up(void)
{
    copy_database("onestop.db", "whole");
    damage("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) INSERT INTO kase SELECT area, application,"
           " 1000 + i, 'gone', authority, 2, 1, head, received, NULL, due, NULL, 2, 0 FROM kase, n WHERE k = 1");
    damage("UPDATE kase SET next_at = 3 WHERE k = 3");
    (void)alarm(60);
    desk_tick(desk, now);
    (void)alarm(0);
    CaseRowList rows = store_cases(store, arena, desk->pack->area, application);
    CHECK(rows.at[2].k == 3 && rows.at[2].next_at.us != 3);
    copy_database("whole", "onestop.db");
    char whole[100];
    snprintf(whole, sizeof whole, "%s/whole", folder);
    must(remove(whole) == 0);
}

static void a_damaged_entry_is_named(void)
{
    damage("UPDATE entry SET at = at + 1 WHERE k = 1 AND n = 2");
    CHECK(reported("case 1: entry 2 of the journal"));
    damage("UPDATE entry SET at = at - 1 WHERE k = 1 AND n = 2");
    Text report;
    CHECK(faults(&report) == 0);
    damage("UPDATE entry SET body = zeroblob(length(body)) WHERE k = 0 AND n = 1");
    CHECK(reported("entry 1 of the journal"));
}

static void walk(const char *path, void (*each)(const char *file))
{
    DIR *open_folder = opendir(path);
    must(open_folder != NULL);
    for (struct dirent *entry; (entry = readdir(open_folder)) != NULL;) {
        char below[400];
        struct stat status;
        if (entry->d_name[0] == '.')
            continue;
        must((size_t)snprintf(below, sizeof below, "%s/%s", path, entry->d_name) < sizeof below && stat(below, &status) == 0);
        S_ISDIR(status.st_mode) ? walk(below, each) : each(below);
    }
    closedir(open_folder);
}


static const char *path_of_file(const Hash *name)
{
    Text text = text_begin(arena, 100);
    text_hash(&text, name);
    const Str hex = text_str(&text);
    return str_terminated(arena, str_printf(arena, "%s/files/%.2s/%.*s", folder, hex.data, STR_ARGS(hex)));
}

static void flip_a_bit(const char *path)
{
    FILE *file = fopen(path, "r+b");
    must(file && fseek(file, 30, SEEK_SET) == 0);
    int byte = fgetc(file);
    must(fseek(file, 30, SEEK_SET) == 0 && fputc(byte ^ 1, file) != EOF && fclose(file) == 0);
}

static void a_damaged_file_is_named(void)
{
    const EvidenceList files = store_evidence(store, arena, desk->pack->area, application);
    must(files.count > 0);
    const char *path = path_of_file(&files.at[0].file);
    flip_a_bit(path);
    CHECK(reported("is altered"));
    must(remove(path) == 0);
    CHECK(reported("is missing"));
}

/* A draft has no journal, and a file whose change was cut off is named by nothing: both are proved all the same. */
static void damage_beside_the_journal_is_named(void)
{
    int64_t draft;
    Hash unused;
    CHECK(desk_demo_draft(desk, arena, S("open-a-restaurant"), now, &draft));
    must(store_account_by_login(store, arena, S("resident"), &resident.account));
    const EvidenceList files = store_evidence(store, arena, desk->pack->area, draft);
    must(files.count > 0 && change_file(change_begin(store, arena), resident.account.party, S("twenty bytes, and then some"), &unused));
    Text report;
    CHECK(faults(&report) == 0);
    flip_a_bit(path_of_file(&unused));
    CHECK(reported("which no application uses, is altered"));
    flip_a_bit(path_of_file(&unused));
    flip_a_bit(path_of_file(&files.at[0].file));
    CHECK(reported("is altered"));
    flip_a_bit(path_of_file(&files.at[0].file));
    damage("UPDATE application SET answers = zeroblob(60) WHERE state = 1");
    CHECK(reported("the draft's answers cannot be opened"));
    damage("DELETE FROM application WHERE state = 1");
    CHECK(reported("rows of evidence belong to no application"));
    damage("DELETE FROM evidence WHERE (area, application) NOT IN (SELECT area, id FROM application)");
    CHECK(faults(&report) == 0);
}

static int bytes_found;

static void look_for_planted(const char *name)
{
    FILE *file = fopen(name, "rb");
    must(file != NULL);
    Arena *scratch = arena_open(8 << 20);
    char *bytes = arena_alloc(scratch, 8 << 20);
    size_t count = fread(bytes, 1, 8 << 20, file);
    must(fclose(file) == 0);
    if (memmem(bytes, count, PLANTED, sizeof PLANTED - 1)) {
        bytes_found++;
        printf("   found in %s\n", name);
    }
    arena_close(scratch);
}

/* A terminal of another encoding, a blank too many: nobody could sign in with what a page cannot take. */
static void an_account_that_nobody_could_type_is_not_made(void)
{
    static const struct {
        const char *login, *password, *name;
    } BAD[] = { { "a b", "a long password", "Somebody" },       { "", "a long password", "Somebody" },
                { "a\x01b", "a long password", "Somebody" },     { "\xC4\xE3", "a long password", "Somebody" },
                { "a\x7F", "a long password", "Somebody" },      { "a", "\xC4\xE3\xBA\xC3 password", "Somebody" },
                { "a", "a long \x01 password", "Somebody" },     { "a", "a long password", "\xC4\xE3" },
                { "a", "short", "Somebody" } };
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        Change *change = change_begin(store, arena);
        if (!CHECK(desk_account_add(desk, arena, str_from(BAD[i].login), str_from(BAD[i].password), ROLE_APPLICANT, STR_NONE,
                                    str_from(BAD[i].name), PARTY_PERSON, now, change) == VERDICT_PROBLEMS))
            printf("   number %zu\n", i);
        CHECK(change_is_empty(change));
    }
}

/* Under the login with which the demo answers all questions, so that it does so for her; and she is signed in. */
static void she_registers(void)
{
    Change *change;
    const Hash token = hash_of(S("her cookie"));
    const Actor nobody = { .session = hash_of(S("a stranger's cookie")) };
    Form form = FORM({ "login", "resident" }, { "name", PLANTED }, { "password", "a long password" }, { "kind", "person" });
    CHECK(DO(desk_register(desk, arena, &nobody, &form, &token, now, change, &problems)) == VERDICT_OK);
    must(store_account_by_login(store, arena, S("resident"), &resident.account));
    resident.session = token;
}

/* Wherever a person can write: the label, a member of a list, a file and its name. */
static void plant_in_draft(int64_t draft)
{
    Change *change;
    const Draft it = draft_of(draft);
    char bytes[sizeof PNG + sizeof PLANTED];
    memcpy(bytes, PNG, sizeof PNG);
    memcpy(bytes + sizeof PNG, PLANTED, sizeof PLANTED);
    Form label = { 0 }, cook = FORM({ "staff_name", PLANTED }, { "staff_identity_number", "11010519491231002X" },
                                    { "handles_food", "yes" }, { "has_health_certificate", "yes" },
                                    { "employed", "yes" });
    list_push(arena, &label, (Field){ it.event->label->id, str_from(PLANTED) });
    CHECK(DO(desk_answer(desk, arena, &resident, draft, it.event->label->id, &label, now, change, &problems)) == VERDICT_OK);
    CHECK(DO(desk_member(desk, arena, &resident, draft, S("staff"), STR_NONE, &cook, now, change, &problems)) == VERDICT_OK);
    CHECK(DO(desk_members_done(desk, arena, &resident, draft, S("staff"), now, change, &problems)) == VERDICT_OK);
    const Upload upload = { .name = str_printf(arena, "%s.png", PLANTED), .content = { bytes, sizeof bytes } };
    const Draft later = draft_of(draft);
    for (size_t i = 0; i < later.plan->slots.count; i++)
        if (later.plan->slots.at[i].source == SOURCE_UPLOAD)
            CHECK(DO(desk_upload(desk, arena, &resident, draft, later.plan->slots.at[i].id, STR_NONE, &upload, now, change,
                                 &problems)) == VERDICT_OK);
}

/* A plan that ran out of memory has no services: nothing built upon it may be written. */
static void nothing_is_sent_when_memory_runs_out(void)
{
    int64_t draft;
    Problems wrong = { 0 };
    Form declared = FORM({ "declared", "yes" });
    CHECK(desk_demo_draft(desk, arena, S("open-a-restaurant"), now, &draft));
    Arena *small = arena_open(64 << 10);
    Change *change = change_begin(store, small);
    const Verdict verdict = desk_send(desk, small, &resident, draft, &declared, now, change, &wrong);
    CHECK(arena_is_full(small));
    CHECK(verdict != VERDICT_OK || store_commit_wait(store, change) == OUTCOME_FAILED);
    arena_close(small);
    Application row;
    CHECK(store_application(store, arena, desk->pack->area, draft, &row) && row.state == APPLICATION_DRAFT);
}

/* A draft beside what was sent; a notice, the note that answers it, a rating. */
static void plant_everywhere(void)
{
    Change *change;
    int64_t draft;
    CHECK(desk_demo_draft(desk, arena, S("open-a-restaurant"), now, &draft));
    plant_in_draft(draft);
    Form declared = FORM({ "declared", "yes" }), note = FORM({ "note", PLANTED }), grade = FORM({ "grade", "5" }, { "text", PLANTED });
    CHECK(desk_demo_draft(desk, arena, S("open-a-restaurant"), now, &application));
    plant_in_draft(application);
    CHECK(DO(desk_send(desk, arena, &resident, application, &declared, now, change, &problems)) == VERDICT_OK);
    const int32_t k = case_of(application, "business-registration").k;
    CHECK(act(application, "business-registration", ENTRY_ASK, FORM({ "message", PLANTED })) == VERDICT_OK);
    CHECK(DO(desk_supply(desk, arena, &resident, application, k, &note, now, change, &problems)) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_ACCEPT, FORM({ "message", PLANTED })) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_GRANT, FORM({ "message", PLANTED })) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_ISSUE, FORM({ "number", PLANTED })) == VERDICT_OK);
    CHECK(DO(desk_rate(desk, arena, &resident, application, k, &grade, now, change, &problems)) == VERDICT_OK);
}

static void an_erased_person_is_in_no_byte(void)
{
    Errors errors = errors_begin(arena);
    /* While she is known, her restaurant's name stands in a row, so the search below can find something. */
    bytes_found = 0;
    walk(folder, look_for_planted);
    CHECK(bytes_found > 0);
    CHECK(store_erase(store, resident.account.party, &errors));
    store_close(store);
    bytes_found = 0;
    walk(folder, look_for_planted);
    CHECK(bytes_found == 0);
    open_again();
    Text report;
    if (!CHECK(faults(&report) == 0))
        printf("%.*s", STR_ARGS(text_str(&report)));
    CaseRowList rows = store_cases(store, arena, desk->pack->area, application);
    CHECK(rows.count > 5);
    EntryList entries = store_entries(store, arena, desk->pack->area, application, 1);
    CHECK(entries.count == 7 && entries.at[5].kind == ENTRY_ISSUE && entries.at[5].body.len == 0);
    Account account;
    Session session;
    CHECK(!store_account_by_login(store, arena, S("resident"), &account));
    CHECK(!store_session(store, arena, &resident.session, now, &session));
    rebuild();
    CHECK(faults(&report) == 0);
    bytes_found = 0;
    walk(folder, look_for_planted);
    CHECK(bytes_found == 0);
}

/* The demo's accounts have public passwords: they come into no folder that is used for anything else … */
static void a_folder_in_use_becomes_no_demo(void)
{
    Errors errors = errors_begin(arena);
    Account account;
    CHECK(store_use(store) == STORE_IN_USE);
    CHECK(!desk_demo(desk, now, &errors) && errors.list.count == 1);
    CHECK(!store_account_by_login(store, arena, S("supervisor"), &account));
}

/* … and a folder that has them is a demo for ever. */
static void a_demo_stays_a_demo(void)
{
    CHECK(store_use(store) == STORE_DEMO);
    rebuild();
    CHECK(store_use(store) == STORE_DEMO);
}

int main(void)
{
    office_open("packs/zhejiang");
    on(2026, 9, 21);
    must(store_use(store) == STORE_EMPTY);
    RUN(an_account_that_nobody_could_type_is_not_made);
    RUN(she_registers);
    RUN(a_folder_in_use_becomes_no_demo);
    RUN(send_one);
    RUN(a_damaged_row_is_named_and_mended);
    RUN(a_lost_row_is_named_and_mended);
    RUN(every_damage_is_named);
    RUN(damage_beside_the_journal_is_named);
    RUN(a_rebuild_does_not_hide_a_lost_entry);
    RUN(what_cannot_be_settled_holds_nobody_up);
    RUN(nothing_is_sent_when_memory_runs_out);
    RUN(plant_everywhere);
    RUN(an_erased_person_is_in_no_byte);
    RUN(send_one);
    RUN(a_demo_stays_a_demo);
    RUN(a_damaged_entry_is_named);
    RUN(a_damaged_file_is_named);
    office_close();
    return test_end();
}
