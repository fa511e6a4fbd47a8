/* A decision model: read, and each of its decisions worked out and explained with nothing known, and worked out with nothing at all. Past a
 * limit a decision is null or unknown. */
#include "fuzz.h"
#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = fuzz_arena((size_t)64 << 20);
    Errors errors = errors_begin(arena);
    ModelSource sources[] = { { S("fuzzed.dmn"), { (const char *)data, size } },
                              { S("again.dmn"), { (const char *)data, size } } };
    const Model *model = model_read(arena, sources, COUNT_OF(sources), &errors);
    must(model || errors.list.count);
    if (!model)
        return 0;
    for (size_t i = 0; i < model_decisions(model)->count && i < 10; i++) {
        Value value;
        LimitMet met = { 0 };
        const Scope unknown = { .limit = &met }, closed = { .closed = true };
        Text text = text_begin(arena, 1 << 20);
        const Str name = model_decisions(model)->at[i];
        must(model_decide(arena, model, name, &unknown, &value));
        must(met.kind == LIMIT_NONE || value.kind == VALUE_NULL || value_is_unknown(value));
        text_value(&text, value);
        if (met.kind)
            continue;
        /* As a rule it is the same. */
        Text again = text_begin(arena, 1 << 20);
        const Rule *rule = rule_of_decision(arena, model, name, NULL);
        must(rule != NULL);
        const Explanation *why = rule_explain(arena, rule, NULL);
        text_value(&again, why->value);
        (void)rule_results(arena, rule);
        must(arena_is_full(arena) || str_equal(text_str(&text), text_str(&again)));
        text_explanation(&again, why);
        must(model_decide(arena, model, name, &closed, &value) && !value_is_unknown(value));
    }
    for (size_t i = 0; i < model_services(model)->count && i < 10; i++) {
        Value value;
        must(model_serve(arena, model, model_services(model)->at[i], NULL, &value));
    }
    return 0;
}
