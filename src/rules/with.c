/* Rules by way of other rules: the names that these define are worked out first, each once, in an order in which each
 * comes after what it uses; the rule then finds their values as it finds any name.
 *
 * Tried and left: putting the defining tree where the name stands. It is worked out as often as it is named, and the
 * explanation no longer speaks of it by its name. */
#include "rules/evaluate.h"
#include "rules/explain.h"

/* ---- binding ---- */

typedef struct Binding {
    Arena *arena;
    const Map *definitions;
    Map seen; /* names that are bound, free or being bound */
    Node *node;
    Strs free;
} Binding;

/* As deep as definitions use each other. */
static void bind_names(Binding *binding, const Strs *names)
{
    for (size_t i = 0; i < names->count; i++) {
        Str name = names->at[i];
        const Rule *rule = map_get(binding->definitions, name);
        if (!rule)
            strs_add_once(binding->arena, &binding->free, name);
        if (!rule || map_get(&binding->seen, name))
            continue;
        map_put(binding->arena, &binding->seen, name, binding);
        bind_names(binding, &rule->names);
        list_push(binding->arena, &binding->node->with.definitions, (KeyNode){ name, rule->root });
    }
}

const Rule *rule_with(Arena *arena, const Rule *rule, const Map *definitions)
{
    Binding binding = { .arena = arena, .definitions = definitions, .node = arena_new(arena, Node) };
    binding.node->kind = NODE_WITH;
    bind_names(&binding, &rule->names);
    if (binding.node->with.definitions.count == 0)
        return rule;
    Rule *bound = arena_new(arena, Rule);
    *bound = *rule;
    bound->names = binding.free;
    bound->root = binding.node;
    binding.node->type = rule->root->type;
    binding.node->with.body = rule->root;
    return bound;
}

/* ---- evaluating ---- */

/* Why it has its value is told where the name is used. */
static Value definition_value(Evaluation *run, const KeyNode *definition, const Frame *frame)
{
    if (!run->trace)
        return evaluate(run, definition->node, frame);
    Explanation *told = arena_new(run->arena, Explanation);
    Explanation *outer = trace_aside(run, told);
    Value value = evaluate(run, definition->node, frame);
    trace_back(run, outer);
    map_put(run->arena, &run->trace->told, definition->key, told);
    return value;
}

Value evaluate_with(Evaluation *run, const Node *node, const Frame *frame)
{
    size_t count = node->with.definitions.count;
    Frame *frames = arena_array(run->arena, Frame, count);
    for (size_t i = 0; i < count && !run->exhausted; i++) {
        const KeyNode *definition = &node->with.definitions.at[i];
        frames[i] =
            (Frame){ .outer = frame, .name = definition->key, .value = definition_value(run, definition, frame) };
        frame = &frames[i];
    }
    return evaluate(run, node->with.body, frame);
}
