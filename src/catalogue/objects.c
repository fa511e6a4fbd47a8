/* From a node to references, lists and objects, and the way from a type to its function. */
#include "catalogue/loader.h"

typedef LIST(char) AnyList; /* LIST of whatever: all have this shape */
_Static_assert(sizeof(AnyList) == sizeof(Legals), "every LIST is a pointer and two counts");

void *load_item_add(Arena *arena, void *list, size_t item_size)
{
    AnyList any;
    memcpy(&any, list, sizeof any);
    any.at = list_room(arena, any.at, &any.room, any.count, item_size);
    char *item = any.at + size_mul(any.count++, item_size);
    memset(item, 0, item_size);
    memcpy(list, &any, sizeof any);
    return item;
}

void load_wrong_type(Loader *loader, const Field *key, const Node *node)
{
    Place place = node_place(node);
    const char *name = key->name, *words = KEY_TYPE_WORDS[key->type];
    Str hint = str_from(KEY_TYPE_HINTS[key->type]);
    if (key->type == TYPE_OBJECT || key->type == TYPE_OBJECTS) {
        Text keys = text_begin(loader->scratch, 1000);
        for (size_t i = 0; i < key->shape->key_count; i++)
            text_printf(&keys, "%s%s", i ? ", " : "its keys are: ", key->shape->keys[i].name);
        fault(loader, place, text_str(&keys), "\"%s\" must be a map", name);
    } else if (key->type == TYPE_REFERENCE || key->type == TYPE_REFERENCES || key->type == TYPE_ONLY_REFERENCE) {
        fault(loader, place, hint, "\"%s\" must be %s %s", name, words, DOCUMENT_SCHEMAS[key->kind].shape.name);
    } else {
        fault(loader, place, hint, "\"%s\" must be %s", name, words);
    }
}

/* The trimmed text of a scalar; complains and is false where it is none. */
bool load_text_of(Loader *loader, const Field *key, const Node *node, Str *text)
{
    *text = node->kind == NODE_TEXT ? str_trim(node->text) : STR_NONE;
    if (text->len)
        return true;
    load_wrong_type(loader, key, node);
    return false;
}

static void refer_to_nothing(Loader *loader, const Field *key, const Node *node, Str id)
{
    loader->document->flawed = true;
    if (loader->unread)
        return; /* It may stand in what could not be read. */
    const char *word = DOCUMENT_SCHEMAS[key->kind].shape.name;
    Strs ids = load_map_keys(loader, &loader->index[key->kind]);
    Str hint = load_did_you_mean(loader, id, &ids);
    for (size_t kind = 0; !hint.len && kind < DOCUMENT_KIND_COUNT; kind++)
        if (map_get(&loader->index[kind], id))
            hint = str_printf(loader->scratch, "\"%.*s\" is of kind %s", STR_ARGS(id),
                              DOCUMENT_SCHEMAS[kind].shape.name);
    if (!hint.len)
        hint = str_printf(loader->scratch, "define it: %s: %.*s", word, STR_ARGS(id));
    fault(loader, node_place(node), hint, "there is no %s \"%.*s\"", word, STR_ARGS(id));
}

static void load_reference(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str id;
    if (!load_text_of(loader, key, node, &id))
        return;
    Document *document = map_get(&loader->index[key->kind], id);
    if (document && key->kind == DOCUMENT_FACT) {
        bool in_list = str_equal(str_from(key->name), S("fields"));
        document->is_field = document->is_field || in_list;
        document->is_asked = document->is_asked || !in_list;
    }
    if (document && document_is_derived(document))
        fault(loader, node_place(node), S("name the facts that it is worked out from"),
              "\"%.*s\" is worked out, and nobody is asked for it", STR_ARGS(id));
    else if (document)
        memcpy(field, &(const void *){ document->object }, sizeof(const void *));
    else
        refer_to_nothing(loader, key, node, id);
}

/* A reference that was wrong leaves no item, so every item of such a list is good. */
static void load_references(Loader *loader, const Field *key, const Node *node, void *field)
{
    Strs seen = { 0 };
    for (size_t i = 0; i < node_count(node); i++) {
        const Node *item = node_item(node, i);
        const void *object = NULL;
        if (item->kind == NODE_BROKEN)
            document_flaw(loader);
        else
            load_reference(loader, key, item, &object);
        if (!object)
            continue;
        if (strs_has(&seen, item->text))
            fault(loader, node_place(item), STR_NONE, "\"%.*s\" stands twice in \"%s\"", STR_ARGS(item->text),
                  key->name);
        list_push(loader->scratch, &seen, item->text);
        memcpy(load_item_add(loader->arena, field, sizeof object), &object, sizeof object);
    }
}

static void load_only_reference(Loader *loader, const Field *key, const Node *node, void *field)
{
    if (node->kind == NODE_TEXT)
        load_references(loader, key, node, field);
    else
        load_wrong_type(loader, key, node);
}

void load_unset_dates(const Shape *shape, void *object)
{
    for (size_t i = 0; i < shape->key_count; i++)
        if (shape->keys[i].type == TYPE_DATE)
            memcpy((char *)object + shape->keys[i].offset, &DATE_NONE, sizeof(Date));
}

static void load_one_object(Loader *loader, const Field *key, const Node *node, void *field)
{
    load_unset_dates(key->shape, field);
    if (node->kind == NODE_MAP)
        load_object(loader, key->shape, node, 0, field);
    else if (node->kind == NODE_BROKEN)
        document_flaw(loader);
    else
        load_wrong_type(loader, key, node);
}

/* Every item leaves an object, even an empty one, so that the n-th object is the n-th item of the file. */
static void load_objects(Loader *loader, const Field *key, const Node *node, void *field)
{
    for (size_t i = 0; i < node_count(node); i++)
        load_one_object(loader, key, node_item(node, i), load_item_add(loader->arena, field, key->shape->size));
}

static void load_dates(Loader *loader, const Field *key, const Node *node, void *field)
{
    for (size_t i = 0; i < node_count(node); i++) {
        const Node *item = node_item(node, i);
        Date date = DATE_NONE;
        if (item->kind != NODE_BROKEN)
            load_date(loader, key, item, &date);
        memcpy(load_item_add(loader->arena, field, sizeof date), &date, sizeof date);
    }
}

static void load_periods(Loader *loader, const Field *key, const Node *node, void *field)
{
    for (size_t i = 0; i < node_count(node); i++) {
        const Node *item = node_item(node, i);
        Period period = { 0 };
        if (item->kind != NODE_BROKEN)
            load_period(loader, key, item, &period);
        memcpy(load_item_add(loader->arena, field, sizeof period), &period, sizeof period);
    }
}

static ReadValue *const READERS[KEY_TYPE_COUNT] = {
    [TYPE_TEXTS] = load_texts,
    [TYPE_TEXT] = load_text,
    [TYPE_IDENTIFIER] = load_identifier,
    [TYPE_NUMBER] = load_number,
    [TYPE_WHOLE] = load_whole,
    [TYPE_COUNT] = load_count,
    [TYPE_BOOLEAN] = load_boolean,
    [TYPE_DATE] = load_date,
    [TYPE_DATES] = load_dates,
    [TYPE_PERIOD] = load_period,
    [TYPE_PERIODS] = load_periods,
    [TYPE_MONEY] = load_money,
    [TYPE_OFFSET] = load_offset,
    [TYPE_RULE] = load_rule,
    [TYPE_FEE_RULE] = load_rule,
    [TYPE_WORD] = load_word,
    [TYPE_REFERENCE] = load_reference,
    [TYPE_REFERENCES] = load_references,
    [TYPE_ONLY_REFERENCE] = load_only_reference,
    [TYPE_OBJECT] = load_one_object,
    [TYPE_OBJECTS] = load_objects,
    [TYPE_LANGUAGES] = load_languages,
    [TYPE_CURRENCY] = load_currency,
    [TYPE_WEEKDAYS] = load_weekdays,
};

void load_value(Loader *loader, const Field *key, const Node *node, void *field)
{
    if (node->kind == NODE_BROKEN)
        loader->document->flawed = true;
    else
        READERS[key->type](loader, key, node, field);
}
