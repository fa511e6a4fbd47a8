/* Points of time. The calendar of base knows the years 1 to 9999; four hundred years have the same number of days
 * everywhere, so any other year is moved there and back by whole multiples of them. */
#include "rules/moment.h"
#include "rules/zone.h"

enum { ERA_YEARS = 400, ERA_DAYS = 146097, YEAR_MAX = 999999999, OFFSET_MAX = 18 * 3600 };

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* ---- the calendar ---- */

/* The year of the same shape in 2000 .. 2399, and how many eras away it is. */
static int year_within_era(int64_t year, int64_t *eras)
{
    *eras = floor_div(year - 2000, ERA_YEARS);
    return (int)(year - *eras * ERA_YEARS);
}

bool civil_is_real(int64_t year, int64_t month, int64_t day)
{
    int64_t eras;
    if (year < -YEAR_MAX || year > YEAR_MAX || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    return date_is_real(year_within_era(year, &eras), (int)month, (int)day);
}

int64_t civil_day(Civil civil)
{
    int64_t eras;
    int year = year_within_era(civil.year, &eras);
    return date_of(year, civil.month, civil.day).day + eras * ERA_DAYS;
}

Civil civil_of_day(int64_t day)
{
    int64_t eras = floor_div(day, ERA_DAYS);
    Ymd ymd = date_parts((Date){ (int32_t)(day - eras * ERA_DAYS) });
    return (Civil){ ymd.year + eras * ERA_YEARS, ymd.month, ymd.day };
}

bool civil_add_months(Civil civil, int64_t months, Civil *sum)
{
    int64_t total;
    if (!i64_add(civil.year * 12 + civil.month - 1, months, &total))
        return false;
    sum->year = floor_div(total, 12);
    sum->month = (int)(total - sum->year * 12) + 1;
    sum->day = civil.day;
    while (sum->day > 28 && !civil_is_real(sum->year, sum->month, sum->day))
        sum->day--;
    return civil_is_real(sum->year, sum->month, sum->day);
}

bool day_is_real(int64_t day)
{
    return day >= civil_day((Civil){ -YEAR_MAX, 1, 1 }) && day <= civil_day((Civil){ YEAR_MAX, 12, 31 });
}

/* ---- reading ---- */

/* As many digits as there are, at least `least` and at most `most`. */
static bool take_digits(Str *rest, size_t least, size_t most, int64_t *value)
{
    size_t count = 0;
    while (count < rest->len && rest->data[count] >= '0' && rest->data[count] <= '9')
        count++;
    if (count < least || count > most || !str_to_i64(str_slice(*rest, 0, count), value))
        return false;
    *rest = str_slice(*rest, count, rest->len);
    return true;
}

static bool take_char(Str *rest, char c)
{
    if (rest->len == 0 || rest->data[0] != c)
        return false;
    *rest = str_slice(*rest, 1, rest->len);
    return true;
}

static bool take_day(Str *rest, int64_t *day)
{
    int64_t year, month, day_of_month;
    bool before = take_char(rest, '-');
    Str written = *rest;
    if (!take_digits(rest, 4, 9, &year) || (written.len - rest->len > 4 && written.data[0] == '0'))
        return false;
    if (before)
        year = -year;
    if (!take_char(rest, '-') || !take_digits(rest, 2, 2, &month) || !take_char(rest, '-') ||
        !take_digits(rest, 2, 2, &day_of_month) || !civil_is_real(year, month, day_of_month))
        return false;
    *day = civil_day((Civil){ year, (int)month, (int)day_of_month });
    return true;
}

bool offset_is_real(int64_t seconds)
{
    return seconds >= -OFFSET_MAX && seconds <= OFFSET_MAX;
}

bool moment_settle(Moment *moment)
{
    return moment->zone.len == 0 ||
           zone_offset_by_clock(moment->zone, moment->day * 86400 + moment->ns / SECOND_NS, &moment->offset_seconds);
}

bool moment_set_zone(Moment *moment, bool is_time, Str zone)
{
    moment->zone = zone;
    moment->has_offset = !is_time || zone_is_fixed(zone);
    moment->offset_seconds = 0;
    return moment->has_offset ? moment_settle(moment) : zone_is_known(zone);
}

/* Nothing, Z, +08:00, +08:00:00 or @Asia/Shanghai. */
static bool take_offset(Str *rest, bool is_time, Moment *moment)
{
    if (rest->len == 0)
        return true;
    if (take_char(rest, '@')) {
        Str zone = *rest;
        rest->len = 0;
        return moment_set_zone(moment, is_time, zone);
    }
    moment->has_offset = true;
    if (take_char(rest, 'Z'))
        return true;
    bool west = take_char(rest, '-');
    int64_t hours, minutes, seconds = 0;
    if (!west && !take_char(rest, '+'))
        return false;
    if (!take_digits(rest, 2, 2, &hours) || !take_char(rest, ':') || !take_digits(rest, 2, 2, &minutes))
        return false;
    if (take_char(rest, ':') && !take_digits(rest, 2, 2, &seconds))
        return false;
    int64_t offset = hours * 3600 + minutes * 60 + seconds;
    if (minutes > 59 || seconds > 59 || !offset_is_real(offset))
        return false;
    moment->offset_seconds = (int32_t)(west ? -offset : offset);
    return true;
}

/* A fraction of a second; digits beyond the ninth are left out. */
static bool take_fraction(Str *rest, size_t least, int64_t *ns)
{
    *ns = 0;
    if (!take_char(rest, '.'))
        return true;
    size_t count = 0;
    for (int64_t unit = SECOND_NS / 10; count < rest->len && rest->data[count] >= '0' && rest->data[count] <= '9';
         count++, unit /= 10)
        *ns += (rest->data[count] - '0') * unit;
    *rest = str_slice(*rest, count, rest->len);
    return count >= least;
}

static bool take_time(Str *rest, bool is_time, Moment *moment)
{
    int64_t hours, minutes, seconds, ns;
    if (!take_digits(rest, 2, 2, &hours) || !take_char(rest, ':') || !take_digits(rest, 2, 2, &minutes) ||
        !take_char(rest, ':') || !take_digits(rest, 2, 2, &seconds) || !take_fraction(rest, 1, &ns))
        return false;
    if (hours == 24 && !is_time && minutes == 0 && seconds == 0 && ns == 0) {
        hours = 0;
        moment->day++;
    }
    if (hours > 23 || minutes > 59 || seconds > 59)
        return false;
    moment->ns = (hours * 3600 + minutes * 60 + seconds) * SECOND_NS + ns;
    return take_offset(rest, is_time, moment) && rest->len == 0;
}

bool day_parse(Str text, int64_t *day)
{
    return take_day(&text, day) && text.len == 0;
}

bool time_parse(Str text, Moment *time)
{
    *time = (Moment){ 0 };
    return take_time(&text, true, time);
}

bool date_time_parse(Str text, Moment *moment)
{
    *moment = (Moment){ 0 };
    if (!take_day(&text, &moment->day))
        return false;
    return text.len == 0 || (take_char(&text, 'T') && take_time(&text, false, moment) && day_is_real(moment->day));
}

/* ---- moving ---- */

static bool split_seconds(Number seconds, int64_t *whole, int64_t *ns)
{
    Number down, fraction;
    return number_round(seconds, 0, ROUND_DOWN, &down) && number_to_i64(down, whole) &&
           number_subtract(seconds, down, &fraction) && number_multiply(fraction, number_of(SECOND_NS), &fraction) &&
           number_round(fraction, 0, ROUND_TO_ZERO, &fraction) && number_to_i64(fraction, ns);
}

static bool add_by_clock(Moment moment, Number seconds, Moment *sum)
{
    int64_t whole, ns;
    if (!split_seconds(seconds, &whole, &ns))
        return false;
    int64_t days = floor_div(whole, 86400);
    *sum = moment;
    sum->ns += (whole - days * 86400) * SECOND_NS + ns;
    if (sum->ns >= DAY_NS) {
        sum->ns -= DAY_NS;
        days++;
    }
    return i64_add(sum->day, days, &sum->day) && day_is_real(sum->day);
}

/* In a zone with a name, the clock may have been changed on the way: go by UTC, and find the offset at the end. */
bool moment_add(Moment moment, Number seconds, Moment *sum)
{
    if (!add_by_clock(moment, seconds, sum))
        return false;
    if (moment.zone.len == 0)
        return true;
    int64_t utc = sum->day * 86400 + sum->ns / SECOND_NS - moment.offset_seconds;
    if (!zone_offset_at(moment.zone, utc, &sum->offset_seconds))
        return false;
    int64_t local = utc + sum->offset_seconds;
    sum->day = floor_div(local, 86400);
    sum->ns = (local - sum->day * 86400) * SECOND_NS + sum->ns % SECOND_NS;
    return day_is_real(sum->day);
}

bool time_add(Moment time, Number seconds, Moment *sum)
{
    bool fits = add_by_clock(time, seconds, sum);
    sum->day = 0;
    return fits;
}

/* In UTC where there is an offset. */
static Number seconds_of(Moment moment)
{
    Number seconds, fraction;
    int64_t whole = moment.day * 86400 + moment.ns / SECOND_NS - (moment.has_offset ? moment.offset_seconds : 0);
    must(number_divide(number_of(moment.ns % SECOND_NS), number_of(SECOND_NS), &fraction));
    must(number_add(number_of(whole), fraction, &seconds));
    return seconds;
}

/* Whether two clocks can be read side by side. */
static bool are_comparable(Moment a, Moment b)
{
    return a.has_offset == b.has_offset && (a.has_offset || str_equal(a.zone, b.zone));
}

/* In UTC the day may be another one. */
bool moment_compare(Moment a, Moment b, int *order)
{
    const int64_t a_second = a.day * 86400 + a.ns / SECOND_NS - (a.has_offset ? a.offset_seconds : 0);
    const int64_t b_second = b.day * 86400 + b.ns / SECOND_NS - (b.has_offset ? b.offset_seconds : 0);
    const int64_t a_ns = a.ns % SECOND_NS, b_ns = b.ns % SECOND_NS;
    *order = a_second != b_second ? (a_second > b_second ? 1 : -1) : (a_ns > b_ns) - (a_ns < b_ns);
    return are_comparable(a, b);
}

bool moment_subtract(Moment a, Moment b, Number *seconds)
{
    return are_comparable(a, b) && number_subtract(seconds_of(a), seconds_of(b), seconds);
}

/* ---- writing ---- */

void text_day(Text *text, int64_t day)
{
    Civil civil = civil_of_day(day);
    long long year = civil.year;
    text_printf(text, "%s%04lld-%02d-%02d", year < 0 ? "-" : "", year < 0 ? -year : year, civil.month, civil.day);
}

/* .5, without zeros at the end; nothing for none. */
static void text_fraction(Text *text, int64_t ns)
{
    int digits = 9;
    if (ns == 0)
        return;
    for (; ns % 10 == 0; ns /= 10)
        digits--;
    text_printf(text, ".%0*lld", digits, (long long)ns);
}

void text_time(Text *text, Moment time)
{
    int seconds = (int)(time.ns / SECOND_NS);
    text_printf(text, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    text_fraction(text, time.ns % SECOND_NS);
    if (time.zone.len) {
        text_char(text, '@');
        text_put(text, time.zone);
        return;
    }
    if (!time.has_offset)
        return;
    int offset = time.offset_seconds < 0 ? -time.offset_seconds : time.offset_seconds;
    if (offset == 0) {
        text_char(text, 'Z');
        return;
    }
    text_printf(text, "%c%02d:%02d", time.offset_seconds < 0 ? '-' : '+', offset / 3600, offset / 60 % 60);
    if (offset % 60)
        text_printf(text, ":%02d", offset % 60);
}

void text_date_time(Text *text, Moment moment)
{
    text_day(text, moment.day);
    text_char(text, 'T');
    text_time(text, moment);
}
