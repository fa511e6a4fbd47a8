/* A pack of one file: read, checked, and complained of. */
#include "catalogue/catalogue.h"
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], file[80];

static void end(void)
{
    (void)unlink(file);
    (void)rmdir(folder);
}

static void begin(void)
{
    snprintf(folder, sizeof folder, "/dev/shm/onestop-fuzz-%d", (int)getpid());
    snprintf(file, sizeof file, "%s/pack.yaml", folder);
    must(mkdir(folder, 0700) == 0 && atexit(end) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = fuzz_arena((size_t)256 << 20);
    if (!folder[0])
        begin();
    int out = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    must(out >= 0 && write(out, data, size) == (ssize_t)size && close(out) == 0);
    Errors errors = errors_begin(arena);
    const Pack *pack = pack_load(arena, str_from(folder), &errors);
    must((pack == NULL) == (errors.list.count > 0));
    return 0;
}
