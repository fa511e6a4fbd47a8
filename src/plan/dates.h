/* dates: when each part can be done, under what has been decided so far. Inside plan only. */
#ifndef PLAN_DATES_H
#define PLAN_DATES_H

#include "plan/graph.h"

typedef enum Status { OPEN, TAKEN, LEFT } Status;

/* The parts that services wait for, in an order in which, circles aside, each comes after what it can wait for. */
typedef struct Order {
    uint32_t *parts;                               /* services, and the wish last */
    size_t count;
    bool circular;
    uint32_t *circle;                              /* by part: the number of the circles that it stands on; 0: on none */
} Order;
Order dates_order(const Graph *graph);

/* Due dates of the parts of the order. Of each demand the earliest way counts: of all that are not left; or, `strict`, of those that are taken, where one
 * is. NEVER: it cannot be had, or only by waiting for itself. `chosen`, where it is given, takes the way for each
 * demand; what is chosen waits for itself nowhere. */
void dates_earliest(Graph *graph, const Order *order, const uint8_t *status, bool strict, int32_t *due, uint32_t *chosen);
/* The latest that parts can become due, whatever is chosen of what is not left; NEVER on a circle. */
void dates_worst(Graph *graph, const Order *order, const uint8_t *status, int32_t *due);
/* By when each part must be done, so that whoever may use it is done by the deadline; -1: that cannot be told, or not be done. */
void dates_latest(Graph *graph, const Order *order, const uint8_t *status, int32_t deadline, const int32_t *earliest, int32_t *latest);

/* Whether choosing has to do with a demand: it is decided, and no way takes nothing. */
static inline bool demand_is_open(const Demand *demand)
{
    return !demand->when && demand->chosen == NO_WAY && !demand->impossible;
}

#endif
