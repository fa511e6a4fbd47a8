/* exchange: one request on its way through the server, and every bound it meets. Inside web, and there for the files of
 * the server only: pages see the Request within it.
 *
 *     head        method, length of the URL and headers, route, length of the body, cookie, language
 *     body        read into one buffer, cut off at the route's limit
 *     answer      session, form, csrf token, door, handler
 *     commit      the connection sleeps until the disk has the change; a conflict goes back to the handler
 *     reply       headers and body
 *
 * All of it lives in the exchange's own arena, which MHD's last call for the request gives back. */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include "web/kept.h"
#include "web/server.h"
#include "web/web.h"

#include <microhttpd.h>
#include <pthread.h>

enum {
    TARGET_MAX = 2048,                             /* bytes of path and query */
    HEADERS_MAX = 16 << 10,                        /* of one request, together */
    CONNECTION_MEMORY = 32 << 10,                  /* MHD's own: headers in, headers out, the part of a body just read */
    CONNECTIONS_MAX = 1024,
    THREADS_MAX = 64,
    TIMEOUT_S = 30,                                /* nothing came for so long */
    BODY_GRACE_S = 60,                             /* a body that takes longer must have come … */
    BODY_BYTES_PER_S_MIN = 1024,                   /* … at least as fast as this, on average */
    FORM_MAX = 256 << 10,                          /* bytes of a form without a file */
    UPLOAD_EXTRA = 64 << 10,                       /* the form around a file */
    DISCARD_FACTOR = 32,                           /* so many times its limit a body is read on: no browser shows an answer
                                                    * that comes while it is still sending */
    FIELDS_MAX = 2000,                             /* a correction of a long list has several for each member */
    NAME_LEN_MAX = 200,
    PART_HEADER_MAX = 2048,
    SEGMENTS_MAX = 16,
    LARGE_BODIES_MAX = 16,                         /* in the whole process */
    SLOW_HANDLERS_MAX = 2,                         /* at once: hashing a password takes 19 MiB */
    SLOW_WAIT_S = 3,                               /* others wait for their turn, but no longer */
    TRIES_MAX = 20,                                /* of a handler whose commit met a conflict: so many tabs at one instant */
    ARENA_CAP = 8 << 20,                           /* and four times the largest file: as it came, sealed, opened, sent */
    ARENAS_KEPT = 64,                              /* each with 128 KB at most */
    COOKIE_MAX_AGE_S = 30 * 86400,
    LANGUAGE_MAX_AGE_S = 365 * 86400,
    ASSET_MAX_AGE_S = 365 * 86400,
    RETRY_AFTER_S = 5,
    RETRY_AFTER_TRIES_S = 15 * 60,
    STOP_WAIT_S = 20,                              /* running requests have so long to finish */
};
static const uint64_t DISCARD_UPLOAD_MAX = 4ull << 30; /* so much of a file that is too large is read on for the same reason */

/* A desk that is served, and what is kept of its pages. When another takes its place, what began with it ends with it. */
typedef struct Served {
    const Desk *desk;                              /* NULL: an empty place */
    Kept *kept;
    size_t upload_max;                             /* bytes of one file */
    size_t exchanges;                              /* that go on with it */
} Served;

struct Web {
    Arena *arena;
    WebOptions options;
    Key csrf_key;
    const Route *routes;
    size_t route_count;
    struct MHD_Daemon *daemon;
    uint16_t port;

    pthread_mutex_t lock;                          /* of everything below */
    Served served[2];                              /* the present one, and the one before it while somebody still needs it */
    size_t present;                                /* which of them */
    pthread_cond_t quiet;                          /* running or commits went down */
    Arena *arenas[ARENAS_KEPT];                    /* for the next requests */
    size_t arena_count;
    struct Exchange *open;                         /* the first of those that run, linked */
    size_t running;                                /* requests between their first line and their last byte */
    size_t commits;                                /* of them: asleep until the disk has them */
    int large_bodies;
    int slow_handlers;
    pthread_cond_t turn;                           /* slow_handlers went down */
    bool stopping;                                 /* new requests are sent away */
    bool closed;                                   /* and running ones may not sleep any more */
};

typedef enum Phase { PHASE_HEAD, PHASE_BODY, PHASE_COMMIT, PHASE_DONE } Phase;

typedef struct Body {
    char *data;                                    /* NULL until its first byte */
    size_t len, room;                              /* room: what the head promised, at most `limit` */
    size_t limit;                                  /* of the route; 0: no body */
    uint64_t most;                                 /* read on so far, and thrown away */
    uint64_t received;                             /* with what was thrown away */
    Instant since;
    bool large;                                    /* holds one of the LARGE_BODIES_MAX places */
    bool refused;                                  /* there was no place: all of it is thrown away */
} Body;

typedef struct Exchange {
    Request request;                               /* first: request_header finds the exchange by it */
    Web *web;
    Served *served;
    struct MHD_Connection *connection;
    struct Exchange *previous, *next;              /* of web->open */
    Phase phase;
    Str target;                                    /* path and query as they came */
    int refused;                                   /* status of what is wrong with its head; 0: nothing */
    bool methods_seen[2];                          /* by Method: which the path would take */
    const Route *route;                            /* NULL: none */
    Body body;
    Reply reply;
    Outcome outcome;                               /* both written by the writer's thread before it wakes the connection */
    bool committed;
    int tries;
} Exchange;

/* server.c: web_start with other routes than ours, which is how the server is tested by itself. */
Web *web_start_routes(const WebOptions *options, const Route *routes, size_t count, Errors *errors) CHECKED;

/* request.c. Each returns 0 or the status of the page that says what is wrong. */
int exchange_head(Exchange *it, const char *method) CHECKED;
int exchange_enter(Exchange *it) CHECKED;          /* session, language of the account, form, token */
Str exchange_header(const Exchange *it, const char *name);
void text_percent(Text *text, Str s);              /* all but letters, digits and -._~ */

/* body.c */
int body_admit(Exchange *it) CHECKED;              /* by what the headers say of it */
bool body_take(Exchange *it, const char *data, size_t size) CHECKED; /* false: too much or too slow, close */
int body_read(Exchange *it) CHECKED;               /* into request.form and request.upload */
void body_drop(Exchange *it);
bool form_read_encoded(Arena *arena, Form *form, Str encoded) CHECKED;
bool percent_decode(Arena *arena, Str encoded, bool plus_is_blank, Str *plain) CHECKED;

/* routes.c: fills in args; NULL when no row has this path and method, `seen` says which methods the path has. */
const Route *route_find(const Web *web, const Strs *segments, Method method, Str args[4], bool seen[2]);

/* reply.c */
struct MHD_Response *reply_response(const Exchange *it, const Reply *reply);

#endif
