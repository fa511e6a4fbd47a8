/* The parser: types, as `instance of` and the parameters of functions name them. DMN 1.5, 10.3.1.2, rules 41 and 42. */
#include "rules/parser.h"
#include "rules/types.h"

/* Longest first where one begins like another. */
static const struct {
    const char *name;
    ValueKind kind;
} TYPES[] = {
    { "date and time", VALUE_DATE_TIME },
    { "days and time duration", VALUE_DAYS_DURATION },
    { "years and months duration", VALUE_MONTHS_DURATION },
    { "number", VALUE_NUMBER },
    { "string", VALUE_STRING },
    { "boolean", VALUE_BOOLEAN },
    { "date", VALUE_DATE },
    { "time", VALUE_TIME },
    { "list", VALUE_LIST },
    { "context", VALUE_CONTEXT },
    { "range", VALUE_RANGE },
    { "function", VALUE_FUNCTION },
    { "Null", VALUE_NULL },
};
static const Type ANY = { .kinds = KINDS_ANY, .any_members = true };

static const Type *no_type(Parser *parser)
{
    Text known = text_begin(parser->arena, 500);
    text_put(&known, S("types are "));
    for (size_t i = 0; i < COUNT_OF(TYPES); i++)
        text_printf(&known, "%s, ", TYPES[i].name);
    text_put(&known, S("Any"));
    parse_fail(parser, parser->token.from, text_str(&known),
               str_printf(parser->arena, "there is no type \"%.*s\"",
                          STR_ARGS(str_slice(parser->text, parser->token.from, parser->token.to))));
    return NULL;
}

/* <T>, of a list or a range. */
static bool parse_item(Parser *parser, Type *type)
{
    parser_advance(parser);
    type->item = parse_type(parser);
    return type->item && parser_expect(parser, TOKEN_MORE, "after the type of the items");
}

/* <name: T, …> */
static bool parse_members(Parser *parser, Type *type)
{
    type->any_members = false;
    parser_advance(parser);
    do {
        Member member = { 0 };
        size_t end;
        if (!name_before_colon(parser->arena, parser->text, parser->token.from, &member.name, &end)) {
            parse_unexpected(parser, "a name and a colon, as in context<name: string>");
            return false;
        }
        parser_go_to(parser, end);
        member.type = parse_type(parser);
        if (!member.type)
            return false;
        list_push(parser->arena, &type->members, member);
    } while (parser_take(parser, TOKEN_COMMA));
    return parser_expect(parser, TOKEN_MORE, "after the types of the members");
}

/* <T, …> -> T */
static bool parse_signature(Parser *parser, Type *type)
{
    type->any_members = false;
    parser_advance(parser);
    if (parser->token.kind != TOKEN_MORE) {
        do {
            Member formal = { .type = parse_type(parser) };
            if (!formal.type)
                return false;
            list_push(parser->arena, &type->members, formal);
        } while (parser_take(parser, TOKEN_COMMA));
    }
    if (!parser_expect(parser, TOKEN_MORE, "after the types of the parameters") ||
        !parser_expect(parser, TOKEN_MINUS, "as in function<number> -> string") ||
        !parser_expect(parser, TOKEN_MORE, "as in function<number> -> string"))
        return false;
    type->item = parse_type(parser);
    return type->item != NULL;
}

static const Type *parse_generic(Parser *parser, ValueKind kind)
{
    Type *type = arena_new(parser->arena, Type);
    *type = *type_simple(kind);
    bool good = kind == VALUE_CONTEXT    ? parse_members(parser, type)
                : kind == VALUE_FUNCTION ? parse_signature(parser, type)
                                         : parse_item(parser, type);
    return good ? type : NULL;
}

static void take_name(Parser *parser, size_t end)
{
    parser->previous = parser->token;
    parser->previous.to = end;
    parser_go_to(parser, end);
}

/* One of the item definitions: the longest name. */
static const Type *parse_named(Parser *parser)
{
    const Map *types = parser->known ? parser->known->types : NULL;
    const Type *found = NULL;
    size_t end = 0;
    for (size_t i = 0; types && i < types->entries.count; i++) {
        size_t to = name_match(parser->text, parser->token.from, types->entries.at[i].key);
        if (to > end) {
            end = to;
            found = types->entries.at[i].value;
        }
    }
    if (found)
        take_name(parser, end);
    return found;
}

static const Type *parse_type_here(Parser *parser)
{
    const Type *named = parse_named(parser);
    if (named)
        return named;
    size_t any = name_match(parser->text, parser->token.from, S("Any"));
    if (any) {
        take_name(parser, any);
        return &ANY;
    }
    for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
        size_t end = name_match(parser->text, parser->token.from, str_from(TYPES[i].name));
        if (end == 0)
            continue;
        take_name(parser, end);
        bool generic = TYPES[i].kind >= VALUE_LIST && parser->token.kind == TOKEN_LESS;
        return generic ? parse_generic(parser, TYPES[i].kind) : type_simple(TYPES[i].kind);
    }
    return no_type(parser);
}

const Type *parse_type(Parser *parser)
{
    if (!parser_enter(parser, 1))
        return NULL;
    const Type *type = parse_type_here(parser);
    parser->level--;
    return type;
}
