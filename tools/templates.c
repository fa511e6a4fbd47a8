/* templates: compiles a page template to C functions, so that a misspelt field is a compile error, every output is
 * escaped for the place where it stands, and a text without its translation does not build.
 *
 *     templates OUT.c IN.html zh.mo …          (languages after English, in the order of LANGUAGES in language.h)
 *
 * HOW TO WRITE A PAGE
 *
 *     {% include "web/pages.h" %}                       the C header with the page's struct
 *     {# a comment: not sent to anybody #}
 *     {% page question(const QuestionPage *p) %}        defines void html_question(Html *out, const QuestionPage *p)
 *       {% call layout_begin(&p->layout) %}             calls html_layout_begin(out, &p->layout)
 *       <h1 class="govuk-heading-l">{{ p->title }}</h1>
 *       <p>{{ _("Section %1 of %2", p->section, p->sections) }}</p>
 *       {% if p->errors.count %} … {% else if p->late %} … {% else %} … {% end %}
 *       {% for service in p->services %}                item of a LIST(T): `service` is T *, `service_index` counts
 *         <li>{{ service->name }}, {{ service->due }}</li>
 *       {% end %}
 *       {% for *fact in p->facts %}                     of a LIST(const Fact *): with the star, `fact` is the pointer
 *       {% let period = p->service->time.at[0].promised %}
 *       {% call text_input(&(TextInput){ .name = S("area"), .label = _("Floor area"), .value = p->area }) %}
 *       {% call layout_end(&p->layout) %}
 *     {% end %}
 *
 * Anything between the marks is C. What `{{ … }}` writes is chosen by type: Str, char *, whole numbers, Date and
 * Instant (in words, "13 March 2026", "2026年3月13日"), Money, Period, Texts (in the reader's language), Markup (the only
 * type that is not escaped). Enumerations and bool do not compile: say in words what they mean.
 *
 * TEXTS. English stands in the template, its translation in texts/zh.po; `ninja -C build texts` lists what is missing,
 * ready to be pasted there. %1 … %9 are the arguments. _n("1 document", "%1 documents", n) counts; in the .po file it
 * is a msgid with msgid_plural. In C: TR(language, "text") and text_in(arena, language, "Section %1 of %2", a, b).
 *
 * CONTEXT. Refused: output in script, style, on… and style= attributes, in names of tags and attributes, in values
 * without quotes. A value of href, src or action begins with literal /, # or ? (what follows is percent-encoded), with
 * tel:, or is one Str that is checked when the page is made: only relative URLs pass, anything else becomes "#".
 * In datetime="" a date is written for machines. The branches of an `if` must end in the same context.
 *
 * Indentation, empty lines and lines with nothing but statements are not sent.
 *
 * TO ADD A FILE: write src/web/NAME.html, add 'NAME' to the list `templates` in src/web/meson.build, and declare
 * html_PAGE in a header for those who call it from C. Class names of the style sheet must stand in a template, a .c
 * file of src/web or onestop.js: rules for others are cut out of it.
 *
 * An interpreter at run time was tried on paper and rejected: it finds the misspelt field when a resident does. */
#include "compiler.h"

#include <ctype.h>

static void literal_flush(Compiler *compiler)
{
    if (compiler->literal.len) {
        buffer_print(&compiler->code, "html_literal(out, S(");
        buffer_c_string(&compiler->code, compiler->literal.data, compiler->literal.len);
        buffer_print(&compiler->code, "));\n");
    }
    compiler->literal.len = 0;
}

static void literal_put(Compiler *compiler, char c)
{
    Where before = compiler->context.where;
    bool joins = context_joins_url(&compiler->context, c);
    if (!context_feed(&compiler->context, c))
        FAIL(compiler, compiler->line, "%s", compiler->context.fault);
    if (joins) {
        literal_flush(compiler);
        buffer_print(&compiler->code, "html_put_url_slash(out);\n");
    } else {
        buffer_char(&compiler->literal, c);
    }
    compiler->line_is_empty = false;
    /* A browser drops one newline after <textarea>; it must not be one that somebody typed. */
    bool enters = before != IN_VERBATIM && compiler->context.where == IN_VERBATIM;
    if (enters && strcmp(compiler->context.tag, "textarea") == 0)
        buffer_char(&compiler->literal, '\n');
}

static void blank_flush(Compiler *compiler)
{
    if (compiler->blank_waits && !compiler->line_is_empty)
        literal_put(compiler, ' ');
    compiler->blank_waits = false;
}

static void literal_char(Compiler *compiler, char c)
{
    if (context_keeps_blanks(&compiler->context)) {
        literal_put(compiler, c);
    } else if (c == ' ' || c == '\t' || c == '\r') {
        compiler->blank_waits = true;
    } else if (c == '\n') {
        if (!compiler->line_is_empty)
            literal_put(compiler, '\n');
        compiler->line_is_empty = true;
        compiler->blank_waits = false;
    } else {
        blank_flush(compiler);
        literal_put(compiler, c);
    }
}

/* The compiler shall point at the template, not at what was made from it. */
static void code_place(Compiler *compiler, int line)
{
    literal_flush(compiler);
    buffer_print(&compiler->code, "#line %d ", line);
    buffer_c_string(&compiler->code, compiler->path, strlen(compiler->path));
    buffer_char(&compiler->code, '\n');
}

/* What stands between the opening mark at `at` and `close`, without blanks around it; moves behind `close`. */
static char *inside_read(Compiler *compiler, const char *close)
{
    int line = compiler->line;
    Buffer inside = { 0 };
    const char *p = compiler->at + 2;
    char quote = '\0';
    for (; *p && (quote || strncmp(p, close, 2) != 0); p++) {
        if (quote && *p == '\\' && p[1])
            buffer_char(&inside, *p++);
        else if (quote ? *p == quote : (*p == '"' || *p == '\'') && close[0] != '#')
            quote = quote ? '\0' : *p;
        if (*p == '\n')
            compiler->line++;
        if (inside.len || !isspace((unsigned char)*p))
            buffer_char(&inside, *p);
    }
    if (!*p)
        FAIL(compiler, line, "no %s closes what begins here", close);
    while (inside.len && isspace((unsigned char)inside.data[inside.len - 1]))
        inside.data[--inside.len] = '\0';
    compiler->at = p + 2;
    return inside.data ? inside.data : "";
}

/* Takes a word off the front; NULL when there is none. */
static char *word_take(char **rest)
{
    char *start = *rest, *p = start;
    while (isalnum((unsigned char)*p) || *p == '_')
        p++;
    if (p == start)
        return NULL;
    Buffer word = { 0 };
    buffer_put(&word, start, (size_t)(p - start));
    while (isspace((unsigned char)*p))
        p++;
    *rest = p;
    return word.data;
}

/* `name(arguments)` with nothing behind; returns the name and sets what stands in the brackets. */
static char *call_split(Compiler *compiler, char *text, int line, char **arguments)
{
    char *name = word_take(&text);
    size_t len = strlen(text);
    if (!name || len < 2 || text[0] != '(' || text[len - 1] != ')')
        FAIL(compiler, line, "name(arguments) is wanted here");
    text[len - 1] = '\0';
    *arguments = text + 1;
    return name;
}

static Block *block_open(Compiler *compiler, BlockKind kind, int line)
{
    if (compiler->depth == BLOCKS_MAX)
        FAIL(compiler, line, "blocks too deep in one another");
    if (!context_statement(&compiler->context))
        FAIL(compiler, line, "%s", compiler->context.fault);
    Block *block = &compiler->blocks[compiler->depth++];
    *block = (Block){ .kind = kind, .line = line, .start = compiler->context };
    return block;
}

static void branch_close(Compiler *compiler, Block *block, int line)
{
    if (!context_statement(&compiler->context))
        FAIL(compiler, line, "%s", compiler->context.fault);
    if (!block->has_result)
        block->result = compiler->context;
    else if (!context_merge(&block->result, &compiler->context))
        FAIL(compiler, line, "the branches of the block of line %d leave the page in different places", block->line);
    block->has_result = true;
}

static void page_open(Compiler *compiler, char *rest, int line)
{
    char *parameters;
    char *name = call_split(compiler, rest, line, &parameters);
    if (compiler->depth)
        FAIL(compiler, line, "a page inside another; the block of line %d is not closed", compiler->blocks[0].line);
    compiler->context = (Context){ .where = IN_TEXT };
    compiler->line_is_empty = true;
    block_open(compiler, BLOCK_PAGE, line);
    Buffer head = { 0 };
    buffer_print(&head, "void html_%s(Html *out%s%s)", name, *parameters ? ", " : "", parameters);
    buffer_print(&compiler->prototypes, "%s;\n", head.data);
    code_place(compiler, line);
    buffer_print(&compiler->code, "%s\n{\n", head.data);
}

static void if_open(Compiler *compiler, char *rest, int line)
{
    if (!*rest)
        FAIL(compiler, line, "if what?");
    block_open(compiler, BLOCK_IF, line);
    code_place(compiler, line);
    buffer_print(&compiler->code, "if (");
    expression_rewrite(compiler, &compiler->code, rest, line);
    buffer_print(&compiler->code, ") {\n");
}

static void else_open(Compiler *compiler, char *rest, int line)
{
    Block *block = compiler->depth ? &compiler->blocks[compiler->depth - 1] : NULL;
    if (!block || block->kind != BLOCK_IF || block->has_else)
        FAIL(compiler, line, "an else without its if");
    branch_close(compiler, block, line);
    compiler->context = block->start;
    char *word = word_take(&rest);
    if (word && (strcmp(word, "if") != 0 || !*rest))
        FAIL(compiler, line, "after else stands nothing, or: if and a condition");
    block->has_else = word == NULL;
    code_place(compiler, line);
    buffer_print(&compiler->code, "} else ");
    if (word) {
        buffer_print(&compiler->code, "if (");
        expression_rewrite(compiler, &compiler->code, rest, line);
        buffer_print(&compiler->code, ") ");
    }
    buffer_print(&compiler->code, "{\n");
}

static void for_open(Compiler *compiler, char *rest, int line)
{
    bool itself = *rest == '*';
    rest += itself;
    char *item = word_take(&rest);
    char *in = word_take(&rest);
    if (!item || !in || strcmp(in, "in") != 0 || !*rest)
        FAIL(compiler, line, "for item in list; or for *item in list, for a list of pointers");
    block_open(compiler, BLOCK_FOR, line);
    code_place(compiler, line);
    Buffer *code = &compiler->code;
    buffer_print(code, "for (size_t %s_index = 0; %s_index < (%s).count; %s_index++) { ", item, item, rest, item);
    buffer_print(code, "__auto_type %s = %s(%s).at[%s_index];\n", item, itself ? "" : "&", rest, item);
}

static void block_close(Compiler *compiler, int line)
{
    if (!compiler->depth)
        FAIL(compiler, line, "an end without a beginning");
    Block *block = &compiler->blocks[--compiler->depth];
    branch_close(compiler, block, line);
    if (!block->has_else && !context_merge(&block->result, &block->start))
        FAIL(compiler, line, "the block of line %d does not end where it began: a tag or a quote is open", block->line);
    if (block->kind == BLOCK_PAGE && !context_is_text(&block->result))
        FAIL(compiler, line, "the page of line %d ends inside a tag", block->line);
    compiler->context = block->result;
    literal_flush(compiler);
    buffer_print(&compiler->code, "}\n");
}

static void let_write(Compiler *compiler, char *rest, int line)
{
    char *name = word_take(&rest);
    if (!name || *rest != '=')
        FAIL(compiler, line, "let name = expression");
    code_place(compiler, line);
    buffer_print(&compiler->code, "__auto_type %s = (", name);
    expression_rewrite(compiler, &compiler->code, rest + 1, line);
    buffer_print(&compiler->code, ");\n");
}

static void call_write(Compiler *compiler, char *rest, int line)
{
    char *arguments;
    char *name = call_split(compiler, rest, line, &arguments);
    if (!context_is_text(&compiler->context))
        FAIL(compiler, line, "a call cannot stand inside <%s>", compiler->context.tag);
    code_place(compiler, line);
    buffer_print(&compiler->code, "html_%s(out%s", name, *arguments ? ", " : "");
    expression_rewrite(compiler, &compiler->code, arguments, line);
    buffer_print(&compiler->code, ");\n");
}

static void include_write(Compiler *compiler, char *rest, int line)
{
    if (compiler->depth)
        FAIL(compiler, line, "includes stand at the top, outside of pages");
    buffer_print(&compiler->includes, "#include %s\n", rest);
}

static const struct {
    const char *word;
    void (*write)(Compiler *compiler, char *rest, int line);
    bool outside;                                  /* stands outside of pages */
} STATEMENTS[] = {
    { "include", include_write, true }, { "page", page_open, true },   { "if", if_open, false },
    { "else", else_open, false },       { "for", for_open, false },     { "let", let_write, false },
    { "call", call_write, false },
};

static void statement_read(Compiler *compiler)
{
    int line = compiler->line;
    blank_flush(compiler);
    char *rest = inside_read(compiler, "%}");
    char *word = word_take(&rest);
    if (word && strcmp(word, "end") == 0 && !*rest) {
        block_close(compiler, line);
        return;
    }
    for (size_t i = 0; word && i < sizeof STATEMENTS / sizeof *STATEMENTS; i++) {
        if (strcmp(word, STATEMENTS[i].word) != 0)
            continue;
        if (!STATEMENTS[i].outside && !compiler->depth)
            FAIL(compiler, line, "%s stands outside of any page", word);
        STATEMENTS[i].write(compiler, rest, line);
        return;
    }
    FAIL(compiler, line, "no such statement: %s", word ? word : rest);
}

static void output_read(Compiler *compiler)
{
    int line = compiler->line;
    if (!compiler->depth)
        FAIL(compiler, line, "an output outside of any page");
    blank_flush(compiler);
    Writing writing;
    if (!context_output(&compiler->context, &writing))
        FAIL(compiler, line, "%s", compiler->context.fault);
    char *expression = inside_read(compiler, "}}");
    if (!*expression)
        FAIL(compiler, line, "nothing to write");
    code_place(compiler, line);
    expression_write(compiler, &compiler->code, expression, line, writing);
    compiler->line_is_empty = false;
}

static void template_read(Compiler *compiler)
{
    while (*compiler->at) {
        const char *p = compiler->at;
        if (p[0] == '{' && p[1] == '{') {
            output_read(compiler);
        } else if (p[0] == '{' && p[1] == '%') {
            statement_read(compiler);
        } else if (p[0] == '{' && p[1] == '#') {
            inside_read(compiler, "#}");
        } else {
            if (compiler->depth)
                literal_char(compiler, *p);
            else if (!isspace((unsigned char)*p))
                FAIL(compiler, compiler->line, "text outside of any page");
            compiler->line += *p == '\n';
            compiler->at++;
        }
    }
    if (compiler->depth)
        FAIL(compiler, compiler->blocks[compiler->depth - 1].line, "this block is not closed");
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc - 3 > LANGUAGES_MOST) {
        fprintf(stderr, "usage: templates OUT.c IN.html LANGUAGE.mo …\n");
        return 2;
    }
    Compiler compiler = { .path = argv[2], .line = 1, .line_is_empty = true };
    for (int i = 3; i < argc; i++)
        compiler.catalogues[compiler.catalogue_count++] = catalogue_read(argv[i]);
    Buffer source = file_read(argv[2]);
    compiler.at = source.data;
    template_read(&compiler);
    if (compiler.faults)
        return 1;

    Buffer out = { 0 };
    const char *name = strrchr(argv[2], '/');
    buffer_print(&out, "/* Made from %s by templates: change that, not this. */\n", name ? name + 1 : argv[2]);
    buffer_print(&out, "#include \"web/html.h\"\n");
    buffer_put(&out, compiler.includes.data, compiler.includes.len);
    buffer_print(&out, "_Static_assert(LANGUAGE_COUNT == %d, \"as many catalogues as languages\");\n",
                 compiler.catalogue_count + 1);
    buffer_put(&out, compiler.texts.data, compiler.texts.len);
    buffer_put(&out, compiler.prototypes.data, compiler.prototypes.len);
    buffer_put(&out, compiler.code.data, compiler.code.len);
    file_write(argv[1], &out);
    return 0;
}
