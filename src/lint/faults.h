/* faults: what the linter can find. Private to lint; lint_reference prints the table. */
#ifndef LINT_FAULTS_H
#define LINT_FAULTS_H

#include "base/base.h"

enum { ERROR = false, WARNING = true };

/* name, code, severity, what it means, what to do */
#define LINT_FAULTS_LIST(X)                                                                                            \
    /* what can be had */                                                                                              \
    X(CIRCULAR_WHEN, "circular-when", ERROR,                                                                           \
      "For some answers services wait for each other, and nothing else can take the place of what they wait for.",     \
      "Let one of them do with other evidence: any: [this, another].")                                                 \
    X(UNOBTAINABLE_WHEN, "unobtainable-when", ERROR,                                                                   \
      "For some answers evidence is needed that nobody gives then, and nobody can bring.",                             \
      "Widen the condition of the service that gives it, narrow that of the need, or write upload: true.")             \
    X(UNREACHED_SERVICE, "unreached-service", WARNING, "No event reaches this service.",                               \
      "Name what it gives as a goal of an event.")                                                                     \
    X(UNUSED_EVIDENCE, "unused-evidence", WARNING, "Nothing needs this evidence.",                                     \
      "Remove it, or let a service need it.")                                                                          \
    X(UNUSED_LAW, "unused-law", WARNING, "Nothing cites this law.", "Cite it, or remove it.")                          \
    X(UNUSED_PROCEDURE, "unused-procedure", WARNING, "No service goes by this procedure.", "Remove it.")               \
    X(IDLE_AUTHORITY, "idle-authority", WARNING, "No service is decided and no evidence held by this authority, so an "\
      "officer of it would have nothing to do.", "Name it where it decides, or remove it.")                            \
    X(NO_CONTACT, "no-contact", WARNING, "Nobody can be asked: an authority that decides has no telephone, and the "   \
      "pack has none either.", "Write phone, of the authority or of the pack.")                                        \
    /* what is asked */                                                                                                \
    X(ONCE_ONLY, "once-only", WARNING, "People are asked for what government issued or holds.",                        \
      "Let it be read where it is: leave out upload, or the question.")                                                \
    X(UNUSED_FACT, "unused-fact", WARNING, "Nothing uses this fact.",                                                  \
      "Remove it: nobody may be asked what changes nothing.")                                                          \
    X(IDLE_QUESTION, "idle-question", WARNING, "An event lists a question that nothing it reaches uses.",              \
      "Leave it out of the event.")                                                                                    \
    X(UNASKED_FACT, "unasked-fact", WARNING, "A fact matters in an event that lists no question for it, so it comes "  \
      "last and without a heading.", "Name it in a section of the event.")                                             \
    X(SAME_QUESTION, "same-question", WARNING, "Two facts ask the same.", "Ask once: let both uses take one fact.")    \
    X(NO_PURPOSE, "no-purpose", WARNING, "A personal fact is asked without a word on what for.",                       \
      "Write why, or the law on which it is asked.")                                                                   \
    /* rules */                                                                                                        \
    X(NEVER_TRUE, "never-true", ERROR, "A condition is true for no answers at all.",                                   \
      "Mend it, or remove what depends on it.")                                                                        \
    X(ALWAYS_TRUE, "always-true", WARNING, "A condition is true for all answers.", "Leave it out, or mend it.")        \
    X(CONTRADICTION, "contradiction", ERROR, "A condition can never be true where it stands: what leads to it "        \
      "excludes it.", "Mend one of the two conditions.")                                                               \
    X(LIMIT_GAP, "limit-gap", ERROR, "For some answers none of the limits of a service applies, so it has no due date.",\
      "Add a limit without a condition at the end.")                                                                   \
    X(LIMIT_COVERED, "limit-covered", ERROR, "A limit can never apply: those before it are taken first.",              \
      "Put it before them, or remove it.")                                                                             \
    X(TABLE_GAP, "table-gap", ERROR, "For some answers no rule of a decision table matches, so nothing is decided.",   \
      "Add a rule for them, or a default output.")                                                                     \
    X(TABLE_OVERLAP, "table-overlap", ERROR, "For some answers two rules of a decision table match, where its hit policy "\
      "allows one.", "Narrow one of the two, or take the hit policy FIRST.")                                           \
    X(TABLE_DEAD_RULE, "table-dead-rule", ERROR, "A rule of a decision table can never count.",                        \
      "Mend its cells, put it before the one that covers it, or remove it.")                                           \
    /* time, money, law */                                                                                             \
    X(PROMISE_OVER_STATUTE, "promise-over-statute", ERROR, "An authority promises to take longer than the law allows.",\
      "Promise no more than the statutory time.")                                                                      \
    X(EXTENSION_OVER_LIMIT, "extension-over-limit", WARNING, "A limit can be extended by more than it is long.",       \
      "Check both with the law.")                                                                                      \
    X(LATE_PAPER, "late-paper", ERROR, "A paper may follow after the decision is due.",                                \
      "The limit runs while a paper is outstanding: let it follow sooner.")                                            \
    X(IMPOSSIBLE_TERM, "impossible-term", ERROR, "A term is shorter than the services that must come before it take.", \
      "Lengthen it, or let the services before it be faster.")                                                         \
    X(NO_CALENDAR, "no-calendar", WARNING, "Working days are counted, and the free days of this year are not "         \
      "published in the pack.", "Write calendar: YEAR, from the notice.")                                              \
    X(CALENDAR_ENDS, "calendar-ends", WARNING, "The published free days end within a year, so later dates are "        \
      "provisional.", "Write the next calendar as soon as its notice is there.")                                       \
    X(FEE_WITHOUT_BASIS, "fee-without-basis", WARNING, "A fee is asked without a word on what sets it.",               \
      "Write fee-note: by which tariff, and for what.")                                                                \
    X(ENDED_LAW, "ended-law", WARNING, "A law is cited that is no longer in force.", "Cite the one that took its place.")\
    /* texts */                                                                                                        \
    X(UNTRANSLATED, "untranslated", WARNING, "A text is the same in two languages.", "Translate it.")                  \
    X(WRONG_SCRIPT, "wrong-script", WARNING, "A text has no letter of the script of its language, or a run of words of "\
      "another.", "Translate it.")                                                                                     \
    X(NUMBERS_DIFFER, "numbers-differ", WARNING, "A number in one language is not in the other.",                      \
      "Check which is right.")                                                                                         \
    X(PLACEHOLDERS_DIFFER, "placeholders-differ", WARNING, "What stands in braces differs between two languages.",     \
      "Write the same in both.")                                                                                       \
    X(HARD_TO_READ, "hard-to-read", WARNING, "A sentence that everybody must understand is longer than it need be.",   \
      "Make two sentences of it, or say it with fewer words.")                                                         \
    /* acceptances */                                                                                                  \
    X(STALE_ACCEPTANCE, "stale-acceptance", WARNING, "A warning is accepted that is not there.",                       \
      "Remove the acceptance.")

typedef enum LintFault {
#define X(name, code, severity, meaning, way_out) LINT_##name,
    LINT_FAULTS_LIST(X)
#undef X
} LintFault;
extern const FaultKind LINT_FAULTS[];
enum { LINT_FAULT_COUNT = LINT_STALE_ACCEPTANCE + 1 };

#endif
