/* The server, spoken to by raw sockets as no browser would: every case is a conversation. The routes are the test's
 * own, so that only the server is tried; the store and the templates are the real ones. */
#include "web/exchange.h"
#include "web/pages.h"
#include "test.h"

#include <arpa/inet.h>
#include <ftw.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#define COOKIE            "0000000000000000000000000000000000000000000000000000000000000001"
#define OFFICER_COOKIE    "0000000000000000000000000000000000000000000000000000000000000002"
#define RESIDENT_COOKIE   "0000000000000000000000000000000000000000000000000000000000000003"
#define SUPERVISOR_COOKIE "0000000000000000000000000000000000000000000000000000000000000004"
#define HOST              "Host: localhost\r\n"
#define CLOSE             "Connection: close\r\n"

enum { ANSWER_MAX = 4 << 20, PATIENCE_S = 20, THREADS = 8, ROUNDS = 50 };

static Arena *arena;
static Store *store;
static Pack *pack;
static Desk *desk;
static Web *web;
static char folder[200];
static char token[33]; /* of COOKIE */
static atomic_int runs;

/* ---- routes ---------------------------------------------------------------------------------------------------- */

static Reply words(Str body)
{
    return (Reply){ .status = 200, .type = S("text/plain; charset=utf-8"), .body = body };
}

static Reply show_echo(Request *request)
{
    return words(str_printf(request->arena, "%.*s|%.*s|%.*s", STR_ARGS(request->path), STR_ARGS(request->args[0]),
                            STR_ARGS(form_get(&request->query, S("q")))));
}

static Reply show_token(Request *request)
{
    return words(request->csrf);
}

static Reply show_form(Request *request)
{
    Text text = text_begin(request->arena, 1 << 20);
    for (size_t i = 0; i < request->form.count; i++)
        if (!str_equal(request->form.at[i].name, S("csrf")))
            text_printf(&text, "%.*s=%.*s;", STR_ARGS(request->form.at[i].name), STR_ARGS(request->form.at[i].value));
    return words(text_str(&text));
}

static Reply show_upload(Request *request)
{
    return words(str_printf(request->arena, "%.*s|%.*s|%zu|%s", STR_ARGS(request->upload_field),
                            STR_ARGS(request->upload.name), request->upload.content.len,
                            request->upload.too_large ? "too large" : "fits"));
}

static Reply show_page(Request *request)
{
    Layout layout = page_layout(request, "Sign in", false);
    Html out = page_begin(request);
    html_layout_begin(&out, &layout);
    html_layout_end(&out, &layout);
    return reply_html(request, 200, &out);
}

static Reply show_download(Request *request)
{
    Reply reply = words(S("x"));
    (void)request;
    reply.download = S("收据 \"1\".txt");
    return reply;
}

static Reply show_redirect(Request *request)
{
    return reply_redirect(request, "%.*s", STR_ARGS(form_get(&request->query, S("to"))));
}

static Reply do_write(Request *request)
{
    static const Session SESSION = { .created_at = { 1 }, .expires_at = { INT64_MAX } };
    Session *session = arena_new(request->arena, Session);
    *session = SESSION;
    store_random(session->token.bytes, sizeof session->token.bytes);
    change_session(request->change, session);
    return reply_redirect(request, "/written");
}

static void put_conflict(Request *request)
{
    Account *account = arena_new(request->arena, Account);
    *account =
        (Account){ .id = store_next_id(store), .login = S("officer"), .password = S("x"), .role = ROLE_SUPERVISOR };
    change_account(request->change, account);
}

static Reply do_conflict(Request *request)
{
    runs++;
    put_conflict(request);
    return words(S("never sent"));
}

static Reply do_conflict_twice(Request *request)
{
    if (++runs <= 2)
        put_conflict(request);
    else
        change_session_end(request->change, &request->actor.session);
    return words(str_printf(request->arena, "run %d", runs));
}

static Reply do_slow(Request *request)
{
    (void)request;
    int now = ++runs;
    usleep(20000);
    Reply reply = words(now <= SLOW_HANDLERS_MAX ? S("few") : S("too many at once"));
    runs--;
    return reply;
}

static const Route TEST_ROUTES[] = {
    { METHOD_GET, "/health", page_health, DOOR_OPEN },
    { METHOD_GET, "/assets/{}", page_asset, DOOR_OPEN },
    { METHOD_GET, "/", show_page, DOOR_OPEN },
    { METHOD_GET, "/echo/{}", show_echo, DOOR_OPEN },
    { METHOD_GET, "/token", show_token, DOOR_OPEN },
    { METHOD_POST, "/form", show_form, DOOR_OPEN },
    { METHOD_POST, "/upload", show_upload, DOOR_OPEN, .upload = true },
    { METHOD_GET, "/download", show_download, DOOR_OPEN },
    { METHOD_GET, "/redirect", show_redirect, DOOR_OPEN },
    { METHOD_GET, "/mine", show_page, DOOR_SIGNED_IN },
    { METHOD_GET, "/office", show_page, DOOR_OFFICE },
    { METHOD_GET, "/oversight", show_page, DOOR_OVERSIGHT },
    { METHOD_POST, "/write", do_write, DOOR_OPEN },
    { METHOD_POST, "/conflict", do_conflict, DOOR_OPEN },
    { METHOD_POST, "/conflict-twice", do_conflict_twice, DOOR_OPEN },
    { METHOD_GET, "/slow", do_slow, DOOR_OPEN, .slow = true },
};

/* ---- speaking ---------------------------------------------------------------------------------------------------- */

static int dial(void)
{
    const struct timeval patience = { .tv_sec = PATIENCE_S };
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons(web_port(web)),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int line = socket(AF_INET, SOCK_STREAM, 0);
    must(line >= 0 && setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
    must(setsockopt(line, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) == 0);
    must(connect(line, (const struct sockaddr *)&address, sizeof address) == 0);
    return line;
}

/* False when the other side has closed. */
static bool say(int line, Str words_out)
{
    while (words_out.len) {
        const ssize_t sent = send(line, words_out.data, words_out.len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        words_out = str_slice(words_out, (size_t)sent, words_out.len);
    }
    return true;
}

/* Everything until the other side closes. */
static Str listen_all(int line)
{
    static char heard[ANSWER_MAX];
    size_t len = 0;
    for (ssize_t got; len < ANSWER_MAX && (got = recv(line, heard + len, ANSWER_MAX - len, 0)) > 0;)
        len += (size_t)got;
    close(line);
    return str_copy(arena, (Str){ heard, len });
}

static Str ask(Str request)
{
    const int line = dial();
    (void)say(line, request);
    return listen_all(line);
}

#define ASK(...)           ask(str_printf(arena, __VA_ARGS__))
#define GET(path, headers) ASK("GET %s HTTP/1.1\r\n" HOST CLOSE "%s\r\n", path, headers)

static Str post(const char *path, const char *headers, Str body)
{
    return ASK("POST %s HTTP/1.1\r\n" HOST CLOSE "Cookie: onestop=" COOKIE "\r\nContent-Length: %zu\r\n%s\r\n%.*s",
               path, body.len, headers, STR_ARGS(body));
}

#define ENCODED    "Content-Type: application/x-www-form-urlencoded\r\n"
#define MULTIPART  "Content-Type: multipart/form-data; boundary=edge\r\n"
#define PART(name) "--edge\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILE_PART(name, file)                                                       \
    "--edge\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file \
    "\"\r\nContent-Type: image/png\r\n\r\n"

static int status_of(Str answer)
{
    int64_t status;
    return str_starts(answer, S("HTTP/1.1 ")) && str_to_i64(str_slice(answer, 9, 12), &status) ? (int)status : 0;
}

static Str header_of(Str answer, const char *name)
{
    const Str head = str_slice(answer, 0, str_find(answer, S("\r\n\r\n")));
    const size_t at = str_find_nocase(head, str_printf(arena, "\r\n%s: ", name));
    if (at == SIZE_MAX)
        return STR_NONE;
    const Str rest = str_slice(head, at + strlen(name) + 4, head.len);
    return str_slice(rest, 0, str_find(rest, S("\r\n")));
}

static Str body_of(Str answer)
{
    const size_t end = str_find(answer, S("\r\n\r\n"));
    return end == SIZE_MAX ? STR_NONE : str_slice(answer, end + 4, answer.len);
}

static bool says(Str answer, const char *text)
{
    return str_find(answer, str_from(text)) != SIZE_MAX;
}

/* ---- the house -----------------------------------------------------------------------------------------------------
 */

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static void sign_in(Change *change, int64_t account, const char *login, Role role, const char *cookie)
{
    Account *row = arena_new(arena, Account);
    Session *session = arena_new(arena, Session);
    *row =
        (Account){ .id = account, .login = str_from(login), .password = S("x"), .role = role, .name = str_from(login) };
    *session = (Session){
        .token = hash_of(str_from(cookie)), .account = account, .created_at = { 1 }, .expires_at = { INT64_MAX }
    };
    change_account(change, row);
    change_session(change, session);
}

static void begin(void)
{
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/onestop-server-XXXXXX", base ? base : "/tmp");
    must(mkdtemp(folder) != NULL);
    arena = arena_open((size_t)1 << 30);
    Errors errors = errors_begin(arena);
    store = store_open(str_from(folder), &errors);
    must(store != NULL);
    pack = arena_new(arena, Pack);
    pack->upload_max_mb = 1;
    pack->languages = (Strs){ 0 };
    list_push(arena, &pack->languages, S("en"));
    list_push(arena, &pack->languages, S("zh"));
    pack->name = (Texts){ { S("Testing"), S("测试") } };
    pack->language_names = (Texts){ { S("English"), S("中文") } };
    desk = desk_open(arena, pack, store, (Instant){ 0 }, &errors);
    must(desk != NULL);
    Change *change = change_begin(store, arena);
    sign_in(change, 1, "officer", ROLE_OFFICER, OFFICER_COOKIE);
    sign_in(change, 3, "resident", ROLE_APPLICANT, RESIDENT_COOKIE);
    sign_in(change, 4, "supervisor", ROLE_SUPERVISOR, SUPERVISOR_COOKIE);
    must(store_commit_wait(store, change) == OUTCOME_DONE);
    const WebOptions options = { .desk = desk, .address = S("127.0.0.1"), .threads = 4 };
    web = web_start_routes(&options, TEST_ROUTES, COUNT_OF(TEST_ROUTES), &errors);
    must(web != NULL);
    const Str csrf = body_of(GET("/token", "Cookie: onestop=" COOKIE "\r\n"));
    must(csrf.len == 32);
    memcpy(token, csrf.data, csrf.len);
}

static void end(void)
{
    web_stop(web);
    store_close(store);
    must(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
    arena_close(arena);
}

static Str with_token(const char *fields)
{
    return str_printf(arena, "csrf=%s&%s", token, fields);
}

/* ---- cases: what every answer has
 * ------------------------------------------------------------------------------------- */

static void it_says_that_it_is_well(void)
{
    const Str answer = GET("/health", "");
    CHECK(status_of(answer) == 200);
    CHECK_STR(body_of(answer), S("ok\n"));
}

static void every_answer_carries_the_security_headers(void)
{
    const Str answers[] = { GET("/", ""), GET("/nowhere", ""), GET("/health", ""), GET("/%", ""),
                            GET("/redirect?to=/a", "") };
    for (size_t i = 0; i < COUNT_OF(answers); i++) {
        CHECK_STR(header_of(answers[i], "Content-Security-Policy"),
                  S("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
                    "frame-ancestors 'none'; base-uri 'none'; connect-src 'self'"));
        CHECK_STR(header_of(answers[i], "X-Content-Type-Options"), S("nosniff"));
        CHECK_STR(header_of(answers[i], "X-Frame-Options"), S("DENY"));
        CHECK_STR(header_of(answers[i], "Referrer-Policy"), S("same-origin"));
        CHECK_STR(header_of(answers[i], "Cross-Origin-Opener-Policy"), S("same-origin"));
        CHECK_STR(header_of(answers[i], "Cache-Control"), S("no-store"));
    }
}

static void a_page_comes_in_the_language_of_the_reader(void)
{
    CHECK_STR(header_of(GET("/", ""), "Content-Language"), S("en"));
    CHECK_STR(header_of(GET("/", "Accept-Language: fr, zh-CN;q=0.9, en;q=0.8\r\n"), "Content-Language"), S("zh-Hans"));
    CHECK_STR(header_of(GET("/", "Accept-Language: zh;q=0.1, en\r\n"), "Content-Language"), S("en"));
    CHECK_STR(header_of(GET("/", "Accept-Language: zh\r\nCookie: lang=en\r\n"), "Content-Language"), S("en"));
    const Str chosen = GET("/?lang=zh", "Cookie: lang=en\r\n");
    CHECK_STR(header_of(chosen, "Content-Language"), S("zh-Hans"));
    CHECK(says(chosen, "Set-Cookie: lang=zh; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax\r\n"));
    CHECK(!says(GET("/?lang=fr", ""), "Set-Cookie: lang"));
    CHECK(says(GET("/nowhere", "Accept-Language: zh\r\n"), "未找到该页面"));
}

static void a_language_asked_for_is_kept_in_the_account(void)
{
    CHECK(status_of(GET("/?lang=zh", "Cookie: onestop=" RESIDENT_COOKIE "\r\n")) == 200);
    CHECK_STR(header_of(GET("/", "Cookie: onestop=" RESIDENT_COOKIE "\r\nAccept-Language: en\r\n"), "Content-Language"),
              S("zh-Hans"));
}

static void a_page_of_a_fault_knows_who_reads_it(void)
{
    static const char WHO[] = "Cookie: onestop=" RESIDENT_COOKIE "\r\nAccept-Language: en\r\n";
    CHECK(status_of(GET("/?lang=zh", WHO)) == 200);
    const Str faults[] = { GET("/nowhere", WHO), GET("/form", WHO),
                           ASK("POST /form HTTP/1.1\r\n" HOST CLOSE ENCODED "%sContent-Length: 3\r\n\r\na=1", WHO),
                           ASK("POST /form HTTP/1.1\r\n" HOST CLOSE "%sContent-Length: 3\r\n\r\na=1", WHO) };
    static const int STATUSES[] = { 404, 405, 403, 415 };
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        CHECK(status_of(faults[i]) == STATUSES[i]);
        CHECK_STR(header_of(faults[i], "Content-Language"), S("zh-Hans"));
        CHECK(says(faults[i], "action=\"/sign-out\""));
    }
    CHECK(status_of(GET("/?lang=en", WHO)) == 200);
}

static void a_browser_without_a_cookie_gets_one_and_keeps_it(void)
{
    const Str given = header_of(GET("/", ""), "Set-Cookie");
    CHECK(str_starts(given, S("onestop=")));
    CHECK(str_ends(given, S("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax")));
    CHECK(given.len == strlen("onestop=") + 64 + strlen("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"));
    CHECK(header_of(GET("/", "Cookie: onestop=" COOKIE "\r\n"), "Set-Cookie").len == 0);
    CHECK(str_starts(header_of(GET("/", "Cookie: onestop=short\r\n"), "Set-Cookie"), S("onestop=")));
    CHECK(header_of(GET("/assets/none.css", "Cookie: onestop=" COOKIE "\r\n"), "Set-Cookie").len == 0);
}

static void a_head_request_has_no_body(void)
{
    const Str get = GET("/health", ""), head = ASK("HEAD /health HTTP/1.1\r\n" HOST CLOSE "\r\n");
    CHECK(status_of(head) == 200);
    CHECK_STR(header_of(head, "Content-Length"), header_of(get, "Content-Length"));
    CHECK(body_of(head).len == 0);
}

static void an_asset_is_kept_for_a_year_and_not_sent_twice(void)
{
    const Asset *asset = &ASSETS[0];
    const char *url = str_terminated(arena, asset->url);
    const Str first = GET(url, "");
    CHECK(status_of(first) == 200);
    CHECK_STR(body_of(first), asset->bytes);
    CHECK_STR(header_of(first, "Content-Type"), asset->content_type);
    CHECK_STR(header_of(first, "Cache-Control"), S("public, max-age=31536000, immutable"));
    CHECK(header_of(first, "Set-Cookie").len == 0);
    const Str again = ASK("GET %s HTTP/1.1\r\n" HOST CLOSE "If-None-Match: %.*s\r\n\r\n", url, STR_ARGS(asset->etag));
    CHECK(status_of(again) == 304);
    CHECK_STR(header_of(again, "ETag"), asset->etag);
    CHECK(body_of(again).len == 0);
    CHECK(status_of(GET("/assets/..%2fserver.c", "")) == 400);
    CHECK(status_of(GET("/assets/server.c", "")) == 404);
}

static void a_download_names_its_file_in_both_ways(void)
{
    CHECK_STR(header_of(GET("/download", ""), "Content-Disposition"),
              S("attachment; filename=\"__ _1_.txt\"; filename*=UTF-8''%E6%94%B6%E6%8D%AE%20%221%22.txt"));
}

static void a_redirect_leads_to_our_own_pages_only(void)
{
    CHECK_STR(header_of(GET("/redirect?to=/apply/K7M?x=1", ""), "Location"), S("/apply/K7M?x=1"));
    CHECK(status_of(GET("/redirect?to=/apply", "")) == 303);
    CHECK_STR(header_of(GET("/redirect?to=//evil.example", ""), "Location"), S("/"));
    CHECK_STR(header_of(GET("/redirect?to=https://evil.example", ""), "Location"), S("/"));
    CHECK_STR(header_of(GET("/redirect?to=/%5Cevil.example", ""), "Location"), S("/"));
    CHECK_STR(header_of(GET("/redirect?to=/%0D%0ASet-Cookie:x", ""), "Location"), S("/"));
    CHECK_STR(header_of(GET("/redirect?to=/%0ASet-Cookie:x", ""), "Location"), S("/"));
}

/* ---- cases: the address
 * ------------------------------------------------------------------------------------------------ */

static void a_path_is_decoded_segment_by_segment(void)
{
    CHECK_STR(body_of(GET("/echo/%E4%BD%A0?q=a%2Bb+c", "")), S("/echo/你|你|a+b c"));
    CHECK_STR(body_of(GET("http://localhost/echo/a+b", "")), S("/echo/a+b|a+b|"));
}

static void a_path_that_can_be_read_in_two_ways_is_refused(void)
{
    static const char *const BAD[] = { "/echo/%",   "/echo/%4",     "/echo/%zz",       "/echo/%00",
                                       "/echo/%FF", "/echo/%C0%AF", "/echo/%ED%A0%80", "/echo/a%2Fb",
                                       "/echo/%0A", "/echo/x?q=%",    
                                       "*" };
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        if (!CHECK(status_of(GET(BAD[i], "")) == 400))
            printf("   %s\n", BAD[i]);
    CHECK(status_of(GET("/echo/\xFF\xFE", "")) == 400);
}

static void an_unknown_path_is_a_page_with_a_way_on(void)
{
    static const char *const NONE[] = { "/nowhere", "/echo",    "/echo/",         "/echo/a/b",
                                        "//",       "/health/", "/../etc/passwd", "/echo/../health" };
    for (size_t i = 0; i < COUNT_OF(NONE); i++)
        if (!CHECK(status_of(GET(NONE[i], "")) == 404))
            printf("   %s\n", NONE[i]);
    const Str answer = GET("/nowhere", "");
    CHECK(says(answer, "<h1 class=\"govuk-heading-l\">Page not found</h1>"));
    CHECK(says(answer, "href=\"/\""));
}

static void a_method_that_the_path_does_not_take_names_those_it_takes(void)
{
    CHECK(status_of(ASK("DELETE /health HTTP/1.1\r\n" HOST CLOSE "\r\n")) == 405);
    CHECK_STR(header_of(ASK("PUT /health HTTP/1.1\r\n" HOST CLOSE "Content-Length: 2\r\n\r\nhi"), "Allow"),
              S("GET, HEAD"));
    CHECK_STR(header_of(GET("/form", ""), "Allow"), S("POST"));
    CHECK(status_of(post("/health", ENCODED, with_token(""))) == 405);
    CHECK(status_of(ASK("TRACE / HTTP/1.1\r\n" HOST CLOSE "\r\n")) == 405);
    CHECK(status_of(ASK("get /health HTTP/1.1\r\n" HOST CLOSE "\r\n")) == 405);
}

static Str blown_up(const char *start, char filler, size_t count, const char *rest)
{
    char *padding = arena_alloc(arena, count);
    memset(padding, filler, count);
    return str_printf(arena, "%s%.*s%s", start, (int)count, padding, rest);
}

static void what_is_too_long_is_refused_before_it_is_read(void)
{
    CHECK(status_of(ask(blown_up("GET /echo/", 'a', 2042, " HTTP/1.1\r\n" HOST CLOSE "\r\n"))) == 200);
    CHECK(status_of(ask(blown_up("GET /echo/", 'a', 2043, " HTTP/1.1\r\n" HOST CLOSE "\r\n"))) == 414);
    CHECK(status_of(ask(blown_up("GET /health HTTP/1.1\r\n" HOST CLOSE "X: ", 'a', 15000, "\r\n\r\n"))) == 200);
    CHECK(status_of(ask(blown_up("GET /health HTTP/1.1\r\n" HOST CLOSE "X: ", 'a', 17000, "\r\n\r\n"))) == 431);
    const int huge = status_of(ask(blown_up("GET /health HTTP/1.1\r\n" HOST CLOSE "X: ", 'a', 200000, "\r\n\r\n")));
    CHECK(huge == 431 || huge == 413 || huge == 0);
    CHECK(status_of(GET("/health", "")) == 200);
}

/* ---- cases: forms
 * ---------------------------------------------------------------------------------------------------------- */

static void a_form_is_read_in_order_and_decoded(void)
{
    const Str answer =
        post("/form", ENCODED, with_token("a=1&b=%E4%BD%A0+x&a=2&empty=&bare&&lines=one%0D%0Atwo%0Dthree"));
    CHECK(status_of(answer) == 200);
    CHECK_STR(body_of(answer), S("a=1;b=你 x;a=2;empty=;bare=;lines=one\ntwo\nthree;"));
    CHECK_STR(
        body_of(post("/form", "Content-Type: APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8\r\n", with_token("a=1"))),
        S("a=1;"));
}

static void a_form_without_its_token_is_a_stale_page(void)
{
    CHECK(status_of(post("/form", ENCODED, S("a=1"))) == 403);
    CHECK(status_of(post("/form", ENCODED, S("csrf=&a=1"))) == 403);
    CHECK(status_of(post("/form", ENCODED, S("csrf=00000000000000000000000000000000&a=1"))) == 403);
    CHECK(status_of(post("/form", "", S(""))) == 403);
    CHECK(says(post("/form", ENCODED, S("a=1")), "Go back, load the page again"));
    const Str others = str_printf(arena, "csrf=%s&a=1", token);
    CHECK(status_of(ASK("POST /form HTTP/1.1\r\n" HOST CLOSE ENCODED "Cookie: onestop=" RESIDENT_COOKIE
                        "\r\nContent-Length: %zu\r\n\r\n%.*s",
                        others.len, STR_ARGS(others))) == 403);
    CHECK(status_of(ASK("POST /form HTTP/1.1\r\n" HOST CLOSE ENCODED "Content-Length: %zu\r\n\r\n%.*s", others.len,
                        STR_ARGS(others))) == 403);
}

static void a_form_with_escapes_or_names_that_no_browser_sends_is_refused(void)
{
    static const char *const BAD[] = { "a=%", "a=%0", "a=%gg", "%FF=1", "=1", "a%0A=1", "a%00=1" };
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        if (!CHECK(status_of(post("/form", ENCODED, with_token(BAD[i]))) == 400))
            printf("   %s\n", BAD[i]);
}

static void a_value_that_is_broken_keeps_what_can_be_read_of_it(void)
{
    CHECK_STR(body_of(post("/form", ENCODED, with_token("a=x%00y&b=%1B&c=%7Fz&d=%FFq&e=%ED%A0%80&f=%E4%BD&g=%E4%BD%A0&h=%EF%BF%BD&i=a%E2%80%AEb"))),
              S("a=x\uFFFDy;b=\uFFFD;c=\uFFFDz;d=\uFFFDq;e=\uFFFD\uFFFD\uFFFD;f=\uFFFD\uFFFD;g=你;h=\uFFFD;i=a\uFFFDb;"));
}

static void a_form_is_bounded_in_fields_names_and_values(void)
{
    Text many = text_begin(arena, 1 << 20);
    text_put(&many, with_token(""));
    for (int i = 0; i < FIELDS_MAX - 1; i++)
        text_printf(&many, "f%d=1&", i);
    CHECK(status_of(post("/form", ENCODED, text_str(&many))) == 200);
    text_put(&many, S("one-more=1"));
    CHECK(status_of(post("/form", ENCODED, text_str(&many))) == 400);
    const char *start = str_terminated(arena, with_token("a="));
    CHECK(status_of(post("/form", ENCODED, blown_up(start, 'v', FORM_MAX - strlen(start), ""))) == 200);
    CHECK(status_of(post("/form", ENCODED, blown_up(start, 'v', FORM_MAX - strlen(start) + 1, ""))) == 413);
    start = str_terminated(arena, with_token(""));
    CHECK(status_of(post("/form", ENCODED, blown_up(start, 'n', NAME_LEN_MAX, "=1"))) == 200);
    CHECK(status_of(post("/form", ENCODED, blown_up(start, 'n', NAME_LEN_MAX + 1, "=1"))) == 400);
}

static void a_form_of_another_kind_is_refused(void)
{
    CHECK(status_of(post("/form", "Content-Type: application/json\r\n", S("{}"))) == 415);
    CHECK(status_of(post("/form", "", S("a=1"))) == 415);
}

static void a_body_that_no_browser_sends_is_refused_unread(void)
{
    CHECK(status_of(ASK("POST /form HTTP/1.1\r\n" HOST ENCODED "Content-Length: 2147483648\r\n\r\n")) == 413);
    CHECK(status_of(ASK("POST /upload HTTP/1.1\r\n" HOST MULTIPART "Content-Length: 9000000000\r\n\r\n")) == 413);
    CHECK(status_of(ASK("POST /form HTTP/1.1\r\n" HOST ENCODED "Content-Length: 99999999999999999999\r\n\r\n")) >= 400);
    CHECK(status_of(ASK("POST /form HTTP/1.1\r\n" HOST ENCODED "Content-Length: -1\r\n\r\n")) == 400);
    CHECK(status_of(ASK("GET /health HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello")) == 400);
}

static Str chunks(size_t count)
{
    Text text = text_begin(arena, (size_t)64 << 20);
    const Str one = blown_up("10000\r\n", 'x', 0x10000, "\r\n");
    for (size_t i = 0; i < count; i++)
        text_put(&text, one);
    return text_str(&text);
}

static void a_body_in_chunks_is_counted_and_cut_off(void)
{
    static const char HEAD[] =
        "POST /form HTTP/1.1\r\n" HOST CLOSE ENCODED "Transfer-Encoding: chunked\r\nCookie: onestop=" COOKIE "\r\n\r\n";
    CHECK_STR(body_of(ASK("%s25\r\ncsrf=%s\r\n4\r\n&a=1\r\n0\r\n\r\n", HEAD, token)), S("a=1;"));
    CHECK(status_of(ASK("%s%.*s0\r\n\r\n", HEAD, STR_ARGS(chunks(5)))) == 413);
    /* As much as one likes to send: closed long before, and nobody else is disturbed. */
    const int line = dial();
    const Str some = chunks(64);
    size_t sent = 0;
    bool open = say(line, str_from(HEAD));
    while (open && sent < 250) {
        open = say(line, some);
        sent++;
    }
    CHECK(!open);
    CHECK(sent < 10);
    (void)listen_all(line);
    CHECK(status_of(GET("/health", "")) == 200);
}

static void a_length_that_two_could_read_differently_is_refused(void)
{
    CHECK(status_of(ASK("POST /form HTTP/1.1\r\n" HOST CLOSE ENCODED
                        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) == 400);
    CHECK(status_of(ASK("POST /form HTTP/1.1\r\n" HOST CLOSE ENCODED
                        "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=1")) == 400);
    CHECK(status_of(ASK("POST /form HTTP/1.1\r\n" HOST CLOSE ENCODED "Transfer-Encoding: gzip\r\n\r\n")) == 400);
}

static Str multipart(const char *rest)
{
    return str_printf(arena, PART("csrf") "%s\r\n%s", token, rest);
}

static void a_form_in_parts_is_read_as_any_other(void)
{
    CHECK_STR(body_of(post("/form", MULTIPART, multipart(PART("a") "one\r\ntwo\r\n" PART("b") "\r\n--edge--\r\n"))),
              S("a=one\ntwo;b=;"));
    CHECK_STR(body_of(post("/form", "Content-Type: multipart/form-data; charset=x; boundary=\"edge\"\r\n",
                           multipart(PART("a") "1\r\n--edge--"))),
              S("a=1;"));
}

static void a_file_comes_with_its_name_and_every_byte(void)
{
    CHECK_STR(body_of(post("/upload", MULTIPART,
                           multipart(FILE_PART("paper", "图 纸.png") "\r\n--edg\r\n-\xFF\x01\r\n--edge--\r\n"))),
              S("paper|图 纸.png|12|fits"));
    CHECK_STR(
        body_of(post("/upload", MULTIPART, multipart(FILE_PART("paper", "..\\..\\/etc/passwd") "x\r\n--edge--\r\n"))),
        S("paper|passwd|1|fits"));
    CHECK_STR(body_of(post("/upload", MULTIPART, multipart(FILE_PART("paper", "\xFF") "x\r\n--edge--\r\n"))),
              S("paper|file|1|fits"));
    CHECK_STR(body_of(post("/upload", MULTIPART, multipart(FILE_PART("paper", "") "\r\n--edge--\r\n"))),
              S("paper||0|fits"));
}

static Str file_of(size_t bytes)
{
    return multipart(str_terminated(arena, blown_up(FILE_PART("paper", "large.png"), 'x', bytes, "\r\n--edge--\r\n")));
}

static void a_file_at_the_limit_fits_and_one_byte_more_is_said_at_its_field(void)
{
    enum { MB = 1 << 20 };
    CHECK_STR(body_of(post("/upload", MULTIPART, file_of(MB))), S("paper|large.png|1048576|fits"));
    CHECK_STR(body_of(post("/upload", MULTIPART, file_of(MB + 1))), S("paper|large.png|1048576|too large"));
    const Str larger = body_of(post("/upload", MULTIPART, file_of(5 * MB)));
    CHECK(str_starts(larger, S("paper|large.png|")));
    CHECK(str_ends(larger, S("|too large")));
    CHECK(status_of(post("/form", MULTIPART, file_of(MB))) == 413);
}

static void parts_that_are_broken_are_refused(void)
{
    static const char *const BAD[] = { "",
                                       "--edge",
                                       "--edge\r\n",
                                       "--edge\r\n\r\nx\r\n--edge--",
                                       PART("a") "no end",
                                       PART("") "x\r\n--edge--",
                                       "--edge\r\nContent-Disposition: form-data\r\n\r\nx\r\n--edge--",
                                       "--edge\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--edge--",
                                       FILE_PART("a", "a") "x\r\n" FILE_PART("b", "b") "y\r\n--edge--",
                                       FILE_PART("a", "a") "x",
                                       PART("a") "x\r\n--edgeother" };
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        if (!CHECK(status_of(post("/upload", MULTIPART, multipart(BAD[i]))) == 400))
            printf("   number %zu\n", i);
    CHECK(status_of(post("/upload", "Content-Type: multipart/form-data\r\n", multipart(PART("a") "1\r\n--edge--"))) ==
          400);
    CHECK(status_of(post("/upload", MULTIPART, S("no parts"))) == 400);
}

/* Waits for the server to see what was sent, or what hung up. */
static bool large_bodies_become(int count)
{
    for (int i = 0; i < PATIENCE_S * 1000; i++) {
        pthread_mutex_lock(&web->lock);
        const int now = web->large_bodies;
        pthread_mutex_unlock(&web->lock);
        if (now == count)
            return true;
        usleep(1000);
    }
    return false;
}

static void only_so_many_large_bodies_come_at_once(void)
{
    int lines[LARGE_BODIES_MAX];
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        lines[i] = dial();
        CHECK(say(lines[i], S("POST /upload HTTP/1.1\r\n" HOST MULTIPART "Content-Length: 1000000\r\n\r\n--edge")));
    }
    CHECK(large_bodies_become(LARGE_BODIES_MAX));
    const Str refused = post("/upload", MULTIPART, file_of(400000));
    CHECK(status_of(refused) == 503);
    CHECK_STR(header_of(refused, "Retry-After"), S("5"));
    CHECK_STR(body_of(post("/upload", MULTIPART, multipart(FILE_PART("a", "a") "x\r\n--edge--\r\n"))), S("a|a|1|fits"));
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        close(lines[i]);
    CHECK(large_bodies_become(0));
    CHECK(status_of(post("/upload", MULTIPART, file_of(400000))) == 200);
}

/* ---- cases: who may enter
 * ---------------------------------------------------------------------------------------------------- */

static void each_door_opens_for_whom_it_should(void)
{
    static const struct {
        const char *path, *cookie;
        int status;
    } TRIES[] = {
        { "/mine", COOKIE, 303 },
        { "/mine", RESIDENT_COOKIE, 200 },
        { "/mine", OFFICER_COOKIE, 200 },
        { "/office", COOKIE, 303 },
        { "/office", RESIDENT_COOKIE, 403 },
        { "/office", OFFICER_COOKIE, 200 },
        { "/office", SUPERVISOR_COOKIE, 200 },
        { "/oversight", COOKIE, 303 },
        { "/oversight", RESIDENT_COOKIE, 403 },
        { "/oversight", OFFICER_COOKIE, 403 },
        { "/oversight", SUPERVISOR_COOKIE, 200 },
    };
    for (size_t i = 0; i < COUNT_OF(TRIES); i++)
        if (!CHECK(status_of(GET(TRIES[i].path, str_terminated(arena, str_printf(arena, "Cookie: onestop=%s\r\n",
                                                                                 TRIES[i].cookie)))) ==
                   TRIES[i].status))
            printf("   %s with %s\n", TRIES[i].path, TRIES[i].cookie);
    CHECK_STR(header_of(GET("/mine?a=1&b=2", ""), "Location"), S("/sign-in?to=%2Fmine%3Fa%3D1%26b%3D2"));
}

static void the_page_shows_who_is_signed_in(void)
{
    CHECK(says(GET("/", "Cookie: onestop=" OFFICER_COOKIE "\r\n"), ">officer</"));
    CHECK(says(GET("/", ""), "href=\"/sign-in\""));
}

/* ---- cases: committing
 * --------------------------------------------------------------------------------------------------------- */

static void the_answer_comes_after_the_commit(void)
{
    const Str answer = post("/write", ENCODED, with_token(""));
    CHECK(status_of(answer) == 303);
    CHECK_STR(header_of(answer, "Location"), S("/written"));
}

static void after_a_conflict_the_handler_runs_again(void)
{
    runs = 0;
    const Str answer = post("/conflict-twice", ENCODED, with_token(""));
    CHECK(status_of(answer) == 200);
    CHECK_STR(body_of(answer), S("run 3"));
}

static void after_many_conflicts_it_gives_up_and_says_so(void)
{
    runs = 0;
    const Str answer = post("/conflict", ENCODED, with_token(""));
    CHECK(status_of(answer) == 409);
    CHECK(says(answer, "This cannot be done any more"));
    CHECK(runs == TRIES_MAX);
}

static void a_client_that_leaves_before_the_commit_harms_nobody(void)
{
    const Str body = with_token("");
    const Str request = str_printf(
        arena, "POST /write HTTP/1.1\r\n" HOST ENCODED "Cookie: onestop=" COOKIE "\r\nContent-Length: %zu\r\n\r\n%.*s",
        body.len, STR_ARGS(body));
    for (int i = 0; i < 300; i++) {
        const int line = dial();
        const struct linger at_once = { .l_onoff = 1 };
        must(setsockopt(line, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0);
        CHECK(say(line, request));
        if (i % 3 == 0)
            usleep(300);
        close(line);
    }
    CHECK(status_of(GET("/health", "")) == 200);
}

static void *write_many(void *failures)
{
    Arena *own = arena_open((size_t)1 << 30);
    const Str body = str_printf(own, "csrf=%s", token);
    const Str request = str_printf(own,
                                   "POST /write HTTP/1.1\r\n" HOST CLOSE ENCODED "Cookie: onestop=" COOKIE
                                   "\r\nContent-Length: %zu\r\n\r\n%.*s",
                                   body.len, STR_ARGS(body));
    for (int i = 0; i < ROUNDS; i++) {
        char answer[4096];
        size_t len = 0;
        const int line = dial();
        (void)say(line, request);
        for (ssize_t got; len < sizeof answer && (got = recv(line, answer + len, sizeof answer - len, 0)) > 0;)
            len += (size_t)got;
        close(line);
        if (status_of((Str){ answer, len }) != 303)
            ++*(atomic_int *)failures;
    }
    arena_close(own);
    return NULL;
}

static void many_write_at_the_same_time(void)
{
    pthread_t threads[THREADS];
    atomic_int failures = 0;
    for (size_t i = 0; i < THREADS; i++)
        must(pthread_create(&threads[i], NULL, write_many, &failures) == 0);
    for (size_t i = 0; i < THREADS; i++)
        must(pthread_join(threads[i], NULL) == 0);
    CHECK(failures == 0);
}

/* Another desk takes the place of the one before it again and again. A desk is spoilt as soon as it is released: whoever
 * still used it would be seen here, or by a sanitizer. */
static void another_desk_is_served_while_many_write(void)
{
    pthread_t threads[THREADS];
    atomic_int failures = 0;
    const Desk original = *desk;
    Desk *before = desk;
    for (size_t i = 0; i < THREADS; i++)
        must(pthread_create(&threads[i], NULL, write_many, &failures) == 0);
    for (int turn = 0; turn < 30; turn++) {
        Desk *next = arena_new(arena, Desk);
        *next = original;
        while (!web_release(web))
            usleep(100);
        CHECK(web_serve(web, next));
        while (!web_release(web))
            usleep(100);
        memset(before, 0xA5, sizeof *before);
        before = next;
    }
    for (size_t i = 0; i < THREADS; i++)
        must(pthread_join(threads[i], NULL) == 0);
    CHECK(failures == 0);
    *desk = original;
    CHECK(web_serve(web, desk));
    CHECK(status_of(GET("/health", "")) == 200);
}

static void only_two_slow_handlers_run_at_once(void)
{
    int lines[12];
    runs = 0;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        lines[i] = dial();
        CHECK(say(lines[i], S("GET /slow HTTP/1.1\r\n" HOST CLOSE "\r\n")));
    }
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        CHECK_STR(body_of(listen_all(lines[i])), S("few"));
}

/* ---- cases: the line
 * --------------------------------------------------------------------------------------------------------------- */

static void requests_sent_together_are_answered_in_order(void)
{
    const Str answer = ASK("GET /echo/1 HTTP/1.1\r\n" HOST "\r\nGET /echo/%%FF HTTP/1.1\r\n" HOST "\r\n"
                           "GET /echo/2 HTTP/1.1\r\n" HOST CLOSE "\r\n");
    const size_t one = str_find(answer, S("/echo/1|1|")), bad = str_find(answer, S("HTTP/1.1 400")),
                 two = str_find(answer, S("/echo/2|2|"));
    CHECK(one != SIZE_MAX && one < bad && bad != SIZE_MAX && bad < two && two != SIZE_MAX);
    const Str body = with_token("a=1");
    const Str forms =
        ASK("POST /form HTTP/1.1\r\n" HOST ENCODED "Cookie: onestop=" COOKIE "\r\nContent-Length: %zu\r\n\r\n%.*s"
            "POST /write HTTP/1.1\r\n" HOST ENCODED "Cookie: onestop=" COOKIE "\r\nContent-Length: %zu\r\n\r\n%.*s"
            "GET /health HTTP/1.1\r\n" HOST CLOSE "\r\n",
            body.len, STR_ARGS(body), body.len, STR_ARGS(body));
    const size_t form = str_find(forms, S("a=1;")), written = str_find(forms, S("Location: /written")),
                 well = str_find(forms, S("ok\n"));
    CHECK(form != SIZE_MAX && form < written && written != SIZE_MAX && written < well && well != SIZE_MAX);
}

static void a_request_that_never_ends_keeps_nobody_from_being_answered(void)
{
    int lines[100];
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        lines[i] = dial();
        CHECK(say(lines[i], i % 2 ? S("GET /health HTTP/1.1\r\nHost: loc")
                                  : S("POST /form HTTP/1.1\r\n" HOST ENCODED "Content-Length: 1000\r\n\r\na=")));
    }
    CHECK(status_of(GET("/health", "")) == 200);
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        close(lines[i]);
}

static void noise_is_no_request(void)
{
    static const char *const NOISE[] = { "\r\n\r\n",
                                         "hello\r\n\r\n",
                                         "GET\r\n\r\n",
                                         "GET / HTTP/9.9\r\n" HOST CLOSE "\r\n",
                                         "\x16\x03\x01\x02",
                                         "GET / HTTP/1.1\r\n" HOST "no colon\r\n" CLOSE "\r\n",
                                         "GET / HTTP/1.1\r\n\r\n" };
    for (size_t i = 0; i < COUNT_OF(NOISE); i++) {
        const int line = dial();
        (void)say(line, str_from(NOISE[i]));
        shutdown(line, SHUT_WR);
        (void)listen_all(line);
    }
    uint32_t seed = 20261026;
    for (int i = 0; i < 200; i++) {
        char bytes[400];
        for (size_t k = 0; k < sizeof bytes; k++) {
            seed = seed * 1664525 + 1013904223;
            bytes[k] = (char)(seed >> 24);
        }
        const int line = dial();
        (void)say(line,
                  i % 2 ? S("POST /upload HTTP/1.1\r\n" HOST CLOSE MULTIPART "Content-Length: 400\r\n\r\n--edge\r\n")
                        : S("GET /echo/"));
        (void)say(line, (Str){ bytes, sizeof bytes });
        shutdown(line, SHUT_WR);
        (void)listen_all(line);
    }
    CHECK(status_of(GET("/health", "")) == 200);
}

static void a_port_that_is_taken_is_told(void)
{
    Errors errors = errors_begin(arena);
    const WebOptions taken = { .desk = desk, .address = S("127.0.0.1"), .port = web_port(web) };
    CHECK(web_start(&taken, &errors) == NULL);
    CHECK(errors.list.count == 1 && says(errors.list.at[0].what, "could not listen on 127.0.0.1 port"));
    const WebOptions none = { .desk = desk, .address = S("localhost") };
    CHECK(web_start(&none, &errors) == NULL);
    CHECK(errors.list.count == 2 && says(errors.list.at[1].what, "not an address: localhost"));
}

static void it_stops_while_clients_hang_on(void)
{
    Errors errors = errors_begin(arena);
    Web *first = web;
    const WebOptions options = { .desk = desk, .address = S("::1") };
    const WebOptions four = { .desk = desk, .address = S("127.0.0.1"), .secure = true };
    Web *six = web_start_routes(&options, TEST_ROUTES, COUNT_OF(TEST_ROUTES), &errors);
    if (six)
        web_stop(six); /* a computer without IPv6 has nothing to stop */
    web = web_start_routes(&four, TEST_ROUTES, COUNT_OF(TEST_ROUTES), &errors);
    must(web != NULL);
    CHECK(str_ends(header_of(GET("/", ""), "Set-Cookie"), S("; SameSite=Lax; Secure")));
    const int idle = dial();
    CHECK(say(idle, S("GET /health HTTP/1.1\r\n" HOST "\r\n")));
    char some[100];
    CHECK(recv(idle, some, sizeof some, 0) > 0);
    web_stop(web);
    web = first;
    (void)listen_all(idle);
}

int main(void)
{
    begin();
    RUN(it_says_that_it_is_well);
    RUN(every_answer_carries_the_security_headers);
    RUN(a_page_comes_in_the_language_of_the_reader);
    RUN(a_language_asked_for_is_kept_in_the_account);
    RUN(a_page_of_a_fault_knows_who_reads_it);
    RUN(a_browser_without_a_cookie_gets_one_and_keeps_it);
    RUN(a_head_request_has_no_body);
    RUN(an_asset_is_kept_for_a_year_and_not_sent_twice);
    RUN(a_download_names_its_file_in_both_ways);
    RUN(a_redirect_leads_to_our_own_pages_only);
    RUN(a_path_is_decoded_segment_by_segment);
    RUN(a_path_that_can_be_read_in_two_ways_is_refused);
    RUN(an_unknown_path_is_a_page_with_a_way_on);
    RUN(a_method_that_the_path_does_not_take_names_those_it_takes);
    RUN(what_is_too_long_is_refused_before_it_is_read);
    RUN(a_form_is_read_in_order_and_decoded);
    RUN(a_form_without_its_token_is_a_stale_page);
    RUN(a_form_with_escapes_or_names_that_no_browser_sends_is_refused);
    RUN(a_value_that_is_broken_keeps_what_can_be_read_of_it);
    RUN(a_form_is_bounded_in_fields_names_and_values);
    RUN(a_form_of_another_kind_is_refused);
    RUN(a_body_that_no_browser_sends_is_refused_unread);
    RUN(a_body_in_chunks_is_counted_and_cut_off);
    RUN(a_length_that_two_could_read_differently_is_refused);
    RUN(a_form_in_parts_is_read_as_any_other);
    RUN(a_file_comes_with_its_name_and_every_byte);
    RUN(a_file_at_the_limit_fits_and_one_byte_more_is_said_at_its_field);
    RUN(parts_that_are_broken_are_refused);
    RUN(only_so_many_large_bodies_come_at_once);
    RUN(each_door_opens_for_whom_it_should);
    RUN(the_page_shows_who_is_signed_in);
    RUN(the_answer_comes_after_the_commit);
    RUN(after_a_conflict_the_handler_runs_again);
    RUN(after_many_conflicts_it_gives_up_and_says_so);
    RUN(a_client_that_leaves_before_the_commit_harms_nobody);
    RUN(many_write_at_the_same_time);
    RUN(another_desk_is_served_while_many_write);
    RUN(only_two_slow_handlers_run_at_once);
    RUN(requests_sent_together_are_answered_in_order);
    RUN(a_request_that_never_ends_keeps_nobody_from_being_answered);
    RUN(noise_is_no_request);
    RUN(a_port_that_is_taken_is_told);
    RUN(it_stops_while_clients_hang_on);
    end();
    return test_end();
}
