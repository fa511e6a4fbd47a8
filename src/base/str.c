/* Slices: looking at bytes that somebody else owns. */
#include "base/base.h"

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

Str str_from(const char *terminated)
{
    return terminated ? (Str){ terminated, strlen(terminated) } : STR_NONE;
}

Str str_copy(Arena *arena, Str s)
{
    if (s.len == 0)
        return STR_NONE;
    char *copy = arena_alloc(arena, s.len);
    memcpy(copy, s.data, s.len);
    return (Str){ copy, s.len };
}

char *str_terminated(Arena *arena, Str s)
{
    char *copy = arena_alloc(arena, size_add(s.len, 1));
    if (s.len)
        memcpy(copy, s.data, s.len);
    copy[s.len] = '\0';
    return copy;
}

bool str_equal_nocase(Str a, Str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    return true;
}

int str_compare(Str a, Str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_ends(Str s, Str end)
{
    return s.len >= end.len && str_equal(str_slice(s, s.len - end.len, s.len), end);
}

size_t str_find(Str s, Str part)
{
    if (part.len == 0)
        return 0;
    const char *found = s.len >= part.len ? memmem(s.data, s.len, part.data, part.len) : NULL;
    return found ? (size_t)(found - s.data) : SIZE_MAX;
}

size_t str_find_nocase(Str s, Str part)
{
    for (size_t i = 0; part.len <= s.len && i <= s.len - part.len; i++)
        if (str_equal_nocase(str_slice(s, i, i + part.len), part))
            return i;
    return SIZE_MAX;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

Str str_trim(Str s)
{
    const Str ideographic_space = S("\xE3\x80\x80");
    for (;;) {
        if (s.len && is_blank(s.data[0]))
            s = str_slice(s, 1, s.len);
        else if (str_starts(s, ideographic_space))
            s = str_slice(s, ideographic_space.len, s.len);
        else if (s.len && is_blank(s.data[s.len - 1]))
            s.len--;
        else if (str_ends(s, ideographic_space))
            s.len -= ideographic_space.len;
        else
            return s.len ? s : STR_NONE;
    }
}

bool str_cut(Str *rest, char at, Str *part)
{
    if (rest->data == NULL)
        return false;
    const char *found = rest->len ? memchr(rest->data, at, rest->len) : NULL;
    if (!found) {
        *part = *rest;
        *rest = STR_NONE;
        return true;
    }
    size_t before = (size_t)(found - rest->data);
    *part = (Str){ rest->data, before };
    *rest = (Str){ found + 1, rest->len - before - 1 };
    return true;
}

bool str_to_i64(Str s, int64_t *value)
{
    bool negative = s.len && s.data[0] == '-';
    if (s.len && (s.data[0] == '-' || s.data[0] == '+'))
        s = str_slice(s, 1, s.len);
    if (s.len == 0)
        return false;
    int64_t sum = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
        /* Counted downwards, because the most negative number has no positive twin. */
        if (!i64_mul(sum, 10, &sum) || !i64_add(sum, -(s.data[i] - '0'), &sum))
            return false;
    }
    if (!negative && sum == INT64_MIN)
        return false;
    *value = negative ? sum : -sum;
    return true;
}

size_t str_distance(Str a, Str b)
{
    enum { MOST = 64 };
    if (a.len > MOST || b.len > MOST)
        return SIZE_MAX;
    size_t row[MOST + 1];
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = diagonal + (lower(a.data[i - 1]) != lower(b.data[j - 1]));
            diagonal = row[j];
            size_t least = row[j - 1] + 1 < diagonal + 1 ? row[j - 1] + 1 : diagonal + 1;
            row[j] = change < least ? change : least;
        }
    }
    return row[b.len];
}

bool strs_has(const Strs *list, Str s)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->at[i], s))
            return true;
    return false;
}

void strs_add_once(Arena *arena, Strs *list, Str s)
{
    if (!strs_has(list, s))
        list_push(arena, list, s);
}
