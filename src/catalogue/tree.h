/* tree: a YAML file as a small tree whose every node knows where it stands. Private to the catalogue.
 *
 * Every scalar is text; what it means, its key says. So `zh: no` is never taken for false. */
#ifndef CATALOGUE_TREE_H
#define CATALOGUE_TREE_H

#include "base/base.h"

enum { NESTING_MAX = 16, KEYS_MAX = 100, NODES_MAX = 1000000 };

/* One file of a pack; name and bytes live as long as the pack, because places point into them. */
typedef struct File {
    Str path;                                      /* as it is shown: "packs/zhejiang/food/services.yaml" */
    Str name;                                      /* within the pack: "food/services.yaml" */
    Str bytes;
    LIST(size_t) lines;                            /* where each line begins */
} File;
typedef LIST(File *) Files;

File *tree_file(Arena *arena, Str name, Str bytes); /* copies both */

/* Every *.yaml and *.dmn file below the folder, by name, hidden ones left out. */
Files tree_read_folder(Arena *arena, Str folder, Errors *errors);

typedef enum NodeKind {
    NODE_TEXT,
    NODE_LIST,
    NODE_MAP,
    NODE_BROKEN                                    /* was complained of already: whoever meets it keeps silent */
} NodeKind;
typedef enum NodeStyle { STYLE_PLAIN, STYLE_SINGLE_QUOTED, STYLE_DOUBLE_QUOTED, STYLE_BLOCK } NodeStyle;

typedef struct Node Node;
typedef LIST(const Node *) Nodes;
struct Node {
    NodeKind kind;
    NodeStyle style;                               /* of a text */
    const File *file;
    size_t at;                                     /* first byte in the file, an opening quote included */
    size_t from;                                   /* of a text: its first byte behind an opening quote */
    Str text;
    Nodes items;                                   /* of a list; of a map the values */
    Nodes keys;                                    /* of a map, beside items; texts, each once */
};

/* The documents of a file. Texts are kept in `keep`, nodes in `scratch`; false when the file is no YAML: what came
 * before the fault is in `documents` then. `nodes` counts down over all files. */
bool tree_read_file(Arena *keep, Arena *scratch, const File *file, size_t *nodes, Nodes *documents,
                    Errors *errors) CHECKED;

const Node *node_get(const Node *map, Str key);    /* NULL when absent or no map */
/* The item of a list; the node itself where one was written without a list. */
const Node *node_item(const Node *node, size_t index);
size_t node_count(const Node *node);
bool node_is_nothing(const Node *node);            /* `key:`, `key: ~`, `key: null` */

Place file_place(const File *file, size_t at);
Place node_place(const Node *node);
/* Where the byte `index` of a text stands in its file: behind escapes, folded lines and indentation. */
Place node_place_in(const Node *node, size_t index);

#endif
