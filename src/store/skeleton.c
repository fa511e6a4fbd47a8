/* The texts that hashes and seals are made over. The writer of an entry and whoever verifies it call the same
 * functions, and these texts are part of the data format: what is once written is verified by them for ever. */
#include "store/inside.h"

enum { SKELETON_MAX = 1 << 20, PURPOSE_MAX = 128 };

static void put_number(Text *text, int64_t number)
{
    text_i64(text, number);
    text_char(text, '|');
}

static void put_date(Text *text, Date date)
{
    if (date_is_set(date))
        text_date(text, date);
    text_char(text, '|');
}

/* Numbers and dates hold no bar, and the only free text stands last: no two entries have the same text. */
Str entry_skeleton(Arena *arena, const ChainPlace *place, const Entry *entry)
{
    Text text = text_begin(arena, SKELETON_MAX);
    put_number(&text, place->area);
    put_number(&text, place->application);
    put_number(&text, place->k);
    put_number(&text, entry->n);
    put_number(&text, entry->kind);
    put_number(&text, entry->role);
    put_number(&text, entry->at.us);
    put_date(&text, entry->on);
    put_date(&text, entry->until);
    put_number(&text, entry->period.amount);
    put_number(&text, entry->period.unit);
    text_put(&text, entry->what);
    must(!text.overflow);
    return text_str(&text);
}

static Str purpose(Arena *arena, Str kind, const int64_t *numbers, size_t count)
{
    Text text = text_begin(arena, PURPOSE_MAX);
    text_put(&text, kind);
    for (size_t i = 0; i < count; i++) {
        text_char(&text, '/');
        text_i64(&text, numbers[i]);
    }
    must(!text.overflow);
    return text_str(&text);
}

Str entry_purpose(Arena *arena, const ChainPlace *place, uint32_t n)
{
    const int64_t numbers[] = { place->area, place->application, place->k, n };
    return purpose(arena, S("entry"), numbers, COUNT_OF(numbers));
}

Str answers_purpose(Arena *arena, int64_t area, int64_t application)
{
    const int64_t numbers[] = { area, application };
    return purpose(arena, S("answers"), numbers, COUNT_OF(numbers));
}

Str evidence_purpose(Arena *arena, const Evidence *row)
{
    const int64_t numbers[] = { row->area, row->application, row->id };
    return purpose(arena, S("evidence"), numbers, COUNT_OF(numbers));
}

Str store_unseal(Store *store, Arena *arena, int64_t party, Str purpose_text, Str sealed)
{
    Key key;
    Str plain;
    if (!party || !sealed.len || keys_find(store->keys, party, &key) != KEY_FOUND)
        return STR_NONE;
    bool is_open = trust_open(arena, &key, purpose_text, sealed, &plain);
    key_forget(&key);
    return is_open ? plain : STR_NONE;
}
