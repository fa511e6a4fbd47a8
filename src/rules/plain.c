/* Plain rules: those about which trying can find out nothing that one look does not. Most rules of law are plain: comparisons
 * of facts with constants, joined by and, or and not, each fact in one place only. Whatever is known, what is open in such
 * a rule can still come out either way, and each fact that it waits for matters. Whether a rule is plain is found out once,
 * when its pack is loaded, so that a plan that looks at it a hundred times need not try. */
#include "rules/inquiry.h"

typedef struct Parts {
    Arena *arena;
    const Subject *subject;
    const Map *domains;
    Nodes leaves;                                  /* what and, or and not join */
} Parts;

static void take_apart(Parts *parts, const Node *node)
{
    if (node->kind == NODE_AND || node->kind == NODE_OR) {
        for (size_t i = 0; i < node->parts.count; i++)
            take_apart(parts, node->parts.at[i]);
    } else if (node->kind == NODE_BUILTIN && str_equal(str_from(node->builtin.builtin->name), S("not"))) {
        for (size_t i = 0; i < node->builtin.arguments.count; i++)
            take_apart(parts, node->builtin.arguments.at[i]);
    } else {
        list_push(parts->arena, &parts->leaves, node);
    }
}

/* Whether the leaf is true for some answers, false for some, and never anything else. */
static bool goes_either_way(const Parts *parts, const Node *leaf, Str fact, const Cases *cases)
{
    const Rule rule = { .root = leaf };
    size_t holds = 0, fails = 0;
    for (size_t i = 0; i < cases->count; i++) {
        Scope scope = { 0 };
        scope_set(parts->arena, &scope, fact, cases->at[i].value);
        const Value value = rule_evaluate(parts->arena, &rule, &scope);
        holds += value.kind == VALUE_BOOLEAN && value.boolean;
        fails += value.kind == VALUE_BOOLEAN && !value.boolean;
    }
    return holds > 0 && fails > 0 && holds + fails == cases->count;
}

/* A leaf of one fact whose cases can be told, or of facts none of whose cases can be: a list, what is calculated with. */
static bool leaf_is_plain(const Parts *parts, const Node *leaf)
{
    const Strs *names = &parts->subject->names;
    Roots roots = { 0 };
    list_push(parts->arena, &roots, leaf);
    size_t told = 0, used = 0;
    bool plain = true;
    for (size_t i = 0; i < names->count; i++) {
        Cases cases;
        if (!node_uses(parts->arena, leaf, names->at[i]))
            continue;
        used++;
        if (!cases_of(parts->arena, parts->arena, &roots, names->at[i], map_get(parts->domains, names->at[i]), &cases))
            continue;
        told++;
        plain = plain && goes_either_way(parts, leaf, names->at[i], &cases);
    }
    return plain && (told == 0 || used == 1);
}

bool subject_is_plain(const Subject *subject)
{
    return subject->plain;
}

bool subject_finds_plain(Arena *arena, const Subject *subject, const Map *domains)
{
    Parts parts = { .arena = arena, .subject = subject, .domains = domains };
    take_apart(&parts, subject->rule->root);
    for (size_t i = 0; i < subject->names.count; i++) {
        size_t places = 0;
        for (size_t l = 0; l < parts.leaves.count; l++)
            places += node_uses(arena, parts.leaves.at[l], subject->names.at[i]);
        if (places != 1)
            return false;
    }
    for (size_t l = 0; l < parts.leaves.count; l++)
        if (!leaf_is_plain(&parts, parts.leaves.at[l]))
            return false;
    return true;
}
