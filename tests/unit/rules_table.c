/* rules: the index over a decision table changes nothing but time. Random tables are written twice: with cells that an
 * index can take (> 5), and with the same cells as conditions, which it cannot (? > 5). Both give the same for every
 * input: numbers on and beside the constants, null, other kinds, and what is not known. */
#include "rules/rules.h"
#include "test.h"

static Arena *arena;
static uint64_t state = 20261125;

static unsigned below(unsigned limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % limit;
}

enum { TABLES = 300, RULES_OF_A_TABLE = 90, ASKED = 60, XML_MAX = 1 << 20 };

static const char *const POLICIES[] = { "FIRST", "UNIQUE", "ANY", "RULE ORDER", "COLLECT" };

/* A constant of the first column, a number, or of the second, a text. */
static void put_constant(Text *text, int column)
{
    if (column == 0)
        text_printf(text, "%u%s", below(12), below(4) ? "" : ".5");
    else
        text_printf(text, "\"%c\"", 'a' + (char)below(6));
}

/* A test, and the same as a condition. */
static void put_test(Text *plain, Text *asked, int column)
{
    static const char *const SIGNS[] = { "&lt; ", "&lt;= ", "&gt; ", "&gt;= ", "!= ", "= " };
    Text constant = text_begin(arena, 100), other = text_begin(arena, 100);
    put_constant(&constant, column);
    put_constant(&other, column);
    Str one = text_str(&constant), two = text_str(&other);
    unsigned form = below(9);
    if (form < COUNT_OF(SIGNS)) {
        text_printf(plain, "%s%.*s", SIGNS[form], STR_ARGS(one));
        text_printf(asked, "? %s%.*s", SIGNS[form], STR_ARGS(one));
    } else if (form == 6) {
        text_put(plain, one);
        text_printf(asked, "? = %.*s", STR_ARGS(one));
    } else {
        const char *open = form == 7 ? "[" : "(", *close = below(2) ? "]" : ")";
        text_printf(plain, "%s%.*s..%.*s%s", open, STR_ARGS(one), STR_ARGS(two), close);
        text_printf(asked, "? in %s%.*s..%.*s%s", open, STR_ARGS(one), STR_ARGS(two), close);
    }
}

static void put_cell(Text *plain, Text *asked, int column)
{
    text_put(plain, S("<inputEntry><text>"));
    text_put(asked, S("<inputEntry><text>"));
    bool negated = below(6) == 0;
    unsigned tests = below(5) ? 1 + below(2) : 0;
    if (tests == 0) {
        text_char(plain, '-');
        text_char(asked, '-');
    }
    text_put(plain, tests && negated ? S("not(") : S(""));
    text_put(asked, tests && negated ? S("not(") : S(""));
    for (unsigned i = 0; i < tests; i++) {
        text_put(plain, i ? S(", ") : S(""));
        text_put(asked, i ? S(", ") : S(""));
        put_test(plain, asked, column);
    }
    text_put(plain, tests && negated ? S(")") : S(""));
    text_put(asked, tests && negated ? S(")") : S(""));
    text_put(plain, S("</text></inputEntry>"));
    text_put(asked, S("</text></inputEntry>"));
}

static void put_both(Text *plain, Text *asked, Str text)
{
    text_put(plain, text);
    text_put(asked, text);
}

static void random_tables(Text *plain, Text *asked)
{
    put_both(plain, asked,
             S("<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"t\" namespace=\"t\">"
               "<inputData name=\"n\" id=\"n\"><variable name=\"n\"/></inputData>"
               "<inputData name=\"s\" id=\"s\"><variable name=\"s\"/></inputData>"
               "<decision name=\"d\" id=\"d\"><variable name=\"d\"/>"
               "<informationRequirement><requiredInput href=\"#n\"/></informationRequirement>"
               "<informationRequirement><requiredInput href=\"#s\"/></informationRequirement>"));
    put_both(plain, asked, str_printf(arena, "<decisionTable hitPolicy=\"%s\">", POLICIES[below(COUNT_OF(POLICIES))]));
    put_both(plain, asked,
             S("<input><inputExpression><text>n</text></inputExpression></input>"
               "<input><inputExpression><text>s</text></inputExpression></input><output/>"));
    for (unsigned i = 0, rules = 4 + below(RULES_OF_A_TABLE); i < rules; i++) {
        put_both(plain, asked, S("<rule>"));
        put_cell(plain, asked, 0);
        put_cell(plain, asked, 1);
        put_both(plain, asked, str_printf(arena, "<outputEntry><text>%u</text></outputEntry></rule>", below(4)));
    }
    put_both(plain, asked, S("</decisionTable></decision></definitions>"));
}

static const Model *model_of(const Text *xml)
{
    Errors errors = errors_begin(arena);
    const ModelSource source = { S("t.dmn"), text_str(xml) };
    const Model *model = model_read(arena, &source, 1, &errors);
    must(model && errors.list.count == 0 && !xml->overflow);
    return model;
}

static Value random_input(int column)
{
    Value number;
    switch (below(8)) {
    case 0:
        return value_null();
    case 1:
        return value_boolean(true);
    case 2:
        return value_unknown(arena, column ? S("s") : S("n"));
    case 3:
        return column ? value_string(S("bb")) : value_string(S("a"));
    default:
        break;
    }
    Text text = text_begin(arena, 100);
    put_constant(&text, column);
    if (column)
        return value_string(str_slice(text_str(&text), 1, 2));
    must(value_number(arena, text_str(&text), &number));
    return number;
}

static Str decided(const Model *model, const Scope *scope)
{
    Value value;
    must(model_decide(arena, model, S("d"), scope, &value));
    Text text = text_begin(arena, XML_MAX);
    text_typed(&text, value);
    return text_str(&text);
}

static void an_index_changes_nothing(void)
{
    size_t known = 0, compared = 0;
    for (int i = 0; i < TABLES; i++) {
        arena_reset(arena);
        Text plain = text_begin(arena, XML_MAX), asked = text_begin(arena, XML_MAX);
        random_tables(&plain, &asked);
        const Model *with = model_of(&plain), *without = model_of(&asked);
        for (int j = 0; j < ASKED; j++) {
            Scope scope = { 0 };
            scope_set(arena, &scope, S("n"), random_input(0));
            scope_set(arena, &scope, S("s"), random_input(1));
            Str one = decided(with, &scope), other = decided(without, &scope);
            compared++;
            known += !str_starts(one, S("{\"unknown\"")) && !str_equal(one, S("null"));
            if (!CHECK_STR(one, other))
                return;
        }
    }
    printf("%zu results compared, of which %zu say something\n", compared, known);
    CHECK(known > compared / 4);
}

int main(void)
{
    arena = arena_open(64 << 20);
    RUN(an_index_changes_nothing);
    arena_close(arena);
    return test_end();
}
