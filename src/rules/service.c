/* Decision services as functions: their parameters take the place of input data and input decisions, and what lies
 * between these and the outputs is worked out anew for each call. DMN 1.5, 6.3 and 10.4. */
#include "rules/model.h"
#include "rules/types.h"

const Node *service_function(ModelReading *reading, Element *element)
{
    Compiler compiler = { .reading = reading, .document = element->document };
    Node *function = boxed_node(&compiler, NODE_FUNCTION), *body = boxed_node(&compiler, NODE_SERVICE);
    for (size_t i = 0; i < element->parameters.count; i++)
        list_push(reading->arena, &function->function.formals,
                  (Member){ element->parameters.at[i]->name, element->parameters.at[i]->type });
    struct Service *service = arena_new(reading->arena, struct Service);
    *service = (struct Service){ reading->model, element };
    body->service = service;
    function->function.body = body;
    return function;
}

Value service_result(Activation *activation, const Element *service)
{
    Evaluation *run = activation->run;
    Value result = value_null();
    activation_work(activation, &service->outputs);
    if (service->outputs.count == 1) {
        result = activation->values[service->outputs.at[0]->index];
    } else if (service->outputs.count > 1) {
        ContextEntry *entries = arena_array(run->arena, ContextEntry, service->outputs.count);
        for (size_t i = 0; i < service->outputs.count; i++)
            entries[i] =
                (ContextEntry){ service->outputs.at[i]->name, activation->values[service->outputs.at[i]->index] };
        result = value_context(run->arena, entries, service->outputs.count);
    }
    const Type *type = service->type;
    if (type && type->kinds == KIND(VALUE_FUNCTION))
        type = type_of_result(type);
    return type_fit(run, type, false, &result) ? result : value_null();
}

/* The parameters are the innermost frames, the last of them first. */
Value evaluate_service(Evaluation *run, const Node *node, const Frame *frame)
{
    const Element *element = node->service->element;
    Activation activation = activation_begin(run, node->service->model);
    for (size_t i = element->parameters.count; i-- > 0;) {
        const Element *parameter = element->parameters.at[i];
        must(frame);
        activation_give(&activation, parameter, frame->value); /* made to fit by the call */
        frame = frame->outer;
    }
    return service_result(&activation, element);
}
