/* Decision models in a pack: files beside the YAML, read once each, whose faults are shown in their own lines and whose
 * inputs are facts. */
#include "catalogue/layers.h"

static const Node *get(const Node *node, const char *key)
{
    return node_get(node, str_from(key));
}

static bool is_model(const File *file)
{
    return str_ends(file->name, S(".dmn"));
}

static char entity_at(Str bytes, size_t at, size_t *length)
{
    static const struct {
        const char *text;
        char meant;
    } ENTITIES[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' }, { "&quot;", '"' }, { "&apos;", '\'' } };
    for (size_t i = 0; i < COUNT_OF(ENTITIES); i++) {
        *length = strlen(ENTITIES[i].text);
        if (str_equal(str_slice(bytes, at, at + *length), str_from(ENTITIES[i].text)))
            return ENTITIES[i].meant;
    }
    *length = 1;
    return bytes.data[at];
}

/* Where the byte `index` of a text is in a line, if the text stands there from `at` on. */
static bool find_in_line(Str line, size_t at, Str text, size_t index, size_t *found)
{
    *found = at;
    for (size_t i = 0, length; i < text.len; i++, at += length) {
        if (at >= line.len || entity_at(line, at, &length) != text.data[i])
            return false;
        if (i < index)
            *found = at + length;
    }
    return true;
}

static Place place_in_model(const Loader *loader, Place place)
{
    const File *file = NULL;
    for (size_t i = 0; i < loader->files->count && !file; i++)
        if (str_equal(loader->files->at[i]->path, place.file))
            file = loader->files->at[i];
    if (!file || place.line < 1 || (size_t)place.line > file->lines.count)
        return place;
    Place shown = file_place(file, file->lines.at[place.line - 1]);
    size_t found, index = place.column > 0 ? (size_t)place.column - 1 : 0;
    shown.column = 0;
    for (size_t at = 0; place.source.len && at < shown.source.len && !shown.column; at++)
        if (find_in_line(shown.source, at, place.source, index, &found))
            shown.column = (int)found + 1;
    return shown;
}

Place load_model_place(const Loader *loader, Place place, Str word)
{
    Place shown = place_in_model(loader, place);
    size_t at = str_find(shown.source, word), blanks = 0;
    while (blanks < shown.source.len && (shown.source.data[blanks] == ' ' || shown.source.data[blanks] == '\t'))
        blanks++;
    shown.column = (int)(at == SIZE_MAX ? blanks : at) + 1;
    return shown;
}

static const Model *read_model(Loader *loader, const File *file)
{
    ModelSource *sources = arena_array(loader->scratch, ModelSource, MODEL_SOURCES_MAX);
    size_t count = 0;
    Errors faults = errors_begin(loader->scratch);
    sources[count++] = (ModelSource){ .name = file->path, .xml = file->bytes };
    for (size_t i = 0; str_find(file->bytes, S("import ")) != SIZE_MAX && i < loader->files->count; i++) {
        const File *other = loader->files->at[i];
        if (is_model(other) && other != file && count < MODEL_SOURCES_MAX)
            sources[count++] = (ModelSource){ .name = other->path, .xml = other->bytes };
    }
    const Model *model = model_read(loader->arena, sources, count, &faults);
    for (size_t i = 0; i < faults.list.count; i++) {
        const Error *error = &faults.list.at[i];
        fault(loader, place_in_model(loader, error->place), error->hint, "%.*s", STR_ARGS(error->what));
    }
    return faults.list.count ? NULL : model;
}

/* As it is named in the pack: of layers that have it, the uppermost one's counts. */
static const File *model_file(const Loader *loader, Str name, Strs *names)
{
    const File *found = NULL;
    for (size_t i = 0; i < loader->files->count; i++) { /* the lowest layer first */
        const File *file = loader->files->at[i];
        Str own = name_in_layer(file->name);
        if (is_model(file))
            strs_add_once(loader->scratch, names, own);
        if (is_model(file) && str_equal(own, name))
            found = file;
    }
    return found;
}

/* Each file once, however many decisions of it are named. NULL after a complaint. */
static const Model *model_of(Loader *loader, const Node *name)
{
    Strs names = { 0 };
    const Model **model = map_get(&loader->models, name->text);
    const File *file = model_file(loader, name->text, &names);
    if (!model && file) {
        model = arena_new(loader->scratch, const Model *);
        *model = read_model(loader, file);
        map_put(loader->scratch, &loader->models, name->text, model);
    }
    if (model)
        return *model;
    Str near = load_did_you_mean(loader, name->text, &names);
    if (!loader->unread)
        fault(loader, node_place(name),
              near.len ? near : S("put it into the pack's folder and name it from there: rooms/size.dmn"),
              "the pack has no model \"%.*s\"", STR_ARGS(name->text));
    return NULL;
}

/* ---- inputs ---- */

/* The fact that an input means: its name with blanks as _, in small letters. */
static Str fact_name(const Loader *loader, Str input)
{
    Text name = text_begin(loader->arena, input.len + 1);
    for (size_t i = 0; i < input.len; i++) {
        char c = input.data[i];
        text_char(&name, c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return text_str(&name);
}

/* What each input of the decision is called in the pack. An input of an imported model may be known by its last name.
 */
static Map input_names(Loader *loader, const Model *model, const Rule *rule)
{
    Map called = { 0 };
    const Map *facts = &loader->index[DOCUMENT_FACT];
    for (size_t i = 0; i < rule_names(rule)->count; i++) {
        Str input = rule_names(rule)->at[i], *fact = arena_new(loader->arena, Str);
        size_t point = input.len;
        while (point > 0 && input.data[point - 1] != '.')
            point--;
        *fact = fact_name(loader, input);
        if (!map_get(facts, *fact))
            *fact = fact_name(loader, str_slice(input, point, input.len));
        map_put(loader->arena, &called, input, fact);
        if (map_get(facts, *fact) || loader->unread)
            continue;
        Strs ids = load_map_keys(loader, facts);
        Str near = load_did_you_mean(loader, *fact, &ids);
        fault(loader, load_model_place(loader, model_input_place(loader->scratch, model, input), input),
              near.len ? near : str_printf(loader->scratch, "define it: fact: %.*s", STR_ARGS(*fact)),
              "the model asks for \"%.*s\", and there is no such fact", STR_ARGS(input));
    }
    return called;
}

const Rule *load_rule_of_model(Loader *loader, const Node *decision)
{
    const Node *file = get(decision, "model"), *name = get(decision, "name");
    if (!file || file->kind != NODE_TEXT || !name || name->kind != NODE_TEXT)
        return NULL; /* complained of where the fact is read */
    const Model *model = model_of(loader, file);
    const Rule *rule = model ? rule_of_decision(loader->arena, model, name->text, NULL) : NULL;
    if (rule) {
        Map *called = arena_new(loader->arena, Map);
        *called = input_names(loader, model, rule);
        return rule_of_decision(loader->arena, model, name->text, called);
    }
    if (model) {
        Str near = load_did_you_mean(loader, name->text, model_decisions(model));
        fault(loader, node_place(name), near.len ? near : S("a decision is named as its box in the model"),
              "the model has no decision \"%.*s\"", STR_ARGS(name->text));
    }
    return NULL;
}
