/* command: what a command of the program is, and what it gets. A command is a row of the table in main.c: its name, its
 * arguments and one sentence, from which the help is printed, and the function that does it. */
#ifndef MAIN_COMMAND_H
#define MAIN_COMMAND_H

#include "base/base.h"
#include "catalogue/catalogue.h"
#include "desk/desk.h"
#include "store/store.h"

enum { COMMAND_OPTIONS_MAX = 10, COMMAND_ARENA = 64 << 20 };

/* How a command ends: as the shell sees it. */
enum { EXIT_GOOD = 0, EXIT_FAULT = 1, EXIT_USAGE = 2, EXIT_UNKNOWN = 3 };

typedef struct Arguments {
    Arena *arena;
    Map options;                                   /* by name without dashes: the value; of a flag an empty one */
    Map repeated;                                  /* by name: all values of an option, as Strs */
    Strs words;                                    /* what is no option */
} Arguments;
Str argument_option(const Arguments *arguments, const char *name, Str otherwise);
Strs argument_values(const Arguments *arguments, const char *name); /* of an option that may stand several times */
bool argument_flag(const Arguments *arguments, const char *name);

typedef struct CommandOption {
    const char *name;                              /* without dashes; NULL: no more */
    const char *value;                             /* what stands behind it, in capitals; NULL: a flag */
} CommandOption;
typedef struct Command {
    const char *name;                              /* of one or two words */
    const char *words;                             /* the words it takes, as the help shows them */
    size_t least, most;                            /* how many of them */
    const char *help;                              /* one sentence, in the third person */
    int (*run)(const Arguments *arguments);
    CommandOption options[COMMAND_OPTIONS_MAX];
} Command;

int command_eval(const Arguments *arguments);      /* eval.c */
int command_decide(const Arguments *arguments);    /* decide.c */
int command_due(const Arguments *arguments);       /* due.c */
int command_serve(const Arguments *arguments);     /* serve.c */
int command_lint(const Arguments *arguments);      /* pack.c */
int command_plan(const Arguments *arguments);      /* plan.c */
int command_graph(const Arguments *arguments);     /* dot.c */
int command_new(const Arguments *arguments);       /* new.c */
int command_check(const Arguments *arguments);     /* keep.c */
int command_rebuild(const Arguments *arguments);
int command_erase(const Arguments *arguments);
int command_account_add(const Arguments *arguments);

/* ---- what commands share ---- */
/* As FEEL, or as JSON with --json. EXIT_UNKNOWN where it waits for facts; EXIT_USAGE where a limit was met. */
int print_value(const Arguments *arguments, Value value, const LimitMet *met);
/* Dates for other programs, a line each (due_lines.c). A calendar that cannot be read stays unknown, and what names it is refused. */
void due_take_calendars(Arena *arena, Map *calendars, const Json *json);
Str due_of_request(const Map *calendars, const Json *request, Date *due); /* why there is no date; empty: there is one */
int due_lines(Arena *lasting);

/* Likewise: the tree of why, the facts that forced it, the answers that would turn it, and what to ask next. */
int print_explanation(const Arguments *arguments, const Rule *rule, const Scope *scope);
/* An error at its place; EXIT_USAGE. With --json as {"error":…} too, and why as far as it went, if that is not NULL. */
int print_limit(const Arguments *arguments, const LimitMet *met, const Explanation *why);
Str limit_line(Arena *arena, const LimitMet *met); /* loan.dmn:12:5: more than 1,000,000 steps */
void print_text(const Text *text);                 /* to standard output */
/* The next line of standard input. False at the end. A line that is longer than the buffer is read over, and its beginning given: it is no
 * request. */
bool read_line(char *buffer, int size, Str *line) CHECKED;
int print_errors(const Errors *errors);            /* to standard error; EXIT_FAULT, for `return` */
/* An error with the nearest of the keys as a hint; EXIT_USAGE. */
int no_such(const Arguments *arguments, const char *kind, Str word, const Map *known);
int usage_fault(const char *what, const char *hint); /* prints both; EXIT_USAGE */

/* The data folder that --data names, opened, with the pack of --pack, else that of the folder `otherwise`, and where that is empty the one
 * that was served last: then the folder must be there, for a mistyped name must not pass for an empty, faultless folder. NULL with errors printed; close the desk's store in the end. */
Desk *desk_open_named(const Arguments *arguments, Str otherwise) CHECKED;

#endif
