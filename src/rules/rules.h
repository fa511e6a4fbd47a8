/* rules: FEEL, the expression language of DMN, on decimal128 numbers, with answers that are not known yet. Pure.
 *
 * A rule is parsed once, when its pack is loaded, and evaluated with what is known. A fact that has not been
 * asked is *unknown*, which is not null: the result is a value, or unknown with the facts it waits for. What can be
 * decided without them is decided (`false and unknown` is false), and what is called known, no later answer can change.
 *
 *     Errors errors = errors_begin(arena);
 *     const Rule *rule = rule_parse(arena, S("seats > 50 and open_fire"), (Place){ 0 }, &errors);
 *     Scope scope = { 0 };
 *     scope_set(arena, &scope, S("seats"), value_i64(arena, 20));
 *     Value answer = rule_evaluate(arena, rule, &scope);
 *     must(value_is_false(answer));                       // open_fire was never asked, and need not be
 */
#ifndef RULES_H
#define RULES_H

#include "base/base.h"

#define VALUE_KINDS(X)                                                                                                 \
    X(VALUE_NULL, "null")                                                                                              \
    X(VALUE_UNKNOWN, "unknown")                                                                                        \
    X(VALUE_BOOLEAN, "boolean")                                                                                        \
    X(VALUE_NUMBER, "number")                                                                                          \
    X(VALUE_STRING, "string")                                                                                          \
    X(VALUE_DATE, "date")                                                                                              \
    X(VALUE_TIME, "time")                                                                                              \
    X(VALUE_DATE_TIME, "date and time")                                                                                \
    X(VALUE_DAYS_DURATION, "days and time duration")                                                                   \
    X(VALUE_MONTHS_DURATION, "years and months duration")                                                              \
    X(VALUE_LIST, "list")                                                                                              \
    X(VALUE_CONTEXT, "context")                                                                                        \
    X(VALUE_RANGE, "range")                                                                                            \
    X(VALUE_FUNCTION, "function")

typedef enum ValueKind {
#define X(name, word) name,
    VALUE_KINDS(X)
#undef X
} ValueKind;

/* A value is small and copied; what it points to lives in an arena and is never changed. */
typedef struct ValueBox ValueBox;                  /* numbers, lists, contexts and the rest: inside the module */
typedef struct Value {
    ValueKind kind;
    union {
        bool boolean;
        Str string;
        struct {
            Date date;                             /* of VALUE_DATE; none where it is too far away for base */
            int64_t day;                           /* the same, days since 1970-01-01 */
        };
        const Strs *waiting;                       /* of VALUE_UNKNOWN: the facts it waits for, each once */
        const ValueBox *box;
    };
} Value;

/* ---- making values ---- */
Value value_null(void);
Value value_boolean(bool boolean);
Value value_string(Str string);                    /* not copied */
Value value_date(Date date);
Value value_i64(Arena *arena, int64_t number);
bool value_number(Arena *arena, Str text, Value *number) CHECKED; /* a FEEL number literal, optional sign; 34 digits */
Value value_unknown(Arena *arena, Str fact);
Value value_list(Arena *arena, const Value *items, size_t count); /* items are copied */
typedef struct ContextEntry {
    Str key;
    Value value;
} ContextEntry;
Value value_context(Arena *arena, const ContextEntry *entries, size_t count);

/* ---- looking at values ---- */
bool value_is_true(Value value);                   /* known and true */
bool value_is_false(Value value); /* known and false, or null: a condition that is null does not hold */
bool value_is_unknown(Value value);
bool value_equal(Value a, Value b);                /* FEEL equality of known values; numbers by amount */
bool value_compare(Value a, Value b, int *order) CHECKED; /* false where the kinds have no order */
size_t value_count(Value list);
Value value_item(Value list, size_t index);        /* from 0 */
Value value_get(Value context, Str key);           /* null when absent */
void text_value(Text *text, Value value);          /* as FEEL text: "x", 1.50, @"2026-10-26", [1, 2], {a: 1} */
Str value_number_text(Arena *arena, Value number); /* plain decimal digits, no exponent */
bool value_to_i64(Value number, int64_t *out) CHECKED; /* false where not whole or too large */

/* ---- rules ---- */
typedef struct Rule Rule;

/* NULL, and an error with line and column, when the text is no FEEL expression. `place` is where the text
 * begins in its file. Bounded: 64 KB of text, 200 levels. */
const Rule *rule_parse(Arena *arena, Str text, Place place, Errors *errors) CHECKED;

/* A number, date or choice that may also be written as unary tests, such as "> 50" or "[1..10]", is not needed by packs
 * yet; unary tests come with decision tables. */

Str rule_text(const Rule *rule);
/* The free names of the rule: every fact whose value could matter, each once, in order of appearance. In a filter a
 * name that is not bound around it counts, although it may turn out to be a member of the items. */
const Strs *rule_names(const Rule *rule);

/* Whether a fact must not have this name, because a rule would understand something else: a word of FEEL, a built-in
 * function, or more than one word. */
bool rules_name_is_taken(Arena *arena, Str name);

/* The table of built-in functions as Markdown: signature, what it gives, an example. */
void rules_reference(Text *out);
/* One function as text for the command line: its forms, what each gives, where the standard has it, and examples. False
 * where there is none of that name; the nearest one, perhaps empty, may be what was meant. */
bool rules_help(Text *out, Str name) CHECKED;
Str rules_nearest(Arena *arena, Str name);

/* Names to values. A name that is not in the scope is unknown under its own name.
 * The outermost scope may tell the time, which no pure module can know; without it now() and today() are unknown under
 * the names "now" and "today". */
typedef struct Scope {
    Map values;
    const struct Scope *outer;                     /* asked next; may be NULL */
    Instant now;                                   /* of the outermost one; 0 where the time is not known */
    int offset_minutes;                            /* east of UTC, for now() and for which day is today() */
} Scope;
void scope_set(Arena *arena, Scope *scope, Str name, Value value);

/* Never fails: what has no meaning is null, as FEEL says. Bounded in steps and depth; past the bound it is null, or
 * unknown if a fact that is not known came up on the way. A full arena is a bound too: ask arena_is_full afterwards.
 * At the worst it takes 1 MB of the stack.
 *
 * A list or a context may come out known in part: its length and its known items are sure, others are unknown.
 * An unknown result stays unknown until one of the facts it waits for is answered; so only those are worth asking. At
 * most 400 facts are named. */
Value rule_evaluate(Arena *arena, const Rule *rule, const Scope *scope);

#endif
