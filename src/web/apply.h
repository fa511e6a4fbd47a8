/* apply: an application in the making, page by page. Inside web only.
 *
 *     begin → questions, one a page → plan → evidence → check → sent
 *                 └─▶ outcome: it cannot be, and what can
 *
 * Every page reads the draft and derives the plan again, so a stale page, a second tab or a step back meets what holds
 * now: a page whose place is gone leads to the next step. Every button keeps what was entered. */
#ifndef WEB_APPLY_H
#define WEB_APPLY_H

#include "web/clock.h"
#include "web/lanes.h"
#include "web/parts.h"
#include "web/server.h"
#include "web/words.h"

/* What the pages of one application have in common. */
typedef struct ApplyPage {
    Layout layout;
    Str reference;
    Str csrf;
    FieldErrors errors;
    bool from_check;                               /* the answer is changed from the last page: lead back there */
} ApplyPage;

/* Reads the draft that the path names. False: reply with *reply, which leads to the receipt when it was sent. */
bool apply_open(Request *request, int64_t *application, Draft *draft, Reply *reply) CHECKED;
ApplyPage apply_page(Request *request, const Draft *draft, Str title, Str back);
/* What a command did not do: a redirect to the receipt, or the page that says why. Not for VERDICT_OK and _PROBLEMS. */
Reply apply_refuse(Request *request, Verdict verdict);
/* Where a person goes on: the next question, the outcome, the plan. */
Reply apply_next(Request *request, const Draft *draft, bool from_check);
/* After an answer: the draft is read anew by the next request, when the answer is on the disk. */
Reply apply_onward(Request *request, bool from_check);
bool apply_from_check(const Request *request);     /* ?from=check, or the field of the same name */
FieldErrors apply_errors(Request *request);        /* the request's problems in words */
Reply apply_show(Request *request, const ApplyPage *page, const Html *html); /* 200, or 422 with errors */
bool draft_asks(const Draft *draft, const Fact *fact);
/* A list was changed since it was last confirmed with "That is everybody". NULL: none. */
const Fact *draft_open_list(Arena *arena, const Draft *draft);
const Evidence *draft_file(const EvidenceList *files, const Slot *slot);

/* ---- begin, come back, give up: apply.c, resume.c ------------------------------------------------------ */
typedef struct BegunPage {
    ApplyPage page;
    Str secret;                                    /* empty: it was shown before */
    bool signed_in;
} BegunPage;
void html_begun(Html *out, const BegunPage *p);
Reply begun_reply(Request *request, Str reference, const Event *event, Str secret);

typedef struct SavedPage {
    ApplyPage page;
    bool signed_in;
    Date until;                                    /* kept so long, if nothing is changed */
    const Fact *not_kept;                          /* the question whose answer was not complete; NULL: all was kept */
} SavedPage;
void html_saved(Html *out, const SavedPage *p);

typedef struct ResumePage {
    Layout layout;
    FieldErrors errors;
    Str csrf, reference;
    bool closed;                                   /* a link led to an application that is not open here */
} ResumePage;
void html_resume(Html *out, const ResumePage *p);
Reply resume_closed(Request *request);             /* not found, with the door by reference and second secret */

typedef struct ConfirmPage {                       /* an interruption: before something goes for good */
    ApplyPage page;
    Str heading, warning, button;
    Str action, cancel;                            /* URLs */
} ConfirmPage;
void html_confirm(Html *out, const ConfirmPage *p);

/* ---- questions: question.c, members.c ------------------------------------------------------------------ */
typedef struct QuestionField {                     /* one of the three, by the kind of the fact */
    const Fact *fact;
    Options options;
    DateInput date;
    TextInput input;
} QuestionField;
/* `stored` is the answer so far; what was typed goes before it when the page comes back with errors. */
QuestionField question_field(Request *request, const Fact *fact, const Answer *stored, const FieldErrors *errors,
                             bool heading);
/* Lets the error of a date lead to the part that is missing; after question_field has taken the error's text. */
void question_errors_point(Request *request, const Fact *fact, FieldErrors *errors);
void html_question_field(Html *out, const QuestionField *field);

typedef struct WhyAsked {                          /* of a question */
    Texts why;
    Str law;
    Str seen, perhaps;                             /* authorities that get the answer, and those that may */
} WhyAsked;
typedef struct SectionMark {
    size_t number, count;                          /* number 0: the question stands in no section */
    Texts name;
} SectionMark;
typedef struct QuestionPage {
    ApplyPage page;
    const Fact *fact;
    QuestionField field;
    SectionMark section;
    WhyAsked why;
} QuestionPage;
void html_question(Html *out, const QuestionPage *p);
void html_section_mark(Html *out, const SectionMark *mark);
void html_why_asked(Html *out, const WhyAsked *why);
void html_apply_form_begin(Html *out, const ApplyPage *page); /* the hidden fields */
void html_leave_buttons(Html *out, Str label);     /* and "Save and come back later" */
SectionMark question_section(const Draft *draft, const Fact *fact);
WhyAsked question_why(Request *request, const Draft *draft, const Fact *fact);
Str question_back(Request *request, const Draft *draft, const Fact *fact);
Reply members_page(Request *request, const Draft *draft, const Fact *fact);
Reply members_done(Request *request, int64_t application, const Draft *draft, const Fact *fact);

typedef struct MemberRow {
    Str id, name, answers;
} MemberRow;
typedef struct MembersPage {
    ApplyPage page;
    const Fact *fact;
    SectionMark section;
    WhyAsked why;
    LIST(MemberRow) members;
    bool may_be_empty;
} MembersPage;
void html_members(Html *out, const MembersPage *p);

typedef struct MemberPage {
    ApplyPage page;
    const Fact *fact;
    Str member;                                    /* its identity, or "new" */
    Str last;                                      /* the last member when the page was made, see find_sent_twice */
    Str heading;
    LIST(QuestionField) fields;
} MemberPage;
void html_member(Html *out, const MemberPage *p);

/* ---- answers in lists: check.c, sent.c ----------------------------------------------------------------- */
typedef struct AnswerRow {
    const Fact *fact;
    Str value;                                     /* of all kinds but lists */
    LIST(MemberRow) members;                       /* of a list */
    bool is_list;
    Str seen;                                      /* who gets it; may be empty */
} AnswerRow;
typedef struct AnswerGroup {
    Texts name;                                    /* of the section; empty: the rest */
    LIST(AnswerRow) rows;
} AnswerGroup;
typedef LIST(AnswerGroup) AnswerGroups;
/* Without a reference there is nothing to change. */
void html_answer_row(Html *out, const AnswerRow *row, Str reference, Str from);
void html_answer_groups(Html *out, const AnswerGroups *groups, Str reference, Str from);
AnswerRow answer_row(Request *request, const Fact *fact, const Answer *answer);
AnswerGroups answer_groups(Request *request, const Pack *pack, const Event *event, const Plan *plan,
                           const AnswerList *answers);

typedef struct OutcomePage {
    ApplyPage page;
    const StopRule *stop;
    Str law;
    LIST(AnswerRow) rows;                          /* the answers that led here */
} OutcomePage;
void html_outcome(Html *out, const OutcomePage *p);

/* ---- plan: plan_page.c --------------------------------------------------------------------------------- */
typedef struct PlanRow {
    const PlanItem *item;
    Str waits_for;                                 /* names of what it waits for; empty: it begins at once */
    Str law;
    bool has_date;
    DateWhy why;
} PlanRow;
typedef struct LeftOutRow {
    Texts name, reason;
    Str law;
} LeftOutRow;
typedef struct PlanPage {
    ApplyPage page;
    const Plan *plan;
    const Event *event;
    LIST(PlanRow) rows;
    LIST(LeftOutRow) left_out;
    Strs impossible;
    Markup lanes;
    size_t files;                                  /* to be brought */
} PlanPage;
void html_plan(Html *out, const PlanPage *p);

/* ---- evidence: evidence.c ------------------------------------------------------------------------------ */
typedef struct SlotRow {
    const Slot *slot;
    Str name;
    const Evidence *file;                          /* NULL: none yet */
    Str seen;                                      /* the authorities that get it */
    Str later;                                     /* "10 working days"; empty: needed when sending */
    Str instead;                                   /* of a declaration: what may be brought instead; may be empty */
} SlotRow;
typedef LIST(SlotRow) SlotRows;
typedef struct EvidencePage {
    ApplyPage page;
    SlotRows bring, held, given, declared;
    size_t missing;                                /* of those needed when sending */
} EvidencePage;
void html_evidence(Html *out, const EvidencePage *p);
SlotRows evidence_rows(Request *request, const Draft *draft, Source source);
SlotRow evidence_row(Request *request, const EvidenceList *files, const Slot *slot);

typedef struct SlotType {
    const EvidenceType *type;
    Str law;
} SlotType;
typedef struct UploadPage {
    ApplyPage page;
    SlotRow row;
    LIST(SlotType) types;                          /* that can be brought here */
    Options kind;                                  /* which of several it is */
    FileInput input;
    Str size;                                      /* of the current file, in words */
} UploadPage;
void html_evidence_upload(Html *out, const UploadPage *p);

/* ---- check, send, receipt: check.c, sent.c ------------------------------------------------------------- */
typedef struct CheckProblem {                      /* links to where it is mended */
    Str text;
    Str fact, slot;                                /* one of them, or neither: the declaration */
    bool plan;                                     /* nothing on this page mends it */
} CheckProblem;
typedef struct CheckPage {
    ApplyPage page;
    const Draft *draft;
    AnswerGroups groups;
    SlotRows bring, declared;
    LIST(CheckProblem) problems;
    const Fact *open_list;                         /* changed, but not confirmed */
    int64_t services;
    Options declare;
} CheckPage;
void html_check(Html *out, const CheckPage *p);

typedef struct NextRow {                           /* what happens next at one authority */
    const Service *service;
    Str words;
    ClockView clock;                               /* its first date, with the reason */
    bool has_clock;
    Date expected;                                 /* where no clock runs yet: its likely end; may be unset */
} NextRow;
typedef struct SentPage {
    ApplyPage page;
    const ApplicationView *view;
    Str spoken;                                    /* the reference, character by character */
    LIST(NextRow) rows;
    LIST(LeftOutRow) duties;
} SentPage;
void html_sent(Html *out, const SentPage *p);

typedef struct ReceiptFile {
    Str slot, name, hash;
} ReceiptFile;
typedef struct ReceiptPage {
    ApplyPage page;
    const ApplicationView *view;
    AnswerGroups groups;
    LIST(ReceiptFile) files;
    SlotRows declared;
    Str zone;                                      /* "+08:00" */
    Str head;                                      /* of the journal */
} ReceiptPage;
void html_receipt(Html *out, const ReceiptPage *p);

#endif
