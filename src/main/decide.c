/* onestop decide: a decision of a model, with what is known of its inputs; once, or for other programs a line each.
 *
 * A request and its reply, each on one line:
 *     {"id":1,"model":"/path/loan.dmn","kind":"decision","node":"Eligible","results":["Eligible"],"inputs":{"Age":{"n":"18"}}}
 *     {"id":1,"results":{"Eligible":{"b":true}}}
 * `kind` is decision or decisionService; of a service, `node` is its name and the results those of its decisions.
 * Values are typed as text_typed says. An input that is absent is null; {"unknown":true} is not asked yet. A request
 * that cannot be answered gets {"id":1,"error":"…"}, and the next one is read. */
#include "main/command.h"
#include "web/web.h"

#include <dirent.h>
#include <stdio.h>

enum {
    MODEL_FILE_MAX = 4 << 20,
    REQUEST_MAX = 8 << 20, /* bytes of a line */
    REQUEST_ARENA = 256 << 20,
    REPLY_MAX = 64 << 20,
    MODELS_ARENA = 1 << 30,
    MODELS_KEPT = 2000
};

/* ---- reading models ------------------------------------------------------------------------------------------- */

static bool read_source(Arena *arena, Str path, ModelSource *source, Errors *errors)
{
    FILE *file = fopen(str_terminated(arena, path), "rb");
    Text text = text_begin(arena, MODEL_FILE_MAX + 1);
    char block[8192];
    size_t got = 0;
    while (file && (got = fread(block, 1, sizeof block, file)) > 0)
        text_put(&text, (Str){ block, got });
    bool good = file && !ferror(file) && !text.overflow;
    if (file)
        (void)fclose(file); /* it was only read */
    if (!good)
        errors_add(errors, (Place){ .file = path },
                   text.overflow ? S("a model has at most 4 MB") : S("is it there, and may you read it?"),
                   "could not read \"%.*s\"", STR_ARGS(path));
    *source = (ModelSource){ .name = str_copy(arena, path), .xml = text_str(&text) };
    return good;
}

/* Behind a model that imports: the other models of its folder, for one of them is meant. */
static void read_neighbours(Arena *arena, Str path, ModelSource *sources, size_t *count)
{
    size_t slash = path.len;
    while (slash > 0 && path.data[slash - 1] != '/')
        slash--;
    Str folder = slash ? str_slice(path, 0, slash) : S("./"), own = str_slice(path, slash, path.len);
    DIR *open = opendir(str_terminated(arena, folder));
    Errors ignored = errors_begin(arena);
    for (const struct dirent *entry; open && *count < MODEL_SOURCES_MAX && (entry = readdir(open)) != NULL;) {
        Str name = str_from(entry->d_name);
        if (str_ends(name, S(".dmn")) && !str_equal(name, own) &&
            read_source(arena, str_printf(arena, "%.*s%.*s", STR_ARGS(folder), STR_ARGS(name)), &sources[*count],
                        &ignored))
            ++*count;
    }
    if (open)
        (void)closedir(open);
}

static const Model *open_model(Arena *arena, Str path, Errors *errors)
{
    ModelSource *sources = arena_array(arena, ModelSource, MODEL_SOURCES_MAX);
    size_t count = 1;
    if (!read_source(arena, path, &sources[0], errors))
        return NULL;
    if (str_find(sources[0].xml, S("import ")) != SIZE_MAX)
        read_neighbours(arena, path, sources, &count);
    return model_read(arena, sources, count, errors);
}

/* ---- one decision ----------------------------------------------------------------------------------------------- */

static int no_such_name(const Arguments *arguments, const Model *model, Str name)
{
    Text hint = text_begin(arguments->arena, 4000);
    const Strs *known[] = { model_decisions(model), model_services(model) };
    for (size_t i = 0; i < COUNT_OF(known); i++)
        for (size_t j = 0; j < known[i]->count; j++)
            text_printf(&hint, "%s\"%.*s\"", hint.len ? ", " : "it has ", STR_ARGS(known[i]->at[j]));
    Errors errors = errors_begin(arguments->arena);
    errors_add(&errors, (Place){ 0 }, text_str(&hint), "the model has no decision \"%.*s\"", STR_ARGS(name));
    (void)print_errors(&errors);
    return EXIT_USAGE;
}

static int decide_once(const Arguments *arguments)
{
    Arena *arena = arguments->arena;
    Errors errors = errors_begin(arena);
    LimitMet met = { 0 };
    Scope inputs = { .now = web_now(), .limit = &met };
    Value value;
    Str name = arguments->words.at[1];
    const Model *model = open_model(arena, arguments->words.at[0], &errors);
    if (!model || errors.list.count ||
        !scope_read(arena, argument_option(arguments, "input", S("{}")), &inputs, &errors)) {
        (void)print_errors(&errors);
        return EXIT_USAGE;
    }
    if (!model_decide(arena, model, name, &inputs, &value) && !model_serve(arena, model, name, &inputs, &value))
        return no_such_name(arguments, model, name);
    const Rule *rule = argument_flag(arguments, "explain") ? rule_of_decision(arena, model, name, NULL) : NULL;
    return rule ? print_explanation(arguments, rule, &inputs) : print_value(arguments, value, &met);
}

/* ---- a line each ------------------------------------------------------------------------------------------------- */

typedef struct Server {
    Arena *lasting;
    Map models; /* by path: KeptModel */
} Server;
typedef struct KeptModel {
    const Model *model; /* NULL: it could not be read */
    Str why;
} KeptModel;

static const KeptModel *kept_model(Server *server, Str path)
{
    KeptModel *kept = map_get(&server->models, path);
    if (kept)
        return kept;
    Errors errors = errors_begin(server->lasting);
    kept = arena_new(server->lasting, KeptModel);
    kept->model = open_model(server->lasting, path, &errors);
    if (!kept->model)
        kept->why = errors.list.count ? errors.list.at[0].what : S("this is no model");
    map_put(server->lasting, &server->models, str_copy(server->lasting, path), kept);
    return kept;
}

static bool read_inputs(Arena *arena, const Json *given, Scope *inputs, LimitMet *met, Str *why)
{
    *met = (LimitMet){ 0 };
    *inputs = (Scope){ .closed = true, .now = web_now(), .limit = met };
    for (size_t i = 0; given && i < given->items.count; i++) {
        Value value;
        if (given->kind != KIND_OBJECT || !value_of_typed(arena, given->items.at[i], given->keys.at[i], &value)) {
            *why = S("an input is no typed value");
            return false;
        }
        scope_set(arena, inputs, given->keys.at[i], value);
    }
    return true;
}

/* Of a service with several decisions the results are members of what it gives. */
static bool put_results(Arena *arena, const Model *model, const Json *request, const Scope *inputs, Text *reply,
                        Str *why)
{
    bool serves = str_equal(json_text(request, S("kind")), S("decisionService"));
    Str node = json_text(request, S("node"));
    const Json *results = json_get(request, S("results"));
    Value served = value_null();
    if (serves && !model_serve(arena, model, node, inputs, &served)) {
        *why = str_printf(arena, "no service is called \"%.*s\"", STR_ARGS(node));
        return false;
    }
    for (size_t i = 0; results && results->kind == KIND_ARRAY && i < results->items.count; i++) {
        Str name = results->items.at[i]->text;
        Value value = served.kind == VALUE_CONTEXT && results->items.count > 1 ? value_get(served, name) : served;
        if (!serves && !model_decide(arena, model, name, inputs, &value)) {
            *why = str_printf(arena, "no decision is called \"%.*s\"", STR_ARGS(name));
            return false;
        }
        text_char(reply, i ? ',' : '{');
        json_put(reply, name);
        text_char(reply, ':');
        text_typed(reply, value);
    }
    text_put(reply, reply->len ? S("}") : S("{}"));
    return true;
}

static bool answer(Server *server, Arena *arena, const Json *request, Text *results, Str *why)
{
    Scope inputs;
    LimitMet met;
    const KeptModel *kept = kept_model(server, json_text(request, S("model")));
    if (!kept->model) {
        *why = kept->why;
        return false;
    }
    if (!read_inputs(arena, json_get(request, S("inputs")), &inputs, &met, why) ||
        !put_results(arena, kept->model, request, &inputs, results, why))
        return false;
    if (met.kind)
        *why = limit_line(arena, &met);
    return met.kind == LIMIT_NONE;
}

static void put_id(Text *reply, const Json *id)
{
    text_put(reply, S("{\"id\":"));
    if (id && id->kind == KIND_NUMBER)
        text_put(reply, id->text);
    else if (id && id->kind == KIND_STRING)
        json_put(reply, id->text);
    else
        text_put(reply, S("null"));
}

static void answer_line(Server *server, Arena *arena, Str line, bool whole)
{
    Errors errors = errors_begin(arena);
    Text reply = text_begin(arena, REPLY_MAX), results = text_begin(arena, REPLY_MAX);
    Str why = STR_NONE;
    const Json *request = whole ? json_parse(arena, line, &errors) : NULL;
    bool good = request && request->kind == KIND_OBJECT && answer(server, arena, request, &results, &why);
    put_id(&reply, request ? json_get(request, S("id")) : NULL);
    if (good && (results.overflow || arena_is_full(arena))) {
        good = false;
        why = S("the result is more than 64 MB");
    }
    if (good) {
        text_put(&reply, S(",\"results\":"));
        text_put(&reply, text_str(&results));
    } else {
        text_put(&reply, S(",\"error\":"));
        json_put(&reply, why.len ? why : whole ? S("this line is no request") : S("this line is more than 8 MB"));
    }
    text_put(&reply, S("}\n"));
    print_text(&reply);
    (void)fflush(stdout); /* a closed pipe shows at the end */
}

static int decide_lines(Arena *lasting)
{
    Server server = { .lasting = arena_open(MODELS_ARENA) };
    Arena *arena = arena_open(REQUEST_ARENA);
    char *buffer = arena_array(lasting, char, REQUEST_MAX);
    Str line;
    while (read_line(buffer, REQUEST_MAX, &line)) {
        bool whole = line.len < REQUEST_MAX - 1 || str_ends(line, S("\n"));
        if (server.models.entries.count >= MODELS_KEPT || arena_is_full(server.lasting)) {
            arena_close(server.lasting);
            server = (Server){ .lasting = arena_open(MODELS_ARENA) };
        }
        answer_line(&server, arena, line, whole);
        arena_reset(arena);
    }
    arena_close(arena);
    arena_close(server.lasting);
    return ferror(stdout) ? EXIT_FAULT : EXIT_GOOD;
}

int command_decide(const Arguments *arguments)
{
    if (argument_flag(arguments, "jsonl"))
        return decide_lines(arguments->arena);
    if (arguments->words.count < 2)
        return usage_fault("`onestop decide` wants a model and the name of a decision",
                           "onestop decide loan.dmn \"Eligible\" --input \"{Age: 18}\"");
    return decide_once(arguments);
}
