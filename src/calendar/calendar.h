/* calendar: working days, legal periods, and why a date is what it is. Pure.
 *
 * A jurisdiction publishes, year by year, which weekdays are free and which weekends are worked (make-up days, common
 * in China). A year without published days is computed from weekends alone and every date that rests on it is
 * marked provisional: it is computed again when the notice arrives.
 *
 *     Sep 21        Sep 25       Oct 1 - 7           Oct 10                   Oct 26
 *       |--1-2-3------x----4-5-6----xxxxxxx----7-8-----9-(Saturday, worked)--...-20
 *     accepted      holiday        holiday                                     due
 *
 * Rule used throughout: the start day itself is not counted (Civil Code of China Art. 201; EU Reg. 1182/71 Art. 3(1)).
 * Days are days, never 24 hours. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include "base/base.h"

/* unit, word in packs (singular; the plural adds an s) */
#define CALENDAR_UNITS(X)                                                                                              \
    X(UNIT_WORKING_DAY, "working day")                                                                                 \
    X(UNIT_DAY, "day")                                                                                                 \
    X(UNIT_WEEK, "week")                                                                                               \
    X(UNIT_MONTH, "month")                                                                                             \
    X(UNIT_YEAR, "year")

typedef enum Unit {
#define X(name, word) name,
    CALENDAR_UNITS(X)
#undef X
} Unit;

typedef struct Period {
    int32_t amount;                                /* 0: no period was set */
    Unit unit;
} Period;
enum { PERIOD_AMOUNT_MAX = 9999 };

/* "20 working days", "1 working day", "5 years". False for anything else, for 0 and for more than the maximum. */
bool period_parse(Str text, Period *period) CHECKED;
void text_period(Text *text, Period period);       /* the same words back */

/* The last day of a period by arithmetic alone, as the validity of a licence runs: no stops, no moving off a free
 * day. A month without the corresponding day ends it on its last. DATE_NONE for working days, which take a calendar,
 * for a period that is not set, and past the year 9999. */
Date period_end(Date from, Period period);

typedef struct CalendarDay {
    Date date;
    bool working;                                  /* a weekend day that is worked, or a weekday that is free */
    Str name;                                      /* the holiday; may be empty */
} CalendarDay;

typedef struct CalendarYear {
    int year;
    Str source;                                    /* the notice that published it; may be empty */
    LIST(CalendarDay) days;                        /* exceptions from the week, each once, in any order; a notice may
                                                      also move days of the December before its year */
} CalendarYear;

typedef struct Calendar {
    bool free_weekday[8];                          /* [1..7], Monday first: which days of the week are free */
    LIST(CalendarYear) years;                      /* those that are published */
} Calendar;

typedef struct DayStatus {
    bool working;
    bool published;                                /* false: the year's notice is not in the calendar */
    Str name;                                      /* of the holiday, where there is one */
} DayStatus;
DayStatus calendar_day(const Calendar *calendar, Date date);

/* A span of days that does not count, both ends included; an open one has to = DATE_NONE and stops everything after.
 * One that ends before it begins is empty. Stops may overlap: no day is left out twice. */
typedef struct Stop {
    Date from, to;
} Stop;

typedef struct Due {
    Date date;                                     /* DATE_NONE: not to be said, a stop is open */
    bool provisional;                              /* rests on a day whose year is not published */
} Due;

/* The last day of a period that starts at `from` (not counted).
 * Working days: the n-th working day after `from` that lies in no stop. Days and weeks: that many days on, each day in
 * a stop moves the end by one. Months and years: the corresponding day or the last of the month (Civil Code Art. 202),
 * moved on by the stopped days. Calendar periods that end on a free day end on the next working day (Art. 203) that
 * lies in no stop. No date for a period of 0, past the year 9999, and when a calendar has no working day in 1000. */
Due calendar_due(const Calendar *calendar, Date from, Period period, const Stop *stops, size_t stop_count);

/* Due on the spot: on the day itself where it is a working day that lies in no stop, else on the next one. */
Due calendar_same_day(const Calendar *calendar, Date from, const Stop *stops, size_t stop_count);

/* Working days after `from` up to and including `to`; negative when `to` lies before. */
int32_t calendar_working_days(const Calendar *calendar, Date from, Date to);

/* Which days between from (excluded) and to (included) did not count, and why: a weekend, a holiday by name, a stop.
 * A stop comes before a holiday, a holiday before a weekend. The two others say nothing where calendar days count. */
typedef enum SkipKind { SKIP_WEEKEND, SKIP_HOLIDAY, SKIP_STOP } SkipKind;
typedef struct Skip {
    Date from, to;                                 /* neighbouring days of the same kind and name are one span */
    SkipKind kind;
    Str name;
} Skip;
typedef LIST(Skip) Skips;
Skips calendar_skips(Arena *arena, const Calendar *calendar, Date from, Date to, const Stop *stops, size_t stop_count);

#endif
