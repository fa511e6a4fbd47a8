/* The cases of a fact: a few values that stand for all it can have, as far as rules can tell them apart. A rule that says
 * `seats > 50` cannot tell 51 from 500, so 50 and 51 stand for every number of seats. With cases, what an answer could
 * change is found out by trying. */
#ifndef RULES_DOMAIN_H
#define RULES_DOMAIN_H

#include "rules/uses.h"

typedef struct Case {
    Value value;
    Str test;                                      /* all values that it stands for, as a cell says it: > 50 */
} Case;
typedef LIST(Case) Cases;

enum { CASES_MAX = 64 };

/* All cases of a fact in the rules of these roots. False where they cannot be told: a text that is cut, a number that is
 * calculated with, a list, anything without a domain; or more than CASES_MAX. `domain` may be NULL. */
bool cases_of(Arena *arena, Arena *scratch, const Roots *roots, Str fact, const Domain *domain, Cases *cases) CHECKED;
bool node_uses(Arena *arena, const Node *node, Str fact); /* whether the fact comes up in it */

/* What each fact seems to be, from how the rules use it; those that can be anything are left out. */
Map domains_seeming(Arena *arena, const Roots *roots, const Strs *facts);

#endif
