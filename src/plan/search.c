/* Branch and bound over parts: take one, or leave it; what follows is taken at once. What shares nothing falls apart into
 * components, each searched alone, so that forty choices that have nothing to do with one another are forty small searches
 * and not one of 2^40.
 *
 * The bound shares the burden of a part out among the open demands that it can meet; each demand then costs at least the
 * least of its ways. Dates couple demands that share nothing; only those that can matter for the deadline are
 * watched (choose.c), and stay together in one component.
 *
 * Tried and left: choosing a way for each demand. It asks the same question once for each demand that a part meets. */
#include "plan/search.h"

static bool search(Search *it, size_t from, size_t to, uint32_t more, bool dated, Burden bound, Burden *least);

/* ---- status ---- */

static void set_status(Search *it, uint32_t part, Status status)
{
    must(it->status[part] == OPEN);
    it->status[part] = (uint8_t)status;
    list_push(it->arena, &it->trail, part);
}

static void undo(Search *it, size_t trail)
{
    while (it->trail.count > trail)
        it->status[it->trail.at[--it->trail.count]] = OPEN;
}

static void push_demands(Search *it, uint32_t number)
{
    const Part *part = &it->graph->parts.at[number];
    for (uint32_t d = part->first; d < part->first + part->count; d++)
        if (demand_is_open(&it->graph->demands.at[d]))
            list_push(it->arena, &it->pool, d);
}

typedef struct Count {
    size_t taken, open;
    uint32_t first;                                /* open part */
} Count;

static Count count_ways(const Search *it, const Demand *demand)
{
    Count count = { 0 };
    for (uint32_t w = demand->first; w < demand->first + demand->count; w++) {
        const uint32_t part = it->graph->ways.at[w].part;
        count.taken += it->status[part] == TAKEN;
        if (it->status[part] == OPEN && count.open++ == 0)
            count.first = part;
    }
    return count;
}

static Burden minus(Burden a, Burden b)
{
    return (Burden){ a.papers - b.papers, a.fee - b.fee, a.rest - b.rest };
}

/* Takes what alone meets a demand, until nothing follows any more. The list from `from` to the end of the pool keeps what is
 * still open, and what is watched. False: a demand cannot be met. */
static bool follow(Search *it, size_t from, Burden *cost)
{
    Graph *graph = it->graph;
    for (bool changed = true; changed;) {
        changed = false;
        size_t kept = from;
        for (size_t i = from; i < it->pool.count; i++) {
            const uint32_t number = it->pool.at[i];
            const Demand *demand = &graph->demands.at[number];
            const Count ways = count_ways(it, demand);
            if (!ways.taken && ways.open == 0)
                return false;
            if (!ways.taken && ways.open == 1) {
                set_status(it, ways.first, TAKEN);
                *cost = burden_sum(*cost, graph->parts.at[ways.first].burden);
                push_demands(it, ways.first);
                changed = true;
            } else if (!ways.taken || (demand->watched && ways.open)) {
                it->pool.at[kept++] = number;
            }
        }
        it->pool.count = kept;
    }
    return true;
}

/* ---- the bound ---- */

static Burden shared(Burden burden, uint32_t among)
{
    return among < 2 || burden.papers == INT64_MAX ? burden : (Burden){ burden.papers / among, burden.fee / among, burden.rest / among };
}

/* Every open part that can come up through the demands of the list, and by how many demands. */
static void reach(Search *it, size_t from, size_t to)
{
    const Graph *graph = it->graph;
    const size_t begin = it->pool.count;
    for (size_t i = from; i < to; i++)
        list_push(it->arena, &it->pool, it->pool.at[i]);
    for (size_t i = begin; i < it->pool.count; i++) {
        const Demand *demand = &graph->demands.at[it->pool.at[i]];
        if (count_ways(it, demand).taken)
            continue;
        for (uint32_t w = demand->first; w < demand->first + demand->count; w++) {
            const uint32_t part = graph->ways.at[w].part;
            if (it->status[part] != OPEN || it->degree[part]++)
                continue;
            it->heavy[part] = graph->parts.at[part].burden;
            list_push(it->arena, &it->reached, part);
            push_demands(it, part);
        }
    }
    it->pool.count = begin;
}

static void forget_reached(Search *it)
{
    for (size_t i = 0; i < it->reached.count; i++)
        it->degree[it->reached.at[i]] = 0;
    it->reached.count = 0;
}

static Burden rounded(Burden sum)
{
    const int64_t whole = (int64_t)1 << PAPER_BITS;
    const int64_t papers = (sum.papers + whole - 1) / whole * whole;
    return papers > sum.papers ? (Burden){ .papers = papers } : sum;
}

/* The least share that meeting a demand costs. */
static Burden least_share(const Search *it, const Demand *demand)
{
    Burden least = BURDEN_MOST;
    for (uint32_t w = demand->first; w < demand->first + demand->count; w++) {
        const uint32_t part = it->graph->ways.at[w].part;
        if (it->status[part] == TAKEN)
            return (Burden){ 0 };
        if (it->status[part] != OPEN)
            continue;
        const Burden share = shared(it->heavy[part], it->degree[part]);
        least = burden_compare(share, least) < 0 ? share : least;
    }
    return least;
}

/* What a part costs with all that its own demands cost at least: from those that need nothing on. */
static void weigh(Search *it)
{
    for (size_t i = 0; i < it->order.count; i++) {
        const uint32_t number = it->order.parts[i];
        const Part *part = &it->graph->parts.at[number];
        for (uint32_t d = part->first; it->degree[number] && d < part->first + part->count; d++) {
            const Demand *demand = &it->graph->demands.at[d];
            if (demand_is_open(demand)) {
                const Burden least = least_share(it, demand);
                it->heavy[number] = least.papers == INT64_MAX ? BURDEN_MOST : burden_sum(it->heavy[number], least);
            }
            if (it->heavy[number].papers == INT64_MAX)
                break;
        }
    }
}

/* Of the parts that meet most demands the least burdensome. */
static uint32_t branch_of(const Search *it, const Demand *demand, uint32_t best)
{
    for (uint32_t w = demand->first; w < demand->first + demand->count; w++) {
        const uint32_t part = it->graph->ways.at[w].part;
        if (it->status[part] != OPEN)
            continue;
        if (best == NO_PART || it->degree[part] > it->degree[best] ||
            (it->degree[part] == it->degree[best] && burden_compare(it->heavy[part], it->heavy[best]) < 0))
            best = part;
    }
    return best;
}

static Burden in_list(Burden heavy, uint32_t here, uint32_t everywhere)
{
    const Burden share = shared(heavy, everywhere);
    return heavy.papers == INT64_MAX ? heavy : (Burden){ share.papers * here, share.fee * here, share.rest * here };
}

/* Leaves what would burden too much: with it taken, the other demands of the list still cost their shares. Some of these may be shares
 * of the part itself, further down; so of the part only what falls to the list is counted. */
static bool leave_dear(Search *it, size_t from, size_t to, Burden cost, Burden sum, Burden bound)
{
    const Graph *graph = it->graph;
    bool any = false;
    for (size_t i = from; i < to; i++) {
        const Demand *demand = &graph->demands.at[it->pool.at[i]];
        if (count_ways(it, demand).taken)
            continue;
        for (uint32_t w = demand->first; w < demand->first + demand->count; w++) {
            const uint32_t part = graph->ways.at[w].part;
            if (it->status[part] != OPEN)
                continue;
            const Burden others = minus(sum, it->met[part]);
            const Burden heavy = in_list(it->heavy[part], it->label[part], it->degree[part]);
            if (heavy.papers != INT64_MAX && burden_compare(rounded(burden_sum(cost, burden_sum(others, heavy))), bound) < 0)
                continue;
            set_status(it, part, LEFT);
            any = true;
        }
    }
    return any;
}

/* The bound, and the part to branch on; NO_PART where nothing is open. With a `limit`, what exceeds it together with `cost`
 * is left on the way, and `left` tells of it. */
static Burden bound_of(Search *it, size_t from, size_t to, uint32_t *branch, const Burden *cost, const Burden *limit, bool *left)
{
    const Graph *graph = it->graph;
    Burden sum = { 0 }, dearest = { 0 };
    *branch = NO_PART;
    reach(it, from, to);
    weigh(it);
    for (size_t i = from; i < to; i++) {
        const Demand *demand = &graph->demands.at[it->pool.at[i]];
        if (count_ways(it, demand).taken)
            continue;
        const Burden least = least_share(it, demand);
        if (*branch == NO_PART || burden_compare(least, dearest) > 0) {
            dearest = least;
            *branch = branch_of(it, demand, NO_PART);
        }
        if (least.papers == INT64_MAX) {
            sum = least;
            break;
        }
        sum = burden_sum(sum, least);
        for (uint32_t w = demand->first; limit && w < demand->first + demand->count; w++) {
            it->met[graph->ways.at[w].part] = burden_sum(it->met[graph->ways.at[w].part], least);
            it->label[graph->ways.at[w].part]++;
        }
    }
    if (limit) {
        *left = sum.papers != INT64_MAX && leave_dear(it, from, to, *cost, sum, *limit);
        for (size_t i = from; i < to; i++) {
            const Demand *demand = &graph->demands.at[it->pool.at[i]];
            for (uint32_t w = demand->first; w < demand->first + demand->count; w++) {
                it->met[graph->ways.at[w].part] = (Burden){ 0 };
                it->label[graph->ways.at[w].part] = 0;
            }
        }
    }
    forget_reached(it);
    return sum.papers == INT64_MAX ? (Burden){ INT64_MAX / 4, 0, 0 } : rounded(sum);
}

/* ---- components ---- */

enum { WATCHED_LABEL = 1 };

/* Room for `count` numbers in the pool, to be found by index, for the pool moves. */
static size_t reserve(Search *it, size_t count)
{
    const size_t begin = it->pool.count;
    for (size_t i = 0; i < count; i++)
        list_push(it->arena, &it->pool, 0);
    return begin;
}

static uint32_t root_of(const Search *it, size_t joined, uint32_t label)
{
    while (it->pool.at[joined + label] != label)
        label = it->pool.at[joined + label];
    return label;
}

static void join(Search *it, size_t joined, uint32_t a, uint32_t b)
{
    a = root_of(it, joined, a);
    b = root_of(it, joined, b);
    it->pool.at[joined + (a > b ? a : b)] = a > b ? b : a;
}

/* Labels every open part that can come up through a demand. Where it meets another label, the two are one; and so is with the
 * watched whatever leads to something watched. */
static void flood(Search *it, size_t joined, uint32_t first, uint32_t label)
{
    const Graph *graph = it->graph;
    const size_t begin = it->pool.count;
    list_push(it->arena, &it->pool, first);
    for (size_t i = begin; i < it->pool.count; i++) {
        const Demand *demand = &graph->demands.at[it->pool.at[i]];
        if (demand->watched)
            join(it, joined, label, WATCHED_LABEL);
        for (uint32_t w = demand->first; w < demand->first + demand->count; w++) {
            const uint32_t part = graph->ways.at[w].part;
            if (it->status[part] != OPEN)
                continue;
            if (it->label[part]) {
                join(it, joined, it->label[part], label);
                continue;
            }
            it->label[part] = label;
            list_push(it->arena, &it->labelled, part);
            push_demands(it, part);
        }
    }
    it->pool.count = begin;
}

typedef struct Components {
    size_t ends;                                   /* into the pool: where each ends in the list */
    size_t count;
    bool watched;                                  /* the last one has to do with what is watched */
} Components;

/* Sorts the list by component. */
static Components split(Search *it, size_t from, size_t to)
{
    const size_t count = to - from;
    Components components = { .ends = reserve(it, count) };
    const size_t joined = reserve(it, count + 2), sorted = reserve(it, count);
    for (size_t i = 0; i < count + 2; i++)
        it->pool.at[joined + i] = (uint32_t)i;
    for (size_t i = 0; i < count; i++)
        flood(it, joined, it->pool.at[from + i], (uint32_t)i + 2);
    for (; it->labelled.count; it->labelled.count--)
        it->label[it->labelled.at[it->labelled.count - 1]] = 0;
    size_t placed = 0;
    for (uint32_t root = (uint32_t)count + 1; root >= WATCHED_LABEL; root--) {
        const size_t before = placed;
        if (it->pool.at[joined + root] != root)
            continue;
        for (size_t i = 0; i < count; i++)
            if (root_of(it, joined, (uint32_t)i + 2) == root)
                it->pool.at[sorted + placed++] = it->pool.at[from + i];
        if (placed > before)
            it->pool.at[components.ends + components.count++] = (uint32_t)(from + placed);
        components.watched = placed > before && root == WATCHED_LABEL;
    }
    must(placed == count);
    for (size_t i = 0; i < count; i++)
        it->pool.at[from + i] = it->pool.at[sorted + i];
    return components;
}

/* Each alone; each may cost what the others leave. */
static bool search_components(Search *it, size_t from, const Components *components, bool dated, Burden bound, Burden *least)
{
    uint32_t branch;
    Burden done = { 0 }, later = { 0 }, passed = { 0 };
    const bool outermost = it->depth == 1;
    size_t begin = from;
    for (size_t i = 0; i < components->count; begin = it->pool.at[components->ends + i++])
        later = burden_sum(later, bound_of(it, begin, it->pool.at[components->ends + i], &branch, NULL, NULL, NULL));
    begin = from;
    for (size_t i = 0; i < components->count; begin = it->pool.at[components->ends + i++]) {
        Burden one;
        const size_t end = it->pool.at[components->ends + i];
        const Burden lower = bound_of(it, begin, end, &branch, NULL, NULL, NULL);
        const bool last = i + 1 == components->count, cut = it->cut;
        later = minus(later, lower);
        it->cut = false;
        const bool good =
            search(it, begin, end, NO_PART, dated && last && components->watched, minus(bound, burden_sum(done, later)), &one);
        passed = burden_sum(passed, it->cut || !good ? lower : one);
        it->cut |= cut;
        if (!good)
            return false;
        done = burden_sum(done, one);
    }
    if (outermost)
        it->passed = passed;
    *least = done;
    return true;
}

/* ---- dates ---- */

/* The demand that a part is done late for, and the day on which it is met. */
static const Demand *last_met(const Search *it, const Part *part, int32_t *start)
{
    const Graph *graph = it->graph;
    const Demand *last = NULL;
    *start = -1;
    for (uint32_t d = part->first; d < part->first + part->count; d++) {
        const Demand *demand = &graph->demands.at[d];
        if (!demand_is_open(demand))
            continue;
        int32_t met = NEVER;
        const bool taken = count_ways(it, demand).taken > 0;
        for (uint32_t w = demand->first; w < demand->first + demand->count; w++) {
            const uint32_t used = graph->ways.at[w].part;
            const int32_t day = graph->parts.at[used].service ? it->due[used] : 0;
            if (it->status[used] != LEFT && (!taken || it->status[used] == TAKEN) && day < met)
                met = day;
        }
        if (met > *start) {
            *start = met;
            last = demand;
        }
    }
    return last;
}

/* On the way to what is late: an open part by which it could come earlier. NO_PART: it cannot. */
static uint32_t earlier_part(Search *it, uint32_t number)
{
    const Graph *graph = it->graph;
    int32_t start;
    if (it->label[number])
        return NO_PART;
    it->label[number] = 1;
    list_push(it->arena, &it->labelled, number);
    const Demand *last = last_met(it, &graph->parts.at[number], &start);
    for (uint32_t w = last ? last->first : 0; last && w < last->first + last->count; w++) {
        const uint32_t used = graph->ways.at[w].part;
        const int32_t early = graph->parts.at[used].service ? it->early[used] : 0;
        if (it->status[used] == LEFT || early >= start)
            continue;
        const uint32_t found = it->status[used] == OPEN ? used : earlier_part(it, used);
        if (found != NO_PART)
            return found;
    }
    return NO_PART;
}

static bool is_late(const Search *it, const int32_t *due)
{
    return due[0] == NEVER || due[0] > it->deadline;
}

/* ---- the search ---- */

/* Tries the part taken, then left. */
static bool branch_on(Search *it, uint32_t part, size_t from, size_t to, bool dated, Burden bound, Burden *least)
{
    const size_t trail = it->trail.count, found = it->found.count;
    const Burden own = it->graph->parts.at[part].burden;
    bool any = false;
    for (int taken = 1; taken >= 0 && !(any && it->cut); taken--) {
        Burden one;
        const size_t before = it->found.count;
        set_status(it, part, taken ? TAKEN : LEFT);
        if (taken)
            list_push(it->arena, &it->found, part);
        const bool better = search(it, from, to, taken ? part : NO_PART, dated, taken ? minus(bound, own) : bound, &one);
        undo(it, trail);
        if (!better) {
            it->found.count = before;
            continue;
        }
        *least = bound = taken ? burden_sum(one, own) : one;
        any = true;
        /* What was found second replaces the first. */
        memmove(it->found.at + found, it->found.at + before, (it->found.count - before) * sizeof(uint32_t));
        it->found.count -= before - found;
    }
    return any;
}

static bool search_here(Search *it, size_t from, bool dated, Burden bound, Burden *least)
{
    uint32_t branch;
    Burden cost = { 0 }, rest = { 0 };
    const size_t trail = it->trail.count;
    Burden lower;
    bool left = false;
    do {
        if (!follow(it, from, &cost))
            return false;
        lower = burden_sum(cost, bound_of(it, from, it->pool.count, &branch, &cost, &bound, &left));
    } while (left && burden_compare(lower, bound) < 0);
    const size_t to = it->pool.count;
    if (it->depth == 1)
        it->passed = lower;
    if (burden_compare(lower, bound) >= 0)
        return false;
    for (size_t i = trail; i < it->trail.count; i++)
        if (it->status[it->trail.at[i]] == TAKEN)
            list_push(it->arena, &it->found, it->trail.at[i]);
    Components components = { .count = 1 };
    if (dated || to - from > 1)
        components = split(it, from, to);
    if (dated) {
        it->steps += DATED_STEPS;
        dates_earliest(it->graph, &it->moving, it->status, false, it->early, NULL);
        if (is_late(it, it->early))
            return false;
        if (!components.watched || branch == NO_PART) {
            dates_earliest(it->graph, &it->moving, it->status, true, it->due, NULL);
            const bool late = is_late(it, it->due);
            if (late && components.watched)
                branch = earlier_part(it, 0);
            for (; it->labelled.count; it->labelled.count--)
                it->label[it->labelled.at[it->labelled.count - 1]] = 0;
            if (late && (!components.watched || branch == NO_PART))
                return false;
        }
        dated = components.watched;
    }
    *least = cost;
    if (branch == NO_PART)
        return true;
    bound = minus(bound, cost);
    const bool good = components.count > 1 ? search_components(it, from, &components, dated, bound, &rest)
                                           : branch_on(it, branch, from, to, dated, bound, &rest);
    *least = burden_sum(cost, rest);
    if (it->depth == 1 && good)
        it->passed = components.count > 1 ? burden_sum(cost, it->passed) : it->cut ? lower : *least;
    return good;
}

/* The demands of the list, and of `more`. */
static bool search(Search *it, size_t from, size_t to, uint32_t more, bool dated, Burden bound, Burden *least)
{
    const size_t pool = it->pool.count, trail = it->trail.count, found = it->found.count;
    it->steps++;
    it->depth++;
    it->cut |= it->steps > SEARCH_STEPS_MAX || it->depth > SEARCH_DEPTH_MAX;
    for (size_t i = from; i < to; i++)
        list_push(it->arena, &it->pool, it->pool.at[i]);
    if (more != NO_PART)
        push_demands(it, more);
    const bool good = search_here(it, pool, dated, bound, least);
    it->depth--;
    it->pool.count = pool;
    undo(it, trail);
    if (!good)
        it->found.count = found;
    return good;
}

/* For good: what no solution below the bound can take is left. */
void search_reduce(Search *it, Burden bound)
{
    uint32_t branch;
    Burden cost = { 0 };
    bool left = false;
    const size_t trail = it->trail.count;
    for (uint32_t i = 0; i < it->graph->parts.count; i++)
        if (it->status[i] == TAKEN)
            push_demands(it, i);
    do {
        if (!follow(it, 0, &cost))
            break;
        (void)bound_of(it, 0, it->pool.count, &branch, &cost, &bound, &left);
    } while (left);
    it->pool.count = 0;
    while (it->trail.count > trail) {
        const uint32_t part = it->trail.at[--it->trail.count];
        if (it->status[part] == TAKEN)
            it->status[part] = OPEN;
    }
}

bool search_least(Search *it, Burden bound, bool dated, Burden *least)
{
    const size_t pool = it->pool.count;
    it->found.count = 0;
    it->cut = it->steps > SEARCH_STEPS_MAX;
    for (uint32_t i = 0; i < it->graph->parts.count; i++)
        if (it->status[i] == TAKEN)
            push_demands(it, i);
    const bool good = search(it, pool, it->pool.count, NO_PART, dated, bound, least);
    it->pool.count = pool;
    return good;
}
