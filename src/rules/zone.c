/* Zones of time: a thin cover over ICU, which knows the history and the rules of every zone. Only this file sees its
 * calendar. What it opens is closed at once: its memory is its own, and its tables are shared by all threads.
 * Tried and left: the C library's zones. They are chosen for the whole process. */
#include "rules/zone.h"

#include <unicode/ucal.h>

enum { NAME_MAX_CHARS = 64, ERA_YEARS = 400 };
#define ERA_SECONDS ((int64_t)146097 * 86400)

/* Names are ASCII with a slash, but for UTC and GMT; what else ICU would read, such as PST, is no IANA name. */
static bool widen(Str name, UChar wide[NAME_MAX_CHARS])
{
    if (name.len == 0 || name.len > NAME_MAX_CHARS)
        return false;
    bool slash = str_equal(name, S("UTC")) || str_equal(name, S("GMT"));
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.data[i];
        if (c <= ' ' || c >= 0x7F)
            return false;
        slash = slash || c == '/';
        wide[i] = c;
    }
    return slash && !str_equal(name, S("Etc/Unknown"));
}

/* What the zone is called first of all its names: Etc/Zulu is Etc/UTC. */
static bool canonical(Str name, UChar wide[NAME_MAX_CHARS], UChar first[NAME_MAX_CHARS], int32_t *length)
{
    UErrorCode status = U_ZERO_ERROR;
    UBool known = false;
    if (!widen(name, wide))
        return false;
    *length = ucal_getCanonicalTimeZoneID(wide, (int32_t)name.len, first, NAME_MAX_CHARS, &known, &status);
    return U_SUCCESS(status) && known;
}

bool zone_is_known(Str name)
{
    UChar wide[NAME_MAX_CHARS], first[NAME_MAX_CHARS];
    int32_t length;
    return canonical(name, wide, first, &length);
}

bool zone_is_fixed(Str name)
{
    static const char ALWAYS[] = "Etc/";
    UChar wide[NAME_MAX_CHARS], first[NAME_MAX_CHARS];
    int32_t length, same = 0;
    if (!canonical(name, wide, first, &length))
        return false;
    while (same < length && ALWAYS[same] && first[same] == (UChar)ALWAYS[same])
        same++;
    return ALWAYS[same] == '\0';
}

/* Every four hundred years the calendar is the same again. Years that ICU could not count to are as those near it. */
static UDate within_reach(int64_t seconds)
{
    const int64_t last = 8 * ERA_SECONDS;
    if (seconds > last)
        seconds -= (seconds - last + ERA_SECONDS - 1) / ERA_SECONDS * ERA_SECONDS;
    else if (seconds < -last)
        seconds += (-last - seconds + ERA_SECONDS - 1) / ERA_SECONDS * ERA_SECONDS;
    return (UDate)seconds * 1000;
}

static UCalendar *open_at(Str name, int64_t seconds)
{
    UChar wide[NAME_MAX_CHARS], first[NAME_MAX_CHARS];
    int32_t length;
    UErrorCode status = U_ZERO_ERROR;
    if (!canonical(name, wide, first, &length))
        return NULL;
    UCalendar *calendar = ucal_open(wide, (int32_t)name.len, "en", UCAL_GREGORIAN, &status);
    if (calendar)
        ucal_setMillis(calendar, within_reach(seconds), &status);
    if (U_SUCCESS(status))
        return calendar;
    if (calendar)
        ucal_close(calendar);
    return NULL;
}

bool zone_offset_by_clock(Str name, int64_t clock_seconds, int32_t *offset_seconds)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t standard = 0, summer = 0;
    UCalendar *calendar = open_at(name, clock_seconds);
    if (!calendar)
        return false;
    ucal_getTimeZoneOffsetFromLocal(calendar, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, &standard, &summer, &status);
    ucal_close(calendar);
    *offset_seconds = (standard + summer) / 1000;
    return U_SUCCESS(status);
}

bool zone_offset_at(Str name, int64_t utc_seconds, int32_t *offset_seconds)
{
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar = open_at(name, utc_seconds);
    if (!calendar)
        return false;
    int32_t standard = ucal_get(calendar, UCAL_ZONE_OFFSET, &status);
    int32_t summer = ucal_get(calendar, UCAL_DST_OFFSET, &status);
    ucal_close(calendar);
    *offset_seconds = (standard + summer) / 1000;
    return U_SUCCESS(status);
}
