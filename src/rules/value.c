/* Values: making them and looking at them. Nothing here decides anything; that is relation.c. */
#include "rules/value.h"

Str value_kind_word(ValueKind kind)
{
    static const char *const WORDS[] = {
#define X(name, word) word,
        VALUE_KINDS(X)
#undef X
    };
    return str_from(WORDS[kind]);
}

/* ---- making ---- */

Value value_null(void)
{
    return (Value){ .kind = VALUE_NULL };
}

Value value_past(LimitKind limit)
{
    return (Value){ .kind = VALUE_NULL, .limit = limit };
}

Value value_boolean(bool boolean)
{
    return (Value){ .kind = VALUE_BOOLEAN, .boolean = boolean };
}

Value value_string(Str string)
{
    return (Value){ .kind = VALUE_STRING, .string = string };
}

Value value_date(Date date)
{
    return date_is_set(date) ? (Value){ .kind = VALUE_DATE, .date = date, .day = date.day } : value_null();
}

static Value boxed(Arena *arena, ValueKind kind, ValueBox content)
{
    ValueBox *box = arena_new(arena, ValueBox);
    *box = content;
    return (Value){ .kind = kind, .box = box };
}

/* Word by word: two words that were just written cannot be read as one without waiting for both. */
Value value_of_number(Arena *arena, Number number)
{
    ValueBox *box = arena_new(arena, ValueBox);
    box->number.words[0] = number.words[0];
    box->number.words[1] = number.words[1];
    return (Value){ .kind = VALUE_NUMBER, .box = box };
}

Value value_i64(Arena *arena, int64_t number)
{
    return value_of_number(arena, number_of(number));
}

bool value_number(Arena *arena, Str text, Value *number)
{
    Number parsed;
    bool exact;
    if (!number_parse(text, &parsed, &exact) || !exact)
        return false;
    *number = value_of_number(arena, parsed);
    return true;
}

Value value_of_literal(Arena *arena, Str text)
{
    Number number;
    bool exact;
    if (number_parse(text, &number, &exact))
        return value_of_number(arena, number);
    return value_past(text.len > NUMBER_TEXT_MAX && number_is_literal(text) ? LIMIT_NUMBER : LIMIT_NONE);
}

Value value_of_moment(Arena *arena, ValueKind kind, Moment moment)
{
    must(kind == VALUE_TIME || kind == VALUE_DATE_TIME);
    Moment *copy = arena_new(arena, Moment);
    *copy = moment;
    return boxed(arena, kind, (ValueBox){ .moment = copy });
}

Value value_of_months(Arena *arena, int64_t months)
{
    return boxed(arena, VALUE_MONTHS_DURATION, (ValueBox){ .months = months });
}

Value value_of_seconds(Arena *arena, Number seconds)
{
    /* Nanoseconds are the finest there is. */
    Number rounded;
    if (number_round(seconds, 9, ROUND_TO_ZERO, &rounded))
        seconds = rounded;
    return boxed(arena, VALUE_DAYS_DURATION, (ValueBox){ .seconds = seconds });
}

static Extent extent_of(Value value)
{
    if (value.kind == VALUE_LIST)
        return value.box->items->extent;
    if (value.kind == VALUE_CONTEXT)
        return value.box->entries->extent;
    size_t words = value.kind == VALUE_STRING ? value.string.len / 16 + 1 : 1;
    return (Extent){ 0, words < VALUE_WEIGHT_MAX ? (uint32_t)words : VALUE_WEIGHT_MAX };
}

uint32_t value_weight(Value value)
{
    return extent_of(value).weight;
}

/* Takes one part more into a whole; the limit that this passes, or that the part itself is past. */
static LimitKind extend(Extent *whole, Value part)
{
    Extent extent = extent_of(part);
    if (extent.depth + 1 > whole->depth)
        whole->depth = extent.depth + 1;
    whole->weight += extent.weight;
    if (whole->depth > VALUE_NESTING_MAX)
        return LIMIT_NESTING;
    return whole->weight > VALUE_WEIGHT_MAX ? LIMIT_WEIGHT : value_limit(part);
}

Value value_of_items(Arena *arena, Values items)
{
    Extent extent = { 1, 1 };
    for (size_t i = 0; i < items.count; i++) {
        LimitKind limit = extend(&extent, items.at[i]);
        if (limit)
            return value_past(limit);
    }
    Items *kept = arena_new(arena, Items);
    *kept = (Items){ items.at, items.count, extent };
    return boxed(arena, VALUE_LIST, (ValueBox){ .items = kept });
}

Value value_list(Arena *arena, const Value *items, size_t count)
{
    Values copy = { .at = arena_array(arena, Value, count), .count = count };
    if (count)
        memcpy(copy.at, items, count * sizeof *items);
    return value_of_items(arena, copy);
}

Value value_context(Arena *arena, const ContextEntry *entries, size_t count)
{
    Extent extent = { 1, 1 };
    ContextEntry *copy = arena_array(arena, ContextEntry, count);
    for (size_t i = 0; i < count; i++) {
        copy[i] = entries[i];
        LimitKind limit = extend(&extent, entries[i].value);
        if (limit)
            return value_past(limit);
    }
    Entries *kept = arena_new(arena, Entries);
    *kept = (Entries){ copy, count, extent };
    return boxed(arena, VALUE_CONTEXT, (ValueBox){ .entries = kept });
}

Value value_of_range(Arena *arena, Range range)
{
    Range *copy = arena_new(arena, Range);
    *copy = range;
    return boxed(arena, VALUE_RANGE, (ValueBox){ .range = copy });
}

Value value_of_closure(Arena *arena, const struct Closure *closure)
{
    return boxed(arena, VALUE_FUNCTION, (ValueBox){ .closure = closure });
}

Value value_waiting(const Strs *waiting)
{
    must(waiting && waiting->count);
    return (Value){ .kind = VALUE_UNKNOWN, .waiting = waiting };
}

Value value_unknown(Arena *arena, Str fact)
{
    Strs *waiting = arena_new(arena, Strs);
    list_push(arena, waiting, fact);
    return value_waiting(waiting);
}

/* ---- looking ---- */

bool value_is_true(Value value)
{
    return value.kind == VALUE_BOOLEAN && value.boolean;
}

bool value_is_false(Value value)
{
    return value.kind == VALUE_NULL || (value.kind == VALUE_BOOLEAN && !value.boolean);
}

bool value_is_unknown(Value value)
{
    return value.kind == VALUE_UNKNOWN;
}

size_t value_count(Value list)
{
    return list.kind == VALUE_LIST ? list.box->items->count : 0;
}

Value value_item(Value list, size_t index)
{
    return index < value_count(list) ? list.box->items->at[index] : value_null();
}

Value value_at(Value list, int64_t position)
{
    int64_t count = (int64_t)value_count(list);
    if (position == 0 || position > count || position < -count)
        return value_null();
    return value_item(list, (size_t)(position > 0 ? position - 1 : count + position));
}

const Value *value_member(Value context, Str key)
{
    if (context.kind != VALUE_CONTEXT)
        return NULL;
    for (size_t i = 0; i < context.box->entries->count; i++)
        if (str_equal(context.box->entries->at[i].key, key))
            return &context.box->entries->at[i].value;
    return NULL;
}

bool value_has(Value context, Str key)
{
    return value_member(context, key) != NULL;
}

Value value_get(Value context, Str key)
{
    const Value *member = value_member(context, key);
    return member ? *member : value_null();
}

bool value_to_i64(Value number, int64_t *out)
{
    return number.kind == VALUE_NUMBER && number_to_i64(number.box->number, out);
}

/* ---- what is waited for ---- */

static bool is_within(const Strs *part, const Strs *whole)
{
    for (size_t i = 0; i < part->count; i++)
        if (!strs_has(whole, part->at[i]))
            return false;
    return true;
}

const Strs *waiting_union(Arena *arena, const Strs *a, const Strs *b)
{
    if (!a || !b || a == b || !arena)
        return a ? a : b;
    if (a->count >= WAITING_MAX || is_within(b, a))
        return a;
    Strs *both = arena_new(arena, Strs);
    for (size_t i = 0; i < a->count; i++)
        list_push(arena, both, a->at[i]);
    for (size_t i = 0; i < b->count && both->count < WAITING_MAX; i++)
        strs_add_once(arena, both, b->at[i]);
    return both;
}

const Strs *waiting_inside(Arena *arena, const Strs *waiting, Value value)
{
    switch (value.kind) {
    case VALUE_UNKNOWN:
        return waiting_union(arena, waiting, value.waiting);
    case VALUE_LIST:
        for (size_t i = 0; i < value_count(value); i++)
            waiting = waiting_inside(arena, waiting, value_item(value, i));
        return waiting;
    case VALUE_CONTEXT:
        for (size_t i = 0; i < value.box->entries->count; i++)
            waiting = waiting_inside(arena, waiting, value.box->entries->at[i].value);
        return waiting;
    case VALUE_NULL:
    case VALUE_BOOLEAN:
    case VALUE_NUMBER:
    case VALUE_STRING:
    case VALUE_DATE:
    case VALUE_TIME:
    case VALUE_DATE_TIME:
    case VALUE_DAYS_DURATION:
    case VALUE_MONTHS_DURATION:
    case VALUE_RANGE:
    case VALUE_FUNCTION:
        return waiting;
    }
    return waiting;
}
