/* Reading XML by libxml2's reader, one node at a time, into the arena: it never builds what it does not keep, and stops
 * at the first thing that is refused. */
#include "rules/model_xml.h"

#include <libxml/xmlreader.h>

typedef struct XmlReading {
    Arena *arena;
    Str file;
    Errors *errors;
    bool (*keeps)(Str namespace);
    xmlTextReaderPtr reader;
    bool failed;
    size_t elements;
    XmlElement *root;
    XmlElement *open[XML_DEPTH_MAX]; /* what is around, outermost first; NULL is left out */
    size_t depth;
} XmlReading;

static void refuse(XmlReading *reading, int line, Str hint, Str what)
{
    if (!reading->failed)
        errors_add(reading->errors, (Place){ .file = reading->file, .line = line }, hint, "%.*s", STR_ARGS(what));
    reading->failed = true;
}

static void on_error(void *data, xmlErrorPtr error)
{
    XmlReading *reading = data;
    if (error->level < XML_ERR_ERROR || reading->failed)
        return;
    Str message = str_trim(str_copy(reading->arena, str_from(error->message)));
    Place place = { .file = reading->file, .line = error->line, .column = error->int2 };
    errors_add(reading->errors, place, STR_NONE, "not well-formed XML: %.*s", STR_ARGS(message));
    reading->failed = true;
}

static Str copied(XmlReading *reading, const xmlChar *text)
{
    return str_copy(reading->arena, str_from((const char *)text));
}

static int line_here(XmlReading *reading)
{
    xmlNodePtr node = xmlTextReaderCurrentNode(reading->reader);
    long line = node ? xmlGetLineNo(node) : 0;
    return line > 0 && line < INT32_MAX ? (int)line : 0;
}

static void read_attributes(XmlReading *reading, XmlElement *element)
{
    const Str instance = S("http://www.w3.org/2001/XMLSchema-instance");
    while (xmlTextReaderMoveToNextAttribute(reading->reader) == 1) {
        Str namespace = str_from((const char *)xmlTextReaderConstNamespaceUri(reading->reader));
        if (namespace.len && !str_equal(namespace, instance))
            continue;
        XmlAttribute *attribute = list_add(reading->arena, &element->attributes);
        attribute->name = copied(reading, xmlTextReaderConstLocalName(reading->reader));
        attribute->value = copied(reading, xmlTextReaderConstValue(reading->reader));
    }
    (void)xmlTextReaderMoveToElement(reading->reader);
}

static void open_element(XmlReading *reading)
{
    int line = line_here(reading);
    bool empty = xmlTextReaderIsEmptyElement(reading->reader) == 1;
    XmlElement *parent = reading->depth ? reading->open[reading->depth - 1] : NULL;
    bool kept = reading->depth == 0 || parent;
    kept = kept && reading->keeps(str_from((const char *)xmlTextReaderConstNamespaceUri(reading->reader)));
    if (++reading->elements > XML_ELEMENTS_MAX) {
        refuse(reading, line, STR_NONE, limit_text(reading->arena, LIMIT_XML_ELEMENTS));
        return;
    }
    if (reading->depth == XML_DEPTH_MAX) {
        refuse(reading, line, STR_NONE, limit_text(reading->arena, LIMIT_XML_DEPTH));
        return;
    }
    XmlElement *element = NULL;
    if (kept) {
        element = arena_new(reading->arena, XmlElement);
        element->name = copied(reading, xmlTextReaderConstLocalName(reading->reader));
        element->line = line;
        read_attributes(reading, element);
        if (parent)
            list_push(reading->arena, &parent->children, element);
    }
    if (reading->depth == 0)
        reading->root = element;
    if (!empty)
        reading->open[reading->depth++] = element;
}

/* Pieces of one text are few: comments and CDATA sections part them. */
static void add_text(XmlReading *reading)
{
    XmlElement *element = reading->depth ? reading->open[reading->depth - 1] : NULL;
    if (!element)
        return;
    Str piece = str_from((const char *)xmlTextReaderConstValue(reading->reader));
    if (element->children.count && str_trim(piece).len == 0)
        return; /* blanks between elements */
    Text whole = text_begin(reading->arena, XML_BYTES_MAX);
    text_put(&whole, element->text);
    text_put(&whole, piece);
    element->text = text_str(&whole);
    if (arena_is_full(reading->arena))
        refuse(reading, element->line, STR_NONE, limit_text(reading->arena, LIMIT_MEMORY));
}

static void read_node(XmlReading *reading)
{
    switch (xmlTextReaderNodeType(reading->reader)) {
    case XML_READER_TYPE_DOCUMENT_TYPE:
    case XML_READER_TYPE_ENTITY:
    case XML_READER_TYPE_ENTITY_REFERENCE:
        refuse(reading, line_here(reading), S("leave out <!DOCTYPE"), S("a document type is not accepted"));
        break;
    case XML_READER_TYPE_ELEMENT:
        open_element(reading);
        break;
    case XML_READER_TYPE_END_ELEMENT:
        must(reading->depth > 0);
        reading->depth--;
        break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    case XML_READER_TYPE_WHITESPACE:
        add_text(reading);
        break;
    default: /* comments and processing instructions; the type is an int */
        break;
    }
}

/* ---- before anything is parsed ---- */

static size_t end_of(Str text, size_t at, Str end)
{
    size_t found = str_find(str_slice(text, at, text.len), end);
    return found == SIZE_MAX ? text.len : at + found + end.len;
}

/* The end of a tag that begins at a byte, and how many attributes it has; what stands in quotes is theirs. */
static size_t tag_end(Str text, size_t at, size_t *attributes)
{
    char quote = '\0';
    *attributes = 0;
    for (; at < text.len && (quote || text.data[at] != '>'); at++) {
        char c = text.data[at];
        if (c == quote)
            quote = '\0';
        else if (!quote && (c == '"' || c == '\''))
            quote = c;
        else if (!quote)
            *attributes += c == '=';
    }
    return at;
}

/* The library compares every attribute with all before it, and reads a document type to its end; so many of them and
 * any of that are refused before it sees them. */
static bool is_harmless(XmlReading *reading, Str text)
{
    int line = 1;
    size_t attributes;
    for (size_t at = 0; at < text.len;) {
        Str rest = str_slice(text, at, text.len);
        size_t next = at + 1;
        if (text.data[at] == '\n') {
            line++;
        } else if (str_starts(rest, S("<!--"))) {
            next = end_of(text, at + 4, S("-->"));
        } else if (str_starts(rest, S("<![CDATA["))) {
            next = end_of(text, at, S("]]>"));
        } else if (str_starts(rest, S("<?"))) {
            next = end_of(text, at, S("?>"));
        } else if (str_starts(rest, S("<!"))) {
            refuse(reading, line, S("leave out <!DOCTYPE"), S("a document type is not accepted"));
            return false;
        } else if (text.data[at] == '<') {
            next = tag_end(text, at, &attributes);
            if (attributes > XML_ATTRIBUTES_MAX) {
                refuse(reading, line, STR_NONE, limit_text(reading->arena, LIMIT_XML_ATTRIBUTES));
                return false;
            }
        }
        for (size_t i = at + 1; i < next; i++)
            line += text.data[i] == '\n';
        at = next;
    }
    return true;
}

const XmlElement *xml_read(Arena *arena, Str file, Str text, bool (*keeps)(Str namespace), Errors *errors)
{
    XmlReading *reading = arena_new(arena, XmlReading);
    *reading = (XmlReading){ .arena = arena, .file = file, .errors = errors, .keeps = keeps };
    if (text.len > XML_BYTES_MAX) {
        refuse(reading, 0, STR_NONE, limit_text(arena, LIMIT_XML));
        return NULL;
    }
    if (!utf8_is_valid(text)) {
        refuse(reading, 0, S("save the file as UTF-8"), S("this text is not UTF-8"));
        return NULL;
    }
    if (!is_harmless(reading, text))
        return NULL;
    const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES;
    reading->reader = xmlReaderForMemory(text.data ? text.data : "", (int)text.len, NULL, "UTF-8", options);
    if (!reading->reader) {
        refuse(reading, 0, STR_NONE, S("this XML cannot be read"));
        return NULL;
    }
    xmlTextReaderSetStructuredErrorHandler(reading->reader, on_error, reading);
    int more;
    while (!reading->failed && (more = xmlTextReaderRead(reading->reader)) == 1)
        read_node(reading);
    if (!reading->failed && more != 0)
        refuse(reading, 0, STR_NONE, S("not well-formed XML"));
    xmlFreeTextReader(reading->reader);
    if (!reading->failed && !reading->root)
        refuse(reading, 1, S("the first element must be of a namespace of DMN 1.1 to 1.5"), S("this is no model"));
    return reading->failed ? NULL : reading->root;
}

/* ---- looking ---- */

bool xml_is(const XmlElement *element, Str name)
{
    return str_equal(element->name, name);
}

const XmlElement *xml_child(const XmlElement *element, Str name)
{
    for (size_t i = 0; i < element->children.count; i++)
        if (xml_is(element->children.at[i], name))
            return element->children.at[i];
    return NULL;
}

Str xml_attribute(const XmlElement *element, Str name)
{
    for (size_t i = 0; i < element->attributes.count; i++)
        if (str_equal(element->attributes.at[i].name, name))
            return element->attributes.at[i].value;
    return STR_NONE;
}

Str xml_child_text(const XmlElement *element, Str name)
{
    const XmlElement *child = xml_child(element, name);
    return child ? str_trim(child->text) : STR_NONE;
}
