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
    if (kind == ENTRY_ASK || kind == ENTRY_ACCEPT_DEFICIENT)
        it.until = date_add(on, 14);
    if (kind == ENTRY_EXTEND)
        it.period = (Period){ 10, UNIT_WORKING_DAY };
    if (kind == ENTRY_RATE)
        it.what = S("4");
    if (kind == ENTRY_INSPECT)
        it.what = S("passed");
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

static void a_final_state_is_never_left(void)
{
    for (size_t i = 0; i < STEP_COUNT; i++)
        if (case_state_is_final(STEPS[i].from))
            CHECK(STEPS[i].to == STEPS[i].from);
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

int main(void)
{
    arena = arena_open(1 << 20);
    RUN(what_is_not_in_the_table_changes_nothing);
    RUN(entries_come_in_their_order);
    RUN(every_life_is_sane_and_folds_the_same);
    RUN(a_final_state_is_never_left);
    RUN(every_state_can_be_reached_and_every_open_one_left);
    RUN(an_officers_step_says_what_it_does);
    RUN(lights_turn_yellow_near_the_end_and_red_after_it);
    arena_close(arena);
    return test_end();
}
