/* Templates: what they write, in both languages, and what the compiler of templates refuses. */
#include "unit/html-test.h"

#include <stdio.h>
#include <stdlib.h>

#include "test.h"

static Arena *arena;

static Pack test_pack(void)
{
    Pack pack = { .currency = S("CNY"), .utc_offset_minutes = 480 };
    pack.name = (Texts){ { S("Onestop"), S("一站办") } };
    pack.language_names = (Texts){ { S("English"), S("中文") } };
    list_push(arena, &pack.languages, S("en"));
    list_push(arena, &pack.languages, S("zh"));
    return pack;
}

static Str made(void (*page)(Html *, const TestPage *), const TestPage *content, Str language)
{
    Pack pack = test_pack();
    Html out = html_begin(arena, &pack, language);
    page(&out, content);
    return html_end(&out);
}

static void markup_in_values_is_escaped(void)
{
    TestPage page = { .text = S("<a>&\"'"), .markup = { S("<b>&amp;</b>") } };
    CHECK_STR(made(html_test_escaping, &page, S("en")),
              S("<p title=\"&lt;a&gt;&amp;&quot;&#39;\" class='&lt;a&gt;&amp;&quot;&#39;'>&lt;a&gt;&amp;&quot;&#39;</p>"
                "<b>&amp;</b><i title=\"&lt;b&gt;&amp;amp;&lt;/b&gt;\"></i>\n"));
}

static const TestPage WORDS = {
    .number = 3,
    .date = { 20525 },
    .at = { 20525 * DAY_US + (int64_t)(6 * 60 + 5) * 60000000 + 123456 },
    .fee = { 120050 },
    .period = { 10, UNIT_WORKING_DAY },
};

static void values_are_written_in_words_of_the_language(void)
{
    Str machines = S("<time datetime=\"2026-03-13\"></time><time datetime=\"2026-03-13T06:05:00Z\"></time>\n");
    CHECK_STR(made(html_test_words, &WORDS, S("en")),
              str_printf(arena, "3|0|13 March 2026|13 March 2026, 14:05|¥1,200.50|10 working days|it&#39;s\n%.*s",
                         STR_ARGS(machines)));
    CHECK_STR(made(html_test_words, &WORDS, S("zh")),
              str_printf(arena, "3|0|2026年3月13日|2026年3月13日 14:05|1200.50元|10个工作日|it&#39;s\n%.*s",
                         STR_ARGS(machines)));
    TestPage unset = { .date = DATE_NONE };
    CHECK_STR(made(html_test_words, &unset, S("en")),
              S("0|0|||¥0||it&#39;s\n<time datetime=\"\"></time><time datetime=\"\"></time>\n"));
}

static void texts_are_translated_and_arguments_find_their_place(void)
{
    TestPage page = WORDS;
    page.text = S("A&B");
    CHECK_STR(made(html_test_texts, &page, S("en")),
              S("Bread &amp; butter|From 13 March 2026 to 3, says A&amp;B\n"
                "3 loaves|<i title=\"Bread &amp; butter\"></i>\n[From 13 March 2026 to 3, says Bread &amp; butter|3 loaves]\n"));
    CHECK_STR(made(html_test_texts, &page, S("zh")),
              S("面包&lt;与&gt;黄油|A&amp;B说：3，自2026年3月13日起\n3个面包|<i title=\"面包&lt;与&gt;黄油\"></i>\n"
                "[面包&lt;与&gt;黄油说：3，自2026年3月13日起|3个面包]\n"));
}

static void one_is_counted_apart_and_chinese_counts_all_alike(void)
{
    TestPage page = { .number = 1 };
    CHECK(str_find(made(html_test_texts, &page, S("en")), S("\n1 loaf|")) != SIZE_MAX);
    CHECK(str_find(made(html_test_texts, &page, S("zh")), S("\n1个面包|")) != SIZE_MAX);
}

static void a_language_that_is_not_spoken_is_answered_in_english(void)
{
    CHECK(str_starts(made(html_test_texts, &WORDS, S("fr")), S("Bread &amp; butter|")));
}

static void only_relative_urls_pass(void)
{
    static const char *const URLS[][2] = {
        { "/events/a?b=1&c", "/events/a?b=1&amp;c" }, { "?lang=zh", "?lang=zh" }, { "#top", "#top" },
        { "//evil.example", "#" }, { "/\\evil.example", "#" }, { "https://evil.example", "#" },
        { "javascript:alert(1)", "#" }, { " /blank", "#" }, { "/a\nb", "#" }, { "", "#" }, { "relative", "#" },
    };
    TestPage page = { .text = S("a/b &中"), .number = 7 };
    Text want = text_begin(arena, 10000);
    for (size_t i = 0; i < COUNT_OF(URLS); i++) {
        list_push(arena, &page.items, (TestItem){ .url = str_from(URLS[i][0]) });
        text_printf(&want, "<a href=\"%s\">%zu</a>\n", URLS[i][1], i);
    }
    text_put(&want, S("<a href=\"/search?q=a%2Fb%20%26%E4%B8%AD&amp;n=7\">q</a> <a href=\"#7\">n</a> "
                      "<a href=\"tel:+8657112345\">t</a>\n"));
    CHECK_STR(made(html_test_urls, &page, S("en")), text_str(&want));
}

static void a_path_after_a_url_never_names_another_host(void)
{
    TestPage page = { 0 };
    list_push(arena, &page.items, (TestItem){ .url = S("/a") });
    list_push(arena, &page.items, (TestItem){ .url = S("/") });
    list_push(arena, &page.items, (TestItem){ .url = S("//b") });
    CHECK_STR(made(html_test_paths, &page, S("en")), S("<a href=\"/a/x.y\">\n<a href=\"/x.y\">\n<a href=\"#/x.y\">\n"));
}

static void blocks_choose_and_repeat_and_leave_no_blank_lines(void)
{
    TestItem first = { .name = S("x") }, second = { .name = S("y") };
    TestPage page = { .number = 2, .text = S("\nz") };
    list_push(arena, &page.pointers, &first);
    list_push(arena, &page.pointers, &second);
    CHECK_STR(made(html_test_blocks, &page, S("en")),
              S("<input checked class=\"a many\">\n<b>x</b>\n<b>y</b>\nwords \nand more\n<pre>\n  kept\n</pre>"
                "<textarea>\n\nz</textarea>\n"));
    page = (TestPage){ .number = 1, .text = S("z") };
    CHECK_STR(made(html_test_blocks, &page, S("en")),
              S("<input class=\"a one\">\nwords <pre>\n  kept\n</pre><textarea>\nz</textarea>\n"));
}

static void fields_carry_their_error_and_dates_follow_the_language(void)
{
    TestPage page = { .text = S("\"") };
    Str english = made(html_test_form, &page, S("en")), chinese = made(html_test_form, &page, S("zh"));
    CHECK(str_find(english, S("id=\"a-error\"><span class=\"hidden\">Error:</span> Enter it</p>")) != SIZE_MAX);
    CHECK(str_find(english, S("value=\"&quot;\"")) != SIZE_MAX);
    CHECK(str_find(english, S("aria-describedby=\"a-error\"")) != SIZE_MAX);
    CHECK(str_find(english, S("id=\"d\" name=\"d-day\"")) != SIZE_MAX);
    CHECK(str_find(chinese, S("id=\"d\" name=\"d-year\"")) != SIZE_MAX);
}

static void the_layout_names_its_page_and_leads_back_in_the_other_language(void)
{
    Pack pack = test_pack();
    Html out = html_begin(arena, &pack, S("zh"));
    Layout layout = { .pack = &pack, .title = S("A < B"), .section = S("C"), .path = S("/x"), .error = true,
                      .query = S("q=1&lang=zh&p=2") };
    html_layout_begin(&out, &layout);
    html_layout_end(&out, &layout);
    Str page = html_end(&out);
    CHECK(str_find(page, S("<html class=\"govuk-template\" lang=\"zh-Hans\">")) != SIZE_MAX);
    CHECK(str_find(page, S("<title>错误： A &lt; B – C – 一站办</title>")) != SIZE_MAX);
    CHECK(str_find(page, S("<a href=\"/x?q=1&amp;p=2&amp;lang=en\" lang=\"en\" hreflang=\"en\">English")) != SIZE_MAX);
    CHECK(str_find(page, S("<span aria-current=\"true\" lang=\"zh-Hans\">中文</span>")) != SIZE_MAX);
}

static void a_page_that_grows_too_large_is_no_page(void)
{
    Html out = html_begin(arena, NULL, S("en"));
    for (size_t i = 0; i <= HTML_MAX; i += 1024)
        html_escape(&out, (Str){ out.text.data, 1024 });
    CHECK_STR(html_end(&out), STR_NONE);
}

static void assets_are_found_by_their_url_and_are_small(void)
{
    const Asset *css = asset_find(asset_url("onestop.css")), *js = asset_find(asset_url("onestop.js"));
    CHECK(css != NULL && css->bytes.len > 1000 && css->bytes.len <= 20000);
    CHECK(js != NULL && js->bytes.len > 1000 && js->bytes.len <= 10240);
    CHECK(css != NULL && str_equal(css->content_type, S("text/css; charset=utf-8")));
    CHECK(asset_find(S("/assets/onestop.css")) == NULL);
    CHECK(asset_find(STR_NONE) == NULL);
}

/* What the compiler says about a template; "" when it accepts it. */
static Str said_about(const char *template)
{
    setenv("TEMPLATE", template, 1);
    FILE *pipe = popen("printf '%s' \"$TEMPLATE\" |"
                       "'" TEMPLATES_TOOL "' /dev/null /dev/stdin '" TEST_CATALOGUE "' 2>&1", "r");
    must(pipe != NULL);
    char line[1000];
    Text said = text_begin(arena, 10000);
    while (fgets(line, sizeof line, pipe))
        text_put(&said, str_from(line));
    int status = pclose(pipe);
    CHECK((status == 0) == (said.len == 0));
    return text_str(&said);
}

static void check_refused(const char *template, const char *message)
{
    Str said = said_about(template);
    if (!CHECK(str_find(said, str_from(message)) != SIZE_MAX))
        printf("   about: %s\n   said: %.*s\n", template, STR_ARGS(said));
}

static void output_is_refused_where_escaping_cannot_make_it_safe(void)
{
    static const char *const CASES[][2] = {
        { "<script>{{ x }}</script>", "1: error: nothing may be written inside <script>" },
        { "<style>{{ x }}</style>", "inside <style>" },
        { "<p title={{ x }}>", "put the value of title in quotes" },
        { "<p title=a{{ x }}>", "put the value of title in quotes" },
        { "<p {{ x }}>", "between the attributes of <p>" },
        { "<p {{ x }}=\"a\">", "between the attributes of <p>" },
        { "<p data-{{ x }}=\"a\">", "between the attributes of <p>" },
        { "<{{ x }}>", "into the name of a tag" },
        { "<h{{ x }}>", "into the name of a tag" },
        { "</h{{ x }}>", "into the name of a tag" },
        { "<p onclick=\"{{ x }}\">", "into the attribute onclick" },
        { "<p ONCLICK='{{ x }}'>", "into the attribute onclick" },
        { "<p style=\"{{ x }}\">", "into the attribute style" },
        { "<img srcset=\"{{ x }}\">", "into the attribute srcset" },
        { "<a href=\"https:{{ x }}\">", "must begin with /" },
        { "<a href=\"//{{ x }}\">", "must begin with /" },
        { "<a href=\"x{{ x }}\">", "must begin with /" },
        { "<a href=\"{{ x }}//{{ x }}\">", "cannot be continued" },
        { "<a href=\"{{ x }}\\{{ x }}\">", "cannot be continued" },
        { "<a href=\"{% if y %}java{% end %}{{ x }}\">", "must not begin with a statement" },
        { "<form action=\"javascript:{{ x }}\">", "must begin with /" },
        { "<iframe src=\"/\">", "<iframe> has no place" },
        { "<textarea></text{{ x }}area>", "inside the end tag" },
        { "<!-- {{ x }} -->", "write comments as" },
        { "1 < 2", "write &lt;" },
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Str template = str_printf(arena, "{%% page a(int x) %%}%s{%% end %%}", CASES[i][0]);
        check_refused(str_terminated(arena, template), CASES[i][1]);
    }
}

static void templates_that_do_not_add_up_are_refused_with_their_line(void)
{
    static const char *const CASES[][2] = {
        { "{% page a(int x) %}\n{% if x %}\n", "/dev/stdin:2: error: this block is not closed" },
        { "{% page a(int x) %}{% end %}\n{% end %}", ":2: error: an end without a beginning" },
        { "\nhello", ":2: error: text outside of any page" },
        { "{% page a(int x) %}{% if x %}<p{% end %}>{% end %}", "a tag or a quote is open" },
        { "{% page a(int x) %}<p{% if x %} title=\"{% else %} class=\"{% end %}a\">{% end %}", "in different places" },
        { "{% page a(int x) %}<p class=\"a{% end %}", "a tag or a quote is open" },
        { "{% page a(int x) %}<p {% call b() %}>{% end %}", "a call cannot stand inside <p>" },
        { "{% page a(int x) %}{% else %}{% end %}", "an else without its if" },
        { "{% page a(int x) %}{% unless x %}{% end %}", "no such statement: unless" },
        { "{% page a(int x) %}{{ x }{% end %}", "no }} closes" },
        { "{% page a(int x) %}<p a=\"b\"c=\"d\">{% end %}", "a blank must stand before the next attribute" },
        { "{% page a(int x) %}<p {% if x %}on{% end %}click=\"\">{% end %}", "a blank must stand before" },
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        check_refused(CASES[i][0], CASES[i][1]);
}

static void a_text_without_its_translation_does_not_build(void)
{
    check_refused("{% page a(int x) %}\n{{ _(\"Nobody said this\") }}\n{{ _(\"Nor this\") }}{% end %}",
                  "/dev/stdin:2: error: not in");
    check_refused("{% page a(int x) %}\n{{ _(\"Nobody said this\") }}\n{{ _(\"Nor this\") }}{% end %}", "\"Nor this\"");
    check_refused("{% page a(int x) %}{{ _(\"Wrong %1\", x) }}{% end %}", "other placeholders");
    check_refused("{% page a(int x) %}{{ _(\"Bread & butter\", x) }}{% end %}", "1 arguments for");
    check_refused("{% page a(int x) %}<a href=\"/{{ _(\"Bread & butter\") }}\">{% end %}", "no place in a URL");
}

static void a_sound_template_is_accepted(void)
{
    CHECK_STR(said_about("{% page a(int x) %}<p class=\"a\" {% if x %}hidden{% end %}>{{ x }}</p>{% end %}"), STR_NONE);
}

static void every_text_of_pages_and_code_is_translated(void)
{
    FILE *pipe = popen("cd '" SOURCE_ROOT "' && '" TEXTS_TOOL "' missing '" CHINESE_CATALOGUE "' src/web/*.html "
                       "src/web/*.[ch] src/desk/*.[ch] src/notify/*.[ch] src/language/*.c", "r");
    must(pipe != NULL);
    char line[1000], last[1000] = "";
    while (fgets(line, sizeof line, pipe)) {
        if (str_starts(str_from(line), S("msgid ")))
            printf("not translated: %s", line);
        memcpy(last, line, sizeof last);
    }
    CHECK(pclose(pipe) == 0);
    CHECK(str_find(str_from(last), S(" 0 missing of ")) != SIZE_MAX);
}

int main(void)
{
    arena = arena_open(64 << 20);
    RUN(markup_in_values_is_escaped);
    RUN(values_are_written_in_words_of_the_language);
    RUN(texts_are_translated_and_arguments_find_their_place);
    RUN(one_is_counted_apart_and_chinese_counts_all_alike);
    RUN(a_language_that_is_not_spoken_is_answered_in_english);
    RUN(only_relative_urls_pass);
    RUN(a_path_after_a_url_never_names_another_host);
    RUN(blocks_choose_and_repeat_and_leave_no_blank_lines);
    RUN(fields_carry_their_error_and_dates_follow_the_language);
    RUN(the_layout_names_its_page_and_leads_back_in_the_other_language);
    RUN(a_page_that_grows_too_large_is_no_page);
    RUN(assets_are_found_by_their_url_and_are_small);
    RUN(output_is_refused_where_escaping_cannot_make_it_safe);
    RUN(templates_that_do_not_add_up_are_refused_with_their_line);
    RUN(a_text_without_its_translation_does_not_build);
    RUN(a_sound_template_is_accepted);
    RUN(every_text_of_pages_and_code_is_translated);
    arena_close(arena);
    return test_end();
}
