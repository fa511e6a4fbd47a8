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

static void put_domains(Arena *arena, Map *domains, const Fact *const *facts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Domain *domain = arena_new(arena, Domain);
        if (load_domain(arena, facts[i], domain))
            map_put(arena, domains, facts[i]->id, domain);
    }
}

Map pack_domains(Arena *arena, const Pack *pack)
{
    Map domains = { 0 };
    put_domains(arena, &domains, pack->facts.at, pack->facts.count);
    return domains;
}

Map pack_all_domains(Arena *arena, const Pack *pack)
{
    Map domains = pack_domains(arena, pack);
    put_domains(arena, &domains, pack->derived.at, pack->derived.count);
    return domains;
}

Map pack_model_domains(Arena *arena, const Map *domains, const Model *model)
{
    Map inputs = { 0 };
    for (size_t i = 0; i < model_inputs(model)->count; i++) {
        const Str input = model_inputs(model)->at[i];
        Domain *domain = map_get(domains, load_fact_name(arena, input));
        if (domain)
            map_put(arena, &inputs, input, domain);
    }
    return inputs;
}
