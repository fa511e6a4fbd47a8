/* Reasons: which answers forced the outcome, and which one answer would turn it. */
#include "rules/inquiry.h"

enum { SETS_FACTS_MAX = 12 }; /* of so many facts all sets are tried, of more only one is thinned out */

/* The facts of the rule that are known, and so can have forced it. */
static Strs known_facts(Inquiry *inquiry, const Scope *scope)
{
    Strs known = { 0 };
    for (size_t i = 0; i < inquiry->subject->names.count; i++) {
        for (const Scope *around = scope; around; around = around->outer) {
            const Value *value = map_get(&around->values, inquiry->subject->names.at[i]);
            if (value && !value_is_unknown(*value))
                list_push(inquiry->arena, &known, inquiry->subject->names.at[i]);
            if (value)
                break;
        }
    }
    return known;
}

static bool forces(Inquiry *inquiry, const Scope *scope, const Strs *facts, uint32_t kept, Str outcome)
{
    Scope hidden = { .outer = scope };
    Outcome found;
    for (size_t i = 0; i < facts->count; i++)
        if (!(kept >> i & 1))
            scope_set(inquiry->arena, &hidden, facts->at[i], value_unknown(inquiry->arena, facts->at[i]));
    inquiry->tries = 0;
    return inquiry_settles(inquiry, &hidden, &found) && str_equal(found.text, outcome);
}

static Strs chosen(Arena *arena, const Strs *facts, uint32_t kept)
{
    Strs set = { 0 };
    for (size_t i = 0; i < facts->count; i++)
        if (kept >> i & 1)
            list_push(arena, &set, facts->at[i]);
    return set;
}

static bool holds_one_of(uint32_t set, const uint32_t *found, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((set & found[i]) == found[i])
            return true;
    return false;
}

/* Every set that forces the outcome and holds no smaller one that does; smallest first. */
static void find_sets(Inquiry *inquiry, const Scope *scope, const Strs *facts, Str outcome, FactSets *sets)
{
    uint32_t found[REASONS_MAX];
    for (int size = 0; size <= (int)facts->count; size++)
        for (uint32_t set = 0; set < 1u << facts->count && sets->count < REASONS_MAX; set++) {
            if (__builtin_popcount(set) != size || holds_one_of(set, found, sets->count))
                continue;
            if (!forces(inquiry, scope, facts, set, outcome))
                continue;
            found[sets->count] = set;
            list_push(inquiry->arena, sets, chosen(inquiry->arena, facts, set));
        }
}

/* One set, from which nothing can be left out. */
static void thin_out(Inquiry *inquiry, const Scope *scope, Strs *facts, Str outcome, FactSets *sets)
{
    for (size_t i = 0; i < facts->count;) {
        Strs rest = { 0 };
        for (size_t j = 0; j < facts->count; j++)
            if (j != i)
                list_push(inquiry->arena, &rest, facts->at[j]);
        Scope hidden = { .outer = scope };
        Outcome found;
        scope_set(inquiry->arena, &hidden, facts->at[i], value_unknown(inquiry->arena, facts->at[i]));
        inquiry->tries = 0;
        if (inquiry_settles(inquiry, &hidden, &found) && str_equal(found.text, outcome)) {
            Scope *kept = arena_new(inquiry->arena, Scope);
            *kept = hidden;
            scope = kept;
            *facts = rest;
        } else {
            i++;
        }
    }
    list_push(inquiry->arena, sets, *facts);
}

FactSets subject_reasons(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains)
{
    FactSets sets = { 0 };
    Outcome outcome;
    Inquiry inquiry = inquiry_begin(arena, subject, domains);
    if (inquiry_settles(&inquiry, scope, &outcome)) {
        Strs facts = known_facts(&inquiry, scope);
        if (facts.count <= SETS_FACTS_MAX)
            find_sets(&inquiry, scope, &facts, outcome.text, &sets);
        else
            thin_out(&inquiry, scope, &facts, outcome.text, &sets);
    }
    inquiry_end(&inquiry);
    return sets;
}

/* ---- what if ---- */

WhatIfs subject_what_if(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains)
{
    WhatIfs found = { 0 };
    Outcome now;
    Inquiry inquiry = inquiry_begin(arena, subject, domains);
    bool settled = inquiry_settles(&inquiry, scope, &now);
    Strs facts = known_facts(&inquiry, scope);
    for (size_t i = 0; settled && i < facts.count; i++) {
        const Cases *cases = inquiry_cases(&inquiry, facts.at[i]);
        for (size_t j = 0; cases && j < cases->count && found.count < WHAT_IF_MAX; j++) {
            Outcome then;
            Scope with = inquiry_answer(&inquiry, scope, facts.at[i], cases->at[j].value);
            inquiry.tries = 0;
            if (!inquiry_settles(&inquiry, &with, &then) || str_equal(then.text, now.text))
                continue;
            list_push(arena, &found,
                      (WhatIf){ facts.at[i], cases->at[j].test, cases->at[j].value,
                                subject_decide(arena, subject, &with, domains) });
        }
    }
    inquiry_end(&inquiry);
    return found;
}
