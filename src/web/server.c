/* The server: MHD's calls turned into the phases of an exchange, and the daemon's beginning and end.
 *
 * MHD's own epoll threads stall under load in this version (a full batch of events makes them sleep), so it polls, with a pool of
 * threads. A connection whose change is being committed is suspended: no thread waits for the disk. It is suspended before the
 * commit begins, because the writer may be done before store_commit returns, and while it sleeps MHD neither times it out nor
 * calls it completed: the exchange lives until the writer has answered, also when the client has long gone. */
#include "web/exchange.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* ---- one exchange --------------------------------------------------------------------------------------- */

static void *exchange_open(void *context, const char *target, struct MHD_Connection *connection)
{
    Web *web = context;
    pthread_mutex_lock(&web->lock);
    Served *served = &web->served[web->present];
    served->exchanges++;
    Arena *arena = web->arena_count ? web->arenas[--web->arena_count] : NULL;
    pthread_mutex_unlock(&web->lock);
    if (!arena)
        arena = arena_open(ARENA_CAP + 4 * served->upload_max);
    Exchange *it = arena_new(arena, Exchange);
    const Str whole = str_from(target);
    it->web = web;
    it->connection = connection;
    it->target = str_copy(arena, str_slice(whole, 0, TARGET_MAX + 1));
    it->request.arena = arena;
    it->served = served;
    it->request.desk = served->desk;
    it->request.pack = served->desk->pack;
    it->request.kept = served->kept;
    pthread_mutex_lock(&web->lock);
    it->next = web->open;
    if (it->next)
        it->next->previous = it;
    web->open = it;
    web->running++;
    pthread_mutex_unlock(&web->lock);
    return it;
}

static void exchange_end(Exchange *it)
{
    Web *web = it->web;
    Served *served = it->served;
    must(it->phase != PHASE_COMMIT || it->committed);
    Arena *arena = it->request.arena;
    body_drop(it);
    pthread_mutex_lock(&web->lock);
    *(it->previous ? &it->previous->next : &web->open) = it->next;
    if (it->next)
        it->next->previous = it->previous;
    pthread_mutex_unlock(&web->lock);
    arena_reset(arena);
    pthread_mutex_lock(&web->lock);
    /* Another desk may take larger files: an arena of the one before is too small for it. */
    const bool keep = web->arena_count < ARENAS_KEPT && served == &web->served[web->present];
    if (keep)
        web->arenas[web->arena_count++] = arena;
    web->running--;
    served->exchanges--;
    pthread_cond_broadcast(&web->quiet);
    pthread_mutex_unlock(&web->lock);
    if (!keep)
        arena_close(arena);
}

/* ---- which desk is served ------------------------------------------------------------------------------------ */

static Served served_open(const Desk *desk)
{
    return (Served){ .desk = desk, .kept = kept_open(desk->pack), .upload_max = (size_t)desk->pack->upload_max_mb << 20 };
}

static void served_close(Served *served)
{
    if (served->desk)
        kept_close(served->kept);
    *served = (Served){ 0 };
}

bool web_release(Web *web)
{
    pthread_mutex_lock(&web->lock);
    Served *before = &web->served[!web->present];
    const bool free = before->exchanges == 0;
    if (free)
        served_close(before);
    pthread_mutex_unlock(&web->lock);
    return free;
}

bool web_serve(Web *web, const Desk *desk)
{
    if (!web_release(web))
        return false;
    pthread_mutex_lock(&web->lock);
    web->served[!web->present] = served_open(desk);
    web->present = !web->present;
    while (web->arena_count)
        arena_close(web->arenas[--web->arena_count]);
    pthread_mutex_unlock(&web->lock);
    return true;
}

static void exchange_close(void *context, struct MHD_Connection *connection, void **state,
                           enum MHD_RequestTerminationCode why)
{
    (void)context;
    (void)connection;
    (void)why;
    if (*state)
        exchange_end(*state);
    *state = NULL;
}

/* A connection is gone. Where its memory did not suffice for what a client sent (a thousand cookies), MHD closes it without a
 * word on the request that had begun. */
static void connection_note(void *context, struct MHD_Connection *connection, void **state, enum MHD_ConnectionNotificationCode what)
{
    (void)state;
    Web *web = context;
    if (what != MHD_CONNECTION_NOTIFY_CLOSED)
        return;
    pthread_mutex_lock(&web->lock);
    Exchange *it = web->open;
    while (it && it->connection != connection)
        it = it->next;
    pthread_mutex_unlock(&web->lock);
    if (it)
        exchange_end(it);
}

static bool is_stopping(Web *web)
{
    pthread_mutex_lock(&web->lock);
    const bool stopping = web->stopping;
    pthread_mutex_unlock(&web->lock);
    return stopping;
}

static enum MHD_Result reply_send(Exchange *it)
{
    struct MHD_Response *response = reply_response(it, &it->reply);
    if (is_stopping(it->web))
        must(MHD_add_response_header(response, "Connection", "close") == MHD_YES);
    const enum MHD_Result result = MHD_queue_response(it->connection, (unsigned)it->reply.status, response);
    MHD_destroy_response(response);
    it->phase = PHASE_DONE;
    return result;
}

static enum MHD_Result problem_send(Exchange *it, int status)
{
    it->reply = reply_problem(&it->request, status);
    return reply_send(it);
}

/* ---- answer ----------------------------------------------------------------------------------------------- */

static bool turn_take(Web *web)
{
    struct timespec until;
    must(clock_gettime(CLOCK_REALTIME, &until) == 0);
    until.tv_sec += SLOW_WAIT_S;
    pthread_mutex_lock(&web->lock);
    int status = 0;
    while (web->slow_handlers >= SLOW_HANDLERS_MAX && status == 0)
        status = pthread_cond_timedwait(&web->turn, &web->lock, &until);
    const bool taken = web->slow_handlers < SLOW_HANDLERS_MAX;
    web->slow_handlers += taken;
    pthread_mutex_unlock(&web->lock);
    return taken;
}

static void turn_give(Web *web)
{
    pthread_mutex_lock(&web->lock);
    web->slow_handlers--;
    pthread_cond_signal(&web->turn);
    pthread_mutex_unlock(&web->lock);
}

/* A language that was asked for in the URL is kept: on this device, and in the account. */
static void language_keep(Exchange *it)
{
    Request *request = &it->request;
    const Str code = request->pack->languages.at[request->actor.language];
    if (!str_equal(form_get(&request->query, S("lang")), code))
        return;
    it->reply.language_cookie = code;
    if (request->actor.account.id && !str_equal(request->actor.account.language, code))
        change_account_language(request->change, request->actor.account.id, code);
}

static void handler_run(Exchange *it)
{
    Request *request = &it->request;
    request->change = change_begin(request->desk->store, request->arena);
    request->problems = (Problems){ 0 };
    if (it->route->slow && !turn_take(it->web)) {
        it->reply = reply_problem(request, 503);
        return;
    }
    it->reply = it->route->handler(request);
    if (it->route->slow)
        turn_give(it->web);
    language_keep(it);
}

static Reply reply_sign_in(Request *request)
{
    Text to = text_begin(request->arena, 4 * TARGET_MAX);
    if (request->method == METHOD_GET) {
        text_put(&to, S("?to="));
        text_percent(&to, request->path);
        if (request->query_text.len) {
            text_put(&to, S("%3F"));
            text_percent(&to, request->query_text);
        }
    }
    return reply_redirect(request, "/sign-in%.*s", STR_ARGS(text_str(&to)));
}

/* False with the reply that says where to go instead. */
static bool door_pass(Exchange *it)
{
    Request *request = &it->request;
    const Role role = request->actor.account.id ? request->actor.account.role : ROLE_NOBODY;
    static const uint32_t ROLES_IN[] = {
        [DOOR_OPEN] = UINT32_MAX,
        [DOOR_SIGNED_IN] = ~(1u << ROLE_NOBODY),
        [DOOR_OFFICE] = 1u << ROLE_OFFICER | 1u << ROLE_SUPERVISOR,
        [DOOR_OVERSIGHT] = 1u << ROLE_SUPERVISOR,
    };
    if (ROLES_IN[it->route->door] & 1u << role)
        return true;
    it->reply = role == ROLE_NOBODY ? reply_sign_in(request) : reply_forbidden(request);
    return false;
}

static void commit_done(void *context, Outcome outcome)
{
    Exchange *it = context;
    Web *web = it->web;
    it->outcome = outcome;
    it->committed = true;
    MHD_resume_connection(it->connection);         /* from here on the exchange is another thread's */
    pthread_mutex_lock(&web->lock);
    web->commits--;
    pthread_cond_broadcast(&web->quiet);
    pthread_mutex_unlock(&web->lock);
}

/* Sends the reply of a handler, after the disk has what it depends on. */
static enum MHD_Result answer_finish(Exchange *it)
{
    if (!it->request.change || change_is_empty(it->request.change))
        return reply_send(it);
    pthread_mutex_lock(&it->web->lock);
    const bool closed = it->web->closed;
    it->web->commits += !closed;
    pthread_mutex_unlock(&it->web->lock);
    if (closed)
        return problem_send(it, 503);
    it->phase = PHASE_COMMIT;
    it->committed = false;
    MHD_suspend_connection(it->connection);
    store_commit(it->request.desk->store, it->request.change, commit_done, it);
    return MHD_YES;
}

static enum MHD_Result answer(Exchange *it)
{
    const int status = it->refused ? it->refused : exchange_enter(it);
    if (status)
        return problem_send(it, status);
    if (!door_pass(it))
        return reply_send(it);
    handler_run(it);
    return answer_finish(it);
}

/* The connection woke up. */
static enum MHD_Result answer_again(Exchange *it)
{
    must(it->committed);
    switch (it->outcome) {
    case OUTCOME_DONE:
        return reply_send(it);
    case OUTCOME_CONFLICT:
        if (++it->tries >= TRIES_MAX)
            return problem_send(it, 409);
        it->request.now = web_now();
        it->request.today = date_in_zone(it->request.now, it->request.pack->utc_offset_minutes);
        handler_run(it);
        return answer_finish(it);
    case OUTCOME_BUSY:
    case OUTCOME_FAILED:
        break;
    }
    fprintf(stderr, "onestop: a change was not written: %s\n",
            it->outcome == OUTCOME_BUSY ? "the queue is full" : "the disk or the database refused");
    return problem_send(it, 503);
}

static enum MHD_Result exchange_step(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                     const char *version, const char *data, size_t *size, void **state)
{
    (void)context;
    (void)connection;
    (void)url;
    (void)version;
    Exchange *it = *state;
    if (it->phase == PHASE_HEAD) {
        it->phase = PHASE_BODY;
        it->refused = exchange_head(it, method);
        if (is_stopping(it->web))
            it->refused = 503;
        /* An answer this early ends the connection, because its body stays unread; without a body it need not. */
        const bool has_body = exchange_header(it, "Content-Length").len || exchange_header(it, "Transfer-Encoding").len;
        return it->refused && has_body ? problem_send(it, it->refused) : MHD_YES;
    }
    if (*size) {
        const bool taken = body_take(it, data, *size);
        *size = 0;
        return taken ? MHD_YES : MHD_NO;
    }
    switch (it->phase) {
    case PHASE_BODY:
        return answer(it);
    case PHASE_COMMIT:
        return answer_again(it);
    case PHASE_HEAD:
    case PHASE_DONE:
        break;
    }
    return MHD_YES;
}

/* Escapes are ours to read (request.c). */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

/* ---- beginning and end -------------------------------------------------------------------------------------- */

typedef union Address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
} Address;

static bool address_read(Arena *arena, Str text, uint16_t port, Address *address, socklen_t *len)
{
    const char *numeric = str_terminated(arena, text);
    *address = (Address){ .six = { .sin6_family = AF_INET6, .sin6_port = htons(port) } };
    *len = sizeof address->six;
    if (inet_pton(AF_INET6, numeric, &address->six.sin6_addr) == 1)
        return true;
    *address = (Address){ .four = { .sin_family = AF_INET, .sin_port = htons(port) } };
    *len = sizeof address->four;
    return inet_pton(AF_INET, numeric, &address->four.sin_addr) == 1;
}

/* A listening socket of our own, because MHD does not say why it could not make one. -1 and an error. */
static int listen_open(Web *web, Errors *errors)
{
    enum { BACKLOG = 1024 };
    const WebOptions *options = &web->options;
    Address address;
    socklen_t len;
    const int yes = 1;
    if (!address_read(web->arena, options->address, options->port, &address, &len)) {
        errors_add(errors, (Place){ 0 }, S("give it in figures, as 127.0.0.1 or [::1]"), "not an address: %.*s",
                   STR_ARGS(options->address));
        return -1;
    }
    int listening = socket(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listening >= 0 && setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
        bind(listening, &address.any, len) == 0 && listen(listening, BACKLOG) == 0 &&
        getsockname(listening, &address.any, &len) == 0) {
        web->port = ntohs(address.any.sa_family == AF_INET6 ? address.six.sin6_port : address.four.sin_port);
        return listening;
    }
    const int fault = errno;
    if (listening >= 0)
        close(listening);
    errors_add(errors, (Place){ 0 },
               fault == EADDRINUSE ? S("stop the program that has this port, or choose another port")
               : fault == EACCES   ? S("ports below 1024 are for the administrator; choose a higher one")
                                   : S("does this computer have this address?"),
               "could not listen on %.*s port %d: %s", STR_ARGS(options->address), options->port, strerror(fault));
    return -1;
}

static void web_close(Web *web)
{
    while (web->arena_count)
        arena_close(web->arenas[--web->arena_count]);
    for (size_t i = 0; i < COUNT_OF(web->served); i++)
        served_close(&web->served[i]);
    key_forget(&web->csrf_key);
    pthread_mutex_destroy(&web->lock);
    pthread_cond_destroy(&web->quiet);
    pthread_cond_destroy(&web->turn);
    arena_close(web->arena);
}

static unsigned thread_count(const WebOptions *options)
{
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const long wanted = options->threads > 0 ? options->threads : cores;
    return wanted < 2 ? 2 : wanted > THREADS_MAX ? THREADS_MAX : (unsigned)wanted;
}

Web *web_start(const WebOptions *options, Errors *errors)
{
    return web_start_routes(options, ROUTES, ROUTE_COUNT, errors);
}

Web *web_start_routes(const WebOptions *options, const Route *routes, size_t count, Errors *errors)
{
    Arena *arena = arena_open(1 << 20);
    Web *web = arena_new(arena, Web);
    web->arena = arena;
    web->options = *options;
    web->routes = routes;
    web->route_count = count;
    web->options.address = str_copy(arena, options->address);
    web->csrf_key = store_key(options->desk->store, S("csrf"));
    web->served[web->present] = served_open(options->desk);
    must(pthread_mutex_init(&web->lock, NULL) == 0);
    must(pthread_cond_init(&web->quiet, NULL) == 0);
    must(pthread_cond_init(&web->turn, NULL) == 0);
    must(signal(SIGPIPE, SIG_IGN) != SIG_ERR);     /* a client that goes away is an error of one write */
    const int listening = listen_open(web, errors);
    if (listening >= 0) {
        web->daemon = MHD_start_daemon(
            MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, exchange_step, web,
            MHD_OPTION_LISTEN_SOCKET, listening, MHD_OPTION_THREAD_POOL_SIZE, thread_count(options),
            MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_S,
            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
            MHD_OPTION_URI_LOG_CALLBACK, exchange_open, web, MHD_OPTION_NOTIFY_COMPLETED, exchange_close, web,
            MHD_OPTION_NOTIFY_CONNECTION, connection_note, web,
            MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_END);
        if (web->daemon)
            return web;
        close(listening);
        errors_add(errors, (Place){ 0 }, S("is there memory for its threads?"), "the server could not be started");
    }
    web_close(web);
    return NULL;
}

uint16_t web_port(const Web *web)
{
    return web->port;
}

/* Waits until `count` is zero; false when STOP_WAIT_S were not enough. The lock is held. */
static bool wait_quiet(Web *web, const size_t *count)
{
    struct timespec until;
    must(clock_gettime(CLOCK_REALTIME, &until) == 0);
    until.tv_sec += STOP_WAIT_S;
    int status = 0;
    while (*count && status == 0)
        status = pthread_cond_timedwait(&web->quiet, &web->lock, &until);
    return *count == 0;
}

void web_stop(Web *web)
{
    const int listening = MHD_quiesce_daemon(web->daemon);
    if (listening >= 0)
        close(listening);
    pthread_mutex_lock(&web->lock);
    web->stopping = true;
    (void)wait_quiet(web, &web->running);
    /* A suspended connection must not meet the end of the daemon. The writer answers every commit, so this one ends. */
    web->closed = true;
    while (web->commits)
        pthread_cond_wait(&web->quiet, &web->lock);
    pthread_mutex_unlock(&web->lock);
    MHD_stop_daemon(web->daemon);
    must(web->running == 0);
    web_close(web);
}
