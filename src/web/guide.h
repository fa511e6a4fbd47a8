/* guide: what a person may read before applying, made from the pack and today's date alone: the guide of an event, the
 * guide of one service (matter guide), the page of an authority.
 *
 *     event ──goals──▶ evidence ──given by──▶ service ──needs──▶ evidence ──given by──▶ …
 *
 * Nothing was answered yet, so a guide shows everything that can be needed: each step says whether it always comes or
 * on which answers it depends, and the dates are the latest that the limits allow. */
#ifndef WEB_GUIDE_H
#define WEB_GUIDE_H

#include "plan/plan.h"
#include "web/parts.h"
#include "web/words.h"

typedef LIST(const Service *) ServiceList;

/* One kind of evidence by which a place can be filled, and where it comes from if nothing else is known. */
typedef struct Way {
    const EvidenceType *type;
    Source source;
    const Service *giver; /* of SOURCE_GIVEN */
    Str held_when;        /* government has it already in this case; empty: never so */
} Way;
typedef struct Material {
    const Need *need;
    Str when;       /* which answer asks for it; empty: always */
    LIST(Way) ways; /* the least burdensome first: it is the one the guide speaks of */
    ServiceList users;
} Material;
typedef LIST(Material) Materials;

/* A service that can be needed. */
typedef struct GuideStep {
    const Service *service;
    bool always;
    const Condition *condition; /* on which it depends, its own or the wish's */
    Str when;                   /* the same in words; empty when always */
    Strs after;                 /* the names of those whose results it waits for */
    const Limit *limit;         /* the longest of its limits */
    Period period;              /* amount 0: on the spot, or no limit is known */
    Date starts;
    Due due;
    Str limit_words, time; /* "10 working days by law"; with the date */
    DateWhy why;
    size_t rank; /* among those that begin on the same day */
} GuideStep;
typedef LIST(GuideStep) GuideSteps;

typedef struct SpecialStep {
    const Service *service;
    const Ground *ground;
} SpecialStep;
typedef LIST(SpecialStep) SpecialSteps;

typedef struct EventGuide {
    Layout layout;
    Request *request;
    const Pack *pack;
    const Event *event;
    Date today;
    GuideSteps steps; /* by the day on which they begin */
    Markup picture;
    Materials bring;
    Materials held, given, declared; /* what need not be brought, by who has it */
    SpecialSteps special;
    ServiceList inspected;  /* somebody comes and looks */
    ServiceList joint;      /* of these: in one visit, when there are several */
    ServiceList open_ended; /* no limit is known */
    Strs laws;
    Due finish;
    int32_t working_days;
    Money fee;
    bool fee_rules; /* some fee depends on answers, and is not in it */
    bool fee_notes;
    int32_t visits;
    Markup body;           /* of the whole page: all of the above put into words; the rest may be empty then */
} EventGuide;
void html_event_guide(Html *out, const EventGuide *guide);
void html_event_body(Html *out, const EventGuide *guide);
void html_event_short(Html *out, const EventGuide *guide);

typedef struct LimitRow {
    const Limit *limit;
    Str when;         /* empty: it is the only one */
    Period extension; /* of the limit or of the procedure; amount 0: none */
} LimitRow;
typedef struct ServiceGuide {
    Layout layout;
    Request *request;
    const Pack *pack;
    const Service *service;
    LIST(const Event *) events; /* whose steps it can be one of */
    Str when;
    Materials materials;
    LIST(LimitRow) limits;
    Str level;
    Str phone; /* the authority's, or the help line; may be empty */
    Strs laws;
} ServiceGuide;
void html_service_guide(Html *out, const ServiceGuide *guide);

typedef struct AuthorityPage {
    Layout layout;
    const Pack *pack;
    const Authority *authority;
    Str level, phone;
    ServiceList services;
} AuthorityPage;
void html_authority_page(Html *out, const AuthorityPage *page);

/* ---- gather.c: from the pack to what a guide shows ----------------------------------------------------- */
typedef struct Gathering {
    Request *request;
    GuideSteps steps;
    Materials materials;
} Gathering;
void gather_event(Gathering *it, const Event *event);       /* steps with their dates, and all materials */
void gather_service(Gathering *it, const Service *service); /* the materials of one service */
bool event_leads_to(Request *request, const Event *event, const Service *service);
Str condition_words(Request *request, const Condition *condition); /* empty when it is none */
Str dependence_words(Request *request, const Rule *rule);           /* what is asked for it */

/* Every law once, with all articles of it that the page rests on. */
void legals_gather(Request *request, Legals *all, const Legals *more);
Str level_words(Request *request, AuthorityLevel level);
Str limit_words(Request *request,
                const Limit *limit); /* the one that the authority keeps to: "3 working days by promise" */

/* ---- called by guide.html and matter.html ---------------------------------------------------------------- */
Str service_names(Request *request, const ServiceList *services);
Str material_name(Request *request, const Material *material); /* "Lease or title deed" */
void html_way_source(Html *out, const Way *way);
bool material_is_described(const Material *material);
Str sentence_gap(const Html *out); /* what stands between two sentences: nothing in Chinese */
void html_material_terms(Html *out, Request *request, const Material *material);
void html_special_step(Html *out, Request *request, const Ground *ground);

#endif
