/* What a day is: the exceptions of its year over the plain week.
 * Tried and left: a bitmap of working days for each year. It answers in one step, but it has to be built, kept and
 * built again beside the lists that also name the holidays; a year has at most some sixty exceptions. */
#include "calendar/page.h"

static const CalendarYear *find_year(const Calendar *calendar, int year)
{
    if (calendar->years.count == 0)
        return NULL;
    /* Years nearly always come in order and without a gap: then the place is known. */
    int64_t guess = (int64_t)year - calendar->years.at[0].year;
    if (guess >= 0 && (uint64_t)guess < calendar->years.count && calendar->years.at[guess].year == year)
        return &calendar->years.at[guess];
    for (size_t i = 0; i < calendar->years.count; i++)
        if (calendar->years.at[i].year == year)
            return &calendar->years.at[i];
    return NULL;
}

static const CalendarDay *find_exception(const CalendarYear *year, Date date)
{
    if (!year)
        return NULL;
    for (size_t i = 0; i < year->days.count; i++)
        if (year->days.at[i].date.day == date.day)
            return &year->days.at[i];
    return NULL;
}

static void turn_to(Page *page, const Calendar *calendar, Date date)
{
    int year = date_parts(date).year;
    *page = (Page){ .open = true,
                    .first = date_of(year, 1, 1),
                    .last = date_of(year, 12, 31),
                    .year = find_year(calendar, year),
                    .following = find_year(calendar, year + 1) };
}

DayStatus page_day(Page *page, const Calendar *calendar, Date date)
{
    if (!page->open || date_compare(date, page->first) < 0 || date_compare(date, page->last) > 0)
        turn_to(page, calendar, date);
    const CalendarDay *exception = NULL;
    /* A notice may move days of the December before it, and was made later than that December's own. */
    if (page->last.day - date.day < 31)
        exception = find_exception(page->following, date);
    if (!exception)
        exception = find_exception(page->year, date);
    if (exception)
        return (DayStatus){ .working = exception->working,
                            .published = true,
                            .name = exception->working ? STR_NONE : exception->name,
                            .legal_days = exception->legal_days };
    return (DayStatus){ .working = !calendar->free_weekday[date_weekday(date)], .published = page->year != NULL };
}

DayStatus calendar_day(const Calendar *calendar, Date date)
{
    Page page = { 0 };
    return page_day(&page, calendar, date);
}

int32_t calendar_working_days(const Calendar *calendar, Date from, Date to)
{
    must(date_is_set(from) && date_is_set(to));
    if (date_compare(to, from) < 0)
        return -calendar_working_days(calendar, to, from);
    Page page = { 0 };
    int32_t count = 0;
    for (Date day = from; date_compare(day, to) < 0;) {
        day = date_add(day, 1);
        count += page_day(&page, calendar, day).working;
    }
    return count;
}

const Stop *stop_at(const Stop *stops, size_t stop_count, Date date)
{
    const Stop *found = NULL;
    for (size_t i = 0; i < stop_count; i++) {
        const Stop *stop = &stops[i];
        must(date_is_set(stop->from));
        if (date_compare(date, stop->from) < 0)
            continue;
        if (!date_is_set(stop->to))
            return stop;
        if (date_compare(date, stop->to) <= 0 && (!found || date_compare(stop->to, found->to) > 0))
            found = stop;
    }
    return found;
}

/* A stop comes before what the day is otherwise: "14 to 20 May, expert review" is one span to its reader, not two with
 * a weekend between them. */
bool skip_of(Skip *skip, Page *page, const Calendar *calendar, Date day, const Stop *stops, size_t stop_count)
{
    *skip = (Skip){ .from = day, .to = day, .kind = SKIP_STOP };
    if (stop_at(stops, stop_count, day))
        return true;
    DayStatus status = page_day(page, calendar, day);
    /* A holiday on a Sunday is a holiday; a Sunday that nobody lists is a weekend. */
    bool weekend = calendar->free_weekday[date_weekday(day)] && status.name.len == 0;
    skip->kind = weekend ? SKIP_WEEKEND : SKIP_HOLIDAY;
    skip->name = status.name;
    return !status.working;
}

void skips_add(Arena *arena, Skips *skips, Skip skip)
{
    Skip *before = skips->count ? &skips->at[skips->count - 1] : NULL;
    if (before && before->to.day + 1 == skip.from.day && before->kind == skip.kind &&
        str_equal(before->name, skip.name))
        before->to = skip.to;
    else
        list_push(arena, skips, skip);
}

Skips calendar_skips(Arena *arena, const Calendar *calendar, Date from, Date to, const Stop *stops, size_t stop_count)
{
    must(date_is_set(from) && date_is_set(to));
    Skips skips = { 0 };
    Page page = { 0 };
    for (Date day = from; date_compare(day, to) < 0;) {
        day = date_add(day, 1);
        Skip skip;
        if (skip_of(&skip, &page, calendar, day, stops, stop_count))
            skips_add(arena, &skips, skip);
    }
    return skips;
}

Str skip_kind_word(SkipKind kind)
{
    static const Str WORDS[] = {
#define X(name, word) { word, sizeof word - 1 },
        SKIP_KINDS(X)
#undef X
    };
    must((size_t)kind < COUNT_OF(WORDS));
    return WORDS[kind];
}
