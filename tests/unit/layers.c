/* catalogue: a pack that stands on another one. */
#include "catalogue/catalogue.h"
#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena *arena;
static char folder[] = "/tmp/onestop-layers-XXXXXX";

static void run(const char *before, const char *after)
{
    CHECK(system(str_terminated(arena, str_printf(arena, "%s %s/%s", before, folder, after))) == 0);
}

static void write_file(const char *name, const char *content)
{
    FILE *file = fopen(str_terminated(arena, str_printf(arena, "%s/%s", folder, name)), "wb");
    must(file);
    CHECK(fwrite(content, 1, strlen(content), file) == strlen(content));
    fclose(file);
}

static const char PROVINCE[] = "pack: province\n"
                               "languages: [en]\n"
                               "language-names: {en: English}\n"
                               "name: {en: Onestop Province}\n"
                               "area-name: {en: Province}\n"
                               "area: 1\n"
                               "currency: CNY\n"
                               "utc-offset: \"+08:00\"\n"
                               "free-weekdays: [saturday, sunday]\n"
                               "upload-max-mb: 10\n"
                               "---\n"
                               "law: food-law\n"
                               "name: {en: Food Law}\n"
                               "---\n"
                               "authority: office\n"
                               "name: {en: Office}\n"
                               "level: province\n"
                               "task: {en: It decides.}\n"
                               "---\n"
                               "procedure: licensing\n"
                               "name: {en: Licensing}\n"
                               "correction: {time: 15 days}\n"
                               "deficiency: {time: 20 working days}\n"
                               "remedies: {name: {en: appeal}}\n"
                               "---\n"
                               "evidence: lease\n"
                               "name: {en: Lease}\n"
                               "upload: true\n"
                               "---\n"
                               "evidence: licence\n"
                               "name: {en: Licence}\n"
                               "---\n"
                               "service: licence\n"
                               "name: {en: Licence}\n"
                               "summary: {en: You may cook.}\n"
                               "authority: office\n"
                               "procedure: licensing\n"
                               "legal: {law: food-law, article: 35}\n"
                               "needs: {evidence: lease}\n"
                               "gives: licence\n"
                               "time: {statutory: 20 working days, promised: 15 working days}\n";

static const char CITY[] = "pack: city\n"
                           "base: ../province\n"
                           "name: {en: Onestop City}\n"
                           "area: 2\n"
                           "---\n"
                           "service: licence\n"
                           "time: {statutory: 20 working days, promised: 5 working days}\n"
                           "needs+: {evidence: photo}\n"
                           "---\n"
                           "evidence: photo\n"
                           "name: {en: Photo}\n"
                           "upload: true\n";

static const Pack *load(Errors *errors)
{
    *errors = errors_begin(arena);
    return pack_load(arena, str_printf(arena, "%s/city", folder), errors);
}

static void is_the_city(const Pack *pack)
{
    const Service *service = pack_service(pack, S("licence"));
    CHECK_STR(pack->id, S("city"));
    CHECK_STR(pack->name.in[0], S("Onestop City"));
    CHECK_STR(pack->area_name.in[0], S("Province"));
    CHECK(pack->area == 2 && pack->services.count == 1 && pack->evidence.count == 3);
    if (!CHECK(service && service->needs.count == 2 && service->time.count == 1))
        return;
    CHECK(service->time.at[0].promised.amount == 5);
    CHECK_STR(service->needs.at[0].any.at[0]->id, S("lease"));
    CHECK_STR(service->needs.at[1].any.at[0]->id, S("photo"));
    CHECK_STR(service->summary.in[0], S("You may cook."));
}

static void a_city_changes_some_keys_and_adds_some_documents(void)
{
    Errors errors;
    write_file("city/pack.yaml", CITY);
    const Pack *pack = load(&errors);
    if (CHECK(pack && errors.list.count == 0))
        is_the_city(pack);
}

static void what_was_kept_is_read_with_what_it_stands_on(void)
{
    Errors errors;
    write_file("city/pack.yaml", CITY);
    const Pack *pack = load(&errors);
    const Pack *kept = pack ? pack_read(arena, pack->text, &errors) : NULL;
    if (!CHECK(kept && errors.list.count == 0))
        return;
    is_the_city(kept);
    CHECK(hash_equal(&kept->version, &pack->version));
}

static void a_change_below_is_another_version(void)
{
    Errors errors;
    write_file("city/pack.yaml", CITY);
    const Pack *pack = load(&errors);
    run("sed -i 's/You may cook/You may bake/'", "province/pack.yaml");
    const Pack *changed = load(&errors);
    write_file("province/pack.yaml", PROVINCE);
    if (CHECK(pack && changed))
        CHECK(!hash_equal(&pack->version, &changed->version));
}

static bool is_large(const Pack *pack, const char *facts)
{
    Errors errors = errors_begin(arena);
    Scope scope = { 0 };
    must(scope_read(arena, str_from(facts), &scope, &errors));
    return value_is_true(rule_evaluate(arena, pack->derived.at[0]->rule.parsed, &scope));
}

/* A table of the province is found from above, and the city may have its own of the same name. */
static void a_city_may_have_its_own_table(void)
{
#define TABLE(most)                                                                                                    \
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" name=\"large\" namespace=\"urn:large\">"        \
    "<decision id=\"d\" name=\"Large\"><literalExpression><text>seats &gt; " most "</text></literalExpression></decision>" \
    "</definitions>"
    Errors errors;
    write_file("city/pack.yaml", CITY);
    write_file("province/facts.yaml", "fact: seats\ntype: number\nname: {en: Seats}\nquestion: {en: How many?}\n"
                                      "---\nfact: large\ntype: yes-no\nname: {en: Large}\n"
                                      "decision: {model: large.dmn, name: Large}\n");
    write_file("province/large.dmn", TABLE("50"));
    const Pack *below = load(&errors);
    write_file("city/large.dmn", TABLE("90"));
    const Pack *own = load(&errors), *kept = own ? pack_read(arena, own->text, &errors) : NULL;
    if (CHECK(below && own && kept && errors.list.count == 0)) {
        CHECK(is_large(below, "{seats: 51}") && !is_large(below, "{seats: 50}"));
        CHECK(is_large(own, "{seats: 91}") && !is_large(own, "{seats: 90}"));
        CHECK(is_large(kept, "{seats: 91}") && !is_large(kept, "{seats: 90}"));
    }
    run("rm", "city/large.dmn");
    run("rm", "province/large.dmn");
    run("rm", "province/facts.yaml");
}

static void a_fault_is_told_where_it_stands(void)
{
    static const struct {
        const char *city, *said;
    } CASES[] = {
        { "pack: city\nbase: ../province\n---\nservice: licence\nvisits: -1\n",
          "city/pack.yaml:5:9: error: \"visits\"" },
        { "pack: city\nbase: ../province\n---\nservice: licence\nneds+: 1\n",
          "city/pack.yaml:5:1: error: unknown key \"neds\"" },
        { "pack: city\nbase: ../province\n---\nevidence: photo\nname: {en: Photo}\nupload: true\n---\nevidence: "
          "photo\n",
          "city/pack.yaml:8:11: error: duplicate evidence" },
        { "pack: city\nbase: ../province\n---\nservice: other\nneeds+: {evidence: lease}\n",
          "city/pack.yaml:5:1: error: unknown key \"needs+\"" },
        { "pack: city\nbase: ../nowhere\n", "city/../nowhere: error: No such file or directory" },
        { "pack: city\nbase: ../city\n", "error: at most 4 packs stand on each other" },
        { "pack: city\nbase: []\n", "city/pack.yaml:2:7: error: \"base\"" },
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Errors errors;
        Text said = text_begin(arena, 100000);
        write_file("city/pack.yaml", CASES[i].city);
        CHECK(load(&errors) == NULL);
        errors_print(&errors, &said);
        if (!CHECK(str_find(text_str(&said), str_from(CASES[i].said)) != SIZE_MAX))
            printf("%.*s\n", STR_ARGS(text_str(&said)));
    }
}

int main(void)
{
    arena = arena_open(64 << 20);
    must(mkdtemp(folder) != NULL);
    run("mkdir", "province");
    run("mkdir", "city");
    write_file("province/pack.yaml", PROVINCE);
    RUN(a_city_changes_some_keys_and_adds_some_documents);
    RUN(what_was_kept_is_read_with_what_it_stands_on);
    RUN(a_change_below_is_another_version);
    RUN(a_city_may_have_its_own_table);
    RUN(a_fault_is_told_where_it_stands);
    run("rm -r", "");
    arena_close(arena);
    return test_end();
}
