/* A copy of the pack, to be changed by a test. */
#ifndef STORY_PACK_COPY_H
#define STORY_PACK_COPY_H

#include "story/office.h"

static char copy[] = "/tmp/onestop-pack-XXXXXX";

static inline Str read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    must(file != NULL);
    char *bytes = arena_alloc(arena, 1 << 20);
    size_t count = fread(bytes, 1, 1 << 20, file);
    must(fclose(file) == 0);
    return (Str){ bytes, count };
}

static inline void write_whole(const char *path, Str text)
{
    FILE *file = fopen(path, "wb");
    must(file && fwrite(text.data, 1, text.len, file) == text.len && fclose(file) == 0);
}

/* Replaces the one place where `from` stands in a file of the copy. */
static inline void replace(const char *name, Str from, Str to)
{
    Str path = str_printf(arena, "%s/%s", copy, name);
    char *file = str_terminated(arena, path);
    Str text = read_whole(file);
    size_t at = str_find(text, from);
    if (!CHECK(at != SIZE_MAX))
        printf("   %.*s is not in %s\n", STR_ARGS(from), name);
    else
        write_whole(file, str_printf(arena, "%.*s%.*s%.*s", STR_ARGS(str_slice(text, 0, at)), STR_ARGS(to),
                                     STR_ARGS(str_slice(text, at + from.len, text.len))));
}

/* Takes a whole document out of a file of several. */
static inline void remove_document(const char *name, Str head)
{
    char *file = str_terminated(arena, str_printf(arena, "%s/%s", copy, name));
    Str text = read_whole(file), rest = text;
    Text kept = text_begin(arena, 1 << 20);
    while (rest.len) {
        size_t at = str_find(rest, S("\n---\n"));
        Str document = at == SIZE_MAX ? rest : str_slice(rest, 0, at + 5);
        rest = at == SIZE_MAX ? STR_NONE : str_slice(rest, at + 5, rest.len);
        if (str_find(document, head) == SIZE_MAX)
            text_put(&kept, document);
    }
    write_whole(file, text_str(&kept));
}

static inline void run(const char *command)
{
    must(system(command) == 0);
}

static inline void copy_again(void)
{
    char command[200];
    snprintf(command, sizeof command, "rm -rf %s && cp -r packs/zhejiang %s", copy, copy);
    run(command);
}

static inline const Pack *load(void)
{
    Errors errors = errors_begin(arena);
    const Pack *pack = pack_load(arena, str_from(copy), &errors);
    Text text = text_begin(arena, 1 << 16);
    errors_print(&errors, &text);
    if (!CHECK(pack != NULL))
        printf("%.*s", STR_ARGS(text_str(&text)));
    return pack;
}

#endif
