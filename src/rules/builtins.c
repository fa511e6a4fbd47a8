/* How a row of the table of built-ins is found and called. */
#include "rules/builtins_all.h"
#include "rules/lexer.h"

size_t builtin_count(void)
{
    return BUILTIN_COUNT;
}

const Builtin *builtin_row(size_t index)
{
    must(index < BUILTIN_COUNT);
    return &BUILTINS[index];
}

/* As str_compare, but a row's name ends with a NUL; most differ in their first letters, and need no look at the rest.
 */
static int compare(const char *row_name, Str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (row_name[i] != name.data[i])
            return (unsigned char)row_name[i] < (unsigned char)name.data[i] ? -1 : 1;
    return row_name[name.len] != '\0';
}

/* The first row whose name is not before this one. */
static size_t lower_bound(Str name)
{
    size_t from = 0, to = BUILTIN_COUNT;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare(BUILTINS[middle].name, name) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

const Builtin *builtin_named(Str name)
{
    size_t at = lower_bound(name);
    return at < BUILTIN_COUNT && compare(BUILTINS[at].name, name) == 0 ? &BUILTINS[at] : NULL;
}

const Builtin *builtin_at(Str text, size_t at, size_t *end)
{
    const Builtin *longest = NULL;
    size_t word = at;
    while (word < text.len && ((text.data[word] >= 'a' && text.data[word] <= 'z') || text.data[word] == '_'))
        word++;
    Str first = str_slice(text, at, word);
    *end = at;
    for (size_t i = first.len ? lower_bound(first) : BUILTIN_COUNT; i < BUILTIN_COUNT; i++) {
        Str name = str_from(BUILTINS[i].name);
        if (!str_starts(name, first))
            break;
        size_t to = name_match(text, at, name);
        if (to > *end) {
            *end = to;
            longest = &BUILTINS[i];
        }
    }
    return longest;
}

const Builtin *builtin_next(const Builtin *row)
{
    const Builtin *next = row + 1;
    if (next == BUILTINS + BUILTIN_COUNT || strcmp(next->name, row->name) != 0)
        return NULL;
    return next;
}

size_t builtin_arity(const Builtin *row)
{
    size_t arity = 0;
    while (arity < PARAMETERS_MAX && row->parameters[arity].name)
        arity++;
    return arity;
}

/* ---- which form ---- */

static bool takes_count(const Builtin *row, size_t count)
{
    switch (row->gather) {
    case GATHER_NONE:
        return count == builtin_arity(row);
    case GATHER_ALL:
        return count >= 1;
    case GATHER_LAST:
        return count >= builtin_arity(row);
    }
    return false;
}

const Builtin *builtin_of_count(const Builtin *first, size_t count)
{
    const Builtin *row = first;
    while (row && !takes_count(row, count))
        row = builtin_next(row);
    return row;
}

static bool takes_names(const Builtin *row, const Str *names, size_t count, size_t *order)
{
    uint32_t given = 0;
    size_t arity = builtin_arity(row);
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < arity && !str_equal(str_from(row->parameters[at].name), names[i]))
            at++;
        if (at == arity || (given & (1u << at)))
            return false;
        given |= 1u << at;
        order[i] = at;
    }
    return true;
}

static bool is_in_order(const size_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (order[i] != i)
            return false;
    return true;
}

const Builtin *builtin_of_names(const Builtin *first, const Str *names, size_t count, size_t order[PARAMETERS_MAX])
{
    const Builtin *best = NULL;
    size_t candidate[PARAMETERS_MAX] = { 0 };
    int best_rank = 0;
    for (const Builtin *row = count <= PARAMETERS_MAX ? first : NULL; row; row = builtin_next(row)) {
        if (!takes_names(row, names, count, candidate))
            continue;
        int rank = builtin_arity(row) != count ? 1 : is_in_order(candidate, count) ? 3 : 2;
        if (rank <= best_rank)
            continue;
        best = row;
        best_rank = rank;
        memcpy(order, candidate, sizeof candidate);
    }
    return best;
}

/* ---- calls ---- */

static void gather(Evaluation *run, const Builtin *row, const Value *given, size_t count, Value *arguments)
{
    size_t arity = builtin_arity(row);
    bool all = row->gather == GATHER_ALL && count != 1;
    size_t kept = all ? 0 : row->gather == GATHER_LAST ? arity - 1 : arity;
    for (size_t i = 0; i < kept; i++)
        arguments[i] = given[i];
    if (kept < arity)
        arguments[kept] = value_list(run->arena, given + kept, count - kept);
}

typedef enum Fit { FIT_NO, FIT_PERHAPS, FIT_YES } Fit;

/* A list of one item is that item where no list is wanted, and the other way round. */
static Fit fit(Arena *arena, uint32_t kinds, Value *argument)
{
    if (kinds == KINDS_ANY)
        return FIT_YES;
    if (value_is_unknown(*argument))
        return FIT_PERHAPS;
    if (kinds & KIND(argument->kind))
        return FIT_YES;
    if (value_count(*argument) == 1) {
        Value item = value_item(*argument, 0);
        *argument = item;
        return value_is_unknown(item) ? FIT_PERHAPS : kinds & KIND(item.kind) ? FIT_YES : FIT_NO;
    }
    if (kinds != KIND(VALUE_LIST) || argument->kind == VALUE_NULL)
        return FIT_NO;
    *argument = value_list(arena, argument, 1);
    return FIT_YES;
}

static Fit fit_all(Evaluation *run, const Builtin *row, Value *arguments)
{
    Fit all = FIT_YES;
    for (size_t i = 0; i < PARAMETERS_MAX && row->parameters[i].name && all != FIT_NO; i++) {
        Fit one = fit(run->arena, row->parameters[i].kinds, &arguments[i]);
        all = one < all ? one : all;
    }
    return all;
}

static Value call_row(Evaluation *run, const Builtin *row, const Value *arguments)
{
    const Strs *waiting = NULL;
    size_t count = row->needs == NEEDS_FIRST ? 1 : builtin_arity(row);
    for (size_t i = 0; i < count; i++) {
        if (row->needs == NEEDS_KINDS && row->parameters[i].kinds == KINDS_ANY)
            continue;
        waiting = waiting_add(run->arena, waiting, arguments[i]);
        if (row->needs == NEEDS_ITEMS && evaluation_spend(run, value_weight(arguments[i])))
            waiting = waiting_inside(run->arena, waiting, arguments[i]);
    }
    return waiting ? value_waiting(waiting) : row->function(run, arguments);
}

/* Which of several forms is meant is not known: that hangs on the arguments that are not known themselves. */
static Value which_form(Evaluation *run, const Builtin *row, const Value *arguments)
{
    const Strs *waiting = NULL;
    for (size_t i = 0; i < builtin_arity(row); i++)
        if (row->parameters[i].kinds != KINDS_ANY)
            waiting = waiting_add(run->arena, waiting, arguments[i]);
    return value_waiting(waiting);
}

Value builtin_call(Evaluation *run, const Builtin *row, const Value *given, size_t count, bool named)
{
    while (row) {
        Value arguments[PARAMETERS_MAX]; /* as many as the row has parameters */
        if (named)
            memcpy(arguments, given, count * sizeof *given);
        else
            gather(run, row, given, count, arguments);
        for (size_t i = 0; i < builtin_arity(row); i++)
            if (value_limit(arguments[i]))
                return arguments[i]; /* all of them together are too large a list */
        Fit fits = fit_all(run, row, arguments);
        if (fits == FIT_YES)
            return call_row(run, row, arguments);
        const Builtin *other = named ? NULL : builtin_next(row);
        other = other ? builtin_of_count(other, count) : NULL;
        if (fits == FIT_PERHAPS && !other)
            return call_row(run, row, arguments);
        if (fits == FIT_PERHAPS)
            return which_form(run, row, arguments);
        row = other;
    }
    return value_null();
}
