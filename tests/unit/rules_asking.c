/* rules: asking. What is decided by trying agrees with trying everything; no question is useless; the reasons are the
 * smallest; and a fact that is only compared has a few cases that stand for all. */
#include "rules/rules.h"
#include "test.h"

#include <stdlib.h>

static Arena *arena;

static Value evaluated(const char *text)
{
    Errors errors = errors_begin(arena);
    const Rule *rule = rule_parse(arena, str_from(text), (Place){ 0 }, &errors);
    must(rule != NULL);
    return rule_evaluate(arena, rule, NULL);
}

static const Subject *subject(const char *text)
{
    Errors errors = errors_begin(arena);
    const Rule *rule = rule_parse(arena, str_from(text), (Place){ 0 }, &errors);
    must(rule != NULL);
    return subject_of_rule(arena, rule);
}

static void domain_of(Map *domains, const char *fact, const char *values)
{
    Domain *domain = arena_new(arena, Domain);
    Value list = evaluated(values);
    domain->kind = value_item(list, 0).kind;
    for (size_t i = 0; i < value_count(list); i++)
        list_push(arena, &domain->values, value_item(list, i));
    map_put(arena, domains, str_from(fact), domain);
}

static void number_of_domain(Map *domains, const char *fact, const char *least, bool whole)
{
    Domain *domain = arena_new(arena, Domain);
    domain->kind = VALUE_NUMBER;
    domain->least = evaluated(least);
    domain->whole = whole;
    map_put(arena, domains, str_from(fact), domain);
}

static Map yes_no(void)
{
    Map domains = { 0 };
    for (const char *const *fact = (const char *const[]){ "a", "b", "c", NULL }; *fact; fact++)
        domain_of(&domains, *fact, "[true, false]");
    return domains;
}

static Scope scope_of(const char *context)
{
    Scope scope = { 0 };
    Errors errors = errors_begin(arena);
    must(scope_read(arena, str_from(context), &scope, &errors));
    return scope;
}

static Str text_of(Value value)
{
    Text text = text_begin(arena, 10000);
    text_value(&text, value);
    return text_str(&text);
}

static Str joined(const Strs *facts)
{
    Text text = text_begin(arena, 10000);
    for (size_t i = 0; i < facts->count; i++)
        text_printf(&text, "%s%.*s", i ? " " : "", STR_ARGS(facts->at[i]));
    return text_str(&text);
}

/* ---- deciding ---- */

static void what_every_answer_gives_is_decided(void)
{
    static const struct {
        const char *rule, *given, *decided;
    } CASES[] = {
        { "a or not(a)", "{}", "true" },
        { "a and not(a)", "{}", "false" },
        { "if a then b else b", "{}", "unknown" },
        { "if a then 1 else 1", "{}", "1" },
        { "(a and b) or (a and not(b))", "{a: true}", "true" },
        { "(a and b) or (a and not(b))", "{b: true}", "unknown" },
        { "n < 5 and n > 10", "{}", "false" },
        { "n < 5 or n >= 5", "{}", "true" },
        { "n < 5 or n > 5", "{}", "unknown" },
        { "n > 4 and n < 5", "{}", "false" },
        { "n < 0", "{}", "false" },
        { "n < 2 * 5 or n >= 10", "{}", "true" },
        { "born < date(\"2008-10-26\") or born >= date(2008, 10, 26)", "{}", "true" },
        { "t != \"x\" and t in concatenate([\"y\"], [\"z\"])", "{}", "unknown" },
        { "n in range(\"[7..8]\")", "{}", "unknown" },
        { "born < today() or born >= today()", "{}", "unknown" },
        { "n in [0..10] or n > 10", "{}", "true" },
        { "n between 0 and 10 or n > 10", "{}", "true" },
        { "n + 1 > n", "{}", "unknown" },
        { "s = \"x\" or s != \"x\"", "{}", "unknown" },
        { "t = \"x\" or t != \"x\"", "{}", "true" },
        { "t = \"x\" or t < \"x\" or t > \"x\"", "{}", "unknown" },
        { "choice = \"north\" or choice = \"south\"", "{}", "true" },
        { "choice in (\"north\", \"south\")", "{}", "true" },
        { "choice = \"east\"", "{}", "false" },
    };
    Map domains = yes_no();
    number_of_domain(&domains, "n", "0", true);
    map_put(arena, &domains, S("born"), &(Domain){ .kind = VALUE_DATE });
    domain_of(&domains, "choice", "[\"north\", \"south\"]");
    map_put(arena, &domains, S("t"), &(Domain){ .kind = VALUE_STRING });
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Scope scope = scope_of(CASES[i].given);
        Value value = subject_decide(arena, subject(CASES[i].rule), &scope, &domains);
        if (!CHECK_STR(text_of(value), str_from(CASES[i].decided)))
            printf("   %s\n", CASES[i].rule);
    }
}

/* ---- asking ---- */

static void only_what_matters_is_asked(void)
{
    static const struct {
        const char *rule, *given, *questions, *next;
    } CASES[] = {
        { "a and b", "{}", "a b", "a" },
        { "a and b", "{a: false}", "", "" },
        { "a and b", "{a: true}", "b", "b" },
        { "(a and b) or (a and not(b))", "{}", "a", "a" },
        { "(b and a) or (not(b) and a) or c", "{}", "a c", "a" },
        { "if a then b else c", "{}", "a b c", "a" },
        { "(a or b) and (b or c)", "{}", "a b c", "b" },
        { "n > 10 and a", "{n: 3}", "", "" },
        { "n > 10 and a and n < 11", "{}", "", "" },
        { "n > 10 and a and n < 12", "{}", "n a", "n" },
    };
    Map domains = yes_no();
    number_of_domain(&domains, "n", "0", true);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Scope scope = scope_of(CASES[i].given);
        const Subject *what = subject(CASES[i].rule);
        Strs questions = subject_questions(arena, what, &scope, &domains);
        if (!CHECK_STR(joined(&questions), str_from(CASES[i].questions)) ||
            !CHECK_STR(subject_next(arena, what, &scope, &domains), str_from(CASES[i].next)))
            printf("   %s\n", CASES[i].rule);
    }
}

/* ---- reasons ---- */

static void the_smallest_reasons_are_told(void)
{
    static const struct {
        const char *rule, *given, *reasons;
    } CASES[] = {
        { "a and b", "{a: true, b: true}", "[a b]" },
        { "a or b", "{a: true, b: true}", "[a] [b]" },
        { "a or b", "{a: true, b: false}", "[a]" },
        { "a or b", "{a: true}", "[a]" },
        { "a and b", "{a: true}", "" },
        { "a or not(a)", "{a: true}", "[]" },
        { "(a and b) or c", "{a: true, b: true, c: true}", "[c] [a b]" },
        { "n > 10 or a", "{n: 3, a: false}", "[n a]" },
    };
    Map domains = yes_no();
    number_of_domain(&domains, "n", "0", true);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Scope scope = scope_of(CASES[i].given);
        FactSets sets = subject_reasons(arena, subject(CASES[i].rule), &scope, &domains);
        Text text = text_begin(arena, 1000);
        for (size_t j = 0; j < sets.count; j++)
            text_printf(&text, "%s[%.*s]", j ? " " : "", STR_ARGS(joined(&sets.at[j])));
        if (!CHECK_STR(text_str(&text), str_from(CASES[i].reasons)))
            printf("   %s\n", CASES[i].rule);
    }
}

static void what_if_tells_the_answers_that_turn_it(void)
{
    static const struct {
        const char *rule, *given, *turns;
    } CASES[] = {
        { "a and b", "{a: true, b: true}", "a false -> false; b false -> false; " },
        { "a and b", "{a: false, b: false}", "" },
        { "if n > 50 then \"large\" else \"small\"", "{n: 20}", "n > 50 -> \"large\"; " },
        { "n in [10..20]", "{n: 20}", "n 0 -> false; n (0..10) -> false; n > 20 -> false; " },
        { "choice = \"north\"", "{choice: \"north\"}", "choice \"south\" -> false; " },
    };
    Map domains = yes_no();
    number_of_domain(&domains, "n", "0", true);
    domain_of(&domains, "choice", "[\"north\", \"south\"]");
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Scope scope = scope_of(CASES[i].given);
        WhatIfs found = subject_what_if(arena, subject(CASES[i].rule), &scope, &domains);
        Text text = text_begin(arena, 1000);
        for (size_t j = 0; j < found.count; j++) {
            text_printf(&text, "%.*s %.*s -> ", STR_ARGS(found.at[j].fact), STR_ARGS(found.at[j].test));
            text_value(&text, found.at[j].result);
            text_put(&text, S("; "));
        }
        if (!CHECK_STR(text_str(&text), str_from(CASES[i].turns)))
            printf("   %s\n", CASES[i].rule);
    }
}

/* ---- bounds ---- */

/* Two rules whose tries end at a limit, or give more than is compared: what cannot be told is not decided. */
static void what_is_past_a_limit_is_not_decided(void)
{
    static const char *const RULES[] = {
        "if a then count(for i in 1..200000 return [[i]]) else 1 + count(for i in 1..200000 return [[i]])",
        "{x: string join(for i in 1..9000 return \"0123456789\"), y: if a then x + \"1\" else x + \"2\"}.y",
        "if a then matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\", \"(a+)+$\") else null",
    };
    const Map domains = yes_no();
    for (size_t i = 0; i < COUNT_OF(RULES); i++) {
        const Subject *asked = subject(RULES[i]);
        const Scope nothing = { 0 };
        CHECK(value_is_unknown(subject_decide(arena, asked, &nothing, &domains)));
        CHECK_STR(subject_next(arena, asked, &nothing, &domains), S("a"));
        CHECK(subject_what_if(arena, asked, &nothing, &domains).count == 0);
    }
}

/* A rule that needs some hundred tries, each of which makes 100 KB, in a request that has little more memory. */
static void tries_take_no_memory_of_the_request(void)
{
    Map domains = { 0 };
    Scope scope = { 0 };
    Text text = text_begin(arena, 10000), tenth = text_begin(arena, 1000);
    for (int i = 0; i < 1000; i++)
        text_char(&tenth, 'x');
    scope_set(arena, &scope, S("s"), value_string(text_str(&tenth)));
    text_put(&text, S("{x: string join(for i in 1..20 return s), y: if "));
    for (int i = 0; i < 7; i++) {
        const char *fact = str_terminated(arena, str_printf(arena, "f%d", i));
        domain_of(&domains, fact, "[true, false]");
        text_printf(&text, "(f%d or not(f%d)) and ", i, i);
    }
    text_put(&text, S("true then x else 1}.y"));
    const Subject *asked = subject(str_terminated(arena, text_str(&text)));
    Arena *request = arena_open(300 << 10);
    Value value = subject_decide(request, asked, &scope, &domains);
    CHECK(value.kind == VALUE_STRING && value.string.len == 20000);
    CHECK(subject_questions(request, asked, &scope, &domains).count == 0);
    CHECK(subject_next(request, asked, &scope, &domains).len == 0);
    for (int i = 0; i < 7; i++)
        scope_set(arena, &scope, str_printf(arena, "f%d", i), value_boolean(i % 2));
    CHECK(subject_reasons(request, asked, &scope, &domains).count == 1); /* only the text itself is needed */
    CHECK(subject_what_if(request, asked, &scope, &domains).count == 0);
    CHECK(!arena_is_full(request));
    arena_close(request);
}

/* ---- what facts seem to be ---- */

static void what_a_fact_seems_to_be_is_told_by_how_it_is_used(void)
{
    static const struct {
        const char *rule, *seems;
    } CASES[] = {
        { "seats > 50 and fire", "seats number; fire boolean; " },
        { "not(fire) or side = \"north\"", "fire boolean; side string; " },
        { "if fire then 1 else n", "fire boolean; " }, /* n is what comes out, so it can be anything */
        { "since in [@\"2026-01-01\"..@\"2026-12-31\"]", "since date; " },
        { "a = 1 or a = \"one\"", "" },
        { "a + 1 > 5", "" },
        { "a", "" },
        { "a = null and b", "b boolean; " },
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const Subject *asked = subject(CASES[i].rule);
        Map domains = subject_domains(arena, asked);
        Errors errors = errors_begin(arena);
        const Strs *names = rule_names(rule_parse(arena, str_from(CASES[i].rule), (Place){ 0 }, &errors));
        static const char *const KINDS[] = {
#define X(kind, word) [kind] = word,
            VALUE_KINDS(X)
#undef X
        };
        Text text = text_begin(arena, 1000);
        for (size_t j = 0; j < names->count; j++) {
            const Domain *domain = map_get(&domains, names->at[j]);
            if (domain)
                text_printf(&text, "%.*s %s; ", STR_ARGS(names->at[j]), KINDS[domain->kind]);
        }
        if (!CHECK_STR(text_str(&text), str_from(CASES[i].seems)))
            printf("   %s\n", CASES[i].rule);
    }
}

int main(void)
{
    arena = arena_open(64 << 20);
    RUN(what_every_answer_gives_is_decided);
    RUN(only_what_matters_is_asked);
    RUN(the_smallest_reasons_are_told);
    RUN(what_if_tells_the_answers_that_turn_it);
    RUN(what_is_past_a_limit_is_not_decided);
    RUN(tries_take_no_memory_of_the_request);
    RUN(what_a_fact_seems_to_be_is_told_by_how_it_is_used);
    arena_close(arena);
    return test_end();
}
