/* loader: a pack while it is being read. Private to the catalogue.
 *
 * Five passes: every file to trees; every document to an empty struct under its identifier, so that references may
 * point forward; the facts that are worked out (derived.c), so that rules can be bound to them; every struct filled by the
 * schema; and what only the whole shows (graph.c). Faults are collected on the way, and sorted by place at the end. */
#ifndef CATALOGUE_LOADER_H
#define CATALOGUE_LOADER_H

#include "catalogue/schema.h"

typedef struct Document {
    DocumentKind kind;
    Str id;
    const Node *root;
    size_t layer;                                  /* of the pack that it was read from last; 0 is the pack itself */
    Place place;                                   /* of its first key */
    void *object;
    bool flawed;                                   /* complained of: what seems to follow may be no fault */
    bool is_field, is_asked;                       /* of a fact: in a list; by itself */
} Document;
typedef LIST(Document *) Documents;

/* A rule where it stands, with the names as written there. */
typedef struct RuleNote {
    const Rule *rule;
    const Node *node;                              /* its text, or the decision that it is */
    const Field *key;                              /* NULL for a decision */
    const Node *each;                              /* of a need: for each member of which list; or NULL */
    Document *document;
} RuleNote;

struct Loader {
    Arena *arena;                                  /* of the pack */
    Arena *scratch;                                /* of this load */
    Errors errors;
    Pack *pack;
    Documents documents;                           /* by file and line */
    Map index[DOCUMENT_KIND_COUNT];                /* identifier to Document */
    Document *document;                            /* the one that is read at present */
    const Node *map;                               /* of it, the object that is read at present */
    bool kept;                                     /* read back from a store: it was good by the rules of its day */
    bool unread;                                   /* something could not be read: what it defines is unknown */
    const Files *files;
    Map models;                                    /* by file: where its Model is, NULL where it could not be read */
    Map definitions;                               /* of Rule: the facts that are worked out */
    LIST(RuleNote) rules;
};

/* Adds an error, and marks the present document as flawed: fault(loader, place, hint, format, …). */
#define fault(loader, ...) (document_flaw(loader), errors_add(&(loader)->errors, __VA_ARGS__))
void document_flaw(Loader *loader);
/* The nearest of the words, quoted as a hint: `did you mean "lease"?`; empty when none is near. */
Str load_did_you_mean(Loader *loader, Str word, const Strs *words);
Str load_hint_to_add(Loader *loader, const Field *key);
Strs load_map_keys(Loader *loader, const Map *map);
Document *document_find(Loader *loader, DocumentKind kind, Str id); /* NULL when there is none */

/* Reads the keys of a map from `first_key` on, and checks what holds between them. */
void load_object(Loader *loader, const Shape *shape, const Node *map, size_t first_key, void *object);
void load_unset_dates(const Shape *shape, void *object); /* A zeroed date would be a day in 1970. */
void load_value(Loader *loader, const Field *key, const Node *node, void *field);

/* One function for each type that needs no other; what is wrong is complained of and leaves the field as it was. */
typedef void ReadValue(Loader *loader, const Field *key, const Node *node, void *field);
ReadValue load_texts, load_text, load_identifier, load_word, load_languages, load_currency, load_weekdays;
ReadValue load_number, load_whole, load_count, load_boolean, load_date, load_period, load_money, load_offset, load_rule;

/* A zeroed item at the end of a LIST of anything. */
void *load_item_add(Arena *arena, void *list, size_t item_size);
void load_wrong_type(Loader *loader, const Field *key, const Node *node);
/* The trimmed text of a scalar; complains and is false where there is none. */
bool load_text_of(Loader *loader, const Field *key, const Node *node, Str *text) CHECKED;
bool load_word_index(const Field *key, Str word, size_t *index) CHECKED;

/* Whether the text can be an identifier; facts join words by _, all others by -. */
enum { IDENTIFIER_MAX = 60 };
bool load_identifier_is_good(Str id, char joint) CHECKED;

/* The rule that a decision is, over facts; NULL after a complaint. */
const Rule *load_rule_of_model(Loader *loader, const Node *decision);
/* Where the rules module means in a model, as line and column of its file; of a word in that line if no column is known. */
Place load_model_place(const Loader *loader, Place place, Str word);
void load_derived(Loader *loader);
void load_derived_fact(Loader *loader, Document *document);
bool document_is_derived(const Document *document);
void load_note_rule(Loader *loader, const Field *key, const Node *node, const Rule *rule);
void load_check_rules(Loader *loader);
/* What a fact can be; false for a list, whose members are facts of their own. */
bool load_domain(Arena *arena, const Fact *fact, Domain *domain) CHECKED;

void load_calendar(Loader *loader, const Document *document);
void load_check_graph(Loader *loader);

#endif
