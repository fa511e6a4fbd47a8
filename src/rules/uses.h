/* Uses: how rules use a fact. What is only compared with constants, or only stands as a condition, can be tried. */
#ifndef RULES_USES_H
#define RULES_USES_H

#include "rules/tree.h"

typedef LIST(const Node *) Roots;                  /* of rules */

typedef struct Uses {
    Values constants;                              /* that it is compared with */
    bool ordered;                                  /* it is compared by order, not only by equality */
    bool condition;                                /* it stands as a condition */
    bool open;                                     /* it is used in another way too */
} Uses;

Uses uses_of(Arena *arena, const Roots *roots, Str fact);

#endif
