/* Boxed expressions, compiled into the same tree as text: a boxed context is a context, a boxed invocation a call.
 * DMN 1.5, 7.3 and 10.2.
 *
 * What cannot be read is told, and is null; so one faulty expression does not take the whole model with it. */
#include "rules/model.h"
#include "rules/types.h"

/* ---- parts ---- */

Node *boxed_node(Compiler *compiler, NodeKind kind)
{
    Node *node = arena_new(compiler->reading->arena, Node);
    node->kind = kind;
    return node;
}

static const Node *null_node(Compiler *compiler)
{
    return boxed_node(compiler, NODE_LITERAL); /* a zeroed value is null */
}

void boxed_error(Compiler *compiler, const XmlElement *element, const char *what)
{
    errors_add(compiler->reading->errors, model_place(compiler->document, element), STR_NONE, "%s", what);
}

void boxed_know(Compiler *compiler, Str name, const Type *type)
{
    list_push(compiler->reading->arena, &compiler->names.list, (Known){ name, type });
}

const Type *boxed_type(Compiler *compiler, const XmlElement *element)
{
    return element ? types_of(compiler->reading, compiler->document, element) : NULL;
}

/* Nothing to do for functions that are written right here: a coercion around them would hide that they know themselves
 * by the key of their entry. */
const Node *boxed_coerced(Compiler *compiler, const Node *node, const Type *type)
{
    if (!type || node->kind == NODE_FUNCTION)
        return node;
    Node *coerced = boxed_node(compiler, NODE_COERCE);
    coerced->coerce.value = node;
    coerced->coerce.type = type;
    coerced->type = type;
    return coerced;
}

static bool speaks_feel(Str language)
{
    return language.len == 0 || str_find_nocase(language, S("feel")) != SIZE_MAX;
}

static void note_unknown(Compiler *compiler, const Strs *unknown, const XmlElement *text)
{
    compiler->names.unknown = NULL;
    for (size_t i = 0; i < unknown->count; i++)
        list_push(compiler->reading->arena, &compiler->undrawn, (Undrawn){ unknown->at[i], text });
}

const Node *boxed_text(Compiler *compiler, const XmlElement *element)
{
    const XmlElement *text = xml_child(element, S("text"));
    if (!text || str_trim(text->text).len == 0)
        return null_node(compiler);
    if (!speaks_feel(xml_attribute(element, S("expressionLanguage")))) {
        boxed_error(compiler, element, "only expressions in FEEL are evaluated");
        return null_node(compiler);
    }
    if (str_find(text->text, S("partial")) != SIZE_MAX)
        compiler->partial = true;
    Strs unknown = { 0 };
    compiler->names.unknown = &unknown;
    const Rule *rule = parse_text(compiler->reading->arena, text->text, model_place(compiler->document, text),
                                  &compiler->names, compiler->reading->errors);
    note_unknown(compiler, &unknown, text);
    return rule ? rule->root : null_node(compiler);
}

const Tests *boxed_tests(Compiler *compiler, const XmlElement *element, const Type *asked)
{
    Tests *tests = arena_new(compiler->reading->arena, Tests);
    const XmlElement *text = xml_child(element, S("text"));
    if (!text)
        return tests;
    Strs unknown = { 0 };
    compiler->names.unknown = &unknown;
    bool good = parse_tests_text(compiler->reading->arena, text->text, model_place(compiler->document, text),
                                 &compiler->names, asked, tests, compiler->reading->errors);
    note_unknown(compiler, &unknown, text);
    return good ? tests : NULL;
}

/* ---- contexts, lists, relations ---- */

static const Node *boxed_context(Compiler *compiler, const XmlElement *element)
{
    const Str result = S(""); /* a key that nobody can write */
    Node *context = boxed_node(compiler, NODE_CONTEXT);
    Arena *arena = compiler->reading->arena;
    Map keys = { 0 };
    size_t known = compiler->names.list.count;
    const Type *result_type = NULL;
    for (size_t i = 0; i < element->children.count; i++) {
        const XmlElement *entry = element->children.at[i];
        if (!xml_is(entry, S("contextEntry")))
            continue;
        const XmlElement *variable = xml_child(entry, S("variable")), *child = boxed_child(entry);
        Str key = variable ? model_name(arena, variable) : result;
        const Type *type = boxed_type(compiler, variable);
        bool itself = child && xml_is(child, S("functionDefinition"));
        if (map_get(&keys, key))
            boxed_error(compiler, entry, "an entry of this name is there twice");
        if (itself)
            boxed_know(compiler, key, type);
        const Node *node = boxed_coerced(compiler, boxed_child_node(compiler, entry), type);
        if (!itself)
            boxed_know(compiler, key, type ? type : node->type);
        map_put(arena, &keys, key, context);
        list_push(arena, &context->entries, (KeyNode){ key, node });
        if (!key.len)
            result_type = node->type;
    }
    compiler->names.list.count = known;
    context->type = type_of_entries(arena, context);
    if (!map_get(&keys, result))
        return context;
    Node *path = boxed_node(compiler, NODE_PATH);
    path->path.base = context;
    path->path.member = result;
    path->type = result_type;
    return path;
}

static bool is_note(const XmlElement *element)
{
    return xml_is(element, S("description")) || xml_is(element, S("extensionElements"));
}

static const Node *boxed_list(Compiler *compiler, const XmlElement *element)
{
    Node *list = boxed_node(compiler, NODE_LIST);
    for (size_t i = 0; i < element->children.count; i++)
        if (!is_note(element->children.at[i]))
            list_push(compiler->reading->arena, &list->parts, boxed_expression(compiler, element->children.at[i]));
    return list;
}

/* A row's cells do not see each other. */
static const Node *boxed_row(Compiler *compiler, const XmlElement *row, const Members *columns)
{
    Node *node = boxed_node(compiler, NODE_ROW);
    Arena *arena = compiler->reading->arena;
    for (size_t i = 0; i < row->children.count; i++) {
        const XmlElement *cell = row->children.at[i];
        size_t column = node->entries.count;
        if (is_note(cell))
            continue;
        if (column == columns->count) {
            boxed_error(compiler, cell, "the row has more cells than the relation has columns");
            break;
        }
        const Member *member = &columns->at[column];
        const Node *value = boxed_coerced(compiler, boxed_expression(compiler, cell), member->type);
        list_push(arena, &node->entries, (KeyNode){ member->name, value });
    }
    for (size_t column = node->entries.count; column < columns->count; column++)
        list_push(arena, &node->entries, (KeyNode){ columns->at[column].name, null_node(compiler) });
    return node;
}

static const Node *boxed_relation(Compiler *compiler, const XmlElement *element)
{
    Node *list = boxed_node(compiler, NODE_LIST);
    Members columns = { 0 };
    Arena *arena = compiler->reading->arena;
    Type *row = arena_new(arena, Type);
    for (size_t i = 0; i < element->children.count; i++) {
        const XmlElement *child = element->children.at[i];
        if (xml_is(child, S("column")))
            list_push(arena, &columns, (Member){ model_name(arena, child), boxed_type(compiler, child) });
        else if (xml_is(child, S("row")) && !arena_is_full(arena))
            list_push(arena, &list->parts, boxed_row(compiler, child, &columns));
    }
    *row = (Type){ .kinds = KIND(VALUE_CONTEXT), .members = columns };
    list->type = type_of_list(arena, row);
    return list;
}

/* ---- functions and their calls ---- */

static const Node *boxed_invocation(Compiler *compiler, const XmlElement *element)
{
    Node *call = boxed_node(compiler, NODE_CALL);
    Arena *arena = compiler->reading->arena;
    call->call.callee = boxed_child_node(compiler, element);
    call->type = type_of_result(call->call.callee->type);
    for (size_t i = 0; i < element->children.count; i++) {
        const XmlElement *binding = element->children.at[i];
        const XmlElement *parameter = xml_is(binding, S("binding")) ? xml_child(binding, S("parameter")) : NULL;
        if (!parameter)
            continue;
        const Node *value = boxed_child_node(compiler, binding);
        value = boxed_coerced(compiler, value, boxed_type(compiler, parameter));
        list_push(arena, &call->call.arguments, (KeyNode){ model_name(arena, parameter), value });
    }
    call->call.named = call->call.arguments.count > 0;
    return call;
}

/* Also the encapsulated logic of business knowledge. Functions of another language are defined, but give null. */
static const Node *boxed_function(Compiler *compiler, const XmlElement *element)
{
    Node *function = boxed_node(compiler, NODE_FUNCTION);
    Arena *arena = compiler->reading->arena;
    Str kind = xml_attribute(element, S("kind"));
    size_t known = compiler->names.list.count;
    for (size_t i = 0; i < element->children.count; i++) {
        const XmlElement *formal = element->children.at[i];
        if (!xml_is(formal, S("formalParameter")))
            continue;
        Member member = { model_name(arena, formal), boxed_type(compiler, formal) };
        list_push(arena, &function->function.formals, member);
        boxed_know(compiler, member.name, member.type);
    }
    Type *type = arena_new(arena, Type);
    *type = (Type){ .kinds = KIND(VALUE_FUNCTION), .members = function->function.formals };
    if (kind.len == 0 || str_equal(kind, S("FEEL"))) {
        const Type *whole = boxed_type(compiler, element);
        bool tells = whole && whole->kinds == KIND(VALUE_FUNCTION);
        function->function.body =
            boxed_coerced(compiler, boxed_child_node(compiler, element), tells ? type_of_result(whole) : whole);
        type->item = function->function.body->type;
    }
    compiler->names.list.count = known;
    function->type = type;
    return function;
}

/* ---- conditions, filters, iterations ---- */

static const Node *part(Compiler *compiler, const XmlElement *element, const char *name)
{
    const XmlElement *child = xml_child(element, str_from(name));
    if (child)
        return boxed_coerced(compiler, boxed_child_node(compiler, child), boxed_type(compiler, child));
    boxed_error(compiler, element, "a part of this expression is missing");
    return null_node(compiler);
}

static const Node *boxed_conditional(Compiler *compiler, const XmlElement *element)
{
    Node *branch = boxed_node(compiler, NODE_IF);
    branch->branch.strict = true;
    branch->branch.condition = part(compiler, element, "if");
    branch->branch.then = part(compiler, element, "then");
    branch->branch.otherwise = part(compiler, element, "else");
    return branch;
}

static const Node *boxed_filter(Compiler *compiler, const XmlElement *element)
{
    Node *filter = boxed_node(compiler, NODE_FILTER);
    size_t known = compiler->names.list.count;
    filter->filter.strict = true;
    filter->filter.list = part(compiler, element, "in");
    const Type *list = filter->filter.list->type, *item = type_of_items(list);
    const Members *members = type_members(list);
    boxed_know(compiler, S("item"), item);
    for (size_t i = 0; members && i < members->count; i++)
        boxed_know(compiler, members->at[i].name, members->at[i].type);
    filter->filter.condition = part(compiler, element, "match");
    compiler->names.list.count = known;
    filter->type = list && list->kinds == KIND(VALUE_LIST) ? list : NULL;
    return filter;
}

static const Node *boxed_loop(Compiler *compiler, const XmlElement *element, NodeKind kind, const char *body)
{
    Node *loop = boxed_node(compiler, kind);
    bool around = compiler->partial;
    size_t known = compiler->names.list.count;
    Iterator iterator = { .name = str_trim(xml_attribute(element, S("iteratorVariable"))) };
    loop->loop.strict = true;
    iterator.list = part(compiler, element, "in");
    list_push(compiler->reading->arena, &loop->loop.iterators, iterator);
    boxed_know(compiler, iterator.name, type_of_items(iterator.list->type));
    if (kind == NODE_FOR)
        boxed_know(compiler, S("partial"), NULL);
    compiler->partial = false;
    loop->loop.body = part(compiler, element, body);
    loop->loop.partial = compiler->partial && kind == NODE_FOR;
    compiler->partial = compiler->partial || around;
    compiler->names.list.count = known;
    if (kind == NODE_FOR)
        loop->type = type_of_list(compiler->reading->arena, loop->loop.body->type);
    return loop;
}

/* ---- all of them ---- */

static const Node *boxed_literal(Compiler *compiler, const XmlElement *element)
{
    if (!xml_child(element, S("importedValues")))
        return boxed_text(compiler, element);
    boxed_error(compiler, element, "imported values are not read");
    return null_node(compiler);
}

static const Node *boxed_for(Compiler *compiler, const XmlElement *element)
{
    return boxed_loop(compiler, element, NODE_FOR, "return");
}

static const Node *boxed_some(Compiler *compiler, const XmlElement *element)
{
    return boxed_loop(compiler, element, NODE_SOME, "satisfies");
}

static const Node *boxed_every(Compiler *compiler, const XmlElement *element)
{
    return boxed_loop(compiler, element, NODE_EVERY, "satisfies");
}

static const struct {
    const char *name;
    const Node *(*compile)(Compiler *compiler, const XmlElement *element);
} BOXED[] = {
    { "literalExpression", boxed_literal },
    { "context", boxed_context },
    { "list", boxed_list },
    { "relation", boxed_relation },
    { "invocation", boxed_invocation },
    { "functionDefinition", boxed_function },
    { "encapsulatedLogic", boxed_function },
    { "decisionTable", boxed_table },
    { "conditional", boxed_conditional },
    { "filter", boxed_filter },
    { "for", boxed_for },
    { "some", boxed_some },
    { "every", boxed_every },
};

const Node *boxed_expression(Compiler *compiler, const XmlElement *element)
{
    for (size_t i = 0; i < COUNT_OF(BOXED); i++)
        if (xml_is(element, str_from(BOXED[i].name)))
            return boxed_coerced(compiler, BOXED[i].compile(compiler, element), boxed_type(compiler, element));
    boxed_error(compiler, element, "this is no expression");
    return null_node(compiler);
}

const XmlElement *boxed_child(const XmlElement *parent)
{
    for (size_t i = 0; i < parent->children.count; i++)
        for (size_t j = 0; j < COUNT_OF(BOXED); j++)
            if (xml_is(parent->children.at[i], str_from(BOXED[j].name)))
                return parent->children.at[i];
    return NULL;
}

const Node *boxed_child_node(Compiler *compiler, const XmlElement *parent)
{
    const XmlElement *child = boxed_child(parent);
    return child ? boxed_expression(compiler, child) : null_node(compiler);
}
