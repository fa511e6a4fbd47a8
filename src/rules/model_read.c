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
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
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

typedef LIST(Document *) Documents;

static Document *document_of(const Documents *documents, Str namespace)
{
    for (size_t i = 0; i < documents->count; i++)
        if (str_equal(documents->at[i]->namespace, namespace))
            return documents->at[i];
    return NULL;
}

/* The document itself, or one it is imported by: those that import each other do not go on without end. */
static const Document *around(const Document *document, Str namespace)
{
    while (document && !str_equal(document->namespace, namespace))
        document = document->importer;
    return document;
}

static size_t imports_above(const Document *document)
{
    size_t depth = 0;
    for (; document->importer; document = document->importer)
        depth++;
    return depth;
}

static void import_error(ModelReading *reading, const Document *document, const XmlElement *xml, Str hint, Str what)
{
    errors_add(reading->errors, model_place(document, xml), hint, "%.*s", STR_ARGS(what));
    reading->broken = true;
}

static void read_import(ModelReading *reading, const Documents *sources, Document *document, const XmlElement *xml)
{
    Import import = { .name = model_name(reading->arena, xml) };
    import.namespace = str_trim(xml_attribute(xml, S("namespace")));
    if (!is_dmn(str_trim(xml_attribute(xml, S("importType")))))
        return; /* a schema, or a model of another kind, is not ours to read */
    const Document *source = document_of(sources, import.namespace);
    import.document = around(document, import.namespace);
    if (!source) {
        import_error(
            reading, document, xml, S("put the imported model beside this one"),
            str_printf(reading->arena, "there is no model of the namespace \"%.*s\"", STR_ARGS(import.namespace)));
        return;
    }
    if (!import.document) {
        bool deep = imports_above(document) == IMPORTS_DEPTH_MAX;
        if (deep || reading->model->documents.count == DOCUMENTS_MAX) {
            import_error(reading, document, xml, STR_NONE,
                         limit_text(reading->arena, deep ? LIMIT_IMPORTS_DEPTH : LIMIT_IMPORTS));
            return;
        }
        Document *copy = arena_new(reading->arena, Document);
        *copy = (Document){ .file = source->file, .namespace = source->namespace, .root = source->root };
        copy->importer = document;
        copy->import_name = import.name;
        list_push(reading->arena, &reading->model->documents, copy);
        import.document = copy;
    }
    list_push(reading->arena, &document->imports, import);
}

static bool read_documents(ModelReading *reading, const ModelSource *given, size_t count)
{
    Model *model = reading->model;
    Documents sources = { 0 };
    for (size_t i = 0; i < count; i++) {
        Errors others = errors_begin(reading->arena); /* what nobody imports may be anything */
        Document *document = read_document(reading, &given[i], i == 0 ? reading->errors : &others);
        if (!document && i == 0)
            return false;
        if (document && (i == 0 || !document_of(&sources, document->namespace)))
            list_push(reading->arena, &sources, document);
    }
    list_push(reading->arena, &model->documents, sources.at[0]);
    model->main = model->documents.at[0];
    for (size_t i = 0; i < model->documents.count && !reading->broken; i++) {
        Document *document = model->documents.at[i];
        for (size_t j = 0; j < document->root->children.count; j++)
            if (xml_is(document->root->children.at[j], S("import")))
                read_import(reading, &sources, document, document->root->children.at[j]);
    }
    return !reading->broken;
}

static void read_logic(ModelReading *reading)
{
    Model *model = reading->model;
    for (size_t i = 0; i < model->documents.count && !arena_is_full(reading->arena); i++)
        types_read(reading, model->documents.at[i]);
    for (size_t i = 0; i < model->documents.count && !reading->broken; i++)
        types_make(reading, model->documents.at[i]);
    if (!reading->broken)
        graph_read(reading);
    if (!reading->broken)
        logic_compile(reading);
}

const Model *model_read(Arena *arena, const ModelSource *sources, size_t count, Errors *errors)
{
    ModelReading reading = { .arena = arena, .errors = errors, .model = arena_new(arena, Model) };
    must(count > 0);
    if (count > MODEL_SOURCES_MAX) {
        errors_add(errors, (Place){ 0 }, STR_NONE, "%.*s", STR_ARGS(limit_text(arena, LIMIT_SOURCES)));
        return NULL;
    }
    if (!read_documents(&reading, sources, count))
        return NULL;
    read_logic(&reading);
    if (!reading.broken && arena_is_full(arena)) {
        errors_add(errors, (Place){ .file = sources[0].name }, STR_NONE, "%.*s",
                   STR_ARGS(limit_text(arena, LIMIT_MEMORY)));
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
