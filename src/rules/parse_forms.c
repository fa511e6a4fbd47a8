/* The parser: expressions that begin with a word, and the tests of `in` and of cells. */
#include "rules/parser.h"
#include "rules/types.h"

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
            parse_fail(parser, parser->token.from, STR_NONE, limit_text(parser->arena, LIMIT_ITERATORS));
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
        parser_bind(parser, iterator.name, iterator.end ? iterator.list->type : type_of_items(iterator.list->type));
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
        parser_bind(parser, S("partial"), NULL);
    bool partial_outside = parser->partial;
    parser->partial = false;
    node->loop.body = parse_expression(parser);
    node->loop.partial = parser->partial;
    parser->partial = partial_outside;
    parser->locals.count = outside;
    if (node->loop.body && kind == NODE_FOR)
        node->type = type_of_list(parser->arena, node->loop.body->type);
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

static bool parse_formal(Parser *parser, Member *formal)
{
    size_t end;
    if (name_before_colon(parser->arena, parser->text, parser->token.from, &formal->name, &end)) {
        parser_go_to(parser, end);
        formal->type = parse_type(parser);
        return formal->type != NULL;
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
            Member formal = { 0 };
            if (!parse_formal(parser, &formal))
                return NULL;
            list_push(parser->arena, &node->function.formals, formal);
            parser_bind(parser, formal.name, formal.type);
        } while (parser_take(parser, TOKEN_COMMA));
    }
    if (!parser_expect(parser, TOKEN_CLOSE, "after the parameters"))
        return NULL;
    bool external = parser->token.kind == TOKEN_NAME && str_equal(parser->token.text, S("external"));
    if (external)
        parser_advance(parser);
    const Node *body = parse_expression(parser);
    parser->locals.count = outside;
    /* Code in other languages is not run. */
    node->function.body = external ? NULL : body;
    return body ? node : NULL;
}

/* ---- the tests of `in` ---- */

static bool parse_test(Parser *parser, Tests *tests, bool whole)
{
    Test test = { 0 };
    bool asked = parser->asked;
    parser->asked = false;
    if (parse_operator(parser->token.kind, &test.sign)) {
        parser_advance(parser);
        test.compares = true;
        test.node = parse_arithmetic(parser);
    } else {
        test.node = whole ? parse_expression(parser) : parse_arithmetic(parser);
    }
    test.is_condition = parser->asked && !test.compares;
    parser->asked = asked;
    if (test.node)
        list_push(parser->arena, &tests->list, test);
    return test.node != NULL;
}

static bool parse_test_list(Parser *parser, Tests *tests)
{
    do {
        if (!parse_test(parser, tests, true))
            return false;
    } while (parser_take(parser, TOKEN_COMMA));
    return true;
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
    parser_bind(parser, S("?"), value->type);
    bool good;
    if (parser->token.kind == TOKEN_OPEN && is_bracket_of_tests(parser)) {
        parser_advance(parser);
        good =
            parse_test_list(parser, &node->in.tests) && parser_expect(parser, TOKEN_CLOSE, "after the tests of \"in\"");
    } else {
        good = parse_test(parser, &node->in.tests, false);
    }
    parser->locals.count = outside;
    return good ? node : NULL;
}

/* Whether not(…) is all there is: then it turns tests round, and is no condition. */
static bool is_negated_whole(const Parser *parser)
{
    if (parser->token.kind != TOKEN_NAME || !str_equal(parser->token.text, S("not")))
        return false;
    int depth = 0;
    Token token = token_read(parser->arena, parser->text, parser->token.to);
    if (token.kind != TOKEN_OPEN)
        return false;
    do {
        if (token.kind == TOKEN_END || token.kind == TOKEN_BROKEN)
            return true;
        depth += opens(token.kind) - closes(token.kind);
        token = token_read(parser->arena, parser->text, token.to);
    } while (depth > 0);
    return token.kind == TOKEN_END;
}

bool parse_tests(Parser *parser, Tests *tests)
{
    if (parser->token.kind == TOKEN_END)
        return true;
    if (parser->token.kind == TOKEN_MINUS &&
        token_read(parser->arena, parser->text, parser->token.to).kind == TOKEN_END)
        return true;
    tests->negated = is_negated_whole(parser);
    if (tests->negated) {
        parser_advance(parser);
        parser_advance(parser);
    }
    if (!parse_test_list(parser, tests) || (tests->negated && !parser_expect(parser, TOKEN_CLOSE, "to close \"not(\"")))
        return false;
    if (parser->token.kind != TOKEN_END)
        parse_unexpected(parser, "a comma or the end of the tests");
    return !parser->failed;
}
