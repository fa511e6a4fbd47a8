/* bare: the rows of one real application, written again and again to a bare SQLite: what a submission of ours is compared with. The same
 * tables, indices and pragmas, the same rows, so many in a transaction as the server had; nothing else.
 *
 *     bare DATABASE NEW-DATABASE APPLICATION COUNT GROUP       prints submissions a second */
#include "base/base.h"

#include <sqlite3.h>
#include <stdio.h>
#include <time.h>

enum { ROWS_MAX = 64, COLUMNS_MAX = 24 };

typedef struct Row {
    sqlite3_stmt *insert;
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

static void copy_schema(sqlite3 *from, sqlite3 *to)
{
    sqlite3_stmt *list;
    must(sqlite3_prepare_v2(from, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC",
                            -1, &list, NULL) == SQLITE_OK);
    while (sqlite3_step(list) == SQLITE_ROW)
        run(to, (const char *)sqlite3_column_text(list, 0));
    sqlite3_finalize(list);
}

/* Takes the rows of one application from a table and prepares their insert. */
static void take(sqlite3 *from, sqlite3 *to, const char *table, const char *key, int64_t application)
{
    char sql[500];
    sqlite3_stmt *select, *insert = NULL;
    snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE %s = %lld", table, key, (long long)application);
    must(sqlite3_prepare_v2(from, sql, -1, &select, NULL) == SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW) {
        Row *row = &rows[row_count++];
        must(row_count <= ROWS_MAX);
        row->columns = sqlite3_column_count(select);
        if (!insert) {
            int at = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
            for (int i = 1; i < row->columns; i++)
                at += snprintf(sql + at, sizeof sql - (size_t)at, ", ?");
            snprintf(sql + at, sizeof sql - (size_t)at, ")");
            must(sqlite3_prepare_v2(to, sql, -1, &insert, NULL) == SQLITE_OK);
        }
        row->insert = insert;
        for (int i = 0; i < row->columns; i++) {
            row->values[i] = sqlite3_value_dup(sqlite3_column_value(select, i));
            if (str_equal(str_from(sqlite3_column_name(select, i)), str_from(key)))
                row->number_column = i + 1;
        }
    }
    sqlite3_finalize(select);
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
    int64_t application, count, group;
    if (argc != 6 || !str_to_i64(str_from(argv[3]), &application) || !str_to_i64(str_from(argv[4]), &count) ||
        !str_to_i64(str_from(argv[5]), &group) || group < 1 || sqlite3_open(argv[1], &from) != SQLITE_OK ||
        sqlite3_open(argv[2], &to) != SQLITE_OK) {
        fprintf(stderr, "usage: bare DATABASE NEW-DATABASE APPLICATION COUNT GROUP\n");
        return 2;
    }
    run(to, "PRAGMA page_size = 8192");
    run(to, "PRAGMA journal_mode = WAL");
    run(to, "PRAGMA synchronous = FULL");
    run(to, "PRAGMA secure_delete = ON");
    run(to, "PRAGMA wal_autocheckpoint = 4000");
    copy_schema(from, to);
    take(from, to, "application", "id", application);
    take(from, to, "kase", "application", application);
    take(from, to, "entry", "application", application);
    double started = seconds();
    for (int64_t done = 0; done < count;) {
        run(to, "BEGIN IMMEDIATE");
        for (int64_t i = 0; i < group && done < count; i++, done++)
            for (int r = 0; r < row_count; r++) {
                for (int c = 0; c < rows[r].columns; c++)
                    sqlite3_bind_value(rows[r].insert, c + 1, rows[r].values[c]);
                sqlite3_bind_int64(rows[r].insert, rows[r].number_column, 1000000 + done);
                must(sqlite3_step(rows[r].insert) == SQLITE_DONE);
                sqlite3_reset(rows[r].insert);
            }
        run(to, "COMMIT");
    }
    double took = seconds() - started;
    printf("%d rows, %.0f\n", row_count, (double)count / took);
    return 0;
}
