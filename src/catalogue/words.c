/* From a node to texts, and to words out of a fixed set. */
#include "catalogue/loader.h"

_Static_assert(sizeof(AuthorityLevel) == sizeof(unsigned) && sizeof(FactKind) == sizeof(unsigned),
               "enums are unsigned");

void load_texts(Loader *loader, const Field *key, const Node *node, void *field)
{
    const Strs *languages = &loader->pack->languages;
    if (node->kind != NODE_MAP) {
        load_wrong_type(loader, key, node);
        return;
    }
    Texts texts = { 0 };
    for (size_t i = 0; languages->count && i < node->keys.count; i++) {
        const Node *code = node->keys.at[i], *text = node->items.at[i];
        int language = pack_language(loader->pack, code->text);
        if (language < 0) {
            Str hint = load_did_you_mean(loader, code->text, languages);
            fault(loader, UNKNOWN_LANGUAGE, node_place(code), hint.len ? hint : S("the languages stand in the pack's document"),
                  "\"%.*s\" is no language of the pack", STR_ARGS(code->text));
        } else if (text->kind == NODE_TEXT && !node_is_nothing(text)) {
            texts.in[language] = str_trim(text->text);
            if (!texts.in[language].len)
                fault(loader, MISSING_TEXT, node_place(text), S("write the text"), "\"%s\" is empty in \"%.*s\"", key->name,
                      STR_ARGS(code->text));
        } else if (text->kind != NODE_BROKEN) {
            fault(loader, MISSING_TEXT, node_place(text), S("write the text; one with colons or quotes in it goes after |"),
                  "\"%s\" has no text in \"%.*s\"", key->name, STR_ARGS(code->text));
        }
    }
    for (size_t i = 0; i < languages->count; i++)
        if (!node_get(node, languages->at[i]))
            fault(loader, MISSING_TEXT, node_place(node), str_printf(loader->scratch, "add %.*s: …", STR_ARGS(languages->at[i])),
                  "\"%s\" has no text in \"%.*s\"", key->name, STR_ARGS(languages->at[i]));
    memcpy(field, &texts, sizeof texts);
}

void load_text(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text;
    if (load_text_of(loader, key, node, &text))
        memcpy(field, &text, sizeof text);
}

void load_names(Loader *loader, const Field *key, const Node *node, void *field)
{
    for (size_t i = 0; i < node_count(node); i++) {
        Str text;
        if (load_text_of(loader, key, node_item(node, i), &text))
            memcpy(load_item_add(loader->arena, field, sizeof text), &text, sizeof text);
    }
}

bool load_identifier_is_good(Str id, char joint)
{
    bool joined = true; /* No joint at the front, none after another, none at the end. */
    for (size_t i = 0; i < id.len; i++) {
        char c = id.data[i];
        if (c == joint && joined)
            return false;
        if (c != joint && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
            return false;
        joined = c == joint;
    }
    return !joined && id.len <= IDENTIFIER_MAX;
}

void load_identifier(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text;
    if (!load_text_of(loader, key, node, &text))
        return;
    if (load_identifier_is_good(text, '-'))
        memcpy(field, &text, sizeof text);
    else
        load_wrong_type(loader, key, node);
}

bool load_word_index(const Field *key, Str word, size_t *index)
{
    for (*index = 0; *index < key->word_count; ++*index)
        if (str_equal(word, str_from(key->words[*index])))
            return true;
    return false;
}

void load_word(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text;
    size_t index;
    if (!load_text_of(loader, key, node, &text))
        return;
    if (load_word_index(key, text, &index)) {
        memcpy(field, &(unsigned){ (unsigned)index }, sizeof(unsigned));
        return;
    }
    Strs words = { 0 };
    Text all = text_begin(loader->scratch, 1000);
    for (size_t i = 0; i < key->word_count; i++) {
        list_push(loader->scratch, &words, str_from(key->words[i]));
        text_printf(&all, "%s%s", i ? ", " : "one of: ", key->words[i]);
    }
    Str near = load_did_you_mean(loader, text, &words);
    fault(loader, UNKNOWN_WORD, node_place(node), near.len ? near : text_str(&all), "\"%s\" cannot be \"%.*s\"", key->name,
          STR_ARGS(text));
}

void load_languages(Loader *loader, const Field *key, const Node *node, void *field)
{
    Strs languages = { 0 };
    for (size_t i = 0; i < node_count(node); i++) {
        const Node *item = node_item(node, i);
        Str code = item->kind == NODE_TEXT ? item->text : STR_NONE;
        if (code.len != 2 || !load_identifier_is_good(code, '-') || code.data[0] <= '9' || code.data[1] <= '9')
            load_wrong_type(loader, key, item);
        else if (strs_has(&languages, code))
            fault(loader, TWICE_IN_LIST, node_place(item), STR_NONE, "\"%.*s\" stands twice in \"%s\"", STR_ARGS(code), key->name);
        else if (languages.count == LANGUAGES_MAX)
            fault(loader, OUT_OF_RANGE, node_place(item), STR_NONE, "a pack has at most %d languages", LANGUAGES_MAX);
        else
            list_push(loader->arena, &languages, code);
    }
    /* All or none: with one of them missing, every text of the pack would be complained of. */
    if (languages.count < node_count(node))
        languages = (Strs){ 0 };
    memcpy(field, &languages, sizeof languages);
}

void load_currency(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text;
    if (!load_text_of(loader, key, node, &text))
        return;
    bool good = text.len == 3;
    for (size_t i = 0; good && i < 3; i++)
        good = text.data[i] >= 'A' && text.data[i] <= 'Z';
    if (good)
        memcpy(field, &text, sizeof text);
    else
        load_wrong_type(loader, key, node);
}

void load_weekdays(Loader *loader, const Field *key, const Node *node, void *field)
{
    static const char *const DAYS[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
    const Field day = { .name = key->name, .type = TYPE_WORD, .words = DAYS, .word_count = COUNT_OF(DAYS) };
    bool *free = field;
    for (size_t i = 0; i < node_count(node); i++) {
        const Node *item = node_item(node, i);
        unsigned index = UINT32_MAX;
        if (item->kind != NODE_BROKEN)
            load_word(loader, &day, item, &index);
        if (index < COUNT_OF(DAYS))
            free[index + 1] = true; /* Monday is 1. */
    }
    bool all = true;
    for (size_t i = 1; i <= COUNT_OF(DAYS); i++)
        all = all && free[i];
    if (all)
        fault(loader, WORKED_ANYWAY, node_place(node), STR_NONE, "some day of the week must be worked");
}
