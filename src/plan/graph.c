/* Reaching: from the event's goals through every way that is open, each service and each kind of evidence once. Work is in
 * proportion to what is reached, whatever else is in the pack. */
#include "plan/graph.h"

enum { SERVICE_REST = 1 };
static const int64_t ASSUMPTION_REST = (int64_t)1 << 32;

/* ---- numbers ---- */

static NumberEntry *number_place(const Numbers *numbers, const void *key)
{
    size_t place = ((uintptr_t)key / sizeof(void *)) * 0x9E3779B1u & (numbers->room - 1);
    while (numbers->at[place].key && numbers->at[place].key != key)
        place = (place + 1) & (numbers->room - 1);
    return &numbers->at[place];
}

uint32_t *graph_number(Arena *arena, Numbers *numbers, const void *key)
{
    if (numbers->count * 2 >= numbers->room) {
        const Numbers before = *numbers;
        numbers->room = before.room ? before.room * 2 : 128;
        numbers->at = arena_array(arena, NumberEntry, numbers->room);
        for (size_t i = 0; i < before.room; i++)
            if (before.at[i].key)
                *number_place(numbers, before.at[i].key) = before.at[i];
    }
    NumberEntry *entry = number_place(numbers, key);
    numbers->count += entry->key == NULL;
    entry->key = key;
    return &entry->number;
}

/* As soon as something is a part, its number is one of a part; 0 is the wish, which nobody asks for. */
static uint32_t *part_number(Graph *graph, const void *key)
{
    return graph_number(graph->arena, &graph->numbers, key);
}

/* ---- burden ---- */

int64_t burden_papers(int64_t visits, int64_t documents)
{
    return (visits << DOCUMENT_BITS) + (documents << PAPER_BITS);
}

int burden_compare(Burden a, Burden b)
{
    if (a.papers != b.papers)
        return a.papers < b.papers ? -1 : 1;
    if (a.fee != b.fee)
        return a.fee < b.fee ? -1 : 1;
    return (a.rest > b.rest) - (a.rest < b.rest);
}

Burden burden_sum(Burden a, Burden b)
{
    return (Burden){ a.papers + b.papers, a.fee + b.fee, a.rest + b.rest };
}

/* ---- parts ---- */

static uint32_t add_part(Graph *graph, Part part)
{
    list_push(graph->arena, &graph->parts, part);
    must(graph->parts.count < NO_PART);
    return (uint32_t)graph->parts.count - 1;
}

static uint32_t length_of(Graph *graph, const Limit *limit)
{
    Length length = { 0 };
    if (limit && limit->on_the_spot)
        length.on_the_spot = true;
    else if (limit)
        length.period = limit->promised.amount ? limit->promised : limit->statutory;
    Lengths *lengths = graph->lengths;
    for (size_t i = 0; i < lengths->count; i++)
        if (lengths->at[i].on_the_spot == length.on_the_spot && lengths->at[i].period.amount == length.period.amount &&
            lengths->at[i].period.unit == length.period.unit && lengths->at[i].period.rule == length.period.rule)
            return (uint32_t)i;
    list_push(graph->arena, lengths, length);
    return (uint32_t)lengths->count - 1;
}

int32_t graph_due(Graph *graph, uint32_t number, int32_t start, bool *provisional)
{
    Length *length = &graph->lengths->at[number];
    *provisional = false;
    if (!length->on_the_spot && !length->period.amount)
        return start;
    while (length->due.count <= (size_t)start)
        list_push(graph->arena, &length->due, 0);
    int32_t known = length->due.at[start];
    if (known == 0) {
        const Calendar *calendar = &graph->pack->calendar;
        const Date from = date_add(graph->starts, start);
        Due due = length->on_the_spot ? calendar_same_day(calendar, from, NULL, 0)
                                      : calendar_due(calendar, from, length->period, NULL, 0);
        known = 1 + (date_is_set(due.date) ? due.date.day - graph->starts.day : start);
        length->due.at[start] = known = due.provisional ? -known : known;
    }
    *provisional = known < 0;
    return (known < 0 ? -known : known) - 1;
}

/* A service as a part: made when a way leads to it first, its demands when the queue comes to it. */
static uint32_t part_of_service(Graph *graph, const Service *service)
{
    uint32_t *number = part_number(graph, service);
    if (!*number) {
        const bool together = service->inspection && service->joint_inspection;
        Burden burden = { .papers = burden_papers(together ? 0 : service->visits, 0),
                          .fee = service->fee.cents,
                          .rest = SERVICE_REST };
        if (service->fee_rule.parsed) {
            Money fee = { 0 };
            const Value value = graph_value(graph, &service->fee_rule);
            burden.fee = money_of(graph->arena, value, &fee) ? fee.cents : 0;
            burden.rest += value_is_unknown(value) ? ASSUMPTION_REST : 0;
        }
        *number = add_part(graph, (Part){ .service = service, .burden = burden });
    }
    return *number;
}

static uint32_t part_of_document(Graph *graph, const EvidenceType *type, Str member)
{
    const Part part = { .burden = { .papers = burden_papers(0, 1) } };
    if (!member.len) {
        uint32_t *number = part_number(graph, &type->upload);
        *number = *number ? *number : add_part(graph, part);
        return *number;
    }
    const Str key = str_printf(graph->arena, "%.*s:%.*s", STR_ARGS(type->id), STR_ARGS(member));
    const uint32_t *known = map_get(&graph->documents, key);
    if (known)
        return *known;
    uint32_t *number = arena_new(graph->arena, uint32_t);
    *number = add_part(graph, part);
    map_put(graph->arena, &graph->documents, key, number);
    return *number;
}

/* One for each condition. */
static uint32_t part_of_assumption(Graph *graph, const Condition *condition)
{
    uint32_t *number = part_number(graph, condition);
    *number = *number ? *number : add_part(graph, (Part){ .burden = { .rest = ASSUMPTION_REST } });
    return *number;
}

/* ---- ways ---- */

static void add_way(Graph *graph, Demand *demand, Way way)
{
    if (way.part == NO_PART && demand->chosen == NO_WAY)
        demand->chosen = (uint32_t)graph->ways.count;
    list_push(graph->arena, &graph->ways, way);
    demand->count++;
}

/* LAW cn.licensing art.26(2), 42(2), cn.visit-once art.18(2): who is inspected together is visited once. The n-th visit is a part of
 * its own, demanded by each service that needs so many. */
static void demand_joint_visits(Graph *graph, uint32_t user, const Service *service)
{
    for (size_t i = 0; service->inspection && service->joint_inspection && i < (size_t)service->visits; i++) {
        if (i == graph->joint.count)
            list_push(graph->arena, &graph->joint, add_part(graph, (Part){ .burden = { .papers = burden_papers(1, 0) } }));
        Demand *demand = list_add(graph->arena, &graph->demands);
        *demand = (Demand){ .user = user, .first = (uint32_t)graph->ways.count, .chosen = NO_WAY };
        add_way(graph, demand, (Way){ .source = SOURCE_HELD, .part = graph->joint.at[i] });
        graph->parts.at[user].count++;
    }
}

/* Where a type of evidence comes from, in the order of what is asked of the person: it is held, declared, given, brought. A condition
 * under which it is held guards its holder; without the condition, what a holder has is always held, unless a service
 * is needed to give it. */
static void add_ways(Graph *graph, Demand *demand, const EvidenceType *type, Str member)
{
    const Certainty held = type->held.parsed ? graph_decides(graph, &type->held) : CERTAIN_NO;
    if (held == CERTAIN_YES) {
        add_way(graph, demand, (Way){ .type = type, .source = SOURCE_HELD, .part = NO_PART });
        return;
    }
    if (held == POSSIBLE)
        add_way(graph, demand,
                (Way){ .type = type, .source = SOURCE_HELD, .part = part_of_assumption(graph, &type->held), .open = &type->held });
    Certainty given = CERTAIN_NO;
    const Condition *open = NULL;
    for (size_t i = 0; i < type->givers.count; i++) {
        const Certainty now = graph_decides(graph, &type->givers.at[i]->when);
        given = now == CERTAIN_YES || given == CERTAIN_NO ? now : given;
        open = now == POSSIBLE ? &type->givers.at[i]->when : open;
    }
    if (type->holder && !type->held.parsed && given != CERTAIN_YES)
        add_way(graph, demand,
                (Way){ .type = type, .source = SOURCE_HELD, .part = open ? part_of_assumption(graph, open) : NO_PART, .open = open });
    if (demand->need && type->declares.in[0].len)
        add_way(graph, demand, (Way){ .type = type, .source = SOURCE_DECLARED, .part = NO_PART });
    for (size_t i = 0; i < type->givers.count; i++) {
        const Service *giver = type->givers.at[i];
        const Certainty now = graph_decides(graph, &giver->when);
        if (now == CERTAIN_NO)
            list_push(graph->arena, &graph->left_out, (LeftOut){ giver, demand->user });
        else
            add_way(graph, demand, (Way){ .type = type,
                                          .source = SOURCE_GIVEN,
                                          .part = part_of_service(graph, giver),
                                          .open = now == POSSIBLE ? &giver->when : NULL });
    }
    if (demand->need && type->upload)
        add_way(graph, demand, (Way){ .type = type, .source = SOURCE_UPLOAD, .part = part_of_document(graph, type, member) });
}

/* Whether government holds it whatever the answers are: then nothing is asked about the alternatives. */
static bool is_held_anyway(const EvidenceType *type)
{
    return type->holder && !type->held.parsed && type->givers.count == 0;
}

static void add_demand(Graph *graph, uint32_t user, const Need *need, const Condition *when, Value member, const Scope *inside)
{
    const Value identity = value_get(member, S("id"));
    Demand *demand = list_add(graph->arena, &graph->demands);
    *demand = (Demand){ .need = need,
                        .member = member,
                        .when = when,
                        .inside = inside,
                        .user = user,
                        .first = (uint32_t)graph->ways.count,
                        .chosen = NO_WAY };
    graph->parts.at[user].count++;
    for (size_t i = 0; i < need->any.count; i++)
        if (is_held_anyway(need->any.at[i])) {
            add_way(graph, demand, (Way){ .type = need->any.at[i], .source = SOURCE_HELD, .part = NO_PART });
            return;
        }
    for (size_t i = 0; i < need->any.count; i++)
        add_ways(graph, demand, need->any.at[i], identity.kind == VALUE_STRING ? identity.string : STR_NONE);
}

static void demand_each(Graph *graph, uint32_t user, const Need *need)
{
    const Value *list = map_get(&graph->asked->values, need->each->id);
    graph->undecided |= list == NULL;
    for (size_t i = 0; list && i < value_count(*list); i++) {
        const Value member = value_item(*list, i);
        Scope *inside = arena_new(graph->arena, Scope);
        inside->outer = graph->asked;
        for (size_t f = 0; f < need->each->fields.count; f++) {
            Str field = need->each->fields.at[f]->id;
            scope_set(graph->arena, inside, field, value_get(member, field));
        }
        /* With a member's own facts in scope it is another question each time. */
        const Value holds = need->when.parsed
                                ? subject_decide(graph->arena, need->when.subject, inside, &graph->pack->domains)
                                : value_boolean(true);
        graph->undecided |= value_is_unknown(holds);
        if (value_is_unknown(holds))
            add_demand(graph, user, need, &need->when, member, inside);
        else if (value_is_true(holds))
            add_demand(graph, user, need, NULL, member, inside);
    }
}

static void expand(Graph *graph, uint32_t number)
{
    const Service *service = graph->parts.at[number].service;
    Certainty applies = CERTAIN_NO;
    graph->parts.at[number].first = (uint32_t)graph->demands.count;
    for (size_t i = 0; i < service->time.count && applies == CERTAIN_NO; i++) {
        applies = graph_decides(graph, &service->time.at[i].when);
        if (applies == CERTAIN_YES)
            graph->parts.at[number].limit = &service->time.at[i];
    }
    graph->parts.at[number].length = length_of(graph, graph->parts.at[number].limit);
    int64_t open = applies == POSSIBLE || graph_decides(graph, &service->when) == POSSIBLE;
    for (size_t i = 0; i < service->needs.count; i++) {
        const Need *need = &service->needs.at[i];
        if (need->each) {
            demand_each(graph, number, need);
            continue;
        }
        const Certainty wanted = graph_decides(graph, &need->when);
        open += wanted == POSSIBLE;
        if (wanted != CERTAIN_NO)
            add_demand(graph, number, need, wanted == POSSIBLE ? &need->when : NULL, value_null(), NULL);
    }
    graph->parts.at[number].burden.rest += open * ASSUMPTION_REST;
    demand_joint_visits(graph, number, service);
}

/* A goal arises where a service is needed that gives it; where that is undecided, it does not arise yet. */
static void demand_goal(Graph *graph, const Goal *goal)
{
    const Certainty wanted = graph_decides(graph, &goal->when);
    if (wanted == CERTAIN_NO)
        return;
    Demand *demand = list_add(graph->arena, &graph->demands);
    *demand = (Demand){ .goal = goal,
                        .when = wanted == POSSIBLE ? &goal->when : NULL,
                        .first = (uint32_t)graph->ways.count,
                        .chosen = NO_WAY };
    add_ways(graph, demand, goal->evidence, STR_NONE);
    graph->parts.at[0].count++;
    const Condition *open = NULL;
    bool needed = false;
    for (uint32_t i = 0; i < demand->count; i++) {
        const Way *way = &graph->ways.at[demand->first + i];
        needed |= way->source == SOURCE_GIVEN && !way->open;
        open = way->open && !open ? way->open : open;
    }
    if (demand->count == 0) {
        graph->demands.count--;
        graph->parts.at[0].count--;
    } else if (!needed && open && !demand->when) {
        demand->when = open;
    }
}

static void forget(Graph *graph)
{
    graph->parts.count = graph->demands.count = graph->ways.count = 0;
    graph->left_out.count = graph->joint.count = graph->stops.count = graph->numbers.count = 0;
    graph->documents = (Map){ 0 };
    if (graph->numbers.room)
        memset(graph->numbers.at, 0, graph->numbers.room * sizeof *graph->numbers.at);
}

void graph_build(Graph *graph)
{
    const Event *event = graph->event;
    forget(graph);
    graph->undecided = false;
    for (size_t i = 0; i < event->stops.count; i++) {
        const Certainty holds = graph_decides(graph, &event->stops.at[i].when);
        if (holds == CERTAIN_YES) {
            graph->stop = &event->stops.at[i];
            return;
        }
        if (holds == POSSIBLE)
            list_push(graph->arena, &graph->stops, &event->stops.at[i].when);
    }
    (void)add_part(graph, (Part){ .length = length_of(graph, NULL) });
    for (size_t i = 0; i < event->goals.count; i++)
        demand_goal(graph, &event->goals.at[i]);
    for (uint32_t i = 1; i < graph->parts.count; i++)
        if (graph->parts.at[i].service)
            expand(graph, i);
}
