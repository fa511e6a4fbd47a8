/* The state of a case in words, and where it lies in time. A state is never shown bare: each has a name for the reader, a shape, and
 * a sentence that says what happens next and whose turn it is. */
#include "web/application.h"

#include "web/words.h"

static const struct {
    const char *applicant, *officer;
    LaneState look;
} STATES[CASE_STATE_COUNT] = {
    [CASE_NONE] = { "", "", LANE_PLANNED },
    [CASE_WAITING] = { N_("Not begun"), N_("Waits for another authority"), LANE_PLANNED },
    [CASE_RECEIVED] = { N_("Papers being checked"), N_("Received"), LANE_RUNNING },
    [CASE_CORRECTION] = { N_("Waits for you"), N_("Waits for corrections"), LANE_WAITING },
    [CASE_ACCEPTED] = { N_("Being decided"), N_("Accepted"), LANE_RUNNING },
    [CASE_DEFICIENT] = { N_("Being decided, papers must follow"), N_("Accepted, papers must follow"), LANE_RUNNING },
    [CASE_SUSPENDED] = { N_("Standing still"), N_("Suspended"), LANE_STOPPED },
    [CASE_GRANTED] = { N_("Granted, the result is being made"), N_("Granted"), LANE_RUNNING },
    [CASE_ISSUED] = { N_("Done"), N_("Issued"), LANE_DONE },
    [CASE_REFUSED] = { N_("Refused"), N_("Refused"), LANE_ENDED },
    [CASE_DECLINED] = { N_("Not accepted"), N_("Not accepted"), LANE_ENDED },
    [CASE_WITHDRAWN] = { N_("Withdrawn"), N_("Withdrawn"), LANE_ENDED },
    [CASE_LAPSED] = { N_("Counts as withdrawn"), N_("Lapsed"), LANE_ENDED },
    [CASE_REVOKED] = { N_("Acceptance revoked"), N_("Acceptance revoked"), LANE_ENDED },
    [CASE_ENDED] = { N_("Ended"), N_("Ended"), LANE_ENDED },
    [CASE_CANCELLED] = { N_("Taken back"), N_("Taken back"), LANE_ENDED },
};

Str state_words(Request *request, CaseState state, Reader reader)
{
    return page_tr(request, reader == READER_APPLICANT ? STATES[state].applicant : STATES[state].officer);
}

LaneState state_look(const CaseView *one, Date today)
{
    const Clock *first = clocks_first(&one->clocks, false);
    const bool late = first && date_compare(today, first->due.date) > 0 && !case_state_is_final(one->it.state);
    return late ? LANE_LATE : STATES[one->it.state].look;
}

void html_state(Html *out, LaneState look, Str words)
{
    switch (look) {
    case LANE_DONE:
        html_state_done(out, words);
        return;
    case LANE_RUNNING:
        html_state_running(out, words);
        return;
    case LANE_WAITING:
        html_state_soon(out, words);
        return;
    case LANE_LATE:
        html_state_late(out, words);
        return;
    case LANE_PLANNED:
    case LANE_STOPPED:
    case LANE_ENDED:
        break;
    }
    html_state_waiting(out, words);
}

/* ---- sentences --------------------------------------------------------------------------------------------------------- */

const CaseView *state_giver(const ApplicationView *view, Str evidence_type)
{
    for (size_t i = 0; i < view->cases.count; i++)
        if (view->cases.at[i].service && str_equal(view->cases.at[i].service->gives->id, evidence_type))
            return &view->cases.at[i];
    return NULL;
}

Str state_waits_for(Request *request, const ApplicationView *view, const CaseView *one)
{
    Strs names = { 0 };
    for (size_t i = 0; i < one->it.waits_for.count; i++) {
        const Str id = one->it.waits_for.at[i];
        const CaseView *giver = state_giver(view, id);
        const EvidenceType *type = pack_evidence(view->pack, id);
        const Str name = type ? page_texts(request, type->name) : page_tr(request, N_("A document"));
        const Date due = giver ? state_expected(view, giver) : DATE_NONE;
        const Str from = giver ? page_texts(request, giver->service->authority->name) : STR_NONE;
        if (!giver || case_state_is_final(giver->it.state))
            list_push(request->arena, &names, name);
        else if (date_is_set(due))
            list_push(request->arena, &names, text_in(request->arena, words_language(request), "%1 (%2, expected by %3)", name, from,
                                                      words_date(request, due)));
        else
            list_push(request->arena, &names, text_in(request->arena, words_language(request), "%1 (%2)", name, from));
    }
    return words_join(request, &names, JOINT_AND);
}

static Str missing_words(Request *request, const ApplicationView *view, const CaseView *one)
{
    Strs names = { 0 };
    for (size_t i = 0; i < one->it.missing.count; i++)
        list_push(request->arena, &names, timeline_slot(request, view, one->it.missing.at[i]));
    return words_join(request, &names, JOINT_AND);
}

static Str suspension_sentence(Request *request, const CaseView *one)
{
    const Halt *halt = &one->it.halts.at[one->it.halts.count - 1];
    const Ground *ground = clock_ground(one->service, halt->ground);
    const Str sentence = text_in(request->arena, words_language(request), "The clock stands still since %1. Legal ground: %2.",
                                 words_date(request, halt->stop.from),
                                 ground ? page_texts(request, ground->name) : page_tr(request, N_("legal ground")));
    return date_is_set(halt->until) ? text_in(request->arena, words_language(request), "%1 It should be over by %2.", sentence,
                                              words_date(request, halt->until))
                                    : sentence;
}

static Str dated(Request *request, const char *english, Date date)
{
    return text_in(request->arena, words_language(request), english, words_date(request, date));
}

Str state_sentence(Request *request, const ApplicationView *view, const CaseView *one)
{
    const Language language = words_language(request);
    const Case *it = &one->it;
    switch (it->state) {
    case CASE_WAITING:
        return text_in(request->arena, language, "It begins by itself when this is there: %1.", state_waits_for(request, view, one));
    case CASE_RECEIVED:
        return page_tr(request, N_("The authority checks whether everything is there."));
    case CASE_CORRECTION:
        return dated(request, N_("The authority needs corrections from you by %1. After that this part counts as withdrawn."), it->term);
    case CASE_ACCEPTED:
        return it->by_silence ? dated(request, N_("The authority said nothing in time. It counts as accepted since %1."), it->accepted)
                              : dated(request, N_("Accepted on %1. The authority decides now."), it->accepted);
    case CASE_DEFICIENT:
        return text_in(request->arena, language, "Bring this by %1: %2. If it does not come, the acceptance is revoked.",
                       words_date(request, it->term), missing_words(request, view, one));
    case CASE_SUSPENDED:
        return suspension_sentence(request, one);
    case CASE_GRANTED:
        return it->deemed ? dated(request, N_("Nothing was decided in time. It counts as granted and is in force from %1."), it->in_force)
                          : dated(request, N_("Decided in your favour on %1."), it->decided);
    case CASE_ISSUED:
        return date_is_set(it->ordered) && !(it->looked_again && it->passed)
                   ? text_in(request->arena, language, "Issued on %1. The inspection found something that you must mend by %2.",
                             words_date(request, it->issued), words_date(request, it->mend))
                   : dated(request, N_("Issued on %1."), it->issued);
    case CASE_CANCELLED:
        return dated(request, N_("What you promised was not kept, so it was taken back on %1, for these reasons:"), it->ended);
    case CASE_REFUSED:
        return dated(request, N_("Refused on %1, for these reasons:"), it->decided);
    case CASE_DECLINED:
        return dated(request, N_("Not accepted on %1, for these reasons:"), it->ended);
    case CASE_WITHDRAWN:
        return dated(request, N_("You withdrew it on %1. You can apply again at any time."), it->ended);
    case CASE_LAPSED:
        return dated(request, N_("No corrections came in time, so it counts as withdrawn since %1. You can apply again."), it->ended);
    case CASE_REVOKED:
        return dated(request, date_is_set(it->followed)
                                  ? N_("The acceptance was revoked on %1, for these reasons:")
                                  : N_("What was to follow did not come, so the acceptance was revoked on %1. You can apply again."), it->ended);
    case CASE_ENDED:
        return dated(request, N_("What it waited for will not come, so it ended on %1."), it->ended);
    case CASE_NONE:
    case CASE_STATE_COUNT:
        break;
    }
    return STR_NONE;
}

/* ---- time ---------------------------------------------------------------------------------------------------------------- */

static Date later(Date a, Date b)
{
    return !date_is_set(a) || (date_is_set(b) && date_compare(b, a) > 0) ? b : a;
}

static const Clock *running(const CaseView *one, ClockKind kind)
{
    for (size_t i = 0; i < one->clocks.count; i++)
        if (one->clocks.at[i].kind == kind && one->clocks.at[i].running)
            return &one->clocks.at[i];
    return NULL;
}

static Date after_limit(const ApplicationView *view, const CaseView *one, Date start)
{
    const Limit *limit = one->limit;
    const Period period = limit ? (limit->promised.amount ? limit->promised : limit->statutory) : (Period){ 0 };
    if (!date_is_set(start) || !period.amount)
        return start;
    return calendar_due(&view->pack->calendar, start, period, NULL, 0).date;
}

static bool is_provisional(const CaseView *one)
{
    const Clock *promise = running(one, CLOCK_PROMISED), *law = running(one, CLOCK_STATUTORY);
    return promise ? promise->due.provisional : law && law->due.provisional;
}

/* Is there a limit at all, so that a date can be promised? */
static bool has_limit(const CaseView *one)
{
    return one->it.state == CASE_GRANTED ||
           (one->limit && (one->limit->on_the_spot || one->limit->promised.amount || one->limit->statutory.amount));
}

static Date expected(const ApplicationView *view, const CaseView *one, int depth);

/* The day on which a waiting case is likely to begin: when the last of what it waits for is there. */
static Date begins(const ApplicationView *view, const CaseView *one, int depth)
{
    Date start = view->today;
    for (size_t i = 0; i < one->it.waits_for.count; i++) {
        const CaseView *giver = state_giver(view, one->it.waits_for.at[i]);
        if (!giver || depth == 0)
            continue;
        const Date end = expected(view, giver, depth - 1);
        if (!date_is_set(end))
            return DATE_NONE;
        start = later(start, end);
    }
    return start;
}

static Date expected(const ApplicationView *view, const CaseView *one, int depth)
{
    const Clock *promise = running(one, CLOCK_PROMISED), *law = running(one, CLOCK_STATUTORY), *delivery = running(one, CLOCK_DELIVERY);
    switch (one->it.state) {
    case CASE_WAITING:
        return after_limit(view, one, begins(view, one, depth));
    case CASE_RECEIVED:
        return promise ? promise->due.date : law ? law->due.date : after_limit(view, one, later(one->it.complete, view->today));
    case CASE_CORRECTION:
        return after_limit(view, one, one->it.term);
    case CASE_ACCEPTED:
    case CASE_DEFICIENT:
        return promise ? promise->due.date : law ? law->due.date : view->today;
    case CASE_GRANTED:
        return delivery ? delivery->due.date : promise ? promise->due.date : law ? law->due.date : view->today;
    case CASE_ISSUED:
        return one->it.issued;
    case CASE_REFUSED:
    case CASE_DECLINED:
    case CASE_WITHDRAWN:
    case CASE_LAPSED:
    case CASE_REVOKED:
    case CASE_ENDED:
    case CASE_CANCELLED:
        return one->it.ended;
    case CASE_SUSPENDED:
    case CASE_NONE:
    case CASE_STATE_COUNT:
        break;
    }
    return DATE_NONE;
}

Date state_expected(const ApplicationView *view, const CaseView *one)
{
    return has_limit(one) || case_state_is_final(one->it.state) ? expected(view, one, (int)view->cases.count) : DATE_NONE;
}

Due state_finish(const ApplicationView *view)
{
    Due finish = { .date = DATE_NONE };
    for (size_t i = 0; i < view->cases.count; i++) {
        const CaseView *one = &view->cases.at[i];
        if (!one->service || case_state_is_final(one->it.state))
            continue;
        if (one->it.state == CASE_SUSPENDED)
            return (Due){ .date = DATE_NONE };
        finish.date = later(finish.date, state_expected(view, one));
        finish.provisional |= is_provisional(one);
    }
    return date_is_set(finish.date) && date_compare(finish.date, view->today) < 0 ? (Due){ .date = DATE_NONE } : finish;
}

/* "In progress, expected by 3 March 2026". */
static Str lane_words(Request *request, const ApplicationView *view, const CaseView *one)
{
    const Date end = state_expected(view, one);
    const Str state = state_words(request, one->it.state, READER_APPLICANT);
    if (!date_is_set(end))
        return state;
    const Str date = words_date(request, end);
    if (case_state_is_final(one->it.state))
        return text_in(request->arena, words_language(request), "%1 on %2", state, date);
    if (date_compare(end, view->today) < 0)
        return text_in(request->arena, words_language(request), "%1, was due %2", state, date);
    return text_in(request->arena, words_language(request), "%1, expected by %2", state, date);
}

Lanes state_lanes(Request *request, const ApplicationView *view)
{
    Lanes lanes = { 0 };
    for (size_t i = 0; i < view->cases.count; i++) {
        const CaseView *one = &view->cases.at[i];
        if (!one->service)
            continue;
        const Date end = expected(view, one, (int)view->cases.count);
        Lane lane = { .name = page_texts(request, one->service->name), .state = state_look(one, view->today), .to = end,
                      .words = lane_words(request, view, one), .provisional = is_provisional(one) };
        lane.from = one->it.state == CASE_WAITING ? begins(view, one, (int)view->cases.count) : one->it.received;
        if (lane.state == LANE_LATE)
            lane.to = later(end, view->today);
        list_push(request->arena, &lanes, lane);
    }
    return lanes;
}
