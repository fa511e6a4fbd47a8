/* statements: the names of all SQL that the store prepares; the text stands beside each in statements.c.
 * PostgreSQL takes the same text, up to the names of types: parameters are $1, $2, …, first used in that order. */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include <stdbool.h>

typedef enum StatementId {
    /* the writer's own */
    GROUP_BEGIN,
    GROUP_COMMIT,
    GROUP_ROLLBACK,
    CHANGE_BEGIN,
    CHANGE_KEEP,
    CHANGE_LEAVE_OUT,
    WRITE_TRIAL,
    WRITE_NUMBERS,
    WRITE_DEMO,

    /* rows of a change */
    WRITE_PARTY,
    WRITE_ACCOUNT,
    WRITE_ACCOUNT_LANGUAGE,
    WRITE_SESSION,
    WRITE_SESSION_OVER,
    WRITE_ACCESS_OVER,
    WRITE_SESSION_END,
    WRITE_ACCESS,
    WRITE_ACCESS_END,
    WRITE_ACCESS_MOVE,
    WRITE_ATTEMPT,
    WRITE_ATTEMPTS_OLD,
    WRITE_ATTEMPTS_END,
    WRITE_APPLICATION_NEW,
    WRITE_APPLICATION,
    WRITE_APPLICATION_SEEN,
    WRITE_APPLICATION_DROP,
    WRITE_CASE_NEW,
    WRITE_CASE,
    WRITE_ENTRY_FIRST,
    WRITE_ENTRY,
    WRITE_EVIDENCE,
    WRITE_EVIDENCE_STATE,
    WRITE_EVIDENCE_DROP,
    WRITE_PACK,
    WRITE_PACKS_UNUSED,
    WRITE_LOOK_AGAIN,

    /* reading */
    READ_ACCOUNT,
    READ_ACCOUNT_BY_LOGIN,
    READ_SESSION,
    READ_ACCESS,
    READ_ATTEMPTS,
    READ_APPLICATION,
    READ_APPLICATIONS_OF,
    READ_APPLICATIONS_IN,
    READ_CASES,
    READ_ENTRIES,
    READ_HEAD,
    READ_CHAINS,
    READ_EVIDENCE,
    READ_QUEUE,
    READ_QUEUE_LABEL,
    READ_QUEUE_REFERENCE,
    READ_CASES_DUE,
    READ_DRAFTS_COUNT,
    READ_APPLICATIONS_OPEN,
    READ_DRAFTS_OLD,
    READ_TALLY,
    READ_ORPHANS,
    READ_DEMO,
    READ_PACKS,

    /* erasing */
    ERASE_PARTY_KNOWN,
    ERASE_PARTY,
    ERASE_FIND_PARTIES,
    ERASE_FIND_FILES,
    ERASE_EVIDENCE,
    ERASE_ACCESS,
    ERASE_ACCOUNT_ACCESS,
    ERASE_SESSIONS,
    ERASE_ACCOUNTS,
    ERASE_DRAFTS,
    ERASE_APPLICATIONS,

    /* keys.db */
    KEY_FIND,
    KEY_ADD,
    KEY_DESTROY,
    KEY_MARK,
    KEY_MARK_ADD,

    STATEMENT_COUNT
} StatementId;

typedef struct Statement {
    const char *sql;
    bool must_change;                              /* changing no row is a conflict: somebody else wrote first */
} Statement;
extern const Statement STATEMENTS[STATEMENT_COUNT];

#endif
