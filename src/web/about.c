/* Help, accessibility, privacy, cookies. What they say is what this program does, so whoever changes that changes them
 * too. */
#include "web/about.h"

#include "web/pages.h"

static Reply about(Request *request, const char *title, void (*write)(Html *, const AboutPage *))
{
    AboutPage page = { .layout = page_layout(request, title, false), .pack = request->pack };
    page.layout.back = S("/");
    Html out = page_begin(request);
    write(&out, &page);
    return reply_html(request, 200, &out);
}

/* GET /help */
Reply page_help(Request *request)
{
    return about(request, N_("Help"), html_help);
}

/* GET /accessibility */
Reply page_accessibility(Request *request)
{
    return about(request, N_("Accessibility"), html_accessibility);
}

/* GET /privacy */
Reply page_privacy(Request *request)
{
    return about(request, N_("Privacy"), html_privacy);
}

/* GET /cookies */
Reply page_cookies(Request *request)
{
    return about(request, N_("Cookies"), html_cookies);
}
