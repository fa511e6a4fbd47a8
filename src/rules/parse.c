/* The parser: its state, its messages, and expressions with operators. Recursive descent, one function a level of
 * binding, because its messages can say what was expected; operators of one level are one node.
 * Tried and left: a table-driven parser. Names that contain blanks and operators make tokens depend on what is known at
 * the place, and then the tables are the smaller half. */
#include "rules/parser.h"
#include "rules/letters.h"

/* ---- messages ---- */

void parse_warn(Parser *parser, size_t at, Str hint, Str what)
{
    if (!parser->failed)
        errors_add(parser->errors, place_within(parser->arena, parser->text, parser->place, at), hint, "%.*s",
                   STR_ARGS(what));
}

const Node *parse_fail(Parser *parser, size_t at, Str hint, Str what)
{
    parse_warn(parser, at, hint, what);
    parser->failed = true;
    return NULL;
}

const Node *parse_unexpected(Parser *parser, const char *wanted)
{
    const Token *token = &parser->token;
    if (token->kind == TOKEN_BROKEN)
        return parse_fail(parser, token->from, str_from(token->hint), str_from(token->broken));
    if (token->kind == TOKEN_END)
        return parse_fail(parser, token->from, STR_NONE,
                          str_printf(parser->arena, "expected %s, but the rule ends", wanted));
    Str written = str_slice(parser->text, token->from, token->to);
    return parse_fail(
        parser, token->from, STR_NONE,
        str_printf(parser->arena, "expected %s, found %.*s", wanted, STR_ARGS(str_slice(written, 0, 60))));
}

/* Two words where one name was meant: a built-in misspelt, or a fact written with a blank. */
static Str hint_for_words(const Parser *parser)
{
    Str word = parser->token.text, before = parser->previous.text;
    if (str_equal_nocase(word, S("and")) || str_equal_nocase(word, S("or")) || str_equal_nocase(word, S("in")))
        return S("words of FEEL are written in small letters");
    if (parser->previous.kind != TOKEN_NAME)
        return STR_NONE;
    Str both = str_printf(parser->arena, "%.*s %.*s", STR_ARGS(before), STR_ARGS(word));
    Str known = rules_nearest(parser->arena, both);
    if (known.len && str_distance(known, both) <= 2)
        return str_printf(parser->arena, "did you mean \"%.*s\"?", STR_ARGS(known));
    return str_printf(parser->arena, "the name of a fact has no blanks; is it %.*s_%.*s?", STR_ARGS(before),
                      STR_ARGS(word));
}

/* ---- tokens and names ---- */

void parser_go_to(Parser *parser, size_t at)
{
    token_read_into(&parser->token, parser->arena, parser->text, at);
}

void parser_advance(Parser *parser)
{
    parser->previous = parser->token;
    parser_go_to(parser, parser->token.to);
}

bool parser_take(Parser *parser, TokenKind kind)
{
    if (parser->token.kind != kind)
        return false;
    parser_advance(parser);
    return true;
}

bool parser_expect(Parser *parser, TokenKind kind, const char *why)
{
    if (parser_take(parser, kind))
        return true;
    Str word = token_word(kind);
    parse_unexpected(parser,
                     str_terminated(parser->arena, str_printf(parser->arena, "\"%.*s\" %s", STR_ARGS(word), why)));
    return false;
}

bool parser_enter(Parser *parser, int levels)
{
    parser->level += levels;
    if (parser->level <= RULE_LEVELS_MAX)
        return true;
    parse_fail(parser, parser->token.from, S("split the rule into several"), limit_text(parser->arena, LIMIT_LEVELS));
    return false;
}

static bool is_one_word(Str name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.data[i] <= '/')
            return false;
    return true;
}

static size_t match(const Parser *parser, Str name)
{
    const Token *token = &parser->token;
    /* Most names begin with another letter. */
    if (name.len == 0 || name.data[0] != token->text.data[0])
        return 0;
    if (is_one_word(name))
        return str_equal(name, token->text) ? token->to : 0;
    return name_match(parser->text, token->from, name);
}

void parser_bind(Parser *parser, Str name, const Type *type)
{
    list_push(parser->arena, &parser->locals, (Local){ .name = name, .type = type });
}

static void name_longest_local(const Parser *parser, Naming *naming)
{
    for (size_t i = parser->locals.count; i-- > 0;) {
        const Local *local = &parser->locals.at[i];
        size_t to = match(parser, local->name);
        if (to > naming->end || (to && to == naming->end && !naming->local))
            *naming = (Naming){ local->name, to, local->type, true, local->member, NULL };
    }
}

/* From outside; and within a filter, of whose items nothing is known, any key of several words. */
static void name_longest_known(const Parser *parser, Naming *naming, bool *known)
{
    for (size_t i = 0; parser->known && i < parser->known->list.count; i++) {
        const Known *outside = &parser->known->list.at[i];
        size_t to = match(parser, outside->name);
        if (to > naming->end || (to && to == naming->end && !naming->local)) {
            *naming = (Naming){ outside->name, to, outside->type, false, false, NULL };
            *known = true;
        }
    }
    for (size_t i = 0; parser->filters && i < parser->spaced.count; i++) {
        size_t to = match(parser, parser->spaced.at[i]);
        if (to > naming->end) {
            *naming = (Naming){ parser->spaced.at[i], to, NULL, false, false, NULL };
            *known = true;
        }
    }
}

/* Whether something like a word follows the one word at hand: most names are followed by an operator. */
bool parser_sees_words(const Parser *parser)
{
    size_t at = parser->token.to;
    uint32_t code_point;
    size_t used = utf8_next(parser->text, at, &code_point);
    if (used == 0 || !letter_is_blank(code_point))
        return false;
    for (; used && letter_is_blank(code_point); used = utf8_next(parser->text, at, &code_point))
        at += used;
    return used && letter_starts_name(code_point);
}

static void name_longest_builtin(const Parser *parser, Naming *naming, bool *known)
{
    size_t to;
    const Builtin *builtin = parser_sees_words(parser) ? builtin_at(parser->text, parser->token.from, &to) : NULL;
    if (builtin && to > naming->end) {
        *naming = (Naming){ .name = str_from(builtin->name), .end = to };
        *known = false;
    }
}

/* A name may also begin with a word of the language, "for sale", where it is known. */
bool parser_known_name(const Parser *parser, Naming *naming)
{
    const Token *token = &parser->token;
    bool known = false;
    if (!token_is_word(token->kind))
        return false;
    *naming = (Naming){ .name = token->text, .end = token->to };
    name_longest_local(parser, naming);
    name_longest_known(parser, naming, &known);
    if (token->kind != TOKEN_NAME)
        return naming->end > token->to;
    name_longest_builtin(parser, naming, &known);
    if (!naming->local && !known)
        naming->builtin = builtin_named(naming->name);
    return true;
}

Node *node_new(Parser *parser, NodeKind kind, size_t at)
{
    Node *node = arena_new(parser->arena, Node);
    node->kind = kind;
    node->at = (uint32_t)at;
    return node;
}

/* The parser alone completes what it made. */
const Node *node_ended(Parser *parser, const Node *node)
{
    if (!node || node->text.len)
        return node;
    Node *own = (Node *)node;
    own->text = str_slice(parser->text, node->at, parser->previous.to);
    if (node->kind != NODE_LITERAL && node->kind != NODE_NAME) /* most are, and there is nothing to find out */
        node_fold(parser, own);
    return node;
}

/* ---- operators ---- */

enum { CHAIN_SUM, CHAIN_PRODUCT, CHAIN_POWER, CHAIN_COUNT };
static const struct {
    TokenKind tokens[2];
    Operator operators[2];
} CHAINS[CHAIN_COUNT] = {
    [CHAIN_SUM] = { { TOKEN_PLUS, TOKEN_MINUS }, { OPERATOR_ADD, OPERATOR_SUBTRACT } },
    [CHAIN_PRODUCT] = { { TOKEN_TIMES, TOKEN_OVER }, { OPERATOR_MULTIPLY, OPERATOR_DIVIDE } },
    [CHAIN_POWER] = { { TOKEN_POWER, TOKEN_POWER }, { OPERATOR_POWER, OPERATOR_POWER } },
};

bool parse_operator(TokenKind kind, Operator *sign)
{
    static const Operator COMPARISONS[] = {
        [TOKEN_EQUAL] = OPERATOR_EQUAL,     [TOKEN_UNEQUAL] = OPERATOR_UNEQUAL, [TOKEN_LESS] = OPERATOR_LESS,
        [TOKEN_AT_MOST] = OPERATOR_AT_MOST, [TOKEN_MORE] = OPERATOR_MORE,       [TOKEN_AT_LEAST] = OPERATOR_AT_LEAST,
    };
    if (kind >= COUNT_OF(COMPARISONS) || COMPARISONS[kind] == OPERATOR_ADD) /* none: it is the first of them */
        return false;
    *sign = COMPARISONS[kind];
    return true;
}

/* Minus binds closer than **, as FEEL says: -3 ** 2 is 9. */
static const Node *parse_negative(Parser *parser)
{
    size_t at = parser->token.from;
    if (!parser_take(parser, TOKEN_MINUS))
        return parse_postfix(parser);
    if (!parser_enter(parser, 1))
        return NULL;
    const Node *operand = parse_negative(parser);
    parser->level--;
    if (!operand)
        return NULL;
    Node *node = node_new(parser, NODE_NEGATIVE, at);
    if (operand->kind == NODE_LITERAL && operand->literal.kind == VALUE_NUMBER) {
        node->kind = NODE_LITERAL;
        node->constant = &node->literal;
        node->literal = value_of_number(parser->arena, number_negate(operand->literal.box->number));
    } else {
        list_push(parser->arena, &node->parts, operand);
    }
    return node_ended(parser, node);
}

static const Node *parse_chain(Parser *parser, int loosest);

/* What follows `first` on one level of binding; its operands bind closer. */
static const Node *parse_links(Parser *parser, int chain, size_t at, const Node *first)
{
    Node *node = NULL;
    for (;;) {
        bool second = parser->token.kind == CHAINS[chain].tokens[1];
        if (!second && parser->token.kind != CHAINS[chain].tokens[0])
            return node ? node_ended(parser, node) : first;
        parser_advance(parser);
        const Node *operand = parse_chain(parser, chain + 1);
        if (!operand)
            return NULL;
        if (!node) {
            node = node_new(parser, NODE_ARITHMETIC, at);
            node->arithmetic.first = first;
        }
        list_push(parser->arena, &node->arithmetic.steps, (Step){ CHAINS[chain].operators[second], operand });
    }
}

/* How close a sign of arithmetic binds; -1 where it is none. */
static int chain_of(TokenKind kind)
{
    static const int CHAIN_OF[] = { [TOKEN_PLUS - TOKEN_PLUS] = CHAIN_SUM,
                                    [TOKEN_MINUS - TOKEN_PLUS] = CHAIN_SUM,
                                    [TOKEN_TIMES - TOKEN_PLUS] = CHAIN_PRODUCT,
                                    [TOKEN_OVER - TOKEN_PLUS] = CHAIN_PRODUCT,
                                    [TOKEN_POWER - TOKEN_PLUS] = CHAIN_POWER };
    return kind >= TOKEN_PLUS && kind <= TOKEN_POWER ? CHAIN_OF[kind - TOKEN_PLUS] : -1;
}

/* An operand is read once, and what follows tells how far it reaches: most are followed by nothing. */
static const Node *parse_chain(Parser *parser, int loosest)
{
    size_t at = parser->token.from;
    const Node *node = parse_negative(parser);
    for (int chain; node && (chain = chain_of(parser->token.kind)) >= loosest;)
        node = parse_links(parser, chain, at, node);
    return node;
}

const Node *parse_arithmetic(Parser *parser)
{
    return parse_chain(parser, CHAIN_SUM);
}

static const Node *parse_between(Parser *parser, const Node *value)
{
    Node *node = node_new(parser, NODE_BETWEEN, value->at);
    node->between.value = value;
    node->between.low = parse_arithmetic(parser);
    if (!node->between.low || !parser_expect(parser, TOKEN_AND, "between the two ends of \"between\""))
        return NULL;
    node->between.high = parse_arithmetic(parser);
    return node->between.high ? node : NULL;
}

static const Node *parse_instance(Parser *parser, const Node *value)
{
    Node *node = node_new(parser, NODE_INSTANCE, value->at);
    node->instance.value = value;
    if (!parser_expect(parser, TOKEN_OF, "after \"instance\""))
        return NULL;
    node->instance.type = parse_type(parser);
    return node->instance.type ? node : NULL;
}

/* One more comparison behind `left`, or `left` itself. */
static const Node *parse_compared(Parser *parser, const Node *left)
{
    Operator sign;
    if (parser_take(parser, TOKEN_BETWEEN))
        return parse_between(parser, left);
    if (parser_take(parser, TOKEN_IN))
        return parse_in(parser, left);
    if (parser_take(parser, TOKEN_INSTANCE))
        return parse_instance(parser, left);
    if (!parse_operator(parser->token.kind, &sign))
        return left;
    parser_advance(parser);
    Node *node = node_new(parser, NODE_COMPARISON, left->at);
    node->comparison.sign = sign;
    node->comparison.left = left;
    node->comparison.right = parse_arithmetic(parser);
    return node->comparison.right ? node : NULL;
}

static const Node *parse_comparison(Parser *parser)
{
    const Node *left = parse_arithmetic(parser);
    int links = 0;
    while (left) {
        const Node *compared = parse_compared(parser, left);
        if (compared == left)
            break;
        links++;
        compared = node_ended(parser, compared);
        left = parser_enter(parser, 1) ? compared : NULL;
    }
    parser->level -= links;
    return left;
}

static const Node *parse_junction(Parser *parser, NodeKind kind)
{
    size_t at = parser->token.from;
    const TokenKind word = kind == NODE_OR ? TOKEN_OR : TOKEN_AND;
    const Node *first = kind == NODE_OR ? parse_junction(parser, NODE_AND) : parse_comparison(parser);
    if (!first || parser->token.kind != word)
        return first;
    Node *node = node_new(parser, kind, at);
    list_push(parser->arena, &node->parts, first);
    while (parser_take(parser, word)) {
        const Node *part = kind == NODE_OR ? parse_junction(parser, NODE_AND) : parse_comparison(parser);
        if (!part)
            return NULL;
        list_push(parser->arena, &node->parts, part);
    }
    return node_ended(parser, node);
}

const Node *parse_expression(Parser *parser)
{
    if (!parser_enter(parser, 1))
        return NULL;
    const Node *node = parse_junction(parser, NODE_OR);
    parser->level--;
    return node;
}

/* ---- the whole ---- */

static const Node *parse_whole(Parser *parser)
{
    parser_go_to(parser, 0);
    if (parser->token.kind == TOKEN_END)
        return parse_fail(parser, parser->token.from, STR_NONE, S("the rule is empty"));
    const Node *root = parse_expression(parser);
    if (!root || parser->token.kind == TOKEN_END)
        return root;
    if (!token_is_word(parser->token.kind))
        return parse_unexpected(parser, "an operator or the end of the rule");
    return parse_fail(parser, parser->token.from, hint_for_words(parser),
                      str_printf(parser->arena, "expected an operator or the end of the rule, found \"%.*s\"",
                                 STR_ARGS(parser->token.text)));
}

static bool parser_begin(Parser *parser, Str text)
{
    must(parser->errors != NULL);
    parser->text = str_slice(text, 0, RULE_TEXT_MAX);
    if (parser->known) {
        const Strs *members = &parser->known->members;
        parser->spaced = (Strs){ members->at, members->count, members->count }; /* shared until there are more */
    }
    if (text.len > RULE_TEXT_MAX)
        parse_fail(parser, 0, S("split the rule into several"), limit_text(parser->arena, LIMIT_TEXT));
    else if (!utf8_is_valid(parser->text))
        parse_fail(parser, 0, S("save the file as UTF-8"), S("this text is not UTF-8"));
    return !parser->failed;
}

const Rule *parse_text(Arena *arena, Str text, Place place, const Names *names, Errors *errors)
{
    Parser parser = { .arena = arena, .place = place, .errors = errors, .known = names };
    const Node *root = parser_begin(&parser, text) ? parse_whole(&parser) : NULL;
    if (!root)
        return NULL;
    must(!parser.failed && parser.level == 0 && parser.locals.count == 0);
    Rule *rule = arena_new(arena, Rule);
    *rule = (Rule){ .text = parser.text, .place = place, .root = root, .names = parser.names };
    return rule;
}

bool parse_tests_text(Arena *arena, Str text, Place place, const Names *names, const Type *asked, Tests *tests,
                      Errors *errors)
{
    Parser parser = { .arena = arena, .place = place, .errors = errors, .known = names };
    *tests = (Tests){ 0 };
    if (!parser_begin(&parser, text))
        return false;
    parser_go_to(&parser, 0);
    parser_bind(&parser, S("?"), asked);
    return parse_tests(&parser, tests);
}

const Rule *rule_parse(Arena *arena, Str text, Place place, Errors *errors)
{
    return rule_parse_in(arena, text, place, NULL, errors);
}

Str rule_text(const Rule *rule)
{
    return rule->text;
}

const Strs *rule_names(const Rule *rule)
{
    return &rule->names;
}

bool rules_name_is_taken(Arena *arena, Str name)
{
    Token token = token_read(arena, name, 0);
    return token.kind != TOKEN_NAME || token.to != name.len || builtin_named(name) || str_equal(name, S("item")) ||
           str_equal(name, S("partial")) || str_equal(name, S("?"));
}
