/* Check and send: all answers once more, who receives each, the files, the plan in short and the declaration. Sending
 * derives the plan again; what is still missing comes back as a list of links to where it is mended. */
#include "web/apply.h"
#include "web/pages.h"

/* ---- answers in sections ------------------------------------------------------------------------------- */

AnswerRow answer_row(Request *request, const Fact *fact, const Answer *answer)
{
    AnswerRow row = { .fact = fact, .is_list = fact->kind == FACT_LIST };
    if (!row.is_list) {
        row.value = words_answer(request, fact, answer ? answer->text : STR_NONE);
        return row;
    }
    for (size_t i = 0; answer && i < answer->members.count; i++) {
        const Member *member = &answer->members.at[i];
        list_push(request->arena, &row.members,
                  (MemberRow){ .id = member->id,
                               .name = words_member(request, fact, member, i),
                               .answers = words_member_answers(request, fact, member) });
    }
    return row;
}

typedef struct Recipient { /* a service, and the facts that it sees */
    const Service *service;
    FactList facts;
} Recipient;
typedef LIST(Recipient) Recipients;

static Recipients recipients_of(Request *request, const Pack *pack, const Plan *plan)
{
    Recipients recipients = { 0 };
    for (size_t i = 0; i < plan->items.count; i++)
        if (plan->items.at[i].needed == CERTAIN_YES)
            list_push(request->arena, &recipients,
                      (Recipient){ plan->items.at[i].service,
                                   service_facts(request->arena, pack, plan->items.at[i].service) });
    return recipients;
}

static Str seen_by(Request *request, const Recipients *recipients, const Event *event, const Fact *fact)
{
    Strs names = { 0 };
    for (size_t i = 0; i < recipients->count; i++) {
        const Recipient *recipient = &recipients->at[i];
        bool sees = fact == event->label;
        for (size_t f = 0; f < recipient->facts.count && !sees; f++)
            sees = recipient->facts.at[f] == fact;
        if (sees)
            strs_add_once(request->arena, &names, page_texts(request, recipient->service->authority->name));
    }
    return words_join(request, &names, JOINT_AND);
}

static bool in_section(const Section *section, const Fact *fact)
{
    for (size_t i = 0; i < section->asks.count; i++)
        if (section->asks.at[i] == fact)
            return true;
    return false;
}

static bool in_any_section(const Event *event, const Fact *fact)
{
    for (size_t s = 0; s < event->sections.count; s++)
        if (in_section(&event->sections.at[s], fact))
            return true;
    return false;
}

AnswerGroups answer_groups(Request *request, const Pack *pack, const Event *event, const Plan *plan,
                           const AnswerList *answers)
{
    AnswerGroups groups = { 0 };
    const Recipients recipients = recipients_of(request, pack, plan);
    /* One group a section, and one more for what stands in none. */
    for (size_t s = 0; s <= event->sections.count; s++) {
        const Section *section = s < event->sections.count ? &event->sections.at[s] : NULL;
        AnswerGroup group = { 0 };
        if (section)
            group.name = section->name;
        for (size_t i = 0; i < plan->asked.count; i++) {
            const Fact *fact = plan->asked.at[i];
            const Answer *answer = answers_find(answers, fact->id);
            if (!answer || (section ? !in_section(section, fact) : in_any_section(event, fact)))
                continue;
            AnswerRow row = answer_row(request, fact, answer);
            row.seen = seen_by(request, &recipients, event, fact);
            list_push(request->arena, &group.rows, row);
        }
        if (group.rows.count)
            list_push(request->arena, &groups, group);
    }
    return groups;
}

/* ---- the page ------------------------------------------------------------------------------------------ */

static void list_problems(Request *request, const Draft *draft, CheckPage *p)
{
    for (size_t i = 0; i < request->problems.count; i++) {
        const Problem *problem = &request->problems.at[i];
        CheckProblem it = { .text = page_problem(request, problem), .plan = problem->field.len == 0 };
        if (pack_fact(draft->pack, problem->field))
            it.fact = problem->field;
        const Slot *slot = plan_slot(draft->plan, problem->field);
        if (slot) {
            /* Several people may need the same kind of paper: each by name. */
            it.slot = slot->id;
            it.text = text_in(request->arena, words_language(request), "Add the file: %1", words_slot(request, slot));
        }
        list_push(request->arena, &p->problems, it);
    }
}

static Reply check_page(Request *request, const Draft *draft)
{
    CheckPage p = { .draft = draft, .open_list = draft_open_list(request->arena, draft) };
    p.page = apply_page(request, draft, page_tr(request, N_("Check your answers before sending")),
                        str_printf(request->arena, "/apply/%.*s/evidence", STR_ARGS(draft->reference)));
    p.groups = answer_groups(request, draft->pack, draft->event, draft->plan, &draft->answers);
    p.bring = evidence_rows(request, draft, SOURCE_UPLOAD);
    SlotRows declared = evidence_rows(request, draft, SOURCE_DECLARED);
    for (size_t i = 0; i < declared.count; i++)
        list_push(request->arena, declared.at[i].file ? &p.bring : &p.declared, declared.at[i]);
    for (size_t i = 0; i < draft->plan->items.count; i++)
        p.services += draft->plan->items.at[i].needed == CERTAIN_YES;
    list_problems(request, draft, &p);
    p.declare = (Options){ .name = S("declared"),
                           .legend = page_tr(request, N_("Your declaration")),
                           .error = field_error(&p.page.errors, S("declared")) };
    list_push(request->arena, &p.declare.items,
              (Option){ .value = S("yes"),
                        .label = page_tr(request, N_("I declare all of this")),
                        .checked = form_has(&request->form, S("declared")) });
    Html out = page_begin(request);
    html_check(&out, &p);
    return apply_show(request, &p.page, &out);
}

/* GET /apply/{reference}/check */
Reply page_check(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    if (!apply_open(request, &application, &draft, &reply))
        return reply;
    return draft.plan->stop || draft.plan->ask ? apply_next(request, &draft, true) : check_page(request, &draft);
}

/* What is missing, on the page where it can be mended. */
static Reply unsent_page(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    if (!apply_open(request, &application, &draft, &reply))
        return reply;
    if (draft.plan->stop)
        return apply_next(request, &draft, true);
    const Fact *open = draft_open_list(request->arena, &draft);
    if (open) {
        request->problems = (Problems){ 0 };
        list_push(request->arena, &request->problems,
                  (Problem){ .field = open->id,
                             .message = N_("You changed this list. Say that it is complete: %1"),
                             .args = { page_texts(request, open->name) } });
    }
    return check_page(request, &draft);
}

/* POST /apply/{reference}/check. The desk reads the draft and derives its plan; here it is read again only to show what is missing. */
Reply act_send(Request *request)
{
    int64_t application;
    if (!page_reference(request, request->args[0], &application))
        return apply_refuse(request, VERDICT_NOT_FOUND);
    request->args[0] = store_reference(request->desk->store, request->arena, application);
    Verdict verdict = desk_send(request->desk, request->arena, &request->actor, application, &request->form,
                                request->now, request->change, &request->problems);
    if (verdict == VERDICT_PROBLEMS)
        return unsent_page(request);
    return verdict == VERDICT_OK ? reply_redirect(request, "/apply/%.*s/sent", STR_ARGS(request->args[0]))
                                 : apply_refuse(request, verdict);
}
