/* Forms as they come: urlencoded, in parts, whole and cut off, with any boundary. The first byte says how. */
#include "../../src/web/body.c"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Served served = { .upload_max = 1000 };
    Arena *arena = fuzz_arena((size_t)64 << 20);
    if (size == 0)
        return 0;
    const uint8_t how = data[0];
    Str text = { (const char *)data + 1, size - 1 }, plain;
    Exchange it = { .served = &served, .request.arena = arena };
    if (how & 1) {
        Form form = { 0 };
        if (form_read_encoded(arena, &form, text))
            for (size_t i = 0; i < form.count; i++)
                must(utf8_is_valid(form.at[i].name) && utf8_is_valid(form.at[i].value));
        if (percent_decode(arena, text, how & 2, &plain))
            must(plain.len <= text.len);
        return 0;
    }
    /* The first line is the content type. */
    Str type, rest = text;
    if (text.len == 0 || !str_cut(&rest, '\n', &type))
        return 0;
    char *copy = arena_alloc(arena, rest.len);
    memcpy(copy, rest.data ? rest.data : "", rest.len);
    it.body = (Body){ .data = copy, .len = rest.len, .received = rest.len + (how >> 1 & 1) };
    if (multipart_read(&it, type)) {
        must(it.request.form.count <= FIELDS_MAX);
        must(it.request.upload.content.len <= served.upload_max);
        must(utf8_is_valid(it.request.upload.name) && str_find(it.request.upload.name, S("/")) == SIZE_MAX);
        for (size_t i = 0; i < it.request.form.count; i++)
            must(utf8_is_valid(it.request.form.at[i].name) && utf8_is_valid(it.request.form.at[i].value));
    }
    return 0;
}
