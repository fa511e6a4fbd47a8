/* UTF-8 as RFC 3629 has it, read strictly: the shortest form only, no surrogates, nothing above U+10FFFF. */
#include "base/base.h"

/* Bytes of the sequence at s[at], or 0 where it is broken. */
static size_t sequence(Str s, size_t at, uint32_t *code_point)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } FORMS[] = { { 0x80, 0x00, 0 }, { 0xE0, 0xC0, 0x80 }, { 0xF0, 0xE0, 0x800 }, { 0xF8, 0xF0, 0x10000 } };
    unsigned char first = (unsigned char)s.data[at];
    for (size_t form = 0; form < COUNT_OF(FORMS); form++) {
        if ((first & FORMS[form].mask) != FORMS[form].lead)
            continue;
        if (at + form >= s.len)
            return 0;
        uint32_t value = first & (unsigned char)~FORMS[form].mask;
        for (size_t i = 1; i <= form; i++) {
            unsigned char next = (unsigned char)s.data[at + i];
            if ((next & 0xC0) != 0x80)
                return 0;
            value = value << 6 | (next & 0x3F);
        }
        if (value < FORMS[form].least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
            return 0;
        *code_point = value;
        return form + 1;
    }
    return 0;
}

Utf8 utf8_wide(Str s, size_t at)
{
    uint32_t code_point;
    size_t used = sequence(s, at, &code_point);
    return used ? (Utf8){ code_point, (uint32_t)used } : (Utf8){ 0xFFFD, 1 };
}

bool utf8_is_valid(Str s)
{
    uint32_t code_point = 0;
    for (size_t at = 0; at < s.len;) {
        while (at < s.len && s.data[at] > 0) /* ASCII, but NUL */
            at++;
        if (at == s.len)
            break;
        size_t used = sequence(s, at, &code_point);
        if (used == 0 || code_point == 0)
            return false;
        at += used;
    }
    return true;
}

size_t utf8_length(Str s)
{
    size_t length = 0;
    uint32_t code_point;
    for (size_t at = 0; at < s.len; at += utf8_next(s, at, &code_point))
        length++;
    return length;
}

void utf8_encode(uint32_t code_point, char out[4], size_t *len)
{
    must(code_point <= 0x10FFFF);
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        *len = 1;
    } else if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        *len = 2;
    } else if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        *len = 3;
    } else {
        out[0] = (char)(0xF0 | code_point >> 18);
        out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
        out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[3] = (char)(0x80 | (code_point & 0x3F));
        *len = 4;
    }
}
