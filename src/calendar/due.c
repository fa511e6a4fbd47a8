/* When a period ends: every unit becomes a walk from one day that counts to the next.
 * Tried and left: arithmetic on whole weeks with corrections for holidays and stops. A period is some dozen days,
 * the walk over them takes less than a microsecond, and it can be read aloud beside the article. */
#include "calendar/page.h"

enum {
    LAST_DAY = 2932896,                            /* 9999-12-31; no date of ours lies later */
    FREE_DAYS_MAX = 1000,                          /* free days on end after which the calendar has no working days */
};

typedef struct Walk {
    const Calendar *calendar;
    const Stop *stops;
    size_t stop_count;
    Page page;
    bool provisional;                              /* a day of a year that is not published was looked at */
} Walk;

/* The next day that lies in no stop; DATE_NONE when none follows. */
static Date next_running(const Walk *walk, Date day)
{
    while (day.day < LAST_DAY) {
        day = date_add(day, 1);
        const Stop *stop = stop_at(walk->stops, walk->stop_count, day);
        if (!stop)
            return day;
        if (!date_is_set(stop->to))
            return DATE_NONE;
        day = stop->to;
    }
    return DATE_NONE;
}

/* The next working day that lies in no stop. A day in a stop is never looked at, so it makes nothing provisional. */
static Date next_working(Walk *walk, Date day)
{
    for (int i = 0; i < FREE_DAYS_MAX; i++) {
        day = next_running(walk, day);
        if (!date_is_set(day))
            return DATE_NONE;
        DayStatus status = page_day(&walk->page, walk->calendar, day);
        walk->provisional |= !status.published;
        if (status.working)
            return day;
    }
    return DATE_NONE;
}

Due calendar_due(const Calendar *calendar, Date from, Period period, const Stop *stops, size_t stop_count)
{
    must(date_is_set(from) && from.day <= LAST_DAY);
    must(period.amount >= 0 && period.amount <= PERIOD_AMOUNT_MAX);
    Walk walk = { .calendar = calendar, .stops = stops, .stop_count = stop_count };
    Date due = from;
    if (period.amount == 0) {
        due = DATE_NONE;
    } else if (period.unit == UNIT_WORKING_DAY) {
        for (int32_t i = 0; i < period.amount && date_is_set(due); i++)
            due = next_working(&walk, due);
    } else {
        Date end = period_end(from, period);
        int32_t days = date_is_set(end) ? end.day - from.day : 0;
        for (int32_t i = 0; i < days && date_is_set(due); i++)
            due = next_running(&walk, due);
        /* Civil Code of China Art. 203, Reg. 1182/71 Art. 3(4): one day back and on to a working day is the end
         * itself when that is one. The end is no stopped day, so going back cannot skip into another. */
        if (date_is_set(end) && date_is_set(due))
            due = next_working(&walk, date_add(due, -1));
        else
            due = DATE_NONE;
    }
    if (!date_is_set(due))
        return (Due){ .date = DATE_NONE };
    must(date_compare(due, from) > 0);
    return (Due){ .date = due, .provisional = walk.provisional };
}

Due calendar_same_day(const Calendar *calendar, Date from, const Stop *stops, size_t stop_count)
{
    return calendar_due(calendar, date_add(from, -1), (Period){ 1, UNIT_WORKING_DAY }, stops, stop_count);
}
