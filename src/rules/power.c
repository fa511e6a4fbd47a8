/* Whole powers of numbers, where the digits are more than a number holds: (1 + rate / 12) ** 360.
 *
 * Worked out in binary with 192 bits, and made decimal at the end. By squaring decimals, every step costs as much as
 * all of this and is rounded, and the roundings add up; here the result is rounded once.
 *
 * Every product here is cut off, which loses less than one part in 2 to the 191st, and a power of n has the losses of n
 * products. There are at most 4 million of them, so what comes out is too small by less than one part in 2 to the
 * 168th. The digits need 113 bits: more than 50 of those behind them are right, and only where they stand for a half is
 * it open which way to round. */
#include "rules/digits.h"

enum { PARTS = 3, BITS = 64 * PARTS, BITS_OF_DIGITS = 113, SURE_BITS = 50 };

typedef struct Float {     /* all parts as one whole number, times 2 to the exponent */
    uint64_t parts[PARTS]; /* lowest first; the highest bit is set */
    int64_t exponent;
} Float;

static const Float TENTH = { { 0xCCCCCCCCCCCCCCCC, 0xCCCCCCCCCCCCCCCC, 0xCCCCCCCCCCCCCCCC }, -BITS - 3 };

static Float float_of(Wide digits)
{
    must(digits != 0);
    const uint64_t high = (uint64_t)(digits >> 64);
    const int zeros = high ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)digits);
    digits <<= zeros;
    return (Float){ { 0, (uint64_t)digits, (uint64_t)(digits >> 64) }, 128 - BITS - zeros };
}

/* Written out part by part: this is where a power spends its time. */
static void add_row(uint64_t part, const Float *other, uint64_t *whole)
{
    Wide sum = (Wide)part * other->parts[0] + whole[0];
    whole[0] = (uint64_t)sum;
    sum = (Wide)part * other->parts[1] + whole[1] + (uint64_t)(sum >> 64);
    whole[1] = (uint64_t)sum;
    sum = (Wide)part * other->parts[2] + whole[2] + (uint64_t)(sum >> 64);
    whole[2] = (uint64_t)sum;
    whole[3] = (uint64_t)(sum >> 64);
}

/* The product may be one of the factors. It is written in its place: a copy would wait for all of its parts. */
static void multiply(const Float *a, const Float *b, Float *product)
{
    uint64_t whole[2 * PARTS] = { 0 };
    add_row(a->parts[0], b, whole);
    add_row(a->parts[1], b, whole + 1);
    add_row(a->parts[2], b, whole + 2);
    product->exponent = a->exponent + b->exponent + BITS;
    if (whole[5] >> 63) {
        product->parts[0] = whole[3];
        product->parts[1] = whole[4];
        product->parts[2] = whole[5];
    } else {
        product->parts[0] = whole[3] << 1 | whole[2] >> 63;
        product->parts[1] = whole[4] << 1 | whole[3] >> 63;
        product->parts[2] = whole[5] << 1 | whole[4] >> 63;
        product->exponent--;
    }
}

/* From the highest bit of the exponent down. */
static void raise(const Float *base, int64_t exponent, Float *power)
{
    must(exponent > 0);
    *power = *base;
    for (int bit = 62 - __builtin_clzll((uint64_t)exponent); bit >= 0; bit--) {
        multiply(power, power, power);
        if (exponent >> bit & 1)
            multiply(power, base, power);
    }
}

/* The whole part, and the 64 bits behind the point. */
static Wide whole_part(const Float *number, uint64_t *fraction)
{
    const int64_t behind = -number->exponent - 64; /* bits of the lowest parts that do not count */
    must(behind >= 0 && behind < 64);
    *fraction = (uint64_t)(((Wide)number->parts[1] << 64 | number->parts[0]) >> behind);
    return ((Wide)number->parts[2] << 64 | number->parts[1]) >> behind;
}

static int64_t log2_of(const Float *number)
{
    return number->exponent + BITS - 1;
}

bool power_rounded(Number base, int64_t exponent, Number *power)
{
    const Digits digits = digits_of(base);
    if (digits.digits == 0 || exponent < 2)
        return false;
    const Float factor = float_of(digits.digits);
    if (log2_of(&factor) * exponent < BITS_OF_DIGITS)
        return false;
    Float product, scale, scaled;
    raise(&factor, exponent, &product);
    /* How many tens are to be taken off: by the logarithm to ten, or one less. */
    int64_t tens = log2_of(&product) * 301029995 / 1000000000 - 33;
    raise(&TENTH, tens, &scale);
    multiply(&product, &scale, &scaled);
    uint64_t fraction;
    Wide whole = whole_part(&scaled, &fraction);
    if (whole >= DIGITS_LIMIT) {
        multiply(&scaled, &TENTH, &scaled);
        whole = whole_part(&scaled, &fraction);
        tens++;
    }
    const uint64_t middle = (uint64_t)1 << 63, unsure = (uint64_t)1 << (64 - SURE_BITS);
    if (fraction - (middle - unsure) <= 2 * unsure)
        return false;
    whole += fraction > middle;
    if (whole == DIGITS_LIMIT) {
        whole /= 10;
        tens++;
    }
    tens += (digits.exponent - EXPONENT_BIAS) * exponent;
    return digits_number(digits.negative && exponent % 2, tens + EXPONENT_BIAS, whole, power);
}
