/* Errors of what comes from outside: collected, and printed with the line and a caret as compilers do. */
#include "base/base.h"

#include <stdio.h>

Errors errors_begin(Arena *arena)
{
    return (Errors){ .arena = arena };
}

static void add(Errors *errors, const FaultKind *kind, Place place, Str hint, const char *format, va_list args)
{
    if (errors_are_full(errors))
        return;
    char small[512];
    int length = vsnprintf(small, sizeof small, format, args);
    must(length >= 0);
    Str what = str_copy(errors->arena, (Str){ small, (size_t)length < sizeof small ? (size_t)length : sizeof small - 1 });
    list_push(errors->arena, &errors->list,
              (Error){ .place = place, .kind = kind, .what = what, .hint = str_copy(errors->arena, hint) });
}

void errors_add(Errors *errors, Place place, Str hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(errors, NULL, place, hint, format, args);
    va_end(args);
}

void errors_add_kind(Errors *errors, const FaultKind *kind, Place place, Str hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(errors, kind, place, hint, format, args);
    va_end(args);
}

static Strs copy_all(Arena *arena, const Strs *list)
{
    Strs copy = { 0 };
    for (size_t i = 0; i < list->count; i++)
        list_push(arena, &copy, str_copy(arena, list->at[i]));
    return copy;
}

void errors_add_copy(Errors *errors, const Error *error)
{
    if (errors_are_full(errors))
        return;
    errors_add_kind(errors, error->kind, error->place, error->hint, "%.*s", STR_ARGS(error->what));
    Error *added = &errors->list.at[errors->list.count - 1];
    added->chain = copy_all(errors->arena, &error->chain);
    added->law = copy_all(errors->arena, &error->law);
}

static void print_place(const Place *place, Text *out)
{
    if (!place->file.len)
        return;
    text_put(out, place->file);
    if (place->line > 0)
        text_printf(out, ":%d", place->line);
    if (place->column > 0)
        text_printf(out, ":%d", place->column);
    text_put(out, S(": "));
}

/* The caret stands under the character: one column for each code point, two for wide ones, tabs kept. */
static void print_source(const Place *place, Text *out)
{
    uint32_t code_point;
    if (!place->source.len || place->column <= 0)
        return;
    text_printf(out, "  %.*s\n  ", STR_ARGS(place->source));
    for (size_t at = 0; at + 1 < (size_t)place->column && at < place->source.len;) {
        at += utf8_next(place->source, at, &code_point);
        text_put(out, code_point == '\t' ? S("\t") : code_point >= 0x1100 ? S("  ") : S(" "));
    }
    text_put(out, S("^\n"));
}

static void print_list(const char *before, const Strs *list, const char *between, Text *out)
{
    for (size_t i = 0; i < list->count; i++)
        text_printf(out, "%s%.*s", i ? between : before, STR_ARGS(list->at[i]));
    text_put(out, list->count ? S("\n") : STR_NONE);
}

void error_print(const Error *error, Text *out)
{
    print_place(&error->place, out);
    text_printf(out, "%s: %.*s", error->kind && error->kind->warning ? "warning" : "error", STR_ARGS(error->what));
    if (error->kind)
        text_printf(out, " [%s]", error->kind->code);
    text_char(out, '\n');
    print_source(&error->place, out);
    print_list("  because: ", &error->chain, " > ", out);
    print_list("  law: ", &error->law, ", ", out);
    if (error->hint.len)
        text_printf(out, "  hint: %.*s\n", STR_ARGS(error->hint));
}

void errors_print(const Errors *errors, Text *out)
{
    for (size_t i = 0; i < errors->list.count; i++)
        error_print(&errors->list.at[i], out);
    if (errors_are_full(errors))
        text_printf(out, "(stopped after %d errors)\n", ERRORS_MAX);
}
