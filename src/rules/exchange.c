/* Values for other programs: as plain JSON, and as typed JSON that keeps apart what JSON does not. What was not asked
 * yet is told as such in both. Contexts that are given as FEEL are read here too, since they may say `unknown`. */
#include "rules/temporal.h"
#include "rules/tree.h"

static void put_waiting(Text *text, const Strs *waiting)
{
    text_put(text, S("{\"unknown\":["));
    for (size_t i = 0; i < waiting->count; i++) {
        if (i)
            text_char(text, ',');
        json_put(text, waiting->at[i]);
    }
    text_put(text, S("]}"));
}

static void put_plain(Text *text, Value value)
{
    Text plain = text_begin(text->arena, SIZE_MAX);
    text_plain(&plain, value);
    json_put(text, text_str(&plain));
}

static void put_list(Text *text, Value list, void (*put)(Text *, Value))
{
    text_char(text, '[');
    for (size_t i = 0; i < value_count(list); i++) {
        if (i)
            text_char(text, ',');
        put(text, value_item(list, i));
    }
    text_char(text, ']');
}

static void put_context(Text *text, Value context, void (*put)(Text *, Value))
{
    text_char(text, '{');
    for (size_t i = 0; i < context.box->entries->count; i++) {
        if (i)
            text_char(text, ',');
        json_put(text, context.box->entries->at[i].key);
        text_char(text, ':');
        put(text, context.box->entries->at[i].value);
    }
    text_char(text, '}');
}

void text_json(Text *text, Value value)
{
    switch (value.kind) {
    case VALUE_NULL:
    case VALUE_FUNCTION:
        text_put(text, S("null"));
        return;
    case VALUE_UNKNOWN:
        put_waiting(text, value.waiting);
        return;
    case VALUE_BOOLEAN:
    case VALUE_NUMBER:
        text_plain(text, value);
        return;
    case VALUE_STRING:
    case VALUE_DATE:
    case VALUE_TIME:
    case VALUE_DATE_TIME:
    case VALUE_DAYS_DURATION:
    case VALUE_MONTHS_DURATION:
    case VALUE_RANGE:
        put_plain(text, value);
        return;
    case VALUE_LIST:
        put_list(text, value, text_json);
        return;
    case VALUE_CONTEXT:
        put_context(text, value, text_json);
        return;
    }
}

/* ---- typed ---- */

static const char *const TAGS[] = {
    [VALUE_NUMBER] = "n", [VALUE_STRING] = "s",     [VALUE_BOOLEAN] = "b",         [VALUE_DATE] = "d",
    [VALUE_TIME] = "t",   [VALUE_DATE_TIME] = "dt", [VALUE_DAYS_DURATION] = "dur", [VALUE_MONTHS_DURATION] = "dur",
    [VALUE_LIST] = "l",   [VALUE_CONTEXT] = "c",    [VALUE_RANGE] = "range",
};

void text_typed(Text *text, Value value)
{
    if (value.kind == VALUE_UNKNOWN) {
        put_waiting(text, value.waiting);
        return;
    }
    if (value.kind == VALUE_NULL || value.kind == VALUE_FUNCTION) {
        text_put(text, S("null"));
        return;
    }
    text_printf(text, "{\"%s\":", TAGS[value.kind]);
    if (value.kind == VALUE_BOOLEAN)
        text_plain(text, value);
    else if (value.kind == VALUE_LIST)
        put_list(text, value, text_typed);
    else if (value.kind == VALUE_CONTEXT)
        put_context(text, value, text_typed);
    else
        put_plain(text, value);
    text_char(text, '}');
}

static bool read_list(Arena *arena, const Json *json, Str fact, Value *value)
{
    Values items = { 0 };
    if (json->kind != KIND_ARRAY)
        return false;
    for (size_t i = 0; i < json->items.count; i++) {
        Value item;
        if (!value_of_typed(arena, json->items.at[i], str_printf(arena, "%.*s[%zu]", STR_ARGS(fact), i + 1), &item))
            return false;
        list_push(arena, &items, item);
    }
    *value = value_of_items(arena, items);
    return true;
}

static bool read_context(Arena *arena, const Json *json, Str fact, Value *value)
{
    LIST(ContextEntry) entries = { 0 };
    if (json->kind != KIND_OBJECT)
        return false;
    for (size_t i = 0; i < json->items.count; i++) {
        ContextEntry entry = { .key = json->keys.at[i] };
        Str path = str_printf(arena, "%.*s.%.*s", STR_ARGS(fact), STR_ARGS(entry.key));
        if (!value_of_typed(arena, json->items.at[i], path, &entry.value))
            return false;
        list_push(arena, &entries, entry);
    }
    *value = value_context(arena, entries.at, entries.count);
    return true;
}

static bool read_temporal(Arena *arena, const Json *json, Str tag, Value *value)
{
    if (json->kind != KIND_STRING || !value_of_temporal(arena, json->text, value))
        return false;
    return TAGS[value->kind] && str_equal(str_from(TAGS[value->kind]), tag);
}

bool value_of_typed(Arena *arena, const Json *json, Str fact, Value *value)
{
    *value = value_null();
    if (json->kind == KIND_NULL)
        return true;
    if (json->kind != KIND_OBJECT || json->items.count != 1)
        return false;
    const Json *content = json->items.at[0];
    Str tag = json->keys.at[0];
    if (str_equal(tag, S("unknown"))) {
        *value = value_unknown(arena, fact);
        return true;
    }
    if (content->kind == KIND_NULL)
        return true;
    if (str_equal(tag, S("l")))
        return read_list(arena, content, fact, value);
    if (str_equal(tag, S("c")))
        return read_context(arena, content, fact, value);
    if (str_equal(tag, S("b"))) {
        *value = value_boolean(content->kind == KIND_TRUE);
        return content->kind == KIND_TRUE || content->kind == KIND_FALSE;
    }
    if (str_equal(tag, S("s"))) {
        *value = value_string(content->text);
        return content->kind == KIND_STRING;
    }
    if (str_equal(tag, S("n")))
        return (content->kind == KIND_STRING || content->kind == KIND_NUMBER) &&
               value_number(arena, content->text, value);
    return read_temporal(arena, content, tag, value);
}

/* ---- a context as FEEL ---- */

static bool is_word_unknown(Value value)
{
    return value_is_unknown(value) && value.waiting->count == 1 && str_equal(value.waiting->at[0], S("unknown"));
}

/* Puts the name of the fact in the place of each `unknown`. Nested no deeper than a value can be. */
static Value name_unknowns(Arena *arena, Value value, Str fact)
{
    if (is_word_unknown(value))
        return value_unknown(arena, fact);
    if (value.kind == VALUE_LIST) {
        Values items = { 0 };
        for (size_t i = 0; i < value_count(value); i++) {
            Str path = str_printf(arena, "%.*s[%zu]", STR_ARGS(fact), i + 1);
            list_push(arena, &items, name_unknowns(arena, value_item(value, i), path));
        }
        return value_of_items(arena, items);
    }
    if (value.kind != VALUE_CONTEXT)
        return value;
    LIST(ContextEntry) entries = { 0 };
    for (size_t i = 0; i < value.box->entries->count; i++) {
        ContextEntry entry = value.box->entries->at[i];
        Str path = fact.len ? str_printf(arena, "%.*s.%.*s", STR_ARGS(fact), STR_ARGS(entry.key)) : entry.key;
        entry.value = name_unknowns(arena, entry.value, path);
        list_push(arena, &entries, entry);
    }
    return value_context(arena, entries.at, entries.count);
}

bool scope_read(Arena *arena, Str text, Scope *scope, Errors *errors)
{
    const Place place = { .file = S("context"), .line = 1, .column = 1 };
    const Rule *rule = rule_parse(arena, text, place, errors);
    if (!rule)
        return false;
    const Strs *names = rule_names(rule);
    for (size_t i = 0; i < names->count; i++) {
        if (str_equal(names->at[i], S("unknown")))
            continue;
        errors_add(errors, place, S("a context holds values; write unknown for what was not asked yet"),
                   "nothing is called \"%.*s\" here", STR_ARGS(names->at[i]));
        return false;
    }
    LimitMet met = { 0 };
    Value context = rule_evaluate(arena, rule, &(Scope){ .limit = &met });
    if (met.kind) {
        errors_add(errors, met.place, STR_NONE, "%.*s", STR_ARGS(limit_text(arena, met.kind)));
        return false;
    }
    if (context.kind != VALUE_CONTEXT) {
        errors_add(errors, place, S("write {name: value, …}"), "this is no context");
        return false;
    }
    context = name_unknowns(arena, context, STR_NONE);
    for (size_t i = 0; i < context.box->entries->count; i++)
        scope_set(arena, scope, context.box->entries->at[i].key, context.box->entries->at[i].value);
    return true;
}

/* ---- names that a scope tells ---- */

static void note_members(Arena *arena, Names *names, Value value)
{
    for (size_t i = 0; i < value_count(value); i++)
        note_members(arena, names, value_item(value, i));
    for (size_t i = 0; value.kind == VALUE_CONTEXT && i < value.box->entries->count; i++) {
        strs_add_once(arena, &names->members, value.box->entries->at[i].key);
        note_members(arena, names, value.box->entries->at[i].value);
    }
}

const Rule *rule_parse_in(Arena *arena, Str text, Place place, const Scope *scope, Errors *errors)
{
    Names names = { 0 };
    for (const Scope *around = scope; around; around = around->outer) {
        for (size_t i = 0; i < around->values.entries.count; i++) {
            const MapEntry *entry = &around->values.entries.at[i];
            list_push(arena, &names.list, (Known){ .name = entry->key });
            note_members(arena, &names, *(const Value *)entry->value);
        }
    }
    size_t before = errors->list.count;
    const Rule *rule = parse_text(arena, str_copy(arena, text), place, scope ? &names : NULL, errors);
    return errors->list.count == before ? rule : NULL;
}
