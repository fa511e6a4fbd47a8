/* Reading a model: its documents and those it imports, then types, graph and logic, each for all documents at once. */
#include "rules/model.h"

Place model_place(const Document *document, const XmlElement *element)
{
    return (Place){ .file = document->file, .line = element->line };
}

Str model_name(Arena *arena, const XmlElement *element)
{
    Str name = str_trim(xml_attribute(element, S("name")));
    Text text = text_begin(arena, name.len + 1);
    bool blank = false;
    for (size_t i = 0; i < name.len; i++) {
        bool is_blank = name.data[i] == ' ' || name.data[i] == '\t' || name.data[i] == '\n' || name.data[i] == '\r';
        if (!is_blank && blank)
            text_char(&text, ' ');
        if (!is_blank)
            text_char(&text, name.data[i]);
        blank = is_blank;
    }
    return text_str(&text);
}

/* DMN 1.1 to 1.5; a later one of the same shape is not taken for granted. */
static bool is_dmn(Str namespace)
{
    static const char *const NAMESPACES[] = {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",    "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",    "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    };
    for (size_t i = 0; i < COUNT_OF(NAMESPACES); i++)
        if (str_equal(namespace, str_from(NAMESPACES[i])))
            return true;
    return false;
}

static Document *read_document(ModelReading *reading, const ModelSource *source, Errors *errors)
{
    Document *document = arena_new(reading->arena, Document);
    document->file = source->name;
    document->root = xml_read(reading->arena, source->name, source->xml, is_dmn, errors);
    if (!document->root)
        return NULL;
    document->namespace = str_trim(xml_attribute(document->root, S("namespace")));
    if (xml_is(document->root, S("definitions")))
        return document;
    errors_add(errors, model_place(document, document->root), STR_NONE, "expected the element definitions, found %.*s",
               STR_ARGS(document->root->name));
    return NULL;
}

/* ---- imports ---- */

static Document *document_of(const Model *model, Str namespace)
{
    for (size_t i = 0; i < model->documents.count; i++)
        if (str_equal(model->documents.at[i]->namespace, namespace))
            return model->documents.at[i];
    return NULL;
}

static void read_import(ModelReading *reading, Document *document, const XmlElement *xml)
{
    Import import = { .name = model_name(reading->arena, xml) };
    import.namespace = str_trim(xml_attribute(xml, S("namespace")));
    if (!is_dmn(str_trim(xml_attribute(xml, S("importType")))))
        return;                                    /* a schema, or a model of another kind, is not ours to read */
    Document *imported = document_of(reading->model, import.namespace);
    if (!imported) {
        errors_add(reading->errors, model_place(document, xml), S("put the imported model beside this one"),
                   "there is no model of the namespace \"%.*s\"", STR_ARGS(import.namespace));
        reading->broken = true;
        return;
    }
    imported->used = true;
    import.document = imported;
    list_push(reading->arena, &document->imports, import);
}

/* Documents that become used are behind, or before: so again until nothing is new. */
static void read_imports(ModelReading *reading)
{
    Model *model = reading->model;
    bool *done = arena_array(reading->arena, bool, model->documents.count);
    for (size_t i = 0; i < model->documents.count; i++) {
        Document *document = model->documents.at[i];
        if (!document->used || done[i])
            continue;
        done[i] = true;
        for (size_t j = 0; j < document->root->children.count; j++)
            if (xml_is(document->root->children.at[j], S("import")))
                read_import(reading, document, document->root->children.at[j]);
        i = SIZE_MAX;                              /* from the first on */
    }
}

static bool read_documents(ModelReading *reading, const ModelSource *sources, size_t count)
{
    Model *model = reading->model;
    for (size_t i = 0; i < count; i++) {
        Errors others = errors_begin(reading->arena); /* what nobody imports may be anything */
        Document *document = read_document(reading, &sources[i], i == 0 ? reading->errors : &others);
        if (!document && i == 0)
            return false;
        if (document && (i == 0 || !document_of(model, document->namespace)))
            list_push(reading->arena, &model->documents, document);
    }
    model->documents.at[0]->used = true;
    model->main = model->documents.at[0];
    read_imports(reading);
    return !reading->broken;
}

static void read_logic(ModelReading *reading)
{
    Model *model = reading->model;
    for (size_t i = 0; i < model->documents.count; i++)
        if (model->documents.at[i]->used)
            types_read(reading, model->documents.at[i]);
    for (size_t i = 0; i < model->documents.count && !reading->broken; i++)
        if (model->documents.at[i]->used)
            types_make(reading, model->documents.at[i]);
    if (!reading->broken)
        graph_read(reading);
    if (!reading->broken)
        logic_compile(reading);
}

const Model *model_read(Arena *arena, const ModelSource *sources, size_t count, Errors *errors)
{
    ModelReading reading = { .arena = arena, .errors = errors, .model = arena_new(arena, Model) };
    if (count == 0 || count > MODEL_SOURCES_MAX) {
        errors_add(errors, (Place){ 0 }, STR_NONE, "a model has 1 to %d sources", MODEL_SOURCES_MAX);
        return NULL;
    }
    if (!read_documents(&reading, sources, count))
        return NULL;
    read_logic(&reading);
    if (!reading.broken && arena_is_full(arena)) {
        errors_add(errors, (Place){ .file = sources[0].name }, STR_NONE, "the model is too large");
        return NULL;
    }
    return reading.broken ? NULL : reading.model;
}

const Strs *model_decisions(const Model *model)
{
    return &model->decision_names;
}

const Strs *model_services(const Model *model)
{
    return &model->service_names;
}

const Strs *model_inputs(const Model *model)
{
    return &model->input_names;
}
