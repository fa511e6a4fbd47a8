/* The key table as a JSON Schema (2020-12), for editors that complete and check YAML while one writes. It knows each
 * document by itself; what holds between documents only the loader can say. YAML readers take 12 for a number and no
 * for false; here every scalar is text until its key says otherwise, so where a text is wanted any scalar will do. */
#include "catalogue/schema.h"

static void put_described(Text *out, const char *words)
{
    text_put(out, S("\"description\":"));
    json_put(out, str_from(words));
}

static void put_one_or_more(Text *out, Str one)
{
    text_printf(out, "\"anyOf\":[{%.*s},{\"type\":\"array\",\"minItems\":1,\"items\":{%.*s}}]", STR_ARGS(one),
                STR_ARGS(one));
}

static Str object_reference(const Text *out, const Field *key)
{
    return str_printf(out->arena, "\"$ref\":\"#/$defs/%s\"", key->shape->name);
}

#define SCALAR    "\"type\":[\"string\",\"number\",\"boolean\"]"
#define PERIOD    "\"type\":\"string\",\"pattern\":\"^[1-9][0-9]{0,3} (working day|day|week|month|year)s?$\""
#define WORD_LIST "\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"string\"}"

static void put_words(Text *out, const Field *key)
{
    text_put(out, S("\"enum\":["));
    for (size_t i = 0; i < key->word_count; i++)
        text_printf(out, "%s\"%s\"", i ? "," : "", key->words[i]);
    text_char(out, ']');
}

static void put_type(Text *out, const Field *key)
{
    switch (key->type) {
    case TYPE_TEXTS:
        text_put(out, S("\"type\":\"object\",\"minProperties\":1,\"propertyNames\":{\"pattern\":\"^[a-z][a-z]$\"},"
                        "\"additionalProperties\":{" SCALAR "}"));
        return;
    case TYPE_TEXT:
    case TYPE_RULE:
    case TYPE_FEE_RULE:
        text_put(out, S(SCALAR));
        return;
    case TYPE_IDENTIFIER:
    case TYPE_REFERENCE:
    case TYPE_ONLY_REFERENCE:
        text_put(out, S("\"type\":[\"string\",\"number\"]"));
        return;
    case TYPE_REFERENCES:
        put_one_or_more(out, S("\"type\":[\"string\",\"number\"]"));
        return;
    case TYPE_NUMBER:
        text_put(out, S("\"type\":\"number\""));
        return;
    case TYPE_WHOLE:
        text_put(out, S("\"type\":\"integer\""));
        return;
    case TYPE_COUNT:
        text_put(out, S("\"type\":\"integer\",\"minimum\":0,\"maximum\":1000"));
        return;
    case TYPE_BOOLEAN:
        text_put(out, S("\"type\":\"boolean\""));
        return;
    case TYPE_DATE:
        text_put(out, S("\"type\":\"string\",\"pattern\":\"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\""));
        return;
    case TYPE_DATES:
        put_one_or_more(out, S("\"type\":\"string\",\"pattern\":\"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\""));
        return;
    case TYPE_PERIOD:
        text_put(out, S(PERIOD));
        return;
    case TYPE_PERIODS:
        put_one_or_more(out, S(PERIOD));
        return;
    case TYPE_MONEY:
        text_put(out, S("\"type\":[\"string\",\"number\"],\"pattern\":\"^[0-9]+(\\\\.[0-9]{1,2})?( [A-Z]{3})?$\""));
        return;
    case TYPE_OFFSET:
        text_put(out, S("\"type\":\"string\",\"pattern\":\"^[+-][0-9]{2}:[0-9]{2}$\""));
        return;
    case TYPE_WORD:
        put_words(out, key);
        return;
    case TYPE_OBJECT:
        text_put(out, object_reference(out, key));
        return;
    case TYPE_OBJECTS:
        put_one_or_more(out, object_reference(out, key));
        return;
    case TYPE_LANGUAGES:
    case TYPE_WEEKDAYS:
        text_put(out, S(WORD_LIST));
        return;
    case TYPE_CURRENCY:
        text_put(out, S("\"type\":\"string\",\"pattern\":\"^[A-Z]{3}$\""));
        return;
    }
}

/* A key that ends in + adds to the list of the pack below. */
static void put_shape(Text *out, const Shape *shape, bool document)
{
    text_put(out, S("{"));
    put_described(out, shape->help);
    text_put(out, S(",\"type\":\"object\",\"additionalProperties\":false,\"patternProperties\":{\"\\\\+$\":true},"
                    "\"properties\":{"));
    if (document)
        text_printf(out, "\"%s\":{\"description\":\"Its identifier.\",\"type\":[\"string\",\"number\"]}", shape->name);
    for (size_t i = 0; i < shape->key_count; i++) {
        const Field *key = &shape->keys[i];
        text_printf(out, "%s\n    \"%s\":{", i || document ? "," : "", key->name);
        put_described(out, key->help);
        text_char(out, ',');
        put_type(out, key);
        text_char(out, '}');
    }
    text_put(out, S("},\"required\":["));
    if (document)
        text_printf(out, "\"%s\"", shape->name);
    bool first = !document;
    for (size_t i = 0; i < shape->key_count; i++) {
        if (!shape->keys[i].required)
            continue;
        text_printf(out, "%s\"%s\"", first ? "" : ",", shape->keys[i].name);
        first = false;
    }
    text_put(out, S("]}"));
}

/* The first key says what a document is, but no schema knows which key is first. A service has a key `authority` too:
 * so a document is an authority where it is none of those that have such a key. */
static void put_condition(Text *out, const char *name)
{
    bool first = true;
    text_printf(out, "\"required\":[\"%s\"]", name);
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        if (!shape_field(&DOCUMENT_SCHEMAS[i].shape, str_from(name)))
            continue;
        text_printf(out, "%s{\"required\":[\"%s\"]}", first ? ",\"not\":{\"anyOf\":[" : ",",
                    DOCUMENT_SCHEMAS[i].shape.name);
        first = false;
    }
    text_put(out, first ? S("") : S("]}"));
}

void pack_json_schema(Text *out)
{
    text_put(out, S("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"A document of a "
                    "pack\",\"type\":\"object\",\n \"anyOf\":["));
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++)
        text_printf(out, "%s{\"required\":[\"%s\"]}", i ? "," : "", DOCUMENT_SCHEMAS[i].shape.name);
    text_put(out, S("],\n \"allOf\":["));
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        const char *name = DOCUMENT_SCHEMAS[i].shape.name;
        text_put(out, i ? S(",\n  {\"if\":{") : S("\n  {\"if\":{"));
        put_condition(out, name);
        text_printf(out, "},\"then\":{\"$ref\":\"#/$defs/document-%s\"}}", name);
    }
    text_put(out, S("],\n \"$defs\":{"));
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        text_printf(out, "%s\n  \"document-%s\":", i ? "," : "", DOCUMENT_SCHEMAS[i].shape.name);
        put_shape(out, &DOCUMENT_SCHEMAS[i].shape, true);
    }
    const Shapes shapes = schema_shapes(out->arena);
    for (size_t i = 0; i < shapes.count; i++) {
        text_printf(out, ",\n  \"%s\":", shapes.at[i]->name);
        put_shape(out, shapes.at[i], false);
    }
    text_put(out, S("}}\n"));
}
