/* What a request says before its handler runs: the path, the route, the language, the cookie, and who is behind it.
 *
 * The target is taken as it came and decoded here, segment by segment: a broken escape, a NUL or bad UTF-8 is an answer
 * of its own, where MHD would pass it through. An escaped slash is refused too, so that `path` has one meaning. */
#include "web/exchange.h"

#include <time.h>

Instant web_now(void)
{
    struct timespec now;
    must(clock_gettime(CLOCK_REALTIME, &now) == 0);
    return (Instant){ (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 };
}

Str exchange_header(const Exchange *it, const char *name)
{
    return str_from(MHD_lookup_connection_value(it->connection, MHD_HEADER_KIND, name));
}

Str request_header(const Request *request, const char *name)
{
    return exchange_header((const Exchange *)request, name);
}
_Static_assert(offsetof(Exchange, request) == 0, "an exchange is found by its request");

void text_percent(Text *text, Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.data[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain)
            text_char(text, c);
        else
            text_printf(text, "%%%02X", (unsigned)(unsigned char)c);
    }
}

/* ---- the target ------------------------------------------------------------------------------------ */

static bool segment_is_good(Str segment)
{
    for (size_t i = 0; i < segment.len; i++)
        if ((unsigned char)segment.data[i] < ' ' || segment.data[i] == 0x7F || segment.data[i] == '/')
            return false;
    return utf8_is_valid(segment);
}

static bool path_read(Arena *arena, Str raw, Strs *segments, Str *path)
{
    Text plain = text_begin(arena, TARGET_MAX);
    if (!str_starts(raw, S("/")))
        return false;
    raw = str_slice(raw, 1, raw.len);
    /* One more segment at the end than there are slashes: "/help/" is not "/help". */
    for (bool more = true; more;) {
        size_t slash = str_find(raw, S("/"));
        Str segment = str_slice(raw, 0, slash == SIZE_MAX ? raw.len : slash);
        more = slash != SIZE_MAX;
        raw = more ? str_slice(raw, slash + 1, raw.len) : STR_NONE;
        if (!percent_decode(arena, segment, false, &segment) || !segment_is_good(segment))
            return false;
        list_push(arena, segments, segment);
        text_char(&plain, '/');
        text_put(&plain, segment);
    }
    *path = text_str(&plain);
    return !plain.overflow;
}

/* "http://host/path", which a proxy may send, is "/path" to us. */
static Str target_path(Str target)
{
    const size_t scheme = str_find(str_slice(target, 0, 10), S("://"));
    if (str_starts(target, S("/")) || scheme == SIZE_MAX)
        return target;
    Str rest = str_slice(target, scheme + 3, target.len);
    const size_t slash = str_find(rest, S("/"));
    return slash == SIZE_MAX ? S("/") : str_slice(rest, slash, rest.len);
}

static int target_read(Exchange *it)
{
    Request *request = &it->request;
    Str path = target_path(it->target);
    Strs segments = { 0 };
    const size_t question = str_find(path, S("?"));
    if (question != SIZE_MAX) {
        request->query_text = str_slice(path, question + 1, path.len);
        path = str_slice(path, 0, question);
    }
    if (!path_read(request->arena, path, &segments, &request->path))
        return 400;
    it->route = route_find(it->web, &segments, request->method, request->args, it->methods_seen);
    return form_read_encoded(request->arena, &request->query, request->query_text) ? 0 : 400;
}

/* ---- the language ------------------------------------------------------------------------------------ */

/* Which of the pack's languages a tag names: "zh-CN" is "zh"; -1: none. What the program itself says comes in that
 * language too, or in English where it does not speak it. */
static int language_index(const Pack *pack, Str tag)
{
    Str code = STR_NONE;
    (void)str_cut(&tag, '-', &code);
    for (size_t i = 0; i < pack->languages.count; i++)
        if (str_equal_nocase(code, pack->languages.at[i]))
            return (int)i;
    return -1;
}

/* "zh-CN,zh;q=0.9,en;q=0.8": the one with the highest weight that we speak; the earlier of two equal ones. */
static int language_accepted(const Pack *pack, Str header)
{
    int best = -1, best_weight = 0;
    Str item, tag;
    while (str_cut(&header, ',', &item)) {
        int weight = 1000;
        if (!str_cut(&item, ';', &tag))
            continue;
        item = str_trim(item);
        if (str_starts(item, S("q="))) {
            /* At most three decimals: "1", "0.8", "0.123". */
            Str digits = str_slice(item, 2, 7);
            weight = digits.len && digits.data[0] == '1' ? 1000 : 0;
            for (size_t i = 2, unit = 100; weight < 1000 && i < digits.len; i++, unit /= 10)
                if (digits.data[i] >= '0' && digits.data[i] <= '9')
                    weight += (digits.data[i] - '0') * (int)unit;
        }
        const int language = language_index(pack, str_trim(tag));
        if (language >= 0 && weight > best_weight) {
            best = language;
            best_weight = weight;
        }
    }
    return best;
}

/* What was asked for, then what was chosen on this device, then in the account, then what the browser wishes; else the
 * pack's first. */
static void language_choose(Exchange *it, Str of_account)
{
    Request *request = &it->request;
    const Pack *pack = request->pack;
    const Str asked = form_get(&request->query, S("lang"));
    const Str chosen = str_from(MHD_lookup_connection_value(it->connection, MHD_COOKIE_KIND, "lang"));
    const int wishes[] = { language_index(pack, asked), language_index(pack, chosen), language_index(pack, of_account),
                           language_accepted(pack, exchange_header(it, "Accept-Language")), 0 };
    size_t i = 0;
    while (wishes[i] < 0)
        i++;
    request->actor.language = wishes[i];
    request->language = language_of(pack->languages.at[wishes[i]]);
}

/* ---- cookie and token --------------------------------------------------------------------------------- */

Str cookie_make(Arena *arena)
{
    Hash value;
    Text hex = text_begin(arena, 2 * sizeof value.bytes);
    store_random(value.bytes, sizeof value.bytes);
    text_hash(&hex, &value);
    return text_str(&hex);
}

static void cookie_read(Exchange *it)
{
    Request *request = &it->request;
    Hash parsed;
    Str sent = str_from(MHD_lookup_connection_value(it->connection, MHD_COOKIE_KIND, "onestop"));
    request->new_cookie = !hash_parse(sent, &parsed);
    request->cookie = request->new_cookie ? cookie_make(request->arena) : str_copy(request->arena, sent);
    request->actor.session = hash_of(request->cookie);

    const Hash token = hash_keyed(&it->web->csrf_key, request->cookie);
    Text hex = text_begin(request->arena, 2 * sizeof token.bytes);
    text_hash(&hex, &token);
    request->csrf = str_slice(text_str(&hex), 0, 32);
}

/* Hashes are compared, because their comparison takes the same time whatever differs. */
static bool token_is_good(const Request *request)
{
    const Hash sent = hash_of(form_get(&request->form, S("csrf"))), wanted = hash_of(request->csrf);
    return hash_equal(&sent, &wanted);
}

/* ---- the phases ----------------------------------------------------------------------------------------- */

static enum MHD_Result header_measure(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    size_t *sum = context;
    *sum += strlen(name) + (value ? strlen(value) : 0) + 4;
    return MHD_YES;
}

int exchange_head(Exchange *it, const char *method)
{
    Request *request = &it->request;
    const Str name = str_from(method);
    size_t headers = 0;
    request->now = web_now();
    request->today = date_in_zone(request->now, request->pack->utc_offset_minutes);
    request->method = str_equal(name, S("POST")) ? METHOD_POST : METHOD_GET;
    /* Cookie and language first: the page that tells of a fault needs them. */
    language_choose(it, STR_NONE);
    cookie_read(it);
    if (it->target.len > TARGET_MAX)
        return 414;
    MHD_get_connection_values(it->connection, MHD_HEADER_KIND, header_measure, &headers);
    if (headers > HEADERS_MAX)
        return 431;
    const int status = target_read(it);
    if (status)
        return status;
    language_choose(it, STR_NONE);
    if (request->method == METHOD_GET && !str_equal(name, S("GET")) && !str_equal(name, S("HEAD")))
        return 405;
    return body_admit(it);
}

/* Before anything is judged: a page that tells of a fault is in the reader's language too, and knows that they are
 * signed in. */
static void reader_find(Exchange *it)
{
    Request *request = &it->request;
    Session session;
    request->actor.live = !request->new_cookie && store_session(request->desk->store, request->arena,
                                                                &request->actor.session, request->now, &session);
    if (request->actor.live && session.account &&
        !store_account(request->desk->store, request->arena, session.account, &request->actor.account))
        request->actor.account = (Account){ 0 };
    language_choose(it, request->actor.account.language);
}

int exchange_enter(Exchange *it)
{
    Request *request = &it->request;
    reader_find(it);
    const int status = body_read(it);
    if (status)
        return status;
    if (!it->route)
        return it->methods_seen[METHOD_GET] || it->methods_seen[METHOD_POST] ? 405 : 404;
    if (request->method == METHOD_POST && !token_is_good(request))
        return 403;
    request->notice = form_get(&request->query, S("done"));
    return 0;
}
