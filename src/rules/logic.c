/* The logic of an element, compiled: what is known to it, its expression, and the value of what is a function. */
#include "rules/model.h"
#include "rules/types.h"

/* What an element is as a value: a function's type tells its result. */
static const Type *value_type(ModelReading *reading, const Element *element)
{
    const Type *declared = element->type;
    if (element->kind == ELEMENT_INPUT)
        return declared;
    if (element->kind == ELEMENT_DECISION)
        return declared || !element->node ? declared : element->node->type;
    if (declared && declared->kinds == KIND(VALUE_FUNCTION))
        return declared;
    const XmlElement *logic = xml_child(element->xml, S("encapsulatedLogic"));
    const XmlElement *body = logic ? boxed_child(logic) : NULL;
    Type *type = arena_new(reading->arena, Type);
    *type = (Type){ .kinds = KIND(VALUE_FUNCTION), .item = declared, .any_members = true };
    if (!declared && body)
        type->item = types_of(reading, element->document, body);
    return type;
}

/* Elements of an import are members of one name. */
static Type *import_type(Compiler *compiler, Str prefix)
{
    for (size_t i = 0; i < compiler->names.list.count; i++)
        if (str_equal(compiler->names.list.at[i].name, prefix))
            return (Type *)compiler->names.list.at[i].type; /* made below, and still being filled */
    Type *type = arena_new(compiler->reading->arena, Type);
    type->kinds = KIND(VALUE_CONTEXT);
    boxed_know(compiler, prefix, type);
    return type;
}

static void know_requirements(Compiler *compiler, const Element *element)
{
    Arena *arena = compiler->reading->arena;
    for (size_t i = 0; i < element->requirements.count; i++) {
        const Requirement *requirement = &element->requirements.at[i];
        if (!requirement->prefix.len)
            continue;
        Member member = { requirement->element->name, value_type(compiler->reading, requirement->element) };
        list_push(arena, &import_type(compiler, requirement->prefix)->members, member);
    }
    for (size_t i = 0; i < element->requirements.count; i++) {
        const Requirement *requirement = &element->requirements.at[i];
        if (!requirement->prefix.len)
            boxed_know(compiler, requirement->element->name, value_type(compiler->reading, requirement->element));
    }
}

static Compiler compiler_for(ModelReading *reading, const Element *element)
{
    Compiler compiler = { .reading = reading, .document = element->document };
    compiler.names.types = &element->document->types;
    compiler.names.members = reading->members;
    know_requirements(&compiler, element);
    return compiler;
}

/* The type that a function's variable declares: its result's, if it does not name a type of functions. */
static const Type *result_type(const Element *element)
{
    if (element->type && element->type->kinds == KIND(VALUE_FUNCTION))
        return type_of_result(element->type);
    return element->type;
}

static const Node *knowledge_function(ModelReading *reading, const Element *element)
{
    Compiler compiler = compiler_for(reading, element);
    const XmlElement *logic = xml_child(element->xml, S("encapsulatedLogic"));
    Node *function = boxed_node(&compiler, NODE_FUNCTION);
    if (!logic)
        return function; /* without a body: every call is null */
    boxed_know(&compiler, element->name, value_type(reading, element));
    *function = *boxed_expression(&compiler, logic);
    if (function->function.body)
        function->function.body = boxed_coerced(&compiler, function->function.body, result_type(element));
    return function;
}

static const Node *decision_logic(ModelReading *reading, Element *element)
{
    Compiler compiler = compiler_for(reading, element);
    const XmlElement *child = boxed_child(element->xml);
    const Node *node = child ? boxed_coerced(&compiler, boxed_expression(&compiler, child), element->type) : NULL;
    for (size_t i = 0; i < compiler.undrawn.count; i++)
        graph_require_undrawn(reading, element, &compiler.undrawn.at[i]);
    return node;
}

/* Its closure is there before its logic, because functions may call each other in a circle. */
static void function_fill(ModelReading *reading, Element *element)
{
    struct Closure *closure = (struct Closure *)element->function.box->closure; /* ours, made by functions_begin */
    bool knows = element->kind == ELEMENT_KNOWLEDGE;
    element->node = knows ? knowledge_function(reading, element) : service_function(reading, element);
    closure->node = element->node;
    closure->scope = &MODEL_SCOPE;
    closure->self = element->name;
    closure->frame = knows ? element_frames(reading->arena, element, NULL) : NULL;
}

void logic_compile(ModelReading *reading)
{
    Elements *elements = &reading->model->elements;
    for (size_t i = 0; i < elements->count; i++) {
        Element *element = elements->at[i];
        if (element->kind == ELEMENT_KNOWLEDGE || element->kind == ELEMENT_SERVICE)
            element->function = value_of_closure(reading->arena, arena_new(reading->arena, struct Closure));
    }
    for (size_t i = 0; i < elements->count && !arena_is_full(reading->arena); i++) {
        Element *element = elements->at[i];
        switch (element->kind) {
        case ELEMENT_INPUT:
            break;
        case ELEMENT_DECISION:
            element->node = decision_logic(reading, element);
            break;
        case ELEMENT_KNOWLEDGE:
        case ELEMENT_SERVICE:
            function_fill(reading, element);
            break;
        }
    }
    graph_place_undrawn(reading);
}
