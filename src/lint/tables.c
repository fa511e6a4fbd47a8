/* The decision tables of the pack's models. */
#include "lint/inside.h"

static Str last_part(Str path)
{
    Str part = path;
    for (size_t i = 0; i < path.len; i++)
        if (path.data[i] == '/')
            part = str_slice(path, i + 1, path.len);
    return part;
}

static void tell(Lint *lint, const TableFault *fault)
{
    const Item item = { .kind = "model", .id = last_part(fault->place.file), .place = fault->place };
    switch (fault->kind) {
    case TABLE_GAP:
        report(lint, LINT_TABLE_GAP, &item, STR_NONE, "no rule of \"%.*s\" matches where %.*s", STR_ARGS(fault->decision),
               STR_ARGS(fault->example));
        return;
    case TABLE_OVERLAP:
        report(lint, LINT_TABLE_OVERLAP, &item, STR_NONE, "rules %zu and %zu of \"%.*s\" both match where %.*s", fault->other,
               fault->rule, STR_ARGS(fault->decision), STR_ARGS(fault->example));
        return;
    case TABLE_DEAD_RULE:
        report(lint, LINT_TABLE_DEAD_RULE, &item, STR_NONE, "rule %zu of \"%.*s\" can never count", fault->rule,
               STR_ARGS(fault->decision));
        return;
    }
}

void lint_tables(Lint *lint)
{
    const Map all = pack_all_domains(lint->arena, lint->pack);
    for (size_t i = 0; i < lint->pack->models.count; i++) {
        bool complete;                             /* what cannot be looked through is no fault */
        const Model *model = lint->pack->models.at[i];
        const Map domains = pack_model_domains(lint->arena, &all, model);
        const TableFaults faults = model_faults(lint->arena, model, &domains, &complete);
        for (size_t f = 0; f < faults.count; f++)
            tell(lint, &faults.at[f]);
        (void)complete;
    }
}
