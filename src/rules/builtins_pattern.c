/* Built-ins on texts and regular expressions: matches, replace, split, as XPath has them. */
#include "rules/builtins_all.h"

enum {
    MAKE_STEPS = 200, /* making one ready costs more than most texts do */
    MATCH_STEPS = 4,
    FIRST_PATTERN_STEPS = 100, /* a match that needs no more costs nothing besides */
    PATTERN_STEPS_A_STEP = 5,
    SEARCH_BYTES_A_STEP = 256 /* of what is left to search, counted again for each match */
};

static Str flags_of(Value flags)
{
    return flags.kind == VALUE_STRING ? flags.string : STR_NONE;
}

/* The same pattern is asked of one item after the other, so the last one is kept. NULL where it is none. */
static Pattern *pattern_for(Evaluation *run, Str pattern, Str flags, Str input, LimitKind *limit)
{
    if (!evaluation_spend_text(run, size_add(input.len, pattern.len)))
        return NULL;
    if (!run->pattern || !pattern_is(run->pattern, pattern, flags))
        run->pattern = evaluation_spend(run, MAKE_STEPS) ? pattern_make(run->arena, pattern, flags, limit) : NULL;
    return run->pattern;
}

/* How much a match takes is known only once it took too much: so it is tried with more and more, ten times as much each
 * time, and each time is counted. */
static bool find(Evaluation *run, Pattern *pattern, Str input, size_t from, Found *found, LimitKind *limit)
{
    uint32_t steps = FIRST_PATTERN_STEPS;
    LimitKind met = LIMIT_NONE;
    bool good = pattern_find(pattern, input, from, steps, found, &met);
    while (met && steps < PATTERN_STEPS_MAX && evaluation_spend(run, steps * 10 / PATTERN_STEPS_A_STEP)) {
        steps *= 10;
        met = LIMIT_NONE;
        good = pattern_find(pattern, input, from, steps, found, &met);
    }
    *limit = met ? met : *limit;
    return good && !met;
}

static Value matches(Evaluation *run, Str input, Str pattern, Str flags)
{
    Found found;
    LimitKind limit = LIMIT_NONE;
    Pattern *ready = pattern_for(run, pattern, flags, input, &limit);
    if (!ready || !find(run, ready, input, 0, &found, &limit))
        return value_past(limit);
    return value_boolean(found.any);
}

Value feel_matches(Evaluation *run, const Value *arguments)
{
    return matches(run, arguments[0].string, arguments[1].string, STR_NONE);
}

Value feel_matches_flags(Evaluation *run, const Value *arguments)
{
    return matches(run, arguments[0].string, arguments[1].string, flags_of(arguments[2]));
}

/* A pattern that is found in an empty text could be found everywhere: XPath refuses to replace or to split by it. */
static bool is_found_in_nothing(Evaluation *run, Pattern *pattern, LimitKind *limit)
{
    Found found;
    return !find(run, pattern, STR_NONE, 0, &found, limit) || found.any;
}

/* The next match from a byte on, where there is one; each one that is found costs. False where it takes too long. */
static bool next_match(Evaluation *run, Pattern *pattern, Str input, size_t from, Found *found, LimitKind *limit)
{
    return evaluation_spend(run, MATCH_STEPS + (input.len - from) / SEARCH_BYTES_A_STEP) &&
           find(run, pattern, input, from, found, limit) && (!found->any || found->to > found->from);
}

/* $1 is what the first bracket found. More digits belong to it as long as there are so many brackets. */
static size_t put_group(Text *out, Pattern *pattern, Str input, Str digits)
{
    size_t used = 0, group = 0;
    while (used < digits.len && digits.data[used] >= '0' && digits.data[used] <= '9') {
        size_t longer = group * 10 + (size_t)(digits.data[used] - '0');
        if (used && longer > pattern_groups(pattern))
            break;
        group = longer;
        used++;
    }
    if (used)
        text_put(out, pattern_group(pattern, input, group));
    return used;
}

/* One replacement; false where a dollar or a backslash stands for nothing. */
static bool put_replacement(Text *out, Pattern *pattern, Str input, Str replacement)
{
    for (size_t i = 0; i < replacement.len; i++) {
        char c = replacement.data[i];
        if (c == '$') {
            size_t used = put_group(out, pattern, input, str_slice(replacement, i + 1, replacement.len));
            if (used == 0)
                return false;
            i += used;
        } else if (c == '\\') {
            i++;
            if (i == replacement.len || (replacement.data[i] != '\\' && replacement.data[i] != '$'))
                return false;
            text_char(out, replacement.data[i]);
        } else {
            text_char(out, c);
        }
    }
    return true;
}

/* A broken replacement is broken also where nothing is found. */
static bool is_replacement(Evaluation *run, Pattern *pattern, Str replacement)
{
    Text nothing = text_begin(run->arena, 0);
    return put_replacement(&nothing, pattern, STR_NONE, replacement);
}

static Value replaced(Evaluation *run, Str input, Str written, Str replacement, Str flags)
{
    Found found = { 0 };
    LimitKind limit = LIMIT_NONE;
    Text out = text_begin(run->arena, (size_t)EVALUATION_STEPS_MAX * BYTES_A_STEP);
    Pattern *pattern = pattern_for(run, written, flags, input, &limit);
    if (!pattern || is_found_in_nothing(run, pattern, &limit) || !evaluation_spend_text(run, replacement.len) ||
        !is_replacement(run, pattern, replacement))
        return value_past(limit);
    size_t from = 0;
    for (;; from = found.to) {
        size_t before = out.len;
        if (!next_match(run, pattern, input, from, &found, &limit))
            return value_past(limit);
        if (!found.any)
            break;
        text_put(&out, str_slice(input, from, found.from));
        if (!put_replacement(&out, pattern, input, replacement) || out.overflow ||
            !evaluation_spend_text(run, out.len - before))
            return value_null();
    }
    text_put(&out, str_slice(input, from, input.len));
    return value_string(text_str(&out));
}

Value feel_replace(Evaluation *run, const Value *arguments)
{
    return replaced(run, arguments[0].string, arguments[1].string, arguments[2].string, STR_NONE);
}

Value feel_replace_flags(Evaluation *run, const Value *arguments)
{
    return replaced(run, arguments[0].string, arguments[1].string, arguments[2].string, flags_of(arguments[3]));
}

Value feel_split(Evaluation *run, const Value *arguments)
{
    Values parts = { 0 };
    Found found = { 0 };
    LimitKind limit = LIMIT_NONE;
    Str string = arguments[0].string;
    Pattern *pattern = pattern_for(run, arguments[1].string, STR_NONE, string, &limit);
    if (!pattern || is_found_in_nothing(run, pattern, &limit))
        return value_past(limit);
    size_t from = 0;
    for (;; from = found.to) {
        if (!next_match(run, pattern, string, from, &found, &limit))
            return value_past(limit);
        if (!found.any)
            break;
        list_push(run->arena, &parts, value_string(str_slice(string, from, found.from)));
    }
    list_push(run->arena, &parts, value_string(str_slice(string, from, string.len)));
    return value_of_items(run->arena, parts);
}
