/* All texts and citations of a pack, found by the table of keys: a new key with a text in it is looked at from its first day. */
#include "catalogue/schema.h"

typedef LIST(char) AnyList;
typedef LIST(const void *) Documents;

typedef struct Search {
    Arena *arena;
    PackPart part;                                 /* what holds for all of the document */
    PackParts parts;
} Search;

static Str path_to(Arena *arena, Str path, const char *key)
{
    return path.len ? str_printf(arena, "%.*s.%s", STR_ARGS(path), key) : str_from(key);
}

static void add(Search *search, const char *object, const char *key, Str path, const Texts *texts, const Legal *legal)
{
    PackPart part = search->part;
    part.object = object;
    part.key = key;
    part.path = path;
    part.texts = texts;
    part.legal = legal;
    list_push(search->arena, &search->parts, part);
}

static void look(Search *search, const Shape *shape, Str path, const char *object);

static void look_at_list(Search *search, const Field *key, Str path, const void *field)
{
    AnyList list;
    memcpy(&list, field, sizeof list);
    for (size_t i = 0; i < list.count; i++)
        look(search, key->shape, str_printf(search->arena, "%.*s[%zu]", STR_ARGS(path), i), list.at + i * key->shape->size);
}

/* A citation is told by the name of its shape; its keys are no texts. */
static void look(Search *search, const Shape *shape, Str path, const char *object)
{
    if (str_equal(str_from(shape->name), S("legal"))) {
        add(search, shape->name, "law", path, NULL, (const Legal *)(const void *)object);
        return;
    }
    for (size_t i = 0; i < shape->key_count; i++) {
        const Field *key = &shape->keys[i];
        const void *field = object + key->offset;
        if (key->type == TYPE_TEXTS) {
            const Texts *texts = field;
            if (texts->in[0].len)
                add(search, shape->name, key->name, path_to(search->arena, path, key->name), texts, NULL);
        } else if (key->type == TYPE_OBJECT) {
            look(search, key->shape, path_to(search->arena, path, key->name), field);
        } else if (key->type == TYPE_OBJECTS) {
            look_at_list(search, key, path_to(search->arena, path, key->name), field);
        }
    }
}

static void look_at_document(Search *search, const DocumentSchema *schema, const void *document)
{
    search->part = (PackPart){ .kind = schema->shape.name, .document = document };
    memcpy(&search->part.id, document, sizeof search->part.id);
    if (schema->place != SIZE_MAX)
        memcpy(&search->part.place, (const char *)document + schema->place, sizeof search->part.place);
    look(search, &schema->shape, STR_NONE, document);
}

PackParts pack_parts(Arena *arena, const Pack *pack)
{
    Search search = { .arena = arena };
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        const DocumentSchema *schema = &DOCUMENT_SCHEMAS[i];
        Documents documents = { 0 };
        if (i == DOCUMENT_PACK)
            look_at_document(&search, schema, pack);
        if (schema->list != SIZE_MAX)
            memcpy(&documents, (const char *)pack + schema->list, sizeof documents);
        for (size_t j = 0; j < documents.count; j++)
            look_at_document(&search, schema, documents.at[j]);
        for (size_t j = 0; i == DOCUMENT_FACT && j < pack->derived.count; j++)
            look_at_document(&search, schema, pack->derived.at[j]);
    }
    return search.parts;
}
