/* Inquiries: trying the cases of facts. What is not known is tried in the order in which it is waited for, and a branch
 * ends as soon as it cannot make a difference any more, so that most answers come after a few tries. */
#include "rules/inquiry.h"

enum { SCRATCH_BYTES = 16 << 20 };

const Subject *subject_of_rule(Arena *arena, const Rule *rule)
{
    Subject *subject = arena_new(arena, Subject);
    subject->rule = rule;
    subject->names = *rule_names(rule);
    list_push(arena, &subject->roots, rule->root);
    return subject;
}

const Subject *subject_of_condition(Arena *arena, const Rule *rule, const Map *domains)
{
    Subject *subject = (Subject *)subject_of_rule(arena, rule); /* made just now */
    subject->condition = true;
    subject->plain = subject_finds_plain(arena, subject, domains);
    return subject;
}

Map subject_domains(Arena *arena, const Subject *subject)
{
    return domains_seeming(arena, &subject->roots, &subject->names);
}

Inquiry inquiry_begin(Arena *arena, const Subject *subject, const Map *domains)
{
    Inquiry inquiry = { .arena = arena, .scratch = arena_open(SCRATCH_BYTES), .subject = subject, .domains = domains };
    inquiry.settled = text_begin(arena, OUTCOME_MAX);
    return inquiry;
}

void inquiry_end(Inquiry *inquiry)
{
    arena_close(inquiry->scratch);
    inquiry->scratch = NULL;
}

Outcome inquiry_try(Inquiry *inquiry, const Scope *scope)
{
    Outcome outcome = { 0 };
    LimitMet met = { 0 };
    const Scope noting = { .outer = scope, .limit = &met };
    inquiry->tries++;
    Value value = rule_evaluate(inquiry->scratch, inquiry->subject->rule, &noting);
    outcome.waiting = waiting_inside(inquiry->scratch, NULL, value);
    if (outcome.waiting)
        return outcome;
    if (inquiry->subject->condition) {
        outcome.text = value_is_true(value) ? S("true") : S("false");
        outcome.unclear = met.kind != LIMIT_NONE;
        return outcome;
    }
    Text text = text_begin(inquiry->scratch, OUTCOME_MAX);
    text_value(&text, value);
    outcome.text = text_str(&text);
    outcome.unclear = met.kind != LIMIT_NONE || text.overflow;
    return outcome;
}

const FactCases *inquiry_cases(Inquiry *inquiry, Str fact)
{
    FactCases *known = map_get(&inquiry->cases, fact);
    if (!known) {
        known = arena_new(inquiry->arena, FactCases);
        known->fact = str_copy(inquiry->arena, fact);
        const Domain *domain = inquiry->domains ? map_get(inquiry->domains, fact) : NULL;
        const ArenaMark mark = arena_mark(inquiry->scratch);
        if (!cases_of(inquiry->arena, inquiry->scratch, &inquiry->subject->roots, known->fact, domain, &known->cases))
            known->cases = (Cases){ 0 };
        arena_rewind(inquiry->scratch, mark);
        map_put(inquiry->arena, &inquiry->cases, known->fact, known);
    }
    return known->cases.count ? known : NULL;
}

/* ---- answers ---- */

static bool waits_for(Value value, Str fact)
{
    return value_is_unknown(value) && value.waiting->count == 1 && str_equal(value.waiting->at[0], fact);
}

static Value answered(Arena *arena, Value value, Str fact, Value answer)
{
    if (waits_for(value, fact))
        return answer;
    if (value.kind == VALUE_LIST) {
        Values items = { 0 };
        for (size_t i = 0; i < value_count(value); i++)
            list_push(arena, &items, answered(arena, value_item(value, i), fact, answer));
        return value_of_items(arena, items);
    }
    if (value.kind != VALUE_CONTEXT)
        return value;
    LIST(ContextEntry) entries = { 0 };
    for (size_t i = 0; i < value.box->entries->count; i++) {
        ContextEntry entry = value.box->entries->at[i];
        entry.value = answered(arena, entry.value, fact, answer);
        list_push(arena, &entries, entry);
    }
    return value_context(arena, entries.at, entries.count);
}

Scope scope_answered(Arena *arena, const Scope *scope, Str fact, Value value)
{
    Scope with = { .outer = scope };
    Str whole = fact;
    /* household[2].age is in household. */
    for (size_t i = 0; i < fact.len; i++) {
        if (fact.data[i] == '.' || fact.data[i] == '[') {
            whole = str_slice(fact, 0, i);
            break;
        }
    }
    for (const Scope *around = scope; whole.len < fact.len && around; around = around->outer) {
        const Value *found = map_get(&around->values, whole);
        if (!found)
            continue;
        scope_set(arena, &with, whole, answered(arena, *found, fact, value));
        return with;
    }
    scope_set(arena, &with, fact, value);
    return with;
}

/* ---- whether all agree ---- */

static const FactCases *first_cases(Inquiry *inquiry, const Strs *waiting)
{
    const FactCases *known = NULL;
    for (size_t i = 0; waiting && i < waiting->count && !known; i++)
        known = inquiry_cases(inquiry, waiting->at[i]);
    return known;
}

/* Whether it gives what those before it gave; `known` is what to answer where it waits. */
static bool agrees_here(Inquiry *inquiry, const Scope *scope, bool *first, const FactCases **known)
{
    const ArenaMark mark = arena_mark(inquiry->scratch);
    Outcome here = inquiry_try(inquiry, scope);
    bool agrees = !here.unclear;
    *known = first_cases(inquiry, here.waiting);
    if (here.waiting) {
        agrees = *known != NULL;
    } else if (*first && agrees) {
        text_put(&inquiry->settled, here.text);
        *first = false;
    } else {
        agrees = agrees && str_equal(text_str(&inquiry->settled), here.text);
    }
    arena_rewind(inquiry->scratch, mark);
    return agrees;
}

static bool agree(Inquiry *inquiry, const Scope *scope, bool *first)
{
    const FactCases *known;
    if (inquiry->tries >= TRIES_MAX || arena_is_full(inquiry->arena))
        return false;
    bool agrees = agrees_here(inquiry, scope, first, &known);
    for (size_t i = 0; agrees && known && i < known->cases.count; i++) {
        const ArenaMark mark = arena_mark(inquiry->scratch);
        Scope with = scope_answered(inquiry->scratch, scope, known->fact, known->cases.at[i].value);
        agrees = agree(inquiry, &with, first);
        arena_rewind(inquiry->scratch, mark);
    }
    return agrees;
}

bool inquiry_settles(Inquiry *inquiry, const Scope *scope, Str *text)
{
    bool first = true;
    inquiry->settled.len = 0;
    bool settles = agree(inquiry, scope, &first);
    *text = text_str(&inquiry->settled);
    return settles;
}

/* Any of the ways of answering: all give the same. */
static Value settled_value(Inquiry *inquiry, const Scope *scope)
{
    for (;;) {
        const ArenaMark mark = arena_mark(inquiry->scratch);
        const FactCases *known = first_cases(inquiry, inquiry_try(inquiry, scope).waiting);
        arena_rewind(inquiry->scratch, mark);
        if (!known)
            return rule_evaluate(inquiry->arena, inquiry->subject->rule, scope);
        Scope *with = arena_new(inquiry->arena, Scope);
        *with = scope_answered(inquiry->arena, scope, known->fact, known->cases.at[0].value);
        scope = with;
    }
}

Value subject_decide(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains)
{
    Str text;
    Value value = rule_evaluate(arena, subject->rule, scope);
    if (!value_is_unknown(value) || subject->plain)
        return value;
    Inquiry inquiry = inquiry_begin(arena, subject, domains);
    if (inquiry_settles(&inquiry, scope, &text)) {
        Value settled = settled_value(&inquiry, scope);
        value = arena_is_full(arena) ? value : settled;
    }
    inquiry_end(&inquiry);
    return value;
}
