/* References and secrets that are read aloud, written down and typed in again, in Crockford's base 32.
 *
 * The number goes through a Feistel network of two halves of 20 bits. It is one-to-one whatever its round function
 * is, so that no two cases share a reference and none has to be looked up to be turned back.
 *
 *     left  right             each round:  left, right = right, left ^ f(round, right)
 *       \   /  f              f: the first 20 bits of keyed BLAKE2b over a label, the round and the half
 *        x x
 *
 * Tried and left: random references with a unique index, which need a loop and a table; multiplication modulo a
 * prime, which two known references give away. The key hides the order, it does not give access: a reference is not a
 * secret. The check character is over GF(32), where every weight differs; a sum modulo 37 needs five more symbols. */
#include "trust/trust.h"

#include <sodium.h>

enum {
    HALF_BITS = 20,
    HALF_MASK = (1 << HALF_BITS) - 1,
    ROUNDS = 8,
    SYMBOL_BITS = 5,
    DATA_SYMBOLS = 2 * HALF_BITS / SYMBOL_BITS,
    REFERENCE_SYMBOLS = DATA_SYMBOLS + 1,
};

static const char SYMBOLS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static uint32_t round_value(const Key *key, uint8_t round, uint32_t half)
{
    unsigned char input[] = "reference ....";
    input[10] = round;
    input[11] = (unsigned char)(half >> 16);
    input[12] = (unsigned char)(half >> 8 & 0xff);
    input[13] = (unsigned char)(half & 0xff);
    unsigned char output[crypto_generichash_BYTES_MIN];
    must(crypto_generichash(output, sizeof output, input, sizeof input - 1, key->bytes, sizeof *key) == 0);
    return ((uint32_t)output[0] << 16 | (uint32_t)output[1] << 8 | output[2]) & HALF_MASK;
}

static uint64_t permute(const Key *key, uint64_t number)
{
    uint32_t left = (uint32_t)(number >> HALF_BITS), right = (uint32_t)number & HALF_MASK;
    for (uint8_t round = 0; round < ROUNDS; round++) {
        uint32_t next = left ^ round_value(key, round, right);
        left = right;
        right = next;
    }
    return (uint64_t)left << HALF_BITS | right;
}

static uint64_t permute_back(const Key *key, uint64_t number)
{
    uint32_t left = (uint32_t)(number >> HALF_BITS), right = (uint32_t)number & HALF_MASK;
    for (uint8_t round = ROUNDS; round-- > 0;) {
        uint32_t before = right ^ round_value(key, round, left);
        right = left;
        left = before;
    }
    return (uint64_t)left << HALF_BITS | right;
}

/* Times x in GF(32) modulo x^5 + x^2 + 1; x has order 31, so its first nine powers are all different. */
static uint8_t times_x(uint8_t element)
{
    return (uint8_t)(element & 16 ? (element << 1) ^ 0x25 : element << 1);
}

/* The sum of symbol times x to the power of its place, counted from the end. A wrong symbol changes it because no
 * weight is zero; two symbols changing places because no two weights are equal. */
static uint8_t weighted_sum(const uint8_t *symbols, size_t count)
{
    uint8_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum = times_x(sum) ^ symbols[i];
    return sum;
}

static void symbols_of(uint64_t number, uint8_t symbols[DATA_SYMBOLS])
{
    for (size_t i = DATA_SYMBOLS; i-- > 0; number >>= SYMBOL_BITS)
        symbols[i] = (uint8_t)(number & 31);
}

static Str write_groups(Arena *arena, const uint8_t *symbols, size_t count, size_t group)
{
    Text text = text_begin(arena, 2 * count);
    for (size_t i = 0; i < count; i++) {
        if (i && i % group == 0)
            text_char(&text, '-');
        text_char(&text, SYMBOLS[symbols[i]]);
    }
    return text_str(&text);
}

/* The full-width forms that a Chinese or Japanese keyboard writes stand for the plain ones. */
static uint32_t plain_form(uint32_t c)
{
    return c >= 0xff01 && c <= 0xff5e ? c - 0xff01 + '!' : c;
}

/* Blanks, hyphens, dashes and the minus sign, which word processors put in place of one another. */
static bool is_blank_or_dash(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || (c >= 0x2000 && c <= 0x200b) || c == 0x202f ||
           c == 0x205f || c == 0x3000 || c == '-' || c == 0xad || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* 0 to 31; 32 for what is no symbol. U is none: it was left out of the alphabet against accidental words. */
static uint8_t symbol_value(uint32_t c)
{
    if (c >= 'a' && c <= 'z')
        c -= 'a' - 'A';
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    uint8_t value = 0;
    while (value < 32 && (unsigned char)SYMBOLS[value] != c)
        value++;
    return value;
}

/* Exactly `count` symbols, with anything that separates them anywhere. */
static bool read_symbols(Str text, uint8_t *symbols, size_t count)
{
    size_t found = 0;
    uint32_t c;
    for (size_t at = 0, used; (used = utf8_next(text, at, &c)) > 0; at += used) {
        c = plain_form(c);
        if (is_blank_or_dash(c))
            continue;
        uint8_t value = symbol_value(c);
        if (value == 32 || found == count)
            return false;
        symbols[found++] = value;
    }
    return found == count;
}

Str reference_text(Arena *arena, const Key *key, uint64_t number)
{
    must(number >> (2 * HALF_BITS) == 0);
    uint8_t symbols[REFERENCE_SYMBOLS];
    symbols_of(permute(key, number), symbols);
    /* The last weight is 1, so that the check character is what brings the sum to zero. */
    symbols[DATA_SYMBOLS] = times_x(weighted_sum(symbols, DATA_SYMBOLS));
    Str text = write_groups(arena, symbols, REFERENCE_SYMBOLS, 3);
    must(text.len == REFERENCE_LEN);
    return text;
}

bool reference_parse(const Key *key, Str text, uint64_t *number)
{
    uint8_t symbols[REFERENCE_SYMBOLS];
    if (!read_symbols(text, symbols, REFERENCE_SYMBOLS) || weighted_sum(symbols, REFERENCE_SYMBOLS) != 0)
        return false;
    uint64_t permuted = 0;
    for (size_t i = 0; i < DATA_SYMBOLS; i++)
        permuted = permuted << SYMBOL_BITS | symbols[i];
    *number = permute_back(key, permuted);
    return true;
}

Str secret_text(Arena *arena, const uint8_t random[5])
{
    uint64_t number = 0;
    for (size_t i = 0; i < 5; i++)
        number = number << 8 | random[i];
    uint8_t symbols[DATA_SYMBOLS];
    symbols_of(number, symbols);
    return write_groups(arena, symbols, DATA_SYMBOLS, 4);
}

bool secret_parse(Str text, char canonical[8])
{
    uint8_t symbols[DATA_SYMBOLS];
    if (!read_symbols(text, symbols, DATA_SYMBOLS))
        return false;
    for (size_t i = 0; i < DATA_SYMBOLS; i++)
        canonical[i] = SYMBOLS[symbols[i]];
    return true;
}
