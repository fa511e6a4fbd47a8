/* inside: a pack while it is looked through. Private to lint. */
#ifndef LINT_INSIDE_H
#define LINT_INSIDE_H

#include "lint/faults.h"
#include "lint/lint.h"

/* Where a service is wanted: a goal, or a need of another service. */
typedef struct Entry {
    const Condition *around;                       /* of the other service; NULL for a goal */
    const Condition *when;                         /* of the need or goal */
} Entry;

typedef struct Span {
    int64_t working, days;                         /* working days, and days of the calendar */
} Span;

/* A service in the evidence graph, and how it was reached first. */
typedef struct Station {
    const Service *service;
    LIST(Entry) entries;
    Span least;                                    /* until its result at best, what it always waits for included */
    bool timed;                                    /* that is worked out */
    const Event *event;                            /* NULL: none reaches it */
    const struct Station *from;                    /* NULL: it gives a goal */
    size_t seen;                                   /* the number of the walk that came through last */
} Station;

typedef struct Lint {
    Arena *arena;
    Arena *scratch;                                /* for one decision */
    const Pack *pack;
    const PackSource *source;                      /* or NULL */
    Date today;
    Findings findings;
    PackParts parts;
    Map domains;                                   /* of facts */
    Map stations;                                  /* service to Station */
    Map by_name;                                   /* facts */
    Map fields;                                    /* facts that are fields of a list */
    Map evidence, facts;                           /* what some event reaches, by identifier */
    size_t walks;
    Error unheard;                                 /* what is past the bound is written here */
} Lint;

/* A document, as findings name it. */
typedef struct Item {
    const char *kind;
    Str id;
    const void *document;
    Place place;
} Item;
#define ITEM(word, what) ((Item){ .kind = (word), .id = (what)->id, .document = (what), .place = (what)->place })
Item item_of_pack(const Pack *pack);               /* without its identifier: a pack that stands on another takes its acceptances */
Item item_of_part(const PackPart *part);

/* Adds a finding at a path in the document, "" for its first key. The error may be given a chain, a law, another hint. */
Error *report(Lint *lint, LintFault fault, const Item *item, Str path, const char *format, ...) PRINTF(5, 6);
Str path_of(Lint *lint, const char *format, ...) PRINTF(2, 3);
void tell_chain(Lint *lint, Error *error, const Service *service); /* from the event to the service */
void tell_law(Lint *lint, Error *error, const Legals *legals);
void tell_legal(Lint *lint, Error *error, const Legal *legal);
Station *station_of(const Lint *lint, const Service *service);
Station *giver_of(const Lint *lint, const EvidenceType *type); /* the only one; NULL where none or several give it */
bool is_always_held(const EvidenceType *type);     /* government has it, whatever the answers are */

/* A condition that holds or does not; several of them together. A condition that is absent always holds. */
typedef struct Part {
    const Condition *condition;
    bool holds;
} Part;
typedef LIST(Part) Parts;
/* Whether answers exist for which all of it is so, and which, as text: building = "mixed", seats = 51. */
Exists parts_meet(Lint *lint, const Parts *parts, Str *example);

/* path.c: whether the result cannot be had within the term, even if all goes fast. */
bool takes_longer(Lint *lint, Station *station, Period term);

void lint_graph(Lint *lint);                       /* graph.c: what is reached, and how */
void lint_unused(Lint *lint);
void lint_rules(Lint *lint);                       /* rules.c */
void lint_having(Lint *lint);                      /* having.c: what cannot be had, for some answers */
void lint_tables(Lint *lint);                      /* tables.c: of decision models */
void lint_asking(Lint *lint);                      /* asking.c: what is asked without need */
void lint_time(Lint *lint);                        /* time.c: limits, calendars, fees, law in force */
void lint_texts(Lint *lint);                       /* texts.c: translations */
void lint_reading(Lint *lint);                     /* reading.c: how hard texts are to read */

#endif
