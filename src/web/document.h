/* document: the files of an application, and what was issued as a page that can be printed. Inside web only. */
#ifndef WEB_DOCUMENT_H
#define WEB_DOCUMENT_H

#include "web/parts.h"
#include "web/server.h"

typedef struct DocumentPage {
    Layout layout;
    Str name, service, authority, holder, number;
    Date issued, valid_until;                      /* DATE_NONE: without end */
    Str law, json_url;
} DocumentPage;
void html_document(Html *out, const DocumentPage *p);

#endif
