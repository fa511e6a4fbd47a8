/* about: what the service says of itself. Inside web only. */
#ifndef WEB_ABOUT_H
#define WEB_ABOUT_H

#include "web/parts.h"
#include "web/server.h"

typedef struct AboutPage {
    Layout layout;
    const Pack *pack;
} AboutPage;
void html_help(Html *out, const AboutPage *page);
void html_accessibility(Html *out, const AboutPage *page);
void html_privacy(Html *out, const AboutPage *page);
void html_cookies(Html *out, const AboutPage *page);

#endif
