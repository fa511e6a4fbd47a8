/* catalogue: a pack, loaded. Pure but for reading the folder's files once.
 *
 * A pack is a folder of YAML documents. Each document's first key says what it is and its identifier:
 *
 *     service: food-business-licence
 *     name: {en: Food business licence, zh: 食品经营许可证}
 *     authority: market-regulation
 *     …
 *
 * The loader is strict: unknown keys, wrong types, references to nothing, missing translations, rules that do not parse
 * and rules that use facts nobody defined are errors with file, line, column and source line; all of them at once.
 * Which keys a document may have stands in one table (catalogue/schema.c): loader and reference are made from it.
 *
 *     Errors errors = errors_begin(arena);
 *     const Pack *pack = pack_load(arena, S("packs/zhejiang"), &errors);
 *     if (!pack) errors_print(&errors, &out);
 *
 * A loaded pack is immutable and may be read by any number of threads. Fields without a comment are required. */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include "base/base.h"
#include "calendar/calendar.h"
#include "rules/rules.h"
#include "trust/trust.h"

enum { LANGUAGES_MAX = 4 };

typedef struct Pack Pack;
typedef struct Authority Authority;
typedef struct Law Law;
typedef struct CountingRule CountingRule;
typedef struct Fact Fact;
typedef struct EvidenceType EvidenceType;
typedef struct Procedure Procedure;
typedef struct Service Service;
typedef struct Event Event;

/* One text in each language of the pack, in the order of pack->languages. An optional text that is absent is empty in
 * all of them. */
typedef struct Texts {
    Str in[LANGUAGES_MAX];
} Texts;

/* A rule as it stands in a pack; parsed is NULL where the key is absent, which means "always". */
typedef struct Condition {                         /* facts that are worked out are bound: it names those that are asked */
    const Rule *parsed;
    const Subject *subject;                        /* the same, to be decided with what the pack's facts can be */
    Place place;
} Condition;

typedef struct Legal {
    const Law *law;
    Str article;                                   /* "42(1)"; optional */
} Legal;
typedef LIST(Legal) Legals;

/* law: ID — an act, regulation or published decision. */
struct Law {
    Str id;
    Texts name;
    Str number;                                    /* optional: document number, such as a decree's */
    Date in_force;                                 /* optional */
    Date ends;                                     /* optional: replaced or repealed from this day */
    Texts note;                                    /* optional: "check whether superseded" */
    Place place;
};

/* period-rule: ID — how a law counts periods. The pack names one for all of its periods; a term, limit, ground or remedy may name
 * another. Each period of the pack then carries `rule` of the one that holds for it; without any it is counted as most laws do. */
#define RUNS_FROM(X) X(RUNS_FROM_EVENT_DAY, "event-day") X(RUNS_FROM_DAY_AFTER, "day-after")
typedef enum RunsFrom {
#define X(name, word) name,
    RUNS_FROM(X)
#undef X
} RunsFrom;
struct CountingRule {
    Str id;
    Texts name;
    PeriodRule rule;
    RunsFrom runs_from;                            /* optional: of weeks, months and years; also in the rule, as ends_like_first */
    Legals legal;
    Texts note;                                    /* optional */
    Place place;
};

/* authority: ID — who decides. */
#define AUTHORITY_LEVELS(X)                                                                                            \
    X(LEVEL_NATION, "nation") X(LEVEL_PROVINCE, "province") X(LEVEL_CITY, "city") X(LEVEL_DISTRICT, "district")        \
    X(LEVEL_TOWNSHIP, "township") X(LEVEL_VILLAGE, "village") X(LEVEL_INSTITUTION, "institution")
typedef enum AuthorityLevel {
#define X(name, word) name,
    AUTHORITY_LEVELS(X)
#undef X
} AuthorityLevel;
struct Authority {
    Str id;
    Texts name;
    AuthorityLevel level;
    Texts task;                                    /* one sentence: what it does */
    Str phone;                                     /* optional */
    Place place;
};

/* fact: ID — one typed datum, asked once, or worked out from others by a rule or a decision. Identifiers are snake_case:
 * they are the names in rules. */
#define FACT_KINDS(X)                                                                                                  \
    X(FACT_YES_NO, "yes-no") X(FACT_CHOICE, "choice") X(FACT_NUMBER, "number") X(FACT_MONEY, "money")                  \
    X(FACT_DATE, "date") X(FACT_TEXT, "text") X(FACT_ADDRESS, "address") X(FACT_IDENTITY, "identity-number")           \
    X(FACT_CREDIT_CODE, "credit-code") X(FACT_LIST, "list")
typedef enum FactKind {
#define X(name, word) name,
    FACT_KINDS(X)
#undef X
} FactKind;
typedef struct Choice {
    Str value;                                     /* what rules compare with */
    Texts name;
    Texts hint;                                    /* optional: the consequence of choosing it */
} Choice;
typedef struct FactDecision {                      /* its inputs are facts of the same names, blanks as _, in small letters */
    Str model;                                     /* a file of the pack: "rooms/size.dmn" */
    Str name;
} FactDecision;
enum { LIST_MEMBERS_MAX = 200 };
struct Fact {
    Str id;
    FactKind kind;
    Texts name;                                    /* short label: "Dining area" */
    Texts question;                                /* "How large is the dining area?"; required if it is asked */
    Condition rule;                                /* optional: how it is worked out; then nobody is asked for it */
    FactDecision decision;                         /* optional: the same, and `rule` is that decision */
    bool used;                                     /* by any rule of the pack */
    Texts hint;                                    /* optional */
    Texts why;                                     /* optional: why we ask */
    Legals legal;                                  /* optional: on which law it is asked */
    LIST(Choice) choices;                          /* of a choice, at least two */
    Texts unit;                                    /* optional, of a number: "square metres" */
    Str min, max;                                  /* optional: as written; members of a list, length of a text */
    bool whole;                                    /* optional, of a number: no decimals */
    bool past;                                     /* optional, of a date: today or earlier */
    bool future;                                   /* optional, of a date: today or later */
    bool optional;                                 /* optional: may be left empty */
    Condition check;                               /* optional: must hold for the answer (in a list: for the member) */
    Texts check_message;                           /* required with check: what to mend */
    LIST(const Fact *) fields;                     /* of a list: what each member has */
    Texts member;                                  /* of a list: what one member is called, "employee" */
    Str autocomplete;                              /* optional: the HTML token (WCAG 1.3.5) */
    Str sample;                                    /* optional: what the demonstration answers, as it would be entered */
    Place place;
};

/* evidence: ID — a kind of proof. */
struct EvidenceType {
    Str id;
    Texts name;
    Texts description;                             /* optional: what it must show */
    const Authority *holder;                       /* optional: government has it, nobody is asked for it */
    Texts held_note;                               /* optional: how it is obtained without the applicant */
    Condition held;                                /* optional: held already if this holds (an earlier licence) */
    bool upload;                                   /* optional: the applicant can bring it as a file */
    Texts example;                                 /* optional: what a good one looks like */
    Texts declares;                                /* optional: given by accepting this sentence when sending */
    Legals legal;                                  /* optional */
    LIST(const Service *) givers;                  /* the services that give it */
    Place place;
};

/* procedure: ID — what the law says about a kind of case (a licence, a registration, a filing); many services use it. */
typedef struct Term {                              /* a time, or on the spot: one of them */
    Period time;
    bool on_the_spot;
    const CountingRule *counted;                   /* optional: instead of the pack's */
    Legals legal;                                  /* optional */
    Texts note;                                    /* optional */
} Term;
typedef struct Ground {                            /* on which a clock may be stopped, and special steps in a guide */
    Str id;
    Texts name;
    bool counts;                                   /* optional: its time counts in the limit, so it stops nothing */
    Period time;                                   /* optional: how long it may take */
    const CountingRule *counted;                   /* optional */
    Legals legal;                                  /* at least one: no clock stops without a law */
} Ground;
typedef struct PenaltyRate {                       /* of a penalty for deciding late */
    int32_t days;
    Money amount;                                  /* for each of them */
} PenaltyRate;
typedef struct DelayPenalty {
    Date since;                                    /* for notices that are received from this day on */
    Period notice;                                 /* it begins on the day after this time, which runs from the notice */
    LIST(PenaltyRate) rates;                       /* one after the other; after the last nothing is added */
    Legals legal;
} DelayPenalty;
typedef struct Remedy {                            /* what a person may do against a decision */
    Texts name;                                    /* as one may say it after "you can": "go to court" */
    Period time;                                   /* optional: from the day on which the person learns of the decision */
    const CountingRule *counted;                   /* optional */
    Legals legal;                                  /* optional */
} Remedy;
struct Procedure {
    Str id;
    Texts name;
    Legals legal;                                  /* optional */
    Term intake;                                   /* optional: accept or ask within it */
    bool silence_accepts;                          /* optional: nothing said within it is acceptance, as of receipt */
    Term correction;                               /* the applicant's term to correct; then it counts as withdrawn */
    bool correction_returns;                       /* optional: then the authority may leave it untreated, within the intake term if any */
    Term deficiency;                               /* the applicant's term for what may follow; then revoked */
    Term extension;                                /* optional: by how much the limit may be extended, once */
    Term delivery;                                 /* optional: from the decision to the result in hand */
    Term mending;                                  /* optional: to mend what an inspection after the decision found; then it may be taken back */
    LIST(DelayPenalty) penalties;                  /* optional: for deciding late, each for its time */
    LIST(Ground) grounds;                          /* optional */
    LIST(Remedy) remedies;                         /* against a refusal; at least one */
    Legals refusal;                                /* optional: the law on refusals */
    Place place;
};

/* service: ID — what one authority decides or issues. */
typedef struct Need {
    LIST(const EvidenceType *) any;                /* one of them is enough; `evidence: x` is `any: [x]` */
    Condition when;                                /* optional */
    Period later;                                  /* optional: may follow after acceptance, within this term */
    const Fact *each;                              /* optional: a list fact; one for each member where `when` holds */
    Texts note;                                    /* optional */
} Need;
typedef struct Silence {                           /* what the law makes of a limit that is over without a decision: it is granted */
    bool grants;                                   /* the key is there */
    Period in_force;                               /* optional: so long after the limit; else the day after it */
    Legals legal;
} Silence;
typedef struct Limit {                             /* the first whose `when` holds applies */
    Condition when;                                /* optional */
    Period statutory;                              /* optional: unset = the law sets none */
    Period promised;                               /* optional */
    bool illustrative;                             /* optional: the promise is an example, not the authority's own */
    bool on_the_spot;                              /* optional: done on the day of complete papers; no other time stands beside it */
    bool from_receipt;                             /* optional: counts from complete papers, not from acceptance */
    bool from_filing;                              /* optional: counts from receipt and stands still while the applicant corrects */
    Silence silence;                               /* optional */
    Period extension;                              /* optional: instead of the procedure's */
    Period follow_up;                              /* optional: inspection after the decision (commitment) */
    const CountingRule *counted;                   /* optional: of all of these periods */
    Legals legal;                                  /* optional */
    Texts note;                                    /* optional */
} Limit;
typedef struct Renewal {                           /* of a service that renews what was given before */
    const Fact *ends;                              /* a date: the last day of what is renewed; NULL: nothing is renewed */
    Period apply;                                  /* so long before that day one must have applied */
    Legals legal;                                  /* by which nothing decided in time renews it */
} Renewal;
struct Service {
    Str id;
    Texts name;
    Texts summary;                                 /* one sentence: what you get and why you need it */
    const Authority *authority;
    const Procedure *procedure;
    Legals legal;
    Condition when;                                /* optional: is it needed at all? */
    Texts because;                                 /* optional: why it is needed, "because you cook with oil fumes" */
    Texts otherwise;                               /* optional: why it is not, where `when` does not hold */
    LIST(Need) needs;                              /* optional */
    LIST(const Fact *) asks;                       /* optional: what the authority itself must know */
    LIST(Ground) steps;                            /* optional: special steps of this service */
    bool inspection;                               /* optional: somebody comes and looks */
    bool joint_inspection;                         /* optional: one visit together with the others marked so */
    const EvidenceType *gives;
    Period valid;                                  /* optional: how long the result is valid */
    Renewal renewal;                               /* optional */
    LIST(Limit) time;                              /* at least one */
    Money fee;                                     /* optional, default 0 */
    Condition fee_rule;                            /* optional, instead of fee: a number, in the pack's currency */
    Texts fee_note;                                /* optional */
    int32_t visits;                                /* optional, default 0: how often a person must come */
    uint32_t number;                               /* its place among the services of the pack */
    Place place;
};

/* event: ID — the wish that a person comes with. */
typedef struct Goal {
    const EvidenceType *evidence;
    Condition when;                                /* optional */
} Goal;
typedef struct StopRule {                          /* a reason why the wish cannot be fulfilled at all; asked first */
    Str id;
    Condition when;
    Texts title;
    Texts message;
    Texts instead;                                 /* what would be possible: no dead end */
    Legals legal;
} StopRule;
typedef struct NotNeeded {                         /* what people expect and need not do */
    Texts name;
    Texts reason;
    Legals legal;                                  /* optional */
} NotNeeded;
typedef struct Section {
    Texts name;
    LIST(const Fact *) asks;                       /* the order of questions; a question comes only if it can matter */
} Section;
typedef struct Duty {                              /* what must be done afterwards or in time by the person */
    Texts name;
    Legals legal;                                  /* optional */
} Duty;
struct Event {
    Str id;
    Texts name;
    Texts summary;                                 /* the result in one sentence */
    Texts audience;                                /* for whom */
    Texts words;                                   /* other words people search with, separated by commas */
    bool business;                                 /* optional: a business event, else a life event */
    LIST(Goal) goals;
    LIST(StopRule) stops;                          /* optional */
    LIST(NotNeeded) not_needed;                    /* optional */
    LIST(Section) sections;
    const Fact *label;                             /* the fact that names an application in lists */
    LIST(Duty) duties;                             /* optional */
    Term bundle;                                   /* optional: the limit of all authorities together, from the first acceptance */
    Term bundle_extension;                         /* optional: by how much it may be extended, once */
    Texts declaration;                             /* what the applicant declares when sending */
    Legals legal;                                  /* optional */
    Map ranks;                                     /* of each fact in the sections: FactRank, its place in their order */
    Place place;
};
typedef struct FactRank {
    size_t rank;
} FactRank;

/* accepted: ID — a warning of the linter that is right as it is. */
typedef struct Acceptance {
    Str id;
    Str finding;                                   /* its code */
    Strs in;                                       /* documents by kind and identifier: "evidence title-deed" */
    Str reason;
    Place place;
} Acceptance;

/* pack: ID — the jurisdiction. The calendar's documents are `calendar: YEAR`. */
struct Pack {
    Str id;
    Str base;                                      /* optional: the folder of the pack that this one stands on */
    Hash version;                                  /* of all files' names and bytes */
    Str text;                                      /* the files as one text, for pack_read */
    Strs languages;                                /* "en", "zh": two letters each */
    Texts language_names;                          /* each language's name in itself: in[i] is that of languages[i] */
    Texts name;                                    /* of the platform: "Onestop Zhejiang" */
    Texts area_name;                               /* "Hangzhou, Zhejiang" */
    int64_t area;                                  /* number of the area, first column of sharded keys */
    Str currency;                                  /* "CNY" */
    int32_t utc_offset_minutes;                    /* written "+08:00" */
    int64_t upload_max_mb;                         /* largest file */
    Str phone;                                     /* general help line; optional */
    Legals receipt;                                /* optional: the law by which one submission is receipt by all */
    Legals joint_inspection;                       /* optional: the law on one inspection for several */
    Calendar calendar;
    const CountingRule *counted;                   /* optional: how periods are counted where nothing else is said */
    LIST(const Law *) laws;
    LIST(const CountingRule *) period_rules;
    LIST(const Authority *) authorities;
    LIST(const Fact *) facts;                      /* that are asked, or held */
    LIST(const Fact *) derived;                    /* that are worked out */
    LIST(const EvidenceType *) evidence;
    LIST(const Procedure *) procedures;
    LIST(const Service *) services;
    LIST(const Event *) events;
    LIST(const Acceptance *) accepted;
    LIST(const Model *) models;                    /* of decisions, those that some fact is worked out by */
    Map domains;                                   /* what each fact can be, by name: as subject_decide takes it */
    struct {
        Map laws, period_rules, authorities, facts, evidence, services, events;
    } by_id;
};

/* Makes what follows from the documents: the maps, the givers of each evidence, the subjects of conditions. Loading does
 * it; whoever makes a pack by hand does it too. */
void pack_complete(Arena *arena, Pack *pack);

/* NULL when there is any error. */
const Pack *pack_load(Arena *arena, Str folder, Errors *errors) CHECKED;
/* The same from a pack's `text`, for versions that are kept with what was sent under them. */
const Pack *pack_read(Arena *arena, Str text, Errors *errors) CHECKED;

/* A number as an amount of money; false where it is none: negative, with more than two decimals, too large. */
bool money_of(Arena *arena, Value number, Money *money) CHECKED;

/* ---- for the linter ---- */

/* Where everything in a pack stands: its trees, which pack_load lets go. */
typedef struct PackSource PackSource;
const Pack *pack_load_source(Arena *arena, Str folder, Errors *errors, const PackSource **source) CHECKED;
/* The place of a key of a document, which is given by its struct: "time[0].promised", "name.zh". Where the path leads on
 * to what is not there, that of the last thing that is. */
Place source_place(const PackSource *source, const void *document, Str path);
Place source_line(const PackSource *source, Place place); /* with the line shown, of one that has file and line alone */

/* Every text of a pack, and every citation of a law, with its path: for whoever looks at all of them. */
typedef struct PackPart {
    const char *kind;                              /* of the document: "service" */
    Str id;
    const void *document;
    Place place;                                   /* of the document */
    const char *object;                            /* in which it is, the kind of document or "need" */
    const char *key;
    Str path;                                      /* "needs[2].note" */
    const Texts *texts;                            /* one of the two is set */
    const Legal *legal;
} PackPart;
typedef LIST(PackPart) PackParts;
PackParts pack_parts(Arena *arena, const Pack *pack);

/* By identifier; NULL when absent. */
const Law *pack_law(const Pack *pack, Str id);
const CountingRule *pack_period_rule(const Pack *pack, Str id);
const CountingRule *pack_counting(const Pack *pack, const PeriodRule *rule); /* the one that a period carries; NULL for none */
const Authority *pack_authority(const Pack *pack, Str id);
const Fact *pack_fact(const Pack *pack, Str id);   /* of those that are asked */
/* What each fact can be, by name, those that are worked out among them. */
Map pack_all_domains(Arena *arena, const Pack *pack);
/* Those of a model's inputs, by what the model calls them. */
Map pack_model_domains(Arena *arena, const Map *all_domains, const Model *model);
const EvidenceType *pack_evidence(const Pack *pack, Str id);
const Service *pack_service(const Pack *pack, Str id);
const Event *pack_event(const Pack *pack, Str id);
/* The ground, or special step, of this identifier, of the service or of its procedure; NULL when there is none. */
const Ground *service_ground(const Service *service, Str id);
int pack_language(const Pack *pack, Str code);     /* index, or -1 */

/* Search in every language: events first, then services, best first; at most 20. Matching is by substring of names,
 * words and summaries, letter case ignored, each word of the query counted; of Chinese also each pair of characters. */
typedef struct Hit {
    const Event *event;                            /* one of the two is set */
    const Service *service;
    int score;
} Hit;
typedef LIST(Hit) Hits;
Hits pack_search(Arena *arena, const Pack *pack, Str query);

/* What the loader can refuse a pack for, by code. */
const FaultKind *pack_faults(size_t *count);

/* The key table as Markdown: a part of docs/reference.md. */
void pack_reference(Text *out);
/* The same as a JSON Schema of one document, for editors. */
void pack_json_schema(Text *out);

#endif
