/* Dates over the graph. Without circles one walk in order is enough; with them the walk is repeated until nothing becomes
 * earlier: what waits for itself alone never gets a date. */
#include "plan/dates.h"

/* ---- the order ---- */

/* Tarjan's walk: parts that can reach each other come off the stack together. */
typedef struct Frame {
    uint32_t part, demand, way;
} Frame;
typedef struct Tour {
    const Graph *graph;
    Order order;
    uint32_t *index, *low;                         /* by part; 0: not seen */
    bool *open;                                    /* it is on the stack of those whose circle is not complete */
    uint32_t *waiting;
    Frame *path;
    size_t depth, waiting_count;
    uint32_t seen;
} Tour;

static void enter(Tour *tour, uint32_t part)
{
    tour->index[part] = tour->low[part] = ++tour->seen;
    tour->open[part] = true;
    tour->waiting[tour->waiting_count++] = part;
    tour->path[tour->depth++] = (Frame){ part, tour->graph->parts.at[part].first, 0 };
}

static void leave(Tour *tour, uint32_t part)
{
    uint32_t other;
    tour->order.parts[tour->order.count++] = part;
    tour->depth--;
    if (tour->depth) {
        const uint32_t user = tour->path[tour->depth - 1].part;
        tour->low[user] = tour->low[part] < tour->low[user] ? tour->low[part] : tour->low[user];
    }
    if (tour->low[part] != tour->index[part])
        return;
    const bool alone = tour->waiting[tour->waiting_count - 1] == part && tour->order.circle[part] == 0;
    do {
        other = tour->waiting[--tour->waiting_count];
        tour->open[other] = false;
        tour->order.circle[other] = alone ? 0 : tour->index[part];
    } while (other != part);
}

/* The next service that the part at the end of the path can wait for; NO_PART: there is no more. */
static uint32_t next_used(const Graph *graph, Frame *frame)
{
    const Part *part = &graph->parts.at[frame->part];
    for (; frame->demand < part->first + part->count; frame->demand++, frame->way = 0) {
        const Demand *demand = &graph->demands.at[frame->demand];
        while (demand_is_open(demand) && frame->way < demand->count) {
            const uint32_t next = graph->ways.at[demand->first + frame->way++].part;
            if (next != NO_PART && graph->parts.at[next].service)
                return next;
        }
    }
    return NO_PART;
}

Order dates_order(const Graph *graph)
{
    Arena *arena = graph->arena;
    const size_t count = graph->parts.count;
    Tour tour = { .graph = graph,
                  .order = { .parts = arena_array(arena, uint32_t, count), .circle = arena_array(arena, uint32_t, count) },
                  .index = arena_array(arena, uint32_t, count),
                  .low = arena_array(arena, uint32_t, count),
                  .open = arena_array(arena, bool, count),
                  .waiting = arena_array(arena, uint32_t, count),
                  .path = arena_array(arena, Frame, count) };
    enter(&tour, 0);
    while (tour.depth) {
        Frame *top = &tour.path[tour.depth - 1];
        const uint32_t part = top->part, next = next_used(graph, top);
        if (next == NO_PART) {
            leave(&tour, part);
        } else if (!tour.index[next]) {
            enter(&tour, next);
        } else if (tour.open[next]) {
            tour.order.circular = true;
            tour.low[part] = tour.index[next] < tour.low[part] ? tour.index[next] : tour.low[part];
            tour.order.circle[part] = 1; /* one that waits for itself is a circle too */
        }
    }
    return tour.order;
}

/* ---- forwards ---- */

/* As graph_due, with the way to what is known already short. */
static int32_t due_of(Graph *graph, uint32_t number, int32_t start)
{
    bool provisional;
    const Length *length = &graph->lengths->at[number];
    const int32_t known = (size_t)start < length->due.count ? length->due.at[start] : 0;
    if (known)
        return (known < 0 ? -known : known) - 1;
    return graph_due(graph, number, start, &provisional);
}

static int32_t way_due(const Graph *graph, const Way *way, const int32_t *due)
{
    return way->part == NO_PART || !graph->parts.at[way->part].service ? 0 : due[way->part];
}

/* The day on which a demand is met, and by which way. */
static int32_t demand_met(const Graph *graph, const Demand *demand, const uint8_t *status, bool strict, const int32_t *due, uint32_t *by)
{
    int32_t earliest = NEVER;
    bool taken = false;
    *by = NO_WAY;
    for (uint32_t i = demand->first; i < demand->first + demand->count; i++) {
        const Way *way = &graph->ways.at[i];
        const Status now = (Status)status[way->part];
        if (now == LEFT || (strict && taken && now != TAKEN))
            continue;
        const int32_t day = way_due(graph, way, due);
        if (day < earliest || (strict && !taken && now == TAKEN)) {
            earliest = day;
            *by = day == NEVER ? NO_WAY : i;
        }
        taken |= now == TAKEN;
    }
    return earliest;
}

void dates_earliest(Graph *graph, const Order *order, const uint8_t *status, bool strict, int32_t *due, uint32_t *chosen)
{
    bool changed = true;
    for (size_t i = 0; i < order->count; i++)
        due[order->parts[i]] = NEVER;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < order->count; i++) {
            const uint32_t number = order->parts[i];
            const Part *part = &graph->parts.at[number];
            int32_t start = 0;
            uint32_t by;
            for (uint32_t d = part->first; d < part->first + part->count && start != NEVER; d++) {
                const Demand *demand = &graph->demands.at[d];
                if (!demand_is_open(demand))
                    continue;
                const int32_t met = demand_met(graph, demand, status, strict, due, &by);
                start = met > start ? met : start;
            }
            if (start == NEVER)
                continue;
            const int32_t done = due_of(graph, part->length, start);
            if (done >= due[number])
                continue;
            /* What is noted had its date before, so following it never comes back. */
            for (uint32_t d = part->first; chosen && d < part->first + part->count; d++)
                if (demand_is_open(&graph->demands.at[d]))
                    (void)demand_met(graph, &graph->demands.at[d], status, strict, due, &chosen[d]);
            due[number] = done;
            changed = order->circular;
        }
    }
}

void dates_worst(Graph *graph, const Order *order, const uint8_t *status, int32_t *due)
{
    for (size_t i = 0; i < graph->parts.count; i++)
        due[i] = NEVER;
    for (size_t i = 0; i < order->count; i++) {
        const uint32_t number = order->parts[i];
        const Part *part = &graph->parts.at[number];
        int32_t start = 0;
        for (uint32_t d = part->first; d < part->first + part->count; d++) {
            const Demand *demand = &graph->demands.at[d];
            for (uint32_t w = demand->first; demand_is_open(demand) && w < demand->first + demand->count; w++) {
                const Way *way = &graph->ways.at[w];
                if (status[way->part] == LEFT)
                    continue;
                const int32_t day = way_due(graph, way, due);
                start = day > start ? day : start;
            }
        }
        due[number] = start == NEVER ? NEVER : due_of(graph, part->length, start);
    }
}

/* ---- backwards ---- */

/* The latest day to start, so that it is done by `latest`; -1: there is none. */
static int32_t latest_start(Graph *graph, uint32_t length, int32_t latest)
{
    int32_t start = latest - due_of(graph, length, 0);
    while (start >= 0 && due_of(graph, length, start) > latest)
        start--;
    start = start < 0 ? -1 : start;
    while (start < latest && due_of(graph, length, start + 1) <= latest)
        start++;
    return start;
}

void dates_latest(Graph *graph, const Order *order, const uint8_t *status, int32_t deadline, const int32_t *earliest, int32_t *latest)
{
    /* On a circle the one waits for the other whichever is looked at first: there all dates count as late. */
    for (size_t i = 0; i < graph->parts.count; i++)
        latest[i] = order->circle[i] ? -1 : NEVER;
    latest[0] = deadline;
    for (size_t i = order->count; i-- > 0;) {
        const uint32_t number = order->parts[i];
        const Part *part = &graph->parts.at[number];
        if (latest[number] == NEVER || status[number] == LEFT || earliest[number] == NEVER)
            continue;
        const int32_t start = latest_start(graph, part->length, latest[number]);
        for (uint32_t d = part->first; d < part->first + part->count; d++) {
            const Demand *demand = &graph->demands.at[d];
            for (uint32_t w = demand->first; demand_is_open(demand) && w < demand->first + demand->count; w++) {
                const uint32_t used = graph->ways.at[w].part;
                if (graph->parts.at[used].service && start < latest[used])
                    latest[used] = start;
            }
        }
    }
}
