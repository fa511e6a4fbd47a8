/* The table of built-ins and how a row of it is called. Signature, manual, hints and the tests of the examples all come
 * from the rows, so a function is added in one place. */
#include "rules/builtins_all.h"

enum {
    ANY = KINDS_ANY,
    BOOLEAN = KIND(VALUE_BOOLEAN),
    NUMBER = KIND(VALUE_NUMBER),
    STRING = KIND(VALUE_STRING),
    STRING_OR_NULL = KIND(VALUE_STRING) | KIND(VALUE_NULL),
    LIST_OF = KIND(VALUE_LIST),
    CONTEXT = KIND(VALUE_CONTEXT),
    DATE_TIME = KIND(VALUE_DATE_TIME),
    DAY = KIND(VALUE_DATE) | KIND(VALUE_DATE_TIME),
    SPAN = KIND(VALUE_DAYS_DURATION) | KIND(VALUE_MONTHS_DURATION),
    TIME = KIND(VALUE_TIME),
    OFFSET = KIND(VALUE_DAYS_DURATION) | KIND(VALUE_NULL)
};

#define ONE_EACH GATHER_NONE, NEEDS_ARGUMENTS
#define ITEMS    GATHER_ALL, NEEDS_ITEMS
#define DECIDES  GATHER_ALL, NEEDS_FIRST

/* clang-format off */
static const Builtin BUILTINS[] = {
    /* ---- conditions ---- */
    { "not", { { "negand", BOOLEAN } }, ONE_EACH, feel_not,
      "false for true, true for false, else null", "not(1 > 2)" },
    { "all", { { "list", LIST_OF } }, DECIDES, feel_all,
      "false if any item is false, true if all are true, else null", "all([true, 2 > 1])" },
    { "any", { { "list", LIST_OF } }, DECIDES, feel_any,
      "true if any item is true, false if all are false, else null", "any(false, true)" },
    { "is defined", { { "value", ANY } }, ONE_EACH, feel_is_defined,
      "whether there is a value, that is, not null", "is defined({a: 1}.a) and not(is defined({a: 1}.b))" },

    /* ---- numbers ---- */
    { "abs", { { "n", NUMBER | SPAN } }, ONE_EACH, feel_abs,
      "the number or duration without its sign", "abs(-10) = 10" },
    { "floor", { { "n", NUMBER } }, ONE_EACH, feel_floor,
      "the next whole number below", "floor(-1.5) = -2" },
    { "floor", { { "n", NUMBER }, { "scale", NUMBER } }, ONE_EACH, feel_floor_scale,
      "the next number below that has so many decimals", "floor(-1.56, 1) = -1.6" },
    { "ceiling", { { "n", NUMBER } }, ONE_EACH, feel_ceiling,
      "the next whole number above", "ceiling(1.5) = 2" },
    { "ceiling", { { "n", NUMBER }, { "scale", NUMBER } }, ONE_EACH, feel_ceiling_scale,
      "the next number above that has so many decimals", "ceiling(1.51, 1) = 1.6" },
    { "round half up", { { "n", NUMBER }, { "scale", NUMBER } }, ONE_EACH, feel_round_half_up,
      "the nearest number with so many decimals, halves away from zero", "round half up(-5.5, 0) = -6" },
    { "modulo", { { "dividend", NUMBER }, { "divisor", NUMBER } }, ONE_EACH, feel_modulo,
      "the rest of a division, with the sign of the divisor", "modulo(-12, 5) = 3" },
    { "number", { { "from", STRING } }, ONE_EACH, feel_number,
      "the number that a text says", "number(\"1.50\") = 1.5" },
    { "number",
      { { "from", STRING }, { "grouping separator", STRING_OR_NULL }, { "decimal separator", STRING_OR_NULL } },
      ONE_EACH, feel_number_separated,
      "the number that a text says with these separators", "number(\"1.000,5\", \".\", \",\") = 1000.5" },

    /* ---- texts ---- */
    { "string", { { "from", ANY } }, GATHER_NONE, NEEDS_ITEMS, feel_string,
      "the value as a text", "string(1.1) = \"1.1\"" },
    { "string length", { { "string", STRING } }, ONE_EACH, feel_string_length,
      "the number of characters", "string length(\"café\") = 4" },
    { "substring", { { "string", STRING }, { "start position", NUMBER } }, ONE_EACH, feel_substring,
      "the text from a position on, counted from 1, or from the end when negative",
      "substring(\"foobar\", -2) = \"ar\"" },
    { "substring", { { "string", STRING }, { "start position", NUMBER }, { "length", NUMBER } }, ONE_EACH,
      feel_substring_length,
      "so many characters from a position on", "substring(\"foobar\", 3, 3) = \"oba\"" },
    { "upper case", { { "string", STRING } }, ONE_EACH, feel_upper_case,
      "the text in large letters", "upper case(\"aBc4\") = \"ABC4\"" },
    { "lower case", { { "string", STRING } }, ONE_EACH, feel_lower_case,
      "the text in small letters", "lower case(\"aBc4\") = \"abc4\"" },
    { "contains", { { "string", STRING }, { "match", STRING } }, ONE_EACH, feel_contains,
      "whether the text has another one in it", "contains(\"foobar\", \"oba\")" },
    { "starts with", { { "string", STRING }, { "match", STRING } }, ONE_EACH, feel_starts_with,
      "whether the text begins with another one", "starts with(\"foobar\", \"fo\")" },
    { "ends with", { { "string", STRING }, { "match", STRING } }, ONE_EACH, feel_ends_with,
      "whether the text ends with another one", "ends with(\"foobar\", \"r\")" },
    { "matches", { { "input", STRING }, { "pattern", STRING } }, ONE_EACH, feel_matches,
      "whether a regular expression is found in the text", "matches(\"310000\", \"^[0-9]{6}$\")" },
    { "matches", { { "input", STRING }, { "pattern", STRING }, { "flags", STRING_OR_NULL } }, ONE_EACH,
      feel_matches_flags,
      "the same with flags: i letter case ignored, s point takes line ends, m lines, x blanks ignored",
      "matches(\"Foobar\", \"^fo\", \"i\")" },

    /* ---- lists ---- */
    { "count", { { "list", LIST_OF } }, GATHER_ALL, NEEDS_ARGUMENTS, feel_count,
      "the number of items", "count([1, null, 3]) = 3" },
    { "min", { { "list", LIST_OF } }, ITEMS, feel_min,
      "the least item", "min(3, 1, 2) = 1" },
    { "max", { { "list", LIST_OF } }, ITEMS, feel_max,
      "the greatest item", "max([\"a\", \"c\", \"b\"]) = \"c\"" },
    { "sum", { { "list", LIST_OF } }, ITEMS, feel_sum,
      "the sum of the numbers; null of none", "sum(1, 2.5) = 3.5" },
    { "mean", { { "list", LIST_OF } }, ITEMS, feel_mean,
      "the sum divided by the number of items", "mean(1, 2) = 1.5" },
    { "list contains", { { "list", LIST_OF }, { "element", ANY } }, GATHER_NONE, NEEDS_FIRST, feel_list_contains,
      "whether an item equals the element", "list contains([1, null], null)" },
    { "append", { { "list", LIST_OF }, { "item", LIST_OF } }, GATHER_LAST, NEEDS_ARGUMENTS, feel_append,
      "the list with more items at its end", "append([1], 2, 3) = [1, 2, 3]" },
    { "concatenate", { { "list", LIST_OF } }, GATHER_LAST, NEEDS_ARGUMENTS, feel_concatenate,
      "one list of the items of all", "concatenate([1], [2, 3]) = [1, 2, 3]" },
    { "distinct values", { { "list", LIST_OF } }, GATHER_NONE, NEEDS_ITEMS, feel_distinct_values,
      "each item once", "distinct values([1, 2, 1.0]) = [1, 2]" },
    { "flatten", { { "list", LIST_OF } }, ONE_EACH, feel_flatten,
      "one list of the items of lists within lists", "flatten([[1, [2]], 3]) = [1, 2, 3]" },

    /* ---- contexts ---- */
    { "get value", { { "m", CONTEXT }, { "key", STRING } }, ONE_EACH, feel_get_value,
      "the member of that name, or null", "get value({a: 1}, \"a\") = 1" },
    { "get entries", { { "m", CONTEXT } }, ONE_EACH, feel_get_entries,
      "a list of all members as {key, value}", "get entries({a: 1}) = [{key: \"a\", value: 1}]" },

    /* ---- time ---- */
    { "date", { { "from", STRING | DAY } }, ONE_EACH, feel_date,
      "the date that a text says, or of a date and time", "date(\"2026-10-26\") = @\"2026-10-26\"" },
    { "date", { { "year", NUMBER }, { "month", NUMBER }, { "day", NUMBER } }, ONE_EACH, feel_date_parts,
      "the date of these parts", "date(2026, 10, 26) = @\"2026-10-26\"" },
    { "time", { { "from", STRING | TIME | DAY } }, ONE_EACH, feel_time,
      "the time that a text says, or of a date and time", "time(\"09:30:00\") = @\"09:30:00\"" },
    { "time", { { "hour", NUMBER }, { "minute", NUMBER }, { "second", NUMBER } }, ONE_EACH, feel_time_parts,
      "the time of these parts", "time(9, 30, 0) = @\"09:30:00\"" },
    { "time", { { "hour", NUMBER }, { "minute", NUMBER }, { "second", NUMBER }, { "offset", OFFSET } }, ONE_EACH,
      feel_time_offset,
      "the time of these parts with its offset from UTC", "time(9, 30, 0, @\"PT8H\") = @\"09:30:00+08:00\"" },
    { "date and time", { { "from", STRING | DAY } }, ONE_EACH, feel_date_and_time,
      "the date and time that a text says", "date and time(\"2026-10-26T09:30:00\") = @\"2026-10-26T09:30:00\"" },
    { "date and time", { { "date", DAY }, { "time", TIME } }, ONE_EACH, feel_date_and_time_parts,
      "the time on that date", "date and time(@\"2026-10-26\", @\"09:30:00\") = @\"2026-10-26T09:30:00\"" },
    { "duration", { { "from", STRING | SPAN } }, ONE_EACH, feel_duration,
      "the duration that a text says", "duration(\"P30D\") = @\"P30D\"" },
    { "years and months duration", { { "from", DAY }, { "to", DAY } }, ONE_EACH, feel_years_and_months,
      "the whole months between two dates",
      "years and months duration(@\"2011-12-22\", @\"2013-08-24\") = @\"P1Y8M\"" },
};
/* clang-format on */

size_t builtin_count(void)
{
    return COUNT_OF(BUILTINS);
}

const Builtin *builtin_row(size_t index)
{
    must(index < COUNT_OF(BUILTINS));
    return &BUILTINS[index];
}

const Builtin *builtin_named(Str name)
{
    for (size_t i = 0; i < COUNT_OF(BUILTINS); i++)
        if (str_equal(str_from(BUILTINS[i].name), name))
            return &BUILTINS[i];
    return NULL;
}

const Builtin *builtin_next(const Builtin *row)
{
    const Builtin *next = row + 1;
    if (next == BUILTINS + COUNT_OF(BUILTINS) || strcmp(next->name, row->name) != 0)
        return NULL;
    return next;
}

size_t builtin_arity(const Builtin *row)
{
    size_t arity = 0;
    while (arity < PARAMETERS_MAX && row->parameters[arity].name)
        arity++;
    return arity;
}

/* ---- which form ---- */

static bool takes_count(const Builtin *row, size_t count)
{
    switch (row->gather) {
    case GATHER_NONE:
        return count == builtin_arity(row);
    case GATHER_ALL:
        return count >= 1;
    case GATHER_LAST:
        return count >= builtin_arity(row);
    }
    return false;
}

const Builtin *builtin_of_count(const Builtin *first, size_t count)
{
    const Builtin *row = first;
    while (row && !takes_count(row, count))
        row = builtin_next(row);
    return row;
}

static bool takes_names(const Builtin *row, const Str *names, size_t count, size_t *order)
{
    uint32_t given = 0;
    if (count != builtin_arity(row))
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < count && !str_equal(str_from(row->parameters[at].name), names[i]))
            at++;
        if (at == count || (given & (1u << at)))
            return false;
        given |= 1u << at;
        order[i] = at;
    }
    return true;
}

const Builtin *builtin_of_names(const Builtin *first, const Str *names, size_t count, size_t order[PARAMETERS_MAX])
{
    const Builtin *row = first;
    while (row && !takes_names(row, names, count, order))
        row = builtin_next(row);
    return row;
}

/* ---- calls ---- */

static void gather(Evaluation *run, const Builtin *row, const Value *given, size_t count, Value *arguments)
{
    size_t arity = builtin_arity(row);
    bool all = row->gather == GATHER_ALL && count != 1;
    size_t kept = all ? 0 : row->gather == GATHER_LAST ? arity - 1 : arity;
    for (size_t i = 0; i < kept; i++)
        arguments[i] = given[i];
    if (kept < arity)
        arguments[kept] = value_list(run->arena, given + kept, count - kept);
}

/* A list of one item is that item where no list is wanted, and the other way round. */
static bool fit(Arena *arena, uint32_t kinds, Value *argument)
{
    if (value_is_unknown(*argument) || (kinds & KIND(argument->kind)))
        return true;
    if (value_count(*argument) == 1) {
        Value item = value_item(*argument, 0);
        *argument = item;
        return value_is_unknown(item) || (kinds & KIND(item.kind));
    }
    if (kinds != LIST_OF || argument->kind == VALUE_NULL)
        return false;
    *argument = value_list(arena, argument, 1);
    return true;
}

Value builtin_call(Evaluation *run, const Builtin *row, const Value *given, size_t count, bool named)
{
    Value arguments[PARAMETERS_MAX] = { 0 };
    const Strs *waiting = NULL;
    size_t arity = builtin_arity(row);
    if (named)
        memcpy(arguments, given, count * sizeof *given);
    else
        gather(run, row, given, count, arguments);
    for (size_t i = 0; i < arity; i++)
        if (!fit(run->arena, row->parameters[i].kinds, &arguments[i]))
            return value_null();
    for (size_t i = 0; i < (row->needs == NEEDS_FIRST ? 1 : arity); i++) {
        waiting = waiting_add(run->arena, waiting, arguments[i]);
        if (row->needs == NEEDS_ITEMS && evaluation_spend(run, value_weight(arguments[i])))
            waiting = waiting_inside(run->arena, waiting, arguments[i]);
    }
    return waiting ? value_waiting(waiting) : row->function(run, arguments);
}

/* ---- in words ---- */

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

void rules_reference(Text *out)
{
    text_put(out, S("| function | gives | an example that is true |\n|---|---|---|\n"));
    for (size_t i = 0; i < COUNT_OF(BUILTINS); i++) {
        text_put(out, S("| `"));
        text_signature(out, &BUILTINS[i]);
        text_put(out, S("` | "));
        text_cell(out, str_from(BUILTINS[i].gives));
        text_put(out, S(" | `"));
        text_cell(out, str_from(BUILTINS[i].example));
        text_put(out, S("` |\n"));
    }
}
