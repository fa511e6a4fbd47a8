/* office: the officers' pages. Inside web only.
 *
 *     work list → case: documents and answers at the left, dates, steps and the story at the right → act → letter, or done
 *
 * The work list is a query over the state of cases, grouped by how soon something is due; nobody keeps a list beside it. */
#ifndef WEB_OFFICE_H
#define WEB_OFFICE_H

#include "web/application.h"

/* The groups of the work list, in their order. */
#define URGENCIES(X)                                                                                                   \
    X(URGENCY_OVERDUE, "overdue", N_("Overdue"))                                                                       \
    X(URGENCY_TODAY, "today", N_("Due today"))                                                                         \
    X(URGENCY_TOMORROW, "tomorrow", N_("Due tomorrow"))                                                                \
    X(URGENCY_WEEK, "week", N_("Due this week"))                                                                       \
    X(URGENCY_LATER, "later", N_("Due later"))                                                                         \
    X(URGENCY_NO_TERM, "no-term", N_("Without a term"))                                                                \
    X(URGENCY_STANDING, "standing", N_("Standing still"))                                                              \
    X(URGENCY_APPLICANT, "applicant", N_("Waiting for the applicant"))                                                 \
    X(URGENCY_OTHERS, "others", N_("Waiting for other authorities"))                                                   \
    X(URGENCY_ENDED, "ended", N_("Finished"))
typedef enum Urgency {
#define X(name, word, words) name,
    URGENCIES(X)
#undef X
        URGENCY_COUNT
} Urgency;
Urgency urgency_of(const CaseRow *row, Date today);

typedef struct OfficeRow {
    Str url, label, reference, service, authority, state, due, received;
    Light light;
} OfficeRow;
typedef struct OfficeGroup {
    Str name;
    int64_t count;                                 /* with those of other pages */
    LIST(OfficeRow) rows;
} OfficeGroup;
typedef struct OfficeFilter {
    Str words, url;
    bool current;
    int64_t count;
} OfficeFilter;
typedef LIST(OfficeFilter) OfficeFilters;

typedef struct OfficePage {
    Layout layout;
    Str office;                                    /* the officer's authority; "All authorities" */
    Str text;                                      /* searched for */
    Form kept;                                     /* the other conditions, which the search keeps */
    OfficeFilters states, ended, dues, authorities;
    OfficeFilters drop;                            /* with each condition left out, where nothing was found */
    LIST(OfficeGroup) groups;
    bool all_authorities;                          /* a column for them */
    int64_t found, for_applicant, for_others;
    bool nothing_due, cut_off;                     /* cut_off: there are more than one query gives */
    Str previous, next;                            /* pages */
} OfficePage;
void html_office(Html *out, const OfficePage *p);
void html_light_words(Html *out, Light light, Str words); /* a date's light, as word and shape */

/* ---- one case: casefile.c ---------------------------------------------------------------------------------------------- */
typedef struct PaperFile {
    Str name, url;
    Instant at;
    bool replaced;
} PaperFile;
typedef struct PaperRow {                          /* a place for evidence */
    Str name, source, field, wrong;                /* field: empty where the applicant can bring nothing; wrong: for the notice */
    LIST(PaperFile) files;
    bool missing;
} PaperRow;
typedef struct FactRow {
    Str name, value, before, field, wrong;
    LIST(MemberRow) members;
} FactRow;
typedef struct OtherCase {                         /* of the same application, at another authority */
    Str service, authority, state, url;            /* url: empty where the reader may not open it */
    LaneState look;
} OtherCase;

/* A step that the officer may take, with what it needs to say. */
typedef struct ActionForm {
    Str kind, name, consequence;
    Strs notes;                                    /* what exactly it does here: the documents that follow, the term given */
    Options choice;                                /* no items: nothing to choose */
    Options joint;
    LIST(TextInput) fields;
    bool open;                                     /* shown unfolded: it came back with problems */
    bool folds;                                    /* has something that must be entered */
    bool previews;
} ActionForm;
typedef LIST(ActionForm) ActionForms;

typedef struct CasePage {
    Layout layout;
    FieldErrors errors;
    Str notice, csrf, url;
    Str next;                                      /* what happens next by itself, when, by which law */
    Str label, reference, service, event, state, due;
    Light light;
    LaneState look;
    uint32_t entries;
    LIST(PaperRow) papers;
    LIST(FactRow) facts;
    ClockViews clocks;
    Timeline timeline;
    LIST(OtherCase) others;
    ActionForms actions;
    Str idle;                                      /* why there is none: for whom the case waits, and until when */
    bool asks;                                     /* the notice may be written now: documents and answers have their lines */
    const Service *handbook;
    Str laws;
} CasePage;
void html_casefile(Html *out, const CasePage *p);
void html_action(Html *out, const CasePage *p, const ActionForm *form); /* act.html */
/* Reads the case that the path names, for an officer of its authority or a supervisor. */
bool casefile_open(Request *request, ApplicationView *view, const CaseView **one, Reply *reply) CHECKED;
Str casefile_url(Request *request, const ApplicationView *view, const CaseView *one);
/* `kind` is the step that came back with the request's problems, or ENTRY_NONE. */
Reply casefile_reply(Request *request, const ApplicationView *view, const CaseView *one, EntryKind kind);

/* ---- steps: act.c, letter.c ------------------------------------------------------------------------------------------------ */
ActionForms action_forms(Request *request, const ApplicationView *view, const CaseView *one, EntryKind back, const FieldErrors *errors);

typedef struct LetterPage {                        /* as the applicant will read it */
    Layout layout;
    Str action, csrf, button;
    Form kept;
    Str service, authority, label, reference, title, sentence, quote, remedies, law;
    Strs lines;
} LetterPage;
void html_letter(Html *out, const LetterPage *p);
bool letter_is_shown(EntryKind kind);              /* before it is sent */
Reply letter_reply(Request *request, const ApplicationView *view, const CaseView *one, EntryKind kind);

typedef struct MeanwhilePage {
    Layout layout;
    Timeline timeline;                             /* what is new */
    Str action, csrf;
    Form kept;                                     /* what the officer entered, for the case as it is now */
} MeanwhilePage;
void html_meanwhile(Html *out, const MeanwhilePage *p);

#endif
