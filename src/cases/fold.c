/* The fold: a journal, entry by entry, into what it says of the case. Nothing else decides a state.
 * What an entry changes besides the state is one `switch`; which entries are permitted is the table in steps.c alone. */
#include "cases/cases.h"

Case case_begin(void)
{
    const Date none = DATE_NONE;
    return (Case){ .state = CASE_NONE,
                   .latest = none,
                   .received = none,
                   .complete = none,
                   .accepted = none,
                   .asked = none,
                   .term = none,
                   .followed = none,
                   .inspected = none,
                   .decided = none,
                   .in_force = none,
                   .issued = none,
                   .expires = none,
                   .ordered = none,
                   .mend = none,
                   .defaulted = none,
                   .ended = none };
}

static Strs words_of(Arena *arena, Str what)
{
    Strs words = { 0 };
    Str word;
    while (str_cut(&what, ' ', &word))
        if (word.len)
            list_push(arena, &words, str_copy(arena, word));
    return words;
}

static void close_halt(Case *it, Date on)
{
    must(it->halts.count > 0);
    it->halts.at[it->halts.count - 1].stop.to = on;
}

/* LAW nl.awb art.4:15(1): until the day on which it was answered, or the last of a term that ended unused. */
static void close_correction(Case *it, Date last)
{
    must(it->corrections.count > 0);
    it->corrections.at[it->corrections.count - 1].to = last;
}

/* "red statutory": a word that is none of ours changes nothing. */
static void take_light(Case *it, const Entry *entry)
{
    Str rest = entry->what, color = STR_NONE;
    (void)str_cut(&rest, ' ', &color);
    for (int kind = 0; kind < CLOCK_KIND_COUNT; kind++)
        if (str_equal(rest, clock_kind_word((ClockKind)kind)))
            it->lit[kind] = (Lit){ str_equal(color, S("red")) ? LIGHT_RED : LIGHT_YELLOW, entry->until };
}

/* What the entry does besides moving the state. */
static void take_effect(Arena *arena, Case *it, const Entry *entry)
{
    switch (entry->kind) {
    case ENTRY_WAIT:
        it->waits_for = words_of(arena, entry->what);
        break;
    case ENTRY_RECEIVE:
        it->received = it->complete = entry->on;
        it->expires = entry->until;
        it->waits_for = (Strs){ 0 };
        break;
    case ENTRY_ASK:
        it->notices++;
        it->asked = entry->on;
        it->term = entry->until;
        list_push(arena, &it->corrections, (Stop){ date_add(entry->on, 1), DATE_NONE });
        break;
    case ENTRY_SUPPLY:
        /* LAW cn.licensing art.32(1)(5): with all corrections supplied the authority must accept: its intake term begins anew. */
        it->complete = entry->on;
        it->term = DATE_NONE;
        close_correction(it, date_add(entry->on, -1));
        break;
    case ENTRY_RETURN:
        /* LAW nl.awb art.4:5(4): within so long after the term that ended unused it must be left untreated. */
        it->complete = it->term;
        close_correction(it, it->term);
        it->term = DATE_NONE;
        break;
    case ENTRY_ACCEPT:
        it->accepted = entry->on;
        break;
    case ENTRY_SILENCE:
        /* LAW cn.licensing art.32(1)(4): not told in time, accepted as of the day of receipt. */
        it->accepted = it->complete;
        it->by_silence = true;
        break;
    case ENTRY_ACCEPT_DEFICIENT:
        it->accepted = entry->on;
        it->term = entry->until;
        it->given = entry->period;
        it->missing = words_of(arena, entry->what);
        break;
    case ENTRY_CURE:
        it->term = DATE_NONE;
        it->missing = (Strs){ 0 };
        it->followed = entry->on;
        break;
    case ENTRY_SUSPEND:
        list_push(arena, &it->halts, (Halt){ str_copy(arena, entry->what), entry->until, { entry->on, DATE_NONE } });
        break;
    case ENTRY_RESUME:
        close_halt(it, entry->on);
        break;
    case ENTRY_EXTEND:
        it->extension = entry->period;
        break;
    case ENTRY_INSPECT:
        it->inspected = entry->on;
        it->passed = str_equal(entry->what, S("passed"));
        it->looked_again |= date_is_set(it->ordered);
        break;
    case ENTRY_GRANT:
    case ENTRY_REFUSE:
        it->decided = it->in_force = entry->on;
        /* LAW cn.visit-once art.14(2): the check afterwards is one after the decision, not of the same morning before it. */
        it->inspected = DATE_NONE;
        break;
    case ENTRY_DEEM:
        it->decided = entry->on;
        it->in_force = date_is_set(entry->until) ? entry->until : entry->on;
        it->deemed = true;
        it->inspected = DATE_NONE;
        it->term = DATE_NONE;
        if (!date_is_set(it->accepted))
            it->accepted = it->complete;
        if (it->state == CASE_SUSPENDED)
            close_halt(it, entry->on);
        break;
    case ENTRY_ISSUE:
        it->issued = entry->on;
        break;
    case ENTRY_ORDER:
        it->ordered = entry->on;
        it->mend = entry->until;
        break;
    case ENTRY_CANCEL:
        it->ended = entry->on;
        break;
    case ENTRY_DEFAULT:
        it->defaulted = entry->on;
        break;
    case ENTRY_EXTEND_BUNDLE:
        it->bundle_extension = entry->period;
        break;
    case ENTRY_LIGHT:
        take_light(it, entry);
        break;
    case ENTRY_WITHDRAW:
    case ENTRY_LAPSE:
    case ENTRY_REVOKE:
        it->term = DATE_NONE;
        if (it->state == CASE_SUSPENDED)
            close_halt(it, entry->on);
        if (it->state == CASE_CORRECTION)
            close_correction(it, entry->on);
        break;
    case ENTRY_RATE:
        it->rating = entry->what.len == 1 ? entry->what.data[0] - '0' : 0;
        break;
    case ENTRY_DECLINE:
    case ENTRY_END:
    case ENTRY_SEND:
    case ENTRY_SUPPLEMENT:
    case ENTRY_NONE:
    case ENTRY_KIND_COUNT:
        break;
    }
}

/* A day of a year from 1 to 9999: nothing else is ever written, and no clock could count with it. */
static bool is_day(Date date)
{
    return date_is_set(date) && date_compare(date, date_of(1, 1, 1)) > 0 && date_compare(date, date_of(9999, 12, 31)) < 0;
}

bool case_apply(Arena *arena, Case *it, const Entry *entry)
{
    const Step *step = case_permits(it, entry->kind, entry->role);
    if (!step || entry->n != it->entries + 1 || !is_day(entry->on) || (date_is_set(entry->until) && !is_day(entry->until)))
        return false;
    Case next = *it;
    take_effect(arena, &next, entry);
    if (case_state_is_final(step->to) && !case_state_is_final(next.state))
        next.ended = entry->on;
    next.state = step->to;
    next.entries = entry->n;
    next.latest = entry->on;
    if (entry->kind != ENTRY_LIGHT)
        next.acted = entry->n;
    /* An entry that a damaged disk gave back may be permitted and yet make no sense. */
    if (!case_is_sane(&next))
        return false;
    *it = next;
    return true;
}

bool case_is_sane(const Case *it)
{
    bool open_halt = it->halts.count && !date_is_set(it->halts.at[it->halts.count - 1].stop.to);
    bool has_term = it->state == CASE_CORRECTION || it->state == CASE_DEFICIENT;
    return (it->state == CASE_NONE) == (it->entries == 0) &&
           (it->state == CASE_SUSPENDED) == open_halt &&
           has_term == date_is_set(it->term) &&
           /* What was accepted had been received, what was decided had been accepted, what was issued had been decided. */
           (!date_is_set(it->accepted) || date_is_set(it->received)) &&
           (!date_is_set(it->decided) || date_is_set(it->accepted)) &&
           (!date_is_set(it->issued) || date_is_set(it->decided)) &&
           case_state_is_final(it->state) == date_is_set(it->ended) &&
           it->acted <= it->entries && date_is_set(it->in_force) == date_is_set(it->decided) &&
           (it->state == CASE_CORRECTION) == (it->corrections.count && !date_is_set(it->corrections.at[it->corrections.count - 1].to)) &&
           date_is_set(it->ordered) == date_is_set(it->mend) &&
           /* LAW cn.visit-once art.14(2): what is taken back had been ordered to be mended. */
           (it->state != CASE_CANCELLED || date_is_set(it->ordered)) &&
           it->rating >= 0 && it->rating <= 5;
}
