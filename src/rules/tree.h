/* A rule as a tree: what the parser makes and the evaluator walks. Nodes are made once and never changed.
 *
 * Rows of the same operator are one node with many parts (a + b - c, a and b and c), so that a long rule is a wide tree
 * and not a deep one. Every node knows where its text begins. */
#ifndef RULES_TREE_H
#define RULES_TREE_H

#include "rules/builtins.h"
#include "rules/value.h"

/* symbol as written */
#define OPERATORS(X)                                                                                                   \
    X(OPERATOR_ADD, "+")                                                                                               \
    X(OPERATOR_SUBTRACT, "-")                                                                                          \
    X(OPERATOR_MULTIPLY, "*")                                                                                          \
    X(OPERATOR_DIVIDE, "/")                                                                                            \
    X(OPERATOR_POWER, "**")                                                                                            \
    X(OPERATOR_EQUAL, "=")                                                                                             \
    X(OPERATOR_UNEQUAL, "!=")                                                                                          \
    X(OPERATOR_LESS, "<")                                                                                              \
    X(OPERATOR_AT_MOST, "<=")                                                                                          \
    X(OPERATOR_MORE, ">")                                                                                              \
    X(OPERATOR_AT_LEAST, ">=")
typedef enum Operator {
#define X(name, symbol) name,
    OPERATORS(X)
#undef X
} Operator;

typedef enum NodeKind {
    NODE_LITERAL,
    NODE_NAME,
    NODE_LIST,
    NODE_CONTEXT,
    NODE_RANGE,
    NODE_NEGATIVE,
    NODE_ARITHMETIC,
    NODE_COMPARISON,
    NODE_AND,
    NODE_OR,
    NODE_BETWEEN,
    NODE_IN,
    NODE_IF,
    NODE_FOR,
    NODE_SOME,
    NODE_EVERY,
    NODE_FILTER,
    NODE_PATH,
    NODE_BUILTIN,
    NODE_CALL,
    NODE_FUNCTION,
    NODE_INSTANCE,
    NODE_COERCE,
    NODE_ROW,                                      /* of a relation: a context whose entries do not see each other */
    NODE_TABLE,
    NODE_SERVICE,
    NODE_WITH,                                     /* names that are worked out before a rule */
    NODE_DECISION
} NodeKind;

typedef struct Node Node;
typedef LIST(const Node *) Nodes;

typedef struct Step {                              /* of a chain of arithmetic: operator and right side */
    Operator sign;
    const Node *operand;
} Step;

typedef struct KeyNode {                           /* an entry of a context, a named argument */
    Str key;
    const Node *node;
} KeyNode;

/* One test of `in`: a comparison (> 5), a range, or any value: equal to it, or within it if it is a list or a range.
 * A test that speaks of ? is a condition of its own. */
typedef struct Test {
    bool compares;
    bool is_condition;
    Operator sign;
    const Node *node;
} Test;

/* Unary tests, as a cell of a decision table has them: one that holds is enough; not(…) turns them round. None at all,
 * written as -, hold always. */
typedef struct Tests {
    bool negated;
    LIST(Test) list;
} Tests;

typedef struct Iterator {                          /* name in list, or name in list .. end */
    Str name;
    const Node *list;
    const Node *end;                               /* NULL for a list */
} Iterator;

/* What a value can be an instance of, and a parameter or a variable can ask for. NULL is Any. */
typedef struct Type Type;
typedef struct Member {                            /* of a context; of a function: a parameter */
    Str name;
    const Type *type;
} Member;
typedef LIST(Member) Members;
struct Type {
    Str name;                                      /* of an item definition; else empty */
    uint32_t kinds;                                /* of VALUE_x, one bit each; KINDS_ANY for Any */
    const Type *item;                              /* of a list or range: its items; of a function: its result */
    Members members;
    bool any_members;                              /* a context or function of which nothing more is said */
    const Tests *allowed;                          /* or NULL: a value that is no null must pass them */
};

/* A name that is known at a place. */
typedef struct Known {
    Str name;
    const Type *type;                              /* NULL: it can be anything */
} Known;
typedef struct Names {
    LIST(Known) list;
    Strs members;                                  /* of several words, of anything at all: x.monthly income */
    Strs *unknown;                                 /* others that are used outside of filters are noted here; or NULL */
    const Map *types;                              /* of item definitions, by name; may be NULL */
} Names;

struct Node {
    NodeKind kind;
    uint32_t at;                                   /* byte of the text where it begins */
    Str text;                                      /* as written; empty in a boxed expression */
    const Type *type;                              /* as far as the text tells; NULL where it does not */
    const Value *constant;                         /* what it always gives; NULL where that is not known: fold.c */
    union {
        Value literal;
        struct {
            Str text;
            bool local;                            /* bound by the text around it: iteration, parameter, context */
            bool member;                           /* of the items of a filter, by their type; null where absent */
            const Builtin *builtin;                /* the function of that name, unless an item's member is meant */
        } name;
        Nodes parts;                               /* LIST, AND, OR; one of NEGATIVE */
        LIST(KeyNode) entries;                     /* CONTEXT, ROW */
        struct {
            const Node *start, *end;               /* NULL for none: (< 5) */
            bool start_in, end_in;
        } range;
        struct {
            const Node *first;
            LIST(Step) steps;
        } arithmetic;
        struct {
            Operator sign;
            const Node *left, *right;
        } comparison;
        struct {
            const Node *value, *low, *high;
        } between;
        struct {
            const Node *value;
            Tests tests;
        } in;
        struct {
            const Node *condition, *then, *otherwise;
            bool strict;                           /* boxed: a condition that is neither a boolean nor null gives null */
        } branch;
        struct {
            LIST(Iterator) iterators;
            const Node *body;
            bool partial;                          /* the body asks for the results so far */
            bool strict;                           /* boxed; of SOME and EVERY */
        } loop;                                    /* FOR, SOME, EVERY */
        struct {
            const Node *list, *condition;
            bool strict;                           /* boxed */
        } filter;
        struct {
            const Node *base;
            Str member;
        } path;
        struct {
            const Builtin *builtin;
            Nodes arguments;                       /* in the order of its parameters */
            bool named;                            /* then they are the parameters, and nothing is gathered */
        } builtin;
        struct {
            const Node *callee;
            LIST(KeyNode) arguments;
            bool named;
        } call;
        struct {
            Members formals;
            const Node *body;                      /* NULL: it is defined elsewhere, and every call is null */
        } function;
        struct {
            const Node *value;
            const Type *type;                      /* never NULL */
        } instance;
        struct {
            const Node *value;
            const Type *type;                      /* never NULL */
            bool promised;                         /* what is not known yet will be of the type */
        } coerce;
        const struct Table *table;                 /* of table.h */
        const struct Service *service;             /* of model.h: the body of a decision service as a function */
        struct {
            LIST(KeyNode) definitions;             /* each sees those before it */
            const Node *body;
        } with;
        const struct Decision *decision;           /* of model.h */
    };
};

struct Rule {
    Str text;
    Place place;                                   /* where the text begins */
    const Node *root;
    Strs names;
};

/* As rule_parse, with names that are known: they may be of several words, and tell what can stand behind their points.
 * The text is not copied. There may be errors and a rule too, where something can only be null. */
const Rule *parse_text(Arena *arena, Str text, Place place, const Names *names, Errors *errors) CHECKED;
/* The tests of a cell, about a value `?` of that type (NULL: any). A text without anything is as good as -. */
bool parse_tests_text(Arena *arena, Str text, Place place, const Names *names, const Type *asked, Tests *tests,
                      Errors *errors) CHECKED;

/* Where a byte of a text is, which begins at `from` in its file. Later lines stand in the file under its first one. */
Place place_within(Arena *arena, Str text, Place from, size_t at);

#endif
