/* rules: how strong deciding is. Random rules and decision tables over facts with few values each. For every way of
 * knowing some of the facts, what is decided is compared with what all ways of answering the rest give: it must never
 * be called known where they differ, and should be wherever they agree. */
#include "rules/rules.h"
#include "test.h"

enum {
    RULES_TRIED = 4000,
    TABLES_TRIED = 1500,
    FACTS = 5,
    VALUES_MAX = 4,
    XML_MAX = 1 << 16,
    SITUATIONS_LEAST = 100000
};

static const struct {
    const char *name;
    const char *values[VALUES_MAX]; /* as FEEL; NULL past the last */
} FACTS_TABLE[FACTS] = {
    { "a", { "true", "false" } }, { "b", { "true", "false" } },           { "n", { "1", "2", "3", "4" } },
    { "m", { "1", "3" } },        { "s", { "\"x\"", "\"y\"", "\"z\"" } },
};

static Arena *arena, *lasting;
static Value values[FACTS][VALUES_MAX];
static size_t value_counts[FACTS];
static Map domains;
static size_t situations, unsound;

/* Rules, and tables by their hit policy. */
#define KINDS(X)                                               \
    X("rules", NULL)                                           \
    X("first", "hitPolicy=\"FIRST\"")                          \
    X("unique", "hitPolicy=\"UNIQUE\"")                        \
    X("any", "hitPolicy=\"ANY\"")                              \
    X("rule order", "hitPolicy=\"RULE ORDER\"")                \
    X("collect", "hitPolicy=\"COLLECT\"")                      \
    X("greatest", "hitPolicy=\"COLLECT\" aggregation=\"MAX\"") \
    X("sum", "hitPolicy=\"COLLECT\" aggregation=\"SUM\"")
static struct Tally {
    const char *kind, *policy;
    size_t decidable, decided, at_a_look;
} tallies[] = {
#define X(kind, policy) { kind, policy, 0, 0, 0 },
    KINDS(X)
#undef X
};

static uint64_t state = 20261125;

static unsigned below(unsigned limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % limit;
}

static Value evaluated(const char *text)
{
    Errors errors = errors_begin(lasting);
    const Rule *rule = rule_parse(lasting, str_from(text), (Place){ 0 }, &errors);
    must(rule != NULL);
    return rule_evaluate(lasting, rule, NULL);
}

static void make_facts(void)
{
    for (size_t fact = 0; fact < FACTS; fact++) {
        Domain *domain = arena_new(lasting, Domain);
        for (size_t i = 0; i < VALUES_MAX && FACTS_TABLE[fact].values[i]; i++) {
            Value value = values[fact][value_counts[fact]++] = evaluated(FACTS_TABLE[fact].values[i]);
            domain->kind = value.kind;
            list_push(lasting, &domain->values, value);
        }
        map_put(lasting, &domains, str_from(FACTS_TABLE[fact].name), domain);
    }
}

/* ---- random rules: B, N and S stand for a boolean, a number and a text ---- */

static const char *const LEAVES_B[] = { "a", "b", "a", "b", "s = S", "n > N" };
static const char *const FORMS_B[] = {
    "(B and B)",
    "(B or B)",
    "not(B)",
    "(N < N)",
    "(N >= N)",
    "(N = N)",
    "(B = B)",
    "(S = S)",
    "(S != S)",
    "N in [N..N]",
    "N in (> N, N)",
    "(N between N and N)",
    "(if B then B else B)",
    "S in (S, S)",
    "(some i in [N, N] satisfies i > N)",
    "(every i in [B, B] satisfies i)",
    "list contains([N, N], N)",
    "(count([N, N][item > N]) = N)",
};
static const char *const LEAVES_N[] = { "n", "m", "1", "2", "3", "n", "m" };
static const char *const FORMS_N[] = { "(N + N)", "(N - N)", "(if B then N else N)", "max(N, N)", "(N * N)", "abs(N)" };
static const char *const LEAVES_S[] = { "s", "\"x\"", "\"y\"", "s" };
static const char *const FORMS_S[] = { "(if B then S else S)", "(S + S)", "upper case(S)" };
#define PICK(list) (list)[below(COUNT_OF(list))]

static void put_form(Text *text, char gives, unsigned depth)
{
    const char *form = gives == 'B'   ? depth ? PICK(FORMS_B) : PICK(LEAVES_B)
                         : gives == 'N' ? depth ? PICK(FORMS_N) : PICK(LEAVES_N)
                         : depth ? PICK(FORMS_S)
                                      : PICK(LEAVES_S);
    for (; *form; form++) {
        if (*form == 'B' || *form == 'N' || *form == 'S')
            put_form(text, *form, depth ? below(depth) : 0);
        else
            text_char(text, *form);
    }
}

static const Subject *random_rule(Text *text)
{
    Errors errors = errors_begin(arena);
    put_form(text, below(4) ? 'B' : below(2) ? 'N' : 'S', 1 + below(3));
    const Rule *rule = rule_parse(arena, text_str(text), (Place){ 0 }, &errors);
    must(rule != NULL);
    return subject_of_rule(arena, rule);
}

/* ---- random tables ---- */

static void put_cell(Text *text, size_t fact)
{
    static const char *const SIGNS[] = { "", "", "&lt; ", "&gt;= ", "!= " };
    text_put(text, S("<inputEntry><text>"));
    const char *value = FACTS_TABLE[fact].values[below((unsigned)value_counts[fact])];
    if (below(3) == 0)
        text_char(text, '-');
    else if (values[fact][0].kind == VALUE_NUMBER)
        text_printf(text, "%s%s", PICK(SIGNS), value);
    else if (below(5) == 0)
        text_printf(text, "not(%s)", value);
    else
        text_printf(text, "%s", value);
    text_put(text, S("</text></inputEntry>"));
}

static const Subject *random_table(Text *text, struct Tally **tally)
{
    size_t facts[3], inputs = 1 + below(3);
    text_put(text,
             S("<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"t\" namespace=\"t\">"));
    for (size_t i = 0; i < FACTS; i++)
        text_printf(text, "<inputData name=\"%s\" id=\"%s\"><variable name=\"%s\"/></inputData>", FACTS_TABLE[i].name,
                    FACTS_TABLE[i].name, FACTS_TABLE[i].name);
    text_put(text, S("<decision name=\"d\" id=\"d\"><variable name=\"d\"/>"));
    for (size_t i = 0; i < FACTS; i++)
        text_printf(text, "<informationRequirement><requiredInput href=\"#%s\"/></informationRequirement>",
                    FACTS_TABLE[i].name);
    *tally = &tallies[1 + below(COUNT_OF(tallies) - 1)];
    text_printf(text, "<decisionTable %s>", (*tally)->policy);
    for (size_t i = 0; i < inputs; i++) {
        facts[i] = below(FACTS);
        text_printf(text, "<input><inputExpression><text>%s</text></inputExpression></input>",
                    FACTS_TABLE[facts[i]].name);
    }
    text_put(text, S("<output/>"));
    for (unsigned rule = 0, rules = 2 + below(6); rule < rules; rule++) {
        text_put(text, S("<rule>"));
        for (size_t i = 0; i < inputs; i++)
            put_cell(text, facts[i]);
        text_printf(text, "<outputEntry><text>%u</text></outputEntry></rule>", below(3));
    }
    text_put(text, S("</decisionTable></decision></definitions>"));
    Errors errors = errors_begin(arena);
    const ModelSource source = { S("t.dmn"), text_str(text) };
    const Model *model = model_read(arena, &source, 1, &errors);
    must(model && errors.list.count == 0 && !text->overflow);
    return subject_of_rule(arena, rule_of_decision(arena, model, S("d"), NULL));
}

/* ---- all situations ---- */

static Str text_of(Value value)
{
    Text text = text_begin(arena, XML_MAX);
    text_value(&text, value);
    return text_str(&text);
}

/* A way has one digit a fact: 0 is not known. */
static Scope scope_of(const size_t *digits)
{
    Scope scope = { 0 };
    for (size_t fact = 0; fact < FACTS; fact++)
        if (digits[fact])
            scope_set(arena, &scope, str_from(FACTS_TABLE[fact].name), values[fact][digits[fact] - 1]);
    return scope;
}

static bool next_way(size_t *digits, bool known_only)
{
    for (size_t fact = 0; fact < FACTS; fact++) {
        if (digits[fact]++ < value_counts[fact])
            return true;
        digits[fact] = known_only;
    }
    return false;
}

/* What every completion gives; empty where they differ. `ends` has what each way of knowing all gives. */
static Str common_end(const Str *ends, const size_t *digits)
{
    size_t full[FACTS] = { 1, 1, 1, 1, 1 };
    Str end = STR_NONE;
    size_t at = 0;
    do {
        bool completes = true;
        for (size_t fact = 0; fact < FACTS; fact++)
            completes = completes && (digits[fact] == 0 || digits[fact] == full[fact]);
        if (completes && end.len && !str_equal(end, ends[at]))
            return STR_NONE;
        if (completes)
            end = ends[at];
        at++;
    } while (next_way(full, true));
    return end;
}

static void try_situation(const Subject *subject, const Str *ends, const size_t *digits, Str shown, struct Tally *tally)
{
    Scope scope = scope_of(digits);
    Str common = common_end(ends, digits);
    Str found = text_of(subject_decide(arena, subject, &scope, &domains));
    Str look = text_of(subject_decide(arena, subject, &scope, NULL));
    situations++;
    tally->decidable += common.len > 0;
    if (str_find(found, S("unknown")) != SIZE_MAX)
        return;
    tally->decided += common.len > 0;
    tally->at_a_look += str_find(look, S("unknown")) == SIZE_MAX;
    if (str_equal(found, common))
        return;
    unsound++;
    printf("called %.*s, but can be another: %.*s\n", STR_ARGS(found), STR_ARGS(shown));
}

static void try_subject(const Subject *subject, Str shown, struct Tally *tally)
{
    size_t full[FACTS] = { 1, 1, 1, 1, 1 }, digits[FACTS] = { 0 }, count = 0, ways = 1;
    for (size_t fact = 0; fact < FACTS; fact++)
        ways *= value_counts[fact];
    Str *ends = arena_array(arena, Str, ways);
    do {
        Scope scope = scope_of(full);
        ends[count++] = text_of(subject_decide(arena, subject, &scope, &domains));
    } while (next_way(full, true));
    must(count == ways);
    /* All situations are many; some of each rule, the one of nothing known among them, are enough of them. */
    do {
        size_t known = 0;
        for (size_t fact = 0; fact < FACTS; fact++)
            known += digits[fact] > 0;
        if (known == 0 || below(16) == 0)
            try_situation(subject, ends, digits, shown, tally);
    } while (next_way(digits, false));
}

static void print_tally(const struct Tally *tally)
{
    printf("%-10s %7zu that all answers agree on, %7zu decided (%5.1f %%), %7zu at one look (%5.1f %%)\n", tally->kind,
           tally->decidable, tally->decided, 100.0 * (double)tally->decided / (double)tally->decidable,
           tally->at_a_look, 100.0 * (double)tally->at_a_look / (double)tally->decidable);
}

static void what_is_decided_is_sure_and_as_much_as_can_be(void)
{
    struct Tally all = { .kind = "all" };
    for (int i = 0; i < RULES_TRIED + TABLES_TRIED; i++) {
        arena_reset(arena);
        Text text = text_begin(arena, XML_MAX);
        struct Tally *tally = &tallies[0];
        const Subject *subject = i < RULES_TRIED ? random_rule(&text) : random_table(&text, &tally);
        try_subject(subject, text_str(&text), tally);
    }
    for (size_t i = 0; i < COUNT_OF(tallies); i++) {
        print_tally(&tallies[i]);
        all.decidable += tallies[i].decidable;
        all.decided += tallies[i].decided;
        all.at_a_look += tallies[i].at_a_look;
    }
    print_tally(&all);
    printf("%zu situations, %zu unsound\n", situations, unsound);
    CHECK(unsound == 0);
    CHECK(situations >= SITUATIONS_LEAST);
    CHECK(all.decided * 100 > all.decidable * 95);
}

int main(void)
{
    lasting = arena_open(16 << 20);
    arena = arena_open(256 << 20);
    make_facts();
    RUN(what_is_decided_is_sure_and_as_much_as_can_be);
    arena_close(arena);
    arena_close(lasting);
    return test_end();
}
