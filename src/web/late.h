/* late: the applicant's notice that a decision is late. Inside web only. */
#ifndef WEB_LATE_H
#define WEB_LATE_H

#include "web/parts.h"
#include "web/server.h"

typedef struct LatePage {
    Layout layout;
    Str action, cancel, csrf, service, authority;
    Str due, from, law;                            /* "By 3 March 2026 …": when it should have been decided, from when it costs */
    Strs rates;                                    /* "14 days: €23 a day" */
} LatePage;
void html_late(Html *out, const LatePage *p);

#endif
