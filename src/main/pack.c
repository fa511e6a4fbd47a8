/* Commands on packs: what is wrong with one, and which keys it may have. */
#include "lint/lint.h"
#include "main/command.h"

#include <stdio.h>

enum { REFERENCE_MAX = 1 << 20 };

int command_lint(const Arguments *arguments)
{
    Arena *arena = arguments->arena;
    if (argument_flag(arguments, "reference") || argument_flag(arguments, "schema")) {
        Text text = text_begin(arena, REFERENCE_MAX);
        if (argument_flag(arguments, "schema"))
            pack_json_schema(&text);
        else {
            pack_reference(&text);
            text_put(&text, S("\n## Functions of rules\n\n"));
            rules_reference(&text);
        }
        print_text(&text);
        return EXIT_GOOD;
    }
    if (arguments->words.count == 0)
        return usage_fault("`onestop lint` wants the folder of a pack", "onestop lint packs/zhejiang");
    Errors errors = errors_begin(arena);
    const Pack *pack = pack_load(arena, arguments->words.at[0], &errors);
    if (!pack)
        return print_errors(&errors);
    const Errors findings = lint_pack(arena, pack);
    if (findings.list.count)
        return print_errors(&findings);
    printf("%.*s: no faults in %zu events, %zu services, %zu facts and %zu kinds of evidence\n",
           STR_ARGS(arguments->words.at[0]), pack->events.count, pack->services.count, pack->facts.count, pack->evidence.count);
    return EXIT_GOOD;
}
