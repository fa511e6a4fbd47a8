/* Texts, dates, periods and money in words. */
#include "language/language.h"

#include "test.h"

static Arena *arena;

static void a_language_is_known_by_its_code_and_english_stands_in(void)
{
    CHECK(language_of(S("zh")) == LANGUAGE_ZH);
    CHECK(language_of(S("zh-CN")) == LANGUAGE_ZH);
    CHECK(language_of(S("ZH_tw")) == LANGUAGE_ZH);
    CHECK(language_of(S("en")) == LANGUAGE_EN);
    CHECK(language_of(S("zha")) == LANGUAGE_EN);
    CHECK(language_of(S("")) == LANGUAGE_EN);
    CHECK_STR(language_tag(LANGUAGE_ZH), S("zh-Hans"));
    CHECK_STR(language_tag_of(S("zh-CN")), S("zh-Hans"));
    CHECK_STR(language_tag_of(S("fr")), S("fr"));
}

static void texts_are_looked_up_and_fall_back_to_themselves(void)
{
    CHECK_STR(TR(LANGUAGE_ZH, "Back"), S("返回"));
    CHECK_STR(TR(LANGUAGE_EN, "Back"), S("Back"));
    CHECK_STR(text_of(LANGUAGE_ZH, "no such text"), S("no such text"));
}

static void arguments_are_placed_once_and_not_read_again(void)
{
    CHECK_STR(text_in(arena, LANGUAGE_ZH, "%1 (optional)", S("%1%2")), S("%1%2（选填）"));
    const Str args[] = { S("a"), S("b") };
    CHECK_STR(text_place(arena, S("%2 %1%1 %3 100% %"), args, 2), S("b aa %3 100% %"));
    CHECK_STR(text_place(arena, STR_NONE, args, 2), STR_NONE);
    CHECK_STR(text_in(arena, LANGUAGE_ZH, "Back"), S("返回"));
}

static Str words_of_period(Language language, int32_t amount, Unit unit)
{
    Text text = text_begin(arena, 100);
    period_in_words(&text, language, (Period){ amount, unit });
    return text_str(&text);
}

static void periods_are_counted(void)
{
    CHECK_STR(words_of_period(LANGUAGE_EN, 1, UNIT_WORKING_DAY), S("1 working day"));
    CHECK_STR(words_of_period(LANGUAGE_EN, 20, UNIT_WORKING_DAY), S("20 working days"));
    CHECK_STR(words_of_period(LANGUAGE_ZH, 1, UNIT_MONTH), S("1个月"));
    CHECK_STR(words_of_period(LANGUAGE_ZH, 5, UNIT_YEAR), S("5年"));
    CHECK_STR(words_of_period(LANGUAGE_EN, 0, UNIT_DAY), STR_NONE);
}

static Str words_of_money(Language language, int64_t cents, Str currency)
{
    Text text = text_begin(arena, 100);
    money_in_words(&text, language, (Money){ cents }, currency);
    return text_str(&text);
}

static void money_is_written_as_people_write_it(void)
{
    CHECK_STR(words_of_money(LANGUAGE_EN, 0, S("CNY")), S("¥0"));
    CHECK_STR(words_of_money(LANGUAGE_EN, 123456705, S("CNY")), S("¥1,234,567.05"));
    CHECK_STR(words_of_money(LANGUAGE_EN, 100000, S("EUR")), S("€1,000"));
    CHECK_STR(words_of_money(LANGUAGE_EN, -1050, S("XYZ")), S("-XYZ 10.50"));
    CHECK_STR(words_of_money(LANGUAGE_ZH, 120000, S("CNY")), S("1200元"));
    CHECK_STR(words_of_money(LANGUAGE_ZH, 1, S("USD")), S("0.01美元"));
    CHECK_STR(words_of_money(LANGUAGE_ZH, 100, S("XYZ")), S("XYZ 1"));
}

static void an_instant_is_shown_in_the_zone_of_the_jurisdiction(void)
{
    Text text = text_begin(arena, 100);
    instant_in_words(&text, LANGUAGE_EN, (Instant){ instant_of(date_of(2026, 3, 13), 480).us - 1 }, 480);
    text_char(&text, '|');
    instant_in_words(&text, LANGUAGE_ZH, instant_of(date_of(2026, 3, 13), 480), 480);
    instant_in_words(&text, LANGUAGE_ZH, (Instant){ 0 }, 480);
    CHECK_STR(text_str(&text), S("12 March 2026, 23:59|2026年3月13日 00:00"));
}

int main(void)
{
    arena = arena_open(1 << 20);
    RUN(a_language_is_known_by_its_code_and_english_stands_in);
    RUN(texts_are_looked_up_and_fall_back_to_themselves);
    RUN(arguments_are_placed_once_and_not_read_again);
    RUN(periods_are_counted);
    RUN(money_is_written_as_people_write_it);
    RUN(an_instant_is_shown_in_the_zone_of_the_jurisdiction);
    arena_close(arena);
    return test_end();
}
