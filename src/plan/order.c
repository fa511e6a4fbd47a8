/* From what was chosen to the items of a plan: sorted so that each comes after what it waits for, with dates, the critical path over
 * legal time, and the sums. A forward pass gives start and due, a backward pass the slack. */
#include "plan/graph.h"

#include <stdlib.h>

typedef struct Sorting {
    Graph *graph;
    const Certainty *needed;
    Plan *plan;
    size_t *place;                                 /* of a part in plan->items, plus 1; 0: not yet */
    bool *visiting;
} Sorting;

static void set_dates(Graph *graph, Plan *plan, PlanItem *item, uint32_t length)
{
    bool provisional;
    item->starts = plan->starts;
    for (size_t i = 0; i < item->after.count; i++) {
        const PlanItem *before = &plan->items.at[item->after.at[i]];
        if (date_compare(before->due.date, item->starts) > 0)
            item->starts = before->due.date;
        item->due.provisional |= before->due.provisional;
    }
    const Limit *limit = item->limit;
    item->open_ended = !limit || (!limit->on_the_spot && !limit->promised.amount && !limit->statutory.amount);
    item->due.date = date_add(plan->starts, graph_due(graph, length, item->starts.day - plan->starts.day, &provisional));
    item->due.provisional |= provisional;
}

static void set_fee(Graph *graph, PlanItem *item)
{
    const Condition *rule = &item->service->fee_rule;
    item->fee = item->service->fee;
    item->fee_known = !rule->parsed || money_of(graph->arena, graph_value(graph, rule), &item->fee);
}

static void place_part(Sorting *sorting, uint32_t number)
{
    Graph *graph = sorting->graph;
    const Part *part = &graph->parts.at[number];
    if (sorting->place[number] || sorting->visiting[number] || sorting->needed[number] == CERTAIN_NO)
        return;
    sorting->visiting[number] = true;
    PlanItem item = { .service = part->service, .needed = sorting->needed[number], .limit = part->limit };
    for (uint32_t d = part->first; item.needed == CERTAIN_YES && d < part->first + part->count; d++) {
        const Demand *demand = &graph->demands.at[d];
        const Way *way = demand->chosen == NO_WAY || demand->when ? NULL : &graph->ways.at[demand->chosen];
        if (!way || way->source != SOURCE_GIVEN)
            continue;
        place_part(sorting, way->part);
        /* Several of the staff may wait for the same service. */
        const size_t before = sorting->place[way->part];
        bool known = false;
        for (size_t a = 0; a < item.after.count; a++)
            known |= item.after.at[a] == before - 1;
        if (before && !known)
            list_push(graph->arena, &item.after, before - 1);
    }
    set_dates(graph, sorting->plan, &item, part->length);
    set_fee(graph, &item);
    list_push(graph->arena, &sorting->plan->items, item);
    sorting->place[number] = sorting->plan->items.count;
}

/* Slack: how far the item can slip before something after it, or the finish, slips. Items come after what they wait
 * for, so walking backwards meets every follower first. Working days are counted once, from the start on. */
static void set_slack(Graph *graph, Plan *plan)
{
    const Calendar *calendar = &graph->pack->calendar;
    const int32_t days = plan->finish.day - plan->starts.day;
    int32_t *worked = arena_array(graph->arena, int32_t, (size_t)days + 1);
    for (int32_t day = 1; day <= days; day++)
        worked[day] = worked[day - 1] + calendar_day(calendar, date_add(plan->starts, day)).working;
    for (size_t i = 0; i < plan->items.count; i++)
        plan->items.at[i].slack = INT32_MAX;
    for (size_t i = plan->items.count; i-- > 0;) {
        PlanItem *item = &plan->items.at[i];
        if (item->needed != CERTAIN_YES)
            continue;
        if (item->slack == INT32_MAX)
            item->slack = worked[days] - worked[item->due.date.day - plan->starts.day];
        item->critical = item->slack == 0;
        for (size_t a = 0; a < item->after.count; a++) {
            PlanItem *before = &plan->items.at[item->after.at[a]];
            const int32_t room =
                item->slack + worked[item->starts.day - plan->starts.day] - worked[before->due.date.day - plan->starts.day];
            if (room < before->slack)
                before->slack = room;
        }
    }
}

/* LAW cn.licensing art.26(2), 42(2), cn.visit-once art.18(2): those who inspect together come once, and are visited once. */
static void add_up(Plan *plan)
{
    int32_t together = 0;
    bool joint = false;
    plan->finish = plan->starts;
    plan->fee_known = true;
    for (size_t i = 0; i < plan->items.count; i++) {
        const PlanItem *item = &plan->items.at[i];
        const Service *service = item->service;
        if (item->needed != CERTAIN_YES)
            continue;
        plan->fee_known = plan->fee_known && item->fee_known && i64_add(plan->fee.cents, item->fee.cents, &plan->fee.cents);
        if (service->inspection && service->joint_inspection) {
            joint = true;
            together = service->visits > together ? service->visits : together;
        } else {
            plan->visits += service->visits;
            plan->inspections += service->inspection;
        }
        plan->provisional |= item->due.provisional;
        if (date_compare(item->due.date, plan->finish) > 0)
            plan->finish = item->due.date;
    }
    plan->visits += together;
    plan->inspections += joint;
}

/* How each item was come to: by a goal, or by who waits for it. */
static void set_origins(const Sorting *sorting)
{
    const Graph *graph = sorting->graph;
    for (size_t d = graph->demands.count; d-- > 0;) {
        const Demand *demand = &graph->demands.at[d];
        const Way *way = demand->chosen == NO_WAY || demand->when ? NULL : &graph->ways.at[demand->chosen];
        if (!way || way->source != SOURCE_GIVEN || !sorting->place[way->part] || sorting->needed[demand->user] != CERTAIN_YES)
            continue;
        PlanItem *item = &sorting->plan->items.at[sorting->place[way->part] - 1];
        item->user = graph->parts.at[demand->user].service;
        item->need = demand->need;
        item->goal = demand->goal;
    }
}

typedef struct Numbered {
    uint32_t number, part;
} Numbered;

static int compare_numbers(const void *a, const void *b)
{
    const Numbered *one = a, *other = b;
    return (one->number > other->number) - (one->number < other->number);
}

void plan_order(Graph *graph, const Certainty *needed, Plan *plan)
{
    const size_t count = graph->parts.count;
    Sorting sorting = { .graph = graph, .needed = needed, .plan = plan, .place = arena_array(graph->arena, size_t, count),
                        .visiting = arena_array(graph->arena, bool, count) };
    LIST(Numbered) sorted = { 0 };
    for (uint32_t i = 1; i < count; i++)
        if (graph->parts.at[i].service && needed[i] != CERTAIN_NO)
            list_push(graph->arena, &sorted, (Numbered){ graph->parts.at[i].service->number, i });
    if (sorted.count)
        qsort(sorted.at, sorted.count, sizeof *sorted.at, compare_numbers);
    for (size_t i = 0; i < sorted.count; i++)
        place_part(&sorting, sorted.at[i].part);
    set_origins(&sorting);
    add_up(plan);
    set_slack(graph, plan);
}
