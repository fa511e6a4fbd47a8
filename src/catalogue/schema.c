/* The table of keys: everything that may stand in a pack, once. Whoever adds a field to catalogue.h adds its row here,
 * and the loader, the messages and the reference have it.
 *
 * Tried and left: an X-macro for each struct that makes the fields as well; the header could then no longer be read
 * as a manual. */
#include "catalogue/loader.h"

enum { OPTIONAL = false, REQUIRED = true };

#define ROW(T, field, key, key_type, need, sentence, ...)                                                              \
    { .name = key, .type = key_type, .required = need, .offset = offsetof(T, field), .help = sentence, __VA_ARGS__ }
#define SHAPE(T, word, sentence, rows, ...)                                                                            \
    { .name = word, .size = sizeof(T), .help = sentence, .keys = rows, .key_count = COUNT_OF(rows), __VA_ARGS__ }
#define LEGAL(T, field, key, need, sentence) ROW(T, field, key, TYPE_OBJECTS, need, sentence, .shape = &LEGAL_SHAPE)
#define COUNTED(T, sentence) \
    ROW(T, counted, "period-rule", TYPE_REFERENCE, OPTIONAL, sentence, .kind = DOCUMENT_PERIOD_RULE)
#define TERM(field, key, need, sentence) ROW(Procedure, field, key, TYPE_OBJECT, need, sentence, .shape = &TERM_SHAPE)

static const char *const LEVEL_WORDS[] = {
#define X(name, word) word,
    AUTHORITY_LEVELS(X)
#undef X
};
static const char *const RUNS_FROM_WORDS[] = {
#define X(name, word) word,
    RUNS_FROM(X)
#undef X
};
static const char *const FACT_WORDS[] = {
#define X(name, word) word,
    FACT_KINDS(X)
#undef X
};

/* ---- objects inside documents ---- */
static const Field LEGAL_KEYS[] = {
    ROW(Legal, law, "law", TYPE_REFERENCE, REQUIRED, "The law.", .kind = DOCUMENT_LAW),
    ROW(Legal, article, "article", TYPE_TEXT, OPTIONAL, "The article, as it is cited: 42(1)."),
};
static const Shape LEGAL_SHAPE = SHAPE(Legal, "legal", "The legal basis of something.", LEGAL_KEYS);

static const Field CHOICE_KEYS[] = {
    ROW(Choice, value, "value", TYPE_IDENTIFIER, REQUIRED, "What rules compare with."),
    ROW(Choice, name, "name", TYPE_TEXTS, REQUIRED, "What is shown to choose."),
    ROW(Choice, hint, "hint", TYPE_TEXTS, OPTIONAL, "What follows from choosing it."),
};
static const Shape CHOICE_SHAPE = SHAPE(Choice, "choice", "One of the answers of a fact of type choice.", CHOICE_KEYS);

static const Field DECISION_KEYS[] = {
    ROW(FactDecision, model, "model", TYPE_TEXT, REQUIRED,
        "The file of a decision model (DMN), as named from the pack's folder: rooms/size.dmn."),
    ROW(FactDecision, name, "name", TYPE_TEXT, REQUIRED, "The name of the decision in it."),
};
static const Shape DECISION_SHAPE =
    SHAPE(FactDecision, "decision", "A decision of a model, whose inputs are facts of the same names.", DECISION_KEYS);

static const Field TERM_KEYS[] = {
    ROW(Term, time, "time", TYPE_PERIOD, OPTIONAL, "How long the term is; this or `on-the-spot`."),
    ROW(Term, on_the_spot, "on-the-spot", TYPE_BOOLEAN, OPTIONAL,
        "The same day, or the next working day; of `intake` and `delivery`."),
    COUNTED(Term, "How its time is counted, where not as the pack counts."),
    LEGAL(Term, legal, "legal", OPTIONAL, "The law that sets it."),
    ROW(Term, note, "note", TYPE_TEXTS, OPTIONAL, "What else is to be known of it."),
};
static const Shape TERM_SHAPE = SHAPE(Term, "term", "A legal term of a procedure.", TERM_KEYS, .check = load_check_term);

static const Field GROUND_KEYS[] = {
    ROW(Ground, id, "id", TYPE_IDENTIFIER, REQUIRED, "Its identifier, once in its list."),
    ROW(Ground, name, "name", TYPE_TEXTS, REQUIRED, "What it is called."),
    ROW(Ground, counts, "counts", TYPE_BOOLEAN, OPTIONAL, "True: its time counts in the limit, so it stops no clock."),
    ROW(Ground, time, "time", TYPE_PERIOD, OPTIONAL, "How long it may take."),
    COUNTED(Ground, "How its time is counted, where not as the pack counts."),
    LEGAL(Ground, legal, "legal", OPTIONAL, "Required: the law that allows it."),
};
static const Shape GROUND_SHAPE =
    SHAPE(Ground, "ground", "A special step, or a ground on which a clock may be stopped.", GROUND_KEYS,
          .check = load_check_ground);

static const Field RATE_KEYS[] = {
    ROW(PenaltyRate, days, "days", TYPE_COUNT, REQUIRED, "For how many days."),
    ROW(PenaltyRate, amount, "amount", TYPE_MONEY, REQUIRED, "How much for each of them."),
};
static const Shape RATE_SHAPE = SHAPE(PenaltyRate, "rate", "A part of a penalty for deciding late.", RATE_KEYS);

static const Field PENALTY_KEYS[] = {
    ROW(DelayPenalty, since, "since", TYPE_DATE, REQUIRED, "It is for notices that are received from this day on."),
    ROW(DelayPenalty, notice, "notice", TYPE_PERIOD, REQUIRED, "It begins on the day after this time, which runs from the notice."),
    ROW(DelayPenalty, rates, "rates", TYPE_OBJECTS, REQUIRED, "How much for how many days, one after the other.", .shape = &RATE_SHAPE),
    LEGAL(DelayPenalty, legal, "legal", REQUIRED, "The law that sets it."),
};
static const Shape PENALTY_SHAPE =
    SHAPE(DelayPenalty, "delay-penalty", "What the authority pays for deciding late, after the applicant gave notice.", PENALTY_KEYS);

static const Field SILENCE_KEYS[] = {
    ROW(Silence, in_force, "in-force", TYPE_PERIOD, OPTIONAL, "How long after the limit it is in force; else on the day after it."),
    LEGAL(Silence, legal, "legal", REQUIRED, "The law by which silence grants."),
};
static const Shape SILENCE_SHAPE = SHAPE(Silence, "silence", "What is not decided within the limit is granted.", SILENCE_KEYS,
                                         .check = load_check_silence);

static const Field RENEWAL_KEYS[] = {
    ROW(Renewal, ends, "ends", TYPE_REFERENCE, REQUIRED, "The fact, a date, that says when it ends.", .kind = DOCUMENT_FACT),
    ROW(Renewal, apply, "apply", TYPE_PERIOD, REQUIRED, "How long before that day one must have applied."),
    LEGAL(Renewal, legal, "legal", REQUIRED, "The law by which it is renewed when nothing is decided in time."),
};
static const Shape RENEWAL_SHAPE =
    SHAPE(Renewal, "renewal", "What the service renews, and what happens when nothing is decided before it ends.", RENEWAL_KEYS,
          .check = load_check_renewal);

static const Field REMEDY_KEYS[] = {
    ROW(Remedy, name, "name", TYPE_TEXTS, REQUIRED, "What the person can do, as it stands after \"you can\"."),
    ROW(Remedy, time, "time", TYPE_PERIOD, OPTIONAL,
        "How long, from the day on which the person learns of the decision."),
    COUNTED(Remedy, "How its time is counted, where not as the pack counts."),
    LEGAL(Remedy, legal, "legal", OPTIONAL, "The law that gives it."),
};
static const Shape REMEDY_SHAPE =
    SHAPE(Remedy, "remedy", "What can be done against a decision.", REMEDY_KEYS, .check = load_check_remedy);

static const Field NEED_KEYS[] = {
    ROW(Need, any, "evidence", TYPE_ONLY_REFERENCE, OPTIONAL, "The evidence that is needed; this or `any`.",
        .kind = DOCUMENT_EVIDENCE),
    ROW(Need, any, "any", TYPE_REFERENCES, OPTIONAL, "Evidence of which one is enough; this or `evidence`.",
        .kind = DOCUMENT_EVIDENCE),
    ROW(Need, when, "when", TYPE_RULE, OPTIONAL, "When it is needed; else always."),
    ROW(Need, later, "later", TYPE_PERIOD, OPTIONAL, "It may follow after acceptance, within this time."),
    ROW(Need, each, "each", TYPE_REFERENCE, OPTIONAL,
        "A fact of type list: one for each member for which `when` holds.", .kind = DOCUMENT_FACT),
    ROW(Need, note, "note", TYPE_TEXTS, OPTIONAL, "What else is to be known of it."),
};
static const Shape NEED_SHAPE =
    SHAPE(Need, "need", "Evidence that a service needs.", NEED_KEYS, .check = load_check_need);

static const Field LIMIT_KEYS[] = {
    ROW(Limit, when, "when", TYPE_RULE, OPTIONAL, "When it applies; the first limit that does is taken."),
    ROW(Limit, statutory, "statutory", TYPE_PERIOD, OPTIONAL, "The limit of the law; absent where it sets none."),
    ROW(Limit, promised, "promised", TYPE_PERIOD, OPTIONAL, "What the authority promises."),
    ROW(Limit, illustrative, "illustrative", TYPE_BOOLEAN, OPTIONAL,
        "The promise is an example, not the authority's own."),
    ROW(Limit, on_the_spot, "on-the-spot", TYPE_BOOLEAN, OPTIONAL,
        "It is done on the day on which the papers are complete, or the next working day."),
    ROW(Limit, from_receipt, "from-receipt", TYPE_BOOLEAN, OPTIONAL,
        "The limit counts from the day on which the papers are complete, not from acceptance."),
    ROW(Limit, from_filing, "from-filing", TYPE_BOOLEAN, OPTIONAL,
        "The limit counts from receipt, and stands still while the applicant corrects."),
    ROW(Limit, silence, "silence", TYPE_OBJECT, OPTIONAL, "What is not decided within it is granted.", .shape = &SILENCE_SHAPE),
    ROW(Limit, extension, "extension", TYPE_PERIOD, OPTIONAL, "The extension, instead of the procedure's."),
    ROW(Limit, follow_up, "follow-up", TYPE_PERIOD, OPTIONAL, "Within what time it is inspected after the decision."),
    COUNTED(Limit, "How these times are counted, where not as the pack counts."),
    LEGAL(Limit, legal, "legal", OPTIONAL, "The law that sets the limit."),
    ROW(Limit, note, "note", TYPE_TEXTS, OPTIONAL, "What else is to be known of it."),
};
static const Shape LIMIT_SHAPE =
    SHAPE(Limit, "limit", "How long a service may take.", LIMIT_KEYS, .check = load_check_limit);

static const Field GOAL_KEYS[] = {
    ROW(Goal, evidence, "evidence", TYPE_REFERENCE, REQUIRED, "The evidence to be reached.", .kind = DOCUMENT_EVIDENCE),
    ROW(Goal, when, "when", TYPE_RULE, OPTIONAL, "When it belongs to the wish; else always."),
};
static const Shape GOAL_SHAPE = SHAPE(Goal, "goal", "What an event is to end with.", GOAL_KEYS);

static const Field STOP_KEYS[] = {
    ROW(StopRule, id, "id", TYPE_IDENTIFIER, REQUIRED, "Its identifier, once in its event."),
    ROW(StopRule, when, "when", TYPE_RULE, REQUIRED, "When the wish cannot be fulfilled."),
    ROW(StopRule, title, "title", TYPE_TEXTS, REQUIRED, "The reason in a few words."),
    ROW(StopRule, message, "message", TYPE_TEXTS, REQUIRED, "The reason in full."),
    ROW(StopRule, instead, "instead", TYPE_TEXTS, REQUIRED, "What would be possible instead."),
    LEGAL(StopRule, legal, "legal", REQUIRED, "The law that forbids it."),
};
static const Shape STOP_SHAPE =
    SHAPE(StopRule, "stop", "A reason why a wish cannot be fulfilled at all; asked first.", STOP_KEYS);

static const Field NOT_NEEDED_KEYS[] = {
    ROW(NotNeeded, name, "name", TYPE_TEXTS, REQUIRED, "What people expect."),
    ROW(NotNeeded, reason, "reason", TYPE_TEXTS, REQUIRED, "Why they need not do it."),
    LEGAL(NotNeeded, legal, "legal", OPTIONAL, "The law by which it is not needed."),
};
static const Shape NOT_NEEDED_SHAPE =
    SHAPE(NotNeeded, "not-needed", "What people expect to have to do, and need not.", NOT_NEEDED_KEYS);

static const Field SECTION_KEYS[] = {
    ROW(Section, name, "name", TYPE_TEXTS, REQUIRED, "Its heading."),
    ROW(Section, asks, "asks", TYPE_REFERENCES, REQUIRED, "The facts, in the order in which they are asked.",
        .kind = DOCUMENT_FACT),
};
static const Shape SECTION_SHAPE = SHAPE(Section, "section", "Questions that belong together.", SECTION_KEYS);

static const Field DUTY_KEYS[] = {
    ROW(Duty, name, "name", TYPE_TEXTS, REQUIRED, "What the person must do, and until when."),
    LEGAL(Duty, legal, "legal", OPTIONAL, "The law that asks for it."),
};
static const Shape DUTY_SHAPE = SHAPE(Duty, "duty", "What remains to be done by the person afterwards.", DUTY_KEYS);

static const Field FREE_DAY_KEYS[] = {
    ROW(FreeDay, date, "date", TYPE_DATE, REQUIRED, "The day, or the first of a span."),
    ROW(FreeDay, to, "to", TYPE_DATE, OPTIONAL, "The last day of a span."),
    ROW(FreeDay, name, "name", TYPE_TEXT, OPTIONAL, "The holiday, in any one language."),
    ROW(FreeDay, legal_days, "legal-days", TYPE_COUNT, OPTIONAL,
        "How many of its days the law itself names, where others are moved weekends; else all."),
};
static const Shape FREE_DAY_SHAPE = SHAPE(FreeDay, "free", "A free day, or several in a row.", FREE_DAY_KEYS);

/* ---- documents ---- */
static const Field PACK_KEYS[] = {
    ROW(Pack, base, "base", TYPE_TEXT, OPTIONAL,
        "The folder of the pack that this one stands on, seen from this one: a city's on its province's."),
    ROW(Pack, languages, "languages", TYPE_LANGUAGES, REQUIRED,
        "The languages in which every text must stand, at most 4."),
    ROW(Pack, language_names, "language-names", TYPE_TEXTS, REQUIRED, "The name of each language in itself."),
    ROW(Pack, name, "name", TYPE_TEXTS, REQUIRED, "The name of the platform."),
    ROW(Pack, area_name, "area-name", TYPE_TEXTS, REQUIRED, "The name of the area."),
    ROW(Pack, area, "area", TYPE_WHOLE, REQUIRED, "The number of the area."),
    ROW(Pack, currency, "currency", TYPE_CURRENCY, REQUIRED, "The currency of all fees."),
    ROW(Pack, utc_offset_minutes, "utc-offset", TYPE_OFFSET, REQUIRED, "The time of the area."),
    ROW(Pack, calendar.free_weekday, "free-weekdays", TYPE_WEEKDAYS, REQUIRED, "The days of the week that are free."),
    COUNTED(Pack, "How periods are counted where nothing else is said; without it, as most laws do."),
    ROW(Pack, upload_max_mb, "upload-max-mb", TYPE_WHOLE, REQUIRED, "The size of the largest file, in megabytes."),
    ROW(Pack, phone, "phone", TYPE_TEXT, OPTIONAL, "The general help line."),
    LEGAL(Pack, receipt, "receipt", OPTIONAL, "The law by which what one authority receives, all have received."),
    LEGAL(Pack, joint_inspection, "joint-inspection", OPTIONAL, "The law on one inspection for several authorities."),
};
static const Field LAW_KEYS[] = {
    ROW(Law, name, "name", TYPE_TEXTS, REQUIRED, "Its title."),
    ROW(Law, number, "number", TYPE_TEXT, OPTIONAL, "The number of the document, such as a decree's."),
    ROW(Law, in_force, "in-force", TYPE_DATE, OPTIONAL, "From which day it is in force."),
    ROW(Law, ends, "ends", TYPE_DATE, OPTIONAL, "From which day it is replaced or repealed."),
    ROW(Law, note, "note", TYPE_TEXTS, OPTIONAL, "What else is to be known of it."),
};
static const Field PERIOD_RULE_KEYS[] = {
    ROW(CountingRule, name, "name", TYPE_TEXTS, REQUIRED, "What it is called."),
    ROW(CountingRule, rule.start_counts, "start-counts", TYPE_BOOLEAN, OPTIONAL,
        "True: the day of the event is the first day of the period."),
    ROW(CountingRule, runs_from, "runs-from", TYPE_WORD, OPTIONAL,
        "From which day weeks, months and years run, so that they end on the same weekday or number: that of the "
        "event, or the one after.",
        .words = RUNS_FROM_WORDS, .word_count = COUNT_OF(RUNS_FROM_WORDS)),
    ROW(CountingRule, rule.end_stays, "end-stays", TYPE_BOOLEAN, OPTIONAL,
        "True: an end on a free day stays there; else it moves on to the next working day."),
    ROW(CountingRule, rule.working_least, "working-days-least", TYPE_COUNT, OPTIONAL,
        "How many working days must lie in a period of calendar days, weeks, months or years; it grows until they do."),
    ROW(CountingRule, rule.working_least_from, "working-days-least-from", TYPE_COUNT, OPTIONAL,
        "Of how many days a period must be for that."),
    ROW(CountingRule, rule.long_holiday, "long-holiday", TYPE_COUNT, OPTIONAL,
        "A holiday of so many legal days or more, so many of which lie in the period, does not count."),
    ROW(CountingRule, rule.up_to, "up-to", TYPE_PERIODS, OPTIONAL,
        "The longest periods whose end moves or which grow, one for each unit; those of units not named do neither."),
    LEGAL(CountingRule, legal, "legal", REQUIRED, "The law that counts so."),
    ROW(CountingRule, note, "note", TYPE_TEXTS, OPTIONAL, "What else is to be known of it."),
};
static const Field AUTHORITY_KEYS[] = {
    ROW(Authority, name, "name", TYPE_TEXTS, REQUIRED, "Its name."),
    ROW(Authority, level, "level", TYPE_WORD, REQUIRED, "On which level it stands.", .words = LEVEL_WORDS,
        .word_count = COUNT_OF(LEVEL_WORDS)),
    ROW(Authority, task, "task", TYPE_TEXTS, REQUIRED, "What it does, in one sentence."),
    ROW(Authority, phone, "phone", TYPE_TEXT, OPTIONAL, "Its telephone."),
};
static const Field FACT_KEYS[] = {
    ROW(Fact, kind, "type", TYPE_WORD, REQUIRED, "What kind of answer it has.", .words = FACT_WORDS,
        .word_count = COUNT_OF(FACT_WORDS)),
    ROW(Fact, name, "name", TYPE_TEXTS, REQUIRED, "A short label."),
    ROW(Fact, question, "question", TYPE_TEXTS, OPTIONAL, "The question in full; required if it is asked."),
    ROW(Fact, rule, "rule", TYPE_RULE, OPTIONAL, "How it is worked out from other facts; nobody is asked for it then."),
    ROW(Fact, decision, "decision", TYPE_OBJECT, OPTIONAL, "By which decision it is worked out; this or `rule`.",
        .shape = &DECISION_SHAPE),
    ROW(Fact, hint, "hint", TYPE_TEXTS, OPTIONAL, "What helps to answer."),
    ROW(Fact, why, "why", TYPE_TEXTS, OPTIONAL, "Why it is asked."),
    LEGAL(Fact, legal, "legal", OPTIONAL, "On which law it is asked."),
    ROW(Fact, choices, "choices", TYPE_OBJECTS, OPTIONAL, "Of a choice, required: at least two answers.",
        .shape = &CHOICE_SHAPE),
    ROW(Fact, unit, "unit", TYPE_TEXTS, OPTIONAL, "Of a number: its unit."),
    ROW(Fact, min, "min", TYPE_NUMBER, OPTIONAL, "The least number or amount, members of a list, length of a text."),
    ROW(Fact, max, "max", TYPE_NUMBER, OPTIONAL, "The largest number or amount, members of a list, length of a text."),
    ROW(Fact, whole, "whole", TYPE_BOOLEAN, OPTIONAL, "Of a number: it has no decimals."),
    ROW(Fact, past, "past", TYPE_BOOLEAN, OPTIONAL, "Of a date: today or earlier."),
    ROW(Fact, future, "future", TYPE_BOOLEAN, OPTIONAL, "Of a date: today or later."),
    ROW(Fact, optional, "optional", TYPE_BOOLEAN, OPTIONAL, "It may be left empty."),
    ROW(Fact, check, "check", TYPE_RULE, OPTIONAL, "What must hold for the answer."),
    ROW(Fact, check_message, "check-message", TYPE_TEXTS, OPTIONAL, "Required with `check`: what to mend."),
    ROW(Fact, fields, "fields", TYPE_REFERENCES, OPTIONAL, "Of a list, required: what each member has.",
        .kind = DOCUMENT_FACT),
    ROW(Fact, member, "member", TYPE_TEXTS, OPTIONAL, "Of a list, required: what one member is called."),
    ROW(Fact, autocomplete, "autocomplete", TYPE_TEXT, OPTIONAL, "The autofill token of HTML."),
    ROW(Fact, sample, "sample", TYPE_TEXT, OPTIONAL, "What the demonstration answers, invented, as it would be entered."),
};
static const Field EVIDENCE_KEYS[] = {
    ROW(EvidenceType, name, "name", TYPE_TEXTS, REQUIRED, "What it is called."),
    ROW(EvidenceType, description, "description", TYPE_TEXTS, OPTIONAL, "What it must show."),
    ROW(EvidenceType, holder, "holder", TYPE_REFERENCE, OPTIONAL,
        "The authority that has it, so that nobody is asked for it.", .kind = DOCUMENT_AUTHORITY),
    ROW(EvidenceType, held_note, "held-note", TYPE_TEXTS, OPTIONAL, "How it is had without the applicant."),
    ROW(EvidenceType, held, "held", TYPE_RULE, OPTIONAL, "When the applicant has it already."),
    ROW(EvidenceType, upload, "upload", TYPE_BOOLEAN, OPTIONAL, "The applicant can bring it as a file."),
    ROW(EvidenceType, example, "example", TYPE_TEXTS, OPTIONAL, "What a good one looks like."),
    ROW(EvidenceType, declares, "declares", TYPE_TEXTS, OPTIONAL,
        "The sentence by which the applicant gives it when sending."),
    LEGAL(EvidenceType, legal, "legal", OPTIONAL, "On which law it is asked for."),
};
static const Field PROCEDURE_KEYS[] = {
    ROW(Procedure, name, "name", TYPE_TEXTS, REQUIRED, "What it is called."),
    LEGAL(Procedure, legal, "legal", OPTIONAL, "Its legal basis."),
    TERM(intake, "intake", OPTIONAL, "Within what time it is accepted or something is asked for."),
    ROW(Procedure, silence_accepts, "silence-accepts", TYPE_BOOLEAN, OPTIONAL,
        "True: what was not answered within the intake term is accepted, as of receipt."),
    TERM(correction, "correction", REQUIRED, "The applicant's time to correct; then it counts as withdrawn."),
    ROW(Procedure, correction_returns, "correction-returns", TYPE_BOOLEAN, OPTIONAL,
        "True: it does not count as withdrawn then; the authority may leave it untreated, within the intake term where there is one."),
    TERM(deficiency, "deficiency", REQUIRED,
         "The applicant's time for what may follow later; then acceptance is revoked."),
    TERM(extension, "extension", OPTIONAL, "By how much the limit may be extended, once."),
    TERM(delivery, "delivery", OPTIONAL,
         "The time from the decision to the result in hand; without it the limit is for the result."),
    TERM(mending, "mending", OPTIONAL,
         "The applicant's time to mend what an inspection after the decision found; then what was issued may be taken back."),
    ROW(Procedure, penalties, "delay-penalty", TYPE_OBJECTS, OPTIONAL, "What the authority pays for deciding late, each for its time.",
        .shape = &PENALTY_SHAPE),
    ROW(Procedure, grounds, "grounds", TYPE_OBJECTS, OPTIONAL, "On what grounds its clock may be stopped.",
        .shape = &GROUND_SHAPE),
    ROW(Procedure, remedies, "remedies", TYPE_OBJECTS, REQUIRED, "What can be done against a refusal, and until when.",
        .shape = &REMEDY_SHAPE),
    LEGAL(Procedure, refusal, "refusal", OPTIONAL, "The law on refusals."),
};
static const Field SERVICE_KEYS[] = {
    ROW(Service, name, "name", TYPE_TEXTS, REQUIRED, "What it is called."),
    ROW(Service, summary, "summary", TYPE_TEXTS, REQUIRED, "What one gets and why one needs it, in one sentence."),
    ROW(Service, authority, "authority", TYPE_REFERENCE, REQUIRED, "Who decides.", .kind = DOCUMENT_AUTHORITY),
    ROW(Service, procedure, "procedure", TYPE_REFERENCE, REQUIRED, "By which procedure.", .kind = DOCUMENT_PROCEDURE),
    LEGAL(Service, legal, "legal", REQUIRED, "Its legal basis."),
    ROW(Service, when, "when", TYPE_RULE, OPTIONAL, "When it is needed; else always."),
    ROW(Service, because, "because", TYPE_TEXTS, OPTIONAL, "Why it is needed, where `when` holds."),
    ROW(Service, otherwise, "otherwise", TYPE_TEXTS, OPTIONAL, "Why it is not needed, where `when` does not hold."),
    ROW(Service, needs, "needs", TYPE_OBJECTS, OPTIONAL, "The evidence it needs.", .shape = &NEED_SHAPE),
    ROW(Service, asks, "asks", TYPE_REFERENCES, OPTIONAL, "The facts that the authority itself must know.",
        .kind = DOCUMENT_FACT),
    ROW(Service, steps, "steps", TYPE_OBJECTS, OPTIONAL, "Special steps of this service.", .shape = &GROUND_SHAPE),
    ROW(Service, inspection, "inspection", TYPE_BOOLEAN, OPTIONAL, "Somebody comes and looks."),
    ROW(Service, joint_inspection, "joint-inspection", TYPE_BOOLEAN, OPTIONAL,
        "One visit together with the others of the application that say so."),
    ROW(Service, gives, "gives", TYPE_REFERENCE, REQUIRED, "The evidence that it gives.", .kind = DOCUMENT_EVIDENCE),
    ROW(Service, valid, "valid", TYPE_PERIOD, OPTIONAL, "How long the result is valid."),
    ROW(Service, renewal, "renewal", TYPE_OBJECT, OPTIONAL, "What it renews.", .shape = &RENEWAL_SHAPE),
    ROW(Service, time, "time", TYPE_OBJECTS, REQUIRED, "How long it may take.", .shape = &LIMIT_SHAPE),
    ROW(Service, fee, "fee", TYPE_MONEY, OPTIONAL, "What it costs; else nothing."),
    ROW(Service, fee_rule, "fee-rule", TYPE_FEE_RULE, OPTIONAL, "What it costs where that depends; this or `fee`."),
    ROW(Service, fee_note, "fee-note", TYPE_TEXTS, OPTIONAL, "What else is to be known of the fee."),
    ROW(Service, visits, "visits", TYPE_COUNT, OPTIONAL, "How often a person must come; else never."),
};
static const Field EVENT_KEYS[] = {
    ROW(Event, name, "name", TYPE_TEXTS, REQUIRED, "The wish in a few words."),
    ROW(Event, summary, "summary", TYPE_TEXTS, REQUIRED, "The result in one sentence."),
    ROW(Event, audience, "audience", TYPE_TEXTS, REQUIRED, "For whom it is."),
    ROW(Event, words, "words", TYPE_TEXTS, REQUIRED, "Other words that people search with, separated by commas."),
    ROW(Event, business, "business", TYPE_BOOLEAN, OPTIONAL, "True for a business event, else a life event."),
    ROW(Event, goals, "goals", TYPE_OBJECTS, REQUIRED, "The evidence that the person is to have in the end.",
        .shape = &GOAL_SHAPE),
    ROW(Event, stops, "stops", TYPE_OBJECTS, OPTIONAL, "Reasons why it cannot be fulfilled.", .shape = &STOP_SHAPE),
    ROW(Event, not_needed, "not-needed", TYPE_OBJECTS, OPTIONAL, "What people expect and need not do.",
        .shape = &NOT_NEEDED_SHAPE),
    ROW(Event, sections, "sections", TYPE_OBJECTS, REQUIRED,
        "The questions, in order; one comes only if it can matter.", .shape = &SECTION_SHAPE),
    ROW(Event, label, "label", TYPE_REFERENCE, REQUIRED, "The fact that names an application in lists.",
        .kind = DOCUMENT_FACT),
    ROW(Event, duties, "duties", TYPE_OBJECTS, OPTIONAL,
        "What remains to be done by the person.", .shape = &DUTY_SHAPE),
    ROW(Event, bundle, "bundle", TYPE_OBJECT, OPTIONAL, "The limit of all authorities together, from the first acceptance.",
        .shape = &TERM_SHAPE),
    ROW(Event, bundle_extension, "bundle-extension", TYPE_OBJECT, OPTIONAL, "By how much that limit may be extended, once.",
        .shape = &TERM_SHAPE),
    ROW(Event, declaration, "declaration", TYPE_TEXTS, REQUIRED, "What the applicant declares when sending."),
    LEGAL(Event, legal, "legal", OPTIONAL, "Its legal basis."),
};
static const Field CALENDAR_KEYS[] = {
    ROW(CalendarPaper, source, "source", TYPE_TEXT, OPTIONAL, "The notice that published it."),
    ROW(CalendarPaper, free, "free", TYPE_OBJECTS, OPTIONAL, "The free days.", .shape = &FREE_DAY_SHAPE),
    ROW(CalendarPaper, worked, "worked", TYPE_DATES, OPTIONAL, "Days that are worked although their weekday is free."),
};

#define UNLISTED(T, word, rows, test, sentence)                                                                        \
    { SHAPE(T, word, sentence, rows, .check = test), .place = SIZE_MAX, .list = SIZE_MAX }
#define LISTED(T, word, field, rows, test, sentence)                                                                   \
    { SHAPE(T, word, sentence, rows, .check = test), .place = offsetof(T, place), .list = offsetof(Pack, field) }

const DocumentSchema DOCUMENT_SCHEMAS[DOCUMENT_KIND_COUNT] = {
    [DOCUMENT_PACK] = UNLISTED(Pack, "pack", PACK_KEYS, load_check_pack, "The jurisdiction; once in a pack."),
    [DOCUMENT_LAW] =
        LISTED(Law, "law", laws, LAW_KEYS, load_check_law, "An act, a regulation or a published decision."),
    [DOCUMENT_PERIOD_RULE] =
        LISTED(CountingRule, "period-rule", period_rules, PERIOD_RULE_KEYS, load_check_period_rule,
               "How a law counts periods; the pack, a term, a limit, a ground or a remedy names it."),
    [DOCUMENT_AUTHORITY] = LISTED(Authority, "authority", authorities, AUTHORITY_KEYS, NULL, "Who decides."),
    [DOCUMENT_FACT] =
        LISTED(Fact, "fact", facts, FACT_KEYS, load_check_fact,
               "One typed datum, asked once or worked out. Its identifier is its name in rules: words joined by `_`."),
    [DOCUMENT_EVIDENCE] = LISTED(EvidenceType, "evidence", evidence, EVIDENCE_KEYS, NULL, "A kind of proof."),
    [DOCUMENT_PROCEDURE] = LISTED(Procedure, "procedure", procedures, PROCEDURE_KEYS, load_check_procedure,
                                  "What the law says about a kind of case; many services use it."),
    [DOCUMENT_SERVICE] = LISTED(Service, "service", services, SERVICE_KEYS, load_check_service,
                                "What one authority decides or issues."),
    [DOCUMENT_EVENT] =
        LISTED(Event, "event", events, EVENT_KEYS, load_check_event, "The wish that a person comes with."),
    [DOCUMENT_CALENDAR] = UNLISTED(CalendarPaper, "calendar", CALENDAR_KEYS, NULL,
                                   "The published free and worked days of one year, which is its identifier."),
};

const char *const KEY_TYPE_WORDS[KEY_TYPE_COUNT] = {
#define X(type, words, hint) [type] = words,
    KEY_TYPES(X)
#undef X
};
const char *const KEY_TYPE_HINTS[KEY_TYPE_COUNT] = {
#define X(type, words, hint) [type] = hint,
    KEY_TYPES(X)
#undef X
};

const Field *shape_field(const Shape *shape, Str name)
{
    for (size_t i = 0; i < shape->key_count; i++)
        if (str_equal(str_from(shape->keys[i].name), name))
            return &shape->keys[i];
    return NULL;
}
