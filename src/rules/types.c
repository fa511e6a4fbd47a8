/* Types of values. Conformance looks inside lists and contexts, coercion only at the whole. */
#include "rules/types.h"

/* ---- while parsing ---- */

const Type *type_simple(ValueKind kind)
{
    static const Type SIMPLE[] = {
#define X(kind, word) [kind] = { .kinds = KIND(kind), .any_members = true },
        VALUE_KINDS(X)
#undef X
    };
    return &SIMPLE[kind];
}

const Type *type_of_list(Arena *arena, const Type *item)
{
    Type *type = arena_new(arena, Type);
    *type = (Type){ .kinds = KIND(VALUE_LIST), .item = item };
    return type;
}

const Type *type_of_entries(Arena *arena, const Node *context)
{
    Type *type = arena_new(arena, Type);
    type->kinds = KIND(VALUE_CONTEXT);
    for (size_t i = 0; i < context->entries.count; i++) {
        const KeyNode *entry = &context->entries.at[i];
        list_push(arena, &type->members, (Member){ entry->key, entry->node->type });
    }
    return type;
}

static bool is_list(const Type *type)
{
    return type && type->kinds == KIND(VALUE_LIST);
}

const Type *type_of_items(const Type *type)
{
    return is_list(type) || (type && type->kinds == KIND(VALUE_RANGE)) ? type->item : type;
}

const Type *type_of_result(const Type *function)
{
    return function && function->kinds == KIND(VALUE_FUNCTION) ? function->item : NULL;
}

const Members *type_members(const Type *type)
{
    while (is_list(type))
        type = type->item;
    return type && type->kinds == KIND(VALUE_CONTEXT) && !type->any_members ? &type->members : NULL;
}

const Type *type_of_member(Arena *arena, const Type *type, Str member)
{
    const Members *members = type_members(type);
    for (size_t i = 0; members && i < members->count; i++)
        if (str_equal(members->at[i].name, member))
            return is_list(type) ? type_of_list(arena, members->at[i].type) : members->at[i].type;
    return NULL;
}

/* ---- whether ---- */

static void hold_items(Evaluation *run, const Type *type, Value list, bool promised, Junction *all)
{
    for (size_t i = 0; type && i < value_count(list) && !all->decided; i++)
        junction_add(run->arena, all, type_holds(run, type, value_item(list, i), promised));
}

static void hold_members(Evaluation *run, const Type *type, Value context, bool promised, Junction *all)
{
    for (size_t i = 0; i < type->members.count && !all->decided; i++) {
        const Member *member = &type->members.at[i];
        junction_add(run->arena, all,
                     value_has(context, member->name)
                         ? type_holds(run, member->type, value_get(context, member->name), promised)
                         : value_boolean(false));
    }
}

static void hold_ends(Evaluation *run, const Type *type, const Range *range, Junction *all)
{
    junction_add(run->arena, all, type_holds(run, type, range->start, false));
    junction_add(run->arena, all, type_holds(run, type, range->end, false));
}

static bool function_fits(const Type *type, const struct Closure *closure)
{
    return type->any_members || !closure->node || closure->node->function.formals.count == type->members.count;
}

/* Most values are of the right kind, and have no parts to look at. */
static bool holds_at_a_look(const Type *type, Value value)
{
    const uint32_t plain = KIND(VALUE_BOOLEAN) | KIND(VALUE_NUMBER) | KIND(VALUE_STRING) | KIND(VALUE_DATE);
    return (type->kinds & plain & KIND(value.kind)) && !type->allowed;
}

Value type_holds(Evaluation *run, const Type *type, Value value, bool promised)
{
    Junction all = { .decisive = false };
    if (!type || value.kind == VALUE_NULL || !evaluation_spend(run, 1))
        return value_boolean(true);
    if (value_is_unknown(value))
        return promised || (type->kinds == KINDS_ANY && !type->allowed) ? value_boolean(true) : value;
    if (!(type->kinds & KIND(value.kind)))
        return value_boolean(false);
    if (value.kind == VALUE_LIST)
        hold_items(run, type->item, value, promised, &all);
    if (value.kind == VALUE_CONTEXT && !type->any_members)
        hold_members(run, type, value, promised, &all);
    if (value.kind == VALUE_RANGE && type->item)
        hold_ends(run, type->item, value.box->range, &all);
    if (value.kind == VALUE_FUNCTION)
        junction_add(run->arena, &all, value_boolean(function_fits(type, value.box->closure)));
    if (type->allowed && !all.decided) {
        Value allowed = tests_hold(run, type->allowed, value, NULL);
        if (!promised || !value_is_unknown(allowed))
            junction_add(run->arena, &all, allowed);
    }
    return value_is_true(junction_value(&all)) || value_is_unknown(junction_value(&all)) ? junction_value(&all)
                                                                                         : value_boolean(false);
}

Value type_is(Evaluation *run, const Type *type, Value value)
{
    if (value_is_unknown(value))
        return value;
    return value.kind == VALUE_NULL ? value_boolean(type->kinds == KIND(VALUE_NULL))
                                    : type_holds(run, type, value, false);
}

/* ---- making it fit ---- */

static bool midnight(Evaluation *run, Value *value)
{
    const Moment moment = { .day = value->date.day, .has_offset = true };
    *value = value_of_moment(run->arena, VALUE_DATE_TIME, moment);
    return true;
}

static bool convert(Evaluation *run, const Type *type, Value *value)
{
    bool wants_list = (type->kinds & KIND(VALUE_LIST)) != 0;
    if (wants_list && value->kind != VALUE_LIST)
        *value = value_list(run->arena, value, 1);
    else if (!wants_list && value_count(*value) == 1)
        *value = value_item(*value, 0);
    else if (value->kind == VALUE_DATE && type->kinds == KIND(VALUE_DATE_TIME))
        return midnight(run, value);
    else
        return false;
    return true;
}

/* True where it is settled: it fits, or it is not known whether it does, and then it is not known at all. */
static bool settle(Evaluation *run, const Type *type, bool promised, Value *value)
{
    Value holds = type_holds(run, type, *value, promised);
    if (value_is_unknown(holds))
        *value = value_waiting(waiting_inside(run->arena, holds.waiting, *value));
    return !value_is_false(holds);
}

bool type_fit(Evaluation *run, const Type *type, bool promised, Value *value)
{
    if (!type || holds_at_a_look(type, *value) || settle(run, type, promised, value))
        return true;
    if (convert(run, type, value) && settle(run, type, promised, value))
        return true;
    *value = value_null();
    return false;
}
