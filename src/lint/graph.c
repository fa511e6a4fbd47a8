/* Walks from each event's goals down the graph, through alternatives and without regard to conditions. What no walk reaches
 * is of no use; and what one reaches on the way tells which questions its event has to list. */
#include "lint/inside.h"

enum { CHAIN_MAX = 12 };                            /* services of a chain that are told, the nearest */

/* One event's walk. Facts are kept in the order in which they come up, each with the document that uses it first. */
typedef struct Walk {
    Lint *lint;
    const Event *event;
    Map used;                                      /* fact to Station, or Lint where the event itself uses it */
    LIST(Station *) queue;                         /* a queue and no recursion: a chain may be as long as the pack */
    size_t number;
} Walk;

Station *station_of(const Lint *lint, const Service *service)
{
    return map_get(&lint->stations, service->id);
}

Station *giver_of(const Lint *lint, const EvidenceType *type)
{
    return type->givers.count == 1 ? station_of(lint, type->givers.at[0]) : NULL;
}

bool is_always_held(const EvidenceType *type)
{
    return type->holder && !type->held.parsed;
}

void tell_chain(Lint *lint, Error *error, const Service *service)
{
    Strs upward = { 0 };
    const Station *at = service ? station_of(lint, service) : NULL;
    if (!at || !at->event)
        return;
    list_push(lint->arena, &error->chain, path_of(lint, "event %.*s", STR_ARGS(at->event->id)));
    for (; at && upward.count < CHAIN_MAX; at = at->from)
        list_push(lint->arena, &upward, path_of(lint, "service %.*s", STR_ARGS(at->service->id)));
    if (at)
        list_push(lint->arena, &upward, S("…"));
    for (size_t i = upward.count; i > 0; i--)
        list_push(lint->arena, &error->chain, upward.at[i - 1]);
}

static void use_fact(Walk *walk, Str fact, const Station *by)
{
    if (!map_get(&walk->used, fact))
        map_put(walk->lint->arena, &walk->used, fact, by ? (void *)by : walk->lint);
    if (!map_get(&walk->lint->facts, fact))
        map_put(walk->lint->arena, &walk->lint->facts, fact, walk->lint);
}

static void use_rule(Walk *walk, const Condition *condition, const Station *by)
{
    const Strs *names = condition->parsed ? rule_names(condition->parsed) : NULL;
    for (size_t i = 0; names && i < names->count; i++)
        use_fact(walk, names->at[i], by);
}

/* A fact that is asked, with what its check looks at and what its members have. */
static void use_whole(Walk *walk, const Fact *fact, const Station *by)
{
    use_fact(walk, fact->id, by);
    use_rule(walk, &fact->check, by);
    for (size_t i = 0; i < fact->fields.count; i++) {
        use_fact(walk, fact->fields.at[i]->id, by);
        use_rule(walk, &fact->fields.at[i]->check, by);
    }
}

/* Services that no event reaches are walked too, without one: what only they need is their fault, not one of its own. */
static void enter(Walk *walk, Station *station, const Station *from)
{
    if (station->seen == walk->number)
        return;
    station->seen = walk->number;
    list_push(walk->lint->arena, &walk->queue, station);
    if (station->event)
        return;
    station->event = walk->event;
    station->from = from;
}

static void reach(Walk *walk, const EvidenceType *type, const Station *from)
{
    if (!map_get(&walk->lint->evidence, type->id))
        map_put(walk->lint->arena, &walk->lint->evidence, type->id, walk->lint);
    use_rule(walk, &type->held, from);
    for (size_t i = 0; i < type->givers.count; i++)
        enter(walk, station_of(walk->lint, type->givers.at[i]), from);
}

static void pass_through(Walk *walk, const Station *station)
{
    const Service *service = station->service;
    use_rule(walk, &service->when, station);
    use_rule(walk, &service->fee_rule, station);
    for (size_t i = 0; i < service->asks.count; i++)
        use_whole(walk, service->asks.at[i], station);
    for (size_t i = 0; i < service->time.count; i++)
        use_rule(walk, &service->time.at[i].when, station);
    for (size_t i = 0; i < service->needs.count; i++) {
        const Need *need = &service->needs.at[i];
        use_rule(walk, &need->when, station);
        if (need->each)
            use_whole(walk, need->each, station);
        for (size_t e = 0; e < need->any.count; e++)
            reach(walk, need->any.at[e], station);
    }
}

static void walk_on(Walk *walk)
{
    for (size_t i = 0; i < walk->queue.count; i++)
        pass_through(walk, walk->queue.at[i]);
}

/* ---- an event's questions ---- */

static void note_asked(Walk *walk, Map *asked)
{
    const Event *event = walk->event;
    const Item item = ITEM("event", event);
    for (size_t s = 0; s < event->sections.count; s++)
        for (size_t i = 0; i < event->sections.at[s].asks.count; i++) {
            const Fact *fact = event->sections.at[s].asks.at[i];
            map_put(walk->lint->arena, asked, fact->id, (void *)fact);
            if (!map_get(&walk->used, fact->id) && map_get(&walk->lint->facts, fact->id))
                report(walk->lint, LINT_IDLE_QUESTION, &item, path_of(walk->lint, "sections[%zu].asks[%zu]", s, i),
                       "nothing that the event \"%.*s\" reaches uses \"%.*s\"", STR_ARGS(event->id), STR_ARGS(fact->id));
        }
}

static void compare_questions(Walk *walk)
{
    Map asked = { 0 };
    const Item item = ITEM("event", walk->event);
    note_asked(walk, &asked);
    for (size_t i = 0; i < walk->used.entries.count; i++) {
        const MapEntry *use = &walk->used.entries.at[i];
        if (map_get(&asked, use->key) || map_get(&walk->lint->fields, use->key))
            continue;
        Error *error = report(walk->lint, LINT_UNASKED_FACT, &item, S("sections"),
                              "no section of the event \"%.*s\" asks for \"%.*s\", which matters in it",
                              STR_ARGS(walk->event->id), STR_ARGS(use->key));
        if (use->value != walk->lint)
            tell_chain(walk->lint, error, ((const Station *)use->value)->service);
    }
}

static Walk walk_event(Lint *lint, const Event *event)
{
    Walk walk = { .lint = lint, .event = event, .number = ++lint->walks };
    use_whole(&walk, event->label, NULL);
    for (size_t i = 0; i < event->stops.count; i++)
        use_rule(&walk, &event->stops.at[i].when, NULL);
    for (size_t i = 0; i < event->goals.count; i++) {
        use_rule(&walk, &event->goals.at[i].when, NULL);
        reach(&walk, event->goals.at[i].evidence, NULL);
    }
    walk_on(&walk);
    /* A check of a question that comes up may look at others; those are used too, and may have checks. */
    for (size_t i = 0; i < walk.used.entries.count; i++) {
        const Fact *fact = map_get(&lint->by_name, walk.used.entries.at[i].key);
        if (fact)
            use_rule(&walk, &fact->check, walk.used.entries.at[i].value == lint ? NULL : walk.used.entries.at[i].value);
    }
    return walk;
}

static void add_entry(Lint *lint, const EvidenceType *type, const Condition *around, const Condition *when)
{
    for (size_t i = 0; i < type->givers.count; i++)
        list_push(lint->arena, &station_of(lint, type->givers.at[i])->entries, (Entry){ around, when });
}

static void note_entries(Lint *lint)
{
    for (size_t i = 0; i < lint->pack->events.count; i++)
        for (size_t g = 0; g < lint->pack->events.at[i]->goals.count; g++) {
            const Goal *goal = &lint->pack->events.at[i]->goals.at[g];
            add_entry(lint, goal->evidence, NULL, &goal->when);
        }
    for (size_t i = 0; i < lint->pack->services.count; i++)
        for (size_t n = 0; n < lint->pack->services.at[i]->needs.count; n++) {
            const Need *need = &lint->pack->services.at[i]->needs.at[n];
            for (size_t e = 0; e < need->any.count; e++)
                add_entry(lint, need->any.at[e], &lint->pack->services.at[i]->when, &need->when);
        }
}

void lint_graph(Lint *lint)
{
    const Pack *pack = lint->pack;
    Arena *arena = lint->arena;
    LIST(Walk *) walks = { 0 };
    for (size_t i = 0; i < pack->services.count; i++) {
        Station *station = arena_new(arena, Station);
        station->service = pack->services.at[i];
        map_put(arena, &lint->stations, pack->services.at[i]->id, station);
    }
    for (size_t i = 0; i < pack->facts.count; i++) {
        map_put(arena, &lint->by_name, pack->facts.at[i]->id, (void *)pack->facts.at[i]);
        for (size_t f = 0; f < pack->facts.at[i]->fields.count; f++)
            map_put(arena, &lint->fields, pack->facts.at[i]->fields.at[f]->id, (void *)pack->facts.at[i]);
    }
    note_entries(lint);
    for (size_t i = 0; i < pack->events.count; i++) {
        Walk *walk = arena_new(arena, Walk);
        *walk = walk_event(lint, pack->events.at[i]);
        list_push(arena, &walks, walk);
    }
    for (size_t i = 0; i < pack->services.count; i++) {
        Walk walk = { .lint = lint, .number = ++lint->walks };
        Station *station = station_of(lint, pack->services.at[i]);
        if (!station->seen)
            enter(&walk, station, NULL);
        walk_on(&walk);
    }
    for (size_t i = 0; i < walks.count; i++)
        compare_questions(walks.at[i]);
}

/* ---- what nothing uses ---- */

static void unused(Lint *lint, LintFault fault, const Item *item, const char *what)
{
    report(lint, fault, item, STR_NONE, "%s \"%.*s\"", what, STR_ARGS(item->id));
}

#define EACH(list, variable) (size_t i = 0; i < (list).count && ((variable) = (list).at[i]) != NULL; i++)

static void note(Lint *lint, Map *map, Str id)
{
    if (!map_get(map, id))
        map_put(lint->arena, map, id, lint);
}

/* What an authority and a procedure are for. */
static void lint_idle(Lint *lint)
{
    Map authorities = { 0 }, procedures = { 0 }, deciding = { 0 };
    const Item whole = item_of_pack(lint->pack);
    size_t silent = 0;                             /* one line for all would do, so it is said once */
    const Service *service;
    const EvidenceType *type;
    const Authority *authority;
    const Procedure *procedure;
    for EACH (lint->pack->services, service) {
        note(lint, &authorities, service->authority->id);
        note(lint, &deciding, service->authority->id);
        note(lint, &procedures, service->procedure->id);
    }
    for EACH (lint->pack->evidence, type)
        if (type->holder)
            note(lint, &authorities, type->holder->id);
    for EACH (lint->pack->authorities, authority) {
        const Item item = ITEM("authority", authority);
        if (!map_get(&authorities, authority->id))
            unused(lint, LINT_IDLE_AUTHORITY, &item, "nothing is decided or held by the authority");
        else if (map_get(&deciding, authority->id) && !authority->phone.len && !lint->pack->phone.len && !silent++)
            report(lint, LINT_NO_CONTACT, &whole, STR_NONE, "there is no telephone of the pack, and none of \"%.*s\"",
                   STR_ARGS(authority->id));
    }
    for EACH (lint->pack->procedures, procedure) {
        const Item item = ITEM("procedure", procedure);
        if (!map_get(&procedures, procedure->id))
            unused(lint, LINT_UNUSED_PROCEDURE, &item, "no service goes by the procedure");
    }
}

static void lint_laws(Lint *lint)
{
    Map cited = { 0 };
    const Law *law;
    for (size_t i = 0; i < lint->parts.count; i++)
        if (lint->parts.at[i].legal)
            note(lint, &cited, lint->parts.at[i].legal->law->id);
    for EACH (lint->pack->laws, law) {
        const Item item = ITEM("law", law);
        if (!map_get(&cited, law->id))
            unused(lint, LINT_UNUSED_LAW, &item, "nothing cites the law");
    }
}

void lint_unused(Lint *lint)
{
    const Service *service;
    const EvidenceType *type;
    const Fact *fact;
    for EACH (lint->pack->services, service) {
        const Item item = ITEM("service", service);
        if (!station_of(lint, service)->event)
            unused(lint, LINT_UNREACHED_SERVICE, &item, "no event reaches the service");
    }
    for EACH (lint->pack->evidence, type) {
        const Item item = ITEM("evidence", type);
        if (!map_get(&lint->evidence, type->id) && !type->givers.count)
            unused(lint, LINT_UNUSED_EVIDENCE, &item, "nothing needs the evidence");
    }
    for EACH (lint->pack->facts, fact) {
        const Item item = ITEM("fact", fact);
        if (!map_get(&lint->facts, fact->id))
            unused(lint, LINT_UNUSED_FACT, &item, "nothing uses the fact");
    }
    for EACH (lint->pack->derived, fact) {
        const Item item = ITEM("fact", fact);
        if (!fact->used)
            unused(lint, LINT_UNUSED_FACT, &item, "nothing uses the fact");
    }
    lint_idle(lint);
    lint_laws(lint);
}
