/* Layers: a pack may stand on another one, as a city's on its province's. The document `pack` names it, `base:
 * ../zhejiang`, and what the upper pack says of a document of the lower one is put over it, key by key: `time` replaces
 * what was under it, `goals+` adds to the list. LAW cn.visit-once art.4: what the province lists is uniform, and cities
 * may add. */
#include "catalogue/layers.h"

/* "../" stands before the names of the files of the layer below, once for each layer. */
#define BELOW "../"

static size_t layer_of(Str name)
{
    size_t layer = 0;
    while (str_starts(name, S(BELOW))) {
        name = str_slice(name, sizeof BELOW - 1, name.len);
        layer++;
    }
    return layer;
}

Str name_in_layer(Str name)
{
    return str_slice(name, layer_of(name) * (sizeof BELOW - 1), name.len);
}

static void read_trees(Loader *loader, Layer *layer, size_t *nodes)
{
    for (size_t i = 0; i < layer->files.count; i++)
        if (str_ends(layer->files.at[i]->name, S(".yaml")) &&
            !tree_read_file(loader->arena, loader->scratch, layer->files.at[i], nodes, &layer->roots, &loader->errors))
            loader->unread = true;
}

/* The pack that this one stands on; NULL for none. */
static const Node *base_of(const Layer *layer)
{
    for (size_t i = 0; i < layer->roots.count; i++) {
        const Node *root = layer->roots.at[i];
        if (root->kind == NODE_MAP && root->keys.count && str_equal(root->keys.at[0]->text, S("pack")))
            return node_get(root, S("base"));
    }
    return NULL;
}

static void name_as_below(Loader *loader, Files *files, size_t layer)
{
    for (size_t i = 0; i < files->count; i++)
        for (size_t j = 0; j < layer; j++)
            files->at[i]->name = str_printf(loader->arena, "%s%.*s", BELOW, STR_ARGS(files->at[i]->name));
}

void layers_read_folder(Loader *loader, Str folder, Layers *layers)
{
    size_t nodes = NODES_MAX;
    for (;;) {
        Layer *layer = &layers->at[layers->count];
        layer->files = tree_read_folder(loader->arena, folder, &loader->errors);
        name_as_below(loader, &layer->files, layers->count++);
        if (!layer->files.count && !loader->errors.list.count)
            fault(loader, NO_PACK, (Place){ .file = folder }, STR_NONE, "there is no *.yaml file in this folder");
        layers->broken = layers->broken || !layer->files.count;
        read_trees(loader, layer, &nodes);
        const Node *base = base_of(layer);
        if (!base || base->kind != NODE_TEXT || base->text.len == 0)
            return;
        if (layers->count == LAYERS_MAX) {
            fault(loader, TOO_LARGE, node_place(base), S("does it stand on itself?"), "at most %d packs stand on each other",
                  LAYERS_MAX);
            layers->broken = true;
            return;
        }
        folder = str_printf(loader->arena, "%.*s/%.*s", STR_ARGS(folder), STR_ARGS(base->text));
    }
}

void layers_read_files(Loader *loader, const Files *files, Layers *layers)
{
    size_t nodes = NODES_MAX;
    for (size_t i = 0; i < files->count; i++) {
        const size_t layer = layer_of(files->at[i]->name);
        if (layer >= LAYERS_MAX) {
            fault(loader, TOO_LARGE, (Place){ .file = files->at[i]->name }, STR_NONE, "at most %d packs stand on each other",
                  LAYERS_MAX);
            continue;
        }
        list_push(loader->scratch, &layers->at[layer].files, files->at[i]);
        layers->count = layer + 1 > layers->count ? layer + 1 : layers->count;
    }
    for (size_t i = 0; i < layers->count; i++)
        read_trees(loader, &layers->at[i], &nodes);
}

/* ---- putting one document over another ---- */

/* One list behind the other; a single item may stand without its brackets. */
static const Node *joined(Arena *arena, const Node *below, const Node *above)
{
    Node *both = arena_new(arena, Node);
    *both = *above;
    both->kind = NODE_LIST;
    both->items = both->keys = (Nodes){ 0 };
    for (size_t i = 0; below && i < node_count(below); i++)
        list_push(arena, &both->items, node_item(below, i));
    for (size_t i = 0; i < node_count(above); i++)
        list_push(arena, &both->items, node_item(above, i));
    return both;
}

const Node *layer_over(Arena *arena, const Node *below, const Node *above)
{
    if (below->kind != NODE_MAP || above->kind != NODE_MAP)
        return above;
    Node *both = arena_new(arena, Node);
    *both = *below;
    both->items = both->keys = (Nodes){ 0 };
    for (size_t i = 0; i < below->keys.count; i++) {
        const Node *value = node_get(above, below->keys.at[i]->text);
        list_push(arena, &both->keys, below->keys.at[i]);
        list_push(arena, &both->items, value ? value : below->items.at[i]);
    }
    for (size_t i = 0; i < above->keys.count; i++) {
        const Node *key = above->keys.at[i], *value = above->items.at[i];
        if (node_get(below, key->text))
            continue;
        if (!str_ends(key->text, S("+"))) {
            list_push(arena, &both->keys, key);
            list_push(arena, &both->items, value);
            continue;
        }
        Node *name = arena_new(arena, Node);
        *name = *key;
        name->text = str_slice(key->text, 0, key->text.len - 1);
        const Node *list = node_get(both, name->text);
        for (size_t j = 0; j < both->keys.count; j++)
            if (list && str_equal(both->keys.at[j]->text, name->text))
                both->items.at[j] = joined(arena, list, value);
        if (!list) {
            list_push(arena, &both->keys, name);
            list_push(arena, &both->items, value);
        }
    }
    return both;
}
