/* html: what page templates are compiled to: writing into a page, escaped for the place where it stands.
 *
 *     Html out = html_begin(arena, pack, S("zh"));
 *     html_question(&out, &page);                 made from src/web/question.html, see tools/templates.c
 *     Str body = html_end(&out);                  empty: the page became larger than HTML_MAX
 *
 * The one way to write markup unescaped is the type Markup; make one only of what was escaped already. */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include "base/base.h"
#include "calendar/calendar.h"
#include "catalogue/catalogue.h"
#include "language/language.h"

enum { HTML_MAX = 2 << 20 };

typedef struct Html {
    Text text;
    Str tag;                                       /* of the page, for its lang attribute */
    Language language;                             /* of the program's words */
    int pack_language;                             /* of the pack's words: index into Texts.in */
    Str currency;                                  /* "CNY" */
    int utc_offset_minutes;                        /* in which instants are shown */
} Html;

typedef struct Markup {
    Str safe;
} Markup;

/* pack may be NULL: then there are no pack's words to write. A language that the pack does not have is shown in the
 * pack's first, one that the program does not have in English. */
Html html_begin(Arena *arena, const Pack *pack, Str language);
Str html_end(const Html *out) CHECKED;

/* ---- called by compiled templates ------------------------------------------------------------------- */
void html_literal(Html *out, Str markup);
void html_escape(Html *out, Str text);
void html_put_url(Html *out, Str url);             /* relative URLs only; anything else is written as # */
void html_put_url_slash(Html *out);                /* between a URL and what follows: never a second one */
void html_put_url_part(Html *out, Str text);       /* one segment or value: percent-encoded */
void html_put_phone(Html *out, Str number);        /* digits and a leading + */
bool html_url_is_relative(Str url);

Str html_words_str(Html *out, Str value);
Str html_words_terminated(Html *out, const char *value);
Str html_words_i64(Html *out, int64_t value);
Str html_words_size(Html *out, size_t value);
Str html_words_date(Html *out, Date value);
Str html_words_instant(Html *out, Instant value);
Str html_words_money(Html *out, Money value);
Str html_words_period(Html *out, Period value);
Str html_words_texts(Html *out, Texts value);
Str html_words_markup(Html *out, Markup value);
void html_iso_date(Html *out, Date value);
void html_iso_instant(Html *out, Instant value);

/* A value in words. unsigned int is left out on purpose: it is the type of our enumerations, and a number is not a word
 * for any of them. */
#define HTML_WORDS(out, value)                                                                                         \
    _Generic((value),                                                                                                  \
        Str: html_words_str,                                                                                           \
        char *: html_words_terminated,                                                                                 \
        const char *: html_words_terminated,                                                                           \
        int: html_words_i64,                                                                                           \
        long: html_words_i64,                                                                                          \
        long long: html_words_i64,                                                                                     \
        unsigned long: html_words_size,                                                                                \
        Date: html_words_date,                                                                                         \
        Instant: html_words_instant,                                                                                   \
        Money: html_words_money,                                                                                       \
        Period: html_words_period,                                                                                     \
        Texts: html_words_texts,                                                                                       \
        Markup: html_words_markup)((out), (value))
#define HTML_PUT(out, value)                                                                                           \
    _Generic((value), Markup: html_literal, default: html_escape)((out), HTML_WORDS((out), (value)))
#define HTML_PUT_ATTRIBUTE(out, value) html_escape((out), HTML_WORDS((out), (value)))
#define HTML_PUT_URL_PART(out, value) html_put_url_part((out), HTML_WORDS((out), (value)))
#define HTML_PUT_ISO(out, value)                                                                                       \
    _Generic((value), Date: html_iso_date, Instant: html_iso_instant)((out), (value))

/* ---- layout: the frame of every page (layout.html): layout_begin before its content, layout_end after it ---- */
typedef struct MenuItem {
    Str text, url;
    bool current;
    int64_t count;                                 /* shown behind the text unless 0 */
} MenuItem;
typedef LIST(MenuItem) Menu;

typedef struct Layout {
    const Pack *pack;                              /* name of the platform, area, languages, help line */
    Str title;                                     /* the words of the h1 */
    Str section;                                   /* the event or place: "Open a restaurant"; optional */
    Str path, query;                               /* of this request: the language links lead back here */
    Str back;                                      /* URL of the back link; optional */
    Str signed_in;                                 /* the name of who is signed in; empty: nobody */
    Str csrf;                                      /* for the sign-out button; required with signed_in */
    Menu menu;                                     /* optional */
    bool demo;                                     /* everything is invented: say so on every page */
    bool office;                                   /* denser and wider, for officers */
    bool error;                                    /* the title begins "Error: " */
} Layout;
void html_layout_begin(Html *out, const Layout *layout);
void html_layout_end(Html *out, const Layout *layout);
Str layout_language_url(Html *out, const Layout *layout, Str code); /* this page in that language */

/* ---- assets: style sheet, script and pictures, in the binary -------------------------------------------
 * The URL holds a hash of the content, so it may be cached for ever. */
typedef struct Asset {
    Str name;                                      /* "onestop.css" */
    Str url;                                       /* "/assets/onestop-1f0c9a2b.css" */
    Str content_type;
    Str etag;                                      /* with its quotes */
    Str bytes;
} Asset;
extern const Asset ASSETS[];
extern const size_t ASSET_COUNT;

const Asset *asset_find(Str path);                 /* by URL; NULL when there is none */
Str asset_url(const char *name);                   /* must exist */

#endif
