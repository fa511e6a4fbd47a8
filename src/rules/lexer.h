/* Words of a rule. The lexer reads one token at a place and keeps no state of its own, so that the parser may try a
 * longer name, or step back, by remembering a number. */
#ifndef RULES_LEXER_H
#define RULES_LEXER_H

#include "base/base.h"

/* token, as written, or what it is called in messages */
#define TOKENS(X)                                                                                                      \
    X(TOKEN_END, "the end")                                                                                            \
    X(TOKEN_BROKEN, "a broken word")                                                                                   \
    X(TOKEN_NUMBER, "a number")                                                                                        \
    X(TOKEN_STRING, "a text")                                                                                          \
    X(TOKEN_NAME, "a name")                                                                                            \
    X(TOKEN_AT, "@")                                                                                                   \
    X(TOKEN_OPEN, "(")                                                                                                 \
    X(TOKEN_CLOSE, ")")                                                                                                \
    X(TOKEN_OPEN_LIST, "[")                                                                                            \
    X(TOKEN_CLOSE_LIST, "]")                                                                                           \
    X(TOKEN_OPEN_CONTEXT, "{")                                                                                         \
    X(TOKEN_CLOSE_CONTEXT, "}")                                                                                        \
    X(TOKEN_COMMA, ",")                                                                                                \
    X(TOKEN_COLON, ":")                                                                                                \
    X(TOKEN_DOT, ".")                                                                                                  \
    X(TOKEN_DOTS, "..")                                                                                                \
    X(TOKEN_PLUS, "+")                                                                                                 \
    X(TOKEN_MINUS, "-")                                                                                                \
    X(TOKEN_TIMES, "*")                                                                                                \
    X(TOKEN_OVER, "/")                                                                                                 \
    X(TOKEN_POWER, "**")                                                                                               \
    X(TOKEN_EQUAL, "=")                                                                                                \
    X(TOKEN_UNEQUAL, "!=")                                                                                             \
    X(TOKEN_LESS, "<")                                                                                                 \
    X(TOKEN_AT_MOST, "<=")                                                                                             \
    X(TOKEN_MORE, ">")                                                                                                 \
    X(TOKEN_AT_LEAST, ">=")                                                                                            \
    X(TOKEN_AND, "and")                                                                                                \
    X(TOKEN_OR, "or")                                                                                                  \
    X(TOKEN_BETWEEN, "between")                                                                                        \
    X(TOKEN_IN, "in")                                                                                                  \
    X(TOKEN_IF, "if")                                                                                                  \
    X(TOKEN_THEN, "then")                                                                                              \
    X(TOKEN_ELSE, "else")                                                                                              \
    X(TOKEN_FOR, "for")                                                                                                \
    X(TOKEN_RETURN, "return")                                                                                          \
    X(TOKEN_SOME, "some")                                                                                              \
    X(TOKEN_EVERY, "every")                                                                                            \
    X(TOKEN_SATISFIES, "satisfies")                                                                                    \
    X(TOKEN_INSTANCE, "instance")                                                                                      \
    X(TOKEN_OF, "of")                                                                                                  \
    X(TOKEN_FUNCTION, "function")                                                                                      \
    X(TOKEN_TRUE, "true")                                                                                              \
    X(TOKEN_FALSE, "false")                                                                                            \
    X(TOKEN_NULL, "null")
typedef enum TokenKind {
#define X(name, text) name,
    TOKENS(X)
#undef X
} TokenKind;

typedef struct Token {
    TokenKind kind;
    size_t from, to;                               /* bytes of the text */
    Str text;                                      /* as written; of a string what it says, escapes read */
    const char *broken;                            /* of TOKEN_BROKEN: what is wrong */
    const char *hint;                              /* of TOKEN_BROKEN: what to do; may be NULL */
} Token;

Str token_word(TokenKind kind);
bool token_is_word(TokenKind kind);                /* a name or a word of the language, such as `and` */

/* The token at or after `at`, blanks and comments passed over. The arena is for strings with escapes. */
Token token_read(Arena *arena, Str text, size_t at);
void token_read_into(Token *token, Arena *arena, Str text, size_t at); /* the same, without a copy */

/* A name that may have blanks in it begins at `at`: where it ends in the text, or 0. Blanks count as one. */
size_t name_match(Str text, size_t at, Str name);
/* A key or parameter name followed by a colon begins at `at`: the name with its blanks made single. False when there is
 * none; `end` is behind the colon. */
bool name_before_colon(Arena *arena, Str text, size_t at, Str *name, size_t *end);

#endif
