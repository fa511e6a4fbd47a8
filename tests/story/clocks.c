/* What laws make of time that passes, in the Union, the Netherlands and England: at the desk, with a clock that stands where the test puts
 * it. The numbers of the examples are those of the collection of worked examples. */
#include "story/simple.h"

/* LAW nl.awb art.4:13, nl.termijnenwet art.1, example NL-01: eight weeks end on King's Day. */
static void eight_weeks_run_from_filing(void)
{
    on(2026, 3, 2);
    int64_t application = applied("get-dutch-permit", NULL, NULL);
    CHECK_DATE(clock_of(application, "dutch-permit", CLOCK_STATUTORY)->due.date, "2026-04-28");
    CHECK(act(application, "dutch-permit", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "dutch-permit", CLOCK_STATUTORY)->due.date, "2026-04-28");
    on(2026, 4, 28);
    CHECK(act(application, "dutch-permit", ENTRY_EXTEND, FORM({ "reason", "Still looking" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "dutch-permit", CLOCK_STATUTORY)->due.date, "2026-06-22"); /* sixteen weeks */
}

/* LAW nl.awb art.4:15(1), example NL-02: from the day after the request until the day on which it was completed. */
static void the_limit_stands_still_while_the_applicant_corrects(void)
{
    Change *change;
    on(2026, 6, 1);
    int64_t application = applied("get-dutch-permit", NULL, NULL);
    CHECK_DATE(clock_of(application, "dutch-permit", CLOCK_STATUTORY)->due.date, "2026-07-27");
    on(2026, 6, 10);
    CHECK(act(application, "dutch-permit", ENTRY_ASK, FORM({ "message", "Who are you?" })) == VERDICT_OK);
    CHECK(!date_is_set(clock_of(application, "dutch-permit", CLOCK_STATUTORY)->due.date));
    on(2026, 6, 19);
    Form form = FORM({ "note", "As above" });
    CHECK(DO(desk_supply(desk, arena, &resident, application, 1, &form, now, change, &problems)) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "dutch-permit", CLOCK_STATUTORY)->due.date, "2026-08-04");
}

/* LAW nl.awb art.4:5: what stays incomplete is the authority's turn again; it may leave it untreated within four weeks. */
static void what_stays_incomplete_comes_back_to_the_authority(void)
{
    on(2026, 6, 1);
    int64_t application = applied("get-dutch-permit", NULL, NULL);
    on(2026, 6, 10);
    CHECK(act(application, "dutch-permit", ENTRY_ASK, FORM({ "message", "Who are you?" })) == VERDICT_OK);
    CHECK(next_of(application, "dutch-permit").kind == ENTRY_RETURN);
    on(2026, 6, 24);
    CHECK_STATE(application, "dutch-permit", "correction");
    on(2026, 6, 25);
    CHECK_STATE(application, "dutch-permit", "received");
    CHECK_STR(entries_of(application, "dutch-permit", ENTRY_RETURN), S("2026-06-25"));
    CHECK_DATE(clock_of(application, "dutch-permit", CLOCK_INTAKE)->due.date, "2026-07-22");
    /* Fourteen days, the 11th to the 24th, stood still. */
    CHECK_DATE(clock_of(application, "dutch-permit", CLOCK_STATUTORY)->due.date, "2026-08-10");
    CHECK(act(application, "dutch-permit", ENTRY_DECLINE, FORM({ "reason", "It stayed incomplete" })) == VERDICT_OK);
}

/* The notice of default is for a decision that is late. */
static int64_t late_since_27_july(void)
{
    Change *change;
    on(2026, 6, 1);
    int64_t application = applied("get-dutch-permit", NULL, NULL);
    CHECK(act(application, "dutch-permit", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    on(2026, 7, 27);
    CHECK(DO(desk_default(desk, arena, &resident, application, 1, now, change)) == VERDICT_NOT_NOW);
    on(2026, 8, 3);
    CHECK(DO(desk_default(desk, arena, &resident, application, 1, now, change)) == VERDICT_OK);
    CHECK(DO(desk_default(desk, arena, &resident, application, 1, now, change)) == VERDICT_NOT_NOW);
    return application;
}

static Str penalty_on(int64_t application, int year, int month, int day)
{
    const Case it = case_now(application, "dutch-permit");
    const Service *service = pack_service(desk->pack, S("dutch-permit"));
    Penalty penalty;
    if (!case_penalty(&it, service->procedure, &desk->pack->calendar, date_of(year, month, day), &penalty))
        return S("none");
    return str_printf(arena, "%d days from %.*s: %lld%s", penalty.days, STR_ARGS(date_text(penalty.first)),
                      (long long)(penalty.amount.cents / 100), penalty.running ? " and on" : "");
}

/* LAW nl.awb art.4:17, examples NL-03 and NL-04 */
static void a_late_decision_costs_the_authority_from_two_weeks_after_the_notice(void)
{
    int64_t application = late_since_27_july();
    CHECK_STR(penalty_on(application, 2026, 8, 17), S("none"));
    CHECK_STR(penalty_on(application, 2026, 8, 18), S("1 days from 2026-08-18: 23 and on"));
    CHECK_STR(penalty_on(application, 2026, 8, 31), S("14 days from 2026-08-18: 322 and on"));
    CHECK_STR(penalty_on(application, 2026, 9, 28), S("42 days from 2026-08-18: 1442 and on"));
    CHECK_STR(penalty_on(application, 2026, 12, 1), S("42 days from 2026-08-18: 1442"));
    on(2026, 9, 6);
    CHECK(act(application, "dutch-permit", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_STR(penalty_on(application, 2026, 12, 1), S("20 days from 2026-08-18: 532"));
    int64_t in_time = late_since_27_july();
    on(2026, 8, 17);
    CHECK(act(in_time, "dutch-permit", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_STR(penalty_on(in_time, 2026, 12, 1), S("none"));
}

/* LAW nl.awb art.4:17(5): the amounts of the day on which the notice is received. */
static void the_amounts_are_those_of_the_day_of_the_notice(void)
{
    const Service *service = pack_service(desk->pack, S("dutch-permit"));
    Case it = case_begin();
    Penalty penalty;
    it.defaulted = date_of(2018, 12, 31);
    CHECK(case_penalty(&it, service->procedure, &desk->pack->calendar, date_of(2019, 6, 1), &penalty) && penalty.amount.cents == 126000);
    it.defaulted = date_of(2019, 1, 1);
    CHECK(case_penalty(&it, service->procedure, &desk->pack->calendar, date_of(2019, 6, 1), &penalty) && penalty.amount.cents == 144200);
    it.defaulted = date_of(2009, 9, 30);
    CHECK(!case_penalty(&it, service->procedure, &desk->pack->calendar, date_of(2019, 6, 1), &penalty));
}

/* LAW nl.awb art.4:20b, example NL-09: granted by law when the term ends, in force on the third day after it; art. 4:20a: no penalty. */
static void silence_grants_where_the_statute_says_so(void)
{
    on(2026, 3, 2);
    int64_t application = applied("get-tacit-permit", NULL, NULL);
    CHECK(act(application, "tacit-permit", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    const NextTurn effect = next_of(application, "tacit-permit");
    CHECK(effect.kind == ENTRY_LIGHT && effect.light == LIGHT_YELLOW);
    on(2026, 4, 28);
    CHECK_STATE(application, "tacit-permit", "accepted");
    on(2026, 4, 29);
    CHECK_STATE(application, "tacit-permit", "granted");
    const Case it = case_now(application, "tacit-permit");
    CHECK(it.deemed);
    CHECK_DATE(it.decided, "2026-04-29");
    CHECK_DATE(it.in_force, "2026-05-01");
    /* Red on the same day, first: the authority is late. */
    CHECK_STR(entries_of(application, "tacit-permit", ENTRY_DEEM), S("2026-04-29"));
    CHECK(str_find(entries_of(application, "tacit-permit", ENTRY_LIGHT), S("2026-04-29 red statutory")) != SIZE_MAX);
}

/* LAW eu.services art.13(3), 13(4), example EU-07: the period runs from complete papers only. */
static void an_authorisation_is_deemed_granted_from_complete_papers(void)
{
    Change *change;
    on(2026, 10, 1);
    int64_t application = applied("get-notice", NULL, NULL);
    CHECK(act(application, "notice", ENTRY_ASK, FORM({ "message", "The form is empty" })) == VERDICT_OK);
    on(2026, 10, 26);
    Form form = FORM({ "note", "Here" });
    CHECK(DO(desk_supply(desk, arena, &resident, application, 1, &form, now, change, &problems)) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "notice", CLOCK_STATUTORY)->due.date, "2026-11-25");
    on(2026, 11, 25);
    CHECK_STATE(application, "notice", "received");
    on(2026, 11, 26);
    CHECK_STATE(application, "notice", "granted");
    /* Example EU-08: what is extended too late is not extended. */
    CHECK(act(application, "notice", ENTRY_EXTEND, FORM({ "reason", "We forgot" })) == VERDICT_NOT_NOW);
    CHECK_STATE(application, "notice", "granted");
}

/* LAW eu.services art.13(3), example EU-09: once; the second is void. */
static void a_second_extension_is_void(void)
{
    on(2026, 10, 26);
    int64_t application = applied("get-notice", NULL, NULL);
    CHECK(act(application, "notice", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    on(2026, 11, 25);
    CHECK(act(application, "notice", ENTRY_EXTEND, FORM({ "reason", "It is complex" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "notice", CLOCK_STATUTORY)->due.date, "2026-12-09");
    on(2026, 12, 9);
    CHECK(act(application, "notice", ENTRY_EXTEND, FORM({ "reason", "Very complex" })) == VERDICT_NOT_NOW);
    on(2026, 12, 10);
    CHECK_STATE(application, "notice", "granted");
    CHECK_DATE(case_now(application, "notice").decided, "2026-12-10");
}

/* Example UK-01: consulted and decided in 28 days, whatever their weekday; then granted from 30 June. */
static void a_pavement_licence_is_granted_by_silence(void)
{
    on(2026, 6, 1);
    int64_t application = applied("get-pavement-licence", NULL, NULL);
    CHECK_DATE(clock_of(application, "pavement-licence", CLOCK_STATUTORY)->due.date, "2026-06-29");
    on(2026, 7, 15); /* nobody looked in between */
    CHECK_STATE(application, "pavement-licence", "granted");
    CHECK_STR(entries_of(application, "pavement-licence", ENTRY_DEEM), S("2026-06-30"));
    CHECK_DATE(case_now(application, "pavement-licence").in_force, "2026-06-30");
}

/* LAW nl.awb art.4:15(1)(b), 4:13: what is on the list of grounds stops the clock, and nothing else. */
static void only_a_ground_that_does_not_count_stops_the_clock(void)
{
    on(2026, 6, 1);
    int64_t application = applied("get-dutch-permit", NULL, NULL);
    CHECK(act(application, "dutch-permit", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "dutch-permit", ENTRY_SUSPEND, FORM({ "ground", "own-research" }, { "reason", "We look" })) == VERDICT_PROBLEMS);
    on(2026, 6, 10);
    CHECK(act(application, "dutch-permit", ENTRY_SUSPEND, FORM({ "ground", "foreign-information" }, { "reason", "We asked abroad" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "dutch-permit", CLOCK_SUSPENSION)->due.date, "2026-07-08");
    on(2026, 6, 19);
    CHECK(act(application, "dutch-permit", ENTRY_RESUME, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "dutch-permit", CLOCK_STATUTORY)->due.date, "2026-08-06"); /* ten days, 10 to 19 June */
}

/* An officer whose page is older than a light is not told that somebody else acted. */
static void a_light_is_nobodys_act(void)
{
    Change *change;
    on(2026, 3, 2);
    int64_t application = applied("get-dutch-permit", NULL, NULL);
    CHECK(act(application, "dutch-permit", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    const CaseRow before = case_of(application, "dutch-permit");
    on(2026, 4, 27);
    CHECK(case_of(application, "dutch-permit").entries > before.entries);
    Actor officer = { .account = { .id = 900, .role = ROLE_OFFICER, .authority = before.authority } };
    Form form = FORM({ "message", "" });
    CHECK(DO(desk_act(desk, arena, &officer, application, 1, ENTRY_GRANT, before.entries, &form, now, change, &problems)) == VERDICT_OK);
    CHECK(DO(desk_act(desk, arena, &officer, application, 1, ENTRY_ISSUE, before.entries, &form, now, change, &problems)) == VERDICT_NOT_NOW);
}

int main(void)
{
    office_open("tests/story/clocks");
    on(2026, 1, 5);
    resident = account_of("owner@example.org", ROLE_APPLICANT, "");
    RUN(eight_weeks_run_from_filing);
    RUN(the_limit_stands_still_while_the_applicant_corrects);
    RUN(what_stays_incomplete_comes_back_to_the_authority);
    RUN(a_late_decision_costs_the_authority_from_two_weeks_after_the_notice);
    RUN(the_amounts_are_those_of_the_day_of_the_notice);
    RUN(silence_grants_where_the_statute_says_so);
    RUN(an_authorisation_is_deemed_granted_from_complete_papers);
    RUN(a_second_extension_is_void);
    RUN(a_pavement_licence_is_granted_by_silence);
    RUN(only_a_ground_that_does_not_count_stops_the_clock);
    RUN(a_light_is_nobodys_act);
    RUN(rows_are_what_the_journal_says);
    office_close();
    return test_end();
}
