/* Periods as words and as plain calendar arithmetic, before any holiday or stop. */
#include "calendar/page.h"

static const Str UNIT_WORDS[] = {
#define X(name, word) [name] = { word, sizeof(word) - 1 },
    CALENDAR_UNITS(X)
#undef X
};

static bool is_word_of(Str text, Str word, int32_t amount)
{
    if (amount == 1)
        return str_equal(text, word);
    return str_starts(text, word) && str_equal(str_slice(text, word.len, text.len), S("s"));
}

bool period_parse(Str text, Period *period)
{
    size_t digits = 0;
    int32_t amount = 0;
    for (; digits < text.len && text.data[digits] >= '0' && text.data[digits] <= '9'; digits++) {
        amount = amount * 10 + (text.data[digits] - '0');
        if (amount > PERIOD_AMOUNT_MAX)
            return false;
    }
    /* A leading zero is refused because only a typing error writes one; the lone zero goes the same way. */
    if (digits == 0 || text.data[0] == '0' || digits == text.len || text.data[digits] != ' ')
        return false;
    Str word = str_slice(text, digits + 1, text.len);
    for (size_t i = 0; i < COUNT_OF(UNIT_WORDS); i++)
        if (is_word_of(word, UNIT_WORDS[i], amount)) {
            *period = (Period){ .amount = amount, .unit = (Unit)i };
            return true;
        }
    return false;
}

void text_period(Text *text, Period period)
{
    must((size_t)period.unit < COUNT_OF(UNIT_WORDS));
    text_i64(text, period.amount);
    text_char(text, ' ');
    text_put(text, UNIT_WORDS[period.unit]);
    if (period.amount != 1)
        text_char(text, 's');
}

/* LAW cn.civil-code art.202, eu.1182-71 art.3(2): the corresponding day, or the last of the month where there is none.
 */
static Date add_months(Date from, int32_t months, bool *clamped)
{
    Ymd ymd = date_parts(from);
    int64_t sum = (int64_t)ymd.year * 12 + ymd.month - 1 + months;
    if (sum < 12 || sum / 12 > 9999)
        return DATE_NONE;
    int year = (int)(sum / 12), month = (int)(sum % 12) + 1, day = ymd.day;
    while (!date_is_real(year, month, day))
        day--;
    *clamped = day != ymd.day;
    return date_of(year, month, day);
}

static Date add_days(Date from, int32_t days)
{
    int32_t sum;
    bool overflow = __builtin_add_overflow(from.day, days, &sum);
    return overflow || sum < FIRST_DAY || sum > LAST_DAY ? DATE_NONE : (Date){ sum };
}

Date period_shift(Date from, Period period, int sign, bool *clamped)
{
    must(date_is_set(from) && period.amount >= 0 && period.amount <= PERIOD_AMOUNT_MAX && (sign == 1 || sign == -1));
    const int32_t amount = sign * period.amount;
    *clamped = false;
    if (amount == 0)
        return DATE_NONE;
    switch (period.unit) {
    case UNIT_WORKING_DAY:
        break;                                     /* takes a calendar */
    case UNIT_DAY:
        return add_days(from, amount);
    case UNIT_WEEK:
        return add_days(from, amount * 7);
    case UNIT_MONTH:
        return add_months(from, amount, clamped);
    case UNIT_YEAR:
        return add_months(from, amount * 12, clamped);
    }
    return DATE_NONE;
}

Date period_end(Date from, Period period)
{
    bool clamped;
    return period_shift(from, period, 1, &clamped);
}
