/* Where a fact is used: a walk over the trees of the rules. */
#include "rules/uses.h"
#include "rules/table.h"

typedef struct Search {
    Arena *arena;
    Str fact;
    Uses uses;
} Search;

/* household.head.age, as the facts of contexts are called; empty for anything else. */
static Str fact_of(Arena *arena, const Node *node)
{
    if (node->kind == NODE_COERCE)
        return fact_of(arena, node->coerce.value);
    if (node->kind == NODE_NAME)
        return node->name.local || node->name.builtin ? STR_NONE : node->name.text;
    if (node->kind != NODE_PATH)
        return STR_NONE;
    Str base = fact_of(arena, node->path.base);
    return base.len ? str_printf(arena, "%.*s.%.*s", STR_ARGS(base), STR_ARGS(node->path.member)) : STR_NONE;
}

static bool is_fact(const Search *search, const Node *node)
{
    return str_equal(fact_of(search->arena, node), search->fact);
}

static void look(Search *search, const Node *node);

static void look_at_constant(Search *search, const Node *node, bool ordered)
{
    search->uses.ordered = search->uses.ordered || ordered;
    if (node->kind == NODE_LITERAL)
        list_push(search->arena, &search->uses.constants, node->literal);
    else
        search->uses.open = true;
}

static void look_at_range(Search *search, const Node *range)
{
    if (range->range.start)
        look_at_constant(search, range->range.start, true);
    if (range->range.end)
        look_at_constant(search, range->range.end, true);
}

static void look_at_test(Search *search, const Test *test)
{
    if (test->is_condition)
        search->uses.open = true;
    else if (!test->compares && test->node->kind == NODE_RANGE)
        look_at_range(search, test->node);
    else if (!test->compares && test->node->kind == NODE_LIST)
        for (size_t i = 0; i < test->node->parts.count; i++)
            look_at_test(search, &(Test){ .node = test->node->parts.at[i] });
    else
        look_at_constant(search, test->node,
                         test->compares && test->sign != OPERATOR_EQUAL && test->sign != OPERATOR_UNEQUAL);
}

static void look_at_tests(Search *search, const Node *value, const Tests *tests)
{
    bool asked = is_fact(search, value);
    if (!asked)
        look(search, value);
    for (size_t i = 0; i < tests->list.count; i++) {
        if (asked)
            look_at_test(search, &tests->list.at[i]);
        else
            look(search, tests->list.at[i].node);
    }
}

static void look_at_comparison(Search *search, const Node *node)
{
    const Node *left = node->comparison.left, *right = node->comparison.right;
    bool ordered = node->comparison.sign != OPERATOR_EQUAL && node->comparison.sign != OPERATOR_UNEQUAL;
    if (is_fact(search, left)) {
        look_at_constant(search, right, ordered);
        look(search, right);
    } else if (is_fact(search, right)) {
        look_at_constant(search, left, ordered);
        look(search, left);
    } else {
        look(search, left);
        look(search, right);
    }
}

static void look_at_between(Search *search, const Node *node)
{
    if (is_fact(search, node->between.value)) {
        look_at_constant(search, node->between.low, true);
        look_at_constant(search, node->between.high, true);
    } else {
        look(search, node->between.value);
    }
    look(search, node->between.low);
    look(search, node->between.high);
}

static void look_at_all(Search *search, const Nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        look(search, nodes->at[i]);
}

/* Where a condition stands, whatever is not true or false is as good as null. */
static void look_at_condition(Search *search, const Node *node)
{
    if (is_fact(search, node))
        search->uses.condition = true;
    else
        look(search, node);
}

static void look_at_conditions(Search *search, const Nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        look_at_condition(search, nodes->at[i]);
}

static void look_at_loop(Search *search, const Node *node)
{
    for (size_t i = 0; i < node->loop.iterators.count; i++) {
        look(search, node->loop.iterators.at[i].list);
        if (node->loop.iterators.at[i].end)
            look(search, node->loop.iterators.at[i].end);
    }
    look(search, node->loop.body);
}

static void look_at_name(Search *search, const Node *node)
{
    Str fact = fact_of(search->arena, node);
    if (str_equal(fact, search->fact)) {
        search->uses.open = true;
    } else if (node->kind == NODE_NAME && str_starts(search->fact, fact) && fact.len &&
               search->fact.data[fact.len] == '.') {
        search->uses.open = true; /* the whole is used, and so is its member */
    } else if (node->kind == NODE_PATH) {
        if (fact.len == 0)
            look(search, node->path.base);
        else if (str_starts(fact, search->fact) && fact.data[search->fact.len] == '.')
            search->uses.open = true;
    }
}

static void look_at_table(Search *search, const Table *table)
{
    for (size_t i = 0; i < table->inputs.count; i++) {
        const TableInput *input = &table->inputs.at[i];
        if (input->allowed)
            look_at_tests(search, input->expression, input->allowed);
        for (size_t j = 0; j < table->rules.count; j++)
            look_at_tests(search, input->expression, &table->rules.at[j].cells[i]);
    }
    for (size_t j = 0; j < table->rules.count; j++)
        for (size_t i = 0; i < table->outputs.count; i++)
            look(search, table->rules.at[j].outputs[i]);
    for (size_t i = 0; i < table->outputs.count; i++)
        if (table->outputs.at[i].otherwise)
            look(search, table->outputs.at[i].otherwise);
}

/* Recursion is as deep as the parser allows. */
static void look(Search *search, const Node *node)
{
    switch (node->kind) {
    case NODE_LITERAL:
        return;
    case NODE_NAME:
    case NODE_PATH:
        look_at_name(search, node);
        return;
    case NODE_AND:
    case NODE_OR:
        look_at_conditions(search, &node->parts);
        return;
    case NODE_LIST:
    case NODE_NEGATIVE:
        look_at_all(search, &node->parts);
        return;
    case NODE_CONTEXT:
    case NODE_ROW:
        for (size_t i = 0; i < node->entries.count; i++)
            look(search, node->entries.at[i].node);
        return;
    case NODE_RANGE:
        if (node->range.start)
            look(search, node->range.start);
        if (node->range.end)
            look(search, node->range.end);
        return;
    case NODE_ARITHMETIC:
        look(search, node->arithmetic.first);
        for (size_t i = 0; i < node->arithmetic.steps.count; i++)
            look(search, node->arithmetic.steps.at[i].operand);
        return;
    case NODE_COMPARISON:
        look_at_comparison(search, node);
        return;
    case NODE_BETWEEN:
        look_at_between(search, node);
        return;
    case NODE_IN:
        look_at_tests(search, node->in.value, &node->in.tests);
        return;
    case NODE_IF:
        look_at_condition(search, node->branch.condition);
        look(search, node->branch.then);
        look(search, node->branch.otherwise);
        return;
    case NODE_FOR:
    case NODE_SOME:
    case NODE_EVERY:
        look_at_loop(search, node);
        return;
    case NODE_FILTER:
        look(search, node->filter.list);
        look(search, node->filter.condition);
        return;
    case NODE_BUILTIN:
        if (str_equal(str_from(node->builtin.builtin->name), S("not")))
            look_at_conditions(search, &node->builtin.arguments);
        else
            look_at_all(search, &node->builtin.arguments);
        return;
    case NODE_CALL:
        look(search, node->call.callee);
        for (size_t i = 0; i < node->call.arguments.count; i++)
            look(search, node->call.arguments.at[i].node);
        return;
    case NODE_FUNCTION:
        if (node->function.body)
            look(search, node->function.body);
        return;
    case NODE_INSTANCE:
        look(search, node->instance.value);
        return;
    case NODE_COERCE:
        look(search, node->coerce.value);
        return;
    case NODE_TABLE:
        look_at_table(search, node->table);
        return;
    case NODE_SERVICE:
        search->uses.open = true; /* its decisions are elsewhere */
        return;
    }
}

Uses uses_of(Arena *arena, const Roots *roots, Str fact)
{
    Search search = { .arena = arena, .fact = fact };
    for (size_t i = 0; i < roots->count; i++)
        look(&search, roots->at[i]);
    return search.uses;
}
