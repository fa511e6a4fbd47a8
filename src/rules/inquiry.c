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
    return (Inquiry){ .arena = arena, .scratch = arena_open(SCRATCH_BYTES), .subject = subject, .domains = domains };
}

void inquiry_end(Inquiry *inquiry)
{
    arena_close(inquiry->scratch);
    inquiry->scratch = NULL;
}

Outcome inquiry_try(Inquiry *inquiry, const Scope *scope)
{
    Outcome outcome = { 0 };
    inquiry->tries++;
    arena_reset(inquiry->scratch);
    Value value = rule_evaluate(inquiry->scratch, inquiry->subject->rule, scope);
    const Strs *waiting = waiting_inside(inquiry->scratch, NULL, value);
    if (waiting) {
        Strs *kept = arena_new(inquiry->arena, Strs);
        for (size_t i = 0; i < waiting->count; i++)
            list_push(inquiry->arena, kept, str_copy(inquiry->arena, waiting->at[i]));
        outcome.waiting = kept;
        return outcome;
    }
    if (inquiry->subject->condition) {
        outcome.text = value_is_true(value) ? S("true") : S("false");
        return outcome;
    }
    Text text = text_begin(inquiry->scratch, OUTCOME_MAX);
    text_value(&text, value);
    outcome.text = str_copy(inquiry->arena, text_str(&text));
    return outcome;
}

const Cases *inquiry_cases(Inquiry *inquiry, Str fact)
{
    Cases *cases = map_get(&inquiry->cases, fact);
    if (!cases) {
        cases = arena_new(inquiry->arena, Cases);
        const Domain *domain = inquiry->domains ? map_get(inquiry->domains, fact) : NULL;
        if (!cases_of(inquiry->arena, &inquiry->subject->roots, fact, domain, cases))
            *cases = (Cases){ 0 };
        map_put(inquiry->arena, &inquiry->cases, fact, cases);
    }
    return cases->count ? cases : NULL;
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

Scope inquiry_answer(Inquiry *inquiry, const Scope *scope, Str fact, Value value)
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
        scope_set(inquiry->arena, &with, whole, answered(inquiry->arena, *found, fact, value));
        return with;
    }
    scope_set(inquiry->arena, &with, fact, value);
    return with;
}

/* ---- whether all agree ---- */

static const Cases *first_cases(Inquiry *inquiry, const Strs *waiting, Str *fact)
{
    for (size_t i = 0; i < waiting->count; i++) {
        const Cases *cases = inquiry_cases(inquiry, waiting->at[i]);
        *fact = waiting->at[i];
        if (cases)
            return cases;
    }
    return NULL;
}

static bool agree(Inquiry *inquiry, const Scope *scope, Outcome *outcome)
{
    Str fact;
    if (inquiry->tries >= TRIES_MAX || arena_is_full(inquiry->arena))
        return false;
    Outcome here = inquiry_try(inquiry, scope);
    if (!here.waiting) {
        bool first = outcome->text.len == 0;
        if (first)
            *outcome = here;
        return first || str_equal(outcome->text, here.text);
    }
    const Cases *cases = first_cases(inquiry, here.waiting, &fact);
    for (size_t i = 0; cases && i < cases->count; i++) {
        Scope with = inquiry_answer(inquiry, scope, fact, cases->at[i].value);
        if (!agree(inquiry, &with, outcome))
            return false;
    }
    return cases != NULL;
}

bool inquiry_settles(Inquiry *inquiry, const Scope *scope, Outcome *outcome)
{
    *outcome = (Outcome){ 0 };
    return agree(inquiry, scope, outcome);
}

/* Any of the ways of answering: all give the same. */
static Value settled_value(Inquiry *inquiry, const Scope *scope)
{
    Str fact;
    Value value = rule_evaluate(inquiry->arena, inquiry->subject->rule, scope);
    const Strs *waiting = waiting_inside(inquiry->arena, NULL, value);
    const Cases *cases = waiting ? first_cases(inquiry, waiting, &fact) : NULL;
    if (!cases)
        return value;
    Scope *with = arena_new(inquiry->arena, Scope);
    *with = inquiry_answer(inquiry, scope, fact, cases->at[0].value);
    return settled_value(inquiry, with);
}

Value subject_decide(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains)
{
    Outcome outcome;
    Value value = rule_evaluate(arena, subject->rule, scope);
    if (!value_is_unknown(value) || subject->plain)
        return value;
    Inquiry inquiry = inquiry_begin(arena, subject, domains);
    if (inquiry_settles(&inquiry, scope, &outcome))
        value = settled_value(&inquiry, scope);
    inquiry_end(&inquiry);
    return value;
}
