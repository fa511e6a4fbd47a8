/* Points and spans of time as FEEL has them: text to value and back, and the calendar they move on.
 * Years may be negative and have up to nine digits. An offset from UTC may be given; zones by name are not read, since
 * they need a table of every zone's history. */
#ifndef RULES_MOMENT_H
#define RULES_MOMENT_H

#include "base/base.h"
#include "rules/number.h"

#define DAY_NS    (86400 * (int64_t)1000000000)
#define SECOND_NS ((int64_t)1000000000)

/* A time has day 0. Without an offset it is local time, and has no order beside one that has an offset. */
typedef struct Moment {
    int64_t day;                                   /* days since 1970-01-01 */
    int64_t ns;                                    /* of that day, as its clock shows it */
    bool has_offset;
    int32_t offset_seconds;                        /* east of UTC */
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

bool day_fits_date(int64_t day);                   /* whether the Date of base can hold it */

/* Exactly the forms of XML Schema; 24:00:00 is the midnight after. A date alone is midnight without offset. */
bool day_parse(Str text, int64_t *day) CHECKED;
bool time_parse(Str text, Moment *time) CHECKED;
bool date_time_parse(Str text, Moment *moment) CHECKED;
bool offset_is_real(int64_t seconds);

/* A later or earlier point; false beyond the last year there is. A time stays within its day. */
bool moment_add(Moment moment, Number seconds, Moment *sum) CHECKED;
bool time_add(Moment time, Number seconds, Moment *sum) CHECKED;
/* Both with an offset, or both without; false otherwise. */
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
