/* bare: what a submission of ours writes, written again and again to a bare SQLite: what ours is compared with. The database is a copy of the
 * one the server began with, so each draft is found and updated where it lies; settings, rows and their sizes are the server's, and so many
 * commits are made as the server made for as many submissions. Nothing else.
 *
 *     bare SENT-DATABASE DRAFTS-DATABASE APPLICATION COUNT COMMITS       prints rows a submission, submissions a second */
#include "base/base.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROWS_MAX = 64, COLUMNS_MAX = 24 };

typedef struct Row {
    sqlite3_stmt *write;
    int columns, number_column;                    /* where the application's number stands, from 1 */
    sqlite3_value *values[COLUMNS_MAX];
} Row;

static Row rows[ROWS_MAX];
static int row_count;

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fprintf(stderr, "bare: %s: %s\n", sql, message);
}

/* INSERT of all columns, or UPDATE of all that are not its key, which are found by number all the same. */
static sqlite3_stmt *prepare_write(sqlite3_stmt *select, sqlite3 *to, const char *table, bool update)
{
    char sql[1000];
    sqlite3_stmt *write;
    int columns = sqlite3_column_count(select);
    int at = snprintf(sql, sizeof sql, update ? "UPDATE %s SET " : "INSERT INTO %s VALUES (", table);
    for (int i = update ? 2 : 0; i < columns; i++)
        at += snprintf(sql + at, sizeof sql - (size_t)at, update ? "%s = ?%d%s" : "%.0s?%d%s", sqlite3_column_name(select, i), i + 1,
                       i + 1 < columns ? ", " : "");
    snprintf(sql + at, sizeof sql - (size_t)at, update ? " WHERE area = ?1 AND id = ?2" : ")");
    must(sqlite3_prepare_v2(to, sql, -1, &write, NULL) == SQLITE_OK);
    return write;
}

/* Takes the rows of one application from a table and prepares how they are written. */
static void take(sqlite3 *from, sqlite3 *to, const char *table, const char *key, int64_t application, bool update)
{
    char sql[200];
    sqlite3_stmt *select, *write = NULL;
    snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE %s = %lld", table, key, (long long)application);
    must(sqlite3_prepare_v2(from, sql, -1, &select, NULL) == SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW) {
        must(row_count < ROWS_MAX);
        Row *row = &rows[row_count++];
        row->columns = sqlite3_column_count(select);
        must(row->columns <= COLUMNS_MAX);
        if (!write)
            write = prepare_write(select, to, table, update);
        row->write = write;
        for (int i = 0; i < row->columns; i++) {
            row->values[i] = sqlite3_value_dup(sqlite3_column_value(select, i));
            if (str_equal(str_from(sqlite3_column_name(select, i)), str_from(key)))
                row->number_column = i + 1;
        }
    }
    sqlite3_finalize(select);
}

static int64_t *draft_numbers(sqlite3 *to, int64_t application, int64_t count)
{
    sqlite3_stmt *select;
    int64_t *numbers = calloc((size_t)count, sizeof *numbers), found = 0;
    must(numbers != NULL);
    must(sqlite3_prepare_v2(to, "SELECT id FROM application WHERE state = 1 AND id >= ? ORDER BY id", -1, &select, NULL) == SQLITE_OK);
    sqlite3_bind_int64(select, 1, application);
    while (found < count && sqlite3_step(select) == SQLITE_ROW)
        numbers[found++] = sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    must(found == count);
    return numbers;
}

static void write_one(sqlite3 *to, int64_t number)
{
    for (int r = 0; r < row_count; r++) {
        for (int c = 0; c < rows[r].columns; c++)
            sqlite3_bind_value(rows[r].write, c + 1, rows[r].values[c]);
        sqlite3_bind_int64(rows[r].write, rows[r].number_column, number);
        must(sqlite3_step(rows[r].write) == SQLITE_DONE && sqlite3_changes(to) == 1);
        sqlite3_reset(rows[r].write);
    }
}

static double seconds(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    sqlite3 *from, *to;
    int64_t application, count, commits;
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (argc != 6 || !str_to_i64(str_from(argv[3]), &application) || !str_to_i64(str_from(argv[4]), &count) ||
        !str_to_i64(str_from(argv[5]), &commits) || commits < 1 || count < commits || sqlite3_open(argv[1], &from) != SQLITE_OK ||
        sqlite3_open(argv[2], &to) != SQLITE_OK) {
        fprintf(stderr, "usage: bare SENT-DATABASE DRAFTS-DATABASE APPLICATION COUNT COMMITS\n");
        return 2;
    }
    /* As store/database.c has them for its writer. */
    run(to, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
            "PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY");
    take(from, to, "application", "id", application, true);
    take(from, to, "kase", "application", application, false);
    take(from, to, "entry", "application", application, false);
    int64_t *numbers = draft_numbers(to, application, count);
    double started = seconds();
    for (int64_t group = 0, done = 0; group < commits; group++) {
        run(to, "BEGIN IMMEDIATE");
        for (; done < count * (group + 1) / commits; done++)
            write_one(to, numbers[done]);
        run(to, "COMMIT");
    }
    double took = seconds() - started;
    printf("%d rows, %.0f\n", row_count, (double)count / took);
    free(numbers);
    return 0;
}
