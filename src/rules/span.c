/* Durations: read, taken apart and written. Seconds are a Number, so that a fraction of a second is exact and the
 * product of a duration and a number is what paper says. */
#include "rules/moment.h"

/* One part of a duration: digits and the letter that says what they count. */
static bool take_part(Str *rest, char unit, int64_t *count)
{
    size_t digits = 0;
    while (digits < rest->len && rest->data[digits] >= '0' && rest->data[digits] <= '9')
        digits++;
    *count = 0;
    if (digits == 0 || digits == rest->len || rest->data[digits] != unit)
        return false;
    if (!str_to_i64(str_slice(*rest, 0, digits), count))
        return false;
    *rest = str_slice(*rest, digits + 1, rest->len);
    return true;
}

/* Seconds may have a fraction, and the fraction no digits. */
static bool take_seconds(Str *rest, Number *seconds)
{
    size_t end = 0;
    while (end < rest->len && ((rest->data[end] >= '0' && rest->data[end] <= '9') || rest->data[end] == '.'))
        end++;
    if (end == 0 || end == rest->len || rest->data[end] != 'S')
        return false;
    Str number = str_slice(*rest, 0, end);
    bool exact; /* nanoseconds are the finest, and kept */
    if (str_ends(number, S(".")))
        number.len--;
    if (str_starts(number, S(".")) || !number_parse(number, seconds, &exact))
        return false;
    *rest = str_slice(*rest, end + 1, rest->len);
    return true;
}

static Span months_parse(Str rest, bool negative, int64_t *months)
{
    int64_t years, more;
    bool any = take_part(&rest, 'Y', &years);
    any = take_part(&rest, 'M', &more) || any;
    if (!any || rest.len || !i64_mul(years, 12, &years) || !i64_add(years, more, months))
        return SPAN_NONE;
    if (negative)
        *months = -*months;
    return SPAN_MONTHS;
}

static Span seconds_parse(Str rest, bool negative, Number *seconds)
{
    int64_t days, hours = 0, minutes = 0, whole = 0;
    Number fraction = number_of(0);
    bool any = take_part(&rest, 'D', &days);
    if (str_starts(rest, S("T"))) {
        rest = str_slice(rest, 1, rest.len);
        any = take_part(&rest, 'H', &hours);
        any = take_part(&rest, 'M', &minutes) || any;
        any = take_seconds(&rest, &fraction) || any;
    }
    if (!any || rest.len || !i64_mul(days, 86400, &days) || !i64_mul(hours, 3600, &hours) ||
        !i64_mul(minutes, 60, &minutes) || !i64_add(days, hours, &whole) || !i64_add(whole, minutes, &whole) ||
        !number_add(number_of(whole), fraction, seconds))
        return SPAN_NONE;
    if (negative)
        *seconds = number_negate(*seconds);
    return SPAN_SECONDS;
}

Span span_parse(Str text, int64_t *months, Number *seconds)
{
    bool negative = str_starts(text, S("-"));
    Str rest = str_slice(text, negative, text.len);
    if (!str_starts(rest, S("P")))
        return SPAN_NONE;
    rest = str_slice(rest, 1, rest.len);
    Span span = months_parse(rest, negative, months);
    return span != SPAN_NONE ? span : seconds_parse(rest, negative, seconds);
}

bool span_parts(Number seconds, SpanParts *parts)
{
    Number whole, fraction;
    int64_t count;
    if (!number_round(seconds, 0, ROUND_TO_ZERO, &whole) || !number_to_i64(whole, &count) ||
        !number_subtract(seconds, whole, &fraction) || !number_multiply(fraction, number_of(SECOND_NS), &fraction) ||
        !number_round(fraction, 0, ROUND_TO_ZERO, &fraction) || !number_to_i64(fraction, &parts->ns))
        return false;
    parts->days = count / 86400;
    parts->hours = (int)(count / 3600 % 24);
    parts->minutes = (int)(count / 60 % 60);
    parts->seconds = (int)(count % 60);
    return true;
}

static void text_part(Text *text, int64_t count, char unit)
{
    if (count == 0)
        return;
    text_i64(text, count);
    text_char(text, unit);
}

void text_months(Text *text, int64_t months)
{
    if (months == 0) {
        text_put(text, S("P0M"));
        return;
    }
    if (months < 0)
        text_char(text, '-');
    text_char(text, 'P');
    text_part(text, months < 0 ? -(months / 12) : months / 12, 'Y');
    text_part(text, months < 0 ? -(months % 12) : months % 12, 'M');
}

void text_seconds(Text *text, Number seconds)
{
    SpanParts parts;
    bool negative = number_compare(seconds, number_of(0)) < 0;
    if (number_is_zero(seconds)) {
        text_put(text, S("PT0S"));
        return;
    }
    if (negative) {
        text_char(text, '-');
        seconds = number_negate(seconds);
    }
    text_char(text, 'P');
    if (!span_parts(seconds, &parts)) {
        text_char(text, 'T');
        text_number(text, seconds);
        text_char(text, 'S');
        return;
    }
    text_part(text, parts.days, 'D');
    if (parts.hours || parts.minutes || parts.seconds || parts.ns)
        text_char(text, 'T');
    text_part(text, parts.hours, 'H');
    text_part(text, parts.minutes, 'M');
    if (parts.ns == 0) {
        text_part(text, parts.seconds, 'S');
        return;
    }
    text_printf(text, "%d.", parts.seconds);
    int digits = 9;
    for (; parts.ns % 10 == 0; parts.ns /= 10)
        digits--;
    text_printf(text, "%0*lldS", digits, (long long)parts.ns);
}
