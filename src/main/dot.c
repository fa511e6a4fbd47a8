/* onestop graph: the evidence graph in the language of Graphviz: services as boxes, evidence as ellipses; where one of several is
 * enough, the lines are dashed. */
#include "main/command.h"

enum { DOT_MAX = 32 << 20 };

typedef struct Drawing {
    Text text;
    bool *services;                                /* by number: reached */
    const Pack *pack;
    Map drawn;                                     /* evidence by identifier */
    Arena *arena;
} Drawing;

static void reach(Drawing *it, const Service *service)
{
    if (it->services[service->number])
        return;
    it->services[service->number] = true;
    for (size_t n = 0; n < service->needs.count; n++)
        for (size_t t = 0; t < service->needs.at[n].any.count; t++) {
            const EvidenceType *type = service->needs.at[n].any.at[t];
            for (size_t g = 0; g < type->givers.count; g++)
                reach(it, type->givers.at[g]);
        }
}

static void draw_evidence(Drawing *it, const EvidenceType *type)
{
    if (map_get(&it->drawn, type->id))
        return;
    map_put(it->arena, &it->drawn, type->id, (void *)type);
    text_printf(&it->text, "  \"%.*s\" [shape=ellipse, label=", STR_ARGS(type->id));
    json_put(&it->text, type->name.in[0]);
    text_put(&it->text, S("];\n"));
}

static void draw_service(Drawing *it, const Service *service)
{
    text_printf(&it->text, "  \"service %.*s\" [shape=box, label=", STR_ARGS(service->id));
    json_put(&it->text, str_printf(it->arena, "%.*s\n%.*s", STR_ARGS(service->name.in[0]), STR_ARGS(service->authority->name.in[0])));
    text_put(&it->text, S("];\n"));
    draw_evidence(it, service->gives);
    text_printf(&it->text, "  \"service %.*s\" -> \"%.*s\";\n", STR_ARGS(service->id), STR_ARGS(service->gives->id));
    for (size_t n = 0; n < service->needs.count; n++) {
        const Need *need = &service->needs.at[n];
        for (size_t t = 0; t < need->any.count; t++) {
            draw_evidence(it, need->any.at[t]);
            text_printf(&it->text, "  \"%.*s\" -> \"service %.*s\"%s;\n", STR_ARGS(need->any.at[t]->id), STR_ARGS(service->id),
                        need->any.count > 1 ? " [style=dashed]" : "");
        }
    }
}

int command_graph(const Arguments *arguments)
{
    Arena *arena = arguments->arena;
    Errors errors = errors_begin(arena);
    const Pack *pack = pack_load(arena, arguments->words.at[0], &errors);
    if (!pack)
        return print_errors(&errors);
    Drawing it = { .arena = arena, .pack = pack, .services = arena_array(arena, bool, pack->services.count), .text = text_begin(arena, DOT_MAX) };
    const Event *event = arguments->words.count > 1 ? pack_event(pack, arguments->words.at[1]) : NULL;
    if (arguments->words.count > 1 && !event)
        return no_such(arguments, "event", arguments->words.at[1], &pack->by_id.events);
    for (size_t i = 0; !event && i < pack->services.count; i++)
        it.services[i] = true;
    for (size_t i = 0; event && i < event->goals.count; i++)
        for (size_t g = 0; g < event->goals.at[i].evidence->givers.count; g++)
            reach(&it, event->goals.at[i].evidence->givers.at[g]);
    text_put(&it.text, S("digraph evidence {\n  rankdir=LR;\n"));
    for (size_t i = 0; i < pack->services.count; i++)
        if (it.services[i])
            draw_service(&it, pack->services.at[i]);
    text_put(&it.text, S("}\n"));
    print_text(&it.text);
    return EXIT_GOOD;
}
