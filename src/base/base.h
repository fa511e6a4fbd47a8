/* base: what every module stands on.
 *
 * Memory comes from arenas, text is a slice, lists and maps grow in an arena, and an error is a value.
 * Nothing here knows what a public service is, reads a clock or touches a file.
 *
 *     Arena *arena = arena_open(1 << 20);
 *     Text text = text_begin(arena, 100);
 *     text_put(&text, S("due on "));
 *     text_date(&text, date_of(2026, 10, 26));
 *     must(str_equal(text_str(&text), S("due on 2026-10-26")));
 *     arena_close(arena);
 *
 * Three kinds of fault are kept apart:
 *   ours        must(x): on in release; prints where and ends the process, the journal is safe
 *   theirs      an Error in an Errors list: what, where, and what to do about it; several at once
 *   the world's a bool or an outcome marked temporary; retried by the one loop that owns retries
 *
 * Functions that return memory take the arena first; the memory lives as long as the arena. */
#ifndef BASE_H
#define BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CHECKED __attribute__((warn_unused_result))
#define PRINTF(at, first) __attribute__((format(printf, at, first)))
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* An error of ours. Never for input: input is answered, not died of. */
#define must(x) ((x) ? (void)0 : must_fail(__FILE__, __LINE__, #x))
_Noreturn void must_fail(const char *file, int line, const char *what);

/* ---- arena ------------------------------------------------------------------------------------
 * Memory that is given back all at once. The cap is soft on purpose: past it the arena still gives memory (so no
 * caller needs an out-of-memory branch), but says arena_is_full, and whoever loops over input asks that and
 * stops with an error for the request. Every input is bounded at the door, so the overshoot is bounded too. */
typedef struct Arena Arena;
struct Arena {                                     /* here only so that the short functions below need no call */
    unsigned char *next, *end;                     /* of the newest chunk: what is free */
    size_t used, cap;
    struct Chunk *chunks;                          /* newest first */
    struct Deferred *deferred;
};
enum { ARENA_ALIGN = 16 };

Arena *arena_open(size_t cap_bytes) CHECKED;
void arena_close(Arena *arena);                    /* runs what was deferred, newest first; NULL is fine */
void arena_reset(Arena *arena);                    /* as close and open again, but keeps a chunk, of 128 KB at most */
void *arena_alloc_chunk(Arena *arena, size_t size) CHECKED; /* for arena_alloc alone, where the chunk has no room */
static inline void *arena_alloc(Arena *arena, size_t size) CHECKED; /* zeroed, aligned for anything, never NULL */
static inline void *arena_alloc(Arena *arena, size_t size)
{
    must(arena != NULL);
    size_t taken = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    if (taken - 1 >= (size_t)(arena->end - arena->next)) /* no room; or 0, asked for nothing or for too much */
        return arena_alloc_chunk(arena, size);
    void *memory = arena->next;
    arena->next += taken;
    arena->used += taken;
    return memory;
}
void arena_defer(Arena *arena, void (*clean)(void *), void *what);
static inline bool arena_is_full(const Arena *arena)
{
    return arena->used > arena->cap;
}
typedef struct ArenaMark {                         /* a moment of an arena */
    void *chunk;
    unsigned char *next;
    size_t used;
} ArenaMark;
ArenaMark arena_mark(const Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark);   /* gives back what was taken since; nothing may be deferred since */
#define arena_new(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
#define arena_array(arena, T, count) ((T *)arena_alloc((arena), size_mul((count), sizeof(T))))

/* ---- checked numbers -------------------------------------------------------------------------- */
size_t size_mul(size_t a, size_t b);               /* overflow is our fault: must */
size_t size_add(size_t a, size_t b);
static inline bool i64_add(int64_t a, int64_t b, int64_t *sum) CHECKED;
static inline bool i64_add(int64_t a, int64_t b, int64_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}
static inline bool i64_mul(int64_t a, int64_t b, int64_t *product) CHECKED;
static inline bool i64_mul(int64_t a, int64_t b, int64_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

/* ---- str: a slice of bytes, not owned, not terminated ------------------------------------------ */
typedef struct Str {
    const char *data;
    size_t len;
} Str;
#define S(literal) ((Str){ "" literal, sizeof(literal) - 1 })
#define STR_NONE ((Str){ 0 })
#define STR_ARGS(s) (int)(s).len, (s).data         /* for "%.*s" */

Str str_from(const char *terminated);              /* NULL gives STR_NONE */
Str str_copy(Arena *arena, Str s);
char *str_terminated(Arena *arena, Str s) CHECKED; /* a copy with a final NUL; NULs inside are kept */
static inline bool str_equal(Str a, Str b)         /* here, because most are unlike by length or first letter */
{
    return a.len == b.len && (a.len == 0 || (a.data[0] == b.data[0] && memcmp(a.data, b.data, a.len) == 0));
}
bool str_equal_nocase(Str a, Str b);               /* ASCII letters only */
int str_compare(Str a, Str b);                     /* bytewise, as memcmp */
static inline bool str_starts(Str s, Str start)
{
    return s.len >= start.len && (start.len == 0 || memcmp(s.data, start.data, start.len) == 0);
}
bool str_ends(Str s, Str end);
size_t str_find(Str s, Str part);                  /* index, or SIZE_MAX */
size_t str_find_nocase(Str s, Str part);           /* ASCII letters only */
static inline Str str_slice(Str s, size_t from, size_t to) /* clipped to s */
{
    if (to > s.len)
        to = s.len;
    return from < to ? (Str){ s.data + from, to - from } : STR_NONE;
}
Str str_trim(Str s);                               /* ASCII blanks and the ideographic space at both ends */
bool str_cut(Str *rest, char at, Str *part);       /* takes the part before `at` off rest; false, and part as it was, of nothing */
bool str_to_i64(Str s, int64_t *value) CHECKED;    /* whole text, decimal, optional sign */
size_t str_distance(Str a, Str b);                 /* edits between two short words (at most 64 bytes), for hints */

/* ---- UTF-8 ------------------------------------------------------------------------------------- */
bool utf8_is_valid(Str s);                         /* strict: no overlong forms, no surrogates, no NUL */
size_t utf8_length(Str s);                         /* code points of valid text */
typedef struct Utf8 {                              /* returned and not pointed to, so that it stays in a register */
    uint32_t code_point, bytes;
} Utf8;
Utf8 utf8_wide(Str s, size_t at);                  /* for utf8_next alone, where it is not ASCII */
static inline size_t utf8_next(Str s, size_t at, uint32_t *code_point)
{                                                  /* bytes used; 0 at the end; broken bytes give U+FFFD, 1 */
    Utf8 next = { 0, 0 };
    if (at < s.len)
        next = (unsigned char)s.data[at] < 0x80 ? (Utf8){ (unsigned char)s.data[at], 1 } : utf8_wide(s, at);
    *code_point = next.code_point;
    return next.bytes;
}
void utf8_encode(uint32_t code_point, char out[4], size_t *len);

/* ---- text: a growing buffer with its maximum named at the start --------------------------------- */
typedef struct Text {
    Arena *arena;
    char *data;
    size_t len, room, max;
    bool overflow;                                 /* sticky: something did not fit and was left out */
} Text;

Text text_begin(Arena *arena, size_t max);
void text_put(Text *text, Str s);
void text_char(Text *text, char c);
void text_i64(Text *text, int64_t value);
void text_printf(Text *text, const char *format, ...) PRINTF(2, 3);
Str text_str(const Text *text);
Str str_printf(Arena *arena, const char *format, ...) PRINTF(2, 3);

/* ---- list: LIST(T) is a struct of items; grows in an arena --------------------------------------- */
#define LIST(T)                                                                                                        \
    struct {                                                                                                           \
        T *at;                                                                                                         \
        size_t count, room;                                                                                            \
    }
#define list_push(arena, list, ...)                                                                                    \
    ((list)->at = list_room((arena), (list)->at, &(list)->room, (list)->count, sizeof *(list)->at),                    \
     (list)->at[(list)->count++] = (__VA_ARGS__))
#define list_add(arena, list) /* a zeroed item at the end, to be filled in */                                          \
    ((list)->at = list_room((arena), (list)->at, &(list)->room, (list)->count, sizeof *(list)->at),                    \
     memset(&(list)->at[(list)->count], 0, sizeof *(list)->at), &(list)->at[(list)->count++])
void *list_room(Arena *arena, void *items, size_t *room, size_t count, size_t item_size) CHECKED;

typedef LIST(Str) Strs;
bool strs_has(const Strs *list, Str s);
void strs_add_once(Arena *arena, Strs *list, Str s);

/* ---- map: text to pointer, kept in the order of insertion ------------------------------------------ */
typedef struct MapEntry {
    Str key;
    void *value;
} MapEntry;
typedef struct Map {
    LIST(MapEntry) entries;
    uint32_t *slots;                               /* index + 1 into entries; 0 is free */
    size_t slot_count;
} Map;
void map_put(Arena *arena, Map *map, Str key, void *value); /* replaces; the key is not copied */
void *map_get(const Map *map, Str key);            /* NULL when absent */

/* ---- dates and instants ---------------------------------------------------------------------------- */
typedef struct Date {
    int32_t day;                                   /* days since 1970-01-01; INT32_MIN is "no date" */
} Date;
typedef struct Instant {
    int64_t us;                                    /* microseconds since 1970-01-01 UTC; 0 is "never" */
} Instant;
#define DATE_NONE ((Date){ INT32_MIN })
#define DAY_US ((int64_t)86400 * 1000000)

typedef struct Ymd {
    int year, month, day;                          /* month 1..12 */
} Ymd;
bool date_is_real(int year, int month, int day);   /* year 1..9999; proleptic Gregorian */
Date date_of(int year, int month, int day);        /* must be real */
Ymd date_parts(Date date);
bool date_is_set(Date date);
bool date_parse(Str iso, Date *date) CHECKED;      /* exactly YYYY-MM-DD */
int date_weekday(Date date);                       /* 1 Monday .. 7 Sunday */
Date date_add(Date date, int32_t days);
int date_compare(Date a, Date b);
Date date_in_zone(Instant at, int offset_minutes); /* the civil date there at that instant */
Instant instant_of(Date date, int offset_minutes); /* the first instant of that date there */
void text_date(Text *text, Date date);             /* YYYY-MM-DD */
void text_instant(Text *text, Instant at);         /* YYYY-MM-DDTHH:MM:SS.uuuuuuZ */

/* ---- money ------------------------------------------------------------------------------------------ */
typedef struct Money {
    int64_t cents;                                 /* of the pack's currency */
} Money;

/* ---- errors of what comes from outside ---------------------------------------------------------------- */
typedef struct Place {
    Str file;                                      /* empty: no place */
    int line, column;                              /* from 1; column counts bytes; 0: unknown */
    Str source;                                    /* the whole source line, to be shown above a caret */
} Place;
/* A kind of fault: a row of its module's table. People look its code up, programs and packs name it: it never changes. */
typedef struct FaultKind {
    const char *code;                              /* "unknown-key" */
    bool warning;                                  /* doubtful, but what it stands in can be used */
    const char *meaning;                           /* one sentence */
    const char *way_out;                           /* one sentence: what to do */
} FaultKind;
typedef struct Error {
    Place place;
    const FaultKind *kind;                         /* NULL where nobody has to look it up */
    Str what;                                      /* short, lower case, no full stop: `unknown key "fees"` */
    Str hint;                                      /* what to do; may be empty */
    Strs chain;                                    /* what leads to it, outermost first; may be empty */
    Strs law;                                      /* that it concerns: "food-law 35(1)"; may be empty */
} Error;
typedef struct Errors {
    Arena *arena;
    LIST(Error) list;
} Errors;                                          /* at most ERRORS_MAX are kept, the rest are counted */
enum { ERRORS_MAX = 100 };
static inline bool errors_are_full(const Errors *errors)
{
    return errors->list.count >= ERRORS_MAX;
}

Errors errors_begin(Arena *arena);
void errors_add(Errors *errors, Place place, Str hint, const char *format, ...) PRINTF(4, 5);
void errors_add_kind(Errors *errors, const FaultKind *kind, Place place, Str hint, const char *format, ...) PRINTF(5, 6);
void errors_add_copy(Errors *errors, const Error *error); /* of an error of another arena */
/* As a compiler prints it:  file:line:column: error: what [code] / source line / caret / because: … / law: … / hint: … */
void errors_print(const Errors *errors, Text *out);
void error_print(const Error *error, Text *out);

/* ---- json ---------------------------------------------------------------------------------------------
 * Writing goes straight into a Text. Reading builds a tree in the arena (jansson bounds the depth at 2048). */
typedef enum JsonKind { KIND_NULL, KIND_FALSE, KIND_TRUE, KIND_NUMBER, KIND_STRING, KIND_ARRAY, KIND_OBJECT } JsonKind;
typedef struct Json Json;
struct Json {
    JsonKind kind;
    Str text;                                      /* of a string; of a number as written */
    LIST(Json *) items;                            /* of an array; the values of an object */
    Strs keys;                                     /* of an object, beside items */
};
void json_put(Text *text, Str value);              /* a quoted and escaped string */
const Json *json_parse(Arena *arena, Str source, Errors *errors) CHECKED; /* NULL and an error when broken */
const Json *json_get(const Json *object, Str key); /* NULL when absent or no object */
Str json_text(const Json *object, Str key);        /* of a string or number member; STR_NONE otherwise */

#endif
