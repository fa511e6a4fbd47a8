/* home: the page of whoever is signed in: what waits for her, what she began, what runs, what is finished. Inside web only. */
#ifndef WEB_HOME_H
#define WEB_HOME_H

#include "web/parts.h"
#include "web/server.h"

typedef struct HomeTask {                          /* something waits for the reader */
    Str service, name, url, words;                 /* words: "Send the corrections by 3 March 2026" */
    Date term;
} HomeTask;
typedef struct HomeRow {
    Str name, event, reference, url, words;
    Instant at;                                    /* begun or sent */
} HomeRow;
typedef LIST(HomeRow) HomeRows;
typedef struct HomeDocument {                      /* an authority issued it */
    Str name, number, application, url;
} HomeDocument;

typedef struct HomePage {
    Layout layout;
    Str name;
    LIST(HomeTask) tasks;
    HomeRows drafts, running, finished;
    LIST(HomeDocument) documents;
    HomeRows here;                                 /* begun on this device, in no account */
    Str csrf;
} HomePage;
void html_home(Html *out, const HomePage *p);

#endif
