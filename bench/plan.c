/* plan: how long it takes to plan an event that reaches 200 services with 40 choices, in packs of 1,000 and of 10,000 services, against
 * one depth-first walk over what the event reaches. The two take turns; the median of the ratios counts.
 *
 *     plan [SEEDS]
 *
 * The walk visits every service, need and kind of evidence that can be reached once, with marks kept in the things themselves: nothing
 * that looks at all of it can be faster. The pack is made in memory: chains and stars of services, choices between services, between papers,
 * and between both, some of them shared. */
#include "plan/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { REACHED = 200, CHOICES = 40, TURNS = 15, EVIDENCE_EACH = 3 };

static Arena *lasting;
static uint64_t seed, start;

static uint32_t below(uint32_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % limit;
}

static double now_us(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e6 + (double)at.tv_nsec / 1e3;
}

/* ---- the pack ---- */

typedef struct Made {
    Pack pack;
    Event event;
    Fact label;
    Service *services;
    EvidenceType *given, *papers, *held;
    size_t count;
} Made;

static void need(Service *service, const EvidenceType *first, const EvidenceType *second)
{
    Need *one = list_add(lasting, &service->needs);
    list_push(lasting, &one->any, first);
    if (second && second != first)
        list_push(lasting, &one->any, second);
}

static void make_service(Made *it, size_t i, const Authority *authority, const Procedure *procedure)
{
    static const Unit UNITS[] = { UNIT_WORKING_DAY, UNIT_WORKING_DAY, UNIT_DAY, UNIT_WEEK };
    Service *service = &it->services[i];
    seed = start * (i + 2);                        /* the same in a small pack and in a large one */
    const uint32_t unit = below(COUNT_OF(UNITS));
    *service = (Service){ .id = str_printf(lasting, "service%zu", i), .authority = authority, .procedure = procedure, .gives = &it->given[i] };
    service->visits = below(8) == 0;
    service->fee.cents = 100 * below(50);
    const Period limit = { 1 + (int32_t)below(unit == 3 ? 3 : 20), UNITS[unit] };
    list_push(lasting, &service->time, (Limit){ .statutory = limit });
}

/* The first 200 hang together from the goal down; what stands behind them is reached by nobody. Whoever is chosen between is a
 * neighbour, so that choices share what they lead to. */
static void make(Made *it, size_t services)
{
    static const Texts DECLARES = { { { "I declare", 9 } } };
    Authority *authority = arena_new(lasting, Authority);
    Procedure *procedure = arena_new(lasting, Procedure);
    *it = (Made){ .count = services };
    it->services = arena_array(lasting, Service, services);
    it->given = arena_array(lasting, EvidenceType, services);
    it->papers = arena_array(lasting, EvidenceType, services);
    it->held = arena_array(lasting, EvidenceType, services);
    for (size_t i = 0; i < services; i++) {
        it->given[i].id = str_printf(lasting, "given%zu", i);
        it->papers[i] = (EvidenceType){ .id = str_printf(lasting, "paper%zu", i), .upload = true };
        it->held[i].id = str_printf(lasting, "held%zu", i);
        if (i % 2)
            it->held[i].holder = authority;
        else
            it->held[i].declares = DECLARES;
        list_push(lasting, &it->pack.evidence, &it->given[i]);
        list_push(lasting, &it->pack.evidence, &it->papers[i]);
        list_push(lasting, &it->pack.evidence, &it->held[i]);
        make_service(it, i, authority, procedure);
        list_push(lasting, &it->pack.services, &it->services[i]);
    }
    for (size_t i = 0; i < services; i++) {
        Service *service = &it->services[i];
        need(service, &it->held[i], NULL);
        if (i % 3 == 0)
            need(service, &it->papers[i], NULL);
    }
    seed = start;
    /* Every service but the first is needed by an earlier one. */
    for (size_t i = 1; i < REACHED; i++) {
        const size_t user = i > 12 ? i - 1 - below(12) : below((uint32_t)i);
        const size_t step = REACHED / CHOICES;
        if (i % step)
            need(&it->services[user], &it->given[i], NULL);
        else if (below(4))
            need(&it->services[user], &it->given[i], &it->given[i + 1 + below(8) < REACHED ? i + 1 + below(8) : i - 1]);
        else
            need(&it->services[user], &it->given[i], &it->papers[below(REACHED)]);
    }
    it->pack.calendar.free_weekday[6] = it->pack.calendar.free_weekday[7] = true;
    it->label = (Fact){ .id = S("label"), .kind = FACT_TEXT };
    list_push(lasting, &it->pack.facts, &it->label);
    list_push(lasting, &it->event.goals, (Goal){ .evidence = &it->given[0] });
    it->event.id = S("event");
    it->event.label = &it->label;
    list_push(lasting, &it->pack.events, &it->event);
    pack_complete(lasting, &it->pack);
}

/* ---- the walk ---- */

typedef struct Marks {
    uint8_t *service, *evidence;
    const Made *it;
    size_t services, edges;
} Marks;

static void walk(Marks *marks, const Service *service)
{
    if (marks->service[service->number])
        return;
    marks->service[service->number] = 1;
    marks->services++;
    for (size_t n = 0; n < service->needs.count; n++)
        for (size_t t = 0; t < service->needs.at[n].any.count; t++) {
            const EvidenceType *type = service->needs.at[n].any.at[t];
            marks->edges++;
            for (size_t g = 0; g < type->givers.count; g++)
                walk(marks, type->givers.at[g]);
        }
}

static int compare(const void *a, const void *b)
{
    const double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

typedef struct Result {
    double walk_us, plan_us, ratio;
    const Plan *plan;
    size_t reached;
} Result;

static Result measure(Arena *arena, const Made *it)
{
    double walks[TURNS], plans[TURNS], ratios[TURNS];
    Scope facts = { 0 };
    Result result = { 0 };
    Marks marks = { .it = it, .service = arena_array(lasting, uint8_t, it->count) };
    scope_set(lasting, &facts, S("label"), value_string(S("x")));
    for (int turn = 0; turn < TURNS; turn++) {
        memset(marks.service, 0, it->count);
        marks.services = marks.edges = 0;
        walk(&marks, &it->services[0]);            /* once before, so that the cache is as warm as it can be */
        memset(marks.service, 0, it->count);
        marks.services = marks.edges = 0;
        double at = now_us();
        walk(&marks, &it->services[0]);
        walks[turn] = now_us() - at;
        arena_reset(arena);
        at = now_us();
        result.plan = plan_derive(arena, &it->pack, &it->event, &facts, date_of(2026, 9, 21));
        plans[turn] = now_us() - at;
        ratios[turn] = plans[turn] / walks[turn];
    }
    qsort(walks, TURNS, sizeof *walks, compare);
    qsort(plans, TURNS, sizeof *plans, compare);
    qsort(ratios, TURNS, sizeof *ratios, compare);
    result.walk_us = walks[TURNS / 2];
    result.plan_us = plans[TURNS / 2];
    result.ratio = ratios[TURNS / 2];
    result.reached = marks.services;
    return result;
}

int main(int argc, char **argv)
{
    const int seeds = argc > 1 ? atoi(argv[1]) : 9;
    Arena *arena = arena_open((size_t)1 << 30);
    for (int i = argc > 2 ? seeds : 1; i <= seeds; i++) {
        static const size_t SIZES[] = { 1000, 10000 };
        for (size_t s = 0; s < COUNT_OF(SIZES); s++) {
            Made it;
            lasting = arena_open((size_t)1 << 30);
            start = (uint64_t)i * 0x9E3779B97F4A7C15u;
            make(&it, SIZES[s]);
            const Result result = measure(arena, &it);
            printf("seed %d, %zu services: %zu reached; walk %.1f us, plan %.1f us, ratio %.1f; %zu in the plan, %d visits, %d documents, fee %lld%s\n",
                   i, SIZES[s], result.reached, result.walk_us, result.plan_us, result.ratio, result.plan->items.count, result.plan->visits,
                   result.plan->documents, (long long)result.plan->fee.cents, result.plan->exact ? "" : ", not exact");
            arena_reset(arena);
            arena_close(lasting);
        }
    }
    arena_close(arena);
    return 0;
}
