/* The parser: what always gives the same is worked out when it is read, once: date("2026-10-26"), 12 * 18, ["a", "b"].
 *
 * The tree stays as it was written, so that an explanation shows it; the value stands beside it. So the index of a
 * table and the search for a fact's cases take date("2026-10-26") for the constant that it is. Even a rule that is
 * evaluated only once pays nothing for it, since it needs the value anyway; except for a branch that is not taken.
 *
 * Bottom up: a node whose parts are constant, so that each is worked out in one step from their values. What hangs on
 * names or on the time stays open, and so does everything once the steps for one rule are spent. */
#include "rules/evaluate.h"
#include "rules/parser.h"

enum { FOLD_STEPS_MAX = 10000 };

static bool all_constant(const Nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        if (!nodes->at[i]->constant)
            return false;
    return true;
}

static bool operands_constant(const Node *node)
{
    bool all = node->arithmetic.first->constant != NULL;
    for (size_t i = 0; i < node->arithmetic.steps.count && all; i++)
        all = node->arithmetic.steps.at[i].operand->constant != NULL;
    return all;
}

static bool parts_constant(const Node *node)
{
    switch (node->kind) {
    case NODE_LIST:
    case NODE_NEGATIVE:
        return all_constant(&node->parts);
    case NODE_RANGE:
        return (!node->range.start || node->range.start->constant) && (!node->range.end || node->range.end->constant);
    case NODE_ARITHMETIC:
        return operands_constant(node);
    case NODE_COMPARISON:
        return node->comparison.left->constant && node->comparison.right->constant;
    case NODE_BUILTIN:
        return all_constant(&node->builtin.arguments);
    case NODE_LITERAL: /* already is */
    case NODE_NAME:
    case NODE_CONTEXT:
    case NODE_AND:
    case NODE_OR:
    case NODE_BETWEEN:
    case NODE_IN:
    case NODE_IF:
    case NODE_FOR:
    case NODE_SOME:
    case NODE_EVERY:
    case NODE_FILTER:
    case NODE_PATH:
    case NODE_CALL:
    case NODE_FUNCTION:
    case NODE_INSTANCE:
    case NODE_COERCE:
    case NODE_ROW:
    case NODE_TABLE:
    case NODE_SERVICE:
    case NODE_WITH:
    case NODE_DECISION:
        return false;
    }
    return false;
}

void node_fold(Parser *parser, Node *node)
{
    if (parser->fold_steps >= FOLD_STEPS_MAX || !parts_constant(node))
        return;
    Evaluation run = { .arena = parser->arena, .steps = EVALUATION_STEPS_MAX - FOLD_STEPS_MAX + parser->fold_steps };
    Value value = evaluate(&run, node, NULL);
    parser->fold_steps = run.exhausted ? FOLD_STEPS_MAX : run.steps - (EVALUATION_STEPS_MAX - FOLD_STEPS_MAX);
    if (run.exhausted || run.met)
        return;
    Value *constant = arena_new(parser->arena, Value);
    *constant = value;
    node->constant = constant;
}
