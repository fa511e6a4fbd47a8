/* rules: faults of what somebody wrote. Random conditions and decision tables, small enough to try every combination of
 * answers: an example exists where the search says so and is one, and a table has exactly the gaps, overlaps and dead rules
 * that are told. */
#include "rules/rules.h"
#include "test.h"

enum { CONDITIONS_TRIED = 2000, TABLES_TRIED = 1500, FACTS = 5, VALUES_MAX = 16, RULES_MAX = 8, XML_MAX = 1 << 16 };

/* The values of x lie as close as its constants can tell apart; it has no domain of its own. */
static const struct {
    const char *name, *type, *domain;
    const char *values[VALUES_MAX];
} FACTS_TABLE[FACTS] = {
    { "a", "boolean", NULL, { "true", "false" } },
    { "b", "boolean", NULL, { "true", "false" } },
    { "n", "number", "whole", { "1", "2", "3", "4" } },
    { "x", "number", NULL, { "0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5", "5.5", "6", "6.5" } },
    { "s", "string", "listed", { "\"x\"", "\"y\"", "\"z\"" } },
};

static Arena *arena, *lasting;
static Value values[FACTS][VALUES_MAX];
static size_t value_counts[FACTS];
static Map domains;
static uint64_t state = 20261125;

static unsigned below(unsigned limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % limit;
}

static void make_facts(void)
{
    for (size_t fact = 0; fact < FACTS; fact++) {
        Domain *domain = arena_new(lasting, Domain);
        for (size_t i = 0; i < VALUES_MAX && FACTS_TABLE[fact].values[i]; i++) {
            Errors errors = errors_begin(lasting);
            const Rule *rule = rule_parse(lasting, str_from(FACTS_TABLE[fact].values[i]), (Place){ 0 }, &errors);
            must(rule != NULL);
            values[fact][value_counts[fact]++] = rule_evaluate(lasting, rule, NULL);
        }
        domain->kind = values[fact][0].kind;
        domain->whole = str_equal(str_from(FACTS_TABLE[fact].domain), S("whole"));
        if (domain->whole) {
            domain->least = values[fact][0];
            domain->most = values[fact][value_counts[fact] - 1];
        }
        for (size_t i = 0; domain->kind != VALUE_NUMBER && i < value_counts[fact]; i++)
            list_push(lasting, &domain->values, values[fact][i]);
        map_put(lasting, &domains, str_from(FACTS_TABLE[fact].name), domain);
    }
}

static bool next_way(size_t *digits)
{
    for (size_t fact = 0; fact < FACTS; fact++) {
        if (++digits[fact] < value_counts[fact])
            return true;
        digits[fact] = 0;
    }
    return false;
}

static Scope scope_of(const size_t *digits)
{
    Scope scope = { 0 };
    for (size_t fact = 0; fact < FACTS; fact++)
        scope_set(arena, &scope, str_from(FACTS_TABLE[fact].name), values[fact][digits[fact]]);
    return scope;
}

/* ---- conditions ---- */

static void put_condition(Text *text, unsigned depth)
{
    static const char *const SIMPLE[] = { "a", "b", "n > 2", "n = 1", "n >= 4", "x < 2", "x > 3", "x in [1..3]", "s = \"x\"",
                                          "s != \"y\"", "s in (\"x\", \"z\")", "n in (1, 3)" };
    if (depth == 0 || below(4) == 0) {
        text_printf(text, "%s", SIMPLE[below(COUNT_OF(SIMPLE))]);
        return;
    }
    if (below(4) == 0) {
        text_put(text, S("not("));
        put_condition(text, depth - 1);
    } else {
        text_char(text, '(');
        put_condition(text, depth - 1);
        text_put(text, below(3) ? S(" and ") : S(" or "));
        put_condition(text, depth - 1);
    }
    text_char(text, ')');
}

static const Rule *random_condition(Text *text)
{
    Errors errors = errors_begin(arena);
    put_condition(text, 3);
    const Rule *rule = rule_parse(arena, text_str(text), (Place){ 0 }, &errors);
    must(rule != NULL);
    return rule;
}

/* Two conditions together, the second of which shall hold or not. */
static void an_example_is_found_where_there_is_one(void)
{
    size_t found = 0, none = 0;
    for (int i = 0; i < CONDITIONS_TRIED; i++) {
        arena_reset(arena);
        Text one = text_begin(arena, XML_MAX), other = text_begin(arena, XML_MAX);
        const Rule *rules[] = { random_condition(&one), random_condition(&other) };
        const bool holds[] = { true, i % 2 == 0 }, wanted = below(3) > 0;
        const Rule *both = rule_join(arena, rules, holds, 2);
        size_t digits[FACTS] = { 0 };
        bool exists = false;
        do {
            const Scope scope = scope_of(digits);
            const bool met = value_is_true(rule_evaluate(arena, rules[0], &scope)) &&
                             value_is_true(rule_evaluate(arena, rules[1], &scope)) == holds[1];
            exists = exists || met == wanted;
        } while (next_way(digits));
        FactValues example;
        const Exists answer = subject_find(arena, subject_of_rule(arena, both), &domains, wanted, &example);
        if (!CHECK(answer == (exists ? EXISTS_YES : EXISTS_NO)))
            printf("%d, %d: %.*s / %.*s\n", (int)answer, wanted, STR_ARGS(text_str(&one)), STR_ARGS(text_str(&other)));
        Scope scope = { 0 };
        for (size_t e = 0; e < example.count; e++)
            scope_set(arena, &scope, example.at[e].fact, example.at[e].value);
        CHECK(answer != EXISTS_YES || value_is_true(rule_evaluate(arena, both, &scope)) == wanted);
        found += answer == EXISTS_YES;
        none += answer == EXISTS_NO;
    }
    printf("%zu examples, %zu times none\n", found, none);
    CHECK(found > 500 && none > 100);
}

static void what_cannot_be_tried_is_left_open(void)
{
    Errors errors = errors_begin(arena);
    FactValues example;
    const Rule *rule = rule_parse(arena, S("x + n > 3"), (Place){ 0 }, &errors);
    must(rule != NULL);
    CHECK(subject_find(arena, subject_of_rule(arena, rule), &domains, true, &example) == EXISTS_MAYBE);
    CHECK(example.count == 0);
}

/* ---- tables ---- */

static void put_cell(Text *text, size_t fact)
{
    static const char *const SIGNS[] = { "", "&lt; ", "&lt;= ", "&gt; ", "&gt;= ", "!= " };
    const unsigned whole = 1 + below(4);
    text_put(text, S("<inputEntry><text>"));
    if (below(3) == 0)
        text_char(text, '-');
    else if (values[fact][0].kind != VALUE_NUMBER)
        text_printf(text, below(4) ? "%s" : "not(%s)", FACTS_TABLE[fact].values[below((unsigned)value_counts[fact])]);
    else if (below(3) == 0)
        text_printf(text, "%c%u..%u%c", "[("[below(2)], whole, whole + 1 + below(2), "])"[below(2)]);
    else
        text_printf(text, "%s%u", SIGNS[below(COUNT_OF(SIGNS))], whole);
    text_put(text, S("</text></inputEntry>"));
}

/* The same rules under two policies: as they are looked at, and giving the numbers of all that match. */
typedef struct Pair {
    const Model *looked_at, *listing;
    Str policy, xml;
    size_t rules;
} Pair;

static const Model *model_of(Str rules, Str inputs, const char *policy, const char *output)
{
    Text text = text_begin(arena, XML_MAX);
    text_put(&text, S("<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"t\" namespace=\"t\">"));
    for (size_t i = 0; i < FACTS; i++)
        text_printf(&text, "<inputData name=\"%s\" id=\"%s\"><variable name=\"%s\" typeRef=\"%s\"/></inputData>",
                    FACTS_TABLE[i].name, FACTS_TABLE[i].name, FACTS_TABLE[i].name, FACTS_TABLE[i].type);
    text_put(&text, S("<decision name=\"d\" id=\"d\"><variable name=\"d\"/>"));
    for (size_t i = 0; i < FACTS; i++)
        text_printf(&text, "<informationRequirement><requiredInput href=\"#%s\"/></informationRequirement>",
                    FACTS_TABLE[i].name);
    text_printf(&text, "<decisionTable hitPolicy=\"%s\">%.*s%s\n%.*s</decisionTable></decision></definitions>", policy,
                STR_ARGS(inputs), output, STR_ARGS(rules));
    Errors errors = errors_begin(arena);
    const ModelSource source = { S("t.dmn"), text_str(&text) };
    const Model *model = model_read(arena, &source, 1, &errors);
    must(model && errors.list.count == 0 && !text.overflow);
    return model;
}

static Pair random_pair(void)
{
    static const char *const POLICIES[] = { "UNIQUE", "FIRST", "ANY", "COLLECT" };
    Text inputs = text_begin(arena, XML_MAX), rules = text_begin(arena, XML_MAX);
    const char *policy = POLICIES[below(COUNT_OF(POLICIES))];
    size_t facts[FACTS] = { 0, 1, 2, 3, 4 };
    const size_t count = 1 + below(3);
    for (size_t i = 0; i < FACTS; i++) {
        const size_t other = below(FACTS), kept = facts[i];
        facts[i] = facts[other];
        facts[other] = kept;
    }
    for (size_t i = 0; i < count; i++)
        text_printf(&inputs, "<input><inputExpression><text>%s</text></inputExpression></input>", FACTS_TABLE[facts[i]].name);
    Pair pair = { .rules = 1 + below(RULES_MAX), .policy = str_from(policy) };
    for (size_t rule = 1; rule <= pair.rules; rule++) {
        text_put(&rules, S("<rule>"));
        for (size_t i = 0; i < count; i++)
            put_cell(&rules, facts[i]);
        text_printf(&rules, "<outputEntry><text>%zu</text></outputEntry></rule>\n", rule);
    }
    pair.xml = text_str(&rules);
    pair.looked_at = model_of(pair.xml, text_str(&inputs), policy, "<output/>");
    pair.listing = model_of(pair.xml, text_str(&inputs), "RULE ORDER", "<output/>");
    return pair;
}

typedef struct Truth {
    bool gap, matches[RULES_MAX + 1], first[RULES_MAX + 1], behind[RULES_MAX + 1];
} Truth;

static Value matching(const Model *model, const Scope *scope)
{
    Value list;
    CHECK(model_decide(arena, model, S("d"), scope, &list));
    return list;
}

static size_t number_at(Value list, size_t index)
{
    int64_t number = 0;
    CHECK(value_to_i64(value_item(list, index), &number));
    return (size_t)number;
}

static Truth truth_of(const Pair *pair)
{
    Truth truth = { 0 };
    size_t digits[FACTS] = { 0 };
    do {
        const Scope scope = scope_of(digits);
        const Value list = matching(pair->listing, &scope);
        const size_t count = list.kind == VALUE_LIST ? value_count(list) : 0;
        truth.gap = truth.gap || count == 0;
        for (size_t i = 0; i < count; i++) {
            const size_t rule = number_at(list, i);
            truth.matches[rule] = true;
            truth.first[rule] = truth.first[rule] || i == 0;
            truth.behind[rule] = truth.behind[rule] || i > 0;
        }
    } while (next_way(digits));
    return truth;
}

/* What the example says is so: nobody is for it, or both rules are. */
static void check_example(const Pair *pair, const TableFault *fault)
{
    Text context = text_begin(arena, XML_MAX);
    Str rest = fault->example, part;
    text_char(&context, '{');
    for (bool first = true; str_cut(&rest, ',', &part); first = false) {
        const size_t at = str_find(part, S(" = "));
        text_printf(&context, "%s%.*s: %.*s", first ? "" : ", ", STR_ARGS(str_slice(part, 0, at)),
                    STR_ARGS(str_slice(part, at + 3, part.len)));
    }
    text_char(&context, '}');
    Scope scope = { 0 };
    Errors errors = errors_begin(arena);
    if (!CHECK(scope_read(arena, text_str(&context), &scope, &errors)))
        return;
    const Value list = matching(pair->listing, &scope);
    const size_t count = list.kind == VALUE_LIST ? value_count(list) : 0;
    size_t met = 0;
    for (size_t i = 0; i < count; i++)
        met += number_at(list, i) == fault->rule || number_at(list, i) == fault->other;
    CHECK(fault->kind == TABLE_GAP ? count == 0 && !value_is_unknown(list) : met == 2);
}

static void a_table_has_the_faults_that_are_told(void)
{
    size_t gaps = 0, overlaps = 0, dead = 0;
    for (int i = 0; i < TABLES_TRIED; i++) {
        arena_reset(arena);
        bool complete;
        const Pair pair = random_pair();
        const TableFaults faults = model_faults(arena, pair.looked_at, &domains, &complete);
        const bool unique = str_equal(pair.policy, S("UNIQUE")), any = str_equal(pair.policy, S("ANY"));
        const bool first = str_equal(pair.policy, S("FIRST")), one = unique || any || first;
        Truth truth = truth_of(&pair), told = { 0 };
        bool none[RULES_MAX + 1] = { 0 };
        for (size_t f = 0; f < faults.count; f++) {
            const TableFault *fault = &faults.at[f];
            told.gap = told.gap || fault->kind == TABLE_GAP;
            told.behind[fault->rule] = told.behind[fault->rule] || fault->kind == TABLE_OVERLAP;
            none[fault->rule] = none[fault->rule] || fault->kind == TABLE_DEAD_RULE;
            CHECK(str_equal(fault->decision, S("d")) && str_equal(fault->place.file, S("t.dmn")));
            CHECK(fault->place.line == (fault->kind == TABLE_GAP ? 1 : (int)fault->rule + 1));
            if (fault->kind != TABLE_DEAD_RULE)
                check_example(&pair, fault);
        }
        bool same = CHECK(complete) && CHECK(told.gap == (truth.gap && one));
        for (size_t rule = 1; rule <= pair.rules; rule++) {
            same = CHECK(told.behind[rule] == (truth.behind[rule] && (unique || any))) && same;
            same = CHECK(none[rule] == !(first ? truth.first[rule] : truth.matches[rule])) && same;
            overlaps += told.behind[rule];
            dead += none[rule];
        }
        gaps += told.gap;
        if (!same)
            printf("%.*s: %.*s\n", STR_ARGS(pair.policy), STR_ARGS(pair.xml));
    }
    printf("%zu gaps, %zu overlaps, %zu dead rules\n", gaps, overlaps, dead);
    CHECK(gaps > 100 && overlaps > 100 && dead > 100);
}

/* Twelve columns of five cases each, which nobody could go through one by one. */
static void a_wide_table_is_looked_through(void)
{
    Text text = text_begin(arena, XML_MAX);
    bool complete;
    text_put(&text, S("<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"t\" namespace=\"t\">"));
    for (int i = 0; i < 12; i++)
        text_printf(&text, "<inputData name=\"i%d\" id=\"i%d\"><variable name=\"i%d\" typeRef=\"number\"/></inputData>", i, i, i);
    text_put(&text, S("<decision name=\"d\" id=\"d\"><variable name=\"d\"/>"));
    for (int i = 0; i < 12; i++)
        text_printf(&text, "<informationRequirement><requiredInput href=\"#i%d\"/></informationRequirement>", i);
    text_put(&text, S("<decisionTable hitPolicy=\"FIRST\">"));
    for (int i = 0; i < 12; i++)
        text_printf(&text, "<input><inputExpression><text>i%d</text></inputExpression></input>", i);
    text_put(&text, S("<output/>"));
    for (int rule = 0; rule <= 24; rule++) {
        text_put(&text, S("<rule>"));
        for (int i = 0; i < 12; i++)
            text_printf(&text, "<inputEntry><text>%s</text></inputEntry>",
                        rule / 2 == i && rule < 24 ? (rule % 2 ? "&lt; 10" : "&gt; 20") : "-");
        text_printf(&text, "<outputEntry><text>%d</text></outputEntry></rule>", rule);
    }
    text_put(&text, S("</decisionTable></decision></definitions>"));
    Errors errors = errors_begin(arena);
    const ModelSource source = { S("t.dmn"), text_str(&text) };
    const Model *model = model_read(arena, &source, 1, &errors);
    must(model && errors.list.count == 0);
    const TableFaults faults = model_faults(arena, model, NULL, &complete);
    CHECK(faults.count == 0 && complete);
}

int main(void)
{
    lasting = arena_open(16 << 20);
    arena = arena_open(256 << 20);
    make_facts();
    RUN(an_example_is_found_where_there_is_one);
    RUN(what_cannot_be_tried_is_left_open);
    RUN(a_table_has_the_faults_that_are_told);
    RUN(a_wide_table_is_looked_through);
    arena_close(arena);
    arena_close(lasting);
    return test_end();
}
