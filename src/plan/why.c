/* Why an item is in the plan: the chain of who waits for whom from the goal down to it, and of each condition on the way the answers
 * that decided it. */
#include "plan/plan.h"

static void add_rule(Arena *arena, const Plan *plan, PlanWhy *why, const Condition *condition, const Legals *legal, Texts because)
{
    if (!condition->parsed)
        return;
    const Map *domains = &plan->pack->domains;
    WhyRule *rule = list_add(arena, &why->rules);
    *rule = (WhyRule){ .condition = condition, .legal = legal, .because = because };
    const FactSets sets = subject_reasons(arena, condition->subject, plan->facts, domains);
    if (sets.count)
        rule->facts = sets.at[0];
    rule->turns = subject_what_if(arena, condition->subject, plan->facts, domains);
}

PlanWhy plan_why(Arena *arena, const Plan *plan, const PlanItem *item)
{
    PlanWhy why = { 0 };
    const Texts none = { 0 };
    const PlanItem *at = item;
    for (size_t steps = 0; at && steps < plan->items.count; steps++) {
        list_push(arena, &why.chain, at);
        add_rule(arena, plan, &why, &at->service->when, &at->service->legal, at->service->because);
        if (at->need && !at->need->each)
            add_rule(arena, plan, &why, &at->need->when, &at->user->legal, none);
        if (at->goal)
            add_rule(arena, plan, &why, &at->goal->when, &plan->event->legal, none);
        at = at->user ? plan_item(plan, at->user) : NULL;
    }
    for (size_t i = 0; i < why.chain.count / 2; i++) {
        const PlanItem *swapped = why.chain.at[i];
        why.chain.at[i] = why.chain.at[why.chain.count - 1 - i];
        why.chain.at[why.chain.count - 1 - i] = swapped;
    }
    return why;
}
