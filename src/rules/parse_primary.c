/* The parser: what an expression is made of, and what may follow it: members, filters and arguments. */
#include "rules/parser.h"
#include "rules/temporal.h"
#include "rules/types.h"

static const Node *literal(Parser *parser, size_t at, Value value)
{
    Node *node = node_new(parser, NODE_LITERAL, at);
    node->literal = value;
    node->constant = &node->literal;
    return node;
}

static const Node *parse_number(Parser *parser)
{
    size_t at = parser->token.from;
    Value number = value_of_literal(parser->arena, parser->token.text);
    if (value_limit(number))
        return parse_fail(parser, at, STR_NONE, limit_text(parser->arena, number.limit));
    if (number.kind == VALUE_NULL)
        return parse_fail(parser, at, STR_NONE, S("this number is too large"));
    parser_advance(parser);
    return literal(parser, at, number);
}

static const Node *parse_at(Parser *parser)
{
    size_t at = parser->token.from;
    Value value;
    parser_advance(parser);
    if (parser->token.kind != TOKEN_STRING)
        return parse_unexpected(parser, "a text after @");
    bool good = value_of_temporal(parser->arena, parser->token.text, &value);
    if (!good)
        parse_warn(parser, at,
                   S("write @\"2026-10-26\", @\"2026-10-26T09:00:00+08:00\", @\"09:00:00\", @\"P30D\" or @\"P1Y2M\""),
                   S("this is no date, time or duration"));
    parser_advance(parser);
    return literal(parser, at, good ? value : value_null());
}

/* ---- lists, ranges, brackets ---- */

/* Behind the two dots. */
static const Node *parse_range_end(Parser *parser, size_t at, const Node *start, bool start_in)
{
    Node *node = node_new(parser, NODE_RANGE, at);
    node->range.start = start;
    node->range.start_in = start_in;
    parser->ranges++;
    node->range.end = parse_expression(parser);
    parser->ranges--;
    if (!node->range.end)
        return NULL;
    node->range.end_in = parser->token.kind == TOKEN_CLOSE_LIST;
    if (!parser_take(parser, TOKEN_CLOSE_LIST) && !parser_take(parser, TOKEN_CLOSE) &&
        !parser_take(parser, TOKEN_OPEN_LIST))
        return parse_unexpected(parser, "\"]\" or \")\" at the end of the range");
    return node;
}

/* At [ : a list, or a range that includes its start. */
static const Node *parse_list(Parser *parser)
{
    size_t at = parser->token.from;
    Node *node = node_new(parser, NODE_LIST, at);
    parser_advance(parser);
    if (parser_take(parser, TOKEN_CLOSE_LIST))
        return node;
    do {
        const Node *item = parse_expression(parser);
        if (!item)
            return NULL;
        if (node->parts.count == 0 && parser_take(parser, TOKEN_DOTS))
            return parse_range_end(parser, at, item, true);
        list_push(parser->arena, &node->parts, item);
    } while (parser_take(parser, TOKEN_COMMA));
    node->type = type_of_list(parser->arena, node->parts.at[0]->type);
    return parser_expect(parser, TOKEN_CLOSE_LIST, "at the end of the list") ? node : NULL;
}

/* (> 5) is a range without an end; (= 5) one of a single value. Behind the bracket. */
static const Node *parse_comparing_range(Parser *parser, size_t at, Operator sign)
{
    Node *node = node_new(parser, NODE_RANGE, at);
    if (sign == OPERATOR_UNEQUAL)
        return parse_fail(parser, parser->token.from, S("write it behind \"in\""),
                          S("(!= …) is a test and no range: it has no two ends"));
    parser_advance(parser);
    const Node *end = parse_arithmetic(parser);
    if (sign != OPERATOR_LESS && sign != OPERATOR_AT_MOST)
        node->range.start = end;
    if (sign != OPERATOR_MORE && sign != OPERATOR_AT_LEAST)
        node->range.end = end;
    node->range.start_in = sign == OPERATOR_AT_LEAST || sign == OPERATOR_EQUAL;
    node->range.end_in = sign == OPERATOR_AT_MOST || sign == OPERATOR_EQUAL;
    return end && parser_expect(parser, TOKEN_CLOSE, "at the end of the range") ? node : NULL;
}

/* At ( or ] : an expression in brackets, or a range without its start. */
static const Node *parse_bracketed(Parser *parser)
{
    size_t at = parser->token.from;
    bool bracket = parser->token.kind == TOKEN_OPEN;
    Operator sign;
    parser_advance(parser);
    if (bracket && parse_operator(parser->token.kind, &sign))
        return parse_comparing_range(parser, at, sign);
    const Node *inner = parse_expression(parser);
    if (!inner)
        return NULL;
    if (parser_take(parser, TOKEN_DOTS))
        return parse_range_end(parser, at, inner, false);
    if (!bracket)
        return parse_unexpected(parser, "\"..\" in the range");
    return parser_expect(parser, TOKEN_CLOSE, "to close the bracket") ? inner : NULL;
}

/* ---- contexts ---- */

static bool parse_key(Parser *parser, Str *key)
{
    size_t end;
    if (parser->token.kind == TOKEN_STRING) {
        *key = parser->token.text;
        parser_advance(parser);
        return parser_expect(parser, TOKEN_COLON, "after the key");
    }
    if (!name_before_colon(parser->arena, parser->text, parser->token.from, key, &end)) {
        parse_unexpected(parser, "a key and a colon, as in {name: value}");
        return false;
    }
    strs_add_once(parser->arena, &parser->spaced, *key);
    parser_go_to(parser, end);
    return true;
}

static bool has_key(const Node *context, Str key)
{
    for (size_t i = 0; i < context->entries.count; i++)
        if (str_equal(context->entries.at[i].key, key))
            return true;
    return false;
}

/* Later entries see earlier ones; a function sees itself. */
static const Node *parse_entry(Parser *parser, Node *context)
{
    Str key;
    size_t at = parser->token.from;
    if (!parse_key(parser, &key))
        return NULL;
    if (has_key(context, key))
        return parse_fail(parser, at, STR_NONE,
                          str_printf(parser->arena, "the key \"%.*s\" is there twice", STR_ARGS(key)));
    bool itself = parser->token.kind == TOKEN_FUNCTION;
    if (itself)
        parser_bind(parser, key, NULL);
    const Node *value = parse_expression(parser);
    if (value && !itself)
        parser_bind(parser, key, value->type);
    if (value)
        list_push(parser->arena, &context->entries, (KeyNode){ key, value });
    return value;
}

static const Node *parse_context(Parser *parser)
{
    Node *node = node_new(parser, NODE_CONTEXT, parser->token.from);
    size_t outside = parser->locals.count;
    parser_advance(parser);
    if (parser_take(parser, TOKEN_CLOSE_CONTEXT))
        return node;
    do {
        if (!parse_entry(parser, node))
            return NULL;
    } while (parser_take(parser, TOKEN_COMMA));
    parser->locals.count = outside;
    node->type = type_of_entries(parser->arena, node);
    return parser_expect(parser, TOKEN_CLOSE_CONTEXT, "at the end of the context") ? node : NULL;
}

/* ---- names and calls ---- */

static const Node *parse_name(Parser *parser)
{
    Naming naming;
    Node *node = node_new(parser, NODE_NAME, parser->token.from);
    must(parser_known_name(parser, &naming));
    node->type = naming.type;
    node->name.text = naming.name;
    node->name.local = naming.local;
    node->name.member = naming.member;
    node->name.builtin = naming.builtin;
    parser->previous = parser->token;
    parser->previous.to = naming.end;
    parser_go_to(parser, naming.end);
    parser->asked = parser->asked || (naming.local && str_equal(naming.name, S("?")));
    parser->partial = parser->partial || (naming.local && str_equal(naming.name, S("partial")));
    return node;
}

static bool is_known(const Parser *parser, Str name)
{
    for (size_t i = 0; parser->known && i < parser->known->list.count; i++)
        if (str_equal(parser->known->list.at[i].name, name))
            return true;
    return false;
}

/* A name is the name of a fact unless something else is meant; what is called must be known already. */
static bool note_free_name(Parser *parser, const Node *name)
{
    if (name->name.local || name->name.builtin)
        return true;
    if (parser->token.kind == TOKEN_OPEN && parser->filters == 0 && !is_known(parser, name->name.text)) {
        Str known = rules_nearest(parser->arena, name->name.text);
        Str hint = known.len ? str_printf(parser->arena, "did you mean \"%.*s\"?", STR_ARGS(known)) : STR_NONE;
        parse_fail(parser, name->at, hint,
                   str_printf(parser->arena, "there is no function \"%.*s\"", STR_ARGS(name->name.text)));
        return false;
    }
    if (parser->known && parser->known->unknown && parser->filters == 0 && !is_known(parser, name->name.text))
        strs_add_once(parser->arena, parser->known->unknown, name->name.text);
    if (!map_get(&parser->free, name->name.text)) {
        map_put(parser->arena, &parser->free, name->name.text, parser);
        list_push(parser->arena, &parser->names, name->name.text);
    }
    return true;
}

typedef LIST(KeyNode) Arguments;

static bool parse_arguments(Parser *parser, Arguments *arguments, bool *named)
{
    *named = false;
    parser_advance(parser);
    if (parser_take(parser, TOKEN_CLOSE))
        return true;
    do {
        KeyNode argument = { 0 };
        size_t end, at = parser->token.from;
        bool has_name = name_before_colon(parser->arena, parser->text, at, &argument.key, &end);
        if (arguments->count && has_name != *named) {
            parse_fail(parser, at, STR_NONE, S("either all arguments have a name, or none"));
            return false;
        }
        *named = has_name;
        if (has_name)
            parser_go_to(parser, end);
        argument.node = parse_expression(parser);
        if (!argument.node)
            return false;
        list_push(parser->arena, arguments, argument);
    } while (parser_take(parser, TOKEN_COMMA));
    return parser_expect(parser, TOKEN_CLOSE, "after the arguments");
}

/* A built-in's form is chosen and its arguments put in order now. A call that no form fits is null, as FEEL says. */
static const Node *parse_builtin_call(Parser *parser, const Node *name, const Arguments *arguments, bool named)
{
    Node *node = node_new(parser, NODE_BUILTIN, name->at);
    const Node *ordered[PARAMETERS_MAX] = { 0 };
    size_t order[PARAMETERS_MAX];
    Strs keys = { 0 };
    for (size_t i = 0; named && i < arguments->count; i++)
        list_push(parser->arena, &keys, arguments->at[i].key);
    const Builtin *row = named ? builtin_of_names(name->name.builtin, keys.at, keys.count, order)
                               : builtin_of_count(name->name.builtin, arguments->count);
    if (!row)
        return literal(parser, name->at, value_null());
    node->builtin.builtin = row;
    node->builtin.named = named;
    for (size_t i = 0; i < arguments->count && named; i++)
        ordered[order[i]] = arguments->at[i].node;
    for (size_t i = 0; i < (named ? builtin_arity(row) : arguments->count); i++) {
        const Node *argument = named ? ordered[i] : arguments->at[i].node;
        list_push(parser->arena, &node->builtin.arguments,
                  argument ? argument : literal(parser, name->at, value_null()));
    }
    return node;
}

static const Node *parse_call(Parser *parser, const Node *callee)
{
    Arguments arguments = { 0 };
    bool named;
    if (!parse_arguments(parser, &arguments, &named))
        return NULL;
    if (callee->kind == NODE_NAME && callee->name.builtin)
        return parse_builtin_call(parser, callee, &arguments, named);
    Node *node = node_new(parser, NODE_CALL, callee->at);
    node->call.callee = callee;
    node->call.named = named;
    for (size_t i = 0; i < arguments.count; i++)
        list_push(parser->arena, &node->call.arguments, arguments.at[i]);
    node->type = type_of_result(callee->type);
    return node;
}

/* ---- what follows ---- */

/* The longest of the names that stands at a place, if it is longer than the word there. */
static void take_longer(const Parser *parser, size_t from, Str known, size_t *end, Str *member)
{
    size_t to = name_match(parser->text, from, known);
    if (to > *end) {
        *end = to;
        *member = known;
    }
}

/* A member is one word, or the longest name of several words: of the type's members, or if nothing is known about it,
 * of the keys and properties that are known at all. */
static const Node *parse_member(Parser *parser, const Node *base)
{
    Node *node = node_new(parser, NODE_PATH, base->at);
    static const char *const OF_RANGES[] = { "start included", "end included" };
    const Members *members = type_members(base->type);
    parser_advance(parser);
    if (!token_is_word(parser->token.kind))
        return parse_unexpected(parser, "a name after the point");
    size_t from = parser->token.from, end = parser->token.to;
    node->path.base = base;
    node->path.member = parser->token.text;
    for (size_t i = 0; members && i < members->count; i++)
        take_longer(parser, from, members->at[i].name, &end, &node->path.member);
    for (size_t i = 0; !members && i < parser->spaced.count; i++)
        take_longer(parser, from, parser->spaced.at[i], &end, &node->path.member);
    /* A property of one word is the word that stands there. */
    for (size_t i = 0; !members && parser_sees_words(parser) && i < temporal_property_count(); i++)
        take_longer(parser, from, temporal_property(i), &end, &node->path.member);
    for (size_t i = 0; !members && i < COUNT_OF(OF_RANGES); i++)
        take_longer(parser, from, str_from(OF_RANGES[i]), &end, &node->path.member);
    node->type = type_of_member(parser->arena, base->type, node->path.member);
    parser->previous = parser->token;
    parser->previous.to = end;
    parser_go_to(parser, end);
    return node;
}

static const Node *parse_filter(Parser *parser, const Node *list)
{
    Node *node = node_new(parser, NODE_FILTER, list->at);
    size_t outside = parser->locals.count;
    const Members *members = type_members(list->type);
    parser_advance(parser);
    for (size_t i = 0; members && i < members->count; i++) {
        parser_bind(parser, members->at[i].name, members->at[i].type);
        parser->locals.at[parser->locals.count - 1].member = true;
    }
    parser_bind(parser, S("item"), type_of_items(list->type));
    parser->filters++;
    node->filter.list = list;
    node->filter.condition = parse_expression(parser);
    parser->filters--;
    parser->locals.count = outside;
    node->type = list->type;
    if (!node->filter.condition)
        return NULL;
    return parser_expect(parser, TOKEN_CLOSE_LIST, "at the end of the filter") ? node : NULL;
}

/* ---- what an expression begins with ---- */

static const Node *parse_string(Parser *parser)
{
    size_t at = parser->token.from;
    parser_advance(parser);
    return literal(parser, at, value_string(parser->previous.text));
}

static const Node *parse_constant(Parser *parser)
{
    size_t at = parser->token.from;
    TokenKind kind = parser->token.kind;
    parser_advance(parser);
    return literal(parser, at, kind == TOKEN_NULL ? value_null() : value_boolean(kind == TOKEN_TRUE));
}

static const Node *(*const PRIMARIES[])(Parser *parser) = {
    [TOKEN_NUMBER] = parse_number,     [TOKEN_STRING] = parse_string,        [TOKEN_AT] = parse_at,
    [TOKEN_TRUE] = parse_constant,     [TOKEN_FALSE] = parse_constant,       [TOKEN_NULL] = parse_constant,
    [TOKEN_NAME] = parse_name,         [TOKEN_OPEN] = parse_bracketed,       [TOKEN_CLOSE_LIST] = parse_bracketed,
    [TOKEN_OPEN_LIST] = parse_list,    [TOKEN_OPEN_CONTEXT] = parse_context, [TOKEN_IF] = parse_if,
    [TOKEN_FOR] = parse_for,           [TOKEN_SOME] = parse_quantified,      [TOKEN_EVERY] = parse_quantified,
    [TOKEN_FUNCTION] = parse_function,
};

static bool begins_primary(TokenKind kind)
{
    return (size_t)kind < COUNT_OF(PRIMARIES) && PRIMARIES[kind];
}

static const Node *parse_primary(Parser *parser)
{
    Naming naming;
    if (parser->token.kind != TOKEN_NAME && parser_known_name(parser, &naming))
        return parse_name(parser);
    if (!begins_primary(parser->token.kind))
        return parse_unexpected(parser, "a value");
    return PRIMARIES[parser->token.kind](parser);
}

/* In ]1..5[ the last bracket begins no filter: nothing follows that could be one. */
static bool is_range_end(const Parser *parser)
{
    if (parser->ranges == 0)
        return false;
    TokenKind next = token_read(parser->arena, parser->text, parser->token.to).kind;
    return next == TOKEN_CLOSE_LIST || (next != TOKEN_MINUS && !begins_primary(next));
}

const Node *parse_postfix(Parser *parser)
{
    const Node *node = parse_primary(parser);
    int links = 0;
    if (node && node->kind == NODE_NAME && !note_free_name(parser, node))
        return NULL;
    for (; node; links++) {
        node = node_ended(parser, node);
        if (parser->token.kind == TOKEN_DOT)
            node = parse_member(parser, node);
        else if (parser->token.kind == TOKEN_OPEN_LIST && !is_range_end(parser))
            node = parse_filter(parser, node);
        else if (parser->token.kind == TOKEN_OPEN)
            node = parse_call(parser, node);
        else
            break;
        if (!parser_enter(parser, 1))
            node = NULL;
    }
    parser->level -= links;
    return node;
}
