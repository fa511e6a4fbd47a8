/* Expressions of templates, and the texts in them.
 *
 * A text that is written straight into the page is escaped, cut at its %1, %2 … and laid out here, for each language,
 * so that at run time only the arguments are left to do. A text inside another expression becomes a Str. */
#include "compiler.h"

#include <ctype.h>

typedef struct Span {
    const char *from, *to;
} Span;

/* One _(…) or _n(…): its texts in every language, English first, and its arguments. */
typedef struct Translation {
    const char *one[LANGUAGES_MOST + 1], *many[LANGUAGES_MOST + 1];
    bool counted;
    Span arguments[ARGUMENTS_MAX];
    int argument_count;
    int line;
} Translation;

static const char *const WRITERS[] = {
    [WRITE_TEXT] = "HTML_PUT",         [WRITE_ATTRIBUTE] = "HTML_PUT_ATTRIBUTE", [WRITE_URL] = "html_put_url",
    [WRITE_URL_PART] = "HTML_PUT_URL_PART", [WRITE_PHONE] = "html_put_phone",    [WRITE_ISO] = "HTML_PUT_ISO",
};

/* The %1 … %9 in a text, as bits. */
static unsigned placeholders(const char *text)
{
    unsigned found = 0;
    for (const char *p = text; *p; p++)
        if (p[0] == '%' && p[1] >= '1' && p[1] <= '9')
            found |= 1u << (p[1] - '1');
    return found;
}

static const char *skip_literal(const char *p)
{
    char quote = *p++;
    while (*p && *p != quote)
        p += *p == '\\' && p[1] ? 2 : 1;
    return *p ? p + 1 : p;
}

/* To the comma or closing bracket that ends the argument at p. */
static const char *argument_end(const char *p)
{
    int depth = 0;
    while (*p && (depth || (*p != ',' && *p != ')'))) {
        if (*p == '"' || *p == '\'') {
            p = skip_literal(p);
            continue;
        }
        depth += (strchr("([{", *p) != NULL) - (strchr(")]}", *p) != NULL);
        p++;
    }
    return p;
}

static void find_languages(Compiler *compiler, Translation *text)
{
    unsigned all = (1u << text->argument_count) - 1;
    const char *fullest = text->counted ? text->many[0] : text->one[0];
    if (placeholders(fullest) != all || (placeholders(text->one[0]) & ~all))
        FAIL(compiler, text->line, "%d arguments for \"%s\"", text->argument_count, fullest);
    for (int i = 0; i < compiler->catalogue_count; i++) {
        const Catalogue *catalogue = &compiler->catalogues[i];
        const Message untranslated = { .forms = { text->one[0], text->many[0] } };
        const Message *message = catalogue_find(catalogue, text->one[0]);
        if (!message || text->counted != (message->many && strcmp(message->many, text->many[0]) == 0)) {
            complain(compiler->path, text->line, "not in %s%s: \"%s\"", catalogue->path,
                     text->counted ? " with the same two forms" : "", text->one[0]);
            compiler->faults++;
            message = &untranslated;
        }
        text->one[i + 1] = message->forms[0];
        text->many[i + 1] = message->forms[1] ? message->forms[1] : message->forms[0];
        if (placeholders(text->counted ? text->many[i + 1] : text->one[i + 1]) != all ||
            (placeholders(text->one[i + 1]) & ~all))
            FAIL(compiler, text->line, "%s: other placeholders in the translation of \"%s\"", catalogue->path,
                 text->one[0]);
    }
}

static const char *read_text(Compiler *compiler, const char **at, int line)
{
    Buffer text = { 0 };
    if (!c_string_read(at, &text))
        FAIL(compiler, line, "a text to be translated must stand in quotes: %.40s", *at);
    while (isspace((unsigned char)**at))
        (*at)++;
    return text.data ? text.data : "";
}

/* p stands behind `_(` or `_n(`; returns behind the closing bracket. */
static const char *translation_read(Compiler *compiler, const char *p, int line, bool counted, Translation *text)
{
    *text = (Translation){ .counted = counted, .line = line };
    text->one[0] = read_text(compiler, &p, line);
    if (counted) {
        if (*p++ != ',')
            FAIL(compiler, line, "_n wants the text for one, the text for many, and the number");
        text->many[0] = read_text(compiler, &p, line);
    }
    while (*p == ',') {
        if (text->argument_count == ARGUMENTS_MAX)
            FAIL(compiler, line, "too many arguments for one text");
        Span argument = { p + 1, argument_end(p + 1) };
        text->arguments[text->argument_count++] = argument;
        p = argument.to;
    }
    if (*p != ')')
        FAIL(compiler, line, "a text without its closing bracket: \"%s\"", text->one[0]);
    if (counted && text->argument_count == 0)
        FAIL(compiler, line, "_n wants a number after its two texts");
    find_languages(compiler, text);
    return p + 1;
}

static char *span_copy(Span span)
{
    Buffer copy = { 0 };
    buffer_put(&copy, span.from, (size_t)(span.to - span.from));
    return copy.data;
}

static void escaped(Buffer *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        const char *entity = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : "&#39;";
        if (c != '\0' && strchr("&<>\"'", c))
            buffer_put(out, entity, strlen(entity));
        else
            buffer_char(out, c);
    }
}

/* A table of one text in all languages; returns its number. */
static int table_write(Compiler *compiler, const char *const *texts, bool escape)
{
    buffer_print(&compiler->texts, "static const Str text_%d[] = {", compiler->text_count);
    for (int i = 0; i <= compiler->catalogue_count; i++) {
        Buffer text = { 0 };
        buffer_put(&text, "", 0);
        if (escape)
            escaped(&text, texts[i], strlen(texts[i]));
        else
            buffer_put(&text, texts[i], strlen(texts[i]));
        buffer_print(&compiler->texts, " { ");
        buffer_c_string(&compiler->texts, text.data, text.len);
        buffer_print(&compiler->texts, ", %zu },", text.len);
    }
    buffer_print(&compiler->texts, " };\n");
    return compiler->text_count++;
}

static void translation_as_str(Compiler *compiler, Buffer *out, const Translation *text)
{
    Buffer choice = { 0 };
    int one = table_write(compiler, text->one, false);
    if (text->counted) {
        char *number = span_copy(text->arguments[0]);
        int many = table_write(compiler, text->many, false);
        buffer_print(&choice, "((");
        expression_rewrite(compiler, &choice, number, text->line);
        buffer_print(&choice, ") == 1 ? text_%d : text_%d)[out->language]", one, many);
    } else {
        buffer_print(&choice, "text_%d[out->language]", one);
    }
    if (text->argument_count == 0) {
        buffer_put(out, choice.data, choice.len);
        return;
    }
    buffer_print(out, "text_place(out->text.arena, %s, (const Str[]){ ", choice.data);
    for (int i = 0; i < text->argument_count; i++) {
        buffer_print(out, "HTML_WORDS(out, (");
        expression_rewrite(compiler, out, span_copy(text->arguments[i]), text->line);
        buffer_print(out, ")), ");
    }
    buffer_print(out, "}, %d)", text->argument_count);
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Is there a `_(` or `_n(` at p? Returns behind the bracket, or NULL. */
static const char *translation_starts(const char *p, const char *start, bool *counted)
{
    if (*p != '_' || (p > start && is_word(p[-1])))
        return NULL;
    p++;
    *counted = *p == 'n';
    p += *counted;
    return *p == '(' ? p + 1 : NULL;
}

void expression_rewrite(Compiler *compiler, Buffer *out, const char *expression, int line)
{
    for (const char *p = expression; *p;) {
        bool counted;
        const char *inside = translation_starts(p, expression, &counted);
        if (inside) {
            Translation text;
            p = translation_read(compiler, inside, line, counted, &text);
            translation_as_str(compiler, out, &text);
        } else if (*p == '"' || *p == '\'') {
            const char *end = skip_literal(p);
            buffer_put(out, p, (size_t)(end - p));
            p = end;
        } else {
            buffer_char(out, *p++);
        }
    }
}

/* The pieces of one text in one language, with the arguments between them. */
static void pieces_write(Compiler *compiler, Buffer *out, const Translation *text, const char *form, Writing writing)
{
    while (*form) {
        size_t len = 0;
        while (form[len] && !(form[len] == '%' && form[len + 1] >= '1' && form[len + 1] <= '9'))
            len++;
        if (len) {
            Buffer literal = { 0 };
            escaped(&literal, form, len);
            buffer_print(out, " html_literal(out, S(");
            buffer_c_string(out, literal.data, literal.len);
            buffer_print(out, "));");
        }
        form += len;
        if (*form) {
            buffer_print(out, " %s(out, (", WRITERS[writing]);
            expression_rewrite(compiler, out, span_copy(text->arguments[form[1] - '1']), text->line);
            buffer_print(out, "));");
            form += 2;
        }
    }
}

static void languages_write(Compiler *compiler, Buffer *out, const Translation *text, const char *const *forms,
                            Writing writing)
{
    buffer_print(out, "switch ((int)out->language) {");
    for (int i = compiler->catalogue_count; i >= 0; i--) {
        if (i)
            buffer_print(out, " case %d:", i);
        else
            buffer_print(out, " default:");
        pieces_write(compiler, out, text, forms[i], writing);
        buffer_print(out, " break;");
    }
    buffer_print(out, " }\n");
}

static void translation_write(Compiler *compiler, Buffer *out, const Translation *text, Writing writing)
{
    if (writing != WRITE_TEXT && writing != WRITE_ATTRIBUTE)
        FAIL(compiler, text->line, "a translated text has no place in a URL or a date: \"%s\"", text->one[0]);
    if (text->argument_count == 0) {
        buffer_print(out, "html_literal(out, text_%d[out->language]);\n", table_write(compiler, text->one, true));
        return;
    }
    if (text->counted) {
        buffer_print(out, "if ((");
        expression_rewrite(compiler, out, span_copy(text->arguments[0]), text->line);
        buffer_print(out, ") == 1) { ");
        languages_write(compiler, out, text, text->one, writing);
        buffer_print(out, "} else { ");
        languages_write(compiler, out, text, text->many, writing);
        buffer_print(out, "}\n");
        return;
    }
    languages_write(compiler, out, text, text->one, writing);
}

void expression_write(Compiler *compiler, Buffer *out, const char *expression, int line, Writing writing)
{
    bool counted;
    const char *inside = translation_starts(expression, expression, &counted);
    if (inside) {
        Translation text;
        const char *end = translation_read(compiler, inside, line, counted, &text);
        if (*end == '\0') {
            translation_write(compiler, out, &text, writing);
            return;
        }
    }
    buffer_print(out, "%s(out, (", WRITERS[writing]);
    expression_rewrite(compiler, out, expression, line);
    buffer_print(out, "));\n");
}
