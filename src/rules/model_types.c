/* Item definitions: the types of a model. Each is made when it is first named, and so may stand before what it uses;
 * one that is named while it is made would have no end, and is refused. */
#include "rules/model.h"
#include "rules/types.h"

typedef struct Definition {
    const XmlElement *xml;
    bool entered, made;
    const Type *type;
} Definition;

typedef struct TypesReading {
    ModelReading *reading;
    const Document *document;
    int depth;
} TypesReading;

/* As they stand in typeRef, from DMN 1.1 to 1.5. */
static const struct {
    const char *name;
    ValueKind kind;
} SIMPLE[] = {
    { "string", VALUE_STRING },
    { "number", VALUE_NUMBER },
    { "boolean", VALUE_BOOLEAN },
    { "date", VALUE_DATE },
    { "time", VALUE_TIME },
    { "date and time", VALUE_DATE_TIME },
    { "dateTime", VALUE_DATE_TIME },
    { "days and time duration", VALUE_DAYS_DURATION },
    { "dayTimeDuration", VALUE_DAYS_DURATION },
    { "years and months duration", VALUE_MONTHS_DURATION },
    { "yearMonthDuration", VALUE_MONTHS_DURATION },
    { "list", VALUE_LIST },
    { "context", VALUE_CONTEXT },
    { "range", VALUE_RANGE },
    { "function", VALUE_FUNCTION },
    { "Null", VALUE_NULL },
};

static const Type *definition_type(TypesReading *types, const XmlElement *xml);
static const Type *named_type(TypesReading *types, const XmlElement *place, Str name);

static void type_error(TypesReading *types, const XmlElement *place, Str what)
{
    errors_add(types->reading->errors, model_place(types->document, place), STR_NONE, "%.*s", STR_ARGS(what));
}

static const Type *too_deep(TypesReading *types, const XmlElement *place, Str what)
{
    type_error(types, place, what);
    types->reading->broken = true;
    return NULL;
}

static const Type *defined_type(TypesReading *types, const XmlElement *place, Definition *definition)
{
    if (definition->made)
        return definition->type;
    if (definition->entered)
        return too_deep(types, place, S("an item definition contains itself"));
    if (types->depth == DEFINITIONS_DEPTH_MAX)
        return too_deep(types, place, limit_text(types->reading->arena, LIMIT_TYPES));
    definition->entered = true;
    types->depth++;
    definition->type = definition_type(types, definition->xml);
    types->depth--;
    definition->made = true;
    return definition->type;
}

/* import.name; the import's name may itself have points. */
static bool imported_type(TypesReading *types, const XmlElement *place, Str name, const Type **type)
{
    for (size_t i = 0; i < types->document->imports.count; i++) {
        const Import *import = &types->document->imports.at[i];
        Str rest = name;
        if (import->name.len) {
            if (!str_starts(name, import->name) || name.len <= import->name.len + 1 ||
                name.data[import->name.len] != '.')
                continue;
            rest = str_slice(name, import->name.len + 1, name.len);
        }
        Definition *definition = import->document ? map_get(&import->document->definitions, rest) : NULL;
        if (!definition)
            continue;
        TypesReading inner = { types->reading, import->document, types->depth };
        *type = defined_type(&inner, place, definition);
        return true;
    }
    return false;
}

/* list<number> and its like, by the parser of FEEL. */
static const Type *written_type(TypesReading *types, const XmlElement *place, Str name)
{
    Arena *arena = types->reading->arena;
    Names names = { .types = &types->document->types };
    Str text = str_printf(arena, "null instance of %.*s", STR_ARGS(name));
    const Rule *rule = parse_text(arena, text, model_place(types->document, place), &names, types->reading->errors);
    return rule && rule->root->kind == NODE_INSTANCE ? rule->root->instance.type : NULL;
}

/* feel:string or other:person, as DMN 1.1 writes it: the prefix stands for FEEL, or for an import. */
static const Type *qualified_type(TypesReading *types, const XmlElement *place, Str name)
{
    for (size_t i = 0; i < types->document->imports.count; i++) {
        const Document *imported = types->document->imports.at[i].document;
        Definition *definition = map_get(&imported->definitions, name);
        TypesReading inner = { types->reading, imported, types->depth };
        if (definition)
            return defined_type(&inner, place, definition);
    }
    return named_type(types, place, name);
}

static const Type *named_type(TypesReading *types, const XmlElement *place, Str name)
{
    const Type *type = NULL;
    Definition *definition = map_get(&types->document->definitions, name);
    if (definition)
        return defined_type(types, place, definition);
    if (imported_type(types, place, name, &type))
        return type;
    Str rest = name, last = name;
    while (str_cut(&rest, ':', &last))
        continue;
    if (last.len < name.len)
        return qualified_type(types, place, last);
    if (name.len == 0 || str_equal(name, S("Any")))
        return NULL;
    for (size_t i = 0; i < COUNT_OF(SIMPLE); i++)
        if (str_equal(name, str_from(SIMPLE[i].name)))
            return type_simple(SIMPLE[i].kind);
    if (str_find(name, S("<")) != SIZE_MAX)
        return written_type(types, place, name);
    type_error(types, place, str_printf(types->reading->arena, "there is no type \"%.*s\"", STR_ARGS(name)));
    return NULL;
}

static Str reference(const XmlElement *element)
{
    Str attribute = str_trim(xml_attribute(element, S("typeRef")));
    return attribute.len ? attribute : xml_child_text(element, S("typeRef"));
}

/* ---- making ---- */

static const Type *components_type(TypesReading *types, const XmlElement *xml)
{
    Arena *arena = types->reading->arena;
    Type *type = arena_new(arena, Type);
    type->kinds = KIND(VALUE_CONTEXT);
    if (types->depth == DEFINITIONS_DEPTH_MAX)
        return too_deep(types, xml, limit_text(arena, LIMIT_TYPES));
    types->depth++;
    for (size_t i = 0; i < xml->children.count; i++) {
        const XmlElement *component = xml->children.at[i];
        if (!xml_is(component, S("itemComponent")))
            continue;
        Member member = { .name = model_name(arena, component), .type = definition_type(types, component) };
        list_push(arena, &type->members, member);
    }
    types->depth--;
    return type;
}

static const Type *function_type(TypesReading *types, const XmlElement *item)
{
    Arena *arena = types->reading->arena;
    Type *type = arena_new(arena, Type);
    type->kinds = KIND(VALUE_FUNCTION);
    type->item = named_type(types, item, str_trim(xml_attribute(item, S("outputTypeRef"))));
    for (size_t i = 0; i < item->children.count; i++) {
        const XmlElement *formal = item->children.at[i];
        if (!xml_is(formal, S("parameters")))
            continue;
        Member member = { .name = model_name(arena, formal), .type = named_type(types, formal, reference(formal)) };
        list_push(arena, &type->members, member);
    }
    return type;
}

/* A condition that all values of `base` fulfil already, and one more: both must hold. */
static const Tests *both_tests(Arena *arena, const Tests *first, const Tests *second)
{
    Node *asked = arena_new(arena, Node), *both = arena_new(arena, Node);
    *asked = (Node){ .kind = NODE_NAME, .name = { .text = S("?"), .local = true } };
    *both = (Node){ .kind = NODE_AND };
    const Tests *each[] = { first, second };
    for (size_t i = 0; i < COUNT_OF(each); i++) {
        Node *in = arena_new(arena, Node);
        *in = (Node){ .kind = NODE_IN, .in = { .value = asked, .tests = *each[i] } };
        list_push(arena, &both->parts, in);
    }
    Tests *tests = arena_new(arena, Tests);
    list_push(arena, &tests->list, (Test){ .is_condition = true, .node = both });
    return tests;
}

/* The type with the tests of a child element, allowedValues or typeConstraint. */
static const Type *allow(TypesReading *types, const XmlElement *xml, Str child, const Type *type)
{
    static const Type ANY = { .kinds = KINDS_ANY, .any_members = true };
    const XmlElement *allowed = xml_child(xml, child);
    if (!allowed)
        return type;
    Compiler compiler = { .reading = types->reading, .document = types->document };
    const Tests *tests = boxed_tests(&compiler, allowed, type);
    if (!tests)
        return type;
    Type *narrow = arena_new(types->reading->arena, Type);
    *narrow = type ? *type : ANY;
    bool both = narrow->allowed && !narrow->allowed->negated && !tests->negated;
    narrow->allowed = both ? both_tests(types->reading->arena, narrow->allowed, tests) : tests;
    return narrow;
}

/* Of an item definition or one of its components. Allowed values are those of each item of a collection, a type
 * constraint is on the whole. */
static const Type *definition_type(TypesReading *types, const XmlElement *xml)
{
    const XmlElement *function = xml_child(xml, S("functionItem"));
    const Type *type = function                             ? function_type(types, function)
                       : xml_child(xml, S("itemComponent")) ? components_type(types, xml)
                                                            : named_type(types, xml, reference(xml));
    type = allow(types, xml, S("allowedValues"), type);
    if (str_equal(str_trim(xml_attribute(xml, S("isCollection"))), S("true")))
        type = type_of_list(types->reading->arena, type);
    return allow(types, xml, S("typeConstraint"), type);
}

/* ---- all of a document ---- */

static bool is_one_word(Str name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.data[i] <= '/')
            return false;
    return true;
}

/* Names that the parser could not read as one word, wherever a value of such a type comes from. */
static void collect_members(ModelReading *reading, const Document *document, const XmlElement *xml)
{
    for (size_t i = 0; i < xml->children.count && !reading->broken; i++) {
        const XmlElement *component = xml->children.at[i];
        if (!xml_is(component, S("itemComponent")))
            continue;
        Str name = model_name(reading->arena, component);
        if (!is_one_word(name))
            strs_add_once(reading->arena, &reading->members, name);
        if (reading->members.count > MEMBERS_MAX) {
            errors_add(reading->errors, model_place(document, component), STR_NONE, "%.*s",
                       STR_ARGS(limit_text(reading->arena, LIMIT_NAMES)));
            reading->broken = true;
            return;
        }
        collect_members(reading, document, component);
    }
}

static void collect(ModelReading *reading, Document *document)
{
    for (size_t i = 0; i < document->root->children.count; i++) {
        const XmlElement *xml = document->root->children.at[i];
        if (!xml_is(xml, S("itemDefinition")))
            continue;
        Str name = model_name(reading->arena, xml);
        Definition *definition = arena_new(reading->arena, Definition);
        definition->xml = xml;
        if (map_get(&document->definitions, name)) {
            errors_add(reading->errors, model_place(document, xml), STR_NONE, "there are two types \"%.*s\"",
                       STR_ARGS(name));
            reading->broken = true;
        }
        map_put(reading->arena, &document->definitions, name, definition);
    }
}

static void put_type(ModelReading *reading, Document *document, Str prefix, Str name, const Type *type)
{
    Str whole = prefix.len ? str_printf(reading->arena, "%.*s.%.*s", STR_ARGS(prefix), STR_ARGS(name)) : name;
    Type *kept = arena_new(reading->arena, Type);
    *kept = type ? *type : (Type){ .kinds = KINDS_ANY, .any_members = true };
    if (!map_get(&document->types, whole))
        map_put(reading->arena, &document->types, whole, kept);
}

void types_read(ModelReading *reading, Document *document)
{
    collect(reading, document);
    for (size_t i = 0; i < document->root->children.count; i++)
        if (xml_is(document->root->children.at[i], S("itemDefinition")))
            collect_members(reading, document, document->root->children.at[i]);
}

/* After all documents are collected. */
void types_make(ModelReading *reading, Document *document)
{
    TypesReading types = { reading, document, 0 };
    for (size_t i = 0; i < document->definitions.entries.count; i++) {
        MapEntry *entry = &document->definitions.entries.at[i];
        Definition *definition = entry->value;
        put_type(reading, document, STR_NONE, entry->key, defined_type(&types, definition->xml, definition));
    }
    for (size_t i = 0; i < document->imports.count; i++) {
        const Import *import = &document->imports.at[i];
        TypesReading inner = { reading, import->document, 0 };
        for (size_t j = 0; import->document && j < import->document->definitions.entries.count; j++) {
            MapEntry *entry = &import->document->definitions.entries.at[j];
            Definition *definition = entry->value;
            put_type(reading, document, import->name, entry->key, defined_type(&inner, definition->xml, definition));
        }
    }
}

const Type *types_named(ModelReading *reading, const Document *document, const XmlElement *place, Str name)
{
    TypesReading types = { reading, document, 0 };
    return named_type(&types, place, name);
}

const Type *types_of(ModelReading *reading, const Document *document, const XmlElement *element)
{
    return types_named(reading, document, element, reference(element));
}
