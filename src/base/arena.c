/* Arenas: chunks in a list, handed out from the front, given back together.
 * The cap is soft (base.h says why). Tried and left: a hard cap with longjmp to the request; it loses locks and open
 * statements that are not deferred, and reads as if nothing could go wrong. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

enum { CHUNK_MIN = 16 * 1024, CHUNK_KEPT_MAX = 128 * 1024 };

typedef struct Chunk {
    struct Chunk *next;
    size_t size, used; /* of data; of the newest, see the arena */
    size_t padding;    /* keeps data aligned */
    unsigned char data[];
} Chunk;
_Static_assert(offsetof(Chunk, data) % ARENA_ALIGN == 0, "chunk data is aligned");

typedef struct Deferred {
    struct Deferred *next;
    void (*clean)(void *);
    void *what;
} Deferred;

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

static Chunk *chunk_new(size_t size, Chunk *next)
{
    Chunk *chunk = calloc(1, size_add(sizeof(Chunk), size));
    must(chunk != NULL);
    chunk->size = size;
    chunk->next = next;
    return chunk;
}

/* From here on memory comes out of this chunk. */
static void open_chunk(Arena *arena, Chunk *chunk)
{
    arena->chunks = chunk;
    arena->next = chunk ? chunk->data : NULL;
    arena->end = chunk ? chunk->data + chunk->size : NULL;
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

static void close_chunk(Arena *arena)
{
    if (arena->chunks)
        arena->chunks->used = (size_t)(arena->next - arena->chunks->data);
}

void arena_reset(Arena *arena)
{
    run_deferred(arena);
    close_chunk(arena);
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
        kept->next = NULL;
    }
    open_chunk(arena, kept);
    arena->used = 0;
}

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){ arena->chunks, arena->next, arena->used };
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
    while (arena->chunks != mark.chunk) {
        Chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
        arena->next = next ? next->data + next->used : NULL;
        arena->end = next ? next->data + next->size : NULL;
    }
    if (arena->chunks) {
        must(arena->next >= mark.next);
        memset(mark.next, 0, (size_t)(arena->next - mark.next));
        arena->next = mark.next;
    }
    arena->used = mark.used;
}

void *arena_alloc_chunk(Arena *arena, size_t size)
{
    size = size_add(size ? size : 1, ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    if ((size_t)(arena->end - arena->next) < size) {
        /* Chunks double, so that a request of any size needs few of them. */
        size_t room = arena->chunks ? arena->chunks->size * 2 : CHUNK_MIN;
        if (room > (size_t)1 << 20)
            room = (size_t)1 << 20;
        if (room < size)
            room = size;
        close_chunk(arena);
        open_chunk(arena, chunk_new(room, arena->chunks));
    }
    void *memory = arena->next;
    arena->next += size;
    arena->used += size;
    return memory;
}

void arena_defer(Arena *arena, void (*clean)(void *), void *what)
{
    Deferred *deferred = arena_new(arena, Deferred);
    *deferred = (Deferred){ .next = arena->deferred, .clean = clean, .what = what };
    arena->deferred = deferred;
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
