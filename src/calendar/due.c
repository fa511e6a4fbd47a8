/* When a period ends: every unit becomes a walk from one day that counts to the next, and the same walk notes what it
 * left out, so that what is told of a date cannot differ from how it was found. Tried and left: arithmetic on whole
 * weeks with corrections for holidays and stops. A period is some dozen days, the walk over them takes less than a
 * microsecond, and it can be read aloud beside the article. */
#include "calendar/page.h"

enum { FREE_DAYS_MAX = 1000 }; /* free days on end after which the calendar has no working days */

static const PeriodRule PLAIN = { 0 };

typedef struct Walk {
    const Calendar *calendar;
    const Stop *stops;
    size_t stop_count;
    Page page;
    bool provisional; /* a day of a year that is not published was looked at */
    Arena *arena;
    Skips *skips; /* NULL: nobody asks why */
} Walk;

static void note(Walk *walk, Skip skip)
{
    if (walk->skips)
        skips_add(walk->arena, walk->skips, skip);
}

/* The next day that lies in no stop; DATE_NONE when none follows. */
static Date next_running(Walk *walk, Date day, SkipKind kind)
{
    while (day.day < LAST_DAY) {
        day = date_add(day, 1);
        const Stop *stop = stop_at(walk->stops, walk->stop_count, day);
        if (!stop)
            return day;
        if (!date_is_set(stop->to))
            return DATE_NONE;
        note(walk, (Skip){ .from = day, .to = stop->to, .kind = kind });
        day = stop->to;
    }
    return DATE_NONE;
}

/* The next working day that lies in no stop. A day in a stop is never looked at, so it makes nothing provisional. Days
 * that are passed are noted as such of the end, or as such in between. */
static Date next_working(Walk *walk, Date day, bool at_end)
{
    for (int i = 0; i < FREE_DAYS_MAX; i++) {
        day = next_running(walk, day, at_end ? SKIP_END_STOP : SKIP_STOP);
        if (!date_is_set(day))
            return DATE_NONE;
        DayStatus status = page_day(&walk->page, walk->calendar, day);
        walk->provisional |= !status.published;
        if (status.working)
            return day;
        Skip skip;
        (void)skip_of(&skip, &walk->page, walk->calendar, day, NULL, 0);
        if (at_end)
            skip.kind = skip.kind == SKIP_WEEKEND ? SKIP_END_WEEKEND : SKIP_END_HOLIDAY;
        note(walk, skip);
    }
    return DATE_NONE;
}

/* LAW cn.tax-rules art.109: how many days from this one on do not count because they are a long holiday of the rule; `left` days are still to
 * run, and so many of the holiday as the rule wants must lie in the period itself. */
static int32_t long_holiday(Walk *walk, const PeriodRule *rule, Date day, int32_t left)
{
    if (!rule->long_holiday)
        return 0;
    const DayStatus first = page_day(&walk->page, walk->calendar, day);
    walk->provisional |= !first.published;
    if (first.working || first.name.len == 0 || first.legal_days < rule->long_holiday)
        return 0;
    int32_t days = 0;
    for (Date next = day; next.day <= LAST_DAY && days < FREE_DAYS_MAX; next.day++, days++) {
        const DayStatus status = page_day(&walk->page, walk->calendar, next);
        if (status.working || !str_equal(status.name, first.name))
            break;
    }
    return (days < left ? days : left) >= rule->long_holiday ? days : 0;
}

/* So many days on, of those that count. */
static Date run_days(Walk *walk, const PeriodRule *rule, Date day, int32_t days)
{
    for (int32_t left = days; left > 0 && date_is_set(day); left--) {
        day = next_running(walk, day, SKIP_STOP);
        int32_t free;
        while (date_is_set(day) && (free = long_holiday(walk, rule, day, left)) > 0) {
            const Date last = date_add(day, free - 1);
            note(walk, (Skip){ day, last, SKIP_LONG_HOLIDAY, page_day(&walk->page, walk->calendar, day).name });
            day = next_running(walk, last, SKIP_STOP);
        }
    }
    return day;
}

/* LAW nl.termijnenwet art.4: is the rule's care for the end meant for so long a period too? */
static bool is_within(const PeriodRule *rule, Period period)
{
    for (size_t i = 0; i < rule->up_to.count; i++)
        if (rule->up_to.at[i].unit == period.unit)
            return period.amount <= rule->up_to.at[i].amount;
    return rule->up_to.count == 0;
}

/* The end of one stretch, before anything moves it. `before` is the day before its first day; `like_first`: its end
 * corresponds to the first day. */
static Date stretch_end(Walk *walk, const PeriodRule *rule, Date before, Period period, bool like_first)
{
    Date end = before;
    if (period.unit == UNIT_WORKING_DAY) {
        for (int32_t i = 0; i < period.amount && date_is_set(end); i++)
            end = next_working(walk, end, false);
        return end;
    }
    bool clamped;
    const bool shifted = like_first && period.unit != UNIT_DAY;
    if (shifted && before.day >= LAST_DAY)
        return DATE_NONE;
    end = period_shift(shifted ? date_add(before, 1) : before, period, 1, &clamped);
    if (!date_is_set(end))
        return DATE_NONE;
    if (clamped)
        note(walk, (Skip){ end, end, SKIP_NO_DAY, STR_NONE });
    return run_days(walk, rule, before, end.day - before.day);
}

/* LAW eu.1182-71 art.3(5), nl.termijnenwet art.2: a period of some days has at least so many working ones, or grows
 * until it has. */
static Date grow(Walk *walk, const PeriodRule *rule, Date before, Date end)
{
    if (!rule->working_least || end.day - before.day < rule->working_least_from)
        return end;
    int32_t found = 0;
    for (Date day = next_running(walk, before, SKIP_STOP); found < rule->working_least;
         day = next_running(walk, day, SKIP_STOP)) {
        if (!date_is_set(day) || day.day - end.day > FREE_DAYS_MAX)
            return DATE_NONE;
        const DayStatus status = page_day(&walk->page, walk->calendar, day);
        walk->provisional |= !status.published;
        found += status.working;
        if (day.day > end.day) {
            note(walk, (Skip){ day, day, SKIP_TOO_FEW, STR_NONE });
            end = day;
        }
    }
    return end;
}

static Due walk_to_end(Walk *walk, Date from, Period period, Period extension)
{
    must(date_is_set(from) && from.day >= FIRST_DAY - 1 && from.day <= LAST_DAY);
    must(period.amount >= 0 && period.amount <= PERIOD_AMOUNT_MAX);
    must(extension.amount >= 0 && extension.amount <= PERIOD_AMOUNT_MAX);
    if (period.amount == 0)
        return (Due){ .date = DATE_NONE };
    const PeriodRule *rule = period.rule ? period.rule : &PLAIN;
    const Date before = rule->start_counts ? date_add(from, -1) : from;
    const bool one =
        extension.amount && extension.unit == period.unit && period.amount + extension.amount <= PERIOD_AMOUNT_MAX;
    const Period whole = { one ? period.amount + extension.amount : period.amount, period.unit, rule };
    Date end = stretch_end(walk, rule, before, whole, rule->ends_like_first);
    if (extension.amount && !one && date_is_set(end))
        end = stretch_end(walk, rule, end, extension, false);
    const Unit last = extension.amount ? extension.unit : period.unit;
    if (date_is_set(end) && last != UNIT_WORKING_DAY && is_within(rule, whole)) {
        /* Counting over the days of the period once more is no second reason for any of them. */
        Skips *skips = walk->skips;
        Skips added = { 0 };
        walk->skips = skips ? &added : NULL;
        end = grow(walk, rule, before, end);
        walk->skips = skips;
        for (size_t i = 0; i < added.count; i++)
            if (added.at[i].kind == SKIP_TOO_FEW)
                note(walk, added.at[i]);
        /* LAW cn.civil-code art.203, eu.1182-71 art.3(4), nl.termijnenwet art.1: one day back and on to a working day
         * is the end itself when that is one. The end is no stopped day, so going back cannot skip into another. */
        if (date_is_set(end) && !rule->end_stays)
            end = next_working(walk, date_add(end, -1), true);
    }
    return date_is_set(end) ? (Due){ .date = end, .provisional = walk->provisional } : (Due){ .date = DATE_NONE };
}

Due calendar_due_extended(const Calendar *calendar, Date from, Period period, Period extension, const Stop *stops,
                          size_t stop_count)
{
    Walk walk = { .calendar = calendar, .stops = stops, .stop_count = stop_count };
    return walk_to_end(&walk, from, period, extension);
}

Due calendar_due(const Calendar *calendar, Date from, Period period, const Stop *stops, size_t stop_count)
{
    return calendar_due_extended(calendar, from, period, (Period){ 0 }, stops, stop_count);
}

Skips calendar_why(Arena *arena, const Calendar *calendar, Date from, Period period, Period extension,
                   const Stop *stops, size_t stop_count)
{
    Skips skips = { 0 };
    Walk walk = { .calendar = calendar, .stops = stops, .stop_count = stop_count, .arena = arena, .skips = &skips };
    (void)walk_to_end(&walk, from, period, extension);
    return skips;
}

Due calendar_same_day(const Calendar *calendar, Date from, const Stop *stops, size_t stop_count)
{
    return calendar_due(calendar, date_add(from, -1), (Period){ 1, UNIT_WORKING_DAY }, stops, stop_count);
}

/* ---- counting back ---------------------------------------------------------------------------------------------- */

/* From `after` back until `least` working days were passed. */
static Date back_over_working(Walk *walk, Date after, int32_t least)
{
    int32_t found = 0;
    for (int32_t free = 0; found < least;) {
        if (after.day <= FIRST_DAY || free > FREE_DAYS_MAX)
            return DATE_NONE;
        after = date_add(after, -1);
        const DayStatus status = page_day(&walk->page, walk->calendar, after);
        walk->provisional |= !status.published;
        found += status.working;
        free = status.working ? 0 : free + 1;
    }
    return after;
}

/* LAW eu.1182-71 art.3(4), nl.termijnenwet art.1(2): an end that is counted back to never moves. */
Due calendar_before(const Calendar *calendar, Date day, Period period)
{
    must(date_is_set(day) && day.day >= FIRST_DAY && day.day <= LAST_DAY);
    const PeriodRule *rule = period.rule ? period.rule : &PLAIN;
    const Date after = rule->start_counts ? date_add(day, 1) : day;
    Walk walk = { .calendar = calendar };
    Date end = DATE_NONE;
    bool clamped;
    if (period.amount && period.unit == UNIT_WORKING_DAY)
        end = back_over_working(&walk, after, period.amount);
    else if (period.amount)
        end = period_shift(rule->ends_like_first && period.unit != UNIT_DAY ? date_add(after, -1) : after, period, -1,
                           &clamped);
    if (date_is_set(end) && period.unit != UNIT_WORKING_DAY && rule->working_least && is_within(rule, period) &&
        after.day - end.day >= rule->working_least_from) {
        const Date least = back_over_working(&walk, after, rule->working_least);
        end = !date_is_set(least) || date_compare(least, end) < 0 ? least : end;
    }
    return date_is_set(end) ? (Due){ end, walk.provisional } : (Due){ .date = DATE_NONE };
}
