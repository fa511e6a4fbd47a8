/* Zones of time by their IANA names, and their offsets from UTC. */
#ifndef RULES_ZONE_H
#define RULES_ZONE_H

#include "base/base.h"

bool zone_is_known(Str name);
/* Whether it has the same offset on every day, so that a time alone has one too. */
bool zone_is_fixed(Str name);
/* The offset when its clock shows that many seconds since 1970-01-01. What the clock shows twice is the first time;
 * what it leaves out is read as if the clock had not been changed yet. False where there is no such zone. */
bool zone_offset_by_clock(Str name, int64_t clock_seconds, int32_t *offset_seconds) CHECKED;
/* The offset that many seconds after 1970-01-01 in UTC. */
bool zone_offset_at(Str name, int64_t utc_seconds, int32_t *offset_seconds) CHECKED;

#endif
