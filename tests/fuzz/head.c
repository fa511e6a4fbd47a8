/* What a request says before its body: the target, the language that is wished for, the session's cookie, where a redirect leads. */
#include "../../src/web/request.c"

#include "fuzz.h"
#include "trust/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = fuzz_arena((size_t)64 << 20);
    Str text = { (const char *)data, size }, path;
    Strs segments = { 0 };
    Hash hash;
    if (path_read(arena, target_path(text), &segments, &path)) {
        must(utf8_is_valid(path) && path.len <= TARGET_MAX && str_starts(path, S("/")));
        for (size_t i = 0; i < segments.count; i++)
            must(str_find(segments.at[i], S("/")) == SIZE_MAX);
    }
    Str spoken[] = { S("zh"), S("en") };
    const Pack pack = { .languages = { .at = spoken, .count = COUNT_OF(spoken) } };
    const int language = language_accepted(&pack, text);
    must(language >= -1 && language < (int)COUNT_OF(spoken));
    must(language_index(&pack, text) < (int)COUNT_OF(spoken));
    if (hash_parse(text, &hash)) {
        Text again = text_begin(arena, 64);
        text_hash(&again, &hash);
        must(str_equal_nocase(text_str(&again), text));
    }
    /* What would be a link to another site is never one to ours. */
    if (html_url_is_relative(text))
        must(!str_starts(text, S("//")) && !str_starts(text, S("/\\")) && !str_starts(text, S("javascript:")));
    return 0;
}
