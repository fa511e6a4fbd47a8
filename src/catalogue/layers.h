/* layers: a pack and the packs that it stands on. Private to the catalogue. */
#ifndef CATALOGUE_LAYERS_H
#define CATALOGUE_LAYERS_H

#include "catalogue/loader.h"

enum { LAYERS_MAX = 4 };                           /* a nation, a province, a city, a district */

typedef struct Layer {
    Files files;
    Nodes roots;                                   /* their documents */
} Layer;
typedef struct Layers {
    Layer at[LAYERS_MAX];                          /* the pack itself first, then what it stands on */
    size_t count;
    bool broken;                                   /* one is not there: what it defines is missing everywhere */
} Layers;

void layers_read_folder(Loader *loader, Str folder, Layers *layers);
/* The same of files that were kept: their names say in which layer they lie. */
void layers_read_files(Loader *loader, const Files *files, Layers *layers);
Str name_in_layer(Str name);

/* A document of the layer below with that of the layer above put over it: each key replaces what is under it, one that ends in + adds
 * to its list. */
const Node *layer_over(Arena *arena, const Node *below, const Node *above);

#endif
