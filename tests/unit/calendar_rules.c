/* calendar: how laws count. Each rule of the facts is one row; the cases were worked out by hand from the law's words. */
#include "calendar/calendar.h"
#include "test.h"

static Arena *arena;

static Date day_of(int32_t yyyymmdd)
{
    return date_of(yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);
}

/* Weekends of Saturday and Sunday, and holidays, given as first day, last day and legal days; every year from 1998 on is published. */
typedef struct Holiday {
    int32_t first, last, legal;
} Holiday;
static Calendar calendar_of(const Holiday *holidays, size_t count)
{
    Calendar calendar = { .free_weekday = { [6] = true, [7] = true } };
    for (int year = 1998; year < 2031; year++)
        list_push(arena, &calendar.years, (CalendarYear){ .year = year });
    for (size_t i = 0; i < count; i++)
        for (Date day = day_of(holidays[i].first); day.day <= day_of(holidays[i].last).day; day = date_add(day, 1))
            list_push(arena, &calendar.years.at[date_parts(day).year - 1998].days,
                      (CalendarDay){ day, false, S("holiday"), holidays[i].legal });
    return calendar;
}
#define CALENDAR(...) calendar_of((const Holiday[]){ __VA_ARGS__ }, COUNT_OF(((const Holiday[]){ __VA_ARGS__ })))

static Str date_text(Date date)
{
    Text text = text_begin(arena, 20);
    if (date_is_set(date))
        text_date(&text, date);
    else
        text_put(&text, S("none"));
    return text_str(&text);
}

static Period period_of(const PeriodRule *rule, const char *words)
{
    Period period = { 0 };
    must(period_parse(str_from(words), &period));
    period.rule = rule;
    return period;
}

#define CHECK_DUE(calendar, rule, from, words, want)                                                                   \
    CHECK_STR(date_text(calendar_due((calendar), day_of(from), period_of((rule), (words)), NULL, 0).date), S(want))
#define CHECK_BEFORE(calendar, rule, day, words, want)                                                                 \
    CHECK_STR(date_text(calendar_before((calendar), day_of(day), period_of((rule), (words))).date), S(want))

/* LAW eu.1182-71 art.3 */
static const PeriodRule EU = { .working_least = 2, .working_least_from = 2 };
static const PeriodRule EU_DAY_AFTER = { .working_least = 2, .working_least_from = 2, .ends_like_first = true };
/* LAW nl.termijnenwet art.1, art.2, art.4 */
static PeriodRule dutch(void)
{
    PeriodRule rule = { .working_least = 2, .working_least_from = 3 };
    list_push(arena, &rule.up_to, (Period){ 90, UNIT_DAY });
    list_push(arena, &rule.up_to, (Period){ 12, UNIT_WEEK });
    list_push(arena, &rule.up_to, (Period){ 3, UNIT_MONTH });
    return rule;
}
static Calendar netherlands(void)
{
    return CALENDAR({ 20260101, 20260101, 1 }, { 20260403, 20260403, 1 }, { 20260406, 20260406, 1 }, { 20260427, 20260427, 1 },
                    { 20260505, 20260505, 1 }, { 20260514, 20260514, 1 }, { 20260525, 20260525, 1 }, { 20261225, 20261226, 1 });
}

/* LAW eu.1182-71 art.3(1) to 3(5), examples EU-01 to EU-06 */
static void the_worked_examples_of_the_union_come_out(void)
{
    const Calendar plain = CALENDAR({ 20260403, 20260403, 1 }, { 20260406, 20260406, 1 }, { 20261225, 20261226, 1 }, { 20270101, 20270101, 1 });
    CHECK_DUE(&plain, &EU, 20261026, "30 days", "2026-11-25");
    CHECK_DUE(&plain, &EU, 20260131, "1 month", "2026-03-02");
    CHECK_DUE(&plain, &EU, 20261025, "2 months", "2026-12-28");
    CHECK_DUE(&plain, &EU, 20260402, "2 days", "2026-04-08");
    CHECK_DUE(&plain, &EU, 20261221, "10 working days", "2027-01-06");
    CHECK_DUE(&plain, &EU, 20260304, "8 weeks", "2026-04-29");
}

/* LAW eu.1182-71 art.3(2)(c): the day from which it runs is that of the event, or the one after: the pack says which. */
static void weeks_and_months_run_from_the_event_or_from_the_day_after(void)
{
    const Calendar plain = calendar_of(NULL, 0);
    CHECK_DUE(&plain, &EU, 20260304, "1 week", "2026-03-11");
    CHECK_DUE(&plain, &EU_DAY_AFTER, 20260304, "1 week", "2026-03-12");
    CHECK_DUE(&plain, &EU_DAY_AFTER, 20260304, "8 days", "2026-03-12");
    /* 31 January, the day after it is 1 February; the month ends on 1 March, a Sunday in 2026. */
    CHECK_DUE(&plain, &EU_DAY_AFTER, 20260131, "1 month", "2026-03-02");
    CHECK_DUE(&plain, &EU_DAY_AFTER, 20260130, "1 month", "2026-03-02");
    CHECK_DUE(&plain, &EU_DAY_AFTER, 20230130, "1 month", "2023-02-28");
    CHECK_DUE(&plain, &EU_DAY_AFTER, 20240228, "1 year", "2025-02-28");
    CHECK_DUE(&plain, &EU, 20240229, "1 year", "2025-02-28");
    CHECK_DUE(&plain, &EU_DAY_AFTER, 20240229, "1 year", "2025-03-03"); /* 1 March is a Saturday */
}

/* LAW eu.1182-71 art.3(5) */
static void a_period_of_two_days_has_two_working_days(void)
{
    const Calendar easter = CALENDAR({ 20260403, 20260403, 1 }, { 20260406, 20260406, 1 });
    CHECK_DUE(&easter, &EU, 20260515, "2 days", "2026-05-19"); /* Friday: Saturday, Sunday, and two more */
    CHECK_DUE(&easter, &EU, 20260514, "2 days", "2026-05-18"); /* Thursday: Friday, Saturday, and Monday */
    CHECK_DUE(&easter, &EU, 20260515, "1 day", "2026-05-18");  /* one day is not two */
    CHECK_DUE(&easter, &EU, 20260402, "3 days", "2026-04-08");
    CHECK_DUE(&easter, &EU, 20260401, "3 days", "2026-04-07"); /* the 2nd, then the 7th */
    CHECK_DUE(&easter, &EU, 20260402, "1 week", "2026-04-09");
}

/* LAW nl.termijnenwet art.1, art.2, examples NL-01, NL-05 to NL-07, NL-09 */
static void the_worked_examples_of_the_netherlands_come_out(void)
{
    const PeriodRule atw = dutch();
    const Calendar dutch_days = netherlands();
    CHECK_DUE(&dutch_days, &atw, 20260302, "8 weeks", "2026-04-28");
    CHECK_DUE(&dutch_days, &atw, 20261028, "3 days", "2026-11-02");
    CHECK_DUE(&dutch_days, &atw, 20261224, "3 days", "2026-12-29");
    CHECK_DUE(&dutch_days, &atw, 20260402, "3 days", "2026-04-08");
    CHECK_DUE(&dutch_days, &atw, 20260501, "5 days", "2026-05-06");
    /* Two days are fewer than three: only the end moves. */
    CHECK_DUE(&dutch_days, &atw, 20261224, "2 days", "2026-12-28");
    /* NL-02: eight days of suspension, the day after the request to the day before the papers. */
    const Stop stop = { day_of(20260611), day_of(20260618) };
    CHECK_STR(date_text(calendar_due(&dutch_days, day_of(20260601), period_of(&atw, "8 weeks"), &stop, 1).date), S("2026-08-04"));
}

/* LAW nl.termijnenwet art.4: not for more than 90 days, 12 weeks, 3 months, nor for years. */
static void a_long_dutch_term_ends_where_it_falls(void)
{
    const PeriodRule atw = dutch();
    const Calendar dutch_days = netherlands();
    CHECK_DUE(&dutch_days, &atw, 20260309, "90 days", "2026-06-08");  /* Sunday 7 June */
    CHECK_DUE(&dutch_days, &atw, 20260308, "91 days", "2026-06-07");
    CHECK_DUE(&dutch_days, &atw, 20260308, "12 weeks", "2026-06-01"); /* Sunday 31 May */
    CHECK_DUE(&dutch_days, &atw, 20260308, "13 weeks", "2026-06-07");
    CHECK_DUE(&dutch_days, &atw, 20260307, "3 months", "2026-06-08");
    CHECK_DUE(&dutch_days, &atw, 20260207, "4 months", "2026-06-07");
    CHECK_DUE(&dutch_days, &atw, 20250607, "1 year", "2026-06-07");
}

/* LAW cn.tax-rules art.109, example CN-20: thirty days from 20 September; the three legal days of October, with the four moved ones,
 * prolong them by seven. The Mid-Autumn weekend has one legal day, so it does not. */
static void a_long_holiday_prolongs_a_tax_period(void)
{
    const PeriodRule tax = { .long_holiday = 3 };
    const Calendar autumn = CALENDAR({ 20260925, 20260927, 1 }, { 20261001, 20261007, 3 });
    CHECK_DUE(&autumn, NULL, 20260920, "30 days", "2026-10-20");
    CHECK_DUE(&autumn, &tax, 20260920, "30 days", "2026-10-27");
    CHECK_DUE(&autumn, &tax, 20260901, "29 days", "2026-09-30");
    /* Two days of the holiday lie in the period: the end moves off it, and no more. Three: seven days more, from the 3rd to the 10th. */
    CHECK_DUE(&autumn, &tax, 20260901, "31 days", "2026-10-08");
    CHECK_DUE(&autumn, &tax, 20260901, "32 days", "2026-10-12");
    /* It began in the holiday: 6 and 7 October alone lie in it. */
    CHECK_DUE(&autumn, &tax, 20261005, "15 days", "2026-10-20");
    CHECK_DUE(&autumn, &tax, 20261004, "15 days", "2026-10-22");
    /* Working days leave the holiday out anyway. */
    CHECK_DUE(&autumn, &tax, 20260930, "1 working day", "2026-10-08");
}

/* "Beginning with" a day counts it: one day earlier in every unit; no day is lost at a month's end. */
static void the_start_day_may_count(void)
{
    const PeriodRule with = { .start_counts = true, .end_stays = true };
    const Calendar plain = calendar_of(NULL, 0);
    CHECK_DUE(&plain, &with, 20260601, "14 days", "2026-06-14");
    CHECK_DUE(&plain, &with, 20260601, "2 weeks", "2026-06-14");
    CHECK_DUE(&plain, &with, 20260115, "1 month", "2026-02-14");
    CHECK_DUE(&plain, &with, 20260301, "1 month", "2026-03-28"); /* as one month from 28 February */
    CHECK_DUE(&plain, &with, 20260101, "1 year", "2026-12-31");
    CHECK_DUE(&plain, &with, 20260601, "1 working day", "2026-06-01");
    CHECK_DUE(&plain, &with, 20260606, "1 working day", "2026-06-08");
    CHECK_DUE(&plain, &with, 20260601, "1 day", "2026-06-01");
    const PeriodRule date_to_date = { .start_counts = true, .ends_like_first = true, .end_stays = true };
    CHECK_DUE(&plain, &date_to_date, 20260115, "1 month", "2026-02-15");
}

/* Examples UK-01 to UK-03: the end stays where it falls. */
static void the_worked_examples_of_england_come_out(void)
{
    const PeriodRule england = { .end_stays = true };
    const Calendar plain = calendar_of(NULL, 0);
    CHECK_DUE(&plain, &england, 20260601, "14 days", "2026-06-15");
    CHECK_DUE(&plain, &england, 20260615, "14 days", "2026-06-29");
    CHECK_BEFORE(&plain, &england, 20260901, "28 days", "2026-08-04");
    CHECK_DUE(&plain, &england, 20260301, "42 days", "2026-04-12"); /* a Sunday */
}

/* Counted back the day itself is not counted, and no end moves: CN-12, CN-22, NL-08, UK-02. */
static void periods_are_counted_back(void)
{
    const PeriodRule atw = dutch();
    const Calendar dutch_days = netherlands();
    CHECK_BEFORE(&dutch_days, &atw, 20260501, "4 weeks", "2026-04-03"); /* Good Friday stays */
    const Calendar plain = calendar_of(NULL, 0);
    CHECK_BEFORE(&plain, NULL, 20261031, "30 days", "2026-10-01");
    CHECK_BEFORE(&plain, NULL, 20260331, "1 month", "2026-02-28");
    CHECK_BEFORE(&plain, NULL, 20240229, "1 year", "2023-02-28");
    CHECK_BEFORE(&plain, NULL, 20260504, "1 working day", "2026-05-01");
    CHECK_BEFORE(&plain, NULL, 20260504, "6 working days", "2026-04-24");
    CHECK_BEFORE(&plain, &EU, 20260504, "2 days", "2026-04-30"); /* a weekend, so two working days more */
    CHECK_BEFORE(&plain, &EU, 20260504, "1 day", "2026-05-03");
    CHECK_BEFORE(&plain, NULL, 99991231, "1 day", "9999-12-30");
    CHECK_BEFORE(&plain, NULL, 10101, "1 working day", "none");
    CHECK_BEFORE(&plain, NULL, 10115, "1 month", "none");
    CHECK_BEFORE(&plain, NULL, 10115, "15 days", "none");
}

static void an_extension_goes_on_where_the_period_ends(void)
{
    const Calendar plain = calendar_of(NULL, 0);
    static const struct {
        const char *period, *extension, *want;
        int32_t from;
    } CASES[] = {
        { "20 working days", "10 working days", "2026-10-13", 20260901 },
        { "1 month", "1 month", "2026-03-31", 20260131 },    /* two months, not one from 28 February */
        { "30 days", "14 days", "2026-12-09", 20261026 },    /* EU-09 */
        { "1 month", "10 working days", "2026-03-13", 20260131 },
        { "10 working days", "1 month", "2026-10-15", 20260901 },
        { "10 days", "4 days", "2026-05-15", 20260501 },     /* Monday 11 May is not where it starts again: 1 May and 14 days */
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const Due due = calendar_due_extended(&plain, day_of(CASES[i].from), period_of(NULL, CASES[i].period),
                                              period_of(NULL, CASES[i].extension), NULL, 0);
        CHECK_STR(date_text(due.date), str_from(CASES[i].want));
    }
}

/* "no-such-day 2026-02-28, ends-on-weekend 2026-02-28..2026-03-01" */
static Str why(const Calendar *calendar, const PeriodRule *rule, int32_t from, const char *words, const Stop *stops, size_t count)
{
    const Skips skips = calendar_why(arena, calendar, day_of(from), period_of(rule, words), (Period){ 0 }, stops, count);
    Text text = text_begin(arena, 2000);
    for (size_t i = 0; i < skips.count; i++) {
        text_printf(&text, "%s%.*s ", i ? ", " : "", STR_ARGS(skip_kind_word(skips.at[i].kind)));
        text_date(&text, skips.at[i].from);
        if (skips.at[i].from.day != skips.at[i].to.day) {
            text_put(&text, S(".."));
            text_date(&text, skips.at[i].to);
        }
    }
    return text_str(&text);
}

static void every_date_says_what_moved_it(void)
{
    const PeriodRule tax = { .long_holiday = 3 };
    const Calendar autumn = CALENDAR({ 20260925, 20260927, 1 }, { 20261001, 20261007, 3 });
    CHECK_STR(why(&autumn, NULL, 20260131, "1 month", NULL, 0), S("no-such-day 2026-02-28, ends-on-weekend 2026-02-28..2026-03-01"));
    CHECK_STR(why(&autumn, NULL, 20261026, "30 days", NULL, 0), S(""));
    CHECK_STR(why(&autumn, NULL, 20260923, "2 days", NULL, 0), S("ends-on-holiday 2026-09-25..2026-09-27"));
    CHECK_STR(why(&autumn, &tax, 20260920, "30 days", NULL, 0), S("long-holiday 2026-10-01..2026-10-07"));
    CHECK_STR(why(&autumn, &EU, 20260515, "2 days", NULL, 0), S("too-few-working-days 2026-05-18..2026-05-19"));
    CHECK_STR(why(&autumn, NULL, 20260923, "3 working days", NULL, 0), S("holiday 2026-09-25..2026-09-27"));
    const Stop stop = { day_of(20260511), day_of(20260520) };
    CHECK_STR(why(&autumn, NULL, 20260506, "10 days", &stop, 1), S("stop 2026-05-11..2026-05-20"));
    CHECK_STR(why(&autumn, NULL, 20260507, "3 working days", &stop, 1), S("weekend 2026-05-09..2026-05-10, stop 2026-05-11..2026-05-20"));
    CHECK_STR(why(&autumn, NULL, 20260430, "9 days", &stop, 1), S("ends-on-weekend 2026-05-09..2026-05-10, ends-in-stop 2026-05-11..2026-05-20"));
}

/* ---- a naive model: a row of flags, counted with a finger; rules drawn at random ------------------------------- */

static uint32_t state = 20260921;
static int32_t below(int32_t bound)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return (int32_t)(state % (uint32_t)bound);
}

enum { MODEL_DAYS = 1000 };
static void a_naive_model_gives_the_same_dates_under_every_rule(void)
{
    for (int round = 0; round < 5000; round++) {
        Holiday holidays[12];
        bool works[MODEL_DAYS], stopped[MODEL_DAYS] = { false };
        const Date first = day_of(20240101); /* a Monday */
        for (int i = 0; i < MODEL_DAYS; i++)
            works[i] = i % 7 < 5;
        for (int i = 0; i < 12; i++) {
            const int32_t from = 10 + i * 30 + below(10), days = 1 + below(8);
            const Ymd a = date_parts(date_add(first, from)), b = date_parts(date_add(first, from + days - 1));
            holidays[i] = (Holiday){ a.year * 10000 + a.month * 100 + a.day, b.year * 10000 + b.month * 100 + b.day, 1 };
            for (int32_t d = from; d < from + days; d++)
                works[d] = false;
        }
        const Calendar calendar = calendar_of(holidays, 12);
        const int32_t stop_from = below(300);
        const Stop stop = { date_add(first, stop_from), date_add(first, stop_from + below(20)) };
        for (int32_t d = stop_from; d <= stop.to.day - first.day; d++)
            stopped[d] = true;
        const PeriodRule rule = { .start_counts = below(2), .end_stays = below(2), .working_least = below(4), .working_least_from = below(5) };
        const int32_t start = 1 + below(250), amount = 1 + below(60), before = rule.start_counts ? start - 1 : start;
        int32_t end = before, working = 0;
        for (int32_t left = amount; left > 0;)
            left -= !stopped[++end];
        for (int32_t d = before + 1; d <= end; d++)
            working += works[d] && !stopped[d];
        if (end - before >= rule.working_least_from)
            while (working < rule.working_least) {
                while (stopped[++end])
                    continue;
                working += works[end];
            }
        while (!rule.end_stays && (!works[end] || stopped[end]))
            end++;
        const Due due = calendar_due(&calendar, date_add(first, start), (Period){ amount, UNIT_DAY, &rule }, &stop, 1);
        if (!CHECK(due.date.day == first.day + end))
            printf("   round %d: %.*s\n", round, STR_ARGS(date_text(date_add(first, end))));
        arena_reset(arena);
    }
}

int main(void)
{
    arena = arena_open(16 << 20);
    RUN(the_worked_examples_of_the_union_come_out);
    RUN(weeks_and_months_run_from_the_event_or_from_the_day_after);
    RUN(a_period_of_two_days_has_two_working_days);
    RUN(the_worked_examples_of_the_netherlands_come_out);
    RUN(a_long_dutch_term_ends_where_it_falls);
    RUN(a_long_holiday_prolongs_a_tax_period);
    RUN(the_start_day_may_count);
    RUN(the_worked_examples_of_england_come_out);
    RUN(periods_are_counted_back);
    RUN(an_extension_goes_on_where_the_period_ends);
    RUN(every_date_says_what_moved_it);
    RUN(a_naive_model_gives_the_same_dates_under_every_rule);
    arena_close(arena);
    return test_end();
}
