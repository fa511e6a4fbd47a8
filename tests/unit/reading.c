/* desk: reading an answer from a form. What is taken, in which canonical spelling, and what is refused with which words. */
#include "desk/inside.h"
#include "language/language.h"
#include "test.h"

#include <stdlib.h>

static Arena *arena;

/* Reads one field named like the fact (a date: three). The answer, or the English message with its arguments in place. */
static Str reading(const Fact *fact, const char *const fields[][2], size_t count)
{
    Form form = { 0 };
    Problems problems = { 0 };
    Str text;
    for (size_t i = 0; i < count; i++)
        list_push(arena, &form, (Field){ str_from(fields[i][0]), str_from(fields[i][1]) });
    if (answer_read(arena, fact, &form, date_of(2026, 9, 21), 0, &text, &problems))
        return text;
    if (problems.count != 1)
        return S("not one problem");
    return text_place(arena, str_from(problems.at[0].message), problems.at[0].args, 3);
}

static Str one(const Fact *fact, const char *value)
{
    const char *const field[][2] = { { "x", value } };
    return reading(fact, field, 1);
}

static Str date(const Fact *fact, const char *day, const char *month, const char *year)
{
    const char *const fields[][2] = { { "x-day", day }, { "x-month", month }, { "x-year", year } };
    return reading(fact, fields, 3);
}

static Fact fact_of(FactKind kind, const char *name)
{
    return (Fact){ .id = S("x"), .kind = kind, .name = { .in = { str_from(name) } } };
}

static void numbers_are_taken_as_people_write_them(void)
{
    Fact area = fact_of(FACT_NUMBER, "Kitchen area");
    CHECK_STR(one(&area, "35.5"), S("35.5"));
    CHECK_STR(one(&area, " 1,200 "), S("1200"));
    CHECK_STR(one(&area, "３５．５"), S("35.5"));
    CHECK_STR(one(&area, "007"), S("7"));
    CHECK_STR(one(&area, "1,234,567.5"), S("1234567.5"));
    CHECK_STR(one(&area, "１，２３４"), S("1234"));
    CHECK_STR(one(&area, "1 234"), S("1234"));
    /* Read as 355 once: a comma that does not part thousands is another country's point, or a slip. */
    static const char *const UNCLEAR[] = { "35,5", "35，5", "1,23", "12,3456", "1234,567", "1,234 567.1,2", "35.5,1", "1,,234", ",5", "5,", "1.234,567",
                                           "35 5", "inf", "NaN", "0x10", "--5", "1.2.3", ".", "-", "\xEF\xBF\xBD" };
    for (size_t i = 0; i < COUNT_OF(UNCLEAR); i++)
        CHECK_STR(one(&area, UNCLEAR[i]), S("Kitchen area must be a number, like 35.5"));
    CHECK_STR(one(&area, "35m"), S("Kitchen area must be a number, like 35.5"));
    CHECK_STR(one(&area, "1e400"), S("Kitchen area must be a number, like 35.5"));
    CHECK_STR(one(&area, "   "), S("Enter the kitchen area"));
    area.min = S("4");
    area.max = S("5000");
    CHECK_STR(one(&area, "4"), S("4"));
    CHECK_STR(one(&area, "3.99"), S("Kitchen area must be between 4 and 5000"));
    CHECK_STR(one(&area, "5000.01"), S("Kitchen area must be between 4 and 5000"));
    area.unit.in[0] = S("square metres");
    CHECK_STR(one(&area, "5001"), S("Kitchen area must be between 4 and 5000 square metres"));
    area.unit.in[0] = S("平方米");
    CHECK_STR(one(&area, "5001"), S("Kitchen area must be between 4 and 5000平方米"));
    area.whole = true;
    CHECK_STR(one(&area, "35.5"), S("Kitchen area must be a whole number, like 12"));
    CHECK_STR(one(&area, "35"), S("35"));
}

static void money_has_two_decimals_at_most(void)
{
    Fact capital = fact_of(FACT_MONEY, "Capital");
    CHECK_STR(one(&capital, "50 000.50"), S("50000.50"));
    CHECK_STR(one(&capital, "1.005"), S("Capital must be an amount of money, like 1500 or 99.50"));
}

static void dates_are_real(void)
{
    Fact lease = fact_of(FACT_DATE, "The date of the lease");
    CHECK_STR(date(&lease, "3", "9", "2026"), S("2026-09-03"));
    CHECK_STR(date(&lease, "３", "９", "２０２６"), S("2026-09-03"));
    CHECK_STR(date(&lease, "30", "2", "2026"), S("The date of the lease must be a real date"));
    CHECK_STR(date(&lease, "29", "2", "2024"), S("2024-02-29"));
    CHECK_STR(date(&lease, "3", "", "2026"), S("The date of the lease must include a month"));
    CHECK_STR(date(&lease, "", "9", "2026"), S("The date of the lease must include a day"));
    CHECK_STR(date(&lease, "3", "9", ""), S("The date of the lease must include a year"));
    CHECK_STR(date(&lease, "", "", ""), S("Enter the date of the lease"));
    CHECK_STR(date(&lease, "3", "sep", "2026"), S("The date of the lease must be a real date"));
    static const char *const NO_DAYS[] = { "0", "32", "-3", "3.5", "99999999999999999999", "x", "\xEF\xBF\xBD" };
    for (size_t i = 0; i < COUNT_OF(NO_DAYS); i++)
        CHECK_STR(date(&lease, NO_DAYS[i], "9", "2026"), S("The date of the lease must be a real date"));
    CHECK_STR(date(&lease, "3", "9", "26"), S("The date of the lease must be a real date"));
    lease.past = true;
    CHECK_STR(date(&lease, "22", "9", "2026"), S("The date of the lease must be today or in the past"));
    CHECK_STR(date(&lease, "21", "9", "2026"), S("2026-09-21"));
    lease.past = false;
    lease.future = true;
    CHECK_STR(date(&lease, "20", "9", "2026"), S("The date of the lease must be today or in the future"));
}

/* Numbers made for this test: date of birth 31 December 1949, check character X. */
static void identity_numbers_are_checked(void)
{
    Fact identity = fact_of(FACT_IDENTITY, "Identity number");
    CHECK_STR(one(&identity, "11010519491231002X"), S("11010519491231002X"));
    CHECK_STR(one(&identity, "110105 19491231 002x"), S("11010519491231002X"));
    CHECK_STR(one(&identity, "１１０１０５１９４９１２３１００２Ｘ"), S("11010519491231002X"));
    CHECK_STR(one(&identity, "110105194912310021"), S("Check the identity number: the last character does not fit the others"));
    CHECK_STR(one(&identity, "11010519491231002"), S("The identity number must have 18 characters"));
    CHECK_STR(one(&identity, "11010519A91231002X"), S("The identity number must be 17 digits, then a digit or X"));
    /* 30 February 1990 with a check character that fits. */
    CHECK_STR(one(&identity, "110105199002300028"), S("Check the identity number: the date of birth in it is not a real date"));
}

static void credit_codes_are_checked(void)
{
    Fact code = fact_of(FACT_CREDIT_CODE, "Social credit code");
    CHECK_STR(one(&code, "91350100M000100Y43"), S("91350100M000100Y43"));
    CHECK_STR(one(&code, "91350100 m000100 y43"), S("91350100M000100Y43"));
    CHECK_STR(one(&code, "91350100M000100Y44"), S("Check the social credit code: the last character does not fit the others"));
    CHECK_STR(one(&code, "9135010OM000100Y43"),
              S("The social credit code has only digits and capital letters, without I, O, S, V and Z"));
    CHECK_STR(one(&code, "91350100M000100Y4"), S("The social credit code must have 18 characters"));
}

static void choices_are_those_of_the_pack(void)
{
    Fact form = fact_of(FACT_CHOICE, "Form");
    list_push(arena, &form.choices, (Choice){ .value = S("company") });
    list_push(arena, &form.choices, (Choice){ .value = S("sole-trader") });
    CHECK_STR(one(&form, "company"), S("company"));
    CHECK_STR(one(&form, "charity"), S("Select an answer for “Form”"));
    CHECK_STR(one(&form, ""), S("Select an answer for “Form”"));
    Fact yes_no = fact_of(FACT_YES_NO, "Open fire");
    CHECK_STR(one(&yes_no, "yes"), S("true"));
    CHECK_STR(one(&yes_no, "no"), S("false"));
    CHECK_STR(one(&yes_no, "maybe"), S("Select yes or no for “Open fire”"));
}

static void texts_are_bounded_by_characters(void)
{
    Fact name = fact_of(FACT_TEXT, "Name");
    name.max = S("4");
    CHECK_STR(one(&name, "  湖边面馆  "), S("湖边面馆"));
    CHECK_STR(one(&name, "湖边面馆店"), S("Name must have at most 4 characters"));
    name.min = S("2");
    CHECK_STR(one(&name, "面"), S("Name must have at least 2 characters"));
    name.optional = true;
    CHECK_STR(one(&name, ""), STR_NONE);
    name.min = name.max = STR_NONE;
    CHECK_STR(one(&name, "面\xEF\xBF\xBD"), S("Name has signs that we cannot read, shown as \xEF\xBF\xBD. Type them again"));
}

static AnswerList some_answers(void)
{
    static const Str TEXTS[] = { S("true"), { 0 }, S("\"quoted\" \\ and\nbroken\t\x01\x1f"), S("湖边面馆 🍜"), S("\\u0041 is no escape"), S("]}{\":,") };
    AnswerList answers = { 0 };
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++)
        list_push(arena, &answers, (Answer){ .fact = str_printf(arena, "fact_%zu", i), .text = TEXTS[i] });
    Answer staff = { .fact = S("staff"), .is_list = true };
    for (int m = 1; m <= 2; m++)
        list_push(arena, &staff.members, (Member){ .id = str_printf(arena, "m%d", m), .fields = answers });
    list_push(arena, &staff.members, (Member){ .id = S("m3") });
    list_push(arena, &answers, staff);
    list_push(arena, &answers, (Answer){ .fact = S("nobody?"), .is_list = true });
    return answers;
}

/* A tree of the same text says what must come of it. */
static void stored_answers_come_back_as_they_were(void)
{
    const AnswerList written = some_answers();
    Str stored = answers_json(arena, &written);
    AnswerList read = answers_parse(arena, stored);
    Errors errors = errors_begin(arena);
    const Json *tree = json_parse(arena, stored, &errors);
    if (!CHECK(tree && read.count == written.count))
        return;
    AnswerList by_tree = answers_of_json(arena, tree);
    CHECK_STR(answers_json(arena, &read), stored);
    CHECK_STR(answers_json(arena, &by_tree), stored);
    CHECK_STR(read.at[2].text, written.at[2].text);
    CHECK(read.at[6].is_list && read.at[6].members.count == 3 && read.at[7].is_list);
    CHECK_STR(read.at[6].members.at[1].fields.at[3].text, written.at[3].text);
    CHECK(answers_parse(arena, S("{}")).count == 0);
}

/* Cut off, or with a byte changed: what is no longer as it was written is read whole or not at all, and within its bounds. */
static void damaged_answers_are_none(void)
{
    const AnswerList written = some_answers();
    Str stored = answers_json(arena, &written);
    for (size_t cut = 0; cut < stored.len; cut++) {
        char *exact = malloc(cut ? cut : 1);       /* an overrun shows under the sanitizer */
        memcpy(exact, stored.data, cut);
        CHECK(answers_parse(arena, (Str){ exact, cut }).count == 0);
        free(exact);
    }
    for (size_t at = 0; at < stored.len; at++) {
        char *changed = str_terminated(arena, stored);
        changed[at] = '\\';
        AnswerList read = answers_parse(arena, (Str){ changed, stored.len });
        CHECK(read.count <= written.count);
    }
    Text deep = text_begin(arena, SIZE_MAX);
    for (int i = 0; i < 10000; i++)
        text_put(&deep, S("{\"a\":[{\"id\":\"m1\",\"fields\":"));
    CHECK(answers_parse(arena, text_str(&deep)).count == 0);
}

int main(void)
{
    arena = arena_open(1 << 22);
    RUN(numbers_are_taken_as_people_write_them);
    RUN(money_has_two_decimals_at_most);
    RUN(dates_are_real);
    RUN(identity_numbers_are_checked);
    RUN(credit_codes_are_checked);
    RUN(choices_are_those_of_the_pack);
    RUN(texts_are_bounded_by_characters);
    RUN(stored_answers_come_back_as_they_were);
    RUN(damaged_answers_are_none);
    arena_close(arena);
    return test_end();
}
