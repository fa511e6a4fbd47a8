/* The requirement graph: which elements there are, what each requires, and an order in which each comes after what it
 * requires. Without such an order there is a circle, and no model. */
#include "rules/model.h"

/* element, and what it is */
static const struct {
    const char *word;
    ElementKind kind;
} KINDS_OF_ELEMENTS[] = {
    { "inputData", ELEMENT_INPUT },
    { "decision", ELEMENT_DECISION },
    { "businessKnowledgeModel", ELEMENT_KNOWLEDGE },
    { "decisionService", ELEMENT_SERVICE },
};

static void graph_error(ModelReading *reading, const Document *document, const XmlElement *place, Str what)
{
    errors_add(reading->errors, model_place(document, place), STR_NONE, "%.*s", STR_ARGS(what));
    reading->broken = true;
}

/* ---- elements ---- */

static void put_by_name(ModelReading *reading, Element *element, Map *map, Strs *names)
{
    map_put(reading->arena, map, element->name, element);
    list_push(reading->arena, names, element->name);
}

static void list_element(ModelReading *reading, Element *element)
{
    Model *model = reading->model;
    switch (element->kind) {
    case ELEMENT_INPUT:
        put_by_name(reading, element, &model->inputs, &model->input_names);
        break;
    case ELEMENT_DECISION:
        put_by_name(reading, element, &model->decisions, &model->decision_names);
        break;
    case ELEMENT_SERVICE:
        put_by_name(reading, element, &model->services, &model->service_names);
        break;
    case ELEMENT_KNOWLEDGE:
        break;
    }
}

static void add_element(ModelReading *reading, Document *document, const XmlElement *xml, ElementKind kind)
{
    Element *element = arena_new(reading->arena, Element);
    Str id = xml_attribute(xml, S("id"));
    *element = (Element){ .kind = kind, .xml = xml, .document = document, .name = model_name(reading->arena, xml) };
    if (element->name.len == 0) {
        graph_error(reading, document, xml, str_printf(reading->arena, "a %.*s without a name", STR_ARGS(xml->name)));
        return;
    }
    if (map_get(&document->names, element->name))
        graph_error(reading, document, xml,
                    str_printf(reading->arena, "the name \"%.*s\" is there twice", STR_ARGS(element->name)));
    if (id.len && map_get(&document->by_id, id))
        graph_error(reading, document, xml, str_printf(reading->arena, "the id \"%.*s\" is there twice", STR_ARGS(id)));
    map_put(reading->arena, &document->names, element->name, element);
    if (id.len)
        map_put(reading->arena, &document->by_id, id, element);
    list_push(reading->arena, &reading->model->elements, element);
    if (document == reading->model->main)
        list_element(reading, element);
    const XmlElement *variable = xml_child(xml, S("variable"));
    if (variable)
        element->type = types_of(reading, document, variable);
}

static void read_elements(ModelReading *reading, Document *document)
{
    for (size_t i = 0; i < document->root->children.count; i++) {
        const XmlElement *xml = document->root->children.at[i];
        for (size_t j = 0; j < COUNT_OF(KINDS_OF_ELEMENTS); j++)
            if (xml_is(xml, str_from(KINDS_OF_ELEMENTS[j].word)))
                add_element(reading, document, xml, KINDS_OF_ELEMENTS[j].kind);
    }
}

/* ---- requirements ---- */

/* "#id", or the namespace of an import before it. */
static Element *referred(ModelReading *reading, const Document *document, const XmlElement *place, Str *prefix)
{
    Str href = str_trim(xml_attribute(place, S("href")));
    size_t sharp = str_find(href, S("#"));
    Str namespace = sharp == SIZE_MAX ? STR_NONE : str_slice(href, 0, sharp);
    Str id = sharp == SIZE_MAX ? href : str_slice(href, sharp + 1, href.len);
    const Document *target = document;
    *prefix = STR_NONE;
    if (namespace.len && !str_equal(namespace, document->namespace)) {
        target = NULL;
        for (size_t i = 0; i < document->imports.count && !target; i++) {
            if (str_equal(document->imports.at[i].namespace, namespace)) {
                target = document->imports.at[i].document;
                *prefix = document->imports.at[i].name;
            }
        }
    }
    Element *element = target ? map_get(&target->by_id, id) : NULL;
    if (!element)
        graph_error(reading, document, place,
                    str_printf(reading->arena, "there is no element \"%.*s\"", STR_ARGS(href)));
    return element;
}

static void require_one(ModelReading *reading, Element *element, const XmlElement *place)
{
    Requirement requirement = { 0 };
    if (element->requirements.count == REQUIREMENTS_MAX) {
        graph_error(reading, element->document, place, limit_text(reading->arena, LIMIT_REQUIREMENTS));
        return;
    }
    requirement.element = referred(reading, element->document, place, &requirement.prefix);
    if (requirement.element)
        list_push(reading->arena, &element->requirements, requirement);
}

static void read_service(ModelReading *reading, Element *service)
{
    static const char *const WORDS[] = { "inputData", "inputDecision", "outputDecision" };
    for (size_t word = 0; word < COUNT_OF(WORDS); word++) {
        for (size_t i = 0; i < service->xml->children.count; i++) {
            const XmlElement *child = service->xml->children.at[i];
            Str prefix;
            if (!xml_is(child, str_from(WORDS[word])))
                continue;
            Element *element = referred(reading, service->document, child, &prefix);
            if (element)
                list_push(reading->arena, word == 2 ? &service->outputs : &service->parameters, element);
        }
    }
}

static void read_requirements(ModelReading *reading, Element *element)
{
    const Str groups[] = { S("informationRequirement"), S("knowledgeRequirement") };
    const Str words[] = { S("requiredInput"), S("requiredDecision"), S("requiredKnowledge") };
    for (size_t i = 0; i < element->xml->children.count; i++) {
        const XmlElement *group = element->xml->children.at[i];
        if (!xml_is(group, groups[0]) && !xml_is(group, groups[1]))
            continue;
        for (size_t j = 0; j < COUNT_OF(words); j++) {
            const XmlElement *place = xml_child(group, words[j]);
            if (place)
                require_one(reading, element, place);
        }
    }
    if (element->kind == ELEMENT_SERVICE)
        read_service(reading, element);
}

/* ---- order ---- */

typedef struct Visit {
    Element *element;
    size_t next; /* of its requirements */
} Visit;
typedef LIST(Visit) Visits;

static bool is_information(const Element *element)
{
    return element->kind == ELEMENT_DECISION || element->kind == ELEMENT_INPUT;
}

/* One step of the walk in depth: on to a requirement, or back from an element that is done. */
static void visit(ModelReading *reading, Visits *open, Elements *order)
{
    Visit *top = &open->at[open->count - 1];
    Element *element = top->element;
    if (top->next == (is_information(element) ? element->requirements.count : 0)) {
        element->placed = true;
        element->index = order->count;
        list_push(reading->arena, order, element);
        open->count--;
        return;
    }
    Element *required = element->requirements.at[top->next++].element;
    if (required->placed || !is_information(required))
        return;
    if (required->entered) {
        graph_error(reading, required->document, required->xml,
                    str_printf(reading->arena, "\"%.*s\" requires itself, by way of \"%.*s\"", STR_ARGS(required->name),
                               STR_ARGS(element->name)));
        return;
    }
    required->entered = true;
    list_push(reading->arena, open, (Visit){ required, 0 });
}

static void put_in_order(ModelReading *reading)
{
    Elements order = { 0 };
    Visits open = { 0 };
    for (size_t i = 0; i < reading->model->elements.count; i++) {
        Element *element = reading->model->elements.at[i];
        if (element->placed)
            continue;
        element->entered = true;
        list_push(reading->arena, &open, (Visit){ element, 0 });
        while (open.count)
            visit(reading, &open, &order);
    }
    must(order.count == reading->model->elements.count);
    reading->model->elements = order;
}

void graph_read(ModelReading *reading)
{
    Model *model = reading->model;
    for (size_t i = 0; i < model->documents.count && !arena_is_full(reading->arena); i++)
        read_elements(reading, model->documents.at[i]);
    for (size_t i = 0; i < model->elements.count; i++)
        read_requirements(reading, model->elements.at[i]);
    put_in_order(reading);
}

/* ---- inputs that are not drawn ----
 * A table that was drawn alone names what it asks, and no input data. So a name that nothing in the model has is an
 * input too. An element that is there must be required: what another arrow is missing for is no input. */

static bool is_import(const Document *document, Str name)
{
    bool found = false;
    for (size_t i = 0; i < document->imports.count; i++)
        found = found || str_equal(document->imports.at[i].name, name);
    return found;
}

void graph_require_undrawn(ModelReading *reading, Element *decision, const Undrawn *undrawn)
{
    const Str name = undrawn->name;
    Document *document = decision->document;
    Element *element = map_get(&document->names, name);
    if ((element && !element->undrawn) || is_import(document, name))
        return;
    if (!element) {
        element = arena_new(reading->arena, Element);
        *element = (Element){ .kind = ELEMENT_INPUT, .xml = undrawn->text, .document = document, .name = name };
        element->undrawn = true;
        map_put(reading->arena, &document->names, name, element);
        list_push(reading->arena, &reading->undrawn, element);
        if (document == reading->model->main)
            list_element(reading, element);
    }
    list_push(reading->arena, &decision->requirements, (Requirement){ .element = element });
}

void graph_place_undrawn(ModelReading *reading)
{
    Elements order = reading->undrawn, *elements = &reading->model->elements;
    for (size_t i = 0; i < elements->count; i++)
        list_push(reading->arena, &order, elements->at[i]);
    for (size_t i = 0; i < order.count; i++)
        order.at[i]->index = i;
    *elements = order;
}
