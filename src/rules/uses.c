/* What rules say of a fact: the constants that they compare it with, the types that they take it for, and whether they
 * use it otherwise too. And what they can result in, as far as that stands in them.
 *
 * Tried and left: solving what is calculated (a + b > 50). It is rare in rules of law, and trying all answers of the
 * one fact needs no algebra. */
#include "rules/model.h"
#include "rules/table.h"
#include "rules/uses.h"

static const char *const KIND_WORDS[] = {
#define X(name, word) word,
    VALUE_KINDS(X)
#undef X
};

typedef struct Search {
    Arena *arena;
    Str fact;
    Place place; /* in a model */
    Uses *uses;
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

/* One value, and nothing that another value may be within or have parts of. */
static bool is_single(const Value *constant)
{
    const uint32_t whole = KIND(VALUE_LIST) | KIND(VALUE_CONTEXT) | KIND(VALUE_RANGE) | KIND(VALUE_FUNCTION);
    return constant && !(whole & KIND(constant->kind));
}

static void look_at_constant(Search *search, const Node *node, bool ordered)
{
    search->uses->ordered = search->uses->ordered || ordered;
    if (is_single(node->constant))
        list_push(search->arena, &search->uses->constants,
                  (Constant){ .value = *node->constant, .place = search->place });
    else
        search->uses->open = true;
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
        search->uses->open = true;
    else if (!test->compares && test->node->kind == NODE_RANGE)
        look_at_range(search, test->node);
    else if (!test->compares && test->node->kind == NODE_LIST)
        for (size_t i = 0; i < test->node->parts.count; i++)
            look_at_test(search, &(Test){ .node = test->node->parts.at[i] });
    else
        look_at_constant(search, test->node,
                         test->compares && test->sign != OPERATOR_EQUAL && test->sign != OPERATOR_UNEQUAL);
}

static void look_at_type(Search *search, const Type *type)
{
    if (!type || type->kinds == KINDS_ANY)
        return;
    Str name = type->name;
    for (size_t i = 0; !name.len && i < COUNT_OF(KIND_WORDS); i++)
        if (type->kinds & KIND(i))
            name = str_from(KIND_WORDS[i]);
    list_push(search->arena, &search->uses->types,
              (Constant){ .type = name, .kinds = type->kinds, .place = search->place });
    for (size_t i = 0; type->allowed && i < type->allowed->list.count; i++)
        look_at_test(search, &type->allowed->list.at[i]);
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
        search->uses->condition = true;
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
        search->uses->open = true;
    } else if (node->kind == NODE_NAME && str_starts(search->fact, fact) && fact.len &&
               search->fact.data[fact.len] == '.') {
        search->uses->open = true; /* the whole is used, and so is its member */
    } else if (node->kind == NODE_PATH) {
        if (fact.len == 0)
            look(search, node->path.base);
        else if (str_starts(fact, search->fact) && fact.data[search->fact.len] == '.')
            search->uses->open = true;
    }
}

static void look_at_table(Search *search, const Table *table)
{
    const int line = search->place.line;
    for (size_t i = 0; i < table->inputs.count; i++) {
        const TableInput *input = &table->inputs.at[i];
        if (input->expression->kind == NODE_COERCE && is_fact(search, input->expression))
            look_at_type(search, input->expression->coerce.type);
        if (input->allowed)
            look_at_tests(search, input->expression, input->allowed);
        for (size_t j = 0; j < table->rules.count; j++) {
            search->place.line = table->rules.at[j].line;
            look_at_tests(search, input->expression, &table->rules.at[j].cells[i]);
        }
        search->place.line = line;
    }
    for (size_t j = 0; j < table->rules.count; j++)
        for (size_t i = 0; i < table->outputs.count; i++)
            look(search, table->rules.at[j].outputs[i]);
    for (size_t i = 0; i < table->outputs.count; i++)
        if (table->outputs.at[i].otherwise)
            look(search, table->outputs.at[i].otherwise);
}

/* The logic of a decision speaks of an input by another name than the rule does. */
static void look_at_decision(Search *search, const Decision *decision)
{
    Elements needed = decision_needs(search->arena, decision);
    const Search outer = *search;
    Str fact = outer.fact;
    for (size_t i = 0; i < needed.count; i++) {
        const Element *input = needed.at[i];
        Str called = decision_input(search->arena, decision, input);
        bool within = fact.len > called.len && (fact.data[called.len] == '.' || fact.data[called.len] == '[');
        if (input->kind != ELEMENT_INPUT || !str_starts(fact, called) || !(within || fact.len == called.len))
            continue;
        Text own = text_begin(search->arena, SIZE_MAX);
        text_put(&own, input->name);
        text_put(&own, str_slice(fact, called.len, fact.len));
        search->fact = text_str(&own);
        search->place = model_place(input->document, input->xml);
        if (!within)
            look_at_type(search, input->type);
    }
    for (size_t i = 0; i < needed.count; i++) {
        search->place = model_place(needed.at[i]->document, needed.at[i]->xml);
        if (needed.at[i]->node)
            look(search, needed.at[i]->node);
    }
    *search = outer;
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
        search->uses->open = true; /* its decisions are elsewhere */
        return;
    case NODE_WITH:
        for (size_t i = 0; i < node->with.definitions.count; i++)
            look(search, node->with.definitions.at[i].node);
        look(search, node->with.body);
        return;
    case NODE_DECISION:
        look_at_decision(search, node->decision);
        return;
    }
}

Uses uses_of(Arena *arena, const Roots *roots, Str fact)
{
    Uses uses = { 0 };
    Search search = { .arena = arena, .fact = fact, .uses = &uses };
    for (size_t i = 0; i < roots->count; i++)
        look(&search, roots->at[i]);
    return uses;
}

/* ---- misfits ---- */

static bool is_among(Value value, const Domain *domain)
{
    bool found = domain->values.count == 0;
    for (size_t i = 0; i < domain->values.count && !found; i++)
        found = values_same(domain->values.at[i], value);
    return found;
}

Constants rule_misfits(Arena *arena, const Rule *rule, Str fact, const Domain *domain)
{
    Roots roots = { 0 };
    Constants misfits = { 0 };
    list_push(arena, &roots, rule->root);
    Uses uses = uses_of(arena, &roots, fact);
    for (size_t i = 0; i < uses.types.count; i++)
        if (!(uses.types.at[i].kinds & KIND(domain->kind)))
            list_push(arena, &misfits, uses.types.at[i]);
    for (size_t i = 0; i < uses.constants.count; i++) {
        Value value = uses.constants.at[i].value;
        if (value.kind != VALUE_NULL && (value.kind != domain->kind || !is_among(value, domain)))
            list_push(arena, &misfits, uses.constants.at[i]);
    }
    return misfits;
}

/* ---- results ---- */

/* A table whose result is one of the outputs that stand in it. */
static bool gives_one(const Table *table)
{
    bool single = table->policy != HIT_RULE_ORDER && table->policy != HIT_OUTPUT_ORDER && table->policy != HIT_COLLECT;
    return single && table->outputs.count == 1;
}

static bool is_condition(NodeKind kind)
{
    return kind == NODE_COMPARISON || kind == NODE_AND || kind == NODE_OR || kind == NODE_BETWEEN || kind == NODE_IN ||
           kind == NODE_SOME || kind == NODE_EVERY || kind == NODE_INSTANCE;
}

static void add_results(Arena *arena, const Node *node, Place place, Constants *results)
{
    if (node->kind == NODE_LITERAL) {
        list_push(arena, results, (Constant){ .value = node->literal, .place = place });
    } else if (is_condition(node->kind)) {
        list_push(arena, results, (Constant){ .type = S("boolean"), .kinds = KIND(VALUE_BOOLEAN), .place = place });
    } else if (node->kind == NODE_IF) {
        add_results(arena, node->branch.then, place, results);
        add_results(arena, node->branch.otherwise, place, results);
    } else if (node->kind == NODE_COERCE) {
        add_results(arena, node->coerce.value, place, results);
    } else if (node->kind == NODE_WITH) {
        add_results(arena, node->with.body, place, results);
    } else if (node->kind == NODE_DECISION && node->decision->element->node) {
        const Element *element = node->decision->element;
        add_results(arena, element->node, model_place(element->document, element->xml), results);
    } else if (node->kind == NODE_TABLE && gives_one(node->table)) {
        for (size_t i = 0; i < node->table->rules.count; i++) {
            place.line = node->table->rules.at[i].line;
            add_results(arena, node->table->rules.at[i].outputs[0], place, results);
        }
        if (node->table->outputs.at[0].otherwise)
            add_results(arena, node->table->outputs.at[0].otherwise, place, results);
    }
}

Constants rule_results(Arena *arena, const Rule *rule)
{
    Constants results = { 0 };
    add_results(arena, rule->root, (Place){ 0 }, &results);
    return results;
}
