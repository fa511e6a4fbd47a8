/* web: the pages. One HTTP server, a pool of threads, server-rendered HTML that works without JavaScript.
 *
 *     WebOptions options = { .desk = desk, .address = S("127.0.0.1"), .port = 8080 };
 *     Web *web = web_start(&options, &errors);
 *     …
 *     web_stop(web);
 *
 * How a request becomes a page: server.c reads and bounds it → routes.c names its handler and who may enter → the handler
 * (a file a group of pages, its template beside it) asks the desk → the template writes HTML. */
#ifndef WEB_H
#define WEB_H

#include "base/base.h"
#include "desk/desk.h"

typedef struct Web Web;
typedef struct WebOptions {
    const Desk *desk;
    Str address;                                   /* numeric IPv4 or IPv6 */
    uint16_t port;                                 /* 0: any free one */
    int threads;                                   /* 0: one for each core, at least two */
    bool secure;                                   /* behind HTTPS: cookies carry Secure */
} WebOptions;

/* The desk and its store must outlive the web. NULL and an error when the address cannot be listened on, say because another
 * program has the port. */
Web *web_start(const WebOptions *options, Errors *errors) CHECKED;
uint16_t web_port(const Web *web);
/* From now on this desk, over the same store, with another version of the pack. The desk before it must live on until web_release is
 * true: requests that it began end with it. False, and nothing changed, while those of an even earlier one have not ended. */
bool web_serve(Web *web, const Desk *desk) CHECKED;
bool web_release(Web *web);                        /* whether nobody needs the desk before the present one any more */
void web_stop(Web *web);                           /* lets running requests finish, then gives back everything */
Instant web_now(void);                             /* the one clock that everything above the desk reads */

#endif
