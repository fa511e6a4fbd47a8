/* The evaluator: names, branches and conditions; a walk over the tree with a budget.
 *
 * Past the budget everything is null at once, and the whole result is null. If an unknown was met before that, the
 * result is unknown instead: with the answer, the walk might have been a shorter one. */
#include "rules/explain.h"
#include "rules/types.h"

/* ---- the budget ---- */

/* The first limit is the one that is told. */
static void exhaust(Evaluation *run, LimitKind limit)
{
    run->exhausted = run->exhausted ? run->exhausted : limit;
}

bool evaluation_overspend(Evaluation *run)
{
    exhaust(run, arena_is_full(run->arena) ? LIMIT_MEMORY : LIMIT_STEPS);
    return false;
}

bool evaluation_spend_text(Evaluation *run, size_t bytes)
{
    return evaluation_spend(run, bytes / BYTES_A_STEP + 1);
}

bool evaluation_spend_values(Evaluation *run, Value a, Value b)
{
    uint32_t one = value_weight(a), other = value_weight(b);
    return evaluation_spend(run, one < other ? one : other);
}

/* ---- names ---- */

static Value scope_value(Evaluation *run, Str name)
{
    bool closed = false;
    for (const Scope *scope = run->scope; scope; scope = scope->outer) {
        const Value *value = map_get(&scope->values, name);
        if (value)
            return *value;
        closed = closed || scope->closed;
    }
    return closed ? value_null() : value_unknown(run->arena, name);
}

static Value outside_value(Evaluation *run, const Node *node)
{
    if (!node->name.builtin)
        return scope_value(run, node->name.text);
    struct Closure *closure = arena_new(run->arena, struct Closure);
    closure->builtin = node->name.builtin;
    return value_of_closure(run->arena, closure);
}

/* An item that is unknown might have a member of the name, so what is found further out is not sure. */
Value evaluate_name(Evaluation *run, const Node *node, const Frame *frame)
{
    Str name = node->name.text;
    const Strs *hidden = NULL;
    Value value = value_null();
    bool found = false;
    for (; frame && !found; frame = frame->outer) {
        const Value *member = frame->is_item ? value_member(frame->value, name) : NULL;
        found = member || str_equal(frame->name, name);
        if (found)
            value = member ? *member : frame->value;
        else if (frame->is_item)
            hidden = waiting_add(run->arena, hidden, frame->value);
    }
    if (hidden)
        return value_waiting(hidden);
    if (!found && node->name.member)
        return value_null();
    return found ? value : outside_value(run, node);
}

/* ---- simple nodes ---- */

static Value evaluate_list(Evaluation *run, const Node *node, const Frame *frame)
{
    Values items = { 0 };
    for (size_t i = 0; i < node->parts.count && evaluation_spend(run, 1); i++)
        list_push(run->arena, &items, evaluate(run, node->parts.at[i], frame));
    return value_of_items(run->arena, items);
}

static Value evaluate_context(Evaluation *run, const Node *node, const Frame *frame)
{
    size_t count = node->entries.count;
    Frame *frames = arena_array(run->arena, Frame, count);
    ContextEntry *entries = arena_array(run->arena, ContextEntry, count);
    for (size_t i = 0; i < count && evaluation_spend(run, 1); i++) {
        const KeyNode *entry = &node->entries.at[i];
        Value value = entry->node->kind == NODE_FUNCTION ? evaluate_function(run, entry->node, frame, entry->key)
                                                         : evaluate(run, entry->node, frame);
        entries[i] = (ContextEntry){ entry->key, value };
        frames[i] = (Frame){ .outer = frame, .name = entry->key, .value = value };
        frame = &frames[i];
    }
    return value_context(run->arena, entries, count);
}

static Value evaluate_row(Evaluation *run, const Node *node, const Frame *frame)
{
    size_t count = node->entries.count;
    ContextEntry *entries = arena_array(run->arena, ContextEntry, count);
    for (size_t i = 0; i < count && evaluation_spend(run, 1); i++)
        entries[i] = (ContextEntry){ node->entries.at[i].key, evaluate(run, node->entries.at[i].node, frame) };
    return value_context(run->arena, entries, count);
}

/* The two ends must be of one kind that has an order; either may be null, and then nothing is surely inside. */
static Value range_value(Evaluation *run, const Node *node, Value start, Value end)
{
    Range range = { start, end, node->range.start_in, node->range.end_in, !node->range.start, !node->range.end };
    const uint32_t open = KIND(VALUE_NULL) | KIND(VALUE_UNKNOWN);
    bool start_open = (KIND(start.kind) & open) != 0, end_open = (KIND(end.kind) & open) != 0;
    if ((!start_open && !value_has_order(start.kind)) || (!end_open && !value_has_order(end.kind)))
        return value_null();
    if (!start_open && !end_open && start.kind != end.kind)
        return value_null();
    if (value_is_unknown(start) || value_is_unknown(end))
        return value_waiting(waiting_add(run->arena, waiting_add(run->arena, NULL, start), end));
    return value_of_range(run->arena, range);
}

static Value evaluate_end(Evaluation *run, const Node *end, const Frame *frame)
{
    return end ? evaluate(run, end, frame) : value_null();
}

static Value evaluate_range(Evaluation *run, const Node *node, const Frame *frame)
{
    Value start = evaluate_end(run, node->range.start, frame);
    return range_value(run, node, start, evaluate_end(run, node->range.end, frame));
}

/* ---- conditions ---- */

static Value evaluate_junction(Evaluation *run, const Node *node, const Frame *frame)
{
    Junction junction = { .decisive = node->kind == NODE_OR };
    for (size_t i = 0; i < node->parts.count && !junction.decided && !run->exhausted; i++)
        junction_add(run->arena, &junction, evaluate(run, node->parts.at[i], frame));
    return junction_value(&junction);
}

static Value not_value(Value condition)
{
    return condition.kind == VALUE_BOOLEAN ? value_boolean(!condition.boolean) : condition;
}

static Value compare(Evaluation *run, Value left, Operator sign, Value right)
{
    if (!evaluation_spend_values(run, left, right))
        return value_null();
    switch (sign) {
    case OPERATOR_EQUAL:
        return values_equal(run->arena, left, right);
    case OPERATOR_UNEQUAL:
        return not_value(values_equal(run->arena, left, right));
    case OPERATOR_LESS:
        return values_ordered(run->arena, left, ORDER_LESS, right);
    case OPERATOR_AT_MOST:
        return values_ordered(run->arena, left, ORDER_AT_MOST, right);
    case OPERATOR_MORE:
        return values_ordered(run->arena, left, ORDER_MORE, right);
    case OPERATOR_AT_LEAST:
        return values_ordered(run->arena, left, ORDER_AT_LEAST, right);
    case OPERATOR_ADD:
    case OPERATOR_SUBTRACT:
    case OPERATOR_MULTIPLY:
    case OPERATOR_DIVIDE:
    case OPERATOR_POWER:
        break;
    }
    must(false); /* the parser makes no comparison of a sign of arithmetic */
    return value_null();
}

static Value evaluate_comparison(Evaluation *run, const Node *node, const Frame *frame)
{
    Value left = evaluate(run, node->comparison.left, frame);
    return compare(run, left, node->comparison.sign, evaluate(run, node->comparison.right, frame));
}

static Value evaluate_between(Evaluation *run, const Node *node, const Frame *frame)
{
    Range range = { .start_in = true, .end_in = true };
    Value value = evaluate(run, node->between.value, frame);
    range.start = evaluate(run, node->between.low, frame);
    range.end = evaluate(run, node->between.high, frame);
    return value_in_range(run->arena, value, &range);
}

bool value_is_condition(Value value)
{
    return value.kind == VALUE_BOOLEAN || value.kind == VALUE_NULL || value.kind == VALUE_UNKNOWN;
}

/* Without the condition both branches are tried: where they give the very same, the condition does not matter. */
static Value evaluate_if(Evaluation *run, const Node *node, const Frame *frame)
{
    Value condition = evaluate(run, node->branch.condition, frame);
    if (node->branch.strict && !value_is_condition(condition))
        return value_null();
    if (!value_is_unknown(condition))
        return evaluate(run, value_is_true(condition) ? node->branch.then : node->branch.otherwise, frame);
    Value then = evaluate(run, node->branch.then, frame);
    Value otherwise = evaluate(run, node->branch.otherwise, frame);
    if (!evaluation_spend(run, value_weight(then)) || !evaluation_spend(run, value_weight(otherwise)))
        return value_null();
    if (values_same(then, otherwise) && (!node->branch.strict || then.kind == VALUE_NULL))
        return then;
    const Strs *waiting = waiting_inside(run->arena, condition.waiting, then);
    return value_waiting(waiting_inside(run->arena, waiting, otherwise));
}

/* One value against one thing: within it if it is a list or a range, else equal to it. */
static Value within(Evaluation *run, Value value, Value whole)
{
    Junction any = { .decisive = true };
    if (!evaluation_spend_values(run, value, whole))
        return value_null();
    if (whole.kind == VALUE_RANGE)
        return value_in_range(run->arena, value, whole.box->range);
    if (whole.kind != VALUE_LIST)
        return values_equal(run->arena, value, whole);
    junction_add(run->arena, &any, values_equal(run->arena, value, whole));
    for (size_t i = 0; i < value_count(whole) && !any.decided; i++) {
        Value item = value_item(whole, i);
        if (!evaluation_spend_values(run, value, item))
            return value_null();
        junction_add(run->arena, &any,
                     item.kind == VALUE_RANGE ? value_in_range(run->arena, value, item.box->range)
                                              : values_equal(run->arena, value, item));
    }
    /* In a list, what cannot be compared is only not equal. */
    any.other = false;
    return junction_value(&any);
}

/* A range written here may have an end that is not known yet, and still exclude by the other one. */
static Value within_written_range(Evaluation *run, Value value, const Node *node, const Frame *frame)
{
    Value start = evaluate_end(run, node->range.start, frame), end = evaluate_end(run, node->range.end, frame);
    Value above = values_ordered(run->arena, value, node->range.start_in ? ORDER_AT_LEAST : ORDER_MORE, start);
    Value below = values_ordered(run->arena, value, node->range.end_in ? ORDER_AT_MOST : ORDER_LESS, end);
    if ((above.kind == VALUE_BOOLEAN && !above.boolean) || (below.kind == VALUE_BOOLEAN && !below.boolean))
        return value_boolean(false);
    Value range = range_value(run, node, start, end);
    if (!value_is_unknown(range))
        return within(run, value, range);
    return value_waiting(waiting_add(run->arena, range.waiting, value));
}

static Value evaluate_test(Evaluation *run, Value value, const Test *test, const Frame *frame)
{
    if (!test->compares && !test->is_condition && test->node->kind == NODE_RANGE)
        return within_written_range(run, value, test->node, frame);
    Value tested = evaluate(run, test->node, frame);
    if (test->compares)
        return compare(run, value, test->sign, tested);
    if (test->is_condition)
        return tested;
    /* It could still be a list or a range that the value is in, or the value itself. */
    if (value_is_unknown(tested))
        return value_waiting(waiting_add(run->arena, tested.waiting, value));
    return within(run, value, tested);
}

static Value any_test(Evaluation *run, const Tests *tests, Value value, const Frame *frame)
{
    Frame asked = { .outer = frame, .name = S("?"), .value = value };
    Junction any = { .decisive = true };
    if (tests->list.count == 1)
        return evaluate_test(run, value, &tests->list.at[0], &asked);
    for (size_t i = 0; i < tests->list.count && !any.decided && !run->exhausted; i++)
        junction_add(run->arena, &any, evaluate_test(run, value, &tests->list.at[i], &asked));
    any.other = false;
    return junction_value(&any);
}

Value evaluate_in(Evaluation *run, const Node *node, const Frame *frame)
{
    return any_test(run, &node->in.tests, evaluate(run, node->in.value, frame), frame);
}

Value tests_hold(Evaluation *run, const Tests *tests, Value value, const Frame *frame)
{
    if (tests->list.count == 0)
        return value_boolean(true);
    Value holds = any_test(run, tests, value, frame);
    if (value_is_unknown(holds))
        return holds;
    return value_boolean(value_is_true(holds) != tests->negated);
}

static Value evaluate_coerced(Evaluation *run, const Node *node, const Frame *frame)
{
    Value value = evaluate(run, node->coerce.value, frame);
    return type_fit(run, node->coerce.type, node->coerce.promised, &value) ? value : value_null();
}

/* ---- the walk ---- */

Value evaluate_node(Evaluation *run, const Node *node, const Frame *frame)
{
    switch (node->kind) {
    case NODE_LITERAL:
        return node->literal;
    case NODE_NAME:
        return evaluate_name(run, node, frame);
    case NODE_LIST:
        return evaluate_list(run, node, frame);
    case NODE_CONTEXT:
        return evaluate_context(run, node, frame);
    case NODE_RANGE:
        return evaluate_range(run, node, frame);
    case NODE_NEGATIVE:
        return evaluate_negative(run, node, frame);
    case NODE_ARITHMETIC:
        return evaluate_arithmetic(run, node, frame);
    case NODE_COMPARISON:
        return evaluate_comparison(run, node, frame);
    case NODE_AND:
    case NODE_OR:
        return evaluate_junction(run, node, frame);
    case NODE_BETWEEN:
        return evaluate_between(run, node, frame);
    case NODE_IN:
        return evaluate_in(run, node, frame);
    case NODE_IF:
        return evaluate_if(run, node, frame);
    case NODE_FOR:
    case NODE_SOME:
    case NODE_EVERY:
        return evaluate_loop(run, node, frame);
    case NODE_FILTER:
        return evaluate_filter(run, node, frame);
    case NODE_PATH:
        return evaluate_path(run, node, frame);
    case NODE_BUILTIN:
        return evaluate_builtin(run, node, frame);
    case NODE_CALL:
        return evaluate_call(run, node, frame);
    case NODE_FUNCTION:
        return evaluate_function(run, node, frame, STR_NONE);
    case NODE_INSTANCE:
        return type_is(run, node->instance.type, evaluate(run, node->instance.value, frame));
    case NODE_COERCE:
        return evaluate_coerced(run, node, frame);
    case NODE_ROW:
        return evaluate_row(run, node, frame);
    case NODE_TABLE:
        return evaluate_table(run, node, frame);
    case NODE_SERVICE:
        return evaluate_service(run, node, frame);
    case NODE_WITH:
        return evaluate_with(run, node, frame);
    case NODE_DECISION:
        return evaluate_decision(run, node, frame);
    }
    return value_null();
}

static bool repeats(NodeKind kind)
{
    return kind == NODE_FOR || kind == NODE_SOME || kind == NODE_EVERY || kind == NODE_FILTER || kind == NODE_CALL ||
           kind == NODE_BUILTIN;
}

/* A limit was met within this expression, the innermost first. Steps and memory run out anywhere: what takes many is
 * what repeats something. */
static Value stopped(Evaluation *run, const Node *node)
{
    bool by_repeating = run->exhausted == LIMIT_STEPS || run->exhausted == LIMIT_MEMORY;
    bool closer = by_repeating && !run->stopped_in_loop && repeats(node->kind);
    if (node->text.len && (run->stopped_at.len == 0 || closer)) {
        run->stopped_at = node->text;
        run->stopped_in_loop = repeats(node->kind);
    }
    return value_null();
}

Value evaluate_counted(Evaluation *run, const Node *node, const Frame *frame)
{
    if (!evaluation_spend(run, 1))
        return stopped(run, node);
    /* These take more of the stack than other expressions. */
    bool large = node->kind == NODE_TABLE || node->kind == NODE_SERVICE || node->kind == NODE_DECISION;
    int levels = large ? EVALUATION_LEVELS_MANY : 1;
    if (run->depth > EVALUATION_DEPTH_MAX - levels) {
        exhaust(run, LIMIT_DEPTH);
        return stopped(run, node);
    }
    run->depth += levels;
    Value value = run->trace ? trace_node(run, node, frame) : evaluate_node(run, node, frame);
    run->depth -= levels;
    if (value.kind == VALUE_UNKNOWN)
        run->met = waiting_union(run->arena, run->met, value.waiting);
    else if (value_limit(value))
        exhaust(run, value.limit);
    if (run->exhausted)
        value = stopped(run, node);
    return value;
}

void scope_set(Arena *arena, Scope *scope, Str name, Value value)
{
    Value *kept = arena_new(arena, Value);
    *kept = value;
    map_put(arena, &scope->values, str_copy(arena, name), kept);
}

Evaluation evaluation_begin(Arena *arena, const Scope *scope)
{
    Evaluation run = { .arena = arena, .scope = scope };
    for (const Scope *outer = scope; outer; outer = outer->outer) {
        run.now = outer->now;
        run.offset_minutes = outer->offset_minutes;
    }
    return run;
}

Value evaluation_end(const Evaluation *run, Value value)
{
    must(run->depth == 0 && run->steps <= EVALUATION_STEPS_MAX);
    if (!run->exhausted)
        return value;
    return run->met ? value_waiting(run->met) : value_null();
}

Value rule_evaluate(Arena *arena, const Rule *rule, const Scope *scope)
{
    Evaluation run = evaluation_begin(arena, scope);
    Value value = evaluate(&run, rule->root, NULL);
    limit_note(&run, scope, rule->text, rule->place);
    return evaluation_end(&run, value);
}
