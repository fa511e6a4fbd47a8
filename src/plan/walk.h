/* walk: one pass over the evidence graph with the facts that have been asked so far. Inside plan only. */
#ifndef PLAN_WALK_H
#define PLAN_WALK_H

#include "plan/plan.h"

/* What the rules said so far. Facts are only ever added from one pass to the next, so what is known stays, and what is unknown stays
 * until one more of the rule's names is asked. */
typedef struct Finding {
    const Rule *rule;                              /* NULL: a free place */
    Value value;
    size_t asked, names;                           /* when it was looked at last: facts asked, its names among them */
    bool wanted;                                   /* in this pass, what it waits for is noted */
} Finding;
typedef struct Findings {
    Finding *at;                                   /* by the rule's address; never more than half full */
    size_t room, count;
} Findings;

/* What one pass finds. The arrays are indexed as the pack's services are. */
typedef struct Walk {
    Arena *arena;
    const Pack *pack;
    const Event *event;
    const Scope *asked;                            /* only facts whose question came up */
    Findings *findings;                            /* of the rules over `asked`, kept from pass to pass */
    Certainty *needed;
    const Limit **limits;
    bool *skipped;                                 /* its own condition says it is not needed */
    SlotList slots;
    LIST(const EvidenceType *) impossible;
    const StopRule *stop;
    Strs wants;                                    /* for each undecided rule the fact to ask first, each once */
    Strs open;                                     /* every fact that an undecided rule waits for */
    bool quiet;                                    /* a stop is undecided: nothing else may ask yet */
} Walk;

void walk_graph(Walk *walk);
size_t walk_index(const Walk *walk, const Service *service);
/* Place of a fact in the event's order of questions; those the event does not list come last. */
size_t fact_rank(const Event *event, Str fact);

/* Order, dates, critical path and slack of the items; sums of the plan. */
void plan_order(Arena *arena, const Walk *walk, Plan *plan);

#endif
