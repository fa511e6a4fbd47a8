/* Files and folders. A new file is only as durable as the folder that names it, so writing one is four steps: write and
 * sync under a passing name, rename, sync the folder. Whoever calls does the steps; here each of them is whole. */
#include "store/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

char *disk_path(Arena *arena, Str folder, Str name)
{
    return str_terminated(arena, str_printf(arena, "%.*s/%.*s", STR_ARGS(folder), STR_ARGS(name)));
}

char *disk_beside(Arena *arena, const char *path, const char *end)
{
    return str_terminated(arena, str_printf(arena, "%s%s", path, end));
}

bool disk_make_folder(const char *path)
{
    struct stat status;
    if (mkdir(path, 0700) == 0)
        return true;
    if (errno != EEXIST || stat(path, &status) != 0)
        return false;
    errno = ENOTDIR;
    return S_ISDIR(status.st_mode);
}

bool disk_make_file(const char *path)
{
    if (disk_exists(path))                         /* not opened: closing would drop the locks of SQLite on it */
        return true;
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    return file >= 0 && close(file) == 0;
}

bool disk_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

bool disk_sync(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    bool synced = fsync(file) == 0;
    return close(file) == 0 && synced;
}

static bool write_all(int file, Str content)
{
    for (size_t at = 0; at < content.len;) {
        ssize_t written = write(file, content.data + at, content.len - at);
        if (written < 0 && errno != EINTR)
            return false;
        at += written > 0 ? (size_t)written : 0;
    }
    return fsync(file) == 0;
}

bool disk_write(const char *path, Str content)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    bool written = write_all(file, content);
    if (close(file) == 0 && written)
        return true;
    (void)unlink(path);                            /* what stays is removed at the next start */
    return false;
}

bool disk_rename(const char *from, const char *to)
{
    return rename(from, to) == 0;
}

bool disk_remove(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT;
}

static bool read_all(int file, char *data, size_t size)
{
    for (size_t at = 0; at < size;) {
        ssize_t count = read(file, data + at, size - at);
        if (count == 0 || (count < 0 && errno != EINTR))
            return false;
        at += count > 0 ? (size_t)count : 0;
    }
    return true;
}

DiskRead disk_read(Arena *arena, const char *path, Str *content)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? DISK_ABSENT : DISK_UNREADABLE;
    struct stat status;
    bool is_read = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    if (is_read) {
        char *data = arena_alloc(arena, (size_t)status.st_size);
        is_read = read_all(file, data, (size_t)status.st_size);
        *content = (Str){ data, (size_t)status.st_size };
    }
    return close(file) == 0 && is_read ? DISK_READ : DISK_UNREADABLE;
}

int disk_lock(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) != 0) {
        (void)close(file);
        return -1;
    }
    return file;
}
