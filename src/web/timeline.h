/* timeline: the journal in words, newest first. Every kind of entry has a sentence for the applicant and one for officers; nothing
 * else of the journal is shown, so both read the same story. Inside web only. */
#ifndef WEB_TIMELINE_H
#define WEB_TIMELINE_H

#include "web/parts.h"
#include "web/server.h"

typedef enum Reader { READER_APPLICANT, READER_OFFICER } Reader;

typedef struct Happening {
    int32_t k;                                     /* of the case; 0: of the application itself */
    uint32_t n;                                    /* of the entry in its chain */
    Instant at;
    Str title;                                     /* "Food business licence: accepted" */
    Str who;                                       /* "You", "Market supervision office", "By itself, as the law says" */
    Str text;                                      /* what it means: "The limit runs until 26 October 2026." */
    Strs lines;                                    /* of a notice, or of a change: "Name: A → B" */
    Str quote;                                     /* in the words of who acted */
    Str law;
} Happening;
typedef LIST(Happening) Timeline;

/* k 0: of all cases. An officer gets the one case, and of the application's own entries what the case's service may see. */
Timeline timeline_of(Request *request, const ApplicationView *view, Reader reader, int32_t k);
/* What an entry's body says: message, reason, report, note; empty when it has none, or its key was destroyed. */
Str entry_said(Arena *arena, const Entry *entry, Str key);
/* The newest entry of a kind; NULL when there is none. */
const Entry *entry_newest(const EntryList *entries, EntryKind kind);
/* A place for evidence by its identity, in words. */
Str timeline_slot(Request *request, const ApplicationView *view, Str slot);

void html_timeline(Html *out, const Timeline *timeline);

#endif
