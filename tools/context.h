/* Where in an HTML page a character stands: the part of the template compiler that makes escaping safe.
 *
 * The page's literal text is fed in, character by character. At each `{{ … }}` context_output says which kind of
 * writing is right there, or why nothing may be written there. At each branch the context is copied, and the branches
 * of one `if` must end alike: what follows them would otherwise be read in two ways. */
#ifndef CONTEXT_H
#define CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum Where {
    IN_TEXT,
    IN_TAG_OPEN,                                   /* after < */
    IN_TAG_NAME,
    IN_TAG,                                        /* between attributes */
    IN_TAG_CUT,                                    /* as IN_TAG, but only a blank or > may follow */
    IN_ATTRIBUTE_NAME,
    IN_AFTER_NAME,                                 /* a blank after an attribute's name */
    IN_BEFORE_VALUE,                               /* after = */
    IN_VALUE,                                      /* in quotes */
    IN_BARE_VALUE,
    IN_END_TAG,
    IN_DECLARATION,                                /* <!doctype … */
    IN_VERBATIM,                                   /* textarea, title: text in which no tags are read */
    IN_CODE,                                       /* script, style: nothing may be written */
} Where;

enum { NAME_MAX_LEN = 31, VALUE_START_MAX = 8 };

typedef struct Context {
    Where where;
    char quote;                                    /* of the value we are in */
    char tag[NAME_MAX_LEN + 1];                    /* the innermost tag we are or were in, lower case */
    char attribute[NAME_MAX_LEN + 1];
    char value[VALUE_START_MAX + 1];               /* how the value begins */
    bool value_is_url;                             /* the value began with an output that html_url checked */
    size_t closing;                                /* in verbatim or code: how much of `</tag` was seen */
    bool pre;                                      /* inside <pre> */
    char fault[160];                               /* of the last call that returned false */
} Context;

typedef enum Writing {
    WRITE_TEXT,                                    /* escaped; markup goes through */
    WRITE_ATTRIBUTE,                               /* escaped; markup too */
    WRITE_URL,                                     /* a whole URL: relative ones only */
    WRITE_URL_PART,                                /* a part of one: per cent */
    WRITE_PHONE,                                   /* after tel: */
    WRITE_ISO,                                     /* a date for machines */
} Writing;

bool context_feed(Context *context, char c);
bool context_output(Context *context, Writing *writing);
bool context_statement(Context *context);          /* an if, else, for or end stands here */
bool context_merge(Context *into, const Context *branch); /* false when the two do not end alike */
bool context_joins_url(const Context *context, char c); /* c is a slash right behind a whole URL */
bool context_is_text(const Context *context);      /* a call may stand here, a page may begin and end */
bool context_keeps_blanks(const Context *context);

#endif
