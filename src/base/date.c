/* Civil dates as a count of days, in the proleptic Gregorian calendar.
 * The two conversions count from 1 March, which puts the leap day at the end of the year. */
#include "base/base.h"

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int DAYS[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : DAYS[month - 1];
}

bool date_is_real(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

Date date_of(int year, int month, int day)
{
    must(date_is_real(year, month, day));
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (Date){ era * 146097 + day_of_era - 719468 };
}

Ymd date_parts(Date date)
{
    must(date_is_set(date));
    int z = date.day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153;
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    return (Ymd){ .year = year_of_era + era * 400 + (month <= 2),
                  .month = month,
                  .day = day_of_year - (153 * shifted + 2) / 5 + 1 };
}

bool date_is_set(Date date)
{
    return date.day != INT32_MIN;
}

bool date_parse(Str iso, Date *date)
{
    int64_t year, month, day;
    if (iso.len != 10 || iso.data[4] != '-' || iso.data[7] != '-')
        return false;
    for (size_t i = 0; i < iso.len; i++)
        if (i != 4 && i != 7 && (iso.data[i] < '0' || iso.data[i] > '9'))
            return false;
    if (!str_to_i64(str_slice(iso, 0, 4), &year) || !str_to_i64(str_slice(iso, 5, 7), &month) ||
        !str_to_i64(str_slice(iso, 8, 10), &day) || !date_is_real((int)year, (int)month, (int)day))
        return false;
    *date = date_of((int)year, (int)month, (int)day);
    return true;
}

int date_weekday(Date date)
{
    must(date_is_set(date));
    /* 1970-01-01 was a Thursday. */
    return (int)(((int64_t)date.day + 3) % 7 + 7) % 7 + 1;
}

Date date_add(Date date, int32_t days)
{
    int32_t sum;
    must(date_is_set(date) && !__builtin_add_overflow(date.day, days, &sum));
    return (Date){ sum };
}

int date_compare(Date a, Date b)
{
    return (a.day > b.day) - (a.day < b.day);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

Date date_in_zone(Instant at, int offset_minutes)
{
    return (Date){ (int32_t)floor_div(at.us + (int64_t)offset_minutes * 60000000, DAY_US) };
}

Instant instant_of(Date date, int offset_minutes)
{
    must(date_is_set(date));
    return (Instant){ (int64_t)date.day * DAY_US - (int64_t)offset_minutes * 60000000 };
}

/* Digit by digit: dates stand in every entry that is hashed, and printf takes ten times as long. */
void text_date(Text *text, Date date)
{
    char digits[] = "YYYY-MM-DD";
    const Ymd ymd = date_parts(date);
    if (!date_is_real(ymd.year, ymd.month, ymd.day)) { /* of a damaged row */
        text_printf(text, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
        return;
    }
    for (int i = 3, rest = ymd.year; i >= 0; i--, rest /= 10)
        digits[i] = (char)('0' + rest % 10);
    digits[5] = (char)('0' + ymd.month / 10);
    digits[6] = (char)('0' + ymd.month % 10);
    digits[8] = (char)('0' + ymd.day / 10);
    digits[9] = (char)('0' + ymd.day % 10);
    text_put(text, (Str){ digits, sizeof digits - 1 });
}

void text_instant(Text *text, Instant at)
{
    int64_t day = floor_div(at.us, DAY_US), us = at.us - day * DAY_US;
    text_date(text, (Date){ (int32_t)day });
    text_printf(text, "T%02d:%02d:%02d.%06dZ", (int)(us / 3600000000), (int)(us / 60000000 % 60),
                (int)(us / 1000000 % 60), (int)(us % 1000000));
}
