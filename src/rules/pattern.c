/* Patterns: matched by PCRE2, bounded, in memory of the arena. Large and small letters are PCRE2's too, by a
 * replacement that recases all: it has Unicode's tables, and the C library would need a locale. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules/pattern.h"

#include <pcre2.h>

/* As many branches at once, and as much memory for them, as PATTERN_STEPS_MAX steps may need at the worst. */
enum { MATCH_DEPTH_MAX = 2000, MATCH_HEAP_KB = 1000 };

struct Pattern {
    Str written, flags;
    pcre2_code *code;
    pcre2_match_context *bounds;
    pcre2_match_data *found;
};

/* ---- memory ---- */

static void *take(PCRE2_SIZE size, void *arena)
{
    return arena_alloc(arena, size);
}

static void give_back(void *memory, void *arena)
{
    (void)memory;
    (void)arena;
}

/* ---- matching ---- */

static bool read_flags(Str flags, uint32_t *options, bool *drop_blanks)
{
    *options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C | PCRE2_MATCH_UNSET_BACKREF;
    *drop_blanks = false;
    for (size_t i = 0; i < flags.len; i++) {
        switch (flags.data[i]) {
        case 's':
            *options |= PCRE2_DOTALL;
            break;
        case 'm':
            *options |= PCRE2_MULTILINE;
            break;
        case 'i':
            *options |= PCRE2_CASELESS;
            break;
        case 'x':
            *drop_blanks = true;
            break;
        default:
            return false;
        }
    }
    return true;
}

static PCRE2_SPTR bytes_of(Str text)
{
    return (PCRE2_SPTR)(text.len ? text.data : "");
}

static pcre2_code *compile(pcre2_general_context *memory, Str pattern, uint32_t options, LimitKind *limit)
{
    int error;
    PCRE2_SIZE where;
    pcre2_compile_context *rules = pcre2_compile_context_create(memory);
    pcre2_set_newline(rules, PCRE2_NEWLINE_ANYCRLF);
    pcre2_code *code = pcre2_compile(bytes_of(pattern), pattern.len, options, &error, &where, rules);
    if (!code && (error == PCRE2_ERROR_PATTERN_TOO_LARGE || error == PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP ||
                  error == PCRE2_ERROR_QUANTIFIER_TOO_BIG || error == PCRE2_ERROR_PATTERN_TOO_COMPLICATED))
        *limit = LIMIT_PATTERN_MADE;
    return code;
}

Pattern *pattern_make(Arena *arena, Str pattern, Str flags, LimitKind *limit)
{
    uint32_t options;
    bool drop_blanks;
    Str translated;
    if (!read_flags(flags, &options, &drop_blanks) ||
        !pattern_translate(arena, pattern, drop_blanks, &translated, limit))
        return NULL;
    pcre2_general_context *memory = pcre2_general_context_create(take, give_back, arena);
    pcre2_code *code = compile(memory, translated, options, limit);
    if (!code)
        return NULL;
    Pattern *made = arena_new(arena, Pattern);
    *made = (Pattern){ .written = pattern, .flags = flags, .code = code };
    made->bounds = pcre2_match_context_create(memory);
    pcre2_set_depth_limit(made->bounds, MATCH_DEPTH_MAX);
    pcre2_set_heap_limit(made->bounds, MATCH_HEAP_KB);
    made->found = pcre2_match_data_create_from_pattern(code, memory);
    return made;
}

bool pattern_is(const Pattern *pattern, Str written, Str flags)
{
    return str_equal(pattern->written, written) && str_equal(pattern->flags, flags);
}

size_t pattern_groups(const Pattern *pattern)
{
    uint32_t count = 0;
    must(pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &count) == 0);
    return count;
}

bool pattern_find(Pattern *pattern, Str input, size_t from, uint32_t steps, Found *found, LimitKind *limit)
{
    /* Looking through a long text for broken UTF-8 once is enough. */
    uint32_t options = from ? PCRE2_NO_UTF_CHECK : 0;
    pcre2_set_match_limit(pattern->bounds, steps);
    int result = pcre2_match(pattern->code, bytes_of(input), input.len, from, options, pattern->found, pattern->bounds);
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(pattern->found);
    *found = result >= 0 ? (Found){ true, ends[0], ends[1] } : (Found){ 0 };
    if (result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_DEPTHLIMIT || result == PCRE2_ERROR_HEAPLIMIT)
        *limit = LIMIT_PATTERN_STEPS;
    return result >= 0 || result == PCRE2_ERROR_NOMATCH;
}

Str pattern_group(const Pattern *pattern, Str input, size_t group)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(pattern->found);
    if (group >= pcre2_get_ovector_count(pattern->found) || ends[2 * group] == PCRE2_UNSET)
        return STR_NONE;
    return str_slice(input, ends[2 * group], ends[2 * group + 1]);
}

/* ---- letters ---- */

/* A text that is no UTF-8 stays as it is. */
static Str recased(Arena *arena, Str text, Str replacement)
{
    /* A letter may need more bytes in the other size, at most three times as many. */
    PCRE2_SIZE room = size_add(size_mul(text.len, 3), 1);
    char *out = arena_alloc(arena, room);
    pcre2_general_context *memory = pcre2_general_context_create(take, give_back, arena);
    LimitKind limit;
    pcre2_code *code = compile(memory, S(".+"), PCRE2_UTF | PCRE2_UCP | PCRE2_DOTALL, &limit);
    must(code != NULL);
    pcre2_match_data *found = pcre2_match_data_create_from_pattern(code, memory);
    int count = pcre2_substitute(code, bytes_of(text), text.len, 0, PCRE2_SUBSTITUTE_EXTENDED, found, NULL,
                                 bytes_of(replacement), replacement.len, (PCRE2_UCHAR *)out, &room);
    return count < 0 ? text : (Str){ out, room };
}

Str pattern_upper(Arena *arena, Str text)
{
    return recased(arena, text, S("\\U$0"));
}

Str pattern_lower(Arena *arena, Str text)
{
    return recased(arena, text, S("\\L$0"));
}
