/* Parses and evaluates an expression again and again, as a rule is that comes from outside: `rules SECONDS CONTEXT
 * EXPRESSION…` prints a line each: how many a second. */
#include "rules/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_seconds(void)
{
    struct timespec now;
    must(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    must(argc > 3);
    const double seconds = atof(argv[1]);
    Arena *lasting = arena_open(1 << 20), *arena = arena_open(1 << 20);
    Errors errors = errors_begin(lasting);
    Scope scope = { 0 };
    if (!scope_read(lasting, str_from(argv[2]), &scope, &errors))
        return 1;
    for (int i = 3; i < argc; i++) {
        const double start = now_seconds();
        size_t count = 0;
        Value value = value_null();
        for (; count % 1000 || now_seconds() < start + seconds; count++) {
            arena_reset(arena);
            const Rule *rule = rule_parse(arena, str_from(argv[i]), (Place){ 0 }, &errors);
            must(rule != NULL);
            value = rule_evaluate(arena, rule, &scope);
        }
        const double took = now_seconds() - start;
        Text text = text_begin(lasting, 1000);
        text_value(&text, value);
        printf("%.0f %.*s\n", (double)count / took, STR_ARGS(text_str(&text)));
    }
    arena_close(arena);
    arena_close(lasting);
    return 0;
}
