/* XPath's regular expressions, written anew for PCRE2, which gets only what XPath knows: no look-around, no verbs, no
 * recursion, and classes of characters as XML Schema defines them. Blocks of Unicode are ICU's. */
#include "rules/pattern.h"

#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/uset.h>

enum { BLOCK_NAME_MAX = 64 }; /* no block has a longer name */

typedef struct Translation {
    Str from;
    size_t at;
    Text out;
    bool drop_blanks;         /* flag x */
    bool atom;                /* what was last can be repeated */
    size_t groups;            /* brackets opened so far that keep what they find */
    size_t *open, open_count; /* their numbers, innermost last; 0 keeps nothing */
    bool *closed;             /* by number: only what is closed can be spoken of */
} Translation;

static bool at_end(const Translation *work)
{
    return work->at >= work->from.len;
}

static char peek(const Translation *work)
{
    return at_end(work) ? '\0' : work->from.data[work->at];
}

/* XML's blanks, and no more: flag x leaves out only these. */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(Translation *work)
{
    while (work->drop_blanks && !at_end(work) && is_blank(peek(work)))
        work->at++;
}

/* ---- classes with a name ---- */

#define NAME_STARTS                                                                                               \
    ":A-Z_a-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}\\x{370}-\\x{37D}\\x{37F}-\\x{1FFF}\\x{200C}\\x{200D}" \
    "\\x{2070}-\\x{218F}\\x{2C00}-\\x{2FEF}\\x{3001}-\\x{D7FF}\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFFD}"             \
    "\\x{10000}-\\x{EFFFF}"

/* As XML Schema defines them; what \D, \S and so on are within brackets, where PCRE2 knows no opposite. */
static const struct {
    char letter;
    const char *within, *opposite;
} NAMED[] = {
    { 'd', "\\p{Nd}", "\\P{Nd}" },
    { 's', " \\t\\n\\r", "\\x{0}-\\x{8}\\x{B}\\x{C}\\x{E}-\\x{1F}!-\\x{10FFFF}" },
    { 'w', "\\p{L}\\p{M}\\p{N}\\p{S}", "\\p{P}\\p{Z}\\p{C}" },
    { 'i', NAME_STARTS, NULL },
    { 'c', NAME_STARTS "\\-.0-9\\x{B7}\\x{300}-\\x{36F}\\x{203F}\\x{2040}", NULL },
};

static bool put_class(Translation *work, const char *within, const char *opposite, bool negative, bool in_class)
{
    if (in_class && negative && !opposite)
        return false;
    if (in_class) {
        text_put(&work->out, str_from(negative ? opposite : within));
        return true;
    }
    text_printf(&work->out, "[%s%s]", negative ? "^" : "", within);
    return true;
}

static bool take_named(Translation *work, bool in_class)
{
    char c = peek(work);
    bool negative = c >= 'A' && c <= 'Z';
    for (size_t i = 0; i < COUNT_OF(NAMED); i++) {
        if (NAMED[i].letter != (negative ? c - 'A' + 'a' : c))
            continue;
        work->at++;
        return put_class(work, NAMED[i].within, NAMED[i].opposite, negative, in_class);
    }
    return false;
}

static bool find_block(const char *name, UChar32 *start, UChar32 *end)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t block = u_getPropertyValueEnum(UCHAR_BLOCK, name);
    if (block == UCHAR_INVALID_CODE)
        return false;
    USet *all = uset_openEmpty();
    uset_applyIntPropertyValue(all, UCHAR_BLOCK, block, &status);
    bool one = U_SUCCESS(status) && uset_getItemCount(all) == 1 &&
               uset_getItem(all, 0, start, end, NULL, 0, &status) == 0 && U_SUCCESS(status);
    uset_close(all);
    /* Halves of surrogate pairs are no characters. */
    return one && (*end < 0xD800 || *start > 0xDFFF);
}

static bool put_block(Translation *work, const char *name, bool negative, bool in_class)
{
    UChar32 start, end;
    char within[64], opposite[64] = "";
    if (!find_block(name, &start, &end))
        return false;
    snprintf(within, sizeof within, "\\x{%X}-\\x{%X}", (unsigned)start, (unsigned)end);
    size_t used = 0;
    if (start > 0)
        used = (size_t)snprintf(opposite, sizeof opposite, "\\x{0}-\\x{%X}", (unsigned)start - 1);
    if (end < 0x10FFFF)
        snprintf(opposite + used, sizeof opposite - used, "\\x{%X}-\\x{10FFFF}", (unsigned)end + 1);
    return put_class(work, within, opposite, negative, in_class);
}

/* At p or P: {Lu}, or {IsBasicLatin}. */
static bool take_property(Translation *work, bool in_class)
{
    char name[BLOCK_NAME_MAX + 1] = { 0 };
    size_t length = 0;
    bool negative = peek(work) == 'P';
    work->at++;
    if (peek(work) != '{')
        return false;
    for (work->at++; !at_end(work) && peek(work) != '}'; work->at++) {
        if (work->drop_blanks && is_blank(peek(work)))
            continue;
        if (length == BLOCK_NAME_MAX || is_blank(peek(work)))
            return false;
        name[length++] = peek(work);
    }
    if (at_end(work))
        return false;
    work->at++;
    if (length > 2)
        return name[0] == 'I' && name[1] == 's' && put_block(work, name + 2, negative, in_class);
    if (length == 0 || !strchr("LMNPZSC", name[0]) || (length == 2 && (name[1] < 'a' || name[1] > 'z')))
        return false;
    text_printf(&work->out, "\\%c{%s}", negative ? 'P' : 'p', name);
    return true;
}

/* ---- escapes ---- */

/* \1 is what the first bracket found. More digits belong to it as long as there are so many brackets. */
static bool take_reference(Translation *work)
{
    size_t group = (size_t)(peek(work) - '0');
    for (work->at++; peek(work) >= '0' && peek(work) <= '9'; work->at++) {
        size_t longer = group * 10 + (size_t)(peek(work) - '0');
        if (longer > work->groups)
            break;
        group = longer;
    }
    if (group > work->groups || !work->closed[group])
        return false;
    text_printf(&work->out, "\\g{%zu}", group);
    return true;
}

static bool take_escape(Translation *work, bool in_class)
{
    work->at++;
    if (!in_class)
        skip_blanks(work);
    char c = peek(work);
    if (at_end(work))
        return false;
    if (c >= '1' && c <= '9')
        return !in_class && take_reference(work);
    if (strchr("dDsSwWiIcC", c))
        return take_named(work, in_class);
    if (c == 'p' || c == 'P')
        return take_property(work, in_class);
    if (!strchr("nrt\\|.?*+(){}-[]^$", c))
        return false;
    text_char(&work->out, '\\');
    text_char(&work->out, c);
    work->at++;
    return true;
}

/* ---- classes in brackets ---- */

/* [A-Z-[OI]] takes one class from another: not one of the second, and one of the first. */
static bool take_class(Translation *work)
{
    Text rest = work->out;
    Text class = text_begin(work->out.arena, work->out.max), minus = text_begin(work->out.arena, work->out.max);
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
    text_char(&work->out, ']');
    class = work->out;
    work->out = rest;
    if (minus.len) {
        text_put(&work->out, S("(?!"));
        text_put(&work->out, text_str(&minus));
        text_char(&work->out, ')');
    }
    text_put(&work->out, text_str(&class));
    work->out.overflow = work->out.overflow || class.overflow || minus.overflow;
    return true;
}

/* ---- the whole ---- */

static bool take_brackets(Translation *work)
{
    char c = peek(work);
    work->at++;
    work->atom = c == ')';
    text_char(&work->out, c);
    if (c == ')') {
        if (work->open_count == 0)
            return false;
        work->closed[work->open[--work->open_count]] = true;
        return true;
    }
    bool keeps = peek(work) != '?';
    if (!keeps && !str_starts(str_slice(work->from, work->at, work->from.len), S("?:")))
        return false;
    if (!keeps) {
        text_put(&work->out, S("?:"));
        work->at += 2;
    }
    work->open[work->open_count++] = keeps ? ++work->groups : 0;
    return true;
}

static bool take_amount(Translation *work)
{
    size_t from = work->at, commas = 0;
    for (work->at++; !at_end(work) && peek(work) != '}'; work->at++) {
        bool comma = peek(work) == ',';
        if ((!comma && (peek(work) < '0' || peek(work) > '9')) || (comma && (commas || work->at == from + 1)))
            return false;
        commas += comma;
    }
    if (at_end(work) || work->at == from + 1)
        return false;
    work->at++;
    text_put(&work->out, str_slice(work->from, from, work->at));
    return true;
}

/* ? * + {2,3}, and a question mark for as few as possible. */
static bool take_quantifier(Translation *work)
{
    if (!work->atom)
        return false;
    if (peek(work) == '{') {
        if (!take_amount(work))
            return false;
    } else {
        text_char(&work->out, peek(work));
        work->at++;
    }
    skip_blanks(work);
    if (peek(work) == '?') {
        text_char(&work->out, '?');
        work->at++;
    }
    work->atom = false;
    return true;
}

static bool take_one(Translation *work)
{
    char c = peek(work);
    if (c == '(' || c == ')')
        return take_brackets(work);
    if (c == '?' || c == '*' || c == '+' || c == '{')
        return take_quantifier(work);
    work->atom = c != '|';
    if (c == '\\')
        return take_escape(work, false);
    if (c == '[') {
        /* Taken together, so that a quantifier behind it holds for all of it. */
        text_put(&work->out, S("(?:"));
        bool good = take_class(work);
        text_char(&work->out, ')');
        return good;
    }
    text_char(&work->out, c);
    work->at++;
    return c != ']' && c != '}';
}

bool pattern_translate(Arena *arena, Str pattern, bool drop_blanks, Str *translated, LimitKind *limit)
{
    if (pattern.len > PATTERN_MAX) {
        *limit = LIMIT_PATTERN;
        return false;
    }
    Translation work = { .from = pattern, .drop_blanks = drop_blanks };
    work.out = text_begin(arena, PATTERN_MADE_MAX);
    work.open = arena_array(arena, size_t, pattern.len + 1);
    work.closed = arena_array(arena, bool, pattern.len + 1);
    for (skip_blanks(&work); !at_end(&work); skip_blanks(&work))
        if (!take_one(&work))
            return false;
    *translated = text_str(&work.out);
    if (work.out.overflow)
        *limit = LIMIT_PATTERN_MADE;
    return work.open_count == 0 && !work.out.overflow;
}
