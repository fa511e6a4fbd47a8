/* Runs cases of period arithmetic that others worked out.
 *
 *     build/tests/deadlines [--pack DIR] FILE…
 *
 * A file is of one of two formats. With `calendars` and `cases`, each case is a request of `onestop due --jsonl` and the date that is
 * expected; without one, it must be refused. With `examples`, each has its period (amount, unit), how it is counted (roll, min_workdays),
 * holidays, stops, and the date that is due; those of China count by the calendar of the pack, others by weekends and the holidays
 * they list. Prints each case that fails in one line. */
#include <stdio.h>

#include "main/command.h"

enum { FILE_BYTES_MAX = 64 << 20, CASES_ARENA = 1 << 30, FIRST_YEAR = 1990, LAST_YEAR = 2060 };

typedef struct Runner {
    Calendar china; /* of the pack */
    int passed, failed;
} Runner;

/* What main.c gives the protocol; here nothing is read or printed by it. */
void print_text(const Text *text)
{
    if (text->len)
        fwrite(text->data, 1, text->len, stdout);
}

bool read_line(char *buffer, int size, Str *line)
{
    (void)buffer;
    (void)size;
    *line = STR_NONE;
    return false;
}

static const Json *read_json(Arena *arena, const char *path, Errors *errors)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        errors_add(errors, (Place){ .file = str_from(path) }, STR_NONE, "could not be read");
        return NULL;
    }
    char *bytes = arena_alloc(arena, FILE_BYTES_MAX);
    const size_t size = fread(bytes, 1, FILE_BYTES_MAX, file);
    (void)fclose(file);
    return json_parse(arena, (Str){ bytes, size }, errors);
}

static Str date_text(Arena *arena, Date date)
{
    Text text = text_begin(arena, 20);
    if (date_is_set(date))
        text_date(&text, date);
    return text_str(&text);
}

static void judge(Runner *runner, Str id, Str want, Str got, Str why)
{
    const bool good = str_equal(want, got);
    good ? runner->passed++ : runner->failed++;
    if (!good)
        printf("%.*s: want %.*s, got %.*s%.*s\n", STR_ARGS(id), STR_ARGS(want), STR_ARGS(got), STR_ARGS(why));
}

/* ---- calendars and cases ---- */

static void run_cases(Runner *runner, Arena *arena, const Json *file)
{
    Map calendars = { 0 };
    const Json *cases = json_get(file, S("cases"));
    due_take_calendars(arena, &calendars, json_get(file, S("calendars")));
    for (size_t i = 0; i < cases->items.count; i++) {
        const Json *one = cases->items.at[i];
        Date due = DATE_NONE;
        const Str why = due_of_request(&calendars, one, &due);
        judge(runner, json_text(one, S("id")), json_text(one, S("expected")), why.len ? STR_NONE : date_text(arena, due), why);
    }
}

/* ---- worked examples ---- */

static int32_t number_of(const Json *one, Str key)
{
    const Json *member = json_get(one, key);
    int64_t number = 0;
    return member && member->kind == KIND_NUMBER && str_to_i64(member->text, &number) ? (int32_t)number : 0;
}

static Calendar weekends_and(Arena *arena, const Json *holidays)
{
    Calendar calendar = { .free_weekday = { [6] = true, [7] = true } };
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
        list_push(arena, &calendar.years, (CalendarYear){ .year = year });
    for (size_t i = 0; holidays && i < holidays->items.count; i++) {
        Date day;
        if (date_parse(holidays->items.at[i]->text, &day))
            list_push(arena, &calendar.years.at[date_parts(day).year - FIRST_YEAR].days, (CalendarDay){ .date = day, .legal_days = 1 });
    }
    return calendar;
}

static size_t stops_of(const Json *one, Stop *stops, size_t max)
{
    const Json *list = json_get(one, S("stops"));
    size_t count = 0;
    for (size_t i = 0; list && i < list->items.count && count < max; i++) {
        const Json *pair = list->items.at[i];
        if (pair->items.count == 2 && date_parse(pair->items.at[0]->text, &stops[count].from) &&
            date_parse(pair->items.at[1]->text, &stops[count].to))
            count++;
    }
    Date from, until;
    if (count < max && date_parse(json_text(one, S("stop_from")), &from) && date_parse(json_text(one, S("stop_until_excl")), &until))
        stops[count++] = (Stop){ from, date_add(until, -1) };
    return count;
}

static bool unit_of(Str word, Unit *unit)
{
    static const char *const WORDS[] = { "workday", "day", "week", "month", "year" };
    for (size_t i = 0; i < COUNT_OF(WORDS); i++)
        if (str_equal(word, str_from(WORDS[i]))) {
            *unit = (Unit)i;
            return true;
        }
    return false;
}

static void run_example(Runner *runner, Arena *arena, const Json *one)
{
    const int32_t least = number_of(one, S("min_workdays"));
    const PeriodRule rule = { .end_stays = str_equal(json_text(one, S("roll")), S("none")), .working_least = least, .working_least_from = 2 };
    Period period = { .amount = number_of(one, S("amount")), .rule = &rule };
    Date start, due = DATE_NONE;
    Stop stops[20];
    const size_t stop_count = stops_of(one, stops, COUNT_OF(stops));
    const bool china = str_starts(json_text(one, S("jurisdiction")), S("CN"));
    const Calendar calendar = china ? runner->china : weekends_and(arena, json_get(one, S("holidays")));
    if (unit_of(json_text(one, S("unit")), &period.unit) && date_parse(json_text(one, S("start")), &start) && period.amount > 0)
        due = calendar_due(&calendar, start, period, stops, stop_count).date;
    judge(runner, json_text(one, S("id")), json_text(one, S("due")), date_text(arena, due), STR_NONE);
}

int main(int count, char **words)
{
    Runner runner = { 0 };
    Arena *arena = arena_open(CASES_ARENA);
    Errors errors = errors_begin(arena);
    const char *folder = "packs/zhejiang";
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--pack") == 0 && i + 1 < count) {
            folder = words[++i];
            continue;
        }
        const Json *file = read_json(arena, words[i], &errors);
        const Json *examples = json_get(file, S("examples"));
        if (json_get(file, S("cases"))) {
            run_cases(&runner, arena, file);
        } else if (examples) {
            const Pack *pack = pack_load(arena, str_from(folder), &errors);
            runner.china = pack ? pack->calendar : (Calendar){ 0 };
            for (size_t e = 0; e < examples->items.count; e++)
                run_example(&runner, arena, examples->items.at[e]);
        } else {
            runner.failed++;
        }
    }
    Text text = text_begin(arena, 1 << 20);
    errors_print(&errors, &text);
    print_text(&text);
    printf("%d passed, %d failed\n", runner.passed, runner.failed);
    arena_close(arena);
    return runner.failed ? 1 : 0;
}
