/* LAW cn.licensing art.32(1)(3): what is wrong is said at its field, and can be put right at once.
 * Reading an answer from a form: one validator for every kind of fact, on the server alone.
 * Any unambiguous spelling is taken (blanks, dashes, full-width digits, commas in numbers) and brought into one canonical text. */
#include "desk/inside.h"

enum { TEXT_MAX = 200, ADDRESS_MAX = 300 };

typedef struct Reading {
    Arena *arena;
    const Fact *fact;
    const Form *form;
    Date today;
    Str label, unit;                               /* in the reader's language */
    Problems *problems;
} Reading;

static bool refuse(const Reading *it, const char *message, Str second, Str third)
{
    problem_add(it->arena, it->problems, it->fact->id, message, it->label, second, third);
    return false;
}

/* "Dining area" becomes "dining area" inside a sentence; "PIN code" stays. */
static Str inside_sentence(Arena *arena, Str label)
{
    if (label.len < 2 || label.data[0] < 'A' || label.data[0] > 'Z' || (label.data[1] >= 'A' && label.data[1] <= 'Z'))
        return label;
    char *copy = str_terminated(arena, label);
    copy[0] = (char)(copy[0] + ('a' - 'A'));
    return (Str){ copy, label.len };
}

static bool refuse_missing(const Reading *it)
{
    if (it->fact->kind == FACT_YES_NO)
        return refuse(it, N_("Select yes or no for “%1”"), STR_NONE, STR_NONE);
    if (it->fact->kind == FACT_CHOICE)
        return refuse(it, N_("Select an answer for “%1”"), STR_NONE, STR_NONE);
    const Str label = inside_sentence(it->arena, it->label);
    const bool has_article = str_starts(label, S("the ")) || str_starts(label, S("your "));
    problem_add(it->arena, it->problems, it->fact->id, has_article ? N_("Enter %1") : N_("Enter the %1"), label, STR_NONE, STR_NONE);
    return false;
}

/* Full-width forms (U+FF01..FF5E) as an input method writes them, to ASCII; blanks of both widths at the ends go. */
static Str narrow(Arena *arena, Str text)
{
    Text out = text_begin(arena, text.len);
    uint32_t code_point;
    for (size_t at = 0, used; (used = utf8_next(text, at, &code_point)) > 0; at += used) {
        if (code_point >= 0xFF01 && code_point <= 0xFF5E)
            text_char(&out, (char)(code_point - 0xFEE0));
        else
            text_put(&out, str_slice(text, at, at + used));
    }
    return str_trim(text_str(&out));
}

/* Without the characters that people put between digits. */
static Str without(Arena *arena, Str text, Str unwanted)
{
    Text out = text_begin(arena, text.len);
    for (size_t i = 0; i < text.len; i++)
        if (!memchr(unwanted.data, text.data[i], unwanted.len))
            text_char(&out, text.data[i]);
    return text_str(&out);
}

/* "5000 square metres", "5000平方米". */
static Str in_unit(const Reading *it, Str number)
{
    const bool apart = it->unit.len && (unsigned char)it->unit.data[0] < 0x80;
    return str_printf(it->arena, "%.*s%s%.*s", STR_ARGS(number), apart ? " " : "", STR_ARGS(it->unit));
}

static bool within(const Reading *it, Value number)
{
    Value least, most;
    int order;
    bool has_least = it->fact->min.len && value_number(it->arena, it->fact->min, &least);
    bool has_most = it->fact->max.len && value_number(it->arena, it->fact->max, &most);
    bool below = has_least && value_compare(number, least, &order) && order < 0;
    bool above = has_most && value_compare(number, most, &order) && order > 0;
    if (!below && !above)
        return true;
    if (has_least && has_most)
        return refuse(it, N_("%1 must be between %2 and %3"), it->fact->min, in_unit(it, it->fact->max));
    return below ? refuse(it, N_("%1 must be at least %2"), in_unit(it, it->fact->min), STR_NONE)
                 : refuse(it, N_("%1 must be at most %2"), in_unit(it, it->fact->max), STR_NONE);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Without the commas and blanks that part thousands: those before the point, after one to three digits, with three digits behind each.
 * Any other comma stays, and makes it no number: "35,5" is 35.5 to one reader and a slip to the next, and 355 to nobody. */
static Str without_thousands(Arena *arena, Str text)
{
    const size_t point = str_find(text, S(".")), end = point == SIZE_MAX ? text.len : point;
    Text out = text_begin(arena, text.len);
    size_t run = 0;                                /* digits since the beginning or the last mark */
    bool marked = false;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.data[i];
        const bool mark = c == ',' || c == ' ' || c == '_';
        bool parts = mark && i + 3 < end && (marked ? run == 3 : run >= 1 && run <= 3);
        for (size_t n = 1; parts && n <= 3; n++)
            parts = is_digit(text.data[i + n]);
        parts = parts && (i + 4 >= end || !is_digit(text.data[i + 4]));
        marked |= parts;
        run = is_digit(c) ? run + 1 : 0;
        if (!parts)
            text_char(&out, c);
    }
    return text_str(&out);
}

static bool read_number(const Reading *it, Str entered, Str *text)
{
    Value number;
    int64_t whole;
    Str digits = without_thousands(it->arena, entered);
    if (str_find_nocase(digits, S("e")) != SIZE_MAX || !value_number(it->arena, digits, &number))
        return it->fact->whole ? refuse(it, N_("%1 must be a whole number, like 12"), STR_NONE, STR_NONE)
                               : refuse(it, N_("%1 must be a number, like 35.5"), STR_NONE, STR_NONE);
    Str canonical = value_number_text(it->arena, number);
    if (it->fact->whole && !value_to_i64(number, &whole))
        return refuse(it, N_("%1 must be a whole number, like 12"), STR_NONE, STR_NONE);
    size_t point = str_find(canonical, S("."));
    if (it->fact->kind == FACT_MONEY && point != SIZE_MAX && canonical.len - point > 3)
        return refuse(it, N_("%1 must be an amount of money, like 1500 or 99.50"), STR_NONE, STR_NONE);
    *text = canonical;
    return within(it, number);
}

static bool read_part(const Reading *it, const char *part, int64_t *value, bool *missing)
{
    Str name = str_printf(it->arena, "%.*s-%s", STR_ARGS(it->fact->id), part);
    Str entered = narrow(it->arena, form_get(it->form, name));
    *missing = entered.len == 0;
    return str_to_i64(entered, value);
}

static bool read_date(const Reading *it, Str *text)
{
    int64_t day = 0, month = 0, year = 0;
    bool no_day, no_month, no_year;
    bool good = read_part(it, "day", &day, &no_day);
    good &= read_part(it, "month", &month, &no_month);
    good &= read_part(it, "year", &year, &no_year);
    if (no_day && no_month && no_year) {
        *text = STR_NONE;
        return it->fact->optional || refuse_missing(it);
    }
    if (no_day)
        return refuse(it, N_("%1 must include a day"), STR_NONE, STR_NONE);
    if (no_month)
        return refuse(it, N_("%1 must include a month"), STR_NONE, STR_NONE);
    if (no_year)
        return refuse(it, N_("%1 must include a year"), STR_NONE, STR_NONE);
    if (!good || year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 ||
        !date_is_real((int)year, (int)month, (int)day))
        return refuse(it, N_("%1 must be a real date"), STR_NONE, STR_NONE);
    Date date = date_of((int)year, (int)month, (int)day);
    if (it->fact->past && date_compare(date, it->today) > 0)
        return refuse(it, N_("%1 must be today or in the past"), STR_NONE, STR_NONE);
    if (it->fact->future && date_compare(date, it->today) < 0)
        return refuse(it, N_("%1 must be today or in the future"), STR_NONE, STR_NONE);
    Text out = text_begin(it->arena, 16);
    text_date(&out, date);
    *text = text_str(&out);
    return true;
}

/* GB 11643-1999: 17 digits and a check character by ISO 7064 MOD 11-2; digits 7 to 14 are the date of birth. */
static bool read_identity(const Reading *it, Str entered, Str *text)
{
    static const int WEIGHTS[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    Str digits = without(it->arena, entered, S(" -"));
    if (digits.len != 18)
        return refuse(it, N_("The identity number must have 18 characters"), STR_NONE, STR_NONE);
    int sum = 0;
    for (size_t i = 0; i < 17; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return refuse(it, N_("The identity number must be 17 digits, then a digit or X"), STR_NONE, STR_NONE);
        sum += (digits.data[i] - '0') * WEIGHTS[i];
    }
    char last = digits.data[17] == 'x' ? 'X' : digits.data[17];
    if (last != "10X98765432"[sum % 11])
        return refuse(it, N_("Check the identity number: the last character does not fit the others"), STR_NONE, STR_NONE);
    Str born = str_printf(it->arena, "%.4s-%.2s-%.2s", digits.data + 6, digits.data + 10, digits.data + 12);
    Date date;
    if (!date_parse(born, &date) || date_compare(date, it->today) > 0)
        return refuse(it, N_("Check the identity number: the date of birth in it is not a real date"), STR_NONE, STR_NONE);
    *text = str_printf(it->arena, "%.*s%c", 17, digits.data, last);
    return true;
}

/* GB 32100-2015: 17 characters of an alphabet without I, O, S, V, Z and a check character, MOD 31 with weights 3^i. */
static bool read_credit_code(const Reading *it, Str entered, Str *text)
{
    static const char ALPHABET[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char code[18];
    Str given = without(it->arena, entered, S(" -"));
    if (given.len != sizeof code)
        return refuse(it, N_("The social credit code must have 18 characters"), STR_NONE, STR_NONE);
    int sum = 0, weight = 1, last = 0;
    for (size_t i = 0; i < sizeof code; i++) {
        code[i] = given.data[i] >= 'a' && given.data[i] <= 'z' ? (char)(given.data[i] - ('a' - 'A')) : given.data[i];
        const char *found = memchr(ALPHABET, code[i], 31);
        if (!found)
            return refuse(it, N_("The social credit code has only digits and capital letters, without I, O, S, V and Z"), STR_NONE,
                          STR_NONE);
        last = (int)(found - ALPHABET);
        if (i < 17)
            sum += last * weight;
        weight = weight * 3 % 31;
    }
    if (last != (31 - sum % 31) % 31)
        return refuse(it, N_("Check the social credit code: the last character does not fit the others"), STR_NONE, STR_NONE);
    *text = str_copy(it->arena, (Str){ code, sizeof code });
    return true;
}

static bool read_text(const Reading *it, Str entered, size_t most, Str *text)
{
    int64_t bound;
    if (it->fact->max.len && str_to_i64(it->fact->max, &bound) && bound > 0)
        most = (size_t)bound;
    *text = str_trim(entered);
    /* The form's reader put this sign where there was no letter. */
    if (str_find(*text, S("\xEF\xBF\xBD")) != SIZE_MAX)
        return refuse(it, N_("%1 has signs that we cannot read, shown as �. Type them again"), STR_NONE, STR_NONE);
    if (it->fact->min.len && str_to_i64(it->fact->min, &bound) && (int64_t)utf8_length(*text) < bound)
        return refuse(it, N_("%1 must have at least %2 characters"), it->fact->min, STR_NONE);
    if (utf8_length(*text) > most)
        return refuse(it, N_("%1 must have at most %2 characters"), str_printf(it->arena, "%zu", most), STR_NONE);
    return true;
}

static bool read_choice(const Reading *it, Str entered, Str *text)
{
    for (size_t i = 0; i < it->fact->choices.count; i++)
        if (str_equal(it->fact->choices.at[i].value, entered)) {
            *text = it->fact->choices.at[i].value;
            return true;
        }
    return refuse_missing(it);
}

bool answer_read(Arena *arena, const Fact *fact, const Form *form, Date today, int language, Str *text, Problems *problems)
{
    Reading it = { .arena = arena, .fact = fact, .form = form, .today = today, .label = texts_in(fact->name, language),
                   .unit = texts_in(fact->unit, language), .problems = problems };
    if (fact->kind == FACT_DATE)
        return read_date(&it, text);
    Str raw = form_get(form, fact->id), entered = narrow(arena, raw);
    *text = STR_NONE;
    if (entered.len == 0)
        return fact->optional || refuse_missing(&it);
    switch (fact->kind) {
    case FACT_YES_NO:
        *text = str_equal(entered, S("yes")) ? S("true") : S("false");
        return str_equal(entered, S("yes")) || str_equal(entered, S("no")) || refuse_missing(&it);
    case FACT_CHOICE:
        return read_choice(&it, entered, text);
    case FACT_NUMBER:
    case FACT_MONEY:
        return read_number(&it, entered, text);
    case FACT_TEXT:
        return read_text(&it, raw, TEXT_MAX, text);
    case FACT_ADDRESS:
        return read_text(&it, raw, ADDRESS_MAX, text);
    case FACT_IDENTITY:
        return read_identity(&it, entered, text);
    case FACT_CREDIT_CODE:
        return read_credit_code(&it, entered, text);
    case FACT_DATE:
    case FACT_LIST:
        break;
    }
    return false;
}
