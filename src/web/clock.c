/* Why a legal date is what it is, told from the clock alone: nothing here computes a date, it only names what the calendar counted
 * and left out. */
#include "web/clock.h"

#include "web/words.h"

static const struct {
    const char *label;
    const char *effect;                            /* what follows when it is over */
} CLOCKS[CLOCK_KIND_COUNT] = {
    [CLOCK_INTAKE] = { N_("Check of the papers"), N_("After that the case is late, and the supervisor sees it.") },
    [CLOCK_CORRECTION] = { N_("Corrections"),
                           N_("Without corrections by then, this part of the application counts as withdrawn.") },
    [CLOCK_DEFICIENCY] = { N_("What may follow"),
                           N_("If it does not come by then, the acceptance is revoked.") },
    [CLOCK_STATUTORY] = { N_("Decision, by law"), N_("After that the case is late, and the supervisor sees it.") },
    [CLOCK_PROMISED] = { N_("Decision, as promised"), "" },
    [CLOCK_DELIVERY] = { N_("Result handed over"), "" },
    [CLOCK_FOLLOW_UP] = { N_("Inspection afterwards"), "" },
    [CLOCK_BUNDLE] = { N_("Decisions of all authorities together"), N_("After that the application is late, and the supervisor sees it.") },
    [CLOCK_EXPIRY] = { N_("Decision before it ends"), "" },
    [CLOCK_MENDING] = { N_("Mending what was found"), N_("If it is not mended by then, what was issued may be taken back.") },
    [CLOCK_SUSPENSION] = { N_("End of the special step"), N_("Until it is over, the limit to decide stands still.") },
};

static Str effect_of(Request *request, const Clock *clock)
{
    if (clock->turn == ENTRY_SILENCE)
        return page_tr(request, N_("If the authority says nothing by then, the application counts as accepted from the day it was complete."));
    if (clock->turn == ENTRY_DEEM)
        return page_tr(request, N_("If nothing is decided by then, it counts as granted."));
    if (clock->turn == ENTRY_RETURN)
        return page_tr(request, N_("Without corrections by then, the authority may leave the application untreated."));
    return CLOCKS[clock->kind].effect[0] ? page_tr(request, CLOCKS[clock->kind].effect) : STR_NONE;
}

Str clock_label(Request *request, ClockKind kind)
{
    return page_tr(request, CLOCKS[kind].label);
}

static Str turn_words(Request *request, const NextTurn *next)
{
    static const char *const EFFECTS[ENTRY_KIND_COUNT] = {
        [ENTRY_SILENCE] = N_("it counts as accepted"),
        [ENTRY_LAPSE] = N_("it counts as withdrawn"),
        [ENTRY_REVOKE] = N_("the acceptance is revoked"),
        [ENTRY_DEEM] = N_("it counts as granted"),
        [ENTRY_RETURN] = N_("the authority may leave it untreated"),
    };
    if (next->kind != ENTRY_LIGHT)
        return page_tr(request, EFFECTS[next->kind]);
    return text_in(request->arena, words_language(request), next->light == LIGHT_YELLOW ? N_("yellow light, %1") : N_("red light, %1"),
                   clock_label(request, next->clock));
}

Str clock_next_words(Request *request, const CaseView *one, bool with_lights)
{
    const NextTurn next = with_lights ? one->next : case_next_effect(&one->clocks, &one->it);
    const Language language = words_language(request);
    if (next.kind == ENTRY_NONE)
        return STR_NONE;
    const Str law = next.legal ? words_laws(request, next.legal) : STR_NONE;
    const Str words = text_in(request->arena, language, "Next by itself, on %1: %2.", words_date(request, date_add(next.last, 1)),
                              turn_words(request, &next));
    return law.len ? text_in(request->arena, language, "%1 Law: %2", words, law) : words;
}

static Str state_words(Request *request, const Clock *clock)
{
    const Language language = words_language(request);
    const Str label = page_tr(request, CLOCKS[clock->kind].label);
    const Str due = words_date(request, clock->due.date);
    if (!clock->running)
        return due.len ? text_in(request->arena, language, "%1: ended on %2, was due %3", label, words_date(request, clock->met), due)
                       : text_in(request->arena, language, "%1: ended on %2", label, words_date(request, clock->met));
    return due.len ? text_in(request->arena, language, "%1: due %2", label, due)
                   : text_in(request->arena, language, "%1: the clock stands still", label);
}

static Str rule_words(Request *request, const Clock *clock)
{
    const Language language = words_language(request);
    if (clock->kind == CLOCK_SUSPENSION)
        return page_tr(request, N_("The authority told this day when it suspended the case."));
    if (clock->kind == CLOCK_EXPIRY)
        return page_tr(request, N_("On this day ends what is to be renewed."));
    Str rule = clock->period.amount ? text_in(request->arena, language, "The limit is %1.", words_period(request, clock->period))
                                    : page_tr(request, N_("It is done on the spot: the same day, or the next working day."));
    if (!clock->extension.amount)
        return rule;
    return text_in(request->arena, language, "%1 It was extended by %2.", rule, words_period(request, clock->extension));
}

const Ground *clock_ground(const Service *service, Str id)
{
    return service_ground(service, id);
}

static Str span_words(Request *request, Date from, Date to)
{
    if (date_compare(from, to) == 0)
        return words_date(request, from);
    return text_in(request->arena, words_language(request), "%1 to %2", words_date(request, from), words_date(request, to));
}

static void tell_stops(Request *request, ClockView *view, const CaseView *one)
{
    for (size_t i = 0; i < one->it.halts.count; i++) {
        const Halt *halt = &one->it.halts.at[i];
        const Ground *ground = one->service ? clock_ground(one->service, halt->ground) : NULL;
        Str days = date_is_set(halt->stop.to)
                       ? span_words(request, halt->stop.from, halt->stop.to)
                       : text_in(request->arena, words_language(request), "since %1", words_date(request, halt->stop.from));
        Str why = ground ? page_texts(request, ground->name) : page_tr(request, N_("legal ground"));
        Str law = ground ? words_laws(request, &ground->legal) : STR_NONE;
        Str line = text_in(request->arena, words_language(request), "%1: %2", days, why);
        list_push(request->arena, &view->stops,
                  law.len ? text_in(request->arena, words_language(request), "%1 (%2)", line, law) : line);
    }
}

/* What did not count and what moved the end; what stood still is told beside it, with its ground. */
static Strs left_out(Request *request, const Calendar *calendar, const Clock *clock, const CaseView *one)
{
    const Skips all = clock_why(request->arena, &one->it, one->limit, clock, calendar);
    Skips told = { 0 };
    for (size_t i = 0; i < all.count; i++)
        if (all.at[i].kind != SKIP_STOP && all.at[i].kind != SKIP_END_STOP)
            list_push(request->arena, &told, all.at[i]);
    return words_skips(request, &told);
}

static Str note_of(Request *request, const CaseView *one, ClockKind kind)
{
    const Procedure *procedure = one->service->procedure;
    switch (kind) {
    case CLOCK_INTAKE:
        return page_texts(request, procedure->intake.note);
    case CLOCK_CORRECTION:
        return page_texts(request, procedure->correction.note);
    case CLOCK_DEFICIENCY:
        return page_texts(request, procedure->deficiency.note);
    case CLOCK_STATUTORY:
    case CLOCK_PROMISED:
        return one->limit ? page_texts(request, one->limit->note) : STR_NONE;
    case CLOCK_DELIVERY:
        return page_texts(request, procedure->delivery.note);
    case CLOCK_BUNDLE:
        return one->bundle && one->bundle->term ? page_texts(request, one->bundle->term->note) : STR_NONE;
    case CLOCK_MENDING:
        return page_texts(request, procedure->mending.note);
    case CLOCK_FOLLOW_UP:
    case CLOCK_SUSPENSION:
    case CLOCK_EXPIRY:
    case CLOCK_KIND_COUNT:
        break;
    }
    return STR_NONE;
}

static bool stops_hold(ClockKind kind)
{
    return kind == CLOCK_STATUTORY || kind == CLOCK_PROMISED || kind == CLOCK_BUNDLE;
}

ClockView clock_view(Request *request, const ApplicationView *view, const CaseView *one, const Clock *clock)
{
    const Calendar *calendar = &view->pack->calendar;
    ClockView made = { .kind = clock->kind,
                       .running = clock->running,
                       .applicants = clock->kind == CLOCK_CORRECTION || clock->kind == CLOCK_DEFICIENCY || clock->kind == CLOCK_MENDING,
                       .provisional = clock->running && clock->due.provisional,
                       .light = clock_light(clock, calendar, view->today),
                       .words = state_words(request, clock),
                       .rule = rule_words(request, clock),
                       .note = note_of(request, one, clock->kind),
                       .effect = clock->running ? effect_of(request, clock) : STR_NONE,
                       .law = words_laws(request, clock->legal) };
    /* Of these the last day alone is known. */
    const Period period = clock->kind == CLOCK_SUSPENSION || clock->kind == CLOCK_EXPIRY ? (Period){ 1, UNIT_WORKING_DAY } : clock->period;
    made.start = words_start(request, clock->from, period);
    if (date_is_set(clock->due.date))
        made.left_out = left_out(request, calendar, clock, one);
    if (stops_hold(clock->kind))
        tell_stops(request, &made, one);
    return made;
}

ClockViews clock_views(Request *request, const ApplicationView *view, const CaseView *one)
{
    ClockViews views = { 0 };
    for (int running = 1; running >= 0; running--)
        for (size_t i = 0; i < one->clocks.count; i++)
            if (one->clocks.at[i].running == (running == 1))
                list_push(request->arena, &views, clock_view(request, view, one, &one->clocks.at[i]));
    return views;
}

Str clock_due_words(Request *request, Date due, Date today)
{
    const Language language = words_language(request);
    Str date = words_date(request, due);
    int32_t days = due.day - today.day;
    if (days < 0)
        return text_in(request->arena, language, "Late, was due %1", date);
    if (days == 0)
        return text_in(request->arena, language, "Due today, %1", date);
    if (days == 1)
        return text_in(request->arena, language, "Due tomorrow, %1", date);
    return text_in(request->arena, language, "Due %1", date);
}
