/* Patterns: XPath's regular expressions are written anew for PCRE2, which gets only what XPath knows: no look-around,
 * no verbs, no recursion. Matching is bounded, and its memory comes from the arena. Large and small letters are PCRE2's
 * too, by a replacement that recases all: it has Unicode's tables, and the C library would need a locale. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules/pattern.h"
#include "rules/letters.h"

#include <pcre2.h>

enum { PATTERN_MAX = 2000, MATCH_STEPS_MAX = 100000, MATCH_DEPTH_MAX = 2000, MATCH_HEAP_KB = 1000, CLASSES_MAX = 10 };

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

/* ---- XPath to PCRE2 ---- */

typedef struct Translation {
    Str from;
    size_t at;
    Text out;
    bool drop_blanks;                              /* flag x */
    int classes;                                   /* how deep in classes taken from classes */
} Translation;

static bool at_end(const Translation *work)
{
    return work->at >= work->from.len;
}

static char peek(const Translation *work)
{
    return at_end(work) ? '\0' : work->from.data[work->at];
}

static bool take_escape(Translation *work, bool in_class)
{
    work->at++;
    while (work->drop_blanks && !in_class && letter_is_blank((unsigned char)peek(work)))
        work->at++;
    char c = peek(work);
    bool reference = c >= '1' && c <= '9' && !in_class;
    if (at_end(work) || (!reference && !strchr("nrt\\|.?*+(){}-[]^$dDsSwWpP", c)))
        return false;
    text_char(&work->out, '\\');
    text_char(&work->out, c);
    work->at++;
    if (c != 'p' && c != 'P')
        return true;
    if (peek(work) != '{')
        return false;
    for (bool open = true; open && !at_end(work); work->at++) {
        open = peek(work) != '}';
        if (!work->drop_blanks || !letter_is_blank((unsigned char)peek(work)))
            text_char(&work->out, peek(work));
    }
    return true;
}

/* [A-Z-[OI]] takes one class from another: not one of the second, and one of the first. */
static bool take_class(Translation *work)
{
    Text rest = work->out;
    Text class = text_begin(work->out.arena, work->out.max), minus = text_begin(work->out.arena, work->out.max);
    if (++work->classes > CLASSES_MAX)
        return false;
    work->out = class;
    text_char(&work->out, '[');
    work->at++;
    if (peek(work) == '^') {
        text_char(&work->out, '^');
        work->at++;
    }
    size_t first = work->at;
    while (!at_end(work) && peek(work) != ']') {
        char c = peek(work);
        if (c == '[')
            return false;
        if (c == '-' && work->at > first && str_starts(str_slice(work->from, work->at, work->from.len), S("-["))) {
            work->at++;
            class = work->out;
            work->out = minus;
            if (!take_class(work) || peek(work) != ']')
                return false;
            minus = work->out;
            work->out = class;
            break;
        }
        if (c == '\\' && !take_escape(work, true))
            return false;
        if (c != '\\') {
            text_char(&work->out, c);
            work->at++;
        }
    }
    if (at_end(work) || work->at == first)
        return false;
    work->at++;
    work->classes--;
    text_char(&work->out, ']');
    class = work->out;
    work->out = rest;
    if (minus.len) {
        text_put(&work->out, S("(?!"));
        text_put(&work->out, text_str(&minus));
        text_char(&work->out, ')');
    }
    text_put(&work->out, text_str(&class));
    return true;
}

static bool translate(Translation *work)
{
    while (!at_end(work)) {
        char c = peek(work);
        Str rest = str_slice(work->from, work->at, work->from.len);
        if (c == '\\') {
            if (!take_escape(work, false))
                return false;
        } else if (c == '[') {
            /* Taken together, so that a quantifier behind it holds for all of it. */
            text_put(&work->out, S("(?:"));
            if (!take_class(work))
                return false;
            text_char(&work->out, ')');
        } else if (str_starts(rest, S("(*")) || (str_starts(rest, S("(?")) && !str_starts(rest, S("(?:")))) {
            return false;
        } else {
            if (!work->drop_blanks || !letter_is_blank((unsigned char)c))
                text_char(&work->out, c);
            work->at++;
        }
    }
    return !work->out.overflow;
}

/* ---- matching ---- */

static bool read_flags(Str flags, uint32_t *options, bool *drop_blanks)
{
    *options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
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

static pcre2_code *compile(pcre2_general_context *memory, Str pattern, uint32_t options)
{
    int error;
    PCRE2_SIZE where;
    pcre2_compile_context *rules = pcre2_compile_context_create(memory);
    pcre2_set_newline(rules, PCRE2_NEWLINE_ANYCRLF);
    return pcre2_compile(bytes_of(pattern), pattern.len, options, &error, &where, rules);
}

Pattern *pattern_make(Arena *arena, Str pattern, Str flags)
{
    uint32_t options;
    Translation work = { .from = pattern, .out = text_begin(arena, 4 * PATTERN_MAX) };
    if (pattern.len > PATTERN_MAX || !read_flags(flags, &options, &work.drop_blanks) || !translate(&work))
        return NULL;
    pcre2_general_context *memory = pcre2_general_context_create(take, give_back, arena);
    pcre2_code *code = compile(memory, text_str(&work.out), options);
    if (!code)
        return NULL;
    Pattern *made = arena_new(arena, Pattern);
    *made = (Pattern){ .written = pattern, .flags = flags, .code = code };
    made->bounds = pcre2_match_context_create(memory);
    pcre2_set_match_limit(made->bounds, MATCH_STEPS_MAX);
    pcre2_set_depth_limit(made->bounds, MATCH_DEPTH_MAX);
    pcre2_set_heap_limit(made->bounds, MATCH_HEAP_KB);
    made->found = pcre2_match_data_create_from_pattern(code, memory);
    return made;
}

bool pattern_is(const Pattern *pattern, Str written, Str flags)
{
    return str_equal(pattern->written, written) && str_equal(pattern->flags, flags);
}

bool pattern_match(Pattern *pattern, Str input, bool *matches)
{
    int result = pcre2_match(pattern->code, bytes_of(input), input.len, 0, 0, pattern->found, pattern->bounds);
    *matches = result >= 0;
    return result >= 0 || result == PCRE2_ERROR_NOMATCH;
}

/* ---- letters ---- */

/* A text that is no UTF-8 stays as it is. */
static Str recased(Arena *arena, Str text, Str replacement)
{
    /* A letter may need more bytes in the other size, at most three times as many. */
    PCRE2_SIZE room = size_add(size_mul(text.len, 3), 1);
    char *out = arena_alloc(arena, room);
    pcre2_general_context *memory = pcre2_general_context_create(take, give_back, arena);
    pcre2_code *code = compile(memory, S(".+"), PCRE2_UTF | PCRE2_UCP | PCRE2_DOTALL);
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
