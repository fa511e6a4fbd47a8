/* Facts that are worked out: by a rule, or by a decision of a model that lies in the pack. Nobody is asked for them.
 *
 * They are read before all other documents, so that every rule can be bound to them where it is parsed; plan and pages then
 * meet rules over facts that are asked, and need not know. */
#include "catalogue/layers.h"

enum { DERIVED_DEEP_MAX = 100 };

static const Node *get(const Node *node, const char *key)
{
    return node_get(node, str_from(key));
}

bool document_is_derived(const Document *document)
{
    return document->kind == DOCUMENT_FACT && (get(document->root, "rule") || get(document->root, "decision"));
}

/* ---- models ---- */

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

/* What the rules module calls line and column of a text in a model, as line and column of the file. */
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

/* The same, at a word of the line; at its beginning where the word is not there. */
static Place place_of_word(const Loader *loader, Place place, Str word)
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
        fault(loader, node_place(name), near.len ? near : S("put it into the pack's folder and name it from there: rooms/size.dmn"),
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

/* What each input of the decision is called in the pack. An input of an imported model may be known by its last name. */
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
        fault(loader, place_of_word(loader, model_input_place(loader->scratch, model, input), input),
              near.len ? near : str_printf(loader->scratch, "define it: fact: %.*s", STR_ARGS(*fact)),
              "the model asks for \"%.*s\", and there is no such fact", STR_ARGS(input));
    }
    return called;
}

static const Rule *rule_of_model(Loader *loader, const Node *decision)
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

/* ---- definitions ---- */

/* What is wrong with a rule is said when its fact is read. */
static const Rule *rule_of_text(const Loader *loader, const Node *node)
{
    Errors unheard = errors_begin(loader->scratch);
    return node->kind == NODE_TEXT ? rule_parse(loader->arena, node->text, (Place){ .line = 1, .column = 1 }, &unheard)
                                   : NULL;
}

static Place definition_place(const Loader *loader, Str fact)
{
    const Document *document = map_get(&loader->index[DOCUMENT_FACT], fact);
    const Node *rule = get(document->root, "rule");
    return node_place(rule ? rule : get(document->root, "decision"));
}

typedef struct Chain {
    Str fact;
    const struct Chain *before;
} Chain;

static bool report_circle(Loader *loader, const Chain *chain, Str fact)
{
    Text text = text_begin(loader->scratch, 2000);
    LIST(Str) names = { 0 };
    for (const Chain *link = chain; link && !str_equal(link->fact, fact); link = link->before)
        list_push(loader->scratch, &names, link->fact);
    text_printf(&text, "\"%.*s\" is worked out by way of", STR_ARGS(fact));
    for (size_t i = names.count; i-- > 0;)
        text_printf(&text, " \"%.*s\", which is by way of", STR_ARGS(names.at[i]));
    fault(loader, definition_place(loader, fact), S("let one of them be asked"), "%.*s \"%.*s\"", STR_ARGS(text_str(&text)),
          STR_ARGS(fact));
    return false;
}

/* How many facts are worked out one after the other up to this one, itself counted. False after a complaint: then nothing is
 * bound. */
static bool follow(Loader *loader, Map *heights, Str fact, const Chain *before, size_t *height)
{
    const Chain chain = { fact, before };
    const Rule *rule = map_get(&loader->definitions, fact);
    const size_t *known = map_get(heights, fact);
    size_t above = 0, most = 0;
    for (const Chain *link = before; link; link = link->before, above++)
        if (str_equal(link->fact, fact))
            return report_circle(loader, before, fact);
    *height = known ? *known : 0;
    if (!rule || known)
        return true;
    for (size_t i = 0; i < rule_names(rule)->count && above < DERIVED_DEEP_MAX; i++) {
        size_t below;
        if (!follow(loader, heights, rule_names(rule)->at[i], &chain, &below))
            return false;
        most = below > most ? below : most;
    }
    if (most >= DERIVED_DEEP_MAX || above == DERIVED_DEEP_MAX) {
        fault(loader, definition_place(loader, fact), S("let one of them be asked"),
              "more than %d facts are worked out one from the other", DERIVED_DEEP_MAX);
        return false;
    }
    size_t *kept = arena_new(loader->scratch, size_t);
    *height = *kept = most + 1;
    map_put(loader->scratch, heights, fact, kept);
    return true;
}

void load_derived(Loader *loader)
{
    const Map *facts = &loader->index[DOCUMENT_FACT];
    Map heights = { 0 };
    size_t height;
    bool good = true;
    for (size_t i = 0; i < facts->entries.count; i++) {
        Document *document = facts->entries.at[i].value;
        const Node *text = get(document->root, "rule"), *decision = get(document->root, "decision");
        loader->document = document;
        const Rule *rule = text ? rule_of_text(loader, text) : decision ? rule_of_model(loader, decision) : NULL;
        if (rule)
            map_put(loader->arena, &loader->definitions, document->id, (void *)rule);
        if (rule && !text)
            load_note_rule(loader, NULL, decision, rule);
    }
    loader->document = NULL;
    for (size_t i = 0; good && i < loader->definitions.entries.count; i++)
        good = follow(loader, &heights, loader->definitions.entries.at[i].key, NULL, &height);
    if (!good)
        loader->definitions = (Map){ 0 };
}

void load_derived_fact(Loader *loader, Document *document)
{
    Fact *fact = document->object;
    const Rule *rule = map_get(&loader->definitions, document->id);
    if (!fact->rule.parsed && rule) /* by a decision */
        fact->rule = (Condition){ rule_with(loader->arena, rule, &loader->definitions),
                                  definition_place(loader, document->id) };
    list_push(loader->arena, &loader->pack->derived, fact);
}

/* ---- all rules ---- */

/* To be checked when all facts are read. */
void load_note_rule(Loader *loader, const Field *key, const Node *node, const Rule *rule)
{
    const Strs *names = rule_names(rule);
    list_push(loader->scratch, &loader->rules, (RuleNote){ rule, node, key, loader->document });
    for (size_t i = 0; i < names->count; i++) {
        Document *document = map_get(&loader->index[DOCUMENT_FACT], names->at[i]);
        if (document)
            ((Fact *)document->object)->used = true;
    }
}

/* ---- checks ---- */

static Str shown(const Loader *loader, const Constant *constant)
{
    if (constant->type.len)
        return str_printf(loader->scratch, "a %.*s", STR_ARGS(constant->type));
    Text text = text_begin(loader->scratch, 300);
    text_value(&text, constant->value);
    return text_str(&text);
}

/* Where the constant stands: in a model, or as written in the rule. */
static Place place_of(const Loader *loader, const RuleNote *note, const Constant *constant)
{
    if (constant->place.file.len)
        return place_of_word(loader, constant->place, shown(loader, constant));
    size_t at = note->node->kind == NODE_TEXT ? str_find(note->node->text, shown(loader, constant)) : SIZE_MAX;
    return node_place_in(note->node, at == SIZE_MAX ? 0 : at);
}

static Str hint_of(const Loader *loader, const Domain *domain)
{
    if (domain->kind == VALUE_NUMBER)
        return S("it is a number, written without quotes");
    if (domain->kind == VALUE_DATE)
        return S("it is a date, written so: @\"2026-10-26\"");
    Text text = text_begin(loader->scratch, 500);
    for (size_t i = 0; i < domain->values.count; i++) {
        text_put(&text, i ? S(", ") : S("it can be "));
        text_value(&text, domain->values.at[i]);
    }
    return domain->values.count ? text_str(&text) : S("it is a text, written in quotes");
}

static const Document *sound_fact(const Loader *loader, Str name)
{
    const Document *document = map_get(&loader->index[DOCUMENT_FACT], name);
    return document && !document->flawed ? document : NULL;
}

/* What a rule compares a fact with, the fact must be able to be. */
static void check_uses(Loader *loader, const RuleNote *note)
{
    const Strs *names = rule_names(note->rule);
    for (size_t i = 0; i < names->count; i++) {
        Domain domain = { 0 };
        const Document *document = sound_fact(loader, names->at[i]);
        if (!document || !load_domain(loader->scratch, document->object, &domain))
            continue;
        Constants misfits = rule_misfits(loader->scratch, note->rule, names->at[i], &domain);
        for (size_t j = 0; j < misfits.count; j++)
            fault(loader, place_of(loader, note, &misfits.at[j]), hint_of(loader, &domain),
                  "the fact \"%.*s\" can never be %.*s", STR_ARGS(names->at[i]), STR_ARGS(shown(loader, &misfits.at[j])));
    }
}

/* What is worked out must be what the fact says that it is. */
static void check_results(Loader *loader, const RuleNote *note)
{
    const Document *document = note->document;
    Domain domain = { 0 };
    if (!document_is_derived(document) || document->flawed || !load_domain(loader->scratch, document->object, &domain))
        return;
    Constants results = rule_results(loader->scratch, note->rule);
    for (size_t i = 0; i < results.count; i++) {
        const Constant *result = &results.at[i];
        bool good = result->type.len ? (result->kinds >> domain.kind & 1) != 0
                                     : result->value.kind == VALUE_NULL || result->value.kind == domain.kind;
        bool found = result->type.len || result->value.kind == VALUE_NULL || domain.values.count == 0;
        for (size_t j = 0; j < domain.values.count && !found; j++)
            found = value_equal(domain.values.at[j], result->value);
        if (!good || !found)
            fault(loader, place_of(loader, note, result), hint_of(loader, &domain), "\"%.*s\" would be worked out as %.*s",
                  STR_ARGS(document->id), STR_ARGS(shown(loader, result)));
    }
}

/* A fee is an amount, and nobody is paid for applying. */
static void check_fee(Loader *loader, const RuleNote *note)
{
    Constants results = rule_results(loader->scratch, note->rule);
    for (size_t i = 0; i < results.count; i++) {
        Money fee;
        if (!money_of(loader->scratch, results.at[i].value, &fee))
            fault(loader, place_of(loader, note, &results.at[i]), str_from(KEY_TYPE_HINTS[note->key->type]),
                  "the fee would be %.*s", STR_ARGS(shown(loader, &results.at[i])));
    }
}

void load_check_rules(Loader *loader)
{
    for (size_t i = 0; i < loader->rules.count; i++) {
        const RuleNote *note = &loader->rules.at[i];
        loader->document = note->document;
        check_uses(loader, note);
        check_results(loader, note);
        if (note->key && note->key->type == TYPE_FEE_RULE)
            check_fee(loader, note);
    }
    loader->document = NULL;
}
