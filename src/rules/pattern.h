/* Patterns as FEEL has them: regular expressions of XPath, and letters made large or small. */
#ifndef RULES_PATTERN_H
#define RULES_PATTERN_H

#include "rules/rules.h"

/* A pattern made ready. */
typedef struct Pattern Pattern;

/* NULL where the pattern or a flag (of s, m, i, x) is broken, or the pattern is past a limit. */
Pattern *pattern_make(Arena *arena, Str pattern, Str flags, LimitKind *limit) CHECKED;
bool pattern_is(const Pattern *pattern, Str written, Str flags);
size_t pattern_groups(const Pattern *pattern);     /* how many brackets keep what they find */

/* Where a match is, in bytes. */
typedef struct Found {
    bool any;
    size_t from, to;
} Found;
/* The first match at or after a byte; past the first call for an input, that is where an earlier match ended. False
 * where the input is no UTF-8, or with the limit where matching takes more than so many steps. */
bool pattern_find(Pattern *pattern, Str input, size_t from, uint32_t steps, Found *found, LimitKind *limit) CHECKED;
/* What a bracket found in the last match; 0 is the whole. Empty where it found nothing. */
Str pattern_group(const Pattern *pattern, Str input, size_t group);

Str pattern_upper(Arena *arena, Str text);
Str pattern_lower(Arena *arena, Str text);

/* XPath's way of writing in PCRE2's; false where it is no regular expression of XPath, or one past a limit. Flag x leaves
 * blanks out. */
bool pattern_translate(Arena *arena, Str pattern, bool drop_blanks, Str *translated, LimitKind *limit) CHECKED;

#endif
