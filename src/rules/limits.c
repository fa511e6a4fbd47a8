/* Limits: how they are told, and where an evaluation met one. What is evaluated are slices of a text, so the place of
 * an expression is found by looking where its bytes lie, and only when someone asks. */
#include "rules/evaluate.h"

/* In groups of three digits: 1,000,000. */
static void put_size(Text *text, int size)
{
    if (size >= 1000) {
        put_size(text, size / 1000);
        text_printf(text, ",%03d", size % 1000);
    } else {
        text_i64(text, size);
    }
}

Str limit_text(Arena *arena, LimitKind kind)
{
    static const struct {
        int size;
        const char *sentence;
    } ROWS[] = { [LIMIT_NONE] = { 0, "" },
#define X(name, max, size, sentence) [name] = { size, sentence },
                 LIMITS(X)
#undef X
    };
    Text text = text_begin(arena, 200);
    Str rest = str_from(ROWS[kind].sentence), part;
    while (str_cut(&rest, '%', &part)) {
        text_put(&text, part);
        if (str_starts(rest, S("s"))) {
            put_size(&text, ROWS[kind].size);
            rest = str_slice(rest, 1, rest.len);
        }
    }
    return text_str(&text);
}

/* ---- where ---- */

Place place_within(Arena *arena, Str text, Place from, size_t at)
{
    size_t line_from = 0;
    int line = 0;
    for (size_t i = 0; i < at; i++) {
        if (text.data[i] == '\n') {
            line++;
            line_from = i + 1;
        }
    }
    Place place = from;
    int indent = place.column > 0 ? place.column - 1 : 0;
    place.line = (place.line > 0 ? place.line : 1) + line;
    place.column = indent + (int)(at - line_from) + 1;
    if (line == 0 && place.source.len)
        return place;
    Str rest = str_slice(text, line_from, text.len);
    size_t end = str_find(rest, S("\n"));
    Text source = text_begin(arena, SIZE_MAX);
    for (int i = 0; i < indent; i++)
        text_char(&source, ' ');
    text_put(&source, str_slice(rest, 0, end));
    place.source = text_str(&source);
    return place;
}

bool text_lies_in(Str part, Str whole)
{
    uintptr_t from = (uintptr_t)whole.data, at = (uintptr_t)part.data;
    return part.len && at >= from && at - from < whole.len;
}

void limit_note(const Evaluation *run, const Scope *scope, Str text, Place from)
{
    while (scope && !scope->limit)
        scope = scope->outer;
    if (!scope || !run->exhausted || scope->limit->kind)
        return;
    bool inside = text_lies_in(run->stopped_at, text);
    size_t at = inside ? (size_t)(run->stopped_at.data - text.data) : 0;
    *scope->limit = (LimitMet){ .kind = run->exhausted, .text = run->stopped_at };
    scope->limit->place = run->stopped_place.line ? run->stopped_place
                          : inside                ? place_within(run->arena, text, from, at)
                                                  : (Place){ .file = from.file };
}
