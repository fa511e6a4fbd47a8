/* The parser: expressions that begin with a word, the tests of `in`, and types. */
#include "rules/parser.h"

/* ---- if, for, some, every, function ---- */

const Node *parse_if(Parser *parser)
{
    Node *node = node_new(parser, NODE_IF, parser->token.from);
    parser_advance(parser);
    node->branch.condition = parse_expression(parser);
    if (!node->branch.condition || !parser_expect(parser, TOKEN_THEN, "after the condition of \"if\""))
        return NULL;
    node->branch.then = parse_expression(parser);
    if (!node->branch.then || !parser_expect(parser, TOKEN_ELSE, "in \"if … then …\": every if has an else"))
        return NULL;
    node->branch.otherwise = parse_expression(parser);
    return node->branch.otherwise ? node : NULL;
}

/* A name to be bound: everything before the word `in`, so it may have blanks. */
static bool parse_bound_name(Parser *parser, Str *name)
{
    Text plain = text_begin(parser->arena, 1000);
    if (parser->token.kind != TOKEN_NAME) {
        parse_unexpected(parser, "a name");
        return false;
    }
    while (token_is_word(parser->token.kind) && parser->token.kind != TOKEN_IN) {
        if (plain.len)
            text_char(&plain, ' ');
        text_put(&plain, parser->token.text);
        parser_advance(parser);
    }
    *name = text_str(&plain);
    return parser_expect(parser, TOKEN_IN, "after the name");
}

/* name in list, … : each is bound for those after it and for the body. */
static bool parse_iterators(Parser *parser, Node *node)
{
    do {
        Iterator iterator = { 0 };
        if (node->loop.iterators.count == ITERATORS_MAX) {
            parse_fail(parser, parser->token.from, STR_NONE,
                       str_printf(parser->arena, "more than %d lists to go through at once", ITERATORS_MAX));
            return false;
        }
        if (!parse_bound_name(parser, &iterator.name))
            return false;
        iterator.list = parse_expression(parser);
        if (iterator.list && parser_take(parser, TOKEN_DOTS)) {
            iterator.end = parse_expression(parser);
            if (!iterator.end)
                return false;
        }
        if (!iterator.list)
            return false;
        list_push(parser->arena, &node->loop.iterators, iterator);
        list_push(parser->arena, &parser->locals, iterator.name);
    } while (parser_take(parser, TOKEN_COMMA));
    return true;
}

static const Node *parse_loop(Parser *parser, NodeKind kind, TokenKind word, const char *why)
{
    Node *node = node_new(parser, kind, parser->token.from);
    size_t outside = parser->locals.count;
    parser_advance(parser);
    if (!parse_iterators(parser, node) || !parser_expect(parser, word, why))
        return NULL;
    if (kind == NODE_FOR)
        list_push(parser->arena, &parser->locals, S("partial"));
    bool partial_outside = parser->partial;
    parser->partial = false;
    node->loop.body = parse_expression(parser);
    node->loop.partial = parser->partial;
    parser->partial = partial_outside;
    parser->locals.count = outside;
    return node->loop.body ? node : NULL;
}

const Node *parse_for(Parser *parser)
{
    return parse_loop(parser, NODE_FOR, TOKEN_RETURN, "after the lists of \"for\"");
}

const Node *parse_quantified(Parser *parser)
{
    bool some = parser->token.kind == TOKEN_SOME;
    return parse_loop(parser, some ? NODE_SOME : NODE_EVERY, TOKEN_SATISFIES,
                      some ? "after the lists of \"some\"" : "after the lists of \"every\"");
}

static bool parse_formal(Parser *parser, Formal *formal)
{
    size_t end;
    if (name_before_colon(parser->arena, parser->text, parser->token.from, &formal->name, &end)) {
        parser_go_to(parser, end);
        formal->typed = true;
        return parse_type(parser, &formal->type);
    }
    if (parser->token.kind != TOKEN_NAME) {
        parse_unexpected(parser, "the name of a parameter");
        return false;
    }
    formal->name = parser->token.text;
    parser_advance(parser);
    return true;
}

const Node *parse_function(Parser *parser)
{
    Node *node = node_new(parser, NODE_FUNCTION, parser->token.from);
    size_t outside = parser->locals.count;
    parser_advance(parser);
    if (!parser_expect(parser, TOKEN_OPEN, "after \"function\""))
        return NULL;
    if (parser->token.kind != TOKEN_CLOSE) {
        do {
            Formal formal = { 0 };
            if (!parse_formal(parser, &formal))
                return NULL;
            list_push(parser->arena, &node->function.formals, formal);
            list_push(parser->arena, &parser->locals, formal.name);
        } while (parser_take(parser, TOKEN_COMMA));
    }
    if (!parser_expect(parser, TOKEN_CLOSE, "after the parameters"))
        return NULL;
    node->function.body = parse_expression(parser);
    parser->locals.count = outside;
    return node->function.body ? node : NULL;
}

/* ---- the tests of `in` ---- */

static bool parse_test(Parser *parser, Node *in, bool in_brackets)
{
    Test test = { 0 };
    bool asked = parser->asked;
    parser->asked = false;
    if (parse_operator(parser->token.kind, &test.sign)) {
        parser_advance(parser);
        test.compares = true;
        test.node = parse_arithmetic(parser);
    } else {
        test.node = in_brackets ? parse_expression(parser) : parse_arithmetic(parser);
    }
    test.is_condition = parser->asked && !test.compares;
    parser->asked = asked;
    if (test.node)
        list_push(parser->arena, &in->in.tests, test);
    return test.node != NULL;
}

static bool opens(TokenKind kind)
{
    return kind == TOKEN_OPEN || kind == TOKEN_OPEN_LIST || kind == TOKEN_OPEN_CONTEXT;
}

static bool closes(TokenKind kind)
{
    return kind == TOKEN_CLOSE || kind == TOKEN_CLOSE_LIST || kind == TOKEN_CLOSE_CONTEXT;
}

/* A bracket behind `in` holds tests, unless it belongs to a range, (a..b), or to a longer value, (a)[1] or (a) + 1. */
static bool is_bracket_of_tests(const Parser *parser)
{
    int depth = 0;
    Token token = parser->token;
    while (depth > 0 || token.from == parser->token.from) {
        if (token.kind == TOKEN_END || token.kind == TOKEN_BROKEN)
            return true;
        if (depth == 1 && token.kind == TOKEN_DOTS)
            return false;
        depth += opens(token.kind) - closes(token.kind);
        token = token_read(parser->arena, parser->text, token.to);
    }
    return !opens(token.kind) && token.kind != TOKEN_DOT && !(token.kind >= TOKEN_PLUS && token.kind <= TOKEN_POWER);
}

const Node *parse_in(Parser *parser, const Node *value)
{
    Node *node = node_new(parser, NODE_IN, value->at);
    size_t outside = parser->locals.count;
    node->in.value = value;
    list_push(parser->arena, &parser->locals, S("?"));
    bool good;
    if (parser->token.kind == TOKEN_OPEN && is_bracket_of_tests(parser)) {
        parser_advance(parser);
        do {
            good = parse_test(parser, node, true);
        } while (good && parser_take(parser, TOKEN_COMMA));
        good = good && parser_expect(parser, TOKEN_CLOSE, "after the tests of \"in\"");
    } else {
        good = parse_test(parser, node, false);
    }
    parser->locals.count = outside;
    return good ? node : NULL;
}

/* ---- types ---- */

/* Longest first where one begins like another. */
static const struct {
    const char *name;
    uint32_t kinds;
} TYPES[] = {
    { "date and time", KIND(VALUE_DATE_TIME) },
    { "days and time duration", KIND(VALUE_DAYS_DURATION) },
    { "years and months duration", KIND(VALUE_MONTHS_DURATION) },
    { "number", KIND(VALUE_NUMBER) },
    { "string", KIND(VALUE_STRING) },
    { "boolean", KIND(VALUE_BOOLEAN) },
    { "date", KIND(VALUE_DATE) },
    { "time", KIND(VALUE_TIME) },
    { "list", KIND(VALUE_LIST) },
    { "context", KIND(VALUE_CONTEXT) },
    { "range", KIND(VALUE_RANGE) },
    { "function", KIND(VALUE_FUNCTION) },
    { "Any", KINDS_ANY },
    { "Null", KIND(VALUE_NULL) },
};

bool parse_type(Parser *parser, Type *type)
{
    for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
        size_t end = name_match(parser->text, parser->token.from, str_from(TYPES[i].name));
        if (end == 0)
            continue;
        type->kinds = TYPES[i].kinds;
        parser->previous = parser->token;
        parser_go_to(parser, end);
        if (parser->token.kind != TOKEN_LESS)
            return true;
        parse_fail(parser, parser->token.from, S("write the simple type, such as list"),
                   S("types of items are not looked at here"));
        return false;
    }
    Text known = text_begin(parser->arena, 500);
    text_put(&known, S("types are "));
    for (size_t i = 0; i < COUNT_OF(TYPES); i++)
        text_printf(&known, "%s%s", i ? ", " : "", TYPES[i].name);
    parse_fail(parser, parser->token.from, text_str(&known),
               str_printf(parser->arena, "there is no type \"%.*s\"",
                          STR_ARGS(str_slice(parser->text, parser->token.from, parser->token.to))));
    return false;
}
