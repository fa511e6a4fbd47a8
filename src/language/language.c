/* Texts by binary search in a table made at build time; dates and numbers in words by a switch over languages.
 * gettext itself was rejected: its language belongs to the process, ours to the request, and a page may need two. ICU
 * was rejected for dates: 30 MB for what is one line in each of our languages. */
#include "language/table.h"

#include <stdlib.h>

static const struct {
    Str code, tag;
} NAMES[LANGUAGE_COUNT] = {
#define X(name, code, tag) [name] = { S(code), S(tag) },
    LANGUAGES(X)
#undef X
};

/* LANGUAGE_COUNT when we do not speak it. */
static size_t name_find(Str code)
{
    bool whole = code.len == 2 || (code.len > 2 && (code.data[2] == '-' || code.data[2] == '_'));
    size_t i = 0;
    while (i < LANGUAGE_COUNT && !(whole && str_equal_nocase(str_slice(code, 0, 2), NAMES[i].code)))
        i++;
    return i;
}

Language language_of(Str code)
{
    size_t found = name_find(code);
    return found < LANGUAGE_COUNT ? (Language)found : LANGUAGE_EN;
}

Str language_tag_of(Str code)
{
    size_t found = name_find(code);
    return found < LANGUAGE_COUNT ? NAMES[found].tag : code;
}

Str language_tag(Language language)
{
    return NAMES[language].tag;
}

static int row_compare(const void *key, const void *row)
{
    return strcmp(key, ((const LanguageRow *)row)->english);
}

static const LanguageRow *row_of(const char *english)
{
    return bsearch(english, LANGUAGE_ROWS, LANGUAGE_ROW_COUNT, sizeof *LANGUAGE_ROWS, row_compare);
}

Str text_of(Language language, const char *english)
{
    const LanguageRow *row = row_of(english);
    return row ? row->one[language] : str_from(english);
}

Str text_place(Arena *arena, Str text, const Str *args, size_t count)
{
    Text placed = text_begin(arena, SIZE_MAX);
    size_t from = 0;
    for (size_t i = 0; i + 1 < text.len; i++) {
        size_t number = (size_t)(unsigned char)text.data[i + 1] - '1';
        if (text.data[i] != '%' || number >= count || number > 8)
            continue;
        text_put(&placed, str_slice(text, from, i));
        text_put(&placed, args[number]);
        from = i + 2;
        i++;
    }
    text_put(&placed, str_slice(text, from, text.len));
    return text_str(&placed);
}

Str text_counted(Arena *arena, Language language, const char *one, const char *many, int64_t count)
{
    const LanguageRow *row = row_of(one);
    Str text = count == 1 ? str_from(one) : str_from(many);
    if (row && row->many[language].len)
        text = count == 1 ? row->one[language] : row->many[language];
    Text number = text_begin(arena, 20);
    text_i64(&number, count);
    return text_place(arena, text, &(Str){ number.data, number.len }, 1);
}

void date_in_words(Text *text, Language language, Date date)
{
    static const char *const MONTHS[] = { "January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December" };
    if (!date_is_set(date))
        return;
    Ymd parts = date_parts(date);
    switch (language) {
    case LANGUAGE_EN:
        text_printf(text, "%d %s %d", parts.day, MONTHS[parts.month - 1], parts.year);
        return;
    case LANGUAGE_ZH:
        text_printf(text, "%d年%d月%d日", parts.year, parts.month, parts.day);
        return;
    }
}

void instant_in_words(Text *text, Language language, Instant at, int offset_minutes)
{
    if (at.us == 0)
        return;
    Date date = date_in_zone(at, offset_minutes);
    int64_t minutes = (at.us - instant_of(date, offset_minutes).us) / 60000000;
    date_in_words(text, language, date);
    switch (language) {
    case LANGUAGE_EN:
        text_put(text, S(", "));
        break;
    case LANGUAGE_ZH:
        text_char(text, ' ');
        break;
    }
    text_printf(text, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

static const struct {
    const char *one, *many;
} PERIODS[] = {
    [UNIT_WORKING_DAY] = { N_("1 working day"), N_("%1 working days") },
    [UNIT_DAY] = { N_("1 day"), N_("%1 days") },
    [UNIT_WEEK] = { N_("1 week"), N_("%1 weeks") },
    [UNIT_MONTH] = { N_("1 month"), N_("%1 months") },
    [UNIT_YEAR] = { N_("1 year"), N_("%1 years") },
};

void period_in_words(Text *text, Language language, Period period)
{
    if (period.amount)
        text_put(text, text_counted(text->arena, language, PERIODS[period.unit].one, PERIODS[period.unit].many,
                                    period.amount));
}

static const struct {
    Str code, sign, chinese;
} CURRENCIES[] = {
    { S("CNY"), S("¥"), S("元") },
    { S("EUR"), S("€"), S("欧元") },
    { S("GBP"), S("£"), S("英镑") },
    { S("USD"), S("$"), S("美元") },
};

Str currency_sign(Str currency)
{
    for (size_t i = 0; i < COUNT_OF(CURRENCIES); i++)
        if (str_equal(CURRENCIES[i].code, currency))
            return CURRENCIES[i].sign;
    return currency;
}

static void thousands(Text *text, int64_t whole)
{
    if (whole >= 1000) {
        thousands(text, whole / 1000);
        text_printf(text, ",%03d", (int)(whole % 1000));
    } else {
        text_i64(text, whole);
    }
}

void money_in_words(Text *text, Language language, Money money, Str currency)
{
    must(money.cents > INT64_MIN);
    int64_t cents = money.cents < 0 ? -money.cents : money.cents;
    Str sign = currency_sign(currency), after = STR_NONE;
    if (money.cents < 0)
        text_char(text, '-');
    for (size_t i = 0; language == LANGUAGE_ZH && i < COUNT_OF(CURRENCIES); i++)
        if (str_equal(CURRENCIES[i].code, currency))
            after = CURRENCIES[i].chinese;
    if (!after.len) {
        text_put(text, sign);
        if (str_equal(sign, currency))
            text_char(text, ' ');
        thousands(text, cents / 100);
    } else {
        text_i64(text, cents / 100);
    }
    if (cents % 100)
        text_printf(text, ".%02d", (int)(cents % 100));
    text_put(text, after);
}
