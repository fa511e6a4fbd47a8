/* Keeping: a damaged row, entry or file is named by the check; a damaged row is mended by the rebuild; and a person who is erased is in no
 * byte of the folder, while the chain still proves what happened. */
#include "story/office.h"

#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>

static const char PLANTED[] = "Zerubabel-Quince-7491";

static int64_t application;

static void open_again(void)
{
    Errors errors = errors_begin(arena);
    store = store_open(str_from(folder), &errors);
    must(store != NULL);
    desk = desk_open(arena, desk->pack, store);
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
    CHECK(!desk_rebuild(desk, &report, &errors));
    CHECK(str_find(text_str(&report), S("case 1: the journal ends at entry 3, its row knows 4")) != SIZE_MAX);
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

static char first_file[400];

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

static void remember(const char *file)
{
    if (!first_file[0] && strstr(file, "/files/"))
        snprintf(first_file, sizeof first_file, "%s", file);
}

static void a_damaged_file_is_named(void)
{
    first_file[0] = '\0';
    walk(folder, remember);
    FILE *file = fopen(first_file, "r+b");
    must(file && fseek(file, 30, SEEK_SET) == 0);
    int byte = fgetc(file);
    must(fseek(file, 30, SEEK_SET) == 0 && fputc(byte ^ 1, file) != EOF && fclose(file) == 0);
    CHECK(reported("is altered"));
    must(remove(first_file) == 0);
    CHECK(reported("is missing"));
}

static int bytes_found;

static void look_for_planted(const char *name)
{
    FILE *file = fopen(name, "rb");
    must(file != NULL);
    char *bytes = arena_alloc(arena, 8 << 20);
    size_t count = fread(bytes, 1, 8 << 20, file);
    must(fclose(file) == 0);
    if (memmem(bytes, count, PLANTED, sizeof PLANTED - 1)) {
        bytes_found++;
        printf("   found in %s\n", name);
    }
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
    CHECK(entries.count == 4 && entries.at[3].kind == ENTRY_ISSUE && entries.at[3].body.len == 0);
}

int main(void)
{
    office_open("packs/zhejiang");
    on(2026, 9, 21);
    RUN(send_one);
    RUN(a_damaged_row_is_named_and_mended);
    RUN(a_lost_row_is_named_and_mended);
    RUN(every_damage_is_named);
    RUN(a_rebuild_does_not_hide_a_lost_entry);
    RUN(an_erased_person_is_in_no_byte);
    RUN(send_one);
    RUN(a_damaged_entry_is_named);
    RUN(a_damaged_file_is_named);
    office_close();
    return test_end();
}
