/* What the files of the desk share. Inside desk only. */
#ifndef DESK_INSIDE_H
#define DESK_INSIDE_H

#include "desk/desk.h"
#include "language/language.h"

void problem_add(Arena *arena, Problems *problems, Str field, const char *message, Str first, Str second, Str third);
Str texts_in(Texts texts, int language);
Date desk_today(const Pack *pack, Instant now);

AnswerList answers_of_json(Arena *arena, const Json *object);

/* Reads an application and checks that the actor may use it so. */
bool draft_load(const Desk *desk, Arena *arena, const Actor *actor, Use use, int64_t application, Application *row,
                Verdict *verdict) CHECKED;

/* ---- dossier: an application with its cases, folded and open for more entries -------------------------------- */
typedef struct OpenCase {
    CaseRow row;
    Case it;
    const Service *service;
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
    EntryList own;                                 /* appended to the application's own chain; written by dossier_finish */
} Dossier;

/* A dossier without cases yet, for sending; with them, for everything later. What should have happened by itself until `now` is
 * appended first, so that no command acts on a state that is over. */
void dossier_begin(Dossier *it, const Desk *desk, Arena *arena, const Application *row, AnswerList answers, Instant now, Change *change);
void dossier_open(Dossier *it, const Desk *desk, Arena *arena, const Application *row, Instant now, Change *change);
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

/* What follows from the state of one case for the others: results start the waiting, ends end them. */
void dossier_follow(Dossier *it);
bool dossier_settle(Dossier *it);                  /* what should have happened by itself; false: nothing did */
/* Puts what was appended, and the rows that follow from it, into the change: all of it or, when a command returns before, nothing. */
void dossier_finish(Dossier *it);

/* The view of an application that was sent, without asking who looks. */
Verdict application_view(const Desk *desk, Arena *arena, const Application *row, Instant now, ApplicationView *view);

/* The row that a folded case has; pure. */
CaseRow case_row(Arena *arena, const Pack *pack, const OpenCase *one);
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
