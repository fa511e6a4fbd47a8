/* Examples: whether facts can be such that a condition holds, or does not, and one way in which they are. The cases of facts
 * are tried in the order in which they are waited for; a way that leads to what cannot be tried leaves the answer open. */
#include "rules/inquiry.h"

typedef struct Hunt {
    Inquiry inquiry;
    bool holds;                                    /* what is looked for */
    FactValues way;                                   /* to the present try */
} Hunt;

static const Cases *next_cases(Hunt *hunt, const Strs *waiting, Str *fact)
{
    for (size_t i = 0; i < waiting->count; i++) {
        const Cases *cases = inquiry_cases(&hunt->inquiry, waiting->at[i]);
        *fact = waiting->at[i];
        if (cases)
            return cases;
    }
    return NULL;
}

static Exists hunt_on(Hunt *hunt, const Scope *scope)
{
    Str fact;
    Inquiry *inquiry = &hunt->inquiry;
    if (inquiry->tries >= TRIES_MAX / 4 || arena_is_full(inquiry->arena))
        return EXISTS_MAYBE;
    const Outcome here = inquiry_try(inquiry, scope);
    if (!here.waiting)
        return str_equal(here.text, S("true")) == hunt->holds ? EXISTS_YES : EXISTS_NO;
    const Cases *cases = next_cases(hunt, here.waiting, &fact);
    Exists found = cases ? EXISTS_NO : EXISTS_MAYBE;
    const size_t depth = hunt->way.count;
    for (size_t i = 0; cases && i < cases->count; i++) {
        const Scope with = inquiry_answer(inquiry, scope, fact, cases->at[i].value);
        hunt->way.count = depth;
        list_push(inquiry->arena, &hunt->way, (FactValue){ fact, cases->at[i].value });
        const Exists below = hunt_on(hunt, &with);
        if (below == EXISTS_YES)
            return below;
        if (below == EXISTS_MAYBE)
            found = below;
    }
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
