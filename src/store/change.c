/* Building a change: rows with their values, sealed and hashed here, on the caller's thread, so that the writer has
 * nothing to do but bind and step. What a change expects of the world stands in the statements themselves
 * (statements.c). */
#include "store/inside.h"

/* Failed tries older than this no longer count, and go when the next one comes. */
static const int64_t ATTEMPTS_KEPT_US = 7 * DAY_US;

static void forget_keys(void *what)
{
    Change *change = what;
    for (PartyKey *key = change->keys; key; key = key->next)
        key_forget(&key->key);
}

Change *change_begin(Store *store, Arena *arena)
{
    Change *change = arena_new(arena, Change);
    *change = (Change){ .store = store, .arena = arena, .spoiled = OUTCOME_DONE };
    arena_defer(arena, forget_keys, change);
    return change;
}

bool change_is_empty(const Change *change)
{
    return !change->first;
}

static Row *row_add(Change *change, StatementId statement)
{
    Row *row = arena_new(change->arena, Row);
    row->statement = statement;
    if (change->last)
        change->last->next = row;
    else
        change->first = row;
    change->last = row;
    return row;
}

static void put(Row *row, Column value)
{
    must(row->count < ROW_COLUMNS_MAX);
    row->columns[row->count++] = value;
}

static void put_number(Row *row, int64_t number)
{
    put(row, column_number(number));
}

static void put_application_key(Row *row, const Application *application)
{
    put_number(row, application->area);
    put_number(row, application->id);
}

static void put_case_key(Row *row, const CaseRow *it)
{
    put_number(row, it->area);
    put_number(row, it->application);
    put_number(row, it->k);
}

static void put_text(Row *row, Str text)
{
    put(row, column_text(text));
}

/* A hash is copied: it often stands in a row that the caller takes apart before the commit. */
static void put_hash(Change *change, Row *row, const Hash *hash)
{
    put(row, column_blob(str_copy(change->arena, (Str){ (const char *)hash->bytes, sizeof *hash })));
}

/* Nonces and salts, which are stored beside what they are for: taken from the system in one piece, because each call goes into the kernel. */
static void take_random(Change *change, void *bytes, size_t count)
{
    must(count <= sizeof change->random);
    if (change->random_left < count) {
        store_random(change->random, sizeof change->random);
        change->random_left = sizeof change->random;
    }
    change->random_left -= count;
    memcpy(bytes, change->random + change->random_left, count);
}

/* ---- keys ------------------------------------------------------------------------------------------- */

static PartyKey *hold_key(Change *change, int64_t party)
{
    PartyKey *held = arena_new(change->arena, PartyKey);
    *held = (PartyKey){ .next = change->keys, .party = party };
    change->keys = held;
    return held;
}

/* NULL, and the change spoiled, when there is none: what cannot be sealed is not written. */
static const Key *party_key(Change *change, int64_t party)
{
    for (PartyKey *held = change->keys; held; held = held->next)
        if (held->party == party)
            return &held->key;
    PartyKey *held = hold_key(change, party);
    if (keys_find(change->store->keys, party, &held->key) != KEY_FOUND) {
        change->spoiled = OUTCOME_FAILED;
        return NULL;
    }
    return &held->key;
}

/* Of nobody (an erased party) nothing is kept: the body would be for no reader. */
static Str seal(Change *change, int64_t party, const Nonce *nonce, Str purpose, Str plain)
{
    const Key *key = party && plain.len ? party_key(change, party) : NULL;
    return key ? trust_seal(change->arena, key, nonce, purpose, plain) : STR_NONE;
}

static void put_sealed(Change *change, Row *row, int64_t party, Str purpose, Str plain)
{
    Nonce nonce;
    take_random(change, &nonce, sizeof nonce);
    Str sealed = seal(change, party, &nonce, purpose, plain);
    put(row, sealed.len ? column_blob(sealed) : column_null());
}

void change_party(Change *change, int64_t party, PartyKind kind, Instant at)
{
    must(party > 0);
    Row *row = row_add(change, WRITE_PARTY);
    put_number(row, party);
    put_number(row, kind);
    put_number(row, at.us);
    PartyKey *held = hold_key(change, party);
    switch (keys_find(change->store->keys, party, &held->key)) {
    case KEY_FOUND:                                /* a change that came to nothing left it behind */
        return;
    case KEY_NONE:
        store_random(&held->key, sizeof held->key);
        held->wrapped = keys_wrap(change->store->keys, change->arena, party, &held->key);
        return;
    case KEY_UNREADABLE:
        change->spoiled = OUTCOME_FAILED;
        return;
    }
}

/* ---- accounts, sessions, tries ------------------------------------------------------------------------ */

void change_account(Change *change, const Account *account)
{
    Row *row = row_add(change, WRITE_ACCOUNT);
    put_number(row, account->id);
    put_text(row, account->login);
    put_text(row, account->password);
    put_number(row, account->role);
    put_text(row, account->authority);
    put_number(row, account->party);
    put_text(row, account->name);
    put_text(row, account->language);
}

void change_account_language(Change *change, int64_t account, Str language)
{
    Row *row = row_add(change, WRITE_ACCOUNT_LANGUAGE);
    put_text(row, language);
    put_number(row, account);
}

void change_session(Change *change, const Session *session)
{
    /* Sessions come and go in step, so each new one takes the few along that are over. */
    put_number(row_add(change, WRITE_ACCESS_OVER), session->created_at.us);
    put_number(row_add(change, WRITE_SESSION_OVER), session->created_at.us);
    Row *row = row_add(change, WRITE_SESSION);
    put_hash(change, row, &session->token);
    put_number(row, session->account);
    put_number(row, session->created_at.us);
    put_number(row, session->expires_at.us);
}

void change_session_end(Change *change, const Hash *token)
{
    put_hash(change, row_add(change, WRITE_ACCESS_END), token);
    put_hash(change, row_add(change, WRITE_SESSION_END), token);
}

void change_session_access(Change *change, const Hash *token, int64_t area, int64_t application)
{
    Row *row = row_add(change, WRITE_ACCESS);
    put_hash(change, row, token);
    put_number(row, area);
    put_number(row, application);
}

void change_session_access_move(Change *change, const Hash *token, const Hash *from)
{
    Row *row = row_add(change, WRITE_ACCESS_MOVE);
    put_hash(change, row, token);
    put_hash(change, row, from);
}

void change_attempt(Change *change, const Hash *subject, Instant at)
{
    put_number(row_add(change, WRITE_ATTEMPTS_OLD), at.us - ATTEMPTS_KEPT_US);
    Row *row = row_add(change, WRITE_ATTEMPT);
    put_hash(change, row, subject);
    put_number(row, at.us);
}

void change_attempts_forget(Change *change, const Hash *subject)
{
    put_hash(change, row_add(change, WRITE_ATTEMPTS_END), subject);
}

/* ---- applications, cases, the journal, evidence -------------------------------------------------------- */

void change_application(Change *change, const Application *application)
{
    const bool is_new = application->version == 0;
    Row *row = row_add(change, is_new ? WRITE_APPLICATION_NEW : WRITE_APPLICATION);
    if (is_new)
        put_application_key(row, application);
    put_number(row, application->party);
    put_number(row, application->account);
    put_text(row, application->event);
    put_hash(change, row, &application->pack);
    put_number(row, application->state);
    put_number(row, application->version);
    put_hash(change, row, &application->secret);
    put_text(row, application->label);
    put_sealed(change, row, application->party, answers_purpose(change->arena, application->area, application->id),
               application->answers);
    put_number(row, application->created_at.us);
    put_number(row, application->changed_at.us);
    put_number(row, application->sent_at.us);
    put_number(row, application->entries);
    put_hash(change, row, &application->head);
    if (!is_new)
        put_application_key(row, application);
}

void change_case(Change *change, const CaseRow *it, uint32_t entries_before)
{
    Row *row = row_add(change, entries_before == 0 ? WRITE_CASE_NEW : WRITE_CASE);
    if (entries_before == 0)
        put_case_key(row, it);
    put_text(row, it->service);
    put_text(row, it->authority);
    put_number(row, it->state);
    put_number(row, it->entries);
    put_hash(change, row, &it->head);
    put(row, column_date(it->received));
    put(row, column_date(it->accepted));
    put(row, column_date(it->due));
    put(row, column_date(it->term));
    put_number(row, it->next_at.us);
    put_number(row, it->rating);
    if (entries_before) {
        put_case_key(row, it);
        put_number(row, entries_before);
    }
}

Hash change_entry(Change *change, int64_t area, int64_t application, int32_t k, int64_t party, const Entry *entry,
                  const Hash *previous)
{
    static const Hash nothing;
    must(entry->n >= 1 && entry->kind != ENTRY_NONE);
    must(entry->n > 1 || hash_equal(previous, &nothing));
    struct {
        Nonce nonce;
        Salt salt;
    } fresh;
    take_random(change, &fresh, sizeof fresh);
    ChainPlace place = { area, application, k };
    Str sealed = seal(change, party, &fresh.nonce, entry_purpose(change->arena, &place, entry->n), entry->body);
    Hash head = chain_link(previous, &fresh.salt, entry_skeleton(change->arena, &place, entry), sealed);

    Row *row = row_add(change, entry->n == 1 ? WRITE_ENTRY_FIRST : WRITE_ENTRY);
    put_number(row, area);
    put_number(row, application);
    put_number(row, k);
    put_number(row, entry->n);
    put_number(row, entry->kind);
    put_number(row, entry->role);
    put_number(row, entry->at.us);
    put(row, column_date(entry->on));
    put(row, column_date(entry->until));
    put_number(row, entry->period.amount);
    put_number(row, entry->period.unit);
    put_text(row, entry->what);
    put(row, column_blob(str_copy(change->arena, (Str){ (const char *)fresh.salt.bytes, sizeof fresh.salt })));
    put(row, sealed.len ? column_blob(sealed) : column_null());
    put_hash(change, row, &head);
    if (entry->n > 1)
        put_hash(change, row, previous);
    return head;
}

void change_evidence(Change *change, const Evidence *evidence, int64_t party)
{
    Row *row = row_add(change, WRITE_EVIDENCE);
    put_number(row, evidence->area);
    put_number(row, evidence->application);
    put_number(row, evidence->id);
    put_text(row, evidence->slot);
    put_text(row, evidence->type);
    put_number(row, evidence->k);
    put_sealed(change, row, party, evidence_purpose(change->arena, evidence), evidence->name);
    put_text(row, evidence->media_type);
    put_number(row, evidence->size);
    put_hash(change, row, &evidence->file);
    put_number(row, evidence->state);
    put_number(row, evidence->at.us);
}

void change_evidence_state(Change *change, const Evidence *evidence, EvidenceState state)
{
    Row *row = row_add(change, WRITE_EVIDENCE_STATE);
    put_number(row, state);
    put_number(row, evidence->area);
    put_number(row, evidence->application);
    put_number(row, evidence->id);
}

void change_evidence_drop(Change *change, const Evidence *evidence)
{
    Row *row = row_add(change, WRITE_EVIDENCE_DROP);
    put_number(row, evidence->area);
    put_number(row, evidence->application);
    put_number(row, evidence->id);
    list_push(change->arena, &change->dropped, evidence->file);
}

bool change_file(Change *change, int64_t party, Str content, Hash *name)
{
    if (!files_put(change->store, change->arena, party, content, name))
        return false;
    list_push(change->arena, &change->brought, *name);
    return true;
}

void change_pack(Change *change, const Hash *version, Str text, Instant now)
{
    Row *row = row_add(change, WRITE_PACK);
    put_hash(change, row, version);
    put_text(row, text);
    put_number(row, now.us);
    put_hash(change, row_add(change, WRITE_PACKS_UNUSED), version);
    put_number(row_add(change, WRITE_LOOK_AGAIN), LOOK_AGAIN.us);
}

static void put_version(Row *row, const Application *application)
{
    put_application_key(row, application);
    put_number(row, application->version);
}

void change_application_seen(Change *change, const Application *application)
{
    put_version(row_add(change, WRITE_APPLICATION_SEEN), application);
}

void change_application_drop(Change *change, const Application *application)
{
    put_version(row_add(change, WRITE_APPLICATION_DROP), application);
}

void change_numbers(Change *change, int64_t next, int64_t before)
{
    Row *row = row_add(change, WRITE_NUMBERS);
    put_number(row, next);
    put_number(row, before);
}

void change_demo(Change *change)
{
    row_add(change, WRITE_DEMO);
}
