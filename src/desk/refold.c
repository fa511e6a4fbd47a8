/* Folding an application anew: the rows as its journal alone gives them, to compare with or to put in their place. */
#include "desk/inside.h"

static void apply_replaced(Refold *it, const Json *list)
{
    int64_t id;
    for (size_t i = 0; list && i < list->items.count; i++)
        for (size_t e = 0; e < it->evidence.count && str_to_i64(list->items.at[i]->text, &id); e++)
            if (it->evidence.at[e].id == id)
                it->evidence.at[e].state = EVIDENCE_REPLACED;
}

static void add_evidence(Refold *it, Arena *arena, const Json *json)
{
    Evidence row;
    if (evidence_parse(json, it->dossier.row.area, it->dossier.row.id, &row))
        list_push(arena, &it->evidence, row);
}

static void apply_answers(Refold *it, Arena *arena, const Json *changes)
{
    for (size_t i = 0; changes && i < changes->keys.count; i++) {
        const Json *pair = changes->items.at[i];
        if (pair->items.count == 2)
            *answer_at(arena, &it->dossier.answers, changes->keys.at[i]) = answer_of_json(arena, changes->keys.at[i], pair->items.at[1]);
    }
}

static void fold_own(Refold *it, Arena *arena, const EntryList *entries, Strs *services)
{
    for (size_t i = 0; i < entries->count; i++) {
        const Entry *entry = &entries->at[i];
        Errors errors = errors_begin(arena);
        const Json *body = entry->body.len ? json_parse(arena, entry->body, &errors) : NULL;
        const Json *evidence = json_get(body, S("evidence"));
        if (entry->kind == ENTRY_SEND) {
            Str rest = entry->what, service;
            while (str_cut(&rest, ' ', &service))
                list_push(arena, services, service);
            it->dossier.row.sent_at = entry->at;
            it->dossier.row.state = APPLICATION_SENT;
        }
        for (size_t e = 0; evidence && e < evidence->items.count; e++)
            add_evidence(it, arena, evidence->items.at[e]);
        if (entry->kind == ENTRY_SUPPLEMENT) {
            apply_answers(it, arena, json_get(body, S("answers")));
            apply_replaced(it, json_get(body, S("replaced")));
        }
    }
}

static void fold_case(Refold *it, Arena *arena, const Desk *desk, OpenCase *one)
{
    EntryList entries = store_entries(desk->store, arena, it->dossier.row.area, it->dossier.row.id, one->row.k);
    for (size_t n = 0; n < entries.count; n++) {
        if (!case_apply(arena, &one->it, &entries.at[n])) {
            it->broken = str_printf(arena, "case %d: entry %zu does not follow from the one before", one->row.k, n + 1);
            return;
        }
        Errors errors = errors_begin(arena);
        const Json *body = entries.at[n].body.len ? json_parse(arena, entries.at[n].body, &errors) : NULL;
        if (entries.at[n].kind == ENTRY_ISSUE && json_get(body, S("evidence")))
            add_evidence(it, arena, json_get(body, S("evidence")));
    }
    one->limit = case_limit(arena, one->service, it->dossier.facts);
}

void refold(Refold *it, Arena *arena, const Desk *desk, const Application *row)
{
    *it = (Refold){ 0 };
    dossier_begin(&it->dossier, desk, arena, row, (AnswerList){ 0 }, row->sent_at, NULL);
    if (!it->dossier.event) {
        it->broken = str_printf(arena, "its pack has no event \"%.*s\"", STR_ARGS(row->event));
        return;
    }
    EntryList own = store_entries(desk->store, arena, row->area, row->id, 0);
    Strs services = { 0 };
    it->dossier.row.label = STR_NONE;
    it->dossier.answers = answers_sent(arena, &own);
    fold_own(it, arena, &own, &services);
    it->dossier.row.label = label_of(it->dossier.event, &it->dossier.answers);
    it->dossier.facts = answers_scope(arena, it->dossier.pack, &it->dossier.answers);
    it->dossier.row.entries = (uint32_t)own.count;
    for (size_t i = 0; i < services.count && it->broken.len == 0; i++) {
        const Service *service = pack_service(it->dossier.pack, services.at[i]);
        if (!service) {
            it->broken = str_printf(arena, "its pack has no service \"%.*s\"", STR_ARGS(services.at[i]));
            return;
        }
        fold_case(it, arena, desk, dossier_case_add(&it->dossier, service));
    }
    /* A row rests on all cases of its application: on their common limit. */
    const Bundle *bundle = dossier_bundle(&it->dossier);
    for (size_t i = 0; i < it->dossier.cases.count && it->broken.len == 0; i++)
        it->dossier.cases.at[i].row = case_row(arena, it->dossier.pack, bundle, &it->dossier.cases.at[i]);
}
