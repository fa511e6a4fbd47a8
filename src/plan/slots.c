/* The places for evidence of a plan: one for each kind of need and member, with all who use it. */
#include "plan/graph.h"

typedef struct SlotPlace {
    size_t index;
} SlotPlace;

static Str slot_id(Arena *arena, const Need *need, Str member)
{
    if (need->any.count == 1 && !member.len)
        return need->any.at[0]->id;
    Text id = text_begin(arena, 4096);
    for (size_t i = 0; i < need->any.count; i++) {
        if (i)
            text_char(&id, '|');
        text_put(&id, need->any.at[i]->id);
    }
    if (member.len) {
        text_char(&id, ':');
        text_put(&id, member);
    }
    return text_str(&id);
}

static void use_slot(Arena *arena, Slot *slot, const Demand *demand, const Service *service)
{
    /* Needed at once by one service, it is needed at once. */
    if (!demand->need->later.amount)
        slot->later = (Period){ 0 };
    if (!slot->users.count || slot->users.at[slot->users.count - 1] != service)
        list_push(arena, &slot->users, service);
}

/* `brought` tells of each document the first slot, plus 1. */
static void add_slot(Graph *graph, Plan *plan, Map *places, size_t *brought, const Demand *demand)
{
    const Service *service = graph->parts.at[demand->user].service;
    const Value identity = value_get(demand->member, S("id"));
    const Str member = identity.kind == VALUE_STRING ? identity.string : STR_NONE;
    const Str id = slot_id(graph->arena, demand->need, member);
    const SlotPlace *known = map_get(places, id);
    if (known) {
        use_slot(graph->arena, &plan->slots.at[known->index], demand, service);
        return;
    }
    SlotPlace *place = arena_new(graph->arena, SlotPlace);
    place->index = plan->slots.count;
    map_put(graph->arena, places, id, place);
    Slot *slot = list_add(graph->arena, &plan->slots);
    *slot = (Slot){ .id = id, .need = demand->need, .later = demand->need->later, .member = member };
    if (member.len && demand->need->each->fields.count) {
        const Value name = value_get(demand->member, demand->need->each->fields.at[0]->id);
        slot->member_name = name.kind == VALUE_STRING ? name.string : STR_NONE;
    }
    use_slot(graph->arena, slot, demand, service);
    if (demand->impossible) {
        slot->source = SOURCE_NOBODY;
        slot->type = demand->need->any.at[0];
        return;
    }
    const Way *way = &graph->ways.at[demand->chosen];
    slot->source = way->source;
    slot->type = way->type;
    if (way->source == SOURCE_GIVEN)
        slot->giver = graph->parts.at[way->part].service;
    if (way->source != SOURCE_UPLOAD)
        return;
    if (brought[way->part])
        slot->with = plan->slots.at[brought[way->part] - 1].id;
    else
        brought[way->part] = place->index + 1;
    plan->documents += slot->with.len == 0;
}

/* ---- what cannot be had ---- */

/* Follows what is in the way, service by service, to what nobody gives, or round to where it has been. */
static void explain_impossible(Graph *graph, Plan *plan, const Demand *demand)
{
    Impossible *found = list_add(graph->arena, &plan->impossible);
    bool *seen = arena_array(graph->arena, bool, graph->parts.count);
    for (const Demand *next = demand; next;) {
        found->type = next->need ? next->need->any.at[0] : next->goal->evidence;
        const Part *user = &graph->parts.at[next->user];
        if (user->service)
            list_push(graph->arena, &found->chain, user->service);
        seen[next->user] = true;
        const Way *given = NULL;
        for (uint32_t w = next->first; w < next->first + next->count && !given; w++)
            given = graph->ways.at[w].source == SOURCE_GIVEN ? &graph->ways.at[w] : NULL;
        next = NULL;
        if (!given)
            return;
        found->type = given->type;
        found->circle = seen[given->part];
        if (found->circle)
            return;
        const Part *giver = &graph->parts.at[given->part];
        for (uint32_t d = giver->first; d < giver->first + giver->count && !next; d++)
            if (graph->demands.at[d].impossible)
                next = &graph->demands.at[d];
    }
}

static void add_left_out(Graph *graph, const Certainty *needed, Plan *plan)
{
    for (size_t i = 0; i < graph->left_out.count; i++) {
        const Service *service = graph->left_out.at[i].service;
        if (needed[graph->left_out.at[i].user] == CERTAIN_NO || !service->otherwise.in[0].len)
            continue;
        size_t at = plan->left_out.count;
        while (at > 0 && plan->left_out.at[at - 1]->number > service->number)
            at--;
        if (at > 0 && plan->left_out.at[at - 1] == service)
            continue;
        list_push(graph->arena, &plan->left_out, service);
        for (size_t move = plan->left_out.count - 1; move > at; move--)
            plan->left_out.at[move] = plan->left_out.at[move - 1];
        plan->left_out.at[at] = service;
    }
}

void plan_slots(Graph *graph, const Certainty *needed, Plan *plan)
{
    Map places = { 0 };
    size_t *brought = arena_array(graph->arena, size_t, graph->parts.count);
    for (size_t d = 0; d < graph->demands.count; d++) {
        const Demand *demand = &graph->demands.at[d];
        if (needed[demand->user] != CERTAIN_YES || demand->when)
            continue;
        if (demand->need && (demand->impossible || demand->chosen != NO_WAY))
            add_slot(graph, plan, &places, brought, demand);
        if (demand->impossible && (demand->need || demand->chosen == NO_WAY))
            explain_impossible(graph, plan, demand);
    }
    add_left_out(graph, needed, plan);
}
