/* Officers: one command for every step that the case table gives them. What a step needs to say is checked here, field by field;
 * whether it is permitted is the table's business, and what it does to the clocks the fold's. */
#include "desk/inside.h"

enum { REASON_MAX = 4000, SUSPENSION_DAYS_MAX = 250 };

typedef struct Act {
    Dossier dossier;
    OpenCase *one;
    const Actor *actor;
    const Form *form;
    Problems *problems;
    const Plan *plan;
    EntryDraft entry;
    Text body;                                     /* {"by":7 … without the closing brace */
} Act;

static Arena *arena_of(const Act *act)
{
    return act->dossier.arena;
}

static bool problem(Act *act, const char *field, const char *message)
{
    problem_add(arena_of(act), act->problems, str_from(field), message, STR_NONE, STR_NONE, STR_NONE);
    return false;
}

/* A text field into the body. */
static bool take_text(Act *act, const char *field, bool required, const char *missing)
{
    Str text = str_trim(form_get(act->form, str_from(field)));
    if (required && text.len == 0)
        return problem(act, field, missing);
    if (utf8_length(text) > REASON_MAX)
        return problem(act, field, "The text must have at most 4,000 characters");
    text_printf(&act->body, ",\"%s\":", field);
    json_put(&act->body, text);
    return true;
}

/* Of what the service uses and the applicant can mend: nobody asks about what another authority sees, or for what one has. */
static bool concerns(Act *act, bool is_fact, Str id)
{
    const SlotList slots = service_slots(arena_of(act), act->plan, act->one->service);
    const FactList facts = service_facts(arena_of(act), act->dossier.pack, act->one->service);
    for (size_t i = 0; !is_fact && i < slots.count; i++)
        if (str_equal(slots.at[i].id, id))
            return slot_takes_file(&slots.at[i]);
    for (size_t i = 0; is_fact && i < facts.count; i++)
        if (str_equal(facts.at[i]->id, id))
            return true;
    return is_fact && str_equal(act->dossier.event->label->id, id);
}

/* LAW cn.licensing art.32(1)(4): one notice that names everything. Each "no" at a document or an answer is a line. */
static bool take_notice(Act *act)
{
    size_t lines = 0;
    text_put(&act->body, S(",\"items\":["));
    for (size_t i = 0; i < act->form->count; i++) {
        Str name = act->form->at[i].name, text = str_trim(act->form->at[i].value);
        if (!str_starts(name, S("item-")) || text.len == 0)
            continue;
        Str about = str_slice(name, 5, SIZE_MAX);
        bool is_fact = str_starts(about, S("fact-"));
        Str id = is_fact ? str_slice(about, 5, SIZE_MAX) : about;
        if (!concerns(act, is_fact, id))
            continue;
        if (utf8_length(text) > REASON_MAX)
            return problem(act, "message", N_("The text must have at most 4,000 characters"));
        text_put(&act->body, lines++ ? S(",{") : S("{"));
        text_put(&act->body, is_fact ? S("\"fact\":") : S("\"slot\":"));
        json_put(&act->body, id);
        text_put(&act->body, S(",\"text\":"));
        json_put(&act->body, text);
        text_char(&act->body, '}');
    }
    text_char(&act->body, ']');
    if (!take_text(act, "message", lines == 0, N_("Say what must be mended: at a document, at an answer, or here")))
        return false;
    act->entry.until =
        calendar_due(&act->dossier.pack->calendar, act->dossier.today, act->one->service->procedure->correction.time, NULL, 0).date;
    return true;
}

SlotList desk_missing(Arena *arena, const SlotList *slots, const EvidenceList *evidence)
{
    SlotList missing = { 0 };
    for (size_t i = 0; i < slots->count; i++)
        if (slots->at[i].source == SOURCE_UPLOAD && !evidence_current(evidence, &slots->at[i]))
            list_push(arena, &missing, slots->at[i]);
    return missing;
}

static SlotList missing_of(const Act *act)
{
    EvidenceList evidence = store_evidence(act->dossier.desk->store, arena_of(act), act->dossier.row.area, act->dossier.row.id);
    SlotList slots = service_slots(arena_of(act), act->plan, act->one->service);
    return desk_missing(arena_of(act), &slots, &evidence);
}

/* LAW cn.visit-once art.11(1): acceptance is for complete papers. What may follow is asked for by accepting with a term, or nobody would
 * ever ask for it. */
static bool take_acceptance(Act *act)
{
    SlotList missing = missing_of(act);
    for (size_t i = 0; i < missing.count; i++)
        if (!missing.at[i].later.amount)
            return problem(act, "message", N_("A document is missing: ask for it instead"));
    if (missing.count)
        return problem(act, "message", N_("A document is still to follow: accept with papers to follow, so that it is asked for"));
    return take_text(act, "message", false, "");
}

/* LAW cn.visit-once art.11(2): only what the guide lists may be missing, told once, with a term. */
static bool take_deficiency(Act *act)
{
    SlotList missing = missing_of(act);
    Text what = text_begin(arena_of(act), SIZE_MAX);
    for (size_t i = 0; i < missing.count; i++) {
        const Slot *slot = &missing.at[i];
        if (!slot->later.amount)
            return problem(act, "follow", N_("A document is missing that may not follow later: ask for it instead"));
        if (what.len)
            text_char(&what, ' ');
        text_put(&what, slot->id);
        Due due = calendar_due(&act->dossier.pack->calendar, act->dossier.today, slot->later, NULL, 0);
        if (!date_is_set(act->entry.until) || date_compare(due.date, act->entry.until) > 0) {
            act->entry.until = due.date;
            act->entry.period = slot->later;
        }
    }
    if (what.len == 0)
        return problem(act, "follow", N_("No document is missing: accept the case"));
    act->entry.what = text_str(&what);
    return take_text(act, "message", false, "");
}

GroundList desk_grounds(Arena *arena, const Service *service)
{
    GroundList grounds = { 0 };
    for (size_t i = 0; i < service->steps.count; i++)
        if (!service->steps.at[i].counts)
            list_push(arena, &grounds, &service->steps.at[i]);
    for (size_t i = 0; i < service->procedure->grounds.count; i++)
        if (!service->procedure->grounds.at[i].counts)
            list_push(arena, &grounds, &service->procedure->grounds.at[i]);
    return grounds;
}

/* LAW cn.licensing art.45: a closed list of grounds; the applicant is told in writing how long it takes. */
static bool take_ground(Act *act)
{
    const Ground *ground = NULL;
    Str chosen = form_get(act->form, S("ground"));
    GroundList grounds = desk_grounds(arena_of(act), act->one->service);
    for (size_t i = 0; i < grounds.count; i++)
        if (str_equal(grounds.at[i]->id, chosen))
            ground = grounds.at[i];
    if (!ground)
        return problem(act, "ground", N_("Select the legal ground"));
    Str days = str_trim(form_get(act->form, S("days")));
    int64_t count = 0;
    if (days.len && (!str_to_i64(days, &count) || count < 1 || count > SUSPENSION_DAYS_MAX))
        return problem(act, "days", N_("Enter the number of working days, from 1 to 250"));
    if (days.len == 0 && !ground->time.amount)
        return problem(act, "days", N_("Enter how many working days it will take: the applicant has a right to know"));
    Period time = days.len ? (Period){ (int32_t)count, UNIT_WORKING_DAY } : ground->time;
    act->entry.what = ground->id;
    act->entry.until = calendar_due(&act->dossier.pack->calendar, act->dossier.today, time, NULL, 0).date;
    return take_text(act, "reason", true, N_("Enter the reason"));
}

static bool is_over(Act *act, ClockKind kind)
{
    const ClockList clocks = dossier_clocks(&act->dossier, act->one);
    for (size_t i = 0; i < clocks.count; i++)
        if (clocks.at[i].kind == kind && date_is_set(clocks.at[i].due.date) && date_compare(act->dossier.today, clocks.at[i].due.date) > 0)
            return true;
    return false;
}

bool desk_bundle_extends(const Bundle *bundle)
{
    return bundle && bundle->longer && !bundle->extension.amount && date_is_set(bundle->from);
}

static bool take_extension(Act *act)
{
    const Limit *limit = act->one->limit;
    Period period = limit && limit->extension.amount ? limit->extension : act->one->service->procedure->extension.time;
    if (!period.amount)
        return problem(act, "reason", N_("The law does not let this limit be extended"));
    /* LAW cn.licensing art.42(1), eu.services art.13(3): before the limit ends; its last day is early enough. Where the law sets none, the
     * promise is the limit. */
    if (is_over(act, CLOCK_STATUTORY) || (!(limit && limit->statutory.amount) && is_over(act, CLOCK_PROMISED)))
        return problem(act, "reason", N_("The limit is over and cannot be extended any more"));
    act->entry.period = period;
    return take_text(act, "reason", true, N_("Enter the reason"));
}

/* LAW cn.licensing art.42(2): once for all authorities together, whichever of them asks for it. */
static bool take_bundle_extension(Act *act)
{
    const Bundle *bundle = dossier_bundle(&act->dossier);
    if (!desk_bundle_extends(bundle))
        return problem(act, "reason", N_("The law does not let this limit be extended"));
    if (is_over(act, CLOCK_BUNDLE))
        return problem(act, "reason", N_("The limit is over and cannot be extended any more"));
    act->entry.period = bundle->longer->time;
    return take_text(act, "reason", true, N_("Enter the reason"));
}

/* LAW cn.visit-once art.14(2): told in writing what to mend, within a term. */
static bool take_order(Act *act)
{
    const Period term = act->one->service->procedure->mending.time;
    if (!term.amount)
        return problem(act, "reason", N_("The pack sets no term to mend what was found"));
    act->entry.until = calendar_due(&act->dossier.pack->calendar, act->dossier.today, term, NULL, 0).date;
    return take_text(act, "reason", true, N_("Say what must be mended"));
}

static bool take_cancelling(Act *act)
{
    const Case *it = &act->one->it;
    if (!it->looked_again && date_compare(act->dossier.today, it->mend) <= 0)
        return problem(act, "reason", N_("The term to mend it is not over, and nobody looked again"));
    return take_text(act, "reason", true, N_("Enter the reasons: the applicant has a right to them"));
}

static bool take_finding(Act *act)
{
    Str finding = form_get(act->form, S("finding"));
    if (!str_equal(finding, S("passed")) && !str_equal(finding, S("failed")))
        return problem(act, "finding", N_("Select what the inspection found"));
    act->entry.what = finding;
    return take_text(act, "report", true, N_("Enter what was found"));
}

/* The result, as data: pages and papers are made from it. */
static bool take_result(Act *act)
{
    Arena *arena = arena_of(act);
    const Service *service = act->one->service;
    Dossier *it = &act->dossier;
    if (it->row.party == 0)
        return problem(act, "number", N_("The applicant's data was erased: there is nobody to issue it to"));
    Str number = str_trim(form_get(act->form, S("number")));
    if (utf8_length(number) > 60)
        return problem(act, "number", N_("The number must have at most 60 characters"));
    if (number.len == 0)
        number = str_printf(arena, "%.*s-%d", STR_ARGS(store_reference(it->desk->store, arena, it->row.id)), act->one->row.k);
    Text json = text_begin(arena, SIZE_MAX);
    text_put(&json, S("{\"type\":"));
    json_put(&json, service->gives->id);
    text_put(&json, S(",\"service\":"));
    json_put(&json, service->id);
    text_put(&json, S(",\"number\":"));
    json_put(&json, number);
    text_put(&json, S(",\"holder\":"));
    json_put(&json, it->row.label);
    text_put(&json, S(",\"issued\":\""));
    text_date(&json, it->today);
    if (service->valid.amount) {
        text_put(&json, S("\",\"valid-until\":\""));
        /* What is renewed goes on from the day on which it would have ended. */
        text_date(&json, period_end(date_is_set(act->one->it.expires) ? act->one->it.expires : it->today, service->valid));
    }
    text_put(&json, S("\"}"));
    Evidence *evidence = arena_new(arena, Evidence);
    *evidence = (Evidence){ .area = it->row.area, .application = it->row.id, .id = store_next_id(it->desk->store),
                            .slot = service->gives->id, .type = service->gives->id, .k = act->one->row.k, .name = number,
                            .media_type = S("application/json"), .size = (int64_t)json.len, .state = EVIDENCE_CURRENT, .at = it->now };
    if (evidence->id == 0 || !change_file(it->change, it->row.party, text_str(&json), &evidence->file))
        return problem(act, "number", N_("The result could not be stored. Try again in a moment"));
    change_evidence(it->change, evidence, it->row.party);
    act->entry.what = service->gives->id;
    text_put(&act->body, S(",\"evidence\":"));
    evidence_json(&act->body, evidence);
    return true;
}

static bool take_form(Act *act, EntryKind kind)
{
    switch (kind) {
    case ENTRY_ACCEPT:
        return take_acceptance(act);
    case ENTRY_RESUME:
    case ENTRY_GRANT:
        return take_text(act, "message", false, "");
    case ENTRY_ASK:
        return take_notice(act);
    case ENTRY_ACCEPT_DEFICIENT:
        return take_deficiency(act);
    case ENTRY_SUSPEND:
        return take_ground(act);
    case ENTRY_EXTEND:
        return take_extension(act);
    case ENTRY_EXTEND_BUNDLE:
        return take_bundle_extension(act);
    case ENTRY_ORDER:
        return take_order(act);
    case ENTRY_CANCEL:
        return take_cancelling(act);
    case ENTRY_INSPECT:
        return take_finding(act);
    case ENTRY_REFUSE:
    case ENTRY_DECLINE:
    case ENTRY_REVOKE:
        return take_text(act, "reason", true, N_("Enter the reasons: the applicant has a right to them"));
    case ENTRY_ISSUE:
        return take_result(act);
    case ENTRY_NONE:
    case ENTRY_SEND:
    case ENTRY_SUPPLEMENT:
    case ENTRY_WAIT:
    case ENTRY_RECEIVE:
    case ENTRY_SUPPLY:
    case ENTRY_SILENCE:
    case ENTRY_CURE:
    case ENTRY_WITHDRAW:
    case ENTRY_LAPSE:
    case ENTRY_END:
    case ENTRY_RATE:
    case ENTRY_LIGHT:
    case ENTRY_DEEM:
    case ENTRY_RETURN:
    case ENTRY_DEFAULT:
    case ENTRY_KIND_COUNT:
        break;
    }
    return false;
}

bool desk_inspects_jointly(const Service *service, const Limit *limit, CaseState state)
{
    bool afterwards = limit && limit->follow_up.amount;
    return service && service->joint_inspection && (state != CASE_ISSUED || afterwards) && case_step(state, ENTRY_INSPECT, ROLE_OFFICER);
}

/* LAW cn.licensing art.26(2), cn.visit-once art.18(2): one visit for all who must look; its finding goes into each of their cases. */
static void inspect_jointly(Act *act)
{
    if (act->entry.kind != ENTRY_INSPECT || !act->one->service->joint_inspection || !str_equal(form_get(act->form, S("joint")), S("yes")))
        return;
    for (size_t i = 0; i < act->dossier.cases.count; i++) {
        OpenCase *other = &act->dossier.cases.at[i];
        if (other != act->one && desk_inspects_jointly(other->service, other->limit, other->it.state))
            dossier_append(&act->dossier, other, act->entry);
    }
}

Verdict desk_act(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int32_t k, EntryKind kind,
                 uint32_t entries, const Form *form, Instant now, Change *change, Problems *problems)
{
    Application row;
    if (!store_application(desk->store, arena, desk->pack->area, application, &row) || row.state != APPLICATION_SENT)
        return VERDICT_NOT_FOUND;
    Act act = { .actor = actor, .form = form, .problems = problems };
    dossier_open(&act.dossier, desk, arena, &row, now, change);
    act.one = dossier_case(&act.dossier, k);
    if (!act.one)
        return VERDICT_NOT_FOUND;
    if (!desk_may(desk, actor, USE_CASE_ACT, &row, act.one->row.authority))
        return VERDICT_FORBIDDEN;
    const Step *step = case_permits(&act.one->it, kind, actor->account.role);
    /* A light that was noted meanwhile is nobody's act. */
    const bool stale = entries < act.one->it.acted || entries > act.one->it.entries;
    if (stale || !step || (kind == ENTRY_INSPECT && !act.one->service->inspection)) {
        dossier_finish(&act.dossier);
        return VERDICT_NOT_NOW;
    }
    act.plan = dossier_plan(&act.dossier);
    act.entry = entry_draft(kind, actor->account.role, STR_NONE, STR_NONE);
    act.body = text_begin(arena, SIZE_MAX);
    text_printf(&act.body, "{\"by\":%lld", (long long)actor->account.id);
    if (!take_form(&act, kind))
        return VERDICT_PROBLEMS;
    text_char(&act.body, '}');
    act.entry.body = text_str(&act.body);
    dossier_append(&act.dossier, act.one, act.entry);
    inspect_jointly(&act);
    dossier_follow(&act.dossier);
    dossier_finish(&act.dossier);
    return VERDICT_OK;
}

size_t desk_steps(const Actor *actor, const CaseView *it, const Step *steps[], size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < STEP_COUNT && count < max; i++) {
        const Step *step = &STEPS[i];
        if (step->from != it->it.state || case_permits(&it->it, step->kind, actor->account.role) != step)
            continue;
        /* LAW cn.visit-once art.36: nobody looks at will. After the result only where the law wants it then. */
        if (step->kind == ENTRY_INSPECT && !(it->service && it->service->inspection))
            continue;
        if (step->from == CASE_ISSUED && step->kind == ENTRY_INSPECT && !(it->limit && it->limit->follow_up.amount))
            continue;
        if (step->kind == ENTRY_ORDER && !(it->service && it->service->procedure->mending.time.amount))
            continue;
        if (step->kind == ENTRY_EXTEND_BUNDLE && !desk_bundle_extends(it->bundle))
            continue;
        steps[count++] = step;
    }
    return count;
}
