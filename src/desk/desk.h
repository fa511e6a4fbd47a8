/* desk: the use cases. Everything that anybody can do passes this one window, which checks who may and writes the journal.
 * LAW cn.visit-once art.40.
 *
 *     a form ──▶ may they? ──▶ fold the journal ──▶ one more entry ──▶ a Change ──▶ commit
 *                    │            plan, clocks          and its rows       │
 *                    └── FORBIDDEN, PROBLEMS, NOT_NOW …                    └── CONFLICT: from the start
 *
 * A command reads, checks, and builds a Change (store.h); it writes nothing itself. The caller commits the change, and
 * on a conflict calls the command again, which reads the newer state: a command may run twice, and only a commit has effect.
 *
 *     Change *change = change_begin(desk->store, arena);
 *     Verdict verdict = desk_send(desk, arena, &actor, application, &form, now, change, &problems);
 *     if (verdict == VERDICT_OK)
 *         outcome = store_commit_wait(desk->store, change);       // CONFLICT: begin again
 *
 * A view is all that a page needs, in one struct, read by one call. Time always comes in as an argument. */
#ifndef DESK_H
#define DESK_H

#include "base/base.h"
#include "catalogue/catalogue.h"
#include "cases/cases.h"
#include "plan/plan.h"
#include "store/store.h"

typedef struct Desk {
    const Pack *pack;                              /* for drafts, and for what is sent from now on */
    LIST(const Pack *) packs;                      /* every version under which something was sent; pack among them */
    Store *store;
    bool demo;
} Desk;

/* Loads the versions of the pack that the store keeps, and lets it keep this one too; NULL stands for the one served last. What was sent
 * is handled under the version under which it was sent, but for the calendar: which days are free is no part of a promise, so all
 * count by the newest. NULL and an error when a version cannot be read or kept. */
Desk *desk_open(Arena *arena, const Pack *pack, Store *store, Instant now, Errors *errors) CHECKED;
/* The version that something was sent under. Drafts follow the law as it changes: theirs is desk->pack. */
const Pack *desk_pack(const Desk *desk, const Hash *version);

/* ---- who acts -------------------------------------------------------------------------------------- */
typedef struct Actor {
    Account account;                               /* id 0: nobody signed in */
    Hash session;                                  /* hash of the cookie's value; all zero: no cookie */
    bool live;                                     /* the session exists and is not over: what it opened stays open */
    int language;                                  /* index into pack->languages, for names in problems */
} Actor;

/* Who may do what: one row a use, checked by every command and view, walked by a test for every role. */
#define USES(X)                                                                                                        \
    X(USE_DRAFT, MAY_OWNER)                        /* see and fill in a draft */                                       \
    X(USE_APPLICATION, MAY_OWNER)                  /* see what was sent, correct, withdraw, rate, download */          \
    X(USE_CASE_READ, MAY_OFFICER | MAY_SUPERVISOR) /* an officer of the case's authority; a supervisor */              \
    X(USE_CASE_ACT, MAY_OFFICER)                   /* an officer of the case's authority */                            \
    X(USE_QUEUE, MAY_OFFICER | MAY_SUPERVISOR)                                                                         \
    X(USE_OVERSIGHT, MAY_SUPERVISOR)                                                                                   \
    X(USE_HOME, MAY_SIGNED_IN)
enum { MAY_OWNER = 1, MAY_OFFICER = 2, MAY_SUPERVISOR = 4, MAY_SIGNED_IN = 8 };
typedef enum Use {
#define X(name, who) name,
    USES(X)
#undef X
        USE_COUNT
} Use;
/* `application` and `authority` may be NULL and empty where the use concerns none. */
bool desk_may(const Desk *desk, const Actor *actor, Use use, const Application *application, Str authority);

/* ---- what a command answers --------------------------------------------------------------------------- */
typedef enum Verdict {
    VERDICT_OK,
    VERDICT_PROBLEMS,                              /* with what was entered; see the list */
    VERDICT_NOT_FOUND,
    VERDICT_FORBIDDEN,                             /* shown as not found to whoever may not know that it exists */
    VERDICT_ALREADY,                               /* it was done before; nothing to do again */
    VERDICT_NOT_NOW,                               /* the state does not permit it any more (or yet) */
    VERDICT_TOO_MANY                               /* tries: wait a quarter of an hour */
} Verdict;

/* What is wrong with an entry, for a person. The message is English, with %1 to %3, and is the key of its translation. */
typedef struct Problem {
    Str field;                                     /* name of the form field; empty: the form as a whole */
    const char *message;
    Str args[3];
} Problem;
typedef LIST(Problem) Problems;

/* A form as it came: names and values, bounded and valid UTF-8. */
typedef struct Field {
    Str name, value;
} Field;
typedef LIST(Field) Form;
Str form_get(const Form *form, Str name);          /* the first, trimmed of nothing; STR_NONE when absent */
bool form_has(const Form *form, Str name);

/* ---- answers ---------------------------------------------------------------------------------------------
 * In canonical text: "true", "false", a choice's value, "120.5", "2026-10-26", a text; "" was left empty on purpose. */
typedef struct Answer Answer;
typedef LIST(Answer) AnswerList;
typedef struct Member {
    Str id;                                        /* identity, as m71: no other member of any list has it, now or later */
    AnswerList fields;
} Member;
struct Answer {
    Str fact;
    Str text;                                      /* of all kinds but lists */
    LIST(Member) members;                          /* of a list */
    bool is_list;
};
AnswerList answers_parse(Arena *arena, Str json);  /* of what answers_json wrote; of anything else: none */
Str answers_json(Arena *arena, const AnswerList *answers);
Answer answer_of_json(Arena *arena, Str fact, const Json *json); /* one alone, as supplements have it */
Member *answer_member(const Answer *list, Str id); /* NULL when nobody has that identity */
const Answer *answers_find(const AnswerList *answers, Str fact);
Scope *answers_scope(Arena *arena, const Pack *pack, const AnswerList *answers);
/* The field of a list as it is named on a page with several members, "m71-name"; new ones are called new1, new2 … */
const Fact *member_field(Arena *arena, const Fact *field, Str member);
enum { LIST_ADDED_MAX = 3 };
/* Reads one fact from a form: fields are named by the fact (a date: fact-day, fact-month, fact-year). False with problems. */
bool answer_read(Arena *arena, const Fact *fact, const Form *form, Date today, int language, Str *text, Problems *problems) CHECKED;

/* A draft that nobody changed for so long goes, with its files. */
enum { DRAFT_DAYS = 90, DRAFTS_MAX = 20 };         /* and so many may one session or account have */

/* ---- drafts -------------------------------------------------------------------------------------------------- */
typedef struct Draft {
    Application row;
    Str reference;
    const Pack *pack;
    const Event *event;
    AnswerList answers;
    const Plan *plan;                              /* with what was answered so far; starting today */
    EvidenceList evidence;                         /* current uploads */
    size_t section, sections;                      /* of the next question, from 1 */
} Draft;
Verdict desk_draft(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Date today, Draft *draft);

/* Begins a draft for the actor, or finds the actor's own of this event in which nothing was answered yet: then there is no new
 * secret. Without an account the draft belongs to the session, which must exist by then: where it does not, the change makes it. The
 * second secret is shown once and stored as a hash only. VERDICT_NOT_NOW when there are DRAFTS_MAX already. */
Verdict desk_begin(const Desk *desk, Arena *arena, const Actor *actor, Str event, Instant now, Change *change,
                   int64_t *application, Str *secret);
/* A new second secret for a draft whose owner lost it. */
Verdict desk_new_secret(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Instant now, Change *change, Str *secret);
/* Opens a draft or application by reference and second secret for this session. One answer for every wrong pair. */
Verdict desk_resume(const Desk *desk, Arena *arena, const Actor *actor, Str reference, Str secret, Instant now, Change *change,
                    int64_t *application);

/* What was begun without an account goes into the actor's. VERDICT_ALREADY when it is in one. */
Verdict desk_adopt(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Instant now, Change *change);

Verdict desk_answer(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str fact, const Form *form,
                    Instant now, Change *change, Problems *problems);
/* A member of a list: an empty identity adds one. `last` in the form is the identity of the last one when it was made: a form that comes
 * twice adds one. */
Verdict desk_member(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str fact, Str member, const Form *form,
                    Instant now, Change *change, Problems *problems);
Verdict desk_member_drop(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str fact, Str member, Instant now,
                         Change *change);
/* "That is everybody": marks the list as answered, also when it is empty. Problems when its bounds or check do not hold. */
Verdict desk_members_done(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str fact, Instant now,
                          Change *change, Problems *problems);

/* A list as it is being filled in (or as it was answered); NULL when nobody was entered yet. */
const Answer *draft_list(Arena *arena, const Draft *draft, Str fact);

typedef struct Upload {
    Str name;                                      /* of the file, as the browser said */
    Str content;
    bool too_large;                                /* was cut off at the limit */
} Upload;
/* Kinds of file that are taken, by content: PDF, JPEG, PNG. */
Verdict desk_upload(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str slot, Str type, const Upload *upload,
                    Instant now, Change *change, Problems *problems);
Verdict desk_upload_drop(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int64_t evidence, Instant now,
                         Change *change);
/* A file that the actor may see: the applicant's own, or of a case of the officer's authority. */
Verdict desk_file(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int64_t evidence, Evidence *row, Str *content);

/* Sends the draft: all cases exist from this moment. The form must carry declared=yes. VERDICT_ALREADY when it was sent before. */
Verdict desk_send(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, const Form *form, Instant now,
                  Change *change, Problems *problems);
/* Deletes a draft. */
Verdict desk_discard(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Instant now, Change *change);

/* ---- what was sent --------------------------------------------------------------------------------------------- */
typedef struct CaseView {
    CaseRow row;
    Case it;
    const Service *service;
    const Limit *limit;
    ClockList clocks;
    NextTurn next;
    const Bundle *bundle;                          /* of its application */
    EntryList entries;
    Light light;                                   /* of the authority's first clock */
    SlotList slots;                                /* the evidence that this service uses */
} CaseView;
typedef LIST(CaseView) CaseViewList;

typedef struct CorrectionItem {                    /* one line of a correction notice */
    Str slot;                                      /* a place for evidence, or */
    Str fact;                                      /* an answer, or neither: general */
    Str text;                                      /* what is wrong, in the officer's words */
} CorrectionItem;
typedef LIST(CorrectionItem) CorrectionItems;

typedef struct ApplicationView {
    Application row;
    Str reference;
    const Pack *pack;
    const Event *event;
    AnswerList answers;                            /* as they stand now, after supplements; only those that mattered */
    const Plan *plan;                              /* as derived on the day of sending */
    EvidenceList evidence;                         /* current, replaced, and what was issued */
    CaseViewList cases;                            /* by k */
    EntryList entries;                             /* of the application itself: sent, supplements */
    Date today;
} ApplicationView;
/* `use` is USE_APPLICATION for its owner; USE_CASE_READ for officers, who must have a case in it. */
Verdict desk_application(const Desk *desk, Arena *arena, const Actor *actor, Use use, int64_t application, Instant now,
                         ApplicationView *view);
const CaseView *application_case(const ApplicationView *view, int32_t k); /* NULL when there is none */
CorrectionItems notice_items(Arena *arena, const EntryList *entries);     /* of the newest correction notice */
AnswerList answers_sent(Arena *arena, const EntryList *entries);          /* as they were sent; from the application's own entries */

/* The facts that a service sees: those it asks and those its rules use. Nobody else's. */
typedef LIST(const Fact *) FactList;
FactList service_facts(Arena *arena, const Pack *pack, const Service *service);

/* By reference and second secret, without account: state only. */
Verdict desk_track(const Desk *desk, Arena *arena, Str reference, Str secret, Instant now, Change *attempts, ApplicationView *view);

/* Answers a correction notice or brings what was to follow: new answers in the form, new files uploaded before (desk_upload on a sent application
 * keeps them aside until this). Everything named in the notice must have been touched, or the form says so with `note`. */
Verdict desk_supply(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int32_t k, const Form *form, Instant now,
                    Change *change, Problems *problems);
/* LAW nl.awb art.4:17: notice that the decision is late; from then on the authority pays for it, where the law says so.
 * VERDICT_NOT_NOW while the limit runs, where no law sets a penalty, and a second time. */
Verdict desk_default(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int32_t k, Instant now, Change *change);
bool desk_is_late(const CaseView *one, Date today); /* may that notice be given? */
/* k 0: every case that can still be withdrawn. */
Verdict desk_withdraw(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int32_t k, Instant now, Change *change);
Verdict desk_rate(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int32_t k, const Form *form, Instant now,
                  Change *change, Problems *problems);

/* ---- officers ------------------------------------------------------------------------------------------------------ */
/* One command for every officer's step; what the form must carry depends on its kind:
 *   ask               item-<slot>=text …, item-fact-<fact>=text …, message=text (at least one of them)
 *   accept-deficient  follow=<slot> (one or more; only those the pack lets follow, and missing ones)
 *   suspend           ground=<id>, days=<working days> (optional where the ground has a time), reason=text
 *   resume, accept, grant: message=text (optional)      revoke   reason=text
 *   extend-bundle, order, cancel: reason=text
 *   extend            reason=text                       inspect  finding=passed|failed, report=text, joint=yes (optional)
 *   refuse, decline   reason=text                       issue    number=text (of the licence; optional)
 * `entries` is how many entries the case had on the officer's page: somebody else acted meanwhile → VERDICT_NOT_NOW. */
Verdict desk_act(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int32_t k, EntryKind kind,
                 uint32_t entries, const Form *form, Instant now, Change *change, Problems *problems);
/* The steps that an officer may take now, from the table; at most `max`. */
size_t desk_steps(const Actor *actor, const CaseView *it, const Step *steps[], size_t max);
/* What the applicant has not brought of these places. */
SlotList desk_missing(Arena *arena, const SlotList *slots, const EvidenceList *evidence);
bool desk_bundle_extends(const Bundle *bundle);    /* may the common limit be extended, and was it not yet? */
/* May the finding of a joint inspection go into a case of this service in this state? After the result only where the law wants one then. */
bool desk_inspects_jointly(const Service *service, const Limit *limit, CaseState state);
typedef LIST(const Ground *) GroundList;
/* The grounds on which this case may be suspended, of its service and procedure. */
GroundList desk_grounds(Arena *arena, const Service *service);

/* ---- accounts -------------------------------------------------------------------------------------------------------- */
/* Form: login, password, name, kind=person|business. The session becomes the new account's; `token` is its new cookie's hash. */
Verdict desk_register(const Desk *desk, Arena *arena, const Actor *actor, const Form *form, const Hash *token, Instant now,
                      Change *change, Problems *problems);
/* Form: login, password. Counts failures into `change` too: commit it whatever the verdict. Slow on purpose (argon2id). */
Verdict desk_sign_in(const Desk *desk, Arena *arena, const Actor *actor, const Form *form, const Hash *token, Instant now,
                     Change *change, Problems *problems);
Verdict desk_account_add(const Desk *desk, Arena *arena, Str login, Str password, Role role, Str authority, Str name, PartyKind kind,
                         Instant now, Change *change);

/* ---- what happens by itself ------------------------------------------------------------------------------------------- */
/* Carries out every term that ran out by `now`, brings rows up to date, and drops drafts that were left alone too long; returns how many
 * it handled. Commits itself. Also after the program was down over that moment. */
int desk_tick(const Desk *desk, Instant now);

/* ---- keeping ------------------------------------------------------------------------------------------------------------ */
/* Folds every journal and compares with the rows, verifies every chain and file, names what belongs to nothing. A line a fault into
 * `report`; returns the faults. */
int desk_check(const Desk *desk, Text *report);
/* Makes every projection anew beside the old and swaps; not where a journal lost its end, for that would hide it. Closes the desk's store. */
bool desk_rebuild(Desk *desk, Text *report, Errors *errors) CHECKED;

/* Accounts and applications in all states, for trying the program out. Idempotent. Passwords are all "onestop-demo"; so the folder is
 * marked as a demo for ever, and one that is already used for anything else is refused. */
typedef struct DemoAccount {
    Str login;
    Role role;
    Str authority;
    Str name;
} DemoAccount;
typedef LIST(DemoAccount) DemoAccounts;
bool desk_demo(Desk *desk, Instant now, Errors *errors) CHECKED;
/* A draft of the demo resident with every question answered and every file brought. */
bool desk_demo_draft(Desk *desk, Arena *arena, Str event, Instant now, int64_t *application) CHECKED;
DemoAccounts desk_demo_accounts(Arena *arena, const Pack *pack);

#endif
