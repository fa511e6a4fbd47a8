/* Equality, order and rows of conditions, in three values and more: true, false, null where the question has no
 * meaning, unknown where it cannot be said yet.
 *
 * Kinds that differ give null at the top of a comparison, but plain false between items of lists and members of
 * contexts: there, one difference decides, and it must decide whatever stays unknown beside it. */
#include "rules/value.h"

/* ---- rows of conditions ---- */

void junction_add(Arena *arena, Junction *junction, Value condition)
{
    if (condition.kind == VALUE_BOOLEAN)
        junction->decided = junction->decided || condition.boolean == junction->decisive;
    else if (value_is_unknown(condition))
        junction->waiting = waiting_union(arena, junction->waiting, condition.waiting);
    else
        junction->other = true;
}

Value junction_value(const Junction *junction)
{
    if (junction->decided)
        return value_boolean(junction->decisive);
    if (junction->waiting)
        return value_waiting(junction->waiting);
    return junction->other ? value_null() : value_boolean(!junction->decisive);
}

/* ---- order ---- */

bool value_has_order(ValueKind kind)
{
    switch (kind) {
    case VALUE_NUMBER:
    case VALUE_STRING:
    case VALUE_DATE:
    case VALUE_TIME:
    case VALUE_DATE_TIME:
    case VALUE_DAYS_DURATION:
    case VALUE_MONTHS_DURATION:
        return true;
    case VALUE_NULL:
    case VALUE_UNKNOWN:
    case VALUE_BOOLEAN:
    case VALUE_LIST:
    case VALUE_CONTEXT:
    case VALUE_RANGE:
    case VALUE_FUNCTION:
        return false;
    }
    return false;
}

bool value_compare(Value a, Value b, int *order)
{
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case VALUE_NUMBER:
        *order = number_compare(a.box->number, b.box->number);
        return true;
    case VALUE_STRING:
        *order = str_compare(a.string, b.string);
        return true;
    case VALUE_DATE:
        *order = (a.day > b.day) - (a.day < b.day);
        return true;
    case VALUE_TIME:
    case VALUE_DATE_TIME:
        return moment_compare(*a.box->moment, *b.box->moment, order);
    case VALUE_DAYS_DURATION:
        *order = number_compare(a.box->seconds, b.box->seconds);
        return true;
    case VALUE_MONTHS_DURATION:
        *order = (a.box->months > b.box->months) - (a.box->months < b.box->months);
        return true;
    case VALUE_NULL:
    case VALUE_UNKNOWN:
    case VALUE_BOOLEAN:
    case VALUE_LIST:
    case VALUE_CONTEXT:
    case VALUE_RANGE:
    case VALUE_FUNCTION:
        return false;
    }
    return false;
}

Value values_ordered(Arena *arena, Value a, Order asked, Value b)
{
    int order = 0;
    bool a_unknown = value_is_unknown(a), b_unknown = value_is_unknown(b);
    /* What has no order gives null, whatever the other one turns out to be. */
    if ((!a_unknown && !value_has_order(a.kind)) || (!b_unknown && !value_has_order(b.kind)))
        return value_null();
    if (a_unknown || b_unknown)
        return value_waiting(waiting_add(arena, waiting_add(arena, NULL, a), b));
    if (!value_compare(a, b, &order))
        return value_null();
    switch (asked) {
    case ORDER_LESS:
        return value_boolean(order < 0);
    case ORDER_AT_MOST:
        return value_boolean(order <= 0);
    case ORDER_MORE:
        return value_boolean(order > 0);
    case ORDER_AT_LEAST:
        return value_boolean(order >= 0);
    }
    return value_null();
}

Value value_in_range(Arena *arena, Value value, const Range *range)
{
    Junction both = { .decisive = false };
    if (!range->no_start)
        junction_add(arena, &both,
                     values_ordered(arena, value, range->start_in ? ORDER_AT_LEAST : ORDER_MORE, range->start));
    if (!range->no_end)
        junction_add(arena, &both,
                     values_ordered(arena, value, range->end_in ? ORDER_AT_MOST : ORDER_LESS, range->end));
    return junction_value(&both);
}

/* ---- equality ---- */

/* As values_equal, but without null: what differs in kind is different. */
static Value members_equal(Arena *arena, Value a, Value b)
{
    Value equal = values_equal(arena, a, b);
    return equal.kind == VALUE_NULL ? value_boolean(false) : equal;
}

static Value lists_equal(Arena *arena, Value a, Value b)
{
    Junction all = { .decisive = false };
    if (value_count(a) != value_count(b))
        return value_boolean(false);
    for (size_t i = 0; i < value_count(a) && !all.decided; i++)
        junction_add(arena, &all, members_equal(arena, value_item(a, i), value_item(b, i)));
    return junction_value(&all);
}

static Value contexts_equal(Arena *arena, Value a, Value b)
{
    Junction all = { .decisive = false };
    if (a.box->entries->count != b.box->entries->count)
        return value_boolean(false);
    for (size_t i = 0; i < a.box->entries->count && !all.decided; i++) {
        const ContextEntry *entry = &a.box->entries->at[i];
        junction_add(arena, &all,
                     value_has(b, entry->key) ? members_equal(arena, entry->value, value_get(b, entry->key))
                                              : value_boolean(false));
    }
    return junction_value(&all);
}

static bool edges_same(const Range *a, const Range *b)
{
    return a->start_in == b->start_in && a->end_in == b->end_in && a->no_start == b->no_start && a->no_end == b->no_end;
}

static Value ranges_equal(Arena *arena, const Range *a, const Range *b)
{
    Junction all = { .decisive = false };
    junction_add(arena, &all, value_boolean(edges_same(a, b)));
    junction_add(arena, &all, members_equal(arena, a->start, b->start));
    junction_add(arena, &all, members_equal(arena, a->end, b->end));
    return junction_value(&all);
}

Value values_equal(Arena *arena, Value a, Value b)
{
    int order = 0;
    if (value_is_unknown(a) || value_is_unknown(b))
        return value_waiting(waiting_add(arena, waiting_add(arena, NULL, a), b));
    if (a.kind == VALUE_NULL || b.kind == VALUE_NULL)
        return value_boolean(a.kind == b.kind);
    if (a.kind != b.kind)
        return value_null();
    switch (a.kind) {
    case VALUE_BOOLEAN:
        return value_boolean(a.boolean == b.boolean);
    case VALUE_NUMBER:
    case VALUE_STRING:
    case VALUE_DATE:
    case VALUE_TIME:
    case VALUE_DATE_TIME:
    case VALUE_DAYS_DURATION:
    case VALUE_MONTHS_DURATION:
        /* Of two clocks that cannot be read side by side, one says more than the other: they differ. */
        return value_boolean(value_compare(a, b, &order) && order == 0);
    case VALUE_LIST:
        return lists_equal(arena, a, b);
    case VALUE_CONTEXT:
        return contexts_equal(arena, a, b);
    case VALUE_RANGE:
        return ranges_equal(arena, a.box->range, b.box->range);
    case VALUE_NULL:
    case VALUE_UNKNOWN:
    case VALUE_FUNCTION:
        return value_null();
    }
    return value_null();
}

bool value_equal(Value a, Value b)
{
    /* Between known values nobody waits, so nothing is allocated. */
    return value_is_true(values_equal(NULL, a, b));
}

/* ---- the same ---- */

static bool moments_same(const Moment *a, const Moment *b)
{
    return a->day == b->day && a->ns == b->ns && a->has_offset == b->has_offset &&
           a->offset_seconds == b->offset_seconds && str_equal(a->zone, b->zone);
}

static bool lists_same(Value a, Value b)
{
    if (value_count(a) != value_count(b))
        return false;
    for (size_t i = 0; i < value_count(a); i++)
        if (!values_same(value_item(a, i), value_item(b, i)))
            return false;
    return true;
}

static bool contexts_same(Value a, Value b)
{
    if (a.box->entries->count != b.box->entries->count)
        return false;
    for (size_t i = 0; i < a.box->entries->count; i++) {
        const ContextEntry *mine = &a.box->entries->at[i], *other = &b.box->entries->at[i];
        if (!str_equal(mine->key, other->key) || !values_same(mine->value, other->value))
            return false;
    }
    return true;
}

bool values_same(Value a, Value b)
{
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case VALUE_NULL:
        return true;
    case VALUE_BOOLEAN:
        return a.boolean == b.boolean;
    case VALUE_NUMBER:
        return memcmp(&a.box->number, &b.box->number, sizeof(Number)) == 0;
    case VALUE_STRING:
        return str_equal(a.string, b.string);
    case VALUE_DATE:
        return a.day == b.day;
    case VALUE_TIME:
    case VALUE_DATE_TIME:
        return moments_same(a.box->moment, b.box->moment);
    case VALUE_DAYS_DURATION:
        return number_compare(a.box->seconds, b.box->seconds) == 0;
    case VALUE_MONTHS_DURATION:
        return a.box->months == b.box->months;
    case VALUE_LIST:
        return lists_same(a, b);
    case VALUE_CONTEXT:
        return contexts_same(a, b);
    case VALUE_RANGE:
        return edges_same(a.box->range, b.box->range) && values_same(a.box->range->start, b.box->range->start) &&
               values_same(a.box->range->end, b.box->range->end);
    case VALUE_UNKNOWN:
    case VALUE_FUNCTION:
        return false;
    }
    return false;
}
