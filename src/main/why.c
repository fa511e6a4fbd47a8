/* Why something was decided: the tree of what was evaluated, the facts that forced it, the answers that would turn it,
 * and where it is still open, what to ask next. */
#include "main/command.h"

enum { WHY_MAX = 64 << 20 };

typedef struct Why {
    const Explanation *tree;
    Value decided; /* known too where only trying every answer tells */
    FactSets reasons;
    WhatIfs turns;
    Str ask;
} Why;

/* "seats > 50", "seats in (10..20)", "side = \"north\"" */
static void put_test(Text *text, const WhatIf *turn)
{
    const char first = turn->test.data[0];
    const bool bare = first == '<' || first == '>', in = first == '(' || str_starts(turn->test, S("not("));
    text_printf(text, "%.*s %s%.*s", STR_ARGS(turn->fact), bare ? "" : in ? "in " : "= ", STR_ARGS(turn->test));
}

static void put_plain(Text *text, const Why *why)
{
    text_explanation(text, why->tree);
    if (value_is_unknown(why->tree->value) && !value_is_unknown(why->decided)) {
        text_put(text, S("every answer gives: "));
        text_value(text, why->decided);
        text_char(text, '\n');
    }
    for (size_t i = 0; i < why->reasons.count; i++) {
        const Strs *set = &why->reasons.at[i];
        text_put(text, i ? S("or by:") : S("forced by:"));
        for (size_t j = 0; j < set->count; j++)
            text_printf(text, "%s %.*s", j ? " and" : "", STR_ARGS(set->at[j]));
        text_put(text, set->count ? S("\n") : S(" nothing, it always comes out so\n"));
    }
    for (size_t i = 0; i < why->turns.count; i++) {
        text_put(text, i ? S("or by: ") : S("turned by: "));
        put_test(text, &why->turns.at[i]);
        text_put(text, S(" -> "));
        text_value(text, why->turns.at[i].result);
        text_char(text, '\n');
    }
    if (why->ask.len)
        text_printf(text, "ask next: %.*s\n", STR_ARGS(why->ask));
}

static void put_json(Text *text, const Why *why)
{
    text_put(text, S("{\"why\":"));
    json_explanation(text, why->tree);
    text_put(text, S(",\"decided\":"));
    text_json(text, why->decided);
    text_put(text, S(",\"forced_by\":["));
    for (size_t i = 0; i < why->reasons.count; i++) {
        text_put(text, i ? S(",[") : S("["));
        for (size_t j = 0; j < why->reasons.at[i].count; j++) {
            text_put(text, j ? S(",") : S(""));
            json_put(text, why->reasons.at[i].at[j]);
        }
        text_char(text, ']');
    }
    text_put(text, S("],\"turned_by\":["));
    for (size_t i = 0; i < why->turns.count; i++) {
        text_put(text, i ? S(",{\"fact\":") : S("{\"fact\":"));
        json_put(text, why->turns.at[i].fact);
        text_put(text, S(",\"test\":"));
        json_put(text, why->turns.at[i].test);
        text_put(text, S(",\"result\":"));
        text_json(text, why->turns.at[i].result);
        text_char(text, '}');
    }
    text_put(text, S("],\"ask\":"));
    if (why->ask.len)
        json_put(text, why->ask);
    else
        text_put(text, S("null"));
    text_put(text, S("}\n"));
}

int print_explanation(const Arguments *arguments, const Rule *rule, const Scope *scope)
{
    Arena *arena = arguments->arena;
    const Subject *subject = subject_of_rule(arena, rule);
    const Explanation *tree = rule_explain(arena, rule, scope);
    if (scope->limit && scope->limit->kind)
        return print_limit(arguments, scope->limit, tree);
    Text text = text_begin(arena, WHY_MAX);
    Map domains = subject_domains(arena, subject);
    Why why = { .tree = tree,
                .decided = subject_decide(arena, subject, scope, &domains),
                .reasons = subject_reasons(arena, subject, scope, &domains),
                .turns = subject_what_if(arena, subject, scope, &domains),
                .ask = subject_next(arena, subject, scope, &domains) };
    if (argument_flag(arguments, "json"))
        put_json(&text, &why);
    else
        put_plain(&text, &why);
    print_text(&text);
    return value_is_unknown(why.tree->value) ? EXIT_UNKNOWN : EXIT_GOOD;
}
