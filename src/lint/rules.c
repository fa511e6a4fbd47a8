/* Conditions, decided over all that their facts can be: whether they can hold, whether they can fail, and whether they can
 * hold where they stand. Several conditions together are made into one rule, so that there is one way of deciding. */
#include "lint/inside.h"

enum { EXAMPLE_MAX = 400 };

static Str example_text(Arena *arena, const FactValues *answers)
{
    Text text = text_begin(arena, EXAMPLE_MAX);
    for (size_t i = 0; i < answers->count; i++) {
        text_printf(&text, "%s%.*s = ", i ? ", " : "", STR_ARGS(answers->at[i].fact));
        text_value(&text, answers->at[i].value);
    }
    return text_str(&text);
}

static const Rule *join(Arena *arena, const Parts *parts)
{
    const Rule **rules = arena_array(arena, const Rule *, parts->count);
    bool *holds = arena_array(arena, bool, parts->count);
    size_t count = 0;
    for (size_t i = 0; i < parts->count; i++) {
        if (!parts->at[i].condition->parsed)
            continue;
        rules[count] = parts->at[i].condition->parsed;
        holds[count++] = parts->at[i].holds;
    }
    return count ? rule_join(arena, rules, holds, count) : NULL;
}

/* A part that must not hold and is absent, so that it always does, cannot be met. */
static bool is_hopeless(const Parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (!parts->at[i].condition->parsed && !parts->at[i].holds)
            return true;
    return false;
}

Exists parts_meet(Lint *lint, const Parts *parts, Str *example)
{
    FactValues answers;
    *example = STR_NONE;
    if (is_hopeless(parts))
        return EXISTS_NO;
    const Rule *rule = join(lint->scratch, parts);
    Exists found = parts->count ? EXISTS_MAYBE : EXISTS_YES;
    if (rule) {
        found = subject_find(lint->scratch, subject_of_rule(lint->scratch, rule), &lint->domains, true, &answers);
        *example = str_copy(lint->arena, example_text(lint->scratch, &answers));
    }
    arena_reset(lint->scratch);
    return found;
}

/* ---- a condition by itself, and where it stands ---- */

static Exists meet_two(Lint *lint, const Condition *one, const Condition *other)
{
    Part both[2] = { { one, true }, { other, true } };
    Str example;
    const Parts parts = { .at = both, .count = one ? 2 : 1 };
    const Parts single = { .at = &both[1], .count = 1 };
    return parts_meet(lint, one ? &parts : &single, &example);
}

static bool always_holds(Lint *lint, const Condition *condition)
{
    Part part = { condition, false };
    Str example;
    const Parts parts = { .at = &part, .count = 1 };
    return parts_meet(lint, &parts, &example) == EXISTS_NO;
}

/* Evidence may be held by everybody who has answered: then the condition is there to ask for the number by which it is found. */
static bool may_always_hold(const char *kind, Str path)
{
    return str_equal(str_from(kind), S("evidence")) && str_equal(path, S("held"));
}

/* Whether the condition can hold on no way on which the service is wanted. Mostly the first way is one. */
static bool is_cut_off(Lint *lint, const Condition *condition, const Service *service)
{
    const Station *station = station_of(lint, service);
    for (size_t i = 0; i < station->entries.count; i++) {
        const Entry *entry = &station->entries.at[i];
        Part all[4] = { { condition, true }, { &service->when, true }, { entry->when, true }, { entry->around, true } };
        const Parts parts = { .at = all, .count = entry->around ? 4 : 3 };
        Str example;
        if (parts_meet(lint, &parts, &example) != EXISTS_NO)
            return false;
    }
    return station->entries.count > 0;
}

/* `around` is what must hold for the condition to be looked at; NULL for nothing. */
static void look_at(Lint *lint, const Item *item, Str path, const Condition *condition, const Condition *around,
                    const Service *service)
{
    if (!condition->parsed)
        return;
    const Str text = rule_text(condition->parsed);
    Error *error = NULL;
    if (meet_two(lint, NULL, condition) == EXISTS_NO)
        error = report(lint, LINT_NEVER_TRUE, item, path, "\"%.*s\" is never true", STR_ARGS(text));
    else if (!may_always_hold(item->kind, path) && always_holds(lint, condition))
        error = report(lint, LINT_ALWAYS_TRUE, item, path, "\"%.*s\" is always true", STR_ARGS(text));
    else if (around && around->parsed && meet_two(lint, around, condition) == EXISTS_NO)
        error = report(lint, LINT_CONTRADICTION, item, path, "\"%.*s\" is never true where \"%.*s\" is", STR_ARGS(text),
                       STR_ARGS(rule_text(around->parsed)));
    else if (service && is_cut_off(lint, condition, service))
        error = report(lint, LINT_CONTRADICTION, item, path, "\"%.*s\" is never true where the service \"%.*s\" is wanted",
                       STR_ARGS(text), STR_ARGS(service->id));
    if (error)
        tell_chain(lint, error, service);
}

/* ---- limits: the first that applies is taken ---- */

static void add_part(Lint *lint, Parts *parts, const Condition *condition, bool holds)
{
    list_push(lint->arena, parts, (Part){ condition, holds });
}

static void look_at_limits(Lint *lint, const Item *item, const Service *service)
{
    Parts before = { 0 };
    Str example;
    bool last = false;
    add_part(lint, &before, &service->when, true);
    for (size_t i = 0; i < service->time.count; i++) {
        const Condition *when = &service->time.at[i].when;
        Parts here = { 0 };
        for (size_t p = 0; p < before.count; p++)
            list_push(lint->arena, &here, before.at[p]);
        add_part(lint, &here, when, true);
        if (i > 0 && (last || (meet_two(lint, &service->when, when) != EXISTS_NO &&
                               parts_meet(lint, &here, &example) == EXISTS_NO))) {
            Error *error = report(lint, LINT_LIMIT_COVERED, item, path_of(lint, "time[%zu]", i),
                                  "the limit can never apply: those before it are taken first");
            tell_chain(lint, error, service);
        }
        last = last || !when->parsed;
        add_part(lint, &before, when, false);
    }
    if (last || parts_meet(lint, &before, &example) != EXISTS_YES)
        return;
    Error *error = report(lint, LINT_LIMIT_GAP, item, S("time"), "no limit of the service \"%.*s\" applies where %.*s",
                          STR_ARGS(service->id), STR_ARGS(example));
    tell_chain(lint, error, service);
}

static void look_at_service(Lint *lint, const Service *service)
{
    const Item item = ITEM("service", service);
    look_at(lint, &item, S("when"), &service->when, NULL, service);
    for (size_t i = 0; i < service->needs.count; i++)
        look_at(lint, &item, path_of(lint, "needs[%zu].when", i), &service->needs.at[i].when, &service->when, service);
    for (size_t i = 0; i < service->time.count; i++)
        look_at(lint, &item, path_of(lint, "time[%zu].when", i), &service->time.at[i].when, &service->when, service);
    look_at_limits(lint, &item, service);
}

static void look_at_event(Lint *lint, const Event *event)
{
    const Item item = ITEM("event", event);
    for (size_t i = 0; i < event->stops.count; i++)
        look_at(lint, &item, path_of(lint, "stops[%zu].when", i), &event->stops.at[i].when, NULL, NULL);
    for (size_t i = 0; i < event->goals.count; i++) {
        const Station *giver = giver_of(lint, event->goals.at[i].evidence);
        look_at(lint, &item, path_of(lint, "goals[%zu].when", i), &event->goals.at[i].when,
                giver ? &giver->service->when : NULL, NULL);
    }
}

void lint_rules(Lint *lint)
{
    const Pack *pack = lint->pack;
    for (size_t i = 0; i < pack->services.count; i++)
        look_at_service(lint, pack->services.at[i]);
    for (size_t i = 0; i < pack->events.count; i++)
        look_at_event(lint, pack->events.at[i]);
    for (size_t i = 0; i < pack->evidence.count; i++) {
        const Item item = ITEM("evidence", pack->evidence.at[i]);
        look_at(lint, &item, S("held"), &pack->evidence.at[i]->held, NULL, NULL);
    }
    for (size_t i = 0; i < pack->facts.count; i++) {
        const Item item = ITEM("fact", pack->facts.at[i]);
        look_at(lint, &item, S("check"), &pack->facts.at[i]->check, NULL, NULL);
    }
    for (size_t i = 0; i < pack->derived.count; i++) {
        const Item item = ITEM("fact", pack->derived.at[i]);
        if (pack->derived.at[i]->kind == FACT_YES_NO)
            look_at(lint, &item, S("rule"), &pack->derived.at[i]->rule, NULL, NULL);
    }
}
