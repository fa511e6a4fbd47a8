/* Walks from every event's goals down the graph, through alternatives and without regard to conditions, and notes what was reached. What
 * was not is reported. */
#include "lint/lint.h"

typedef struct Reach {
    Arena *arena;
    const Pack *pack;
    Strs services, evidence, facts;
} Reach;

static void reach_evidence(Reach *it, const EvidenceType *type);

static void reach_rule(Reach *it, const Condition *condition)
{
    const Strs *names = condition->parsed ? rule_names(condition->parsed) : NULL;
    for (size_t i = 0; names && i < names->count; i++)
        strs_add_once(it->arena, &it->facts, names->at[i]);
}

static void reach_fact(Reach *it, const Fact *fact)
{
    strs_add_once(it->arena, &it->facts, fact->id);
    reach_rule(it, &fact->check);
    for (size_t i = 0; i < fact->fields.count; i++)
        strs_add_once(it->arena, &it->facts, fact->fields.at[i]->id);
}

static void reach_service(Reach *it, const Service *service)
{
    if (strs_has(&it->services, service->id))
        return;
    list_push(it->arena, &it->services, service->id);
    reach_rule(it, &service->when);
    for (size_t i = 0; i < service->asks.count; i++)
        reach_fact(it, service->asks.at[i]);
    reach_rule(it, &service->fee_rule);
    for (size_t i = 0; i < service->time.count; i++)
        reach_rule(it, &service->time.at[i].when);
    for (size_t i = 0; i < service->needs.count; i++) {
        const Need *need = &service->needs.at[i];
        reach_rule(it, &need->when);
        if (need->each)
            reach_fact(it, need->each);
        for (size_t e = 0; e < need->any.count; e++)
            reach_evidence(it, need->any.at[e]);
    }
}

static void reach_evidence(Reach *it, const EvidenceType *type)
{
    strs_add_once(it->arena, &it->evidence, type->id);
    reach_rule(it, &type->held);
    for (size_t i = 0; i < type->givers.count; i++)
        reach_service(it, type->givers.at[i]);
}

static void reach_event(Reach *it, const Event *event)
{
    reach_fact(it, event->label);
    for (size_t i = 0; i < event->stops.count; i++)
        reach_rule(it, &event->stops.at[i].when);
    for (size_t i = 0; i < event->goals.count; i++) {
        reach_rule(it, &event->goals.at[i].when);
        reach_evidence(it, event->goals.at[i].evidence);
    }
}

/* No limit stands still for what may follow, so it must be there before the decision is due. Periods of other units are not compared. */
static bool comes_too_late(Period later, const Limit *limit)
{
    const Period until = limit->promised.amount ? limit->promised : limit->statutory;
    return limit->on_the_spot || (until.amount && until.unit == later.unit && later.amount > until.amount);
}

static void lint_later(Errors *findings, const Service *service)
{
    for (size_t i = 0; i < service->needs.count; i++)
        for (size_t n = 0; n < service->time.count; n++)
            if (service->needs.at[i].later.amount && comes_too_late(service->needs.at[i].later, &service->time.at[n])) {
                errors_add(findings, service->place, S("the limit runs while a paper is outstanding: let it follow sooner"),
                           "in the service \"%.*s\" a paper may follow later than the decision is due", STR_ARGS(service->id));
                return;
            }
}

Errors lint_pack(Arena *arena, const Pack *pack)
{
    Errors findings = errors_begin(arena);
    Reach it = { .arena = arena, .pack = pack };
    for (size_t i = 0; i < pack->events.count; i++)
        reach_event(&it, pack->events.at[i]);
    for (size_t i = 0; i < pack->services.count; i++) {
        const Service *service = pack->services.at[i];
        if (!strs_has(&it.services, service->id))
            errors_add(&findings, service->place, S("name what it gives as a goal of an event"), "no event reaches the service \"%.*s\"",
                       STR_ARGS(service->id));
        lint_later(&findings, service);
    }
    for (size_t i = 0; i < pack->evidence.count; i++) {
        const EvidenceType *type = pack->evidence.at[i];
        if (!strs_has(&it.evidence, type->id))
            errors_add(&findings, type->place, S("remove it, or let a service need it"), "nothing needs the evidence \"%.*s\"",
                       STR_ARGS(type->id));
    }
    for (size_t i = 0; i < pack->facts.count; i++) {
        const Fact *fact = pack->facts.at[i];
        if (!strs_has(&it.facts, fact->id))
            errors_add(&findings, fact->place, S("remove it: nobody may be asked what changes nothing"), "nothing uses the fact \"%.*s\"",
                       STR_ARGS(fact->id));
    }
    for (size_t i = 0; i < pack->derived.count; i++) {
        const Fact *fact = pack->derived.at[i];
        if (!fact->used)
            errors_add(&findings, fact->place, S("remove it, or let a rule use it"), "nothing uses the fact \"%.*s\"",
                       STR_ARGS(fact->id));
    }
    return findings;
}
