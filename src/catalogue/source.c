/* Where everything in a pack stands: documents by the structs that were made of them, and a walk down their trees.
 *
 * Tried and left: a place beside each field of each struct. It would double what a pack takes in memory, for what only
 * the linter asks. */
#include "catalogue/loader.h"

struct PackSource {
    Map files;                                     /* of File, by path */
    Map roots;                                     /* the pointer's bytes to the root's Node */
};

const PackSource *source_of(Arena *arena, const Documents *documents, const Files *files)
{
    PackSource *source = arena_new(arena, PackSource);
    for (size_t i = 0; i < documents->count; i++) {
        const Document *document = documents->at[i];
        Str key = { (const char *)&document->object, sizeof document->object };
        map_put(arena, &source->roots, key, (void *)document->root);
    }
    for (size_t i = 0; i < files->count; i++)
        map_put(arena, &source->files, files->at[i]->path, files->at[i]);
    return source;
}

Place source_line(const PackSource *source, Place place)
{
    const File *file = map_get(&source->files, place.file);
    if (!file || place.line < 1 || (size_t)place.line > file->lines.count)
        return place;
    size_t at = file->lines.at[place.line - 1];
    while (at < file->bytes.len && (file->bytes.data[at] == ' ' || file->bytes.data[at] == '\t'))
        at++;
    return file_place(file, at);
}

/* "time[0].promised" is cut into "time[0]" and "promised"; "time[0]" into "time" and 0. */
static const Node *step_down(const Node *node, Str step)
{
    Str index = step, name;
    if (!str_cut(&index, '[', &name) || index.len == 0)
        return node_get(node, step);
    int64_t item;
    const Node *list = node_get(node, name);
    if (!list || !str_to_i64(str_slice(index, 0, index.len - 1), &item) || item < 0 || (size_t)item >= node_count(list))
        return list;
    return node_item(list, (size_t)item);
}

Place source_place(const PackSource *source, const void *document, Str path)
{
    const Node *node = map_get(&source->roots, (Str){ (const char *)&document, sizeof document });
    Str step;
    if (!node)
        return (Place){ 0 };
    while (str_cut(&path, '.', &step)) {
        const Node *next = step_down(node, step);
        if (!next)
            break;
        node = next;
    }
    return node_place(node);
}
