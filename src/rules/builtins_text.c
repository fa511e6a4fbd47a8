/* Built-ins on texts. Positions count characters from 1, or from the end when negative. */
#include "rules/builtins_all.h"

enum { RECASE_STEPS = 200 }; /* what it costs to begin */

Value feel_string(Evaluation *run, const Value *arguments)
{
    if (arguments[0].kind == VALUE_NULL || arguments[0].kind == VALUE_STRING)
        return arguments[0];
    Text text = text_begin(run->arena, (size_t)EVALUATION_STEPS_MAX * BYTES_A_STEP);
    text_plain(&text, arguments[0]);
    return evaluation_spend_text(run, text.overflow ? SIZE_MAX : text.len) ? value_string(text_str(&text))
                                                                           : value_null();
}

Value feel_string_length(Evaluation *run, const Value *arguments)
{
    if (!evaluation_spend_text(run, arguments[0].string.len))
        return value_null();
    return value_i64(run->arena, (int64_t)utf8_length(arguments[0].string));
}

/* Where the character of that number begins; the length of the text behind the last one. */
static size_t byte_of_character(Str text, int64_t index)
{
    size_t at = 0;
    uint32_t code_point;
    for (; index > 0 && at < text.len; index--)
        at += utf8_next(text, at, &code_point);
    return at;
}

static Value substring(Evaluation *run, Str text, Value start, const Value *length)
{
    Number whole;
    int64_t from, count = INT64_MAX;
    if (!evaluation_spend_text(run, text.len))
        return value_null();
    int64_t total = (int64_t)utf8_length(text);
    if (!number_round(start.box->number, 0, ROUND_TO_ZERO, &whole) || !number_to_i64(whole, &from) || from == 0)
        return value_null();
    if (length &&
        (!number_round(length->box->number, 0, ROUND_TO_ZERO, &whole) || !number_to_i64(whole, &count) || count < 0))
        return value_null();
    if (from > total || from < -total)
        return value_string(STR_NONE);
    from = from > 0 ? from - 1 : total + from;
    Str rest = str_slice(text, byte_of_character(text, from), text.len);
    return value_string(count > total ? rest : str_slice(rest, 0, byte_of_character(rest, count)));
}

Value feel_substring(Evaluation *run, const Value *arguments)
{
    return substring(run, arguments[0].string, arguments[1], NULL);
}

Value feel_substring_length(Evaluation *run, const Value *arguments)
{
    return substring(run, arguments[0].string, arguments[1], &arguments[2]);
}

Value feel_upper_case(Evaluation *run, const Value *arguments)
{
    if (!evaluation_spend(run, RECASE_STEPS) || !evaluation_spend_text(run, size_mul(arguments[0].string.len, 3)))
        return value_null();
    return value_string(pattern_upper(run->arena, arguments[0].string));
}

Value feel_lower_case(Evaluation *run, const Value *arguments)
{
    if (!evaluation_spend(run, RECASE_STEPS) || !evaluation_spend_text(run, size_mul(arguments[0].string.len, 3)))
        return value_null();
    return value_string(pattern_lower(run->arena, arguments[0].string));
}

Value feel_contains(Evaluation *run, const Value *arguments)
{
    if (!evaluation_spend_text(run, arguments[0].string.len))
        return value_null();
    return value_boolean(str_find(arguments[0].string, arguments[1].string) != SIZE_MAX);
}

Value feel_starts_with(Evaluation *run, const Value *arguments)
{
    (void)run;
    return value_boolean(str_starts(arguments[0].string, arguments[1].string));
}

Value feel_ends_with(Evaluation *run, const Value *arguments)
{
    (void)run;
    return value_boolean(str_ends(arguments[0].string, arguments[1].string));
}

/* ---- parts ---- */

Value feel_substring_before(Evaluation *run, const Value *arguments)
{
    Str string = arguments[0].string;
    if (!evaluation_spend_text(run, string.len))
        return value_null();
    size_t at = str_find(string, arguments[1].string);
    return value_string(at == SIZE_MAX ? STR_NONE : str_slice(string, 0, at));
}

Value feel_substring_after(Evaluation *run, const Value *arguments)
{
    Str string = arguments[0].string, match = arguments[1].string;
    if (!evaluation_spend_text(run, string.len))
        return value_null();
    size_t at = str_find(string, match);
    return value_string(at == SIZE_MAX ? STR_NONE : str_slice(string, at + match.len, string.len));
}

static Value joined(Evaluation *run, Value list, Str delimiter)
{
    Text text = text_begin(run->arena, (size_t)EVALUATION_STEPS_MAX * BYTES_A_STEP);
    bool first = true;
    for (size_t i = 0; i < value_count(list); i++) {
        Value item = value_item(list, i);
        if (item.kind == VALUE_NULL)
            continue;
        if (item.kind != VALUE_STRING || !evaluation_spend_text(run, size_add(item.string.len, delimiter.len)))
            return value_null();
        if (!first)
            text_put(&text, delimiter);
        text_put(&text, item.string);
        first = false;
    }
    return value_string(text_str(&text));
}

Value feel_string_join(Evaluation *run, const Value *arguments)
{
    return joined(run, arguments[0], STR_NONE);
}

Value feel_string_join_delimiter(Evaluation *run, const Value *arguments)
{
    return joined(run, arguments[0], arguments[1].kind == VALUE_STRING ? arguments[1].string : STR_NONE);
}
