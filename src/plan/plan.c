/* The plan is derived by asking as the pages do: begin with no fact, see what is reached and best, take up the answers to what is
 * wanted, and again, until a wanted fact has no answer (the next question) or nothing is wanted. So an answer that was given once
 * and no longer matters has no effect, and is not sent: only facts whose question comes up are part of the plan.
 *
 * Wanted is only what the best plan rests on with everything undecided taken at its best. If that plan rests on no
 * undecided condition, then no answer can lead to a better one, and it is the plan. Otherwise each condition that it rests on
 * matters: were it to fail, and everything else to come out well, the plan would be another.
 *
 * Tried and left: evaluating with all answers at once. It is one pass instead of a few, but an answer that no question
 * leads to any more would still decide. */
#include "plan/graph.h"

enum { SCRATCH_BYTES = 256 << 20 };

typedef struct Pass {
    Graph graph;
    const Scope *facts;                            /* all that was answered */
    Arena *lasting;                                /* of the plan; the graph's goes when the plan is made */
    Scope *asked;                                  /* that of the graph, to add to */
    Numbers known;                                 /* facts that are in `asked`, so that they need not be looked for */
    bool taken;                                    /* an answer was taken up */
    Chosen choice;
    Certainty *needed;                             /* by part */
    Strs wants;                                    /* for each undecided condition the fact to ask first, each once */
    Strs open;                                     /* every fact that they wait for */
    bool quiet;                                    /* a stop is undecided: nothing else may ask yet */
    LIST(uint32_t) queue;                          /* parts that are visited */
} Pass;

/* ---- what is wanted ---- */

static size_t rank_of(const Pass *pass, Str fact)
{
    const FactRank *rank = map_get(&pass->graph.event->ranks, fact);
    return rank ? rank->rank : SIZE_MAX;
}

/* Takes up the answer to a fact that matters, if it was given. */
static bool take_up(Pass *pass, Str fact)
{
    const Value *answer = map_get(&pass->facts->values, fact);
    if (pass->quiet || !answer || value_is_unknown(*answer))
        return false;
    scope_set(pass->lasting, pass->asked, fact, *answer);
    pass->taken = true;
    return true;
}

/* Of the facts that an undecided condition waits for, only the one that comes first in the event's order is wanted: the
 * others may never matter once it is answered. True when it was answered, and there may be more to want. */
static bool want(Pass *pass, const Strs *waiting)
{
    size_t least = SIZE_MAX;
    const Str *first = NULL;
    for (size_t i = 0; i < waiting->count; i++) {
        const size_t rank = waiting->count > 1 ? rank_of(pass, waiting->at[i]) : 0;
        if (!first || rank < least) {
            first = &waiting->at[i];
            least = rank;
        }
    }
    if (!first || take_up(pass, *first))
        return first != NULL;
    for (size_t i = 0; i < waiting->count; i++)
        strs_add_once(pass->graph.arena, &pass->open, waiting->at[i]);
    if (!pass->quiet)
        strs_add_once(pass->graph.arena, &pass->wants, *first);
    return false;
}

static void want_fact(Pass *pass, const Fact *fact)
{
    uint32_t *known = graph_number(pass->graph.arena, &pass->known, fact);
    Strs one = { .at = (Str *)&fact->id, .count = 1 };
    if (!*known)
        *known = map_get(&pass->asked->values, fact->id) != NULL || want(pass, &one);
}

static void want_condition(Pass *pass, const Condition *condition, const Scope *inside)
{
    if (!inside) {
        while (graph_decides(&pass->graph, condition) == POSSIBLE && want(pass, graph_questions(&pass->graph, condition)))
            ;
        return;
    }
    const Strs questions = subject_questions(pass->graph.arena, condition->subject, inside, &pass->graph.pack->domains);
    (void)want(pass, &questions);
}

static void want_of_service(Pass *pass, const Part *part)
{
    const Service *service = part->service;
    for (size_t i = 0; i < service->asks.count; i++)
        want_fact(pass, service->asks.at[i]);
    if (service->fee_rule.parsed)
        want_condition(pass, &service->fee_rule, NULL);
    for (size_t i = 0; i < service->time.count && !part->limit; i++)
        if (graph_decides(&pass->graph, &service->time.at[i].when) == POSSIBLE) {
            want_condition(pass, &service->time.at[i].when, NULL);
            break;
        }
    for (size_t i = 0; i < service->needs.count; i++)
        if (service->needs.at[i].each)
            want_fact(pass, service->needs.at[i].each);
}

static void visit(Pass *pass, uint32_t part, Certainty how)
{
    if (pass->needed[part] != CERTAIN_NO)
        return;
    pass->needed[part] = how;
    list_push(pass->graph.arena, &pass->queue, part);
}

/* Whether the same service needs the very same in any case: then it does not matter whether it does so once more. */
static bool is_needed_anyway(const Graph *graph, const Part *part, const Demand *demand)
{
    for (uint32_t d = part->first; d < part->first + part->count; d++) {
        const Demand *other = &graph->demands.at[d];
        if (other->when || !other->need || !demand->need || other->need->each || demand->need->each ||
            other->need->later.amount || other->need->any.count != demand->need->any.count)
            continue;
        bool same = true;
        for (size_t i = 0; i < other->need->any.count; i++)
            same &= other->need->any.at[i] == demand->need->any.at[i];
        if (same)
            return true;
    }
    return false;
}

/* Walks what was chosen, as far as it rests on nothing undecided, and notes what is wanted there. */
static void visit_chosen(Pass *pass)
{
    Graph *graph = &pass->graph;
    visit(pass, 0, CERTAIN_YES);
    for (size_t i = 0; i < pass->queue.count; i++) {
        const Part *part = &graph->parts.at[pass->queue.at[i]];
        if (part->service)
            want_of_service(pass, part);
        for (uint32_t d = part->first; d < part->first + part->count; d++) {
            const Demand *demand = &graph->demands.at[d];
            const Way *way = demand->chosen == NO_WAY ? NULL : &graph->ways.at[demand->chosen];
            if (demand->when && is_needed_anyway(graph, part, demand))
                continue;
            if (demand->when)
                want_condition(pass, demand->when, demand->inside);
            else if (way && way->open)
                want_condition(pass, way->open, NULL);
            else if (way && way->source == SOURCE_GIVEN)
                visit(pass, way->part, CERTAIN_YES);
        }
    }
    want_fact(pass, graph->event->label);
}

/* While something is wanted, a choice between ways may still turn: certain is then only what every way leads to, and
 * whatever else can be reached is possible. */
static void visit_what_can_be(Pass *pass)
{
    Graph *graph = &pass->graph;
    for (size_t i = 0; i < graph->parts.count; i++)
        pass->needed[i] = CERTAIN_NO;
    pass->queue.count = 0;
    visit(pass, 0, CERTAIN_YES);
    for (int certain = 1; certain >= 0; certain--)
        for (size_t i = 0; i < pass->queue.count; i++) {
            const Part *part = &graph->parts.at[pass->queue.at[i]];
            for (uint32_t d = part->first; d < part->first + part->count; d++) {
                const Demand *demand = &graph->demands.at[d];
                const Way *chosen = demand->chosen == NO_WAY ? NULL : &graph->ways.at[demand->chosen];
                if (chosen && chosen->part == NO_PART)
                    continue;
                for (uint32_t w = demand->first; w < demand->first + demand->count; w++) {
                    const Way *way = &graph->ways.at[w];
                    const bool sure = !demand->when && !way->open && demand->count == 1;
                    if (way->source == SOURCE_GIVEN && (!certain || sure))
                        visit(pass, way->part, certain ? CERTAIN_YES : POSSIBLE);
                }
            }
        }
}

/* ---- passes ---- */

static void pass_begin(Pass *pass)
{
    pass->taken = pass->quiet = false;
    pass->wants.count = pass->open.count = pass->queue.count = 0;
    graph_build(&pass->graph);
    for (size_t i = 0; i < pass->graph.stops.count; i++)
        want_condition(pass, pass->graph.stops.at[i], NULL);
    /* A reason to stop comes before any other question: nobody fills in what cannot succeed. */
    pass->quiet = pass->wants.count > 0;
    if (pass->graph.stop || (pass->graph.stops.count && pass->taken))
        return;
    pass->choice = graph_choose(&pass->graph);
    pass->needed = arena_array(pass->graph.arena, Certainty, pass->graph.parts.count);
    visit_chosen(pass);
}

static const Fact *first_question(const Pass *pass)
{
    const Fact *first = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < pass->wants.count; i++) {
        const Fact *fact = pack_fact(pass->graph.pack, pass->wants.at[i]);
        const size_t rank = rank_of(pass, pass->wants.at[i]);
        if (fact && (!first || rank < best)) {
            first = fact;
            best = rank;
        }
    }
    return first;
}

/* The questions in the event's order, then those that the event does not list. */
static void list_questions(Arena *arena, const Pass *pass, const Scope *asked, Plan *plan)
{
    const Event *event = pass->graph.event;
    for (size_t s = 0; s < event->sections.count; s++)
        for (size_t f = 0; f < event->sections.at[s].asks.count; f++) {
            const Fact *fact = event->sections.at[s].asks.at[f];
            if (map_get(&asked->values, fact->id) || fact == plan->ask)
                list_push(arena, &plan->asked, fact);
        }
    for (size_t i = 0; i < asked->values.entries.count; i++) {
        const Fact *fact = pack_fact(plan->pack, asked->values.entries.at[i].key);
        if (fact && rank_of(pass, fact->id) == SIZE_MAX)
            list_push(arena, &plan->asked, fact);
    }
    if (plan->ask && rank_of(pass, plan->ask->id) == SIZE_MAX)
        list_push(arena, &plan->asked, plan->ask);
    for (size_t i = 0; i < pass->open.count; i++) {
        const Fact *fact = pack_fact(plan->pack, pass->open.at[i]);
        if (fact)
            list_push(arena, &plan->maybe, fact);
    }
}

static void set_least(Plan *plan, const Chosen *choice)
{
    plan->exact = choice->exact;
    if (choice->exact) {
        plan->least = (Measures){ plan->visits, plan->documents, plan->finish, plan->fee };
        return;
    }
    const int64_t document = (int64_t)1 << PAPER_BITS, visit_burden = (int64_t)1 << DOCUMENT_BITS;
    plan->least.visits = (int32_t)(choice->least.papers / visit_burden);
    plan->least.documents = (int32_t)(choice->least.papers % visit_burden / document);
    plan->least.finish = date_add(plan->starts, choice->least_finish);
    plan->least.fee.cents = choice->least.fee;
}

const Plan *plan_derive(Arena *arena, const Pack *pack, const Event *event, const Scope *facts, Date starts)
{
    Scope *asked = arena_new(arena, Scope);
    Findings findings = { 0 };
    Lengths lengths = { 0 };
    Arena *scratch = arena_open(SCRATCH_BYTES);
    Pass pass = { .facts = facts, .asked = asked, .lasting = arena };
    pass.graph = (Graph){ .arena = scratch, .pack = pack, .event = event, .asked = asked, .findings = &findings, .lengths = &lengths,
                          .starts = starts };
    do
        pass_begin(&pass);
    while (pass.taken && pass.graph.undecided);

    Plan *plan = arena_new(arena, Plan);
    *plan = (Plan){ .event = event, .starts = starts, .stop = pass.graph.stop, .facts = asked, .pack = pack, .exact = true };
    plan->finish = plan->least.finish = starts;
    plan->ask = pass.graph.stop ? NULL : first_question(&pass);
    list_questions(arena, &pass, asked, plan);
    if (!plan->stop) {
        if (pass.open.count)
            visit_what_can_be(&pass);
        pass.graph.arena = arena;
        plan_slots(&pass.graph, pass.needed, plan);
        plan_order(&pass.graph, pass.needed, plan);
        set_least(plan, &pass.choice);
    }
    arena_close(scratch);
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
