/* A pack changes while cases run: what was sent keeps the rules under which it was sent, every date follows the newest calendar, and a
 * draft follows the law as it is now. */
#include "story/pack_copy.h"
#include "story/restaurant.h"

#include <sqlite3.h>

static void serve(const Pack *pack)
{
    Errors errors = errors_begin(arena);
    desk = desk_open(arena, pack, store, now, &errors);
    must(desk != NULL);
}

static int64_t running, drafted;

/* Accepted on 23 September 2026; ten working days with the Mid-autumn and National Day holidays left out, 10 October worked. */
static void under_the_first_version(void)
{
    running = registered(true);
    on(2026, 9, 23);
    CHECK(act(running, "food-business-licence", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_DATE(case_of(running, "food-business-licence").due, "2026-10-14");
    drafted = begin();
    CHECK(answer_everything(drafted) > 15);
}

/* The limit becomes 20 working days, and 9 October is declared free. */
static void a_new_version_is_served(void)
{
    replace("services/restaurant/food-business-licence.yaml", S("  - statutory: 10 working days"), S("  - statutory: 20 working days"));
    replace("calendar.yaml", S("to: 2026-10-07"), S("to: 2026-10-09"));
    const Pack *newer = load();
    if (!newer)
        return;
    serve(newer);
    CHECK(desk->packs.count == 2);
}

static void what_was_sent_keeps_its_rules_and_follows_the_calendar(void)
{
    CHECK(case_of(running, "food-business-licence").next_at.us == LOOK_AGAIN.us);
    Text report = text_begin(arena, 1 << 20);
    CHECK(desk_check(desk, &report) == 0);
    on(2026, 9, 24);
    /* Still ten working days, but 8 and 9 October are free now: 14 October becomes 16 October. */
    CHECK_DATE(case_of(running, "food-business-licence").due, "2026-10-16");
    ApplicationView view;
    CHECK(desk_application(desk, arena, &resident, USE_APPLICATION, running, now, &view) == VERDICT_OK);
    const CaseView *one = application_case(&view, case_of(running, "food-business-licence").k);
    CHECK(one && one->limit->statutory.amount == 10);
    CHECK(desk_check(desk, &report) == 0);
}

static void a_draft_follows_the_newest(void)
{
    Draft draft = draft_of(drafted);
    CHECK(draft.pack == desk->pack);
    bring_everything(drafted, true);
    CHECK(send(drafted) == VERDICT_OK);
    ApplicationView view;
    CHECK(desk_application(desk, arena, &resident, USE_APPLICATION, drafted, now, &view) == VERDICT_OK);
    CHECK(view.pack == desk->pack);
}

/* Served once more as it was first: nothing is lost, and a version that nobody needs is not kept. */
static void versions_that_are_needed_are_kept_and_no_other(void)
{
    copy_again();
    replace("pack.yaml", S("Hangzhou"), S("Hangzhou city"));
    const Pack *passing = load();
    if (!passing)
        return;
    serve(passing);
    CHECK(store_packs(store, arena).count == 3);
    copy_again();
    const Pack *first = load();
    if (!first)
        return;
    serve(first);
    CHECK(store_packs(store, arena).count == 2);
    serve(NULL);
    CHECK(hash_equal(&desk->pack->version, &first->version));
    on(2026, 9, 25);
    CHECK_DATE(case_of(running, "food-business-licence").due, "2026-10-14");
    Text report = text_begin(arena, 1 << 20);
    CHECK(desk_check(desk, &report) == 0);
}

/* The newest is the one served last, whatever the machine's clock says of it. */
static void a_clock_that_was_set_back_changes_no_order(void)
{
    replace("pack.yaml", S("Hangzhou"), S("Hangzhou city"));
    const Pack *newer = load();
    if (!newer)
        return;
    now.us -= 3 * DAY_US;
    serve(newer);
    serve(NULL);
    CHECK(hash_equal(&desk->pack->version, &newer->version));
}

static void behind_its_back(const char *sql)
{
    sqlite3 *db;
    must(sqlite3_open(str_terminated(arena, str_printf(arena, "%s/onestop.db", folder)), &db) == SQLITE_OK);
    must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
    must(sqlite3_close(db) == SQLITE_OK);
}

/* A version that goes because nothing was sent under it need not be readable any more. */
static void what_nobody_needs_hinders_nobody(void)
{
    behind_its_back("INSERT INTO pack (version, text, served_at) VALUES (zeroblob(32), '{}', 0)");
    copy_again();
    serve(load());
    CHECK(store_packs(store, arena).count == 2 && desk->packs.count == 2);
}

/* The rows of an older program may lack a date that this one computes. */
static void a_running_case_without_a_date_is_looked_at_too(void)
{
    behind_its_back("UPDATE kase SET due = NULL, next_at = 0");
    Text report = text_begin(arena, 1 << 20);
    CHECK(desk_check(desk, &report) > 0);
    replace("pack.yaml", S("Hangzhou"), S("Hangzhou city"));
    serve(load());
    on(2026, 9, 25);
    CHECK_DATE(case_of(running, "food-business-licence").due, "2026-10-14");
    CHECK(desk_check(desk, &report) == 0);
}

int main(void)
{
    office_open("packs/zhejiang");
    must(mkdtemp(copy) != NULL);
    copy_again();
    on(2026, 9, 21);
    resident = account_of("resident", ROLE_APPLICANT, "");
    RUN(under_the_first_version);
    RUN(a_new_version_is_served);
    RUN(what_was_sent_keeps_its_rules_and_follows_the_calendar);
    RUN(a_draft_follows_the_newest);
    RUN(versions_that_are_needed_are_kept_and_no_other);
    RUN(a_clock_that_was_set_back_changes_no_order);
    RUN(what_nobody_needs_hinders_nobody);
    RUN(a_running_case_without_a_date_is_looked_at_too);
    run(str_terminated(arena, str_printf(arena, "rm -rf %s", copy)));
    office_close();
    return test_end();
}
