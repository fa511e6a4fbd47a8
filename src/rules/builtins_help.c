/* The table of built-ins in words: signatures, the manual, help for one function, and the nearest name. */
#include "rules/builtins_all.h"

void text_signature(Text *text, const Builtin *row)
{
    text_printf(text, "%s(", row->name);
    for (size_t i = 0; i < builtin_arity(row); i++)
        text_printf(text, "%s%s", i ? ", " : "", row->parameters[i].name);
    text_put(text, row->gather == GATHER_NONE ? S(")") : S(", …)"));
}

static void text_cell(Text *text, Str words)
{
    /* A bar would end the cell of a Markdown table. */
    for (size_t i = 0; i < words.len; i++) {
        if (words.data[i] == '|')
            text_char(text, '\\');
        text_char(text, words.data[i]);
    }
}

/* Sections in the order of the standard; last, what is only ours. */
static const struct {
    const char *section, *title;
} SECTIONS[] = {
    { "10.3.4.1", "Conversion" }, { "10.3.4.2", "Conditions" },   { "10.3.4.3", "Texts" },
    { "10.3.4.4", "Lists" },      { "10.3.4.5", "Numbers" },      { "10.3.4.6", "Sameness" },
    { "10.3.4.7", "Ranges" },     { "10.3.4.8", "Days" },         { "10.3.4.9", "Sorting" },
    { "10.3.4.10", "Contexts" },  { "10.3.4.11", "The present" }, { NULL, "Beyond the standard" },
};

static bool is_in_section(const Builtin *row, const char *section)
{
    return section && row->section ? strcmp(row->section, section) == 0 : section == row->section;
}

void rules_reference(Text *out)
{
    text_put(out, S("| function | gives | an example that is true | DMN 1.5 |\n|---|---|---|---|\n"));
    for (size_t section = 0; section < COUNT_OF(SECTIONS); section++) {
        text_printf(out, "| **%s** | | | %s |\n", SECTIONS[section].title,
                    SECTIONS[section].section ? SECTIONS[section].section : "–");
        for (size_t i = 0; i < BUILTIN_COUNT; i++) {
            if (!is_in_section(&BUILTINS[i], SECTIONS[section].section))
                continue;
            text_put(out, S("| `"));
            text_signature(out, &BUILTINS[i]);
            text_put(out, S("` | "));
            text_cell(out, str_from(BUILTINS[i].gives));
            text_put(out, S(" | `"));
            text_cell(out, str_from(BUILTINS[i].example));
            text_put(out, S("` | |\n"));
        }
    }
}

bool rules_help(Text *out, Str name)
{
    const Builtin *row = builtin_named(name);
    if (!row)
        return false;
    if (row->section)
        text_printf(out, "%s: DMN 1.5, section %s\n", row->name, row->section);
    else
        text_printf(out, "%s: beyond the standard\n", row->name);
    for (; row; row = builtin_next(row)) {
        text_put(out, S("\n  "));
        text_signature(out, row);
        text_printf(out, "\n      %s\n      %s\n", row->gives, row->example);
    }
    return true;
}

/* At most a third of the letters may differ, or what is near would be far. */
Str rules_nearest(Arena *arena, Str name)
{
    Str nearest = STR_NONE;
    size_t least = name.len / 3 + 1;
    if (name.len > 64)
        return STR_NONE;
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        Str known = str_from(BUILTINS[i].name);
        size_t distance = str_distance(known, name);
        if (distance <= least && distance < known.len && (distance < least || nearest.len == 0)) {
            least = distance;
            nearest = known;
        }
    }
    return nearest.len ? str_copy(arena, nearest) : STR_NONE;
}
