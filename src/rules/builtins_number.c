/* Built-ins on numbers. */
#include "rules/builtins_all.h"
#include "rules/temporal.h"

enum { MODULO_STEPS = 20 }; /* of numbers that are thousands of digits apart */

Value feel_abs(Evaluation *run, const Value *arguments)
{
    Value value = arguments[0];
    const Number zero = number_of(0);
    if (value.kind == VALUE_NUMBER)
        return number_compare(value.box->number, zero) < 0
                   ? value_of_number(run->arena, number_negate(value.box->number))
                   : value;
    bool negative =
        value.kind == VALUE_MONTHS_DURATION ? value.box->months < 0 : number_compare(value.box->seconds, zero) < 0;
    return negative ? temporal_negate(run->arena, value) : value;
}

static Value rounded(Evaluation *run, Value number, Value scale, Rounding rounding)
{
    Number whole, result;
    int64_t digits;
    if (!number_round(scale.box->number, 0, ROUND_TO_ZERO, &whole) || !number_to_i64(whole, &digits) ||
        !number_round(number.box->number, digits, rounding, &result))
        return value_null();
    return value_of_number(run->arena, result);
}

Value feel_floor(Evaluation *run, const Value *arguments)
{
    return rounded(run, arguments[0], value_i64(run->arena, 0), ROUND_DOWN);
}

Value feel_floor_scale(Evaluation *run, const Value *arguments)
{
    return rounded(run, arguments[0], arguments[1], ROUND_DOWN);
}

Value feel_ceiling(Evaluation *run, const Value *arguments)
{
    return rounded(run, arguments[0], value_i64(run->arena, 0), ROUND_UP);
}

Value feel_ceiling_scale(Evaluation *run, const Value *arguments)
{
    return rounded(run, arguments[0], arguments[1], ROUND_UP);
}

Value feel_round_up(Evaluation *run, const Value *arguments)
{
    return rounded(run, arguments[0], arguments[1], ROUND_FROM_ZERO);
}

Value feel_round_down(Evaluation *run, const Value *arguments)
{
    return rounded(run, arguments[0], arguments[1], ROUND_TO_ZERO);
}

Value feel_round_half_down(Evaluation *run, const Value *arguments)
{
    return rounded(run, arguments[0], arguments[1], ROUND_HALF_DOWN);
}

Value feel_decimal(Evaluation *run, const Value *arguments)
{
    return rounded(run, arguments[0], arguments[1], ROUND_HALF_EVEN);
}

Value feel_round_half_up(Evaluation *run, const Value *arguments)
{
    return rounded(run, arguments[0], arguments[1], ROUND_HALF_UP);
}

Value feel_modulo(Evaluation *run, const Value *arguments)
{
    Number rest;
    if (!evaluation_spend(run, MODULO_STEPS) ||
        !number_modulo(arguments[0].box->number, arguments[1].box->number, &rest))
        return value_null();
    return value_of_number(run->arena, rest);
}

Value feel_sqrt(Evaluation *run, const Value *arguments)
{
    Number root;
    return number_root(arguments[0].box->number, &root) ? value_of_number(run->arena, root) : value_null();
}

Value feel_log(Evaluation *run, const Value *arguments)
{
    Number logarithm;
    return number_log(arguments[0].box->number, &logarithm) ? value_of_number(run->arena, logarithm) : value_null();
}

Value feel_exp(Evaluation *run, const Value *arguments)
{
    Number power;
    return number_exp(arguments[0].box->number, &power) ? value_of_number(run->arena, power) : value_null();
}

/* What is not whole is neither odd nor even. */
static Value rest_of_two_is(Value number, int64_t wanted)
{
    Number rest;
    return value_boolean(number_modulo(number.box->number, number_of(2), &rest) &&
                         number_compare(rest, number_of(wanted)) == 0);
}

Value feel_odd(Evaluation *run, const Value *arguments)
{
    (void)run;
    return rest_of_two_is(arguments[0], 1);
}

Value feel_even(Evaluation *run, const Value *arguments)
{
    (void)run;
    return rest_of_two_is(arguments[0], 0);
}

Value feel_number(Evaluation *run, const Value *arguments)
{
    return value_of_literal(run->arena, arguments[0].string);
}

static bool is_one_of(Value separator, Str allowed)
{
    return separator.kind == VALUE_NULL ||
           (separator.string.len == 1 && str_find(allowed, separator.string) != SIZE_MAX);
}

/* Without a decimal separator it is the point. */
Value feel_number_separated(Evaluation *run, const Value *arguments)
{
    Str from = arguments[0].string;
    char grouping = '\0', decimal = '.';
    if (!is_one_of(arguments[1], S(" ,.")) || !is_one_of(arguments[2], S(",.")) ||
        !evaluation_spend_text(run, from.len))
        return value_null();
    if (arguments[1].kind == VALUE_STRING)
        grouping = arguments[1].string.data[0];
    if (arguments[2].kind == VALUE_STRING)
        decimal = arguments[2].string.data[0];
    if (grouping == decimal)
        return value_null();
    Text plain = text_begin(run->arena, from.len);
    for (size_t i = 0; i < from.len; i++) {
        if (from.data[i] == decimal)
            text_char(&plain, '.');
        else if (grouping == '\0' || from.data[i] != grouping)
            text_char(&plain, from.data[i] == '.' ? '?' : from.data[i]);
    }
    return value_of_literal(run->arena, text_str(&plain));
}
