/* The functions that every rule may call, as one table: names, parameters, what they give, an example that the tests
 * run. A function of several forms has several rows, one below the other. */
#ifndef RULES_BUILTINS_H
#define RULES_BUILTINS_H

#include "rules/value.h"

struct Evaluation;

enum { PARAMETERS_MAX = 7 };

typedef struct Parameter {
    const char *name;                              /* NULL past the last */
    uint32_t kinds;                                /* which it takes; any other argument makes the result null */
} Parameter;

/* How arguments without names become parameters. */
typedef enum Gather {
    GATHER_NONE,                                   /* one each */
    GATHER_ALL,                                    /* count(1, 2, 3) is count([1, 2, 3]) */
    GATHER_LAST                                    /* append(list, 1, 2): the last parameter is the list of the rest */
} Gather;

/* What must be known before the function is called; where it is not, the result is unknown. */
typedef enum Needs {
    NEEDS_FIRST,                                   /* the first argument; the function decides what it can */
    NEEDS_KINDS,                                   /* the arguments, but for those that may be of any kind */
    NEEDS_ARGUMENTS,                               /* the arguments, but not what is inside them */
    NEEDS_ITEMS                                    /* everything inside them too */
} Needs;

typedef struct Builtin {
    const char *name;
    Parameter parameters[PARAMETERS_MAX];
    Gather gather;
    Needs needs;
    Value (*function)(struct Evaluation *run, const Value *arguments);
    const char *section;                           /* of DMN 1.5; NULL for what only we have */
    const char *gives;                             /* one phrase for the manual */
    const char *example;                           /* an expression that is true */
} Builtin;

/* The table is sorted by name, so that a name is found by halving, and the forms of a function lie together. */
size_t builtin_count(void);
const Builtin *builtin_row(size_t index);
const Builtin *builtin_named(Str name);            /* the first row of that name; NULL for none */
/* The longest name of a function that is written at that place, blanks in it as they come; NULL for none. */
const Builtin *builtin_at(Str text, size_t at, size_t *end);
const Builtin *builtin_next(const Builtin *row);   /* the next form of the same function; NULL for none */
size_t builtin_arity(const Builtin *row);
/* The form that takes so many arguments without names; NULL for none. */
const Builtin *builtin_of_count(const Builtin *first, size_t count);
/* The form that has exactly these parameter names, at best in this order, since before(point, range) is not
 * before(range, point); or else the first one that has them among others, which are null then; NULL for none.
 * order[i] is where the i-th one goes. */
const Builtin *builtin_of_names(const Builtin *first, const Str *names, size_t count, size_t order[PARAMETERS_MAX]);
void text_signature(Text *text, const Builtin *row); /* substring(string, start position) */

/* By arguments in the order of the parameters, not gathered yet; with names, one for each parameter of the row. Without
 * names the forms below that take as many are tried too, since some differ only in the kinds that they take. */
Value builtin_call(struct Evaluation *run, const Builtin *row, const Value *arguments, size_t count, bool named);

#endif
