/* Uploads: sealed under the party's key, named by the hash of the sealed bytes, so that a file proves itself. A file
 * is complete before anything names it: it is written and synced under a passing name, renamed, and both folders are
 * synced. */
#include "store/inside.h"

#include "store/disk.h"

#include <dirent.h>

static const char PURPOSE[] = "file";

/* files/ab/abcd… */
static Str file_folder(const Store *store, Arena *arena, const Hash *name)
{
    return str_printf(arena, "%.*s/files/%02x", STR_ARGS(store->folder), name->bytes[0]);
}

static const char *file_path(const Store *store, Arena *arena, const Hash *name)
{
    Text digits = text_begin(arena, 2 * sizeof *name);
    text_hash(&digits, name);
    return disk_path(arena, file_folder(store, arena, name), text_str(&digits));
}

static const char *files_folder(const Store *store, Arena *arena)
{
    return disk_path(arena, store->folder, S("files"));
}

bool files_open(Store *store, Errors *errors)
{
    Arena *scratch = arena_open(1 << 16);
    const char *path = files_folder(store, scratch);
    DIR *folder = disk_make_folder(path) ? opendir(path) : NULL;
    bool is_clean = folder != NULL;
    for (struct dirent *it; folder && (it = readdir(folder));)
        if (str_starts(str_from(it->d_name), S("tmp-")))
            is_clean = disk_remove(disk_path(scratch, str_from(path), str_from(it->d_name))) && is_clean;
    if (folder)
        (void)closedir(folder);
    if (!is_clean)
        errors_add(errors, (Place){ .file = str_copy(errors->arena, str_from(path)) },
                   S("this user must be able to write it"), "the folder of sealed files cannot be used");
    arena_close(scratch);
    return is_clean;
}

static bool put_sealed(Store *store, Arena *arena, Str sealed, const Hash *name)
{
    uint64_t passing_name;
    store_random(&passing_name, sizeof passing_name);
    const char *files = files_folder(store, arena);
    const char *folder = str_terminated(arena, file_folder(store, arena, name));
    const char *passing =
        disk_path(arena, str_from(files), str_printf(arena, "tmp-%016llx", (unsigned long long)passing_name));
    if (!disk_make_folder(folder) || !disk_write(passing, sealed))
        return false;
    if (disk_rename(passing, file_path(store, arena, name)) && disk_sync(folder) && disk_sync(files))
        return true;
    (void)!disk_remove(passing);                   /* renamed or not, nothing names it */
    return false;
}

bool files_put(Store *store, Arena *arena, int64_t party, Str content, Hash *name)
{
    Key key;
    Nonce nonce;
    if (keys_find(store->keys, party, &key) != KEY_FOUND)
        return false;
    store_random(&nonce, sizeof nonce);
    Str sealed = trust_seal(arena, &key, &nonce, str_from(PURPOSE), content);
    key_forget(&key);
    *name = hash_of(sealed);
    bool is_put = put_sealed(store, arena, sealed, name);
    if (!is_put)
        store_is_unwell(store);
    return is_put;
}

bool store_file_get(Store *store, Arena *arena, int64_t party, const Hash *name, Str *content)
{
    Key key;
    Str sealed;
    if (disk_read(arena, file_path(store, arena, name), &sealed) != DISK_READ ||
        keys_find(store->keys, party, &key) != KEY_FOUND)
        return false;
    bool is_open = trust_open(arena, &key, str_from(PURPOSE), sealed, content);
    key_forget(&key);
    return is_open;
}

bool store_file_exists(Store *store, const Hash *name)
{
    Arena *scratch = arena_open(1 << 12);
    bool there = disk_exists(file_path(store, scratch, name));
    arena_close(scratch);
    return there;
}

static bool is_altered(const char *path, const Hash *name)
{
    Str sealed;
    Arena *scratch = arena_open(SIZE_MAX);         /* as large as the file is */
    bool read = disk_read(scratch, path, &sealed) == DISK_READ;
    Hash found = read ? hash_of(sealed) : (Hash){ 0 };
    arena_close(scratch);
    return !read || !hash_equal(&found, name);
}

HashList store_files_altered(Store *store, Arena *arena)
{
    HashList list = { 0 };
    Arena *scratch = arena_open(1 << 20);
    for (unsigned byte = 0; byte <= UINT8_MAX; byte++) {
        const Hash first = { .bytes = { (unsigned char)byte } };
        const Str path = file_folder(store, scratch, &first);
        DIR *folder = opendir(str_terminated(scratch, path));
        for (struct dirent *it; folder && (it = readdir(folder));) {
            Hash name;
            if (hash_parse(str_from(it->d_name), &name) && is_altered(disk_path(scratch, path, str_from(it->d_name)), &name))
                list_push(arena, &list, name);
        }
        if (folder)
            (void)closedir(folder);
        arena_reset(scratch);
    }
    arena_close(scratch);
    return list;
}

bool files_remove(Store *store, Arena *arena, const Hash *names, size_t count)
{
    bool removed = true;
    for (size_t i = 0; i < count; i++) {
        const char *folder = str_terminated(arena, file_folder(store, arena, &names[i]));
        removed =
            disk_remove(file_path(store, arena, &names[i])) && (!disk_exists(folder) || disk_sync(folder)) && removed;
    }
    return removed;
}

void files_settle(const Change *change, Outcome outcome)
{
    /* One that failed may still come back from the log after a power cut: it keeps its files. */
    const bool written = outcome == OUTCOME_DONE, kept = outcome == OUTCOME_FAILED;
    const size_t count = kept ? 0 : written ? change->dropped.count : change->brought.count;
    if (!count)
        return;
    Arena *scratch = arena_open(1 << 16);
    /* What stays behind all the same is named by nothing, and sealed. */
    (void)!files_remove(change->store, scratch, written ? change->dropped.at : change->brought.at, count);
    arena_close(scratch);
}
