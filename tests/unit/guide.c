/* guide: what stands in a guide before anything was asked. The pack is small and made for the test: a licence without
 * which a kitchen permit cannot begin, papers from every source, limits of every kind. */
#include "web/guide.h"
#include "web/kept.h"
#include "web/pages.h"

#include "test.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static Arena *arena;
static const Pack *pack;

static const char PACK[] =
    "pack: test\nlanguages: [en, zh]\nlanguage-names: {en: English, zh: 中文}\nname: {en: Test, zh: 试}\n"
    "area-name: {en: Town, zh: 镇}\narea: 7\ncurrency: CNY\nutc-offset: \"+08:00\"\nfree-weekdays: [saturday, sunday]\n"
    "upload-max-mb: 10\nphone: \"12345\"\n---\n"
    "calendar: 2026\nsource: test\nfree: [{date: 2026-10-01, to: 2026-10-07, name: 国庆节}]\nworked: "
    "[2026-10-10]\n---\n"
    "law: food-law\nname: {en: Food Law, zh: 食品法}\n---\n"
    "law: fire-law\nname: {en: Fire Law, zh: 消防法}\n---\n"
    "authority: office\nname: {en: Office, zh: 局}\nlevel: city\ntask: {en: It decides., zh: 决定。}\n---\n"
    "procedure: licensing\nname: {en: Licensing, zh: 许可}\ncorrection: {time: 15 days}\ndeficiency: {time: 20 working "
    "days}\n"
    "remedies: {name: {en: appeal, zh: 复议}}\n---\n"
    "fact: cooks\ntype: yes-no\nname: {en: Cooking, zh: 烹饪}\nquestion: {en: Will you cook?, zh: 做饭吗？}\n---\n"
    "fact: form\ntype: choice\nname: {en: Form, zh: 形式}\nquestion: {en: As what?, zh: 什么形式？}\n"
    "choices: [{value: alone, name: {en: Alone, zh: 个人}}, {value: firm, name: {en: A firm, zh: 公司}}]\n---\n"
    "fact: shop_name\ntype: text\nname: {en: Name, zh: 店名}\nquestion: {en: What name?, zh: 店名？}\n---\n"
    "evidence: licence\nname: {en: Licence, zh: 执照}\n---\n"
    "evidence: permit\nname: {en: Permit, zh: 许可证}\n---\n"
    "evidence: card\nname: {en: Card, zh: 身份证}\nholder: office\n---\n"
    "evidence: promise\nname: {en: Promise, zh: 承诺}\ndeclares: {en: I promise., zh: 我承诺。}\n---\n"
    "evidence: report\nname: {en: Report, zh: 报告}\nupload: true\n---\n"
    "evidence: deed\nname: {en: Deed, zh: 产权证}\nupload: true\nheld: form = \"firm\"\n---\n"
    "service: licence\nname: {en: Licence, zh: 执照}\nsummary: {en: You may trade., zh: 可以经营。}\nauthority: "
    "office\n"
    "procedure: licensing\nlegal: [{law: food-law, article: \"35\"}, {law: food-law, article: \"33(1)\"}]\n"
    "needs:\n  - evidence: card\n  - any: [report, promise]\ngives: licence\n"
    "time:\n  - promised: 1 working day\n    illustrative: true\n---\n"
    "service: permit\nname: {en: Kitchen permit, zh: 厨房许可}\nsummary: {en: You may fry., zh: "
    "可以油炸。}\nauthority: office\n"
    "procedure: licensing\nlegal: [{law: fire-law, article: \"15\"}]\nwhen: cooks\n"
    "needs:\n  - evidence: licence\n  - any: [deed, report]\n    later: 10 working days\n  - evidence: card\ngives: "
    "permit\n"
    "time:\n  - when: form = \"firm\"\n    statutory: 2 working days\n  - statutory: 5 working days\n---\n"
    "event: open\nname: {en: Open a shop, zh: 开店}\nsummary: {en: You open., zh: 开店。}\naudience: {en: All., zh: "
    "所有人。}\n"
    "words: {en: \"shop, store, kiosk\", zh: \"商店,小卖部\"}\nbusiness: true\ngoals: [{evidence: permit}]\n"
    "sections: [{name: {en: Shop, zh: 店}, asks: [cooks, form, shop_name]}]\nlabel: shop_name\n"
    "declaration: {en: True., zh: 属实。}\n";

static void load(void)
{
    char folder[] = P_tmpdir "/onestop-guide-XXXXXX";
    arena = arena_open(8 << 20);
    CHECK(mkdtemp(folder) != NULL);
    const char *path = str_terminated(arena, str_printf(arena, "%s/pack.yaml", folder));
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(PACK, file) >= 0);
    fclose(file);
    Errors errors = errors_begin(arena);
    pack = pack_load(arena, str_from(folder), &errors);
    Text said = text_begin(arena, 10000);
    errors_print(&errors, &said);
    CHECK_STR(text_str(&said), STR_NONE);
    unlink(path);
    rmdir(folder);
}

static Request *request_in(int language)
{
    Desk *desk = arena_new(arena, Desk);
    Request *request = arena_new(arena, Request);
    desk->pack = pack;
    *request = (Request){ .arena = arena,
                          .desk = desk,
                          .pack = pack,
                          .language = language,
                          .actor = { .language = language },
                          .path = S("/"),
                          .today = date_of(2026, 9, 30) };
    return request;
}

static Gathering gathered(int language)
{
    Gathering it = { .request = request_in(language) };
    gather_event(&it, pack_event(pack, S("open")));
    return it;
}

/* LAW cn.licensing art.30, cn.visit-once art.4 */
static void a_wish_leads_to_every_service_that_can_be_needed(void)
{
    Gathering it = gathered(0);
    if (!CHECK(it.steps.count == 2))
        return;
    CHECK_STR(it.steps.at[0].service->id, S("licence"));
    CHECK_STR(it.steps.at[1].service->id, S("permit"));
    CHECK(event_leads_to(it.request, pack_event(pack, S("open")), pack_service(pack, S("licence"))));
}

static void what_only_a_possible_step_needs_is_not_always_needed(void)
{
    Gathering it = gathered(0);
    CHECK(!it.steps.at[1].always);
    CHECK_STR(it.steps.at[1].when, S("if you answer yes to “Will you cook?”"));
    CHECK(!it.steps.at[0].always);
}

static void dates_begin_today_and_a_step_begins_when_what_it_waits_for_is_done(void)
{
    Gathering it = gathered(0);
    /* 30 September is a Wednesday, 1 to 7 October are free, so one working day ends on Thursday the 8th. Five more are
     * the 9th, the worked Saturday the 10th, the 12th, 13th and 14th: the longer of the two limits. */
    CHECK(date_compare(it.steps.at[0].starts, date_of(2026, 9, 30)) == 0);
    CHECK(date_compare(it.steps.at[0].due.date, date_of(2026, 10, 8)) == 0);
    CHECK(date_compare(it.steps.at[1].starts, date_of(2026, 10, 8)) == 0);
    CHECK(date_compare(it.steps.at[1].due.date, date_of(2026, 10, 14)) == 0);
    CHECK(it.steps.at[1].after.count == 1);
    CHECK_STR(it.steps.at[1].after.at[0], S("Licence"));
    CHECK_STR(limit_words(it.request, it.steps.at[0].limit), S("1 working day by promise (an example)"));
    CHECK_STR(limit_words(it.request, it.steps.at[1].limit), S("5 working days by law"));
}

static void a_date_in_a_year_without_a_calendar_is_provisional(void)
{
    Gathering it = { .request = request_in(0) };
    it.request->today = date_of(2026, 12, 30);
    gather_event(&it, pack_event(pack, S("open")));
    CHECK(!it.steps.at[0].due.provisional);
    CHECK(it.steps.at[1].due.provisional);
}

static void a_paper_is_named_once_with_everybody_who_uses_it(void)
{
    Gathering it = gathered(0);
    if (!CHECK(it.materials.count == 4))
        return;
    size_t uses = 0;
    for (size_t i = 0; i < it.materials.count; i++)
        if (str_equal(it.materials.at[i].ways.at[0].type->id, S("card")))
            uses += it.materials.at[i].users.count;
    CHECK(uses == 2);
}

static void the_least_burdensome_source_comes_first(void)
{
    Gathering it = { .request = request_in(0) };
    gather_service(&it, pack_service(pack, S("licence")));
    if (!CHECK(it.materials.count == 2))
        return;
    CHECK(it.materials.at[0].ways.at[0].source == SOURCE_HELD);
    CHECK_STR(it.materials.at[1].ways.at[0].type->id, S("promise"));
    CHECK(it.materials.at[1].ways.at[0].source == SOURCE_DECLARED);
    CHECK(it.materials.at[1].ways.at[1].source == SOURCE_UPLOAD);
    CHECK_STR(material_name(it.request, &it.materials.at[1]), S("Promise or Report"));
}

static void what_government_may_have_already_says_in_which_case(void)
{
    Gathering it = { .request = request_in(1) };
    gather_service(&it, pack_service(pack, S("permit")));
    CHECK(it.materials.at[0].ways.at[0].source == SOURCE_GIVEN);
    CHECK_STR(it.materials.at[1].ways.at[0].held_when, S("“什么形式？”选“公司”"));
    CHECK(it.materials.at[1].need->later.amount == 10);
}

static void laws_are_named_once_with_all_their_articles(void)
{
    Request *request = request_in(0);
    Legals all = { 0 };
    legals_gather(request, &all, &pack_service(pack, S("licence"))->legal);
    legals_gather(request, &all, &pack_service(pack, S("licence"))->legal);
    legals_gather(request, &all, &pack_service(pack, S("permit"))->legal);
    if (!CHECK(all.count == 2))
        return;
    CHECK_STR(words_law(request, &all.at[0]), S("Food Law, articles 35 and 33(1)"));
    CHECK_STR(words_law(request_in(1), &all.at[0]), S("《食品法》第35条、第33条第1款"));
    CHECK_STR(words_law(request_in(1), &all.at[1]), S("《消防法》第15条"));
}

static Str page_of(Handler handler, int language, Str argument, Str field, Str value)
{
    Request *request = request_in(language);
    request->args[0] = argument;
    if (field.len)
        list_push(arena, &request->query, (Field){ field, value });
    return handler(request).body;
}

static bool says(Str page, const char *text)
{
    return str_find(page, str_from(text)) != SIZE_MAX;
}

static void a_guide_says_what_there_is_none_of(void)
{
    Str page = page_of(page_event, 0, S("open"), STR_NONE, STR_NONE);
    CHECK(says(page, "no fee"));
    CHECK(says(page, "no visit needed"));
    CHECK(says(page, "at most 6 working days"));
    CHECK(says(page, "No special step is planned."));
    page = page_of(page_service, 0, S("permit"), STR_NONE, STR_NONE);
    CHECK(says(page, "There is no special step."));
    CHECK(says(page, "no end is set"));
}

static void a_hit_says_by_which_word_it_was_found(void)
{
    Str page = page_of(page_search, 0, STR_NONE, S("q"), S("a kiosk"));
    CHECK(says(page, "Found by:") && says(page, "<span lang=\"en\">kiosk</span>"));
    page = page_of(page_search, 0, STR_NONE, S("q"), S("我想开小卖部"));
    CHECK(says(page, "<span lang=\"zh-Hans\">小卖部</span>"));
    /* The name itself says it. */
    CHECK(!says(page_of(page_search, 0, STR_NONE, S("q"), S("shop")), "Found by:"));
}

static void no_hit_shows_everything_and_whom_to_call(void)
{
    Str page = page_of(page_search, 0, STR_NONE, S("q"), S("xylophone"));
    CHECK(says(page, "Nothing fits these words."));
    CHECK(says(page, "12345") && says(page, "/events/open"));
}

static Str guide_read(Kept *kept, int language, Date day, Str reader)
{
    Request *request = request_in(language);
    request->args[0] = S("open");
    request->kept = kept;
    request->today = day;
    request->csrf = reader;
    request->actor.account = (Account){ .id = 1, .role = ROLE_APPLICANT, .name = reader };
    return page_event(request).body;
}

/* Each page twice, so that the second one is kept; and then all of them again, when the day is over and comes back. */
static void a_kept_guide_is_the_same_to_the_letter_for_every_reader_language_and_day(void)
{
    static const Str READERS[] = { S("first-reader"), S("second-reader") };
    Kept *kept = kept_open(pack);
    for (int round = 0; round < 2; round++)
        for (int day = 0; day < 2; day++)
            for (int language = 0; language < 2; language++)
                for (size_t reader = 0; reader < COUNT_OF(READERS); reader++) {
                    Date today = date_of(2026, 9, 29 + day);
                    Str page = guide_read(kept, language, today, READERS[reader]);
                    CHECK_STR(page, guide_read(NULL, language, today, READERS[reader]));
                    CHECK(str_find(page, READERS[reader]) != SIZE_MAX && str_find(page, READERS[1 - reader]) == SIZE_MAX);
                }
    const Event *event = pack_event(pack, S("open"));
    CHECK(kept_find(kept, arena, event, 0, date_of(2026, 9, 30)).safe.len > 0);
    CHECK(kept_find(kept, arena, event, 0, date_of(2026, 9, 29)).safe.len == 0);
    kept_close(kept);
}

static void *read_and_put(void *context)
{
    Kept *kept = context;
    const Event *event = pack_event(pack, S("open"));
    Arena *own = arena_open(1 << 20);
    size_t wrong = 0;
    for (int i = 0; i < 2000; i++) {
        const Date day = date_of(2026, 9, 1 + i % 2);
        const Str text = i % 2 ? S("of the second") : S("of the first, and longer");
        Markup found = kept_find(kept, own, event, 0, day);
        wrong += found.safe.len > 0 && !str_equal(found.safe, text);
        kept_put(kept, event, 0, day, (Markup){ text });
        if (i % 100 == 0)
            arena_reset(own);
    }
    arena_close(own);
    return wrong ? context : NULL;
}

static void guides_are_kept_and_read_by_many_at_once(void)
{
    pthread_t threads[4];
    void *wrong;
    Kept *kept = kept_open(pack);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        CHECK(pthread_create(&threads[i], NULL, read_and_put, kept) == 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        CHECK(pthread_join(threads[i], &wrong) == 0 && !wrong);
    kept_close(kept);
}

static void what_does_not_exist_is_not_found(void)
{
    Request *request = request_in(0);
    request->args[0] = S("nothing");
    CHECK(page_event(request).status == 404);
    CHECK(page_service(request).status == 404);
    CHECK(page_authority(request).status == 404);
}

int main(void)
{
    load();
    if (pack) {
        RUN(a_wish_leads_to_every_service_that_can_be_needed);
        RUN(what_only_a_possible_step_needs_is_not_always_needed);
        RUN(dates_begin_today_and_a_step_begins_when_what_it_waits_for_is_done);
        RUN(a_date_in_a_year_without_a_calendar_is_provisional);
        RUN(a_paper_is_named_once_with_everybody_who_uses_it);
        RUN(the_least_burdensome_source_comes_first);
        RUN(what_government_may_have_already_says_in_which_case);
        RUN(laws_are_named_once_with_all_their_articles);
        RUN(a_guide_says_what_there_is_none_of);
        RUN(a_hit_says_by_which_word_it_was_found);
        RUN(no_hit_shows_everything_and_whom_to_call);
        RUN(a_kept_guide_is_the_same_to_the_letter_for_every_reader_language_and_day);
        RUN(guides_are_kept_and_read_by_many_at_once);
        RUN(what_does_not_exist_is_not_found);
    }
    arena_close(arena);
    return test_end();
}
