/* What the build's own programs share: a growing buffer, whole files, translations, and a way to give up.
 * They run once and end, so nothing is given back; they use the standard library alone, because they must exist
 * before anything of src/ does. */
#ifndef TOOL_H
#define TOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Buffer {
    char *data;                                    /* always ends with a NUL that is not counted */
    size_t len, room;
} Buffer;
void buffer_put(Buffer *buffer, const char *data, size_t len);
void buffer_char(Buffer *buffer, char c);
void buffer_print(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_c_string(Buffer *buffer, const char *data, size_t len); /* quoted and escaped as C wants it */

Buffer file_read(const char *path);
void file_write(const char *path, const Buffer *content);

/* `file:line: error: message`, as compilers write it, so that editors find the place. */
void complain(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
_Noreturn void give_up(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* ---- translations: a .mo file, which is a sorted table of pairs -------------------------------------- */
typedef struct Message {
    const char *english;                           /* of a counted text: the form for one */
    const char *many;                              /* the form for any other number; NULL when not counted */
    const char *forms[2];                          /* the translation; the second is NULL where one form serves all */
} Message;
typedef struct Catalogue {
    const char *path;
    Message *messages;                             /* sorted by `english`, bytewise */
    size_t count;
} Catalogue;
Catalogue catalogue_read(const char *path);
const Message *catalogue_find(const Catalogue *catalogue, const char *english); /* NULL when not translated */

/* Reads one or more C string literals that stand side by side at *at (blanks before are skipped) and moves *at behind
 * them. False when there is none. */
bool c_string_read(const char **at, Buffer *value);

#endif
