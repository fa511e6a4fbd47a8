/* What the command line takes: a context on the first line, and an expression in it. Its names may be of several words, its values unknown
 * or functions. Past a limit the value is null or unknown; deciding by trying keeps what one look knows, and an explanation tells the same. */
#include "fuzz.h"
#include "rules/rules.h"

static Str shown(Arena *arena, Value value)
{
    Text text = text_begin(arena, 1 << 20);
    text_value(&text, value);
    return text_str(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = fuzz_arena((size_t)64 << 20);
    Errors errors = errors_begin(arena);
    LimitMet met = { 0 };
    Scope scope = { .limit = &met };
    Str context, expression = { (const char *)data, size };
    if (!str_cut(&expression, '\n', &context) || !scope_read(arena, context, &scope, &errors))
        return 0;
    const Rule *rule = rule_parse_in(arena, expression, (Place){ .line = 1, .column = 1 }, &scope, &errors);
    must((rule == NULL) == (errors.list.count > 0) || arena_is_full(arena));
    if (!rule)
        return 0;
    Value value = rule_evaluate(arena, rule, &scope);
    must(met.kind == LIMIT_NONE || value.kind == VALUE_NULL || value_is_unknown(value));
    if (met.kind || arena_is_full(arena))
        return 0; /* all over again would take as long */
    const Explanation *why = rule_explain(arena, rule, &scope);
    must(arena_is_full(arena) || str_equal(shown(arena, why->value), shown(arena, value)));
    const Value decided = subject_decide(arena, subject_of_rule(arena, rule), &scope, NULL);
    must(arena_is_full(arena) || value_is_unknown(value) || str_equal(shown(arena, decided), shown(arena, value)));
    Text text = text_begin(arena, 1 << 20);
    json_explanation(&text, why);
    text_typed(&text, value);
    return 0;
}
