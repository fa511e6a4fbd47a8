/* Built-ins on lists of numbers, and sorting. All items are known here; one that is no number makes the result null. */
#include "rules/builtins_all.h"

static bool sum_of(Evaluation *run, Value list, Number *sum)
{
    *sum = number_of(0);
    for (size_t i = 0; i < value_count(list) && evaluation_spend(run, 1); i++) {
        Value item = value_item(list, i);
        if (item.kind != VALUE_NUMBER || !number_add(*sum, item.box->number, sum))
            return false;
    }
    return value_count(list) > 0;
}

Value feel_sum(Evaluation *run, const Value *arguments)
{
    Number sum;
    return sum_of(run, arguments[0], &sum) ? value_of_number(run->arena, sum) : value_null();
}

Value feel_mean(Evaluation *run, const Value *arguments)
{
    Number sum, mean;
    if (!sum_of(run, arguments[0], &sum) || !number_divide(sum, number_of((int64_t)value_count(arguments[0])), &mean))
        return value_null();
    return value_of_number(run->arena, mean);
}

Value feel_product(Evaluation *run, const Value *arguments)
{
    Number product = number_of(1);
    for (size_t i = 0; i < value_count(arguments[0]) && evaluation_spend(run, 1); i++) {
        Value item = value_item(arguments[0], i);
        if (item.kind != VALUE_NUMBER || !number_multiply(product, item.box->number, &product))
            return value_null();
    }
    return value_count(arguments[0]) ? value_of_number(run->arena, product) : value_null();
}

/* Of a sample: the squares are divided by one less than their number. */
Value feel_stddev(Evaluation *run, const Value *arguments)
{
    Number sum, mean, squares = number_of(0), part;
    const int64_t count = (int64_t)value_count(arguments[0]);
    if (count < 2 || !sum_of(run, arguments[0], &sum) || !number_divide(sum, number_of(count), &mean))
        return value_null();
    for (int64_t i = 0; i < count && evaluation_spend(run, 1); i++) {
        if (!number_subtract(value_item(arguments[0], (size_t)i).box->number, mean, &part) ||
            !number_multiply(part, part, &part) || !number_add(squares, part, &squares))
            return value_null();
    }
    if (!number_divide(squares, number_of(count - 1), &part) || !number_root(part, &part))
        return value_null();
    return value_of_number(run->arena, part);
}

/* ---- in order ---- */

/* Whether b goes before a; anything else than true and false ends the sorting, and is its result. */
typedef Value Swaps(Evaluation *run, const Value *with, Value a, Value b);

/* Merges two sorted rows. What is equal keeps its order. */
static bool merge(Evaluation *run, Swaps *swaps, const Value *with, const Value *from, size_t left, size_t middle,
                  size_t right, Value *to, Value *why)
{
    size_t i = left, j = middle;
    for (size_t k = left; k < right; k++) {
        bool second = i == middle;
        if (i < middle && j < right) {
            *why = evaluation_spend(run, 1) ? swaps(run, with, from[i], from[j]) : value_null();
            if (why->kind != VALUE_BOOLEAN)
                return false;
            second = why->boolean;
        }
        to[k] = from[second ? j++ : i++];
    }
    return true;
}

/* From the bottom up, so that a list of any length takes no more stack than a short one. */
static bool sort(Evaluation *run, Swaps *swaps, const Value *with, Values *items, Value *why)
{
    const size_t count = items->count;
    Value *from = items->at, *to = arena_array(run->arena, Value, count);
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t left = 0; left < count; left += 2 * width) {
            size_t middle = left + width < count ? left + width : count;
            size_t right = left + 2 * width < count ? left + 2 * width : count;
            if (!merge(run, swaps, with, from, left, middle, right, to, why))
                return false;
        }
        Value *sorted = to;
        to = from;
        from = sorted;
    }
    items->at = from;
    return true;
}

static bool copy_items(Evaluation *run, Value list, Values *items)
{
    for (size_t i = 0; i < value_count(list) && evaluation_spend(run, 1); i++)
        list_push(run->arena, items, value_item(list, i));
    return !run->exhausted;
}

static Value precedes(Evaluation *run, const Value *with, Value a, Value b)
{
    const Value pair[] = { b, a };
    return function_call(run, *with, pair, COUNT_OF(pair));
}

Value feel_sort(Evaluation *run, const Value *arguments)
{
    Values items = { 0 };
    Value why = value_null();
    if (!function_takes(arguments[1], 2) || !copy_items(run, arguments[0], &items))
        return value_null();
    if (!sort(run, precedes, &arguments[1], &items, &why))
        return value_is_unknown(why) ? why : value_null();
    return value_of_items(run->arena, items);
}

static Value is_less(Evaluation *run, const Value *with, Value a, Value b)
{
    (void)run;
    (void)with;
    return value_boolean(number_compare(b.box->number, a.box->number) < 0);
}

/* The numbers of a list in order; false where one is none. */
static bool numbers_in_order(Evaluation *run, Value list, Values *items)
{
    Value why;
    if (!copy_items(run, list, items))
        return false;
    for (size_t i = 0; i < items->count; i++)
        if (items->at[i].kind != VALUE_NUMBER)
            return false;
    return sort(run, is_less, NULL, items, &why);
}

Value feel_median(Evaluation *run, const Value *arguments)
{
    Values items = { 0 };
    Number sum, mean;
    if (!numbers_in_order(run, arguments[0], &items) || items.count == 0)
        return value_null();
    Value upper = items.at[items.count / 2];
    if (items.count % 2)
        return upper;
    if (!number_add(items.at[items.count / 2 - 1].box->number, upper.box->number, &sum) ||
        !number_divide(sum, number_of(2), &mean))
        return value_null();
    return value_of_number(run->arena, mean);
}

Value feel_mode(Evaluation *run, const Value *arguments)
{
    Values items = { 0 }, modes = { 0 };
    size_t most = 0;
    if (!numbers_in_order(run, arguments[0], &items))
        return value_null();
    for (size_t from = 0, to; from < items.count; from = to) {
        to = from + 1;
        while (to < items.count && value_equal(items.at[from], items.at[to]))
            to++;
        if (to - from > most) {
            most = to - from;
            modes.count = 0;
        }
        if (to - from == most)
            list_push(run->arena, &modes, items.at[from]);
    }
    return value_of_items(run->arena, modes);
}
