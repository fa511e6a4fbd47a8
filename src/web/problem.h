/* problem: the pages that tell why there is no other. Inside web only.
 *
 * A person reads here what happened, whether anything was changed, and what to do next; never a code, never a dead end. */
#ifndef WEB_PROBLEM_H
#define WEB_PROBLEM_H

#include "web/parts.h"
#include "web/server.h"

/* name, status. A status that two causes share means the first of them in reply_problem. */
#define CAUSES(X)                                                                                                      \
    X(CAUSE_UNREADABLE, 400)                                                                                           \
    X(CAUSE_STALE, 403)                            /* the csrf token is not this session's */                          \
    X(CAUSE_FORBIDDEN, 403)                                                                                            \
    X(CAUSE_NOT_FOUND, 404)                                                                                            \
    X(CAUSE_METHOD, 405)                                                                                               \
    X(CAUSE_NOT_NOW, 409)                                                                                              \
    X(CAUSE_ALREADY, 409)                                                                                              \
    X(CAUSE_TOO_LARGE, 413)                                                                                            \
    X(CAUSE_ADDRESS, 414)                                                                                              \
    X(CAUSE_FORMAT, 415)                                                                                               \
    X(CAUSE_TRIES, 429)                                                                                                \
    X(CAUSE_DRAFTS, 429)                                                                                               \
    X(CAUSE_HEADERS, 431)                                                                                              \
    X(CAUSE_FAULT, 500)                                                                                                \
    X(CAUSE_BUSY, 503)
typedef enum Cause {
#define X(name, status) name,
    CAUSES(X)
#undef X
        CAUSE_COUNT
} Cause;

typedef struct ProblemPage {
    Layout layout;
    Strs lines;
    bool offers_sign_in;
    Str again, csrf;                               /* where what was typed can be sent once more; empty: nowhere */
    Form kept;
} ProblemPage;
void html_problem(Html *out, const ProblemPage *page);

Reply problem_reply(Request *request, Cause cause);

#endif
