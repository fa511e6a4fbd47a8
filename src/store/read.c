/* Reading: a connection for each thread, opened when it first reads and closed when it ends, with the store's list of
 * them so that closing the store closes all. Nothing is shared, so readers never wait for one another or for the
 * writer. */
#include "store/inside.h"

static void reader_unlink(Reader *reader)
{
    Store *store = reader->store;
    if (reader->next)
        reader->next->before = reader->before;
    if (reader->before)
        reader->before->next = reader->next;
    else
        store->readers = reader->next;
}

static void reader_close(void *what)
{
    Reader *reader = what;
    Store *store = reader->store;
    must(pthread_mutex_lock(&store->readers_mutex) == 0);
    reader_unlink(reader);
    must(pthread_mutex_unlock(&store->readers_mutex) == 0);
    database_close(&reader->database);
    arena_close(reader->arena);
}

bool readers_open(Store *store)
{
    must(pthread_mutex_init(&store->readers_mutex, NULL) == 0);
    return pthread_key_create(&store->reader_key, reader_close) == 0;
}

void readers_rest(Store *store)
{
    must(pthread_mutex_lock(&store->readers_mutex) == 0);
    for (Reader *reader = store->readers; reader; reader = reader->next)
        database_close(&reader->database);
    must(pthread_mutex_unlock(&store->readers_mutex) == 0);
}

void readers_close(Store *store)
{
    must(pthread_key_delete(store->reader_key) == 0);
    while (store->readers)
        reader_close(store->readers);
    must(pthread_mutex_destroy(&store->readers_mutex) == 0);
}

static Reader *reader_make(Store *store)
{
    Arena *arena = arena_open(sizeof(Reader));
    Reader *reader = arena_new(arena, Reader);
    *reader = (Reader){ .store = store, .arena = arena };
    must(pthread_mutex_lock(&store->readers_mutex) == 0);
    reader->next = store->readers;
    if (reader->next)
        reader->next->before = reader;
    store->readers = reader;
    must(pthread_mutex_unlock(&store->readers_mutex) == 0);
    must(pthread_setspecific(store->reader_key, reader) == 0);
    return reader;
}

static Database *reading(Store *store)
{
    Reader *reader = pthread_getspecific(store->reader_key);
    if (!reader)
        reader = reader_make(store);
    if (!reader->database.handle && !database_open(&reader->database, store->path, DATABASE_READ))
        return NULL;
    return &reader->database;
}

Query query_begin(Store *store, Arena *arena, StatementId id)
{
    Database *database = reading(store);
    Query query = { .store = store, .arena = arena, .statement = database ? database_statement(database, id) : NULL };
    query.failed = !query.statement;
    if (query.failed)
        store_is_unwell(store);
    return query;
}

static void query_fail(Query *query)
{
    query->failed = true;
    store_is_unwell(query->store);
    query_end(query);
}

void query_put(Query *query, Column value)
{
    if (query->statement && column_bind(query->statement, ++query->bound, &value) != SQLITE_OK)
        query_fail(query);
}

bool query_next(Query *query)
{
    if (!query->statement)
        return false;
    must(query->bound == sqlite3_bind_parameter_count(query->statement));
    query->column = 0;
    int result = sqlite3_step(query->statement);
    if (result == SQLITE_ROW)
        return true;
    if (result == SQLITE_DONE)
        query_end(query);
    else
        query_fail(query);
    return false;
}

void query_end(Query *query)
{
    if (query->statement)
        (void)sqlite3_reset(query->statement);     /* says again what the last step said */
    query->statement = NULL;
}

int64_t take_number(Query *query)
{
    return sqlite3_column_int64(query->statement, query->column++);
}

int32_t take_small(Query *query)
{
    int64_t number = take_number(query);
    return number >= INT32_MIN && number <= INT32_MAX ? (int32_t)number : 0;
}

int take_enum(Query *query, int count)
{
    int64_t number = take_number(query);
    return number >= 0 && number < count ? (int)number : 0;
}

static Str take(Query *query, const void *data)
{
    /* The length must be asked after the data, which may be converted for us. */
    int length = sqlite3_column_bytes(query->statement, query->column++);
    return data && length > 0 ? (Str){ data, (size_t)length } : STR_NONE;
}

Str take_text(Query *query)
{
    return str_copy(query->arena, take(query, sqlite3_column_text(query->statement, query->column)));
}

Str take_blob(Query *query)
{
    return str_copy(query->arena, take(query, sqlite3_column_blob(query->statement, query->column)));
}

bool take_bytes(Query *query, void *bytes, size_t count)
{
    Str blob = take(query, sqlite3_column_blob(query->statement, query->column));
    memset(bytes, 0, count);
    if (blob.len != count)
        return false;
    memcpy(bytes, blob.data, count);
    return true;
}

Hash take_hash(Query *query)
{
    Hash hash;
    (void)!take_bytes(query, &hash, sizeof hash);
    return hash;
}

Date take_date(Query *query)
{
    if (sqlite3_column_type(query->statement, query->column) != SQLITE_NULL)
        return (Date){ take_small(query) };
    query->column++;
    return DATE_NONE;
}

Instant take_instant(Query *query)
{
    return (Instant){ take_number(query) };
}
