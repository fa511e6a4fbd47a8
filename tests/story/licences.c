/* What the Licensing Law and the Visit-Once Provisions make of time that passes, beyond the restaurant: renewal, a common limit of several
 * authorities, a promise that is looked at afterwards, lights. The numbers of the examples are those of the collection of worked
 * examples. */
#include "story/pack_copy.h"
#include "story/simple.h"

static void open_with_more_services(void)
{
    char command[300];
    must(mkdtemp(copy) != NULL);
    copy_again();
    snprintf(command, sizeof command, "cp tests/story/licences.yaml %s/", copy);
    run(command);
    office_open(copy);
}

static void accept(int64_t application, const char *service)
{
    CHECK(act(application, service, ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
}

/* LAW cn.licensing art.50(2), example CN-12: asked for 33 days before, not decided: renewed on the day after it would have ended. */
static void what_is_not_decided_before_it_ends_is_renewed(void)
{
    on(2026, 9, 28);
    int64_t application = applied("renew", "licence_ends", "2026-10-31");
    accept(application, "renewed-licence");
    CHECK_DATE(clock_of(application, "renewed-licence", CLOCK_EXPIRY)->due.date, "2026-10-31");
    on(2026, 10, 31);
    CHECK_STATE(application, "renewed-licence", "accepted");
    on(2026, 11, 1);
    CHECK_STATE(application, "renewed-licence", "granted");
    CHECK(case_now(application, "renewed-licence").deemed);
    CHECK_STR(entries_of(application, "renewed-licence", ENTRY_DEEM), S("2026-11-01"));
    /* LAW cn.licensing art.44: the paper is due although nobody decided. */
    CHECK_DATE(clock_of(application, "renewed-licence", CLOCK_DELIVERY)->due.date, "2026-11-13");
}

/* LAW cn.licensing art.50(2), example CN-13: asked for too late, silence renews nothing. */
static void what_is_asked_for_too_late_is_not_renewed_by_silence(void)
{
    on(2026, 10, 1);
    int64_t last_day = applied("renew", "licence_ends", "2026-10-31"); /* 30 days before: in time */
    on(2026, 10, 20);
    int64_t late = applied("renew", "licence_ends", "2026-10-31");
    accept(late, "renewed-licence");
    on(2026, 11, 2);
    CHECK_STATE(last_day, "renewed-licence", "granted");
    CHECK_STATE(late, "renewed-licence", "accepted");
    CHECK(str_find(entries_of(late, "renewed-licence", ENTRY_LIGHT), S("2026-11-01 red expiry")) != SIZE_MAX);
}

/* LAW cn.licensing art.50(2): who completes the papers after it ended has let it end. */
static void what_was_incomplete_when_it_ended_is_not_renewed(void)
{
    Change *change;
    on(2026, 9, 28);
    int64_t application = applied("renew", "licence_ends", "2026-10-31");
    on(2026, 10, 23);
    CHECK(act(application, "renewed-licence", ENTRY_ASK, FORM({ "message", "Who are you?" })) == VERDICT_OK);
    on(2026, 11, 2);
    CHECK_STATE(application, "renewed-licence", "correction");
    Form form = FORM({ "note", "As above" });
    CHECK(DO(desk_supply(desk, arena, &resident, application, 1, &form, now, change, &problems)) == VERDICT_OK);
    on(2026, 11, 20);
    CHECK_STATE(application, "renewed-licence", "received");
}

/* LAW cn.licensing art.50(2): a special step stops the limit to decide, not the end of the licence. */
static void a_suspension_does_not_keep_it_from_being_renewed(void)
{
    on(2026, 9, 21);
    int64_t application = applied("renew", "licence_ends", "2026-10-31");
    accept(application, "renewed-licence");
    on(2026, 9, 22);
    CHECK(act(application, "renewed-licence", ENTRY_SUSPEND, FORM({ "ground", "own-report" }, { "days", "9" }, { "reason", "x" })) == VERDICT_PROBLEMS);
    CHECK(act(application, "renewed-licence", ENTRY_SUSPEND, FORM({ "ground", "expert-review" }, { "days", "30" }, { "reason", "x" })) == VERDICT_OK);
    on(2026, 11, 1);
    CHECK_STATE(application, "renewed-licence", "granted");
    CHECK_STR(entries_of(application, "renewed-licence", ENTRY_DEEM), S("2026-11-01"));
}

/* LAW cn.licensing art.42(2), example CN-07: 45 days for all together from the first acceptance, 15 more with approval, once. */
static void several_authorities_have_one_limit_together(void)
{
    on(2026, 6, 15);
    int64_t application = applied("both", NULL, NULL);
    CHECK(!date_is_set(clock_of(application, "first-licence", CLOCK_BUNDLE)->due.date));
    accept(application, "first-licence");
    CHECK_DATE(clock_of(application, "first-licence", CLOCK_BUNDLE)->due.date, "2026-08-18");
    on(2026, 7, 10);
    CHECK(act(application, "first-licence", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "first-licence", ENTRY_ISSUE, FORM({ "number", "" })) == VERDICT_OK);
    on(2026, 7, 28);
    accept(application, "second-licence");
    /* Its own twenty days would last until 25 August; together they end on the 18th. */
    CHECK_DATE(clock_of(application, "second-licence", CLOCK_STATUTORY)->due.date, "2026-08-25");
    CHECK_DATE(clock_of(application, "second-licence", CLOCK_BUNDLE)->due.date, "2026-08-18");
    CHECK_DATE(case_of(application, "second-licence").due, "2026-08-18");
    on(2026, 8, 18);
    CHECK(act(application, "second-licence", ENTRY_EXTEND_BUNDLE, FORM({ "reason", "" })) == VERDICT_PROBLEMS);
    CHECK(act(application, "second-licence", ENTRY_EXTEND_BUNDLE, FORM({ "reason", "Approved by the government" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "second-licence", CLOCK_BUNDLE)->due.date, "2026-09-08");
    CHECK_DATE(case_of(application, "second-licence").due, "2026-08-25");
    CHECK(act(application, "second-licence", ENTRY_EXTEND_BUNDLE, FORM({ "reason", "Again" })) == VERDICT_NOT_NOW);
}

static void a_common_limit_that_is_over_is_not_extended(void)
{
    on(2026, 6, 15);
    int64_t application = applied("both", NULL, NULL);
    accept(application, "first-licence");
    CHECK(act(application, "first-licence", ENTRY_EXTEND, FORM({ "reason", "Two visits" })) == VERDICT_OK);
    on(2026, 8, 19);
    CHECK(act(application, "first-licence", ENTRY_EXTEND_BUNDLE, FORM({ "reason", "Approved" })) == VERDICT_PROBLEMS);
    CHECK(str_find(entries_of(application, "first-licence", ENTRY_LIGHT), S("2026-08-19 red bundle")) != SIZE_MAX);
}

/* Issued on a promise, and looked at afterwards with that finding. */
static int64_t promised(const char *finding)
{
    on(2026, 5, 12);
    int64_t application = applied("promise", NULL, NULL);
    accept(application, "promised-licence");
    CHECK(act(application, "promised-licence", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "promised-licence", ENTRY_ISSUE, FORM({ "number", "" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "promised-licence", CLOCK_FOLLOW_UP)->due.date, "2026-08-05");
    CHECK(act(application, "promised-licence", ENTRY_ORDER, FORM({ "reason", "Too early" })) == VERDICT_NOT_NOW);
    on(2026, 8, 3);
    CHECK(act(application, "promised-licence", ENTRY_INSPECT, FORM({ "finding", finding }, { "report", "We looked" })) == VERDICT_OK);
    return application;
}

/* LAW cn.visit-once art.14(2), example CN-09: not kept, ordered to mend, not mended: taken back. */
static void a_promise_that_is_not_kept_ends_what_was_issued(void)
{
    int64_t kept = promised("passed");
    CHECK(act(kept, "promised-licence", ENTRY_ORDER, FORM({ "reason", "I changed my mind" })) == VERDICT_NOT_NOW);
    CHECK(act(kept, "promised-licence", ENTRY_CANCEL, FORM({ "reason", "I changed my mind" })) == VERDICT_NOT_NOW);
    int64_t application = promised("failed");
    CHECK(act(application, "promised-licence", ENTRY_CANCEL, FORM({ "reason", "At once" })) == VERDICT_NOT_NOW);
    CHECK(act(application, "promised-licence", ENTRY_ORDER, FORM({ "reason", "Mend the door" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "promised-licence", CLOCK_MENDING)->due.date, "2026-08-17");
    CHECK(act(application, "promised-licence", ENTRY_ORDER, FORM({ "reason", "Mend the window" })) == VERDICT_NOT_NOW);
    on(2026, 8, 17);
    CHECK(act(application, "promised-licence", ENTRY_CANCEL, FORM({ "reason", "The door" })) == VERDICT_PROBLEMS);
    CHECK_STATE(application, "promised-licence", "issued");
    on(2026, 8, 18);
    CHECK(act(application, "promised-licence", ENTRY_CANCEL, FORM({ "reason", "" })) == VERDICT_PROBLEMS);
    CHECK(act(application, "promised-licence", ENTRY_CANCEL, FORM({ "reason", "The door is as it was" })) == VERDICT_OK);
    CHECK_STATE(application, "promised-licence", "cancelled");
    CHECK_DATE(case_now(application, "promised-licence").ended, "2026-08-18");
}

/* LAW cn.visit-once art.14(2): mended, it stays; looked at again and still wrong, it need not wait for the term. */
static void what_is_mended_stays(void)
{
    int64_t mended = promised("failed"), worse = promised("failed");
    int64_t both[] = { mended, worse };
    for (size_t i = 0; i < COUNT_OF(both); i++)
        CHECK(act(both[i], "promised-licence", ENTRY_ORDER, FORM({ "reason", "Mend the door" })) == VERDICT_OK);
    on(2026, 8, 10);
    CHECK(act(mended, "promised-licence", ENTRY_INSPECT, FORM({ "finding", "passed" }, { "report", "A new door" })) == VERDICT_OK);
    CHECK(act(worse, "promised-licence", ENTRY_INSPECT, FORM({ "finding", "failed" }, { "report", "No door" })) == VERDICT_OK);
    CHECK(act(mended, "promised-licence", ENTRY_CANCEL, FORM({ "reason", "The door" })) == VERDICT_NOT_NOW);
    CHECK(act(worse, "promised-licence", ENTRY_CANCEL, FORM({ "reason", "The door" })) == VERDICT_OK);
    CHECK_DATE(clock_of(mended, "promised-licence", CLOCK_MENDING)->met, "2026-08-10");
}

/* LAW cn.licensing art.72, cn.visit-once art.43: nobody acts and nobody looks; the lights of the limit are noted once, on their days. Of
 * twenty working days from 21 September four are left after 20 October; of forty-five, nine after 17 November. */
static void lights_are_noted_once_on_their_days(void)
{
    on(2026, 9, 21);
    int64_t application = applied("both", NULL, NULL);
    accept(application, "first-licence");
    on(2026, 10, 19);
    CHECK_STR(entries_of(application, "first-licence", ENTRY_LIGHT), S(""));
    on(2026, 12, 30);
    CHECK_STR(entries_of(application, "first-licence", ENTRY_LIGHT),
              S("2026-10-20 yellow statutory; 2026-10-27 red statutory; 2026-11-17 yellow bundle; 2026-12-01 red bundle"));
    on(2026, 12, 31);
    desk_tick(desk, now);
    CHECK_STR(entries_of(application, "first-licence", ENTRY_LIGHT),
              S("2026-10-20 yellow statutory; 2026-10-27 red statutory; 2026-11-17 yellow bundle; 2026-12-01 red bundle"));
    CHECK(next_of(application, "first-licence").kind == ENTRY_NONE);
}

/* An extension gives the limit another end, and so another light. */
static void a_new_end_begins_green(void)
{
    on(2026, 2, 9);
    int64_t application = applied("both", NULL, NULL);
    accept(application, "first-licence");
    on(2026, 3, 13);
    CHECK_STR(entries_of(application, "first-licence", ENTRY_LIGHT), S("2026-03-09 yellow statutory"));
    CHECK(act(application, "first-licence", ENTRY_EXTEND, FORM({ "reason", "Two visits" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "first-licence", CLOCK_STATUTORY)->due.date, "2026-03-27"); /* CN-03 */
    on(2026, 3, 28);
    CHECK_STR(entries_of(application, "first-licence", ENTRY_LIGHT),
              S("2026-03-09 yellow statutory; 2026-03-19 yellow statutory; 2026-03-28 red statutory"));
}

int main(void)
{
    open_with_more_services();
    on(2026, 1, 5);
    resident = account_of("owner@example.org", ROLE_APPLICANT, "");
    RUN(what_is_not_decided_before_it_ends_is_renewed);
    RUN(what_is_asked_for_too_late_is_not_renewed_by_silence);
    RUN(what_was_incomplete_when_it_ended_is_not_renewed);
    RUN(a_suspension_does_not_keep_it_from_being_renewed);
    RUN(several_authorities_have_one_limit_together);
    RUN(a_common_limit_that_is_over_is_not_extended);
    RUN(a_promise_that_is_not_kept_ends_what_was_issued);
    RUN(what_is_mended_stays);
    RUN(lights_are_noted_once_on_their_days);
    RUN(a_new_end_begins_green);
    RUN(rows_are_what_the_journal_says);
    run(str_terminated(arena, str_printf(arena, "rm -rf %s", copy)));
    office_close();
    return test_end();
}
