/* Values as text: as FEEL would write them, which reads back as the same value; and plain, as `string` gives them. */
#include "rules/value.h"

static void text_quoted(Text *text, Str string)
{
    text_char(text, '"');
    for (size_t i = 0; i < string.len; i++) {
        char c = string.data[i];
        if (c == '"' || c == '\\') {
            text_char(text, '\\');
            text_char(text, c);
        } else if (c == '\n') {
            text_put(text, S("\\n"));
        } else if (c == '\t') {
            text_put(text, S("\\t"));
        } else if (c == '\r') {
            text_put(text, S("\\r"));
        } else if ((unsigned char)c < ' ') {
            text_printf(text, "\\u%04X", (unsigned)c);
        } else {
            text_char(text, c);
        }
    }
    text_char(text, '"');
}

static bool is_plain_key(Str key)
{
    for (size_t i = 0; i < key.len; i++) {
        char c = key.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
        if (!letter && (i == 0 || c < '0' || c > '9') && (i == 0 || c != ' ' || i + 1 == key.len))
            return false;
    }
    return key.len > 0;
}

static void text_items(Text *text, Value list)
{
    text_char(text, '[');
    for (size_t i = 0; i < value_count(list); i++) {
        if (i)
            text_put(text, S(", "));
        text_value(text, value_item(list, i));
    }
    text_char(text, ']');
}

static void text_entries(Text *text, Value context)
{
    text_char(text, '{');
    for (size_t i = 0; i < context.box->entries->count; i++) {
        const ContextEntry *entry = &context.box->entries->at[i];
        if (i)
            text_put(text, S(", "));
        if (is_plain_key(entry->key))
            text_put(text, entry->key);
        else
            text_quoted(text, entry->key);
        text_put(text, S(": "));
        text_value(text, entry->value);
    }
    text_char(text, '}');
}

static void text_range(Text *text, const Range *range)
{
    if (range->no_start || range->no_end) {
        const char *sign = range->no_end ? (range->start_in ? ">=" : ">") : range->end_in ? "<=" : "<";
        text_printf(text, "(%s ", sign);
        text_value(text, range->no_end ? range->start : range->end);
        text_char(text, ')');
        return;
    }
    text_char(text, range->start_in ? '[' : '(');
    text_value(text, range->start);
    text_put(text, S(".."));
    text_value(text, range->end);
    text_char(text, range->end_in ? ']' : ')');
}

void text_plain(Text *text, Value value)
{
    switch (value.kind) {
    case VALUE_NULL:
    case VALUE_UNKNOWN:
    case VALUE_FUNCTION:
        text_put(text, value_kind_word(value.kind));
        return;
    case VALUE_BOOLEAN:
        text_put(text, value.boolean ? S("true") : S("false"));
        return;
    case VALUE_NUMBER:
        text_number(text, value.box->number);
        return;
    case VALUE_STRING:
        text_put(text, value.string);
        return;
    case VALUE_DATE:
        text_day(text, value.day);
        return;
    case VALUE_TIME:
        text_time(text, *value.box->moment);
        return;
    case VALUE_DATE_TIME:
        text_date_time(text, *value.box->moment);
        return;
    case VALUE_DAYS_DURATION:
        text_seconds(text, value.box->seconds);
        return;
    case VALUE_MONTHS_DURATION:
        text_months(text, value.box->months);
        return;
    case VALUE_LIST:
        text_items(text, value);
        return;
    case VALUE_CONTEXT:
        text_entries(text, value);
        return;
    case VALUE_RANGE:
        text_range(text, value.box->range);
        return;
    }
}

void text_value(Text *text, Value value)
{
    switch (value.kind) {
    case VALUE_STRING:
        text_quoted(text, value.string);
        return;
    case VALUE_DATE:
    case VALUE_TIME:
    case VALUE_DATE_TIME:
    case VALUE_DAYS_DURATION:
    case VALUE_MONTHS_DURATION:
        text_put(text, S("@\""));
        text_plain(text, value);
        text_char(text, '"');
        return;
    case VALUE_NULL:
    case VALUE_UNKNOWN:
    case VALUE_BOOLEAN:
    case VALUE_NUMBER:
    case VALUE_LIST:
    case VALUE_CONTEXT:
    case VALUE_RANGE:
    case VALUE_FUNCTION:
        text_plain(text, value);
        return;
    }
}

Str value_number_text(Arena *arena, Value number)
{
    Text text = text_begin(arena, 8192);
    if (number.kind == VALUE_NUMBER)
        text_number(&text, number.box->number);
    return text_str(&text);
}
