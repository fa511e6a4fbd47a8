/* What is inside a value, for this module only: how each kind is kept, and what is not known of it.
 *
 * A list or a context may be known in part: [1, unknown] has two items. Three-valued answers (equal, less, in) look
 * inside such values and decide what can be decided.
 *
 * Waiting sets keep one promise besides soundness: an unknown result does not change until one of the facts it waits
 * for is answered. So whoever makes an unknown out of several takes the union of what it looked at. */
#ifndef RULES_VALUE_H
#define RULES_VALUE_H

#include "rules/moment.h"
#include "rules/number.h"
#include "rules/rules.h"

typedef LIST(Value) Values;

typedef struct Range {
    Value start, end;
    bool start_in, end_in;                         /* [ and ] are in, ( and ) are out */
    bool no_start, no_end;                         /* (< 5) has no start: that is none, and not null */
} Range;

/* How deep and how large a value is all in all, shared parts counted each time: what a walk over it costs. */
typedef struct Extent {
    uint32_t depth, weight;
} Extent;

typedef struct Items {
    const Value *at;
    size_t count;
    Extent extent;
} Items;

typedef struct Entries {
    const ContextEntry *at;
    size_t count;
    Extent extent;
} Entries;

struct Closure;                                    /* of evaluate.h */

struct ValueBox {
    union {
        Number number;
        int64_t months;                            /* of a years and months duration */
        Number seconds;                            /* of a days and time duration */
        const Moment *moment;                      /* of a time, a date and time */
        const Items *items;                        /* of a list */
        const Entries *entries;                    /* of a context */
        const Range *range;
        const struct Closure *closure;
    };
};
_Static_assert(sizeof(struct ValueBox) == 16, "a box holds a number or a pointer");

/* Lists and contexts nested deeper than VALUE_NESTING_MAX are null, so a walk may recur; so are those of more than
 * VALUE_WEIGHT_MAX values, so it ends. */
enum { WAITING_MAX = 400 };                        /* facts that are named as waited for; there may be more */

#define X(name, word) +1
enum { VALUE_KIND_COUNT = 0 VALUE_KINDS(X) };
#undef X

#define KIND(kind) (1u << (kind))                  /* a set of kinds has one bit for each */
#define KINDS_ANY  ((1u << VALUE_KIND_COUNT) - 1)

Str value_kind_word(ValueKind kind);

/* ---- making ---- */
Value value_of_number(Arena *arena, Number number);
Value value_of_literal(Arena *arena, Str text);    /* the nearest number; null where it is none */
Value value_of_moment(Arena *arena, ValueKind kind, Moment moment);
Value value_of_months(Arena *arena, int64_t months);
Value value_of_seconds(Arena *arena, Number seconds);
Value value_of_items(Arena *arena, Values items);  /* the items are not copied, and must not change any more */
Value value_of_range(Arena *arena, Range range);
Value value_of_closure(Arena *arena, const struct Closure *closure);
Value value_waiting(const Strs *waiting);          /* unknown; the set is not empty */
/* Null because of a limit: once an expression gives it, the whole evaluation ends. */
Value value_past(LimitKind limit);
static inline LimitKind value_limit(Value value)   /* of such a null; else LIMIT_NONE; asked after each expression */
{
    return value.kind == VALUE_NULL ? value.limit : LIMIT_NONE;
}

/* The item at a position from 1, or from the end when negative; null where there is none. */
Value value_at(Value list, int64_t position);
const Value *value_member(Value context, Str key); /* NULL where it has none of that key */
bool value_has(Value context, Str key);
uint32_t value_weight(Value value);                /* from 1 */

/* ---- what is waited for ---- */
/* NULL is the empty set. Without an arena, for who only asks whether anything is waited for, one of the two. */
const Strs *waiting_union(Arena *arena, const Strs *a, const Strs *b);
static inline const Strs *waiting_add(Arena *arena, const Strs *waiting, Value value) /* adds what an unknown waits for */
{
    return value.kind == VALUE_UNKNOWN ? waiting_union(arena, waiting, value.waiting) : waiting;
}
const Strs *waiting_inside(Arena *arena, const Strs *waiting, Value value); /* also of items and members */

/* ---- three-valued: a boolean, null where the question has no meaning, or unknown ---- */
Value values_equal(Arena *arena, Value a, Value b);
typedef enum Order { ORDER_LESS, ORDER_AT_MOST, ORDER_MORE, ORDER_AT_LEAST } Order;
Value values_ordered(Arena *arena, Value a, Order order, Value b);
Value value_in_range(Arena *arena, Value value, const Range *range);
bool value_has_order(ValueKind kind);
/* The very same value, digit for digit: what `if` may give when it does not know its condition. */
bool values_same(Value a, Value b);

/* A row of conditions, for `and`, `or`, `some`, `every`, `in`: one that decides is enough, whatever the others are. */
typedef struct Junction {
    bool decisive;                                 /* true for `or`, false for `and` */
    bool decided, other;                           /* met the decisive value; met what is no boolean */
    const Strs *waiting;
} Junction;
void junction_add(Arena *arena, Junction *junction, Value condition);
Value junction_value(const Junction *junction);

void text_plain(Text *text, Value value);          /* as `string` gives it: a text without quotes, a date without @ */

#endif
