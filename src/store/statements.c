/* The SQL of the store, one table. Text is never put together at run time.
 * Queues and tallies are answered from one index, (state, authority, due, rating): a queue picks its rows from it,
 * sorted and cut, before it looks at any row. `$1 <= authority <= $2` takes one authority or all of them with the same
 * plan. */
#include "store/statements.h"

#include "store/store.h"

#define ACCOUNT_COLUMNS "id, login, password, role, authority, party, name, language"
#define APPLICATION_CONTENT                                                                                         \
    "party, account, event, pack, state, version, secret, label, answers, created_at, changed_at, sent_at, entries, head"
#define APPLICATION_COLUMNS "area, id, " APPLICATION_CONTENT
#define CASE_CONTENT "service, authority, state, entries, head, received, accepted, due, term, next_at, rating"
#define CASE_COLUMNS                                                                                                   \
    "k.area, k.application, k.k, k.service, k.authority, k.state, k.entries, k.head, k.received, k.accepted, k.due, "  \
    "k.term, k.next_at, k.rating"
#define EVIDENCE_COLUMNS "area, application, id, slot, type, k, name, media_type, size, file, state, at"
#define ENTRY_COLUMNS                                                                                                  \
    "n, kind, role, at, on_day, until_day, period_amount, period_unit, what, salt, body, hash"
/* Whose key opens what is sealed: known of the application alone, so that erasing cuts one thread and not thousands. */
#define PARTY_OF_APPLICATION "(SELECT party FROM application WHERE area = $1 AND id = $2)"

/* The first 16 parameters after the authorities: every state has its place in the list of a queue's query. */
#define STATES_WANTED "($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
_Static_assert(CASE_STATE_COUNT == 16, "a place for each state");
#define QUEUE_COLUMNS CASE_COLUMNS ", a.label, a.event, a.pack"
#define QUEUE_ORDER " ORDER BY k.due NULLS LAST, k.application, k.k"
#define QUEUE_FROM(picked, limit)                                                                    \
    "SELECT " QUEUE_COLUMNS " FROM (" picked QUEUE_ORDER " LIMIT " limit ") AS picked"               \
    " JOIN kase k ON k.area = picked.area AND k.application = picked.application AND k.k = picked.k" \
    " JOIN application a ON a.area = picked.area AND a.id = picked.application" QUEUE_ORDER
#define QUEUE_WHERE " WHERE k.authority >= $1 AND k.authority <= $2 AND k.state IN " STATES_WANTED

const Statement STATEMENTS[STATEMENT_COUNT] = {
    [GROUP_BEGIN] = { "BEGIN IMMEDIATE", false },
    [GROUP_COMMIT] = { "COMMIT", false },
    [GROUP_ROLLBACK] = { "ROLLBACK", false },
    [CHANGE_BEGIN] = { "SAVEPOINT change", false },
    [CHANGE_KEEP] = { "RELEASE SAVEPOINT change", false },
    [CHANGE_LEAVE_OUT] = { "ROLLBACK TO SAVEPOINT change", false },
    [WRITE_TRIAL] = { "UPDATE number SET next = next + 1 WHERE name = 'trial'", false },
    [WRITE_DEMO] = { "UPDATE number SET next = 1 WHERE name = 'demo'", true },
    [WRITE_NUMBERS] = { "UPDATE number SET next = $1 WHERE name = 'id' AND next = $2", true },

    [WRITE_PARTY] = { "INSERT INTO party (id, kind, at, erased) VALUES ($1, $2, $3, 0)", true },
    [WRITE_ACCOUNT] = { "INSERT INTO account (" ACCOUNT_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", true },
    [WRITE_ACCOUNT_LANGUAGE] = { "UPDATE account SET language = $1 WHERE id = $2", true },
    [WRITE_SESSION] = { "INSERT INTO session (token, account, created_at, expires_at) VALUES ($1, $2, $3, $4)"
                        " ON CONFLICT (token) DO UPDATE SET account = excluded.account,"
                        " created_at = excluded.created_at, expires_at = excluded.expires_at",
                        true },
    [WRITE_SESSION_OVER] = { "DELETE FROM session WHERE expires_at <= $1", false },
    [WRITE_ACCESS_OVER] = { "DELETE FROM session_access WHERE token IN"
                            " (SELECT token FROM session WHERE expires_at <= $1)",
                            false },
    [WRITE_SESSION_END] = { "DELETE FROM session WHERE token = $1", false },
    [WRITE_ACCESS] = { "INSERT INTO session_access (token, area, application) VALUES ($1, $2, $3)"
                       " ON CONFLICT (token, area, application) DO NOTHING",
                       false },
    [WRITE_ACCESS_END] = { "DELETE FROM session_access WHERE token = $1", false },
    [WRITE_ACCESS_MOVE] = { "INSERT INTO session_access (token, area, application)"
                            " SELECT $1, area, application FROM session_access WHERE token = $2"
                            " ON CONFLICT (token, area, application) DO NOTHING",
                            false },
    [WRITE_ATTEMPT] = { "INSERT INTO attempt (subject, at, times) VALUES ($1, $2, 1)"
                        " ON CONFLICT (subject, at) DO UPDATE SET times = attempt.times + 1",
                        true },
    [WRITE_ATTEMPTS_OLD] = { "DELETE FROM attempt WHERE at < $1", false },
    [WRITE_ATTEMPTS_END] = { "DELETE FROM attempt WHERE subject = $1", false },
    [WRITE_APPLICATION_NEW] = { "INSERT INTO application (" APPLICATION_COLUMNS ") VALUES"
                                " ($1, $2, $3, $4, $5, $6, $7, $8 + 1, $9, $10, $11, $12, $13, $14, $15, $16)",
                                true },
    /* A key that is set, be it to what it was, is taken out of its index and put in again: an update sets the content alone. */
    [WRITE_APPLICATION] = { "UPDATE application SET (" APPLICATION_CONTENT ") ="
                            " ($1, $2, $3, $4, $5, $6 + 1, $7, $8, $9, $10, $11, $12, $13, $14)"
                            " WHERE area = $15 AND id = $16 AND version = $6",
                            true },
    [WRITE_APPLICATION_SEEN] = { "UPDATE application SET version = version + 1 WHERE area = $1 AND id = $2 AND version = $3", true },
    [WRITE_APPLICATION_DROP] = { "DELETE FROM application WHERE area = $1 AND id = $2 AND version = $3 AND state = 1",
                                 true },
    [WRITE_CASE_NEW] = { "INSERT INTO kase (area, application, k, " CASE_CONTENT ")"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                         true },
    [WRITE_CASE] = { "UPDATE kase SET (" CASE_CONTENT ") = ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
                     " WHERE area = $12 AND application = $13 AND k = $14 AND entries = $15",
                     true },
    /* The chain has no gap and no fork: the entry before must be there, and must be the one that was built upon. A first one has none, and
     * goes without the question: to read the table that it writes to, SQLite makes a passing table each time. */
    [WRITE_ENTRY_FIRST] = { "INSERT INTO entry (area, application, k, " ENTRY_COLUMNS ")"
                            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                            true },
    [WRITE_ENTRY] = { "INSERT INTO entry (area, application, k, " ENTRY_COLUMNS ")"
                      " SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15"
                      " WHERE EXISTS (SELECT 1 FROM entry WHERE area = $1 AND application = $2 AND k = $3"
                      " AND n = $4 - 1 AND hash = $16)",
                      true },
    [WRITE_EVIDENCE] = { "INSERT INTO evidence (" EVIDENCE_COLUMNS ")"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                         true },
    [WRITE_EVIDENCE_STATE] = { "UPDATE evidence SET state = $1 WHERE area = $2 AND application = $3 AND id = $4",
                               true },
    [WRITE_EVIDENCE_DROP] = { "DELETE FROM evidence WHERE area = $1 AND application = $2 AND id = $3", true },

    /* Later than all others, also where the machine's clock was set back: the newest is known by it. */
    [WRITE_PACK] = { "INSERT INTO pack (version, text, served_at)"
                     " SELECT $1, $2, MAX($3, COALESCE((SELECT MAX(served_at) + 1 FROM pack), $3)) WHERE TRUE"
                     " ON CONFLICT (version) DO UPDATE SET served_at = excluded.served_at",
                     true },
    [WRITE_PACKS_UNUSED] = { "DELETE FROM pack WHERE version <> $1 AND version NOT IN"
                             " (SELECT pack FROM application WHERE state = 2)",
                             false },
    /* State 8 is the first of those in which nothing more is decided: without a date, nothing is to come. */
    [WRITE_LOOK_AGAIN] = { "UPDATE kase SET next_at = $1 WHERE state < 8 OR due IS NOT NULL OR next_at > 0", false },

    [READ_ACCOUNT] = { "SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = $1", false },
    [READ_ACCOUNT_BY_LOGIN] = { "SELECT " ACCOUNT_COLUMNS " FROM account WHERE login = $1", false },
    [READ_SESSION] = { "SELECT token, account, created_at, expires_at FROM session WHERE token = $1 AND"
                       " expires_at > $2",
                       false },
    [READ_ACCESS] = { "SELECT 1 FROM session_access WHERE token = $1 AND area = $2 AND application = $3", false },
    [READ_ATTEMPTS] = { "SELECT COALESCE(SUM(times), 0) FROM attempt WHERE subject = $1 AND at >= $2", false },
    [READ_APPLICATION] = { "SELECT " APPLICATION_COLUMNS " FROM application WHERE area = $1 AND id = $2", false },
    [READ_APPLICATIONS_OF] = { "SELECT " APPLICATION_COLUMNS " FROM application WHERE account = $1 AND account > 0"
                               " ORDER BY id DESC LIMIT 200",
                               false },
    [READ_APPLICATIONS_IN] = { "SELECT " APPLICATION_COLUMNS " FROM application WHERE (area, id) > ($1, $2)"
                               " AND state = $3 ORDER BY area, id LIMIT $4",
                               false },
    [READ_CASES] = { "SELECT " CASE_COLUMNS " FROM kase k WHERE k.area = $1 AND k.application = $2 ORDER BY k.k",
                     false },
    [READ_ENTRIES] = { "SELECT " PARTY_OF_APPLICATION ", " ENTRY_COLUMNS
                       " FROM entry WHERE area = $1 AND application = $2 AND k = $3 ORDER BY n",
                       false },
    [READ_HEAD] = { "SELECT hash FROM entry WHERE area = $1 AND application = $2 AND k = $3 ORDER BY n DESC LIMIT 1",
                    false },
    [READ_CHAINS] = { "SELECT DISTINCT k FROM entry WHERE area = $1 AND application = $2 ORDER BY k", false },
    [READ_EVIDENCE] = { "SELECT " PARTY_OF_APPLICATION ", " EVIDENCE_COLUMNS
                        " FROM evidence WHERE area = $1 AND application = $2 ORDER BY id",
                        false },
    [READ_QUEUE] = { QUEUE_FROM("SELECT k.area, k.application, k.k FROM kase k" QUEUE_WHERE, "$19"), false },
    [READ_QUEUE_LABEL] = { QUEUE_FROM("SELECT k.area, k.application, k.k FROM kase k"
                                      " JOIN application a ON a.area = k.area AND a.id = k.application" QUEUE_WHERE
                                      " AND a.label LIKE $19 ESCAPE '\\'",
                                      "$20"),
                           false },
    [READ_QUEUE_REFERENCE] = { QUEUE_FROM("SELECT k.area, k.application, k.k FROM application a"
                                          " JOIN kase k ON k.area = a.area AND k.application = a.id" QUEUE_WHERE
                                          " AND a.id = $19",
                                          "$20"),
                               false },
    [READ_CASES_DUE] = { "SELECT " CASE_COLUMNS " FROM kase k WHERE k.next_at > 0 AND k.next_at <= $1"
                         " ORDER BY k.next_at, k.area, k.application, k.k LIMIT $2 OFFSET $3",
                         false },
    [READ_DRAFTS_COUNT] = { "SELECT (SELECT COUNT(*) FROM application WHERE account = $1 AND account > 0 AND state = 1)"
                            " + (SELECT COUNT(*) FROM session_access s JOIN application a ON a.area = s.area AND"
                            " a.id = s.application WHERE s.token = $2 AND a.state = 1 AND a.account = 0)",
                            false },
    [READ_APPLICATIONS_OPEN] = { "SELECT a.area, a.id, a.party, a.account, a.event, a.pack, a.state, a.version, a.secret,"
                                 " a.label, a.answers, a.created_at, a.changed_at, a.sent_at, a.entries, a.head"
                                 " FROM session_access s JOIN application a ON a.area = s.area AND a.id = s.application"
                                 " WHERE s.token = $1 AND a.account = 0 AND a.party > 0 ORDER BY a.id DESC LIMIT 200",
                                 false },
    [READ_DRAFTS_OLD] = { "SELECT " APPLICATION_COLUMNS " FROM application WHERE state = 1 AND changed_at < $1"
                          " ORDER BY changed_at LIMIT $2",
                          false },
    [READ_TALLY] = { "SELECT authority, state, COUNT(*), COALESCE(SUM(CASE WHEN due < $1 THEN 1 ELSE 0 END), 0),"
                     " COALESCE(SUM(CASE WHEN rating > 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(rating), 0)"
                     " FROM kase GROUP BY authority, state ORDER BY authority, state",
                     false },
    [READ_PACKS] = { "SELECT version, text FROM pack ORDER BY served_at DESC, version", false },

    [READ_ORPHANS] = { "SELECT o.area, o.application, SUM(o.entries), SUM(o.cases), SUM(o.files) FROM"
                       " (SELECT area, application, COUNT(*) AS entries, 0 AS cases, 0 AS files FROM entry GROUP BY area, application"
                       " UNION ALL SELECT area, application, 0, COUNT(*), 0 FROM kase GROUP BY area, application"
                       " UNION ALL SELECT area, application, 0, 0, COUNT(*) FROM evidence GROUP BY area, application) AS o"
                       " WHERE NOT EXISTS (SELECT 1 FROM application a WHERE a.area = o.area AND a.id = o.application"
                       " AND (a.state = 2 OR o.files > 0)) GROUP BY o.area, o.application ORDER BY o.area, o.application",
                       false },
    [READ_DEMO] = { "SELECT next FROM number WHERE name = 'demo'", false },

    [ERASE_PARTY_KNOWN] = { "SELECT 1 FROM party WHERE id = $1", false },
    [ERASE_PARTY] = { "UPDATE party SET erased = 1 WHERE id = $1", true },
    [ERASE_FIND_PARTIES] = { "SELECT DISTINCT a.party FROM account c JOIN application a ON a.account = c.id"
                             " WHERE c.party = $1 AND a.party > 0 AND a.party <> c.party",
                             false },
    [ERASE_FIND_FILES] = { "SELECT e.file FROM application a JOIN evidence e ON e.area = a.area AND"
                           " e.application = a.id"
                           " WHERE a.party = $1",
                           false },
    [ERASE_EVIDENCE] = { "DELETE FROM evidence WHERE (area, application) IN"
                         " (SELECT area, id FROM application WHERE party = $1)",
                         false },
    [ERASE_ACCESS] = { "DELETE FROM session_access WHERE (area, application) IN"
                       " (SELECT area, id FROM application WHERE party = $1)",
                       false },
    [ERASE_ACCOUNT_ACCESS] = { "DELETE FROM session_access WHERE token IN (SELECT token FROM session WHERE account IN"
                               " (SELECT id FROM account WHERE party = $1))",
                               false },
    [ERASE_SESSIONS] = { "DELETE FROM session WHERE account IN (SELECT id FROM account WHERE party = $1)", false },
    [ERASE_ACCOUNTS] = { "DELETE FROM account WHERE party = $1", false },
    [ERASE_DRAFTS] = { "DELETE FROM application WHERE party = $1 AND state = 1", false },
    [ERASE_APPLICATIONS] = { "UPDATE application SET party = 0, account = 0, label = '', answers = NULL,"
                             " secret = SUBSTR(secret, 1, 0), version = version + 1 WHERE party = $1",
                             false },

    [KEY_FIND] = { "SELECT wrapped FROM party_key WHERE party = $1", false },
    [KEY_ADD] = { "INSERT INTO party_key (party, wrapped) VALUES ($1, $2) ON CONFLICT (party) DO NOTHING", true },
    [KEY_DESTROY] = { "DELETE FROM party_key WHERE party = $1", false },
    [KEY_MARK] = { "SELECT mark FROM seal WHERE is_of = 'master.key'", false },
    [KEY_MARK_ADD] = { "INSERT INTO seal (is_of, mark) VALUES ('master.key', $1) ON CONFLICT (is_of) DO NOTHING",
                       false },
};
_Static_assert(APPLICATION_DRAFT == 1 && APPLICATION_SENT == 2 && CASE_ISSUED == 8, "as the statements have it");
