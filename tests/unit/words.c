/* web: what a pack's things are called on a page, in both languages. */
#include "web/clock.h"
#include "web/words.h"

#include "test.h"

static Arena *arena;
static Pack pack;

static Request request_in(Language language)
{
    return (Request){ .arena = arena, .pack = &pack, .language = (int)language, .actor = { .language = (int)language } };
}

static Str answer_in(Language language, const Fact *fact, const char *text)
{
    Request request = request_in(language);
    return words_answer(&request, fact, str_from(text));
}

static Strs three_parts(void)
{
    Strs parts = { 0 };
    list_push(arena, &parts, S("a"));
    list_push(arena, &parts, S("b"));
    list_push(arena, &parts, S("c"));
    return parts;
}

static void an_answer_is_said_as_a_person_would(void)
{
    Fact fact = { .id = S("x"), .kind = FACT_YES_NO };
    CHECK_STR(answer_in(LANGUAGE_EN, &fact, "true"), S("Yes"));
    CHECK_STR(answer_in(LANGUAGE_ZH, &fact, "false"), S("否"));
    fact.kind = FACT_DATE;
    CHECK_STR(answer_in(LANGUAGE_EN, &fact, "2026-03-13"), S("13 March 2026"));
    CHECK_STR(answer_in(LANGUAGE_ZH, &fact, "2026-03-13"), S("2026年3月13日"));
    fact.kind = FACT_NUMBER;
    fact.unit = (Texts){ { S("square metres"), S("平方米") } };
    CHECK_STR(answer_in(LANGUAGE_EN, &fact, "35.5"), S("35.5 square metres"));
    CHECK_STR(answer_in(LANGUAGE_ZH, &fact, "35.5"), S("35.5平方米"));
    fact.kind = FACT_TEXT;
    CHECK_STR(answer_in(LANGUAGE_EN, &fact, "Lakeside Noodles"), S("Lakeside Noodles"));
}

static void an_answer_left_empty_is_said_to_be_so(void)
{
    const Fact fact = { .id = S("x"), .kind = FACT_MONEY };
    CHECK_STR(answer_in(LANGUAGE_EN, &fact, ""), S("Not provided"));
    CHECK_STR(answer_in(LANGUAGE_ZH, &fact, ""), S("未填写"));
}

static void money_keeps_its_cents(void)
{
    const Fact fact = { .id = S("x"), .kind = FACT_MONEY };
    CHECK_STR(answer_in(LANGUAGE_EN, &fact, "50000"), S("¥50,000"));
    CHECK_STR(answer_in(LANGUAGE_EN, &fact, "99.5"), S("¥99.50"));
    CHECK_STR(answer_in(LANGUAGE_EN, &fact, "99.05"), S("¥99.05"));
    CHECK_STR(answer_in(LANGUAGE_ZH, &fact, "99.5"), S("99.50元"));
}

static void a_choice_has_its_name_in_the_readers_language(void)
{
    Fact fact = { .id = S("x"), .kind = FACT_CHOICE };
    list_push(arena, &fact.choices, (Choice){ .value = S("rented"), .name = { { S("I rent them"), S("租赁") } } });
    CHECK_STR(answer_in(LANGUAGE_EN, &fact, "rented"), S("I rent them"));
    CHECK_STR(answer_in(LANGUAGE_ZH, &fact, "rented"), S("租赁"));
}

static void parts_are_joined_as_the_language_joins_them(void)
{
    Request english = request_in(LANGUAGE_EN), chinese = request_in(LANGUAGE_ZH);
    Strs parts = three_parts(), one = { 0 }, none = { 0 };
    list_push(arena, &one, S("a"));
    CHECK_STR(words_join(&english, &parts, JOINT_AND), S("a, b and c"));
    CHECK_STR(words_join(&english, &parts, JOINT_OR), S("a, b or c"));
    CHECK_STR(words_join(&english, &parts, JOINT_COMMA), S("a, b, c"));
    CHECK_STR(words_join(&chinese, &parts, JOINT_AND), S("a、b和c"));
    CHECK_STR(words_join(&english, &one, JOINT_AND), S("a"));
    CHECK_STR(words_join(&english, &none, JOINT_AND), S(""));
}

static void a_law_is_named_once_with_all_its_articles(void)
{
    Request english = request_in(LANGUAGE_EN), chinese = request_in(LANGUAGE_ZH);
    const Law food = { .name = { { S("Food Safety Law"), S("食品安全法") } } };
    const Law fire = { .name = { { S("Fire Law"), S("消防法") } } };
    Legals legals = { 0 };
    CHECK_STR(words_laws(&english, &legals), S(""));
    list_push(arena, &legals, (Legal){ &food, S("33") });
    list_push(arena, &legals, (Legal){ &fire, STR_NONE });
    list_push(arena, &legals, (Legal){ &food, S("32(1)(4)") });
    list_push(arena, &legals, (Legal){ &food, S("33") });
    CHECK_STR(words_laws(&english, &legals), S("Food Safety Law, articles 33 and 32(1)(4); Fire Law"));
    CHECK_STR(words_laws(&chinese, &legals), S("《食品安全法》第33条、第32条第1款第4项；《消防法》"));
    CHECK_STR(words_law(&english, &legals.at[0]), S("Food Safety Law, article 33"));
    const Legal several = { &food, S("33 35") };
    CHECK_STR(words_law(&english, &several), S("Food Safety Law, articles 33 and 35"));
}

static void a_file_has_its_size_in_words(void)
{
    Request request = request_in(LANGUAGE_EN);
    CHECK_STR(words_size(&request, 1), S("1 KB"));
    CHECK_STR(words_size(&request, 340 * 1024), S("340 KB"));
    CHECK_STR(words_size(&request, 1258291), S("1.1 MB"));
}

static void a_place_is_called_by_all_that_can_be_brought_to_it(void)
{
    Request request = request_in(LANGUAGE_EN);
    const EvidenceType lease = { .name = { { S("Lease") } }, .upload = true };
    const EvidenceType deed = { .name = { { S("Title deed") } }, .upload = true };
    const EvidenceType promise = { .name = { { S("Promise") } } };
    Need need = { 0 };
    list_push(arena, &need.any, &lease);
    list_push(arena, &need.any, &promise);
    list_push(arena, &need.any, &deed);
    Slot slot = { .need = &need, .type = &lease, .source = SOURCE_UPLOAD };
    CHECK_STR(words_slot(&request, &slot), S("Lease or Title deed"));
    slot.member_name = S("Somebody");
    CHECK_STR(words_slot(&request, &slot), S("Lease or Title deed: Somebody"));
    slot = (Slot){ .need = &need, .type = &promise, .source = SOURCE_DECLARED };
    CHECK_STR(words_slot(&request, &slot), S("Promise"));
}

/* Civil Code of China Art. 201: the day itself is not counted. A weekend and a holiday of one day lie between. */
static void a_date_says_which_days_did_not_count(void)
{
    Request english = request_in(LANGUAGE_EN), chinese = request_in(LANGUAGE_ZH);
    Calendar calendar = { .free_weekday = { [6] = true, [7] = true } };
    CalendarYear year = { .year = 2026 };
    list_push(arena, &year.days, (CalendarDay){ date_of(2026, 9, 25), false, S("中秋节") });
    list_push(arena, &calendar.years, year);
    const Period period = { 8, UNIT_WORKING_DAY };
    const Legals none = { 0 };
    const Due due = calendar_due(&calendar, date_of(2026, 9, 21), period, NULL, 0);
    CHECK(date_compare(due.date, date_of(2026, 10, 2)) == 0);
    DateWhy why = words_date_why(&english, &calendar, date_of(2026, 9, 21), period, due, &none);
    CHECK_STR(why.start, S("It counts from 21 September 2026; that day itself is not counted."));
    CHECK_STR(why.rule, S("The limit is 8 working days."));
    CHECK(why.left_out.count == 2);
    CHECK_STR(why.left_out.at[0], S("25 September 2026: public holiday"));
    CHECK_STR(why.left_out.at[1], S("2 days of weekends"));
    why = words_date_why(&chinese, &calendar, date_of(2026, 9, 21), period, due, &none);
    CHECK_STR(why.left_out.at[0], S("2026年9月25日：中秋节"));
}

/* At every turn a page can say what happens next by itself, when, and by which law; lights only to those who keep time. */
static void a_case_says_what_happens_next_by_itself(void)
{
    Request english = request_in(LANGUAGE_EN), chinese = request_in(LANGUAGE_ZH);
    Law law = { .name = { { S("Licensing Law"), S("许可法") } } };
    Legals legal = { 0 };
    list_push(arena, &legal, (Legal){ &law, S("32(1)(4)") });
    CaseView one = { .it = case_begin() };
    CHECK_STR(clock_next_words(&english, &one, true), S(""));
    one.clocks.at[one.clocks.count++] = (Clock){ .kind = CLOCK_INTAKE, .running = true, .due = { date_of(2026, 9, 30) }, .turn = ENTRY_SILENCE,
                                                 .turn_legal = &legal, .turn_until = DATE_NONE };
    one.next = (NextTurn){ .kind = ENTRY_LIGHT, .last = date_of(2026, 9, 28), .clock = CLOCK_INTAKE, .light = LIGHT_YELLOW };
    CHECK_STR(clock_next_words(&english, &one, false),
              S("Next by itself, on 1 October 2026: it counts as accepted. Law: Licensing Law, article 32(1)(4)"));
    CHECK_STR(clock_next_words(&chinese, &one, false), S("下一步自动发生：2026年10月1日，视为受理。依据：《许可法》第32条第1款第4项"));
    CHECK_STR(clock_next_words(&english, &one, true), S("Next by itself, on 29 September 2026: yellow light, Check of the papers."));
}

int main(void)
{
    arena = arena_open(1 << 20);
    pack.currency = S("CNY");
    RUN(an_answer_is_said_as_a_person_would);
    RUN(an_answer_left_empty_is_said_to_be_so);
    RUN(money_keeps_its_cents);
    RUN(a_choice_has_its_name_in_the_readers_language);
    RUN(parts_are_joined_as_the_language_joins_them);
    RUN(a_law_is_named_once_with_all_its_articles);
    RUN(a_file_has_its_size_in_words);
    RUN(a_place_is_called_by_all_that_can_be_brought_to_it);
    RUN(a_date_says_which_days_did_not_count);
    RUN(a_case_says_what_happens_next_by_itself);
    arena_close(arena);
    return test_end();
}
