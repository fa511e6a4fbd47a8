/* How long a pack takes to load and to lint, in seconds of the processor: for bench/big_pack.mjs. */
#include "lint/lint.h"

#include <stdio.h>
#include <time.h>

static double now(void)
{
    struct timespec time;
    must(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    Arena *arena = arena_open((size_t)4 << 30);
    const PackSource *source;
    Errors errors = errors_begin(arena);
    const double begin = now();
    const Pack *pack = argc == 2 ? pack_load_source(arena, str_from(argv[1]), &errors, &source) : NULL;
    const double loaded = now();
    Text text = text_begin(arena, 1 << 20);
    errors_print(&errors, &text);
    Findings findings = { 0 };
    if (pack)
        findings = lint_pack(arena, pack, source, date_of(2026, 11, 1));
    findings_print(&findings, &text);
    printf("%.*sload %.3f s, lint %.3f s, %zu findings\n", STR_ARGS(text_str(&text)), loaded - begin, now() - loaded,
           findings.list.count);
    arena_close(arena);
    return pack && findings.list.count == 0 ? 0 : 1;
}
