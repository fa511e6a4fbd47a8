/* Patterns as FEEL has them: regular expressions of XPath, and letters made large or small. */
#ifndef RULES_PATTERN_H
#define RULES_PATTERN_H

#include "base/base.h"

/* A pattern made ready. */
typedef struct Pattern Pattern;

/* NULL where the pattern or a flag (of s, m, i, x) is broken. */
Pattern *pattern_make(Arena *arena, Str pattern, Str flags) CHECKED;
bool pattern_is(const Pattern *pattern, Str written, Str flags);
/* False where matching takes too long. */
bool pattern_match(Pattern *pattern, Str input, bool *matches) CHECKED;

Str pattern_upper(Arena *arena, Str text);
Str pattern_lower(Arena *arena, Str text);

#endif
