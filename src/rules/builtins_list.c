/* Built-ins on lists. Where one item decides, what is unknown of the others does not matter. */
#include "rules/builtins_all.h"

/* ---- conditions ---- */

Value feel_not(Evaluation *run, const Value *arguments)
{
    (void)run;
    return value_boolean(!arguments[0].boolean);
}

static Value junction_of_items(Evaluation *run, Value list, bool decisive)
{
    Junction junction = { .decisive = decisive };
    for (size_t i = 0; i < value_count(list) && !junction.decided && evaluation_spend(run, 1); i++)
        junction_add(run->arena, &junction, value_item(list, i));
    return junction_value(&junction);
}

Value feel_all(Evaluation *run, const Value *arguments)
{
    return junction_of_items(run, arguments[0], false);
}

Value feel_any(Evaluation *run, const Value *arguments)
{
    return junction_of_items(run, arguments[0], true);
}

/* ---- looking ---- */

Value feel_count(Evaluation *run, const Value *arguments)
{
    return value_i64(run->arena, (int64_t)value_count(arguments[0]));
}

Value feel_list_contains(Evaluation *run, const Value *arguments)
{
    Junction any = { .decisive = true };
    for (size_t i = 0; i < value_count(arguments[0]) && !any.decided; i++) {
        Value item = value_item(arguments[0], i);
        if (evaluation_spend_values(run, item, arguments[1]))
            junction_add(run->arena, &any, values_equal(run->arena, item, arguments[1]));
    }
    any.other = false;
    return junction_value(&any);
}

/* The least or greatest item; null where two have no order. */
static Value extreme(Evaluation *run, Value list, int wanted)
{
    Value best = value_item(list, 0);
    int order;
    if (!value_has_order(best.kind))
        return value_null();
    for (size_t i = 1; i < value_count(list) && evaluation_spend(run, 1); i++) {
        Value item = value_item(list, i);
        if (!value_compare(item, best, &order))
            return value_null();
        if (order * wanted > 0)
            best = item;
    }
    return best;
}

Value feel_min(Evaluation *run, const Value *arguments)
{
    return extreme(run, arguments[0], -1);
}

Value feel_max(Evaluation *run, const Value *arguments)
{
    return extreme(run, arguments[0], 1);
}

/* ---- making ---- */

static void push_items(Evaluation *run, Values *items, Value list)
{
    for (size_t i = 0; i < value_count(list) && evaluation_spend(run, 1); i++)
        list_push(run->arena, items, value_item(list, i));
}

Value feel_append(Evaluation *run, const Value *arguments)
{
    Values items = { 0 };
    push_items(run, &items, arguments[0]);
    push_items(run, &items, arguments[1]);
    return value_of_items(run->arena, items);
}

/* A list that is not known leaves the length open; what is no list counts as a list of one. */
Value feel_concatenate(Evaluation *run, const Value *arguments)
{
    Values items = { 0 };
    const Strs *waiting = NULL;
    for (size_t i = 0; i < value_count(arguments[0]); i++) {
        Value list = value_item(arguments[0], i);
        waiting = waiting_add(run->arena, waiting, list);
        if (list.kind == VALUE_NULL)
            return value_null();
        if (list.kind == VALUE_LIST)
            push_items(run, &items, list);
        else
            list_push(run->arena, &items, list);
    }
    return waiting ? value_waiting(waiting) : value_of_items(run->arena, items);
}

static void flatten_into(Evaluation *run, Values *items, Value list)
{
    for (size_t i = 0; i < value_count(list) && evaluation_spend(run, 1); i++) {
        Value item = value_item(list, i);
        if (item.kind == VALUE_LIST)
            flatten_into(run, items, item);
        else
            list_push(run->arena, items, item);
    }
}

static const Strs *unknown_items(Evaluation *run, const Strs *waiting, Value list)
{
    for (size_t i = 0; i < value_count(list) && evaluation_spend(run, 1); i++) {
        Value item = value_item(list, i);
        waiting = item.kind == VALUE_LIST ? unknown_items(run, waiting, item) : waiting_add(run->arena, waiting, item);
    }
    return waiting;
}

/* An unknown item may be a list; an unknown member of a context does no harm. */
Value feel_flatten(Evaluation *run, const Value *arguments)
{
    Values items = { 0 };
    const Strs *waiting = unknown_items(run, NULL, arguments[0]);
    if (waiting)
        return value_waiting(waiting);
    flatten_into(run, &items, arguments[0]);
    return value_of_items(run->arena, items);
}

static Value each_once(Evaluation *run, Value list)
{
    Values kept = { 0 };
    for (size_t i = 0; i < value_count(list); i++) {
        Value item = value_item(list, i);
        bool seen = false;
        for (size_t j = 0; j < kept.count && !seen && evaluation_spend_values(run, kept.at[j], item); j++)
            seen = value_equal(kept.at[j], item);
        if (!seen)
            list_push(run->arena, &kept, item);
    }
    return value_of_items(run->arena, kept);
}

Value feel_distinct_values(Evaluation *run, const Value *arguments)
{
    return each_once(run, arguments[0]);
}

Value feel_union(Evaluation *run, const Value *arguments)
{
    Value all = feel_concatenate(run, arguments);
    return all.kind == VALUE_LIST ? each_once(run, all) : all;
}
