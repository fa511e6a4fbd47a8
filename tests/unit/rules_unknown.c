/* rules: what is called known, no answer can change. Random rules over a few facts with few values each; every rule is
 * evaluated for every way of knowing and not knowing the facts, and each result is compared with those that
 * one answer more gives. Step by step that reaches every way of answering all. */
#include "rules/rules.h"
#include "test.h"

static Arena *arena;   /* of one rule */
static Arena *lasting; /* of the facts */

/* ---- facts ---- */

enum { FACTS = 7, VALUES_MAX = 4, FACTS_OF_A_RULE = 4, RULES_TRIED = 20000, TEXT_MAX = 4000 };
static const struct {
    const char *name;
    const char *values[VALUES_MAX]; /* as FEEL; NULL past the last */
} FACTS_TABLE[FACTS] = {
    { "a", { "true", "false", "null" } },
    { "b", { "true", "false", "\"x\"" } },
    { "n", { "1", "2", "null", "true" } },
    { "m", { "1.0", "0", "\"x\"" } },
    { "p", { "1", "2", "true", "null" } },
    { "q", { "2", "null" } },
    { "list", { "[]", "[1]", "[{x: 2, a: true}, {x: 1}]", "null" } },
};
static Value values[FACTS][VALUES_MAX];
static size_t value_counts[FACTS];

static Value evaluated(Arena *into, const char *text)
{
    Errors errors = errors_begin(into);
    const Rule *rule = rule_parse(into, str_from(text), (Place){ 0 }, &errors);
    must(rule != NULL);
    return rule_evaluate(into, rule, NULL);
}

static void make_values(void)
{
    for (size_t fact = 0; fact < FACTS; fact++)
        for (size_t i = 0; i < VALUES_MAX && FACTS_TABLE[fact].values[i]; i++)
            values[fact][value_counts[fact]++] = evaluated(lasting, FACTS_TABLE[fact].values[i]);
}

/* ---- random rules ---- */

static uint64_t state = 20261026;

static unsigned below(unsigned limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % limit;
}

/* Forms of expressions by what they give; B, N, L stand for a boolean, a number and a list to be put in. */
static const char *const LEAVES_B[] = { "a", "b", "true", "false", "null", "a", "b", "p" };
static const char *const FORMS_B[] = {
    "(B and B)",
    "(B or B)",
    "(B and B and B)",
    "not(B)",
    "(N < N)",
    "(N >= N)",
    "(N = N)",
    "(B = B)",
    "(L = L)",
    "(N != N)",
    "(N between N and N)",
    "(N in [N..N])",
    "(N in (N..N])",
    "(N in (> N, N))",
    "(N in [(> N), N])",
    "((> N) = (<= N))",
    "before((< N), [N..N])",
    "(N in L)",
    "(N in (L, N))",
    "(N in (? > N, ? = N))",
    "(if B then B else B)",
    "(some i in L satisfies i.x > N)",
    "(some i in L satisfies B)",
    "(every i in L satisfies i.x = N and B)",
    "(every i in L, j in L satisfies i = j)",
    "list contains(L, N)",
    "any(B, B)",
    "all(B, B)",
    "any(L)",
    "is defined(B)",
    "(N instance of number)",
    "(function(v) v and B)(B)",
    "(function(v: boolean) B)(B)",
    "(some i in N..N satisfies i > N)",
    "{v: B, w: v or B}.w",
    "is(N, N)",
    "is(L, L)",
    "before(N, N)",
    "before([N..N], N)",
    "during(N, [N..N])",
    "overlaps([N..N], [N..N])",
    "coincides(N, N)",
    "odd(N)",
    "is(value1: B)",
    "contains(string(N), \"1\")",
    "starts with(string join([string(N), \"1\"]), \"1\")",
};
static const char *const LEAVES_N[] = { "n", "m", "1", "2", "0", "null", "pair[1].x", "pair[2].x", "n", "p" };
static const char *const FORMS_N[] = {
    "(N + N)",
    "(N - N)",
    "(N * N)",
    "(N / N)",
    "-N",
    "(if B then N else N)",
    "count(L)",
    "sum(L)",
    "max(N, N)",
    "min(L)",
    "abs(N)",
    "L[1]",
    "L[-1].x",
    "L[N]",
    "L[1].x",
    "floor(N)",
    "modulo(N, N)",
    "count(L[x > N])",
    "(function(v) v + N)(N)",
    "{v: N, w: v + 1}.w",
    "L[x = N][1].y",
    "(for i in L return i.x)[1]",
    "N ** 2",
    "number(string(N))",
    "mean(N, N)",
    "get value({v: N}, \"v\")",
    "N[item > 1]",
    "L[a].x[1]",
    "product(L)",
    "median(N, N)",
    "stddev([N, N])",
    "round half down(N, N)",
    "sqrt(N)",
    "get value(context put({v: N}, \"v\", N), \"v\")",
    "context put({v: {w: N}}, [\"v\", \"w\"], N).v.w",
    "context put({v: N}, string(N), N).v",
    "context merge([{v: N}, {w: N}]).w",
    "context([{key: \"v\", value: N}, {key: \"w\", value: B}]).v",
    "context([{key: string(N), value: N}]).v",
    "string length(replace(string(N), \"1\", \"22\"))",
    "reverse(L)[1].x",
    "sort([N, N, N], function(v, w) v < w)[1]",
    "sort([N, N], function(v, w) B)[1]",
};
static const char *const LEAVES_L[] = { "list", "pair", "[]", "pair", "list" };
static const char *const FORMS_L[] = {
    "[N, N]",
    "L[item.x > N]",
    "L[x = N]",
    "(for i in L return i.x)",
    "(for i in N..N return i)",
    "append(L, N)",
    "concatenate(L, L)",
    "distinct values(L)",
    "flatten([L, N])",
    "(if B then L else L)",
    "L[B]",
    "L[a]",
    "L.x",
    "(for i in L return N)",
    "(for i in L return if B then partial else i)",
    "[{x: N}, {x: N}]",
    "L[N]",
    "get entries({v: N})",
    "[L][1]",
    "sublist(L, N)",
    "sublist(L, N, N)",
    "insert before(L, N, N)",
    "remove(L, N)",
    "reverse(L)",
    "index of(L, N)",
    "union(L, L)",
    "list replace(L, N, N)",
    "list replace(L, function(v, w) v = w, N)",
    "list replace(L, function(v, w) B, N)",
    "list replace(L, if B then N else function(v, w) v = w, N)",
    "sort(L, function(v, w) v.x < w.x)",
    "sort(L, function(v, w) B)",
    "mode([N, N, N])",
    "get entries(context put({v: N}, \"w\", N))",
    "[context put({v: N}, \"w\", N)]",
    "split(string(N), \"1\")",
};

static void put_form(Text *text, char gives, int depth)
{
    const char *form;
    if (gives == 'B')
        form = depth ? FORMS_B[below(COUNT_OF(FORMS_B))] : LEAVES_B[below(COUNT_OF(LEAVES_B))];
    else if (gives == 'N')
        form = depth ? FORMS_N[below(COUNT_OF(FORMS_N))] : LEAVES_N[below(COUNT_OF(LEAVES_N))];
    else
        form = depth ? FORMS_L[below(COUNT_OF(FORMS_L))] : LEAVES_L[below(COUNT_OF(LEAVES_L))];
    for (; *form; form++) {
        if (*form == 'B' || *form == 'N' || *form == 'L')
            put_form(text, *form, depth ? (int)below((unsigned)depth) : 0);
        else
            text_char(text, *form);
    }
}

/* ---- all ways of knowing ---- */

typedef struct Ways {
    const Rule *rule;
    size_t facts[FACTS_OF_A_RULE], fact_count; /* which facts the rule has */
    size_t total;
    Value *results;        /* by way: a number with one digit a fact, 0 for unknown */
    unsigned char *digits; /* FACTS_OF_A_RULE for each way */
} Ways;

static bool ways_begin(Ways *ways, const Rule *rule)
{
    *ways = (Ways){ .rule = rule, .total = 1 };
    const Strs *names = rule_names(rule);
    for (size_t fact = 0; fact < FACTS; fact++) {
        bool in_pair = (str_equal(str_from(FACTS_TABLE[fact].name), S("p")) ||
                        str_equal(str_from(FACTS_TABLE[fact].name), S("q"))) &&
                       strs_has(names, S("pair"));
        if (!in_pair && !strs_has(names, str_from(FACTS_TABLE[fact].name)))
            continue;
        if (ways->fact_count == FACTS_OF_A_RULE)
            return false;
        ways->facts[ways->fact_count++] = fact;
        ways->total *= value_counts[fact] + 1;
    }
    return true;
}

static Value fact_value(const Ways *ways, const unsigned char *digits, const char *name)
{
    for (size_t i = 0; i < ways->fact_count; i++) {
        size_t fact = ways->facts[i];
        if (digits[i] && strcmp(FACTS_TABLE[fact].name, name) == 0)
            return values[fact][digits[i] - 1];
    }
    return value_unknown(arena, str_from(name));
}

static Value evaluate_way(const Ways *ways, const unsigned char *digits)
{
    Scope scope = { 0 };
    for (size_t i = 0; i < ways->fact_count; i++)
        if (digits[i])
            scope_set(arena, &scope, str_from(FACTS_TABLE[ways->facts[i]].name), values[ways->facts[i]][digits[i] - 1]);
    /* A list that is known, of members with fields that may not be. */
    const ContextEntry first[] = { { S("x"), fact_value(ways, digits, "p") }, { S("y"), evaluated(arena, "1") } };
    const ContextEntry second[] = { { S("x"), fact_value(ways, digits, "q") }, { S("a"), value_boolean(true) } };
    const Value pair[] = { value_context(arena, first, 2), value_context(arena, second, 2) };
    scope_set(arena, &scope, S("pair"), value_list(arena, pair, 2));
    /* A name in a filter that the item does not have; it is no fact, so nobody will ever answer it. */
    scope_set(arena, &scope, S("x"), value_null());
    return rule_evaluate(arena, ways->rule, &scope);
}

static void evaluate_all(Ways *ways)
{
    ways->results = arena_array(arena, Value, ways->total);
    ways->digits = arena_array(arena, unsigned char, ways->total *FACTS_OF_A_RULE);
    for (size_t way = 0; way < ways->total; way++) {
        unsigned char *digits = ways->digits + way * FACTS_OF_A_RULE;
        size_t rest = way;
        for (size_t i = 0; i < ways->fact_count; i++) {
            size_t base = value_counts[ways->facts[i]] + 1;
            digits[i] = (unsigned char)(rest % base);
            rest /= base;
        }
        ways->results[way] = evaluate_way(ways, digits);
    }
}

/* ---- what must hold ---- */

static Str text_of(Value value)
{
    Text text = text_begin(arena, TEXT_MAX);
    text_value(&text, value);
    return text_str(&text);
}

/* Everything that was known before is there after, unchanged. */
static bool agrees(Value before, Value after)
{
    if (value_is_unknown(before))
        return true;
    if (before.kind != after.kind)
        return false;
    if (before.kind == VALUE_LIST) {
        bool all = value_count(before) == value_count(after);
        for (size_t i = 0; i < value_count(before) && all; i++)
            all = agrees(value_item(before, i), value_item(after, i));
        return all;
    }
    Str text = text_of(before);
    return str_find(text, S("unknown")) != SIZE_MAX || str_equal(text, text_of(after));
}

static bool same_waiting(const Strs *a, const Strs *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = strs_has(b, a->at[i]);
    return same;
}

static bool report(const Ways *ways, size_t way, size_t next, const char *fault)
{
    printf("%s:\n  %.*s\n ", fault, STR_ARGS(rule_text(ways->rule)));
    for (size_t i = 0; i < ways->fact_count; i++) {
        unsigned digit = ways->digits[way * FACTS_OF_A_RULE + i];
        printf(" %s = %s", FACTS_TABLE[ways->facts[i]].name,
               digit ? FACTS_TABLE[ways->facts[i]].values[digit - 1] : "unknown");
    }
    printf("\n  before: %.*s\n  after:  %.*s\n", STR_ARGS(text_of(ways->results[way])),
           STR_ARGS(text_of(ways->results[next])));
    return false;
}

static bool step_holds(const Ways *ways, size_t way, size_t next, Str answered)
{
    Value before = ways->results[way], after = ways->results[next];
    if (!agrees(before, after))
        return report(ways, way, next, "an answer changed what was known");
    if (!value_is_unknown(before) || strs_has(before.waiting, answered))
        return true;
    if (!value_is_unknown(after) || !same_waiting(before.waiting, after.waiting))
        return report(ways, way, next, "an answer mattered that was not waited for");
    return true;
}

static bool way_holds(const Ways *ways, size_t way)
{
    const unsigned char *digits = ways->digits + way * FACTS_OF_A_RULE;
    Value value = ways->results[way];
    size_t weight = 1, open = 0;
    for (size_t i = 0; i < ways->fact_count; i++) {
        size_t fact = ways->facts[i];
        for (size_t digit = 1; digits[i] == 0 && digit <= value_counts[fact]; digit++)
            if (!step_holds(ways, way, way + digit * weight, str_from(FACTS_TABLE[fact].name)))
                return false;
        open += digits[i] == 0 && value_is_unknown(value) && strs_has(value.waiting, str_from(FACTS_TABLE[fact].name));
        weight *= value_counts[fact] + 1;
    }
    /* It waits for facts that are really unknown, and only for those; so with all answers nothing waits. */
    if (value_is_unknown(value) && open != value.waiting->count)
        return report(ways, way, way, "it waits for what is known");
    return true;
}

static void no_answer_changes_what_is_known(void)
{
    size_t tried = 0, decided_early = 0;
    for (int i = 0; i < RULES_TRIED; i++) {
        static const char GIVES[] = "BBBNL";
        Ways ways;
        arena_reset(arena);
        Text text = text_begin(arena, TEXT_MAX);
        put_form(&text, GIVES[below(sizeof GIVES - 1)], 1 + (int)below(4));
        Errors errors = errors_begin(arena);
        const Rule *rule = text.overflow ? NULL : rule_parse(arena, text_str(&text), (Place){ 0 }, &errors);
        if (!rule && !text.overflow)
            printf("%.*s\n", STR_ARGS(text_str(&text)));
        if (!CHECK(rule != NULL || text.overflow) || !rule || !ways_begin(&ways, rule))
            continue;
        evaluate_all(&ways);
        bool holds = true;
        for (size_t way = 0; way < ways.total && holds; way++) {
            holds = way_holds(&ways, way);
            bool open = memchr(ways.digits + way * FACTS_OF_A_RULE, 0, ways.fact_count) != NULL;
            decided_early += open && !value_is_unknown(ways.results[way]);
        }
        tried++;
        if (!CHECK(holds))
            return;
    }
    /* Else the test would prove nothing. */
    CHECK(tried > RULES_TRIED / 2);
    CHECK(decided_early > 10000);
}

int main(void)
{
    arena = arena_open((size_t)1 << 30);
    lasting = arena_open((size_t)1 << 20);
    make_values();
    RUN(no_answer_changes_what_is_known);
    arena_close(arena);
    arena_close(lasting);
    return test_end();
}
