/* Runs the cases of the DMN Technology Compatibility Kit: folders of models with test cases beside them.
 *
 *     build/tests/tck DIR… [--only PART] [--without PART]
 *
 * Prints each case that fails in one line: folder, case, node, what was expected and what came. A case passes if all
 * its results do. Numbers are equal within 1e-8, as the kit's own runners compare them. */
#include <dirent.h>
#include <stdio.h>
#include <time.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "rules/model_xml.h"
#include "rules/temporal.h"

enum { FILE_BYTES_MAX = 4 * 1024 * 1024, CASE_BYTES_MAX = 256 * 1024 * 1024, LEVELS_MAX = 20 };

typedef struct Runner {
    Str only, without;                           /* parts of paths; empty: all, none */
    int passed, failed, telling, telling_passed; /* telling: something else than null is expected */
    int folders, green;
} Runner;

/* ---- files ---- */

static bool read_whole(Arena *arena, Str path, Str *out)
{
    FILE *file = fopen(str_terminated(arena, path), "rb");
    if (!file)
        return false;
    char *bytes = arena_alloc(arena, FILE_BYTES_MAX + 1);
    size_t size = fread(bytes, 1, FILE_BYTES_MAX + 1, file);
    (void)fclose(file);
    *out = (Str){ bytes, size };
    return size <= FILE_BYTES_MAX;
}

static int by_name(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static Strs names_in(Arena *arena, Str folder)
{
    Strs names = { 0 };
    DIR *open = opendir(str_terminated(arena, folder));
    for (struct dirent *entry; open && (entry = readdir(open));)
        if (entry->d_name[0] != '.')
            list_push(arena, &names, str_copy(arena, str_from(entry->d_name)));
    if (open)
        (void)closedir(open);
    if (names.count)
        qsort(names.at, names.count, sizeof *names.at, by_name);
    return names;
}

static Str joined(Arena *arena, Str folder, Str name)
{
    return str_printf(arena, "%.*s/%.*s", STR_ARGS(folder), STR_ARGS(name));
}

/* ---- values of the kit ---- */

static bool is_of_kit(Str namespace)
{
    return str_equal(namespace, S("http://www.omg.org/spec/DMN/20160719/testcase"));
}

static bool is_nil(const XmlElement *element)
{
    return element && str_equal(xml_attribute(element, S("nil")), S("true"));
}

static Value simple_value(Arena *arena, const XmlElement *element)
{
    Str type = xml_attribute(element, S("type")), text = str_trim(element->text);
    size_t colon = str_find(type, S(":"));
    Value value = value_null();
    if (colon != SIZE_MAX)
        type = str_slice(type, colon + 1, type.len);
    const Str numbers[] = { S("decimal"), S("double"), S("integer"), S("int"), S("long"), S("float") };
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (str_equal(type, numbers[i]))
            return value_number(arena, text, &value) ? value : value_string(text);
    if (str_equal(type, S("boolean")))
        return value_boolean(str_equal(text, S("true")) || str_equal(text, S("1")));
    const Str times[] = { S("date"), S("time"), S("dateTime"), S("duration") };
    for (size_t i = 0; i < COUNT_OF(times); i++)
        if (str_equal(type, times[i]))
            return value_of_temporal(arena, text, &value) ? value : value_string(text);
    return value_string(element->text);
}

static Value kit_value(Arena *arena, const XmlElement *element)
{
    const XmlElement *list = xml_child(element, S("list")), *value = xml_child(element, S("value"));
    LIST(ContextEntry) entries = { 0 };
    Values items = { 0 };
    if (is_nil(element))
        return value_null();
    for (size_t i = 0; list && i < list->children.count; i++)
        list_push(arena, &items, kit_value(arena, list->children.at[i]));
    if (list)
        return is_nil(list) ? value_null() : value_of_items(arena, items);
    for (size_t i = 0; i < element->children.count; i++) {
        const XmlElement *component = element->children.at[i];
        if (!xml_is(component, S("component")))
            continue;
        if (is_nil(component) && !xml_attribute(component, S("name")).len)
            return value_null();
        list_push(arena, &entries, (ContextEntry){ xml_attribute(component, S("name")), kit_value(arena, component) });
    }
    if (entries.count)
        return value_context(arena, entries.at, entries.count);
    return value && !is_nil(value) ? simple_value(arena, value) : value_null();
}

static bool kit_equal(Arena *arena, Value want, Value got);

static bool numbers_near(Value want, Value got)
{
    Number difference, bound;
    bool exact;
    return number_subtract(want.box->number, got.box->number, &difference) &&
           number_parse(S("0.00000001"), &bound, &exact) &&
           number_compare(difference, bound) < 0 && number_compare(number_negate(difference), bound) < 0;
}

static bool lists_equal(Arena *arena, Value want, Value got)
{
    for (size_t i = 0; i < value_count(want); i++)
        if (!kit_equal(arena, value_item(want, i), value_item(got, i)))
            return false;
    return value_count(want) == value_count(got);
}

static bool contexts_equal(Arena *arena, Value want, Value got)
{
    for (size_t i = 0; i < want.box->entries->count; i++) {
        const ContextEntry *entry = &want.box->entries->at[i];
        if (!value_has(got, entry->key) || !kit_equal(arena, entry->value, value_get(got, entry->key)))
            return false;
    }
    return want.box->entries->count == got.box->entries->count;
}

static bool kit_equal(Arena *arena, Value want, Value got)
{
    if (want.kind != got.kind)
        return false;
    if (want.kind == VALUE_NUMBER)
        return numbers_near(want, got);
    if (want.kind == VALUE_LIST)
        return lists_equal(arena, want, got);
    if (want.kind == VALUE_CONTEXT)
        return contexts_equal(arena, want, got);
    return want.kind == VALUE_NULL || value_is_true(values_equal(arena, want, got));
}

/* ---- cases ---- */

static void print_value(Arena *arena, const char *before, Value value)
{
    Text text = text_begin(arena, 1 << 20);
    text_value(&text, value);
    printf("%s%.*s", before, STR_ARGS(str_slice(text_str(&text), 0, 200)));
}

/* What is not given is null here: the kit has no unknown. */
static Scope case_inputs(Arena *arena, const XmlElement *test)
{
    Scope scope = { .closed = true, .now = { (int64_t)time(NULL) * 1000000 } };
    for (size_t i = 0; i < test->children.count; i++)
        if (xml_is(test->children.at[i], S("inputNode")))
            scope_set(arena, &scope, xml_attribute(test->children.at[i], S("name")),
                      kit_value(arena, test->children.at[i]));
    return scope;
}

static Value case_result(Arena *arena, const Model *model, const XmlElement *test, Str node)
{
    Value value = value_null();
    Str kind = xml_attribute(test, S("type")), service = xml_attribute(test, S("invocableName"));
    Scope inputs = case_inputs(arena, test);
    bool found = model && str_equal(kind, S("decisionService")) ? model_serve(arena, model, service, &inputs, &value)
                 : model                                        ? model_decide(arena, model, node, &inputs, &value)
                                                                : false;
    if (!found)
        return value_string(S("(no such model, decision or service)"));
    bool several = str_equal(kind, S("decisionService")) && value_has(value, node) && !str_equal(node, service);
    return several ? value_get(value, node) : value;
}

static bool run_case(Runner *runner, Arena *arena, Str folder, const Model *model, const XmlElement *test)
{
    bool good = true, telling = false;
    for (size_t i = 0; i < test->children.count; i++) {
        const XmlElement *result = test->children.at[i], *expected = xml_child(result, S("expected"));
        if (!xml_is(result, S("resultNode")))
            continue;
        Str node = xml_attribute(result, S("name"));
        Value want = expected ? kit_value(arena, expected) : value_null();
        Value got = case_result(arena, model, test, node);
        telling = telling || want.kind != VALUE_NULL;
        if (kit_equal(arena, want, got))
            continue;
        good = false;
        printf("%.*s %.*s %.*s", STR_ARGS(folder), STR_ARGS(xml_attribute(test, S("id"))), STR_ARGS(node));
        print_value(arena, ": expected ", want);
        print_value(arena, ", got ", got);
        printf("\n");
    }
    good ? runner->passed++ : runner->failed++;
    runner->telling += telling;
    runner->telling_passed += telling && good;
    return good;
}

/* ---- folders ---- */

typedef LIST(ModelSource) Sources;

static Sources sources_in(Arena *arena, Str folder, const Strs *names, Str first)
{
    Sources sources = { 0 };
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < names->count; i++) {
            ModelSource source = { .name = names->at[i] };
            bool is_first = str_equal(names->at[i], first);
            if (!str_ends(names->at[i], S(".dmn")) || is_first != (round == 0))
                continue;
            if (read_whole(arena, joined(arena, folder, names->at[i]), &source.xml))
                list_push(arena, &sources, source);
        }
    }
    return sources;
}

static Str base_name(Str path)
{
    Str part = path, rest = path;
    while (str_cut(&rest, '/', &part))
        continue;
    return part;
}

static bool run_file(Runner *runner, Str folder, const Strs *names, Str file, bool *any)
{
    Arena *arena = arena_open(CASE_BYTES_MAX);
    Errors errors = errors_begin(arena);
    Str text;
    bool good = true;
    const XmlElement *root =
        read_whole(arena, joined(arena, folder, file), &text) ? xml_read(arena, file, text, is_of_kit, &errors) : NULL;
    if (root && xml_is(root, S("testCases"))) {
        Str first = xml_child_text(root, S("modelName"));
        if (!strs_has(names, first))
            first = str_printf(arena, "%.*s.dmn", STR_ARGS(base_name(folder)));
        Sources sources = sources_in(arena, folder, names, first);
        errors = errors_begin(arena);
        const Model *model = model_read(arena, sources.at, sources.count, &errors);
        Text told = text_begin(arena, 1 << 20);
        errors_print(&errors, &told);
        if (errors.list.count && runner->only.len)
            printf("%.*s", STR_ARGS(text_str(&told)));
        for (size_t i = 0; i < root->children.count; i++) {
            if (!xml_is(root->children.at[i], S("testCase")))
                continue;
            good = run_case(runner, arena, base_name(folder), model, root->children.at[i]) && good;
            *any = true;
        }
    }
    arena_close(arena);
    return good;
}

static bool is_wanted(const Runner *runner, Str path)
{
    return str_find(path, runner->only) != SIZE_MAX &&
           (!runner->without.len || str_find(path, runner->without) == SIZE_MAX);
}

static void run_folder(Runner *runner, Arena *arena, Str folder, int level)
{
    Strs names = names_in(arena, folder);
    bool any = false, good = true;
    for (size_t i = 0; i < names.count; i++) {
        Str path = joined(arena, folder, names.at[i]);
        struct stat about;
        if (stat(str_terminated(arena, path), &about) != 0)
            continue;
        if (S_ISDIR(about.st_mode) && level < LEVELS_MAX)
            run_folder(runner, arena, path, level + 1);
        else if (str_ends(names.at[i], S(".xml")) && is_wanted(runner, path))
            good = run_file(runner, folder, &names, names.at[i], &any) && good;
    }
    runner->folders += any;
    runner->green += any && good;
}

int main(int count, char **words)
{
    Runner runner = { 0 };
    Arena *arena = arena_open(64 << 20);
    Strs folders = { 0 };
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--only") == 0 && i + 1 < count)
            runner.only = str_from(words[++i]);
        else if (strcmp(words[i], "--without") == 0 && i + 1 < count)
            runner.without = str_from(words[++i]);
        else
            list_push(arena, &folders, str_from(words[i]));
    }
    for (size_t i = 0; i < folders.count; i++)
        run_folder(&runner, arena, folders.at[i], 0);
    arena_close(arena);
    printf("%d of %d cases that expect more than null passed; %d of %d folders are wholly green\n",
           runner.telling_passed, runner.telling, runner.green, runner.folders);
    printf("%d passed, %d failed\n", runner.passed, runner.failed);
    return runner.failed ? 1 : 0;
}
