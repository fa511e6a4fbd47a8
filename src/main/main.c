/* onestop: the program. Each command is a row of one table, and so is each option: parsing, help and hints come from it.
 * getopt was left because it prints its own words and knows nothing of commands in two words. */
#include "main/command.h"

#include <stdio.h>

enum { LINE_MAX_BYTES = 1 << 20, PACKS_MAX = 100 };

#define PACK_OPTION { "pack", "DIR" }
#define DATA_OPTION { "data", "DIR" }

static const Command COMMANDS[] = {
    { "serve", "", 0, 0, "serves the pages until it is stopped, and reads the pack again on SIGHUP; --demo fills in invented people and cases, --secure marks the cookies for HTTPS alone",
      command_serve, { PACK_OPTION, DATA_OPTION, { "listen", "ADDRESS:PORT" }, { "demo", NULL }, { "secure", NULL } } },
    { "new", "DIR", 1, 1, "writes a small pack to begin with: one event, one service", command_new, { { NULL, NULL } } },
    { "lint", "PACK...", 0, PACKS_MAX, "says what is wrong with packs, as of today or another day; --reference prints the keys that a pack may have instead and what can be found, --schema the keys for editors, --codes what can be found, for people or programs",
      command_lint, { { "format", "text|json" }, { "on", "DATE" }, { "reference", NULL }, { "codes", NULL }, { "schema", NULL } } },
    { "plan", "PACK EVENT", 2, 2, "prints the least burdensome plan for an event: services, dates, what to bring, what to ask next",
      command_plan, { { "facts", "FEEL-CONTEXT" }, { "on", "DATE" }, { "language", "CODE" }, { "json", NULL } } },
    { "graph", "PACK EVENT", 1, 2, "prints which service needs what of which other, of a pack or of what one event reaches, for Graphviz",
      command_graph, { { NULL, NULL } } },
    { "eval", "EXPRESSION", 0, 1, "prints what a FEEL expression gives; a fact that is not in the context, or is unknown in it, is unknown; --help explains a built-in function",
      command_eval, { { "context", "FEEL-CONTEXT" }, { "json", NULL }, { "explain", NULL }, { "help", "NAME" } } },
    { "decide", "MODEL.dmn DECISION", 0, 2, "prints what a decision of a model gives; --jsonl answers requests a line each, from standard input",
      command_decide, { { "input", "FEEL-CONTEXT" }, { "json", NULL }, { "explain", NULL }, { "jsonl", NULL } } },
    { "due", "PACK", 0, 1, "prints when a period ends, or before a day begins, by a pack's calendar and rules; --suspend may stand several times; --jsonl answers requests a line each, from standard input",
      command_due, { { "from", "DATE" }, { "before", "DATE" }, { "period", "PERIOD" }, { "rule", "ID" }, { "suspend", "FROM..TO" },
                     { "extend", "PERIOD" }, { "explain", NULL }, { "jsonl", NULL } } },
    { "check", "", 0, 0, "compares every journal with what the pages show, and verifies every chain and file",
      command_check, { DATA_OPTION } },
    { "rebuild", "", 0, 0, "makes everything that follows from the journal anew, beside the old, and swaps",
      command_rebuild, { DATA_OPTION } },
    { "erase", "WHO", 1, 1, "forgets a person or business, by login or reference, for ever; what happened and when stays provable",
      command_erase, { DATA_OPTION } },
    { "account add", "LOGIN", 1, 1, "makes an account for an applicant, officer or supervisor; reads the password",
      command_account_add,
      { { "role", "ROLE" }, { "authority", "ID" }, { "name", "NAME" }, PACK_OPTION, DATA_OPTION } },
};

/* ---- what commands share ---------------------------------------------------------------------------------- */

Str argument_option(const Arguments *arguments, const char *name, Str otherwise)
{
    const Str *value = map_get(&arguments->options, str_from(name));
    return value ? *value : otherwise;
}

Strs argument_values(const Arguments *arguments, const char *name)
{
    const Strs *values = map_get(&arguments->repeated, str_from(name));
    return values ? *values : (Strs){ 0 };
}

bool argument_flag(const Arguments *arguments, const char *name)
{
    return map_get(&arguments->options, str_from(name)) != NULL;
}

void print_text(const Text *text)
{
    const Str words = text_str(text);
    if (words.len)
        fwrite(words.data, 1, words.len, stdout);
}

bool read_line(char *buffer, int size, Str *line)
{
    if (!fgets(buffer, size, stdin))
        return false;
    *line = str_from(buffer);
    if (line->len == (size_t)size - 1 && !str_ends(*line, S("\n")))
        for (int c = getchar(); c != '\n' && c != EOF;)
            c = getchar();
    return true;
}

int print_errors(const Errors *errors)
{
    Text text = text_begin(errors->arena, LINE_MAX_BYTES);
    errors_print(errors, &text);
    fwrite(text.data, 1, text.len, stderr);
    return EXIT_FAULT;
}

int usage_fault(const char *what, const char *hint)
{
    fprintf(stderr, "onestop: %s\nhint: %s\n", what, hint);
    return EXIT_USAGE;
}

/* ---- help --------------------------------------------------------------------------------------------------- */

static void put_command(Text *text, const Command *command)
{
    text_printf(text, "  onestop %s", command->name);
    for (size_t k = 0; k < COMMAND_OPTIONS_MAX && command->options[k].name; k++) {
        const CommandOption *option = &command->options[k];
        text_printf(text, option->value ? " [--%s %s]" : " [--%s]", option->name, option->value);
    }
    text_printf(text, "%s%s\n      %s\n", *command->words ? " " : "", command->words, command->help);
}

/* Of one command, or of all: NULL. */
static void print_help(Arena *arena, const Command *only)
{
    Text text = text_begin(arena, LINE_MAX_BYTES);
    text_put(&text, S("Onestop: one window for every public service.\n\n"));
    for (size_t i = 0; i < COUNT_OF(COMMANDS); i++)
        if (!only || only == &COMMANDS[i])
            put_command(&text, &COMMANDS[i]);
    text_put(&text, S("\nWithout these options packs/zhejiang is served from the data folder data on 127.0.0.1:8080. Other commands\n"
                      "take the pack that was served last. An IPv6 address stands in brackets: [::1]:8080.\n"));
    print_text(&text);
}

/* ---- parsing ------------------------------------------------------------------------------------------------ */

/* The command whose words stand at the front of argv, and how many those are. */
static const Command *command_find(int argc, char **argv, int *taken)
{
    for (size_t i = 0; i < COUNT_OF(COMMANDS); i++) {
        Str rest = str_from(COMMANDS[i].name), word;
        int at = 1;
        while (str_cut(&rest, ' ', &word) && at < argc && str_equal(word, str_from(argv[at])))
            at++;
        if (at > 1 && rest.data == NULL && str_equal(word, str_from(argv[at - 1]))) {
            *taken = at;
            return &COMMANDS[i];
        }
    }
    return NULL;
}

static int command_unknown(Arena *arena, Str word)
{
    const char *nearest = NULL;
    size_t distance = 3;                           /* farther ones are other words */
    for (size_t i = 0; i < COUNT_OF(COMMANDS); i++) {
        Str name = str_from(COMMANDS[i].name), front;
        (void)str_cut(&name, ' ', &front);
        const size_t one = str_distance(word, front);
        if (one < distance) {
            distance = one;
            nearest = COMMANDS[i].name;
        }
    }
    const Str what = str_printf(arena, "no command is called \"%.*s\"", STR_ARGS(word));
    const Str hint = nearest ? str_printf(arena, "did you mean `onestop %s`?", nearest) : S("`onestop help` lists them");
    return usage_fault(str_terminated(arena, what), str_terminated(arena, hint));
}

static const CommandOption *option_find(const Command *command, Str name)
{
    for (size_t i = 0; i < COMMAND_OPTIONS_MAX && command->options[i].name; i++)
        if (str_equal(str_from(command->options[i].name), name))
            return &command->options[i];
    return NULL;
}

static int option_unknown(Arena *arena, const Command *command, Str name)
{
    Text hint = text_begin(arena, 1000);
    for (size_t i = 0; i < COMMAND_OPTIONS_MAX && command->options[i].name; i++)
        text_printf(&hint, "%s--%s", i ? ", " : "it takes ", command->options[i].name);
    text_char(&hint, '\0');
    const Str what = str_printf(arena, "`onestop %s` has no option --%.*s", command->name, STR_ARGS(name));
    return usage_fault(str_terminated(arena, what), hint.len > 1 ? hint.data : "it takes no options");
}

/* An expression may begin with a minus too: -1, -(a + b), -a * 2. */
static bool is_option(Str word)
{
    Str name = str_slice(word, str_starts(word, S("--")) ? 2 : 1, word.len), front;
    if (!str_starts(word, S("-")) || name.len == 0 || !((name.data[0] | ' ') >= 'a' && (name.data[0] | ' ') <= 'z'))
        return false;
    return !str_cut(&name, '=', &front) || str_find(front, S(" ")) == SIZE_MAX;
}

/* --name value, --name=value, --flag, and words. EXIT_GOOD, or what main returns. */
static int arguments_read(const Command *command, char **argv, int argc, Arguments *arguments)
{
    Arena *arena = arguments->arena;
    for (int i = 0; i < argc; i++) {
        Str name, rest = str_from(argv[i]);
        if (!is_option(rest)) {
            list_push(arena, &arguments->words, rest);
            continue;
        }
        rest = str_slice(rest, str_starts(rest, S("--")) ? 2 : 1, rest.len);
        if (!str_cut(&rest, '=', &name))
            name = STR_NONE;
        const CommandOption *option = option_find(command, name);
        if (!option)
            return option_unknown(arena, command, name);
        if (option->value && !rest.data && i + 1 < argc && !str_starts(str_from(argv[i + 1]), S("--")))
            rest = str_from(argv[++i]);
        if (option->value ? rest.len == 0 : rest.data != NULL) {
            const Str what = str_printf(arena, option->value ? "--%s wants a value: %s" : "--%s takes no value%s", option->name,
                                        option->value ? option->value : "");
            return usage_fault(str_terminated(arena, what), "`onestop help` shows every command with its options");
        }
        Str *value = arena_new(arena, Str);
        *value = rest;
        map_put(arena, &arguments->options, name, value);
        Strs *values = map_get(&arguments->repeated, name);
        values = values ? values : arena_new(arena, Strs);
        list_push(arena, values, rest);
        map_put(arena, &arguments->repeated, name, values);
    }
    if (arguments->words.count < command->least || arguments->words.count > command->most) {
        const Str what = str_printf(arena, "`onestop %s` takes %s", command->name,
                                    *command->words ? str_terminated(arena, str_from(command->words)) : "no words");
        return usage_fault(str_terminated(arena, what), "`onestop help` shows every command with its options");
    }
    return EXIT_GOOD;
}

static bool is_help(const char *word)
{
    return str_equal(str_from(word), S("--help")) || str_equal(str_from(word), S("-h"));
}

int main(int argc, char **argv)
{
    Arena *arena = arena_open(COMMAND_ARENA);
    Arguments arguments = { .arena = arena };
    int taken = 0, status = EXIT_GOOD;
    const Command *command = command_find(argc, argv, &taken);
    if (command && is_help(argv[argc - 1])) {
        print_help(arena, command);
    } else if (command) {
        status = arguments_read(command, argv + taken, argc - taken, &arguments);
        if (status == EXIT_GOOD)
            status = command->run(&arguments);
    } else if (argc == 1 || str_equal(str_from(argv[1]), S("help")) || is_help(argv[1])) {
        print_help(arena, NULL);
    } else {
        status = command_unknown(arena, str_from(argv[1]));
    }
    arena_close(arena);
    return status;
}
