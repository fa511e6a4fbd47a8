/* oversight: how each authority stands, for a supervisor. Every number opens its cases. Inside web only. */
#ifndef WEB_OVERSIGHT_H
#define WEB_OVERSIGHT_H

#include "web/parts.h"
#include "web/server.h"

typedef struct OversightRow {
    Str authority, id;
    int64_t open, late, soon, for_applicant, for_others, seconds;
    Str rating;                                    /* "4.2 of 5, 12 ratings"; "too few ratings" */
} OversightRow;
typedef struct SecondNotice {                      /* a case whose applicant was asked again */
    Str label, reference, service, authority, url;
    int64_t notices;
} SecondNotice;

typedef struct OversightPage {
    Layout layout;
    LIST(OversightRow) rows;
    LIST(SecondNotice) seconds;
    OversightRow all;
    bool cut_off;                                  /* there were too many open cases to look into each */
} OversightPage;
void html_oversight(Html *out, const OversightPage *p);

#endif
