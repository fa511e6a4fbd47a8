/* rules: values to and from JSON that tells their kinds. What is read comes out the same; what is no value is refused.
 */
#include "rules/rules.h"
#include "test.h"

static Arena *arena;

static bool read_typed(const char *json, Value *value)
{
    Errors errors = errors_begin(arena);
    const Json *tree = json_parse(arena, str_printf(arena, "[%s]", json), &errors);
    must(tree != NULL);
    return value_of_typed(arena, tree->items.at[0], S("f"), value);
}

static Str typed(Value value)
{
    Text text = text_begin(arena, 10000);
    text_typed(&text, value);
    return text_str(&text);
}

static void every_kind_comes_back(void)
{
    static const char *const SAME[] = {
        "null",
        "{\"n\":\"-1.50\"}",
        "{\"s\":\"a \\\"b\\\"\"}",
        "{\"s\":\"\"}",
        "{\"b\":true}",
        "{\"b\":false}",
        "{\"d\":\"2026-10-26\"}",
        "{\"t\":\"10:00:00Z\"}",
        "{\"t\":\"10:00:00+08:00\"}",
        "{\"dt\":\"2026-10-26T10:00:00.5\"}",
        "{\"dur\":\"P1Y2M\"}",
        "{\"dur\":\"P1DT2H\"}",
        "{\"l\":[]}",
        "{\"l\":[{\"n\":\"1\"},null,{\"l\":[{\"b\":true}]}]}",
        "{\"c\":{}}",
        "{\"c\":{\"a b\":{\"n\":\"1\"},\"c\":null}}",
    };
    for (size_t i = 0; i < COUNT_OF(SAME); i++) {
        Value value;
        if (CHECK(read_typed(SAME[i], &value)))
            CHECK_STR(typed(value), str_from(SAME[i]));
    }
}

static void what_is_no_value_is_refused(void)
{
    static const char *const BAD[] = {
        "1",
        "true",
        "\"x\"",
        "[]",
        "{}",
        "{\"n\":\"x\"}",
        "{\"n\":true}",
        "{\"b\":1}",
        "{\"s\":1}",
        "{\"d\":\"x\"}",
        "{\"q\":1}",
        "{\"l\":{}}",
        "{\"c\":[]}",
        "{\"l\":[1]}",
        "{\"c\":{\"a\":1}}",
        "{\"d\":\"10:00:00\"}",
        "{\"t\":\"2026-10-26\"}",
        "{\"dur\":\"2026-10-26\"}",
        "{\"n\":\"1\",\"s\":\"x\"}",
        "{\"d\":1}",
        "{\"dt\":\"P1D\"}",
    };
    Value value;
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        if (!CHECK(!read_typed(BAD[i], &value)))
            printf("   %s\n", BAD[i]);
}

static void unknown_takes_the_name_of_its_place(void)
{
    Value value;
    CHECK(read_typed("{\"l\":[{\"n\":\"1\"},{\"c\":{\"age\":{\"unknown\":true}}}]}", &value));
    CHECK_STR(typed(value), S("{\"l\":[{\"n\":\"1\"},{\"c\":{\"age\":{\"unknown\":[\"f[2].age\"]}}}]}"));
}

int main(void)
{
    arena = arena_open(1 << 20);
    RUN(every_kind_comes_back);
    RUN(what_is_no_value_is_refused);
    RUN(unknown_takes_the_name_of_its_place);
    arena_close(arena);
    return test_end();
}
