/* The cases of a fact. Where the values are listed, they are the cases. Else the fact must only be compared with
 * constants: these cut the line of numbers, dates or texts into points and gaps, and one value of each stands for it.
 *
 * Tried and left: solving what is calculated (a + b > 50). It is rare in rules of law, and trying all answers of the
 * one fact needs no algebra. */
#include "rules/domain.h"
#include "rules/table.h"
#include "rules/temporal.h"

typedef struct Search {
    Arena *arena;
    Str fact;
    Values constants; /* that it is compared with */
    bool open;        /* it is used in another way too */
    bool ordered;     /* it is compared by order, not only by equality */
} Search;

/* ---- where the fact is used ---- */

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
    search->ordered = search->ordered || ordered;
    if (node->kind == NODE_LITERAL)
        list_push(search->arena, &search->constants, node->literal);
    else
        search->open = true;
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
        search->open = true;
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
        search->open = true;
    } else if (node->kind == NODE_NAME && str_starts(search->fact, fact) && fact.len &&
               search->fact.data[fact.len] == '.') {
        search->open = true; /* the whole is used, and so is its member */
    } else if (node->kind == NODE_PATH) {
        if (fact.len == 0)
            look(search, node->path.base);
        else if (str_starts(fact, search->fact) && fact.data[search->fact.len] == '.')
            search->open = true;
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
        look(search, node->branch.condition);
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
        search->open = true;                       /* its decisions are elsewhere */
        return;
    }
}

bool node_uses(Arena *arena, const Node *node, Str fact)
{
    Search search = { .arena = arena, .fact = fact };
    look(&search, node);
    return search.open || search.constants.count > 0;
}

/* ---- cases ---- */

static Str test_text(Arena *arena, const char *before, Value value)
{
    Text text = text_begin(arena, SIZE_MAX);
    text_printf(&text, "%s", before);
    text_value(&text, value);
    return text_str(&text);
}

static void add_case(Arena *arena, Cases *cases, Value value, Str test)
{
    for (size_t i = 0; i < cases->count; i++)
        if (values_same(cases->at[i].value, value))
            return;
    list_push(arena, cases, (Case){ value, test });
}

static void add_point(Arena *arena, Cases *cases, Value value)
{
    add_case(arena, cases, value, test_text(arena, "", value));
}

/* Constants of one kind, in order, each once. False where they are of several kinds, or have no order. */
static bool sort_constants(Values *constants)
{
    size_t kept = 0;
    for (size_t i = 0; i < constants->count; i++) {
        Value value = constants->at[i];
        size_t at = kept;
        int order = 1;
        for (; at > 0; at--) {
            if (!value_compare(value, constants->at[at - 1], &order))
                return false;
            if (order >= 0)
                break;
        }
        if (at > 0 && order == 0)
            continue;
        memmove(&constants->at[at + 1], &constants->at[at], (kept - at) * sizeof value);
        constants->at[at] = value;
        kept++;
    }
    constants->count = kept;
    return kept > 0 && value_has_order(constants->at[0].kind);
}

static Value half_way(Arena *arena, Value a, Value b)
{
    Number sum, half;
    if (!number_add(a.box->number, b.box->number, &sum) || !number_divide(sum, number_of(2), &half))
        return value_null();
    return value_of_number(arena, half);
}

static Value stepped(Arena *arena, Value value, int by)
{
    Number sum;
    if (value.kind == VALUE_DATE)
        return value_of_day((int64_t)value.date.day + by);
    return number_add(value.box->number, number_of(by), &sum) ? value_of_number(arena, sum) : value_null();
}

static Value floored(Arena *arena, Value value)
{
    Number whole;
    return number_round(value.box->number, 0, ROUND_DOWN, &whole) ? value_of_number(arena, whole) : value_null();
}

/* A value between two constants, or null where there is none: whole numbers and days have gaps of nothing. */
static Value between(Arena *arena, Value a, Value b, bool whole)
{
    int order;
    if (a.kind == VALUE_NUMBER && !whole)
        return half_way(arena, a, b);
    Value next = a.kind == VALUE_NUMBER ? stepped(arena, floored(arena, a), 1) : stepped(arena, a, 1);
    return value_compare(next, b, &order) && order < 0 ? next : value_null();
}

static bool is_allowed(Value value, const Domain *domain)
{
    int order;
    if (value.kind == VALUE_NULL)
        return false;
    Number whole;
    if (domain->whole &&
        (!number_round(value.box->number, 0, ROUND_DOWN, &whole) || number_compare(whole, value.box->number) != 0))
        return false;
    if (value_compare(value, domain->least, &order) && order < 0)
        return false;
    return !value_compare(value, domain->most, &order) || order <= 0;
}

static void add_gap(Arena *arena, Cases *cases, Value value, Str test, const Domain *domain)
{
    if (is_allowed(value, domain))
        add_case(arena, cases, value, test);
}

/* The ends of the domain are constants too: so every gap inside them is told by its two ends. */
static bool cut_line(Arena *arena, Values *constants, const Domain *domain, Cases *cases)
{
    if (domain->least.kind != VALUE_NULL)
        list_push(arena, constants, domain->least);
    if (domain->most.kind != VALUE_NULL)
        list_push(arena, constants, domain->most);
    if (!sort_constants(constants) || constants->count > CASES_MAX / 2)
        return false;
    ValueKind kind = constants->at[0].kind;
    bool whole = domain->whole;
    if (kind != domain->kind || (kind != VALUE_NUMBER && kind != VALUE_DATE))
        return false;
    Value first = constants->at[0], last = constants->at[constants->count - 1];
    add_gap(arena, cases, stepped(arena, whole ? floored(arena, first) : first, -1), test_text(arena, "< ", first),
            domain);
    for (size_t i = 0; i < constants->count; i++) {
        Value here = constants->at[i];
        if (is_allowed(here, domain))
            add_point(arena, cases, here);
        if (i + 1 == constants->count)
            break;
        Value next = constants->at[i + 1];
        Text test = text_begin(arena, SIZE_MAX);
        text_char(&test, '(');
        text_value(&test, here);
        text_put(&test, S(".."));
        text_value(&test, next);
        text_char(&test, ')');
        add_gap(arena, cases, between(arena, here, next, whole), text_str(&test), domain);
    }
    add_gap(arena, cases, stepped(arena, whole ? floored(arena, last) : last, 1), test_text(arena, "> ", last), domain);
    return true;
}

/* Texts that are only compared for equality: each of them, and one that is none of them. */
static bool tell_texts(Arena *arena, const Values *constants, Cases *cases)
{
    Text other = text_begin(arena, SIZE_MAX), test = text_begin(arena, SIZE_MAX);
    text_put(&other, S("…"));
    text_put(&test, S("not("));
    for (size_t i = 0; i < constants->count; i++) {
        if (constants->at[i].kind != VALUE_STRING)
            return false;
        add_point(arena, cases, constants->at[i]);
        text_put(&other, constants->at[i].string);
        text_put(&test, i ? S(", ") : S(""));
        text_value(&test, constants->at[i]);
    }
    text_char(&test, ')');
    add_case(arena, cases, value_string(text_str(&other)), text_str(&test));
    return true;
}

static bool tell_cases(Search *search, const Domain *domain, Cases *cases)
{
    Values constants = { 0 };
    for (size_t i = 0; i < search->constants.count; i++)
        if (search->constants.at[i].kind != VALUE_NULL)
            list_push(search->arena, &constants, search->constants.at[i]);
    if (domain->kind == VALUE_STRING)
        return !search->ordered && tell_texts(search->arena, &constants, cases);
    return cut_line(search->arena, &constants, domain, cases);
}

bool cases_of(Arena *arena, const Roots *roots, Str fact, const Domain *domain, Cases *cases)
{
    Search search = { .arena = arena, .fact = fact };
    *cases = (Cases){ 0 };
    if (!domain)
        return false;
    if (domain->optional)
        add_point(arena, cases, value_null());
    if (domain->values.count) {
        for (size_t i = 0; i < domain->values.count; i++)
            add_point(arena, cases, domain->values.at[i]);
        return cases->count <= CASES_MAX;
    }
    for (size_t i = 0; i < roots->count; i++)
        look(&search, roots->at[i]);
    return !search.open && tell_cases(&search, domain, cases) && cases->count <= CASES_MAX;
}
