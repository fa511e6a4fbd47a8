/* onestop eval: one FEEL expression, with what is known of the facts. */
#include "main/command.h"
#include "web/web.h"

#include <stdio.h>

enum { VALUE_TEXT_MAX = 64 << 20 };

Str limit_line(Arena *arena, const LimitMet *met)
{
    Text line = text_begin(arena, 2000);
    text_printf(&line, "%.*s:", STR_ARGS(met->place.file));
    if (met->place.line)
        text_printf(&line, "%d:%d:", met->place.line, met->place.column);
    text_printf(&line, " %.*s", STR_ARGS(limit_text(arena, met->kind)));
    return text_str(&line);
}

int print_limit(const Arguments *arguments, const LimitMet *met, const Explanation *why)
{
    Arena *arena = arguments->arena;
    Errors errors = errors_begin(arena);
    Text text = text_begin(arena, VALUE_TEXT_MAX);
    Str hint = met->place.line ? STR_NONE : str_printf(arena, "it was in %.*s", STR_ARGS(str_slice(met->text, 0, 200)));
    errors_add(&errors, met->place, hint, "%.*s", STR_ARGS(limit_text(arena, met->kind)));
    if (argument_flag(arguments, "json")) {
        text_put(&text, S("{\"error\":"));
        json_put(&text, limit_line(arena, met));
        if (why) {
            text_put(&text, S(",\"why\":"));
            json_explanation(&text, why);
        }
        text_put(&text, S("}\n"));
    } else if (why) {
        text_explanation(&text, why);
    }
    print_text(&text);
    (void)print_errors(&errors);
    return EXIT_USAGE;
}

int print_value(const Arguments *arguments, Value value, const LimitMet *met)
{
    if (met->kind)
        return print_limit(arguments, met, NULL);

    Text text = text_begin(arguments->arena, VALUE_TEXT_MAX);
    if (argument_flag(arguments, "json")) {
        text_json(&text, value);
    } else if (value_is_unknown(value)) {
        text_put(&text, S("unknown: "));
        for (size_t i = 0; i < value.waiting->count; i++)
            text_printf(&text, "%s%.*s", i ? ", " : "", STR_ARGS(value.waiting->at[i]));
    } else {
        text_value(&text, value);
    }
    text_char(&text, '\n');
    if (text.overflow)
        return usage_fault("the value is more than 64 MB of text", "ask for a part of it, or for count(…)");
    print_text(&text);
    return value_is_unknown(value) ? EXIT_UNKNOWN : EXIT_GOOD;
}

/* What a built-in function does, by its row. */
static int explain_function(const Arguments *arguments, Str name)
{
    Text text = text_begin(arguments->arena, VALUE_TEXT_MAX);
    if (rules_help(&text, name)) {
        print_text(&text);
        return EXIT_GOOD;
    }
    Str nearest = rules_nearest(arguments->arena, name);
    Str what = str_printf(arguments->arena, "there is no function \"%.*s\"", STR_ARGS(name));
    Str hint = nearest.len ? str_printf(arguments->arena, "did you mean \"%.*s\"?", STR_ARGS(nearest))
                           : S("`onestop eval --help \"string length\"` explains one; docs/reference.md lists all");
    return usage_fault(str_terminated(arguments->arena, what), str_terminated(arguments->arena, hint));
}

int command_eval(const Arguments *arguments)
{
    Arena *arena = arguments->arena;
    Errors errors = errors_begin(arena);
    LimitMet met = { 0 };
    Scope scope = { .now = web_now(), .limit = &met };
    Str function = argument_option(arguments, "help", STR_NONE);
    if (function.len)
        return explain_function(arguments, function);
    if (arguments->words.count == 0)
        return usage_fault("an expression is missing", "onestop eval \"seats > 50\" --context \"{seats: 20}\"");
    Str context = argument_option(arguments, "context", S("{}"));
    const Rule *rule = NULL;
    if (scope_read(arena, context, &scope, &errors))
        rule = rule_parse_in(arena, arguments->words.at[0], (Place){ .file = S("expression"), .line = 1, .column = 1 },
                             &scope, &errors);
    if (!rule) {
        (void)print_errors(&errors);
        return EXIT_USAGE;
    }
    if (argument_flag(arguments, "explain"))
        return print_explanation(arguments, rule, &scope);
    Value value = rule_evaluate(arena, rule, &scope);
    return print_value(arguments, value, &met);
}
