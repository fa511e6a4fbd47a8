/* The fold: a journal, entry by entry, into what it says of the case. Nothing else decides a state.
 * What an entry changes besides the state is one `switch`; which entries are permitted is the table in steps.c alone. */
#include "cases/cases.h"

Case case_begin(void)
{
    const Date none = DATE_NONE;
    return (Case){ .state = CASE_NONE,
                   .received = none,
                   .complete = none,
                   .accepted = none,
                   .asked = none,
                   .term = none,
                   .followed = none,
                   .inspected = none,
                   .decided = none,
                   .issued = none,
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

/* What the entry does besides moving the state. */
static void take_effect(Arena *arena, Case *it, const Entry *entry)
{
    switch (entry->kind) {
    case ENTRY_WAIT:
        it->waits_for = words_of(arena, entry->what);
        break;
    case ENTRY_RECEIVE:
        it->received = it->complete = entry->on;
        it->waits_for = (Strs){ 0 };
        break;
    case ENTRY_ASK:
        it->notices++;
        it->asked = entry->on;
        it->term = entry->until;
        break;
    case ENTRY_SUPPLY:
        /* LAW cn.licensing art.32(1)(5): with all corrections supplied the authority must accept: its intake term begins anew. */
        it->complete = entry->on;
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
        break;
    case ENTRY_GRANT:
    case ENTRY_REFUSE:
        it->decided = entry->on;
        /* LAW cn.visit-once art.14(2): the check afterwards is one after the decision, not of the same morning before it. */
        it->inspected = DATE_NONE;
        break;
    case ENTRY_ISSUE:
        it->issued = entry->on;
        break;
    case ENTRY_WITHDRAW:
    case ENTRY_LAPSE:
    case ENTRY_REVOKE:
        it->term = DATE_NONE;
        if (it->state == CASE_SUSPENDED)
            close_halt(it, entry->on);
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

bool case_apply(Arena *arena, Case *it, const Entry *entry)
{
    const Step *step = case_permits(it, entry->kind, entry->role);
    if (!step || entry->n != it->entries + 1)
        return false;
    Case next = *it;
    take_effect(arena, &next, entry);
    if (case_state_is_final(step->to) && !case_state_is_final(next.state))
        next.ended = entry->on;
    next.state = step->to;
    next.entries = entry->n;
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
           it->rating >= 0 && it->rating <= 5;
}
