/* A decision model as it stands in the module: documents, their types, and the elements of the requirement graph.
 * DMN 1.5, chapters 6 and 7.
 *
 * Everything is read and compiled once, by model_read; elements are in an order in which each comes after what it
 * requires, so that an evaluation is one walk through them and needs no recursion. Functions (business knowledge,
 * decision services) do not depend on inputs: their values are made with the model. */
#ifndef RULES_MODEL_H
#define RULES_MODEL_H

#include "rules/evaluate.h"
#include "rules/model_xml.h"

typedef struct Document Document;
typedef struct Import {
    Str name; /* may be empty: then its names need no prefix */
    Str namespace;
    const Document *document;
} Import;

/* A source as it is imported along one way: what is imported twice has inputs of its own each time. */
struct Document {
    Str file, namespace;
    const XmlElement *root;
    const Document *importer; /* NULL for the model itself */
    Str import_name;          /* which its importer gives it */
    LIST(Import) imports;
    Map types;       /* of Type, by name; those of imports by import.name too */
    Map definitions; /* of Definition, by name: for model_types.c */
    Map by_id;       /* of Element */
    Map names;       /* of Element, by name */
};

typedef enum ElementKind { ELEMENT_INPUT, ELEMENT_DECISION, ELEMENT_KNOWLEDGE, ELEMENT_SERVICE } ElementKind;

typedef struct Element Element;
typedef LIST(Element *) Elements;
typedef struct Requirement {
    Str prefix; /* of the import it comes by; or empty */
    Element *element;
} Requirement;

struct Element {
    ElementKind kind;
    Str name;
    const XmlElement *xml; /* of an input that is not drawn: the text that speaks of it first */
    Document *document;
    size_t index;     /* among the model's elements */
    const Type *type; /* of its variable; NULL: anything */
    LIST(Requirement) requirements;
    const Node *node;             /* of a decision: NULL where it has no logic; of a function: FUNCTION */
    Value function;               /* of business knowledge and services */
    Elements parameters, outputs; /* of a service */
    bool entered, placed;         /* while the order is made */
    bool undrawn;                 /* an input that the model has no element of */
};

struct Model {
    const Document *main;
    LIST(Document *) documents;
    Elements elements;               /* what is required comes first */
    Map decisions, services, inputs; /* of Element, of the main document, by name */
    Strs decision_names, service_names, input_names;
};

/* What is read and compiled right now. */
typedef struct ModelReading {
    Arena *arena;
    Errors *errors;
    Model *model;
    Strs members; /* names of components that are more than one word, of all documents */
    bool broken;  /* there is no model; other errors only make one expression null */
    Elements undrawn;
} ModelReading;

Place model_place(const Document *document, const XmlElement *element);
Str model_name(Arena *arena, const XmlElement *element); /* its attribute `name`, blanks made one each */

/* model_types.c: item definitions. First what there is in each document, then the types. */
void types_read(ModelReading *reading, Document *document);
void types_make(ModelReading *reading, Document *document);
/* NULL is anything; an error where there is no such type. */
const Type *types_named(ModelReading *reading, const Document *document, const XmlElement *place, Str name);
const Type *types_of(ModelReading *reading, const Document *document, const XmlElement *element); /* its typeRef */

/* model_graph.c: elements, what they require, and their order. */
void graph_read(ModelReading *reading);
typedef struct Undrawn { /* a name that an expression does not know */
    Str name;
    const XmlElement *text;
} Undrawn;
void graph_require_undrawn(ModelReading *reading, Element *decision, const Undrawn *undrawn);
void graph_place_undrawn(ModelReading *reading);

/* boxed.c: expressions. */
typedef struct Compiler {
    ModelReading *reading;
    const Document *document;
    Names names;  /* what is known here, innermost last */
    bool partial; /* a text spoke of `partial` since this was last cleared */
    LIST(Undrawn) undrawn;
} Compiler;

const Node *boxed_expression(Compiler *compiler, const XmlElement *element); /* never NULL */
const XmlElement *boxed_child(const XmlElement *parent); /* the expression in an element; NULL for none */
const Node *boxed_child_node(Compiler *compiler, const XmlElement *parent); /* null where there is none */
const Node *boxed_text(Compiler *compiler, const XmlElement *element);      /* of a child `text` */
const Tests *boxed_tests(Compiler *compiler, const XmlElement *element,
                         const Type *asked); /* NULL where there are none */
Node *boxed_node(Compiler *compiler, NodeKind kind);
const Node *boxed_coerced(Compiler *compiler, const Node *node, const Type *type);
const Type *boxed_type(Compiler *compiler, const XmlElement *element);
void boxed_know(Compiler *compiler, Str name, const Type *type);
void boxed_error(Compiler *compiler, const XmlElement *element, const char *what);

/* logic.c: of all elements. */
void logic_compile(ModelReading *reading);

/* boxed_table.c */
const Node *boxed_table(Compiler *compiler, const XmlElement *element);

/* What an expression of a model finds outside its requirements: nothing. Closed, and empty. */
extern const Scope MODEL_SCOPE;
/* What an element's logic sees of its requirements. Without values, only functions are there. */
const Frame *element_frames(Arena *arena, const Element *element, const Value *values);

/* model.c: evaluation. One activation works each element out once. */
typedef struct Activation {
    Evaluation *run;
    const Model *model;
    const struct Decision *asked; /* NULL in a service: an input that is not given is null */
    const Frame *frame;           /* where an input is looked for first */
    const Scope *inputs;          /* and then */
    Value *values;
    unsigned char *states; /* of enum ElementState */
    Explanation **told; /* of each element, while an explanation is gathered; else NULL */
} Activation;
enum ElementState { ELEMENT_IDLE, ELEMENT_NEEDED, ELEMENT_DONE };
Activation activation_begin(Evaluation *run, const Model *model);
void activation_give(Activation *activation, const Element *element, Value value);
void activation_work(Activation *activation, const Elements *wanted);
void model_stopped(Evaluation *run, const Model *model); /* where in the model, if a limit was met in it */
Str element_path(Arena *arena, const Element *element); /* as the model itself calls it: import.import.name */

/* decision.c: a decision as a rule. */
typedef struct Decision {
    const Model *model;
    Element *element;
    const Map *called; /* of Str: how inputs are called outside, where they are called otherwise; or NULL */
} Decision;
Str decision_input(Arena *arena, const Decision *decision, const Element *input);
Elements decision_needs(Arena *arena, const Decision *decision); /* in their order, the decision last */

/* service.c */
struct Service {
    const Model *model;
    const Element *element;
};
const Node *service_function(ModelReading *reading, Element *element);
Value service_result(Activation *activation, const Element *service);

#endif
