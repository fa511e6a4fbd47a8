/* A number taken apart: for number.c and power.c, which work with its digits themselves. */
#ifndef RULES_DIGITS_H
#define RULES_DIGITS_H

#include "rules/number.h"

typedef unsigned __int128 Wide;

typedef struct Digits {
    Wide digits;                                   /* at most 34 of them */
    int exponent;                                  /* with the bias */
    bool negative;
} Digits;

enum { EXPONENT_BIAS = 6176, EXPONENT_MAX = 12287 }; /* the greatest one with the bias */
#define DIGITS_LIMIT ((Wide)100000000000000000 * 100000000000000000) /* 1 and 34 zeros */

/* decimal128 in its binary encoding: a sign, 14 bits of exponent, 113 bits of digits. */
static inline Digits digits_of(Number number)
{
    const uint64_t high = number.words[1];
    return (Digits){ (Wide)(high & 0x1FFFFFFFFFFFF) << 64 | number.words[0], (int)(high >> 49 & 0x3FFF), high >> 63 };
}

/* False where a number has not so many digits or no such exponent. */
static inline bool digits_number(bool negative, int64_t exponent, Wide digits, Number *number) CHECKED;
static inline bool digits_number(bool negative, int64_t exponent, Wide digits, Number *number)
{
    if (exponent < 0 || exponent > EXPONENT_MAX || digits >= DIGITS_LIMIT)
        return false;
    number->words[0] = (uint64_t)digits;
    number->words[1] = (uint64_t)negative << 63 | (uint64_t)exponent << 49 | (uint64_t)(digits >> 64);
    return true;
}

/* A whole power whose digits are too many to be kept all, rounded once. False where it is none of those, where it has no
 * such number, and where it is too near to the middle of two numbers to be told. */
bool power_rounded(Number base, int64_t exponent, Number *power) CHECKED;

#endif
