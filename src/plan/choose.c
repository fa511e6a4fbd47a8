/* Choosing the least burdensome plan, exactly: visits, then documents, then the finish date, then the fee.
 *
 * Visits, documents and fee are sums over what is taken; the finish is not, and stands between them. So the search looks for the
 * least sum without regard to dates first. Where that plan is done as early as any plan can be, it is the best. Else a deadline is
 * sought: the earliest one by which as few visits and documents are enough. A deadline concerns few demands:
 * those with a way that could come too late for whoever waits for it; only these are watched.
 *
 * A circle is a matter of dates too: what waits for itself alone never comes. */
#include "plan/search.h"

static void mark_impossible(Graph *graph, uint32_t number, const uint8_t *status)
{
    const Part *part = &graph->parts.at[number];
    for (uint32_t d = part->first; d < part->first + part->count; d++) {
        Demand *demand = &graph->demands.at[d];
        bool met = !demand_is_open(demand);
        for (uint32_t w = demand->first; w < demand->first + demand->count; w++)
            met |= graph->ways.at[w].part != NO_PART && status[graph->ways.at[w].part] != LEFT;
        demand->impossible = !met;
    }
}

/* What cannot be had is left. The service of a goal that cannot be had is shown all the same, with what is in its way. */
static void leave_impossible(Graph *graph, uint8_t *status, const int32_t *early)
{
    for (uint32_t i = 1; i < graph->parts.count; i++)
        if (graph->parts.at[i].service && early[i] == NEVER)
            status[i] = LEFT;
    for (uint32_t i = 1; i < graph->parts.count; i++)
        if (status[i] == LEFT)
            mark_impossible(graph, i, status);
    for (uint32_t g = 0; g < graph->parts.at[0].count; g++) {
        Demand *goal = &graph->demands.at[graph->parts.at[0].first + g];
        uint32_t given = NO_WAY;
        bool can_be_had = false;
        for (uint32_t w = goal->first; w < goal->first + goal->count; w++) {
            const uint32_t part = graph->ways.at[w].part;
            can_be_had |= part == NO_PART || status[part] != LEFT;
            if (given == NO_WAY && part != NO_PART && graph->ways.at[w].source == SOURCE_GIVEN)
                given = w;
        }
        if (!demand_is_open(goal) || can_be_had)
            continue;
        goal->impossible = true;
        goal->chosen = given;
    }
}

/* Which demands can decide whether the deadline is met: those with a choice of which one can come later than all who may
 * use it can wait. On a circle all can. */
static void watch(Search *it)
{
    Graph *graph = it->graph;
    int32_t *worst = arena_array(it->arena, int32_t, graph->parts.count);
    int32_t *latest = arena_array(it->arena, int32_t, graph->parts.count);
    const bool dated = it->deadline != NEVER || it->order.circular;
    it->moving = it->order;
    if (it->deadline != NEVER) {
        dates_worst(graph, &it->order, it->status, worst);
        dates_earliest(graph, &it->order, it->status, false, it->early, NULL);
        dates_latest(graph, &it->order, it->status, it->deadline, it->early, latest);
    }
    if (it->deadline != NEVER) {
        it->moving.parts = arena_array(it->arena, uint32_t, it->order.count);
        it->moving.count = 0;
        for (size_t i = 0; i < it->order.count; i++) {
            const uint32_t part = it->order.parts[i];
            it->due[part] = it->early[part];
            if (it->status[part] != LEFT && worst[part] > latest[part])
                it->moving.parts[it->moving.count++] = part;
        }
    }
    for (size_t d = 0; d < graph->demands.count; d++) {
        Demand *demand = &graph->demands.at[d];
        size_t ways = 0;
        demand->watched = false;
        for (uint32_t w = demand->first; dated && demand_is_open(demand) && w < demand->first + demand->count; w++) {
            const uint32_t part = graph->ways.at[w].part;
            if (it->status[part] == LEFT)
                continue;
            ways++;
            const uint32_t circle = it->order.circle[part];
            demand->watched |= (circle && circle == it->order.circle[demand->user]) ||
                               (it->deadline != NEVER && graph->parts.at[part].service && worst[part] > latest[part]);
        }
        demand->watched &= ways > 1;
    }
}

/* The least burden by a deadline; false: there is none below the bound. */
static bool choose_by(Search *it, int32_t deadline, Burden bound, bool *taken, Burden *least)
{
    it->deadline = deadline;
    const bool dated = deadline != NEVER || it->order.circular;
    watch(it);
    if (!search_least(it, bound, dated, least))
        return false;
    for (size_t i = 0; i < it->graph->parts.count; i++)
        taken[i] = it->status[i] == TAKEN;
    for (size_t i = 0; i < it->found.count; i++)
        taken[it->found.at[i]] = true;
    return true;
}

/* Dates of what is taken. */
static int32_t date(Search *it, const bool *taken, int32_t *due, uint32_t *chosen)
{
    uint8_t *status = arena_array(it->arena, uint8_t, it->graph->parts.count);
    for (size_t i = 0; i < it->graph->parts.count; i++)
        status[i] = taken[i] ? TAKEN : LEFT;
    dates_earliest(it->graph, &it->order, status, true, due, chosen);
    return due[0];
}

/* The earliest deadline by which as few visits and documents are enough. Most often the first plan is on time already: so first a day
 * earlier is tried, and only where that succeeds the days are halved. */
static void hasten(Search *it, Chosen *choice)
{
    int32_t from = choice->least_finish, until = choice->finish;
    bool *taken = arena_array(it->arena, bool, it->graph->parts.count);
    int32_t *due = arena_array(it->arena, int32_t, it->graph->parts.count);
    int32_t deadline = until - 1;
    Burden least;
    const Burden bound = { choice->burden.papers + 1, INT64_MIN / 2, INT64_MIN / 2 };
    search_reduce(it, bound);
    while (from < until && !it->cut) {
        if (choose_by(it, deadline, bound, taken, &least)) {
            until = date(it, taken, due, NULL);
            must(until <= deadline);
            memcpy(choice->taken, taken, it->graph->parts.count * sizeof *taken);
            choice->burden = least;
            choice->finish = until;
            deadline = from + (until - from) / 2;
        } else if (!it->cut) {
            from = deadline + 1;
            deadline = until - 1;
        }
    }
    choice->least_finish = it->cut ? from : until;
}

Chosen graph_choose(Graph *graph)
{
    const size_t count = graph->parts.count;
    Search it = { .graph = graph, .arena = graph->arena, .order = dates_order(graph) };
    it.status = arena_array(it.arena, uint8_t, count);
    it.heavy = arena_array(it.arena, Burden, count);
    it.met = arena_array(it.arena, Burden, count);
    it.degree = arena_array(it.arena, uint32_t, count);
    it.label = arena_array(it.arena, uint32_t, count);
    it.early = arena_array(it.arena, int32_t, count);
    it.due = arena_array(it.arena, int32_t, count);
    Chosen choice = { .taken = arena_array(graph->arena, bool, count), .due = arena_array(graph->arena, int32_t, count), .exact = true };
    dates_earliest(graph, &it.order, it.status, false, it.early, NULL);
    leave_impossible(graph, it.status, it.early);
    it.status[0] = TAKEN;
    dates_earliest(graph, &it.order, it.status, false, it.early, NULL);
    choice.least_finish = it.early[0];

    bool found = choose_by(&it, NEVER, BURDEN_MOST, choice.taken, &choice.burden);
    must(found);
    choice.least = it.passed;
    choice.exact = !it.cut;
    choice.finish = date(&it, choice.taken, choice.due, NULL);
    must(choice.finish != NEVER);
    if (choice.finish > choice.least_finish) {
        hasten(&it, &choice);
        choice.exact = choice.exact && !it.cut;
    }
    uint32_t *chosen = arena_array(it.arena, uint32_t, graph->demands.count);
    choice.finish = date(&it, choice.taken, choice.due, chosen);
    for (size_t d = 0; d < graph->demands.count; d++)
        if (demand_is_open(&graph->demands.at[d]) && choice.taken[graph->demands.at[d].user])
            graph->demands.at[d].chosen = chosen[d];
    return choice;
}
