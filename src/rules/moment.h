/* Points and spans of time as FEEL has them: text to value and back, and the calendar they move on.
 * Years may be negative and have up to nine digits. An offset from UTC may be given, or a zone by its IANA name, whose
 * offset on that day is looked up once, when the text is read; so what has no zone name pays nothing for it. */
#ifndef RULES_MOMENT_H
#define RULES_MOMENT_H

#include "base/base.h"
#include "rules/number.h"

#define DAY_NS    (86400 * (int64_t)1000000000)
#define SECOND_NS ((int64_t)1000000000)

/* A time has day 0. Without an offset it is local time, and has no order beside one that has an offset.
 * Of a time alone, a zone with summer time has no offset: it has an order only beside times of the same zone. */
typedef struct Moment {
    int64_t day;                                   /* days since 1970-01-01 */
    int64_t ns;                                    /* of that day, as its clock shows it */
    bool has_offset;
    int32_t offset_seconds;                        /* east of UTC */
    Str zone;                                      /* its name, as in @Europe/Paris; empty for none */
} Moment;

typedef struct Civil {
    int64_t year;
    int month, day;
} Civil;

bool civil_is_real(int64_t year, int64_t month, int64_t day);
int64_t civil_day(Civil civil);                    /* must be real */
Civil civil_of_day(int64_t day);
/* Months later or earlier; the last of the month where it is shorter. False beyond the last year there is. */
bool civil_add_months(Civil civil, int64_t months, Civil *sum) CHECKED;

bool day_is_real(int64_t day);                     /* whether its year has nine digits or fewer */

/* Exactly the forms of XML Schema; 24:00:00 is the midnight after. A date alone is midnight without offset. */
bool day_parse(Str text, int64_t *day) CHECKED;
bool time_parse(Str text, Moment *time) CHECKED;
bool date_time_parse(Str text, Moment *moment) CHECKED;
bool offset_is_real(int64_t seconds);
/* Puts a point of time, as its clock shows it, into a zone; false where there is no such zone. */
bool moment_set_zone(Moment *moment, bool is_time, Str zone) CHECKED;
/* The offset again after the day or the clock of a date and time was changed. */
bool moment_settle(Moment *moment) CHECKED;

/* A later or earlier point; false beyond the last year there is. A time stays within its day. */
bool moment_add(Moment moment, Number seconds, Moment *sum) CHECKED;
bool time_add(Moment time, Number seconds, Moment *sum) CHECKED;
/* Both with an offset, or both without and of one zone; false otherwise. */
bool moment_compare(Moment a, Moment b, int *order) CHECKED;
bool moment_subtract(Moment a, Moment b, Number *seconds) CHECKED;

/* P1Y2M is months, P1DT2H3M4.5S seconds; the two kinds are never mixed. */
typedef enum Span { SPAN_NONE, SPAN_MONTHS, SPAN_SECONDS } Span;
Span span_parse(Str text, int64_t *months, Number *seconds);

/* A duration taken apart. All parts have its sign. */
typedef struct SpanParts {
    int64_t days;
    int hours, minutes, seconds;
    int64_t ns;
} SpanParts;
bool span_parts(Number seconds, SpanParts *parts) CHECKED; /* false where it is too long to be told */

void text_day(Text *text, int64_t day);
void text_time(Text *text, Moment time);           /* with its offset */
void text_date_time(Text *text, Moment moment);
void text_months(Text *text, int64_t months);
void text_seconds(Text *text, Number seconds);

#endif
