/* server: what a page's code sees of HTTP. Inside web only.
 *
 * A handler gets a Request and returns a Reply. It never waits: if it put something into request->change, the server suspends the
 * connection, commits, and sends the reply only when the disk has it. On a conflict the handler is called again with the
 * same request, so a handler must be able to run twice. */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "desk/desk.h"
#include "web/html.h"

typedef enum Method { METHOD_GET, METHOD_POST } Method; /* HEAD is GET without its body */

typedef struct Request {
    Arena *arena;
    const Desk *desk;
    const Pack *pack;                              /* the desk's current one */
    Method method;
    Str path;                                      /* decoded and valid UTF-8 */
    Str query_text;                                /* raw, without the question mark */
    Str args[4];                                   /* what the route's {} matched */
    Form query;
    Form form;                                     /* of a POST; its csrf token was verified before the handler runs */
    Upload upload;                                 /* the file of a multipart form; content empty without. Of a file too large not
                                                    * all is kept, and no field that stands behind it: put files last */
    Str upload_field;
    Actor actor;
    Instant now;
    Date today;                                    /* in the jurisdiction's zone */
    int language;                                  /* of pages: index into the languages of html.h */
    Str csrf;                                      /* for forms */
    Str cookie;                                    /* value of the session cookie; always set: a new one is made when none came */
    bool new_cookie;
    struct Kept *kept;                             /* kept.h; NULL: nothing is kept */
    Change *change;                                /* what to commit before the reply goes out */
    Problems problems;
    Str notice;                                    /* a redirect's ?done=…: what was just done, in a word that the page knows */
} Request;

typedef struct Reply {
    int status;
    Str type;                                      /* content type */
    Str body;
    Str location;                                  /* of a redirect */
    Str cookie;                                    /* a new session cookie's value; empty: unchanged */
    Str language_cookie;                           /* "en": remember the language; empty: unchanged */
    Str download;                                  /* file name of an attachment; empty: inline */
    Str etag;                                      /* of an asset */
    bool cacheable;                                /* assets: for a year */
} Reply;

typedef Reply (*Handler)(Request *request);

/* One row a route. The authorisation that does not depend on the thing itself stands here; the desk checks the rest. */
typedef enum Door { DOOR_OPEN, DOOR_SIGNED_IN, DOOR_OFFICE, DOOR_OVERSIGHT } Door;
typedef struct Route {
    Method method;
    const char *path;                              /* "/apply/{}/questions/{}" */
    Handler handler;
    Door door;
    bool upload;                                   /* takes a file: the larger body limit */
    bool slow;                                     /* hashes a password: two such handlers at once, others wait a moment */
} Route;
extern const Route ROUTES[];                       /* in routes.c */
extern const size_t ROUTE_COUNT;

/* ---- replies ---- */
Reply reply_html(Request *request, int status, const Html *html);
Reply reply_redirect(Request *request, const char *format, ...) PRINTF(2, 3); /* 303 to a path of ours */
Reply reply_not_found(Request *request);
Reply reply_forbidden(Request *request);
Reply reply_problem(Request *request, int status); /* a page in the reader's language for any 4xx or 5xx */
Reply reply_verdict(Request *request, Verdict verdict); /* the page for every verdict but OK and PROBLEMS */

/* ---- for pages ---- */
Html page_begin(Request *request);                 /* an empty page in the reader's language */
Layout page_layout(Request *request, const char *title, bool with_problems); /* `title` in English: translated; see html.h */
Str page_texts(const Request *request, Texts texts); /* the reader's language of a pack's text; the pack's first where it has none */
Str page_tr(const Request *request, const char *english); /* a translated text without arguments */
Str page_problem(Request *request, const Problem *problem); /* its message in the reader's language */
/* Reads an application number from a reference in the path; false for anything else. */
bool page_reference(Request *request, Str text, int64_t *application) CHECKED;

/* ---- the server ---- */
Str request_header(const Request *request, const char *name);
Str cookie_make(Arena *arena);                     /* a new session cookie's value, for Reply.cookie; its hash is the session */

#endif
