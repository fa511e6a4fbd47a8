/* Rules inside a pack: parsed where they stand, with every name checked against the facts, and bound to those that are
 * worked out.
 *
 * The rules module knows the text only, without the quotes, folds and indentation of YAML. It is therefore given a
 * place of its own, line 1 and column 1 of the text, and what it says is carried over to the file afterwards. */
#include "catalogue/loader.h"

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Index of the first byte of a line and column, both from 1, within the text. */
static size_t index_of(Str text, int line, int column)
{
    size_t at = 0;
    for (int now = 1; now < line && at < text.len; at++)
        now += text.data[at] == '\n';
    at += column > 0 ? (size_t)column - 1 : 0;
    return at < text.len ? at : text.len;
}

/* Where a name stands as a word outside of string literals; 0 when it is written otherwise than it is called. */
static size_t index_of_name(Str text, Str name)
{
    for (size_t at = 0; at < text.len; at++) {
        if (text.data[at] == '"') {
            for (at++; at < text.len && text.data[at] != '"'; at++)
                at += text.data[at] == '\\';
            continue;
        }
        bool begins = at == 0 || !is_name_byte(text.data[at - 1]);
        size_t end = at + name.len;
        if (begins && str_equal(str_slice(text, at, end), name) && (end >= text.len || !is_name_byte(text.data[end])))
            return at;
    }
    return 0;
}

static void check_names(Loader *loader, const Node *node, const Rule *rule)
{
    const Strs *names = rule_names(rule);
    for (size_t i = 0; !loader->unread && i < names->count; i++) {
        Str name = names->at[i];
        if (map_get(&loader->index[DOCUMENT_FACT], name))
            continue;
        Strs facts = load_map_keys(loader, &loader->index[DOCUMENT_FACT]);
        Str hint = load_did_you_mean(loader, name, &facts);
        fault(loader, node_place_in(node, index_of_name(node->text, name)),
              hint.len ? hint : S("a rule uses facts; a word in quotes is a text"), "there is no fact \"%.*s\"",
              STR_ARGS(name));
    }
}

void load_rule(Loader *loader, const Field *key, const Node *node, void *field)
{
    if (node->kind != NODE_TEXT || str_trim(node->text).len == 0) {
        load_wrong_type(loader, key, node);
        return;
    }
    Errors faults = errors_begin(loader->scratch);
    const Place own = { .file = S("rule"), .line = 1, .column = 1 };
    Condition condition = { .parsed = rule_parse(loader->arena, node->text, own, &faults),
                            .place = node_place_in(node, 0) };
    for (size_t i = 0; i < faults.list.count; i++) {
        const Error *error = &faults.list.at[i];
        size_t index = index_of(node->text, error->place.line, error->place.column);
        fault(loader, node_place_in(node, index), error->hint, "\"%s\": %.*s", key->name, STR_ARGS(error->what));
    }
    if (!condition.parsed)
        return;
    check_names(loader, node, condition.parsed);
    load_note_rule(loader, key, node, condition.parsed);
    condition.parsed = rule_with(loader->arena, condition.parsed, &loader->definitions);
    memcpy(field, &condition, sizeof condition);
}
