/* Decides by a model again and again, going round the contexts: `decide SECONDS MODEL.dmn DECISION CONTEXT…` prints how
 * many decisions a second, and what the last context gave. */
#include "rules/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MODEL_MAX = 4 << 20, CONTEXTS_MAX = 1000 };

static double now_seconds(void)
{
    struct timespec now;
    must(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const Model *open_model(Arena *arena, const char *path, Errors *errors)
{
    FILE *file = fopen(path, "rb");
    must(file != NULL);
    char *xml = arena_array(arena, char, MODEL_MAX);
    const size_t length = fread(xml, 1, MODEL_MAX, file);
    must(fclose(file) == 0 && length < MODEL_MAX);
    const ModelSource source = { str_from(path), { xml, length } };
    return model_read(arena, &source, 1, errors);
}

int main(int argc, char **argv)
{
    must(argc > 4 && argc - 4 <= CONTEXTS_MAX);
    const double seconds = atof(argv[1]);
    Arena *lasting = arena_open(1 << 30), *arena = arena_open(1 << 20);
    Errors errors = errors_begin(lasting);
    const Model *model = open_model(lasting, argv[2], &errors);
    must(model && errors.list.count == 0);
    Scope *scopes = arena_array(lasting, Scope, CONTEXTS_MAX);
    const size_t contexts = (size_t)(argc - 4);
    for (size_t i = 0; i < contexts; i++)
        must(scope_read(lasting, str_from(argv[4 + i]), &scopes[i], &errors));
    const double start = now_seconds();
    size_t count = 0;
    Value value = value_null();
    for (; count % 1000 || now_seconds() < start + seconds; count++) {
        arena_reset(arena);
        must(model_decide(arena, model, str_from(argv[3]), &scopes[count % contexts], &value));
    }
    const double took = now_seconds() - start;
    must(model_decide(lasting, model, str_from(argv[3]), &scopes[contexts - 1], &value));
    Text text = text_begin(lasting, 1000);
    text_value(&text, value);
    printf("%.0f %.*s\n", (double)count / took, STR_ARGS(text_str(&text)));
    arena_close(arena);
    arena_close(lasting);
    return 0;
}
