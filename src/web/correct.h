/* correct: answering a correction notice, or bringing what may follow. Inside web only.
 *
 * Everything that the notice names stands on one page, in the officer's words. A file is kept as soon as it came; answers that were
 * typed travel with every button of the page, so that nothing is lost on the way to the upload and back. */
#ifndef WEB_CORRECT_H
#define WEB_CORRECT_H

#include "web/application.h"

typedef struct CorrectFile {
    const Slot *slot;
    Str name, words, error;                        /* of the place; what is wrong with it, in the officer's words */
    Str current, current_url;                      /* the file that was sent; may be empty */
    Str fresh, fresh_url;                          /* the file that was added since; the URL is empty until it is on the disk */
    int64_t fresh_id;
} CorrectFile;
typedef struct CorrectMember {
    Str name;                                      /* empty: one to be added */
    Options drop;                                  /* the box that takes it off the list; none for one to be added */
    bool open;
    LIST(QuestionField) fields;
} CorrectMember;
typedef struct CorrectAnswer {
    const Fact *fact;
    Str name, words, current, error;
    QuestionField field;                           /* of all kinds but lists */
    LIST(CorrectMember) members;                   /* of a list */
} CorrectAnswer;

typedef struct CorrectPage {
    Layout layout;
    FieldErrors errors;
    Str action, csrf;
    Str service, authority, sentence, message;
    bool curing;                                   /* what may follow, instead of corrections */
    LIST(ClockView) clocks;
    LIST(CorrectFile) files;
    LIST(CorrectAnswer) answers;
    TextInput note;
} CorrectPage;
void html_correct(Html *out, const CorrectPage *p);

typedef struct CorrectUploadPage {
    Layout layout;
    FieldErrors errors;
    Str action, back, csrf;
    const CorrectFile *file;
    Form kept;                                     /* what was typed on the page before */
    Options kind;                                  /* which of several papers it is */
    FileInput input;
} CorrectUploadPage;
void html_correct_upload(Html *out, const CorrectUploadPage *p);

#endif
