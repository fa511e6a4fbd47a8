/* Text: a buffer that grows to a maximum named at its start; what does not fit is left out, and said so. */
#include "base/base.h"

#include <stdio.h>

Text text_begin(Arena *arena, size_t max)
{
    must(arena != NULL);
    return (Text){ .arena = arena, .max = max };
}

static bool make_room(Text *text, size_t more)
{
    size_t need = size_add(text->len, more);
    if (need > text->max) {
        text->overflow = true;
        return false;
    }
    if (need > text->room) {
        size_t room = text->room ? text->room : 256;
        while (room < need)
            room = size_mul(room, 2);
        char *grown = arena_alloc(text->arena, room);
        if (text->len)
            memcpy(grown, text->data, text->len);
        text->data = grown;
        text->room = room;
    }
    return true;
}

void text_put(Text *text, Str s)
{
    if (s.len && make_room(text, s.len)) {
        memcpy(text->data + text->len, s.data, s.len);
        text->len += s.len;
    }
}

void text_char(Text *text, char c)
{
    if (make_room(text, 1))
        text->data[text->len++] = c;
}

void text_i64(Text *text, int64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        text_char(text, '-');
    text_put(text, (Str){ digits + at, sizeof digits - at });
}

static void print(Text *text, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    must(length >= 0);
    /* One more byte for the NUL that vsnprintf writes and nobody keeps. */
    if (make_room(text, (size_t)length + 1)) {
        vsnprintf(text->data + text->len, (size_t)length + 1, format, again);
        text->len += (size_t)length;
    }
    va_end(again);
}

void text_printf(Text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print(text, format, args);
    va_end(args);
}

Str text_str(const Text *text)
{
    return text->len ? (Str){ text->data, text->len } : STR_NONE;
}

Str str_printf(Arena *arena, const char *format, ...)
{
    Text text = text_begin(arena, SIZE_MAX);
    va_list args;
    va_start(args, format);
    print(&text, format, args);
    va_end(args);
    return text_str(&text);
}
