/* faults: what can be wrong with a pack so that it is refused. Private to the catalogue; pack_faults gives the table out.
 *
 * A row is a kind of fault: its name here, the code by which people and programs know it, what it means, what to do. */
#ifndef CATALOGUE_FAULTS_H
#define CATALOGUE_FAULTS_H

#include "base/base.h"

#define PACK_FAULTS_LIST(X)                                                                                            \
    /* files and YAML */                                                                                               \
    X(UNREADABLE, "unreadable", "A file or folder cannot be read, or would be left out without a word.",               \
      "Make it a file named *.yaml that this user may read.")                                                          \
    X(TOO_LARGE, "too-large", "A bound of packs is passed: files, bytes, values, keys or depth.",                      \
      "Divide it, or leave out what nobody needs.")                                                                    \
    X(NOT_UTF8, "not-utf8", "The bytes of a file are no text in UTF-8.", "Save the file as UTF-8.")                    \
    X(BROKEN_YAML, "broken-yaml", "The file is no YAML: an indentation, a quote or a bracket is wrong.",               \
      "Mend the line that is shown, or the one above it.")                                                             \
    X(REFUSED_YAML, "refused-yaml", "Anchors, aliases, tags and keys that are no words are not read.",                 \
      "Write the value out.")                                                                                          \
    X(DUPLICATE_KEY, "duplicate-key", "A key stands twice in one map.", "Join the two.")                               \
    /* documents */                                                                                                    \
    X(NO_PACK, "no-pack", "No document describes the jurisdiction itself.", "Write one: pack: smalltown.")             \
    X(NO_DOCUMENT, "no-document", "A document does not begin with its kind and its identifier.",                       \
      "Begin it with both: service: some-service.")                                                                    \
    X(UNKNOWN_KIND, "unknown-kind", "There is no such kind of document.", "Take one of the kinds of the reference.")   \
    X(BAD_IDENTIFIER, "bad-identifier", "An identifier is not written as identifiers are.",                            \
      "Write kebab-case; of facts snake_case, of calendars the year.")                                                 \
    X(RESERVED_NAME, "reserved-name", "The name of a fact means something else in rules.", "Take another word.")       \
    X(DUPLICATE, "duplicate", "Two of a kind have one identifier.", "Rename or remove one of them.")                   \
    /* keys and values */                                                                                              \
    X(UNKNOWN_KEY, "unknown-key", "A key that this kind of document or object does not have.",                         \
      "Correct its spelling, or leave it out.")                                                                        \
    X(MISSING_KEY, "missing-key", "A key that must be there is not.", "Add it.")                                       \
    X(MISPLACED_KEY, "misplaced-key", "A key stands where it says nothing, or beside one that it excludes.",           \
      "Keep the one that is meant.")                                                                                   \
    X(NO_VALUE, "no-value", "A key has no value, or an empty list.", "Write its value, or leave the key out.")         \
    X(WRONG_TYPE, "wrong-type", "A value is not of the type that its key asks for.", "Write it as the reference says.") \
    X(UNKNOWN_WORD, "unknown-word", "A value is none of the words that its key allows.", "Take one of them.")          \
    X(OUT_OF_RANGE, "out-of-range", "A number or amount is outside of what its key allows.", "Bring it within.")       \
    X(REVERSED, "reversed", "An end lies before its beginning, or a maximum below its minimum.", "Check both.")        \
    X(ZERO_PERIOD, "zero-period", "A period has no length.",                                                           \
      "Leave it out where the law sets no time, or say on-the-spot: true.")                                            \
    X(WRONG_CURRENCY, "wrong-currency", "An amount is in another currency than the pack's.", "Write it in the pack's.") \
    X(TWICE_IN_LIST, "twice-in-list", "Something stands twice in one list.", "Keep one of them.")                      \
    X(FEW_CHOICES, "few-choices", "A choice leaves nothing to choose.", "Give two choices at least.")                  \
    /* texts */                                                                                                        \
    X(UNKNOWN_LANGUAGE, "unknown-language", "A text is in a language that the pack does not have.",                    \
      "Add the language to the pack, or remove the text.")                                                             \
    X(MISSING_TEXT, "missing-text", "A text is missing or empty in one of the pack's languages.", "Translate it.")     \
    /* time */                                                                                                         \
    X(NO_TIME, "no-time", "A term or limit does not say how long it is.", "Give it a time, or on-the-spot: true.")     \
    X(WRONG_YEAR, "wrong-year", "A day stands in the calendar of another year.", "Move it to its year.")               \
    X(WORKED_ANYWAY, "worked-anyway", "A day is named as worked whose weekday is worked anyway, or no weekday is.",    \
      "Name only days of a free weekday.")                                                                             \
    /* what refers to what */                                                                                          \
    X(UNKNOWN_REFERENCE, "unknown-reference", "Something is referred to that nobody defined.",                         \
      "Correct the identifier, or define it.")                                                                         \
    X(BROKEN_RULE, "broken-rule", "A rule is no FEEL expression.", "Mend it where the caret stands.")                  \
    X(UNKNOWN_FACT, "unknown-fact", "A rule uses a fact that nobody defined.",                                         \
      "Correct its name; a word that is meant as text goes in quotes.")                                                \
    X(MISFIT, "misfit", "A rule compares a fact with what it can never be, or works out what it must not be.",         \
      "Write one of the values that it can have.")                                                                     \
    X(BROKEN_MODEL, "broken-model", "A decision model cannot be read.", "Mend it where the line is shown.")            \
    X(CIRCULAR_FACT, "circular-fact", "A fact is worked out by way of itself.", "Let one of them be asked.")           \
    X(NO_MEMBER, "no-member", "A rule uses what only a member of a list has, and there is no member there.",           \
      "Use it in a need with each: that list.")                                                                        \
    X(NO_DATE, "no-date", "A fact is used as a date and is none.", "Name a fact of type date.")                        \
    X(NO_LIST, "no-list", "A fact is used as a list and is none, or is a list within a list.",                         \
      "Name a fact of the right type.")                                                                                \
    X(UNOBTAINABLE, "unobtainable", "Nobody gives this evidence, and nobody can bring it.",                            \
      "Let a service give it, or write holder, held, declares, or upload: true.")                                      \
    X(NO_GOAL, "no-goal", "An event is to end with what no service gives.", "Name what a service gives.")              \
    X(CIRCULAR, "circular", "Services wait for each other, and nothing else can take the place of what they wait for.", \
      "Let one of them do with other evidence: any: [this, another].")

typedef enum PackFault {
#define X(name, code, meaning, way_out) FAULT_##name,
    PACK_FAULTS_LIST(X)
#undef X
} PackFault;
extern const FaultKind PACK_FAULTS[];

#endif
