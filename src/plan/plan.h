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
    Period later;                                  /* amount 0: needed when sending */
    LIST(const Service *) users;                   /* who gets to see it */
} Slot;
typedef LIST(Slot) SlotList;

typedef struct PlanItem {
    const Service *service;
    Certainty needed;                              /* CERTAIN_YES or POSSIBLE */
    const Limit *limit;                            /* NULL while unknown */
    Money fee;
    bool fee_known;                                /* else it depends on what is not answered, or its rule gives no amount */
    LIST(size_t) after;                            /* indices of the items whose result it waits for */
    Date starts;
    Due due;                                       /* when it should be done: by promise, else by law; on the spot: the same day */
    bool open_ended;                               /* no limit is known */
    bool critical;                                 /* on the path that decides the finish */
    int32_t slack;                                 /* working days it may be late without moving the finish */
} PlanItem;

typedef struct Plan {
    const Event *event;
    const StopRule *stop;                          /* holds: nothing else is planned */
    LIST(PlanItem) items;                          /* in an order in which each comes after what it waits for */
    LIST(const Service *) left_out;                /* not needed, and the pack says why: LAW cn.licensing art.32(1)(1) */
    SlotList slots;                                /* every place for evidence of the certain items */
    LIST(const EvidenceType *) impossible;
    const Fact *ask;                               /* the next question; NULL: nothing more is asked */
    LIST(const Fact *) asked;                      /* the questions that matter, in the order they were or would be asked, up to `ask` */
    LIST(const Fact *) maybe;                      /* facts that undecided rules wait for now, `ask` among them */
    Money fee;                                     /* of the certain items, as far as it is known */
    bool fee_known;
    int32_t visits;
    Date starts, finish;                           /* finish of the certain items */
    bool provisional;                              /* a date rests on a year whose calendar is not published */
} Plan;

/* `facts` holds the answers by fact identifier; a fact with `each` is a list of contexts whose "id" is the member's identity. */
const Plan *plan_derive(Arena *arena, const Pack *pack, const Event *event, const Scope *facts, Date starts);

/* The item of a service; NULL when it is not in the plan. */
const PlanItem *plan_item(const Plan *plan, const Service *service);
const Slot *plan_slot(const Plan *plan, Str id);
/* Whether the applicant can bring a file there: not where government has it, or another service gives it. */
bool slot_takes_file(const Slot *slot);

#endif
