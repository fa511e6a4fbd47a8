/* Decision tables: compiled once, then matched and decided with what is known. DMN 1.5, chapter 8.
 *
 * An input that is not known leaves rules that may match. The result is known where it is the same whichever of them
 * do, by the hit policy; else it waits for what those rules wait for. */
#ifndef RULES_TABLE_H
#define RULES_TABLE_H

#include "rules/evaluate.h"

/* as in the attribute hitPolicy */
#define HIT_POLICIES(X)                 \
    X(HIT_UNIQUE, "UNIQUE")             \
    X(HIT_ANY, "ANY")                   \
    X(HIT_PRIORITY, "PRIORITY")         \
    X(HIT_FIRST, "FIRST")               \
    X(HIT_RULE_ORDER, "RULE ORDER")     \
    X(HIT_OUTPUT_ORDER, "OUTPUT ORDER") \
    X(HIT_COLLECT, "COLLECT")
typedef enum HitPolicy {
#define X(name, word) name,
    HIT_POLICIES(X)
#undef X
} HitPolicy;

/* as in the attribute aggregation, and the built-in function that it is */
#define AGGREGATIONS(X)                    \
    X(AGGREGATION_NONE, "", "")            \
    X(AGGREGATION_SUM, "SUM", "sum")       \
    X(AGGREGATION_COUNT, "COUNT", "count") \
    X(AGGREGATION_MIN, "MIN", "min")       \
    X(AGGREGATION_MAX, "MAX", "max")
typedef enum Aggregation {
#define X(name, word, function) name,
    AGGREGATIONS(X)
#undef X
} Aggregation;

typedef struct TableInput {
    const Node *expression;
    const Tests *allowed; /* NULL: anything */
} TableInput;

typedef struct TableOutput {
    Str name;              /* needed where there are several */
    const Tests *values;   /* highest priority first; NULL: no order */
    const Node *otherwise; /* where no rule matches; may be NULL */
} TableOutput;

typedef struct TableRule {
    Str id;
    int line;                   /* in the model */
    const Tests *cells;         /* one for each input */
    const Node *const *outputs; /* one for each output */
    Strs annotations;           /* for explanations */
} TableRule;

typedef struct TableIndex TableIndex;              /* of table_index.c */

typedef struct Table {
    HitPolicy policy;
    Aggregation aggregation;
    LIST(TableInput) inputs;
    LIST(TableOutput) outputs;
    LIST(TableRule) rules;
    const TableIndex *index;                       /* NULL for a small one */
} Table;

const TableIndex *table_index_make(Arena *arena, const Table *table);
/* A bit for each rule that may match, and for each input whether its cells are done with. */
const uint64_t *table_index_match(Arena *arena, const Table *table, const Value *inputs, bool *done);

/* A rule that matches, or may match. */
typedef struct Hit {
    const TableRule *rule;
    const Strs *waiting; /* NULL: it surely matches */
    Value output;        /* worked out for its policy only */
    const size_t *ranks; /* of each output, 0 is best; for policies with an order */
} Hit;
typedef LIST(Hit) Hits;

/* What the hit policy makes of the rules that match or may match, in their order. */
Value hits_decide(Evaluation *run, const Table *table, Hits *hits, const Frame *frame);

#endif
