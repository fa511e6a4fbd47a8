/* What each fact of a pack can be, for rules that ask: the answers that trying must cover. */
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

Map pack_domains(Arena *arena, const Pack *pack)
{
    Map domains = { 0 };
    for (size_t i = 0; i < pack->facts.count; i++) {
        const Fact *fact = pack->facts.at[i];
        Domain *domain = arena_new(arena, Domain);
        if (load_domain(arena, fact, domain))
            map_put(arena, &domains, fact->id, domain);
    }
    return domains;
}
