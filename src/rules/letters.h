/* Kinds of characters. */
#ifndef RULES_LETTERS_H
#define RULES_LETTERS_H

#include "base/base.h"

/* Nearly all text of rules is ASCII, so that is asked first, and without a call. */
bool letter_is_wide_blank(uint32_t code_point);
bool letter_starts_wide_name(uint32_t code_point);
bool letter_in_wide_name(uint32_t code_point);

static inline bool letter_is_digit(uint32_t code_point)
{
    return code_point - '0' < 10;
}
static inline bool letter_is_blank(uint32_t code_point)
{
    return code_point < 0x80 ? code_point == ' ' || code_point - '\t' < 5 : letter_is_wide_blank(code_point);
}
static inline bool letter_starts_name(uint32_t code_point)
{
    return code_point < 0x80 ? (code_point | 0x20) - 'a' < 26 || code_point == '_' || code_point == '?'
                             : letter_starts_wide_name(code_point);
}
static inline bool letter_in_name(uint32_t code_point)
{
    return code_point < 0x80 ? letter_starts_name(code_point) || letter_is_digit(code_point)
                             : letter_in_wide_name(code_point);
}
bool letter_joins_names(char c);                   /* may stand within a name that is known: foo-bar */
const char *letter_plain(uint32_t code_point);     /* what to write instead of a wide or curly sign; NULL for others */

#endif
