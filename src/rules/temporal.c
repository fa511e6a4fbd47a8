/* Values of time. Which sums have a meaning is the table of DMN 1.5, 10.3.2.3.3 and following; all others are null. */
#include "rules/temporal.h"

/* ---- reading ---- */

Value value_of_day(int64_t day)
{
    if (!day_is_real(day))
        return value_null();
    Date date = day > INT32_MIN && day <= INT32_MAX ? (Date){ (int32_t)day } : DATE_NONE;
    return (Value){ .kind = VALUE_DATE, .date = date, .day = day };
}

bool value_of_temporal(Arena *arena, Str text, Value *value)
{
    int64_t day, months;
    Number seconds;
    Moment moment;
    if (day_parse(text, &day)) {
        *value = value_of_day(day);
        return true;
    }
    bool is_time = time_parse(text, &moment);
    if (is_time || date_time_parse(text, &moment)) {
        *value = value_of_moment(arena, is_time ? VALUE_TIME : VALUE_DATE_TIME, moment);
        return true;
    }
    switch (span_parse(text, &months, &seconds)) {
    case SPAN_NONE:
        return false;
    case SPAN_MONTHS:
        *value = value_of_months(arena, months);
        return true;
    case SPAN_SECONDS:
        *value = value_of_seconds(arena, seconds);
        return true;
    }
    return false;
}

bool temporal_moment(Value value, Moment *moment)
{
    if (value.kind == VALUE_DATE)
        *moment = (Moment){ .day = value.day, .has_offset = true };
    else if (value.kind == VALUE_TIME || value.kind == VALUE_DATE_TIME)
        *moment = *value.box->moment;
    else
        return false;
    return true;
}

Civil temporal_civil(Value value)
{
    must(value.kind == VALUE_DATE || value.kind == VALUE_DATE_TIME);
    return civil_of_day(value.kind == VALUE_DATE ? value.day : value.box->moment->day);
}

/* ---- properties ---- */

typedef enum Part {
    PART_YEAR,
    PART_MONTH,
    PART_DAY,
    PART_WEEKDAY,
    PART_HOUR,
    PART_MINUTE,
    PART_SECOND,
    PART_OFFSET,
    PART_ZONE,
    PART_YEARS,
    PART_MONTHS,
    PART_DAYS,
    PART_HOURS,
    PART_MINUTES,
    PART_SECONDS
} Part;

enum {
    OF_DAY = KIND(VALUE_DATE) | KIND(VALUE_DATE_TIME),
    OF_CLOCK = KIND(VALUE_TIME) | KIND(VALUE_DATE_TIME),
    OF_MONTHS = KIND(VALUE_MONTHS_DURATION),
    OF_SPAN = KIND(VALUE_DAYS_DURATION)
};

static const struct {
    const char *name;
    unsigned kinds;
} PROPERTIES[] = {
    [PART_YEAR] = { "year", OF_DAY },        [PART_MONTH] = { "month", OF_DAY },
    [PART_DAY] = { "day", OF_DAY },          [PART_WEEKDAY] = { "weekday", OF_DAY },
    [PART_HOUR] = { "hour", OF_CLOCK },      [PART_MINUTE] = { "minute", OF_CLOCK },
    [PART_SECOND] = { "second", OF_CLOCK },  [PART_OFFSET] = { "time offset", OF_CLOCK },
    [PART_ZONE] = { "timezone", OF_CLOCK },  [PART_YEARS] = { "years", OF_MONTHS },
    [PART_MONTHS] = { "months", OF_MONTHS }, [PART_DAYS] = { "days", OF_SPAN },
    [PART_HOURS] = { "hours", OF_SPAN },     [PART_MINUTES] = { "minutes", OF_SPAN },
    [PART_SECONDS] = { "seconds", OF_SPAN },
};

size_t temporal_property_count(void)
{
    return COUNT_OF(PROPERTIES);
}

Str temporal_property(size_t index)
{
    return str_from(PROPERTIES[index].name);
}

int64_t temporal_weekday(int64_t day)
{
    /* 1970-01-01 was a Thursday. */
    return ((day + 3) % 7 + 7) % 7 + 1;
}

static Value span_part(Arena *arena, Number seconds, Part part)
{
    SpanParts parts;
    if (!span_parts(seconds, &parts))
        return value_null();
    const int64_t amounts[] = { parts.days, parts.hours, parts.minutes, parts.seconds };
    return value_i64(arena, amounts[part - PART_DAYS]);
}

static Value part_of(Arena *arena, Value value, Part part)
{
    Moment moment = { 0 };
    bool is_point = temporal_moment(value, &moment);
    int64_t second = moment.ns / SECOND_NS;
    switch (part) {
    case PART_YEAR:
        return value_i64(arena, temporal_civil(value).year);
    case PART_MONTH:
        return value_i64(arena, temporal_civil(value).month);
    case PART_DAY:
        return value_i64(arena, temporal_civil(value).day);
    case PART_WEEKDAY:
        return value_i64(arena, temporal_weekday(moment.day));
    case PART_HOUR:
        return value_i64(arena, second / 3600);
    case PART_MINUTE:
        return value_i64(arena, second / 60 % 60);
    case PART_SECOND:
        return value_i64(arena, second % 60);
    case PART_OFFSET:
        return is_point && moment.has_offset ? value_of_seconds(arena, number_of(moment.offset_seconds)) : value_null();
    case PART_ZONE:
        return moment.zone.len ? value_string(moment.zone) : value_null();
    case PART_YEARS:
        return value_i64(arena, value.box->months / 12);
    case PART_MONTHS:
        return value_i64(arena, value.box->months % 12);
    case PART_DAYS:
    case PART_HOURS:
    case PART_MINUTES:
    case PART_SECONDS:
        return span_part(arena, value.box->seconds, part);
    }
    return value_null();
}

bool temporal_get(Arena *arena, Value value, Str property, Value *part)
{
    for (size_t i = 0; i < COUNT_OF(PROPERTIES); i++) {
        if ((PROPERTIES[i].kinds & KIND(value.kind)) && str_equal(str_from(PROPERTIES[i].name), property)) {
            *part = part_of(arena, value, (Part)i);
            return true;
        }
    }
    return false;
}

/* ---- sums ---- */

static Value point_add_months(Arena *arena, Value point, int64_t months)
{
    Civil sum;
    if (!civil_add_months(temporal_civil(point), months, &sum))
        return value_null();
    if (point.kind == VALUE_DATE)
        return value_of_day(civil_day(sum));
    Moment moment = *point.box->moment;
    moment.day = civil_day(sum);
    return moment_settle(&moment) ? value_of_moment(arena, VALUE_DATE_TIME, moment) : value_null();
}

static Value point_add_seconds(Arena *arena, Value point, Number seconds)
{
    Moment moment = { 0 }, sum;
    must(temporal_moment(point, &moment));
    if (point.kind == VALUE_TIME)
        return time_add(moment, seconds, &sum) ? value_of_moment(arena, VALUE_TIME, sum) : value_null();
    if (!moment_add(moment, seconds, &sum))
        return value_null();
    return point.kind == VALUE_DATE ? value_of_day(sum.day) : value_of_moment(arena, VALUE_DATE_TIME, sum);
}

static Value add_months(Arena *arena, Value months, Value other)
{
    int64_t sum;
    if (other.kind == VALUE_DATE || other.kind == VALUE_DATE_TIME)
        return point_add_months(arena, other, months.box->months);
    if (other.kind != VALUE_MONTHS_DURATION || !i64_add(months.box->months, other.box->months, &sum))
        return value_null();
    return value_of_months(arena, sum);
}

static Value add_seconds(Arena *arena, Value seconds, Value other)
{
    Number sum;
    if (other.kind == VALUE_DATE || other.kind == VALUE_DATE_TIME || other.kind == VALUE_TIME)
        return point_add_seconds(arena, other, seconds.box->seconds);
    if (other.kind != VALUE_DAYS_DURATION || !number_add(seconds.box->seconds, other.box->seconds, &sum))
        return value_null();
    return value_of_seconds(arena, sum);
}

Value temporal_add(Arena *arena, Value a, Value b)
{
    if (a.kind == VALUE_MONTHS_DURATION)
        return add_months(arena, a, b);
    if (b.kind == VALUE_MONTHS_DURATION)
        return add_months(arena, b, a);
    if (a.kind == VALUE_DAYS_DURATION)
        return add_seconds(arena, a, b);
    return b.kind == VALUE_DAYS_DURATION ? add_seconds(arena, b, a) : value_null();
}

Value temporal_subtract(Arena *arena, Value a, Value b)
{
    Moment from = { 0 }, to = { 0 };
    Number seconds;
    if (b.kind == VALUE_MONTHS_DURATION || b.kind == VALUE_DAYS_DURATION)
        return temporal_add(arena, a, temporal_negate(arena, b));
    if (!temporal_moment(a, &to) || !temporal_moment(b, &from) || (a.kind == VALUE_TIME) != (b.kind == VALUE_TIME))
        return value_null();
    return moment_subtract(to, from, &seconds) ? value_of_seconds(arena, seconds) : value_null();
}

Value temporal_negate(Arena *arena, Value duration)
{
    if (duration.kind == VALUE_MONTHS_DURATION)
        return value_of_months(arena, duration.box->months == INT64_MIN ? INT64_MAX : -duration.box->months);
    if (duration.kind == VALUE_DAYS_DURATION)
        return value_of_seconds(arena, number_negate(duration.box->seconds));
    return value_null();
}

/* ---- multiples ---- */

static bool scaled(Number number, Number factor, bool divide, Number *result)
{
    return divide ? number_divide(number, factor, result) : number_multiply(number, factor, result);
}

Value temporal_scale(Arena *arena, Value duration, Number factor, bool divide)
{
    Number result;
    int64_t months;
    if (duration.kind == VALUE_DAYS_DURATION)
        return scaled(duration.box->seconds, factor, divide, &result) ? value_of_seconds(arena, result) : value_null();
    /* A month has no fixed half: whole months, towards zero. */
    if (duration.kind != VALUE_MONTHS_DURATION || !scaled(number_of(duration.box->months), factor, divide, &result) ||
        !number_round(result, 0, ROUND_TO_ZERO, &result) || !number_to_i64(result, &months))
        return value_null();
    return value_of_months(arena, months);
}

Value temporal_ratio(Arena *arena, Value a, Value b)
{
    Number ratio;
    if (a.kind != b.kind)
        return value_null();
    if (a.kind == VALUE_DAYS_DURATION)
        return number_divide(a.box->seconds, b.box->seconds, &ratio) ? value_of_number(arena, ratio) : value_null();
    if (a.kind == VALUE_MONTHS_DURATION)
        return number_divide(number_of(a.box->months), number_of(b.box->months), &ratio) ? value_of_number(arena, ratio)
                                                                                         : value_null();
    return value_null();
}
