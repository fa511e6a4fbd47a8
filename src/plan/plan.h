/* plan: the evidence graph. From a wish and what is known: which services, in which order, what to bring, what to ask,
 * until when. Pure.
 *
 *     business licence ─┬─▶ seal ─┐
 *       (declaration,   ├─▶ tax   │   each arrow is evidence: what one service gives, the next one needs,
 *        lease or deed) ├─▶ food ◀── layout plan, health certificates     so nobody is asked for it
 *                       ├─▶ fire ◀── fire plans
 *                       └─▶ drain …
 *
 * Facts that were not asked are unknown (rules.h); the plan has a certain and a possible part and names the next
 * question: one whose answer can still change something, never another.
 *
 *     const Plan *plan = plan_derive(arena, pack, event, &facts, today);
 *     if (plan->ask)
 *         ask(plan->ask);                                 // else plan->stop says why not, or all is answered
 *     for (size_t i = 0; i < plan->items.count; i++)
 *         show(plan->items.at[i].service->name, plan->items.at[i].due.date);
 *
 * Of all plans it is the least burdensome: fewest visits, then fewest documents to bring, then the earliest finish, then the
 * lowest fee. That is hard in general, so the work is bounded; where the bound is met, the plan says so.
 *
 * A plan lives in the arena that it was derived in and points into the pack. */
#ifndef PLAN_H
#define PLAN_H

#include "base/base.h"
#include "catalogue/catalogue.h"

typedef enum Certainty { CERTAIN_NO, CERTAIN_YES, POSSIBLE } Certainty;

/* How a place for evidence is filled. */
typedef enum Source {
    SOURCE_HELD,                                   /* government has it */
    SOURCE_GIVEN,                                  /* another service of this plan gives it */
    SOURCE_DECLARED,                               /* the applicant says so when sending */
    SOURCE_UPLOAD,                                 /* the applicant brings it */
    SOURCE_NOBODY                                  /* it cannot be had: the plan is impossible */
} Source;

/* One place for evidence in an application. Its identity is stable: type, or types, and the member it is for. */
typedef struct Slot {
    Str id;                                        /* "lease|title-deed", "health-certificate:m3" */
    const Need *need;
    const EvidenceType *type;                      /* the chosen alternative; for uploads the first that can be brought */
    Source source;
    const Service *giver;                          /* of SOURCE_GIVEN */
    Str member;                                    /* identity of the list member; empty without */
    Str member_name;                               /* the first text of the member, to show */
    Str with;                                      /* of SOURCE_UPLOAD: the place where the very same document is brought; or empty */
    Period later;                                  /* amount 0: needed when sending */
    LIST(const Service *) users;                   /* who gets to see it */
} Slot;
typedef LIST(Slot) SlotList;

typedef struct PlanItem {
    const Service *service;
    Certainty needed;                              /* CERTAIN_YES or POSSIBLE */
    const Limit *limit;                            /* NULL while unknown */
    const Service *user;                           /* the service by which it was come to; NULL: it is a goal itself */
    const Need *need;                              /* that service's need */
    const Goal *goal;                              /* or the goal */
    Money fee;
    bool fee_known;                                /* else it depends on what is not answered, or its rule gives no amount */
    LIST(size_t) after;                            /* indices of the items whose result it waits for */
    Date starts;
    Due due;                                       /* when it should be done: by promise, else by law; on the spot: the same day */
    bool open_ended;                               /* no limit is known */
    bool critical;                                 /* on the path that decides the finish */
    int32_t slack;                                 /* working days it may be late without moving the finish */
} PlanItem;

/* Evidence that cannot be had, and who leads to it: a goal's service needs what the next one gives, and so on to the last,
 * for which nobody gives it, or which waits for one before it. */
typedef struct Impossible {
    const EvidenceType *type;
    LIST(const Service *) chain;
    bool circle;                                   /* the last waits for the one that gives it, which comes before it in the chain */
} Impossible;

/* What makes a plan burdensome, most important first. */
typedef struct Measures {
    int32_t visits, documents;
    Date finish;
    Money fee;
} Measures;

typedef struct Plan {
    const Event *event;
    const StopRule *stop;                          /* holds: nothing else is planned */
    LIST(PlanItem) items;                          /* in an order in which each comes after what it waits for */
    LIST(const Service *) left_out;                /* not needed, and the pack says why: LAW cn.licensing art.32(1)(1) */
    SlotList slots;                                /* every place for evidence of the certain items */
    LIST(Impossible) impossible;
    const Fact *ask;                               /* the next question; NULL: nothing more is asked */
    LIST(const Fact *) asked;                      /* the questions that matter, in the order they were or would be asked, up to `ask` */
    LIST(const Fact *) maybe;                      /* facts that undecided rules wait for now, `ask` among them */
    Money fee;                                     /* this and what follows: of the certain items; as far as it is known */
    bool fee_known;
    int32_t visits;                                /* a joint inspection is one for all who take part */
    int32_t documents;                             /* to bring: each counts once, for however many it is */
    int32_t inspections;                           /* how often somebody comes and looks */
    bool exact;                                    /* no plan is less burdensome, in the order of Measures; else see least */
    Measures least;                                /* no plan is below these, compared in their order */
    Date starts, finish;
    bool provisional;                              /* a date rests on a year whose calendar is not published */
    const Scope *facts;                            /* the answers that matter */
    const Pack *pack;
} Plan;

/* `facts` holds the answers by fact identifier; a fact with `each` is a list of contexts whose "id" is the member's identity. */
const Plan *plan_derive(Arena *arena, const Pack *pack, const Event *event, const Scope *facts, Date starts);

/* ---- why ----
 * One condition that brought an item into the plan: where it stands, and the answers that decided it. */
typedef struct WhyRule {
    const Condition *condition;
    const Legals *legal;                           /* the law by which it is asked */
    Texts because;                                 /* of the service's own condition */
    Strs facts;                                    /* a smallest set of answers that forced it */
    WhatIfs turns;                                 /* single answers by which it would not hold */
} WhyRule;
typedef struct PlanWhy {
    LIST(const PlanItem *) chain;                  /* from the goal's service to that of the item, the item last */
    LIST(WhyRule) rules;                           /* the item's own condition first, then those by which it was come to */
} PlanWhy;
PlanWhy plan_why(Arena *arena, const Plan *plan, const PlanItem *item);

/* The item of a service; NULL when it is not in the plan. */
const PlanItem *plan_item(const Plan *plan, const Service *service);
const Slot *plan_slot(const Plan *plan, Str id);
/* Whether the applicant can bring a file there: not where government has it, or another service gives it. */
bool slot_takes_file(const Slot *slot);

#endif
