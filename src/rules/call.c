/* The evaluator: functions and their calls. */
#include "rules/types.h"

/* ---- functions as values ---- */

Value evaluate_function(Evaluation *run, const Node *node, const Frame *frame, Str self)
{
    struct Closure *closure = arena_new(run->arena, struct Closure);
    *closure = (struct Closure){ .node = node, .scope = run->scope, .self = self };
    const Frame **link = &closure->frame;
    for (; frame && evaluation_spend(run, 1); frame = frame->outer) {
        Frame *copy = arena_new(run->arena, Frame);
        *copy = *frame;
        *link = copy;
        link = &copy->outer;
    }
    *link = NULL;
    return value_of_closure(run->arena, closure);
}

static size_t formal_index(const Node *function, Str name)
{
    for (size_t i = 0; i < function->function.formals.count; i++)
        if (str_equal(function->function.formals.at[i].name, name))
            return i;
    return SIZE_MAX;
}

/* Which argument each parameter gets; false where they do not fit. */
static bool match_formals(const Node *function, const Node *call, const Value *given, Value *ordered)
{
    size_t count = function->function.formals.count;
    if (call->call.arguments.count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t index = call->call.named ? formal_index(function, call->call.arguments.at[i].key) : i;
        if (index == SIZE_MAX)
            return false;
        ordered[index] = given[i];
    }
    for (size_t i = 1; call->call.named && i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (str_equal(call->call.arguments.at[i].key, call->call.arguments.at[j].key))
                return false;
    return true;
}

/* A typed parameter refuses what does not fit it, and then the call is null. So an argument that is not known yet makes
 * the call unknown, whatever the function makes of it. */
static bool fit_types(Evaluation *run, const Node *function, Value *arguments, const Strs **waiting)
{
    for (size_t i = 0; i < function->function.formals.count; i++) {
        const Type *type = function->function.formals.at[i].type;
        if (!type_fit(run, type, false, &arguments[i]))
            return false;
        if (type && (type->kinds != KINDS_ANY || type->allowed))
            *waiting = waiting_add(run->arena, *waiting, arguments[i]);
    }
    return true;
}

static Value call_closure(Evaluation *run, Value callee, const struct Closure *closure, const Value *given)
{
    const Node *function = closure->node;
    const Strs *waiting = NULL;
    size_t count = function->function.formals.count;
    Value *arguments = arena_array(run->arena, Value, count);
    for (size_t i = 0; i < count; i++)
        arguments[i] = given[i];
    if (!function->function.body || !fit_types(run, function, arguments, &waiting))
        return value_null();
    Frame *frames = arena_array(run->arena, Frame, count + 1);
    const Frame *frame = closure->frame;
    if (closure->self.len) {
        frames[count] = (Frame){ .outer = frame, .name = closure->self, .value = callee };
        frame = &frames[count];
    }
    for (size_t i = 0; i < count; i++) {
        frames[i] = (Frame){ .outer = frame, .name = function->function.formals.at[i].name, .value = arguments[i] };
        frame = &frames[i];
    }
    const Scope *scope = run->scope;
    run->scope = closure->scope;
    Value result = evaluate(run, function->function.body, frame);
    run->scope = scope;
    return waiting ? value_waiting(waiting_inside(run->arena, waiting, result)) : result;
}

/* ---- calls ---- */

static Value call_named_builtin(Evaluation *run, const Builtin *first, const Node *call, const Value *given)
{
    size_t order[PARAMETERS_MAX];
    Value ordered[PARAMETERS_MAX] = { 0 };
    Strs names = { 0 };
    for (size_t i = 0; i < call->call.arguments.count; i++)
        list_push(run->arena, &names, call->call.arguments.at[i].key);
    const Builtin *row = builtin_of_names(first, names.at, names.count, order);
    if (!row)
        return value_null();
    for (size_t i = 0; i < names.count; i++)
        ordered[order[i]] = given[i];
    return builtin_call(run, row, ordered, builtin_arity(row), true);
}

bool function_takes(Value function, size_t count)
{
    const struct Closure *closure = function.box->closure;
    return closure->builtin ? builtin_of_count(closure->builtin, count) != NULL
                            : closure->node->function.formals.count == count;
}

Value function_call(Evaluation *run, Value function, const Value *arguments, size_t count)
{
    const struct Closure *closure = function.box->closure;
    if (!function_takes(function, count))
        return value_null();
    if (!closure->builtin)
        return call_closure(run, function, closure, arguments);
    return builtin_call(run, builtin_of_count(closure->builtin, count), arguments, count, false);
}

Value evaluate_call(Evaluation *run, const Node *node, const Frame *frame)
{
    size_t count = node->call.arguments.count;
    Value callee = evaluate(run, node->call.callee, frame);
    if (callee.kind != VALUE_FUNCTION)
        return value_is_unknown(callee) ? callee : value_null();
    Value *given = arena_array(run->arena, Value, count), *ordered = arena_array(run->arena, Value, count);
    for (size_t i = 0; i < count; i++)
        given[i] = evaluate(run, node->call.arguments.at[i].node, frame);
    const struct Closure *closure = callee.box->closure;
    if (!closure->builtin)
        return match_formals(closure->node, node, given, ordered) ? call_closure(run, callee, closure, ordered)
                                                                  : value_null();
    if (node->call.named)
        return call_named_builtin(run, closure->builtin, node, given);
    return function_call(run, callee, given, count);
}

Value evaluate_builtin(Evaluation *run, const Node *node, const Frame *frame)
{
    const Nodes *nodes = &node->builtin.arguments;
    Value few[PARAMETERS_MAX];
    Value *arguments = nodes->count <= PARAMETERS_MAX ? few : arena_array(run->arena, Value, nodes->count);
    for (size_t i = 0; i < nodes->count; i++)
        arguments[i] = evaluate(run, nodes->at[i], frame);
    return builtin_call(run, node->builtin.builtin, arguments, nodes->count, node->builtin.named);
}
