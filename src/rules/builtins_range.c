/* Built-ins on ranges: how two of them, or a point and one, lie to each other; and a range read from a text.
 *
 * The table of the standard compares the ends, and where they are equal asks whether both belong to their ranges. That
 * is the same as a comparison of edges: a start that is left out lies a little behind its value, an end that is left
 * out a little before it. So each relation is a few comparisons of edges; a point is a range that begins and ends
 * with it. */
#include "rules/builtins_all.h"
#include "rules/lexer.h"
#include "rules/temporal.h"

typedef struct Edge {
    Value value;
    int lean;   /* -1 a little before it, 1 a little behind */
    int beyond; /* -1 before everything, 1 behind everything: the value is that of the other end */
} Edge;

typedef enum EdgeName { START_1, END_1, START_2, END_2 } EdgeName;

static Edge edge_of(Value value, bool is_end)
{
    if (value.kind != VALUE_RANGE)
        return (Edge){ .value = value };
    const Range *range = value.box->range;
    if (is_end)
        return range->no_end ? (Edge){ range->start, .beyond = 1 } : (Edge){ range->end, range->end_in ? 0 : -1, 0 };
    return range->no_start ? (Edge){ range->end, .beyond = -1 } : (Edge){ range->start, range->start_in ? 0 : 1, 0 };
}

typedef struct Condition {
    EdgeName left;
    enum { EDGE_BEFORE, EDGE_NOT_BEHIND, EDGE_SAME } order;
    EdgeName right;
} Condition;

static Value holds(Edge left, const Condition *condition, Edge right)
{
    int order;
    if (!value_compare(left.value, right.value, &order))
        return value_null();
    if (left.beyond || right.beyond)
        order = left.beyond - right.beyond;
    else if (order == 0)
        order = left.lean - right.lean;
    switch (condition->order) {
    case EDGE_BEFORE:
        return value_boolean(order < 0);
    case EDGE_NOT_BEHIND:
        return value_boolean(order <= 0);
    case EDGE_SAME:
        return value_boolean(order == 0);
    }
    return value_null();
}

static Value all_hold(const Value *arguments, const Condition *conditions, size_t count)
{
    Junction all = { .decisive = false };
    const Edge edges[] = { [START_1] = edge_of(arguments[0], false),
                           [END_1] = edge_of(arguments[0], true),
                           [START_2] = edge_of(arguments[1], false),
                           [END_2] = edge_of(arguments[1], true) };
    for (size_t i = 0; i < count; i++)
        junction_add(NULL, &all, holds(edges[conditions[i].left], &conditions[i], edges[conditions[i].right]));
    return junction_value(&all);
}

/* name, then what must hold */
#define RELATION(name, ...)                                           \
    Value name(Evaluation *run, const Value *arguments)               \
    {                                                                 \
        static const Condition CONDITIONS[] = { __VA_ARGS__ };        \
        (void)run;                                                    \
        return all_hold(arguments, CONDITIONS, COUNT_OF(CONDITIONS)); \
    }

/* clang-format off */
RELATION(feel_before, { END_1, EDGE_BEFORE, START_2 })
RELATION(feel_after, { END_2, EDGE_BEFORE, START_1 })
RELATION(feel_meets, { END_1, EDGE_SAME, START_2 })
RELATION(feel_met_by, { END_2, EDGE_SAME, START_1 })
RELATION(feel_overlaps, { START_1, EDGE_NOT_BEHIND, END_2 }, { START_2, EDGE_NOT_BEHIND, END_1 })
RELATION(feel_overlaps_before,
         { START_1, EDGE_BEFORE, START_2 }, { START_2, EDGE_NOT_BEHIND, END_1 }, { END_1, EDGE_NOT_BEHIND, END_2 })
RELATION(feel_overlaps_after,
         { START_2, EDGE_BEFORE, START_1 }, { START_1, EDGE_NOT_BEHIND, END_2 }, { END_2, EDGE_NOT_BEHIND, END_1 })
RELATION(feel_includes, { START_1, EDGE_NOT_BEHIND, START_2 }, { END_2, EDGE_NOT_BEHIND, END_1 })
RELATION(feel_during, { START_2, EDGE_NOT_BEHIND, START_1 }, { END_1, EDGE_NOT_BEHIND, END_2 })
RELATION(feel_finishes, { END_1, EDGE_SAME, END_2 }, { START_2, EDGE_NOT_BEHIND, START_1 })
RELATION(feel_finished_by, { END_1, EDGE_SAME, END_2 }, { START_1, EDGE_NOT_BEHIND, START_2 })
RELATION(feel_starts, { START_1, EDGE_SAME, START_2 }, { END_1, EDGE_NOT_BEHIND, END_2 })
RELATION(feel_started_by, { START_1, EDGE_SAME, START_2 }, { END_2, EDGE_NOT_BEHIND, END_1 })
RELATION(feel_coincides, { START_1, EDGE_SAME, START_2 }, { END_1, EDGE_SAME, END_2 })
/* clang-format on */

/* ---- a range of a text ---- */

typedef struct Reading {
    Evaluation *run;
    Str text;
    Token token;
} Reading;

static bool take(Reading *reading, TokenKind kind)
{
    if (reading->token.kind != kind)
        return false;
    reading->token = token_read(reading->run->arena, reading->text, reading->token.to);
    return true;
}

/* date("2026-10-26") and its like: a function that makes a value of time, of one text. */
static Value take_call(Reading *reading)
{
    static const struct {
        const char *name;
        FeelFunction *function;
    } MAKERS[] = { { "date and time", feel_date_and_time },
                   { "date", feel_date },
                   { "time", feel_time },
                   { "duration", feel_duration } };
    for (size_t i = 0; i < COUNT_OF(MAKERS); i++) {
        size_t end = name_match(reading->text, reading->token.from, str_from(MAKERS[i].name));
        if (end == 0)
            continue;
        reading->token = token_read(reading->run->arena, reading->text, end);
        if (!take(reading, TOKEN_OPEN))
            return value_null();
        Value text = value_string(reading->token.text);
        if (!take(reading, TOKEN_STRING) || !take(reading, TOKEN_CLOSE))
            return value_null();
        return MAKERS[i].function(reading->run, &text);
    }
    return value_null();
}

/* An end is written out: a number, a text, a value of time. Null where it is none of them. */
static Value take_end(Reading *reading)
{
    Value value = value_null();
    bool minus = take(reading, TOKEN_MINUS);
    Str text = reading->token.text;
    if (take(reading, TOKEN_NUMBER)) {
        value = value_of_literal(reading->run->arena, text);
        return minus && value.kind == VALUE_NUMBER
                   ? value_of_number(reading->run->arena, number_negate(value.box->number))
                   : value;
    }
    if (minus)
        return value_null();
    if (take(reading, TOKEN_STRING))
        return value_string(text);
    if (!take(reading, TOKEN_AT))
        return reading->token.kind == TOKEN_NAME ? take_call(reading) : value_null();
    text = reading->token.text;
    return take(reading, TOKEN_STRING) && value_of_temporal(reading->run->arena, text, &value) ? value : value_null();
}

Value feel_range(Evaluation *run, const Value *arguments)
{
    Range range = { 0 };
    int order;
    if (!evaluation_spend_text(run, arguments[0].string.len) || !utf8_is_valid(arguments[0].string))
        return value_null();
    Reading reading = { run, arguments[0].string, token_read(run->arena, arguments[0].string, 0) };
    range.start_in = take(&reading, TOKEN_OPEN_LIST);
    if (!range.start_in && !take(&reading, TOKEN_OPEN) && !take(&reading, TOKEN_CLOSE_LIST))
        return value_null();
    range.start = take_end(&reading);
    if (!take(&reading, TOKEN_DOTS))
        return value_null();
    range.end = take_end(&reading);
    range.end_in = take(&reading, TOKEN_CLOSE_LIST);
    if (!range.end_in && !take(&reading, TOKEN_CLOSE) && !take(&reading, TOKEN_OPEN_LIST))
        return value_null();
    if (reading.token.kind != TOKEN_END || !value_compare(range.start, range.end, &order) || order > 0)
        return value_null();
    return value_of_range(run->arena, range);
}
