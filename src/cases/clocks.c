/* The clocks of a case: each is computed anew from the journal's dates, the pack's periods and the calendar. Nothing is stored, so a
 * calendar that is published later, or a day that was wrong, changes every date that rests on it. */
#include "cases/cases.h"

size_t case_stops(Arena *arena, const Case *it, const Stop **stops)
{
    Stop *list = arena_array(arena, Stop, it->halts.count);
    for (size_t i = 0; i < it->halts.count; i++)
        list[i] = it->halts.at[i].stop;
    *stops = list;
    return it->halts.count;
}

static Due due_given(Date date)
{
    return (Due){ .date = date };
}

/* No period is no time: on the spot. */
static Due due_plain(const Calendar *calendar, Date from, Period period, const Stop *stops, size_t count)
{
    return period.amount ? calendar_due(calendar, from, period, stops, count) : calendar_same_day(calendar, from, stops, count);
}

/* The end of a period with an extension: the extension begins where the period ends. */
static Due due_extended(const Calendar *calendar, Date from, Period period, Period extension, const Stop *stops, size_t count)
{
    Due due = due_plain(calendar, from, period, stops, count);
    if (extension.amount && date_is_set(due.date)) {
        bool provisional = due.provisional;
        due = calendar_due(calendar, due.date, extension, stops, count);
        due.provisional |= provisional;
    }
    return due;
}

static void add(ClockList *clocks, Clock clock)
{
    must(clocks->count < CLOCK_KIND_COUNT);
    clock.running = !date_is_set(clock.met);
    clocks->at[clocks->count++] = clock;
}

/* A clock that no longer matters, because the case ended otherwise, is met on the day it ended. */
static Date met_or_ended(Date met, const Case *it)
{
    return date_is_set(met) ? met : it->ended;
}

static const Legals *legal_of(const Legals *own, const Legals *general)
{
    return own->count ? own : general;
}

static void add_intake(ClockList *clocks, const Case *it, const Service *service, const Calendar *calendar)
{
    const Term *intake = &service->procedure->intake;
    if (!date_is_set(it->complete) || (!intake->time.amount && !intake->on_the_spot))
        return;
    Date met = it->state == CASE_CORRECTION ? it->asked : date_is_set(it->accepted) && !it->by_silence ? it->accepted : it->ended;
    Due due = due_plain(calendar, it->complete, intake->time, NULL, 0);
    if (it->by_silence)
        met = due.date;
    add(clocks, (Clock){ .kind = CLOCK_INTAKE, .from = it->complete, .period = intake->time, .due = due, .met = met,
                         .legal = &intake->legal });
}

static void add_applicant_terms(ClockList *clocks, const Case *it, const Service *service)
{
    const Procedure *procedure = service->procedure;
    if (it->state == CASE_CORRECTION)
        add(clocks, (Clock){ .kind = CLOCK_CORRECTION, .from = it->asked, .period = procedure->correction.time,
                             .due = due_given(it->term), .met = DATE_NONE, .legal = &procedure->correction.legal });
    if (it->state == CASE_DEFICIENT)
        add(clocks, (Clock){ .kind = CLOCK_DEFICIENCY, .from = it->accepted,
                             .period = it->given.amount ? it->given : procedure->deficiency.time,
                             .due = due_given(it->term), .met = DATE_NONE, .legal = &procedure->deficiency.legal });
}

static void add_decision(Arena *arena, ClockList *clocks, const Case *it, const Service *service, const Limit *limit,
                         const Calendar *calendar)
{
    /* From acceptance, or from complete papers; while the applicant corrects, they are not complete.
     * LAW cn.licensing art.42(1), art.45, cn.visit-once art.28: what may follow later (art. 11(2)) is on no list of grounds, so the limit
     * runs while it is outstanding; a pack lets nothing follow later than the limit ends (lint). */
    Date from = limit->from_receipt || limit->on_the_spot ? it->complete : it->accepted;
    if (!date_is_set(from) || it->state == CASE_CORRECTION)
        return;
    const Stop *stops;
    size_t count = case_stops(arena, it, &stops);
    /* Where no term for handing over follows, the limit is for the result in hand. LAW cn.licensing art.56: what only has to be
     * registered, on the spot. */
    const Term *delivery = &service->procedure->delivery;
    bool delivers = delivery->time.amount || delivery->on_the_spot;
    Clock clock = { .kind = CLOCK_STATUTORY, .from = from, .extension = it->extension,
                    .met = met_or_ended(delivers ? it->decided : it->issued, it), .legal = legal_of(&limit->legal, &service->legal) };
    if (limit->statutory.amount || (limit->on_the_spot && !limit->illustrative)) {
        clock.period = limit->statutory;
        clock.due = due_extended(calendar, from, limit->statutory, it->extension, stops, count);
        add(clocks, clock);
    }
    if (limit->promised.amount || (limit->on_the_spot && limit->illustrative)) {
        clock.kind = CLOCK_PROMISED;
        clock.period = limit->promised;
        clock.due = due_extended(calendar, from, limit->promised, it->extension, stops, count);
        add(clocks, clock);
    }
}

static void add_after_decision(ClockList *clocks, const Case *it, const Service *service, const Limit *limit,
                               const Calendar *calendar)
{
    bool granted = it->state == CASE_GRANTED || it->state == CASE_ISSUED;
    if (!granted)
        return;
    const Term *delivery = &service->procedure->delivery;
    if (delivery->time.amount || delivery->on_the_spot)
        add(clocks, (Clock){ .kind = CLOCK_DELIVERY, .from = it->decided, .period = delivery->time,
                             .due = due_plain(calendar, it->decided, delivery->time, NULL, 0), .met = it->issued,
                             .legal = &delivery->legal });
    if (limit && limit->follow_up.amount) {
        bool inspected = date_is_set(it->inspected) && date_compare(it->inspected, it->decided) >= 0;
        add(clocks, (Clock){ .kind = CLOCK_FOLLOW_UP, .from = it->decided, .period = limit->follow_up,
                             .due = calendar_due(calendar, it->decided, limit->follow_up, NULL, 0),
                             .met = inspected ? it->inspected : DATE_NONE, .legal = &limit->legal });
    }
}

/* LAW cn.licensing art.45: the applicant is told how long the special step takes; that day is the authority's to keep. */
static void add_suspension(ClockList *clocks, const Case *it, const Service *service)
{
    static const Legals NO_LAW = { 0 };
    const Halt *halt = it->halts.count ? &it->halts.at[it->halts.count - 1] : NULL;
    if (it->state != CASE_SUSPENDED || !date_is_set(halt->until))
        return;
    const Ground *ground = service_ground(service, halt->ground);
    add(clocks, (Clock){ .kind = CLOCK_SUSPENSION, .from = halt->stop.from, .due = due_given(halt->until), .met = DATE_NONE,
                         .legal = ground ? &ground->legal : &NO_LAW });
}

ClockList case_clocks(Arena *arena, const Case *it, const Service *service, const Limit *limit, const Calendar *calendar)
{
    ClockList clocks = { 0 };
    add_intake(&clocks, it, service, calendar);
    add_applicant_terms(&clocks, it, service);
    if (limit)
        add_decision(arena, &clocks, it, service, limit, calendar);
    add_suspension(&clocks, it, service);
    add_after_decision(&clocks, it, service, limit, calendar);
    return clocks;
}

static bool is_applicants(ClockKind kind)
{
    return kind == CLOCK_CORRECTION || kind == CLOCK_DEFICIENCY;
}

const Clock *clocks_first(const ClockList *clocks, bool applicant)
{
    const Clock *first = NULL;
    for (size_t i = 0; i < clocks->count; i++) {
        const Clock *clock = &clocks->at[i];
        if (!clock->running || !date_is_set(clock->due.date) || is_applicants(clock->kind) != applicant)
            continue;
        if (!first || date_compare(clock->due.date, first->due.date) < 0)
            first = clock;
    }
    return first;
}

Light clock_light(const Clock *clock, const Calendar *calendar, Date today)
{
    if (!clock->running || !date_is_set(clock->due.date))
        return LIGHT_NONE;
    if (date_compare(today, clock->due.date) > 0)
        return LIGHT_RED;
    int32_t whole = calendar_working_days(calendar, clock->from, clock->due.date);
    int32_t left = calendar_working_days(calendar, today, clock->due.date);
    return left <= 1 || left * 5 <= whole ? LIGHT_YELLOW : LIGHT_GREEN;
}

NextTurn case_next(const ClockList *clocks, const Case *it, const Procedure *procedure)
{
    static const struct {
        CaseState state;
        ClockKind clock;
        EntryKind kind;
    } TURNS[] = {
        { CASE_RECEIVED, CLOCK_INTAKE, ENTRY_SILENCE },
        { CASE_CORRECTION, CLOCK_CORRECTION, ENTRY_LAPSE },
        { CASE_DEFICIENT, CLOCK_DEFICIENCY, ENTRY_REVOKE },
    };
    for (size_t t = 0; t < COUNT_OF(TURNS); t++)
        for (size_t i = 0; i < clocks->count; i++)
            if (it->state == TURNS[t].state && clocks->at[i].kind == TURNS[t].clock && clocks->at[i].running &&
                date_is_set(clocks->at[i].due.date) && (TURNS[t].kind != ENTRY_SILENCE || procedure->silence_accepts))
                return (NextTurn){ TURNS[t].kind, clocks->at[i].due.date };
    return (NextTurn){ ENTRY_NONE, DATE_NONE };
}

const Limit *case_limit(Arena *arena, const Service *service, const Scope *facts)
{
    for (size_t i = 0; i < service->time.count; i++) {
        const Limit *limit = &service->time.at[i];
        if (!limit->when.parsed)
            return limit;
        Value holds = rule_evaluate(arena, limit->when.parsed, facts);
        if (value_is_true(holds))
            return limit;
        if (value_is_unknown(holds))
            return NULL;
    }
    return NULL;
}
