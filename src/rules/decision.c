/* A decision of a model as a rule: one node that works out all it needs. Its inputs are names of the rule, found where
 * names of rules are found: defined before the rule (with.c), or in the scope. */
#include "rules/explain.h"
#include "rules/model.h"

/* What an input is called outside of the model. */
Str decision_input(Arena *arena, const Decision *decision, const Element *input)
{
    Str path = element_path(arena, input);
    const Str *called = decision->called ? map_get(decision->called, path) : NULL;
    return called ? *called : path;
}

Place model_input_place(Arena *arena, const Model *model, Str input)
{
    for (size_t i = 0; i < model->elements.count; i++) {
        const Element *element = model->elements.at[i];
        if (element->kind == ELEMENT_INPUT && str_equal(element_path(arena, element), input))
            return model_place(element->document, element->xml);
    }
    return (Place){ .file = model->main->file };
}

Elements decision_needs(Arena *arena, const Decision *decision)
{
    const Elements *elements = &decision->model->elements;
    bool *needed = arena_array(arena, bool, elements->count);
    Elements needs = { 0 };
    needed[decision->element->index] = true;
    for (size_t i = elements->count; i-- > 0;)
        for (size_t j = 0; needed[i] && j < elements->at[i]->requirements.count; j++)
            needed[elements->at[i]->requirements.at[j].element->index] = true;
    for (size_t i = 0; i < elements->count; i++)
        if (needed[i])
            list_push(arena, &needs, elements->at[i]);
    return needs;
}

const Rule *rule_of_decision(Arena *arena, const Model *model, Str name, const Map *called)
{
    Element *element = map_get(&model->decisions, name);
    if (!element)
        return NULL;
    Decision *decision = arena_new(arena, Decision);
    *decision = (Decision){ model, element, called };
    Node *node = arena_new(arena, Node);
    *node = (Node){ .kind = NODE_DECISION, .type = element->type, .decision = decision };
    Rule *rule = arena_new(arena, Rule);
    *rule = (Rule){ .text = element->name, .place = model_place(element->document, element->xml), .root = node };
    Elements needs = decision_needs(arena, decision);
    for (size_t i = 0; i < needs.count; i++)
        if (needs.at[i]->kind == ELEMENT_INPUT)
            strs_add_once(arena, &rule->names, decision_input(arena, decision, needs.at[i]));
    return rule;
}

Value evaluate_decision(Evaluation *run, const Node *node, const Frame *frame)
{
    Element *element = node->decision->element;
    Activation activation = activation_begin(run, node->decision->model);
    const Scope *around = run->scope;
    Explanation aside = { 0 }, *outer = run->trace ? trace_aside(run, &aside) : NULL;
    const Map told =
        run->trace ? run->trace->told : (Map){ 0 }; /* names of the rule mean something else in the model */
    activation.asked = node->decision;
    activation.frame = frame;
    activation.inputs = around;
    run->scope = &MODEL_SCOPE;
    if (run->trace)
        run->trace->told = (Map){ 0 };
    activation_work(&activation, &(Elements){ .at = &element, .count = 1 });
    run->scope = around;
    model_stopped(run, node->decision->model);
    if (run->trace) {
        trace_back(run, outer);
        run->trace->told = told;
    }
    /* Past a bound perhaps nothing was worked out. */
    if (run->trace && activation.told[element->index])
        list_push(run->arena, &outer->parts, activation.told[element->index]);
    return activation.values[element->index];
}
