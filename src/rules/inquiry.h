/* An inquiry into what is decided: its subject, the facts' cases, and how many tries are left. Each try is an evaluation
 * in memory of its own, so that thousands of them cost no more than one. */
#ifndef RULES_INQUIRY_H
#define RULES_INQUIRY_H

#include "rules/domain.h"

enum { TRIES_MAX = 20000, OUTCOME_MAX = 1 << 16 };

struct Subject {
    Roots roots;
    Strs names;
    const Rule *rule;
    bool condition;                                /* only whether it holds is of interest */
    bool plain;                                    /* trying finds out nothing more: plain.c */
};

typedef struct Inquiry {
    Arena *arena;                                  /* for what lasts as long as the inquiry */
    Arena *scratch;                                /* for one try */
    const Subject *subject;
    const Map *domains;                            /* or NULL */
    Map cases;                                     /* by fact: const Cases *, with no items where they cannot be told */
    size_t tries;
} Inquiry;

Inquiry inquiry_begin(Arena *arena, const Subject *subject, const Map *domains);
void inquiry_end(Inquiry *inquiry);

/* Whether a rule is plain, given what its facts can be. */
bool subject_finds_plain(Arena *arena, const Subject *subject, const Map *domains);

/* What a try gives: the value as text, so that two can be compared, or what is waited for. */
typedef struct Outcome {
    Str text;
    const Strs *waiting;                           /* NULL: all of it is known */
} Outcome;
Outcome inquiry_try(Inquiry *inquiry, const Scope *scope);

/* NULL where the cases of the fact cannot be told. */
const Cases *inquiry_cases(Inquiry *inquiry, Str fact);
/* The scope with one fact answered, also where it is a member of something larger. */
Scope inquiry_answer(Inquiry *inquiry, const Scope *scope, Str fact, Value value);

/* Whether every way of answering gives the same, and what. False also where that cannot be told. */
bool inquiry_settles(Inquiry *inquiry, const Scope *scope, Outcome *outcome);

#endif
