/* base: what every module stands on. */
#include "base/base.h"
#include "test.h"

static Arena *arena;

static void dates_count_days(void)
{
    CHECK(date_of(1970, 1, 1).day == 0);
    CHECK(date_of(2000, 3, 1).day == 11017);
    CHECK(!date_is_real(2026, 2, 30));
    CHECK(date_is_real(2024, 2, 29));
    CHECK(!date_is_real(1900, 2, 29));
    CHECK(date_weekday(date_of(2026, 9, 21)) == 1);
    for (int32_t day = -800000; day < 800000; day += 37) {
        Ymd ymd = date_parts((Date){ day });
        if (ymd.year >= 1)
            CHECK(date_of(ymd.year, ymd.month, ymd.day).day == day);
    }
    Date date;
    CHECK(date_parse(S("2026-10-26"), &date) && date_compare(date, date_of(2026, 10, 26)) == 0);
    CHECK(!date_parse(S("2026-02-30"), &date));
    CHECK(!date_parse(S("2026-2-3"), &date));
}

static void instants_fall_on_the_date_of_the_zone(void)
{
    Instant at = instant_of(date_of(2026, 9, 21), 480);
    CHECK(date_compare(date_in_zone(at, 480), date_of(2026, 9, 21)) == 0);
    CHECK(date_compare(date_in_zone(at, 0), date_of(2026, 9, 20)) == 0);
    CHECK(date_compare(date_in_zone((Instant){ at.us - 1 }, 480), date_of(2026, 9, 20)) == 0);
    Text text = text_begin(arena, 100);
    text_instant(&text, at);
    CHECK_STR(text_str(&text), S("2026-09-20T16:00:00.000000Z"));
}

static void text_keeps_its_bound(void)
{
    Text text = text_begin(arena, 5);
    text_put(&text, S("12345"));
    CHECK(!text.overflow);
    text_char(&text, '6');
    CHECK(text.overflow);
    CHECK_STR(text_str(&text), S("12345"));
}

static void numbers_are_checked(void)
{
    int64_t value;
    CHECK(str_to_i64(S("-9223372036854775808"), &value) && value == INT64_MIN);
    CHECK(!str_to_i64(S("9223372036854775808"), &value));
    CHECK(!str_to_i64(S(""), &value));
    CHECK(!str_to_i64(S("-"), &value));
    CHECK(!str_to_i64(S("1 "), &value));
    Text text = text_begin(arena, 100);
    text_i64(&text, INT64_MIN);
    CHECK_STR(text_str(&text), S("-9223372036854775808"));
}

static void utf8_is_read_strictly(void)
{
    CHECK(utf8_is_valid(S("餐饮 ok")));
    CHECK(!utf8_is_valid(S("\xC0\xAF")));
    CHECK(!utf8_is_valid(S("\xED\xA0\x80")));
    CHECK(!utf8_is_valid(S("\xF4\x90\x80\x80")));
    CHECK(!utf8_is_valid((Str){ "a\0b", 3 }));
    CHECK(!utf8_is_valid(S("\xE9\xA4")));
    CHECK(utf8_length(S("餐饮")) == 2);
}

static void maps_keep_the_order(void)
{
    Map map = { 0 };
    int numbers[200];
    for (int i = 0; i < 200; i++)
        map_put(arena, &map, str_printf(arena, "key %d", i), &numbers[i]);
    map_put(arena, &map, S("key 7"), &numbers[8]);
    CHECK(map.entries.count == 200);
    CHECK(map_get(&map, S("key 7")) == &numbers[8]);
    CHECK(map_get(&map, S("key 199")) == &numbers[199]);
    CHECK(map_get(&map, S("key")) == NULL);
    CHECK_STR(map.entries.at[3].key, S("key 3"));
}

static void json_goes_there_and_back(void)
{
    Text text = text_begin(arena, 1000);
    text_put(&text, S("{\"a\":"));
    json_put(&text, S("q\"\\\n\x01 餐"));
    text_put(&text, S(",\"b\":[1,true,null]}"));
    Errors errors = errors_begin(arena);
    const Json *json = json_parse(arena, text_str(&text), &errors);
    CHECK(json != NULL);
    CHECK_STR(json_text(json, S("a")), S("q\"\\\n\x01 餐"));
    const Json *b = json_get(json, S("b"));
    CHECK(b && b->items.count == 3 && b->items.at[0]->kind == KIND_NUMBER && b->items.at[2]->kind == KIND_NULL);
    CHECK(json_parse(arena, S("{\"a\":"), &errors) == NULL && errors.list.count == 1);
}

static void errors_point_with_a_caret(void)
{
    Errors errors = errors_begin(arena);
    errors_add(&errors, (Place){ S("a.yaml"), 3, 7, S("name: 餐x") }, S("did you mean \"lease\"?"), "unknown key \"%s\"", "x");
    Text text = text_begin(arena, 1000);
    errors_print(&errors, &text);
    CHECK_STR(text_str(&text), S("a.yaml:3:7: error: unknown key \"x\"\n  name: 餐x\n        ^\n"
                                 "  hint: did you mean \"lease\"?\n"));
}

static void slices_are_cut_and_trimmed(void)
{
    Str rest = S("a,b,"), part;
    CHECK(str_cut(&rest, ',', &part));
    CHECK_STR(part, S("a"));
    CHECK(str_cut(&rest, ',', &part));
    CHECK_STR(part, S("b"));
    CHECK_STR(str_trim(S(" \t餐\xE3\x80\x80 ")), S("餐"));
    CHECK(str_distance(S("lease"), S("leese")) == 1);
    CHECK(str_find(S("abcabc"), S("ca")) == 2);
    CHECK(str_find_nocase(S("Open a Restaurant"), S("RESTAURANT")) == 7);
}

static int cleaned;
static void clean(void *what)
{
    cleaned = cleaned * 10 + *(int *)what;
}

static void arenas_go_back_to_a_mark(void)
{
    Arena *small = arena_open(100000);
    const ArenaMark empty = arena_mark(small);
    char *before = arena_alloc(small, 100);
    memset(before, 'x', 100);
    const ArenaMark mark = arena_mark(small);
    char *first = arena_alloc(small, 100);
    memset(first, 'y', 100);
    CHECK(arena_alloc(small, 200000) && arena_is_full(small)); /* in chunks of their own */
    arena_rewind(small, mark);
    CHECK(!arena_is_full(small) && before[99] == 'x');
    char *again = arena_alloc(small, 100);
    CHECK(again == first && again[0] == 0 && again[99] == 0);
    arena_rewind(small, empty);
    CHECK(((char *)arena_alloc(small, 100))[0] == 0);
    arena_close(small);
}

static void arenas_clean_up_newest_first(void)
{
    int one = 1, two = 2;
    Arena *small = arena_open(100);
    arena_defer(small, clean, &one);
    arena_defer(small, clean, &two);
    char *memory = arena_alloc(small, 5000);
    CHECK(memory[4999] == 0 && arena_is_full(small));
    arena_reset(small);
    CHECK(cleaned == 21 && !arena_is_full(small));
    arena_close(small);
}

int main(void)
{
    arena = arena_open(1 << 20);
    RUN(dates_count_days);
    RUN(instants_fall_on_the_date_of_the_zone);
    RUN(text_keeps_its_bound);
    RUN(numbers_are_checked);
    RUN(utf8_is_read_strictly);
    RUN(maps_keep_the_order);
    RUN(json_goes_there_and_back);
    RUN(errors_point_with_a_caret);
    RUN(slices_are_cut_and_trimmed);
    RUN(arenas_go_back_to_a_mark);
    RUN(arenas_clean_up_newest_first);
    arena_close(arena);
    return test_end();
}
