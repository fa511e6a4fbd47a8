/* Opening and closing the data folder. Whatever is opened is deferred to the store's arena at once, so that an opening
 * that fails half-way and a closing take the same way back. */
#include "store/inside.h"

#include "store/disk.h"
#include "store/schema.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

/* Numbers are taken from the database so many at a time. A block that is not used up when the program ends is lost; at
 * one start a minute they last for thirty years. */
enum { NUMBERS_AT_ONCE = 1 << 16, ARENA_CAP = 1 << 20 };
static const int64_t NUMBER_END = (int64_t)1 << 40; /* references have so many */

static const char DATABASE_NAME[] = "onestop.db";

static void close_queue(void *store)
{
    writer_close_queue(&((Store *)store)->writer);
}

static void close_database(void *store)
{
    database_close(&((Store *)store)->writer.database);
}

static void close_readers(void *store)
{
    readers_close(store);
}

static void close_numbers(void *store)
{
    must(pthread_mutex_destroy(&((Store *)store)->numbers_mutex) == 0);
}

static void close_keys(void *store)
{
    keys_close(((Store *)store)->keys);
    key_forget(&((Store *)store)->reference);
}

static void close_folder(void *store)
{
    (void)close(((Store *)store)->lock);           /* with it goes the lock */
}

static void stop_writer(void *store)
{
    writer_stop(store);
}

Store *store_make(Str folder, Str name, Store *original)
{
    Arena *arena = arena_open(ARENA_CAP);
    Store *store = arena_new(arena, Store);
    store->arena = arena;
    store->folder = str_copy(arena, folder);
    store->path = disk_path(arena, folder, name);
    store->original = original;
    store->lock = -1;
    atomic_init(&store->well, true);
    writer_open_queue(&store->writer);
    arena_defer(arena, close_queue, store);
    return store;
}

static bool folder_open(Store *store, Errors *errors)
{
    Place place = { .file = str_copy(errors->arena, store->folder) };
    if (!disk_make_folder(str_terminated(store->arena, store->folder))) {
        errors_add(errors, place, S("make the folder above it, writable for this user"),
                   "the data folder cannot be made: %s", strerrordesc_np(errno));
        return false;
    }
    store->lock = disk_lock(disk_path(store->arena, store->folder, S("lock")));
    if (store->lock < 0) {
        errors_add(errors, place, S("stop the other program first; if none runs, this user must be able to write here"),
                   "the data folder is in use");
        return false;
    }
    arena_defer(store->arena, close_folder, store);
    return true;
}

/* What an erasing or a rebuilding that was cut off left beside the databases. */
static bool remnants_remove(Store *store, Errors *errors)
{
    static const char *const REMNANTS[] = { "onestop.db-new", "onestop.db-copy", "keys.db-new" };
    for (size_t i = 0; i < COUNT_OF(REMNANTS); i++)
        if (!database_remove(store->arena, disk_path(store->arena, store->folder, str_from(REMNANTS[i])))) {
            errors_add(errors, (Place){ .file = str_copy(errors->arena, store->folder) }, S("remove it"),
                       "an unfinished file cannot be removed: %s", REMNANTS[i]);
            return false;
        }
    return true;
}

static bool keys_are_there(Store *store, Errors *errors)
{
    const char *keys = disk_path(store->arena, store->folder, S("keys.db"));
    if (disk_exists(keys) || !disk_exists(store->path))
        return true;
    errors_add(errors, (Place){ .file = str_copy(errors->arena, str_from(keys)) },
               S("put it back from your backup; nothing sealed can be read without it"), "is missing");
    return false;
}

bool store_database_open(Store *store, Errors *errors)
{
    Place place = { .file = str_copy(errors->arena, str_from(store->path)) };
    arena_defer(store->arena, close_database, store);
    if (!database_open(&store->writer.database, store->path, DATABASE_WRITE)) {
        errors_add(errors, place, S("is it a database, and may this user write it?"), "cannot be opened");
        return false;
    }
    return schema_migrate(&store->writer.database, SCHEMA_MAIN, place.file, errors);
}

bool store_begin(Store *store, Errors *errors)
{
    must(pthread_mutex_init(&store->numbers_mutex, NULL) == 0);
    arena_defer(store->arena, close_numbers, store);
    bool is_open = readers_open(store);
    if (is_open)
        arena_defer(store->arena, close_readers, store);
    is_open = is_open && database_number(&store->writer.database, "SELECT next FROM number WHERE name = 'id'",
                                         &store->number_end);
    store->number_next = store->number_end;
    if (is_open && writer_start(store)) {
        arena_defer(store->arena, stop_writer, store);
        return true;
    }
    errors_add(errors, (Place){ .file = str_copy(errors->arena, str_from(store->path)) },
               S("is there memory for one more thread?"), "cannot be made ready: %s",
               database_fault(&store->writer.database));
    return false;
}

bool store_exists(Str folder)
{
    Arena *scratch = arena_open(ARENA_CAP);
    bool there = disk_exists(disk_path(scratch, folder, str_from(DATABASE_NAME)));
    arena_close(scratch);
    return there;
}

Store *store_open(Str folder, Errors *errors)
{
    trust_begin();
    /* Its count of memory in use would make all threads take turns. To be set before SQLite's first use; later it refuses, having it. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Store *store = store_make(folder, str_from(DATABASE_NAME), NULL);
    if (folder_open(store, errors) && remnants_remove(store, errors) && keys_are_there(store, errors)) {
        store->keys = arena_new(store->arena, Keys);
        arena_defer(store->arena, close_keys, store);
        if (keys_open(store->keys, store->arena, store->folder, errors) && files_open(store, errors) &&
            store_database_open(store, errors)) {
            store->reference = store_key(store, S("references"));
            if (store_begin(store, errors))
                return store;
        }
    }
    arena_close(store->arena);
    return NULL;
}

void store_close(Store *store)
{
    if (store)
        arena_close(store->arena);
}

Str store_folder(const Store *store)
{
    return store->folder;
}

StoreUse store_use(Store *store)
{
    Query query = query_begin(store, NULL, READ_DEMO);
    bool demo = query_next(&query) && take_number(&query) == 1;
    query_end(&query);
    must(pthread_mutex_lock(&store->numbers_mutex) == 0);
    bool empty = store->number_end == 1;           /* no number was ever given */
    must(pthread_mutex_unlock(&store->numbers_mutex) == 0);
    return demo ? STORE_DEMO : empty ? STORE_EMPTY : STORE_IN_USE;
}

bool store_is_well(const Store *store)
{
    return atomic_load(&store->well);
}

/* ---- numbers, randomness, references ------------------------------------------------------------------------- */

static bool take_block(Store *store)
{
    Arena *scratch = arena_open(1 << 12);
    Change *change = change_begin(store, scratch);
    change_numbers(change, store->number_end + NUMBERS_AT_ONCE, store->number_end);
    bool taken = writer_wait(store, change, true) == OUTCOME_DONE;
    arena_close(scratch);
    if (taken)
        store->number_end += NUMBERS_AT_ONCE;
    return taken;
}

int64_t store_next_id(Store *store)
{
    must(pthread_mutex_lock(&store->numbers_mutex) == 0);
    bool given = (store->number_next < store->number_end || take_block(store)) && store->number_next < NUMBER_END;
    int64_t number = given ? store->number_next++ : 0;
    must(pthread_mutex_unlock(&store->numbers_mutex) == 0);
    return number;
}

void store_random(void *bytes, size_t count)
{
    randombytes_buf(bytes, count);
}

Key store_key(const Store *store, Str purpose)
{
    Key key;
    Hash derived = hash_keyed(&store->keys->master, purpose);
    memcpy(&key, &derived, sizeof key);
    return key;
}

Str store_reference(const Store *store, Arena *arena, int64_t application)
{
    must(application > 0);
    return reference_text(arena, &store->reference, (uint64_t)application);
}

bool store_reference_parse(const Store *store, Str text, int64_t *application)
{
    uint64_t number;
    if (!reference_parse(&store->reference, text, &number) || number == 0 || number >= (uint64_t)NUMBER_END)
        return false;
    *application = (int64_t)number;
    return true;
}
