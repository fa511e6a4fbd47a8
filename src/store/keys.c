/* Keys of parties, in a database of their own so that destroying one is possible: it has short backups, and can be
 * wiped and written anew without touching a journal of many gigabytes. A key is sealed under one that is derived from
 * master.key. A key is on the disk before anything that it seals. The other order was tried on paper and left: a
 * journal that names a party whose key was lost in a power cut holds bodies that nobody can ever read. */
#include "store/inside.h"

#include "store/disk.h"
#include "store/schema.h"

/* That master.key belongs to this keys.db is marked in it, so a mixed-up restore shows at once, not body by body. */
static const char MARK[] = "onestop keys";

static Str key_purpose(Arena *arena, int64_t party)
{
    return str_printf(arena, "party/%lld", (long long)party);
}

static bool master_make(Keys *keys, Arena *arena, Str folder, const char *path)
{
    const char *passing = disk_beside(arena, path, "-new");
    store_random(&keys->master, sizeof keys->master);
    return disk_remove(passing) &&
           disk_write(passing, (Str){ (const char *)keys->master.bytes, sizeof keys->master }) &&
           disk_rename(passing, path) && disk_sync(str_terminated(arena, folder));
}

static bool master_read(Keys *keys, Arena *arena, Str folder, Errors *errors)
{
    Place place = { .file = str_printf(errors->arena, "%.*s/master.key", STR_ARGS(folder)) };
    const char *path = disk_path(arena, folder, S("master.key"));
    Arena *scratch = arena_open(4096);
    Str content = STR_NONE;
    DiskRead found = disk_read(scratch, path, &content);
    bool is_good = found == DISK_READ && content.len == sizeof keys->master;
    if (is_good) {
        memcpy(&keys->master, content.data, sizeof keys->master);
        key_forget((Key *)content.data);
    }
    arena_close(scratch);
    if (is_good)
        return true;
    if (found == DISK_READ) {
        errors_add(errors, place, S("put the right file back from your backup"), "is not a key of 32 bytes");
    } else if (found == DISK_UNREADABLE) {
        errors_add(errors, place, S("it must be a file that this user may read"), "cannot be read");
    } else if (disk_exists(keys->path)) {
        errors_add(errors, place, S("put it back from your backup; nothing can be read without it"), "is missing");
    } else if (master_make(keys, arena, folder, path)) {
        return true;
    } else {
        errors_add(errors, place, S("is there room, and may this user write?"), "cannot be written");
    }
    return false;
}

/* A new database takes the mark, an old one must have it. */
static bool mark_fits(Keys *keys)
{
    Hash mark = hash_keyed(&keys->master, str_from(MARK));
    Column value = column_hash(&mark);
    if (database_execute(&keys->writing, KEY_MARK_ADD, &value, 1) != SQLITE_OK)
        return false;
    sqlite3_stmt *statement = database_statement(&keys->writing, KEY_MARK);
    bool fits = statement && sqlite3_step(statement) == SQLITE_ROW &&
                sqlite3_column_bytes(statement, 0) == sizeof mark &&
                memcmp(sqlite3_column_blob(statement, 0), &mark, sizeof mark) == 0;
    (void)sqlite3_reset(statement);
    return fits;
}

static bool databases_open(Keys *keys)
{
    return database_open(&keys->writing, keys->path, DATABASE_WRITE) &&
           database_open(&keys->reading, keys->path, DATABASE_READ);
}

bool keys_open(Keys *keys, Arena *arena, Str folder, Errors *errors)
{
    Place place = { .file = str_printf(errors->arena, "%.*s/keys.db", STR_ARGS(folder)) };
    must(pthread_mutex_init(&keys->mutex, NULL) == 0);
    keys->folder = str_terminated(arena, folder);
    keys->path = disk_path(arena, folder, S("keys.db"));
    if (!master_read(keys, arena, folder, errors))
        return false;
    Hash wrapping = hash_keyed(&keys->master, S("wrap the keys of parties"));
    memcpy(&keys->wrapping, &wrapping, sizeof keys->wrapping);
    if (!database_open(&keys->writing, keys->path, DATABASE_WRITE)) {
        errors_add(errors, place, S("is it a database, and may this user write it?"), "cannot be opened");
        return false;
    }
    if (!schema_migrate(&keys->writing, SCHEMA_KEYS, place.file, errors))
        return false;
    if (!mark_fits(keys)) {
        errors_add(errors, place, S("put master.key and keys.db back from the same backup"),
                   "was not made with this master.key");
        return false;
    }
    if (!database_open(&keys->reading, keys->path, DATABASE_READ)) {
        errors_add(errors, place, S("may this user read and write the folder?"), "cannot be opened for reading");
        return false;
    }
    return true;
}

static void cache_forget(Keys *keys)
{
    for (size_t i = 0; i < KEYS_CACHED; i++) {
        keys->cached[i].party = 0;
        key_forget(&keys->cached[i].key);
    }
}

void keys_close(Keys *keys)
{
    database_close(&keys->reading);
    database_close(&keys->writing);
    cache_forget(keys);
    key_forget(&keys->master);
    key_forget(&keys->wrapping);
    must(pthread_mutex_destroy(&keys->mutex) == 0);
}

Str keys_wrap(const Keys *keys, Arena *arena, int64_t party, const Key *key)
{
    Nonce nonce;
    store_random(&nonce, sizeof nonce);
    return trust_seal(arena, &keys->wrapping, &nonce, key_purpose(arena, party),
                      (Str){ (const char *)key->bytes, sizeof *key });
}

static KeyFound unwrap(const Keys *keys, int64_t party, Str wrapped, Key *key)
{
    Arena *scratch = arena_open(4096);
    Str plain;
    bool is_open = trust_open(scratch, &keys->wrapping, key_purpose(scratch, party), wrapped, &plain) &&
                   plain.len == sizeof *key;
    if (is_open) {
        memcpy(key, plain.data, sizeof *key);
        key_forget((Key *)plain.data);
    }
    arena_close(scratch);
    return is_open ? KEY_FOUND : KEY_UNREADABLE;
}

static KeyFound look_up(Keys *keys, int64_t party, Key *key)
{
    sqlite3_stmt *statement = keys->reading.handle ? database_statement(&keys->reading, KEY_FIND) : NULL;
    Column value = column_number(party);
    if (!statement || column_bind(statement, 1, &value) != SQLITE_OK)
        return KEY_UNREADABLE;
    KeyFound found = KEY_UNREADABLE;
    int result = sqlite3_step(statement);
    if (result == SQLITE_DONE)
        found = KEY_NONE;
    else if (result == SQLITE_ROW)
        found = unwrap(keys, party,
                       (Str){ sqlite3_column_blob(statement, 0), (size_t)sqlite3_column_bytes(statement, 0) }, key);
    (void)sqlite3_reset(statement);
    return found;
}

static void cache_put(Keys *keys, int64_t party, const Key *key)
{
    size_t slot = (size_t)party % KEYS_CACHED;
    keys->cached[slot].party = party;
    keys->cached[slot].key = *key;
}

KeyFound keys_find(Keys *keys, int64_t party, Key *key)
{
    must(party > 0);
    size_t slot = (size_t)party % KEYS_CACHED;
    KeyFound found = KEY_FOUND;
    must(pthread_mutex_lock(&keys->mutex) == 0);
    if (keys->cached[slot].party == party)
        *key = keys->cached[slot].key;
    else if ((found = look_up(keys, party, key)) == KEY_FOUND)
        cache_put(keys, party, key);
    must(pthread_mutex_unlock(&keys->mutex) == 0);
    return found;
}

int keys_add(Keys *keys, const PartyKey *key, bool *added)
{
    const Column values[] = { column_number(key->party), column_blob(key->wrapped) };
    int result = database_execute(&keys->writing, KEY_ADD, values, COUNT_OF(values));
    *added = result == SQLITE_OK && sqlite3_changes(keys->writing.handle) == 1;
    return result;
}

void keys_remember(Keys *keys, const PartyKey *key)
{
    must(pthread_mutex_lock(&keys->mutex) == 0);
    cache_put(keys, key->party, &key->key);
    must(pthread_mutex_unlock(&keys->mutex) == 0);
}

/* Three times over: the row is overwritten where it stands, the log is cut, and the file is written anew. */
bool keys_destroy(Keys *keys, Arena *arena, int64_t party)
{
    const char *fresh = disk_beside(arena, keys->path, "-new");
    must(pthread_mutex_lock(&keys->mutex) == 0);
    cache_forget(keys);
    database_close(&keys->reading);
    Column value = column_number(party);
    bool destroyed = database_execute(&keys->writing, KEY_DESTROY, &value, 1) == SQLITE_OK &&
                     database_empty_log(&keys->writing) && database_remove(arena, fresh) &&
                     database_compact(&keys->writing, fresh);
    database_close(&keys->writing);
    destroyed = destroyed && database_replace(arena, keys->path, fresh, keys->folder);
    bool is_open = databases_open(keys);
    must(pthread_mutex_unlock(&keys->mutex) == 0);
    return destroyed && is_open;
}
