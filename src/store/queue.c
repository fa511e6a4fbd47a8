/* Queues, tallies and what is due: queries over case state, never stored memberships. */
#include "store/inside.h"

enum { QUEUE_LIMIT = 500 };

/* All authorities lie between the empty text and the last character of Unicode. */
static const Str AUTHORITY_FIRST = { "", 0 }, AUTHORITY_LAST = { "\U0010FFFF", 4 };

static void put_states(Query *query, const QueueQuery *wanted)
{
    for (int i = 0; i < CASE_STATE_COUNT; i++) {
        CaseState state = (CaseState)i;
        bool is_wanted = wanted->state != CASE_NONE ? state == wanted->state
                                                    : !(wanted->open_only && case_state_is_final(state));
        query_put(query, column_number(is_wanted ? i : -1));
    }
}

/* The text between two anythings, with the signs that LIKE would take for its own escaped. */
static Str pattern(Arena *arena, Str text)
{
    Text like = text_begin(arena, text.len * 2 + 2);
    text_char(&like, '%');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '%' || text.data[i] == '_' || text.data[i] == '\\')
            text_char(&like, '\\');
        text_char(&like, text.data[i]);
    }
    text_char(&like, '%');
    return text_str(&like);
}

static QueueList read_queue(Store *store, Arena *arena, const QueueQuery *wanted, StatementId statement,
                            const Column *search)
{
    Query query = query_begin(store, arena, statement);
    query_put(&query, column_text(wanted->authority.len ? wanted->authority : AUTHORITY_FIRST));
    query_put(&query, column_text(wanted->authority.len ? wanted->authority : AUTHORITY_LAST));
    put_states(&query, wanted);
    if (search)
        query_put(&query, *search);
    query_put(&query, column_number(wanted->limit > 0 && wanted->limit < QUEUE_LIMIT ? wanted->limit : QUEUE_LIMIT));
    QueueList list = { 0 };
    while (query_next(&query)) {
        QueueRow *row = list_add(arena, &list);
        row->row = take_case(&query);
        row->label = take_text(&query);
        row->event = take_text(&query);
        row->pack = take_hash(&query);
    }
    return list;
}

QueueList store_queue(Store *store, Arena *arena, const QueueQuery *query)
{
    Str text = str_trim(query->text);
    if (!text.len)
        return read_queue(store, arena, query, READ_QUEUE, NULL);
    int64_t application;
    if (store_reference_parse(store, text, &application)) {
        Column number = column_number(application);
        QueueList found = read_queue(store, arena, query, READ_QUEUE_REFERENCE, &number);
        if (found.count)
            return found;                          /* otherwise it is a label that looks like a reference */
    }
    Column like = column_text(pattern(arena, text));
    return read_queue(store, arena, query, READ_QUEUE_LABEL, &like);
}

CaseRowList store_cases_due(Store *store, Arena *arena, Instant now, int limit, int skipped)
{
    Query query = query_begin(store, arena, READ_CASES_DUE);
    query_put(&query, column_number(now.us));
    query_put(&query, column_number(limit));
    query_put(&query, column_number(skipped));
    return take_cases(&query);
}

TallyList store_tally(Store *store, Arena *arena, Date today)
{
    TallyList list = { 0 };
    Query query = query_begin(store, arena, READ_TALLY);
    query_put(&query, column_date(today));
    while (query_next(&query)) {
        Tally *tally = list_add(arena, &list);
        tally->authority = take_text(&query);
        tally->state = (CaseState)take_enum(&query, CASE_STATE_COUNT);
        tally->cases = take_number(&query);
        tally->late = take_number(&query);
        tally->rated = take_number(&query);
        tally->rating_sum = take_number(&query);
    }
    return list;
}
