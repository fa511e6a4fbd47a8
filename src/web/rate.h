/* rate: how satisfied somebody was with one service, in five grades and in words of one's own. Inside web only. */
#ifndef WEB_RATE_H
#define WEB_RATE_H

#include "web/parts.h"
#include "web/server.h"

enum { GRADE_COUNT = 5 };
Str rate_words(const Request *request, int32_t grade); /* "Satisfied"; empty for no grade */

typedef struct RatePage {
    Layout layout;
    FieldErrors errors;
    Str action, csrf, service, authority;
    Options grades;
    TextInput text;
} RatePage;
void html_rate(Html *out, const RatePage *p);

#endif
