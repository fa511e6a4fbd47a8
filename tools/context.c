/* The HTML context as a small state machine: one function per place, one table for elements, one for attributes.
 * A full HTML parser was not wanted: pages are our own, so whatever is unusual in them can be refused instead of
 * understood (comments, bare values with output, `<` as text, elements that swallow what follows). */
#include "context.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

typedef enum Element { ELEMENT_ORDINARY, ELEMENT_VERBATIM, ELEMENT_CODE, ELEMENT_REFUSED } Element;
static const struct {
    const char *tag;
    Element element;
} ELEMENTS[] = {
    { "script", ELEMENT_CODE },      { "style", ELEMENT_CODE },     { "noscript", ELEMENT_CODE },
    { "textarea", ELEMENT_VERBATIM }, { "title", ELEMENT_VERBATIM }, { "base", ELEMENT_REFUSED },
    { "iframe", ELEMENT_REFUSED },   { "object", ELEMENT_REFUSED }, { "embed", ELEMENT_REFUSED },
    { "plaintext", ELEMENT_REFUSED }, { "xmp", ELEMENT_REFUSED },   { "noembed", ELEMENT_REFUSED },
    { "noframes", ELEMENT_REFUSED }, { "animate", ELEMENT_REFUSED }, { "set", ELEMENT_REFUSED },
};

typedef enum Attribute { ATTRIBUTE_ORDINARY, ATTRIBUTE_URL, ATTRIBUTE_ISO, ATTRIBUTE_REFUSED } Attribute;
static const struct {
    const char *name;
    Attribute attribute;
} ATTRIBUTES[] = {
    { "href", ATTRIBUTE_URL },         { "src", ATTRIBUTE_URL },        { "action", ATTRIBUTE_URL },
    { "formaction", ATTRIBUTE_URL },   { "poster", ATTRIBUTE_URL },     { "cite", ATTRIBUTE_URL },
    { "xlink:href", ATTRIBUTE_URL },   { "datetime", ATTRIBUTE_ISO },   { "style", ATTRIBUTE_REFUSED },
    { "srcdoc", ATTRIBUTE_REFUSED },   { "srcset", ATTRIBUTE_REFUSED }, { "ping", ATTRIBUTE_REFUSED },
    { "content", ATTRIBUTE_REFUSED },  { "http-equiv", ATTRIBUTE_REFUSED }, { "background", ATTRIBUTE_REFUSED },
    { "integrity", ATTRIBUTE_REFUSED }, { "nonce", ATTRIBUTE_REFUSED },
};

static bool refuse(Context *context, const char *why, const char *name)
{
    snprintf(context->fault, sizeof context->fault, why, name);
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static Element element_of(const char *tag)
{
    for (size_t i = 0; i < sizeof ELEMENTS / sizeof *ELEMENTS; i++)
        if (strcmp(tag, ELEMENTS[i].tag) == 0)
            return ELEMENTS[i].element;
    return ELEMENT_ORDINARY;
}

static Attribute attribute_of(const char *name)
{
    if (strncmp(name, "on", 2) == 0)
        return ATTRIBUTE_REFUSED;
    for (size_t i = 0; i < sizeof ATTRIBUTES / sizeof *ATTRIBUTES; i++)
        if (strcmp(name, ATTRIBUTES[i].name) == 0)
            return ATTRIBUTES[i].attribute;
    return ATTRIBUTE_ORDINARY;
}

static bool name_add(Context *context, char *name, char c)
{
    size_t len = strlen(name);
    if (len == NAME_MAX_LEN)
        return refuse(context, "a name longer than any in HTML: %s…", name);
    if (!isalnum((unsigned char)c) && c != '-' && c != ':' && c != '_')
        return refuse(context, "an unusual character in the name after \"%s\"", name);
    name[len] = (char)tolower((unsigned char)c);
    name[len + 1] = '\0';
    return true;
}

static bool tag_ends(Context *context)
{
    Element element = element_of(context->tag);
    if (element == ELEMENT_REFUSED)
        return refuse(context, "<%s> has no place in our pages", context->tag);
    context->where = element == ELEMENT_CODE ? IN_CODE : element == ELEMENT_VERBATIM ? IN_VERBATIM : IN_TEXT;
    context->closing = 0;
    if (strcmp(context->tag, "pre") == 0)
        context->pre = true;
    return true;
}

static bool feed_tag(Context *context, char c)
{
    if (c == '>')
        return tag_ends(context);
    if (is_blank(c) || c == '/') {
        context->where = IN_TAG;
        return true;
    }
    if (context->where == IN_TAG_CUT)
        return refuse(context, "a blank must stand before the next attribute of <%s>", context->tag);
    context->where = IN_ATTRIBUTE_NAME;
    context->attribute[0] = '\0';
    return name_add(context, context->attribute, c);
}

static bool value_begins(Context *context)
{
    context->value[0] = '\0';
    context->value_is_url = false;
    return true;
}

static bool feed_attribute(Context *context, char c)
{
    if (c == '=') {
        context->where = IN_BEFORE_VALUE;
        return value_begins(context);
    }
    if (context->where == IN_AFTER_NAME) {
        if (is_blank(c))
            return true;
        context->where = IN_TAG;
        return feed_tag(context, c);
    }
    if (is_blank(c)) {
        context->where = IN_AFTER_NAME;
        return true;
    }
    if (c == '>' || c == '/')
        return feed_tag(context, c);
    return name_add(context, context->attribute, c);
}

static bool feed_value(Context *context, char c)
{
    if (context->where == IN_BEFORE_VALUE) {
        if (is_blank(c))
            return true;
        context->where = c == '"' || c == '\'' ? IN_VALUE : IN_BARE_VALUE;
        context->quote = c;
        return c != '>' || refuse(context, "the attribute %s has no value after =", context->attribute);
    }
    bool ends = context->where == IN_VALUE ? c == context->quote : is_blank(c) || c == '>';
    if (ends) {
        context->where = context->where == IN_VALUE ? IN_TAG_CUT : IN_TAG;
        return c != '>' || tag_ends(context);
    }
    size_t len = strlen(context->value);
    /* {{ url }}/x is written with one slash whatever the url ends with; a second one could name another host. */
    bool slash = c == '/' || c == '\\';
    if (context->value_is_url && slash && (c == '\\' ? len == 0 : strcmp(context->value, "/") == 0))
        return refuse(context, "a whole URL in %s cannot be continued like this", context->attribute);
    if (len < VALUE_START_MAX) {
        context->value[len] = c;
        context->value[len + 1] = '\0';
    }
    return true;
}

/* In script, style, textarea and title only the matching end tag ends. */
static bool feed_opaque(Context *context, char c)
{
    size_t whole = strlen(context->tag) + 2;
    if (c == '<')
        context->closing = 1;
    else if (context->closing == 1)
        context->closing = c == '/' ? 2 : 0;
    else if (context->closing >= 2 && tolower((unsigned char)c) == context->tag[context->closing - 2])
        context->closing++;
    else
        context->closing = 0;
    if (context->closing == whole)
        context->where = IN_END_TAG;
    return true;
}

static bool feed_tag_open(Context *context, char c)
{
    context->tag[0] = '\0';
    if (c == '/' || c == '!') {
        context->where = c == '/' ? IN_END_TAG : IN_DECLARATION;
        return true;
    }
    if (!isalpha((unsigned char)c))
        return refuse(context, "write &lt; for a < that begins no tag%s", "");
    context->where = IN_TAG_NAME;
    return name_add(context, context->tag, c);
}

static bool feed_end_tag(Context *context, char c)
{
    if (c == '>') {
        context->where = IN_TEXT;
        if (strcmp(context->tag, "pre") == 0)
            context->pre = false;
        return true;
    }
    return is_blank(c) || name_add(context, context->tag, c);
}

bool context_feed(Context *context, char c)
{
    switch (context->where) {
    case IN_TEXT:
        if (c == '<')
            context->where = IN_TAG_OPEN;
        return true;
    case IN_TAG_OPEN:
        return feed_tag_open(context, c);
    case IN_TAG_NAME:
        if (c == '>' || c == '/' || is_blank(c))
            return feed_tag(context, c);
        return name_add(context, context->tag, c);
    case IN_TAG:
    case IN_TAG_CUT:
        return feed_tag(context, c);
    case IN_ATTRIBUTE_NAME:
    case IN_AFTER_NAME:
        return feed_attribute(context, c);
    case IN_BEFORE_VALUE:
    case IN_VALUE:
    case IN_BARE_VALUE:
        return feed_value(context, c);
    case IN_END_TAG:
        return feed_end_tag(context, c);
    case IN_DECLARATION:
        if (c == '-')
            return refuse(context, "write comments as {# … #}%s", "");
        if (c == '>')
            context->where = IN_TEXT;
        return true;
    case IN_VERBATIM:
    case IN_CODE:
        return feed_opaque(context, c);
    }
    return true;
}

static bool url_output(Context *context, Writing *writing)
{
    const char *value = context->value;
    bool begins = !value[0] && !context->value_is_url;
    *writing = begins ? WRITE_URL : WRITE_URL_PART;
    if (begins)
        context->value_is_url = true;
    else if (strcmp(value, "tel:") == 0 && !context->value_is_url)
        *writing = WRITE_PHONE;
    else if (!context->value_is_url && (strchr("/#?", value[0]) == NULL || value[1] == '/' || value[1] == '\\'))
        return refuse(context, "the value of %s must begin with /, #, ? or tel:", context->attribute);
    return true;
}

static bool value_output(Context *context, Writing *writing)
{
    *writing = WRITE_ATTRIBUTE;
    switch (attribute_of(context->attribute)) {
    case ATTRIBUTE_REFUSED:
        return refuse(context, "nothing may be written into the attribute %s", context->attribute);
    case ATTRIBUTE_URL:
        return url_output(context, writing);
    case ATTRIBUTE_ISO:
        *writing = WRITE_ISO;
        return true;
    case ATTRIBUTE_ORDINARY:
        return true;
    }
    return true;
}

bool context_output(Context *context, Writing *writing)
{
    switch (context->where) {
    case IN_TEXT:
        *writing = WRITE_TEXT;
        return true;
    case IN_VERBATIM:
        *writing = WRITE_ATTRIBUTE;
        return context->closing == 0 || refuse(context, "an output inside the end tag of <%s>", context->tag);
    case IN_VALUE:
        return value_output(context, writing);
    case IN_BEFORE_VALUE:
    case IN_BARE_VALUE:
        return refuse(context, "put the value of %s in quotes", context->attribute);
    case IN_CODE:
        return refuse(context, "nothing may be written inside <%s>", context->tag);
    case IN_TAG_OPEN:
    case IN_TAG_NAME:
    case IN_END_TAG:
        return refuse(context, "nothing may be written into the name of a tag%s", "");
    case IN_TAG:
    case IN_TAG_CUT:
    case IN_ATTRIBUTE_NAME:
    case IN_AFTER_NAME:
        return refuse(context, "nothing may be written between the attributes of <%s>", context->tag);
    case IN_DECLARATION:
        return refuse(context, "nothing may be written into a declaration%s", "");
    }
    return true;
}

bool context_statement(Context *context)
{
    switch (context->where) {
    case IN_TEXT:
    case IN_TAG_CUT:
        return true;
    case IN_VALUE:
        /* An empty start of a URL could be filled by one branch with anything: the check must see the start. */
        if (attribute_of(context->attribute) == ATTRIBUTE_URL && !context->value[0] && !context->value_is_url)
            return refuse(context, "the value of %s must not begin with a statement", context->attribute);
        return true;
    case IN_VERBATIM:
        return context->closing == 0 || refuse(context, "a statement inside the end tag of <%s>", context->tag);
    case IN_TAG_NAME:
    case IN_ATTRIBUTE_NAME:
        context->where = IN_TAG_CUT;
        return true;
    case IN_TAG:
        return true;
    case IN_AFTER_NAME:
        context->where = IN_TAG;
        return true;
    case IN_TAG_OPEN:
    case IN_END_TAG:
    case IN_BEFORE_VALUE:
    case IN_BARE_VALUE:
    case IN_DECLARATION:
    case IN_CODE:
        return refuse(context, "a statement cannot stand here, inside <%s>", context->tag);
    }
    return true;
}

bool context_merge(Context *into, const Context *branch)
{
    bool between = into->where == IN_TAG || into->where == IN_TAG_CUT;
    bool branch_between = branch->where == IN_TAG || branch->where == IN_TAG_CUT;
    if (between && branch_between && strcmp(into->tag, branch->tag) == 0) {
        if (branch->where == IN_TAG_CUT)
            into->where = IN_TAG_CUT;
        return true;
    }
    if (into->where != branch->where || into->pre != branch->pre)
        return false;
    if (into->where == IN_TEXT)
        return true;
    if (strcmp(into->tag, branch->tag) != 0)
        return false;
    if (into->where != IN_VALUE)
        return true;
    if (into->quote != branch->quote || strcmp(into->attribute, branch->attribute) != 0)
        return false;
    /* Whether a URL is safe to go on with is decided by its first two characters. */
    return attribute_of(into->attribute) != ATTRIBUTE_URL ||
           (strncmp(into->value, branch->value, 2) == 0 && into->value_is_url == branch->value_is_url);
}

bool context_joins_url(const Context *context, char c)
{
    return context->where == IN_VALUE && context->value_is_url && !context->value[0] && c == '/';
}

bool context_is_text(const Context *context)
{
    return context->where == IN_TEXT;
}

bool context_keeps_blanks(const Context *context)
{
    return context->pre || context->where == IN_VERBATIM;
}
