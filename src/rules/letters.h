/* Kinds of characters. */
#ifndef RULES_LETTERS_H
#define RULES_LETTERS_H

#include "base/base.h"

bool letter_is_blank(uint32_t code_point);
bool letter_starts_name(uint32_t code_point);
bool letter_in_name(uint32_t code_point);
bool letter_joins_names(char c);                   /* may stand within a name that is known: foo-bar */
const char *letter_plain(uint32_t code_point);     /* what to write instead of a wide or curly sign; NULL for others */

#endif
