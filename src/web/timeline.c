/* The journal in words. What an entry is called is a table; what it means for the reader is one function with a case a kind, because
 * each rests on other dates. The entries of sending are told as one: one submission is receipt by all, and reads so. */
#include "web/timeline.h"

#include "web/clock.h"
#include "web/rate.h"
#include "web/words.h"

typedef struct Telling {
    Request *request;
    const ApplicationView *view;
    const CaseView *one;                           /* NULL: an entry of the application itself */
    Reader reader;
    int32_t k;                                     /* of the officer's case; 0: all */
    const Entry *entry;
    Happening *into;
} Telling;

static const struct {
    const char *applicant;                         /* %1: the service */
    const char *officer;
} TITLES[ENTRY_KIND_COUNT] = {
    [ENTRY_SEND] = { N_("You sent the application"), N_("The applicant sent the application") },
    [ENTRY_SUPPLEMENT] = { N_("You changed what you had sent"), N_("The applicant changed what was sent") },
    [ENTRY_WAIT] = { N_("%1: waits for another authority"), N_("Waits for another authority") },
    [ENTRY_RECEIVE] = { N_("%1: received"), N_("Received") },
    [ENTRY_ASK] = { N_("%1: corrections needed"), N_("Corrections asked for") },
    [ENTRY_SUPPLY] = { N_("%1: you sent the corrections"), N_("The corrections came") },
    [ENTRY_ACCEPT] = { N_("%1: accepted"), N_("Accepted") },
    [ENTRY_SILENCE] = { N_("%1: accepted, because the term ran out"), N_("Accepted by silence") },
    [ENTRY_ACCEPT_DEFICIENT] = { N_("%1: accepted, papers must follow"), N_("Accepted, papers must follow") },
    [ENTRY_CURE] = { N_("%1: you sent what was to follow"), N_("What was to follow came") },
    [ENTRY_SUSPEND] = { N_("%1: the clock stands still"), N_("Suspended: the clock stands still") },
    [ENTRY_RESUME] = { N_("%1: the clock runs on"), N_("Resumed: the clock runs on") },
    [ENTRY_EXTEND] = { N_("%1: the limit was extended"), N_("The limit was extended") },
    [ENTRY_INSPECT] = { N_("%1: inspected"), N_("Inspected") },
    [ENTRY_GRANT] = { N_("%1: granted"), N_("Granted") },
    [ENTRY_REFUSE] = { N_("%1: refused"), N_("Refused") },
    [ENTRY_ISSUE] = { N_("%1: the result is there"), N_("Result issued") },
    [ENTRY_WITHDRAW] = { N_("%1: you withdrew it"), N_("Withdrawn by the applicant") },
    [ENTRY_LAPSE] = { N_("%1: counts as withdrawn"), N_("Counts as withdrawn: no corrections in time") },
    [ENTRY_REVOKE] = { N_("%1: the acceptance was revoked"), N_("Acceptance revoked") },
    [ENTRY_DECLINE] = { N_("%1: not accepted"), N_("Not accepted") },
    [ENTRY_END] = { N_("%1: ended, because what it waited for will not come"), N_("Ended: what it waited for will not come") },
    [ENTRY_LIGHT] = { N_("%1: a limit is over"), N_("Light") },
    [ENTRY_DEEM] = { N_("%1: granted, because nothing was decided in time"), N_("Granted by silence") },
    [ENTRY_RETURN] = { N_("%1: no corrections came in time"), N_("No corrections came in time: leave it untreated, or go on") },
    [ENTRY_ORDER] = { N_("%1: something must be mended"), N_("Ordered to mend what was found") },
    [ENTRY_CANCEL] = { N_("%1: taken back"), N_("Taken back") },
    [ENTRY_EXTEND_BUNDLE] = { N_("%1: the common limit was extended"), N_("The common limit was extended") },
    [ENTRY_DEFAULT] = { N_("%1: you said that the decision is late"), N_("The applicant said that the decision is late") },
    [ENTRY_RATE] = { N_("%1: you rated the service"), N_("The applicant rated the service") },
};

static Language language_of_telling(const Telling *it)
{
    return words_language(it->request);
}

/* A sentence with one argument. */
static Str say(const Telling *it, const char *english, Str argument)
{
    return text_in(it->request->arena, language_of_telling(it), english, argument);
}

/* ---- bodies ------------------------------------------------------------------------------------------------------ */

static const Json *body_of(Arena *arena, const Entry *entry)
{
    Errors errors = errors_begin(arena);
    return entry->body.len ? json_parse(arena, entry->body, &errors) : NULL;
}

Str entry_said(Arena *arena, const Entry *entry, Str key)
{
    return str_trim(json_text(body_of(arena, entry), key));
}

const Entry *entry_newest(const EntryList *entries, EntryKind kind)
{
    for (size_t i = entries->count; i-- > 0;)
        if (entries->at[i].kind == kind)
            return &entries->at[i];
    return NULL;
}

Str timeline_slot(Request *request, const ApplicationView *view, Str slot)
{
    const Slot *found = plan_slot(view->plan, slot);
    return found ? words_slot(request, found) : page_tr(request, N_("A document"));
}

static void add_line(const Telling *it, Str line)
{
    list_push(it->request->arena, &it->into->lines, line);
}

static void add_pair(const Telling *it, Str name, Str text)
{
    add_line(it, text_in(it->request->arena, language_of_telling(it), "%1: %2", name, text));
}

/* ---- sending and supplements --------------------------------------------------------------------------------------- */

/* LAW cn.visit-once art.5(3): the moment of sending is the moment of receipt by all who can begin. */
static void tell_sending(const Telling *it)
{
    Strs received = { 0 }, waiting = { 0 };
    Request *request = it->request;
    for (size_t i = 0; i < it->view->cases.count; i++) {
        const CaseView *one = &it->view->cases.at[i];
        if (!one->service || one->entries.count == 0)
            continue;
        Strs *list = one->entries.at[0].kind == ENTRY_RECEIVE ? &received : &waiting;
        list_push(request->arena, list, page_texts(request, one->service->name));
    }
    it->into->text = say(it, N_("The reference is %1."), it->view->reference);
    if (it->reader == READER_OFFICER)
        return;
    if (received.count)
        add_pair(it, page_tr(request, N_("Received at this moment")), words_join(request, &received, JOINT_AND));
    if (waiting.count)
        add_pair(it, page_tr(request, N_("Begins when another result is there")), words_join(request, &waiting, JOINT_AND));
    it->into->law = words_laws(request, &it->view->pack->receipt);
}

/* May the reader see this fact or place? The applicant all; an officer what the service of the case uses. */
static bool sees_fact(const Telling *it, const Fact *fact)
{
    const CaseView *one = it->k ? application_case(it->view, it->k) : NULL;
    if (it->reader == READER_APPLICANT)
        return true;
    FactList facts = one && one->service ? service_facts(it->request->arena, it->view->pack, one->service) : (FactList){ 0 };
    for (size_t i = 0; i < facts.count; i++)
        if (facts.at[i] == fact)
            return true;
    return false;
}

static bool sees_slot(const Telling *it, Str slot)
{
    const CaseView *one = it->k ? application_case(it->view, it->k) : NULL;
    for (size_t i = 0; one && i < one->slots.count; i++)
        if (str_equal(one->slots.at[i].id, slot))
            return true;
    return it->reader == READER_APPLICANT;
}

/* Of a list only what changed, by each member's identity. */
static void tell_list(const Telling *it, const Fact *fact, const Json *pair)
{
    Request *request = it->request;
    const Str name = page_texts(request, fact->name);
    const Answer before = answer_of_json(request->arena, fact->id, pair->items.at[0]),
                 after = answer_of_json(request->arena, fact->id, pair->items.at[1]);
    for (size_t i = 0; i < before.members.count; i++) {
        const Member *old = &before.members.at[i], *now = answer_member(&after, old->id);
        const Str was = words_person(request, fact, old, i), is = now ? words_person(request, fact, now, i) : STR_NONE;
        if (!now)
            add_line(it, text_in(request->arena, language_of_telling(it), "%1, taken off: %2", name, was));
        else if (!str_equal(was, is))
            add_line(it, text_in(request->arena, language_of_telling(it), "%1: %2 → %3", name, was, is));
    }
    for (size_t i = 0; i < after.members.count; i++)
        if (!answer_member(&before, after.members.at[i].id))
            add_line(it, text_in(request->arena, language_of_telling(it), "%1, added: %2", name,
                                 words_person(request, fact, &after.members.at[i], i)));
}

/* False where nothing of it concerns the reader. */
static bool tell_supplement(const Telling *it)
{
    Request *request = it->request;
    const Json *body = body_of(request->arena, it->entry);
    const Json *answers = json_get(body, S("answers")), *files = json_get(body, S("evidence"));
    for (size_t i = 0; answers && i < answers->keys.count; i++) {
        const Fact *fact = pack_fact(it->view->pack, answers->keys.at[i]);
        const Json *pair = answers->items.at[i];
        if (!fact || pair->items.count != 2 || !sees_fact(it, fact))
            continue;
        if (fact->kind == FACT_LIST)
            tell_list(it, fact, pair);
        else
            add_line(it, text_in(request->arena, language_of_telling(it), "%1: %2 → %3", page_texts(request, fact->name),
                                 words_kept(request, fact, pair->items.at[0]), words_kept(request, fact, pair->items.at[1])));
    }
    for (size_t i = 0; files && i < files->items.count; i++) {
        Str slot = json_text(files->items.at[i], S("slot"));
        if (sees_slot(it, slot))
            add_line(it, text_in(request->arena, language_of_telling(it), "%1: new file, %2", timeline_slot(request, it->view, slot),
                                 json_text(files->items.at[i], S("name"))));
    }
    int64_t k = 0;
    const bool of_reader = it->reader == READER_APPLICANT || (str_to_i64(json_text(body, S("for")), &k) && k == it->k);
    if (of_reader)
        it->into->quote = str_trim(json_text(body, S("note")));
    return of_reader || it->into->lines.count > 0;
}

/* ---- one case ---------------------------------------------------------------------------------------------------------- */

static Date due_of(const Telling *it, Period period)
{
    return period.amount ? calendar_due(&it->view->pack->calendar, it->entry->on, period, NULL, 0).date : DATE_NONE;
}

static void tell_waiting(const Telling *it)
{
    Strs names = { 0 };
    Str rest = it->entry->what, id;
    while (str_cut(&rest, ' ', &id)) {
        const EvidenceType *type = pack_evidence(it->view->pack, id);
        if (type)
            list_push(it->request->arena, &names, page_texts(it->request, type->name));
    }
    it->into->text = say(it, N_("It begins by itself when this is there: %1."), words_join(it->request, &names, JOINT_AND));
}

static void tell_received(const Telling *it)
{
    const Term *intake = &it->one->service->procedure->intake;
    const Date due = intake->on_the_spot ? calendar_same_day(&it->view->pack->calendar, it->entry->on, NULL, 0).date
                                         : due_of(it, intake->time);
    if (!date_is_set(due))
        return;
    it->into->text = say(it, it->reader == READER_APPLICANT
                                 ? N_("By %1 the authority accepts it, or tells you once everything that must be corrected.")
                                 : N_("Accept it, or ask once for everything that must be corrected, by %1."),
                         words_date(it->request, due));
}

static void tell_notice(const Telling *it)
{
    Request *request = it->request;
    EntryList until_this = it->one->entries;
    until_this.count = it->entry->n;
    CorrectionItems items = notice_items(request->arena, &until_this);
    for (size_t i = 0; i < items.count; i++) {
        const CorrectionItem *item = &items.at[i];
        const Fact *fact = item->fact.len ? pack_fact(it->view->pack, item->fact) : NULL;
        add_pair(it, fact ? page_texts(request, fact->name) : timeline_slot(request, it->view, item->slot), item->text);
    }
    it->into->text = say(it, it->reader == READER_APPLICANT ? N_("Send the corrections by %1. After that it counts as withdrawn.")
                                                            : N_("The applicant has until %1. After that it counts as withdrawn."),
                         words_date(request, it->entry->until));
    it->into->law = words_laws(request, &it->one->service->procedure->correction.legal);
}

static void tell_accepted(const Telling *it)
{
    const Limit *limit = it->one->limit;
    const bool by_acceptance = limit && !limit->from_receipt && !limit->from_filing && !limit->on_the_spot;
    const Date due = by_acceptance ? due_of(it, limit->promised.amount ? limit->promised : limit->statutory) : DATE_NONE;
    if (date_is_set(due))
        it->into->text = say(it, N_("The limit runs until %1."), words_date(it->request, due));
}

static void tell_deficiency(const Telling *it)
{
    Strs names = { 0 };
    Str rest = it->entry->what, slot;
    while (str_cut(&rest, ' ', &slot))
        list_push(it->request->arena, &names, timeline_slot(it->request, it->view, slot));
    it->into->text = text_in(it->request->arena, language_of_telling(it),
                             "To follow by %1: %2. If it does not come, the acceptance is revoked.",
                             words_date(it->request, it->entry->until), words_join(it->request, &names, JOINT_AND));
    it->into->law = words_laws(it->request, &it->one->service->procedure->deficiency.legal);
}

static void tell_suspension(const Telling *it)
{
    const Ground *ground = clock_ground(it->one->service, it->entry->what);
    if (!ground)
        return;
    it->into->text = say(it, N_("Legal ground: %1."), page_texts(it->request, ground->name));
    if (date_is_set(it->entry->until))
        it->into->text = text_in(it->request->arena, language_of_telling(it), "%1 It should be over by %2.", it->into->text,
                                 words_date(it->request, it->entry->until));
    else if (ground->time.amount)
        it->into->text = text_in(it->request->arena, language_of_telling(it), "%1 It may take %2.", it->into->text,
                                 words_period(it->request, ground->time));
    it->into->law = words_laws(it->request, &ground->legal);
}

static void tell_granted(const Telling *it)
{
    const Date due = due_of(it, it->one->service->procedure->delivery.time);
    if (date_is_set(due))
        it->into->text = say(it, N_("The result is handed over by %1."), words_date(it->request, due));
}

static void tell_rating(const Telling *it)
{
    int64_t grade = 0;
    if (str_to_i64(it->entry->what, &grade))
        it->into->text = rate_words(it->request, (int32_t)grade);
    it->into->quote = entry_said(it->request->arena, it->entry, S("text"));
}

/* "red statutory": the light, and the clock by its label. */
static void tell_light(const Telling *it)
{
    Str clock = it->entry->what, color = STR_NONE;
    (void)str_cut(&clock, ' ', &color);
    for (int kind = 0; kind < CLOCK_KIND_COUNT; kind++)
        if (str_equal(clock, clock_kind_word((ClockKind)kind)))
            it->into->text = text_in(it->request->arena, language_of_telling(it),
                                     str_equal(color, S("red")) ? N_("Red: %1, was due %2.") : N_("Yellow: %1, due %2."),
                                     clock_label(it->request, (ClockKind)kind), words_date(it->request, it->entry->until));
}

/* LAW nl.awb art.4:17: what the delay costs the authority so far. */
static void tell_default(const Telling *it)
{
    Penalty penalty;
    Text money = text_begin(it->request->arena, 100);
    if (!case_penalty(&it->one->it, it->one->service->procedure, &it->view->pack->calendar, it->view->today, &penalty))
        return;
    money_in_words(&money, language_of_telling(it), penalty.amount, it->view->pack->currency);
    it->into->text = text_in(it->request->arena, language_of_telling(it), "Penalty for the delay since %1: %2.",
                             words_date(it->request, penalty.first), text_str(&money));
    it->into->law = words_laws(it->request, penalty.legal);
}

static void tell_deemed(const Telling *it)
{
    const CaseView *one = it->one;
    const Legals *legal = one->limit ? &one->limit->silence.legal : &one->service->legal;
    it->into->text = say(it, N_("It is in force from %1."), words_date(it->request, one->it.in_force));
    it->into->law = words_laws(it->request, date_is_set(one->it.expires) ? &one->service->renewal.legal : legal);
}

/* What the entry means, with its dates and its law. */
static void tell_meaning(const Telling *it)
{
    Request *request = it->request;
    const Procedure *procedure = it->one->service->procedure;
    switch (it->entry->kind) {
    case ENTRY_WAIT:
        tell_waiting(it);
        break;
    case ENTRY_RECEIVE:
        tell_received(it);
        break;
    case ENTRY_ASK:
        tell_notice(it);
        break;
    case ENTRY_ACCEPT:
        tell_accepted(it);
        break;
    case ENTRY_SILENCE:
        it->into->text = say(it, N_("The authority said nothing in time. It counts as accepted since %1."),
                             words_date(request, it->one->it.accepted));
        it->into->law = words_laws(request, &procedure->intake.legal);
        break;
    case ENTRY_ACCEPT_DEFICIENT:
        tell_deficiency(it);
        break;
    case ENTRY_SUSPEND:
        tell_suspension(it);
        break;
    case ENTRY_EXTEND:
        it->into->text = say(it, N_("It is longer by %1."), words_period(request, it->entry->period));
        it->into->law = words_laws(request, &procedure->extension.legal);
        break;
    case ENTRY_INSPECT:
        it->into->text = str_equal(it->entry->what, S("passed")) ? page_tr(request, N_("Everything was in order."))
                                                                 : page_tr(request, N_("Something was not in order."));
        break;
    case ENTRY_GRANT:
        tell_granted(it);
        break;
    case ENTRY_REFUSE:
    case ENTRY_DECLINE:
        it->into->text = words_remedies(request, it->view->pack, procedure, it->entry->on);
        it->into->law = words_laws(request, words_law_of_ending(procedure, it->entry->kind));
        break;
    case ENTRY_ISSUE:
        it->into->text = page_texts(request, it->one->service->gives->name);
        break;
    case ENTRY_LAPSE:
        it->into->law = words_laws(request, &procedure->correction.legal);
        break;
    case ENTRY_REVOKE:
        it->into->text = words_remedies(request, it->view->pack, procedure, it->entry->on);
        if (it->entry->role == ROLE_CLOCK)
            it->into->text = say(it, N_("What was to follow did not come in time. %1"), it->into->text);
        it->into->law = words_laws(request, words_law_of_ending(procedure, it->entry->kind));
        break;
    case ENTRY_RATE:
        tell_rating(it);
        break;
    case ENTRY_LIGHT:
        tell_light(it);
        break;
    case ENTRY_DEEM:
        tell_deemed(it);
        break;
    case ENTRY_RETURN:
        it->into->law = words_laws(request, &procedure->correction.legal);
        break;
    case ENTRY_ORDER:
        it->into->text = say(it, N_("To be mended by %1. If it is not, what was issued may be taken back."), words_date(request, it->entry->until));
        it->into->law = words_laws(request, &procedure->mending.legal);
        break;
    case ENTRY_CANCEL:
        it->into->text = words_remedies(request, it->view->pack, procedure, it->entry->on);
        it->into->law = words_laws(request, words_law_of_ending(procedure, it->entry->kind));
        break;
    case ENTRY_EXTEND_BUNDLE:
        it->into->text = say(it, N_("It is longer by %1."), words_period(request, it->entry->period));
        if (it->one->bundle && it->one->bundle->longer)
            it->into->law = words_laws(request, &it->one->bundle->longer->legal);
        break;
    case ENTRY_DEFAULT:
        tell_default(it);
        break;
    case ENTRY_SUPPLY:
    case ENTRY_CURE:
    case ENTRY_RESUME:
    case ENTRY_WITHDRAW:
    case ENTRY_END:
    case ENTRY_NONE:
    case ENTRY_SEND:
    case ENTRY_SUPPLEMENT:
    case ENTRY_KIND_COUNT:
        break;
    }
}

/* The officer's own words, under whichever name the step keeps them. */
static Str quote_of(const Telling *it)
{
    static const Str KEYS[] = { { "message", 7 }, { "reason", 6 }, { "report", 6 } };
    for (size_t i = 0; i < COUNT_OF(KEYS); i++) {
        Str said = entry_said(it->request->arena, it->entry, KEYS[i]);
        if (said.len)
            return said;
    }
    return STR_NONE;
}

static Str who_of(const Telling *it)
{
    switch (it->entry->role) {
    case ROLE_APPLICANT:
        return page_tr(it->request, it->reader == READER_APPLICANT ? N_("You") : N_("Applicant"));
    case ROLE_OFFICER:
        return it->one && it->one->service ? page_texts(it->request, it->one->service->authority->name) : STR_NONE;
    case ROLE_SUPERVISOR:
        return page_tr(it->request, N_("Supervisor"));
    case ROLE_CLOCK:
        return page_tr(it->request, N_("By itself, because a legal term ran out"));
    case ROLE_DESK:
        return page_tr(it->request, N_("Automatically"));
    case ROLE_NOBODY:
    case ROLE_COUNT:
        break;
    }
    return STR_NONE;
}

/* Sending told it already, for the applicant who sees all cases. */
static bool is_told_with_sending(const Telling *it)
{
    return it->reader == READER_APPLICANT && it->one && it->entry->n == 1 && it->entry->at.us == it->view->row.sent_at.us;
}

static void tell(Timeline *timeline, Telling it)
{
    Request *request = it.request;
    Happening one = { .k = it.one ? it.one->row.k : 0, .n = it.entry->n, .at = it.entry->at };
    it.into = &one;
    if (is_told_with_sending(&it) || !TITLES[it.entry->kind].officer)
        return;
    /* That time grows short is for those who keep it. */
    if (it.entry->kind == ENTRY_LIGHT && it.reader == READER_APPLICANT && !str_starts(it.entry->what, S("red")))
        return;
    const Str service = it.one && it.one->service ? page_texts(request, it.one->service->name) : STR_NONE;
    one.title = it.reader == READER_APPLICANT ? say(&it, TITLES[it.entry->kind].applicant, service)
                                              : page_tr(request, TITLES[it.entry->kind].officer);
    one.who = who_of(&it);
    if (it.entry->kind == ENTRY_SEND) {
        tell_sending(&it);
    } else if (it.entry->kind == ENTRY_SUPPLEMENT) {
        if (!tell_supplement(&it))
            return;
    } else if (it.one && it.one->service) {
        one.quote = quote_of(&it);
        tell_meaning(&it);
    }
    list_push(request->arena, timeline, one);
}

/* Newest first; of one moment, what the application says of itself comes last, because it came first. */
static bool comes_before(const Happening *a, const Happening *b)
{
    if (a->at.us != b->at.us)
        return a->at.us > b->at.us;
    return a->k != b->k ? a->k > b->k : a->n > b->n;
}

static void sort(Timeline *timeline)
{
    for (size_t i = 1; i < timeline->count; i++) {
        const Happening one = timeline->at[i];
        size_t at = i;
        for (; at > 0 && comes_before(&one, &timeline->at[at - 1]); at--)
            timeline->at[at] = timeline->at[at - 1];
        timeline->at[at] = one;
    }
}

Timeline timeline_of(Request *request, const ApplicationView *view, Reader reader, int32_t k)
{
    Timeline timeline = { 0 };
    Telling it = { .request = request, .view = view, .reader = reader, .k = k };
    for (size_t i = 0; i < view->entries.count; i++) {
        it.entry = &view->entries.at[i];
        tell(&timeline, it);
    }
    for (size_t c = 0; c < view->cases.count; c++) {
        it.one = &view->cases.at[c];
        for (size_t i = 0; (k == 0 || it.one->row.k == k) && i < it.one->entries.count; i++) {
            it.entry = &it.one->entries.at[i];
            tell(&timeline, it);
        }
    }
    sort(&timeline);
    return timeline;
}
