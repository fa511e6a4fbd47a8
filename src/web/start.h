/* start: the page that leads from a wish to an event, and the search. Inside web only. */
#ifndef WEB_START_H
#define WEB_START_H

#include "web/parts.h"
#include "web/server.h"

typedef LIST(const Event *) EventList;

/* All events that a person can come with, by stage of life and of business. */
typedef struct EventChoice {
    EventList life, business;
} EventChoice;
EventChoice event_choice(Request *request);
void html_event_cards(Html *out, const EventChoice *choice);
void html_search_form(Html *out, Str label, Str query, bool heading);

typedef struct StartPage {
    Layout layout;
    const Pack *pack;
    EventChoice events;
    bool signed_in;
} StartPage;
void html_start(Html *out, const StartPage *page);

/* One thing found. The word is shown where the name alone does not say why it was found. */
typedef struct Found {
    const Event *event; /* one of the two is set */
    const Service *service;
    Str word;          /* empty: the name says it */
    Str word_language; /* tag of the language it stands in */
} Found;
typedef struct SearchPage {
    Layout layout;
    const Pack *pack;
    Str query; /* as typed; empty: nothing was looked for */
    LIST(Found) found;
    size_t event_count; /* of these: they come first */
    EventChoice all;    /* shown when nothing was found */
} SearchPage;
void html_search(Html *out, const SearchPage *page);

#endif
