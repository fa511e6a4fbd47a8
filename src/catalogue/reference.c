/* The reference: the key table as Markdown, so that the manual cannot say anything else than the loader does. */
#include "catalogue/schema.h"

/* Types whose words go on with the name of what they are made of: "one or more of" need, "the identifier of" law. */
static bool is_composed(KeyType type)
{
    return type == TYPE_OBJECT || type == TYPE_OBJECTS || type == TYPE_REFERENCE || type == TYPE_REFERENCES ||
           type == TYPE_ONLY_REFERENCE;
}

static void put_type(Text *out, const Field *key)
{
    const char *of = key->shape ? key->shape->name : DOCUMENT_SCHEMAS[key->kind].shape.name;
    text_put(out, str_from(KEY_TYPE_WORDS[key->type]));
    if (is_composed(key->type))
        text_printf(out, " [%s](#%s)", of, of);
    for (size_t i = 0; i < key->word_count; i++)
        text_printf(out, "%s`%s`", i ? ", " : ": ", key->words[i]);
}

static void put_shape(Text *out, const Shape *shape, bool document)
{
    text_printf(out, "\n### %s\n\n%s\n\n", shape->name, shape->help);
    text_put(out, S("| key | value | required | meaning |\n| --- | --- | --- | --- |\n"));
    if (document)
        text_printf(out, "| `%s` | an identifier | yes | The first key: it says what the document is. |\n",
                    shape->name);
    for (size_t i = 0; i < shape->key_count; i++) {
        const Field *key = &shape->keys[i];
        text_printf(out, "| `%s` | ", key->name);
        put_type(out, key);
        text_printf(out, " | %s | %s |\n", key->required ? "yes" : "", key->help);
    }
}

static void collect(Arena *arena, Shapes *shapes, const Shape *shape)
{
    for (size_t i = 0; i < shape->key_count; i++) {
        const Shape *inner = shape->keys[i].shape;
        bool known = inner == NULL;
        for (size_t j = 0; j < shapes->count; j++)
            known = known || shapes->at[j] == inner;
        if (known)
            continue;
        list_push(arena, shapes, inner);
        collect(arena, shapes, inner);
    }
}

Shapes schema_shapes(Arena *arena)
{
    Shapes shapes = { 0 };
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++)
        collect(arena, &shapes, &DOCUMENT_SCHEMAS[i].shape);
    return shapes;
}

void pack_reference(Text *out)
{
    const Shapes shapes = schema_shapes(out->arena);
    text_put(out, S("## Documents\n"));
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++)
        put_shape(out, &DOCUMENT_SCHEMAS[i].shape, true);
    text_put(out, S("\n## Objects in documents\n"));
    for (size_t i = 0; i < shapes.count; i++)
        put_shape(out, shapes.at[i], false);
    text_put(out, S("\n## Values\n\n| value | how to write it |\n| --- | --- |\n"));
    for (size_t i = 0; i < KEY_TYPE_COUNT; i++)
        if (KEY_TYPE_HINTS[i][0] && !is_composed((KeyType)i))
            text_printf(out, "| %s | %s |\n", KEY_TYPE_WORDS[i], KEY_TYPE_HINTS[i]);
}
