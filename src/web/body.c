/* The body of a request: bounded while it comes, read once it is there.
 *
 * It goes into one buffer of the size that the head promised, and is taken apart in place, so a file is never copied.
 * MHD's own post processor was tried on paper and left: it delivers in fragments, keeps no order between a cut-off and
 * the fields after it, and unescapes without saying that an escape was broken. */
#include "web/exchange.h"

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* ---- while it comes ------------------------------------------------------------------------------- */

static bool large_begin(Exchange *it)
{
    Web *web = it->web;
    pthread_mutex_lock(&web->lock);
    it->body.large = web->large_bodies < LARGE_BODIES_MAX;
    web->large_bodies += it->body.large;
    pthread_mutex_unlock(&web->lock);
    return it->body.large;
}

void body_drop(Exchange *it)
{
    if (!it->body.large)
        return;
    pthread_mutex_lock(&it->web->lock);
    it->web->large_bodies--;
    pthread_mutex_unlock(&it->web->lock);
    it->body.large = false;
}

static enum MHD_Result header_count(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    (void)value;
    int *lengths = context;
    *lengths += str_equal_nocase(str_from(name), S("Content-Length"));
    return MHD_YES;
}

/* How long the body says that it is: two that could be read in two ways are refused, because a proxy in front might
 * read the other one. */
static int length_read(Exchange *it, bool *chunked, uint64_t *length)
{
    const Str encoding = exchange_header(it, "Transfer-Encoding"), text = exchange_header(it, "Content-Length");
    int lengths = 0;
    MHD_get_connection_values(it->connection, MHD_HEADER_KIND, header_count, &lengths);
    *chunked = encoding.len > 0;
    *length = 0;
    if (lengths > 1 || (*chunked && (lengths > 0 || !str_equal_nocase(encoding, S("chunked")))))
        return 400;
    int64_t number = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] < '0' || text.data[i] > '9' || !i64_mul(number, 10, &number) ||
            !i64_add(number, text.data[i] - '0', &number))
            return 400;
    *length = (uint64_t)number;
    return lengths > 0 && text.len == 0 ? 400 : 0;
}

int body_admit(Exchange *it)
{
    bool chunked;
    uint64_t length;
    const int status = length_read(it, &chunked, &length);
    if (status)
        return status;
    if (!chunked && length == 0)
        return 0;
    if (it->request.method == METHOD_GET)
        return 400;
    const bool upload = it->route && it->route->upload;
    Body *body = &it->body;
    body->limit = upload ? it->served->upload_max + UPLOAD_EXTRA : FORM_MAX;
    body->since = web_now();
    body->most = upload ? DISCARD_UPLOAD_MAX : (uint64_t)body->limit * DISCARD_FACTOR;
    /* What is too large is read to its end and thrown away, so that its sender sees the page that says so: of a file at its
     * field, with the other fields as they were. Those stand before it. What no browser sends is refused at once. */
    if (!chunked && length > body->most)
        return 413;
    body->room = chunked ? body->limit : length > body->limit ? UPLOAD_EXTRA : (size_t)length;
    body->refused = body->room > FORM_MAX && !large_begin(it);
    if (body->refused)
        body->room = 0;
    return 0;
}

bool body_take(Exchange *it, const char *data, size_t size)
{
    Body *body = &it->body;
    const int64_t seconds = (web_now().us - body->since.us) / 1000000;
    body->received += size;
    if (body->received > body->most)
        return false;
    if (seconds > BODY_GRACE_S && body->received < (uint64_t)seconds * BODY_BYTES_PER_S_MIN)
        return false;
    if (!body->data)
        body->data = arena_alloc(it->request.arena, body->room);
    size_t fits = smaller(size, body->room - body->len);
    memcpy(body->data + body->len, data, fits);
    body->len += fits;
    return true;
}

/* ---- fields --------------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool percent_decode(Arena *arena, Str encoded, bool plus_is_blank, Str *plain)
{
    char *out = arena_alloc(arena, encoded.len);
    size_t len = 0;
    for (size_t i = 0; i < encoded.len; i++) {
        char c = encoded.data[i];
        if (c == '%') {
            int high = i + 2 < encoded.len ? hex_digit(encoded.data[i + 1]) : -1;
            int low = i + 2 < encoded.len ? hex_digit(encoded.data[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        out[len++] = c;
    }
    *plain = (Str){ out, len };
    return true;
}

/* No control characters, and none that turns the direction of the words after it: an officer would read another text. */
static bool is_text(uint32_t code_point)
{
    if (code_point < ' ')
        return code_point == '\n' || code_point == '\t';
    return code_point != 0x7F && code_point != 0xFFFD && !(code_point >= 0x202A && code_point <= 0x202E) &&
           !(code_point >= 0x2066 && code_point <= 0x2069);
}

/* Browsers send lines ended by CR LF; a lone CR is a line's end too. What is no letter (a broken sequence, a sign for a printer
 * that came along with a paste) becomes U+FFFD, as every decoder of forms does: the rest of what somebody typed is kept, and the
 * desk says at the field that something in it cannot be read. */
static Str value_clean(Arena *arena, Str value)
{
    static const Str REPLACEMENT = { "\xEF\xBF\xBD", 3 };
    Text out = text_begin(arena, value.len * REPLACEMENT.len);
    uint32_t code_point = 0;
    for (size_t at = 0, used; (used = utf8_next(value, at, &code_point)) > 0; at += used) {
        if (code_point == '\r') {
            used += at + 1 < value.len && value.data[at + 1] == '\n';
            text_char(&out, '\n');
        } else if (!is_text(code_point)) {
            text_put(&out, REPLACEMENT);
        } else {
            text_put(&out, str_slice(value, at, at + used));
        }
    }
    return text_str(&out);
}

static bool name_is_good(Str name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.data[i] < ' ' || name.data[i] == 0x7F)
            return false;
    return name.len > 0 && name.len <= NAME_LEN_MAX && utf8_is_valid(name);
}

static bool field_add(Arena *arena, Form *form, Str name, Str value)
{
    if (form->count >= FIELDS_MAX || !name_is_good(name))
        return false;
    list_push(arena, form, (Field){ .name = name, .value = value_clean(arena, value) });
    return true;
}

bool form_read_encoded(Arena *arena, Form *form, Str encoded)
{
    Str pair;
    while (str_cut(&encoded, '&', &pair)) {
        if (pair.len == 0)
            continue;
        Str name = STR_NONE, value = STR_NONE, rest = pair;
        if (!str_cut(&rest, '=', &name) || !percent_decode(arena, name, true, &name) ||
            !percent_decode(arena, rest, true, &value) || !field_add(arena, form, name, value))
            return false;
    }
    return true;
}

/* ---- multipart (RFC 7578) ----------------------------------------------------------------------- */

/* The value of a parameter: ` ; name="value"`. What browsers put before a quote in a name is %22, never a backslash. */
static bool parameter(Str header, Str name, Str *value)
{
    Str part, rest = header;
    if (!str_cut(&rest, ';', &part))
        return false;
    while (rest.len) {
        rest = str_trim(rest);
        size_t equals = str_find(rest, S("="));
        if (equals == SIZE_MAX)
            return false;
        Str key = str_slice(rest, 0, equals), after = str_slice(rest, equals + 1, rest.len), found;
        if (str_starts(after, S("\""))) {
            after = str_slice(after, 1, after.len);
            size_t quote = str_find(after, S("\""));
            if (quote == SIZE_MAX)
                return false;
            found = str_slice(after, 0, quote);
            rest = str_slice(after, quote + 1, after.len);
            size_t next = str_find(rest, S(";"));
            rest = next == SIZE_MAX ? STR_NONE : str_slice(rest, next + 1, rest.len);
        } else {
            rest = after;
            found = STR_NONE;
            if (rest.len)
                (void)str_cut(&rest, ';', &found);
        }
        if (str_equal_nocase(key, name)) {
            *value = found;
            return true;
        }
    }
    return false;
}

/* The file's own name: what comes after the last slash of either kind, so that it is never read as a path. */
static Str file_name(Arena *arena, Str name)
{
    for (size_t i = name.len; i-- > 0;)
        if (name.data[i] == '/' || name.data[i] == '\\') {
            name = str_slice(name, i + 1, name.len);
            break;
        }
    name = str_slice(name, 0, NAME_LEN_MAX);
    /* So browsers write a quote in it. */
    Text plain = text_begin(arena, NAME_LEN_MAX);
    for (size_t at; (at = str_find(name, S("%22"))) != SIZE_MAX; name = str_slice(name, at + 3, name.len)) {
        text_put(&plain, str_slice(name, 0, at));
        text_char(&plain, '"');
    }
    text_put(&plain, name);
    name = text_str(&plain);
    for (int i = 0; i < 3 && !utf8_is_valid(name); i++)
        name = str_slice(name, 0, name.len - 1);   /* of a letter that was cut through */
    return name_is_good(name) ? str_copy(arena, name) : S("file");
}

typedef struct Part {
    Str name, file;                                /* file: its name, possibly empty */
    bool is_file;
    bool is_whole;                                 /* false: the body was cut off within it */
    Str content;
} Part;

static bool part_head(Str head, Part *part)
{
    Str line;
    while (str_cut(&head, '\n', &line)) {
        Str name;
        line = str_trim(line);
        if (!str_cut(&line, ':', &name) || !str_equal_nocase(name, S("Content-Disposition")))
            continue;
        line = str_trim(line);
        part->is_file = parameter(line, S("filename"), &part->file);
        return str_starts(line, S("form-data")) && parameter(line, S("name"), &part->name);
    }
    return false;
}

/* Takes the part that begins behind a delimiter; *rest moves behind the next delimiter. */
static bool part_read(Str *rest, Str delimiter, bool cut_off, Part *part)
{
    *part = (Part){ 0 };
    size_t head = str_find(str_slice(*rest, 0, PART_HEADER_MAX), S("\r\n\r\n"));
    if (head == SIZE_MAX || !part_head(str_slice(*rest, 0, head), part))
        return false;
    *rest = str_slice(*rest, head + 4, rest->len);
    const size_t end = str_find(*rest, delimiter);
    part->is_whole = end != SIZE_MAX;
    if (!part->is_whole) {
        part->content = *rest;
        *rest = STR_NONE;
        return cut_off && part->is_file;
    }
    part->content = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end + delimiter.len, rest->len);
    return true;
}

static bool part_keep(Exchange *it, const Part *part)
{
    Request *request = &it->request;
    if (!part->is_file)
        return field_add(request->arena, &request->form, part->name, part->content);
    if (request->upload_field.len || !name_is_good(part->name))
        return false;
    request->upload_field = str_copy(request->arena, part->name);
    if (part->file.len == 0 && part->content.len == 0)
        return true;                               /* nothing was chosen */
    request->upload.name = file_name(request->arena, part->file);
    request->upload.too_large = !part->is_whole || part->content.len > it->served->upload_max;
    request->upload.content = str_slice(part->content, 0, it->served->upload_max);
    return true;
}

static bool multipart_read(Exchange *it, Str type)
{
    Str boundary, rest = { it->body.data, it->body.len };
    if (!parameter(type, S("boundary"), &boundary) || boundary.len == 0 || boundary.len > 70)
        return false;
    const Str delimiter = str_printf(it->request.arena, "\r\n--%.*s", STR_ARGS(boundary));
    const Str first = str_slice(delimiter, 2, delimiter.len);
    const bool cut_off = it->body.received > it->body.len;
    if (!str_starts(rest, first))
        return false;
    rest = str_slice(rest, first.len, rest.len);
    while (!str_starts(rest, S("--"))) {
        Part part;
        if (!str_starts(rest, S("\r\n")))
            return false;
        rest = str_slice(rest, 2, rest.len);
        if (!part_read(&rest, delimiter, cut_off, &part) || !part_keep(it, &part))
            return false;
        if (!part.is_whole)
            return true;
    }
    return true;
}

int body_read(Exchange *it)
{
    Str type = exchange_header(it, "Content-Type"), kind = STR_NONE, rest = type;
    if (it->body.received == 0)
        return 0;
    if (it->body.refused)
        return 503;
    if (type.len)
        (void)str_cut(&rest, ';', &kind);
    kind = str_trim(kind);
    const bool cut_off = it->body.received > it->body.len;
    if (str_equal_nocase(kind, S("application/x-www-form-urlencoded"))) {
        if (cut_off)
            return 413;
        return form_read_encoded(it->request.arena, &it->request.form, (Str){ it->body.data, it->body.len }) ? 0 : 400;
    }
    if (str_equal_nocase(kind, S("multipart/form-data"))) {
        if (cut_off && !it->route->upload)
            return 413;
        return multipart_read(it, type) ? 0 : 400;
    }
    return 415;
}
