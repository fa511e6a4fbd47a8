/* cases: a case's life and its clocks. Pure: entries, a service and a calendar in; a state, dates and permitted steps out.
 *
 * A case is one authority's handling of one service for one application. Its state is the fold of its journal, always.
 * What may happen, who may make it happen and what follows stands in one table (cases/steps.c):
 *
 *     waiting ──receive──▶ received ──accept──▶ accepted ──grant──▶ granted ──issue──▶ issued
 *                            │  ▲                │   ▲  └─refuse─▶ refused
 *                       ask  ▼  │ supply  suspend▼   │resume
 *                         correction            suspended
 *                            └─(term over)─▶ lapsed
 *
 *     Case it = case_begin();
 *     for (size_t i = 0; i < entries.count; i++)
 *         must(case_apply(arena, &it, &entries.at[i]));
 *     ClockList clocks = case_clocks(arena, &it, service, limit, &pack->calendar);
 */
#ifndef CASES_H
#define CASES_H

#include "base/base.h"
#include "calendar/calendar.h"
#include "catalogue/catalogue.h"

/* name, word in journal and API. The numbers are stored: add at the end only. */
#define CASE_STATES(X)                                                                                                 \
    X(CASE_NONE, "none")               /* before its first entry */                                                    \
    X(CASE_WAITING, "waiting")         /* for what another case of the application issues */                           \
    X(CASE_RECEIVED, "received")       /* the authority has it and checks whether it is complete */                    \
    X(CASE_CORRECTION, "correction")   /* the applicant was asked, once, for everything that is missing */             \
    X(CASE_ACCEPTED, "accepted")       /* the limit to decide runs */                                                  \
    X(CASE_DEFICIENT, "deficient")     /* accepted; something listed may follow within a term */                       \
    X(CASE_SUSPENDED, "suspended")     /* on a ground that the law names; the clock stands */                          \
    X(CASE_GRANTED, "granted")         /* decided for; the result is being made */                                     \
    X(CASE_ISSUED, "issued")           /* the result is in hand */                                                     \
    X(CASE_REFUSED, "refused")         /* decided against, with reasons and remedies */                                \
    X(CASE_DECLINED, "declined")       /* not accepted: still wrong after correction, or not this authority's */       \
    X(CASE_WITHDRAWN, "withdrawn")     /* by the applicant */                                                          \
    X(CASE_LAPSED, "lapsed")           /* not corrected within the term: counts as withdrawn */                        \
    X(CASE_REVOKED, "revoked")         /* what was to follow did not come, or is still wrong: acceptance revoked */    \
    X(CASE_ENDED, "ended")             /* what it waited for will not come */

typedef enum CaseState {
#define X(name, word) name,
    CASE_STATES(X)
#undef X
        CASE_STATE_COUNT
} CaseState;

/* name, word. The numbers are stored: add at the end only. */
#define ENTRY_KINDS(X)                                                                                                 \
    X(ENTRY_NONE, "none")                                                                                              \
    X(ENTRY_SEND, "send")              /* of the application as a whole: what was sent */                              \
    X(ENTRY_SUPPLEMENT, "supplement")  /* of the application as a whole: what was changed or added, before and after */ \
    X(ENTRY_WAIT, "wait")              /* what: the evidence types it waits for, separated by blanks */                \
    X(ENTRY_RECEIVE, "receive")                                                                                        \
    X(ENTRY_ASK, "ask")                /* until: end of the applicant's term; the body lists everything to mend */     \
    X(ENTRY_SUPPLY, "supply")          /* the correction came */                                                       \
    X(ENTRY_ACCEPT, "accept")                                                                                          \
    X(ENTRY_SILENCE, "silence")        /* accepted because nothing was said in time; counts from receipt */            \
    X(ENTRY_ACCEPT_DEFICIENT, "accept-deficient") /* until, period: term; what: the places still open */               \
    X(ENTRY_CURE, "cure")              /* what was to follow came */                                                   \
    X(ENTRY_SUSPEND, "suspend")        /* what: the ground; until: by when it should be over, as told */               \
    X(ENTRY_RESUME, "resume")                                                                                          \
    X(ENTRY_EXTEND, "extend")          /* period: by how much */                                                       \
    X(ENTRY_INSPECT, "inspect")        /* what: passed or failed */                                                    \
    X(ENTRY_GRANT, "grant")                                                                                            \
    X(ENTRY_REFUSE, "refuse")                                                                                          \
    X(ENTRY_ISSUE, "issue")            /* what: the evidence type given */                                             \
    X(ENTRY_WITHDRAW, "withdraw")                                                                                      \
    X(ENTRY_LAPSE, "lapse")                                                                                            \
    X(ENTRY_REVOKE, "revoke")                                                                                          \
    X(ENTRY_DECLINE, "decline")                                                                                        \
    X(ENTRY_END, "end")                                                                                                \
    X(ENTRY_RATE, "rate")              /* what: the grade, 1 to 5 */

typedef enum EntryKind {
#define X(name, word) name,
    ENTRY_KINDS(X)
#undef X
        ENTRY_KIND_COUNT
} EntryKind;

/* Who acted. The numbers are stored. */
#define ROLES(X)                                                                                                       \
    X(ROLE_NOBODY, "nobody")                                                                                           \
    X(ROLE_APPLICANT, "applicant")                                                                                     \
    X(ROLE_OFFICER, "officer")                                                                                         \
    X(ROLE_SUPERVISOR, "supervisor")                                                                                   \
    X(ROLE_CLOCK, "clock")             /* a term ran out */                                                            \
    X(ROLE_DESK, "desk")               /* what follows by itself from another case */

typedef enum Role {
#define X(name, word) name,
    ROLES(X)
#undef X
        ROLE_COUNT
} Role;

Str case_state_word(CaseState state);
Str entry_kind_word(EntryKind kind);
EntryKind entry_kind_parse(Str word);              /* ENTRY_NONE when it is none */
Str role_word(Role role);
bool case_state_is_final(CaseState state);         /* nothing more is decided; a rating or an inspection may still follow */

/* An entry as it stands in the journal. Everything but the body is its skeleton and tells nothing about a person. */
typedef struct Entry {
    uint32_t n;                                    /* from 1 within its chain */
    EntryKind kind;
    Role role;
    Instant at;
    Date on;                                       /* the legal date of `at` in the jurisdiction's zone */
    Date until;                                    /* last day of a term; DATE_NONE without */
    Period period;
    Str what;                                      /* identifiers of the pack, see ENTRY_KINDS */
    Str body;                                      /* JSON; empty without, or when its key is destroyed */
} Entry;
typedef LIST(Entry) EntryList;

/* What the journal says of a case. */
typedef struct Halt {
    Str ground;
    Date until;                                    /* by when it should be over, as the applicant was told; DATE_NONE: not told */
    Stop stop;                                     /* from the day it was told, to the day it was lifted */
} Halt;
typedef struct Case {
    CaseState state;
    uint32_t entries;
    Date received;                                 /* the instant of sending for parallel cases, or when the earlier result came */
    Date complete;                                 /* receipt, or the day the correction came: the intake clock starts here */
    Date accepted;                                 /* the day from which the limit runs: by silence, the day of `complete` */
    bool by_silence;
    uint32_t notices;                              /* of corrections; a second one is a matter for supervision:
                                                      LAW cn.licensing art.72, cn.visit-once art.43 */
    Date asked;                                    /* the day of the last notice */
    Date term;                                     /* last day of the applicant's running term; DATE_NONE without */
    Period given;                                  /* how long the last term was, where it is not the procedure's; amount 0: it is */
    LIST(Halt) halts;
    Period extension;                              /* amount 0: never extended */
    Date inspected;                                /* last inspection */
    bool passed;                                   /* what it found */
    Date decided;
    Date issued;
    Date ended;                                    /* when it reached a final state */
    int32_t rating;                                /* 0: none */
    Strs waits_for;                                /* evidence types */
    Strs missing;                                  /* places of evidence that may follow */
    Date followed;                                 /* the day on which it came; DATE_NONE: nothing had to follow, or not yet */
} Case;

/* A row of the table: the life of a case. */
typedef struct Step {
    CaseState from;
    EntryKind kind;
    uint32_t by;                                   /* bit set of roles: 1u << ROLE_OFFICER */
    CaseState to;
    const char *name;                              /* of the button: "Accept" */
    const char *consequence;                       /* what the button does, in one or two sentences */
} Step;
extern const Step STEPS[];
extern const size_t STEP_COUNT;

/* The row, or NULL: then it is not permitted. */
const Step *case_step(CaseState from, EntryKind kind, Role role);
/* The same for this case: what the law allows once, or only after something else, is asked of its past too. */
const Step *case_permits(const Case *it, EntryKind kind, Role role);

Case case_begin(void);
/* False, and nothing changed, when the table does not permit the entry or its number is not the next. */
bool case_apply(Arena *arena, Case *it, const Entry *entry) CHECKED;
/* Every invariant that holds between the fields, whatever the journal. */
bool case_is_sane(const Case *it);

/* The clocks that a case has had or has. Times come from the service's limit and procedure, so from the pack. */
typedef enum ClockKind {
    CLOCK_INTAKE,                                  /* authority: accept, or ask for everything at once */
    CLOCK_CORRECTION,                              /* applicant: correct; then it counts as withdrawn */
    CLOCK_DEFICIENCY,                              /* applicant: bring what may follow; then acceptance is revoked */
    CLOCK_STATUTORY,                               /* authority: decide, as the law says */
    CLOCK_PROMISED,                                /* authority: decide, as it promised */
    CLOCK_DELIVERY,                                /* authority: hand over the result */
    CLOCK_FOLLOW_UP,                               /* authority: inspect after a decision on commitment */
    CLOCK_SUSPENSION,                              /* authority: be through with the special step for which the limit stands still */
    CLOCK_KIND_COUNT
} ClockKind;

/* At most 20 % of the working days left, or one, is yellow; over is red. Green when there is time. */
typedef enum Light { LIGHT_NONE, LIGHT_GREEN, LIGHT_YELLOW, LIGHT_RED } Light;

typedef struct Clock {
    ClockKind kind;
    bool running;                                  /* false: met, or no longer of interest */
    Date from;                                     /* not counted */
    Period period;                                 /* without the extension; amount 0: on the spot */
    Period extension;                              /* amount 0: none */
    Due due;                                       /* with stops and extension */
    Date met;                                      /* when it was fulfilled; DATE_NONE while running */
    const Legals *legal;                           /* never NULL, may be empty */
} Clock;
typedef struct ClockList {
    Clock at[CLOCK_KIND_COUNT];
    size_t count;
} ClockList;

ClockList case_clocks(Arena *arena, const Case *it, const Service *service, const Limit *limit, const Calendar *calendar);
/* The days on which the case's clocks stand still. */
size_t case_stops(Arena *arena, const Case *it, const Stop **stops);
Light clock_light(const Clock *clock, const Calendar *calendar, Date today);
/* The running clock that comes first for the authority (or for the applicant); NULL when there is none. */
const Clock *clocks_first(const ClockList *clocks, bool applicant);

/* What happens next by itself: on the first day after `last`, an entry of this kind by ROLE_CLOCK. ENTRY_NONE: nothing. Silence accepts only
 * where the procedure says so. */
typedef struct NextTurn {
    EntryKind kind;
    Date last;
} NextTurn;
NextTurn case_next(const ClockList *clocks, const Case *it, const Procedure *procedure);

/* The limit of the service that applies under these facts (the first whose condition holds); NULL while unknown. */
const Limit *case_limit(Arena *arena, const Service *service, const Scope *facts);

#endif
