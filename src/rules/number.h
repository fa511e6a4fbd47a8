/* Decimal numbers as FEEL has them: decimal128, 34 digits. What is not finite never leaves number.c: an operation that
 * gives no number says so, and the value becomes null. */
#ifndef RULES_NUMBER_H
#define RULES_NUMBER_H

#include "rules/rules.h"

typedef struct Number {
    _Alignas(16) uint64_t words[2];
} Number;

/* ROUND_UP and ROUND_DOWN go to the greater and to the lesser number; the halves go from zero or to it. */
typedef enum Rounding {
    ROUND_HALF_EVEN,
    ROUND_DOWN,
    ROUND_UP,
    ROUND_TO_ZERO,
    ROUND_HALF_UP,
    ROUND_FROM_ZERO,
    ROUND_HALF_DOWN
} Rounding;

bool number_is_literal(Str text);                  /* digits, point and exponent, with an optional sign */
/* False where it is none, is longer than NUMBER_TEXT_MAX, or decimal128 has no such number. What has more than 34 digits
 * is rounded, half to even, and then not `exact`. */
bool number_parse(Str text, Number *number, bool *exact) CHECKED;
Number number_of(int64_t whole);
bool number_to_i64(Number number, int64_t *whole) CHECKED; /* false where not whole or too large */
bool number_is_zero(Number number);
int number_compare(Number a, Number b);
Number number_negate(Number number);

/* Each is false where there is no such number: division by zero, overflow, a root of a negative number. */
bool number_add(Number a, Number b, Number *sum) CHECKED;
bool number_subtract(Number a, Number b, Number *difference) CHECKED;
bool number_multiply(Number a, Number b, Number *product) CHECKED;
bool number_divide(Number a, Number b, Number *quotient) CHECKED;
bool number_power(Number base, Number exponent, Number *power) CHECKED;
bool number_root(Number number, Number *root) CHECKED;
bool number_log(Number number, Number *logarithm) CHECKED;
bool number_exp(Number number, Number *power) CHECKED;
bool number_modulo(Number dividend, Number divisor, Number *rest) CHECKED; /* with the sign of the divisor */
/* To `scale` digits after the point; a negative scale rounds to tens, hundreds and so on. */
bool number_round(Number number, int64_t scale, Rounding rounding, Number *rounded) CHECKED;

void text_number(Text *text, Number number);       /* plain digits, no exponent, trailing zeros as calculated: 1.50 */

#endif
