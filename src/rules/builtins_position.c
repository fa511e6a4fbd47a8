/* Built-ins on the places of a list. Positions count from 1, or from the end when negative; a fraction is cut off. What
 * no item lies at gives null. Items may be unknown: only where they are is looked at. */
#include "rules/builtins_all.h"

/* The index from 0 of the item at a position; false where there is none. */
static bool index_of_position(Value list, Value position, size_t *index)
{
    Number whole;
    int64_t at, count = (int64_t)value_count(list);
    if (!number_round(position.box->number, 0, ROUND_TO_ZERO, &whole) || !number_to_i64(whole, &at))
        return false;
    if (at == 0 || at > count || at < -count)
        return false;
    *index = (size_t)(at > 0 ? at - 1 : count + at);
    return true;
}

static void push_items(Evaluation *run, Values *items, Value list, size_t from, size_t to)
{
    for (size_t i = from; i < to && evaluation_spend(run, 1); i++)
        list_push(run->arena, items, value_item(list, i));
}

static Value items_of(Evaluation *run, Value list, size_t from, size_t to)
{
    Values items = { 0 };
    push_items(run, &items, list, from, to);
    return value_of_items(run->arena, items);
}

Value feel_sublist(Evaluation *run, const Value *arguments)
{
    size_t from;
    if (!index_of_position(arguments[0], arguments[1], &from))
        return value_null();
    return items_of(run, arguments[0], from, value_count(arguments[0]));
}

Value feel_sublist_length(Evaluation *run, const Value *arguments)
{
    size_t from;
    int64_t length;
    Number whole;
    if (!index_of_position(arguments[0], arguments[1], &from) ||
        !number_round(arguments[2].box->number, 0, ROUND_TO_ZERO, &whole) || !number_to_i64(whole, &length))
        return value_null();
    if (length < 0 || length > (int64_t)(value_count(arguments[0]) - from))
        return value_null();
    return items_of(run, arguments[0], from, from + (size_t)length);
}

/* The list with `item` before what was at `index`, and without the first `left_out` of that. */
static Value changed_at(Evaluation *run, Value list, size_t index, const Value *item, size_t left_out)
{
    Values items = { 0 };
    push_items(run, &items, list, 0, index);
    if (item)
        list_push(run->arena, &items, *item);
    push_items(run, &items, list, index + left_out, value_count(list));
    return value_of_items(run->arena, items);
}

Value feel_insert_before(Evaluation *run, const Value *arguments)
{
    size_t index;
    if (!index_of_position(arguments[0], arguments[1], &index))
        return value_null();
    return changed_at(run, arguments[0], index, &arguments[2], 0);
}

Value feel_remove(Evaluation *run, const Value *arguments)
{
    size_t index;
    if (!index_of_position(arguments[0], arguments[1], &index))
        return value_null();
    return changed_at(run, arguments[0], index, NULL, 1);
}

Value feel_list_replace(Evaluation *run, const Value *arguments)
{
    size_t index;
    if (!index_of_position(arguments[0], arguments[1], &index))
        return value_null();
    return changed_at(run, arguments[0], index, &arguments[2], 1);
}

/* A match that is neither true nor false makes the whole null, whatever the others are. */
Value feel_list_replace_match(Evaluation *run, const Value *arguments)
{
    Values items = { 0 };
    const Strs *waiting = NULL;
    if (!function_takes(arguments[1], 2))
        return value_null();
    for (size_t i = 0; i < value_count(arguments[0]) && evaluation_spend(run, 1); i++) {
        const Value pair[] = { value_item(arguments[0], i), arguments[2] };
        Value match = function_call(run, arguments[1], pair, COUNT_OF(pair));
        if (match.kind != VALUE_BOOLEAN && !value_is_unknown(match))
            return value_null();
        waiting = waiting_add(run->arena, waiting, match);
        list_push(run->arena, &items, pair[value_is_true(match)]);
    }
    return waiting ? value_waiting(waiting) : value_of_items(run->arena, items);
}

Value feel_reverse(Evaluation *run, const Value *arguments)
{
    Values items = { 0 };
    for (size_t i = value_count(arguments[0]); i > 0 && evaluation_spend(run, 1); i--)
        list_push(run->arena, &items, value_item(arguments[0], i - 1));
    return value_of_items(run->arena, items);
}

Value feel_index_of(Evaluation *run, const Value *arguments)
{
    Values positions = { 0 };
    const Strs *waiting = NULL;
    for (size_t i = 0; i < value_count(arguments[0]); i++) {
        Value item = value_item(arguments[0], i);
        if (!evaluation_spend_values(run, item, arguments[1]))
            return value_null();
        Value equal = values_equal(run->arena, item, arguments[1]);
        waiting = waiting_add(run->arena, waiting, equal);
        if (value_is_true(equal))
            list_push(run->arena, &positions, value_i64(run->arena, (int64_t)i + 1));
    }
    return waiting ? value_waiting(waiting) : value_of_items(run->arena, positions);
}
