/* What facts can be, for whoever looks at rules before anybody is asked: those that are worked out among them. */
#include "catalogue/loader.h"

Map pack_all_domains(Arena *arena, const Pack *pack)
{
    Map domains = { 0 };
    for (size_t i = 0; i < pack->domains.entries.count; i++)
        map_put(arena, &domains, pack->domains.entries.at[i].key, pack->domains.entries.at[i].value);
    for (size_t i = 0; i < pack->derived.count; i++) {
        Domain *domain = arena_new(arena, Domain);
        if (load_domain(arena, pack->derived.at[i], domain))
            map_put(arena, &domains, pack->derived.at[i]->id, domain);
    }
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
