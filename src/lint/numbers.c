/* Numbers as texts write them: 1,000 and 12.5 and 100万; twelve and 三十; and the months, which English names and Chinese counts. */
#include "lint/letters.h"

enum { THOUSANDTHS = 1000, NUMBERS_MAX = 200 };
static const int64_t NUMBER_MAX = (int64_t)1 << 50;

static bool digit_at(Str text, size_t at, size_t *length, int *digit)
{
    uint32_t c;
    *length = utf8_next(text, at, &c);
    const bool plain = c >= '0' && c <= '9', wide = c >= 0xFF10 && c <= 0xFF19;
    *digit = plain ? (int)(c - '0') : wide ? (int)(c - 0xFF10) : 0;
    return *length > 0 && (plain || wide);
}

/* Past three digits that a comma sets apart. */
static bool is_group(Str text, size_t at)
{
    size_t length;
    int digit;
    if (at >= text.len || text.data[at] != ',')
        return false;
    at++;
    for (int i = 0; i < 3; i++, at += length)
        if (!digit_at(text, at, &length, &digit))
            return false;
    return !digit_at(text, at, &length, &digit);
}

static int64_t scale_at(Str text, size_t at)
{
    static const struct {
        const char *word;
        int64_t factor;
    } SCALES[] = { { "万", 10000 }, { "亿", 100000000 }, { " million", 1000000 }, { " thousand", 1000 } };
    for (size_t i = 0; i < COUNT_OF(SCALES); i++)
        if (str_starts(str_slice(text, at, text.len), str_from(SCALES[i].word)))
            return SCALES[i].factor;
    return 1;
}

static int64_t read_digits(Str text, size_t *at)
{
    int64_t value = 0, part = THOUSANDTHS;
    size_t length;
    int digit;
    while (value < NUMBER_MAX) {
        if (digit_at(text, *at, &length, &digit))
            value = value * 10 + digit;
        else if (is_group(text, *at))
            length = 1;
        else
            break;
        *at += length;
    }
    value *= value < NUMBER_MAX / THOUSANDTHS ? THOUSANDTHS : 1;
    if (*at < text.len && text.data[*at] == '.' && digit_at(text, *at + 1, &length, &digit)) {
        for (++*at; part > 1 && digit_at(text, *at, &length, &digit); *at += length)
            value += (part /= 10) * digit;
    }
    const int64_t scale = scale_at(text, *at);
    return value < NUMBER_MAX / scale ? value * scale : value;
}

Numbers numbers_in_digits(Arena *arena, Str text)
{
    Numbers numbers = { 0 };
    size_t length;
    int digit;
    for (size_t at = 0; at < text.len && numbers.count < NUMBERS_MAX;) {
        if (digit_at(text, at, &length, &digit))
            list_push(arena, &numbers, read_digits(text, &at));
        else
            at += length;
    }
    return numbers;
}

/* ---- words ---- */

static void read_english(Arena *arena, Str text, Numbers *numbers)
{
    static const struct {
        const char *word;
        int value;
    } WORDS[] = {
        { "zero", 0 }, { "no", 0 }, { "one", 1 }, { "a", 1 }, { "an", 1 }, { "once", 1 }, { "first", 1 }, { "each", 1 },
        { "two", 2 }, { "twice", 2 }, { "both", 2 }, { "second", 2 }, { "three", 3 }, { "third", 3 }, { "four", 4 },
        { "fourth", 4 }, { "five", 5 }, { "fifth", 5 }, { "six", 6 }, { "sixth", 6 }, { "half", 6 }, { "seven", 7 }, { "eight", 8 },
        { "nine", 9 }, { "ten", 10 }, { "eleven", 11 }, { "twelve", 12 }, { "thirteen", 13 }, { "fourteen", 14 },
        { "fifteen", 15 }, { "sixteen", 16 }, { "seventeen", 17 }, { "eighteen", 18 }, { "nineteen", 19 },
        { "twenty", 20 }, { "thirty", 30 }, { "forty", 40 }, { "fifty", 50 }, { "sixty", 60 }, { "seventy", 70 },
        { "eighty", 80 }, { "ninety", 90 }, { "hundred", 100 }, { "thousand", 1000 }, { "january", 1 }, { "february", 2 },
        { "march", 3 }, { "april", 4 }, { "may", 5 }, { "june", 6 }, { "july", 7 }, { "august", 8 }, { "september", 9 },
        { "october", 10 }, { "november", 11 }, { "december", 12 },
    };
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        for (end = at; end < text.len && ((text.data[end] | ' ') >= 'a') && ((text.data[end] | ' ') <= 'z'); end++)
            ;
        const Str word = str_slice(text, at, end);
        for (size_t i = 0; word.len && i < COUNT_OF(WORDS); i++)
            if (str_equal_nocase(word, str_from(WORDS[i].word)))
                list_push(arena, numbers, (int64_t)WORDS[i].value * THOUSANDTHS);
    }
}

/* 三十 is 3 and 10: a digit waits for its unit. 两百二十 is 220. */
static void read_chinese(Arena *arena, Str text, Numbers *numbers)
{
    static const uint32_t DIGITS[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };
    static const uint32_t LIANG = 0x4E24, TEN = 0x5341, HUNDRED = 0x767E, THOUSAND = 0x5343;
    int64_t sum = 0, digit = 0;
    bool inside = false;
    uint32_t c;
    for (size_t at = 0, length; at <= text.len; at += length ? length : 1) {
        length = at < text.len ? utf8_next(text, at, &c) : 0;
        int found = !length ? -1 : c == LIANG ? 2 : -1;
        for (int i = 0; length && i < (int)COUNT_OF(DIGITS); i++)
            found = c == DIGITS[i] ? i : found;
        const int64_t unit = !length ? 0 : c == TEN ? 10 : c == HUNDRED ? 100 : c == THOUSAND ? 1000 : 0;
        if (found >= 0) {
            digit = found;
        } else if (unit) {
            sum = sum < NUMBER_MAX ? sum + (digit ? digit : 1) * unit : sum;
            digit = 0;
        } else {
            if (inside && sum + digit < NUMBER_MAX)
                list_push(arena, numbers, (sum + digit) * THOUSANDTHS);
            sum = digit = 0;
        }
        inside = found >= 0 || unit;
    }
}

Numbers numbers_in_words(Arena *arena, Str text, Str language)
{
    Numbers numbers = { 0 };
    if (str_equal(language, S("en")))
        read_english(arena, text, &numbers);
    if (str_equal(language, S("zh")))
        read_chinese(arena, text, &numbers);
    return numbers;
}
