/* One thread writes. It takes all changes that have queued up, writes them in one transaction, syncs once, and tells
 * each caller.
 *
 * A group is first written without savepoints: a savepoint each makes SQLite copy every page a change touches, which
 * cost 30 % of the rate. Only when some change of the group is refused, which is rare, the group is rolled back and
 * written again with them, and the refused ones are left out. Tried and left: a checkpoint in a thread of its own (the
 * log grew without bound), and one transaction a change (an eighth of the rate). */
#include "store/inside.h"

#include <semaphore.h>
#include <time.h>

typedef enum Result {
    RESULT_WRITTEN,
    RESULT_REFUSED,                                /* by its expectation or its values; the database is well */
    RESULT_FAILED                                  /* the database is not: nothing of the group is written */
} Result;

static bool is_conflict(int sqlite)
{
    return sqlite == SQLITE_CONSTRAINT_PRIMARYKEY || sqlite == SQLITE_CONSTRAINT_UNIQUE ||
           sqlite == SQLITE_CONSTRAINT_ROWID;
}

static bool run(Writer *writer, StatementId statement)
{
    return database_execute(&writer->database, statement, NULL, 0) == SQLITE_OK;
}

/* *outcome says why a change is refused. */
static Result change_write(Writer *writer, const Change *change, Outcome *outcome)
{
    for (const Row *row = change->first; row; row = row->next) {
        int result = database_execute(&writer->database, row->statement, row->columns, row->count);
        bool is_other_row = result == SQLITE_OK && STATEMENTS[row->statement].must_change &&
                            sqlite3_changes(writer->database.handle) == 0;
        if (result == SQLITE_OK && !is_other_row)
            continue;
        *outcome = is_other_row || is_conflict(result) ? OUTCOME_CONFLICT : OUTCOME_FAILED;
        int kind = result & 0xff;
        bool is_its_own = is_other_row || kind == SQLITE_CONSTRAINT || kind == SQLITE_TOOBIG || kind == SQLITE_MISMATCH;
        return is_its_own ? RESULT_REFUSED : RESULT_FAILED;
    }
    return RESULT_WRITTEN;
}

static Result change_write_apart(Writer *writer, const Change *change, Outcome *outcome)
{
    if (!run(writer, CHANGE_BEGIN))
        return RESULT_FAILED;
    Result result = change_write(writer, change, outcome);
    if (result == RESULT_REFUSED && !run(writer, CHANGE_LEAVE_OUT))
        return RESULT_FAILED;
    if (result != RESULT_FAILED && !run(writer, CHANGE_KEEP))
        return RESULT_FAILED;
    return result;
}

/* Those whose outcome is still OUTCOME_DONE. Apart: refused ones are left out; otherwise one ends the attempt. */
static Result group_try(Writer *writer, const Job *jobs, size_t count, Outcome *outcomes, bool apart)
{
    if (!run(writer, GROUP_BEGIN))
        return RESULT_FAILED;
    for (size_t i = 0; i < count; i++) {
        if (outcomes[i] != OUTCOME_DONE)
            continue;
        Outcome refusal = OUTCOME_DONE;
        Result result = apart ? change_write_apart(writer, jobs[i].change, &refusal)
                              : change_write(writer, jobs[i].change, &refusal);
        if (result == RESULT_FAILED || (result == RESULT_REFUSED && !apart))
            return result;
        outcomes[i] = refusal;
    }
    return run(writer, GROUP_COMMIT) ? RESULT_WRITTEN : RESULT_FAILED;
}

/* Some faults have ended the transaction already. */
static void roll_back(Writer *writer)
{
    if (writer->database.handle && !sqlite3_get_autocommit(writer->database.handle))
        (void)run(writer, GROUP_ROLLBACK);
}

static void mark_all(Outcome *outcomes, size_t count, Outcome outcome)
{
    for (size_t i = 0; i < count; i++)
        if (outcomes[i] == OUTCOME_DONE)
            outcomes[i] = outcome;
}

static bool any_to_write(const Job *jobs, size_t count, const Outcome *outcomes)
{
    for (size_t i = 0; i < count; i++)
        if (outcomes[i] == OUTCOME_DONE && jobs[i].change->first)
            return true;
    return false;
}

static void group_write(Writer *writer, const Job *jobs, size_t count, Outcome *outcomes)
{
    if (!any_to_write(jobs, count, outcomes))
        return;
    Result result = group_try(writer, jobs, count, outcomes, false);
    if (result == RESULT_REFUSED) {
        roll_back(writer);
        result = group_try(writer, jobs, count, outcomes, true);
    }
    if (result == RESULT_WRITTEN) {
        atomic_store(&writer->store->well, true);
        return;
    }
    roll_back(writer);
    mark_all(outcomes, count, OUTCOME_FAILED);
    store_is_unwell(writer->store);
}

/* ---- keys of new parties, before anything that they seal -------------------------------------------------- */

static bool keys_try(Keys *keys, const Job *jobs, size_t count, Outcome *outcomes)
{
    if (database_execute(&keys->writing, GROUP_BEGIN, NULL, 0) != SQLITE_OK)
        return false;
    for (size_t i = 0; i < count; i++)
        for (const PartyKey *key = jobs[i].change->keys; key && outcomes[i] == OUTCOME_DONE; key = key->next) {
            bool added = true;
            if (key->wrapped.len && keys_add(keys, key, &added) != SQLITE_OK)
                return false;
            if (!added)
                outcomes[i] = OUTCOME_CONFLICT;
        }
    return database_execute(&keys->writing, GROUP_COMMIT, NULL, 0) == SQLITE_OK;
}

static bool brings_key(const Job *job)
{
    for (const PartyKey *key = job->change->keys; key; key = key->next)
        if (key->wrapped.len)
            return true;
    return false;
}

static void group_write_keys(Writer *writer, const Job *jobs, size_t count, Outcome *outcomes)
{
    Keys *keys = writer->store->keys;
    size_t bringing = 0;
    for (size_t i = 0; i < count; i++)
        bringing += outcomes[i] == OUTCOME_DONE && brings_key(&jobs[i]);
    if (!bringing)
        return;
    bool written = keys_try(keys, jobs, count, outcomes);
    if (!written) {
        if (keys->writing.handle && !sqlite3_get_autocommit(keys->writing.handle))
            (void)database_execute(&keys->writing, GROUP_ROLLBACK, NULL, 0);
        store_is_unwell(writer->store);
    }
    for (size_t i = 0; i < count; i++)
        if (outcomes[i] == OUTCOME_DONE && brings_key(&jobs[i])) {
            for (const PartyKey *key = jobs[i].change->keys; written && key; key = key->next)
                keys_remember(keys, key);
            outcomes[i] = written ? OUTCOME_DONE : OUTCOME_FAILED;
        }
}

/* ---- the thread --------------------------------------------------------------------------------------------- */

static int log_has_grown(void *context, sqlite3 *handle, const char *name, int pages)
{
    (void)handle, (void)name;
    *(int *)context = pages;
    return SQLITE_OK;
}

/* A passive one takes nobody's time but cannot begin the log anew while somebody reads from it, and when somebody
 * always does the log grows: then, seldom, the writer waits for those who are reading. What is held up all the same is
 * made after the next group. */
static void check_point(Writer *writer)
{
    if (writer->log_pages < CHECKPOINT_PAGES)
        return;
    int mode = writer->log_pages < CHECKPOINT_PAGES_MAX ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART;
    int result = sqlite3_wal_checkpoint_v2(writer->database.handle, NULL, mode, NULL, NULL);
    writer->log_pages = 0;
    if (result != SQLITE_OK && result != SQLITE_BUSY)
        store_is_unwell(writer->store);
}

/* After a fault: a row that concerns nobody shows whether the disk takes writing again. It also overwrites in the
 * log what a failed sync may have left there, so that a power cut brings back nothing that was answered as failed. */
static void trial(Writer *writer)
{
    bool written = run(writer, GROUP_BEGIN) && run(writer, WRITE_TRIAL) && run(writer, GROUP_COMMIT);
    if (!written)
        roll_back(writer);
    atomic_store(&writer->store->well, written);
}

static bool wait_a_second(Writer *writer)
{
    struct timespec until;
    must(clock_gettime(CLOCK_MONOTONIC, &until) == 0);
    until.tv_sec++;
    return pthread_cond_timedwait(&writer->arrived, &writer->mutex, &until) == 0;
}

/* Waits for changes; while the store is unwell, a second at most. Zero when there is none. */
static size_t take_group(Writer *writer, Job *jobs, bool *closing)
{
    must(pthread_mutex_lock(&writer->mutex) == 0);
    bool in_time = true;
    while (!writer->count && !writer->closing && in_time)
        if (atomic_load(&writer->store->well))
            must(pthread_cond_wait(&writer->arrived, &writer->mutex) == 0);
        else
            in_time = wait_a_second(writer);
    size_t count = writer->count < GROUP_MAX ? writer->count : GROUP_MAX;
    for (size_t i = 0; i < count; i++)
        jobs[i] = writer->queue[(writer->first + i) % QUEUE_MAX];
    writer->first = (writer->first + count) % QUEUE_MAX;
    writer->count -= count;
    *closing = writer->closing;
    must(pthread_cond_broadcast(&writer->room) == 0);
    must(pthread_mutex_unlock(&writer->mutex) == 0);
    return count;
}

static void *write_groups(void *context)
{
    Writer *writer = context;
    Job jobs[GROUP_MAX];
    Outcome outcomes[GROUP_MAX];
    for (bool closing = false;;) {
        size_t count = take_group(writer, jobs, &closing);
        if (!count && closing)
            return NULL;
        if (!count) {
            trial(writer);
            continue;
        }
        for (size_t i = 0; i < count; i++)
            outcomes[i] = jobs[i].change->spoiled;
        group_write_keys(writer, jobs, count, outcomes);
        group_write(writer, jobs, count, outcomes);
        for (size_t i = 0; i < count; i++) {
            files_settle(jobs[i].change, outcomes[i]);
            jobs[i].done(jobs[i].context, outcomes[i]);
        }
        check_point(writer);
    }
}

void writer_open_queue(Writer *writer)
{
    pthread_condattr_t steady;
    must(pthread_condattr_init(&steady) == 0);
    must(pthread_condattr_setclock(&steady, CLOCK_MONOTONIC) == 0);
    must(pthread_cond_init(&writer->arrived, &steady) == 0);
    must(pthread_condattr_destroy(&steady) == 0);
    must(pthread_cond_init(&writer->room, NULL) == 0);
    must(pthread_mutex_init(&writer->mutex, NULL) == 0);
}

void writer_close_queue(Writer *writer)
{
    must(!writer->running && !writer->count);
    must(pthread_cond_destroy(&writer->arrived) == 0);
    must(pthread_cond_destroy(&writer->room) == 0);
    must(pthread_mutex_destroy(&writer->mutex) == 0);
}

void store_is_unwell(Store *store)
{
    atomic_store(&store->well, false);
    must(pthread_mutex_lock(&store->writer.mutex) == 0);
    must(pthread_cond_signal(&store->writer.arrived) == 0);
    must(pthread_mutex_unlock(&store->writer.mutex) == 0);
}

bool writer_start(Store *store)
{
    Writer *writer = &store->writer;
    must(!writer->running);
    writer->store = store;
    writer->closing = false;
    if (writer->database.handle)
        (void)sqlite3_wal_hook(writer->database.handle, log_has_grown, &writer->log_pages);
    writer->running = pthread_create(&writer->thread, NULL, write_groups, writer) == 0;
    return writer->running;
}

void writer_stop(Store *store)
{
    Writer *writer = &store->writer;
    if (!writer->running)
        return;
    must(pthread_mutex_lock(&writer->mutex) == 0);
    writer->closing = true;
    must(pthread_cond_broadcast(&writer->arrived) == 0);
    must(pthread_mutex_unlock(&writer->mutex) == 0);
    must(pthread_join(writer->thread, NULL) == 0);
    writer->running = false;
}

bool writer_enqueue(Store *store, Job job, bool patient)
{
    Writer *writer = &store->writer;
    must(job.change->store == store);
    /* What was computed after memory ran out knows less than it should: a plan without services, a case without a limit. */
    if (arena_is_full(job.change->arena))
        job.change->spoiled = OUTCOME_FAILED;
    if (!writer->running)                          /* it could not be started again */
        return false;
    must(pthread_mutex_lock(&writer->mutex) == 0);
    must(!writer->closing);
    while (patient && writer->count == QUEUE_MAX)
        must(pthread_cond_wait(&writer->room, &writer->mutex) == 0);
    bool has_room = writer->count < QUEUE_MAX;
    if (has_room) {
        writer->queue[(writer->first + writer->count++) % QUEUE_MAX] = job;
        must(pthread_cond_signal(&writer->arrived) == 0);
    }
    must(pthread_mutex_unlock(&writer->mutex) == 0);
    return has_room;
}

typedef struct Waiting {
    sem_t told;
    Outcome outcome;
} Waiting;

static void tell(void *context, Outcome outcome)
{
    Waiting *waiting = context;
    waiting->outcome = outcome;
    must(sem_post(&waiting->told) == 0);
}

Outcome writer_wait(Store *store, Change *change, bool patient)
{
    must(!store->writer.running || !pthread_equal(pthread_self(), store->writer.thread));
    Waiting waiting;
    must(sem_init(&waiting.told, 0, 0) == 0);
    if (writer_enqueue(store, (Job){ change, tell, &waiting }, patient)) {
        while (sem_wait(&waiting.told) != 0)       /* a signal may wake us before */
            continue;
    } else {
        files_settle(change, OUTCOME_BUSY);
        waiting.outcome = OUTCOME_BUSY;
    }
    must(sem_destroy(&waiting.told) == 0);
    return waiting.outcome;
}

void store_commit(Store *store, Change *change, void (*done)(void *context, Outcome outcome), void *context)
{
    if (writer_enqueue(store, (Job){ change, done, context }, false))
        return;
    files_settle(change, OUTCOME_BUSY);
    done(context, OUTCOME_BUSY);
}

Outcome store_commit_wait(Store *store, Change *change)
{
    return writer_wait(store, change, false);
}
