/* Several rules as one: their trees side by side under `and`, so that whatever a rule has bound in its tree stays bound. */
#include "rules/tree.h"

static const Node *fails(Arena *arena, const Node *root)
{
    Node *truth = arena_new(arena, Node), *node = arena_new(arena, Node);
    *truth = (Node){ .kind = NODE_LITERAL, .literal = value_boolean(true) };
    *node = (Node){ .kind = NODE_COMPARISON, .comparison = { OPERATOR_UNEQUAL, root, truth } };
    return node;
}

/* What is no boolean, as a condition, does not hold; `and` would be null with it, and so would the whole. */
const Rule *rule_join(Arena *arena, const Rule *const *rules, const bool *holds, size_t count)
{
    Node *root = arena_new(arena, Node);
    Rule *joined = arena_new(arena, Rule);
    root->kind = NODE_AND;
    for (size_t i = 0; i < count; i++) {
        list_push(arena, &root->parts, holds[i] ? rules[i]->root : fails(arena, rules[i]->root));
        for (size_t n = 0; n < rules[i]->names.count; n++)
            strs_add_once(arena, &joined->names, rules[i]->names.at[n]);
    }
    joined->root = root;
    return joined;
}
