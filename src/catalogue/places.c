/* Where something stands: from a byte of a file, or of a text in it, to line, column and source line.
 *
 * YAML folds lines, removes indentation and resolves escapes, and the parser does not keep which byte came from where.
 * Text and source are therefore walked side by side again, blanks left aside, because blanks are all that folding
 * and indentation change. Tried and left: asking the parser for its chunks, which differ by style. */
#include "catalogue/tree.h"

enum { SOURCE_MAX = 2000 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Place file_place(const File *file, size_t at)
{
    size_t first = 0, last = file->lines.count;
    while (last - first > 1) {
        size_t middle = first + (last - first) / 2;
        if (file->lines.at[middle] <= at)
            first = middle;
        else
            last = middle;
    }
    size_t begin = file->lines.at[first];
    Str source = str_slice(file->bytes, begin, first + 1 < file->lines.count ? file->lines.at[first + 1] : SIZE_MAX);
    while (source.len && (source.data[source.len - 1] == '\n' || source.data[source.len - 1] == '\r'))
        source.len--;
    /* A line that nobody can read is not shown. */
    if (source.len > SOURCE_MAX)
        source = STR_NONE;
    return (Place){ .file = file->path, .line = (int)first + 1, .column = (int)(at - begin) + 1, .source = source };
}

Place node_place(const Node *node)
{
    return file_place(node->file, node->at);
}

/* Bytes that an escape of a double-quoted text takes, backslash included. */
static size_t escape_length(char after)
{
    return after == 'x' ? 4 : after == 'u' ? 6 : after == 'U' ? 10 : 2;
}

/* Past blanks, and past what stands for blanks in double quotes: escaped line ends and the escapes \n, \t, \r. */
static size_t skip_blanks(const Node *node, size_t at)
{
    Str bytes = node->file->bytes;
    while (at < bytes.len) {
        if (is_blank(bytes.data[at]))
            at++;
        else if (node->style == STYLE_DOUBLE_QUOTED && bytes.data[at] == '\\' && at + 1 < bytes.len &&
                 memchr("\n\r \tntr", bytes.data[at + 1], 7) != NULL)
            at += 2;
        else
            break;
    }
    return at;
}

/* Past the source of one code point of `length` bytes. */
static size_t skip_one(const Node *node, size_t at, size_t length)
{
    Str bytes = node->file->bytes;
    if (at + 1 < bytes.len && node->style == STYLE_DOUBLE_QUOTED && bytes.data[at] == '\\')
        return at + escape_length(bytes.data[at + 1]);
    if (node->style == STYLE_SINGLE_QUOTED && at < bytes.len && bytes.data[at] == '\'')
        return at + 2;
    return at + length;
}

Place node_place_in(const Node *node, size_t index)
{
    size_t at = node->from;
    uint32_t code_point;
    for (size_t i = 0, length; i < index && i < node->text.len; i += length) {
        length = utf8_next(node->text, i, &code_point);
        if (!is_blank(node->text.data[i]))
            at = skip_one(node, skip_blanks(node, at), length);
    }
    if (index < node->text.len && !is_blank(node->text.data[index]))
        at = skip_blanks(node, at);
    return file_place(node->file, at < node->file->bytes.len ? at : node->file->bytes.len);
}
