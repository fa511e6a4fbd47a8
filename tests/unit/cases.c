/* cases: the table, the fold and the clocks against each other. */
#include "cases/cases.h"
#include "test.h"

static Arena *arena;

static Entry entry(uint32_t n, EntryKind kind, Role role, Date on)
{
    return (Entry){ .n = n, .kind = kind, .role = role, .on = on, .until = DATE_NONE };
}

/* What an entry of this kind must carry, so that the fold has it. */
static Entry whole(uint32_t n, EntryKind kind, Role role, Date on)
{
    Entry it = entry(n, kind, role, on);
    if (kind == ENTRY_ASK || kind == ENTRY_ACCEPT_DEFICIENT || kind == ENTRY_ORDER)
        it.until = date_add(on, 14);
    if (kind == ENTRY_EXTEND || kind == ENTRY_EXTEND_BUNDLE)
        it.period = (Period){ 10, UNIT_WORKING_DAY };
    if (kind == ENTRY_RATE)
        it.what = S("4");
    if (kind == ENTRY_INSPECT)
        it.what = n % 2 ? S("passed") : S("failed");
    if (kind == ENTRY_LIGHT) {
        it.what = S("red statutory");
        it.until = on;
    }
    if (kind == ENTRY_SUSPEND)
        it.what = S("hearing");
    return it;
}

static void what_is_not_in_the_table_changes_nothing(void)
{
    for (int state = 0; state < CASE_STATE_COUNT; state++)
        for (int kind = 0; kind < ENTRY_KIND_COUNT; kind++)
            for (int role = 0; role < ROLE_COUNT; role++) {
                Case it = case_begin();
                it.state = (CaseState)state;
                if (case_step(it.state, (EntryKind)kind, (Role)role))
                    continue;
                Case before = it;
                Entry one = whole(1, (EntryKind)kind, (Role)role, date_of(2026, 9, 21));
                CHECK(!case_apply(arena, &it, &one));
                CHECK(memcmp(&it, &before, sizeof it) == 0);
            }
}

static void entries_come_in_their_order(void)
{
    Case it = case_begin();
    Date day = date_of(2026, 9, 21);
    Entry second = entry(2, ENTRY_RECEIVE, ROLE_DESK, day), first = entry(1, ENTRY_RECEIVE, ROLE_DESK, day);
    CHECK(!case_apply(arena, &it, &second));
    CHECK(case_apply(arena, &it, &first));
    CHECK(!case_apply(arena, &it, &first));
}

/* What a damaged disk gives back is refused, whatever day it says. */
static void an_entry_has_a_day(void)
{
    static const int32_t DAYS[] = { INT32_MIN, INT32_MIN + 1, -719163, 2932897, INT32_MAX };
    for (size_t i = 0; i < COUNT_OF(DAYS); i++) {
        Case it = case_begin();
        Entry receive = entry(1, ENTRY_RECEIVE, ROLE_DESK, (Date){ DAYS[i] });
        CHECK(!case_apply(arena, &it, &receive) && it.state == CASE_NONE);
        receive.on = date_of(2026, 9, 21);
        receive.until = (Date){ DAYS[i] };
        CHECK(case_apply(arena, &it, &receive) == (i == 0)); /* none is no day, and may be */
    }
}

/* Random lives: whatever the table permits leaves the case sane, and folding its journal again gives the same. */
static void every_life_is_sane_and_folds_the_same(void)
{
    uint64_t seed = 20260921;
    int lives = 0, ended = 0;
    for (; lives < 3000; lives++) {
        Arena *life = arena_open(1 << 20);
        Case it = case_begin();
        EntryList journal = { 0 };
        Date day = date_of(2026, 1, 5);
        for (int turn = 0; turn < 25; turn++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            const Step *step = &STEPS[(seed >> 33) % STEP_COUNT];
            day = date_add(day, (int32_t)((seed >> 20) % 4));
            for (int role = 0; role < ROLE_COUNT; role++) {
                Entry one = whole(it.entries + 1, step->kind, (Role)role, day);
                if (step->from == it.state && (step->by & 1u << role) && case_apply(life, &it, &one)) {
                    list_push(life, &journal, one);
                    break;
                }
            }
            CHECK(case_is_sane(&it));
        }
        Case again = case_begin();
        for (size_t i = 0; i < journal.count; i++)
            CHECK(case_apply(life, &again, &journal.at[i]));
        CHECK(again.state == it.state && again.entries == it.entries && again.halts.count == it.halts.count &&
              date_compare(again.accepted, it.accepted) == 0 && date_compare(again.ended, it.ended) == 0);
        ended += case_state_is_final(it.state);
        arena_close(life);
    }
    CHECK(ended > 500);
}

/* LAW cn.visit-once art.14(2): what was issued on a promise may be taken back; that is final too. */
static void a_final_state_is_never_left(void)
{
    for (size_t i = 0; i < STEP_COUNT; i++)
        if (case_state_is_final(STEPS[i].from))
            CHECK(STEPS[i].to == STEPS[i].from || STEPS[i].to == CASE_CANCELLED);
}

static void every_state_can_be_reached_and_every_open_one_left(void)
{
    bool reached[CASE_STATE_COUNT] = { true }, left[CASE_STATE_COUNT] = { false };
    for (size_t i = 0; i < STEP_COUNT; i++) {
        reached[STEPS[i].to] = true;
        left[STEPS[i].from] |= STEPS[i].to != STEPS[i].from;
    }
    for (int state = 0; state < CASE_STATE_COUNT; state++) {
        CHECK(reached[state]);
        CHECK(left[state] || case_state_is_final((CaseState)state));
    }
}

static void an_officers_step_says_what_it_does(void)
{
    for (size_t i = 0; i < STEP_COUNT; i++)
        if (STEPS[i].by & 1u << ROLE_OFFICER)
            CHECK(strlen(STEPS[i].consequence) > 20 && strlen(STEPS[i].name) > 3);
}

static void lights_turn_yellow_near_the_end_and_red_after_it(void)
{
    Calendar calendar = { .free_weekday = { [6] = true, [7] = true } };
    list_push(arena, &calendar.years, (CalendarYear){ .year = 2026 });
    Clock clock = { .kind = CLOCK_STATUTORY, .running = true, .from = date_of(2026, 3, 2), .period = { 20, UNIT_WORKING_DAY },
                    .due = { .date = date_of(2026, 3, 30) } };
    CHECK(clock_light(&clock, &calendar, date_of(2026, 3, 23)) == LIGHT_GREEN);  /* 5 of 20 left */
    CHECK(clock_light(&clock, &calendar, date_of(2026, 3, 24)) == LIGHT_YELLOW); /* 4 of 20: a fifth */
    CHECK(clock_light(&clock, &calendar, date_of(2026, 3, 30)) == LIGHT_YELLOW); /* the last day */
    CHECK(clock_light(&clock, &calendar, date_of(2026, 3, 31)) == LIGHT_RED);
    clock.running = false;
    CHECK(clock_light(&clock, &calendar, date_of(2026, 3, 31)) == LIGHT_NONE);
}

/* ---- clocks ---- */

/* September and October 2026 of the reference jurisdiction: 25 to 27 September and 1 to 7 October free, 20 September and 10 October worked. */
static Calendar autumn(void)
{
    Calendar calendar = { .free_weekday = { [6] = true, [7] = true } };
    CalendarYear year = { .year = 2026 };
    for (int day = 25; day <= 27; day++)
        list_push(arena, &year.days, (CalendarDay){ date_of(2026, 9, day), false, STR_NONE });
    for (int day = 1; day <= 7; day++)
        list_push(arena, &year.days, (CalendarDay){ date_of(2026, 10, day), false, STR_NONE });
    list_push(arena, &year.days, (CalendarDay){ date_of(2026, 9, 20), true, STR_NONE });
    list_push(arena, &year.days, (CalendarDay){ date_of(2026, 10, 10), true, STR_NONE });
    list_push(arena, &calendar.years, year);
    return calendar;
}

/* A life of entries, each on its own day; the last one's terms are those of `whole`. */
typedef struct Turn {
    EntryKind kind;
    Role role;
    int month, day;
} Turn;
static Case lived(const Turn *turns, size_t count)
{
    Case it = case_begin();
    for (size_t i = 0; i < count; i++) {
        Entry one = whole(it.entries + 1, turns[i].kind, turns[i].role, date_of(2026, turns[i].month, turns[i].day));
        CHECK(case_apply(arena, &it, &one));
    }
    return it;
}
#define LIVED(...) lived((const Turn[]){ __VA_ARGS__ }, COUNT_OF(((const Turn[]){ __VA_ARGS__ })))

static const Clock *clock_in(const ClockList *clocks, ClockKind kind)
{
    static const Clock none = { .running = true, .due = { .date = { INT32_MIN } }, .met = { INT32_MIN } };
    for (size_t i = 0; i < clocks->count; i++)
        if (clocks->at[i].kind == kind)
            return &clocks->at[i];
    return &none;
}

static Str day_text(Date date)
{
    Text text = text_begin(arena, 20);
    if (date_is_set(date))
        text_date(&text, date);
    return text_str(&text);
}
#define CHECK_DAY(date, want) CHECK_STR(day_text(date), str_from(want))

/* The day on which a light is noted is the first on which it shines, whatever the calendar. */
static void a_clock_knows_its_first_yellow_day(void)
{
    static const Procedure PROCEDURE = { .silence_accepts = false };
    static const Service SERVICE = { .procedure = &PROCEDURE };
    for (int32_t length = 1; length < 70; length++) {
        const Calendar calendar = { .free_weekday = { [6] = true, [7] = true } };
        const Limit limit = { .statutory = { length, length % 3 ? UNIT_WORKING_DAY : UNIT_DAY } };
        Case it = case_begin();
        it.state = CASE_ACCEPTED;
        it.received = it.complete = it.accepted = date_of(2026, 3, 2 + length % 7);
        const ClockList clocks = case_clocks(arena, &it, &SERVICE, &limit, &calendar);
        const Clock *clock = clocks.count ? &clocks.at[clocks.count - 1] : NULL;
        if (!CHECK(clock && clock->kind == CLOCK_STATUTORY))
            continue;
        Date first = DATE_NONE;
        for (Date day = date_add(clock->from, 1); day.day <= clock->due.date.day && !date_is_set(first); day = date_add(day, 1))
            if (clock_light(clock, &calendar, day) == LIGHT_YELLOW)
                first = day;
        const bool ever_green = clock_light(clock, &calendar, clock->from) == LIGHT_GREEN;
        CHECK(date_compare(clock->yellow, ever_green ? first : DATE_NONE) == 0);
    }
}

/* Yellow before red, red before what the law makes of it, each once; a clock that begins late has its light then. */
static void what_happens_next_comes_in_the_order_of_the_days(void)
{
    static const Procedure PROCEDURE = { .intake = { .time = { 5, UNIT_WORKING_DAY } }, .silence_accepts = true };
    static const Service SERVICE = { .procedure = &PROCEDURE };
    static const struct {
        EntryKind kind;
        const char *on, *what;
    } WANTED[] = {
        { ENTRY_LIGHT, "2026-09-18", "yellow intake" }, { ENTRY_LIGHT, "2026-09-22", "red intake" }, { ENTRY_SILENCE, "2026-09-22", "" },
        /* Three working days from 14 September were over when it counted as accepted. */
        { ENTRY_LIGHT, "2026-09-22", "red statutory" },
    };
    const Calendar calendar = { .free_weekday = { [6] = true, [7] = true } };
    const Limit limit = { .statutory = { 3, UNIT_WORKING_DAY } };
    Case it = case_begin();
    Entry receive = entry(1, ENTRY_RECEIVE, ROLE_DESK, date_of(2026, 9, 14));
    CHECK(case_apply(arena, &it, &receive));
    for (size_t i = 0; i < COUNT_OF(WANTED); i++) {
        const ClockList clocks = case_clocks(arena, &it, &SERVICE, &limit, &calendar);
        const NextTurn next = case_next(&clocks, &it);
        Entry turn = entry(it.entries + 1, next.kind, ROLE_CLOCK, date_add(next.last, 1));
        turn.what = turn_what(arena, &next);
        turn.until = next.until;
        CHECK(next.kind == WANTED[i].kind);
        CHECK_STR(turn.what, str_from(WANTED[i].what));
        CHECK_STR(day_text(turn.on), str_from(WANTED[i].on));
        CHECK(case_apply(arena, &it, &turn));
    }
    const ClockList clocks = case_clocks(arena, &it, &SERVICE, &limit, &calendar);
    CHECK(case_next(&clocks, &it).kind == ENTRY_NONE);
    CHECK(it.acted == 4 && it.entries == 5);
}

/* LAW nl.awb art.4:15(1): two corrections stand still, and a day of both a suspension and a correction once. */
static void corrections_stop_a_limit_that_runs_from_filing(void)
{
    static const Procedure PROCEDURE = { .silence_accepts = false };
    static const Service SERVICE = { .procedure = &PROCEDURE };
    const Calendar calendar = { .free_weekday = { [6] = true, [7] = true } };
    const Limit limit = { .statutory = { 30, UNIT_DAY }, .from_filing = true };
    Case it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 6, 1 }, { ENTRY_ASK, ROLE_OFFICER, 6, 3 }, { ENTRY_SUPPLY, ROLE_APPLICANT, 6, 5 },
                    { ENTRY_ASK, ROLE_OFFICER, 6, 8 }, { ENTRY_SUPPLY, ROLE_APPLICANT, 6, 8 });
    const ClockList clocks = case_clocks(arena, &it, &SERVICE, &limit, &calendar);
    /* One day stood still, 4 June; what was asked and answered on one day did not. 1 July and one. */
    CHECK_DAY(clock_in(&clocks, CLOCK_STATUTORY)->due.date, "2026-07-02");
    const Skips why = clock_why(arena, &it, &limit, clock_in(&clocks, CLOCK_STATUTORY), &calendar);
    CHECK(why.count == 1 && why.at[0].kind == SKIP_STOP && date_compare(why.at[0].from, date_of(2026, 6, 4)) == 0);
}

/* LAW cn.visit-once art.11(1), 11(3): accepted, or told once what is missing, on the spot. What comes on a free day is the next working
 * day's: Sunday the 27th and the Monday after it. */
static void intake_on_the_spot_is_due_the_same_day(void)
{
    const Calendar calendar = autumn();
    Procedure procedure = { .intake = { .on_the_spot = true } };
    const Service service = { .procedure = &procedure };
    Case it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 21 });
    ClockList clocks = case_clocks(arena, &it, &service, NULL, &calendar);
    CHECK_DAY(clock_in(&clocks, CLOCK_INTAKE)->due.date, "2026-09-21");
    CHECK(clock_light(clock_in(&clocks, CLOCK_INTAKE), &calendar, date_of(2026, 9, 21)) == LIGHT_YELLOW);
    CHECK(clock_light(clock_in(&clocks, CLOCK_INTAKE), &calendar, date_of(2026, 9, 22)) == LIGHT_RED);
    /* Late it is, but silence accepts only where the law says so. */
    CHECK(case_next_effect(&clocks, &it).kind == ENTRY_NONE);
    procedure.silence_accepts = true;
    clocks = case_clocks(arena, &it, &service, NULL, &calendar);
    CHECK(case_next_effect(&clocks, &it).kind == ENTRY_SILENCE);
    it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 27 });
    clocks = case_clocks(arena, &it, &service, NULL, &calendar);
    CHECK_DAY(clock_in(&clocks, CLOCK_INTAKE)->due.date, "2026-09-28");
}

/* What is done on the spot is due on the day of complete papers, whenever it is accepted; without a term for handing over, the limit
 * is for the result in hand. */
/* LAW cn.licensing art.56 */
static void a_service_on_the_spot_is_due_the_same_day(void)
{
    const Calendar calendar = autumn();
    const Procedure procedure = { .intake = { .on_the_spot = true } };
    const Service service = { .procedure = &procedure };
    const Limit limit = { .on_the_spot = true };
    Case it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 22 });
    ClockList clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    CHECK_DAY(clock_in(&clocks, CLOCK_STATUTORY)->due.date, "2026-09-22");
    it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 22 }, { ENTRY_ACCEPT, ROLE_OFFICER, 9, 23 }, { ENTRY_GRANT, ROLE_OFFICER, 9, 23 });
    clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    const Clock *clock = clock_in(&clocks, CLOCK_STATUTORY);
    CHECK_DAY(clock->due.date, "2026-09-22");
    CHECK(clock->running && clocks_first(&clocks, false) == clock && clock_light(clock, &calendar, date_of(2026, 9, 23)) == LIGHT_RED);
    it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 22 }, { ENTRY_ACCEPT, ROLE_OFFICER, 9, 22 }, { ENTRY_GRANT, ROLE_OFFICER, 9, 22 },
               { ENTRY_ISSUE, ROLE_OFFICER, 9, 22 });
    clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    CHECK(!clock_in(&clocks, CLOCK_STATUTORY)->running);
    CHECK_DAY(clock_in(&clocks, CLOCK_STATUTORY)->met, "2026-09-22");
}

/* Example CN-08: three working days from complete papers on 30 September end on Saturday 10 October, three more on the 14th. */
static void a_limit_may_count_from_receipt(void)
{
    const Calendar calendar = autumn();
    const Procedure procedure = { .intake = { .on_the_spot = true } };
    const Service service = { .procedure = &procedure };
    const Limit limit = { .statutory = { 3, UNIT_WORKING_DAY }, .from_receipt = true };
    Case it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 30 });
    ClockList clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    CHECK_DAY(clock_in(&clocks, CLOCK_STATUTORY)->due.date, "2026-10-10");
    /* Accepted a working day later, it is due on the same day as before; extended, three working days after that. */
    it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 30 }, { ENTRY_ACCEPT, ROLE_OFFICER, 10, 8 });
    clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    CHECK_DAY(clock_in(&clocks, CLOCK_STATUTORY)->due.date, "2026-10-10");
    it.extension = (Period){ 3, UNIT_WORKING_DAY };
    clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    CHECK_DAY(clock_in(&clocks, CLOCK_STATUTORY)->due.date, "2026-10-14");
    /* Asked for corrections: nothing runs against the authority until they are there; then from that day. */
    it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 21 }, { ENTRY_ASK, ROLE_OFFICER, 9, 21 });
    clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    CHECK(clocks_first(&clocks, false) == NULL);
    it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 21 }, { ENTRY_ASK, ROLE_OFFICER, 9, 21 }, { ENTRY_SUPPLY, ROLE_APPLICANT, 9, 30 });
    clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    CHECK_DAY(clock_in(&clocks, CLOCK_STATUTORY)->due.date, "2026-10-10");
}

/* LAW cn.licensing art.42(1), 45, cn.visit-once art.11(2), 28: to wait for what may follow is no ground on the closed list, so the limit
 * runs from acceptance on. Five working days after the 22nd: 23, 24, 28, 29, 30. */
static void the_limit_runs_while_something_is_to_follow(void)
{
    const Calendar calendar = autumn();
    const Procedure procedure = { .delivery = { .time = { 10, UNIT_WORKING_DAY } } };
    const Service service = { .procedure = &procedure };
    const Limit limit = { .statutory = { 5, UNIT_WORKING_DAY } };
    Case it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 22 }, { ENTRY_ACCEPT_DEFICIENT, ROLE_OFFICER, 9, 22 });
    ClockList clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    CHECK_DAY(clock_in(&clocks, CLOCK_STATUTORY)->due.date, "2026-09-30");
    it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 22 }, { ENTRY_ACCEPT_DEFICIENT, ROLE_OFFICER, 9, 22 }, { ENTRY_CURE, ROLE_APPLICANT, 9, 28 });
    clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    CHECK_DAY(clock_in(&clocks, CLOCK_STATUTORY)->due.date, "2026-09-30");
}

/* LAW cn.visit-once art.11(2): still wrong after it followed: acceptance is revoked. Where nothing had to follow, an officer cannot. */
static void an_officer_revokes_only_what_followed_and_is_still_wrong(void)
{
    Case plain = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 22 }, { ENTRY_ACCEPT, ROLE_OFFICER, 9, 22 });
    CHECK(!case_permits(&plain, ENTRY_REVOKE, ROLE_OFFICER));
    Entry revoke = entry(3, ENTRY_REVOKE, ROLE_OFFICER, date_of(2026, 9, 24));
    CHECK(!case_apply(arena, &plain, &revoke));
    Case it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 22 }, { ENTRY_ACCEPT_DEFICIENT, ROLE_OFFICER, 9, 22 },
                    { ENTRY_CURE, ROLE_APPLICANT, 9, 23 }, { ENTRY_REVOKE, ROLE_OFFICER, 9, 24 });
    CHECK(it.state == CASE_REVOKED);
    CHECK_DAY(it.followed, "2026-09-23");
    CHECK_DAY(it.ended, "2026-09-24");
}

/* LAW cn.licensing art.45: the day that the applicant was told is due for the authority while everything else stands still. */
static void a_suspension_has_an_end_that_was_told(void)
{
    const Calendar calendar = autumn();
    Procedure procedure = { .grounds.count = 0 };
    const Service service = { .procedure = &procedure };
    const Limit limit = { .statutory = { 5, UNIT_WORKING_DAY } };
    Case it = LIVED({ ENTRY_RECEIVE, ROLE_DESK, 9, 22 }, { ENTRY_ACCEPT, ROLE_OFFICER, 9, 22 });
    Entry suspend = whole(3, ENTRY_SUSPEND, ROLE_OFFICER, date_of(2026, 9, 23));
    suspend.until = date_of(2026, 9, 30);
    CHECK(case_apply(arena, &it, &suspend));
    ClockList clocks = case_clocks(arena, &it, &service, &limit, &calendar);
    const Clock *first = clocks_first(&clocks, false);
    CHECK(first && first->kind == CLOCK_SUSPENSION && !date_is_set(clock_in(&clocks, CLOCK_STATUTORY)->due.date));
    CHECK(first && clock_light(first, &calendar, date_of(2026, 9, 30)) == LIGHT_YELLOW);
    CHECK(first && clock_light(first, &calendar, date_of(2026, 10, 1)) == LIGHT_RED);
}

int main(void)
{
    arena = arena_open(1 << 20);
    RUN(what_is_not_in_the_table_changes_nothing);
    RUN(entries_come_in_their_order);
    RUN(an_entry_has_a_day);
    RUN(every_life_is_sane_and_folds_the_same);
    RUN(a_final_state_is_never_left);
    RUN(every_state_can_be_reached_and_every_open_one_left);
    RUN(an_officers_step_says_what_it_does);
    RUN(a_clock_knows_its_first_yellow_day);
    RUN(what_happens_next_comes_in_the_order_of_the_days);
    RUN(corrections_stop_a_limit_that_runs_from_filing);
    RUN(lights_turn_yellow_near_the_end_and_red_after_it);
    RUN(intake_on_the_spot_is_due_the_same_day);
    RUN(a_service_on_the_spot_is_due_the_same_day);
    RUN(a_limit_may_count_from_receipt);
    RUN(the_limit_runs_while_something_is_to_follow);
    RUN(an_officer_revokes_only_what_followed_and_is_still_wrong);
    RUN(a_suspension_has_an_end_that_was_told);
    arena_close(arena);
    return test_end();
}
