/* Order and dates: the services of a walk sorted so that each comes after what it waits for, with the critical path over legal
 * time. A forward pass gives start and due, a backward pass the slack. */
#include "plan/walk.h"

typedef struct Sorting {
    Arena *arena;
    const Walk *walk;
    Plan *plan;
    size_t *place;                                 /* of a service in plan->items, plus 1; 0: not yet */
    bool *visiting;
} Sorting;

static void set_dates(const Walk *walk, Plan *plan, PlanItem *item)
{
    item->starts = plan->starts;
    for (size_t i = 0; i < item->after.count; i++) {
        const PlanItem *before = &plan->items.at[item->after.at[i]];
        if (date_compare(before->due.date, item->starts) > 0)
            item->starts = before->due.date;
        item->due.provisional |= before->due.provisional;
    }
    const Limit *limit = item->limit;
    Period period = { 0 };
    if (limit && !limit->on_the_spot)
        period = limit->promised.amount ? limit->promised : limit->statutory;
    item->open_ended = !limit || (!limit->on_the_spot && !period.amount);
    item->due.date = item->starts;
    if (!item->open_ended) {
        const Calendar *calendar = &walk->pack->calendar;
        Due due = period.amount ? calendar_due(calendar, item->starts, period, NULL, 0)
                                : calendar_same_day(calendar, item->starts, NULL, 0);
        item->due.date = date_is_set(due.date) ? due.date : item->starts;
        item->due.provisional |= due.provisional;
    }
}

static void set_fee(const Walk *walk, PlanItem *item)
{
    const Rule *rule = item->service->fee_rule.parsed;
    item->fee = item->service->fee;
    item->fee_known = !rule || money_of(walk->arena, rule_evaluate(walk->arena, rule, walk->asked), &item->fee);
}

static void place_service(Sorting *sorting, const Service *service)
{
    const Walk *walk = sorting->walk;
    size_t index = walk_index(walk, service);
    if (sorting->place[index] || sorting->visiting[index] || walk->needed[index] == CERTAIN_NO)
        return;
    sorting->visiting[index] = true;
    PlanItem item = { .service = service, .needed = walk->needed[index], .limit = walk->limits[index] };
    for (size_t i = 0; i < walk->slots.count; i++) {
        const Slot *slot = &walk->slots.at[i];
        bool uses = false;
        for (size_t u = 0; u < slot->users.count; u++)
            uses |= slot->users.at[u] == service;
        if (!uses || slot->source != SOURCE_GIVEN)
            continue;
        place_service(sorting, slot->giver);
        /* Several of the staff may wait for the same service. */
        size_t before = sorting->place[walk_index(walk, slot->giver)];
        bool known = false;
        for (size_t a = 0; a < item.after.count; a++)
            known |= item.after.at[a] == before - 1;
        if (before && !known)
            list_push(sorting->arena, &item.after, before - 1);
    }
    set_dates(walk, sorting->plan, &item);
    set_fee(walk, &item);
    list_push(sorting->arena, &sorting->plan->items, item);
    sorting->place[index] = sorting->plan->items.count;
}

/* Slack: how far the item can slip before something after it, or the finish, slips. Items come after what they wait
 * for, so walking backwards meets every follower first. */
static void set_slack(const Calendar *calendar, Plan *plan)
{
    for (size_t i = 0; i < plan->items.count; i++)
        plan->items.at[i].slack = INT32_MAX;
    for (size_t i = plan->items.count; i-- > 0;) {
        PlanItem *item = &plan->items.at[i];
        if (item->needed != CERTAIN_YES)
            continue;
        if (item->slack == INT32_MAX)
            item->slack = calendar_working_days(calendar, item->due.date, plan->finish);
        item->critical = item->slack == 0;
        for (size_t a = 0; a < item->after.count; a++) {
            PlanItem *before = &plan->items.at[item->after.at[a]];
            int32_t room = item->slack + calendar_working_days(calendar, before->due.date, item->starts);
            if (room < before->slack)
                before->slack = room;
        }
    }
}

void plan_order(Arena *arena, const Walk *walk, Plan *plan)
{
    size_t count = walk->pack->services.count;
    Sorting sorting = { .arena = arena, .walk = walk, .plan = plan, .place = arena_array(arena, size_t, count),
                        .visiting = arena_array(arena, bool, count) };
    for (size_t i = 0; i < count; i++)
        place_service(&sorting, walk->pack->services.at[i]);
    plan->finish = plan->starts;
    plan->fee_known = true;
    for (size_t i = 0; i < plan->items.count; i++) {
        const PlanItem *item = &plan->items.at[i];
        if (item->needed != CERTAIN_YES)
            continue;
        plan->fee_known = plan->fee_known && item->fee_known && i64_add(plan->fee.cents, item->fee.cents, &plan->fee.cents);
        plan->visits += item->service->visits;
        plan->provisional |= item->due.provisional;
        if (date_compare(item->due.date, plan->finish) > 0)
            plan->finish = item->due.date;
    }
    set_slack(&walk->pack->calendar, plan);
}
