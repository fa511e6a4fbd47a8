/* The plan: what will happen after sending, who does it, until when, what it costs, and what is left out and why.
 * Everything on it is derived from the answers on this day; nothing is stored. */
#include "web/apply.h"
#include "web/pages.h"

static Str waits_for(Request *request, const Plan *plan, const PlanItem *item)
{
    Strs names = { 0 };
    for (size_t i = 0; i < item->after.count; i++)
        list_push(request->arena, &names, page_texts(request, plan->items.at[item->after.at[i]].service->gives->name));
    return words_join(request, &names, JOINT_AND);
}

static Period limit_period(const Limit *limit)
{
    if (!limit || limit->on_the_spot)
        return (Period){ 0 };
    return limit->promised.amount ? limit->promised : limit->statutory;
}

static PlanRow plan_row(Request *request, const Draft *draft, const PlanItem *item)
{
    PlanRow row = { .item = item,
                    .waits_for = waits_for(request, draft->plan, item),
                    .law = words_laws(request, &item->service->legal) };
    const Period period = limit_period(item->limit);
    row.has_date = period.amount > 0;
    if (row.has_date)
        row.why = words_date_why(request, &draft->pack->calendar, item->starts, period, item->due, &item->limit->legal);
    return row;
}

static Lane plan_lane(Request *request, const PlanItem *item)
{
    const Language language = words_language(request);
    Lane lane = { .name = page_texts(request, item->service->name),
                  .state = LANE_PLANNED,
                  .from = item->starts,
                  .to = item->due.date,
                  .critical = item->critical,
                  .provisional = item->due.provisional };
    if (item->open_ended)
        lane.words =
            text_in(request->arena, language, "from %1, no time limit is known", words_date(request, item->starts));
    else if (date_compare(item->starts, item->due.date) == 0)
        lane.words = words_date(request, item->starts);
    else
        lane.words = text_in(request->arena, language, "%1 to %2", words_date(request, item->starts),
                             words_date(request, item->due.date));
    return lane;
}

static void list_services(Request *request, const Draft *draft, PlanPage *p)
{
    Lanes lanes = { 0 };
    for (size_t i = 0; i < draft->plan->items.count; i++) {
        const PlanItem *item = &draft->plan->items.at[i];
        if (item->needed != CERTAIN_YES)
            continue;
        list_push(request->arena, &p->rows, plan_row(request, draft, item));
        list_push(request->arena, &lanes, plan_lane(request, item));
    }
    p->lanes = lanes_picture(request->arena, words_language(request), &lanes, DATE_NONE);
}

static void list_left_out(Request *request, const Draft *draft, PlanPage *p)
{
    for (size_t i = 0; i < draft->plan->left_out.count; i++) {
        const Service *service = draft->plan->left_out.at[i];
        list_push(request->arena, &p->left_out,
                  (LeftOutRow){ .name = service->name,
                                .reason = service->otherwise,
                                .law = words_laws(request, &service->legal) });
    }
    for (size_t i = 0; i < draft->event->not_needed.count; i++) {
        const NotNeeded *it = &draft->event->not_needed.at[i];
        list_push(request->arena, &p->left_out,
                  (LeftOutRow){ .name = it->name, .reason = it->reason, .law = words_laws(request, &it->legal) });
    }
}

/* GET /apply/{reference}/plan */
Reply page_plan(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    if (!apply_open(request, &application, &draft, &reply))
        return reply;
    const Plan *plan = draft.plan;
    if (plan->stop || plan->ask)
        return apply_next(request, &draft, false);
    PlanPage p = { .plan = plan, .event = draft.event };
    const Str back = plan->asked.count
                         ? str_printf(request->arena, "/apply/%.*s/questions/%.*s", STR_ARGS(draft.reference),
                                      STR_ARGS(plan->asked.at[plan->asked.count - 1]->id))
                         : STR_NONE;
    p.page = apply_page(request, &draft, page_tr(request, N_("Your plan: what will happen")), back);
    list_services(request, &draft, &p);
    list_left_out(request, &draft, &p);
    for (size_t i = 0; i < plan->impossible.count; i++)
        list_push(request->arena, &p.impossible, page_texts(request, plan->impossible.at[i].type->name));
    for (size_t i = 0; i < plan->slots.count; i++)
        p.files += plan->slots.at[i].source == SOURCE_UPLOAD;
    Html out = page_begin(request);
    html_plan(&out, &p);
    return apply_show(request, &p.page, &out);
}
