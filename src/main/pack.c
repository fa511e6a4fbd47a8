/* Commands on packs: what is wrong with one, and which keys it may have. */
#include "lint/lint.h"
#include "main/command.h"
#include "web/web.h"

#include <stdio.h>

enum { REFERENCE_MAX = 1 << 20, FINDINGS_MAX_BYTES = 64 << 20 };

static int reference(const Arguments *arguments, bool json)
{
    Text text = text_begin(arguments->arena, REFERENCE_MAX);
    if (argument_flag(arguments, "schema")) {
        pack_json_schema(&text);
    } else if (argument_flag(arguments, "codes")) {
        json ? lint_reference_json(&text) : lint_reference(&text);
    } else {
        pack_reference(&text);
        text_char(&text, '\n');
        lint_reference(&text);
        text_put(&text, S("\n## Functions of rules\n\n"));
        rules_reference(&text);
    }
    print_text(&text);
    return EXIT_GOOD;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* Adds what is wrong with one pack, and in text what else is to be said of it. */
static void lint_one(Arena *arena, Str folder, Date today, Findings *all, Text *out)
{
    const PackSource *source;
    Errors errors = errors_begin(arena);
    const Pack *pack = pack_load_source(arena, folder, &errors, &source);
    const Findings findings = pack ? lint_pack(arena, pack, source, today) : findings_of_errors(arena, &errors);
    findings_add(arena, all, &findings);
    findings_print(&findings, out);
    text_printf(out, "%.*s: ", STR_ARGS(folder));
    if (findings.errors || findings.warnings)
        text_printf(out, "%zu error%s, %zu warning%s", findings.errors, plural(findings.errors), findings.warnings,
                    plural(findings.warnings));
    else
        text_printf(out, "no faults in %zu events, %zu services, %zu facts and %zu kinds of evidence", pack->events.count,
                    pack->services.count, pack->facts.count, pack->evidence.count);
    if (findings.accepted)
        text_printf(out, ", %zu warning%s accepted", findings.accepted, plural(findings.accepted));
    text_char(out, '\n');
}

int command_lint(const Arguments *arguments)
{
    Arena *arena = arguments->arena;
    const Str format = argument_option(arguments, "format", S("text"));
    const bool json = str_equal(format, S("json"));
    Date today = date_in_zone(web_now(), 0);
    if (!json && !str_equal(format, S("text")))
        return usage_fault("--format is text or json", "onestop lint packs/zhejiang --format json");
    if (argument_option(arguments, "on", STR_NONE).len && !date_parse(argument_option(arguments, "on", STR_NONE), &today))
        return usage_fault("--on wants a date", "onestop lint packs/zhejiang --on 2026-10-26");
    if (argument_flag(arguments, "reference") || argument_flag(arguments, "codes") || argument_flag(arguments, "schema"))
        return reference(arguments, json);
    if (arguments->words.count == 0)
        return usage_fault("`onestop lint` wants the folder of a pack", "onestop lint packs/zhejiang");
    Findings all = { 0 };
    Text text = text_begin(arena, FINDINGS_MAX_BYTES), object = text_begin(arena, FINDINGS_MAX_BYTES);
    for (size_t i = 0; i < arguments->words.count; i++)
        lint_one(arena, arguments->words.at[i], today, &all, &text);
    findings_json(&all, &object);
    print_text(json ? &object : &text);
    return all.errors ? EXIT_FAULT : EXIT_GOOD;
}
