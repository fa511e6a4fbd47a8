/* texts: what there is to translate, and the table that C code looks translations up in.
 *
 *     texts table OUT.c zh.mo …           the table of src/language/table.h
 *     texts missing zh.mo SOURCES…        what no .po has yet, as it must be written there; fails when there is any
 *     texts unused zh.mo SOURCES…         what a .po has and no source says; fails when there is any
 *
 * Sources are C and templates alike: a text is a string literal at a known place of a known call. xgettext was rejected
 * because it reads no templates and because our calls do not all begin with their text. */
#include "tool.h"

#include <ctype.h>

static const struct {
    const char *call;
    int place;                                     /* of the text among the arguments, from 0 */
    bool counted;                                  /* two texts stand there */
} CALLS[] = {
    { "_", 0, false },  { "_n", 0, true },      { "N_", 0, false },
    { "TR", 1, false }, { "text_in", 2, false }, { "text_counted", 2, true },
};

typedef struct Found {
    char *english, *many;
    const char *file;
    int line;
} Found;
typedef struct FoundList {
    Found *at;
    size_t count;
} FoundList;

static void found_add(FoundList *list, Found found)
{
    for (size_t i = 0; i < list->count; i++) {
        Found *known = &list->at[i];
        if (strcmp(known->english, found.english) == 0) {
            if (found.many)
                known->many = found.many;
            return;
        }
    }
    list->at = realloc(list->at, (list->count + 1) * sizeof *list->at);
    if (!list->at)
        give_up("memory", 0, "none left");
    list->at[list->count++] = found;
}

/* Past one argument and its comma; NULL where the call ends first. */
static const char *argument_skip(const char *p)
{
    for (int depth = 0; *p; p++) {
        if (*p == '"' || *p == '\'') {
            char quote = *p++;
            while (*p && *p != quote)
                p += *p == '\\' && p[1] ? 2 : 1;
            if (!*p)
                return NULL;
        } else if (*p == ',' && depth == 0) {
            return p + 1;
        } else if (strchr("([{", *p)) {
            depth++;
        } else if (strchr(")]}", *p) && depth-- == 0) {
            return NULL;
        }
    }
    return NULL;
}

static void call_read(FoundList *list, size_t call, const char *p, const char *file, int line)
{
    for (int i = 0; p && i < CALLS[call].place; i++)
        p = argument_skip(p);
    Buffer one = { 0 }, many = { 0 };
    if (!p || !c_string_read(&p, &one) || one.len == 0)
        return;
    if (CALLS[call].counted && (!(p = argument_skip(p)) || !c_string_read(&p, &many)))
        return;
    found_add(list, (Found){ one.data, many.data, file, line });
}

static void source_scan(FoundList *list, const char *file)
{
    Buffer source = file_read(file);
    const char *ending = strrchr(file, '.');
    bool template = ending && strcmp(ending, ".html") == 0;
    bool comment = false;
    int line = 1;
    for (const char *p = source.data; *p; p++) {
        line += *p == '\n';
        if (strncmp(p, comment ? (template ? "#}" : "*/") : (template ? "{#" : "/*"), 2) == 0)
            comment = !comment;
        if (comment)
            continue;
        if (p > source.data && (isalnum((unsigned char)p[-1]) || p[-1] == '_'))
            continue;
        for (size_t i = 0; i < sizeof CALLS / sizeof *CALLS; i++) {
            size_t len = strlen(CALLS[i].call);
            if (strncmp(p, CALLS[i].call, len) == 0 && p[len] == '(')
                call_read(list, i, p + len + 1, file, line);
        }
    }
}

/* Periods of language.c count their texts without a counted call: a many-form is known by its one-form's row. */
static bool is_known(const Catalogue *catalogue, const Found *found)
{
    const Message *message = catalogue_find(catalogue, found->english);
    if (message)
        return !found->many || (message->many && strcmp(message->many, found->many) == 0);
    for (size_t i = 0; !found->many && i < catalogue->count; i++)
        if (catalogue->messages[i].many && strcmp(catalogue->messages[i].many, found->english) == 0)
            return true;
    return false;
}

/* As C writes it, but a .po file knows no escaped question mark. */
static void po_string(Buffer *out, const char *text)
{
    buffer_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buffer_char(out, '\\');
        if (*text == '\n')
            buffer_put(out, "\\n", 2);
        else
            buffer_char(out, *text);
    }
    buffer_char(out, '"');
}

static int missing_print(const Catalogue *catalogue, const FoundList *list)
{
    int missing = 0;
    for (size_t i = 0; i < list->count; i++) {
        const Found *found = &list->at[i];
        if (is_known(catalogue, found))
            continue;
        Buffer entry = { 0 };
        const char *name = strstr(found->file, "src/");
        buffer_print(&entry, "\n#: %s:%d\nmsgid ", name ? name : found->file, found->line);
        po_string(&entry, found->english);
        if (found->many) {
            buffer_print(&entry, "\nmsgid_plural ");
            po_string(&entry, found->many);
        }
        buffer_print(&entry, "\nmsgstr%s \"\"\n", found->many ? "[0]" : "");
        fputs(entry.data, stdout);
        missing++;
    }
    printf("%s# %s: %d missing of %zu\n", missing ? "\n" : "", catalogue->path, missing, list->count);
    return missing;
}

static int unused_print(const Catalogue *catalogue, const FoundList *list)
{
    int unused = 0;
    for (size_t i = 0; i < catalogue->count; i++) {
        const char *english = catalogue->messages[i].english;
        bool used = *english == '\0';
        for (size_t j = 0; j < list->count && !used; j++)
            used = strcmp(list->at[j].english, english) == 0;
        if (!used)
            printf("%s: nothing says \"%s\"\n", catalogue->path, english);
        unused += !used;
    }
    return unused;
}

static void cell_put(Buffer *out, const char *text)
{
    buffer_print(out, " { ");
    buffer_c_string(out, text, strlen(text));
    buffer_print(out, ", %zu },", strlen(text));
}

static void table_write(const char *path, const Catalogue *catalogues, int count)
{
    Buffer out = { 0 };
    size_t rows = 0;
    buffer_print(&out, "/* Made from texts/ by texts: change those, not this. */\n#include \"language/table.h\"\n\n"
                       "_Static_assert(LANGUAGE_COUNT == %d, \"as many catalogues as languages\");\n"
                       "const LanguageRow LANGUAGE_ROWS[] = {\n",
                 count + 1);
    for (size_t i = 0; i < catalogues[0].count; i++) {
        const Message *first = &catalogues[0].messages[i];
        if (!*first->english)
            continue;
        buffer_print(&out, "    { ");
        buffer_c_string(&out, first->english, strlen(first->english));
        for (int form = 0; form < (first->many ? 2 : 1); form++) {
            buffer_print(&out, ", {");
            cell_put(&out, form ? first->many : first->english);
            for (int j = 0; j < count; j++) {
                const Message *message = catalogue_find(&catalogues[j], first->english);
                if (!message)
                    give_up(catalogues[j].path, 0, "no translation of \"%s\"", first->english);
                cell_put(&out, form && message->forms[1] ? message->forms[1] : message->forms[0]);
            }
            buffer_print(&out, " }");
        }
        buffer_print(&out, " },\n");
        rows++;
    }
    buffer_print(&out, "};\nconst size_t LANGUAGE_ROW_COUNT = %zu;\n", rows);
    file_write(path, &out);
}

int main(int argc, char **argv)
{
    enum { LANGUAGES_MOST = 8 };
    if (argc >= 4 && argc <= LANGUAGES_MOST + 3 && strcmp(argv[1], "table") == 0) {
        Catalogue catalogues[LANGUAGES_MOST];
        for (int i = 3; i < argc; i++)
            catalogues[i - 3] = catalogue_read(argv[i]);
        table_write(argv[2], catalogues, argc - 3);
        return 0;
    }
    bool missing = argc >= 4 && strcmp(argv[1], "missing") == 0;
    if (!missing && (argc < 4 || strcmp(argv[1], "unused") != 0)) {
        fprintf(stderr, "usage: texts table OUT.c LANGUAGE.mo …\n"
                        "       texts missing LANGUAGE.mo FILE …\n"
                        "       texts unused LANGUAGE.mo FILE …\n");
        return 2;
    }
    Catalogue catalogue = catalogue_read(argv[2]);
    FoundList list = { 0 };
    for (int i = 3; i < argc; i++)
        source_scan(&list, argv[i]);
    return (missing ? missing_print(&catalogue, &list) : unused_print(&catalogue, &list)) != 0;
}
