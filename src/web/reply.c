/* What a handler answers with, and the headers that go with every answer.
 *
 * The security headers are the same for all of them, errors and files included: a rule with exceptions is one that
 * somebody forgets. A body stays in the request's arena and is sent from there. */
#include "web/exchange.h"
#include "web/problem.h"

#include <stdio.h>

/* ---- for handlers ----------------------------------------------------------------------------------- */

Reply reply_html(Request *request, int status, const Html *html)
{
    const Str body = html_end(html);
    if (body.len)
        return (Reply){ .status = status, .type = S("text/html; charset=utf-8"), .body = body };
    fprintf(stderr, "onestop: the page %.*s became larger than %d bytes\n", STR_ARGS(request->path), HTML_MAX);
    return reply_problem(request, 500);
}

/* A path with a line's end in it would be another header, one that begins with two slashes another site. */
Reply reply_redirect(Request *request, const char *format, ...)
{
    char path[TARGET_MAX];
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(path, sizeof path, format, args);
    va_end(args);
    Str location = { path, length > 0 && length < (int)sizeof path ? (size_t)length : 0 };
    if (!str_starts(location, S("/")) || !html_url_is_relative(location))
        location = S("/");
    return (Reply){ .status = 303, .location = str_copy(request->arena, location) };
}

Html page_begin(Request *request)
{
    return html_begin(request->arena, request->pack, request->pack->languages.at[request->actor.language]);
}

Str page_tr(const Request *request, const char *english)
{
    return text_of((Language)request->language, english);
}

Str page_texts(const Request *request, Texts texts)
{
    const Str own = texts.in[request->actor.language];
    return own.len ? own : texts.in[0];
}

Str page_problem(Request *request, const Problem *problem)
{
    return text_place(request->arena, page_tr(request, problem->message), problem->args, COUNT_OF(problem->args));
}

bool page_reference(Request *request, Str text, int64_t *application)
{
    return store_reference_parse(request->desk->store, text, application);
}

static void menu_add(Request *request, Layout *layout, const char *text, Str url)
{
    list_push(request->arena, &layout->menu,
              (MenuItem){ .text = page_tr(request, text), .url = url, .current = str_equal(request->path, url) });
}

Layout page_layout(Request *request, const char *title, bool with_problems)
{
    const Account *account = &request->actor.account;
    Layout layout = { .pack = request->pack,
                      .title = page_tr(request, title),
                      .path = request->path.len ? request->path : S("/"),
                      .query = request->query_text,
                      .signed_in = account->name.len ? account->name : account->login,
                      .csrf = request->csrf,
                      .demo = request->desk->demo,
                      .office = str_starts(request->path, S("/office")) || str_starts(request->path, S("/oversight")),
                      .error = with_problems };
    if (account->id && account->role == ROLE_SUPERVISOR)
        menu_add(request, &layout, N_("Oversight"), S("/oversight"));
    if (account->id && (account->role == ROLE_OFFICER || account->role == ROLE_SUPERVISOR))
        menu_add(request, &layout, N_("Work list"), S("/office"));
    return layout;
}

/* ---- headers ------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *value;
} ALWAYS[] = {
    { "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
      "frame-ancestors 'none'; base-uri 'none'; connect-src 'self'" },
    { "X-Content-Type-Options", "nosniff" },
    { "X-Frame-Options", "DENY" },
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
};

typedef struct Headers {
    struct MHD_Response *response;
    Arena *arena;
} Headers;

static void header_put(Headers *headers, const char *name, Str value)
{
    /* Refused are line ends alone, and nothing that comes from outside gets here with one. */
    must(MHD_add_response_header(headers->response, name, str_terminated(headers->arena, value)) == MHD_YES);
}

static void cookie_put(Headers *headers, const Exchange *it, const char *name, Str value, int max_age_s)
{
    header_put(headers, "Set-Cookie",
               str_printf(headers->arena, "%s=%.*s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s", name,
                          STR_ARGS(value), max_age_s, it->web->options.secure ? "; Secure" : ""));
}

static void cookies_put(Headers *headers, const Exchange *it, const Reply *reply)
{
    if (reply->cookie.len)
        cookie_put(headers, it, "onestop", reply->cookie, COOKIE_MAX_AGE_S);
    else if (it->request.new_cookie && !reply->cacheable)
        cookie_put(headers, it, "onestop", it->request.cookie, COOKIE_MAX_AGE_S);
    if (reply->language_cookie.len)
        cookie_put(headers, it, "lang", reply->language_cookie, LANGUAGE_MAX_AGE_S);
}

static bool is_plain(char c)
{
    return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '%';
}

/* Twice, as RFC 6266 wants it: in ASCII for what is old, in UTF-8 for everything else. */
static void download_put(Headers *headers, Str name)
{
    Text value = text_begin(headers->arena, 4096);
    text_put(&value, S("attachment; filename=\""));
    for (size_t i = 0; i < name.len; i++)
        if (((unsigned char)name.data[i] & 0xC0) != 0x80)
            text_char(&value, is_plain(name.data[i]) ? name.data[i] : '_');
    text_put(&value, S("\"; filename*=UTF-8''"));
    text_percent(&value, name);
    header_put(headers, "Content-Disposition", text_str(&value));
}

static void allow_put(Headers *headers, const Exchange *it)
{
    const bool get = it->methods_seen[METHOD_GET], post = it->methods_seen[METHOD_POST];
    header_put(headers, "Allow", get && post ? S("GET, HEAD, POST") : post ? S("POST") : S("GET, HEAD"));
}

static void kind_put(Headers *headers, const Exchange *it, const Reply *reply)
{
    if (reply->type.len)
        header_put(headers, "Content-Type", reply->type);
    if (str_starts(reply->type, S("text/html"))) {
        header_put(headers, "Content-Language",
                   language_tag_of(it->request.pack->languages.at[it->request.actor.language]));
        header_put(headers, "Vary", S("Cookie, Accept-Language"));
    }
    if (reply->cacheable)
        header_put(headers, "Cache-Control",
                   str_printf(headers->arena, "public, max-age=%d, immutable", ASSET_MAX_AGE_S));
    else
        header_put(headers, "Cache-Control", S("no-store"));
    if (reply->etag.len)
        header_put(headers, "ETag", reply->etag);
}

struct MHD_Response *reply_response(const Exchange *it, const Reply *reply)
{
    /* MHD does not write to it; its interface is older than const. */
    struct MHD_Response *response =
        MHD_create_response_from_buffer(reply->body.len, (void *)(uintptr_t)reply->body.data, MHD_RESPMEM_PERSISTENT);
    must(response != NULL);
    Headers headers = { .response = response, .arena = it->request.arena };
    for (size_t i = 0; i < COUNT_OF(ALWAYS); i++)
        header_put(&headers, ALWAYS[i].name, str_from(ALWAYS[i].value));
    kind_put(&headers, it, reply);
    cookies_put(&headers, it, reply);
    if (reply->location.len)
        header_put(&headers, "Location", reply->location);
    if (reply->download.len)
        download_put(&headers, reply->download);
    if (reply->status == 405)
        allow_put(&headers, it);
    if (reply->status == 503 || reply->status == 429)
        header_put(&headers, "Retry-After",
                   str_printf(headers.arena, "%d", reply->status == 503 ? RETRY_AFTER_S : RETRY_AFTER_TRIES_S));
    return response;
}
