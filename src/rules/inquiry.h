/* An inquiry into what is decided: its subject, the facts' cases, and how many tries are left. Each try is an evaluation
 * in memory of its own, which is given back after it, so that thousands of them cost no more than one. */
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

typedef struct FactCases {
    Str fact;
    Cases cases;                                   /* no items where they cannot be told */
} FactCases;

/* Whoever tries something marks `scratch` before, and rewinds it once the outcome is looked at; so everything in it lies
 * on a stack. What is given back at the end, and the cases, lie in `arena`. */
typedef struct Inquiry {
    Arena *arena;                                  /* of whoever asks */
    Arena *scratch;                                /* for tries, and for the answers that are tried */
    const Subject *subject;
    const Map *domains;                            /* or NULL */
    Map cases;                                     /* by fact: FactCases */
    size_t tries;
    Text settled;                                  /* what the last inquiry_settles found */
} Inquiry;

Inquiry inquiry_begin(Arena *arena, const Subject *subject, const Map *domains);
void inquiry_end(Inquiry *inquiry);

/* Whether a rule is plain, given what its facts can be. */
bool subject_finds_plain(Arena *arena, const Subject *subject, const Map *domains);

/* What a try gives: the value as text, so that two can be compared, or what is waited for. In `scratch`. */
typedef struct Outcome {
    Str text;
    const Strs *waiting;                           /* NULL: all of it is known */
    bool unclear;                                  /* a limit was met, or the text is too long to compare */
} Outcome;
Outcome inquiry_try(Inquiry *inquiry, const Scope *scope);

/* NULL where the cases of the fact cannot be told. */
const FactCases *inquiry_cases(Inquiry *inquiry, Str fact);
/* The scope with one fact answered, also where it is a member of something larger. */
Scope scope_answered(Arena *arena, const Scope *scope, Str fact, Value value);

/* Whether every way of answering gives the same: then `text` is it, up to the next call. False also where that cannot
 * be told. */
bool inquiry_settles(Inquiry *inquiry, const Scope *scope, Str *text);

#endif
