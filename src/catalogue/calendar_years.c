/* Published years: from spans of free days and worked days, as a notice lists them, to one entry for each day. */
#include "catalogue/loader.h"

enum { YEAR_MIN = 1900, YEAR_MAX = 2199 };

typedef struct YearReader {
    Loader *loader;
    CalendarYear *year;
    Dates seen;
} YearReader;

/* Adds the day; false when it cannot be. */
static bool add_day(YearReader *reader, const Node *node, Date date, bool working, Str name, int32_t legal_days)
{
    Text iso = text_begin(reader->loader->scratch, 20);
    text_date(&iso, date);
    if (date_parts(date).year != reader->year->year) {
        fault(reader->loader, node_place(node), S("each day stands in the calendar of its year"), "%.*s is not in %d",
              STR_ARGS(text_str(&iso)), reader->year->year);
        return false;
    }
    for (size_t i = 0; i < reader->seen.count; i++) {
        if (date_compare(reader->seen.at[i], date) == 0) {
            fault(reader->loader, node_place(node), STR_NONE, "%.*s stands twice in the calendar",
                  STR_ARGS(text_str(&iso)));
            return false;
        }
    }
    list_push(reader->loader->scratch, &reader->seen, date);
    list_push(reader->loader->arena, &reader->year->days,
              (CalendarDay){ .date = date, .working = working, .name = name, .legal_days = legal_days });
    return true;
}

static void add_free(YearReader *reader, const Node *node, const FreeDay *day)
{
    const Node *first = node_get(node, S("date")), *last = node_get(node, S("to"));
    if (!date_is_set(day->date))
        return;
    const int32_t days = last && date_is_set(day->to) ? day->to.day - day->date.day + 1 : 1;
    const int32_t legal = day->legal_days ? day->legal_days : days;
    if (legal > days && days > 0)
        fault(reader->loader, node_place(node_get(node, S("legal-days"))), STR_NONE,
              "the holiday has no more than %d days", days);
    if (!last || !date_is_set(day->to)) {
        if (!add_day(reader, first, day->date, false, day->name, legal))
            return;
    } else if (date_compare(day->to, day->date) <= 0) {
        fault(reader->loader, node_place(last), STR_NONE, "\"to\" is not after \"date\"");
    } else {
        /* The first day that cannot be ends the span, so that a wrong year is said once. */
        for (Date date = day->date; date_compare(date, day->to) <= 0; date = date_add(date, 1))
            if (!add_day(reader, date_compare(date, day->date) == 0 ? first : last, date, false, day->name, legal))
                return;
    }
}

static void add_worked(YearReader *reader, const Node *node, Date date)
{
    const bool *free = reader->loader->pack->calendar.free_weekday;
    if (!date_is_set(date) || !add_day(reader, node, date, true, STR_NONE, 0))
        return;
    bool known = false;
    for (size_t i = 1; i <= 7; i++)
        known = known || free[i];
    if (known && !free[date_weekday(date)])
        fault(reader->loader, node_place(node), S("only a day of a free weekday is named as worked"),
              "that day of the week is worked anyway");
}

void load_calendar(Loader *loader, const Document *document)
{
    const CalendarPaper *paper = document->object;
    int64_t year;
    if (!str_to_i64(document->id, &year) || year < YEAR_MIN || year > YEAR_MAX) {
        fault(loader, document->place, S("write calendar: 2026"), "a calendar's identifier must be a year");
        return;
    }
    CalendarYear made = { .year = (int)year, .source = paper->source };
    YearReader reader = { .loader = loader, .year = &made };
    const Node *free = node_get(document->root, S("free")), *worked = node_get(document->root, S("worked"));
    for (size_t i = 0; i < paper->free.count; i++)
        add_free(&reader, node_item(free, i), &paper->free.at[i]);
    for (size_t i = 0; i < paper->worked.count; i++)
        add_worked(&reader, node_item(worked, i), paper->worked.at[i]);
    list_push(loader->arena, &loader->pack->calendar.years, made);
}
