/* JSON: written straight into a Text; read by jansson into a tree in the arena, so that nothing has to be freed.
 * Reading is for what is off the hot path: a journal body, a document, a test; drafts are read without a tree (desk/answers.c). */
#include "base/base.h"

#include <jansson.h>

void json_put(Text *text, Str value)
{
    static const char HEX[] = "0123456789abcdef";
    text_char(text, '"');
    size_t start = 0;
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.data[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        text_put(text, str_slice(value, start, i));
        start = i + 1;
        if (c == '"' || c == '\\') {
            text_char(text, '\\');
            text_char(text, (char)c);
        } else if (c == '\n') {
            text_put(text, S("\\n"));
        } else {
            text_put(text, S("\\u00"));
            text_char(text, HEX[c >> 4]);
            text_char(text, HEX[c & 15]);
        }
    }
    text_put(text, str_slice(value, start, value.len));
    text_char(text, '"');
}

static Json *convert(Arena *arena, json_t *from, int depth)
{
    Json *to = arena_new(arena, Json);
    if (json_is_object(from)) {
        const char *key;
        json_t *value;
        to->kind = KIND_OBJECT;
        json_object_foreach(from, key, value)
        {
            list_push(arena, &to->keys, str_copy(arena, str_from(key)));
            list_push(arena, &to->items, convert(arena, value, depth + 1));
        }
    } else if (json_is_array(from)) {
        to->kind = KIND_ARRAY;
        for (size_t i = 0; i < json_array_size(from); i++)
            list_push(arena, &to->items, convert(arena, json_array_get(from, i), depth + 1));
    } else if (json_is_string(from)) {
        to->kind = KIND_STRING;
        to->text = str_copy(arena, (Str){ json_string_value(from), json_string_length(from) });
    } else if (json_is_number(from)) {
        to->kind = KIND_NUMBER;
        to->text = json_is_integer(from) ? str_printf(arena, "%lld", (long long)json_integer_value(from))
                                         : str_printf(arena, "%.17g", json_real_value(from));
    } else {
        to->kind = json_is_true(from) ? KIND_TRUE : json_is_false(from) ? KIND_FALSE : KIND_NULL;
    }
    return to;
}

const Json *json_parse(Arena *arena, Str source, Errors *errors)
{
    json_error_t error;
    json_t *tree = json_loadb(source.data, source.len, JSON_REJECT_DUPLICATES, &error);
    if (!tree) {
        errors_add(errors, (Place){ .line = error.line, .column = error.column }, STR_NONE, "not JSON: %s", error.text);
        return NULL;
    }
    const Json *json = convert(arena, tree, 0);
    json_decref(tree);
    return json;
}

const Json *json_get(const Json *object, Str key)
{
    if (!object || object->kind != KIND_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->keys.count; i++)
        if (str_equal(object->keys.at[i], key))
            return object->items.at[i];
    return NULL;
}

Str json_text(const Json *object, Str key)
{
    const Json *member = json_get(object, key);
    return member && member->kind == KIND_STRING ? member->text : STR_NONE;
}
