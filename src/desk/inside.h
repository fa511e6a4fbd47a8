/* What the files of the desk share. Inside desk only. */
#ifndef DESK_INSIDE_H
#define DESK_INSIDE_H

#include "desk/desk.h"
#include "language/language.h"

void problem_add(Arena *arena, Problems *problems, Str field, const char *message, Str first, Str second, Str third);
Str texts_in(Texts texts, int language);
Date desk_today(const Pack *pack, Instant now);

AnswerList answers_of_json(Arena *arena, const Json *object);
void answer_json(Text *json, const Answer *answer); /* its value alone */
Answer *answer_at(Arena *arena, AnswerList *answers, Str fact); /* added where there is none */
/* The fact's own check, with the answer (or the member) in scope beside the others. */
bool answer_check(Arena *arena, const Fact *fact, const Scope *facts, int language, Problems *problems) CHECKED;
/* A list from a form that has all members: each field is named by member_field, <member>-drop leaves one out, new1 to new3 are added. */
bool list_read(const Desk *desk, Arena *arena, const Pack *pack, const Fact *fact, const Answer *before, const Form *form, Date today,
               int language, Answer *after, Problems *problems) CHECKED;

/* Reads an application and checks that the actor may use it so. */
bool draft_load(const Desk *desk, Arena *arena, const Actor *actor, Use use, int64_t application, Application *row,
                Verdict *verdict) CHECKED;

/* A draft while it is changed: opened, its answers changed, kept. */
typedef struct Editing {
    Draft draft;
    Application *row;
} Editing;
Verdict draft_edit(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Instant now, Editing *it);
void draft_keep(Editing *it, Arena *arena, Instant now, Change *change);
void draft_drop(const Desk *desk, Arena *arena, const Application *row, Change *change);

/* ---- dossier: an application with its cases, folded and open for more entries -------------------------------- */
typedef struct OpenCase {
    CaseRow row;
    Case it;
    const Service *service;                        /* NULL: not of this pack, or the journal lacks what the row knows; left as it is */
    const Limit *limit;
    uint32_t before;                               /* entries when opened */
    EntryList fresh;                               /* appended since; written by dossier_finish */
} OpenCase;
typedef struct Dossier {
    const Desk *desk;
    Arena *arena;
    Change *change;
    Instant now;
    Date today;
    Application row;
    const Pack *pack;
    const Event *event;
    AnswerList answers;
    Scope *facts;
    LIST(OpenCase) cases;
    Bundle bundle;                                 /* as it stood when last asked for: dossier_bundle */
    EntryList own;                                 /* appended to the application's own chain; written by dossier_finish */
} Dossier;

/* A dossier without cases yet, for sending; with them, for everything later. What should have happened by itself until `now` is
 * appended first, so that no command acts on a state that is over. */
void dossier_begin(Dossier *it, const Desk *desk, Arena *arena, const Application *row, AnswerList answers, Instant now, Change *change);
void dossier_open(Dossier *it, const Desk *desk, Arena *arena, const Application *row, Instant now, Change *change);
const Plan *dossier_plan(const Dossier *it);       /* by which it was sent */
OpenCase *dossier_case(Dossier *it, int32_t k);    /* NULL when there is none */
OpenCase *dossier_case_add(Dossier *it, const Service *service);

/* Appends to a case; must be permitted by the table (ask case_step first). `on` is today unless set. */
typedef struct EntryDraft {
    EntryKind kind;
    Role role;
    Date on;                                       /* DATE_NONE: today */
    Date until;                                    /* DATE_NONE: none */
    Period period;
    Str what;
    Str body;
} EntryDraft;
EntryDraft entry_draft(EntryKind kind, Role role, Str what, Str body);
void dossier_append(Dossier *it, OpenCase *one, EntryDraft draft);
void dossier_append_own(Dossier *it, EntryDraft draft); /* to the application's own chain */

/* What follows from the state of one case for the others, today: results start the waiting, ends end them. */
void dossier_follow(Dossier *it);
/* The common limit of its cases, as they stand now. */
const Bundle *dossier_bundle(Dossier *it);
ClockList dossier_clocks(Dossier *it, const OpenCase *one);
bool dossier_settle(Dossier *it);                  /* what should have happened by itself; false: nothing did */
void dossier_answers_changed(Dossier *it);         /* another limit may apply now */
/* Puts what was appended, and the rows that follow from it, into the change: all of it or, when a command returns before, nothing. */
void dossier_finish(Dossier *it);

/* The plan by which an application was sent: cases, dates and places stand, whatever was corrected since. A corrected answer may
 * ask for one more paper of a service that has a case: its place is added. `own` is the application's own chain. */
const Plan *sent_plan(Arena *arena, const Pack *pack, const Event *event, const Application *row, const EntryList *own);

/* An application as its journal alone gives it. */
typedef struct Refold {
    Dossier dossier;                               /* rows as the journal gives them */
    EvidenceList evidence;
    Str broken;                                    /* what the journal itself has wrong; empty: nothing */
} Refold;
void refold(Refold *it, Arena *arena, const Desk *desk, const Application *row);

/* The view of an application that was sent, without asking who looks. */
Verdict application_view(const Desk *desk, Arena *arena, const Application *row, Instant now, ApplicationView *view);

/* The row that a folded case has; pure. */
CaseRow case_row(Arena *arena, const Pack *pack, const Bundle *bundle, const OpenCase *one);
/* What a case carries from its receipt: of a renewal, the day on which ends what it renews. */
Date case_expires(const Dossier *it, const Service *service);
/* What the application is called: the answer to the event's label. */
Str label_of(const Event *event, const AnswerList *answers);
/* The name under which a list stands while it is being filled in. */
Str list_aside(Arena *arena, Str fact);
Str body_by(Arena *arena, int64_t account);        /* {"by":7} */

/* Evidence as it stands in the body of an entry. */
void evidence_json(Text *json, const Evidence *row);
bool evidence_parse(const Json *json, int64_t area, int64_t application, Evidence *row) CHECKED;
/* The slots of a service in a plan. */
SlotList service_slots(Arena *arena, const Plan *plan, const Service *service);
const Evidence *evidence_current(const EvidenceList *list, const Slot *slot);

#endif
