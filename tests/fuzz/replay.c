/* Runs a fuzz target on files that are kept, without the fuzzer: what was once found stays found, with any compiler.
 *
 *     replay-feel tests/fuzz/corpus/feel */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>

enum { INPUT_MAX = 1 << 20 };

static bool replay(const char *path)
{
    static uint8_t content[INPUT_MAX];
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    const size_t size = fread(content, 1, sizeof content, file);
    const bool good = !ferror(file) && feof(file);
    return fclose(file) == 0 && good && LLVMFuzzerTestOneInput(content, size) == 0;
}

int main(int count, char **arguments)
{
    int passed = 0, failed = 0;
    for (int i = 1; i < count; i++) {
        DIR *folder = opendir(arguments[i]);
        for (const struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", arguments[i], entry->d_name);
            if (entry->d_name[0] == '.')
                continue;
            const bool good = replay(path);
            if (!good)
                printf("could not read %s\n", path);
            passed += good;
            failed += !good;
        }
        if (folder)
            (void)closedir(folder);
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
