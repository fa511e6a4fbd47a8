/* What rules say of a fact, found by a walk over their trees. */
#ifndef RULES_USES_H
#define RULES_USES_H

#include "rules/tree.h"

typedef LIST(const Node *) Roots;

typedef struct Uses {
    Constants constants;                           /* that it is compared with */
    Constants types;                               /* that it is taken for */
    bool open;                                     /* it is used in another way too */
    bool ordered;                                  /* it is compared by order, not only by equality */
    bool condition;                                /* it stands as a condition */
} Uses;
Uses uses_of(Arena *arena, const Roots *roots, Str fact);

#endif
