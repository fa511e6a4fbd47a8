/* The planner against brute force: random graphs of up to 12 services with alternatives, conditions, circles, shared evidence
 * and joint inspections. The naive model tries every set of services and documents and knows nothing else.
 *
 *     plan_exact [GRAPHS [SEED]] */
#include "plan/plan.h"
#include "test.h"

#include <stdlib.h>

enum { SERVICES_MAX = 12, PAPERS_MAX = 3, OTHERS_MAX = 3, FACTS_MAX = 3, NEEDS_MAX = 3, WAYS_MAX = 3, LENGTHS = 6, DAYS_MAX = 400 };

static Arena *lasting, *arena;
static const Rule *rules[FACTS_MAX * 2];           /* f0, not(f0), f1, … */
static const Subject *subjects[FACTS_MAX * 2];
static Map domains;
static Calendar calendar;
static const Period LENGTH[LENGTHS] = { { 1, UNIT_WORKING_DAY }, { 2, UNIT_WORKING_DAY }, { 3, UNIT_DAY }, { 5, UNIT_WORKING_DAY },
                                        { 1, UNIT_WEEK },        { 0, UNIT_DAY } };
static int32_t due_memo[LENGTHS][DAYS_MAX];
static Date starts;
static uint64_t seed = 1;
static const Str FACTS[FACTS_MAX] = { { "f0", 2 }, { "f1", 2 }, { "f2", 2 } };

static uint32_t below(uint32_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % limit;
}

/* ---- a random pack ---- */

typedef struct Random {
    Pack pack;
    Event event;
    Fact facts[FACTS_MAX];
    EvidenceType types[SERVICES_MAX + PAPERS_MAX + OTHERS_MAX];
    Service services[SERVICES_MAX];
    Procedure procedure;
    Authority holder;
    size_t service_count, type_count, documents, others, facts_unknown;
    bool answers[FACTS_MAX];
} Random;

static Str name(const char *what, size_t number)
{
    return str_printf(arena, "%s%zu", what, number);
}

/* Mostly none: a condition that fails takes much of the graph away. */
static Condition condition(uint32_t one_of)
{
    if (below(one_of))
        return (Condition){ 0 };
    const uint32_t which = below(FACTS_MAX * 2);
    return (Condition){ .parsed = rules[which], .subject = subjects[which] };
}

static void add_types(Random *it)
{
    it->documents = below(PAPERS_MAX + 1);
    it->others = 1 + below(OTHERS_MAX);
    for (size_t i = 0; i < it->service_count; i++)
        it->types[it->type_count++] = (EvidenceType){ .id = name("given", i) };
    for (size_t i = 0; i < it->documents; i++)
        it->types[it->type_count++] = (EvidenceType){ .id = name("paper", i), .upload = true };
    for (size_t i = 0; i < it->others; i++) {
        EvidenceType *type = &it->types[it->type_count++];
        type->id = name("other", i);
        switch (below(4)) {
        case 0:
            type->holder = &it->holder;
            break;
        case 1:
            type->declares.in[0] = S("I declare");
            break;
        case 2:
            type->holder = &it->holder;
            type->held = condition(1);
            break;
        default:
            break;                                 /* nobody has it */
        }
    }
}

static void add_needs(Random *it, Service *service, size_t number, uint32_t shape)
{
    for (size_t n = below(NEEDS_MAX + 1); n > 0; n--) {
        Need *need = list_add(arena, &service->needs);
        need->when = condition(6);
        const size_t ways = 1 + below(WAYS_MAX);
        for (size_t w = 0; w < ways; w++) {
            /* Half of the graphs have circles; in the others a service needs only later ones. */
            const size_t from = shape & 1 ? 0 : number + 1;
            size_t type = from + below((uint32_t)(it->type_count - from));
            if (type >= it->service_count + it->documents && below(3))
                type = from + below((uint32_t)(it->type_count - from));
            bool known = false;
            for (size_t i = 0; i < need->any.count; i++)
                known |= need->any.at[i] == &it->types[type];
            if (!known)
                list_push(arena, &need->any, &it->types[type]);
        }
    }
}

static void make(Random *it)
{
    static const Texts NAMED = { { { "a", 1 } } };
    const uint32_t shape = below(8);
    it->pack.calendar = calendar;
    it->service_count = 2 + below(below(4) ? 6 : SERVICES_MAX - 1);
    add_types(it);
    for (size_t i = 0; i < it->service_count; i++) {
        Service *service = &it->services[i];
        const size_t gives = i > 0 && !below(5) ? below((uint32_t)i) : i;
        Limit limit = { .statutory = LENGTH[below(LENGTHS)] };
        limit.on_the_spot = !limit.statutory.amount && below(2);
        *service = (Service){ .id = name("service", i), .name = NAMED, .authority = &it->holder, .procedure = &it->procedure };
        service->gives = &it->types[gives];
        service->when = condition(6);
        service->visits = (int32_t)below(3) - 1;
        service->visits = service->visits < 0 ? 0 : service->visits;
        service->fee.cents = below(4);
        service->inspection = !below(3);
        service->joint_inspection = service->inspection;
        list_push(arena, &service->time, limit);
        add_needs(it, service, i, shape);
        list_push(arena, &it->pack.services, service);
    }
    for (size_t i = 0; i < it->type_count; i++)
        list_push(arena, &it->pack.evidence, &it->types[i]);
    for (size_t i = 0; i < FACTS_MAX; i++) {
        it->facts[i] = (Fact){ .id = FACTS[i], .kind = FACT_YES_NO };
        list_push(arena, &it->pack.facts, &it->facts[i]);
        it->answers[i] = below(2);
    }
    Section *section = list_add(arena, &it->event.sections);
    for (size_t i = 0; i < FACTS_MAX; i++)
        list_push(arena, &section->asks, &it->facts[i]);
    for (size_t i = 1 + below(2); i > 0; i--)
        list_push(arena, &it->event.goals, (Goal){ .evidence = it->services[below((uint32_t)(shape & 2 ? it->service_count : 1))].gives });
    it->event.id = S("event");
    it->event.label = &it->facts[0];
    list_push(arena, &it->pack.events, &it->event);
    pack_complete(arena, &it->pack);
}

static const Plan *derive(const Random *it, const bool *answers, uint32_t unknown)
{
    Scope scope = { 0 };
    for (size_t i = 0; i < FACTS_MAX; i++)
        if (!(unknown >> i & 1))
            scope_set(arena, &scope, FACTS[i], value_boolean(answers[i]));
    return plan_derive(arena, &it->pack, &it->event, &scope, starts);
}

/* ---- the naive model ---- */

typedef struct NaiveNeed {
    uint32_t services, documents;                  /* one bit each */
    bool free;
} NaiveNeed;
typedef struct Naive {
    const Random *it;
    size_t count;
    NaiveNeed needs[SERVICES_MAX][NEEDS_MAX], goals[2];
    size_t need_count[SERVICES_MAX], goal_count;
    int32_t length[SERVICES_MAX];
} Naive;
typedef struct NaiveBest {
    bool possible;
    int32_t visits, documents, finish;
    int64_t fee;
} NaiveBest;

static bool true_for(const Condition *when, const bool *answers)
{
    for (size_t i = 0; i < FACTS_MAX * 2; i++)
        if (when->parsed == rules[i])
            return answers[i / 2] != (i % 2 == 1);
    return true;
}

static NaiveNeed naive_need(const Random *it, const EvidenceType *const *types, size_t count, const bool *answers, bool goal)
{
    NaiveNeed need = { 0 };
    for (size_t t = 0; t < count; t++) {
        uint32_t givers = 0;
        for (size_t s = 0; s < it->service_count; s++)
            if (it->services[s].gives == types[t] && true_for(&it->services[s].when, answers))
                givers |= 1u << s;
        need.services |= givers;
        if (types[t]->holder)
            need.free |= types[t]->held.parsed ? true_for(&types[t]->held, answers) : !givers;
        need.free |= !goal && types[t]->declares.in[0].len > 0;
        if (types[t]->upload && !goal)
            need.documents |= 1u << (types[t] - it->types - (ptrdiff_t)it->service_count);
    }
    return need;
}

static int32_t naive_due(int32_t length, int32_t start)
{
    must(start < DAYS_MAX);
    if (length == LENGTHS - 1)
        return start;
    int32_t *memo = &due_memo[length][start];
    if (!*memo)
        *memo = calendar_due(&calendar, date_add(starts, start), LENGTH[length], NULL, 0).date.day - starts.day;
    return *memo;
}

static int32_t naive_met(const NaiveNeed *need, uint32_t services, uint32_t documents, const int32_t *due)
{
    int32_t met = INT32_MAX;
    if (need->free || (need->documents & documents))
        return 0;
    for (uint32_t s = 0; s < SERVICES_MAX; s++)
        if ((need->services & services) >> s & 1 && due[s] < met)
            met = due[s];
    return met;
}

/* The day on which all goals are reached with these alone; INT32_MAX: never. */
static int32_t naive_finish(const Naive *naive, uint32_t services, uint32_t documents)
{
    int32_t due[SERVICES_MAX], finish = 0;
    for (size_t s = 0; s < naive->count; s++)
        due[s] = INT32_MAX;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t s = 0; s < naive->count; s++) {
            int32_t start = 0;
            for (size_t n = 0; n < naive->need_count[s]; n++) {
                const int32_t met = naive_met(&naive->needs[s][n], services, documents, due);
                start = met > start ? met : start;
            }
            if (!(services >> s & 1) || start == INT32_MAX)
                continue;
            int32_t done = naive_due(naive->length[s], start);
            if (naive->it->services[s].time.at[0].on_the_spot)
                done = calendar_same_day(&calendar, date_add(starts, start), NULL, 0).date.day - starts.day;
            if (done < due[s]) {
                due[s] = done;
                changed = true;
            }
        }
    }
    for (size_t g = 0; g < naive->goal_count; g++) {
        const int32_t met = naive_met(&naive->goals[g], services, documents, due);
        finish = met > finish ? met : finish;
    }
    return finish;
}

static bool met_by(const NaiveNeed *need, uint32_t services, uint32_t documents)
{
    return need->free || (need->services & services) || (need->documents & documents);
}

static bool all_met(const Naive *naive, uint32_t services, uint32_t documents)
{
    for (size_t g = 0; g < naive->goal_count; g++)
        if (!met_by(&naive->goals[g], services, documents))
            return false;
    for (size_t s = 0; s < naive->count; s++)
        for (size_t n = 0; services >> s & 1 && n < naive->need_count[s]; n++)
            if (!met_by(&naive->needs[s][n], services, documents))
                return false;
    return true;
}

static NaiveBest naive_best(const Random *it, const bool *answers)
{
    Naive naive = { .it = it, .count = it->service_count };
    NaiveBest best = { 0 };
    for (size_t g = 0; g < it->event.goals.count; g++) {
        const NaiveNeed goal = naive_need(it, &it->event.goals.at[g].evidence, 1, answers, true);
        if (goal.free || goal.services)
            naive.goals[naive.goal_count++] = goal;
    }
    for (size_t s = 0; s < it->service_count; s++) {
        const Service *service = &it->services[s];
        for (size_t i = 0; i < LENGTHS; i++)
            if (service->time.at[0].statutory.amount == LENGTH[i].amount && service->time.at[0].statutory.unit == LENGTH[i].unit)
                naive.length[s] = (int32_t)i;
        for (size_t n = 0; n < service->needs.count; n++)
            if (true_for(&service->needs.at[n].when, answers))
                naive.needs[s][naive.need_count[s]++] =
                    naive_need(it, service->needs.at[n].any.at, service->needs.at[n].any.count, answers, false);
    }
    for (uint32_t services = 0; services < 1u << naive.count; services++) {
        int32_t visits = 0, together = 0;
        int64_t fee = 0;
        for (size_t s = 0; s < naive.count; s++) {
            const Service *service = &it->services[s];
            if (!(services >> s & 1))
                continue;
            fee += service->fee.cents;
            if (service->joint_inspection)
                together = service->visits > together ? service->visits : together;
            else
                visits += service->visits;
        }
        visits += together;
        for (uint32_t documents = 0; documents < 1u << it->documents; documents++) {
            const int32_t papers = __builtin_popcount(documents);
            if (best.possible && (visits > best.visits || (visits == best.visits && papers > best.documents)))
                continue;
            if (!all_met(&naive, services, documents))
                continue;
            const int32_t finish = naive_finish(&naive, services, documents);
            if (finish == INT32_MAX)
                continue;
            if (best.possible && visits == best.visits && papers == best.documents &&
                (finish > best.finish || (finish == best.finish && fee >= best.fee)))
                continue;
            best = (NaiveBest){ true, visits, papers, finish, fee };
        }
    }
    return best;
}

/* ---- comparing ---- */

static size_t compared, possible_count, circles, asked_count, useless, unanswered;

static bool check_plan(const Plan *plan, const NaiveBest *best)
{
    bool good = CHECK(best->possible == (plan->impossible.count == 0)) && CHECK(plan->exact);
    if (!good || !best->possible)
        return good;
    good &= CHECK(plan->visits == best->visits);
    good &= CHECK(plan->documents == best->documents);
    good &= CHECK(plan->finish.day - starts.day == best->finish);
    good &= CHECK(plan->fee.cents == best->fee);
    return good;
}

static const char *when_text(const Condition *when)
{
    static const char *const SHORT[FACTS_MAX * 2] = { " if f0", " if not f0", " if f1", " if not f1", " if f2", " if not f2" };
    for (size_t i = 0; i < FACTS_MAX * 2; i++)
        if (when->parsed == rules[i])
            return SHORT[i];
    return "";
}

/* A graph that shows a fault, to be read. */
static void explain(uint64_t from, const Random *it, const Plan *plan, const NaiveBest *best)
{
    printf("the graph of seed %llu\n", (unsigned long long)from);
    for (size_t g = 0; g < it->event.goals.count; g++)
        printf("  goal %.*s\n", STR_ARGS(it->event.goals.at[g].evidence->id));
    for (size_t s = 0; s < it->service_count; s++) {
        const Service *service = &it->services[s];
        const Limit *limit = &service->time.at[0];
        printf("  %.*s gives %.*s%s: %d visits%s, fee %lld, %d of unit %d%s; needs", STR_ARGS(service->id), STR_ARGS(service->gives->id),
               when_text(&service->when), service->visits, service->joint_inspection ? " together" : "",
               (long long)service->fee.cents, limit->statutory.amount, (int)limit->statutory.unit, limit->on_the_spot ? " spot" : "");
        for (size_t n = 0; n < service->needs.count; n++) {
            for (size_t t = 0; t < service->needs.at[n].any.count; t++)
                printf("%s%.*s", t ? "|" : " ", STR_ARGS(service->needs.at[n].any.at[t]->id));
            printf("%s", when_text(&service->needs.at[n].when));
        }
        printf("\n");
    }
    for (size_t t = it->service_count + it->documents; t < it->type_count; t++)
        printf("  %.*s%s%s%s\n", STR_ARGS(it->types[t].id), when_text(&it->types[t].held), it->types[t].declares.in[0].len ? " declared" : "",
               it->types[t].holder ? " held" : "");
    for (size_t f = 0; f < FACTS_MAX; f++)
        printf("  f%zu is %s\n", f, it->answers[f] ? "true" : "false");
    if (!plan)
        return;
    printf("  plan: %d visits %d documents day %d fee %lld\n", plan->visits, plan->documents, plan->finish.day - starts.day, (long long)plan->fee.cents);
    printf("  best: %d visits %d documents day %d fee %lld\n", best->visits, best->documents, best->finish, (long long)best->fee);
    for (size_t i = 0; i < plan->items.count; i++)
        printf("  item %.*s %d to %d\n", STR_ARGS(plan->items.at[i].service->id), plan->items.at[i].starts.day - starts.day, plan->items.at[i].due.date.day - starts.day);
}

static bool has_item(const Plan *plan, const Service *service, bool certain)
{
    const PlanItem *item = plan_item(plan, service);
    return item && (!certain || item->needed == CERTAIN_YES);
}

/* What a person sees of a plan, as a text. */
static Str picture(const Plan *plan)
{
    Text text = text_begin(arena, 1 << 16);
    for (size_t i = 0; i < plan->items.count; i++)
        text_printf(&text, "%.*s;", STR_ARGS(plan->items.at[i].service->id));
    for (size_t i = 0; i < plan->slots.count; i++) {
        const Slot *slot = &plan->slots.at[i];
        text_printf(&text, "%.*s %d %.*s", STR_ARGS(slot->id), slot->source, STR_ARGS(slot->type->id));
        for (size_t s = 0; s < plan->items.count; s++)
            for (size_t u = 0; u < slot->users.count; u++)
                if (slot->users.at[u] == plan->items.at[s].service)
                    text_printf(&text, " for %zu", s);
        text_char(&text, ';');
    }
    text_printf(&text, "%zu", plan->impossible.count);
    return text_str(&text);
}

/* With facts unknown: what is certain is in every plan that can come of it, what is in one is certain or possible; where nothing
 * is asked, every answer gives a plan as good; and what is asked can change the plan. Conditions are taken each for itself: where two
 * of them speak of the same facts, and cannot both come out well, a question may be useless after all. Of the few facts here
 * all conditions speak; it must be rare even so. */
static bool check_unknown(const Random *it, uint32_t unknown)
{
    const Plan *now = derive(it, it->answers, unknown);
    bool good = true, differs = false, matters = false;
    size_t asked = SIZE_MAX;
    Str pictures[1 << FACTS_MAX];
    for (size_t f = 0; now->ask && f < FACTS_MAX; f++)
        if (now->ask == &it->facts[f])
            asked = f;
    for (uint32_t set = 0; set < 1u << FACTS_MAX; set++) {
        bool answers[FACTS_MAX];
        for (size_t f = 0; f < FACTS_MAX; f++)
            answers[f] = unknown >> f & 1 ? set >> f & 1 : it->answers[f];
        const Plan *then = derive(it, answers, 0);
        pictures[set] = picture(then);
        /* Where nothing is asked there may be another plan that is as good once an answer is known. */
        for (size_t s = 0; now->ask && s < it->service_count; s++) {
            if (has_item(now, &it->services[s], true) && !then->impossible.count)
                good &= CHECK(has_item(then, &it->services[s], true));
            if (has_item(then, &it->services[s], true))
                good &= CHECK(has_item(now, &it->services[s], false));
        }
        differs |= !then->impossible.count != !now->impossible.count;
        differs |= !then->impossible.count && (then->visits != now->visits || then->documents != now->documents ||
                                               then->finish.day != now->finish.day || then->fee.cents != now->fee.cents);
    }
    if (!now->ask) {
        unanswered++;
        good &= CHECK(!differs);
    }
    /* The first fact names the application and is always asked. */
    for (uint32_t set = 0; asked != SIZE_MAX && asked > 0 && set < 1u << FACTS_MAX; set++)
        matters |= !str_equal(pictures[set], pictures[set ^ 1u << asked]);
    if (asked != SIZE_MAX && asked > 0) {
        asked_count++;
        useless += !matters;
    }
    return good;
}

static int graphs = 100000;
static volatile uint64_t at_seed;                  /* for a debugger */

static void every_plan_is_the_best(void)
{
    for (int i = 0; i < graphs; i++) {
        const uint64_t from = seed;
        arena_reset(arena);
        at_seed = from;
        Random *it = arena_new(arena, Random);
        make(it);
        const NaiveBest best = naive_best(it, it->answers);
        if (getenv("SHOW"))
            explain(from, it, NULL, &best);
        const Plan *plan = derive(it, it->answers, 0);
        if (getenv("SHOW"))
            explain(from, it, plan, &best);
        bool good = check_plan(plan, &best);
        if (i % 4 == 0)
            good &= check_unknown(it, 1 + (uint32_t)(i / 4) % ((1u << FACTS_MAX) - 1));
        compared++;
        possible_count += best.possible;
        for (size_t n = 0; n < plan->impossible.count; n++)
            circles += plan->impossible.at[n].circle;
        if (!good) {
            explain(from, it, plan, &best);
            if (test_faults > 10)
                return;
        }
    }
    CHECK(useless * 20 <= asked_count);
}

int main(int argc, char **argv)
{
    static const char *const TEXTS[FACTS_MAX * 2] = { "f0", "not(f0)", "f1", "not(f1)", "f2", "not(f2)" };
    graphs = argc > 1 ? atoi(argv[1]) : graphs;
    seed = argc > 2 ? strtoull(argv[2], NULL, 10) : seed;
    lasting = arena_open(64 << 20);
    arena = arena_open(64 << 20);
    starts = date_of(2026, 9, 21);
    calendar.free_weekday[6] = calendar.free_weekday[7] = true;
    Errors errors = errors_begin(lasting);
    Domain domain = { .kind = VALUE_BOOLEAN };
    list_push(lasting, &domain.values, value_boolean(true));
    list_push(lasting, &domain.values, value_boolean(false));
    for (size_t i = 0; i < FACTS_MAX; i++)
        map_put(lasting, &domains, FACTS[i], &domain);
    for (size_t i = 0; i < FACTS_MAX * 2; i++) {
        rules[i] = rule_parse(lasting, str_from(TEXTS[i]), (Place){ 0 }, &errors);
        must(rules[i] != NULL);
        subjects[i] = subject_of_condition(lasting, rules[i], &domains);
    }
    RUN(every_plan_is_the_best);
    printf("%zu graphs: %zu possible, %zu circles in the way; with facts unknown %zu asked, %zu of it in vain, %zu settled without asking\n",
           compared, possible_count, circles, asked_count, useless, unanswered);
    arena_close(arena);
    arena_close(lasting);
    return test_end();
}
