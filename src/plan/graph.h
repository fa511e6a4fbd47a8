/* graph: what an event reaches with the facts that have been asked so far, as numbered parts. Inside plan only.
 *
 *     part 0, the wish ── demand ─┬─ way ─▶ part: a service ── demand ── way …
 *                                 └─ way ─▶ part: a document to bring
 *
 * A *demand* is one place for evidence: of the wish (a goal), or of a service, for one member of a list where it is asked for
 * each. A *way* meets a demand: the evidence is held or declared, or a *part* must be taken for it: a service that gives it,
 * a document that is brought, or an assumption, that an undecided condition will come out well. A taken service makes its own
 * demands. So a plan is a set of parts that meets all demands in an order without circles, and the best plan is the least
 * burdensome set: choose.c.
 *
 * While facts are unknown everything is taken at its best: an undecided demand does not arise, an undecided way is open, at the
 * price of an assumption, which counts after all else. What is best even so needs no question; every assumption that
 * it does rest on does. */
#ifndef PLAN_GRAPH_H
#define PLAN_GRAPH_H

#include "plan/plan.h"

/* ---- what conditions say ---------------------------------------------------------------------------------------
 * Facts are only ever added from one pass to the next, so what is known stays, and what is unknown stays until one more of
 * the rule's names is asked. */
typedef struct Finding {
    const Subject *subject;                        /* NULL: a free place */
    Value value;
    Strs questions;                                /* the facts that still matter, once they were asked for */
    size_t asked;                                  /* how many facts were asked when it was looked at last */
    bool questioned;
} Finding;
typedef struct Findings {
    Finding *at;                                   /* by the subject's address; never more than half full */
    size_t room, count;
} Findings;

/* ---- the numbers by which parts are known ------------------------------------------------------------------------ */
typedef struct NumberEntry {
    const void *key;                               /* NULL: a free place */
    uint32_t number;
} NumberEntry;
typedef struct Numbers {
    NumberEntry *at;                               /* never more than half full */
    size_t room, count;
} Numbers;

/* ---- when things are done ---------------------------------------------------------------------------------------
 * Days are counted from the start of the plan; the calendar is asked once for each length and start. */
enum { NEVER = INT32_MAX };
typedef struct Length {
    Period period;                                 /* amount 0: no limit is known, unless on the spot */
    bool on_the_spot;
    LIST(int32_t) due;                             /* by start: 0: not asked yet; else the day + 1, negative where provisional */
} Length;
typedef LIST(Length) Lengths;

/* ---- burden -----------------------------------------------------------------------------------------------------
 * Compared in this order; the finish date stands between the first and the fee, and is no sum. */
typedef struct Burden {
    int64_t papers;                                /* visits and documents, as burden_papers makes them */
    int64_t fee;
    int64_t rest;                                  /* assumptions, then services: so that ties have an order */
} Burden;
enum { DOCUMENT_BITS = 32, PAPER_BITS = 10 };      /* a document is 1 << PAPER_BITS: so it can be shared out among many demands */
#define BURDEN_MOST ((Burden){ INT64_MAX, INT64_MAX, INT64_MAX })
int64_t burden_papers(int64_t visits, int64_t documents);
int burden_compare(Burden a, Burden b);
Burden burden_sum(Burden a, Burden b);

/* ---- the graph ------------------------------------------------------------------------------------------------- */
enum { NO_PART = UINT32_MAX };
typedef struct Way {
    const EvidenceType *type;
    Source source;
    uint32_t part;                                 /* NO_PART: it takes nothing */
    const Condition *open;                         /* undecided, and assumed for the best; NULL: nothing is */
} Way;
typedef struct Demand {
    const Need *need;                              /* NULL: a goal */
    const Goal *goal;                              /* of a goal */
    Value member;                                  /* of a list; null without */
    const Condition *when;                         /* by which it arises, where that is undecided; else NULL */
    const Scope *inside;                           /* the member's facts, where `when` is asked of one */
    uint32_t user;
    uint32_t first, count;                         /* its ways */
    uint32_t chosen;                               /* a way that takes nothing, or the one that choosing ends with; or NO_WAY */
    bool impossible;
    bool watched;                                  /* its date can matter: choose.c */
} Demand;
enum { NO_WAY = UINT32_MAX };
typedef struct Part {
    const Service *service;                        /* NULL: the wish, a document, an assumption, a joint visit */
    const Limit *limit;                            /* NULL: not known */
    uint32_t length;                               /* into the lengths */
    uint32_t first, count;                         /* its demands */
    Burden burden;                                 /* its own */
} Part;
typedef struct LeftOut {
    const Service *service;                        /* its own condition says that it is not needed */
    uint32_t user;                                 /* who would have used it */
} LeftOut;

typedef struct Graph {
    Arena *arena;
    const Pack *pack;
    const Event *event;
    const Scope *asked;                            /* only facts whose question came up */
    Findings *findings;                            /* over `asked`, kept from pass to pass */
    Lengths *lengths;                              /* kept likewise */
    Date starts;
    bool undecided;                                /* an answer could change the graph */
    const StopRule *stop;                          /* holds: nothing else is looked at */
    LIST(const Condition *) stops;                 /* undecided reasons to stop */
    LIST(Part) parts;                              /* the wish first */
    LIST(Demand) demands;                          /* those of a part in a row */
    LIST(Way) ways;                                /* those of a demand in a row */
    LIST(LeftOut) left_out;
    Numbers numbers;                               /* of services, and of evidence types: their parts */
    Map documents;                                 /* of members: type:member to part number + 1 */
    LIST(uint32_t) joint;                          /* parts: the first, second, … visit together */
} Graph;

/* What a condition says of the facts asked so far; POSSIBLE: undecided. */
Certainty graph_decides(Graph *graph, const Condition *condition);
Value graph_value(Graph *graph, const Condition *rule); /* of a rule that is no condition: a fee */
/* The facts that an undecided condition waits for and that matter to it. */
const Strs *graph_questions(Graph *graph, const Condition *condition);

/* Builds it anew in the same memory, for the facts that are asked now. */
void graph_build(Graph *graph);
/* The number of a thing that is seen for the first time is 0 and to be filled in; things are told apart by their address. */
uint32_t *graph_number(Arena *arena, Numbers *numbers, const void *key);
/* The day on which something of that length is done that starts on a day. */
int32_t graph_due(Graph *graph, uint32_t length, int32_t start, bool *provisional);

/* What choosing found. */
typedef struct Chosen {
    bool *taken;                                   /* by part */
    int32_t *due;                                  /* by part: the day, of a taken service */
    Burden burden;
    int32_t finish;
    bool exact;                                    /* else the bound on work was met, and no plan is better than: */
    Burden least;
    int32_t least_finish;
} Chosen;
/* Sets the chosen way of each demand of what is taken, and finds which demands are impossible. */
Chosen graph_choose(Graph *graph);

/* The plan from the graph and the choice: order, dates, critical path and slack of the items; sums of the plan. */
void plan_order(Graph *graph, const Certainty *needed, Plan *plan);
void plan_slots(Graph *graph, const Certainty *needed, Plan *plan);

#endif
