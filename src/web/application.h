/* application: what became of an application that was sent, for the person who sent it. Inside web only.
 *
 *     what waits for you → the picture of time → each authority: state, dates with their reasons, results
 *                        → what was sent, before and after → the timeline
 *
 * One view of the desk fills the page; nothing is computed here but words, and the days on which waiting cases are likely to begin. */
#ifndef WEB_APPLICATION_H
#define WEB_APPLICATION_H

#include "web/apply.h"
#include "web/clock.h"
#include "web/lanes.h"
#include "web/parts.h"
#include "web/server.h"
#include "web/timeline.h"

/* Reads the application that the path names first. False: reply with *reply. */
bool application_open(Request *request, ApplicationView *view, Reply *reply) CHECKED;
/* And its case, which the path names second. */
bool application_open_case(Request *request, ApplicationView *view, const CaseView **one, Reply *reply) CHECKED;
Str application_url(Request *request, const ApplicationView *view);
Str application_name(Request *request, const ApplicationView *view); /* its label, or the event's name */

/* ---- states in words: state.c ------------------------------------------------------------------------------------- */
Str state_words(Request *request, CaseState state, Reader reader);
LaneState state_look(const CaseView *one, Date today);
void html_state(Html *out, LaneState look, Str words); /* with its shape */
/* What the state means for the applicant, in one or two sentences. */
Str state_sentence(Request *request, const ApplicationView *view, const CaseView *one);
/* The evidence that a case waits for, each with who gives it. */
Str state_waits_for(Request *request, const ApplicationView *view, const CaseView *one);
const CaseView *state_giver(const ApplicationView *view, Str evidence_type); /* the case that gives it; NULL: none does */
/* When a case should be done; DATE_NONE while its clock stands still, and where no limit is known. */
Date state_expected(const ApplicationView *view, const CaseView *one);
/* When the last running case should be done; DATE_NONE while one stands still or is late. */
Due state_finish(const ApplicationView *view);
Lanes state_lanes(Request *request, const ApplicationView *view);

/* ---- the page -------------------------------------------------------------------------------------------------------- */
typedef struct ResultLink {
    Str name, number, url;
} ResultLink;
typedef LIST(ResultLink) ResultLinks;

typedef struct CaseCard {
    const CaseView *one;
    Str name, authority, state;
    LaneState look;
    Str sentence, quote;                           /* what it means; in the officer's words */
    Str remedies, law;                             /* of a refusal */
    Str next;                                      /* what happens next by itself, when, by which law */
    ClockViews clocks;                             /* that run */
    Str action, action_url;                        /* what the applicant can do about it now; empty: nothing */
    ResultLinks results;
    Str late_url, withdraw_url, rate_url;                    /* empty: not now */
    Str rated;
} CaseCard;

typedef struct SentRow {                           /* an answer as it stands, with what stood there before */
    Str key, value, before;
} SentRow;
typedef struct SentGroup {
    Str name;
    LIST(SentRow) rows;
} SentGroup;
typedef struct SentFile {
    Str place;                                     /* "Lease" */
    Str name, size, url;
    Instant at;
    bool replaced;
} SentFile;
typedef struct HandedIn {
    LIST(SentGroup) groups;
    LIST(SentFile) files;
    Strs declared;
} HandedIn;
HandedIn handed_in(Request *request, const ApplicationView *view); /* handed_in.c */
void html_handed_in(Html *out, const HandedIn *sent);
/* What stood there before each supplement that changed the answer, newest first; empty where it never changed. */
Str handed_in_before(Request *request, const ApplicationView *view, const Fact *fact);

typedef struct ApplicationPage {
    Layout layout;
    Str notice;                                    /* what was just done; may be empty */
    Str name, event, reference, url;
    Instant sent_at;
    Date sent_on;
    Due finish;
    int64_t done, all;                             /* cases */
    LIST(CaseCard) cards;
    LIST(const CaseCard *) waiting;                /* for the applicant */
    Markup picture;
    HandedIn sent;
    Timeline timeline;
    int64_t steps;                                 /* of the whole timeline */
    bool may_withdraw;
} ApplicationPage;
void html_application(Html *out, const ApplicationPage *p);
void html_application_sent(Html *out, const ApplicationPage *p);
void html_application_steps(Html *out, const ApplicationPage *p);

/* ---- withdrawing: withdraw.c ------------------------------------------------------------------------------------------- */
typedef struct WithdrawPage {
    Layout layout;
    Str action, cancel, csrf;
    Str heading, warning, button;
    Strs ends;                                     /* services whose cases end */
    Strs follow;                                   /* that can then not begin */
} WithdrawPage;
void html_withdraw(Html *out, const WithdrawPage *p);
/* Why nothing can be withdrawn, and what can be done instead. */
typedef struct DecidedPage {
    Layout layout;
    Str heading, sentence, remedies;
    Str back;
} DecidedPage;
void html_decided(Html *out, const DecidedPage *p);

#endif
