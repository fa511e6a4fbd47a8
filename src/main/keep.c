/* Commands on the data folder, while no server runs on it: proving it whole, making it anew, forgetting, accounts. */
#include "main/command.h"

#include "web/web.h"

#include <stdio.h>
#include <termios.h>
#include <unistd.h>

enum { REPORT_MAX = 16 << 20, PASSWORD_BYTES = 1024 };

Desk *desk_open_named(const Arguments *arguments, Str otherwise)
{
    Errors errors = errors_begin(arguments->arena);
    const Str folder = argument_option(arguments, "pack", otherwise), data = argument_option(arguments, "data", S("data"));
    const Pack *pack = folder.len ? pack_load(arguments->arena, folder, &errors) : NULL;
    const bool there = folder.len || store_exists(data);
    if (!there)
        errors_add(&errors, (Place){ .file = data }, S("name it with --data, readable for this user; `onestop serve` makes one"),
                   "this is not a data folder");
    Store *store = there && (pack || !folder.len) ? store_open(data, &errors) : NULL;
    Desk *desk = store ? desk_open(arguments->arena, pack, store, web_now(), &errors) : NULL;
    if (desk)
        return desk;
    store_close(store);
    print_errors(&errors);
    return NULL;
}

int command_check(const Arguments *arguments)
{
    Desk *desk = desk_open_named(arguments, STR_NONE);
    if (!desk)
        return EXIT_FAULT;
    Text report = text_begin(arguments->arena, REPORT_MAX);
    const int faults = desk_check(desk, &report);
    print_text(&report);
    store_close(desk->store);
    return faults ? EXIT_FAULT : EXIT_GOOD;
}

int command_rebuild(const Arguments *arguments)
{
    Desk *desk = desk_open_named(arguments, STR_NONE);
    if (!desk)
        return EXIT_FAULT;
    Text report = text_begin(arguments->arena, REPORT_MAX);
    Errors errors = errors_begin(arguments->arena);
    const bool good = desk_rebuild(desk, &report, &errors); /* closes the store */
    print_text(&report);
    return good ? EXIT_GOOD : print_errors(&errors);
}

/* By login, by the reference of an application, or by number; 0: nobody. Officers are no party: what they did is not theirs. */
static int64_t party_named(const Desk *desk, Arena *arena, Str name)
{
    Account account;
    Application row;
    int64_t number;
    if (store_account_by_login(desk->store, arena, name, &account))
        return account.party;
    if (store_reference_parse(desk->store, name, &number))
        return store_application(desk->store, arena, desk->pack->area, number, &row) ? row.party : 0;
    return str_to_i64(name, &number) && number > 0 ? number : 0;
}

int command_erase(const Arguments *arguments)
{
    const Str name = arguments->words.at[0];
    Desk *desk = desk_open_named(arguments, STR_NONE);
    if (!desk)
        return EXIT_FAULT;
    Errors errors = errors_begin(arguments->arena);
    const int64_t party = party_named(desk, arguments->arena, name);
    if (party == 0)
        errors_add(&errors, (Place){ .file = store_folder(desk->store) }, S("name their login, or the reference of an application of theirs"),
                   "\"%.*s\" names nobody who could be forgotten", STR_ARGS(name));
    const bool good = party != 0 && store_erase(desk->store, party, &errors);
    store_close(desk->store);
    if (!good)
        return print_errors(&errors);
    printf("party %lld is forgotten\n", (long long)party);
    return EXIT_GOOD;
}

/* ---- account add ---------------------------------------------------------------------------------------------- */

/* A line from standard input, not shown while it is typed. Empty when there is none or it is too long. */
static Str password_read(Arena *arena)
{
    struct termios shown, hidden;
    const bool terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    if (terminal) {
        fprintf(stderr, "Password: ");
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    char *line = arena_alloc(arena, PASSWORD_BYTES);
    const bool read_one = fgets(line, PASSWORD_BYTES, stdin) != NULL;
    if (terminal) {
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fprintf(stderr, "\n");
    }
    Str password = read_one ? str_from(line) : STR_NONE;
    while (str_ends(password, S("\n")) || str_ends(password, S("\r")))
        password.len--;
    return password.len < PASSWORD_BYTES - 2 ? password : STR_NONE;
}

static const char *const VERDICTS[] = {
    [VERDICT_PROBLEMS] = "the login must be one word, the password must have 10 to 200 bytes, and all of it must be UTF-8",
    [VERDICT_NOT_FOUND] = "the pack has no such authority; an officer needs one: --authority ID",
};

static int account_write(const Arguments *arguments, const Desk *desk, Role role)
{
    Change *change = change_begin(desk->store, arguments->arena);
    const Str login = arguments->words.at[0], name = argument_option(arguments, "name", login);
    const Verdict verdict =
        desk_account_add(desk, arguments->arena, login, password_read(arguments->arena), role,
                         argument_option(arguments, "authority", STR_NONE), name, PARTY_PERSON, web_now(), change);
    if (verdict != VERDICT_OK) {
        fprintf(stderr, "onestop: %s\n", verdict < COUNT_OF(VERDICTS) ? VERDICTS[verdict] : "the account cannot be made");
        return EXIT_FAULT;
    }
    switch (store_commit_wait(desk->store, change)) {
    case OUTCOME_DONE:
        printf("%.*s can sign in\n", STR_ARGS(login));
        return EXIT_GOOD;
    case OUTCOME_CONFLICT:
        fprintf(stderr, "onestop: there is an account with the login %.*s\n", STR_ARGS(login));
        return EXIT_FAULT;
    case OUTCOME_BUSY:
    case OUTCOME_FAILED:
        break;
    }
    fprintf(stderr, "onestop: could not write to the data folder\n");
    return EXIT_FAULT;
}

int command_account_add(const Arguments *arguments)
{
    static const Role PERSONS[] = { ROLE_APPLICANT, ROLE_OFFICER, ROLE_SUPERVISOR };
    const Str wanted = argument_option(arguments, "role", STR_NONE);
    for (size_t i = 0; i < COUNT_OF(PERSONS); i++) {
        if (!str_equal(role_word(PERSONS[i]), wanted))
            continue;
        Desk *desk = desk_open_named(arguments, STR_NONE);
        if (!desk)
            return EXIT_FAULT;
        const int status = account_write(arguments, desk, PERSONS[i]);
        store_close(desk->store);
        return status;
    }
    return usage_fault("whose account is it?", "--role applicant, --role officer or --role supervisor");
}
