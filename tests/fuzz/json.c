/* The JSON reader; and what our own writer makes of a text is read back as that text. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = fuzz_arena((size_t)64 << 20);
    Str text = { (const char *)data, size };
    Errors errors = errors_begin(arena);
    const Json *json = json_parse(arena, text, &errors);
    must((json == NULL) == (errors.list.count > 0));
    if (json) {
        (void)json_get(json, S("a"));
        (void)json_text(json, S("a"));
    }
    if (utf8_is_valid(text) && size < 100000) {
        Text out = text_begin(arena, SIZE_MAX);
        text_put(&out, S("{\"a\":"));
        json_put(&out, text);
        text_char(&out, '}');
        const Json *again = json_parse(arena, text_str(&out), &errors);
        must(again != NULL && str_equal(json_text(again, S("a")), text));
    }
    return 0;
}
