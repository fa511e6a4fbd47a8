/* onestop serve: opens pack, store and desk, answers until a signal ends it. The main thread is the timer: between two rounds of
 * the desk's clocks it waits for that signal, so that no handler has to run in the middle of anything. */
#include "main/command.h"
#include "web/web.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>

enum { TICK_S = 20 };

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
        return false;                              /* which colon is the port's? */
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
    errors_add(&errors, (Place){ .file = store_folder(desk->store) }, S("name another data folder with --data, or serve it with --demo"),
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

/* Everything that runs out by itself is carried out at once, then every TICK_S, until SIGTERM or SIGINT comes. */
static void run_until_signal(const Desk *desk, const sigset_t *ends)
{
    const struct timespec pause = { .tv_sec = TICK_S };
    int signal_number;
    do {
        (void)desk_tick(desk, web_now());
        signal_number = sigtimedwait(ends, NULL, &pause);
    } while (signal_number < 0);
}

static int serve(Desk *desk, const WebOptions *options, const sigset_t *ends, Arena *arena)
{
    Errors errors = errors_begin(arena);
    Web *web = web_start(options, &errors);
    if (!web)
        return print_errors(&errors);
    const bool six = str_find(options->address, S(":")) != SIZE_MAX;
    printf("Onestop serves %.*s on http://%s%.*s%s:%d\n", STR_ARGS(desk->pack->name.in[0]), six ? "[" : "",
           STR_ARGS(options->address), six ? "]" : "", web_port(web));
    fflush(stdout);
    run_until_signal(desk, ends);
    printf("Onestop stops\n");
    fflush(stdout);
    web_stop(web);
    return EXIT_GOOD;
}

int command_serve(const Arguments *arguments)
{
    WebOptions options = { .secure = argument_flag(arguments, "secure") };
    if (!listen_read(arguments->arena, argument_option(arguments, "listen", S("127.0.0.1:8080")), &options))
        return usage_fault("--listen wants an address in figures and a port", "--listen 127.0.0.1:8080, or --listen [::1]:8080");
    /* Blocked before any thread begins, so that all of them leave the signals to run_until_signal. */
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    must(pthread_sigmask(SIG_BLOCK, &ends, NULL) == 0);
    Desk *desk = desk_open_named(arguments, S("packs/zhejiang"));
    if (!desk)
        return EXIT_FAULT;
    options.desk = desk;
    int status = EXIT_FAULT;
    if (argument_flag(arguments, "demo") ? demo_prepare(desk, arguments->arena) : demo_refuse(desk, arguments->arena))
        status = serve(desk, &options, &ends, arguments->arena);
    store_close(desk->store);
    return status;
}
