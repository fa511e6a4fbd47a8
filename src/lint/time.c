/* Time, money and law: promises against limits, papers against decisions, calendars against today, fees against their basis. */
#include "lint/inside.h"

/* Periods of one unit are compared exactly. Of different ones only a clear difference counts: a month may be 28 days long,
 * and holidays stretch working days. In tenths of a day. */
static bool is_longer(Period one, Period other)
{
    static const int32_t TENTHS[] = { [UNIT_WORKING_DAY] = 14, [UNIT_DAY] = 10, [UNIT_WEEK] = 70, [UNIT_MONTH] = 304,
                                      [UNIT_YEAR] = 3652 };
    if (!one.amount || !other.amount)
        return false;
    if (one.unit == other.unit)
        return one.amount > other.amount;
    const int64_t left = (int64_t)one.amount * TENTHS[one.unit], right = (int64_t)other.amount * TENTHS[other.unit];
    return left * 10 > right * 12;
}

static Str words_of(Lint *lint, Period period)
{
    Text text = text_begin(lint->arena, 100);
    text_period(&text, period);
    return text_str(&text);
}

static void look_at_limit(Lint *lint, const Item *item, const Service *service, size_t index)
{
    const Limit *limit = &service->time.at[index];
    const Str promised = words_of(lint, limit->promised), statutory = words_of(lint, limit->statutory);
    Error *error = NULL;
    if (is_longer(limit->promised, limit->statutory))
        error = report(lint, LINT_PROMISE_OVER_STATUTE, item, path_of(lint, "time[%zu].promised", index),
                       "%.*s are promised where the law allows %.*s", STR_ARGS(promised), STR_ARGS(statutory));
    else if (is_longer(limit->extension, limit->statutory))
        error = report(lint, LINT_EXTENSION_OVER_LIMIT, item, path_of(lint, "time[%zu].extension", index),
                       "a limit of %.*s is extended by more than it is long", STR_ARGS(statutory));
    if (!error)
        return;
    tell_chain(lint, error, service);
    tell_law(lint, error, &limit->legal);
}

/* No limit stands still for what may follow, so it must be there before the decision is due. */
static bool comes_too_late(Period later, const Limit *limit)
{
    return limit->on_the_spot || is_longer(later, limit->promised.amount ? limit->promised : limit->statutory);
}

static void look_at_later(Lint *lint, const Item *item, const Service *service, size_t index)
{
    const Period later = service->needs.at[index].later;
    for (size_t i = 0; later.amount && i < service->time.count; i++)
        if (comes_too_late(later, &service->time.at[i])) {
            Error *error = report(lint, LINT_LATE_PAPER, item, path_of(lint, "needs[%zu].later", index),
                                  "in the service \"%.*s\" a paper may follow later than the decision is due",
                                  STR_ARGS(service->id));
            tell_chain(lint, error, service);
            return;
        }
}

/* What another service gives may follow only as fast as that one, and those before it, can be. */
static void look_at_chain(Lint *lint, const Item *item, const Service *service, size_t index)
{
    const Need *need = &service->needs.at[index];
    Station *giver = need->later.amount && need->any.count == 1 ? giver_of(lint, need->any.at[0]) : NULL;
    if (!giver || is_always_held(need->any.at[0]) || !takes_longer(lint, giver, need->later))
        return;
    Error *error = report(lint, LINT_IMPOSSIBLE_TERM, item, path_of(lint, "needs[%zu].later", index),
                          "\"%.*s\" must follow within %.*s, and \"%.*s\" takes longer", STR_ARGS(need->any.at[0]->id),
                          STR_ARGS(words_of(lint, need->later)), STR_ARGS(giver->service->id));
    tell_chain(lint, error, giver->service);
}

static void look_at_service(Lint *lint, const Service *service)
{
    const Item item = ITEM("service", service);
    for (size_t i = 0; i < service->time.count; i++)
        look_at_limit(lint, &item, service, i);
    for (size_t i = 0; i < service->needs.count; i++)
        look_at_later(lint, &item, service, i);
    for (size_t i = 0; i < service->needs.count; i++)
        look_at_chain(lint, &item, service, i);
    if ((service->fee.cents > 0 || service->fee_rule.parsed) && !service->fee_note.in[0].len) {
        Error *error = report(lint, LINT_FEE_WITHOUT_BASIS, &item, service->fee_rule.parsed ? S("fee-rule") : S("fee"), "nothing says what sets the fee of \"%.*s\"",
                              STR_ARGS(service->id));
        tell_chain(lint, error, service);
        tell_law(lint, error, &service->legal);
    }
}

/* All authorities together cannot be faster than the slowest chain to a goal that everybody has. */
static void look_at_bundle(Lint *lint, const Event *event)
{
    const Item item = ITEM("event", event);
    for (size_t i = 0; i < event->goals.count && event->bundle.time.amount; i++) {
        const Goal *goal = &event->goals.at[i];
        Station *giver = giver_of(lint, goal->evidence);
        const bool certain = giver && !goal->when.parsed && !goal->evidence->held.parsed && !giver->service->when.parsed;
        if (!certain || !takes_longer(lint, giver, event->bundle.time))
            continue;
        Error *error = report(lint, LINT_IMPOSSIBLE_TERM, &item, S("bundle"), "all is promised within %.*s, and \"%.*s\" takes longer",
                              STR_ARGS(words_of(lint, event->bundle.time)), STR_ARGS(giver->service->id));
        tell_chain(lint, error, giver->service);
        tell_law(lint, error, &event->bundle.legal);
        return;
    }
}

/* ---- calendars ---- */

static bool counts(Period period)
{
    return period.amount && period.unit == UNIT_WORKING_DAY;
}

static bool procedure_counts(const Procedure *procedure)
{
    return counts(procedure->intake.time) || counts(procedure->correction.time) || counts(procedure->deficiency.time) ||
           counts(procedure->extension.time) || counts(procedure->delivery.time);
}

static bool service_counts(const Service *service)
{
    bool any = procedure_counts(service->procedure);
    for (size_t i = 0; i < service->time.count; i++)
        any = any || counts(service->time.at[i].statutory) || counts(service->time.at[i].promised);
    return any;
}

static void look_at_calendar(Lint *lint)
{
    const Pack *pack = lint->pack;
    const Item item = item_of_pack(pack);
    bool any = false, now = false;
    int last = 0;
    for (size_t i = 0; i < pack->services.count; i++)
        any = any || service_counts(pack->services.at[i]);
    if (!any || !date_is_set(lint->today))
        return;
    const int year = date_parts(lint->today).year;
    for (size_t i = 0; i < pack->calendar.years.count; i++) {
        last = pack->calendar.years.at[i].year > last ? pack->calendar.years.at[i].year : last;
        now = now || pack->calendar.years.at[i].year == year;
    }
    if (!now)
        report(lint, LINT_NO_CALENDAR, &item, STR_NONE, "working days are counted, and there is no calendar of %d", year);
    else if (date_compare(date_of(last, 12, 31), date_add(lint->today, 365)) < 0)
        report(lint, LINT_CALENDAR_ENDS, &item, STR_NONE, "the last calendar is that of %d", last);
}

static void look_at_law(Lint *lint, const PackPart *part)
{
    const Item item = item_of_part(part);
    const Law *law = part->legal->law;
    if (!date_is_set(law->ends) || !date_is_set(lint->today) || date_compare(law->ends, lint->today) > 0)
        return;
    Error *error = report(lint, LINT_ENDED_LAW, &item, path_of(lint, "%.*s.law", STR_ARGS(part->path)),
                          "the law \"%.*s\" is no longer in force", STR_ARGS(law->id));
    tell_legal(lint, error, part->legal);
}

void lint_time(Lint *lint)
{
    for (size_t i = 0; i < lint->pack->services.count; i++)
        look_at_service(lint, lint->pack->services.at[i]);
    for (size_t i = 0; i < lint->pack->events.count; i++)
        look_at_bundle(lint, lint->pack->events.at[i]);
    for (size_t i = 0; i < lint->parts.count; i++)
        if (lint->parts.at[i].legal)
            look_at_law(lint, &lint->parts.at[i]);
    look_at_calendar(lint);
}
