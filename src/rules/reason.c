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

/* Whether it comes out so without what is hidden: the facts of which `kept` has no bit. */
static bool forces(Inquiry *inquiry, const Scope *scope, const Strs *facts, uint32_t kept, Str outcome)
{
    Scope hidden = { .outer = scope };
    Str found;
    const ArenaMark mark = arena_mark(inquiry->scratch);
    for (size_t i = 0; i < facts->count; i++)
        if (!(kept >> i & 1))
            scope_set(inquiry->scratch, &hidden, facts->at[i], value_unknown(inquiry->scratch, facts->at[i]));
    inquiry->tries = 0;
    bool forces = inquiry_settles(inquiry, &hidden, &found) && str_equal(found, outcome);
    arena_rewind(inquiry->scratch, mark);
    return forces;
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
    Strs needed = { 0 };
    for (size_t i = 0; i < facts->count; i++) {
        Str found, fact = facts->at[i];
        const ArenaMark mark = arena_mark(inquiry->scratch);
        Scope *hidden = arena_new(inquiry->scratch, Scope);
        hidden->outer = scope;
        scope_set(inquiry->scratch, hidden, fact, value_unknown(inquiry->scratch, fact));
        inquiry->tries = 0;
        if (inquiry_settles(inquiry, hidden, &found) && str_equal(found, outcome)) {
            scope = hidden; /* for good, with the facts that follow */
        } else {
            list_push(inquiry->arena, &needed, fact);
            arena_rewind(inquiry->scratch, mark);
        }
    }
    list_push(inquiry->arena, sets, needed);
}

FactSets subject_reasons(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains)
{
    FactSets sets = { 0 };
    Str outcome;
    Inquiry inquiry = inquiry_begin(arena, subject, domains);
    if (inquiry_settles(&inquiry, scope, &outcome)) {
        Strs facts = known_facts(&inquiry, scope);
        outcome = str_copy(arena, outcome);
        if (facts.count <= SETS_FACTS_MAX)
            find_sets(&inquiry, scope, &facts, outcome, &sets);
        else
            thin_out(&inquiry, scope, &facts, outcome, &sets);
    }
    inquiry_end(&inquiry);
    return sets;
}

/* ---- what if ---- */

WhatIfs subject_what_if(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains)
{
    WhatIfs found = { 0 };
    Str now, then;
    Inquiry inquiry = inquiry_begin(arena, subject, domains);
    bool settled = inquiry_settles(&inquiry, scope, &now);
    now = str_copy(arena, now);
    Strs facts = known_facts(&inquiry, scope);
    for (size_t i = 0; settled && i < facts.count; i++) {
        const FactCases *known = inquiry_cases(&inquiry, facts.at[i]);
        for (size_t j = 0; known && j < known->cases.count && found.count < WHAT_IF_MAX; j++) {
            const Case *one = &known->cases.at[j];
            const ArenaMark mark = arena_mark(inquiry.scratch);
            Scope with = scope_answered(inquiry.scratch, scope, facts.at[i], one->value);
            inquiry.tries = 0;
            if (inquiry_settles(&inquiry, &with, &then) && !str_equal(then, now))
                list_push(
                    arena, &found,
                    (WhatIf){ facts.at[i], one->test, one->value, subject_decide(arena, subject, &with, domains) });
            arena_rewind(inquiry.scratch, mark);
        }
    }
    inquiry_end(&inquiry);
    return found;
}
