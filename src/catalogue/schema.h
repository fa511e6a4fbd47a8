/* schema: which keys a document and each object in it may have. Private to the catalogue.
 *
 * A row is a key: its name, type, where its value goes, and one sentence of help. The loader is one walk over these
 * rows, the messages take their words from them, and the reference is printed from them. */
#ifndef CATALOGUE_SCHEMA_H
#define CATALOGUE_SCHEMA_H

#include "catalogue/catalogue.h"
#include "catalogue/tree.h"

typedef enum DocumentKind {
    DOCUMENT_PACK,
    DOCUMENT_LAW,
    DOCUMENT_PERIOD_RULE,
    DOCUMENT_AUTHORITY,
    DOCUMENT_FACT,
    DOCUMENT_EVIDENCE,
    DOCUMENT_PROCEDURE,
    DOCUMENT_SERVICE,
    DOCUMENT_EVENT,
    DOCUMENT_CALENDAR
} DocumentKind;
enum { DOCUMENT_KIND_COUNT = DOCUMENT_CALENDAR + 1 };

/* A calendar as it is written; load_calendar makes a CalendarYear of it. */
typedef struct FreeDay {
    Date date, to;
    Str name;
    int32_t legal_days;                            /* 0: all of them */
} FreeDay;
typedef LIST(Date) Dates;
typedef struct CalendarPaper {
    Str id;                                        /* the year */
    Str source;
    LIST(FreeDay) free;
    Dates worked;
} CalendarPaper;

/* type, "must be …", how to write it */
#define KEY_TYPES(X)                                                                                                   \
    X(TYPE_TEXTS, "a text in each language", "write a text for each language of the pack: {en: …, zh: …}")             \
    X(TYPE_TEXT, "one text", "write one text, the same in every language")                                             \
    X(TYPE_IDENTIFIER, "an identifier", "write small letters and digits with hyphens between: open-restaurant")        \
    X(TYPE_NUMBER, "a number", "write digits, with a point before decimals: 12.5")                                     \
    X(TYPE_WHOLE, "a whole number", "write digits: 12")                                                                \
    X(TYPE_COUNT, "a whole number from 0 to 1,000", "write digits: 2")                                                 \
    X(TYPE_BOOLEAN, "true or false", "write true or false")                                                            \
    X(TYPE_DATE, "a date", "write year, month and day: 2026-10-26")                                                    \
    X(TYPE_DATES, "a list of dates", "write year, month and day: [2026-10-10, 2026-10-11]")                            \
    X(TYPE_PERIOD, "a period", "write a number and a unit: 20 working days, 5 days, 1 week, 6 months, 5 years")        \
    X(TYPE_PERIODS, "a list of periods", "write each as a number and a unit: [90 days, 12 weeks]")                     \
    X(TYPE_MONEY, "an amount of money", "write a number with at most two decimals and the pack's currency: 12.50 CNY") \
    X(TYPE_OFFSET, "an offset from UTC", "write sign, hours and minutes: \"+08:00\"")                                  \
    X(TYPE_RULE, "a rule", "write a FEEL expression: seats > 50 and open_fire")                                        \
    X(TYPE_FEE_RULE, "a rule that gives an amount",                                                                    \
      "write a FEEL expression for a number in the pack's currency, not negative: if seats > 50 then 200 else 100")    \
    X(TYPE_WORD, "one of the words", "")                                                                               \
    X(TYPE_REFERENCE, "the identifier of", "write one identifier")                                                     \
    X(TYPE_REFERENCES, "one or more identifiers of", "write one identifier or a list: [one, another]")                 \
    X(TYPE_ONLY_REFERENCE, "the identifier of", "write one identifier")                                                \
    X(TYPE_OBJECT, "a", "write its keys, indented or in braces")                                                       \
    X(TYPE_OBJECTS, "one or more of", "write its keys, indented or in braces, or a list of such")                      \
    X(TYPE_LANGUAGES, "a list of languages", "write two letters for each: [en, zh]")                                   \
    X(TYPE_CURRENCY, "a currency", "write the three capital letters of ISO 4217: CNY")                                 \
    X(TYPE_WEEKDAYS, "a list of days of the week", "write them out: [saturday, sunday]")
typedef enum KeyType {
#define X(type, words, hint) type,
    KEY_TYPES(X)
#undef X
} KeyType;
enum { KEY_TYPE_COUNT = TYPE_WEEKDAYS + 1 };

typedef struct Loader Loader;
typedef struct Shape Shape;

typedef struct Field {
    const char *name;
    KeyType type;
    bool required;
    size_t offset;                                 /* into the struct */
    const char *help;
    DocumentKind kind;                             /* of references: to what */
    const Shape *shape;                            /* of objects: which */
    const char *const *words;                      /* of TYPE_WORD: in the order of its enum */
    size_t word_count;
} Field;

/* What holds between the keys of one object; called where all its keys were read. */
typedef void ObjectCheck(Loader *loader, const Node *node, void *object);

struct Shape {
    const char *name;
    const char *help;
    size_t size;
    const Field *keys;
    size_t key_count;
    ObjectCheck *check;                            /* may be NULL */
};

/* One kind of document; its struct begins with `Str id`. */
typedef struct DocumentSchema {
    Shape shape;                                   /* its name is the word in packs */
    size_t place;                                  /* offset of the struct's place; SIZE_MAX: it has none */
    size_t list;                                   /* offset into Pack of the list that has them; SIZE_MAX: none */
} DocumentSchema;
extern const DocumentSchema DOCUMENT_SCHEMAS[DOCUMENT_KIND_COUNT];
extern const char *const KEY_TYPE_WORDS[KEY_TYPE_COUNT];
extern const char *const KEY_TYPE_HINTS[KEY_TYPE_COUNT];

typedef LIST(const Shape *) Shapes;
Shapes schema_shapes(Arena *arena);                /* of the objects in documents, each once */
const Field *shape_field(const Shape *shape, Str name); /* NULL when there is none */

/* The checks, in check.c. */
ObjectCheck load_check_pack, load_check_law, load_check_fact, load_check_need, load_check_limit, load_check_term;
ObjectCheck load_check_procedure, load_check_service, load_check_event, load_check_period_rule, load_check_ground, load_check_remedy;
ObjectCheck load_check_silence, load_check_renewal;

#endif
