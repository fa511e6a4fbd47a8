/* calendar: the worked examples of the reference jurisdiction, then the edges, then a naive model beside it. */
#include "calendar/calendar.h"
#include "test.h"

static Arena *arena;
static Calendar china;

/* What the State Council's yearly notices say, spans of neighbouring days as one row. */
typedef struct Span {
    int32_t first, last;                           /* yyyymmdd */
    bool working;
    const char *name;
} Span;
static const Span NOTICES[] = {
    { 20240101, 20240101, false, "元旦" },
    { 20240204, 20240204, true, "春节" },
    { 20240210, 20240217, false, "春节" },
    { 20240218, 20240218, true, "春节" },
    { 20240404, 20240406, false, "清明节" },
    { 20240407, 20240407, true, "清明节" },
    { 20240428, 20240428, true, "劳动节" },
    { 20240501, 20240505, false, "劳动节" },
    { 20240511, 20240511, true, "劳动节" },
    { 20240610, 20240610, false, "端午节" },
    { 20240914, 20240914, true, "中秋节" },
    { 20240915, 20240917, false, "中秋节" },
    { 20240929, 20240929, true, "国庆节" },
    { 20241001, 20241007, false, "国庆节" },
    { 20241012, 20241012, true, "国庆节" },
    { 20250101, 20250101, false, "元旦" },
    { 20250126, 20250126, true, "春节" },
    { 20250128, 20250204, false, "春节" },
    { 20250208, 20250208, true, "春节" },
    { 20250404, 20250406, false, "清明节" },
    { 20250427, 20250427, true, "劳动节" },
    { 20250501, 20250505, false, "劳动节" },
    { 20250531, 20250602, false, "端午节" },
    { 20250928, 20250928, true, "国庆节、中秋节" },
    { 20251001, 20251008, false, "国庆节、中秋节" },
    { 20251011, 20251011, true, "国庆节、中秋节" },
    { 20260101, 20260103, false, "元旦" },
    { 20260104, 20260104, true, "元旦" },
    { 20260214, 20260214, true, "春节" },
    { 20260215, 20260223, false, "春节" },
    { 20260228, 20260228, true, "春节" },
    { 20260404, 20260406, false, "清明节" },
    { 20260501, 20260505, false, "劳动节" },
    { 20260509, 20260509, true, "劳动节" },
    { 20260619, 20260621, false, "端午节" },
    { 20260920, 20260920, true, "国庆节" },
    { 20260925, 20260927, false, "中秋节" },
    { 20261001, 20261007, false, "国庆节" },
    { 20261010, 20261010, true, "国庆节" },
};

static Date day_of(int32_t yyyymmdd)
{
    return date_of(yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);
}

static CalendarYear *year_in(Calendar *calendar, int year)
{
    for (size_t i = 0; i < calendar->years.count; i++)
        if (calendar->years.at[i].year == year)
            return &calendar->years.at[i];
    CalendarYear *added = list_add(arena, &calendar->years);
    added->year = year;
    return added;
}

static void add_span(Calendar *calendar, int year, Span span)
{
    CalendarYear *to = year_in(calendar, year);
    for (Date day = day_of(span.first); date_compare(day, day_of(span.last)) <= 0; day = date_add(day, 1))
        list_push(arena, &to->days, (CalendarDay){ day, span.working, str_from(span.name) });
}

static Calendar weekends_only(void)
{
    return (Calendar){ .free_weekday = { [6] = true, [7] = true } };
}

/* Backwards gives the same calendar with the years and the days in the opposite order. */
static Calendar calendar_of(const Span *spans, size_t count, bool backwards)
{
    Calendar calendar = weekends_only();
    for (size_t i = 0; i < count; i++) {
        const Span *span = &spans[backwards ? count - 1 - i : i];
        add_span(&calendar, span->first / 10000, *span);
    }
    return calendar;
}

static Str date_text(Date date)
{
    if (!date_is_set(date))
        return S("none");
    Text text = text_begin(arena, 20);
    text_date(&text, date);
    return text_str(&text);
}

static Period period_of(const char *words)
{
    Period period = { 0 };
    must(period_parse(str_from(words), &period));
    return period;
}

/* "2026-10-26", with a star behind it when provisional; "none". */
static Str due_with(const Calendar *calendar, int32_t from, const char *period, const Stop *stops, size_t stop_count)
{
    Due due = calendar_due(calendar, day_of(from), period_of(period), stops, stop_count);
    return str_printf(arena, "%.*s%s", STR_ARGS(date_text(due.date)), due.provisional ? "*" : "");
}

static Str due_in(const Calendar *calendar, int32_t from, const char *period)
{
    return due_with(calendar, from, period, NULL, 0);
}

typedef struct Example {
    const char *article;
    int32_t from;
    const char *period;
    int32_t stop_from, stop_to;                    /* 0: no stop */
    const char *due;
} Example;
static const Example EXAMPLES[] = {
    { "CN-01 Licensing Law Art. 42(1)", 20260921, "20 working days", 0, 0, "2026-10-26" },
    { "CN-02 the same over Spring Festival", 20260209, "20 working days", 0, 0, "2026-03-13" },
    { "CN-03 the same, extended by 10", 20260209, "30 working days", 0, 0, "2026-03-27" },
    { "CN-03 the extension alone", 20260313, "10 working days", 0, 0, "2026-03-27" },
    { "CN-04 Licensing Law Art. 32(1)(4)", 20260429, "5 working days", 0, 0, "2026-05-09" },
    { "CN-05 Licensing Law Art. 45, before the stop", 20260429, "20 working days", 0, 0, "2026-05-29" },
    { "CN-05 Licensing Law Art. 45, expert review", 20260429, "20 working days", 20260511, 20260520, "2026-06-10" },
    { "CN-06 Licensing Law Art. 44", 20260929, "10 working days", 0, 0, "2026-10-19" },
    { "CN-07 Licensing Law Art. 42(2)", 20260615, "45 working days", 0, 0, "2026-08-18" },
    { "CN-07 the same, extended by 15", 20260615, "60 working days", 0, 0, "2026-09-08" },
    { "CN-08 Market Entity Registration Art. 19", 20260930, "3 working days", 0, 0, "2026-10-10" },
    { "CN-08 the same, extended by 3", 20260930, "6 working days", 0, 0, "2026-10-14" },
    { "CN-09 Zhejiang Provisions Art. 14(2)", 20260512, "60 working days", 0, 0, "2026-08-05" },
    { "CN-10 Real Estate Registration Art. 20", 20260924, "30 working days", 0, 0, "2026-11-12" },
    { "CN-11 Pollutant Discharge Permits Art. 12(1)", 20260415, "20 working days", 0, 0, "2026-05-15" },
    { "CN-14 food licence", 20260922, "10 working days", 0, 0, "2026-10-13" },
    { "CN-14 the same, extended by 5", 20260922, "15 working days", 0, 0, "2026-10-20" },
    { "CN-15 Fire Law Art. 15(3), inspection", 20260922, "10 working days", 0, 0, "2026-10-13" },
    { "CN-15 decision after the inspection", 20261013, "3 working days", 0, 0, "2026-10-16" },
    { "CN-16 fire check after a commitment", 20260923, "20 working days", 0, 0, "2026-10-28" },
    { "CN-17 drainage permit, Art. 82", 20260922, "15 working days", 0, 0, "2026-10-20" },
    { "CN-17 drainage permit, as calendar days", 20260922, "15 days", 0, 0, "2026-10-08" },
    { "CN-18 Social Insurance Handling Art. 18", 20260410, "20 working days", 0, 0, "2026-05-12" },
    { "CN-19 maternity allowance", 20260211, "10 working days", 0, 0, "2026-03-03" },
    { "CN-20 Tax Collection Rules Art. 109", 20260920, "30 days", 20261001, 20261007, "2026-10-27" },
    { "CN-20 before Art. 109", 20260920, "30 days", 0, 0, "2026-10-20" },
    { "CN-21 Zhejiang Provisions Art. 5(3), bundle received", 20260921, "10 working days", 0, 0, "2026-10-12" },
    { "CN-21 food clock from the predecessor's notice", 20260922, "10 working days", 0, 0, "2026-10-13" },
};

/* LAW cn.licensing art.82 */
static void the_worked_examples_of_china_come_out(void)
{
    for (size_t i = 0; i < COUNT_OF(EXAMPLES); i++) {
        const Example *example = &EXAMPLES[i];
        Stop stop = { 0 };
        if (example->stop_from)
            stop = (Stop){ day_of(example->stop_from), day_of(example->stop_to) };
        Str due = due_with(&china, example->from, example->period, &stop, example->stop_from ? 1 : 0);
        if (!CHECK_STR(due, str_from(example->due)))
            printf("   in: %s\n", example->article);
    }
}

static void the_order_of_years_and_days_does_not_matter(void)
{
    Calendar backwards = calendar_of(NOTICES, COUNT_OF(NOTICES), true);
    CHECK(backwards.years.at[0].year == 2026 && backwards.years.count == 3);
    for (size_t i = 0; i < COUNT_OF(EXAMPLES); i++)
        if (!EXAMPLES[i].stop_from)
            CHECK_STR(due_in(&backwards, EXAMPLES[i].from, EXAMPLES[i].period), str_from(EXAMPLES[i].due));
    for (Date day = date_of(2023, 12, 1); day.day < date_of(2027, 2, 1).day; day = date_add(day, 1)) {
        DayStatus one = calendar_day(&china, day), other = calendar_day(&backwards, day);
        CHECK(one.working == other.working && one.published == other.published && str_equal(one.name, other.name));
    }
}

static void a_published_year_has_as_many_working_days_as_its_notice_leaves(void)
{
    CHECK(calendar_working_days(&china, date_of(2023, 12, 31), date_of(2024, 12, 31)) == 251);
    CHECK(calendar_working_days(&china, date_of(2024, 12, 31), date_of(2025, 12, 31)) == 248);
    CHECK(calendar_working_days(&china, date_of(2025, 12, 31), date_of(2026, 12, 31)) == 248);
}

static void a_day_says_what_it_is(void)
{
    DayStatus weekday = calendar_day(&china, date_of(2026, 9, 21));
    CHECK(weekday.working && weekday.published && weekday.name.len == 0);
    DayStatus weekend = calendar_day(&china, date_of(2026, 9, 19));
    CHECK(!weekend.working && weekend.published && weekend.name.len == 0);
    DayStatus made_up = calendar_day(&china, date_of(2026, 9, 20));
    CHECK(made_up.working && made_up.published && made_up.name.len == 0);
    DayStatus holiday = calendar_day(&china, date_of(2026, 9, 25));
    CHECK(!holiday.working && holiday.published);
    CHECK_STR(holiday.name, S("中秋节"));
    CHECK_STR(calendar_day(&china, date_of(2026, 9, 27)).name, S("中秋节"));
    DayStatus later = calendar_day(&china, date_of(2027, 1, 1));
    CHECK(later.working && !later.published && later.name.len == 0);
    DayStatus earlier = calendar_day(&china, date_of(2023, 12, 31));
    CHECK(!earlier.working && !earlier.published);
}

static void free_weekdays_are_the_packs_own(void)
{
    Calendar gulf = { .free_weekday = { [5] = true, [6] = true } };
    CHECK(!calendar_day(&gulf, date_of(2026, 9, 25)).working);
    CHECK(calendar_day(&gulf, date_of(2026, 9, 27)).working);
    CHECK_STR(due_in(&gulf, 20260924, "1 working day"), S("2026-09-27*"));
}

static void a_notice_may_move_days_of_the_december_before(void)
{
    static const Span OWN[] = { { 20221230, 20221231, true, "" } };
    Calendar calendar = calendar_of(OWN, COUNT_OF(OWN), false);
    CHECK(calendar_day(&calendar, date_of(2022, 12, 31)).working);
    add_span(&calendar, 2023, (Span){ 20221231, 20230102, false, "元旦" });
    add_span(&calendar, 2023, (Span){ 20221130, 20221201, false, "" });
    CHECK(calendar_day(&calendar, date_of(2022, 11, 30)).working);
    CHECK(!calendar_day(&calendar, date_of(2022, 12, 1)).working);
    CHECK(calendar_day(&calendar, date_of(2022, 12, 30)).working);
    CHECK(!calendar_day(&calendar, date_of(2022, 12, 31)).working);
    CHECK_STR(due_in(&calendar, 20221229, "2 working days"), S("2023-01-03"));
    CHECK_STR(calendar_day(&calendar, date_of(2022, 12, 31)).name, S("元旦"));
}

/* LAW cn.civil-code art.202 */
static void months_end_on_the_corresponding_or_the_last_day(void)
{
    CHECK_STR(date_text(period_end(date_of(2026, 1, 31), period_of("1 month"))), S("2026-02-28"));
    CHECK_STR(date_text(period_end(date_of(2024, 1, 31), period_of("1 month"))), S("2024-02-29"));
    CHECK_STR(date_text(period_end(date_of(2026, 3, 31), period_of("1 month"))), S("2026-04-30"));
    CHECK_STR(date_text(period_end(date_of(2026, 2, 28), period_of("1 month"))), S("2026-03-28"));
    CHECK_STR(date_text(period_end(date_of(2025, 11, 30), period_of("3 months"))), S("2026-02-28"));
    CHECK_STR(date_text(period_end(date_of(2026, 12, 31), period_of("12 months"))), S("2027-12-31"));
    CHECK_STR(date_text(period_end(date_of(2024, 2, 29), period_of("1 year"))), S("2025-02-28"));
    CHECK_STR(date_text(period_end(date_of(2024, 2, 29), period_of("4 years"))), S("2028-02-29"));
    CHECK_STR(date_text(period_end(date_of(2026, 3, 4), period_of("8 weeks"))), S("2026-04-29"));
    CHECK_STR(date_text(period_end(date_of(2026, 9, 22), period_of("15 days"))), S("2026-10-07"));
    CHECK_STR(date_text(period_end(date_of(2026, 9, 22), period_of("15 working days"))), S("none"));
    CHECK_STR(date_text(period_end(date_of(2026, 9, 22), (Period){ 0 })), S("none"));
}

/* LAW cn.civil-code art.203 */
static void calendar_periods_end_on_a_working_day(void)
{
    /* 28 February 2026 is a Saturday that is worked; 30 June 2024 is a plain Sunday. */
    CHECK_STR(due_in(&china, 20260131, "1 month"), S("2026-02-28"));
    CHECK_STR(due_in(&china, 20240530, "1 month"), S("2024-07-01"));
    CHECK_STR(due_in(&china, 20240131, "1 month"), S("2024-02-29"));
    CHECK_STR(due_in(&china, 20240229, "1 year"), S("2025-02-28"));
    CHECK_STR(due_in(&china, 20260917, "2 weeks"), S("2026-10-08"));
    CHECK_STR(due_in(&china, 20260122, "24 days"), S("2026-02-24"));
}

/* LAW cn.civil-code art.201 */
static void a_start_on_a_free_day_counts_like_any_other(void)
{
    /* Sunday 27 September 2026 ends a holiday; the first day that counts is the Monday after it. */
    CHECK_STR(due_in(&china, 20260926, "1 working day"), S("2026-09-28"));
    CHECK_STR(due_in(&china, 20260927, "1 working day"), S("2026-09-28"));
    CHECK_STR(due_in(&china, 20261003, "1 working day"), S("2026-10-08"));
    CHECK_STR(due_in(&china, 20261003, "7 days"), S("2026-10-10"));
    CHECK_STR(due_in(&china, 20260921, "1 day"), S("2026-09-22"));
}

static void an_open_stop_leaves_no_date(void)
{
    Stop open = { date_of(2026, 10, 12), DATE_NONE };
    CHECK_STR(due_with(&china, 20260921, "20 working days", &open, 1), S("none"));
    CHECK_STR(due_with(&china, 20260921, "30 days", &open, 1), S("none"));
    CHECK(!calendar_due(&china, date_of(2026, 9, 21), period_of("20 working days"), &open, 1).provisional);
    /* What ended before the stop has ended. */
    CHECK_STR(due_with(&china, 20260921, "10 working days", &(Stop){ date_of(2026, 10, 13), DATE_NONE }, 1),
              S("2026-10-12"));
    CHECK_STR(due_with(&china, 20260921, "10 working days", &open, 1), S("none"));
    CHECK_STR(due_with(&china, 20260922, "2 days", &open, 1), S("2026-09-24"));
    /* It holds although an ended one lies over it. */
    Stop both[] = { { date_of(2026, 10, 8), date_of(2026, 10, 20) }, open };
    CHECK_STR(due_with(&china, 20260921, "20 working days", both, 2), S("none"));
    Stop before[] = { { date_of(2026, 1, 1), DATE_NONE } };
    CHECK_STR(due_with(&china, 20260921, "1 working day", before, 1), S("none"));
}

static void a_stop_that_begins_before_the_start_takes_only_what_follows(void)
{
    Stop stop = { date_of(2026, 4, 1), date_of(2026, 5, 8) };
    CHECK_STR(due_with(&china, 20260429, "1 working day", &stop, 1), S("2026-05-09"));
    CHECK_STR(due_with(&china, 20260429, "2 working days", &stop, 1), S("2026-05-11"));
    CHECK_STR(due_with(&china, 20260429, "5 days", &stop, 1), S("2026-05-13"));
    /* One that is over before the start, or on it, takes nothing. */
    Stop over[] = { { date_of(2026, 4, 1), date_of(2026, 4, 29) } };
    CHECK_STR(due_with(&china, 20260429, "5 working days", over, 1), S("2026-05-09"));
}

static void stops_may_touch_overlap_and_be_empty(void)
{
    Stop stops[] = {
        { date_of(2026, 5, 15), date_of(2026, 5, 20) },
        { date_of(2026, 5, 11), date_of(2026, 5, 16) },
        { date_of(2026, 5, 12), date_of(2026, 5, 13) },
        { date_of(2026, 5, 25), date_of(2026, 5, 24) },
    };
    CHECK_STR(due_with(&china, 20260429, "20 working days", stops, COUNT_OF(stops)), S("2026-06-10"));
    CHECK_STR(due_with(&china, 20260429, "20 working days", &stops[3], 1), S("2026-05-29"));
    /* A moved end that reaches into another stop is moved by that one too. */
    Stop chain[] = { { date_of(2026, 7, 6), date_of(2026, 7, 8) }, { date_of(2026, 7, 12), date_of(2026, 7, 13) } };
    CHECK_STR(due_with(&china, 20260701, "8 days", chain, 2), S("2026-07-14"));
    CHECK_STR(due_with(&china, 20260701, "1 week", chain, 2), S("2026-07-14"));
    CHECK_STR(due_with(&china, 20260609, "1 month", chain, 2), S("2026-07-14"));
}

static void a_working_day_is_never_due_inside_a_stop(void)
{
    /* The day falls on a Saturday; the Monday after it is stopped until Wednesday. */
    Stop stop = { date_of(2026, 7, 13), date_of(2026, 7, 15) };
    CHECK_STR(due_with(&china, 20260701, "10 days", &stop, 1), S("2026-07-16"));
    CHECK_STR(due_with(&china, 20260701, "10 days", &(Stop){ date_of(2026, 7, 13), DATE_NONE }, 1), S("none"));
}

static void dates_that_rest_on_a_year_without_notice_are_provisional(void)
{
    CHECK_STR(due_in(&china, 20261228, "3 working days"), S("2026-12-31"));
    CHECK_STR(due_in(&china, 20261228, "4 working days"), S("2027-01-01*"));
    CHECK_STR(due_in(&china, 20261231, "1 working day"), S("2027-01-01*"));
    CHECK_STR(due_in(&china, 20261221, "20 working days"), S("2027-01-18*"));
    /* Calendar days: only the end is looked at. */
    CHECK_STR(due_in(&china, 20261130, "31 days"), S("2026-12-31"));
    CHECK_STR(due_in(&china, 20261130, "32 days"), S("2027-01-01*"));
    CHECK_STR(due_in(&china, 20261201, "2 months"), S("2027-02-01*"));
    CHECK_STR(due_in(&china, 20231229, "1 month"), S("2024-01-29"));
    CHECK_STR(due_in(&china, 20231228, "1 working day"), S("2023-12-29*"));
    CHECK_STR(due_in(&china, 20231231, "1 working day"), S("2024-01-02"));
    /* Nothing rests on the days of a stop. */
    Calendar gap = calendar_of(NOTICES, COUNT_OF(NOTICES), false);
    add_span(&gap, 2028, (Span){ 20280101, 20280101, false, "元旦" });
    Stop whole_2027 = { date_of(2027, 1, 1), date_of(2027, 12, 31) };
    CHECK_STR(due_with(&gap, 20261231, "1 working day", &whole_2027, 1), S("2028-01-03"));
}

static void a_calendar_without_working_days_gives_no_date(void)
{
    Calendar never = { .free_weekday = { false, true, true, true, true, true, true, true } };
    CHECK_STR(due_in(&never, 20260921, "1 working day"), S("none"));
    CHECK_STR(due_in(&never, 20260921, "9999 working days"), S("none"));
    CHECK_STR(due_in(&never, 20260921, "1 day"), S("none"));
    CHECK(calendar_working_days(&never, date_of(2026, 1, 1), date_of(2027, 1, 1)) == 0);
    /* One worked day within reach is enough. */
    add_span(&never, 2027, (Span){ 20270301, 20270301, true, "" });
    CHECK_STR(due_in(&never, 20260921, "1 day"), S("2027-03-01*"));
    CHECK_STR(due_in(&never, 20260921, "2 working days"), S("none"));
}

static void nothing_is_due_after_the_last_year(void)
{
    Calendar plain = weekends_only();
    CHECK_STR(due_in(&plain, 99991230, "1 working day"), S("9999-12-31*"));
    CHECK_STR(due_in(&plain, 99991231, "1 working day"), S("none"));
    CHECK_STR(due_in(&plain, 99991231, "1 day"), S("none"));
    CHECK_STR(due_in(&plain, 99991201, "1 month"), S("none"));
    CHECK_STR(due_in(&plain, 20260101, "9999 years"), S("none"));
    CHECK_STR(due_with(&plain, 20260101, "1 day", &(Stop){ date_of(2026, 1, 2), date_of(9999, 12, 31) }, 1), S("none"));
    CHECK_STR(date_text(period_end(date_of(1, 1, 1), period_of("9998 years"))), S("9999-01-01"));
    CHECK_STR(date_text(period_end(date_of(2026, 1, 1), period_of("9999 months"))), S("2859-04-01"));
    CHECK_STR(date_text(period_end(date_of(9999, 12, 1), period_of("5 weeks"))), S("none"));
}

static void no_period_gives_no_date(void)
{
    Due due = calendar_due(&china, date_of(2026, 9, 21), (Period){ 0 }, NULL, 0);
    CHECK(!date_is_set(due.date) && !due.provisional);
}

static void working_days_between_two_dates_have_a_sign(void)
{
    Date monday = date_of(2026, 9, 21);
    CHECK(calendar_working_days(&china, monday, monday) == 0);
    CHECK(calendar_working_days(&china, monday, date_of(2026, 9, 22)) == 1);
    CHECK(calendar_working_days(&china, monday, date_of(2026, 10, 26)) == 20);
    CHECK(calendar_working_days(&china, date_of(2026, 10, 26), monday) == -20);
    CHECK(calendar_working_days(&china, date_of(2026, 10, 1), date_of(2026, 10, 7)) == 0);
    CHECK(calendar_working_days(&china, date_of(2026, 9, 19), date_of(2026, 9, 20)) == 1);
    CHECK(calendar_working_days(&china, date_of(2025, 12, 31), date_of(2026, 1, 4)) == 1);
}

/* "weekend 2026-10-24..2026-10-25; …" */
static Str skips_text(int32_t from, int32_t to, const Stop *stops, size_t stop_count)
{
    static const char *const KINDS[] = { "weekend", "holiday", "stop" };
    Skips skips = calendar_skips(arena, &china, day_of(from), day_of(to), stops, stop_count);
    Text text = text_begin(arena, 1000);
    for (size_t i = 0; i < skips.count; i++) {
        const Skip *skip = &skips.at[i];
        text_printf(&text, "%s%s", i ? "; " : "", KINDS[skip->kind]);
        if (skip->name.len)
            text_printf(&text, " %.*s", STR_ARGS(skip->name));
        text_char(&text, ' ');
        text_date(&text, skip->from);
        if (date_compare(skip->from, skip->to) != 0) {
            text_put(&text, S(".."));
            text_date(&text, skip->to);
        }
    }
    return text_str(&text);
}

static void skipped_days_are_told_as_spans_with_their_reason(void)
{
    CHECK_STR(skips_text(20260921, 20261026, NULL, 0),
              S("holiday 中秋节 2026-09-25..2026-09-27; holiday 国庆节 2026-10-01..2026-10-07; weekend 2026-10-11; "
                "weekend 2026-10-17..2026-10-18; weekend 2026-10-24..2026-10-25"));
    CHECK_STR(skips_text(20260921, 20260924, NULL, 0), S(""));
    CHECK_STR(skips_text(20260925, 20260925, NULL, 0), S(""));
    CHECK_STR(skips_text(20260928, 20260921, NULL, 0), S(""));
    CHECK_STR(skips_text(20260925, 20260926, NULL, 0), S("holiday 中秋节 2026-09-26"));
    CHECK_STR(skips_text(20240913, 20240918, NULL, 0), S("holiday 中秋节 2024-09-15..2024-09-17"));
    CHECK_STR(skips_text(20240607, 20240611, NULL, 0), S("weekend 2024-06-08..2024-06-09; holiday 端午节 2024-06-10"));
}

static void two_holidays_side_by_side_stay_two(void)
{
    static const Span CHRISTMAS[] = { { 20261225, 20261225, false, "First" }, { 20261226, 20261226, false, "Second" } };
    Calendar calendar = calendar_of(CHRISTMAS, COUNT_OF(CHRISTMAS), false);
    Skips skips = calendar_skips(arena, &calendar, date_of(2026, 12, 24), date_of(2026, 12, 27), NULL, 0);
    if (!CHECK(skips.count == 3))
        return;
    CHECK_STR(skips.at[0].name, S("First"));
    CHECK_STR(skips.at[1].name, S("Second"));
    CHECK(skips.at[1].kind == SKIP_HOLIDAY && skips.at[2].kind == SKIP_WEEKEND);
    CHECK(skips.at[2].from.day == date_of(2026, 12, 27).day && skips.at[2].name.len == 0);
}

static void a_stop_is_told_before_the_weekend_inside_it(void)
{
    Stop stops[] = { { date_of(2026, 5, 11), date_of(2026, 5, 20) } };
    CHECK_STR(skips_text(20260429, 20260525, stops, 1),
              S("holiday 劳动节 2026-05-01..2026-05-05; weekend 2026-05-10; stop 2026-05-11..2026-05-20; "
                "weekend 2026-05-23..2026-05-24"));
    Stop touching[] = { { date_of(2026, 5, 11), date_of(2026, 5, 12) }, { date_of(2026, 5, 13), DATE_NONE } };
    CHECK_STR(skips_text(20260508, 20260518, touching, 2), S("weekend 2026-05-10; stop 2026-05-11..2026-05-18"));
}

static void the_skipped_days_and_the_counted_ones_make_up_the_whole(void)
{
    Stop stops[] = { { date_of(2026, 5, 11), date_of(2026, 5, 20) }, { date_of(2026, 6, 18), date_of(2026, 6, 23) } };
    Date from = date_of(2026, 4, 29);
    Due due = calendar_due(&china, from, period_of("40 working days"), stops, 2);
    Skips skips = calendar_skips(arena, &china, from, due.date, stops, 2);
    int32_t skipped = 0;
    for (size_t i = 0; i < skips.count; i++)
        skipped += skips.at[i].to.day - skips.at[i].from.day + 1;
    CHECK(due.date.day - from.day - skipped == 40);
}

static void periods_are_read_and_written_in_words(void)
{
    static const char *const GOOD[] = { "20 working days", "1 working day", "5 years", "1 year", "9999 days",
                                        "1 day",           "3 months",      "1 month", "8 weeks", "1 week" };
    static const char *const BAD[] = {
        "", "0 days", "days", "5", "5 ", "5days", " 5 days", "5 days ", "5  days", "+5 days", "-5 days", "05 days",
        "1 days", "2 day", "10000 days", "99999999999 days", "18446744073709551621 days", "5 Days", "5 dayss",
        "5 hours", "5.5 days", "5 workingdays", "5 working  days", "5 working", "1 working days", "2 working day",
        "one day", "5 s", "0 years",
    };
    for (size_t i = 0; i < COUNT_OF(GOOD); i++) {
        Text text = text_begin(arena, 40);
        text_period(&text, period_of(GOOD[i]));
        CHECK_STR(text_str(&text), str_from(GOOD[i]));
    }
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        Period period = { 7, UNIT_WEEK };
        if (!CHECK(!period_parse(str_from(BAD[i]), &period)))
            printf("   in: %s\n", BAD[i]);
        CHECK(period.amount == 7 && period.unit == UNIT_WEEK);
    }
    Period period;
    CHECK(period_parse(S("20 working days"), &period) && period.amount == 20 && period.unit == UNIT_WORKING_DAY);
    CHECK(period_parse(S("5 years"), &period) && period.amount == 5 && period.unit == UNIT_YEAR);
    CHECK(!period_parse(STR_NONE, &period));
}

/* ---- a naive model: three years as two rows of flags, counted with a finger ------------------------------------- */

enum { MODEL_DAYS = 1096 };
static Date model_first;
static bool model_works[MODEL_DAYS];

static void model_fill(void)
{
    model_first = date_of(2024, 1, 1);
    for (int i = 0; i < MODEL_DAYS; i++) {
        int weekday = i % 7;                       /* 1 January 2024 was a Monday */
        model_works[i] = weekday < 5;
    }
    for (size_t i = 0; i < COUNT_OF(NOTICES); i++)
        for (int32_t day = day_of(NOTICES[i].first).day; day <= day_of(NOTICES[i].last).day; day++)
            model_works[day - model_first.day] = NOTICES[i].working;
}

static uint32_t state = 20260921;
static int32_t below(int32_t bound)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return (int32_t)(state % (uint32_t)bound);
}

static void a_naive_model_gives_the_same_dates(void)
{
    model_fill();
    for (int round = 0; round < 5000; round++) {
        Stop stops[3];
        bool stopped[MODEL_DAYS] = { false };
        size_t stop_count = (size_t)below(4);
        for (size_t i = 0; i < stop_count; i++) {
            int32_t from = below(500), to = from + below(40) - 3;
            stops[i] = (Stop){ date_add(model_first, from), date_add(model_first, to) };
            for (int32_t day = from; day <= to; day++)
                stopped[day] = true;
        }
        int32_t start = below(450), amount = 1 + below(90);
        int32_t working = start, plain = start;
        for (int32_t left = amount; left > 0;) {
            working++;
            left -= model_works[working] && !stopped[working];
        }
        for (int32_t left = amount; left > 0;)
            left -= !stopped[++plain];
        while (!model_works[plain] || stopped[plain])
            plain++;
        Date from = date_add(model_first, start);
        Due due = calendar_due(&china, from, (Period){ amount, UNIT_WORKING_DAY }, stops, stop_count);
        CHECK(due.date.day == model_first.day + working && !due.provisional);
        due = calendar_due(&china, from, (Period){ amount, UNIT_DAY }, stops, stop_count);
        CHECK(due.date.day == model_first.day + plain && !due.provisional);
        if (stop_count == 0)
            CHECK(calendar_working_days(&china, from, date_add(model_first, working)) == amount);
    }
}

int main(void)
{
    arena = arena_open(1 << 20);
    china = calendar_of(NOTICES, COUNT_OF(NOTICES), false);
    RUN(the_worked_examples_of_china_come_out);
    RUN(the_order_of_years_and_days_does_not_matter);
    RUN(a_published_year_has_as_many_working_days_as_its_notice_leaves);
    RUN(a_day_says_what_it_is);
    RUN(free_weekdays_are_the_packs_own);
    RUN(a_notice_may_move_days_of_the_december_before);
    RUN(months_end_on_the_corresponding_or_the_last_day);
    RUN(calendar_periods_end_on_a_working_day);
    RUN(a_start_on_a_free_day_counts_like_any_other);
    RUN(an_open_stop_leaves_no_date);
    RUN(a_stop_that_begins_before_the_start_takes_only_what_follows);
    RUN(stops_may_touch_overlap_and_be_empty);
    RUN(a_working_day_is_never_due_inside_a_stop);
    RUN(dates_that_rest_on_a_year_without_notice_are_provisional);
    RUN(a_calendar_without_working_days_gives_no_date);
    RUN(nothing_is_due_after_the_last_year);
    RUN(no_period_gives_no_date);
    RUN(working_days_between_two_dates_have_a_sign);
    RUN(skipped_days_are_told_as_spans_with_their_reason);
    RUN(two_holidays_side_by_side_stay_two);
    RUN(a_stop_is_told_before_the_weekend_inside_it);
    RUN(the_skipped_days_and_the_counted_ones_make_up_the_whole);
    RUN(periods_are_read_and_written_in_words);
    RUN(a_naive_model_gives_the_same_dates);
    arena_close(arena);
    return test_end();
}
