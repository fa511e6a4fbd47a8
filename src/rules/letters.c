/* Which characters are blanks and which make names, as DMN 1.5 (10.3.1.2) lists them.
 * One thing is stricter: full-width punctuation would be part of names there. Who types it means the ASCII character,
 * so it is refused, with the character to write instead. */
#include "rules/letters.h"

typedef struct Span32 {
    uint32_t from, to;
} Span32;

static bool is_within(const Span32 *spans, size_t count, uint32_t code_point)
{
    for (size_t i = 0; i < count; i++)
        if (code_point >= spans[i].from && code_point <= spans[i].to)
            return true;
    return false;
}

bool letter_is_wide_blank(uint32_t code_point)
{
    static const Span32 BLANKS[] = { { 0x85, 0x85 },     { 0xA0, 0xA0 },     { 0x1680, 0x1680 }, { 0x180E, 0x180E },
                                     { 0x2000, 0x200B }, { 0x2028, 0x2029 }, { 0x202F, 0x202F }, { 0x205F, 0x205F },
                                     { 0x3000, 0x3000 }, { 0xFEFF, 0xFEFF } };
    return is_within(BLANKS, COUNT_OF(BLANKS), code_point);
}

/* wide character, what to write instead */
static const struct {
    uint32_t code_point;
    const char *plain;
} WIDE[] = {
    { 0x3001, "," },  { 0x3002, "." },  { 0x3008, "<" },  { 0x3009, ">" },  { 0x3010, "[" },  { 0x3011, "]" },
    { 0xFF01, "!=" }, { 0xFF02, "\"" }, { 0xFF08, "(" },  { 0xFF09, ")" },  { 0xFF0A, "*" },  { 0xFF0B, "+" },
    { 0xFF0C, "," },  { 0xFF0D, "-" },  { 0xFF0E, "." },  { 0xFF0F, "/" },  { 0xFF1A, ":" },  { 0xFF1C, "<" },
    { 0xFF1D, "=" },  { 0xFF1E, ">" },  { 0xFF20, "@" },  { 0xFF3B, "[" },  { 0xFF3D, "]" },  { 0xFF5B, "{" },
    { 0xFF5D, "}" },  { 0x201C, "\"" }, { 0x201D, "\"" }, { 0x2018, "\"" }, { 0x2019, "\"" }, { 0x2212, "-" },
    { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x2260, "!=" }, { 0x00D7, "*" },  { 0x00F7, "/" },
};

const char *letter_plain(uint32_t code_point)
{
    if (code_point < 0x80)
        return NULL;
    for (size_t i = 0; i < COUNT_OF(WIDE); i++)
        if (WIDE[i].code_point == code_point)
            return WIDE[i].plain;
    return NULL;
}

bool letter_starts_wide_name(uint32_t code_point)
{
    static const Span32 STARTS[] = { { 0xC0, 0xD6 },     { 0xD8, 0xF6 },     { 0xF8, 0x2FF },    { 0x370, 0x37D },
                                     { 0x37F, 0x1FFF },  { 0x200C, 0x200D }, { 0x2070, 0x218F }, { 0x2C00, 0x2FEF },
                                     { 0x3001, 0xD7FF }, { 0xF900, 0xFDCF }, { 0xFDF0, 0xFFFD }, { 0x10000, 0xEFFFF } };
    return is_within(STARTS, COUNT_OF(STARTS), code_point) && !letter_is_wide_blank(code_point) &&
           !letter_plain(code_point);
}

bool letter_in_wide_name(uint32_t code_point)
{
    static const Span32 MORE[] = { { 0xB7, 0xB7 }, { 0x300, 0x36F }, { 0x203F, 0x2040 } };
    return letter_starts_wide_name(code_point) || is_within(MORE, COUNT_OF(MORE), code_point);
}

bool letter_joins_names(char c)
{
    return c == '.' || c == '/' || c == '-' || c == '\'' || c == '+' || c == '*';
}
