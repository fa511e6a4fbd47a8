/* Rows read: each function takes the columns in the order in which statements.c names them. */
#include "store/inside.h"

static Account take_account(Query *query)
{
    Account row = { .id = take_number(query) };
    row.login = take_text(query);
    row.password = take_text(query);
    row.role = (Role)take_enum(query, ROLE_COUNT);
    row.authority = take_text(query);
    row.party = take_number(query);
    row.name = take_text(query);
    row.language = take_text(query);
    return row;
}

static bool take_only_account(Query *query, Account *row)
{
    bool found = query_next(query);
    if (found)
        *row = take_account(query);
    query_end(query);
    return found;
}

bool store_account(Store *store, Arena *arena, int64_t id, Account *row)
{
    Query query = query_begin(store, arena, READ_ACCOUNT);
    query_put(&query, column_number(id));
    return take_only_account(&query, row);
}

bool store_account_by_login(Store *store, Arena *arena, Str login, Account *row)
{
    Query query = query_begin(store, arena, READ_ACCOUNT_BY_LOGIN);
    query_put(&query, column_text(login));
    return take_only_account(&query, row);
}

bool store_session(Store *store, Arena *arena, const Hash *token, Instant now, Session *row)
{
    Query query = query_begin(store, arena, READ_SESSION);
    query_put(&query, column_hash(token));
    query_put(&query, column_number(now.us));
    bool found = query_next(&query);
    if (found) {
        row->token = take_hash(&query);
        row->account = take_number(&query);
        row->created_at = take_instant(&query);
        row->expires_at = take_instant(&query);
    }
    query_end(&query);
    return found;
}

bool store_session_may(Store *store, const Hash *token, int64_t area, int64_t application)
{
    Query query = query_begin(store, NULL, READ_ACCESS);
    query_put(&query, column_hash(token));
    query_put(&query, column_number(area));
    query_put(&query, column_number(application));
    bool may = query_next(&query);
    query_end(&query);
    return may;
}

int store_attempts(Store *store, const Hash *subject, Instant since)
{
    Query query = query_begin(store, NULL, READ_ATTEMPTS);
    query_put(&query, column_hash(subject));
    query_put(&query, column_number(since.us));
    int times = query_next(&query) ? take_small(&query) : 0;
    query_end(&query);
    return times;
}

/* ---- applications ---------------------------------------------------------------------------------------- */

static Application take_application(Query *query)
{
    Application row = { .area = take_number(query) };
    row.id = take_number(query);
    row.party = take_number(query);
    row.account = take_number(query);
    row.event = take_text(query);
    row.pack = take_hash(query);
    row.state = (ApplicationState)take_enum(query, APPLICATION_SENT + 1);
    row.version = take_number(query);
    row.secret = take_hash(query);
    row.label = take_text(query);
    row.answers = store_unseal(query->store, query->arena, row.party, answers_purpose(query->arena, row.area, row.id),
                               take_blob(query));
    row.created_at = take_instant(query);
    row.changed_at = take_instant(query);
    row.sent_at = take_instant(query);
    row.entries = (uint32_t)take_small(query);
    row.head = take_hash(query);
    return row;
}

bool store_application(Store *store, Arena *arena, int64_t area, int64_t id, Application *row)
{
    Query query = query_begin(store, arena, READ_APPLICATION);
    query_put(&query, column_number(area));
    query_put(&query, column_number(id));
    bool found = query_next(&query);
    if (found)
        *row = take_application(&query);
    query_end(&query);
    return found;
}

static ApplicationList take_applications(Query *query)
{
    ApplicationList list = { 0 };
    while (query_next(query))
        list_push(query->arena, &list, take_application(query));
    return list;
}

ApplicationList store_applications_of(Store *store, Arena *arena, int64_t account)
{
    Query query = query_begin(store, arena, READ_APPLICATIONS_OF);
    query_put(&query, column_number(account));
    return take_applications(&query);
}

int64_t store_drafts_count(Store *store, int64_t account, const Hash *token)
{
    Query query = query_begin(store, NULL, READ_DRAFTS_COUNT);
    query_put(&query, column_number(account));
    query_put(&query, column_hash(token));
    const int64_t count = query_next(&query) ? take_number(&query) : 0;
    query_end(&query);
    return count;
}

ApplicationList store_applications_open(Store *store, Arena *arena, const Hash *token)
{
    Query query = query_begin(store, arena, READ_APPLICATIONS_OPEN);
    query_put(&query, column_hash(token));
    return take_applications(&query);
}

ApplicationList store_drafts_old(Store *store, Arena *arena, Instant before, int limit)
{
    Query query = query_begin(store, arena, READ_DRAFTS_OLD);
    query_put(&query, column_number(before.us));
    query_put(&query, column_number(limit));
    return take_applications(&query);
}

KeptPacks store_packs(Store *store, Arena *arena)
{
    KeptPacks list = { 0 };
    Query query = query_begin(store, arena, READ_PACKS);
    while (query_next(&query)) {
        KeptPack *kept = list_add(arena, &list);
        kept->version = take_hash(&query);
        kept->text = take_text(&query);
    }
    return list;
}

ApplicationList store_applications_in(Store *store, Arena *arena, ApplicationState state, int64_t area, int64_t id, int limit)
{
    Query query = query_begin(store, arena, READ_APPLICATIONS_IN);
    query_put(&query, column_number(area));
    query_put(&query, column_number(id));
    query_put(&query, column_number(state));
    query_put(&query, column_number(limit));
    return take_applications(&query);
}

/* ---- cases and their journal --------------------------------------------------------------------------------- */

CaseRow take_case(Query *query)
{
    CaseRow row = { .area = take_number(query) };
    row.application = take_number(query);
    row.k = take_small(query);
    row.service = take_text(query);
    row.authority = take_text(query);
    row.state = (CaseState)take_enum(query, CASE_STATE_COUNT);
    row.entries = (uint32_t)take_small(query);
    row.head = take_hash(query);
    row.received = take_date(query);
    row.accepted = take_date(query);
    row.due = take_date(query);
    row.term = take_date(query);
    row.next_at = take_instant(query);
    row.rating = take_small(query);
    return row;
}

CaseRowList take_cases(Query *query)
{
    CaseRowList list = { 0 };
    while (query_next(query))
        list_push(query->arena, &list, take_case(query));
    return list;
}

CaseRowList store_cases(Store *store, Arena *arena, int64_t area, int64_t application)
{
    Query query = query_begin(store, arena, READ_CASES);
    query_put(&query, column_number(area));
    query_put(&query, column_number(application));
    return take_cases(&query);
}

Query links_begin(Store *store, Arena *arena, const ChainPlace *place)
{
    Query query = query_begin(store, arena, READ_ENTRIES);
    query_put(&query, column_number(place->area));
    query_put(&query, column_number(place->application));
    query_put(&query, column_number(place->k));
    return query;
}

Link take_link(Query *query)
{
    Link link = { .party = take_number(query) };
    Entry *entry = &link.entry;
    entry->n = (uint32_t)take_small(query);
    entry->kind = (EntryKind)take_enum(query, ENTRY_KIND_COUNT);
    entry->role = (Role)take_enum(query, ROLE_COUNT);
    entry->at = take_instant(query);
    entry->on = take_date(query);
    entry->until = take_date(query);
    entry->period.amount = take_small(query);
    entry->period.unit = (Unit)take_enum(query, UNIT_YEAR + 1);
    entry->what = take_text(query);
    (void)!take_bytes(query, &link.salt, sizeof link.salt);
    link.sealed = take_blob(query);
    link.hash = take_hash(query);
    return link;
}

EntryList store_entries(Store *store, Arena *arena, int64_t area, int64_t application, int32_t k)
{
    ChainPlace place = { area, application, k };
    EntryList list = { 0 };
    Query query = links_begin(store, arena, &place);
    while (query_next(&query)) {
        Link link = take_link(&query);
        link.entry.body =
            store_unseal(store, arena, link.party, entry_purpose(arena, &place, link.entry.n), link.sealed);
        list_push(arena, &list, link.entry);
    }
    return list;
}

ChainList store_chains(Store *store, Arena *arena, int64_t area, int64_t application)
{
    ChainList list = { 0 };
    Query query = query_begin(store, arena, READ_CHAINS);
    query_put(&query, column_number(area));
    query_put(&query, column_number(application));
    while (query_next(&query))
        list_push(arena, &list, take_small(&query));
    return list;
}

OrphanList store_orphans(Store *store, Arena *arena)
{
    OrphanList list = { 0 };
    Query query = query_begin(store, arena, READ_ORPHANS);
    while (query_next(&query)) {
        Orphan *one = list_add(arena, &list);
        one->area = take_number(&query);
        one->application = take_number(&query);
        one->entries = take_number(&query);
        one->cases = take_number(&query);
        one->files = take_number(&query);
    }
    return list;
}

/* ---- evidence -------------------------------------------------------------------------------------------------- */

static Evidence take_evidence(Query *query)
{
    int64_t party = take_number(query);
    Evidence row = { .area = take_number(query) };
    row.application = take_number(query);
    row.id = take_number(query);
    row.slot = take_text(query);
    row.type = take_text(query);
    row.k = take_small(query);
    row.name =
        store_unseal(query->store, query->arena, party, evidence_purpose(query->arena, &row), take_blob(query));
    row.media_type = take_text(query);
    row.size = take_number(query);
    row.file = take_hash(query);
    row.state = (EvidenceState)take_enum(query, EVIDENCE_PENDING + 1);
    row.at = take_instant(query);
    return row;
}

EvidenceList store_evidence(Store *store, Arena *arena, int64_t area, int64_t application)
{
    EvidenceList list = { 0 };
    Query query = query_begin(store, arena, READ_EVIDENCE);
    query_put(&query, column_number(area));
    query_put(&query, column_number(application));
    while (query_next(&query))
        list_push(arena, &list, take_evidence(&query));
    return list;
}
