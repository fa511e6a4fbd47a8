/* search: the least burdensome set of parts that meets demands, by a deadline. Inside plan only. */
#ifndef PLAN_SEARCH_H
#define PLAN_SEARCH_H

#include "plan/dates.h"

enum { SEARCH_STEPS_MAX = 40000, SEARCH_DEPTH_MAX = 2000, DATED_STEPS = 20 };

typedef struct Search {
    Graph *graph;
    Arena *arena;                                  /* for the search alone */
    Order order;
    Order moving;                                  /* the parts of it that can be late, whose dates therefore count */
    uint8_t *status;                               /* by part: Status */
    int32_t deadline;                              /* NEVER: none */
    size_t steps, depth;
    bool cut;                                      /* the bound on steps was met: what was found may not be the best */
    Burden passed;                                 /* no way is less burdensome than this */
    LIST(uint32_t) pool;                           /* lists of demands, as a stack */
    LIST(uint32_t) trail;                          /* parts in the order in which their status changed */
    LIST(uint32_t) found;                          /* what is taken in the best found so far, as a stack */
    Burden *heavy;                                 /* by part: what it costs at least, with all it leads to */
    LIST(uint32_t) reached;
    Burden *met;                                   /* by part: the least shares of the demands that it meets; zero in between */
    uint32_t *degree, *label;                      /* by part: scratch, zero in between */
    LIST(uint32_t) labelled;
    int32_t *early, *due;                          /* by part: scratch for dates */
} Search;

/* The least burden below `bound` of meeting the demands of what is taken; false: there is none. The parts to be taken for it
 * are then in `found`. `dated`: whether the deadline is met depends on what is watched among the demands. */
bool search_least(Search *search, Burden bound, bool dated, Burden *least);

void search_reduce(Search *search, Burden bound);

#endif
