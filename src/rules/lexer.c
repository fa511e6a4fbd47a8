/* Words of a rule, one at a time. Punctuation and words of the language come from the one list of tokens. */
#include "rules/lexer.h"
#include "rules/letters.h"

static const Str WORDS[] = {
#define X(name, text) { text, sizeof(text) - 1 },
    TOKENS(X)
#undef X
};

/* What can be meant by a first character: the signs and words that begin with it, longer signs first. Every word of a
 * text asks this, and most are none of these. */
enum { BEGINNINGS_MAX = 3 };
static const TokenKind BEGINNINGS[0x80][BEGINNINGS_MAX] = {
    ['@'] = { TOKEN_AT },
    ['('] = { TOKEN_OPEN },
    [')'] = { TOKEN_CLOSE },
    ['['] = { TOKEN_OPEN_LIST },
    [']'] = { TOKEN_CLOSE_LIST },
    ['{'] = { TOKEN_OPEN_CONTEXT },
    ['}'] = { TOKEN_CLOSE_CONTEXT },
    [','] = { TOKEN_COMMA },
    [':'] = { TOKEN_COLON },
    ['.'] = { TOKEN_DOTS, TOKEN_DOT },
    ['+'] = { TOKEN_PLUS },
    ['-'] = { TOKEN_MINUS },
    ['*'] = { TOKEN_POWER, TOKEN_TIMES },
    ['/'] = { TOKEN_OVER },
    ['='] = { TOKEN_EQUAL },
    ['!'] = { TOKEN_UNEQUAL },
    ['<'] = { TOKEN_AT_MOST, TOKEN_LESS },
    ['>'] = { TOKEN_AT_LEAST, TOKEN_MORE },
    ['a'] = { TOKEN_AND },
    ['b'] = { TOKEN_BETWEEN },
    ['e'] = { TOKEN_ELSE, TOKEN_EVERY },
    ['f'] = { TOKEN_FOR, TOKEN_FUNCTION, TOKEN_FALSE },
    ['i'] = { TOKEN_IN, TOKEN_IF, TOKEN_INSTANCE },
    ['n'] = { TOKEN_NULL },
    ['o'] = { TOKEN_OR, TOKEN_OF },
    ['r'] = { TOKEN_RETURN },
    ['s'] = { TOKEN_SOME, TOKEN_SATISFIES },
    ['t'] = { TOKEN_THEN, TOKEN_TRUE },
};

Str token_word(TokenKind kind)
{
    return WORDS[kind];
}

bool token_is_word(TokenKind kind)
{
    return kind == TOKEN_NAME || kind >= TOKEN_AND;
}

static size_t skip_blanks(Str text, size_t at)
{
    uint32_t code_point;
    for (;;) {
        size_t used = utf8_next(text, at, &code_point);
        if (used == 0 || !letter_is_blank(code_point))
            return at;
        at += used;
    }
}

/* Past blanks, and comments to the end of the line or between slash-star and star-slash. */
static bool skip_comments(Str text, size_t *at)
{
    for (;;) {
        *at = skip_blanks(text, *at);
        if (*at == text.len || text.data[*at] != '/')
            return true;
        Str rest = str_slice(text, *at, text.len);
        if (str_starts(rest, S("//"))) {
            size_t end = str_find(rest, S("\n"));
            *at = end == SIZE_MAX ? text.len : *at + end;
        } else if (str_starts(rest, S("/*"))) {
            size_t end = str_find(str_slice(rest, 2, rest.len), S("*/"));
            if (end == SIZE_MAX)
                return false;
            *at += 2 + end + 2;
        } else {
            return true;
        }
    }
}

static size_t skip_name(Str text, size_t at)
{
    uint32_t code_point;
    for (;;) {
        size_t used = utf8_next(text, at, &code_point);
        if (used == 0 || !letter_in_name(code_point))
            return at;
        at += used;
    }
}

static size_t skip_digits(Str text, size_t at)
{
    while (at < text.len && letter_is_digit((unsigned char)text.data[at]))
        at++;
    return at;
}

static size_t skip_number(Str text, size_t at)
{
    at = skip_digits(text, at);
    if (at + 1 < text.len && text.data[at] == '.' && skip_digits(text, at + 1) > at + 1)
        at = skip_digits(text, at + 1);
    if (at < text.len && (text.data[at] == 'e' || text.data[at] == 'E')) {
        size_t sign = at + 1 < text.len && (text.data[at + 1] == '-' || text.data[at + 1] == '+');
        if (skip_digits(text, at + 1 + sign) > at + 1 + sign)
            at = skip_digits(text, at + 1 + sign);
    }
    return at;
}

static bool read_hex(Str text, size_t at, size_t digits, uint32_t *value)
{
    *value = 0;
    if (at + digits > text.len)
        return false;
    for (size_t i = at; i < at + digits; i++) {
        char c = text.data[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                : 16;
        if (digit == 16)
            return false;
        *value = *value << 4 | digit;
    }
    return true;
}

/* \uXXXX, also as a surrogate pair, and \UXXXXXX. Returns the bytes used, 0 where it is none. */
static size_t read_unicode(Str text, size_t at, uint32_t *code_point)
{
    uint32_t low;
    if (text.data[at + 1] == 'U')
        return read_hex(text, at + 2, 6, code_point) && *code_point <= 0x10FFFF ? 8 : 0;
    if (!read_hex(text, at + 2, 4, code_point))
        return 0;
    if (*code_point < 0xD800 || *code_point > 0xDFFF)
        return 6;
    if (*code_point > 0xDBFF || !str_starts(str_slice(text, at + 6, text.len), S("\\u")) ||
        !read_hex(text, at + 8, 4, &low) || low < 0xDC00 || low > 0xDFFF)
        return 0;
    *code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (low - 0xDC00);
    return 12;
}

/* One escape at a backslash into `out`. A backslash that begins none stands for itself, as in patterns: "\d+". */
static size_t read_escape(Str text, size_t at, Text *out)
{
    static const char ESCAPES[] = "\"\\'nrt", MEANT[] = "\"\\'\n\r\t";
    char next = at + 1 < text.len ? text.data[at + 1] : '\0';
    const char *found = next ? strchr(ESCAPES, next) : NULL;
    uint32_t code_point;
    if (found) {
        text_char(out, MEANT[found - ESCAPES]);
        return 2;
    }
    size_t used = next == 'u' || next == 'U' ? read_unicode(text, at, &code_point) : 0;
    if (used && code_point) {
        char bytes[4];
        size_t len;
        utf8_encode(code_point, bytes, &len);
        text_put(out, (Str){ bytes, len });
        return used;
    }
    text_char(out, '\\');
    return 1;
}

static void broken(Token *token, size_t to, const char *what, const char *hint)
{
    token->kind = TOKEN_BROKEN;
    token->to = to;
    token->broken = what;
    token->hint = hint;
}

static void read_string(Arena *arena, Str text, Token *token)
{
    size_t at = token->from + 1;
    bool escaped = false;
    while (at < text.len && text.data[at] != '"' && text.data[at] != '\n') {
        if (text.data[at] == '\\' && at + 1 < text.len && text.data[at + 1] != '\n') {
            escaped = true;
            at++;
        }
        at++;
    }
    if (at >= text.len || text.data[at] == '\n') {
        broken(token, at, "this text has no end", "close it with \" on the same line");
        return;
    }
    token->kind = TOKEN_STRING;
    token->to = at + 1;
    token->text = str_slice(text, token->from + 1, at);
    if (!escaped)
        return;
    Text plain = text_begin(arena, token->text.len);
    for (size_t i = 0; i < token->text.len;) {
        if (token->text.data[i] == '\\')
            i += read_escape(token->text, i, &plain);
        else
            text_char(&plain, token->text.data[i++]);
    }
    token->text = text_str(&plain);
}

static void read_word(Str text, Token *token)
{
    token->to = skip_name(text, token->from);
    token->text = str_slice(text, token->from, token->to);
    token->kind = TOKEN_NAME;
    unsigned char first = (unsigned char)token->text.data[0];
    for (size_t i = 0; first < COUNT_OF(BEGINNINGS) && i < BEGINNINGS_MAX && BEGINNINGS[first][i]; i++)
        if (str_equal(token->text, WORDS[BEGINNINGS[first][i]]))
            token->kind = BEGINNINGS[first][i];
}

/* What other languages write, and what FEEL writes for it. */
static const struct {
    char foreign[3];
    const char *what, *hint;
} FOREIGN[] = {
    { "==", "\"==\" is not FEEL", "write = to compare" },
    { "<>", "\"<>\" is not FEEL", "write != for \"is not equal\"" },
    { "=<", "\"=<\" is not FEEL", "write <=" },
    { "=>", "\"=>\" is not FEEL", "write >=" },
    { "&&", "\"&&\" is not FEEL", "write and" },
    { "||", "\"||\" is not FEEL", "write or" },
    { "'", "a text stands in double quotes", "write \"…\" instead of '…'" },
};

static void read_sign(Str text, Token *token)
{
    Str rest = str_slice(text, token->from, text.len);
    unsigned char first = (unsigned char)rest.data[0];
    /* What is foreign begins with = or <, or with what begins no sign of FEEL. */
    bool own = first < COUNT_OF(BEGINNINGS) && BEGINNINGS[first][0] && first != '=' && first != '<';
    for (size_t i = 0; i < COUNT_OF(FOREIGN) && !own; i++)
        if (FOREIGN[i].foreign[0] == rest.data[0] && str_starts(rest, str_from(FOREIGN[i].foreign))) {
            broken(token, token->from + 1, FOREIGN[i].what, FOREIGN[i].hint);
            return;
        }
    for (size_t i = 0; first < COUNT_OF(BEGINNINGS) && i < BEGINNINGS_MAX && BEGINNINGS[first][i]; i++) {
        Str sign = WORDS[BEGINNINGS[first][i]];
        if (sign.len > 1 && !str_starts(rest, sign))
            continue;
        token->kind = BEGINNINGS[first][i];
        token->to = token->from + sign.len;
        token->text = sign;
        return;
    }
    uint32_t code_point;
    token->to = token->from + utf8_next(text, token->from, &code_point);
    token->text = str_slice(text, token->from, token->to);
    broken(token, token->to, letter_plain(code_point) ? "this sign is not FEEL" : "this character is not FEEL",
           code_point == '!' ? "write not(…) or !=" : letter_plain(code_point));
}

static void read_number(Str text, Token *token)
{
    token->kind = TOKEN_NUMBER;
    token->to = skip_number(text, token->from);
    token->text = str_slice(text, token->from, token->to);
    if (skip_name(text, token->to) > token->to)
        broken(token, token->to, "a name cannot begin with a digit", "put a sign between number and name");
}

void token_read_into(Token *token, Arena *arena, Str text, size_t at)
{
    bool closed = skip_comments(text, &at);
    *token = (Token){ .kind = TOKEN_END, .from = at, .to = at };
    uint32_t code_point;
    if (!closed)
        broken(token, text.len, "this comment has no end", "close it with */");
    else if (utf8_next(text, at, &code_point) == 0)
        return;
    else if (code_point == '"')
        read_string(arena, text, token);
    else if (letter_starts_name(code_point))
        read_word(text, token);
    else if (letter_is_digit(code_point) || (code_point == '.' && skip_digits(text, at + 1) > at + 1))
        read_number(text, token);
    else
        read_sign(text, token);
}

Token token_read(Arena *arena, Str text, size_t at)
{
    Token token;
    token_read_into(&token, arena, text, at);
    return token;
}

/* ---- names with blanks ---- */

size_t name_match(Str text, size_t at, Str name)
{
    bool joint = false; /* around - + . / ' * blanks mean nothing */
    for (size_t i = 0; i < name.len; i++) {
        bool joins = letter_joins_names(name.data[i]);
        size_t behind = skip_blanks(text, at);
        if (name.data[i] == ' ') {
            if (behind == at)
                return 0;
            at = behind;
            continue;
        }
        if (i && (joint || joins))
            at = behind;
        if (at >= text.len || text.data[at] != name.data[i])
            return 0;
        at++;
        joint = joins;
    }
    return !joint && skip_name(text, at) > at ? 0 : at;
}

/* Where the colon is that ends a name beginning at `at`; SIZE_MAX for none. */
static size_t find_colon(Str text, size_t at)
{
    uint32_t code_point;
    if (utf8_next(text, at, &code_point) == 0 || !letter_starts_name(code_point))
        return SIZE_MAX;
    for (size_t used; (used = utf8_next(text, at, &code_point)) > 0; at += used) {
        Str rest = str_slice(text, at, text.len);
        if (code_point == ':')
            return at;
        bool joins = code_point < 0x80 && letter_joins_names((char)code_point);
        if ((!joins && !letter_in_name(code_point) && !letter_is_blank(code_point)) || str_starts(rest, S("//")) ||
            str_starts(rest, S("/*")))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

bool name_before_colon(Arena *arena, Str text, size_t at, Str *name, size_t *end)
{
    size_t colon = find_colon(text, at);
    if (colon == SIZE_MAX)
        return false;
    uint32_t code_point;
    Text plain = text_begin(arena, colon - at);
    bool blank = false, joint = true;
    for (size_t used; at < colon; at += used) {
        used = utf8_next(text, at, &code_point);
        bool joins = code_point < 0x80 && letter_joins_names((char)code_point);
        if (letter_is_blank(code_point)) {
            blank = true;
            continue;
        }
        if (blank && !joins && !joint)
            text_char(&plain, ' ');
        text_put(&plain, str_slice(text, at, at + used));
        blank = false;
        joint = joins;
    }
    *name = text_str(&plain);
    *end = colon + 1;
    return true;
}
