/* Decimal numbers: a thin cover over the Intel decimal library, called by value and without global state, so that
 * threads do not meet. Only this file sees the library's header.
 * Tried and left: the library's power function for whole exponents. It is not correctly rounded, and 5 ** 2 must be 25.
 */
#define DECIMAL_CALL_BY_REFERENCE      0
#define DECIMAL_GLOBAL_ROUNDING        0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include "rules/digits.h"

#include <bid_conf.h>
#include <bid_functions.h>

_Static_assert(sizeof(Number) == sizeof(BID_UINT128), "a number is one decimal128");
_Static_assert(ROUND_HALF_EVEN == BID_ROUNDING_TO_NEAREST && ROUND_DOWN == BID_ROUNDING_DOWN &&
                   ROUND_UP == BID_ROUNDING_UP && ROUND_TO_ZERO == BID_ROUNDING_TO_ZERO &&
                   ROUND_HALF_UP == BID_ROUNDING_TIES_AWAY,
               "our roundings are the library's");

enum { SCALE_MIN = -6111, SCALE_MAX = 6176, WHOLE_EXPONENT_MAX = 99999 };

static BID_UINT128 opened(Number number)
{
    BID_UINT128 raw;
    memcpy(&raw, &number, sizeof raw);
    return raw;
}

static Number closed(BID_UINT128 raw)
{
    Number number;
    memcpy(&number, &raw, sizeof number);
    return number;
}

static bool finite(BID_UINT128 raw, Number *number)
{
    if (!bid128_isFinite(raw))
        return false;
    *number = closed(raw);
    return true;
}

/* ---- short numbers ----
 * Nearly all numbers in rules have few digits, and what comes out of two of them is exact. That is worked out here with
 * whole numbers, and anything else by the library, which takes some hundred instructions for it. The numbers are the
 * same bit for bit: sign, digits and exponent, so 1.50 keeps its zero. */

enum { SHIFT_MAX = 18 }; /* ten to the power of it fits in 64 bits */

static inline bool is_short(const Digits *parts)
{
    return parts->digits >> 64 == 0;
}

/* Both as multiples of one power of ten, the smaller of theirs. */
static inline bool align(Number a, Number b, __int128 *left, __int128 *right, int *exponent)
{
    /* clang-format off */
    static const int64_t TENS[SHIFT_MAX + 1] = {
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
        1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
        1000000000000000000 };
    /* clang-format on */
    const Digits x = digits_of(a), y = digits_of(b);
    if (!is_short(&x) || !is_short(&y))
        return false;
    int apart = x.exponent - y.exponent;
    if (apart < -SHIFT_MAX || apart > SHIFT_MAX)
        return false;
    *left = (__int128)(uint64_t)x.digits * TENS[apart > 0 ? apart : 0];
    *right = (__int128)(uint64_t)y.digits * TENS[apart < 0 ? -apart : 0];
    *left = x.negative ? -*left : *left;
    *right = y.negative ? -*right : *right;
    *exponent = apart > 0 ? y.exponent : x.exponent;
    return true;
}

static bool add_short(Number a, Number b, Number *sum)
{
    __int128 left, right;
    int exponent;
    if (!align(a, b, &left, &right, &exponent) || left + right == 0) /* zeros have signs */
        return false;
    __int128 total = left + right;
    return digits_number(total < 0, exponent, (Wide)(total < 0 ? -total : total), sum);
}

static bool multiply_short(Number a, Number b, Number *product)
{
    const Digits x = digits_of(a), y = digits_of(b);
    return is_short(&x) && is_short(&y) &&
           digits_number(x.negative != y.negative, x.exponent + y.exponent - EXPONENT_BIAS, x.digits * y.digits,
                         product);
}

/* On paper, where nothing is left over soon: the digits of the dividend and at most four more. */
static bool divide_short(Number a, Number b, Number *quotient)
{
    const Digits x = digits_of(a), y = digits_of(b);
    if (!is_short(&x) || y.digits == 0 || y.digits > UINT32_MAX)
        return false;
    const uint64_t divisor = (uint64_t)y.digits;
    Wide whole = (uint64_t)x.digits / divisor;
    uint64_t left = (uint64_t)x.digits % divisor;
    int exponent = x.exponent - y.exponent + EXPONENT_BIAS;
    for (int more = 0; left && more < 4; more++, exponent--) {
        whole = whole * 10 + left * 10 / divisor;
        left = left * 10 % divisor;
    }
    return left == 0 && digits_number(x.negative != y.negative, exponent, whole, quotient);
}

/* ---- reading ---- */

static size_t skip_digits(Str text, size_t at)
{
    while (at < text.len && text.data[at] >= '0' && text.data[at] <= '9')
        at++;
    return at;
}

/* [sign] digits [. digits] [e [sign] digits]; the digits before or after the point may be missing, not both. */
bool number_is_literal(Str text)
{
    size_t at = text.len && (text.data[0] == '-' || text.data[0] == '+') ? 1 : 0;
    size_t whole = skip_digits(text, at), digits = whole - at;
    at = whole;
    if (at < text.len && text.data[at] == '.') {
        size_t end = skip_digits(text, at + 1);
        if (end == at + 1)
            return false;
        digits += end - at - 1;
        at = end;
    }
    if (digits == 0)
        return false;
    if (at < text.len && (text.data[at] == 'e' || text.data[at] == 'E')) {
        at++;
        if (at < text.len && (text.data[at] == '-' || text.data[at] == '+'))
            at++;
        size_t end = skip_digits(text, at);
        if (end == at)
            return false;
        at = end;
    }
    return at == text.len;
}

bool number_parse(Str text, Number *number, bool *exact)
{
    int64_t whole;
    *exact = true;
    /* Most numbers in rules are whole and short. */
    if (text.len <= 18 && skip_digits(text, 0) == text.len && str_to_i64(text, &whole)) {
        *number = number_of(whole);
        return true;
    }
    char literal[NUMBER_TEXT_MAX + 1] = { 0 };
    if (text.len > NUMBER_TEXT_MAX || !number_is_literal(text))
        return false;
    memcpy(literal, text.data, text.len);
    _IDEC_flags flags = 0;
    BID_UINT128 raw = bid128_from_string(literal, BID_ROUNDING_TO_NEAREST, &flags);
    *exact = !(flags & BID_INEXACT_EXCEPTION);
    return finite(raw, number);
}

Number number_of(int64_t whole)
{
    Number number = { 0 };
    must(digits_number(whole < 0, EXPONENT_BIAS, whole < 0 ? -(Wide)whole : (Wide)whole, &number));
    return number;
}

bool number_to_i64(Number number, int64_t *whole)
{
    _IDEC_flags flags = 0;
    const Digits parts = digits_of(number);
    if (parts.exponent == EXPONENT_BIAS && parts.digits <= INT64_MAX) {
        *whole = parts.negative ? -(int64_t)parts.digits : (int64_t)parts.digits;
        return true;
    }
    *whole = bid128_to_int64_xint(opened(number), &flags);
    return flags == 0;
}

bool number_is_zero(Number number)
{
    return bid128_isZero(opened(number));
}

int number_compare(Number a, Number b)
{
    _IDEC_flags flags = 0;
    __int128 left, right;
    int exponent;
    if (align(a, b, &left, &right, &exponent))
        return (left > right) - (left < right);
    if (bid128_quiet_equal(opened(a), opened(b), &flags))
        return 0;
    return bid128_quiet_less(opened(a), opened(b), &flags) ? -1 : 1;
}

Number number_negate(Number number)
{
    return closed(bid128_negate(opened(number)));
}

bool number_add(Number a, Number b, Number *sum)
{
    _IDEC_flags flags = 0;
    return add_short(a, b, sum) || finite(bid128_add(opened(a), opened(b), BID_ROUNDING_TO_NEAREST, &flags), sum);
}

bool number_subtract(Number a, Number b, Number *difference)
{
    return number_add(a, number_negate(b), difference);
}

bool number_multiply(Number a, Number b, Number *product)
{
    _IDEC_flags flags = 0;
    return multiply_short(a, b, product) ||
           finite(bid128_mul(opened(a), opened(b), BID_ROUNDING_TO_NEAREST, &flags), product);
}

bool number_divide(Number a, Number b, Number *quotient)
{
    _IDEC_flags flags = 0;
    return divide_short(a, b, quotient) ||
           finite(bid128_div(opened(a), opened(b), BID_ROUNDING_TO_NEAREST, &flags), quotient);
}

/* By squaring: exact wherever the result has 34 digits or fewer. */
static bool whole_power(Number base, int64_t exponent, Number *power)
{
    Number result = number_of(1), square = base;
    int64_t rest = exponent < 0 ? -exponent : exponent;
    if (power_rounded(base, rest, &result))
        rest = 0;
    for (; rest; rest /= 2) {
        if (rest % 2 && !number_multiply(result, square, &result))
            return false;
        if (rest > 1 && !number_multiply(square, square, &square))
            return false;
    }
    if (exponent < 0)
        return number_divide(number_of(1), result, power);
    *power = result;
    return true;
}

bool number_power(Number base, Number exponent, Number *power)
{
    int64_t whole;
    if (number_to_i64(exponent, &whole) && whole >= -WHOLE_EXPONENT_MAX && whole <= WHOLE_EXPONENT_MAX)
        return whole_power(base, whole, power);
    _IDEC_flags flags = 0;
    return finite(bid128_pow(opened(base), opened(exponent), BID_ROUNDING_TO_NEAREST, &flags), power);
}

bool number_root(Number number, Number *root)
{
    _IDEC_flags flags = 0;
    return finite(bid128_sqrt(opened(number), BID_ROUNDING_TO_NEAREST, &flags), root);
}

bool number_log(Number number, Number *logarithm)
{
    _IDEC_flags flags = 0;
    return finite(bid128_log(opened(number), BID_ROUNDING_TO_NEAREST, &flags), logarithm);
}

bool number_exp(Number number, Number *power)
{
    _IDEC_flags flags = 0;
    return finite(bid128_exp(opened(number), BID_ROUNDING_TO_NEAREST, &flags), power);
}

bool number_modulo(Number dividend, Number divisor, Number *rest)
{
    _IDEC_flags flags = 0;
    const Number zero = number_of(0);
    if (number_is_zero(divisor) || !finite(bid128_fmod(opened(dividend), opened(divisor), &flags), rest))
        return false;
    /* The library's remainder has the sign of the dividend. */
    if (!number_is_zero(*rest) && (number_compare(*rest, zero) < 0) != (number_compare(divisor, zero) < 0))
        return number_add(*rest, divisor, rest);
    return true;
}

static _IDEC_round quantizing(bool negative, Rounding rounding)
{
    switch (rounding) {
    case ROUND_FROM_ZERO:
        return negative ? BID_ROUNDING_DOWN : BID_ROUNDING_UP;
    case ROUND_HALF_EVEN:
    case ROUND_DOWN:
    case ROUND_UP:
    case ROUND_TO_ZERO:
    case ROUND_HALF_UP:
        return (_IDEC_round)rounding;
    case ROUND_HALF_DOWN:
        break;
    }
    must(false); /* the library has no such rounding */
    return BID_ROUNDING_TO_NEAREST;
}

/* What is more than half away from the number nearer to zero goes away from zero, all else to it. */
static bool round_half_down(Number number, int64_t scale, Number *rounded)
{
    Number near, far, to_near, to_far;
    if (!number_round(number, scale, ROUND_TO_ZERO, &near) || !number_subtract(number, near, &to_near))
        return false;
    if (!number_round(number, scale, ROUND_FROM_ZERO, &far) || !number_subtract(far, number, &to_far)) {
        *rounded = near;
        return true;
    }
    bool negative = number_compare(number, number_of(0)) < 0;
    int order = number_compare(to_near, to_far);
    *rounded = (negative ? -order : order) > 0 ? far : near;
    return true;
}

bool number_round(Number number, int64_t scale, Rounding rounding, Number *rounded)
{
    if (scale < SCALE_MIN || scale > SCALE_MAX)
        return false;
    if (rounding == ROUND_HALF_DOWN)
        return round_half_down(number, scale, rounded);
    _IDEC_flags flags = 0;
    /* What has no more digits than that already is as it should be. */
    if (bid128_llquantexp(opened(number), &flags) >= -scale) {
        *rounded = number;
        return true;
    }
    BID_UINT128 unit = bid128_scalbn(bid128_from_int64(1), (int)-scale, BID_ROUNDING_TO_NEAREST, &flags);
    return finite(bid128_quantize(opened(number), unit, quantizing(bid128_isSigned(opened(number)), rounding), &flags),
                  rounded);
}

void text_number(Text *text, Number number)
{
    /* The library writes +digitsE±exponent. */
    char written[64] = { 0 };
    _IDEC_flags flags = 0;
    bid128_to_string(written, opened(number), &flags);
    Str rest = str_from(written + 1), digits;
    int64_t exponent = 0;
    must(str_cut(&rest, 'E', &digits) && str_to_i64(rest, &exponent));
    if (number_is_zero(number))
        digits = S("0");
    else if (written[0] == '-')
        text_char(text, '-');
    if (exponent >= 0) {
        text_put(text, digits);
        for (int64_t i = 0; i < exponent && !number_is_zero(number); i++)
            text_char(text, '0');
        return;
    }
    size_t decimals = (size_t)-exponent, whole = digits.len > decimals ? digits.len - decimals : 0;
    text_put(text, whole ? str_slice(digits, 0, whole) : S("0"));
    text_char(text, '.');
    for (size_t i = digits.len; i < decimals; i++)
        text_char(text, '0');
    text_put(text, str_slice(digits, whole, digits.len));
}
