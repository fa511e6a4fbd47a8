/* The parser's own state and its parts, for parse.c, parse_primary.c and parse_forms.c. Grammar of DMN 1.5, 10.3.1.2.
 *
 * A name is the longest one known at its place: bound by the text around it, or a built-in; else it is one word, and
 * free. So names with blanks need only be known, and a model's own names can be added to what is known. */
#ifndef RULES_PARSER_H
#define RULES_PARSER_H

#include "rules/lexer.h"
#include "rules/tree.h"

typedef struct Local {                             /* bound by the text around */
    Str name;
    const Type *type;
    bool member;                                   /* of the items of a filter */
} Local;

typedef struct Parser {
    Arena *arena;
    Str text;
    Place place;
    Errors *errors;
    Token token, previous;                         /* the next one, not yet taken; the last one taken */
    bool failed;                                   /* an error is reported; whoever sees NULL only goes back */
    int level;
    size_t fold_steps;                             /* spent on constants: fold.c */
    int filters, ranges;                           /* how many filters, and ends of ranges, are around */
    bool asked, partial;                           /* ? or partial was met since this was last cleared */
    const Names *known;                            /* from outside; may be NULL */
    LIST(Local) locals;                            /* what is bound here, innermost last */
    Strs spaced;                                   /* keys of more than one word anywhere before, for paths */
    Map free;                                      /* names of facts, as keys */
    Strs names;                                    /* the same, in order */
} Parser;

/* All give NULL after an error. */
const Node *parse_expression(Parser *parser);
const Node *parse_arithmetic(Parser *parser);      /* what may stand beside a comparison */
const Node *parse_postfix(Parser *parser);         /* a value and what may follow it: .member [filter] (arguments) */
const Node *parse_if(Parser *parser);
const Node *parse_for(Parser *parser);
const Node *parse_quantified(Parser *parser);
const Node *parse_function(Parser *parser);
const Node *parse_in(Parser *parser, const Node *value);
const Type *parse_type(Parser *parser);
bool parse_tests(Parser *parser, Tests *tests);    /* up to the end of the text */
bool parse_operator(TokenKind kind, Operator *sign); /* of a comparison */

void parser_go_to(Parser *parser, size_t at);      /* reads the token there */
void parser_advance(Parser *parser);
bool parser_take(Parser *parser, TokenKind kind);  /* advances if that is the next token */
bool parser_expect(Parser *parser, TokenKind kind, const char *why); /* an error if it is not */
bool parser_enter(Parser *parser, int levels);     /* an error past the most levels; leave by taking them off again */
void parser_bind(Parser *parser, Str name, const Type *type);

/* What the words at a place name: one of the names that are known, the longest of them, or a single free word. */
typedef struct Naming {
    Str name;
    size_t end;
    const Type *type;
    bool local, member;
    const Builtin *builtin;
} Naming;
bool parser_known_name(const Parser *parser, Naming *naming); /* false where no name begins */
bool parser_sees_words(const Parser *parser);      /* more than one, with nothing but blanks between them */

Node *node_new(Parser *parser, NodeKind kind, size_t at);
const Node *node_ended(Parser *parser, const Node *node); /* its text goes up to the last token taken */
void node_fold(Parser *parser, Node *node);        /* finds out whether it is constant, and what it gives then */
const Node *parse_fail(Parser *parser, size_t at, Str hint, Str what);
/* An error in what FEEL can read all the same, as null: it is told, and parsing goes on. */
void parse_warn(Parser *parser, size_t at, Str hint, Str what);
const Node *parse_unexpected(Parser *parser, const char *wanted);

#endif
