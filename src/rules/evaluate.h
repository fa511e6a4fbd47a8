/* One evaluation: what it may spend, what surrounds an expression, and its parts for the files that evaluate.
 *
 * The promise: what is called known, no later answer can change. So an unknown is looked at in one of two ways only:
 * either the result is unknown too, waiting for the same facts, or it is the same whatever the unknown turns out to be,
 * null and any other kind included. Facts can be null. */
#ifndef RULES_EVALUATE_H
#define RULES_EVALUATE_H

#include "rules/pattern.h"
#include "rules/tree.h"

enum {
    EVALUATION_LEVELS_MANY = 4,                    /* of depth, for what needs more of the stack */
    BYTES_A_STEP = 16,                             /* of text that is made or searched */
    ZONE_STEPS = 50                                /* to find the offset of a zone by its name */
};

typedef struct Evaluation {
    Arena *arena;
    const Scope *scope;
    size_t steps;
    int depth;
    LimitKind exhausted; /* the limit that is passed, or LIMIT_NONE: everything is null now, and at the end see met */
    Str stopped_at;                                /* the expression in which that was */
    bool stopped_in_loop;                          /* and it is one that repeats something */
    Place stopped_place;                           /* where that stands, if it is in a model */
    const Strs *met;                               /* all facts that came up unknown so far */
    Pattern *pattern;                              /* the last one that was made ready, or NULL */
    Instant now;                                   /* of the outermost scope; 0 where it is not known */
    int offset_minutes;
    struct Trace *trace;                           /* of explain.h; NULL where nobody wants to know why */
} Evaluation;

/* What a name can mean at a place, innermost first. Frames live on the stack of the expression that binds them; a
 * function that outlives it keeps a copy. */
typedef struct Frame {
    const struct Frame *outer;
    Str name;
    Value value;
    bool is_item;                                  /* of a filter: the members are names, and `item` is the whole */
} Frame;

/* A function as a value: one written in a rule with what surrounds it, or a built-in. */
struct Closure {
    const Builtin *builtin;                        /* or NULL */
    const Node *node;                              /* NODE_FUNCTION */
    const Frame *frame;
    const Scope *scope;
    Str self;                                      /* its key in the context that defines it; may be empty */
};

Evaluation evaluation_begin(Arena *arena, const Scope *scope);
Value evaluation_end(const Evaluation *run, Value value); /* what comes of it in the end */
/* For who asked in the scope. `text` is what was evaluated, and begins at `from`. */
void limit_note(const Evaluation *run, const Scope *scope, Str text, Place from);
bool text_lies_in(Str part, Str whole);            /* whether it is a slice of it */
Value evaluate_counted(Evaluation *run, const Node *node, const Frame *frame); /* for evaluate alone */
static inline Value evaluate(Evaluation *run, const Node *node, const Frame *frame)
{
    return node->constant && !run->trace ? *node->constant : evaluate_counted(run, node, frame);
}
Value evaluate_node(Evaluation *run, const Node *node, const Frame *frame); /* for trace_node alone: nothing is counted */
/* Counts what is done; false when it is too much, and then null is the answer to everything. */
bool evaluation_overspend(Evaluation *run);         /* for evaluation_spend alone: false, and the limit is set */
static inline bool evaluation_spend(Evaluation *run, size_t steps)
{
    if (steps > EVALUATION_STEPS_MAX - run->steps || arena_is_full(run->arena))
        return evaluation_overspend(run);
    run->steps += steps;
    return !run->exhausted;
}
bool evaluation_spend_text(Evaluation *run, size_t bytes);
bool evaluation_spend_values(Evaluation *run, Value a, Value b); /* to look through the smaller of the two */

Value evaluate_name(Evaluation *run, const Node *node, const Frame *frame);
Value evaluate_filter(Evaluation *run, const Node *node, const Frame *frame);
Value evaluate_path(Evaluation *run, const Node *node, const Frame *frame);
Value evaluate_loop(Evaluation *run, const Node *node, const Frame *frame);
Value evaluate_in(Evaluation *run, const Node *node, const Frame *frame);
Value evaluate_arithmetic(Evaluation *run, const Node *node, const Frame *frame);
Value evaluate_negative(Evaluation *run, const Node *node, const Frame *frame);
Value evaluate_builtin(Evaluation *run, const Node *node, const Frame *frame);
Value evaluate_call(Evaluation *run, const Node *node, const Frame *frame);
Value evaluate_table(Evaluation *run, const Node *node, const Frame *frame);   /* table.c */
Value evaluate_service(Evaluation *run, const Node *node, const Frame *frame); /* service.c */
Value evaluate_with(Evaluation *run, const Node *node, const Frame *frame);    /* with.c */
Value evaluate_decision(Evaluation *run, const Node *node, const Frame *frame); /* decision.c */
/* A function as a value, called from within another one, with arguments in order. Null where it takes not so many. */
Value function_call(Evaluation *run, Value function, const Value *arguments, size_t count);
bool function_takes(Value function, size_t count);
Value evaluate_function(Evaluation *run, const Node *node, const Frame *frame, Str self);

/* Whether a boxed expression takes it for a condition: a boolean, null or unknown. */
bool value_is_condition(Value value);

/* Whether a value passes the tests of a cell: true, false or unknown. */
Value tests_hold(Evaluation *run, const Tests *tests, Value value, const Frame *frame);

#endif
