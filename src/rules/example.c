/* Examples: whether facts can be such that a condition holds, or does not, and one way in which they are. The cases of facts
 * are tried in the order in which they are waited for; a way that leads to what cannot be tried leaves the answer open. */
#include "rules/inquiry.h"

typedef struct Hunt {
    Inquiry inquiry;
    bool holds;                                    /* what is looked for */
    FactValues way;                                   /* to the present try */
} Hunt;

/* What this try says by itself; where it waits, `known` is what to answer, or NULL. */
static Exists try_here(Hunt *hunt, const Scope *scope, const FactCases **known)
{
    Inquiry *inquiry = &hunt->inquiry;
    const ArenaMark mark = arena_mark(inquiry->scratch);
    const Outcome here = inquiry_try(inquiry, scope);
    Exists found = EXISTS_MAYBE;
    *known = NULL;
    for (size_t i = 0; here.waiting && i < here.waiting->count && !*known; i++)
        *known = inquiry_cases(inquiry, here.waiting->at[i]);
    if (!here.waiting && !here.unclear)
        found = str_equal(here.text, S("true")) == hunt->holds ? EXISTS_YES : EXISTS_NO;
    arena_rewind(inquiry->scratch, mark);
    return found;
}

static Exists hunt_on(Hunt *hunt, const Scope *scope)
{
    Inquiry *inquiry = &hunt->inquiry;
    const FactCases *known;
    if (inquiry->tries >= TRIES_MAX / 4 || arena_is_full(inquiry->arena))
        return EXISTS_MAYBE;
    Exists found = try_here(hunt, scope, &known);
    const size_t depth = hunt->way.count;
    found = known ? EXISTS_NO : found;
    for (size_t i = 0; known && i < known->cases.count && found != EXISTS_YES; i++) {
        const ArenaMark mark = arena_mark(inquiry->scratch);
        const Value value = known->cases.at[i].value;
        const Scope with = scope_answered(inquiry->scratch, scope, known->fact, value);
        hunt->way.count = depth;
        list_push(inquiry->arena, &hunt->way, (FactValue){ known->fact, value });
        const Exists below = hunt_on(hunt, &with);
        found = below == EXISTS_NO ? found : below;
        arena_rewind(inquiry->scratch, mark);
    }
    if (found != EXISTS_YES)
        hunt->way.count = depth;
    return found;
}

Exists subject_find(Arena *arena, const Subject *subject, const Map *domains, bool holds, FactValues *answers)
{
    const Scope nothing = { 0 };
    Hunt hunt = { .inquiry = inquiry_begin(arena, subject, domains), .holds = holds };
    const Exists found = hunt_on(&hunt, &nothing);
    inquiry_end(&hunt.inquiry);
    *answers = found == EXISTS_YES ? hunt.way : (FactValues){ 0 };
    return found;
}
