/* XML for models: what is read into an own tree, and what is refused.
 *
 * A model comes from outside. So nothing is fetched, a document type is an error (and with it every entity of one's
 * own), and size, depth and number of elements are bounded. Elements of other namespaces (diagrams, extensions) are
 * left out with all that is in them. */
#ifndef RULES_MODEL_XML_H
#define RULES_MODEL_XML_H

#include "rules/rules.h"

typedef struct XmlAttribute {
    Str name, value; /* only those without a namespace, and those of xsi */
} XmlAttribute;

typedef struct XmlElement XmlElement;
struct XmlElement {
    Str name; /* without its prefix */
    Str text; /* all text right inside it, with blanks */
    int line;
    LIST(XmlAttribute) attributes;
    LIST(XmlElement *) children;
};

/* NULL, and an error with its line, where the text is not well formed, has a document type, is too large, or its first
 * element is of no namespace that `keeps`. */
const XmlElement *xml_read(Arena *arena, Str file, Str text, bool (*keeps)(Str namespace), Errors *errors) CHECKED;

const XmlElement *xml_child(const XmlElement *element, Str name); /* the first of that name; NULL for none */
Str xml_attribute(const XmlElement *element, Str name);           /* STR_NONE where absent */
Str xml_child_text(const XmlElement *element, Str name);          /* trimmed; STR_NONE where absent */
bool xml_is(const XmlElement *element, Str name);

#endif
