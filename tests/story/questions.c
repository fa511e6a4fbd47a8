/* Every rule of the pack is decided by asking: from nothing known, one question after the other, for every combination
 * of answers. No question is useless: for each that is asked, two of its answers can lead to different ends, found here
 * by trying all ways of answering the rest. And the end is the same whatever is answered to what was not asked. */
#include "catalogue/catalogue.h"
#include "test.h"

enum { WAYS_MAX = 20000, FACTS_MAX = 12 };

static Arena *lasting, *arena;
static const Pack *pack;
static Map domains;
static size_t rules_asked, questions_asked, ends_reached, rules_left;

/* ---- one rule ---- */

typedef struct Asked {
    const Rule *rule;
    const Subject *subject;
    size_t count;
    Str facts[FACTS_MAX];
    LIST(Value) answers[FACTS_MAX];
} Asked;

static Str text_of(Value value)
{
    Text text = text_begin(arena, 1000);
    text_value(&text, value);
    return text_str(&text);
}

/* Answers that stand for all, made without the engine's help: those of a choice; of a number every constant of the
 * pack's rules that is near, and its neighbours. */
static bool answers_of(const Fact *fact, const Domain *domain, Asked *asked, size_t at)
{
    static const char *const NUMBERS[] = { "0",   "1",    "2",   "3",   "9",   "10",   "11",   "49",
                                           "50",  "50.5", "51",  "99",  "100", "101",  "299",  "300",
                                           "301", "499",  "500", "501", "999", "1000", "1001", "100000" };
    Value value;
    int order;
    if (domain->optional)
        list_push(arena, &asked->answers[at], value_null());
    for (size_t i = 0; i < domain->values.count; i++)
        list_push(arena, &asked->answers[at], domain->values.at[i]);
    if (domain->kind != VALUE_NUMBER)
        return domain->values.count > 0;
    for (size_t i = 0; i < COUNT_OF(NUMBERS); i++) {
        must(value_number(arena, str_from(NUMBERS[i]), &value));
        int64_t whole;
        if (fact->whole && !value_to_i64(value, &whole))
            continue;
        if ((value_compare(value, domain->least, &order) && order < 0) ||
            (value_compare(value, domain->most, &order) && order > 0))
            continue;
        list_push(arena, &asked->answers[at], value);
    }
    return true;
}

static bool asked_begin(const Rule *rule, Asked *asked)
{
    const Strs *names = rule_names(rule);
    size_t ways = 1;
    *asked = (Asked){ .rule = rule, .subject = subject_of_rule(arena, rule) };
    for (size_t i = 0; i < names->count; i++) {
        const Fact *fact = pack_fact(pack, names->at[i]);
        const Domain *domain = fact ? map_get(&domains, fact->id) : NULL;
        if (!domain || asked->count == FACTS_MAX)
            return false;
        asked->facts[asked->count] = fact->id;
        if (!answers_of(fact, domain, asked, asked->count))
            return false;
        ways *= asked->answers[asked->count++].count;
        if (ways > WAYS_MAX)
            return false;
    }
    return true;
}

/* ---- trying all ways ---- */

static bool is_in(const Scope *scope, Str fact)
{
    for (; scope; scope = scope->outer)
        if (map_get(&scope->values, fact))
            return true;
    return false;
}

/* Calls for every way of answering what the scope leaves open, from the fact at `from` on; false stops. `aside` is left
 * open. */
static bool all_ways(const Asked *asked, const Scope *scope, size_t from, Str aside,
                     bool (*visit)(const Asked *, const Scope *, void *), void *what)
{
    while (from < asked->count && (is_in(scope, asked->facts[from]) || str_equal(asked->facts[from], aside)))
        from++;
    if (from == asked->count)
        return visit(asked, scope, what);
    for (size_t i = 0; i < asked->answers[from].count; i++) {
        Scope with = { .outer = scope };
        scope_set(arena, &with, asked->facts[from], asked->answers[from].at[i]);
        if (!all_ways(asked, &with, from + 1, aside, visit, what))
            return false;
    }
    return true;
}

static size_t index_of(const Asked *asked, Str fact)
{
    size_t at = 0;
    while (!str_equal(asked->facts[at], fact))
        at++;
    return at;
}

/* Stops when two answers to the fact set aside differ. */
static bool answers_agree(const Asked *asked, const Scope *scope, void *what)
{
    size_t at = index_of(asked, *(const Str *)what);
    Str first = STR_NONE;
    for (size_t i = 0; i < asked->answers[at].count; i++) {
        Scope with = { .outer = scope };
        scope_set(arena, &with, asked->facts[at], asked->answers[at].at[i]);
        Str end = text_of(rule_evaluate(arena, asked->rule, &with));
        if (i && !str_equal(first, end))
            return false;
        first = end;
    }
    return true;
}

static bool ends_so(const Asked *asked, const Scope *scope, void *end)
{
    return str_equal(text_of(rule_evaluate(arena, asked->rule, scope)), *(const Str *)end);
}

/* ---- asking ---- */

static void ask_on(const Asked *asked, const Scope *scope)
{
    Str fact = subject_next(arena, asked->subject, scope, &domains);
    if (fact.len == 0) {
        Str end = text_of(subject_decide(arena, asked->subject, scope, &domains));
        ends_reached++;
        CHECK(!str_equal(end, S("unknown")));
        if (!CHECK(all_ways(asked, scope, 0, STR_NONE, ends_so, &end)))
            printf("   not always %.*s: %.*s\n", STR_ARGS(end), STR_ARGS(rule_text(asked->rule)));
        return;
    }
    questions_asked++;
    if (!CHECK(!all_ways(asked, scope, 0, fact, answers_agree, &fact)))
        printf("   %.*s is useless in: %.*s\n", STR_ARGS(fact), STR_ARGS(rule_text(asked->rule)));
    size_t at = index_of(asked, fact);
    for (size_t i = 0; i < asked->answers[at].count; i++) {
        Scope with = { .outer = scope };
        scope_set(arena, &with, fact, asked->answers[at].at[i]);
        ask_on(asked, &with);
    }
}

static void ask_rule(const Condition *condition)
{
    Asked asked;
    arena_reset(arena);
    if (!condition->parsed)
        return;
    if (!asked_begin(condition->parsed, &asked)) {
        rules_left++;
        return;
    }
    rules_asked++;
    ask_on(&asked, &(Scope){ 0 });
}

static void ask_service(const Service *service)
{
    ask_rule(&service->when);
    ask_rule(&service->fee_rule);
    for (size_t i = 0; i < service->time.count; i++)
        ask_rule(&service->time.at[i].when);
    for (size_t i = 0; i < service->needs.count; i++)
        ask_rule(&service->needs.at[i].when);
}

static void every_decision_is_reached_without_a_useless_question(void)
{
    for (size_t i = 0; i < pack->services.count; i++)
        ask_service(pack->services.at[i]);
    for (size_t i = 0; i < pack->evidence.count; i++)
        ask_rule(&pack->evidence.at[i]->held);
    for (size_t i = 0; i < pack->events.count; i++) {
        const Event *event = pack->events.at[i];
        for (size_t j = 0; j < event->stops.count; j++)
            ask_rule(&event->stops.at[j].when);
        for (size_t j = 0; j < event->goals.count; j++)
            ask_rule(&event->goals.at[j].when);
    }
    printf("%zu rules: %zu questions asked, %zu ends; %zu rules have facts that cannot be enumerated\n", rules_asked,
           questions_asked, ends_reached, rules_left);
    CHECK(rules_asked > 20 && questions_asked > rules_asked);
}

int main(void)
{
    lasting = arena_open(256 << 20);
    arena = arena_open(256 << 20);
    Errors errors = errors_begin(lasting);
    pack = pack_load(lasting, S("packs/zhejiang"), &errors);
    must(pack != NULL);
    domains = pack->domains;
    RUN(every_decision_is_reached_without_a_useless_question);
    arena_close(arena);
    arena_close(lasting);
    return test_end();
}
