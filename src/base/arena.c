/* Arenas: chunks in a list, handed out from the front, given back together.
 * The cap is soft (base.h says why). Tried and left: a hard cap with longjmp to the request; it loses locks and open
 * statements that are not deferred, and reads as if nothing could go wrong. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

enum { CHUNK_MIN = 16 * 1024, CHUNK_KEPT_MAX = 128 * 1024, ALIGN = 16 };

typedef struct Chunk {
    struct Chunk *next;
    size_t size, used; /* of data */
    size_t padding;    /* keeps data aligned */
    unsigned char data[];
} Chunk;
_Static_assert(offsetof(Chunk, data) % ALIGN == 0, "chunk data is aligned");

typedef struct Deferred {
    struct Deferred *next;
    void (*clean)(void *);
    void *what;
} Deferred;

struct Arena {
    Chunk *chunks; /* newest first */
    Deferred *deferred;
    size_t used, cap;
};

_Noreturn void must_fail(const char *file, int line, const char *what)
{
    fprintf(stderr, "onestop: %s:%d: this must hold: %s\n", file, line, what);
    abort();
}

size_t size_mul(size_t a, size_t b)
{
    size_t product;
    must(!__builtin_mul_overflow(a, b, &product));
    return product;
}

size_t size_add(size_t a, size_t b)
{
    size_t sum;
    must(!__builtin_add_overflow(a, b, &sum));
    return sum;
}

bool i64_add(int64_t a, int64_t b, int64_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

bool i64_mul(int64_t a, int64_t b, int64_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

static Chunk *chunk_new(size_t size, Chunk *next)
{
    Chunk *chunk = calloc(1, size_add(sizeof(Chunk), size));
    must(chunk != NULL);
    chunk->size = size;
    chunk->next = next;
    return chunk;
}

Arena *arena_open(size_t cap_bytes)
{
    Arena *arena = calloc(1, sizeof *arena);
    must(arena != NULL);
    arena->cap = cap_bytes;
    return arena;
}

static void run_deferred(Arena *arena)
{
    while (arena->deferred) {
        Deferred *first = arena->deferred;
        arena->deferred = first->next;
        first->clean(first->what);
    }
}

void arena_close(Arena *arena)
{
    if (!arena)
        return;
    run_deferred(arena);
    while (arena->chunks) {
        Chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
    free(arena);
}

void arena_reset(Arena *arena)
{
    run_deferred(arena);
    Chunk *kept = NULL;
    while (arena->chunks) {
        Chunk *chunk = arena->chunks, *less = chunk;
        arena->chunks = chunk->next;
        if (chunk->size <= CHUNK_KEPT_MAX && (!kept || chunk->size > kept->size)) {
            less = kept;
            kept = chunk;
        }
        free(less);
    }
    if (kept) {
        memset(kept->data, 0, kept->used);
        kept->used = 0;
        kept->next = NULL;
    }
    arena->chunks = kept;
    arena->used = 0;
}

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){ arena->chunks, arena->chunks ? arena->chunks->used : 0, arena->used };
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
    while (arena->chunks != mark.chunk) {
        Chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
    if (arena->chunks) {
        must(arena->chunks->used >= mark.chunk_used);
        memset(arena->chunks->data + mark.chunk_used, 0, arena->chunks->used - mark.chunk_used);
        arena->chunks->used = mark.chunk_used;
    }
    arena->used = mark.used;
}

void *arena_alloc(Arena *arena, size_t size)
{
    must(arena != NULL);
    size = size_add(size, ALIGN - 1) / ALIGN * ALIGN;
    if (size == 0)
        size = ALIGN;
    Chunk *chunk = arena->chunks;
    if (!chunk || chunk->size - chunk->used < size) {
        /* Chunks double, so that a request of any size needs few of them. */
        size_t room = chunk ? chunk->size * 2 : CHUNK_MIN;
        if (room > (size_t)1 << 20)
            room = (size_t)1 << 20;
        if (room < size)
            room = size;
        chunk = arena->chunks = chunk_new(room, chunk);
    }
    void *memory = chunk->data + chunk->used;
    chunk->used += size;
    arena->used += size;
    return memory;
}

void arena_defer(Arena *arena, void (*clean)(void *), void *what)
{
    Deferred *deferred = arena_new(arena, Deferred);
    *deferred = (Deferred){ .next = arena->deferred, .clean = clean, .what = what };
    arena->deferred = deferred;
}

bool arena_is_full(const Arena *arena)
{
    return arena->used > arena->cap;
}

void *list_room(Arena *arena, void *items, size_t *room, size_t count, size_t item_size)
{
    must(count <= *room);
    if (count < *room)
        return items;
    size_t wanted = *room ? size_mul(*room, 2) : 4;
    void *grown = arena_alloc(arena, size_mul(wanted, item_size));
    if (count)
        memcpy(grown, items, count * item_size);
    *room = wanted;
    return grown;
}
