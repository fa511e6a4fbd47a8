/* Errors of what comes from outside: collected, and printed with the line and a caret as compilers do. */
#include "base/base.h"

#include <stdio.h>

Errors errors_begin(Arena *arena)
{
    return (Errors){ .arena = arena };
}

void errors_add(Errors *errors, Place place, Str hint, const char *format, ...)
{
    if (errors->list.count >= ERRORS_MAX)
        return;
    va_list args;
    va_start(args, format);
    char small[512];
    int length = vsnprintf(small, sizeof small, format, args);
    must(length >= 0);
    Str what = str_copy(errors->arena, (Str){ small, (size_t)length < sizeof small ? (size_t)length : sizeof small - 1 });
    va_end(args);
    list_push(errors->arena, &errors->list,
              (Error){ .place = place, .what = what, .hint = str_copy(errors->arena, hint) });
}

void errors_print(const Errors *errors, Text *out)
{
    for (size_t i = 0; i < errors->list.count; i++) {
        const Error *error = &errors->list.at[i];
        const Place *place = &error->place;
        if (place->file.len) {
            text_put(out, place->file);
            if (place->line > 0)
                text_printf(out, ":%d", place->line);
            if (place->column > 0)
                text_printf(out, ":%d", place->column);
            text_put(out, S(": "));
        }
        text_printf(out, "error: %.*s\n", STR_ARGS(error->what));
        if (place->source.len && place->column > 0) {
            text_printf(out, "  %.*s\n  ", STR_ARGS(place->source));
            /* The caret stands under the character: one column for each code point, two for wide ones, tabs kept. */
            uint32_t code_point;
            for (size_t at = 0; at + 1 < (size_t)place->column && at < place->source.len;) {
                at += utf8_next(place->source, at, &code_point);
                text_put(out, code_point == '\t' ? S("\t") : code_point >= 0x1100 ? S("  ") : S(" "));
            }
            text_put(out, S("^\n"));
        }
        if (error->hint.len)
            text_printf(out, "  hint: %.*s\n", STR_ARGS(error->hint));
    }
    if (errors->list.count >= ERRORS_MAX)
        text_printf(out, "(stopped after %d errors)\n", ERRORS_MAX);
}
