/* Evidence that for some answers cannot be had, and services that for some answers wait for each other.
 *
 * The loader refuses what can never be had. Here the conditions are looked at: a need may apply just where the service that
 * gives it does not. The order of sources is that of the planner: held, given, held by an authority, declared, brought. */
#include "lint/inside.h"

static void add(Lint *lint, Parts *parts, const Condition *condition, bool holds)
{
    list_push(lint->arena, parts, (Part){ condition, holds });
}

/* What must hold so that nobody has it. False where somebody always does. */
static bool lacking(Lint *lint, const EvidenceType *type, Parts *parts)
{
    if (is_always_held(type) || type->declares.in[0].len || type->upload)
        return false;
    for (size_t i = 0; i < type->givers.count; i++)
        if (!type->givers.at[i]->when.parsed)
            return false;
    if (type->held.parsed)
        add(lint, parts, &type->held, false);
    for (size_t i = 0; i < type->givers.count; i++)
        add(lint, parts, &type->givers.at[i]->when, false);
    return true;
}

static void look_at_need(Lint *lint, const Service *service, size_t index)
{
    const Need *need = &service->needs.at[index];
    const Item item = ITEM("service", service);
    Parts parts = { 0 };
    Str example;
    add(lint, &parts, &service->when, true);
    add(lint, &parts, &need->when, true);
    for (size_t i = 0; i < need->any.count; i++)
        if (!lacking(lint, need->any.at[i], &parts))
            return;
    if (parts_meet(lint, &parts, &example) != EXISTS_YES)
        return;
    Error *error = report(lint, LINT_UNOBTAINABLE_WHEN, &item, path_of(lint, "needs[%zu]", index),
                          "nobody can get \"%.*s\" where %.*s", STR_ARGS(need->any.at[0]->id), STR_ARGS(example));
    tell_chain(lint, error, service);
    list_push(lint->arena, &error->chain, path_of(lint, "evidence %.*s", STR_ARGS(need->any.at[0]->id)));
}

/* ---- circles ---- */

/* The service that the need always waits for when it applies; NULL where something else can take its place. */
static Station *waits_for(Lint *lint, const Need *need)
{
    const EvidenceType *type = need->any.at[0];
    if (need->any.count != 1 || is_always_held(type) || type->declares.in[0].len || type->upload)
        return NULL;
    return giver_of(lint, type);
}

/* A way through the graph: services that wait, each with the index of its need. */
typedef struct Link {
    Station *station;
    size_t need;                                   /* the next to be looked at */
} Link;
typedef LIST(Link) Links;

/* The service on the way from `first` on wait for each other: can all their conditions hold at once? */
static void look_at_circle(Lint *lint, const Links *way, size_t first)
{
    Parts parts = { 0 };
    Str example;
    bool conditional = false;
    for (size_t i = first; i < way->count; i++) {
        const Service *service = way->at[i].station->service;
        const Need *need = &service->needs.at[way->at[i].need - 1];
        add(lint, &parts, &service->when, true);
        add(lint, &parts, &need->when, true);
        if (need->any.at[0]->held.parsed)
            add(lint, &parts, &need->any.at[0]->held, false);
        conditional = conditional || need->when.parsed || need->any.at[0]->held.parsed;
    }
    if (!conditional || parts_meet(lint, &parts, &example) != EXISTS_YES)
        return;
    const Service *start = way->at[first].station->service;
    const Item item = ITEM("service", start);
    Error *error = report(lint, LINT_CIRCULAR_WHEN, &item, path_of(lint, "needs[%zu]", way->at[first].need - 1),
                          "\"%.*s\" waits for itself where %.*s", STR_ARGS(start->id), STR_ARGS(example));
    for (size_t i = first; i < way->count; i++)
        list_push(lint->arena, &error->chain, path_of(lint, "service %.*s", STR_ARGS(way->at[i].station->service->id)));
    list_push(lint->arena, &error->chain, path_of(lint, "service %.*s", STR_ARGS(start->id)));
}

/* Depth first, each service once; whoever is met that is still on the way closes a circle. `on_way` holds its place there,
 * from 1; `done` are those that were left. */
typedef struct Search {
    Lint *lint;
    Links way;
    Map on_way;
} Search;
enum { LEFT = 0 };

static size_t *mark_of(Search *search, const Service *service)
{
    size_t *mark = map_get(&search->on_way, service->id);
    if (!mark) {
        mark = arena_new(search->lint->arena, size_t);
        *mark = SIZE_MAX;
        map_put(search->lint->arena, &search->on_way, service->id, mark);
    }
    return mark;
}

static void enter(Search *search, Station *station)
{
    list_push(search->lint->arena, &search->way, (Link){ station, 0 });
    *mark_of(search, station->service) = search->way.count;
}

static void step(Search *search)
{
    Link *link = &search->way.at[search->way.count - 1];
    const Service *service = link->station->service;
    if (link->need == service->needs.count) {
        *mark_of(search, service) = LEFT;
        search->way.count--;
        return;
    }
    Station *next = waits_for(search->lint, &service->needs.at[link->need++]);
    const size_t mark = next ? *mark_of(search, next->service) : LEFT;
    if (mark == SIZE_MAX)
        enter(search, next);
    else if (mark != LEFT)
        look_at_circle(search->lint, &search->way, mark - 1);
}

static void lint_circles(Lint *lint)
{
    Search search = { .lint = lint };
    for (size_t i = 0; i < lint->pack->services.count; i++) {
        Station *station = station_of(lint, lint->pack->services.at[i]);
        if (*mark_of(&search, station->service) == SIZE_MAX)
            enter(&search, station);
        while (search.way.count)
            step(&search);
    }
}

void lint_having(Lint *lint)
{
    for (size_t i = 0; i < lint->pack->services.count; i++)
        for (size_t n = 0; n < lint->pack->services.at[i]->needs.count; n++)
            look_at_need(lint, lint->pack->services.at[i], n);
    lint_circles(lint);
}
