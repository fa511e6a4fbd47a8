/* The life of a case, as one table: what may happen, who may make it happen, what follows. Anything that is not in this table is
 * refused. The sentences are what a button says of itself before it is pressed; they are shown in the reader's language.
 *
 * Tried and left: a row for each role. Who may act is a set, so that a row stays one sentence of the law. A
 * supervisor reads everything and decides nothing. */
#include "cases/cases.h"
#include "language/language.h"

#define APPLICANT (1u << ROLE_APPLICANT)
#define OFFICER (1u << ROLE_OFFICER)
#define CLOCK (1u << ROLE_CLOCK)
#define DESK (1u << ROLE_DESK)

const Step STEPS[] = {
    /* LAW cn.visit-once art.5(3): parallel cases are received when the application is sent; a later one when the result
     * of the earlier one reaches it. */
    { CASE_NONE, ENTRY_RECEIVE, DESK, CASE_RECEIVED, N_("Receive"), "" },
    { CASE_NONE, ENTRY_WAIT, DESK, CASE_WAITING, N_("Wait"), "" },
    { CASE_WAITING, ENTRY_RECEIVE, DESK, CASE_RECEIVED, N_("Receive"), "" },
    { CASE_WAITING, ENTRY_END, DESK, CASE_ENDED, N_("End"), "" },
    { CASE_WAITING, ENTRY_WITHDRAW, APPLICANT, CASE_WITHDRAWN, N_("Withdraw"), "" },

    /* LAW cn.licensing art.32(1)(4), 32(1)(5): accept, or ask once for everything, within the intake term; silence is acceptance as of receipt. */
    { CASE_RECEIVED, ENTRY_ACCEPT, OFFICER, CASE_ACCEPTED, N_("Accept"),
      N_("The limit to decide runs. The applicant gets an acceptance receipt.") },
    { CASE_RECEIVED, ENTRY_SILENCE, CLOCK, CASE_ACCEPTED, N_("Accepted by silence"), "" },
    { CASE_RECEIVED, ENTRY_ASK, OFFICER, CASE_CORRECTION, N_("Ask for corrections"),
      N_("One notice names everything that must be mended. The applicant gets a term. The clock of your office stops.") },
    /* LAW cn.visit-once art.11(2): main papers there, only listed ones missing. */
    { CASE_RECEIVED, ENTRY_ACCEPT_DEFICIENT, OFFICER, CASE_DEFICIENT, N_("Accept, papers to follow"),
      N_("The limit to decide runs. The applicant is told what must follow and by when. If it does not come, acceptance is "
      "revoked.") },
    { CASE_RECEIVED, ENTRY_DECLINE, OFFICER, CASE_DECLINED, N_("Do not accept"),
      N_("The case ends. The applicant gets your reasons in writing, and which authority is the right one.") },
    { CASE_RECEIVED, ENTRY_WITHDRAW, APPLICANT, CASE_WITHDRAWN, N_("Withdraw"), "" },

    { CASE_CORRECTION, ENTRY_SUPPLY, APPLICANT, CASE_RECEIVED, N_("Send the corrections"), "" },
    /* LAW cn.visit-once art.11(3): not corrected within the term counts as withdrawn. */
    { CASE_CORRECTION, ENTRY_LAPSE, CLOCK, CASE_LAPSED, N_("Lapsed"), "" },
    /* LAW nl.awb art.4:5: an application that stays incomplete may be left untreated; until then it is the authority's turn. */
    { CASE_CORRECTION, ENTRY_RETURN, CLOCK, CASE_RECEIVED, N_("Back to the authority"), "" },
    { CASE_CORRECTION, ENTRY_WITHDRAW, APPLICANT, CASE_WITHDRAWN, N_("Withdraw"), "" },

    { CASE_DEFICIENT, ENTRY_CURE, APPLICANT, CASE_ACCEPTED, N_("Send what was to follow"), "" },
    /* LAW cn.visit-once art.11(2): told once; what does not come in time, or came and is still wrong, ends the acceptance, with reasons in
     * writing. */
    { CASE_DEFICIENT, ENTRY_REVOKE, CLOCK, CASE_REVOKED, N_("Acceptance revoked"), "" },
    { CASE_ACCEPTED, ENTRY_REVOKE, OFFICER, CASE_REVOKED, N_("Revoke the acceptance"),
      N_("Only if what followed is still wrong: it was asked for once, and is not asked for again. The case ends. The applicant gets your "
      "reasons and is told what can be done against it, and until when.") },
    { CASE_DEFICIENT, ENTRY_INSPECT, OFFICER, CASE_DEFICIENT, N_("Record an inspection"),
      N_("The finding goes into the case. The applicant can read it.") },
    { CASE_DEFICIENT, ENTRY_WITHDRAW, APPLICANT, CASE_WITHDRAWN, N_("Withdraw"), "" },

    /* LAW cn.licensing art.45: the time of a special step is not counted; the applicant is told in writing how long it takes. */
    { CASE_ACCEPTED, ENTRY_SUSPEND, OFFICER, CASE_SUSPENDED, N_("Suspend"),
      N_("The limit stands still from today. The applicant is told the legal ground and how long it will take.") },
    { CASE_SUSPENDED, ENTRY_RESUME, OFFICER, CASE_ACCEPTED, N_("Resume"), N_("The limit runs on from tomorrow.") },
    { CASE_SUSPENDED, ENTRY_INSPECT, OFFICER, CASE_SUSPENDED, N_("Record an inspection"),
      N_("The finding goes into the case. The applicant can read it.") },
    { CASE_SUSPENDED, ENTRY_WITHDRAW, APPLICANT, CASE_WITHDRAWN, N_("Withdraw"), "" },
    /* LAW cn.licensing art.42(1): once, approved, with the reason told to the applicant. */
    { CASE_ACCEPTED, ENTRY_EXTEND, OFFICER, CASE_ACCEPTED, N_("Extend the limit"),
      N_("The limit becomes longer, once only. The applicant is told why.") },
    { CASE_ACCEPTED, ENTRY_INSPECT, OFFICER, CASE_ACCEPTED, N_("Record an inspection"),
      N_("The finding goes into the case. The applicant can read it.") },
    /* LAW cn.licensing art.42(2): all authorities together, once, with the approval of the government. */
    { CASE_ACCEPTED, ENTRY_EXTEND_BUNDLE, OFFICER, CASE_ACCEPTED, N_("Extend the common limit"),
      N_("The limit of all authorities of this application becomes longer, once only, with the approval of the government. The applicant is told "
      "why.") },
    /* LAW eu.services art.13(4), nl.awb art.4:20b, cn.licensing art.50(2): not decided in time is granted, or renewed, where the law says so. */
    { CASE_RECEIVED, ENTRY_DEEM, CLOCK, CASE_GRANTED, N_("Granted by silence"), "" },
    { CASE_ACCEPTED, ENTRY_DEEM, CLOCK, CASE_GRANTED, N_("Granted by silence"), "" },
    { CASE_DEFICIENT, ENTRY_DEEM, CLOCK, CASE_GRANTED, N_("Granted by silence"), "" },
    { CASE_SUSPENDED, ENTRY_DEEM, CLOCK, CASE_GRANTED, N_("Granted by silence"), "" },
    /* LAW nl.awb art.4:17(3): the applicant's notice, after the limit is over. */
    { CASE_RECEIVED, ENTRY_DEFAULT, APPLICANT, CASE_RECEIVED, N_("Say that the decision is late"), "" },
    { CASE_ACCEPTED, ENTRY_DEFAULT, APPLICANT, CASE_ACCEPTED, N_("Say that the decision is late"), "" },
    /* LAW cn.licensing art.37, 38: a decision within the limit; a refusal in writing, with reasons and remedies. */
    { CASE_ACCEPTED, ENTRY_GRANT, OFFICER, CASE_GRANTED, N_("Grant"),
      N_("The applicant is told at once. The result is to be handed over next.") },
    { CASE_ACCEPTED, ENTRY_REFUSE, OFFICER, CASE_REFUSED, N_("Refuse"),
      N_("The case ends. The applicant gets your reasons and is told what can be done against the decision, and until when.") },
    { CASE_ACCEPTED, ENTRY_WITHDRAW, APPLICANT, CASE_WITHDRAWN, N_("Withdraw"), "" },

    /* LAW cn.licensing art.44: handed over within ten days of the decision. */
    { CASE_GRANTED, ENTRY_ISSUE, OFFICER, CASE_ISSUED, N_("Issue"),
      N_("The result is handed over. Cases of other authorities that waited for it start today.") },

    /* LAW cn.visit-once art.14(2): where a commitment came instead of an inspection, the inspection follows. */
    { CASE_ISSUED, ENTRY_INSPECT, OFFICER, CASE_ISSUED, N_("Record the inspection afterwards"),
      N_("The finding goes into the case. The applicant can read it.") },
    /* LAW cn.visit-once art.14(2): what was not kept must be mended within a term; what is still not kept ends what was issued. */
    { CASE_ISSUED, ENTRY_ORDER, OFFICER, CASE_ISSUED, N_("Order to mend it"),
      N_("The applicant is told what must be mended and by when. If it is not, what was issued may be taken back.") },
    { CASE_ISSUED, ENTRY_CANCEL, OFFICER, CASE_CANCELLED, N_("Take back what was issued"),
      N_("What was issued on a promise ends, because the promise was not kept. The applicant gets your reasons and is told what can be done "
      "against it, and until when.") },

    /* LAW cn.licensing art.72, cn.visit-once art.43: a limit is near its end, or over, which is a matter for supervision. Noted once for each
     * due date, on its day. */
    { CASE_RECEIVED, ENTRY_LIGHT, CLOCK, CASE_RECEIVED, N_("Light"), "" },
    { CASE_ACCEPTED, ENTRY_LIGHT, CLOCK, CASE_ACCEPTED, N_("Light"), "" },
    { CASE_DEFICIENT, ENTRY_LIGHT, CLOCK, CASE_DEFICIENT, N_("Light"), "" },
    { CASE_SUSPENDED, ENTRY_LIGHT, CLOCK, CASE_SUSPENDED, N_("Light"), "" },
    { CASE_GRANTED, ENTRY_LIGHT, CLOCK, CASE_GRANTED, N_("Light"), "" },
    { CASE_ISSUED, ENTRY_LIGHT, CLOCK, CASE_ISSUED, N_("Light"), "" },
    { CASE_ISSUED, ENTRY_RATE, APPLICANT, CASE_ISSUED, N_("Rate"), "" },
    { CASE_REFUSED, ENTRY_RATE, APPLICANT, CASE_REFUSED, N_("Rate"), "" },
    { CASE_DECLINED, ENTRY_RATE, APPLICANT, CASE_DECLINED, N_("Rate"), "" },
};
const size_t STEP_COUNT = COUNT_OF(STEPS);

const Step *case_step(CaseState from, EntryKind kind, Role role)
{
    for (size_t i = 0; i < STEP_COUNT; i++)
        if (STEPS[i].from == from && STEPS[i].kind == kind && (STEPS[i].by & 1u << role))
            return &STEPS[i];
    return NULL;
}

const Step *case_permits(const Case *it, EntryKind kind, Role role)
{
    const Step *step = case_step(it->state, kind, role);
    /* LAW cn.licensing art.42(1): extended once. */
    bool extended = kind == ENTRY_EXTEND && it->extension.amount;
    /* LAW cn.visit-once art.11(2): acceptance is revoked where something was to follow, and for no other reason. */
    bool groundless = kind == ENTRY_REVOKE && role == ROLE_OFFICER && !date_is_set(it->followed);
    /* LAW cn.licensing art.42(2), nl.awb art.4:17: once too. */
    bool again = (kind == ENTRY_EXTEND_BUNDLE && it->bundle_extension.amount) || (kind == ENTRY_DEFAULT && date_is_set(it->defaulted));
    /* LAW cn.visit-once art.14(2): ordered, once, where the inspection after the decision failed; taken back where it was ordered and not
     * mended since. */
    bool failed = date_is_set(it->inspected) && !it->passed;
    bool unordered = kind == ENTRY_ORDER && (!failed || date_is_set(it->ordered));
    bool unmended = date_is_set(it->ordered) && !(it->looked_again && it->passed);
    return extended || groundless || again || unordered || (kind == ENTRY_CANCEL && !unmended) ? NULL : step;
}

bool case_state_is_final(CaseState state)
{
    switch (state) {
    case CASE_ISSUED:
    case CASE_REFUSED:
    case CASE_DECLINED:
    case CASE_WITHDRAWN:
    case CASE_LAPSED:
    case CASE_REVOKED:
    case CASE_ENDED:
    case CASE_CANCELLED:
        return true;
    case CASE_NONE:
    case CASE_WAITING:
    case CASE_RECEIVED:
    case CASE_CORRECTION:
    case CASE_ACCEPTED:
    case CASE_DEFICIENT:
    case CASE_SUSPENDED:
    case CASE_GRANTED:
    case CASE_STATE_COUNT:
        break;
    }
    return false;
}

Str case_state_word(CaseState state)
{
    static const Str WORDS[] = {
#define X(name, word) { word, sizeof word - 1 },
        CASE_STATES(X)
#undef X
    };
    _Static_assert(COUNT_OF(WORDS) == CASE_STATE_COUNT, "a word for each state");
    must(state < CASE_STATE_COUNT);
    return WORDS[state];
}

static const Str ENTRY_WORDS[] = {
#define X(name, word) { word, sizeof word - 1 },
    ENTRY_KINDS(X)
#undef X
};
_Static_assert(COUNT_OF(ENTRY_WORDS) == ENTRY_KIND_COUNT, "a word for each kind of entry");

Str entry_kind_word(EntryKind kind)
{
    must(kind < ENTRY_KIND_COUNT);
    return ENTRY_WORDS[kind];
}

EntryKind entry_kind_parse(Str word)
{
    for (size_t i = 0; i < ENTRY_KIND_COUNT; i++)
        if (str_equal(ENTRY_WORDS[i], word))
            return (EntryKind)i;
    return ENTRY_NONE;
}

Str role_word(Role role)
{
    static const Str WORDS[] = {
#define X(name, word) { word, sizeof word - 1 },
        ROLES(X)
#undef X
    };
    _Static_assert(COUNT_OF(WORDS) == ROLE_COUNT, "a word for each role");
    must(role < ROLE_COUNT);
    return WORDS[role];
}

Str clock_kind_word(ClockKind kind)
{
    static const Str WORDS[] = {
#define X(name, word) { word, sizeof word - 1 },
        CLOCK_KINDS(X)
#undef X
    };
    _Static_assert(COUNT_OF(WORDS) == CLOCK_KIND_COUNT, "a word for each clock");
    must(kind < CLOCK_KIND_COUNT);
    return WORDS[kind];
}
