/* The looks at a pack, one after the other; what was found, by place; and what of it was accepted. */
#include "lint/inside.h"

#include <stdio.h>
#include <stdlib.h>

enum { FINDINGS_MAX = 10000, SCRATCH_BYTES = 64 << 20 };

Str path_of(Lint *lint, const char *format, ...)
{
    va_list args;
    char path[200];
    va_start(args, format);
    const int length = vsnprintf(path, sizeof path, format, args);
    va_end(args);
    must(length >= 0 && (size_t)length < sizeof path);
    return str_copy(lint->arena, (Str){ path, (size_t)length });
}

Item item_of_pack(const Pack *pack)
{
    return (Item){ .kind = "pack", .document = pack };
}

Item item_of_part(const PackPart *part)
{
    const bool whole = str_equal(str_from(part->kind), S("pack"));
    return (Item){ .kind = part->kind, .id = whole ? STR_NONE : part->id, .document = part->document, .place = part->place };
}

Error *report(Lint *lint, LintFault fault, const Item *item, Str path, const char *format, ...)
{
    const FaultKind *kind = &LINT_FAULTS[fault];
    va_list args;
    char what[1000];
    if (lint->findings.list.count >= FINDINGS_MAX)
        return &lint->unheard;
    va_start(args, format);
    const int length = vsnprintf(what, sizeof what, format, args);
    va_end(args);
    must(length >= 0);
    Finding *finding = list_add(lint->arena, &lint->findings.list);
    finding->document = str_printf(lint->arena, "%s%s%.*s", item->kind, item->id.len ? " " : "", STR_ARGS(item->id));
    finding->error = (Error){ .place = item->place, .kind = kind, .hint = str_from(kind->way_out) };
    finding->error.what = str_copy(lint->arena, str_from(what));
    if (lint->source)
        finding->error.place = item->document ? source_place(lint->source, item->document, path)
                                              : source_line(lint->source, item->place);
    return &finding->error;
}

void tell_legal(Lint *lint, Error *error, const Legal *legal)
{
    list_push(lint->arena, &error->law,
              legal->article.len ? str_printf(lint->arena, "%.*s %.*s", STR_ARGS(legal->law->id), STR_ARGS(legal->article))
                                 : legal->law->id);
}

void tell_law(Lint *lint, Error *error, const Legals *legals)
{
    for (size_t i = 0; i < legals->count; i++)
        tell_legal(lint, error, &legals->at[i]);
}

/* ---- accepted ---- */

static bool stands_in(const Acceptance *acceptance, const Finding *finding)
{
    for (size_t i = 0; i < acceptance->in.count; i++)
        if (str_equal(acceptance->in.at[i], finding->document))
            return str_equal(acceptance->finding, str_from(finding->error.kind->code));
    return false;
}

/* Findings by document, so that an acceptance looks only where it points. */
typedef LIST(Finding *) FindingList;

static Map by_document(Arena *arena, Findings *findings)
{
    Map map = { 0 };
    for (size_t i = 0; i < findings->list.count; i++) {
        Finding *finding = &findings->list.at[i];
        FindingList *list = map_get(&map, finding->document);
        if (!list)
            map_put(arena, &map, finding->document, list = arena_new(arena, FindingList));
        list_push(arena, list, finding);
    }
    return map;
}

static bool accept_in(const Acceptance *acceptance, const FindingList *list)
{
    bool met = false;
    for (size_t i = 0; list && i < list->count; i++) {
        if (!stands_in(acceptance, list->at[i]) || !list->at[i]->error.kind->warning)
            continue;
        list->at[i]->accepted = acceptance->reason;
        met = true;
    }
    return met;
}

/* What comes and goes with the day may be accepted for good. */
static bool depends_on_the_day(Str code)
{
    return str_equal(code, str_from(LINT_FAULTS[LINT_CALENDAR_ENDS].code)) ||
           str_equal(code, str_from(LINT_FAULTS[LINT_NO_CALENDAR].code));
}

static void accept(Lint *lint)
{
    const Map map = by_document(lint->arena, &lint->findings);
    for (size_t i = 0; i < lint->pack->accepted.count; i++) {
        const Acceptance *acceptance = lint->pack->accepted.at[i];
        const Item item = ITEM("accepted", acceptance);
        for (size_t j = 0; j < acceptance->in.count; j++)
            if (!accept_in(acceptance, map_get(&map, acceptance->in.at[j])) && !depends_on_the_day(acceptance->finding))
                report(lint, LINT_STALE_ACCEPTANCE, &item, path_of(lint, "in[%zu]", j),
                       "there is no warning \"%.*s\" in \"%.*s\"", STR_ARGS(acceptance->finding), STR_ARGS(acceptance->in.at[j]));
    }
}

/* ---- the whole ---- */

static int by_place(const void *a, const void *b)
{
    const Error *left = &((const Finding *)a)->error, *right = &((const Finding *)b)->error;
    int order = str_compare(left->place.file, right->place.file);
    order = order ? order : (left->place.line > right->place.line) - (left->place.line < right->place.line);
    order = order ? order : (left->place.column > right->place.column) - (left->place.column < right->place.column);
    order = order ? order : strcmp(left->kind->code, right->kind->code);
    return order ? order : str_compare(left->what, right->what);
}

static void count(Findings *findings)
{
    findings->errors = findings->warnings = findings->accepted = 0;
    for (size_t i = 0; i < findings->list.count; i++) {
        const Finding *finding = &findings->list.at[i];
        if (finding->accepted.len)
            findings->accepted++;
        else if (finding->error.kind && finding->error.kind->warning)
            findings->warnings++;
        else
            findings->errors++;
    }
}

Findings lint_pack(Arena *arena, const Pack *pack, const PackSource *source, Date today)
{
    Lint lint = { .arena = arena, .scratch = arena_open(SCRATCH_BYTES), .pack = pack, .source = source, .today = today,
                  .parts = pack_parts(arena, pack), .domains = pack->domains };
    lint_graph(&lint);
    lint_unused(&lint);
    lint_rules(&lint);
    lint_having(&lint);
    lint_tables(&lint);
    lint_asking(&lint);
    lint_time(&lint);
    lint_texts(&lint);
    lint_reading(&lint);
    accept(&lint);
    arena_close(lint.scratch);
    if (lint.findings.list.count)
        qsort(lint.findings.list.at, lint.findings.list.count, sizeof *lint.findings.list.at, by_place);
    count(&lint.findings);
    return lint.findings;
}

Findings findings_of_errors(Arena *arena, const Errors *errors)
{
    Findings findings = { 0 };
    for (size_t i = 0; i < errors->list.count; i++)
        list_push(arena, &findings.list, (Finding){ .error = errors->list.at[i] });
    count(&findings);
    return findings;
}

void findings_add(Arena *arena, Findings *all, const Findings *more)
{
    for (size_t i = 0; i < more->list.count; i++)
        list_push(arena, &all->list, more->list.at[i]);
    count(all);
}
