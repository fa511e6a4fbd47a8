/* disk: files and folders, each call durable or answered with false. Paths end in NUL. */
#ifndef STORE_DISK_H
#define STORE_DISK_H

#include "base/base.h"

char *disk_path(Arena *arena, Str folder, Str name) CHECKED;
char *disk_beside(Arena *arena, const char *path, const char *end) CHECKED; /* the path with an end to its name */
bool disk_make_folder(const char *path) CHECKED;   /* for its owner only; one that is there is fine */
bool disk_make_file(const char *path) CHECKED;     /* empty, for its owner only; one that is there is left as it is */
bool disk_exists(const char *path);
bool disk_sync(const char *path) CHECKED;          /* a file or a folder */
bool disk_write(const char *path, Str content) CHECKED; /* a new file, synced; half a file is removed */
bool disk_rename(const char *from, const char *to) CHECKED;
bool disk_remove(const char *path) CHECKED;        /* one that is not there is fine */

typedef enum DiskRead { DISK_READ, DISK_ABSENT, DISK_UNREADABLE } DiskRead;
DiskRead disk_read(Arena *arena, const char *path, Str *content) CHECKED;

/* -1 when another process holds it, or the disk refuses. */
int disk_lock(const char *path) CHECKED;

#endif
