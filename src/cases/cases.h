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
    X(CASE_ENDED, "ended")             /* what it waited for will not come */                                          \
    X(CASE_CANCELLED, "cancelled")     /* issued on a commitment that was not kept, and taken back */

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
    X(ENTRY_RATE, "rate")              /* what: the grade, 1 to 5 */                                                   \
    X(ENTRY_LIGHT, "light")            /* what: yellow or red, and the clock; until: its due date */                   \
    X(ENTRY_DEEM, "deem")              /* granted or renewed because nothing was decided in time; until: in force from */ \
    X(ENTRY_RETURN, "return")          /* the term to correct ended unused: the authority may leave it untreated */    \
    X(ENTRY_ORDER, "order")            /* until: by when must be mended what the inspection afterwards found */        \
    X(ENTRY_CANCEL, "cancel")          /* what was issued is taken back */                                             \
    X(ENTRY_EXTEND_BUNDLE, "extend-bundle") /* period: by how much, for all authorities together */                    \
    X(ENTRY_DEFAULT, "default")        /* the applicant gave notice that the decision is late */

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
    Date until;                                    /* last day of a term; of a receipt to renew, when what it renews ends; DATE_NONE without */
    Period period;
    Str what;                                      /* identifiers of the pack, see ENTRY_KINDS */
    Str body;                                      /* JSON; empty without, or when its key is destroyed */
} Entry;
typedef LIST(Entry) EntryList;

/* The clocks that a case has had or has: name, word in the journal. Times come from the service's limit and procedure, so from the pack.
 * The numbers are not stored. */
#define CLOCK_KINDS(X)                                                                                                 \
    X(CLOCK_INTAKE, "intake")          /* authority: accept, or ask for everything at once */                          \
    X(CLOCK_CORRECTION, "correction")  /* applicant: correct; then it counts as withdrawn */                           \
    X(CLOCK_DEFICIENCY, "deficiency")  /* applicant: bring what may follow; then acceptance is revoked */              \
    X(CLOCK_STATUTORY, "statutory")    /* authority: decide, as the law says */                                        \
    X(CLOCK_PROMISED, "promised")      /* authority: decide, as it promised */                                         \
    X(CLOCK_DELIVERY, "delivery")      /* authority: hand over the result */                                           \
    X(CLOCK_FOLLOW_UP, "follow-up")    /* authority: inspect after a decision on commitment */                         \
    X(CLOCK_SUSPENSION, "suspension")  /* authority: be through with the special step for which the limit stands still */ \
    X(CLOCK_BUNDLE, "bundle")          /* all authorities of the application together: decide */                       \
    X(CLOCK_EXPIRY, "expiry")          /* authority: decide on a renewal before what it renews ends */                 \
    X(CLOCK_MENDING, "mending")        /* applicant: mend what the inspection afterwards found */

typedef enum ClockKind {
#define X(name, word) name,
    CLOCK_KINDS(X)
#undef X
        CLOCK_KIND_COUNT
} ClockKind;
Str clock_kind_word(ClockKind kind);

/* At most 20 % of the working days left, or one, is yellow; over is red. Green when there is time. */
typedef enum Light { LIGHT_NONE, LIGHT_GREEN, LIGHT_YELLOW, LIGHT_RED } Light;

/* What the journal says of a case. */
typedef struct Halt {
    Str ground;
    Date until;                                    /* by when it should be over, as the applicant was told; DATE_NONE: not told */
    Stop stop;                                     /* from the day it was told, to the day it was lifted */
} Halt;
typedef struct Lit {                               /* the last light of a clock that was noted */
    Light light;
    Date due;                                      /* of the clock then: another due date begins green */
} Lit;
typedef struct Case {
    CaseState state;
    uint32_t entries;
    Date latest;                                   /* the day of its last entry; DATE_NONE before the first */
    uint32_t acted;                                /* number of the last entry that is no light: what a page must have seen */
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
    LIST(Stop) corrections;                        /* from the day after the notice to the day before the answer, or the term's last */
    Period extension;                              /* amount 0: never extended */
    Date inspected;                                /* last inspection */
    bool passed;                                   /* what it found */
    Date decided;
    bool deemed;                                   /* by silence of the authority */
    Date in_force;                                 /* the decision: from its day, or later where the law says so of silence */
    Date issued;
    Date expires;                                  /* of a renewal: the last day of what it renews; DATE_NONE: nothing is renewed */
    Date ordered;                                  /* the day on which the applicant was told to mend what was found afterwards */
    Date mend;                                     /* the last day for it */
    bool looked_again;                             /* inspected once more since */
    Date defaulted;                                /* the day of the applicant's notice that the decision is late */
    Period bundle_extension;                       /* amount 0: this case never extended the common limit */
    Lit lit[CLOCK_KIND_COUNT];
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

typedef struct Clock {
    ClockKind kind;
    bool running;                                  /* false: met, or no longer of interest */
    Date from;                                     /* not counted */
    Period period;                                 /* without the extension; amount 0: on the spot */
    Period extension;                              /* amount 0: none */
    Due due;                                       /* with stops and extension */
    Date met;                                      /* when it was fulfilled; DATE_NONE while running */
    const Legals *legal;                           /* never NULL, may be empty */
    Date yellow;                                   /* of an authority's running clock: the first day of yellow; DATE_NONE: it was never green */
    EntryKind turn;                                /* what happens by itself when it is over; ENTRY_NONE: a red light alone */
    const Legals *turn_legal;                      /* by which law; NULL without a turn */
    Date turn_until;                               /* what that entry carries */
} Clock;
typedef struct ClockList {
    Clock at[CLOCK_KIND_COUNT];
    size_t count;
} ClockList;

/* The limit for several authorities together (an event's bundle), of one application. */
typedef struct Bundle {
    const Term *term, *longer;                     /* NULL: the law binds them to no common limit; it cannot be extended */
    Date from;                                     /* the first acceptance; DATE_NONE: none yet */
    Period extension;                              /* amount 0: not extended */
} Bundle;
Bundle bundle_begin(const Event *event);
void bundle_add(Bundle *bundle, const Case *it);   /* every case of the application */

ClockList case_clocks(Arena *arena, const Case *it, const Service *service, const Limit *limit, const Calendar *calendar);
/* The same where several authorities have a common limit; `bundle` may be NULL. */
ClockList case_clocks_in(Arena *arena, const Case *it, const Service *service, const Limit *limit, const Bundle *bundle,
                         const Calendar *calendar);
/* Why a clock's date is what it is: what did not count, and what moved it. */
Skips clock_why(Arena *arena, const Case *it, const Limit *limit, const Clock *clock, const Calendar *calendar);
/* The days on which the limit to decide stands still. */
size_t case_stops(Arena *arena, const Case *it, const Limit *limit, const Stop **stops);
Light clock_light(const Clock *clock, const Calendar *calendar, Date today);
/* The running clock that comes first for the authority (or for the applicant); NULL when there is none. */
const Clock *clocks_first(const ClockList *clocks, bool applicant);

/* What happens next by itself: an entry of this kind by ROLE_CLOCK, on the day after `last`. At every turn a case knows it, whatever its
 * state; whoever asks later, after the program was down say, makes up for it in the order of the days. */
typedef struct NextTurn {
    EntryKind kind;                                /* ENTRY_NONE: nothing */
    Date last;
    ClockKind clock;                               /* whose end, or nearness, it is */
    Light light;                                   /* of ENTRY_LIGHT */
    Date until;                                    /* what the entry carries */
    const Legals *legal;                           /* by which law; NULL for nothing */
} NextTurn;
NextTurn case_next(const ClockList *clocks, const Case *it);
NextTurn case_next_effect(const ClockList *clocks, const Case *it); /* the next but lights: what changes something for the applicant */
Str turn_what(Arena *arena, const NextTurn *turn); /* what the entry carries in words */

/* The penalty for deciding late, as it stands on that day: LAW nl.awb art.4:17. */
typedef struct Penalty {
    Date first;                                    /* day */
    int32_t days;                                  /* so far */
    Money amount;                                  /* so far */
    bool running;
    const Legals *legal;
} Penalty;
const DelayPenalty *case_penalty_rule(const Procedure *procedure, Date notice); /* for a notice of that day; NULL: there is none */
bool case_penalty(const Case *it, const Procedure *procedure, const Calendar *calendar, Date today, Penalty *penalty) CHECKED;

/* The limit of the service that applies under these facts (the first whose condition holds); NULL while unknown. */
const Limit *case_limit(Arena *arena, const Service *service, const Scope *facts);

#endif
