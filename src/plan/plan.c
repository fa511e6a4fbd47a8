/* The plan is derived by asking as the pages do: begin with no fact, walk the graph, take up the answers to what is wanted, walk again,
 * until a wanted fact has no answer (the next question) or nothing is wanted. So an answer that was given once and no longer
 * matters has no effect, and is not sent: only facts whose question comes up are part of the plan.
 *
 * Tried and left: evaluating with all answers at once. It is one pass instead of a few, but an answer that no question
 * leads to any more would still decide. */
#include "plan/walk.h"

static Walk walk_with(Arena *arena, const Pack *pack, const Event *event, const Scope *asked, Findings *findings)
{
    size_t count = pack->services.count;
    Walk walk = { .arena = arena, .pack = pack, .event = event, .asked = asked, .findings = findings,
                  .needed = arena_array(arena, Certainty, count),
                  .limits = arena_array(arena, const Limit *, count),
                  .skipped = arena_array(arena, bool, count) };
    walk_graph(&walk);
    return walk;
}

/* Takes up the answers to what is wanted. False when none of it is answered. */
static bool take_up(Arena *arena, const Walk *walk, const Scope *facts, Scope *asked)
{
    bool taken = false;
    for (size_t i = 0; i < walk->wants.count; i++) {
        Value *answer = map_get(&facts->values, walk->wants.at[i]);
        if (answer && !value_is_unknown(*answer)) {
            scope_set(arena, asked, walk->wants.at[i], *answer);
            taken = true;
        }
    }
    return taken;
}

static const Fact *first_question(const Walk *walk)
{
    const Fact *first = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < walk->wants.count; i++) {
        const Fact *fact = pack_fact(walk->pack, walk->wants.at[i]);
        size_t rank = fact_rank(walk->event, walk->wants.at[i]);
        if (fact && (!first || rank < best)) {
            first = fact;
            best = rank;
        }
    }
    return first;
}

/* The questions in the event's order, then those that the event does not list. */
static void list_questions(Arena *arena, const Walk *walk, const Scope *asked, Plan *plan)
{
    const Event *event = walk->event;
    for (size_t s = 0; s < event->sections.count; s++)
        for (size_t f = 0; f < event->sections.at[s].asks.count; f++) {
            const Fact *fact = event->sections.at[s].asks.at[f];
            if (map_get(&asked->values, fact->id) || fact == plan->ask)
                list_push(arena, &plan->asked, fact);
        }
    for (size_t i = 0; i < asked->values.entries.count; i++) {
        const Fact *fact = pack_fact(walk->pack, asked->values.entries.at[i].key);
        if (fact && fact_rank(event, fact->id) == SIZE_MAX)
            list_push(arena, &plan->asked, fact);
    }
    if (plan->ask && fact_rank(event, plan->ask->id) == SIZE_MAX)
        list_push(arena, &plan->asked, plan->ask);
    for (size_t i = 0; i < walk->open.count; i++) {
        const Fact *fact = pack_fact(walk->pack, walk->open.at[i]);
        if (fact)
            list_push(arena, &plan->maybe, fact);
    }
}

const Plan *plan_derive(Arena *arena, const Pack *pack, const Event *event, const Scope *facts, Date starts)
{
    Scope *asked = arena_new(arena, Scope);
    Findings findings = { 0 };
    Walk walk = walk_with(arena, pack, event, asked, &findings);
    while (!walk.stop && take_up(arena, &walk, facts, asked))
        walk = walk_with(arena, pack, event, asked, &findings);

    Plan *plan = arena_new(arena, Plan);
    plan->event = event;
    plan->starts = plan->finish = starts;
    plan->stop = walk.stop;
    plan->ask = walk.stop ? NULL : first_question(&walk);
    list_questions(arena, &walk, asked, plan);
    if (walk.stop)
        return plan;
    for (size_t i = 0; i < walk.slots.count; i++)
        list_push(arena, &plan->slots, walk.slots.at[i]);
    for (size_t i = 0; i < walk.impossible.count; i++)
        list_push(arena, &plan->impossible, walk.impossible.at[i]);
    for (size_t i = 0; i < pack->services.count; i++)
        if (walk.skipped[i] && walk.needed[i] == CERTAIN_NO && pack->services.at[i]->otherwise.in[0].len)
            list_push(arena, &plan->left_out, pack->services.at[i]);
    plan_order(arena, &walk, plan);
    return plan;
}

const PlanItem *plan_item(const Plan *plan, const Service *service)
{
    for (size_t i = 0; i < plan->items.count; i++)
        if (plan->items.at[i].service == service)
            return &plan->items.at[i];
    return NULL;
}

const Slot *plan_slot(const Plan *plan, Str id)
{
    for (size_t i = 0; i < plan->slots.count; i++)
        if (str_equal(plan->slots.at[i].id, id))
            return &plan->slots.at[i];
    return NULL;
}

bool slot_takes_file(const Slot *slot)
{
    bool uploads = false;
    for (size_t i = 0; i < slot->need->any.count; i++)
        uploads |= slot->need->any.at[i]->upload;
    return uploads && (slot->source == SOURCE_UPLOAD || slot->source == SOURCE_DECLARED);
}
