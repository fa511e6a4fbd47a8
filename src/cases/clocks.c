/* The clocks of a case: each is computed anew from the journal's dates, the pack's periods and the calendar. Nothing is stored, so a
 * calendar that is published later, or a day that was wrong, changes every date that rests on it. */
#include "cases/cases.h"

size_t case_stops(Arena *arena, const Case *it, const Limit *limit, const Stop **stops)
{
    const size_t corrections = limit && limit->from_filing ? it->corrections.count : 0;
    Stop *list = arena_array(arena, Stop, it->halts.count + corrections);
    for (size_t i = 0; i < it->halts.count; i++)
        list[i] = it->halts.at[i].stop;
    /* LAW nl.awb art.4:15(1): from the day after the notice until the day of the answer. */
    for (size_t i = 0; i < corrections; i++)
        list[it->halts.count + i] = it->corrections.at[i];
    *stops = list;
    return it->halts.count + corrections;
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

/* What is due on the spot is extended from the day on which it was due. */
static Due due_extended(const Calendar *calendar, Date from, Period period, Period extension, const Stop *stops, size_t count)
{
    if (period.amount)
        return calendar_due_extended(calendar, from, period, extension, stops, count);
    Due due = calendar_same_day(calendar, from, stops, count);
    if (extension.amount && date_is_set(due.date)) {
        bool provisional = due.provisional;
        due = calendar_due(calendar, due.date, extension, stops, count);
        due.provisional |= provisional;
    }
    return due;
}

/* The first day of yellow: back from the due date, as long as no more working days follow than a fifth of all, or one. */
static Date first_yellow(const Clock *clock, const Calendar *calendar)
{
    const int32_t whole = calendar_working_days(calendar, clock->from, clock->due.date);
    const int32_t most = whole / 5 > 1 ? whole / 5 : 1;
    int32_t left = 0;
    for (Date day = clock->due.date; date_compare(day, clock->from) > 0; day = date_add(day, -1)) {
        left += calendar_day(calendar, day).working;
        if (left > most)
            return day;
    }
    return DATE_NONE;
}

static void add(ClockList *clocks, const Calendar *calendar, Clock clock)
{
    must(clocks->count < CLOCK_KIND_COUNT);
    clock.running = !date_is_set(clock.met);
    clock.yellow = clock.running && date_is_set(clock.due.date) ? first_yellow(&clock, calendar) : DATE_NONE;
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
    Clock clock = { .kind = CLOCK_INTAKE, .from = it->complete, .period = intake->time, .due = due, .met = met, .legal = &intake->legal };
    /* LAW cn.licensing art.32(1)(4): what is not told in time is accepted. */
    if (it->state == CASE_RECEIVED && service->procedure->silence_accepts) {
        clock.turn = ENTRY_SILENCE;
        clock.turn_legal = &intake->legal;
        clock.turn_until = DATE_NONE;
    }
    add(clocks, calendar, clock);
}

static void add_applicant_terms(ClockList *clocks, const Case *it, const Service *service, const Calendar *calendar)
{
    const Procedure *procedure = service->procedure;
    /* LAW cn.visit-once art.11(3), nl.awb art.4:5; cn.visit-once art.11(2) */
    if (it->state == CASE_CORRECTION)
        add(clocks, calendar,
            (Clock){ .kind = CLOCK_CORRECTION, .from = it->asked, .period = procedure->correction.time, .due = due_given(it->term),
                     .met = DATE_NONE, .legal = &procedure->correction.legal, .turn_legal = &procedure->correction.legal,
                     .turn = procedure->correction_returns ? ENTRY_RETURN : ENTRY_LAPSE, .turn_until = DATE_NONE });
    if (it->state == CASE_DEFICIENT)
        add(clocks, calendar,
            (Clock){ .kind = CLOCK_DEFICIENCY, .from = it->accepted, .period = it->given.amount ? it->given : procedure->deficiency.time,
                     .due = due_given(it->term), .met = DATE_NONE, .legal = &procedure->deficiency.legal, .turn = ENTRY_REVOKE,
                     .turn_legal = &procedure->deficiency.legal, .turn_until = DATE_NONE });
    if (date_is_set(it->ordered) && it->state == CASE_ISSUED)
        add(clocks, calendar,
            (Clock){ .kind = CLOCK_MENDING, .from = it->ordered, .period = procedure->mending.time, .due = due_given(it->mend),
                     .met = it->looked_again && it->passed ? it->inspected : DATE_NONE, .legal = &procedure->mending.legal });
}

/* From acceptance; from complete papers; or from receipt, standing still while the applicant corrects (LAW nl.awb art.4:13).
 * LAW cn.licensing art.42(1), art.45, cn.visit-once art.28: what may follow later (art. 11(2)) is on no list of grounds, so the limit
 * runs while it is outstanding; a pack lets nothing follow later than the limit ends (lint). */
static Date decision_start(const Case *it, const Limit *limit)
{
    if (limit->from_filing)
        return it->received;
    if (it->state == CASE_CORRECTION)
        return DATE_NONE;
    return limit->from_receipt || limit->on_the_spot ? it->complete : it->accepted;
}

/* LAW eu.services art.13(4), nl.awb art.4:20b: the law makes a grant of a limit that is over; while papers are outstanding it does not run
 * out. */
static void let_silence_grant(Clock *clock, const Case *it, const Limit *limit)
{
    if (!limit->silence.grants || !date_is_set(clock->due.date) || (it->state != CASE_RECEIVED && it->state != CASE_ACCEPTED))
        return;
    clock->turn = ENTRY_DEEM;
    clock->turn_legal = &limit->silence.legal;
    clock->turn_until = limit->silence.in_force.amount ? period_end(clock->due.date, limit->silence.in_force) : DATE_NONE;
}

static void add_decision(Arena *arena, ClockList *clocks, const Case *it, const Service *service, const Limit *limit,
                         const Calendar *calendar)
{
    const Date from = decision_start(it, limit);
    if (!date_is_set(from))
        return;
    const Stop *stops;
    size_t count = case_stops(arena, it, limit, &stops);
    /* Where no term for handing over follows, the limit is for the result in hand. LAW cn.licensing art.56: what only has to be
     * registered, on the spot. */
    const Term *delivery = &service->procedure->delivery;
    bool delivers = delivery->time.amount || delivery->on_the_spot;
    Clock clock = { .kind = CLOCK_STATUTORY, .from = from, .extension = it->extension,
                    .met = met_or_ended(delivers ? it->decided : it->issued, it), .legal = legal_of(&limit->legal, &service->legal) };
    const bool statutory = limit->statutory.amount || (limit->on_the_spot && !limit->illustrative);
    if (statutory) {
        clock.period = limit->statutory;
        clock.due = due_extended(calendar, from, limit->statutory, it->extension, stops, count);
        let_silence_grant(&clock, it, limit);
        add(clocks, calendar, clock);
    }
    if (limit->promised.amount || (limit->on_the_spot && limit->illustrative)) {
        clock.kind = CLOCK_PROMISED;
        clock.period = limit->promised;
        clock.due = due_extended(calendar, from, limit->promised, it->extension, stops, count);
        clock.turn = ENTRY_NONE;
        clock.turn_legal = NULL;
        if (!statutory)
            let_silence_grant(&clock, it, limit);
        add(clocks, calendar, clock);
    }
}

/* LAW cn.licensing art.42(2): one limit for all authorities together, from the first acceptance; special steps of the case count in
 * neither (art. 45). */
static void add_bundle(Arena *arena, ClockList *clocks, const Case *it, const Limit *limit, const Bundle *bundle, const Calendar *calendar)
{
    if (!bundle || !bundle->term || !bundle->term->time.amount || !date_is_set(bundle->from) || !date_is_set(it->received) ||
        it->state == CASE_CORRECTION)
        return;
    const Stop *stops;
    size_t count = case_stops(arena, it, limit, &stops);
    add(clocks, calendar,
        (Clock){ .kind = CLOCK_BUNDLE, .from = bundle->from, .period = bundle->term->time, .extension = bundle->extension,
                 .due = calendar_due_extended(calendar, bundle->from, bundle->term->time, bundle->extension, stops, count),
                 .met = met_or_ended(it->decided, it), .legal = &bundle->term->legal });
}

/* LAW cn.licensing art.50(2): decided before it ends, whatever the limit; not decided by then it counts as renewed, if it was asked for in
 * time, and by complete papers before it ended. */
static void add_expiry(ClockList *clocks, const Case *it, const Service *service, const Calendar *calendar)
{
    const Renewal *renewal = &service->renewal;
    if (!date_is_set(it->expires) || !renewal->ends || date_compare(it->expires, it->received) < 0)
        return;
    Clock clock = { .kind = CLOCK_EXPIRY, .from = it->received, .due = due_given(it->expires), .met = met_or_ended(it->decided, it),
                    .legal = &renewal->legal };
    const Date latest = calendar_before(calendar, it->expires, renewal->apply).date;
    const bool in_time = date_is_set(latest) && date_compare(it->received, latest) <= 0 && date_compare(it->complete, it->expires) <= 0;
    if (in_time && !date_is_set(it->decided) && it->state != CASE_CORRECTION) {
        clock.turn = ENTRY_DEEM;
        clock.turn_legal = &renewal->legal;
        clock.turn_until = DATE_NONE;
    }
    add(clocks, calendar, clock);
}

static void add_after_decision(ClockList *clocks, const Case *it, const Service *service, const Limit *limit,
                               const Calendar *calendar)
{
    bool granted = it->state == CASE_GRANTED || it->state == CASE_ISSUED;
    if (!granted)
        return;
    const Term *delivery = &service->procedure->delivery;
    if (delivery->time.amount || delivery->on_the_spot)
        add(clocks, calendar,
            (Clock){ .kind = CLOCK_DELIVERY, .from = it->decided, .period = delivery->time,
                     .due = due_plain(calendar, it->decided, delivery->time, NULL, 0), .met = it->issued, .legal = &delivery->legal });
    if (limit && limit->follow_up.amount) {
        bool inspected = date_is_set(it->inspected) && date_compare(it->inspected, it->decided) >= 0;
        add(clocks, calendar,
            (Clock){ .kind = CLOCK_FOLLOW_UP, .from = it->decided, .period = limit->follow_up,
                     .due = calendar_due(calendar, it->decided, limit->follow_up, NULL, 0),
                     .met = inspected ? it->inspected : DATE_NONE, .legal = &limit->legal });
    }
}

/* LAW cn.licensing art.45: the applicant is told how long the special step takes; that day is the authority's to keep. */
static void add_suspension(ClockList *clocks, const Case *it, const Service *service, const Calendar *calendar)
{
    static const Legals NO_LAW = { 0 };
    const Halt *halt = it->halts.count ? &it->halts.at[it->halts.count - 1] : NULL;
    if (it->state != CASE_SUSPENDED || !date_is_set(halt->until))
        return;
    const Ground *ground = service_ground(service, halt->ground);
    add(clocks, calendar,
        (Clock){ .kind = CLOCK_SUSPENSION, .from = halt->stop.from, .due = due_given(halt->until), .met = DATE_NONE,
                 .legal = ground ? &ground->legal : &NO_LAW });
}

ClockList case_clocks_in(Arena *arena, const Case *it, const Service *service, const Limit *limit, const Bundle *bundle,
                         const Calendar *calendar)
{
    ClockList clocks = { 0 };
    add_intake(&clocks, it, service, calendar);
    add_applicant_terms(&clocks, it, service, calendar);
    if (limit)
        add_decision(arena, &clocks, it, service, limit, calendar);
    add_expiry(&clocks, it, service, calendar);
    add_bundle(arena, &clocks, it, limit, bundle, calendar);
    add_suspension(&clocks, it, service, calendar);
    add_after_decision(&clocks, it, service, limit, calendar);
    return clocks;
}

ClockList case_clocks(Arena *arena, const Case *it, const Service *service, const Limit *limit, const Calendar *calendar)
{
    return case_clocks_in(arena, it, service, limit, NULL, calendar);
}

Bundle bundle_begin(const Event *event)
{
    const bool bound = event && event->bundle.time.amount;
    return (Bundle){ .term = bound ? &event->bundle : NULL,
                     .longer = bound && event->bundle_extension.time.amount ? &event->bundle_extension : NULL,
                     .from = DATE_NONE };
}

void bundle_add(Bundle *bundle, const Case *it)
{
    if (date_is_set(it->accepted) && (!date_is_set(bundle->from) || date_compare(it->accepted, bundle->from) < 0))
        bundle->from = it->accepted;
    if (it->bundle_extension.amount)
        bundle->extension = it->bundle_extension;
}

static bool is_stopped(ClockKind kind)
{
    return kind == CLOCK_STATUTORY || kind == CLOCK_PROMISED || kind == CLOCK_BUNDLE;
}

Skips clock_why(Arena *arena, const Case *it, const Limit *limit, const Clock *clock, const Calendar *calendar)
{
    const Stop *stops = NULL;
    const size_t count = is_stopped(clock->kind) ? case_stops(arena, it, limit, &stops) : 0;
    return calendar_why(arena, calendar, clock->from, clock->period, clock->extension, stops, count);
}

static bool is_applicants(ClockKind kind)
{
    return kind == CLOCK_CORRECTION || kind == CLOCK_DEFICIENCY || kind == CLOCK_MENDING;
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

static Date not_before(Date day, Date earliest)
{
    return date_is_set(earliest) && date_compare(day, earliest) < 0 ? earliest : day;
}

/* What the light of a clock does next: yellow, then red, each once for a due date. A clock that began later than its light, because it
 * counts from an earlier day, has it on the day on which it began. */
static NextTurn next_light(const Clock *clock, const Case *it)
{
    const Lit *lit = &it->lit[clock->kind];
    const Light noted = date_is_set(lit->due) && date_compare(lit->due, clock->due.date) == 0 ? lit->light : LIGHT_NONE;
    const Date turns_yellow = date_is_set(clock->yellow) ? not_before(clock->yellow, it->latest) : DATE_NONE;
    const bool yellow = noted < LIGHT_YELLOW && date_is_set(turns_yellow) && date_compare(turns_yellow, clock->due.date) <= 0;
    const Date day = yellow ? turns_yellow : not_before(date_add(clock->due.date, 1), it->latest);
    if (noted == LIGHT_RED || !case_step(it->state, ENTRY_LIGHT, ROLE_CLOCK))
        return (NextTurn){ .kind = ENTRY_NONE };
    return (NextTurn){ .kind = ENTRY_LIGHT, .last = date_add(day, -1), .clock = clock->kind,
                       .light = yellow ? LIGHT_YELLOW : LIGHT_RED, .until = clock->due.date, .legal = clock->legal };
}

/* The earlier one; of one day the light comes before what ends the clock. */
static void take_earlier(NextTurn *first, NextTurn other)
{
    if (other.kind != ENTRY_NONE && (first->kind == ENTRY_NONE || date_compare(other.last, first->last) < 0))
        *first = other;
}

NextTurn case_next(const ClockList *clocks, const Case *it)
{
    NextTurn first = { .kind = ENTRY_NONE, .last = DATE_NONE, .until = DATE_NONE };
    for (size_t i = 0; i < clocks->count; i++) {
        const Clock *clock = &clocks->at[i];
        if (clock->running && date_is_set(clock->due.date) && !is_applicants(clock->kind))
            take_earlier(&first, next_light(clock, it));
    }
    take_earlier(&first, case_next_effect(clocks, it));
    return first;
}

NextTurn case_next_effect(const ClockList *clocks, const Case *it)
{
    NextTurn first = { .kind = ENTRY_NONE, .last = DATE_NONE, .until = DATE_NONE };
    for (size_t i = 0; i < clocks->count; i++) {
        const Clock *clock = &clocks->at[i];
        if (clock->running && date_is_set(clock->due.date) && clock->turn != ENTRY_NONE)
            take_earlier(&first, (NextTurn){ .kind = clock->turn, .last = date_add(not_before(date_add(clock->due.date, 1), it->latest), -1), .clock = clock->kind, .until = clock->turn_until,
                                             .legal = clock->turn_legal });
    }
    return first;
}

Str turn_what(Arena *arena, const NextTurn *turn)
{
    if (turn->kind != ENTRY_LIGHT)
        return STR_NONE;
    return str_printf(arena, "%s %.*s", turn->light == LIGHT_RED ? "red" : "yellow", STR_ARGS(clock_kind_word(turn->clock)));
}

/* ---- the penalty for deciding late ------------------------------------------------------------------------------- */

/* LAW nl.awb art.4:17: the day on which the notice is received decides which amounts apply. */
const DelayPenalty *case_penalty_rule(const Procedure *procedure, Date notice)
{
    const DelayPenalty *found = NULL;
    for (size_t i = 0; i < procedure->penalties.count; i++) {
        const DelayPenalty *one = &procedure->penalties.at[i];
        if (date_compare(one->since, notice) <= 0 && (!found || date_compare(one->since, found->since) > 0))
            found = one;
    }
    return found;
}

/* Its days are plain days (art. 4:17(2)). A decision by silence ends it all (art. 4:20a). */
bool case_penalty(const Case *it, const Procedure *procedure, const Calendar *calendar, Date today, Penalty *penalty)
{
    const DelayPenalty *rule = date_is_set(it->defaulted) && !it->deemed ? case_penalty_rule(procedure, it->defaulted) : NULL;
    const Due notice = rule ? calendar_due(calendar, it->defaulted, rule->notice, NULL, 0) : (Due){ .date = DATE_NONE };
    const Date end = date_is_set(it->decided) ? it->decided : date_is_set(it->ended) ? it->ended : today;
    if (!date_is_set(notice.date) || date_compare(end, notice.date) <= 0)
        return false;
    int32_t left = end.day - notice.date.day;
    *penalty = (Penalty){ .first = date_add(notice.date, 1), .legal = &rule->legal };
    for (size_t i = 0; i < rule->rates.count; i++) {
        const int32_t days = left < rule->rates.at[i].days ? left : rule->rates.at[i].days;
        int64_t sum;
        if (!i64_mul(rule->rates.at[i].amount.cents, days, &sum) || !i64_add(penalty->amount.cents, sum, &penalty->amount.cents))
            return false;
        penalty->days += days;
        left -= days;
    }
    penalty->running = left == 0 && !date_is_set(it->decided) && !date_is_set(it->ended);
    return true;
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
