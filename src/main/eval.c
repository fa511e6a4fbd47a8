/* onestop eval: one FEEL expression, with what is known of the facts. */
#include "main/command.h"

#include <stdio.h>

enum { VALUE_TEXT_MAX = 64 << 20 };

int print_value(const Arguments *arguments, Value value)
{
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
    print_text(&text);
    return value_is_unknown(value) ? EXIT_UNKNOWN : EXIT_GOOD;
}

int command_eval(const Arguments *arguments)
{
    Arena *arena = arguments->arena;
    Errors errors = errors_begin(arena);
    Scope scope = { 0 };
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
    return print_value(arguments, rule_evaluate(arena, rule, &scope));
}
