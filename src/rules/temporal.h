/* Values of time: read from text, asked for their parts, and calculated with. */
#ifndef RULES_TEMPORAL_H
#define RULES_TEMPORAL_H

#include "rules/value.h"

/* What @"…" says: a date, a time, a date and time, or a duration. */
bool value_of_temporal(Arena *arena, Str text, Value *value) CHECKED;
Value value_of_day(int64_t day);                   /* a date; null where it is too far away */
/* The point of time that a date or a date and time is; a date begins at midnight in UTC. */
bool temporal_moment(Value value, Moment *moment) CHECKED;
Civil temporal_civil(Value value);                 /* of a date or a date and time */
int64_t temporal_weekday(int64_t day);             /* 1 Monday .. 7 Sunday */

/* year, month, hour, days and the other properties; false where the value has none of that name. */
bool temporal_get(Arena *arena, Value value, Str property, Value *part) CHECKED;
size_t temporal_property_count(void);
Str temporal_property(size_t index);

/* Sums and differences of known values, one of them of time; null where there is none. */
Value temporal_add(Arena *arena, Value a, Value b);
Value temporal_subtract(Arena *arena, Value a, Value b);
Value temporal_negate(Arena *arena, Value duration); /* null for what is no duration */
Value temporal_scale(Arena *arena, Value duration, Number factor, bool divide);
Value temporal_ratio(Arena *arena, Value a, Value b); /* of two durations of a kind */

#endif
