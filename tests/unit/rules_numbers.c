/* rules: numbers. What is calculated without the decimal library must be what the library gives, bit for bit; and a
 * power must be the one that a long calculation on paper gives, rounded once. */
#define DECIMAL_CALL_BY_REFERENCE      0
#define DECIMAL_GLOBAL_ROUNDING        0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include "rules/digits.h"
#include "test.h"

#include <bid_conf.h>
#include <bid_functions.h>

static bool exactly(Str text, Number *number)
{
    bool exact;
    return number_parse(text, number, &exact) && exact;
}

enum { PAIRS_TRIED = 400000, POWERS_TRIED = 3000, FACTORS_MAX = 3000, LIMBS_MAX = 2 + FACTORS_MAX * 34 / 9 };

static uint64_t state = 20261125;

static uint64_t below(uint64_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 11) % limit;
}

/* Any number of digits, mostly few; often round, often near the edges of 64 bits and of 34 digits. */
static Number any_number(void)
{
    static const uint64_t EDGES[] = { 0, 1, 9, 10, UINT32_MAX, (uint64_t)UINT32_MAX + 1, INT64_MAX, UINT64_MAX };
    Wide digits = 0;
    switch (below(6)) {
    case 0:
        digits = EDGES[below(COUNT_OF(EDGES))];
        break;
    case 1:
        digits = (Wide)below(UINT64_MAX) * below(UINT64_MAX) % DIGITS_LIMIT;
        break;
    case 2:
        digits = DIGITS_LIMIT - 1 - below(3);
        break;
    default:
        for (uint64_t more = below(19); more; more--)
            digits = digits * 10 + below(10);
    }
    for (uint64_t zeros = below(3) ? 0 : below(12); zeros && digits * 10 < DIGITS_LIMIT; zeros--)
        digits *= 10;
    int exponent = EXPONENT_BIAS + (int)below(24) - 12;
    if (below(40) == 0)
        exponent = below(2) ? (int)below(40) : EXPONENT_MAX - (int)below(40);
    Number number;
    must(digits_number(below(2) == 0, exponent, digits, &number));
    return number;
}

static BID_UINT128 raw_of(Number number)
{
    BID_UINT128 raw;
    memcpy(&raw, &number, sizeof raw);
    return raw;
}

static bool same(bool is_number, Number number, BID_UINT128 raw)
{
    return is_number ? memcmp(&number, &raw, sizeof raw) == 0 : !bid128_isFinite(raw);
}

static void sums_products_and_quotients_are_those_of_the_library(void)
{
    for (int i = 0; i < PAIRS_TRIED; i++) {
        Number a = any_number(), b = below(8) ? any_number() : a, result = { { 0 } };
        BID_UINT128 x = raw_of(a), y = raw_of(b);
        _IDEC_flags flags = 0;
        bool good = number_add(a, b, &result);
        bool all = CHECK(same(good, result, bid128_add(x, y, BID_ROUNDING_TO_NEAREST, &flags)));
        good = number_subtract(a, b, &result);
        all &= CHECK(same(good, result, bid128_sub(x, y, BID_ROUNDING_TO_NEAREST, &flags)));
        good = number_multiply(a, b, &result);
        all &= CHECK(same(good, result, bid128_mul(x, y, BID_ROUNDING_TO_NEAREST, &flags)));
        good = number_divide(a, b, &result);
        all &= CHECK(same(good, result, bid128_div(x, y, BID_ROUNDING_TO_NEAREST, &flags)));
        int order = bid128_quiet_equal(x, y, &flags) ? 0 : bid128_quiet_less(x, y, &flags) ? -1 : 1;
        all &= CHECK(number_compare(a, b) == order);
        int64_t whole = 0;
        flags = 0;
        int64_t wanted = bid128_to_int64_xint(x, &flags);
        good = number_to_i64(a, &whole);
        all &= CHECK(good == (flags == 0) && (!good || whole == wanted));
        if (!all)
            return;
    }
}

static void whole_numbers_are_those_of_the_library(void)
{
    static const int64_t EDGES[] = { 0, 1, -1, 10, INT64_MAX, INT64_MIN, INT64_MIN + 1 };
    for (size_t i = 0; i < COUNT_OF(EDGES) + 1000; i++) {
        int64_t whole = i < COUNT_OF(EDGES) ? EDGES[i] : (int64_t)below(UINT64_MAX) - (int64_t)below(UINT64_MAX);
        CHECK(same(true, number_of(whole), bid128_from_int64(whole)));
    }
}

/* ---- powers on paper ---- */

enum { LIMB = 1000000000 };
typedef struct Paper {
    uint32_t limbs[LIMBS_MAX]; /* of nine digits, lowest first */
    size_t count;
} Paper;

static void paper_multiply(Paper *paper, Wide factor)
{
    static Paper product;
    product.count = paper->count + 4;
    must(product.count <= LIMBS_MAX);
    memset(product.limbs, 0, product.count * sizeof *product.limbs);
    for (size_t j = 0; j < 4; j++, factor /= LIMB) {
        uint64_t limb = (uint64_t)(factor % LIMB), carried = 0;
        for (size_t i = 0; i < paper->count; i++) {
            carried += product.limbs[i + j] + limb * paper->limbs[i];
            product.limbs[i + j] = (uint32_t)(carried % LIMB);
            carried /= LIMB;
        }
        product.limbs[paper->count + j] = (uint32_t)carried;
    }
    while (product.limbs[product.count - 1] == 0)
        product.count--;
    memcpy(paper, &product, sizeof product);
}

static unsigned paper_digit(const Paper *paper, size_t index)
{
    uint32_t limb = paper->limbs[index / 9];
    for (size_t i = index % 9; i; i--)
        limb /= 10;
    return limb % 10;
}

/* To 34 digits, a half to the even one. `cut` is how many digits fall away. */
static Wide paper_rounded(const Paper *paper, size_t *cut)
{
    size_t length = paper->count * 9;
    while (length && paper_digit(paper, length - 1) == 0)
        length--;
    *cut = length > 34 ? length - 34 : 0;
    Wide digits = 0;
    for (size_t i = length; i > *cut; i--)
        digits = digits * 10 + paper_digit(paper, i - 1);
    if (*cut == 0)
        return digits;
    unsigned next = paper_digit(paper, *cut - 1);
    bool more = false;
    for (size_t i = 0; i + 1 < *cut && !more; i++)
        more = paper_digit(paper, i) != 0;
    if (next > 5 || (next == 5 && (more || digits % 2)))
        digits++;
    if (digits == DIGITS_LIMIT) {
        digits /= 10;
        ++*cut;
    }
    return digits;
}

/* False where no answer is given, which a power must be able to do without. */
static bool power_is_right(Number base, int64_t exponent)
{
    static Paper paper;
    Number power, wanted;
    size_t cut;
    if (!power_rounded(base, exponent, &power))
        return false;
    Digits digits = digits_of(base);
    paper.count = 1;
    paper.limbs[0] = 1;
    for (int64_t i = 0; i < exponent; i++)
        paper_multiply(&paper, digits.digits);
    Wide rounded = paper_rounded(&paper, &cut);
    must(digits_number(digits.negative && exponent % 2,
                       (digits.exponent - EXPONENT_BIAS) * exponent + (int64_t)cut + EXPONENT_BIAS, rounded, &wanted));
    return CHECK(memcmp(&power, &wanted, sizeof power) == 0);
}

static void powers_are_rounded_once(void)
{
    int told = 0;
    for (int i = 0; i < POWERS_TRIED; i++) {
        Number base = any_number();
        told += power_is_right(base, (int64_t)below(below(10) ? 40 : 400));
        if (test_faults)
            return;
    }
    /* The others are short and exact, or so large or small that there is no such number. */
    CHECK(told > POWERS_TRIED / 3);
}

static void powers_at_the_edges_are_right(void)
{
    Number number;
    CHECK(exactly(S("1.003125"), &number) && power_is_right(number, 360));
    CHECK(exactly(S("1.000001"), &number) && power_is_right(number, FACTORS_MAX));
    CHECK(exactly(S("-9.999999999999999999999999999999999"), &number) && power_is_right(number, 999));
    CHECK(exactly(S("10"), &number) && power_is_right(number, 40)); /* the digits are a one and zeros */
    CHECK(exactly(S("1.0000"), &number) && power_is_right(number, 360));
    CHECK(exactly(S("2"), &number) && !power_rounded(number, 112, &number)); /* short */
    CHECK(exactly(S("5"), &number) && !power_rounded(number, 49, &number));  /* exactly between two numbers */
    CHECK(exactly(S("0"), &number) && !power_rounded(number, 360, &number));
    CHECK(exactly(S("9"), &number) && !power_rounded(number, 99999, &number)); /* too large */
    Number power, wanted;
    CHECK(exactly(S("5"), &number) && number_power(number, number_of(49), &power));
    CHECK(exactly(S("1776356839400250464677810668945312e1"), &wanted) && number_compare(power, wanted) == 0);
}

int main(void)
{
    RUN(sums_products_and_quotients_are_those_of_the_library);
    RUN(whole_numbers_are_those_of_the_library);
    RUN(powers_are_rounded_once);
    RUN(powers_at_the_edges_are_right);
    return test_end();
}
