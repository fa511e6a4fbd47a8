/* The evaluator: + - * / ** and the unary minus, on numbers, texts and values of time.
 *
 * A known operand of a kind that no arithmetic has makes the result null without waiting for the other one. */
#include "rules/evaluate.h"
#include "rules/temporal.h"

static Value of_numbers(Arena *arena, Number a, Operator sign, Number b)
{
    bool (*calculate)(Number, Number, Number *) = NULL;
    Number result;
    switch (sign) {
    case OPERATOR_ADD:
        calculate = number_add;
        break;
    case OPERATOR_SUBTRACT:
        calculate = number_subtract;
        break;
    case OPERATOR_MULTIPLY:
        calculate = number_multiply;
        break;
    case OPERATOR_DIVIDE:
        calculate = number_divide;
        break;
    case OPERATOR_POWER:
        calculate = number_power;
        break;
    case OPERATOR_EQUAL:
    case OPERATOR_UNEQUAL:
    case OPERATOR_LESS:
    case OPERATOR_AT_MOST:
    case OPERATOR_MORE:
    case OPERATOR_AT_LEAST:
        break;
    }
    must(calculate != NULL);
    return calculate(a, b, &result) ? value_of_number(arena, result) : value_null();
}

static Value of_texts(Evaluation *run, Str a, Str b)
{
    if (!evaluation_spend_text(run, size_add(a.len, b.len)))
        return value_null();
    Text both = text_begin(run->arena, size_add(a.len, b.len));
    text_put(&both, a);
    text_put(&both, b);
    return value_string(text_str(&both));
}

/* Which kinds a sign has a meaning for at all, on either side. */
static uint32_t kinds_of_sign(Operator sign)
{
    const uint32_t spans = KIND(VALUE_DAYS_DURATION) | KIND(VALUE_MONTHS_DURATION);
    const uint32_t points = KIND(VALUE_DATE) | KIND(VALUE_TIME) | KIND(VALUE_DATE_TIME);
    if (sign == OPERATOR_ADD)
        return KIND(VALUE_NUMBER) | KIND(VALUE_STRING) | spans | points;
    if (sign == OPERATOR_SUBTRACT)
        return KIND(VALUE_NUMBER) | spans | points;
    return sign == OPERATOR_POWER ? KIND(VALUE_NUMBER) : KIND(VALUE_NUMBER) | spans;
}

static Value multiply_time(Evaluation *run, Value a, Value b)
{
    if (a.kind == VALUE_NUMBER)
        return temporal_scale(run->arena, b, a.box->number, false);
    return b.kind == VALUE_NUMBER ? temporal_scale(run->arena, a, b.box->number, false) : value_null();
}

static Value divide_time(Evaluation *run, Value a, Value b)
{
    return b.kind == VALUE_NUMBER ? temporal_scale(run->arena, a, b.box->number, true)
                                  : temporal_ratio(run->arena, a, b);
}

/* Where a zone has a name, its offset is found again for the result. */
static bool spend_zone(Evaluation *run, Value value)
{
    return value.kind != VALUE_DATE_TIME || value.box->moment->zone.len == 0 || evaluation_spend(run, ZONE_STEPS);
}

static Value calculate_others(Evaluation *run, Value a, Operator sign, Value b)
{
    uint32_t kinds = kinds_of_sign(sign) | KIND(VALUE_UNKNOWN);
    if (!(kinds & KIND(a.kind)) || !(kinds & KIND(b.kind)))
        return value_null();
    if (value_is_unknown(a) || value_is_unknown(b))
        return value_waiting(waiting_add(run->arena, waiting_add(run->arena, NULL, a), b));
    if (a.kind == VALUE_STRING || b.kind == VALUE_STRING)
        return a.kind == b.kind ? of_texts(run, a.string, b.string) : value_null();
    if (!spend_zone(run, a) || !spend_zone(run, b))
        return value_null();
    switch (sign) {
    case OPERATOR_ADD:
        return temporal_add(run->arena, a, b);
    case OPERATOR_SUBTRACT:
        return temporal_subtract(run->arena, a, b);
    case OPERATOR_MULTIPLY:
        return multiply_time(run, a, b);
    case OPERATOR_DIVIDE:
        return divide_time(run, a, b);
    case OPERATOR_POWER:
    case OPERATOR_EQUAL:
    case OPERATOR_UNEQUAL:
    case OPERATOR_LESS:
    case OPERATOR_AT_MOST:
    case OPERATOR_MORE:
    case OPERATOR_AT_LEAST:
        return value_null();
    }
    return value_null();
}

static Value calculate(Evaluation *run, const Value *a, Operator sign, const Value *b)
{
    return a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER
               ? of_numbers(run->arena, a->box->number, sign, b->box->number)
               : calculate_others(run, *a, sign, *b);
}

Value evaluate_arithmetic(Evaluation *run, const Node *node, const Frame *frame)
{
    Value value = evaluate(run, node->arithmetic.first, frame);
    for (size_t i = 0; i < node->arithmetic.steps.count && !run->exhausted; i++) {
        const Step *step = &node->arithmetic.steps.at[i];
        const Value operand = evaluate(run, step->operand, frame);
        value = calculate(run, &value, step->sign, &operand);
    }
    return value;
}

Value evaluate_negative(Evaluation *run, const Node *node, const Frame *frame)
{
    Value value = evaluate(run, node->parts.at[0], frame);
    if (value_is_unknown(value))
        return value;
    if (value.kind == VALUE_NUMBER)
        return value_of_number(run->arena, number_negate(value.box->number));
    return temporal_negate(run->arena, value);
}
