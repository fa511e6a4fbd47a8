/* How fast a result can be had at best: the fastest limit of the service, after the slowest of those that it always waits for.
 * A term that is shorter than that nobody can keep. What depends on answers is left aside, so no path is told that is none. */
#include "lint/inside.h"

/* Working days and calendar days are kept apart, so that terms of one unit are compared exactly. */
static Span span_of(Period period)
{
    static const int32_t DAYS[] = { [UNIT_WORKING_DAY] = 0, [UNIT_DAY] = 1, [UNIT_WEEK] = 7, [UNIT_MONTH] = 28, [UNIT_YEAR] = 365 };
    if (period.unit == UNIT_WORKING_DAY)
        return (Span){ period.amount, 0 };
    return (Span){ 0, (int64_t)period.amount * DAYS[period.unit] };
}

static int64_t weight(Span span)
{
    return span.working * 14 + span.days * 10;     /* in tenths of a day */
}

/* The fastest of the limits that may apply; without a limit nothing is known, and it is as good as at once. */
static Span fastest(const Service *service)
{
    Span least = { 0 };
    for (size_t i = 0; i < service->time.count; i++) {
        const Limit *limit = &service->time.at[i];
        const Span span = limit->on_the_spot ? (Span){ 0 } : span_of(limit->promised.amount ? limit->promised : limit->statutory);
        if (i == 0 || weight(span) < weight(least))
            least = span;
    }
    return least;
}

/* The service that is always waited for; NULL where the need is conditional, or can be met otherwise, or later. */
static Station *always_waited_for(const Lint *lint, const Need *need)
{
    const EvidenceType *type = need->any.at[0];
    const bool otherwise = type->holder || type->held.parsed || type->declares.in[0].len || type->upload;
    Station *giver = giver_of(lint, type);
    const bool certain = giver && !giver->service->when.parsed;
    return need->any.count == 1 && !otherwise && certain && !need->when.parsed && !need->each && !need->later.amount ? giver : NULL;
}

static void work_out(const Lint *lint, Station *station)
{
    Span most = { 0 };
    for (size_t i = 0; i < station->service->needs.count; i++) {
        const Station *before = always_waited_for(lint, &station->service->needs.at[i]);
        if (before && weight(before->least) > weight(most))
            most = before->least;
    }
    const Span own = fastest(station->service);
    station->least = (Span){ most.working + own.working, most.days + own.days };
    station->timed = true;
}

/* Depth first with a stack of its own; the loader has refused circles of what is always needed. */
static Span least_time(Lint *lint, Station *station)
{
    LIST(Station *) stack = { 0 };
    list_push(lint->scratch, &stack, station);
    while (stack.count) {
        Station *top = stack.at[stack.count - 1];
        const size_t before = stack.count;
        for (size_t i = 0; i < top->service->needs.count && !top->timed; i++) {
            Station *next = always_waited_for(lint, &top->service->needs.at[i]);
            if (next && !next->timed)
                list_push(lint->scratch, &stack, next);
        }
        if (stack.count > before)
            continue;
        if (!top->timed)
            work_out(lint, top);
        stack.count--;
    }
    arena_reset(lint->scratch);
    return station->least;
}

bool takes_longer(Lint *lint, Station *station, Period term)
{
    const Span least = least_time(lint, station), allowed = span_of(term);
    if (least.days == 0 && allowed.days == 0)
        return least.working > allowed.working;
    if (least.working == 0 && allowed.working == 0)
        return least.days > allowed.days;
    return weight(least) * 10 > weight(allowed) * 12;
}
