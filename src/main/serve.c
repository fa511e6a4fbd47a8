/* onestop serve: opens pack, store and desk, answers until a signal ends it. The main thread is the timer: between two
 * rounds of the desk's clocks it waits for that signal, so that no handler has to run in the middle of anything. SIGHUP
 * reads the pack again: what was sent keeps its version, and a pack with faults is told and left. */
#include "main/command.h"
#include "web/web.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>

enum { TICK_S = 20, SOON_S = 1 };
static const size_t DESK_ARENA = (size_t)4 << 30;

#define PACK_SERVED S("packs/zhejiang") /* without --pack */

typedef struct Serving {
    const Arguments *arguments;
    Web *web;
    const Desk *desk;
    Arena *arena, *before; /* of the desk, and of the one before it while requests still need it; or NULL */
    bool again;            /* the pack is to be read again */
} Serving;

/* "127.0.0.1:8080", "[::1]:8080". */
static bool listen_read(Arena *arena, Str text, WebOptions *options)
{
    size_t colon = text.len;
    while (colon > 0 && text.data[colon - 1] != ':')
        colon--;
    int64_t port;
    if (colon == 0 || !str_to_i64(str_slice(text, colon, text.len), &port) || port < 0 || port > UINT16_MAX)
        return false;
    options->address = str_slice(text, 0, colon - 1);
    options->port = (uint16_t)port;
    if (str_starts(options->address, S("[")) && str_ends(options->address, S("]")))
        options->address = str_slice(options->address, 1, options->address.len - 1);
    else if (str_find(options->address, S(":")) != SIZE_MAX)
        return false; /* which colon is the port's? */
    struct in6_addr figures;
    const char *address = str_terminated(arena, options->address);
    return inet_pton(AF_INET, address, &figures) == 1 || inet_pton(AF_INET6, address, &figures) == 1;
}

/* Without --demo there are no public passwords, ever: not even those that an earlier --demo left. */
static bool demo_refuse(const Desk *desk, Arena *arena)
{
    if (store_use(desk->store) != STORE_DEMO)
        return true;
    Errors errors = errors_begin(arena);
    errors_add(&errors, (Place){ .file = store_folder(desk->store) },
               S("name another data folder with --data, or serve it with --demo"),
               "the data folder was filled with --demo, and the passwords of its accounts are public");
    print_errors(&errors);
    return false;
}

static bool demo_prepare(Desk *desk, Arena *arena)
{
    Errors errors = errors_begin(arena);
    if (!desk_demo(desk, web_now(), &errors)) {
        print_errors(&errors);
        return false;
    }
    const DemoAccounts accounts = desk_demo_accounts(arena, desk->pack);
    printf("Accounts to try, all with the password \"onestop-demo\":\n");
    for (size_t i = 0; i < accounts.count; i++)
        printf("  %-28.*s %.*s\n", STR_ARGS(accounts.at[i].login), STR_ARGS(accounts.at[i].name));
    return true;
}

/* Reads the pack again and serves it, unless it has faults. */
static void read_again(Serving *it)
{
    const Desk *present = it->desk;
    Arena *arena = arena_open(DESK_ARENA);
    Errors errors = errors_begin(arena);
    const Pack *pack = pack_load(arena, argument_option(it->arguments, "pack", PACK_SERVED), &errors);
    Desk *desk = pack ? desk_open(arena, pack, present->store, web_now(), &errors) : NULL;
    const bool demo = argument_flag(it->arguments, "demo");
    if (!desk || (demo && !desk_demo(desk, web_now(), &errors)) || !web_serve(it->web, desk)) {
        print_errors(&errors);
        fprintf(stderr, "The pack that was served before is still served\n");
        arena_close(arena);
        return;
    }
    printf("The pack was read again: %zu events, %zu services\n", pack->events.count, pack->services.count);
    fflush(stdout);
    it->before = it->arena;
    it->arena = arena;
    it->desk = desk;
}

/* Everything that runs out by itself is carried out at once, then every TICK_S, until SIGTERM or SIGINT comes. */
static void run_until_signal(Serving *it, const sigset_t *signals)
{
    int signal_number = 0;
    while (signal_number != SIGTERM && signal_number != SIGINT) {
        const bool released = web_release(it->web);
        if (released) {
            arena_close(it->before);
            it->before = NULL;
        }
        if (it->again && released) {
            it->again = false;
            read_again(it);
        }
        (void)desk_tick(it->desk, web_now());
        const struct timespec pause = { .tv_sec = it->again || it->before ? SOON_S : TICK_S };
        signal_number = sigtimedwait(signals, NULL, &pause);
        it->again = it->again || signal_number == SIGHUP;
    }
}

static int serve(const Arguments *arguments, const WebOptions *options, const sigset_t *signals)
{
    Errors errors = errors_begin(arguments->arena);
    Serving it = { .arguments = arguments, .desk = options->desk, .web = web_start(options, &errors) };
    if (!it.web)
        return print_errors(&errors);
    const bool six = str_find(options->address, S(":")) != SIZE_MAX;
    printf("Onestop serves %.*s on http://%s%.*s%s:%d\n", STR_ARGS(it.desk->pack->name.in[0]), six ? "[" : "",
           STR_ARGS(options->address), six ? "]" : "", web_port(it.web));
    fflush(stdout);
    run_until_signal(&it, signals);
    printf("Onestop stops\n");
    fflush(stdout);
    web_stop(it.web);
    arena_close(it.before);
    arena_close(it.arena);
    return EXIT_GOOD;
}

int command_serve(const Arguments *arguments)
{
    WebOptions options = { .secure = argument_flag(arguments, "secure") };
    if (!listen_read(arguments->arena, argument_option(arguments, "listen", S("127.0.0.1:8080")), &options))
        return usage_fault("--listen wants an address in figures and a port",
                           "--listen 127.0.0.1:8080, or --listen [::1]:8080");
    /* Blocked before any thread begins, so that all of them leave the signals to run_until_signal. */
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    must(pthread_sigmask(SIG_BLOCK, &signals, NULL) == 0);
    Desk *desk = desk_open_named(arguments, PACK_SERVED);
    if (!desk)
        return EXIT_FAULT;
    options.desk = desk;
    int status = EXIT_FAULT;
    if (argument_flag(arguments, "demo") ? demo_prepare(desk, arguments->arena) : demo_refuse(desk, arguments->arena))
        status = serve(arguments, &options, &signals);
    store_close(desk->store);
    return status;
}
