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
 * How a law counts is a small value, PeriodRule, and every rule is a row of a pack; a period carries the one under which
 * it is counted. Without one the start day is not counted, a month ends on the day of the same number, and an end on a free
 * day moves on, which is what most laws share. Days are days, never 24 hours. */
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

typedef struct PeriodRule PeriodRule;
typedef struct Period {
    int32_t amount;                                /* 0: no period was set */
    Unit unit;
    const PeriodRule *rule;                        /* how it is counted; NULL: as most laws do */
} Period;
enum { PERIOD_AMOUNT_MAX = 9999 };

/* "20 working days", "1 working day", "5 years". False for anything else, for 0 and for more than the maximum. */
bool period_parse(Str text, Period *period) CHECKED;
void text_period(Text *text, Period period);       /* the same words back */

/* The last day of a period by arithmetic alone, as the validity of a licence runs: no stops, no moving off a free
 * day. A month without the corresponding day ends it on its last. DATE_NONE for working days, which take a calendar,
 * for a period that is not set, and past the year 9999. */
Date period_end(Date from, Period period);

/* How a law counts a period. All false and zero is PERIOD_RULE_PLAIN. What is said of the end concerns calendar days, weeks,
 * months and years: working days end on a working day by themselves. */
struct PeriodRule {
    bool start_counts;                             /* the day of the event is the first day of the period */
    bool ends_like_first;                          /* weeks, months and years end on the weekday or number of their first day, not
                                                      of the day before it: one day later */
    bool end_stays;                                /* an end on a free day stays there */
    int32_t working_least;                         /* so many working days at least lie in a period … */
    int32_t working_least_from;                    /* … that has so many days or more; it grows until they do */
    int32_t long_holiday;                          /* of a holiday with so many legal days or more, so many of which lie in the
                                                      period, no day counts; 0: all do */
    LIST(Period) up_to;                            /* what is longer, or of a unit not named, is neither moved nor made to grow;
                                                      empty: no bound */
};

typedef struct CalendarDay {
    Date date;
    bool working;                                  /* a weekend day that is worked, or a weekday that is free */
    Str name;                                      /* the holiday; may be empty */
    int32_t legal_days;                            /* of the holiday: days that the law itself names, others are moved weekends */
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
    int32_t legal_days;                            /* of that holiday */
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

/* The last day of a period that starts at `from`, counted as its rule says (PeriodRule).
 * Working days: the n-th working day after `from` that lies in no stop. Days and weeks: that many days on, each day in
 * a stop moves the end by one. Months and years: the corresponding day or the last of the month, moved on by the stopped
 * days. Calendar periods that end on a free day, or in a stop, end on the next working day that lies in no stop. No date for
 * a period of 0, past the year 9999, and when a calendar has no working day in 1000. */
Due calendar_due(const Calendar *calendar, Date from, Period period, const Stop *stops, size_t stop_count);

/* With an extension, of amount 0 or more: it goes on where the period ends, and only the end of both moves off a free day.
 * One of the same unit makes the period longer: 1 month and 1 month are 2. */
Due calendar_due_extended(const Calendar *calendar, Date from, Period period, Period extension, const Stop *stops, size_t stop_count);

/* Counted back: the last day that is at least the period before `day`, which is not counted ("30 days before it ends"). Such an
 * end never moves on; it lies earlier where the period must have so many working days. */
Due calendar_before(const Calendar *calendar, Date day, Period period);

/* Due on the spot: on the day itself where it is a working day that lies in no stop, else on the next one. */
Due calendar_same_day(const Calendar *calendar, Date from, const Stop *stops, size_t stop_count);

/* Working days after `from` up to and including `to`; negative when `to` lies before. */
int32_t calendar_working_days(const Calendar *calendar, Date from, Date to);

/* Why a date is what it is: what did not count, and what moved the end. Neighbouring days of the same kind and name are one
 * span. A stop comes before a holiday, a holiday before a weekend. */
#define SKIP_KINDS(X)                                                                                                  \
    X(SKIP_WEEKEND, "weekend")                     /* not a working day */                                             \
    X(SKIP_HOLIDAY, "holiday")                                                                                         \
    X(SKIP_STOP, "stop")                           /* the clock stood still */                                         \
    X(SKIP_LONG_HOLIDAY, "long-holiday")           /* by its rule no day of it counts */                               \
    X(SKIP_NO_DAY, "no-such-day")                  /* the month ends before the corresponding day */                   \
    X(SKIP_TOO_FEW, "too-few-working-days")        /* added, so that enough working days lie in it */                  \
    X(SKIP_END_WEEKEND, "ends-on-weekend")         /* it would have ended here: moved on */                            \
    X(SKIP_END_HOLIDAY, "ends-on-holiday")                                                                             \
    X(SKIP_END_STOP, "ends-in-stop")
typedef enum SkipKind {
#define X(name, word) name,
    SKIP_KINDS(X)
#undef X
        SKIP_KIND_COUNT
} SkipKind;
Str skip_kind_word(SkipKind kind);
typedef struct Skip {
    Date from, to;
    SkipKind kind;
    Str name;
} Skip;
typedef LIST(Skip) Skips;
/* The whole story of one date: the same walk as calendar_due_extended, which notes what it leaves out. */
Skips calendar_why(Arena *arena, const Calendar *calendar, Date from, Period period, Period extension, const Stop *stops,
                   size_t stop_count);
/* Which days between from (excluded) and to (included) are no working days or lie in a stop; of kinds weekend, holiday, stop. */
Skips calendar_skips(Arena *arena, const Calendar *calendar, Date from, Date to, const Stop *stops, size_t stop_count);

#endif
