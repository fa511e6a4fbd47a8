/* letters: what texts are made of, in any language. Private to lint. */
#ifndef LINT_LETTERS_H
#define LINT_LETTERS_H

#include "base/base.h"

typedef enum Script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_HAN, SCRIPT_OTHER } Script;
Script script_of_letter(uint32_t letter);          /* NONE: it is no letter */
Script script_of_language(Str code);               /* "zh" is HAN; of a language that is not known: LATIN */
bool writes_in(Str code, uint32_t letter);         /* whether the language is written with it */

/* The text without blanks, signs and letter case, so that two that read alike are alike. */
Str letters_plain(Arena *arena, Str text);

/* Numbers in a text, in thousandths. Those in digits, and those in words of English or Chinese. */
typedef LIST(int64_t) Numbers;
Numbers numbers_in_digits(Arena *arena, Str text);
Numbers numbers_in_words(Arena *arena, Str text, Str language);

#endif
