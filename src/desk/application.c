/* Views of what was sent: everything that a page about an application needs, read by one call. */
#include "desk/inside.h"

/* The case as its journal has it. */
static void fold_case(Arena *arena, const Desk *desk, ApplicationView *view, const Scope *facts, const CaseRow *row)
{
    CaseView *one = list_add(arena, &view->cases);
    one->row = *row;
    one->service = pack_service(view->pack, row->service);
    one->it = case_begin();
    one->entries = store_entries(desk->store, arena, row->area, row->application, row->k);
    for (size_t i = 0; i < one->entries.count; i++)
        if (!case_apply(arena, &one->it, &one->entries.at[i]))
            break;
    if (one->service)
        one->limit = case_limit(arena, one->service, facts);
}

/* What follows from it, with the others of the application. */
static void view_case(Arena *arena, ApplicationView *view, CaseView *one, const Bundle *bundle)
{
    if (!one->service)
        return;
    one->bundle = bundle;
    one->clocks = case_clocks_in(arena, &one->it, one->service, one->limit, bundle, &view->pack->calendar);
    one->next = case_next(&one->clocks, &one->it);
    one->slots = service_slots(arena, view->plan, one->service);
    const Clock *first = clocks_first(&one->clocks, false);
    one->light = first ? clock_light(first, &view->pack->calendar, view->today) : LIGHT_NONE;
}

/* Places that corrected answers add for services that were planned when it was sent. */
static void add_slots(Arena *arena, Plan *plan, const Plan *corrected)
{
    for (size_t i = 0; i < corrected->slots.count; i++) {
        const Slot *slot = &corrected->slots.at[i];
        bool planned = false;
        for (size_t u = 0; u < slot->users.count; u++)
            planned |= plan_item(plan, slot->users.at[u]) != NULL;
        if (planned && !plan_slot(plan, slot->id))
            list_push(arena, &plan->slots, *slot);
    }
}

const Plan *sent_plan(Arena *arena, const Pack *pack, const Event *event, const Application *row, const EntryList *own)
{
    const Date sent_on = desk_today(pack, row->sent_at);
    const AnswerList sent = answers_sent(arena, own);
    const Plan *plan = plan_derive(arena, pack, event, answers_scope(arena, pack, &sent), sent_on);
    if (str_equal(answers_json(arena, &sent), row->answers))
        return plan;
    const AnswerList corrected = answers_parse(arena, row->answers);
    Plan *joined = arena_new(arena, Plan);
    *joined = *plan;
    add_slots(arena, joined, plan_derive(arena, pack, event, answers_scope(arena, pack, &corrected), sent_on));
    return joined;
}

Verdict application_view(const Desk *desk, Arena *arena, const Application *row, Instant now, ApplicationView *view)
{
    *view = (ApplicationView){ .row = *row, .reference = store_reference(desk->store, arena, row->id),
                               .pack = desk_pack(desk, &row->pack) };
    view->event = pack_event(view->pack, row->event);
    if (!view->event || row->state != APPLICATION_SENT)
        return VERDICT_NOT_FOUND;
    view->today = desk_today(view->pack, now);
    view->answers = answers_parse(arena, row->answers);
    Scope *facts = answers_scope(arena, view->pack, &view->answers);
    view->entries = store_entries(desk->store, arena, row->area, row->id, 0);
    view->plan = sent_plan(arena, view->pack, view->event, row, &view->entries);
    view->evidence = store_evidence(desk->store, arena, row->area, row->id);
    CaseRowList rows = store_cases(desk->store, arena, row->area, row->id);
    Bundle *bundle = arena_new(arena, Bundle);
    *bundle = bundle_begin(view->event);
    for (size_t i = 0; i < rows.count; i++) {
        fold_case(arena, desk, view, facts, &rows.at[i]);
        bundle_add(bundle, &view->cases.at[i].it);
    }
    for (size_t i = 0; i < view->cases.count; i++)
        view_case(arena, view, &view->cases.at[i], bundle);
    return VERDICT_OK;
}

Verdict desk_application(const Desk *desk, Arena *arena, const Actor *actor, Use use, int64_t application, Instant now,
                         ApplicationView *view)
{
    Application row;
    if (!store_application(desk->store, arena, desk->pack->area, application, &row))
        return VERDICT_NOT_FOUND;
    if (use == USE_APPLICATION) {
        if (!desk_may(desk, actor, use, &row, STR_NONE))
            return VERDICT_FORBIDDEN;
        return row.state == APPLICATION_SENT ? application_view(desk, arena, &row, now, view) : VERDICT_NOT_NOW;
    }
    if (row.state != APPLICATION_SENT)
        return VERDICT_NOT_FOUND;
    CaseRowList rows = store_cases(desk->store, arena, row.area, application);
    bool may = false;
    for (size_t i = 0; i < rows.count; i++)
        may |= desk_may(desk, actor, use, &row, rows.at[i].authority);
    return may ? application_view(desk, arena, &row, now, view) : VERDICT_FORBIDDEN;
}

const CaseView *application_case(const ApplicationView *view, int32_t k)
{
    for (size_t i = 0; i < view->cases.count; i++)
        if (view->cases.at[i].row.k == k)
            return &view->cases.at[i];
    return NULL;
}

CorrectionItems notice_items(Arena *arena, const EntryList *entries)
{
    CorrectionItems items = { 0 };
    for (size_t i = entries->count; i-- > 0;) {
        if (entries->at[i].kind != ENTRY_ASK)
            continue;
        Errors errors = errors_begin(arena);
        const Json *body = entries->at[i].body.len ? json_parse(arena, entries->at[i].body, &errors) : NULL;
        const Json *list = json_get(body, S("items"));
        for (size_t n = 0; list && n < list->items.count; n++)
            list_push(arena, &items, (CorrectionItem){ .slot = json_text(list->items.at[n], S("slot")),
                                                       .fact = json_text(list->items.at[n], S("fact")),
                                                       .text = json_text(list->items.at[n], S("text")) });
        break;
    }
    return items;
}

AnswerList answers_sent(Arena *arena, const EntryList *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->at[i].kind != ENTRY_SEND || entries->at[i].body.len == 0)
            continue;
        Errors errors = errors_begin(arena);
        const Json *answers = json_get(json_parse(arena, entries->at[i].body, &errors), S("answers"));
        return answers ? answers_of_json(arena, answers) : (AnswerList){ 0 };
    }
    return (AnswerList){ 0 };
}

static void add_names(Arena *arena, const Pack *pack, FactList *facts, const Condition *condition)
{
    const Strs *names = condition->parsed ? rule_names(condition->parsed) : NULL;
    for (size_t i = 0; names && i < names->count; i++) {
        const Fact *fact = pack_fact(pack, names->at[i]);
        bool known = !fact;
        for (size_t f = 0; f < facts->count && !known; f++)
            known = facts->at[f] == fact;
        if (!known)
            list_push(arena, facts, fact);
    }
}

FactList service_facts(Arena *arena, const Pack *pack, const Service *service)
{
    FactList facts = { 0 };
    for (size_t i = 0; i < service->asks.count; i++)
        list_push(arena, &facts, service->asks.at[i]);
    add_names(arena, pack, &facts, &service->when);
    add_names(arena, pack, &facts, &service->fee_rule);
    for (size_t i = 0; i < service->needs.count; i++) {
        const Need *need = &service->needs.at[i];
        bool known = !need->each;
        for (size_t f = 0; f < facts.count && !known; f++)
            known = facts.at[f] == need->each;
        if (!known)
            list_push(arena, &facts, need->each);
        if (!need->each)
            add_names(arena, pack, &facts, &need->when);
    }
    for (size_t i = 0; i < service->time.count; i++)
        add_names(arena, pack, &facts, &service->time.at[i].when);
    return facts;
}
