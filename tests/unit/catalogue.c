/* catalogue: packs that are good in every key, and packs that are wrong in one. Each is written into a folder of its
 * own; what the loader says is compared as a whole: place, words, source line, caret and hint. */
#include "catalogue/catalogue.h"
#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena *arena;
static char folder[] = P_tmpdir "/onestop-catalogue-XXXXXX";
static Strs written;

static void write_file(const char *name, Str content)
{
    Str path = str_printf(arena, "%s/%s", folder, name);
    FILE *file = fopen(str_terminated(arena, path), "w");
    if (!CHECK(file != NULL))
        return;
    CHECK(fwrite(content.data, 1, content.len, file) == content.len);
    fclose(file);
    strs_add_once(arena, &written, path);
}

static void forget_files(void)
{
    for (size_t i = 0; i < written.count; i++)
        unlink(str_terminated(arena, written.at[i]));
    written.count = 0;
}

/* What was said, with the folder's random name as PACK, and without codes, which are tried in tests/lint. */
static Str said(const Errors *errors)
{
    Text text = text_begin(arena, 100000), plain = text_begin(arena, 100000);
    for (size_t i = 0; i < errors->list.count; i++) {
        Error error = errors->list.at[i];
        CHECK(error.kind != NULL);
        error.kind = NULL;
        error.chain = (Strs){ 0 };
        error_print(&error, &text);
    }
    if (errors_are_full(errors))
        text_printf(&text, "(stopped after %d errors)\n", ERRORS_MAX);
    for (Str rest = text_str(&text); rest.len;) {
        size_t at = str_find(rest, str_from(folder));
        text_put(&plain, str_slice(rest, 0, at));
        if (at == SIZE_MAX)
            break;
        text_put(&plain, S("PACK"));
        rest = str_slice(rest, at + strlen(folder), rest.len);
    }
    return text_str(&plain);
}

#define BASE                                                                                                           \
    "pack: test\n"                                                                                                     \
    "languages: [en, zh]\n"                                                                                            \
    "language-names: {en: English, zh: 中文}\n"                                                                        \
    "name: {en: Test, zh: 试}\n"                                                                                       \
    "area-name: {en: Town, zh: 镇}\n"                                                                                  \
    "area: 7\n"                                                                                                        \
    "currency: CNY\n"                                                                                                  \
    "utc-offset: \"+08:00\"\n"                                                                                         \
    "free-weekdays: [saturday, sunday]\n"                                                                              \
    "upload-max-mb: 10\n"                                                                                              \
    "---\n"                                                                                                            \
    "law: food-law\n"                                                                                                  \
    "name: {en: Food Law, zh: 食品法}\n"                                                                               \
    "---\n"                                                                                                            \
    "authority: office\n"                                                                                              \
    "name: {en: Office, zh: 局}\n"                                                                                     \
    "level: city\n"                                                                                                    \
    "task: {en: It decides., zh: 决定。}\n"                                                                            \
    "---\n"                                                                                                            \
    "procedure: licensing\n"                                                                                           \
    "name: {en: Licensing, zh: 许可}\n"                                                                                \
    "correction: {time: 15 days}\n"                                                                                    \
    "deficiency: {time: 20 working days}\n"                                                                            \
    "remedies: {name: {en: appeal, zh: 复议}}\n"                                                                            \
    "---\n"                                                                                                            \
    "fact: seats\n"                                                                                                    \
    "type: number\n"                                                                                                   \
    "name: {en: Seats, zh: 座位}\n"                                                                                    \
    "question: {en: How many seats?, zh: 几个座位？}\n"                                                                \
    "---\n"                                                                                                            \
    "evidence: lease\n"                                                                                                \
    "name: {en: Lease, zh: 租约}\n"                                                                                    \
    "upload: true\n"                                                                                                   \
    "---\n"                                                                                                            \
    "evidence: licence\n"                                                                                              \
    "name: {en: Licence, zh: 证}\n"                                                                                    \
    "---\n"

#define SERVICE                                                                                                        \
    "service: licence\n"                                                                                               \
    "name: {en: Licence, zh: 许可证}\n"                                                                                \
    "summary: {en: You may cook., zh: 可以做饭。}\n"                                                                   \
    "authority: office\n"                                                                                              \
    "procedure: licensing\n"                                                                                           \
    "legal: {law: food-law, article: 35}\n"                                                                            \
    "gives: licence\n"                                                                                                 \
    "time: {statutory: 20 working days}\n"

static const Pack *load(Errors *errors)
{
    *errors = errors_begin(arena);
    return pack_load(arena, str_from(folder), errors);
}

static void expect(const char *content, const char *want)
{
    Errors errors;
    write_file("base.yaml", S(BASE));
    write_file("test.yaml", str_from(content));
    const Pack *pack = load(&errors);
    CHECK((pack == NULL) == (want[0] != '\0'));
    CHECK_STR(said(&errors), str_from(want));
    forget_files();
}

/* ---- good packs ---- */

static void a_small_pack_is_good(void)
{
    expect(SERVICE, "");
}

/* The pack's texts stand before its languages here, which is allowed. */
#define EVERYTHING                                                                                                     \
    "# every key of every kind\n"                                                                                      \
    "pack: full\n"                                                                                                     \
    "name: {en: Onestop Full, zh: 一件事}\n"                                                                              \
    "languages: [en, zh]\n"                                                                                            \
    "language-names: {en: English, zh: 中文}\n"                                                                          \
    "area-name: {en: Town, zh: 镇}\n"                                                                                   \
    "area: 330100\n"                                                                                                   \
    "currency: CNY\n"                                                                                                  \
    "utc-offset: \"-03:30\"\n"                                                                                         \
    "free-weekdays: [friday, saturday]\n"                                                                              \
    "period-rule: plain\n"                                                                              \
    "upload-max-mb: 20\n"                                                                                              \
    "phone: 12345\n"                                                                                                   \
    "receipt: {law: food-law, article: '1'}\n"                                                                         \
    "joint-inspection:\n"                                                                                              \
    "  - law: food-law\n"                                                                                              \
    "    article: 2\n"                                                                                                 \
    "  - law: food-law\n"                                                                                              \
    "---\n"                                                                                                            \
    "law: food-law\n"                                                                                                  \
    "name: {en: Food Law, zh: 食品法}\n"                                                                                  \
    "number: No. 9\n"                                                                                                  \
    "in-force: 2009-06-01\n"                                                                                           \
    "ends: 2030-01-01\n"                                                                                               \
    "note: {en: Check., zh: 核对。}\n"                                                                                    \
    "---\n"                                                                                                            \
    "authority: office\n"                                                                                              \
    "name: {en: Office, zh: 局}\n"                                                                                      \
    "level: township\n"                                                                                                \
    "task: {en: It decides., zh: 决定。}\n"                                                                               \
    "phone: 0571-1\n"                                                                                                  \
    "---\n"                                                                                                            \
    "fact: kind_of_food\n"                                                                                             \
    "type: choice\n"                                                                                                   \
    "name: {en: Food, zh: 食品}\n"                                                                                       \
    "question: {en: Which food?, zh: 什么食品？}\n"                                                                         \
    "hint: {en: Hint, zh: 提示}\n"                                                                                       \
    "why: {en: Why, zh: 为什么}\n"                                                                                        \
    "legal: [{law: food-law, article: \"35\"}, {law: food-law}]\n"                                                     \
    "choices:\n"                                                                                                       \
    "  - {value: hot, name: {en: Hot, zh: 热}, hint: {en: Fire, zh: 火}}\n"                                              \
    "  - {value: cold-food, name: {en: Cold, zh: 冷}}\n"                                                                \
    "---\n"                                                                                                            \
    "fact: seats\n"                                                                                                    \
    "type: number\n"                                                                                                   \
    "name: {en: Seats, zh: 座位}\n"                                                                                      \
    "question: {en: How many?, zh: 几个？}\n"                                                                             \
    "unit: {en: seats, zh: 个}\n"                                                                                       \
    "min: 0\n"                                                                                                         \
    "max: 12.5\n"                                                                                                      \
    "whole: true\n"                                                                                                    \
    "optional: true\n"                                                                                                 \
    "check: seats < 13\n"                                                                                              \
    "check-message: {en: Fewer., zh: 少些。}\n"                                                                           \
    "---\n"                                                                                                            \
    "fact: opening\n"                                                                                                  \
    "type: date\n"                                                                                                     \
    "name: {en: Opening, zh: 开业}\n"                                                                                    \
    "question: {en: When?, zh: 何时？}\n"                                                                                 \
    "future: true\n"                                                                                                   \
    "---\n"                                                                                                            \
    "fact: birthday\n"                                                                                                 \
    "type: date\n"                                                                                                     \
    "name: {en: Birthday, zh: 生日}\n"                                                                                   \
    "question: {en: When?, zh: 何时？}\n"                                                                                 \
    "past: true\n"                                                                                                     \
    "autocomplete: bday\n"                                                                                             \
    "---\n"                                                                                                            \
    "fact: staff\n"                                                                                                    \
    "type: list\n"                                                                                                     \
    "name: {en: Staff, zh: 员工}\n"                                                                                      \
    "question: {en: Who?, zh: 谁？}\n"                                                                                   \
    "fields: birthday\n"                                                                                               \
    "member: {en: employee, zh: 员工}\n"                                                                                 \
    "min: 1\n"                                                                                                         \
    "---\n"                                                                                                            \
    "evidence: lease\n"                                                                                                \
    "name: {en: Lease, zh: 租约}\n"                                                                                      \
    "description: {en: D, zh: 述}\n"                                                                                    \
    "upload: true\n"                                                                                                   \
    "example: {en: E, zh: 例}\n"                                                                                        \
    "legal: {law: food-law}\n"                                                                                         \
    "---\n"                                                                                                            \
    "evidence: identity\n"                                                                                             \
    "name: {en: Identity, zh: 身份}\n"                                                                                   \
    "holder: office\n"                                                                                                 \
    "held-note: {en: By the register., zh: 由系统。}\n"                                                                    \
    "held: seats > 0\n"                                                                                                \
    "---\n"                                                                                                            \
    "evidence: promise\n"                                                                                              \
    "name: {en: Promise, zh: 承诺}\n"                                                                                    \
    "declares: {en: I promise., zh: 我承诺。}\n"                                                                           \
    "---\n"                                                                                                            \
    "evidence: licence\n"                                                                                              \
    "name: {en: Licence, zh: 许可证}\n"                                                                                   \
    "---\n"                                                                                                            \
    "period-rule: plain\n"                                                                                             \
    "name: {en: Plain, zh: 简}\n"                                                                                       \
    "legal: {law: food-law, article: 4}\n"                                                                             \
    "---\n"                                                                                                            \
    "period-rule: tax\n"                                                                                               \
    "name: {en: Tax, zh: 税}\n"                                                                                         \
    "start-counts: true\n"                                                                                             \
    "runs-from: day-after\n"                                                                                           \
    "end-stays: true\n"                                                                                                \
    "working-days-least: 2\n"                                                                                          \
    "working-days-least-from: 3\n"                                                                                     \
    "long-holiday: 3\n"                                                                                                \
    "up-to: [90 days, 12 weeks]\n"                                                                                     \
    "legal: {law: food-law, article: 5}\n"                                                                             \
    "note: {en: N, zh: 注}\n"                                                                                           \
    "---\n"                                                                                                            \
    "procedure: licensing\n"                                                                                           \
    "name: {en: Licensing, zh: 许可}\n"                                                                                  \
    "legal: {law: food-law, article: 3}\n"                                                                             \
    "intake: {time: 5 working days, legal: {law: food-law, article: 4}, note: {en: Silence accepts., zh: 默认。}}\n"      \
    "correction: {time: 15 days}\n"                                                                                    \
    "deficiency: {time: 20 working days}\n"                                                                            \
    "correction-returns: true\n"                                                                                          \
    "mending: {time: 9 days, legal: {law: food-law}}\n"                                                                   \
    "delay-penalty: {since: 2019-01-01, notice: 2 weeks, rates: [{days: 14, amount: 23 CNY}], legal: {law: food-law}}\n"  \
    "extension: {time: 10 working days}\n"                                                                             \
    "delivery: {time: 1 week, period-rule: tax}\n"                                                                                       \
    "grounds:\n"                                                                                                       \
    "  - {id: hearing, name: {en: Hearing, zh: 听证}, counts: true, time: 1 month, period-rule: tax, legal: {law: food-law}}\n"            \
    "remedies: {name: {en: appeal, zh: 复议}, time: 60 days, period-rule: tax, legal: {law: food-law, article: 40}}\n"                           \
    "refusal: {law: food-law, article: 38}\n"

#define FULL_SERVICE                                                                                                   \
    "service: licence\n"                                                                                               \
    "name: {en: Food licence, zh: 许可证}\n"                                                                              \
    "summary:\n"                                                                                                       \
    "  en: |\n"                                                                                                        \
    "    You may\n"                                                                                                    \
    "    cook.\n"                                                                                                      \
    "  zh: >-\n"                                                                                                       \
    "    可以\n"                                                                                                         \
    "authority: office\n"                                                                                              \
    "procedure: licensing\n"                                                                                           \
    "legal: {law: food-law, article: 35}\n"                                                                            \
    "when: kind_of_food = \"hot\"\n"                                                                                   \
    "because: {en: You cook., zh: 你做饭。}\n"                                                                             \
    "otherwise: {en: You do not., zh: 你不做饭。}\n"                                                                        \
    "needs:\n"                                                                                                         \
    "  - evidence: identity\n"                                                                                         \
    "  - any: [lease, promise]\n"                                                                                      \
    "    when: seats > 3\n"                                                                                            \
    "    later: 10 working days\n"                                                                                     \
    "    each: staff\n"                                                                                                \
    "    note: {en: N, zh: 注}\n"                                                                                       \
    "asks: [seats, opening]\n"                                                                                         \
    "steps: {id: visit, name: {en: Visit, zh: 勘验}, time: 2 days, legal: {law: food-law}}\n"                                                    \
    "inspection: true\n"                                                                                               \
    "joint-inspection: true\n"                                                                                         \
    "gives: licence\n"                                                                                                 \
    "renewal: {ends: opening, apply: 30 days, legal: {law: food-law, article: 50}}\n"                                     \
    "valid: 5 years\n"                                                                                                 \
    "time:\n"                                                                                                          \
    "  - when: seats > 9\n"                                                                                            \
    "    statutory: 20 working days\n"                                                                                 \
    "    promised: 8 working days\n"                                                                                   \
    "    illustrative: true\n"                                                                                         \
    "    extension: 5 working days\n"                                                                                  \
    "    from-filing: true\n"                                                                                             \
    "    silence: {in-force: 3 days, legal: {law: food-law, article: 13}}\n"                                              \
    "    follow-up: 30 working days\n"                                                                                 \
    "    period-rule: tax\n"                                                                                 \
    "    legal: {law: food-law}\n"                                                                                     \
    "    note: {en: N, zh: 注}\n"                                                                                       \
    "  - on-the-spot: true\n"                                                                                          \
    "fee: 12.5 CNY\n"                                                                                                  \
    "fee-note: {en: F, zh: 费}\n"                                                                                       \
    "visits: 2\n"                                                                                                      \
    "---\n"                                                                                                            \
    "event: open-shop\n"                                                                                               \
    "name: {en: Open a shop, zh: 开店}\n"                                                                                \
    "summary: {en: You may sell., zh: 可以卖。}\n"                                                                         \
    "audience: {en: Everybody, zh: 所有人}\n"                                                                             \
    "words: {en: \"store, boutique\", zh: 开饭店、店铺}\n"                                                                   \
    "business: true\n"                                                                                                 \
    "goals: [{evidence: licence, when: seats > 0}]\n"                                                                  \
    "stops:\n"                                                                                                         \
    "  - id: too-small\n"                                                                                              \
    "    when: seats = 0\n"                                                                                            \
    "    title: {en: T, zh: 题}\n"                                                                                      \
    "    message: {en: M, zh: 信}\n"                                                                                    \
    "    instead: {en: I, zh: 替}\n"                                                                                    \
    "    legal: {law: food-law, article: 9}\n"                                                                         \
    "not-needed: {name: {en: Stamp, zh: 章}, reason: {en: R, zh: 因}, legal: {law: food-law}}\n"                         \
    "sections:\n"                                                                                                      \
    "  - {name: {en: The shop, zh: 店}, asks: [seats, kind_of_food]}\n"                                                 \
    "label: kind_of_food\n"                                                                                            \
    "duties: [{name: {en: Keep it., zh: 保管。}, legal: {law: food-law}}]\n"                                              \
    "bundle: {time: 45 working days, legal: {law: food-law, article: 42}}\n"                                              \
    "bundle-extension: {time: 15 working days, period-rule: tax}\n"                                                       \
    "declaration: {en: It is true., zh: 属实。}\n"                                                                        \
    "legal: {law: food-law, article: 10}\n"                                                                            \
    "---\n"                                                                                                            \
    "calendar: 2026\n"                                                                                                 \
    "source: Notice 1\n"                                                                                               \
    "free:\n"                                                                                                          \
    "  - {date: 2026-01-01, name: 元旦}\n"                                                                               \
    "  - {date: 2026-10-01, to: 2026-10-03, name: National Day, legal-days: 2}\n"                                                     \
    "worked: [2026-10-09]\n"

static void check_pack_and_laws(const Pack *pack)
{
    CHECK_STR(pack->id, S("full"));
    CHECK_STR(pack->name.in[0], S("Onestop Full"));
    CHECK_STR(pack->language_names.in[1], S("中文"));
    CHECK_STR(pack->area_name.in[1], S("镇"));
    CHECK(pack->area == 330100 && pack->utc_offset_minutes == -210 && pack->upload_max_mb == 20);
    CHECK_STR(pack->phone, S("12345"));
    CHECK_STR(pack->currency, S("CNY"));
    CHECK(pack->receipt.count == 1 && pack->joint_inspection.count == 2);
    CHECK_STR(pack->joint_inspection.at[0].article, S("2"));
    CHECK(pack->calendar.free_weekday[5] && pack->calendar.free_weekday[6] && !pack->calendar.free_weekday[7]);
    CHECK(pack_language(pack, S("zh")) == 1 && pack_language(pack, S("de")) == -1);
    const Law *law = pack_law(pack, S("food-law"));
    CHECK(law && law == pack->receipt.at[0].law);
    CHECK(date_compare(law->in_force, date_of(2009, 6, 1)) == 0 && date_compare(law->ends, date_of(2030, 1, 1)) == 0);
    CHECK_STR(law->number, S("No. 9"));
    CHECK_STR(law->note.in[1], S("核对。"));
    const Authority *office = pack_authority(pack, S("office"));
    CHECK(office && office->level == LEVEL_TOWNSHIP);
    CHECK_STR(office->phone, S("0571-1"));
    CHECK_STR(office->task.in[0], S("It decides."));
}

static void check_facts(const Pack *pack)
{
    const Fact *kind = pack_fact(pack, S("kind_of_food")), *seats = pack_fact(pack, S("seats"));
    const Fact *staff = pack_fact(pack, S("staff")), *birthday = pack_fact(pack, S("birthday"));
    CHECK(kind && kind->kind == FACT_CHOICE && kind->choices.count == 2 && kind->legal.count == 2);
    CHECK_STR(kind->choices.at[1].value, S("cold-food"));
    CHECK_STR(kind->choices.at[0].hint.in[1], S("火"));
    CHECK_STR(kind->why.in[0], S("Why"));
    CHECK(seats && seats->kind == FACT_NUMBER && seats->whole && seats->optional && !seats->past);
    CHECK_STR(seats->max, S("12.5"));
    CHECK_STR(rule_text(seats->check.parsed), S("seats < 13"));
    CHECK(seats->check.place.line == 53 && seats->check.place.column == 8);
    CHECK_STR(seats->check_message.in[0], S("Fewer."));
    CHECK(staff && staff->kind == FACT_LIST && staff->fields.count == 1 && staff->fields.at[0] == birthday);
    CHECK_STR(staff->member.in[0], S("employee"));
    CHECK(birthday->past && pack_fact(pack, S("opening"))->future);
    CHECK_STR(birthday->autocomplete, S("bday"));
    CHECK(birthday->check.parsed == NULL && birthday->min.len == 0);
    const EvidenceType *identity = pack_evidence(pack, S("identity"));
    CHECK(identity && identity->holder == pack_authority(pack, S("office")) && identity->held.parsed && !identity->upload);
    CHECK(pack_evidence(pack, S("lease"))->upload);
    CHECK_STR(pack_evidence(pack, S("promise"))->declares.in[0], S("I promise."));
}

/* A period carries the rule of its object, or else the pack's. */
static void check_counting(const Pack *pack)
{
    const CountingRule *plain = pack_period_rule(pack, S("plain")), *tax = pack_period_rule(pack, S("tax"));
    if (!CHECK(plain && tax && pack->counted == plain && pack_period_rule(pack, S("none")) == NULL))
        return;
    CHECK(pack_counting(pack, &tax->rule) == tax && pack_counting(pack, NULL) == NULL);
    CHECK(!plain->rule.start_counts && !plain->rule.ends_like_first && !plain->rule.end_stays && plain->rule.up_to.count == 0);
    CHECK(tax->rule.start_counts && tax->rule.ends_like_first && tax->rule.end_stays && tax->rule.long_holiday == 3);
    CHECK(tax->rule.working_least == 2 && tax->rule.working_least_from == 3 && tax->rule.up_to.count == 2);
    CHECK(tax->rule.up_to.at[1].amount == 12 && tax->rule.up_to.at[1].unit == UNIT_WEEK);
    CHECK_STR(tax->legal.at[0].article, S("5"));
    const Service *service = pack_service(pack, S("licence"));
    const Procedure *procedure = service->procedure;
    CHECK(procedure->intake.time.rule == &plain->rule && procedure->delivery.time.rule == &tax->rule);
    CHECK(procedure->grounds.at[0].time.rule == &tax->rule && procedure->remedies.at[0].time.rule == &tax->rule);
    CHECK(service->time.at[0].statutory.rule == &tax->rule && service->time.at[0].follow_up.rule == &tax->rule);
    CHECK(service->needs.at[1].later.rule == &plain->rule && service->valid.rule == &plain->rule);
    const CalendarYear *year = &pack->calendar.years.at[0];
    CHECK(year->days.at[0].legal_days == 1 && year->days.at[2].legal_days == 2 && year->days.at[4].legal_days == 0);
}

static void check_service(const Pack *pack)
{
    const Service *service = pack_service(pack, S("licence"));
    if (!CHECK(service != NULL && service->needs.count == 2 && service->time.count == 2 && service->asks.count == 2))
        return;
    CHECK_STR(service->summary.in[0], S("You may\ncook."));
    CHECK_STR(service->summary.in[1], S("可以"));
    CHECK(service->needs.at[0].any.count == 1 && service->needs.at[1].any.count == 2);
    const Need *need = &service->needs.at[1];
    CHECK(need->any.at[1] == pack_evidence(pack, S("promise")) && need->each == pack_fact(pack, S("staff")));
    CHECK(need->later.amount == 10 && need->later.unit == UNIT_WORKING_DAY && need->when.parsed);
    CHECK(service->steps.count == 1 && service->steps.at[0].time.amount == 2);
    CHECK(service->inspection && service->joint_inspection && service->visits == 2 && service->fee.cents == 1250);
    CHECK(service->valid.amount == 5 && service->valid.unit == UNIT_YEAR);
    const Limit *limit = &service->time.at[0];
    CHECK(limit->statutory.amount == 20 && limit->promised.amount == 8 && limit->illustrative && !limit->on_the_spot);
    CHECK(limit->extension.amount == 5 && limit->follow_up.amount == 30 && limit->legal.count == 1);
    CHECK(service->time.at[1].on_the_spot && !service->time.at[1].when.parsed);
    CHECK(service->gives->givers.count == 1 && service->gives->givers.at[0] == service);
    CHECK(pack_evidence(pack, S("lease"))->givers.count == 0);
    CHECK(service->place.line == 1 && service->place.column == 1);
    const Procedure *procedure = service->procedure;
    CHECK(procedure->intake.time.amount == 5 && procedure->intake.legal.count == 1 && procedure->grounds.count == 1);
    CHECK(procedure->grounds.at[0].counts && procedure->grounds.at[0].time.unit == UNIT_MONTH);
    CHECK(procedure->delivery.time.unit == UNIT_WEEK && procedure->extension.time.amount == 10);
    CHECK_STR(procedure->refusal.at[0].article, S("38"));
    CHECK(procedure->correction_returns && procedure->mending.time.amount == 9 && procedure->mending.legal.count == 1);
    if (CHECK(procedure->penalties.count == 1 && procedure->penalties.at[0].rates.count == 1)) {
        const DelayPenalty *penalty = &procedure->penalties.at[0];
        CHECK(date_compare(penalty->since, date_of(2019, 1, 1)) == 0 && penalty->notice.unit == UNIT_WEEK);
        CHECK(penalty->rates.at[0].days == 14 && penalty->rates.at[0].amount.cents == 2300 && penalty->legal.count == 1);
    }
    CHECK(limit->from_filing && limit->silence.grants && limit->silence.in_force.amount == 3 && limit->silence.legal.count == 1);
    CHECK(!service->time.at[1].silence.grants);
    CHECK(service->renewal.ends == pack_fact(pack, S("opening")) && service->renewal.apply.amount == 30);
    CHECK_STR(service->renewal.legal.at[0].article, S("50"));
    CHECK(procedure->remedies.count == 1 && procedure->remedies.at[0].time.amount == 60);
    CHECK_STR(procedure->remedies.at[0].legal.at[0].article, S("40"));
}

static void check_event(const Pack *pack)
{
    const Event *event = pack_event(pack, S("open-shop"));
    if (!CHECK(event != NULL && event->goals.count == 1 && event->stops.count == 1 && event->sections.count == 1))
        return;
    CHECK(event->bundle.time.amount == 45 && event->bundle_extension.time.rule == &pack_period_rule(pack, S("tax"))->rule);
    CHECK(event->business && event->goals.at[0].when.parsed && event->label == pack_fact(pack, S("kind_of_food")));
    CHECK_STR(event->stops.at[0].id, S("too-small"));
    CHECK_STR(event->stops.at[0].instead.in[0], S("I"));
    CHECK(event->not_needed.count == 1 && event->duties.count == 1 && event->legal.count == 1);
    CHECK(event->sections.at[0].asks.count == 2);
    CHECK_STR(event->words.in[0], S("store, boutique"));
    CHECK(pack->calendar.years.count == 1);
    const CalendarYear *year = &pack->calendar.years.at[0];
    CHECK(year->year == 2026 && year->days.count == 5);
    CHECK(date_compare(year->days.at[3].date, date_of(2026, 10, 3)) == 0 && !year->days.at[3].working);
    CHECK_STR(year->days.at[3].name, S("National Day"));
    CHECK(year->days.at[4].working && year->days.at[4].name.len == 0);
    CHECK_STR(year->source, S("Notice 1"));
}

static void every_key_is_read(void)
{
    Errors errors;
    write_file("a.yaml", S(EVERYTHING));
    mkdir(str_terminated(arena, str_printf(arena, "%s/sub", folder)), 0700);
    write_file("sub/b.yaml", S(FULL_SERVICE));
    const Pack *pack = load(&errors);
    CHECK_STR(said(&errors), S(""));
    if (CHECK(pack != NULL)) {
        check_pack_and_laws(pack);
        check_facts(pack);
        check_counting(pack);
        check_service(pack);
        check_event(pack);
    }
    forget_files();
}

/* ---- keys and values ---- */

static void an_unknown_key_is_an_error_with_the_nearest_one(void)
{
    expect(SERVICE "fees: 0\n"
                   "steps: {id: visit, name: {en: V, zh: V}, legal: {law: food-law}, colour: red}\n",
           "PACK/test.yaml:9:1: error: unknown key \"fees\" in service\n"
           "  fees: 0\n"
           "  ^\n"
           "  hint: did you mean \"fee\"?\n"
           "PACK/test.yaml:10:66: error: unknown key \"colour\" in ground\n"
           "  steps: {id: visit, name: {en: V, zh: V}, legal: {law: food-law}, colour: red}\n"
           "                                                                   ^\n"
           "  hint: its keys are: id, name, counts, time, period-rule, legal\n");
}

static void a_missing_key_is_an_error_at_the_object(void)
{
    expect("service: licence\n"
           "name: {en: Licence, zh: 许可证}\n"
           "summary: {en: You may cook., zh: 可以做饭。}\n"
           "authority: office\n"
           "procedure: licensing\n"
           "legal: [{law: food-law}, {article: 35}]\n"
           "gives: licence\n",
           "PACK/test.yaml:1:1: error: missing key \"time\" in service\n"
           "  service: licence\n"
           "  ^\n"
           "  hint: add time: how long it may take\n"
           "PACK/test.yaml:6:26: error: missing key \"law\" in legal\n"
           "  legal: [{law: food-law}, {article: 35}]\n"
           "                           ^\n"
           "  hint: add law: the law\n");
}

static void a_key_without_a_value_is_an_error(void)
{
    expect(SERVICE "needs:\n"
                   "fee: ~\n",
           "PACK/test.yaml:9:1: error: \"needs\" has no value\n"
           "  needs:\n"
           "  ^\n"
           "  hint: write its value, or leave the key out\n"
           "PACK/test.yaml:10:1: error: \"fee\" has no value\n"
           "  fee: ~\n"
           "  ^\n"
           "  hint: write its value, or leave the key out\n");
}

static void a_duplicate_key_is_an_error(void)
{
    expect(SERVICE "fee: 0\n"
                   "fee: 1\n",
           "PACK/test.yaml:10:1: error: duplicate key \"fee\"\n"
           "  fee: 1\n"
           "  ^\n"
           "  hint: a key stands once; join the two\n");
}

static void a_wrong_type_is_an_error_at_the_value(void)
{
    expect(SERVICE "fee: free of charge\n"
                   "inspection: yes\n"
                   "visits: -1\n"
                   "valid: 0 years\n"
                   "fee-note: {en: [a], zh: 费}\n"
                   "asks: {seats: true}\n"
                   "steps: visit\n",
           "PACK/test.yaml:9:6: error: \"fee\" must be an amount of money\n"
           "  fee: free of charge\n"
           "       ^\n"
           "  hint: write a number with at most two decimals and the pack's currency: 12.50 CNY\n"
           "PACK/test.yaml:10:13: error: \"inspection\" must be true or false\n"
           "  inspection: yes\n"
           "              ^\n"
           "  hint: write true or false\n"
           "PACK/test.yaml:11:9: error: \"visits\" must be a whole number from 0 to 1,000\n"
           "  visits: -1\n"
           "          ^\n"
           "  hint: write digits: 2\n"
           "PACK/test.yaml:12:8: error: \"valid\" is a period of zero length\n"
           "  valid: 0 years\n"
           "         ^\n"
           "  hint: leave the key out where the law sets no time, or say on-the-spot: true\n"
           "PACK/test.yaml:13:16: error: \"fee-note\" has no text in \"en\"\n"
           "  fee-note: {en: [a], zh: 费}\n"
           "                 ^\n"
           "  hint: write the text; one with colons or quotes in it goes after |\n"
           "PACK/test.yaml:14:7: error: \"asks\" must be one or more identifiers of fact\n"
           "  asks: {seats: true}\n"
           "        ^\n"
           "  hint: write one identifier or a list: [one, another]\n"
           "PACK/test.yaml:15:8: error: \"steps\" must be a map\n"
           "  steps: visit\n"
           "         ^\n"
           "  hint: its keys are: id, name, counts, time, period-rule, legal\n");
}

static const struct {
    const char *written;
    int64_t cents;                                 /* -1: an error */
} FEES[] = {
    { "0 CNY", 0 },    { "0", 0 },           { "12.5 CNY", 1250 }, { "12.05", 1205 }, { "1234567", 123456700 },
    { "12.345", -1 },  { "-1", -1 },         { "+1", -1 },         { "12.", -1 },     { ".5", -1 },
    { "10 EUR", -1 },  { "CNY 10", -1 },     { "10CNY", -1 },      { "1e3", -1 },     { "99999999999999999999", -1 },
    { "1.+5", -1 },
};

static void a_fee_has_two_decimals_and_the_packs_currency(void)
{
    for (size_t i = 0; i < COUNT_OF(FEES); i++) {
        Errors errors;
        write_file("base.yaml", S(BASE));
        write_file("test.yaml", str_printf(arena, "%sfee: %s\n", SERVICE, FEES[i].written));
        const Pack *pack = load(&errors);
        const Service *service = pack ? pack_service(pack, S("licence")) : NULL;
        if (!CHECK((service ? service->fee.cents : -1) == FEES[i].cents))
            printf("   fee: %s\n", FEES[i].written);
        forget_files();
    }
    expect(SERVICE "fee: 10.00 EUR\n", "PACK/test.yaml:9:6: error: \"fee\" is not in the pack's currency\n"
                                       "  fee: 10.00 EUR\n"
                                       "       ^\n"
                                       "  hint: write 10.00 CNY\n");
}

static void identifiers_are_kebab_case_and_those_of_facts_snake_case(void)
{
    expect(SERVICE "---\n"
                   "law: Food_Law\n"
                   "name: {en: a, zh: b}\n"
                   "---\n"
                   "fact: dining-area\n"
                   "type: date\n"
                   "name: {en: a, zh: b}\n"
                   "question: {en: a, zh: b}\n"
                   "---\n"
                   "fact: and\n"
                   "type: date\n"
                   "name: {en: a, zh: b}\n"
                   "question: {en: a, zh: b}\n",
           "PACK/test.yaml:10:6: error: \"Food_Law\" cannot be an identifier\n"
           "  law: Food_Law\n"
           "       ^\n"
           "  hint: identifiers are written in kebab-case: some-service\n"
           "PACK/test.yaml:13:7: error: \"dining-area\" cannot be an identifier\n"
           "  fact: dining-area\n"
           "        ^\n"
           "  hint: facts are written in snake_case, a letter first: dining_area\n"
           "PACK/test.yaml:18:1: error: \"and\" means something else in rules\n"
           "  fact: and\n"
           "  ^\n"
           "  hint: take another word\n");
}

static void a_duplicate_identifier_is_an_error(void)
{
    expect(SERVICE "---\n"
                   "law: food-law\n"
                   "name: {en: a, zh: b}\n"
                   "---\n"
                   "pack: other\n",
           "PACK/test.yaml:10:6: error: duplicate law \"food-law\"\n"
           "  law: food-law\n"
           "       ^\n"
           "  hint: the first is in PACK/base.yaml, line 12\n"
           "PACK/test.yaml:13:7: error: a second pack \"other\"\n"
           "  pack: other\n"
           "        ^\n"
           "  hint: the first is in PACK/base.yaml, line 1\n");
}

static void the_packs_own_document_is_read_as_strictly(void)
{
    Errors errors;
    write_file("base.yaml", S("pack: test\n"
                              "languages: [en, chinese, en]\n"
                              "language-names: {en: English, zh: 中文}\n"
                              "name: {en: Test, zh: 试}\n"
                              "area-name: {en: Town, zh: 镇}\n"
                              "area: -7\n"
                              "currency: yuan\n"
                              "utc-offset: \"+8:00\"\n"
                              "free-weekdays: [saturdy, sunday]\n"
                              "upload-max-mb: 0\n"));
    CHECK(load(&errors) == NULL);
    CHECK_STR(said(&errors), S("PACK/base.yaml:2:17: error: \"languages\" must be a list of languages\n"
                               "  languages: [en, chinese, en]\n"
                               "                  ^\n"
                               "  hint: write two letters for each: [en, zh]\n"
                               "PACK/base.yaml:2:26: error: \"en\" stands twice in \"languages\"\n"
                               "  languages: [en, chinese, en]\n"
                               "                           ^\n"
                               "PACK/base.yaml:6:7: error: \"area\" must not be negative\n"
                               "  area: -7\n"
                               "        ^\n"
                               "PACK/base.yaml:7:11: error: \"currency\" must be a currency\n"
                               "  currency: yuan\n"
                               "            ^\n"
                               "  hint: write the three capital letters of ISO 4217: CNY\n"
                               "PACK/base.yaml:8:13: error: \"utc-offset\" must be an offset from UTC\n"
                               "  utc-offset: \"+8:00\"\n"
                               "              ^\n"
                               "  hint: write sign, hours and minutes: \"+08:00\"\n"
                               "PACK/base.yaml:9:17: error: \"free-weekdays\" cannot be \"saturdy\"\n"
                               "  free-weekdays: [saturdy, sunday]\n"
                               "                  ^\n"
                               "  hint: did you mean \"saturday\"?\n"
                               "PACK/base.yaml:10:16: error: \"upload-max-mb\" must be from 1 to 1,000\n"
                               "  upload-max-mb: 0\n"
                               "                 ^\n"));
    forget_files();
}

/* ---- texts and references ---- */

static void a_missing_translation_is_an_error(void)
{
    expect("service: licence\n"
           "name: {en: Licence}\n"
           "summary: You may cook.\n"
           "because: {en: a, zh: ' ', ze: b, fr: c}\n"
           "authority: office\n"
           "procedure: licensing\n"
           "legal: {law: food-law}\n"
           "gives: licence\n"
           "time: {promised: 1 day}\n",
           "PACK/test.yaml:2:7: error: \"name\" has no text in \"zh\"\n"
           "  name: {en: Licence}\n"
           "        ^\n"
           "  hint: add zh: …\n"
           "PACK/test.yaml:3:10: error: \"summary\" must be a text in each language\n"
           "  summary: You may cook.\n"
           "           ^\n"
           "  hint: write a text for each language of the pack: {en: …, zh: …}\n"
           "PACK/test.yaml:4:22: error: \"because\" is empty in \"zh\"\n"
           "  because: {en: a, zh: ' ', ze: b, fr: c}\n"
           "                       ^\n"
           "  hint: write the text\n"
           "PACK/test.yaml:4:27: error: \"ze\" is no language of the pack\n"
           "  because: {en: a, zh: ' ', ze: b, fr: c}\n"
           "                            ^\n"
           "  hint: did you mean \"zh\"?\n"
           "PACK/test.yaml:4:34: error: \"fr\" is no language of the pack\n"
           "  because: {en: a, zh: ' ', ze: b, fr: c}\n"
           "                                   ^\n"
           "  hint: the languages stand in the pack's document\n");
}

static void a_reference_to_nothing_is_an_error_with_the_nearest_one(void)
{
    expect("service: licence\n"
           "name: {en: Licence, zh: 许可证}\n"
           "summary: {en: You may cook., zh: 可以做饭。}\n"
           "authority: offise\n"
           "procedure: lease\n"
           "legal: {law: food-law}\n"
           "gives: licence\n"
           "needs: [{evidence: [lease]}, {any: [lease, roof, lease]}]\n"
           "time: {promised: 1 day}\n",
           "PACK/test.yaml:4:12: error: there is no authority \"offise\"\n"
           "  authority: offise\n"
           "             ^\n"
           "  hint: did you mean \"office\"?\n"
           "PACK/test.yaml:5:12: error: there is no procedure \"lease\"\n"
           "  procedure: lease\n"
           "             ^\n"
           "  hint: \"lease\" is of kind evidence\n"
           "PACK/test.yaml:8:20: error: \"evidence\" must be the identifier of evidence\n"
           "  needs: [{evidence: [lease]}, {any: [lease, roof, lease]}]\n"
           "                     ^\n"
           "  hint: write one identifier\n"
           "PACK/test.yaml:8:44: error: there is no evidence \"roof\"\n"
           "  needs: [{evidence: [lease]}, {any: [lease, roof, lease]}]\n"
           "                                             ^\n"
           "  hint: define it: evidence: roof\n"
           "PACK/test.yaml:8:50: error: \"lease\" stands twice in \"any\"\n"
           "  needs: [{evidence: [lease]}, {any: [lease, roof, lease]}]\n"
           "                                                   ^\n");
}

/* ---- rules ---- */

static void a_rule_uses_facts_that_somebody_defined(void)
{
    expect(SERVICE "when: seats > 5\n"
                   "  and seets < 3\n"
                   "  or \"stuff\" = stuff\n",
           "PACK/test.yaml:10:7: error: there is no fact \"seets\"\n"
           "    and seets < 3\n"
           "        ^\n"
           "  hint: did you mean \"seats\"?\n"
           "PACK/test.yaml:11:16: error: there is no fact \"stuff\"\n"
           "    or \"stuff\" = stuff\n"
           "                 ^\n"
           "  hint: a rule uses facts; a word in quotes is a text\n");
    expect(SERVICE "when: [seats]\n", "PACK/test.yaml:9:7: error: \"when\" must be a rule\n"
                                      "  when: [seats]\n"
                                      "        ^\n"
                                      "  hint: write a FEEL expression: seats > 50 and open_fire\n");
}

/* One fault in each style of YAML: where it stands in the file, not in the text. */
static const struct {
    const char *rule;
    int line, column;
} FAULTY_RULES[] = {
    { "when: seats > ) 5\n", 9, 15 },
    { "when: seats > 50\n  and\n  ) seats\n", 11, 3 },
    { "when: \"seats > ) 5\"\n", 9, 16 },
    { "when: \"seats = \\\"\\u98df \\\"\\\n    and )\"\n", 10, 9 },
    { "when: 'seats = \"it''s\" and )'\n", 9, 28 },
    { "when: |\n  seats > 50\n    and\n    ) seats\n", 12, 5 },
    { "when: >-\n\n  seats > 50\n  and 5 <\n  ) seats\n", 13, 3 },
    { "needs:\n  - evidence: lease\n    when: |-\n      seats =\n      )\n", 13, 7 },
};

static void a_faulty_rule_is_shown_where_it_stands(void)
{
    for (size_t i = 0; i < COUNT_OF(FAULTY_RULES); i++) {
        Errors errors;
        write_file("base.yaml", S(BASE));
        write_file("test.yaml", str_printf(arena, "%s%s", SERVICE, FAULTY_RULES[i].rule));
        CHECK(load(&errors) == NULL);
        if (CHECK(errors.list.count == 1)) {
            const Place *place = &errors.list.at[0].place;
            if (!CHECK(place->line == FAULTY_RULES[i].line && place->column == FAULTY_RULES[i].column))
                printf("   %d:%d in %s", place->line, place->column, FAULTY_RULES[i].rule);
            CHECK(place->source.data[place->column - 1] == ')');
            CHECK(str_starts(errors.list.at[0].what, S("\"when\": ")));
        }
        forget_files();
    }
}

/* ---- what holds between keys ---- */

static void keys_of_a_fact_go_with_its_type(void)
{
    expect(SERVICE "---\n"
                   "fact: size\n"
                   "type: choice\n"
                   "name: {en: S, zh: S}\n"
                   "question: {en: S, zh: S}\n"
                   "check: size = \"x\"\n"
                   "unit: {en: S, zh: S}\n"
                   "autocomplete: fist-nam\n"
                   "---\n"
                   "fact: people\n"
                   "type: list\n"
                   "name: {en: S, zh: S}\n"
                   "question: {en: S, zh: S}\n"
                   "check-message: {en: S, zh: S}\n"
                   "---\n"
                   "fact: kind\n"
                   "type: choise\n"
                   "name: {en: S, zh: S}\n"
                   "question: {en: S, zh: S}\n"
                   "choices: {value: a, name: {en: S, zh: S}}\n"
                   "---\n"
                   "fact: amount\n"
                   "type: money\n"
                   "name: {en: S, zh: S}\n"
                   "question: {en: S, zh: S}\n"
                   "min: 10\n"
                   "max: 9.5\n",
           "PACK/test.yaml:10:1: error: a fact of type choice has no \"choices\"\n"
           "  fact: size\n"
           "  ^\n"
           "  hint: add choices: of a choice, required: at least two answers\n"
           "PACK/test.yaml:14:1: error: a check without \"check-message\"\n"
           "  check: size = \"x\"\n"
           "  ^\n"
           "  hint: add check-message: what the person should mend\n"
           "PACK/test.yaml:15:1: error: \"unit\" says nothing of a fact of type choice\n"
           "  unit: {en: S, zh: S}\n"
           "  ^\n"
           "  hint: it goes with: number\n"
           "PACK/test.yaml:16:15: error: \"autocomplete\" cannot be \"fist-nam\"\n"
           "  autocomplete: fist-nam\n"
           "                ^\n"
           "  hint: take a token of HTML's autofill, such as name, tel or email\n"
           "PACK/test.yaml:18:1: error: a fact of type list has no \"fields\"\n"
           "  fact: people\n"
           "  ^\n"
           "  hint: add fields: of a list, required: what each member has\n"
           "PACK/test.yaml:18:1: error: a fact of type list has no \"member\"\n"
           "  fact: people\n"
           "  ^\n"
           "  hint: add member: of a list, required: what one member is called\n"
           "PACK/test.yaml:22:1: error: a \"check-message\" without a check\n"
           "  check-message: {en: S, zh: S}\n"
           "  ^\n"
           "PACK/test.yaml:25:7: error: \"type\" cannot be \"choise\"\n"
           "  type: choise\n"
           "        ^\n"
           "  hint: did you mean \"choice\"?\n"
           "PACK/test.yaml:28:10: error: a choice has at least two choices\n"
           "  choices: {value: a, name: {en: S, zh: S}}\n"
           "           ^\n"
           "PACK/test.yaml:35:6: error: \"max\" is less than \"min\"\n"
           "  max: 9.5\n"
           "       ^\n");
}

/* What is counted is counted whole: a bound of 1.5 members would be met at the page of the list, by a resident. */
static void members_and_letters_are_counted_whole(void)
{
    expect(SERVICE "---\n"
                   "fact: people\n"
                   "type: list\n"
                   "name: {en: S, zh: S}\n"
                   "question: {en: S, zh: S}\n"
                   "member: {en: S, zh: S}\n"
                   "fields: [seats]\n"
                   "min: 1.5\n"
                   "max: 300\n"
                   "---\n"
                   "fact: remark\n"
                   "type: text\n"
                   "name: {en: S, zh: S}\n"
                   "question: {en: S, zh: S}\n"
                   "max: 20.0\n",
           "PACK/test.yaml:16:6: error: \"min\" is not a whole number\n"
           "  min: 1.5\n"
           "       ^\n"
           "PACK/test.yaml:17:6: error: a list has at most 200 members\n"
           "  max: 300\n"
           "       ^\n"
           "PACK/test.yaml:23:6: error: \"max\" is not a whole number\n"
           "  max: 20.0\n"
           "       ^\n");
}

static void a_need_names_evidence_and_a_limit_a_time(void)
{
    expect("service: licence\n"
           "name: {en: Licence, zh: 许可证}\n"
           "summary: {en: You may cook., zh: 可以做饭。}\n"
           "authority: office\n"
           "procedure: licensing\n"
           "legal: {law: food-law}\n"
           "gives: licence\n"
           "needs: [{when: seats > 3}, {evidence: lease, any: [lease]}, {any: []}, {evidence: lease, each: seats}]\n"
           "steps: [{id: a, name: {en: a, zh: a}, legal: {law: food-law}}, {id: a, name: {en: a, zh: a}, legal: {law: food-law}}]\n"
           "time: [{on-the-spot: false}, {note: {en: n, zh: n}}, {promised: 1 day}]\n",
           "PACK/test.yaml:8:9: error: a need with neither \"evidence\" nor \"any\"\n"
           "  needs: [{when: seats > 3}, {evidence: lease, any: [lease]}, {any: []}, {evidence: lease, each: seats}]\n"
           "          ^\n"
           "  hint: write evidence: one, or any: [one, another]\n"
           "PACK/test.yaml:8:46: error: a need with both \"evidence\" and \"any\"\n"
           "  needs: [{when: seats > 3}, {evidence: lease, any: [lease]}, {any: []}, {evidence: lease, each: seats}]\n"
           "                                               ^\n"
           "  hint: write any: with all of them, or two needs\n"
           "PACK/test.yaml:8:67: error: \"any\" is empty\n"
           "  needs: [{when: seats > 3}, {evidence: lease, any: [lease]}, {any: []}, {evidence: lease, each: seats}]\n"
           "                                                                    ^\n"
           "  hint: name at least one evidence\n"
           "PACK/test.yaml:8:96: error: \"seats\" is no list\n"
           "  needs: [{when: seats > 3}, {evidence: lease, any: [lease]}, {any: []}, {evidence: lease, each: seats}]\n"
           "                                                                                                 ^\n"
           "  hint: name a fact of type list\n"
           "PACK/test.yaml:9:69: error: \"a\" is taken already\n"
           "  steps: [{id: a, name: {en: a, zh: a}, legal: {law: food-law}}, {id: a, name: {en: a, zh: a}, legal: {law: food-law}}]\n"
           "                                                                      ^\n"
           "  hint: each stands once\n"
           "PACK/test.yaml:10:8: error: a limit with no time\n"
           "  time: [{on-the-spot: false}, {note: {en: n, zh: n}}, {promised: 1 day}]\n"
           "         ^\n"
           "  hint: say how long it takes: statutory, promised or on-the-spot: true\n"
           "PACK/test.yaml:10:30: error: a limit with no time\n"
           "  time: [{on-the-spot: false}, {note: {en: n, zh: n}}, {promised: 1 day}]\n"
           "                               ^\n"
           "  hint: say how long it takes: statutory, promised or on-the-spot: true\n");
}

/* No clock stops without a law; one that was kept from before that was asked stays readable. */
static void a_ground_has_a_law(void)
{
    expect(SERVICE "steps: {id: visit, name: {en: V, zh: V}}\n",
           "PACK/test.yaml:9:8: error: a ground without \"legal\"\n"
           "  steps: {id: visit, name: {en: V, zh: V}}\n"
           "         ^\n"
           "  hint: add legal: the law that allows it\n");
    Errors errors = errors_begin(arena);
    Text text = text_begin(arena, 10000);
    text_put(&text, S("{\"a.yaml\":"));
    json_put(&text, S(BASE SERVICE "steps: {id: visit, name: {en: V, zh: V}}\n"));
    text_put(&text, S("}"));
    CHECK(pack_read(arena, text_str(&text), &errors) != NULL);
}

static void a_clock_must_be_able_to_run(void)
{
    expect("service: licence\n"
           "name: {en: Licence, zh: 许可证}\n"
           "summary: {en: You may cook., zh: 可以做饭。}\n"
           "authority: office\n"
           "procedure: licensing\n"
           "legal: {law: food-law}\n"
           "gives: licence\n"
           "renewal: {ends: seats, apply: 30 days, legal: {law: food-law}}\n"
           "time:\n"
           "  - {statutory: 5 days, from-filing: true, from-receipt: true}\n"
           "  - {on-the-spot: true, silence: {legal: {law: food-law}}}\n"
           "---\n"
           "procedure: other\n"
           "name: {en: Other, zh: 其他}\n"
           "correction: {time: 15 days}\n"
           "correction-returns: true\n"
           "deficiency: {time: 20 working days}\n"
           "mending: {on-the-spot: true}\n"
           "remedies: {name: {en: appeal, zh: 复议}}\n",
           "PACK/test.yaml:8:17: error: \"seats\" is no date\n"
           "  renewal: {ends: seats, apply: 30 days, legal: {law: food-law}}\n"
           "                  ^\n"
           "  hint: name a fact of type date\n"
           "PACK/test.yaml:8:17: error: nobody asks \"seats\"\n"
           "  renewal: {ends: seats, apply: 30 days, legal: {law: food-law}}\n"
           "                  ^\n"
           "  hint: add it to asks\n"
           "PACK/test.yaml:10:25: error: a limit cannot count from receipt and from complete papers\n"
           "    - {statutory: 5 days, from-filing: true, from-receipt: true}\n"
           "                          ^\n"
           "  hint: keep one of them\n"
           "PACK/test.yaml:11:25: error: silence on the spot grants nothing\n"
           "    - {on-the-spot: true, silence: {legal: {law: food-law}}}\n"
           "                          ^\n"
           "  hint: give it a time\n"
           "PACK/test.yaml:18:1: error: \"mending\" cannot be on the spot\n"
           "  mending: {on-the-spot: true}\n"
           "  ^\n"
           "  hint: give it a time\n");
}

static void a_period_rule_says_one_thing_once(void)
{
    expect(SERVICE "---\n"
                   "period-rule: odd\n"
                   "name: {en: Odd, zh: 怪}\n"
                   "working-days-least-from: 3\n"
                   "runs-from: event\n"
                   "up-to: [90 days, 12 days, 0 days]\n"
                   "legal: {law: food-law}\n",
           "PACK/test.yaml:12:1: error: \"working-days-least-from\" without \"working-days-least\"\n"
           "  working-days-least-from: 3\n"
           "  ^\n"
           "  hint: say how many: working-days-least\n"
           "PACK/test.yaml:13:12: error: \"runs-from\" cannot be \"event\"\n"
           "  runs-from: event\n"
           "             ^\n"
           "  hint: one of: event-day, day-after\n"
           "PACK/test.yaml:14:8: error: \"up-to\" has two periods of one unit\n"
           "  up-to: [90 days, 12 days, 0 days]\n"
           "         ^\n"
           "  hint: one for each unit\n"
           "PACK/test.yaml:14:27: error: \"up-to\" is a period of zero length\n"
           "  up-to: [90 days, 12 days, 0 days]\n"
           "                            ^\n"
           "  hint: leave the key out where the law sets no time, or say on-the-spot: true\n");
    expect(SERVICE "---\n"
                   "calendar: 2026\n"
                   "free: [{date: 2026-10-01, to: 2026-10-03, legal-days: 4}]\n",
           "PACK/test.yaml:11:55: error: the holiday has no more than 3 days\n"
           "  free: [{date: 2026-10-01, to: 2026-10-03, legal-days: 4}]\n"
           "                                                        ^\n");
}

static void a_term_has_a_time_or_is_on_the_spot(void)
{
    expect(SERVICE "---\n"
                   "procedure: quick\n"
                   "name: {en: Quick, zh: 快}\n"
                   "correction: {on-the-spot: true}\n"
                   "deficiency: {note: {en: n, zh: n}}\n"
                   "delivery: {time: 5 days, on-the-spot: true}\n"
                   "silence-accepts: true\n"
                   "remedies: {name: {en: appeal, zh: 复议}}\n",
           "PACK/test.yaml:12:1: error: \"correction\" cannot be on the spot\n"
           "  correction: {on-the-spot: true}\n"
           "  ^\n"
           "  hint: give it a time\n"
           "PACK/test.yaml:13:13: error: a term with no time\n"
           "  deficiency: {note: {en: n, zh: n}}\n"
           "              ^\n"
           "  hint: say how long it is: time, or on-the-spot: true\n"
           "PACK/test.yaml:14:26: error: a term cannot have a time and be on the spot\n"
           "  delivery: {time: 5 days, on-the-spot: true}\n"
           "                           ^\n"
           "  hint: keep one of them\n"
           "PACK/test.yaml:15:1: error: silence without a term accepts nothing\n"
           "  silence-accepts: true\n"
           "  ^\n"
           "  hint: say within what time: intake\n");
}

static void a_calendar_has_each_day_of_its_year_once(void)
{
    expect(SERVICE "---\n"
                   "calendar: 2026\n"
                   "free: [{date: 2026-02-30}, {date: 2027-01-01}, {date: 2026-10-01, to: 2026-10-07}]\n"
                   "worked: [2026-10-07, 2026-10-08, 2026-10-10]\n"
                   "---\n"
                   "calendar: 2026\n"
                   "---\n"
                   "calendar: next-year\n"
                   "free: {date: 2026-10-02, to: 2026-10-01}\n",
           "PACK/test.yaml:11:15: error: \"date\" must be a date\n"
           "  free: [{date: 2026-02-30}, {date: 2027-01-01}, {date: 2026-10-01, to: 2026-10-07}]\n"
           "                ^\n"
           "  hint: write year, month and day: 2026-10-26\n"
           "PACK/test.yaml:11:35: error: 2027-01-01 is not in 2026\n"
           "  free: [{date: 2026-02-30}, {date: 2027-01-01}, {date: 2026-10-01, to: 2026-10-07}]\n"
           "                                    ^\n"
           "  hint: each day stands in the calendar of its year\n"
           "PACK/test.yaml:12:10: error: 2026-10-07 stands twice in the calendar\n"
           "  worked: [2026-10-07, 2026-10-08, 2026-10-10]\n"
           "           ^\n"
           "PACK/test.yaml:12:22: error: that day of the week is worked anyway\n"
           "  worked: [2026-10-07, 2026-10-08, 2026-10-10]\n"
           "                       ^\n"
           "  hint: only a day of a free weekday is named as worked\n"
           "PACK/test.yaml:14:11: error: duplicate calendar \"2026\"\n"
           "  calendar: 2026\n"
           "            ^\n"
           "  hint: the first is in PACK/test.yaml, line 10\n"
           "PACK/test.yaml:16:1: error: a calendar's identifier must be a year\n"
           "  calendar: next-year\n"
           "  ^\n"
           "  hint: write calendar: 2026\n");
}

/* ---- what the whole shows ---- */

#define EVENT(id, goals)                                                                                               \
    "---\n"                                                                                                            \
    "event: " id "\n"                                                                                                  \
    "name: {en: N, zh: N}\n"                                                                                           \
    "summary: {en: N, zh: N}\n"                                                                                        \
    "audience: {en: N, zh: N}\n"                                                                                       \
    "words: {en: N, zh: N}\n"                                                                                          \
    "goals: " goals "\n"                                                                                               \
    "sections: {name: {en: N, zh: N}, asks: seats}\n"                                                                  \
    "label: seats\n"                                                                                                   \
    "declaration: {en: N, zh: N}\n"

static void every_goal_is_given_and_all_evidence_can_be_had(void)
{
    expect(SERVICE EVENT("wish", "{evidence: lease}") EVENT("empty", "[]") "---\n"
                                                                           "evidence: deed\n"
                                                                           "name: {en: Deed, zh: 证}\n",
           "PACK/test.yaml:15:19: error: no service gives \"lease\"\n"
           "  goals: {evidence: lease}\n"
           "                    ^\n"
           "  hint: a goal is what some service gives at the end\n"
           "PACK/test.yaml:25:8: error: \"goals\" is empty\n"
           "  goals: []\n"
           "         ^\n"
           "  hint: write its keys, indented or in braces, or a list of such\n"
           "PACK/test.yaml:30:1: error: nobody can get \"deed\"\n"
           "  evidence: deed\n"
           "  ^\n"
           "  hint: let a service give it, or write holder, held, declares, or upload: true\n");
}

#define OTHER(id, gives, needs)                                                                                        \
    "---\n"                                                                                                            \
    "service: " id "\n"                                                                                                \
    "name: {en: N, zh: N}\n"                                                                                           \
    "summary: {en: N, zh: N}\n"                                                                                        \
    "authority: office\n"                                                                                              \
    "procedure: licensing\n"                                                                                           \
    "legal: {law: food-law}\n"                                                                                         \
    "gives: " gives "\n"                                                                                               \
    "time: {promised: 1 day}\n"                                                                                        \
    "needs: " needs "\n"
#define PROOF(id)                                                                                                      \
    "---\n"                                                                                                            \
    "evidence: " id "\n"                                                                                               \
    "name: {en: N, zh: N}\n"

/* The second way round a circle opens it. */
static void several_services_may_give_the_same(void)
{
    expect(SERVICE OTHER("other", "licence", "[]"), "");
    expect(SERVICE PROOF("seal") PROOF("stamp")
               OTHER("a-seal", "seal", "{evidence: stamp}")
               OTHER("a-stamp", "stamp", "{evidence: seal}")
               OTHER("b-stamp", "stamp", "[]"), "");
}

static void services_that_wait_for_each_other_are_an_error_once(void)
{
    /* seal and stamp wait for each other; sign only stands behind them and is not complained of. */
    expect(SERVICE PROOF("seal") PROOF("stamp") PROOF("sign")
               OTHER("a-sign", "sign", "{evidence: seal}")
               OTHER("a-seal", "seal", "[{evidence: lease}, {any: [stamp]}]")
               OTHER("a-stamp", "stamp", "{evidence: seal, later: 5 days}"),
           "PACK/test.yaml:37:34: error: \"a-seal\" waits for \"a-stamp\", which waits for \"a-seal\"\n"
           "  needs: [{evidence: lease}, {any: [stamp]}]\n"
           "                                   ^\n"
           "  hint: let one of them do with other evidence: any: [this, another]\n");
    /* With a way round or under a condition they do not. */
    expect(SERVICE PROOF("seal") PROOF("stamp")
               OTHER("a-seal", "seal", "[{any: [stamp, lease]}]") OTHER("a-stamp", "stamp", "{evidence: seal}"),
           "");
    expect(SERVICE PROOF("seal") PROOF("stamp")
               OTHER("a-seal", "seal", "{evidence: stamp, when: seats > 3}") OTHER("a-stamp", "stamp", "{evidence: seal}"),
           "");
    expect(SERVICE PROOF("seal") OTHER("a-seal", "seal", "{evidence: seal}"),
           "PACK/test.yaml:21:19: error: \"a-seal\" waits for \"a-seal\"\n"
           "  needs: {evidence: seal}\n"
           "                    ^\n"
           "  hint: let one of them do with other evidence: any: [this, another]\n");
}

/* ---- files and YAML ---- */

static void broken_yaml_is_said_in_the_parsers_words(void)
{
    /* What the broken file would have defined is not known, so nothing is said about what refers to it. */
    write_file("more.yaml", S("event: wish\n"
                              "lable: nothing\n"));
    expect("service: licence\n"
           "name: {en: a: b}\n",
           "PACK/more.yaml:1:1: error: missing key \"name\" in event\n"
           "  event: wish\n"
           "  ^\n"
           "  hint: add name: the wish in a few words\n"
           "PACK/more.yaml:1:1: error: missing key \"summary\" in event\n"
           "  event: wish\n"
           "  ^\n"
           "  hint: add summary: the result in one sentence\n"
           "PACK/more.yaml:1:1: error: missing key \"audience\" in event\n"
           "  event: wish\n"
           "  ^\n"
           "  hint: add audience: for whom it is\n"
           "PACK/more.yaml:1:1: error: missing key \"words\" in event\n"
           "  event: wish\n"
           "  ^\n"
           "  hint: add words: other words that people search with, separated by commas\n"
           "PACK/more.yaml:1:1: error: missing key \"goals\" in event\n"
           "  event: wish\n"
           "  ^\n"
           "  hint: add goals: the evidence that the person is to have in the end\n"
           "PACK/more.yaml:1:1: error: missing key \"sections\" in event\n"
           "  event: wish\n"
           "  ^\n"
           "  hint: add sections: the questions, in order; one comes only if it can matter\n"
           "PACK/more.yaml:1:1: error: missing key \"label\" in event\n"
           "  event: wish\n"
           "  ^\n"
           "  hint: add label: the fact that names an application in lists\n"
           "PACK/more.yaml:1:1: error: missing key \"declaration\" in event\n"
           "  event: wish\n"
           "  ^\n"
           "  hint: add declaration: what the applicant declares when sending\n"
           "PACK/more.yaml:2:1: error: unknown key \"lable\" in event\n"
           "  lable: nothing\n"
           "  ^\n"
           "  hint: did you mean \"label\"?\n"
           "PACK/test.yaml:2:13: error: missing comma in flow mapping\n"
           "  name: {en: a: b}\n"
           "              ^\n"
           "  hint: check the indentation and what is open; a text with a colon, quote or bracket in it goes in quotes or "
           "after |\n");
}

static void anchors_tags_and_deep_nesting_are_refused(void)
{
    expect(SERVICE "fee-note: &x {en: a, zh: b}\n"
                   "because: *x\n"
                   "otherwise: !t {en: a, zh: b}\n"
                   "valid: [[[[[[[[[[[[[[[[[[[[5 years]]]]]]]]]]]]]]]]]]]]\n",
           "PACK/test.yaml:9:11: error: anchors and aliases are not read\n"
           "  fee-note: &x {en: a, zh: b}\n"
           "            ^\n"
           "  hint: write the value out\n"
           "PACK/test.yaml:10:10: error: anchors and aliases are not read\n"
           "  because: *x\n"
           "           ^\n"
           "  hint: write the value out\n"
           "PACK/test.yaml:11:12: error: tags are not read\n"
           "  otherwise: !t {en: a, zh: b}\n"
           "             ^\n"
           "  hint: write the value out\n"
           "PACK/test.yaml:12:8: error: \"valid\" must be a period\n"
           "  valid: [[[[[[[[[[[[[[[[[[[[5 years]]]]]]]]]]]]]]]]]]]]\n"
           "         ^\n"
           "  hint: write a number and a unit: 20 working days, 5 days, 1 week, 6 months, 5 years\n"
           "PACK/test.yaml:12:24: error: nested more than 16 deep\n"
           "  valid: [[[[[[[[[[[[[[[[[[[[5 years]]]]]]]]]]]]]]]]]]]]\n"
           "                         ^\n");
}

static void a_document_begins_with_its_kind(void)
{
    expect(SERVICE "---\n"
                   "lawe: tax-law\n"
                   "name: {en: a, zh: b}\n"
                   "---\n"
                   "person: somebody\n"
                   "---\n"
                   "- a\n"
                   "---\n"
                   "law:\n"
                   "---\n"
                   "---\n",
           "PACK/test.yaml:10:1: error: unknown kind of document \"lawe\"\n"
           "  lawe: tax-law\n"
           "  ^\n"
           "  hint: did you mean \"law\"?\n"
           "PACK/test.yaml:13:1: error: unknown kind of document \"person\"\n"
           "  person: somebody\n"
           "  ^\n"
           "  hint: a document begins with its kind and its identifier; the kinds are: pack, law, period-rule, authority, fact, "
           "evidence, procedure, service, event, calendar, accepted\n"
           "PACK/test.yaml:15:1: error: a document must be a map\n"
           "  - a\n"
           "  ^\n"
           "  hint: begin it with its kind and its identifier: service: some-service\n"
           "PACK/test.yaml:17:1: error: \"law\" has no identifier\n"
           "  law:\n"
           "  ^\n"
           "  hint: begin it with its kind and its identifier: service: some-service\n");
}

static void bytes_that_are_no_text_are_shown(void)
{
    expect(SERVICE "# caf\xE9\n", "PACK/test.yaml:9:6: error: this is not UTF-8 text\n"
                                  "  # caf\xE9\n"
                                  "       ^\n"
                                  "  hint: save the file as UTF-8\n");
}

static void line_ends_and_byte_order_marks_of_other_systems_are_read(void)
{
    expect("\xEF\xBB\xBF" SERVICE "fee: \"1\r\n 2\"\r\nvisits: x\r\n",
           "PACK/test.yaml:9:6: error: \"fee\" is not in the pack's currency\n"
           "  fee: \"1\n"
           "       ^\n"
           "  hint: write 1 CNY\n"
           "PACK/test.yaml:11:9: error: \"visits\" must be a whole number from 0 to 1,000\n"
           "  visits: x\n"
           "          ^\n"
           "  hint: write digits: 2\n");
}

static void a_folder_without_a_pack_is_an_error(void)
{
    Errors errors;
    CHECK(load(&errors) == NULL);
    CHECK_STR(said(&errors), S("PACK: error: there is no *.yaml file in this folder\n"));
    write_file("law.yaml", S("law: a\n"));
    write_file(".hidden.yaml", S("nonsense"));
    write_file("notes.txt", S("nonsense"));
    CHECK(load(&errors) == NULL);
    CHECK_STR(said(&errors), S("PACK: error: there is no document of kind pack\n"
                               "  hint: one document must describe the jurisdiction: pack: zhejiang\n"
                               "PACK/law.yaml:1:1: error: missing key \"name\" in law\n"
                               "  law: a\n"
                               "  ^\n"
                               "  hint: add name: its title\n"));
    write_file("other.yml", S("nonsense"));
    CHECK(load(&errors) == NULL);
    CHECK_STR(said(&errors), S("PACK/law.yaml:1:1: error: missing key \"name\" in law\n"
                               "  law: a\n"
                               "  ^\n"
                               "  hint: add name: its title\n"
                               "PACK/other.yml: error: this file would not be read\n"
                               "  hint: name it *.yaml\n"));
    forget_files();
    errors = errors_begin(arena);
    CHECK(pack_load(arena, S("/nowhere/at/all"), &errors) == NULL);
    CHECK_STR(said(&errors), S("/nowhere/at/all: error: No such file or directory\n  hint: a pack is a folder of YAML files\n"));
}

static void links_to_folders_are_not_followed(void)
{
    Errors errors;
    write_file("base.yaml", S(BASE SERVICE));
    char *link = str_terminated(arena, str_printf(arena, "%s/again", folder));
    CHECK(symlink(".", link) == 0);
    CHECK(load(&errors) == NULL);
    CHECK_STR(said(&errors), S("PACK/again: error: a link to a folder is not followed\n"
                               "  hint: put the folder itself into the pack\n"));
    unlink(link);
    forget_files();
}

static void too_large_a_file_is_refused(void)
{
    Errors errors;
    Text text = text_begin(arena, 5 << 20);
    for (int i = 0; i < 450000; i++)
        text_put(&text, S("# filler..\n"));
    write_file("base.yaml", S(BASE SERVICE));
    write_file("large.yaml", text_str(&text));
    CHECK(load(&errors) == NULL);
    CHECK_STR(said(&errors), S("PACK/large.yaml: error: a file of a pack has at most 4 MB\n"
                               "  hint: divide it into several files\n"));
    forget_files();
}

static void the_version_is_of_names_and_contents(void)
{
    Errors errors;
    write_file("base.yaml", S(BASE));
    write_file("test.yaml", S(SERVICE));
    const Pack *first = load(&errors), *again = load(&errors);
    write_file("test.yaml", S(SERVICE "fee: 0\n"));
    const Pack *changed = load(&errors);
    forget_files();
    write_file("base.yaml", S(BASE));
    write_file("tests.yaml", S(SERVICE));
    const Pack *renamed = load(&errors);
    if (CHECK(first && again && changed && renamed)) {
        CHECK(hash_equal(&first->version, &again->version));
        CHECK(!hash_equal(&first->version, &changed->version));
        CHECK(!hash_equal(&first->version, &renamed->version));
    }
    forget_files();
}

/* ---- facts that are worked out ---- */

#define CHOICE(id, more)                                                                                               \
    "---\nfact: " id "\ntype: choice\nname: {en: Size, zh: 规模}\n"                                                    \
    "choices:\n  - {value: large, name: {en: Large, zh: 大}}\n  - {value: small, name: {en: Small, zh: 小}}\n" more

#define DMN(body)                                                                                                      \
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" name=\"size\" namespace=\"urn:size\">\n" body \
    "</definitions>\n"
#define DECISION(name, logic) "<decision id=\"" name "\" name=\"" name "\">\n" logic "</decision>\n"
#define TEXT(text)            "<literalExpression><text>" text "</text></literalExpression>\n"
#define BY_MODEL              CHOICE("size_class", "decision: {model: size.dmn, name: Size}\n")

static Value decided(const Rule *rule, const char *facts)
{
    Errors errors = errors_begin(arena);
    Scope scope = { 0 };
    must(scope_read(arena, str_from(facts), &scope, &errors));
    return rule_evaluate(arena, rule, &scope);
}

static void rules_are_bound_to_facts_that_are_worked_out(void)
{
    Errors errors;
    write_file("base.yaml", S(BASE));
    write_file("a.yaml", S(SERVICE "when: big and size_class = \"large\"\n"
                                   "fee-rule: if size_class = \"large\" then seats * 2 else 12.50\n" BY_MODEL
                                   "---\nfact: big\ntype: yes-no\nname: {en: Big, zh: 大}\nrule: size_class = \"large\" or seats = 3\n"));
    write_file("size.dmn", S(DMN("<inputData id=\"s\" name=\"Seats\"/>\n" DECISION(
                               "Size", "<informationRequirement><requiredInput href=\"#s\"/></informationRequirement>\n" TEXT(
                                           "if Seats &gt; 75 then \"large\" else \"small\"")))));
    const Pack *pack = load(&errors);
    CHECK_STR(said(&errors), S(""));
    if (!CHECK(pack != NULL)) {
        forget_files();
        return;
    }
    const Rule *when = pack->services.at[0]->when.parsed;
    CHECK(rule_names(when)->count == 1 && str_equal(rule_names(when)->at[0], S("seats")));
    CHECK(value_is_true(decided(when, "{seats: 76}")) && value_is_false(decided(when, "{seats: 3}")));
    CHECK(value_is_unknown(decided(when, "{}")));
    Money fee;
    CHECK(money_of(arena, decided(pack->services.at[0]->fee_rule.parsed, "{seats: 1}"), &fee) && fee.cents == 1250);
    CHECK(money_of(arena, decided(pack->services.at[0]->fee_rule.parsed, "{seats: 80}"), &fee) && fee.cents == 16000);
    CHECK(!money_of(arena, decided(pack->services.at[0]->fee_rule.parsed, "{seats: 80.001}"), &fee));
    /* They are no facts to be asked. */
    CHECK(!pack_fact(pack, S("big")) && pack->facts.count == 1 && pack->derived.count == 2 && pack->derived.at[0]->used);
    CHECK(pack->derived.at[0]->rule.parsed && pack->derived.at[1]->rule.parsed);
    /* A version that is kept has its models. */
    const Pack *kept = pack_read(arena, pack->text, &errors);
    CHECK_STR(said(&errors), S(""));
    CHECK(kept && hash_equal(&kept->version, &pack->version));
    CHECK(kept && value_is_true(decided(kept->services.at[0]->when.parsed, "{seats: 76}")));
    write_file("size.dmn", S(DMN(DECISION("Size", TEXT("if seats &gt; 99 then \"large\" else \"small\"")))));
    const Pack *changed = load(&errors);
    CHECK_STR(said(&errors), S(""));
    CHECK(changed && !hash_equal(&changed->version, &pack->version));
    forget_files();
}

static void nobody_is_asked_for_what_is_worked_out(void)
{
    expect(SERVICE "asks: [size_class]\n" CHOICE("size_class", "rule: if seats > 75 then \"large\" else \"small\"\n"),
           "PACK/test.yaml:9:8: error: \"size_class\" is worked out, and nobody is asked for it\n"
           "  asks: [size_class]\n"
           "         ^\n"
           "  hint: name the facts that it is worked out from\n");
    expect(SERVICE CHOICE("size_class", "question: {en: How?, zh: 多大？}\nrule: \"\\\"large\\\"\"\ndecision: {model: a.dmn, name: A}\n"),
           "PACK/test.yaml:16:1: error: \"question\" says nothing of this fact\n"
           "  question: {en: How?, zh: 多大？}\n"
           "  ^\n"
           "  hint: it is worked out, and nobody is asked for it\n"
           "PACK/test.yaml:18:1: error: a fact cannot be worked out in two ways\n"
           "  decision: {model: a.dmn, name: A}\n"
           "  ^\n"
           "  hint: keep one of them\n");
    expect(SERVICE "---\nfact: open\ntype: yes-no\nname: {en: Open, zh: 开}\n",
           "PACK/test.yaml:10:1: error: missing key \"question\" in fact\n"
           "  fact: open\n"
           "  ^\n"
           "  hint: add question: the question in full; required if it is asked\n");
    expect(SERVICE "---\nfact: home\ntype: address\nname: {en: Home, zh: 家}\nrule: '\"x\"'\n",
           "PACK/test.yaml:11:1: error: a fact of this type cannot be worked out\n"
           "  type: address\n"
           "  ^\n"
           "  hint: it can be yes-no, choice, number, money, date or text\n");
}

static void circles_of_facts_are_an_error_once(void)
{
    expect(SERVICE "when: a > 1\n"
                   "---\nfact: a\ntype: number\nname: {en: A, zh: 甲}\nrule: b + seats\n"
                   "---\nfact: b\ntype: number\nname: {en: B, zh: 乙}\nrule: if seats > 1 then c else 0\n"
                   "---\nfact: c\ntype: number\nname: {en: C, zh: 丙}\nrule: a - 1\n",
           "PACK/test.yaml:14:7: error: \"a\" is worked out by way of \"b\", which is by way of \"c\", which is by way of \"a\"\n"
           "  rule: b + seats\n"
           "        ^\n"
           "  hint: let one of them be asked\n");
    expect(SERVICE "---\nfact: a\ntype: number\nname: {en: A, zh: 甲}\nrule: a + 1\n",
           "PACK/test.yaml:13:7: error: \"a\" is worked out by way of \"a\"\n"
           "  rule: a + 1\n"
           "        ^\n"
           "  hint: let one of them be asked\n");
}

/* In whatever order they stand. */
static void a_chain_of_facts_is_bounded(void)
{
    for (int upwards = 0; upwards < 2; upwards++)
        for (int length = 100; length <= 101; length++) {
            Errors errors;
            Text text = text_begin(arena, 1 << 20);
            text_put(&text, S(SERVICE "when: x1 > 1\n"));
            for (int i = 1; i <= length; i++) {
                int at = upwards ? i : length + 1 - i;
                text_printf(&text, "---\nfact: x%d\ntype: number\nname: {en: X, zh: 数}\nrule: ", at);
                at == length ? text_put(&text, S("seats\n")) : text_printf(&text, "x%d + 1\n", at + 1);
            }
            write_file("base.yaml", S(BASE));
            write_file("test.yaml", text_str(&text));
            const Pack *pack = load(&errors);
            CHECK((pack != NULL) == (length == 100) && errors.list.count == (length == 100 ? 0 : 1));
            CHECK(!pack || value_is_true(decided(pack->services.at[0]->when.parsed, "{seats: 0}")));
            forget_files();
        }
}

static void what_members_have_is_worked_out_for_members(void)
{
#define STAFF                                                                                                          \
    "---\nfact: age\ntype: number\nname: {en: Age, zh: 年龄}\nquestion: {en: How old?, zh: 多大？}\n"                 \
    "---\nfact: staff\ntype: list\nname: {en: Staff, zh: 人员}\nquestion: {en: Who?, zh: 谁？}\n"                   \
    "fields: [age]\nmember: {en: person, zh: 人}\n"                                                                   \
    "---\nfact: minor\ntype: yes-no\nname: {en: Minor, zh: 未成年}\nrule: age < 16\n"
    expect(SERVICE "needs: {evidence: lease, each: staff, when: minor}\n" STAFF, "");
    expect(SERVICE "needs: {evidence: lease, when: minor}\nwhen: seats > 5\n" STAFF,
           "PACK/test.yaml:9:32: error: \"minor\" is worked out from \"age\", which only a member of a list has\n"
           "  needs: {evidence: lease, when: minor}\n"
           "                                 ^\n"
           "  hint: use it in a need with each: that list\n");
    expect(SERVICE "when: minor\nasks: [age]\n" STAFF, "");
}

static void what_rules_compare_with_must_be_possible(void)
{
    expect(SERVICE "when: size_class = \"lrage\" and seats > 5\n"
                   "fee-rule: if seats > \"5\" then -1 else 12.345\n" CHOICE("size_class", "rule: if seats > 75 then \"large\" else \"tiny\"\n")
               "---\nfact: day\ntype: date\nname: {en: Day, zh: 日}\nquestion: {en: When?, zh: 何时？}\ncheck: day > \"2026-01-01\"\ncheck-message: {en: Later., zh: 晚些。}\n",
           "PACK/test.yaml:9:20: error: the fact \"size_class\" can never be \"lrage\"\n"
           "  when: size_class = \"lrage\" and seats > 5\n"
           "                     ^\n"
           "  hint: it can be \"large\", \"small\"\n"
           "PACK/test.yaml:10:22: error: the fact \"seats\" can never be \"5\"\n"
           "  fee-rule: if seats > \"5\" then -1 else 12.345\n"
           "                       ^\n"
           "  hint: it is a number, written without quotes\n"
           "PACK/test.yaml:10:31: error: the fee would be -1\n"
           "  fee-rule: if seats > \"5\" then -1 else 12.345\n"
           "                                ^\n"
           "  hint: write a FEEL expression for a number in the pack's currency, not negative: if seats > 50 then 200 else 100\n"
           "PACK/test.yaml:10:39: error: the fee would be 12.345\n"
           "  fee-rule: if seats > \"5\" then -1 else 12.345\n"
           "                                        ^\n"
           "  hint: write a FEEL expression for a number in the pack's currency, not negative: if seats > 50 then 200 else 100\n"
           "PACK/test.yaml:18:39: error: \"size_class\" would be worked out as \"tiny\"\n"
           "  rule: if seats > 75 then \"large\" else \"tiny\"\n"
           "                                        ^\n"
           "  hint: it can be \"large\", \"small\"\n"
           "PACK/test.yaml:24:14: error: the fact \"day\" can never be \"2026-01-01\"\n"
           "  check: day > \"2026-01-01\"\n"
           "               ^\n"
           "  hint: it is a date, written so: @\"2026-10-26\"\n");
    expect(SERVICE "fee: 5 CNY\nfee-rule: seats > 5\n",
           "PACK/test.yaml:10:1: error: a service with both \"fee\" and \"fee-rule\"\n"
           "  fee-rule: seats > 5\n"
           "  ^\n"
           "  hint: keep one of them\n"
           "PACK/test.yaml:10:11: error: the fee would be a boolean\n"
           "  fee-rule: seats > 5\n"
           "            ^\n"
           "  hint: write a FEEL expression for a number in the pack's currency, not negative: if seats > 50 then 200 else 100\n");
}

static void expect_model(const char *model, const char *want)
{
    write_file("size.dmn", str_from(model));
    expect(SERVICE "when: size_class = \"large\"\n" BY_MODEL, want);
}

static void faults_of_a_model_are_shown_in_it(void)
{
    expect_model("<definitions",
           "PACK/size.dmn:1: error: not well-formed XML: Couldn't find end of Start Tag definitions\n");
    expect_model(DMN(DECISION("Size", TEXT("if seats &gt; 5 and &lt; then 1"))),
           "PACK/size.dmn:3:46: error: expected a value, found <\n"
           "  <literalExpression><text>if seats &gt; 5 and &lt; then 1</text></literalExpression>\n"
           "                                               ^\n");
    expect_model(DMN(DECISION("Sise", TEXT("\"large\""))),
           "PACK/test.yaml:17:35: error: the model has no decision \"Size\"\n"
           "  decision: {model: size.dmn, name: Size}\n"
           "                                    ^\n"
           "  hint: did you mean \"Sise\"?\n");
    expect_model(DMN("<inputData id=\"n\" name=\"Number of seats\"/>\n" DECISION(
                     "Size", "<informationRequirement><requiredInput href=\"#n\"/></informationRequirement>\n"
                             TEXT("if Number of seats &gt; 5 and seets then \"large\" else \"small\""))),
           "PACK/size.dmn:2:25: error: the model asks for \"Number of seats\", and there is no such fact\n"
           "  <inputData id=\"n\" name=\"Number of seats\"/>\n"
           "                          ^\n"
           "  hint: define it: fact: number_of_seats\n"
           "PACK/size.dmn:5:56: error: the model asks for \"seets\", and there is no such fact\n"
           "  <literalExpression><text>if Number of seats &gt; 5 and seets then \"large\" else \"small\"</text></literalExpression>\n"
           "                                                         ^\n"
           "  hint: did you mean \"seats\"?\n");
    expect_model(DMN("<itemDefinition name=\"tSeats\"><typeRef>string</typeRef></itemDefinition>\n"
                     "<inputData id=\"n\" name=\"Seats\"><variable name=\"Seats\" typeRef=\"tSeats\"/></inputData>\n" DECISION(
                         "Size", "<informationRequirement><requiredInput href=\"#n\"/></informationRequirement>\n"
                                 "<decisionTable>\n<input><inputExpression typeRef=\"number\"><text>Seats</text></inputExpression></input>\n"
                                 "<output typeRef=\"string\"/>\n"
                                 "<rule><inputEntry><text>&lt; 5</text></inputEntry><outputEntry><text>\"small\"</text></outputEntry></rule>\n"
                                 "<rule><inputEntry><text>\"many\"</text></inputEntry><outputEntry><text>\"huge\"</text></outputEntry></rule>\n"
                                 "</decisionTable>\n")),
           "PACK/size.dmn:3:1: error: the fact \"seats\" can never be a string\n"
           "  <inputData id=\"n\" name=\"Seats\"><variable name=\"Seats\" typeRef=\"tSeats\"/></inputData>\n"
           "  ^\n"
           "  hint: it is a number, written without quotes\n"
           "PACK/size.dmn:10:25: error: the fact \"seats\" can never be \"many\"\n"
           "  <rule><inputEntry><text>\"many\"</text></inputEntry><outputEntry><text>\"huge\"</text></outputEntry></rule>\n"
           "                          ^\n"
           "  hint: it is a number, written without quotes\n");
    expect(SERVICE CHOICE("size_class", "decision: {model: sise.dmn, name: Size}\n"),
           "PACK/test.yaml:16:19: error: the pack has no model \"sise.dmn\"\n"
           "  decision: {model: sise.dmn, name: Size}\n"
           "                    ^\n"
           "  hint: put it into the pack's folder and name it from there: rooms/size.dmn\n");
    expect(SERVICE CHOICE("size_class", "decision: {model: size.dmn}\n"),
           "PACK/test.yaml:16:11: error: missing key \"name\" in decision\n"
           "  decision: {model: size.dmn}\n"
           "            ^\n"
           "  hint: add name: the name of the decision in it\n");
}

/* ---- search and reference ---- */

static Str found(const Pack *pack, const char *query)
{
    Text text = text_begin(arena, 1000);
    Hits hits = pack_search(arena, pack, str_from(query));
    for (size_t i = 0; i < hits.count; i++)
        text_printf(&text, "%s%.*s", i ? " " : "",
                    STR_ARGS(hits.at[i].event ? hits.at[i].event->id : hits.at[i].service->id));
    return text_str(&text);
}

static void search_finds_events_first_in_every_language(void)
{
    Errors errors;
    write_file("a.yaml", S(EVERYTHING));
    write_file("b.yaml", S(FULL_SERVICE EVENT("licence-lost", "{evidence: licence}")));
    const Pack *pack = load(&errors);
    CHECK_STR(said(&errors), S(""));
    if (CHECK(pack != NULL)) {
        CHECK_STR(found(pack, "SHOP"), S("open-shop"));
        CHECK_STR(found(pack, "how do I open a boutique?"), S("open-shop"));
        CHECK_STR(found(pack, "food licence shop"), S("open-shop licence"));
        CHECK_STR(found(pack, "许可证"), S("licence"));
        CHECK_STR(found(pack, "我要开饭店"), S("open-shop"));
        CHECK_STR(found(pack, "n"), S("licence-lost open-shop licence"));
        CHECK_STR(found(pack, "zebra"), S(""));
        CHECK_STR(found(pack, "  ，"), S(""));
    }
    forget_files();
}

static void search_keeps_the_best_twenty(void)
{
    Errors errors;
    Text text = text_begin(arena, 100000);
    text_put(&text, S(SERVICE));
    for (int i = 10; i < 35; i++)
        text_printf(&text, PROOF("proof-%d") OTHER("service-%d", "proof-%d", "[]"), i, i, i);
    write_file("a.yaml", S(BASE));
    write_file("b.yaml", text_str(&text));
    const Pack *pack = load(&errors);
    CHECK_STR(said(&errors), S(""));
    if (CHECK(pack != NULL)) {
        Hits hits = pack_search(arena, pack, S("n"));
        CHECK(hits.count == 20);
        CHECK_STR(hits.at[0].service->id, S("service-10"));
        CHECK_STR(hits.at[19].service->id, S("service-29"));
    }
    forget_files();
}

static void the_reference_has_every_kind_and_key(void)
{
    Text text = text_begin(arena, 100000);
    pack_reference(&text);
    CHECK(!text.overflow);
    Str reference = text_str(&text);
    CHECK(str_find(reference, S("\n### calendar\n")) != SIZE_MAX);
    CHECK(str_find(reference, S("| `joint-inspection` | true or false |  | One visit together")) != SIZE_MAX);
    CHECK(str_find(reference, S("| `gives` | the identifier of [evidence](#evidence) | yes | The evidence that it gives. |"))
          != SIZE_MAX);
    CHECK(str_find(reference, S("\n### not-needed\n")) != SIZE_MAX);
}

int main(void)
{
    arena = arena_open((size_t)1 << 28);
    if (!CHECK(mkdtemp(folder) != NULL))
        return 1;
    RUN(a_small_pack_is_good);
    RUN(every_key_is_read);
    RUN(an_unknown_key_is_an_error_with_the_nearest_one);
    RUN(a_missing_key_is_an_error_at_the_object);
    RUN(a_key_without_a_value_is_an_error);
    RUN(a_duplicate_key_is_an_error);
    RUN(a_wrong_type_is_an_error_at_the_value);
    RUN(a_fee_has_two_decimals_and_the_packs_currency);
    RUN(identifiers_are_kebab_case_and_those_of_facts_snake_case);
    RUN(a_duplicate_identifier_is_an_error);
    RUN(the_packs_own_document_is_read_as_strictly);
    RUN(a_missing_translation_is_an_error);
    RUN(a_reference_to_nothing_is_an_error_with_the_nearest_one);
    RUN(a_rule_uses_facts_that_somebody_defined);
    RUN(a_faulty_rule_is_shown_where_it_stands);
    RUN(keys_of_a_fact_go_with_its_type);
    RUN(members_and_letters_are_counted_whole);
    RUN(a_need_names_evidence_and_a_limit_a_time);
    RUN(a_ground_has_a_law);
    RUN(a_clock_must_be_able_to_run);
    RUN(a_period_rule_says_one_thing_once);
    RUN(a_term_has_a_time_or_is_on_the_spot);
    RUN(a_calendar_has_each_day_of_its_year_once);
    RUN(every_goal_is_given_and_all_evidence_can_be_had);
    RUN(several_services_may_give_the_same);
    RUN(services_that_wait_for_each_other_are_an_error_once);
    RUN(broken_yaml_is_said_in_the_parsers_words);
    RUN(anchors_tags_and_deep_nesting_are_refused);
    RUN(a_document_begins_with_its_kind);
    RUN(bytes_that_are_no_text_are_shown);
    RUN(line_ends_and_byte_order_marks_of_other_systems_are_read);
    RUN(a_folder_without_a_pack_is_an_error);
    RUN(links_to_folders_are_not_followed);
    RUN(too_large_a_file_is_refused);
    RUN(the_version_is_of_names_and_contents);
    RUN(rules_are_bound_to_facts_that_are_worked_out);
    RUN(nobody_is_asked_for_what_is_worked_out);
    RUN(circles_of_facts_are_an_error_once);
    RUN(a_chain_of_facts_is_bounded);
    RUN(what_members_have_is_worked_out_for_members);
    RUN(what_rules_compare_with_must_be_possible);
    RUN(faults_of_a_model_are_shown_in_it);
    RUN(search_finds_events_first_in_every_language);
    RUN(search_keeps_the_best_twenty);
    RUN(the_reference_has_every_kind_and_key);
    rmdir(str_terminated(arena, str_printf(arena, "%s/sub", folder)));
    CHECK(rmdir(folder) == 0);
    arena_close(arena);
    return test_end();
}
