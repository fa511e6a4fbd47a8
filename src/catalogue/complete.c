/* What follows from the documents of a pack once all are read: what each fact can be, so that rules can be decided by trying;
 * the subject of each condition; who gives what; and the maps by which everything is found. */
#include "catalogue/loader.h"

static void domain_of_number(Arena *arena, const Fact *fact, Domain *domain)
{
    domain->kind = VALUE_NUMBER;
    domain->whole = fact->whole;
    if (fact->min.len)
        must(value_number(arena, fact->min, &domain->least));
    if (fact->max.len)
        must(value_number(arena, fact->max, &domain->most));
}

bool load_domain(Arena *arena, const Fact *fact, Domain *domain)
{
    domain->optional = fact->optional;
    switch (fact->kind) {
    case FACT_YES_NO:
        domain->kind = VALUE_BOOLEAN;
        list_push(arena, &domain->values, value_boolean(true));
        list_push(arena, &domain->values, value_boolean(false));
        return true;
    case FACT_CHOICE:
        domain->kind = VALUE_STRING;
        for (size_t i = 0; i < fact->choices.count; i++)
            list_push(arena, &domain->values, value_string(fact->choices.at[i].value));
        return true;
    case FACT_NUMBER:
    case FACT_MONEY:
        domain_of_number(arena, fact, domain);
        return true;
    case FACT_DATE:
        domain->kind = VALUE_DATE;
        return true;
    case FACT_TEXT:
    case FACT_ADDRESS:
    case FACT_IDENTITY:
    case FACT_CREDIT_CODE:
        domain->kind = VALUE_STRING;
        return true;
    case FACT_LIST:
        return false;
    }
    return false;
}

static void find_domains(Arena *arena, Pack *pack)
{
    for (size_t i = 0; i < pack->facts.count; i++) {
        const Fact *fact = pack->facts.at[i];
        Domain *domain = arena_new(arena, Domain);
        if (load_domain(arena, fact, domain))
            map_put(arena, &pack->domains, fact->id, domain);
    }
}

/* ---- subjects ---- */

static void complete_condition(Arena *arena, const Pack *pack, const Condition *condition)
{
    if (condition->parsed && !condition->subject)
        ((Condition *)condition)->subject = subject_of_condition(arena, condition->parsed, &pack->domains);
}

static void find_subjects(Arena *arena, const Pack *pack)
{
    for (size_t i = 0; i < pack->facts.count; i++)
        complete_condition(arena, pack, &pack->facts.at[i]->check);
    for (size_t i = 0; i < pack->evidence.count; i++)
        complete_condition(arena, pack, &pack->evidence.at[i]->held);
    for (size_t i = 0; i < pack->services.count; i++) {
        const Service *service = pack->services.at[i];
        complete_condition(arena, pack, &service->when);
        if (service->fee_rule.parsed)
            ((Service *)service)->fee_rule.subject = subject_of_rule(arena, service->fee_rule.parsed);
        for (size_t n = 0; n < service->needs.count; n++)
            complete_condition(arena, pack, &service->needs.at[n].when);
        for (size_t n = 0; n < service->time.count; n++)
            complete_condition(arena, pack, &service->time.at[n].when);
    }
    for (size_t i = 0; i < pack->events.count; i++) {
        const Event *event = pack->events.at[i];
        for (size_t n = 0; n < event->goals.count; n++)
            complete_condition(arena, pack, &event->goals.at[n].when);
        for (size_t n = 0; n < event->stops.count; n++)
            complete_condition(arena, pack, &event->stops.at[n].when);
    }
}

/* ---- the whole ---- */

/* The objects were made as the loader's own, and are handed out as constants. */
static void find_givers(Arena *arena, const Pack *pack)
{
    for (size_t i = 0; i < pack->services.count; i++) {
        Service *service = (Service *)pack->services.at[i];
        EvidenceType *gives = (EvidenceType *)service->gives;
        service->number = (uint32_t)i;
        list_push(arena, &gives->givers, service);
    }
}

static void rank_facts(Arena *arena, const Pack *pack)
{
    for (size_t i = 0; i < pack->events.count; i++) {
        Event *event = (Event *)pack->events.at[i];
        for (size_t s = 0; s < event->sections.count; s++)
            for (size_t f = 0; f < event->sections.at[s].asks.count; f++) {
                FactRank *rank = arena_new(arena, FactRank);
                rank->rank = event->ranks.entries.count;
                if (!map_get(&event->ranks, event->sections.at[s].asks.at[f]->id))
                    map_put(arena, &event->ranks, event->sections.at[s].asks.at[f]->id, rank);
            }
    }
}

#define INDEX(list)                                                                                                    \
    do {                                                                                                               \
        for (size_t i = 0; i < pack->list.count; i++)                                                                  \
            map_put(arena, &pack->by_id.list, pack->list.at[i]->id, (void *)pack->list.at[i]);                         \
    } while (0)

void pack_complete(Arena *arena, Pack *pack)
{
    INDEX(laws);
    INDEX(period_rules);
    INDEX(authorities);
    INDEX(facts);
    INDEX(evidence);
    INDEX(services);
    INDEX(events);
    find_domains(arena, pack);
    find_givers(arena, pack);
    rank_facts(arena, pack);
    find_subjects(arena, pack);
}
