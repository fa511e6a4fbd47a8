/* The load itself, in five passes (loader.h says why), and the walk over a document by its table.
 *
 * Faults follow from faults: one misspelt key could be answered by five messages. What was complained of marks its
 * document as flawed, what could not be read marks the load, and the later checks hold their tongue where the fault
 * may lie there. */
#include "catalogue/layers.h"

void document_flaw(Loader *loader)
{
    if (loader->document)
        loader->document->flawed = true;
}

static Str nearest(Str word, const Strs *words)
{
    size_t least = SIZE_MAX, limit = 1 + word.len / 5;
    Str best = STR_NONE;
    for (size_t i = 0; i < words->count; i++) {
        size_t distance = str_distance(word, words->at[i]);
        if (distance < least && distance <= limit && distance < words->at[i].len) {
            least = distance;
            best = words->at[i];
        }
    }
    return best;
}

Str load_did_you_mean(Loader *loader, Str word, const Strs *words)
{
    Str near = nearest(word, words);
    return near.len ? str_printf(loader->scratch, "did you mean \"%.*s\"?", STR_ARGS(near)) : STR_NONE;
}

Strs load_map_keys(Loader *loader, const Map *map)
{
    Strs keys = { 0 };
    for (size_t i = 0; i < map->entries.count; i++)
        list_push(loader->scratch, &keys, map->entries.at[i].key);
    return keys;
}

Document *document_find(Loader *loader, DocumentKind kind, Str id)
{
    return map_get(&loader->index[kind], id);
}

/* ---- one object ---- */
Str load_hint_to_add(Loader *loader, const Field *key)
{
    /* The help is a sentence; here it goes on after the key. */
    char first = key->help[0];
    Str rest = str_from(key->help + 1);
    return str_printf(loader->scratch, "add %s: %c%.*s", key->name,
                      first >= 'A' && first <= 'Z' ? first + ('a' - 'A') : first, (int)rest.len - 1, rest.data);
}

static void unknown_key(Loader *loader, const Shape *shape, const Node *key)
{
    Strs names = { 0 };
    Text all = text_begin(loader->scratch, 2000);
    for (size_t i = 0; i < shape->key_count; i++) {
        list_push(loader->scratch, &names, str_from(shape->keys[i].name));
        text_printf(&all, "%s%s", i ? ", " : "its keys are: ", shape->keys[i].name);
    }
    Str near = load_did_you_mean(loader, key->text, &names);
    fault(loader, UNKNOWN_KEY, node_place(key), near.len ? near : text_str(&all), "unknown key \"%.*s\" in %s", STR_ARGS(key->text),
          shape->name);
}

static void check_required(Loader *loader, const Shape *shape, const Node *map)
{
    for (size_t i = 0; i < shape->key_count; i++) {
        const Field *key = &shape->keys[i];
        const Node *value = node_get(map, str_from(key->name));
        if (!key->required)
            continue;
        if (!value)
            fault(loader, MISSING_KEY, node_place(map), load_hint_to_add(loader, key), "missing key \"%s\" in %s", key->name,
                  shape->name);
        else if (value->kind == NODE_LIST && value->items.count == 0)
            fault(loader, NO_VALUE, node_place(value), str_from(KEY_TYPE_HINTS[key->type]), "\"%s\" is empty", key->name);
    }
}

void load_object(Loader *loader, const Shape *shape, const Node *map, size_t first_key, void *object)
{
    must(map->kind == NODE_MAP);
    const Node *around = loader->map;
    loader->map = map;
    for (size_t i = first_key; i < map->keys.count; i++) {
        const Node *value = map->items.at[i];
        const Field *key = shape_field(shape, map->keys.at[i]->text);
        if (!key)
            unknown_key(loader, shape, map->keys.at[i]);
        else if (node_is_nothing(value))
            fault(loader, NO_VALUE, node_place(map->keys.at[i]),
                  key->required ? str_from(KEY_TYPE_HINTS[key->type]) : S("write its value, or leave the key out"),
                  "\"%s\" has no value", key->name);
        else
            load_value(loader, key, value, (char *)object + key->offset);
    }
    loader->map = around;
    check_required(loader, shape, map);
    if (shape->check)
        shape->check(loader, map, object);
}

/* ---- the documents ---- */

/* The kind by its word; or, after a complaint, by the nearest one, so that what refers to the document still stands. */
static bool kind_of(Loader *loader, const Node *word, DocumentKind *kind)
{
    Strs words = { 0 };
    *kind = DOCUMENT_PACK;
    Text all = text_begin(loader->scratch, 1000);
    text_put(&all, S("a document begins with its kind and its identifier; the kinds are"));
    for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        list_push(loader->scratch, &words, str_from(DOCUMENT_SCHEMAS[i].shape.name));
        text_printf(&all, "%s %s", i ? "," : ":", DOCUMENT_SCHEMAS[i].shape.name);
    }
    Str near = strs_has(&words, word->text) ? word->text : nearest(word->text, &words);
    if (!str_equal(near, word->text)) {
        Str hint = near.len ? load_did_you_mean(loader, word->text, &words) : text_str(&all);
        fault(loader, UNKNOWN_KIND, node_place(word), hint, "unknown kind of document \"%.*s\"", STR_ARGS(word->text));
    }
    for (size_t i = 0; i < words.count; i++)
        if (str_equal(words.at[i], near))
            *kind = (DocumentKind)i;
    return near.len > 0;
}

static void check_identifier(Loader *loader, DocumentKind kind, const Node *node)
{
    Str id = node->text;
    if (kind == DOCUMENT_CALENDAR || !id.len)
        return;
    bool is_fact = kind == DOCUMENT_FACT;
    bool begins = id.data[0] < '0' || id.data[0] > '9';
    if (!load_identifier_is_good(id, is_fact ? '_' : '-') || (is_fact && !begins))
        fault(loader, BAD_IDENTIFIER, node_place(node),
              is_fact ? S("facts are written in snake_case, a letter first: dining_area")
                      : S("identifiers are written in kebab-case: some-service"),
              "\"%.*s\" cannot be an identifier", STR_ARGS(id));
}

/* The kind and the identifier that a document begins with; false, after a complaint, where it does not. */
static bool head_of(Loader *loader, const Node *root, DocumentKind *kind, const Node **id)
{
    if (root->kind == NODE_BROKEN)
        return false;
    if (root->kind != NODE_MAP || root->keys.count == 0) {
        fault(loader, NO_DOCUMENT, node_place(root), S("begin it with its kind and its identifier: service: some-service"),
              "a document must be a map");
        return false;
    }
    const Node *word = root->keys.at[0];
    if (!kind_of(loader, word, kind))
        return false;
    *id = root->items.at[0];
    if ((*id)->kind == NODE_TEXT && !node_is_nothing(*id))
        return true;
    if ((*id)->kind != NODE_BROKEN)
        fault(loader, NO_DOCUMENT, node_place(word), S("begin it with its kind and its identifier: service: some-service"),
              "\"%.*s\" has no identifier", STR_ARGS(word->text));
    return false;
}

/* The document of that identifier that is there already; of packs any. */
static Document *document_before(Loader *loader, DocumentKind kind, Str id)
{
    const Map *index = &loader->index[kind];
    Document *other = map_get(index, id);
    return !other && kind == DOCUMENT_PACK && index->entries.count ? index->entries.at[0].value : other;
}

static void refuse_second(Loader *loader, DocumentKind kind, const Node *id, const Document *other)
{
    const char *word = DOCUMENT_SCHEMAS[kind].shape.name;
    fault(loader, DUPLICATE, node_place(id),
          str_printf(loader->scratch, "the first is in %.*s, line %d", STR_ARGS(other->place.file), other->place.line),
          kind == DOCUMENT_PACK ? "a second %s \"%.*s\"" : "duplicate %s \"%.*s\"", word, STR_ARGS(id->text));
}

static void add_document(Loader *loader, const Node *root, size_t layer)
{
    DocumentKind kind;
    const Node *id;
    if (!head_of(loader, root, &kind, &id)) {
        loader->unread = true;
        return;
    }
    check_identifier(loader, kind, id);
    Document *other = document_before(loader, kind, id->text);
    if (other && other->layer == layer) {
        refuse_second(loader, kind, id, other);
        return;
    }
    if (other) {
        other->id = id->text;
        other->root = layer_over(loader->scratch, other->root, root);
        other->layer = layer;
        memcpy(other->object, &other->id, sizeof other->id);
        return;
    }
    const DocumentSchema *schema = &DOCUMENT_SCHEMAS[kind];
    Document *document = arena_new(loader->scratch, Document);
    *document = (Document){ .kind = kind, .id = id->text, .root = root, .layer = layer, .place = node_place(root) };
    document->object = kind == DOCUMENT_PACK ? loader->pack : arena_alloc(loader->arena, schema->shape.size);
    load_unset_dates(&schema->shape, document->object);
    memcpy(document->object, &document->id, sizeof document->id);
    if (schema->place != SIZE_MAX)
        memcpy((char *)document->object + schema->place, &document->place, sizeof document->place);
    map_put(loader->scratch, &loader->index[kind], id->text, document);
    list_push(loader->scratch, &loader->documents, document);
}

/* Languages, currency and how periods are counted are needed to read everything else, the rest of the pack's own
 * document included. */
static void load_pack_first(Loader *loader, Str folder)
{
    const Map *packs = &loader->index[DOCUMENT_PACK];
    if (!packs->entries.count) {
        if (!loader->unread)
            fault(loader, NO_PACK, (Place){ .file = folder }, S("one document must describe the jurisdiction: pack: zhejiang"),
                  "there is no document of kind pack");
        loader->unread = true; /* Without languages no text is read. */
        return;
    }
    const Document *document = packs->entries.at[0].value;
    const Shape *shape = &DOCUMENT_SCHEMAS[DOCUMENT_PACK].shape;
    Document unheard = *document;
    Loader quiet = *loader; /* What is wrong there is said when the whole document is read. */
    quiet.errors = errors_begin(loader->scratch);
    quiet.document = &unheard;
    for (size_t i = 1; i < document->root->keys.count; i++) {
        const Field *key = shape_field(shape, document->root->keys.at[i]->text);
        if (key && (key->type == TYPE_LANGUAGES || key->type == TYPE_CURRENCY || key->type == TYPE_WEEKDAYS ||
                    key->type == TYPE_REFERENCE))
            load_value(&quiet, key, document->root->items.at[i], (char *)document->object + key->offset);
    }
}

static void load_document(Loader *loader, Document *document)
{
    const DocumentSchema *schema = &DOCUMENT_SCHEMAS[document->kind];
    loader->document = document;
    load_object(loader, &schema->shape, document->root, 1, document->object);
    if (document->kind == DOCUMENT_CALENDAR)
        load_calendar(loader, document);
    if (document_is_derived(document))
        load_derived_fact(loader, document);
    else if (schema->list != SIZE_MAX)
        memcpy(load_item_add(loader->arena, (char *)loader->pack + schema->list, sizeof(void *)), &document->object,
               sizeof(void *));
    loader->document = NULL;
}

/* ---- the whole ---- */

/* As b2sum -l 256 prints it for each file, hashed again: so anybody can work out a pack's version by hand. */
static Hash version_of(Arena *scratch, const Files *files)
{
    Text list = text_begin(scratch, SIZE_MAX);
    for (size_t i = 0; i < files->count; i++) {
        Hash hash = hash_of(files->at[i]->bytes);
        text_hash(&list, &hash);
        text_printf(&list, "  %.*s\n", STR_ARGS(files->at[i]->name));
    }
    return hash_of(text_str(&list));
}

/* {"name": "bytes", …}: what pack_read reads. */
static Str files_text(Arena *arena, const Files *files)
{
    Text text = text_begin(arena, SIZE_MAX);
    text_char(&text, '{');
    for (size_t i = 0; i < files->count; i++) {
        if (i)
            text_char(&text, ',');
        json_put(&text, files->at[i]->name);
        text_char(&text, ':');
        json_put(&text, files->at[i]->bytes);
    }
    text_char(&text, '}');
    return text_str(&text);
}

static int compare_places(const Place *a, const Place *b)
{
    int order = str_compare(a->file, b->file);
    if (order == 0)
        order = (a->line > b->line) - (a->line < b->line);
    return order ? order : (a->column > b->column) - (a->column < b->column);
}

/* Moves what was found to the caller's list, by place; what stands at one place keeps its order. True when there was
 * nothing. */
static bool hand_over(const Errors *found, Errors *errors)
{
    LIST(const Error *) sorted = { 0 };
    for (size_t i = 0; i < found->list.count; i++) {
        const Error *error = &found->list.at[i];
        size_t at = sorted.count;
        list_push(found->arena, &sorted, error);
        for (; at > 0 && compare_places(&sorted.at[at - 1]->place, &error->place) > 0; at--)
            sorted.at[at] = sorted.at[at - 1];
        sorted.at[at] = error;
    }
    for (size_t i = 0; i < sorted.count; i++)
        errors_add_copy(errors, sorted.at[i]);
    return sorted.count == 0;
}

static Loader loader_begin(Arena *arena)
{
    trust_begin();
    Arena *scratch = arena_open((size_t)1 << 30);
    return (Loader){ .arena = arena, .scratch = scratch, .errors = errors_begin(scratch), .pack = arena_new(arena, Pack) };
}

static void close_scratch(void *scratch)
{
    arena_close(scratch);
}

/* Ends the loader; its trees stay only for a source. */
static const Pack *load_layers(Loader *it, Str folder, const Layers *layers, Errors *errors, const PackSource **source)
{
    Loader loader = *it;
    Arena *arena = loader.arena, *scratch = loader.scratch;
    Files files = { 0 };
    loader.unread = loader.errors.list.count > 0;
    for (size_t layer = layers->count; layer-- > 0;) {
        const Nodes *roots = &layers->at[layer].roots;
        for (size_t i = 0; i < roots->count; i++)
            add_document(&loader, roots->at[i], layer);
        for (size_t i = 0; i < layers->at[layer].files.count; i++)
            list_push(scratch, &files, layers->at[layer].files.at[i]);
    }
    loader.files = &files;
    load_pack_first(&loader, folder);
    load_derived(&loader);
    for (size_t i = 0; i < loader.documents.count; i++)
        load_document(&loader, loader.documents.at[i]);
    load_check_rules(&loader);
    load_check_graph(&loader);
    loader.pack->version = version_of(scratch, &files);
    loader.pack->text = files_text(arena, &files);
    bool good = hand_over(&loader.errors, errors);
    if (source) {
        *source = source_of(arena, &loader.documents, &files);
        arena_defer(arena, close_scratch, scratch);
    } else {
        arena_close(scratch);
    }
    if (good)
        pack_complete(arena, loader.pack);
    return good ? loader.pack : NULL;
}

static const Pack *load_folder(Arena *arena, Str folder, Errors *errors, const PackSource **source)
{
    Loader loader = loader_begin(arena);
    Layers layers = { 0 };
    folder = str_copy(arena, folder);
    layers_read_folder(&loader, folder, &layers);
    if (layers.broken) {
        (void)hand_over(&loader.errors, errors);
        arena_close(loader.scratch);
        return NULL;
    }
    return load_layers(&loader, folder, &layers, errors, source);
}

const Pack *pack_load(Arena *arena, Str folder, Errors *errors)
{
    return load_folder(arena, folder, errors, NULL);
}

const Pack *pack_load_source(Arena *arena, Str folder, Errors *errors, const PackSource **source)
{
    return load_folder(arena, folder, errors, source);
}

const Pack *pack_read(Arena *arena, Str text, Errors *errors)
{
    Loader loader = loader_begin(arena);
    const Str name = S("a pack that was kept");
    loader.kept = true;
    Files files = { 0 };
    Layers layers = { 0 };
    const Json *json = json_parse(loader.scratch, text, &loader.errors);
    for (size_t i = 0; json && i < json->keys.count; i++)
        list_push(arena, &files, tree_file(arena, json->keys.at[i], json->items.at[i]->text));
    layers_read_files(&loader, &files, &layers);
    return load_layers(&loader, name, &layers, errors, NULL);
}
