/* Sending: one application, and from this moment all of its cases. The plan is derived again from the stored answers, never from what
 * the page says; only what a question led to is sent. Sent twice, by whatever accident, it is one application and one receipt. */
#include "desk/inside.h"

/* What stands between the draft and sending, each at its place. LAW cn.licensing art.31: the applicant answers for what is true, and
 * says so. */
static bool is_complete(Arena *arena, const Draft *draft, const Form *form, int language, Problems *problems)
{
    const Plan *plan = draft->plan;
    if (plan->stop)
        problem_add(arena, problems, STR_NONE, "%1", texts_in(plan->stop->title, language), STR_NONE, STR_NONE);
    if (plan->ask)
        problem_add(arena, problems, plan->ask->id, N_("Answer the question: %1"), texts_in(plan->ask->question, language), STR_NONE, STR_NONE);
    for (size_t i = 0; i < plan->asked.count; i++)
        if (plan->asked.at[i]->kind == FACT_LIST && answers_find(&draft->answers, list_aside(arena, plan->asked.at[i]->id)))
            problem_add(arena, problems, plan->asked.at[i]->id, N_("Say that the list is complete: %1"),
                        texts_in(plan->asked.at[i]->name, language), STR_NONE, STR_NONE);
    for (size_t i = 0; i < plan->impossible.count; i++)
        problem_add(arena, problems, STR_NONE, N_("%1 cannot be had"), texts_in(plan->impossible.at[i].type->name, language), STR_NONE, STR_NONE);
    for (size_t i = 0; i < plan->slots.count; i++) {
        const Slot *slot = &plan->slots.at[i];
        if (slot->source == SOURCE_UPLOAD && !slot->later.amount && !evidence_current(&draft->evidence, slot))
            problem_add(arena, problems, slot->id, N_("Add the file: %1"), texts_in(slot->type->name, language), STR_NONE, STR_NONE);
    }
    for (size_t i = 0; i < plan->items.count && !plan->ask; i++)
        if (plan->items.at[i].needed == CERTAIN_YES && !plan->items.at[i].fee_known)
            problem_add(arena, problems, STR_NONE, N_("The fee cannot be worked out from your answers: %1"),
                        texts_in(plan->items.at[i].service->name, language), STR_NONE, STR_NONE);
    if (!str_equal(form_get(form, S("declared")), S("yes")))
        problem_add(arena, problems, S("declared"), N_("Confirm the declaration"), STR_NONE, STR_NONE, STR_NONE);
    return problems->count == 0;
}

/* Only the answers that a question of the plan led to. */
static AnswerList answers_that_matter(Arena *arena, const Draft *draft)
{
    AnswerList kept = { 0 };
    for (size_t i = 0; i < draft->plan->asked.count; i++) {
        const Answer *answer = answers_find(&draft->answers, draft->plan->asked.at[i]->id);
        if (answer)
            list_push(arena, &kept, *answer);
    }
    return kept;
}

static Str body_of(Arena *arena, const Draft *draft, const AnswerList *answers, int64_t account)
{
    Text json = text_begin(arena, SIZE_MAX);
    text_printf(&json, "{\"by\":%lld,\"answers\":", (long long)account);
    text_put(&json, answers_json(arena, answers));
    text_put(&json, S(",\"label\":"));
    json_put(&json, draft->row.label);
    text_put(&json, S(",\"declared\":["));
    bool more = false;
    for (size_t i = 0; i < draft->plan->slots.count; i++)
        /* Who brings an own paper in its place does not declare the model. */
        if (draft->plan->slots.at[i].source == SOURCE_DECLARED && !evidence_current(&draft->evidence, &draft->plan->slots.at[i])) {
            if (more)
                text_char(&json, ',');
            json_put(&json, draft->plan->slots.at[i].type->id);
            more = true;
        }
    text_put(&json, S("],\"evidence\":["));
    more = false;
    for (size_t i = 0; i < draft->evidence.count; i++) {
        if (!plan_slot(draft->plan, draft->evidence.at[i].slot))
            continue;
        if (more)
            text_char(&json, ',');
        evidence_json(&json, &draft->evidence.at[i]);
        more = true;
    }
    text_put(&json, S("]}"));
    return text_str(&json);
}

static bool is_certain(const PlanItem *item)
{
    return item->needed == CERTAIN_YES;
}

/* The services in the order of their numbers: with it alone the cases can be made anew, also when the body is gone. */
static Str services_of(Arena *arena, const Plan *plan)
{
    Text what = text_begin(arena, SIZE_MAX);
    for (size_t i = 0; i < plan->items.count; i++)
        if (is_certain(&plan->items.at[i])) {
            if (what.len)
                text_char(&what, ' ');
            text_put(&what, plan->items.at[i].service->id);
        }
    return text_str(&what);
}

static void open_case(Dossier *it, const Plan *plan, const PlanItem *item)
{
    OpenCase *one = dossier_case_add(it, item->service);
    Text waits = text_begin(it->arena, SIZE_MAX);
    for (size_t i = 0; i < item->after.count; i++) {
        if (i)
            text_char(&waits, ' ');
        text_put(&waits, plan->items.at[item->after.at[i]].service->gives->id);
    }
    /* LAW cn.visit-once art.5(3): one submission is receipt by every authority that can begin now, at this instant. */
    EntryDraft draft = entry_draft(waits.len ? ENTRY_WAIT : ENTRY_RECEIVE, ROLE_DESK, text_str(&waits), STR_NONE);
    draft.until = waits.len ? DATE_NONE : case_expires(it, item->service);
    dossier_append(it, one, draft);
}

Verdict desk_send(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, const Form *form, Instant now,
                  Change *change, Problems *problems)
{
    Draft draft;
    Verdict verdict = desk_draft(desk, arena, actor, application, desk_today(desk->pack, now), &draft);
    if (verdict != VERDICT_OK)
        return verdict;
    if (!is_complete(arena, &draft, form, actor->language, problems))
        return VERDICT_PROBLEMS;

    Dossier it;
    dossier_begin(&it, desk, arena, &draft.row, answers_that_matter(arena, &draft), now, change);
    draft.row.label = it.row.label = label_of(it.event, &it.answers);
    it.row.state = APPLICATION_SENT;
    it.row.sent_at = now;
    dossier_append_own(&it, entry_draft(ENTRY_SEND, ROLE_APPLICANT, services_of(arena, draft.plan),
                                        body_of(arena, &draft, &it.answers, actor->account.id)));
    for (size_t i = 0; i < draft.plan->items.count; i++)
        if (is_certain(&draft.plan->items.at[i]))
            open_case(&it, draft.plan, &draft.plan->items.at[i]);
    dossier_finish(&it);
    /* Files of places that no longer matter were never sent. */
    for (size_t i = 0; i < draft.evidence.count; i++)
        if (!plan_slot(draft.plan, draft.evidence.at[i].slot))
            change_evidence_drop(change, &draft.evidence.at[i]);
    return VERDICT_OK;
}
