/* The files of a pack: found, bounded and read once, whole, so that a place can show its line later.
 * Links to folders are refused instead of followed, because that is the only way to walk in a circle. */
#include "catalogue/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 2000, FILE_BYTES_MAX = 4 << 20, PACK_BYTES_MAX = 64 << 20, FOLDERS_DEEP_MAX = 8 };

typedef struct Walk {
    Arena *arena;
    Errors *errors;
    Str folder;
    Files files;
    size_t bytes;
} Walk;

static Str path_of(const Walk *walk, Str name)
{
    return name.len ? str_printf(walk->arena, "%.*s/%.*s", STR_ARGS(walk->folder), STR_ARGS(name)) : walk->folder;
}

static void complain(Walk *walk, Str name, Str hint, const char *what)
{
    errors_add(walk->errors, (Place){ .file = path_of(walk, name) }, hint, "%s", what);
}

static bool read_bytes(Walk *walk, File *file, size_t size)
{
    int handle = open(str_terminated(walk->arena, file->path), O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return false;
    char *bytes = arena_alloc(walk->arena, size);
    size_t have = 0;
    ssize_t got = 1;
    while (have < size && got > 0) {
        got = read(handle, bytes + have, size - have);
        if (got > 0)
            have += (size_t)got;
        else if (got < 0 && errno == EINTR)
            got = 1;
    }
    int fault = errno;
    close(handle);
    errno = fault;
    file->bytes = (Str){ bytes, have };
    return got >= 0;
}

static void find_lines(Arena *arena, File *file)
{
    list_push(arena, &file->lines, 0);
    for (size_t i = 0; i < file->bytes.len; i++)
        if (file->bytes.data[i] == '\n')
            list_push(arena, &file->lines, i + 1);
}

File *tree_file(Arena *arena, Str name, Str bytes)
{
    File *file = arena_new(arena, File);
    *file = (File){ .path = str_copy(arena, name), .name = str_copy(arena, name), .bytes = str_copy(arena, bytes) };
    find_lines(arena, file);
    return file;
}

static void add_file(Walk *walk, Str name, size_t size)
{
    if (walk->files.count == FILES_MAX) {
        complain(walk, name, S("join some of them: a file may hold many documents"), "a pack has at most 2,000 files");
        return;
    }
    if (size > FILE_BYTES_MAX) {
        complain(walk, name, S("divide it into several files"), "a file of a pack has at most 4 MB");
        return;
    }
    walk->bytes += size;
    if (walk->bytes > PACK_BYTES_MAX) {
        complain(walk, name, STR_NONE, "the files of a pack have at most 64 MB together");
        return;
    }
    File *file = arena_new(walk->arena, File);
    file->name = name;
    file->path = path_of(walk, name);
    if (!read_bytes(walk, file, size)) {
        complain(walk, name, STR_NONE, strerrordesc_np(errno));
        return;
    }
    find_lines(walk->arena, file);
    list_push(walk->arena, &walk->files, file);
}

static void walk_folder(Walk *walk, Str name, int depth);

static void look_at(Walk *walk, Str name, int depth)
{
    char *path = str_terminated(walk->arena, path_of(walk, name));
    struct stat itself, target;
    if (lstat(path, &itself) != 0 || stat(path, &target) != 0) {
        complain(walk, name, STR_NONE, strerrordesc_np(errno));
        return;
    }
    if (S_ISDIR(target.st_mode)) {
        if (S_ISLNK(itself.st_mode))
            complain(walk, name, S("put the folder itself into the pack"), "a link to a folder is not followed");
        else
            walk_folder(walk, name, depth + 1);
        return;
    }
    if (str_ends(name, S(".yml")))
        complain(walk, name, S("name it *.yaml"), "this file would not be read");
    if (!str_ends(name, S(".yaml")) && !str_ends(name, S(".dmn")))
        return;
    if (!S_ISREG(target.st_mode))
        complain(walk, name, STR_NONE, "this is not a file");
    else
        add_file(walk, name, (size_t)target.st_size);
}

static int by_bytes(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static void walk_folder(Walk *walk, Str name, int depth)
{
    if (depth > FOLDERS_DEEP_MAX) {
        complain(walk, name, STR_NONE, "folders of a pack nest at most 8 deep");
        return;
    }
    DIR *folder = opendir(str_terminated(walk->arena, path_of(walk, name)));
    if (!folder) {
        complain(walk, name, name.len ? STR_NONE : S("a pack is a folder of YAML files"), strerrordesc_np(errno));
        return;
    }
    Strs inside = { 0 };
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        Str part = str_from(entry->d_name);
        list_push(walk->arena, &inside,
                  name.len ? str_printf(walk->arena, "%.*s/%.*s", STR_ARGS(name), STR_ARGS(part))
                           : str_copy(walk->arena, part));
    }
    closedir(folder);
    if (inside.count)
        qsort(inside.at, inside.count, sizeof *inside.at, by_bytes);
    for (size_t i = 0; i < inside.count; i++)
        look_at(walk, inside.at[i], depth);
}

static int by_name(const void *a, const void *b)
{
    return str_compare((*(File *const *)a)->name, (*(File *const *)b)->name);
}

Files tree_read_folder(Arena *arena, Str folder, Errors *errors)
{
    while (folder.len > 1 && str_ends(folder, S("/")))
        folder.len--;
    Walk walk = { .arena = arena, .errors = errors, .folder = str_copy(arena, folder) };
    walk_folder(&walk, STR_NONE, 0);
    /* Again over whole names: "a.yaml" comes before "a/b.yaml" in one folder, but not in the order of bytes. */
    if (walk.files.count)
        qsort(walk.files.at, walk.files.count, sizeof *walk.files.at, by_name);
    return walk.files;
}
