/* Evaluating a model: a walk through the elements in their order, each worked out once.
 *
 * An input that is not in the scope is unknown under its own name; what is read of it waits for it. An element of the
 * model that an expression names without requiring it is null. */
#include "rules/explain.h"
#include "rules/model.h"
#include "rules/types.h"

const Scope MODEL_SCOPE = { .closed = true };

/* ---- activations ---- */

Activation activation_begin(Evaluation *run, const Model *model)
{
    size_t count = model->elements.count;
    Activation activation = { .run = run, .model = model };
    activation.values = arena_array(run->arena, Value, count);
    activation.states = arena_array(run->arena, unsigned char, count);
    if (run->trace)
        activation.told = arena_array(run->arena, Explanation *, count);
    (void)evaluation_spend(run, count / 8 + 1); /* where that is too much, nothing is worked out any more */
    return activation;
}

void activation_give(Activation *activation, const Element *element, Value value)
{
    activation->values[element->index] = value;
    activation->states[element->index] = ELEMENT_DONE;
}

static Value not_given(Arena *arena, const Scope *scope, Str name)
{
    for (; scope; scope = scope->outer)
        if (scope->closed)
            return value_null();
    return value_unknown(arena, name);
}

static const Value *scope_get(const Scope *scope, Str name)
{
    for (; scope; scope = scope->outer) {
        const Value *value = map_get(&scope->values, name);
        if (value)
            return value;
    }
    return NULL;
}

static const Value *given_input(const Activation *activation, Str name)
{
    for (const Frame *frame = activation->frame; frame; frame = frame->outer)
        if (str_equal(frame->name, name))
            return &frame->value;
    return scope_get(activation->inputs, name);
}

/* The names of the imports on the way to a document, outermost first. */
static size_t import_path(const Document *document, Str path[IMPORTS_DEPTH_MAX])
{
    size_t count = 0;
    for (; document->importer; document = document->importer)
        if (document->import_name.len)
            path[count++] = document->import_name;
    for (size_t i = 0; i < count / 2; i++) {
        Str name = path[i];
        path[i] = path[count - 1 - i];
        path[count - 1 - i] = name;
    }
    return count;
}

/* {b: {a: {name: value}}} for the path b, a */
static bool nested_input(const Activation *activation, const Str *path, size_t count, Str name, Value *value)
{
    const Value *group = given_input(activation, path[0]);
    if (!group)
        return false;
    *value = *group;
    for (size_t i = 1; i < count; i++)
        *value = value_get(*value, path[i]);
    if (!value_is_unknown(*value) && !value_has(*value, name))
        return false;
    if (!value_is_unknown(*value))
        *value = value_get(*value, name);
    return true;
}

static Str path_text(Arena *arena, const Str *path, size_t count, Str name)
{
    Text text = text_begin(arena, SIZE_MAX);
    for (size_t i = 0; i < count; i++)
        text_printf(&text, "%.*s.", STR_ARGS(path[i]));
    text_put(&text, name);
    return text_str(&text);
}

Str element_path(Arena *arena, const Element *element)
{
    Str path[IMPORTS_DEPTH_MAX] = { 0 };
    size_t count = import_path(element->document, path);
    return count ? path_text(arena, path, count, element->name) : element->name;
}

/* Of an imported model: by the whole path, with points or as contexts, or by an end of it; at last by the name alone.
 */
static bool find_input(const Activation *activation, const Element *element, Value *value)
{
    Str path[IMPORTS_DEPTH_MAX] = { 0 };
    size_t count = import_path(element->document, path);
    for (size_t from = 0; from <= count; from++) {
        Str name = path_text(activation->run->arena, &path[from], count - from, element->name);
        const Value *given = given_input(activation, name);
        if (given)
            *value = *given;
        if (given || (from < count && nested_input(activation, &path[from], count - from, element->name, value)))
            return true;
    }
    return false;
}

static Value input_value(const Activation *activation, const Element *element)
{
    Value value;
    Arena *arena = activation->run->arena;
    if (!activation->asked)
        return value_null();
    Str name = decision_input(arena, activation->asked, element);
    const Value *given = given_input(activation, name);
    if (given)
        value = *given;
    else if (!find_input(activation, element, &value))
        value = not_given(arena, activation->inputs, name);
    return type_fit(activation->run, element->type, true, &value) ? value : value_null();
}

/* ---- what an expression sees ---- */

static Value requirement_value(const Requirement *requirement, const Value *values)
{
    const Element *element = requirement->element;
    if (element->kind == ELEMENT_KNOWLEDGE || element->kind == ELEMENT_SERVICE)
        return element->function;
    return values ? values[element->index] : value_null();
}

/* All that comes by one import, as one context. */
static Value import_value(Arena *arena, const Element *element, Str prefix, const Value *values)
{
    LIST(ContextEntry) entries = { 0 };
    for (size_t i = 0; i < element->requirements.count; i++) {
        const Requirement *requirement = &element->requirements.at[i];
        if (str_equal(requirement->prefix, prefix))
            list_push(arena, &entries,
                      (ContextEntry){ requirement->element->name, requirement_value(requirement, values) });
    }
    return value_context(arena, entries.at, entries.count);
}

static bool has_prefix_before(const Element *element, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (str_equal(element->requirements.at[i].prefix, element->requirements.at[index].prefix))
            return true;
    return false;
}

const Frame *element_frames(Arena *arena, const Element *element, const Value *values)
{
    Frame *frames = arena_array(arena, Frame, element->requirements.count);
    const Frame *frame = NULL;
    for (size_t i = 0; i < element->requirements.count; i++) {
        const Requirement *requirement = &element->requirements.at[i];
        Str prefix = requirement->prefix;
        if (prefix.len && has_prefix_before(element, i))
            continue;
        frames[i].outer = frame;
        frames[i].name = prefix.len ? prefix : requirement->element->name;
        frames[i].value =
            prefix.len ? import_value(arena, element, prefix, values) : requirement_value(requirement, values);
        frame = &frames[i];
    }
    return frame;
}

/* ---- the walk ---- */

static void need(Activation *activation, const Element *element)
{
    if (activation->states[element->index] == ELEMENT_IDLE)
        activation->states[element->index] = ELEMENT_NEEDED;
}

static Value element_value(Activation *activation, const Element *element)
{
    Evaluation *run = activation->run;
    if (element->kind == ELEMENT_INPUT)
        return input_value(activation, element);
    if (element->kind == ELEMENT_DECISION && element->node)
        return evaluate(run, element->node, element_frames(run->arena, element, activation->values));
    return value_null();
}

static bool mentions(const Explanation *part, Str name)
{
    bool found = false;
    for (size_t i = 0; i < part->parts.count && !found; i++)
        found = str_find(part->parts.at[i]->text, name) != SIZE_MAX || mentions(part->parts.at[i], name);
    return found;
}

/* What was worked out before, and is spoken of here first, explains a decision too. */
static Value traced_value(Activation *activation, const Element *element)
{
    Explanation *outer;
    Evaluation *run = activation->run;
    Explanation *part = trace_begin(run, element->name, &outer);
    Value value = element_value(activation, element);
    for (size_t i = 0; i < element->requirements.count; i++) {
        const Element *required = element->requirements.at[i].element;
        Explanation *told = activation->told[required->index];
        if (!told || required->kind != ELEMENT_DECISION || !mentions(part, required->name))
            continue;
        list_push(run->arena, &part->parts, told);
        activation->told[required->index] = NULL; /* once: many decisions may speak of one */
    }
    trace_end(run, part, outer, value);
    activation->told[element->index] = part;
    return value;
}

static void work_out(Activation *activation, const Element *element)
{
    activation_give(activation, element,
                    activation->told ? traced_value(activation, element) : element_value(activation, element));
}

/* Backwards to mark what is needed, forwards to work it out. */
void activation_work(Activation *activation, const Elements *wanted)
{
    const Elements *elements = &activation->model->elements;
    for (size_t i = 0; i < wanted->count; i++)
        need(activation, wanted->at[i]);
    for (size_t i = elements->count; i-- > 0;) {
        const Element *element = elements->at[i];
        for (size_t j = 0; activation->states[i] == ELEMENT_NEEDED && j < element->requirements.count; j++)
            need(activation, element->requirements.at[j].element);
    }
    for (size_t i = 0; i < elements->count && !activation->run->exhausted; i++)
        if (activation->states[i] == ELEMENT_NEEDED)
            work_out(activation, elements->at[i]);
}

/* ---- from outside ---- */

/* The text of the model in which an expression stands; NULL where it is of none. */
static const XmlElement *element_of_text(const XmlElement *element, Str text)
{
    const XmlElement *found = text_lies_in(text, element->text) ? element : NULL;
    for (size_t i = 0; i < element->children.count && !found; i++)
        found = element_of_text(element->children.at[i], text);
    return found;
}

void model_stopped(Evaluation *run, const Model *model)
{
    const XmlElement *element = NULL;
    for (size_t i = 0; run->exhausted && !run->stopped_place.line && !element && i < model->documents.count; i++) {
        const Document *document = model->documents.at[i];
        element = element_of_text(document->root, run->stopped_at);
        if (element)
            run->stopped_place = place_within(run->arena, element->text, model_place(document, element),
                                              (size_t)(run->stopped_at.data - element->text.data));
    }
}

static Value finished(const Evaluation *run, const Model *model, const Scope *inputs, Value value)
{
    limit_note(run, inputs, STR_NONE, (Place){ .file = model->main->file });
    return evaluation_end(run, value);
}

bool model_decide(Arena *arena, const Model *model, Str decision, const Scope *inputs, Value *result)
{
    const Decision asked = { .model = model, .element = map_get(&model->decisions, decision) };
    const Node node = { .kind = NODE_DECISION, .decision = &asked };
    Evaluation run = evaluation_begin(arena, inputs);
    if (!asked.element)
        return false;
    Value value = evaluate(&run, &node, NULL);
    *result = finished(&run, model, inputs, value);
    return true;
}

bool model_serve(Arena *arena, const Model *model, Str service, const Scope *inputs, Value *result)
{
    const Element *element = map_get(&model->services, service);
    if (!element)
        return false;
    Evaluation run = evaluation_begin(arena, inputs);
    run.scope = &MODEL_SCOPE;
    Activation activation = activation_begin(&run, model);
    for (size_t i = 0; i < element->parameters.count; i++) {
        const Element *parameter = element->parameters.at[i];
        const Value *given = scope_get(inputs, parameter->name);
        Value value = given ? *given : not_given(arena, inputs, parameter->name);
        activation_give(&activation, parameter, type_fit(&run, parameter->type, true, &value) ? value : value_null());
    }
    Value value = service_result(&activation, element);
    model_stopped(&run, model);
    *result = finished(&run, model, inputs, value);
    return true;
}
