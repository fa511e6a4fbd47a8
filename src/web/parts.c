/* What parts.html and layout.html cannot say in markup: ids, orders that differ by language. */
#include "web/parts.h"

Str field_error(const FieldErrors *errors, Str field)
{
    for (size_t i = 0; i < errors->count; i++)
        if (str_equal(errors->at[i].field, field))
            return errors->at[i].text;
    return STR_NONE;
}

Str layout_language_url(Html *out, const Layout *layout, Str code)
{
    Text url = text_begin(out->text.arena, 4096);
    text_put(&url, layout->path);
    text_char(&url, '?');
    Str rest = layout->query, part;
    while (str_cut(&rest, '&', &part)) {
        if (str_starts(part, S("lang=")) || part.len == 0)
            continue;
        text_put(&url, part);
        text_char(&url, '&');
    }
    text_put(&url, S("lang="));
    text_put(&url, code);
    return text_str(&url);
}

Str described_by(Html *out, Str name, Str hint, Str error)
{
    Text ids = text_begin(out->text.arena, 4096);
    if (hint.len)
        text_printf(&ids, "%.*s-hint", STR_ARGS(name));
    if (hint.len && error.len)
        text_char(&ids, ' ');
    if (error.len)
        text_printf(&ids, "%.*s-error", STR_ARGS(name));
    return text_str(&ids);
}

Str option_id(Html *out, Str name, size_t index)
{
    return index ? str_printf(out->text.arena, "%.*s-%zu", STR_ARGS(name), index + 1) : name;
}

TextInput money_field(Html *out, TextInput input)
{
    input.prefix = currency_sign(out->currency);
    input.inputmode = S("decimal");
    input.width = 10;
    input.exact = true;
    return input;
}

static DatePart date_part(Html *out, const DateInput *input, Str kind, Str label, Str value)
{
    Arena *arena = out->text.arena;
    Str name = str_printf(arena, "%.*s-%.*s", STR_ARGS(input->name), STR_ARGS(kind));
    DatePart part = { .id = name, .name = name, .label = label, .value = value, .error = input->error.len > 0 };
    part.width = str_equal(kind, S("year")) ? 4 : 2;
    if (input->birthday)
        part.autocomplete = str_printf(arena, "bday-%.*s", STR_ARGS(kind));
    return part;
}

DateParts date_fields(Html *out, const DateInput *input, Str day, Str month, Str year)
{
    Arena *arena = out->text.arena;
    DateParts parts = { 0 };
    switch (out->language) {
    case LANGUAGE_EN:
        list_push(arena, &parts, date_part(out, input, S("day"), day, input->day));
        list_push(arena, &parts, date_part(out, input, S("month"), month, input->month));
        list_push(arena, &parts, date_part(out, input, S("year"), year, input->year));
        break;
    case LANGUAGE_ZH:
        list_push(arena, &parts, date_part(out, input, S("year"), year, input->year));
        list_push(arena, &parts, date_part(out, input, S("month"), month, input->month));
        list_push(arena, &parts, date_part(out, input, S("day"), day, input->day));
        break;
    }
    /* The first field carries the group's name, so that the error summary leads to it. */
    parts.at[0].id = input->name;
    return parts;
}
