/* Built-ins that make values of time. */
#include "rules/builtins_all.h"
#include "rules/temporal.h"

enum { LITERAL_MAX = 200 };                        /* no point of time is longer */

Value feel_date(Evaluation *run, const Value *arguments)
{
    (void)run;
    int64_t day;
    Value from = arguments[0];
    if (from.kind == VALUE_DATE)
        return from;
    if (from.kind == VALUE_DATE_TIME)
        return value_of_day(from.box->moment->day);
    return day_parse(from.string, &day) ? value_of_day(day) : value_null();
}

Value feel_date_parts(Evaluation *run, const Value *arguments)
{
    (void)run;
    int64_t year, month, day;
    if (!value_to_i64(arguments[0], &year) || !value_to_i64(arguments[1], &month) ||
        !value_to_i64(arguments[2], &day) || !civil_is_real(year, month, day))
        return value_null();
    return value_of_day(civil_day((Civil){ year, (int)month, (int)day }));
}

static bool spend_reading(Evaluation *run, Str text)
{
    bool has_zone = str_find(str_slice(text, 0, LITERAL_MAX), S("@")) != SIZE_MAX;
    return evaluation_spend(run, has_zone ? ZONE_STEPS : 1);
}

Value feel_date_and_time(Evaluation *run, const Value *arguments)
{
    Moment moment = { 0 };
    Value from = arguments[0];
    if (from.kind == VALUE_DATE_TIME)
        return from;
    if (from.kind == VALUE_DATE)
        moment.day = from.day;
    else if (!spend_reading(run, from.string) || !date_time_parse(from.string, &moment))
        return value_null();
    return value_of_moment(run->arena, VALUE_DATE_TIME, moment);
}

/* A date and time whose day and clock come from elsewhere: where its zone has a name, its offset is found for them. */
static Value moment_set(Evaluation *run, Moment *moment)
{
    if (moment->zone.len &&
        (!evaluation_spend(run, ZONE_STEPS) || !moment_set_zone(moment, false, moment->zone)))
        return value_null();
    return value_of_moment(run->arena, VALUE_DATE_TIME, *moment);
}

Value feel_date_and_time_parts(Evaluation *run, const Value *arguments)
{
    Moment moment = *arguments[1].box->moment;
    moment.day = arguments[0].kind == VALUE_DATE ? arguments[0].day : arguments[0].box->moment->day;
    return moment_set(run, &moment);
}

Value feel_time(Evaluation *run, const Value *arguments)
{
    Moment time = { 0 };
    if (arguments[0].kind == VALUE_STRING) {
        if (!spend_reading(run, arguments[0].string) || !time_parse(arguments[0].string, &time))
            return value_null();
    } else {
        must(temporal_moment(arguments[0], &time));
        time.day = 0;
        if (time.zone.len && !moment_set_zone(&time, true, time.zone))
            return value_null();
    }
    return value_of_moment(run->arena, VALUE_TIME, time);
}

/* The second may have a fraction. */
static bool clock_of(const Value *arguments, Moment *time)
{
    int64_t hour, minute, ns;
    Number exact;
    if (!value_to_i64(arguments[0], &hour) || !value_to_i64(arguments[1], &minute) ||
        !number_multiply(arguments[2].box->number, number_of(SECOND_NS), &exact) ||
        !number_round(exact, 0, ROUND_TO_ZERO, &exact) || !number_to_i64(exact, &ns))
        return false;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || ns < 0 || ns >= 60 * SECOND_NS)
        return false;
    *time = (Moment){ .ns = (hour * 3600 + minute * 60) * SECOND_NS + ns };
    return true;
}

Value feel_time_parts(Evaluation *run, const Value *arguments)
{
    Moment time;
    return clock_of(arguments, &time) ? value_of_moment(run->arena, VALUE_TIME, time) : value_null();
}

/* No offset is a local clock; false where there is no such offset. */
static bool set_offset(Moment *moment, Value offset)
{
    int64_t seconds;
    if (offset.kind == VALUE_NULL)
        return true;
    if (!number_to_i64(offset.box->seconds, &seconds) || !offset_is_real(seconds))
        return false;
    moment->has_offset = true;
    moment->offset_seconds = (int32_t)seconds;
    return true;
}

Value feel_time_offset(Evaluation *run, const Value *arguments)
{
    Moment time;
    if (!clock_of(arguments, &time) || !set_offset(&time, arguments[3]))
        return value_null();
    return value_of_moment(run->arena, VALUE_TIME, time);
}

static bool day_and_clock_of(const Value *arguments, Moment *moment)
{
    int64_t year, month, day;
    if (!clock_of(arguments + 3, moment) || !value_to_i64(arguments[0], &year) || !value_to_i64(arguments[1], &month) ||
        !value_to_i64(arguments[2], &day) || !civil_is_real(year, month, day))
        return false;
    moment->day = civil_day((Civil){ year, (int)month, (int)day });
    return true;
}

Value feel_date_and_time_numbers(Evaluation *run, const Value *arguments)
{
    Moment moment;
    return day_and_clock_of(arguments, &moment) ? moment_set(run, &moment) : value_null();
}

Value feel_date_and_time_offset(Evaluation *run, const Value *arguments)
{
    Moment moment;
    if (!day_and_clock_of(arguments, &moment) || !set_offset(&moment, arguments[6]))
        return value_null();
    return moment_set(run, &moment);
}

Value feel_date_and_time_zone(Evaluation *run, const Value *arguments)
{
    Moment moment;
    if (!day_and_clock_of(arguments, &moment) || !moment_set_zone(&moment, false, arguments[6].string))
        return value_null();
    return value_of_moment(run->arena, VALUE_DATE_TIME, moment);
}

Value feel_duration(Evaluation *run, const Value *arguments)
{
    int64_t months;
    Number seconds;
    if (arguments[0].kind != VALUE_STRING)
        return arguments[0];
    switch (span_parse(arguments[0].string, &months, &seconds)) {
    case SPAN_NONE:
        return value_null();
    case SPAN_MONTHS:
        return value_of_months(run->arena, months);
    case SPAN_SECONDS:
        return value_of_seconds(run->arena, seconds);
    }
    return value_null();
}
