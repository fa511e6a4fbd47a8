/* Drafts: begin, answer, leave, come back. Every button keeps what was entered; nothing in a draft is final, and nothing in it is in the
 * journal. Two tabs may answer different questions: a conflict reads again and adds the answer to the newer draft. */
#include "desk/inside.h"

enum { DRAFT_TRIES = 5 };
static const int64_t TRY_WINDOW_US = (int64_t)15 * 60 * 1000000;

static void find_section(Draft *draft)
{
    const Fact *ask = draft->plan->ask;
    draft->sections = draft->event->sections.count;
    draft->section = draft->sections;
    for (size_t s = 0; ask && s < draft->sections; s++)
        for (size_t f = 0; f < draft->event->sections.at[s].asks.count; f++)
            if (draft->event->sections.at[s].asks.at[f] == ask) {
                draft->section = s + 1;
                return;
            }
}

Verdict desk_draft(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Date today, Draft *draft)
{
    Verdict verdict;
    *draft = (Draft){ 0 };
    if (!draft_load(desk, arena, actor, USE_DRAFT, application, &draft->row, &verdict))
        return verdict;
    draft->reference = store_reference(desk->store, arena, application);
    draft->pack = desk->pack;
    draft->event = pack_event(draft->pack, draft->row.event);
    if (draft->row.state == APPLICATION_SENT)
        return VERDICT_ALREADY;
    draft->row.pack = draft->pack->version;
    if (!draft->event)
        return VERDICT_NOT_FOUND;
    draft->answers = answers_parse(arena, draft->row.answers);
    draft->plan = plan_derive(arena, draft->pack, draft->event, answers_scope(arena, draft->pack, &draft->answers), today);
    EvidenceList all = store_evidence(desk->store, arena, draft->row.area, application);
    for (size_t i = 0; i < all.count; i++)
        if (all.at[i].state == EVIDENCE_CURRENT)
            list_push(arena, &draft->evidence, all.at[i]);
    find_section(draft);
    return VERDICT_OK;
}

static Hash secret_hash(const Desk *desk, int64_t application, const char canonical[8])
{
    Key key = store_key(desk->store, S("second secret"));
    char bytes[16];
    memcpy(bytes, &application, 8);
    memcpy(bytes + 8, canonical, 8);
    return hash_keyed(&key, (Str){ bytes, sizeof bytes });
}

static Str secret_make(const Desk *desk, Arena *arena, int64_t application, Hash *hash)
{
    uint8_t random[5];
    char canonical[8];
    store_random(random, sizeof random);
    Str secret = secret_text(arena, random);
    must(secret_parse(secret, canonical));
    *hash = secret_hash(desk, application, canonical);
    return secret;
}

static bool hash_is_set(const Hash *hash)
{
    const Hash none = { 0 };
    return !hash_equal(hash, &none);
}

/* A draft of this event in which nothing was answered yet: a second click, the back button, or the page loaded again leads to it
 * again. */
static bool find_untouched(const Desk *desk, Arena *arena, const Actor *actor, Str event, int64_t *application)
{
    if (!actor->account.id && !actor->live)
        return false;
    const ApplicationList own = actor->account.id ? store_applications_of(desk->store, arena, actor->account.id)
                                                  : store_applications_open(desk->store, arena, &actor->session);
    for (size_t i = 0; i < own.count; i++)
        if (own.at[i].state == APPLICATION_DRAFT && str_equal(own.at[i].event, event) && str_equal(own.at[i].answers, S("{}"))) {
            *application = own.at[i].id;
            return true;
        }
    return false;
}

/* The session, made where it does not exist yet, may open the application from now on. */
static void open_to_session(const Desk *desk, Arena *arena, const Actor *actor, const Application *row, Instant now, Change *change)
{
    Session session;
    if (!store_session(desk->store, arena, &actor->session, now, &session)) {
        session = (Session){ .token = actor->session, .created_at = now, .expires_at = { now.us + 30 * DAY_US } };
        change_session(change, &session);
    }
    change_session_access(change, &actor->session, row->area, row->id);
}

Verdict desk_begin(const Desk *desk, Arena *arena, const Actor *actor, Str event, Instant now, Change *change,
                   int64_t *application, Str *secret)
{
    const Event *wish = pack_event(desk->pack, event);
    if (!wish)
        return VERDICT_NOT_FOUND;
    /* Officers have no applications of their own in this role. */
    if (actor->account.id && actor->account.role != ROLE_APPLICANT)
        return VERDICT_FORBIDDEN;
    if (find_untouched(desk, arena, actor, wish->id, application))
        return VERDICT_OK;
    if (store_drafts_count(desk->store, actor->account.id, &actor->session) >= DRAFTS_MAX)
        return VERDICT_NOT_NOW;
    Application *row = arena_new(arena, Application);
    *row = (Application){ .area = desk->pack->area, .id = store_next_id(desk->store), .account = actor->account.id,
                          .party = actor->account.party, .event = wish->id, .pack = desk->pack->version,
                          .state = APPLICATION_DRAFT, .answers = S("{}"), .created_at = now, .changed_at = now };
    if (row->id == 0)
        return VERDICT_TOO_MANY;
    *secret = secret_make(desk, arena, row->id, &row->secret);
    if (!actor->account.id) {
        row->party = store_next_id(desk->store);
        if (row->party == 0)
            return VERDICT_TOO_MANY;
        change_party(change, row->party, wish->business ? PARTY_BUSINESS : PARTY_PERSON, now);
        must(hash_is_set(&actor->session));
        open_to_session(desk, arena, actor, row, now, change);
    }
    change_application(change, row);
    *application = row->id;
    return VERDICT_OK;
}

Verdict desk_new_secret(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Instant now, Change *change, Str *secret)
{
    Verdict verdict;
    Application *row = arena_new(arena, Application);
    if (!draft_load(desk, arena, actor, USE_DRAFT, application, row, &verdict))
        return verdict;
    *secret = secret_make(desk, arena, application, &row->secret);
    row->changed_at = now;
    change_application(change, row);
    return VERDICT_OK;
}

Verdict desk_adopt(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Instant now, Change *change)
{
    Verdict verdict;
    Application *row = arena_new(arena, Application);
    if (!draft_load(desk, arena, actor, USE_APPLICATION, application, row, &verdict))
        return verdict;
    if (actor->account.role != ROLE_APPLICANT)
        return VERDICT_FORBIDDEN;
    if (row->account || !row->party)
        return VERDICT_ALREADY;
    row->account = actor->account.id;
    row->changed_at = now;
    change_application(change, row);
    return VERDICT_OK;
}

/* Counted by reference, so that trying secrets for one application is slow whoever tries. */
static Hash try_subject(const Desk *desk, Str what)
{
    Key key = store_key(desk->store, S("attempts"));
    return hash_keyed(&key, what);
}

static Verdict open_by_secret(const Desk *desk, Arena *arena, Str reference, Str secret, Instant now, Change *change, Application *row)
{
    int64_t id = 0;
    char canonical[8];
    if (!store_reference_parse(desk->store, reference, &id))
        return VERDICT_NOT_FOUND;
    /* Counted whether there is such an application or not, so that nobody can tell. */
    Hash *subject = arena_new(arena, Hash);
    *subject = try_subject(desk, str_printf(arena, "application %lld", (long long)id));
    if (store_attempts(desk->store, subject, (Instant){ now.us - TRY_WINDOW_US }) >= DRAFT_TRIES)
        return VERDICT_TOO_MANY;
    bool known = store_application(desk->store, arena, desk->pack->area, id, row);
    if (known && secret_parse(secret, canonical)) {
        Hash given = secret_hash(desk, id, canonical);
        if (hash_equal(&given, &row->secret))
            return VERDICT_OK;
    }
    change_attempt(change, subject, now);
    return VERDICT_NOT_FOUND;
}

Verdict desk_resume(const Desk *desk, Arena *arena, const Actor *actor, Str reference, Str secret, Instant now, Change *change,
                    int64_t *application)
{
    Application row;
    Verdict verdict = open_by_secret(desk, arena, reference, secret, now, change, &row);
    if (verdict != VERDICT_OK)
        return verdict;
    open_to_session(desk, arena, actor, &row, now, change);
    *application = row.id;
    return VERDICT_OK;
}

Verdict desk_track(const Desk *desk, Arena *arena, Str reference, Str secret, Instant now, Change *attempts, ApplicationView *view)
{
    Application row;
    Verdict verdict = open_by_secret(desk, arena, reference, secret, now, attempts, &row);
    if (verdict != VERDICT_OK)
        return verdict;
    if (row.state != APPLICATION_SENT) {
        *view = (ApplicationView){ .row = row, .reference = store_reference(desk->store, arena, row.id),
                                   .pack = desk->pack, .today = desk_today(desk->pack, now) };
        view->event = pack_event(view->pack, row.event);
        return VERDICT_OK;
    }
    return application_view(desk, arena, &row, now, view);
}

/* ---- answering -------------------------------------------------------------------------------------------- */

Verdict draft_edit(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Instant now, Editing *it)
{
    Verdict verdict = desk_draft(desk, arena, actor, application, desk_today(desk->pack, now), &it->draft);
    it->row = &it->draft.row;
    return verdict;
}

void draft_keep(Editing *it, Arena *arena, Instant now, Change *change)
{
    Application *row = arena_new(arena, Application);
    *row = *it->row;
    row->answers = answers_json(arena, &it->draft.answers);
    row->label = label_of(it->draft.event, &it->draft.answers);
    row->changed_at = now;
    change_application(change, row);
}

Answer *answer_at(Arena *arena, AnswerList *answers, Str fact)
{
    for (size_t i = 0; i < answers->count; i++)
        if (str_equal(answers->at[i].fact, fact))
            return &answers->at[i];
    Answer *answer = list_add(arena, answers);
    answer->fact = fact;
    return answer;
}

bool answer_check(Arena *arena, const Fact *fact, const Scope *facts, int language, Problems *problems)
{
    if (!fact->check.parsed || !value_is_false(rule_evaluate(arena, fact->check.parsed, facts)))
        return true;
    problem_add(arena, problems, fact->id, "%1", texts_in(fact->check_message, language), STR_NONE, STR_NONE);
    return false;
}

Verdict desk_answer(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str fact_id, const Form *form,
                    Instant now, Change *change, Problems *problems)
{
    Editing it;
    Verdict verdict = draft_edit(desk, arena, actor, application, now, &it);
    if (verdict != VERDICT_OK)
        return verdict;
    const Fact *fact = pack_fact(it.draft.pack, fact_id);
    if (!fact || fact->kind == FACT_LIST)
        return VERDICT_NOT_FOUND;
    Str text;
    if (!answer_read(arena, fact, form, desk_today(it.draft.pack, now), actor->language, &text, problems))
        return VERDICT_PROBLEMS;
    answer_at(arena, &it.draft.answers, fact->id)->text = text;
    if (text.len && !answer_check(arena, fact, answers_scope(arena, it.draft.pack, &it.draft.answers), actor->language, problems))
        return VERDICT_PROBLEMS;
    draft_keep(&it, arena, now, change);
    return VERDICT_OK;
}

void draft_drop(const Desk *desk, Arena *arena, const Application *row, Change *change)
{
    const EvidenceList evidence = store_evidence(desk->store, arena, row->area, row->id);
    for (size_t i = 0; i < evidence.count; i++)
        change_evidence_drop(change, &evidence.at[i]);
    change_application_drop(change, row);
}

Verdict desk_discard(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Instant now, Change *change)
{
    Editing it;
    Verdict verdict = draft_edit(desk, arena, actor, application, now, &it);
    if (verdict != VERDICT_OK)
        return verdict;
    draft_drop(desk, arena, it.row, change);
    return VERDICT_OK;
}
