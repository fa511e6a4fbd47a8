/* Types of values: what a text tells of them while it is parsed, whether a value is of one, and how one is made to be.
 * DMN 1.5, 10.3.2.9. */
#ifndef RULES_TYPES_H
#define RULES_TYPES_H

#include "rules/evaluate.h"

/* ---- while parsing; NULL is what is not known, and gives NULL ---- */
const Type *type_simple(ValueKind kind);
const Type *type_of_list(Arena *arena, const Type *item);
const Type *type_of_entries(Arena *arena, const Node *context);
const Type *type_of_items(const Type *type); /* of a list's or range's items; any other value is its own item */
const Type *type_of_result(const Type *function);
const Members *type_members(const Type *type); /* of a context, or of the contexts in a list */
const Type *type_of_member(Arena *arena, const Type *type, Str member);

/* ---- while evaluating ---- */
/* Whether a value is of the type, and passes the tests that the type allows: a boolean, or unknown. Null is of every
 * type. What is not known yet counts as being of the type where that is promised. */
Value type_holds(Evaluation *run, const Type *type, Value value, bool promised);
/* Makes a value one of the type: a list of one from its item and the other way round, a date and time from a date.
 * False, and null, where that cannot be. A value is unknown as a whole where it may still turn out not to fit. */
bool type_fit(Evaluation *run, const Type *type, bool promised, Value *value);
/* `instance of`: null is an instance of nothing but Null. */
Value type_is(Evaluation *run, const Type *type, Value value);

#endif
