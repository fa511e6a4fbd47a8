/* account: signing in, registering, signing out. Inside web only. */
#ifndef WEB_ACCOUNT_H
#define WEB_ACCOUNT_H

#include "web/parts.h"
#include "web/server.h"

typedef struct DemoLogin {
    Str login, who; /* "officer.tax", "Officer of the Tax Bureau" */
} DemoLogin;

typedef struct AccountPage {
    Layout layout;
    Str csrf;
    FieldErrors errors;
    Str to;               /* where to go afterwards; empty: home */
    Str login, name;      /* as typed */
    Options kinds;        /* a person or a business */
    LIST(DemoLogin) demo; /* empty unless everything here is invented */
} AccountPage;
void html_sign_in(Html *out, const AccountPage *page);
void html_register(Html *out, const AccountPage *page);

#endif
