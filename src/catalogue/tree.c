/* YAML to tree, from libfyaml's events.
 *
 * Events and not libfyaml's documents: they give the byte where each map and list begins, they never resolve an alias
 * (so there is no billion laughs), and the tree that remains is ours, in an arena. Anchors, aliases and tags are
 * refused: a pack is read by officials, and what stands there should be what holds there. */
#include "catalogue/faults.h"
#include "catalogue/tree.h"

#include <libfyaml.h>

typedef struct Reader {
    Arena *keep, *scratch;
    const File *file;
    size_t skipped;                                /* bytes in front that the parser was not given */
    struct fy_parser *parser;
    struct fy_event *event;                        /* the present one; NULL at the end or after a fault */
    size_t *nodes;
    Errors *errors;
} Reader;

static void advance(Reader *reader)
{
    if (reader->event)
        fy_parser_event_free(reader->parser, reader->event);
    reader->event = fy_parser_parse(reader->parser);
}

static size_t offset_of(const Reader *reader, const struct fy_mark *mark, size_t otherwise)
{
    return mark ? mark->input_pos + reader->skipped : otherwise;
}

static void complain(Reader *reader, PackFault fault, size_t at, Str hint, const char *what)
{
    errors_add_kind(reader->errors, &PACK_FAULTS[fault], file_place(reader->file, at), hint, "%s", what);
}

static bool opens(const struct fy_event *event)
{
    return event->type == FYET_SEQUENCE_START || event->type == FYET_MAPPING_START;
}

static bool closes(const struct fy_event *event)
{
    return event->type == FYET_SEQUENCE_END || event->type == FYET_MAPPING_END;
}

/* Past the present node, whatever is in it. */
static void skip_node(Reader *reader)
{
    size_t depth = 0;
    while (reader->event) {
        if (opens(reader->event))
            depth++;
        else if (closes(reader->event))
            depth--;
        advance(reader);
        if (depth == 0)
            return;
    }
}

static void read_text(Reader *reader, Node *node)
{
    struct fy_token *token = reader->event->scalar.value;
    size_t length = 0;
    const char *text = token ? fy_token_get_text(token, &length) : NULL;
    enum fy_scalar_style style = token ? fy_token_scalar_style(token) : FYSS_PLAIN;
    node->text = text ? str_copy(reader->keep, (Str){ text, length }) : STR_NONE;
    node->from = offset_of(reader, fy_event_start_mark(reader->event), node->at);
    node->at = node->from;
    if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) {
        node->style = style == FYSS_SINGLE_QUOTED ? STYLE_SINGLE_QUOTED : STYLE_DOUBLE_QUOTED;
        node->at -= node->at > 0; /* The mark stands behind the quote. */
    } else if (style == FYSS_LITERAL || style == FYSS_FOLDED) {
        node->style = STYLE_BLOCK;
        node->at = node->from; /* The mark stands before the indentation. */
        while (node->at < reader->file->bytes.len && strchr(" \r\n", reader->file->bytes.data[node->at]))
            node->at++;
    }
    advance(reader);
}

static Node *read_node(Reader *reader, size_t at, size_t depth);

static void read_list(Reader *reader, Node *list, size_t depth)
{
    advance(reader);
    while (reader->event && reader->event->type != FYET_SEQUENCE_END)
        list_push(reader->scratch, &list->items, read_node(reader, list->at, depth + 1));
    advance(reader);
}

static void read_map(Reader *reader, Node *map, size_t depth)
{
    advance(reader);
    while (reader->event && reader->event->type != FYET_MAPPING_END) {
        const Node *key = read_node(reader, map->at, depth + 1);
        const Node *value = reader->event ? read_node(reader, key->at, depth + 1) : NULL;
        if (!value || key->kind == NODE_BROKEN)
            continue;
        if (key->kind != NODE_TEXT)
            complain(reader, FAULT_REFUSED_YAML, key->at, STR_NONE, "a key must be a word");
        else if (map->keys.count == KEYS_MAX)
            complain(reader, FAULT_TOO_LARGE, key->at, STR_NONE, "a map has at most 100 keys");
        else if (node_get(map, key->text))
            errors_add_kind(reader->errors, &PACK_FAULTS[FAULT_DUPLICATE_KEY], node_place(key), S("a key stands once; join the two"),
                       "duplicate key \"%.*s\"", STR_ARGS(key->text));
        else {
            list_push(reader->scratch, &map->keys, key);
            list_push(reader->scratch, &map->items, value);
        }
    }
    advance(reader);
}

/* Complains of what is not read at all, and where; true when the node is refused. */
static bool refuse(Reader *reader, size_t at, size_t depth)
{
    const Str write_out = S("write the value out");
    struct fy_token *anchor = fy_event_get_anchor_token(reader->event);
    struct fy_token *tag = fy_event_get_tag_token(reader->event);
    if (anchor)
        at = offset_of(reader, fy_token_start_mark(anchor), at);
    if (anchor || reader->event->type == FYET_ALIAS)
        complain(reader, FAULT_REFUSED_YAML, at - (at > 0), write_out, "anchors and aliases are not read"); /* The mark is behind & or *. */
    else if (tag)
        complain(reader, FAULT_REFUSED_YAML, offset_of(reader, fy_token_start_mark(tag), at), write_out, "tags are not read");
    else if (depth > NESTING_MAX)
        complain(reader, FAULT_TOO_LARGE, at, STR_NONE, "nested more than 16 deep");
    else if (*reader->nodes > 0 && --*reader->nodes == 0)
        complain(reader, FAULT_TOO_LARGE, at, STR_NONE, "a pack has less than a million values");
    else
        return *reader->nodes == 0;
    return true;
}

static Node *read_node(Reader *reader, size_t at, size_t depth)
{
    Node *node = arena_new(reader->scratch, Node);
    node->file = reader->file;
    node->at = offset_of(reader, fy_event_start_mark(reader->event), at);
    if (refuse(reader, node->at, depth)) {
        node->kind = NODE_BROKEN;
        skip_node(reader);
        return node;
    }
    if (reader->event->type == FYET_SCALAR) {
        read_text(reader, node);
    } else if (reader->event->type == FYET_SEQUENCE_START) {
        node->kind = NODE_LIST;
        read_list(reader, node, depth);
    } else {
        must(reader->event->type == FYET_MAPPING_START);
        node->kind = NODE_MAP;
        read_map(reader, node, depth);
    }
    return node;
}

/* The file as it is given to the parser, or false where that would be of no use. */
static bool bytes_are_good(Reader *reader, Str *bytes)
{
    const Str byte_order_mark = S("\xEF\xBB\xBF");
    *bytes = reader->file->bytes;
    if (str_starts(*bytes, byte_order_mark)) {
        *bytes = str_slice(*bytes, byte_order_mark.len, bytes->len);
        reader->skipped = byte_order_mark.len;
    }
    if (utf8_is_valid(*bytes))
        return true;
    /* A sequence that is cut off reads as U+FFFD too, of one byte; the character itself has three. */
    uint32_t code_point;
    for (size_t at = 0, length; at < bytes->len; at += length) {
        length = utf8_next(*bytes, at, &code_point);
        if (code_point == 0 || (code_point == 0xFFFD && length == 1)) {
            complain(reader, FAULT_NOT_UTF8, at + reader->skipped, S("save the file as UTF-8"), "this is not UTF-8 text");
            return false;
        }
    }
    must(!"invalid text has an invalid byte");
    return false;
}

static bool say_what_the_parser_said(Reader *reader, struct fy_diag *diag)
{
    void *before = NULL;
    struct fy_diag_error *fault = fy_diag_errors_iterate(diag, &before);
    if (!fault)
        return false;
    size_t line = fault->line > 0 ? (size_t)fault->line - 1 : 0;
    size_t at = line < reader->file->lines.count ? reader->file->lines.at[line] : reader->file->bytes.len;
    const struct fy_mark *mark = fault->fyt ? fy_token_start_mark(fault->fyt) : NULL;
    complain(reader, FAULT_BROKEN_YAML, offset_of(reader, mark, at),
             S("check the indentation and what is open; a text with a colon, quote or bracket in it goes in quotes or "
               "after |"),
             fault->msg);
    return true;
}

bool tree_read_file(Arena *keep, Arena *scratch, const File *file, size_t *nodes, Nodes *documents, Errors *errors)
{
    Reader reader = { .keep = keep, .scratch = scratch, .file = file, .nodes = nodes, .errors = errors };
    Str bytes;
    if (!bytes_are_good(&reader, &bytes))
        return false;
    if (str_trim(bytes).len == 0)
        return true;
    struct fy_diag_cfg diag_cfg;
    fy_diag_cfg_default(&diag_cfg);
    diag_cfg.fp = NULL;
    struct fy_diag *diag = fy_diag_create(&diag_cfg);
    must(diag != NULL);
    fy_diag_set_collect_errors(diag, true);
    const struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_ALLOW_DUPLICATE_KEYS |
                                               FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE,
                                      .diag = diag };
    reader.parser = fy_parser_create(&cfg);
    must(reader.parser != NULL && fy_parser_set_string(reader.parser, bytes.data, bytes.len) == 0);
    for (advance(&reader); reader.event;) {
        enum fy_event_type type = reader.event->type;
        bool is_node = type == FYET_SCALAR || type == FYET_ALIAS || opens(reader.event);
        if (!is_node) {
            advance(&reader);
            continue;
        }
        const Node *root = read_node(&reader, reader.skipped, 0);
        /* After a fault there is no event: the rest of this document is missing, and what is there would mislead. */
        if (reader.event && !node_is_nothing(root))
            list_push(scratch, documents, root);
    }
    bool broken = say_what_the_parser_said(&reader, diag);
    fy_parser_destroy(reader.parser);
    fy_diag_destroy(diag);
    return !broken;
}

const Node *node_get(const Node *map, Str key)
{
    if (map->kind != NODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->keys.count; i++)
        if (str_equal(map->keys.at[i]->text, key))
            return map->items.at[i];
    return NULL;
}

size_t node_count(const Node *node)
{
    return !node ? 0 : node->kind == NODE_LIST ? node->items.count : 1;
}

const Node *node_item(const Node *node, size_t index)
{
    must(index < node_count(node));
    return node->kind == NODE_LIST ? node->items.at[index] : node;
}

bool node_is_nothing(const Node *node)
{
    return node->kind == NODE_TEXT && node->style == STYLE_PLAIN &&
           (node->text.len == 0 || str_equal(node->text, S("~")) || str_equal(node->text, S("null")));
}
