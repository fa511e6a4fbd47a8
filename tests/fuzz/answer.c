/* What a person types into a field of any kind, a reference and a second secret as they are typed, dates and numbers. What was taken is
 * taken again in its own spelling, and stays the same. */
#include "desk/desk.h"
#include "fuzz.h"
#include "rules/rules.h"
#include "trust/trust.h"

static void typed(Arena *arena, FactKind kind, Str text, bool whole)
{
    Fact fact = { .id = S("x"), .kind = kind, .name = { .in = { S("Name"), S("名称") } }, .whole = whole, .past = whole };
    Form form = { 0 };
    Problems problems = { 0 };
    Str answer = STR_NONE, again = STR_NONE;
    list_push(arena, &fact.choices, (Choice){ .value = S("one") });
    list_push(arena, &form, (Field){ S("x"), text });
    Str part, rest = text;
    static const char *const PARTS[] = { "x-day", "x-month", "x-year" };
    for (size_t i = 0; i < COUNT_OF(PARTS) && str_cut(&rest, '-', &part); i++)
        list_push(arena, &form, (Field){ str_from(PARTS[i]), part });
    const bool taken = answer_read(arena, &fact, &form, date_of(2026, 9, 21), whole, &answer, &problems);
    must(taken == (problems.count == 0));
    if (!taken || kind == FACT_YES_NO || kind == FACT_DATE)
        return;
    must(utf8_is_valid(answer) || !utf8_is_valid(text));
    form.at[0].value = answer;
    must(answer_read(arena, &fact, &form, date_of(2026, 9, 21), whole, &again, &problems) && str_equal(answer, again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = fuzz_arena((size_t)64 << 20);
    Str text = { (const char *)data, size };
    static const Key key = { { 7 } };
    uint64_t number;
    char secret[8];
    Date date;
    Value value;
    static const FactKind KINDS[] = { FACT_YES_NO, FACT_CHOICE, FACT_NUMBER, FACT_MONEY, FACT_DATE, FACT_TEXT, FACT_ADDRESS, FACT_IDENTITY, FACT_CREDIT_CODE };
    trust_begin();
    for (size_t i = 0; i < COUNT_OF(KINDS); i++) {
        typed(arena, KINDS[i], text, false);
        typed(arena, KINDS[i], text, true);
    }
    if (reference_parse(&key, text, &number)) {
        uint64_t again;
        must(reference_parse(&key, reference_text(arena, &key, number), &again) && again == number);
    }
    if (secret_parse(text, secret)) {
        char again[8];
        must(secret_parse((Str){ secret, sizeof secret }, again) && memcmp(secret, again, sizeof again) == 0);
    }
    if (date_parse(text, &date)) {
        Text out = text_begin(arena, 32);
        text_date(&out, date);
        must(str_equal(text_str(&out), text));
    }
    if (value_number(arena, text, &value))
        must(value_number_text(arena, value).len > 0);
    return 0;
}
