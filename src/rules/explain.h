/* Gathering an explanation while something is evaluated: each expression that has a text of its own becomes a part of the
 * one that it was evaluated for. Only what decided stays: of `a and b` that is false, the part that is false. */
#ifndef RULES_EXPLAIN_H
#define RULES_EXPLAIN_H

#include "rules/tree.h"

struct Evaluation;
struct Frame;
struct TableRule;

typedef struct Trace {
    Explanation *open;                             /* what is being evaluated right now */
    size_t count;
    bool limited;                                  /* a limit was met, and its part tells so */
    Map told;                                      /* of Explanation, by name: why it has its value, for where it is used */
} Trace;

Value trace_node(struct Evaluation *run, const Node *node, const struct Frame *frame);
/* A part that is not an expression: a decision, a rule of a table. End it with what it gave. */
Explanation *trace_begin(struct Evaluation *run, Str text, Explanation **outer);
void trace_end(struct Evaluation *run, Explanation *part, Explanation *outer, Value value);
/* What is evaluated next becomes a part of `aside`, until trace_back to what this gave. */
Explanation *trace_aside(struct Evaluation *run, Explanation *aside);
void trace_back(struct Evaluation *run, Explanation *outer);
void trace_rule(struct Evaluation *run, const struct TableRule *rule, size_t number, Value output);

#endif
