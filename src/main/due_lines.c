/* onestop due --jsonl: when periods end, for other programs, a line each.
 *
 * The first line gives the calendars, a line each after that a case, and each case gets one line back:
 *     {"calendars": {"CN": {"valid": ["2026-01-01", "2026-12-31"], "weekend": [6, 7], "holidays_on_weekdays": ["2026-01-01"],
 *                           "workdays_on_weekend": ["2026-01-04"]}}}
 *     {"id": "d1", "calendar": "CN", "rule": "working-days", "start": "2026-02-09", "count": 20, "unit": "working-day"}
 *     {"id":"d1","due":"2026-03-13"}                          or {"id":"d1","error":"…"}
 * `rule` is the name of a row of LINE_RULES; `runs_from`, "event-day" or "day-after", says from which day weeks, months and years
 * run. A period that leaves the days for which its calendar is valid is refused: what is not published is not guessed. */
#include "main/command.h"

#include <stdio.h>

enum { LINE_BYTES = 4 << 20, LINE_ARENA = 64 << 20, CALENDARS_ARENA = 256 << 20, CALENDAR_YEARS = 400 };

typedef struct LineCalendar {
    Calendar calendar;
    Date first, last; /* the days for which it is valid */
} LineCalendar;

/* The rules that the protocol names, as packs write them. */
static const struct {
    const char *name;
    PeriodRule rule;
} LINE_RULES[] = {
    /* LAW cn.licensing art.82: working days; the day itself is not counted. */
    { "working-days", { 0 } },
    /* LAW cn.civil-code art.201, art.202, art.203 */
    { "cn-civil-code-201-203", { 0 } },
    /* LAW eu.1182-71 art.3(1), art.3(2), art.3(4), art.3(5) */
    { "eu-1182-71", { .working_least = 2, .working_least_from = 2 } },
};

static bool take_dates(Arena *arena, const Json *list, bool working, LineCalendar *to)
{
    const int first_year = to->calendar.years.at[0].year;
    for (size_t i = 0; list && i < list->items.count; i++) {
        Date date;
        if (list->kind != KIND_ARRAY || !date_parse(list->items.at[i]->text, &date))
            return false;
        const int64_t at = date_parts(date).year - first_year;
        if (at < 0 || (size_t)at >= to->calendar.years.count)
            return false;
        list_push(arena, &to->calendar.years.at[at].days, (CalendarDay){ .date = date, .working = working, .legal_days = 1 });
    }
    return true;
}

static const LineCalendar *take_calendar(Arena *arena, const Json *json)
{
    const Json *valid = json_get(json, S("valid")), *weekend = json_get(json, S("weekend"));
    LineCalendar *made = arena_new(arena, LineCalendar);
    if (!valid || valid->kind != KIND_ARRAY || valid->items.count != 2 || !date_parse(valid->items.at[0]->text, &made->first) ||
        !date_parse(valid->items.at[1]->text, &made->last) || date_compare(made->first, made->last) > 0 || !weekend ||
        weekend->kind != KIND_ARRAY)
        return NULL;
    for (size_t i = 0; i < weekend->items.count; i++) {
        int64_t day;
        if (!str_to_i64(weekend->items.at[i]->text, &day) || day < 1 || day > 7)
            return NULL;
        made->calendar.free_weekday[day] = true;
    }
    const int from = date_parts(made->first).year, to = date_parts(made->last).year;
    if (to - from >= CALENDAR_YEARS)
        return NULL;
    for (int year = from; year <= to; year++)
        list_push(arena, &made->calendar.years, (CalendarYear){ .year = year });
    const bool good = take_dates(arena, json_get(json, S("holidays_on_weekdays")), false, made) &&
                      take_dates(arena, json_get(json, S("workdays_on_weekend")), true, made);
    return good ? made : NULL;
}

void due_take_calendars(Arena *arena, Map *calendars, const Json *json)
{
    for (size_t i = 0; json->kind == KIND_OBJECT && i < json->keys.count; i++) {
        const LineCalendar *made = take_calendar(arena, json->items.at[i]);
        if (made)
            map_put(arena, calendars, str_copy(arena, json->keys.at[i]), (void *)(uintptr_t)made);
    }
}

static bool take_unit(Str word, Unit *unit)
{
    static const char *const WORDS[] = { [UNIT_WORKING_DAY] = "working-day",
                                         [UNIT_DAY] = "day",
                                         [UNIT_WEEK] = "week",
                                         [UNIT_MONTH] = "month",
                                         [UNIT_YEAR] = "year" };
    for (size_t i = 0; i < COUNT_OF(WORDS); i++)
        if (str_equal(word, str_from(WORDS[i]))) {
            *unit = (Unit)i;
            return true;
        }
    return false;
}

static bool take_rule(const Json *request, PeriodRule *rule)
{
    const Json *runs_from = json_get(request, S("runs_from"));
    const Str name = json_text(request, S("rule"));
    for (size_t i = 0; i < COUNT_OF(LINE_RULES); i++)
        if (str_equal(name, str_from(LINE_RULES[i].name))) {
            *rule = LINE_RULES[i].rule;
            rule->ends_like_first = runs_from && str_equal(runs_from->text, S("day-after"));
            return !runs_from || rule->ends_like_first || str_equal(runs_from->text, S("event-day"));
        }
    return false;
}

Str due_of_request(const Map *calendars, const Json *request, Date *due)
{
    const LineCalendar *in = map_get(calendars, json_text(request, S("calendar")));
    PeriodRule rule;
    Period period = { .rule = &rule };
    const Json *count = json_get(request, S("count"));
    int64_t amount;
    Date start;
    if (!in)
        return S("no such calendar");
    if (!take_rule(request, &rule))
        return S("no such rule");
    if (!date_parse(json_text(request, S("start")), &start))
        return S("\"start\" is no date");
    if (!take_unit(json_text(request, S("unit")), &period.unit))
        return S("no such unit");
    if (!count || count->kind != KIND_NUMBER || !str_to_i64(count->text, &amount) || amount < 1 || amount > PERIOD_AMOUNT_MAX)
        return S("a period has a length from 1 to 9999");
    period.amount = (int32_t)amount;
    const Due found = calendar_due(&in->calendar, start, period, NULL, 0);
    if (!date_is_set(found.date) || date_compare(date_add(start, 1), in->first) < 0 || date_compare(found.date, in->last) > 0)
        return S("the period leaves the days for which the calendar is valid");
    *due = found.date;
    return STR_NONE;
}

static void answer_line(Arena *arena, const Map *calendars, const Json *request)
{
    Text reply = text_begin(arena, LINE_BYTES);
    const Json *id = json_get(request, S("id"));
    Date due = DATE_NONE;
    const Str why = request && request->kind == KIND_OBJECT ? due_of_request(calendars, request, &due) : S("this line is no request");
    text_put(&reply, S("{\"id\":"));
    if (id && id->kind == KIND_STRING)
        json_put(&reply, id->text);
    else
        text_put(&reply, id && id->kind == KIND_NUMBER ? id->text : S("null"));
    if (why.len) {
        text_put(&reply, S(",\"error\":"));
        json_put(&reply, why);
    } else {
        text_put(&reply, S(",\"due\":\""));
        text_date(&reply, due);
        text_char(&reply, '"');
    }
    text_put(&reply, S("}\n"));
    print_text(&reply);
    (void)fflush(stdout); /* a closed pipe shows at the end */
}

int due_lines(Arena *lasting)
{
    Arena *arena = arena_open(LINE_ARENA), *kept = arena_open(CALENDARS_ARENA);
    Map calendars = { 0 };
    char *buffer = arena_array(lasting, char, LINE_BYTES);
    Str line;
    while (read_line(buffer, LINE_BYTES, &line)) {
        Errors errors = errors_begin(arena);
        const Json *request = json_parse(arena, line, &errors);
        const Json *given = json_get(request, S("calendars"));
        if (given && !arena_is_full(kept))
            due_take_calendars(kept, &calendars, given);
        else
            answer_line(arena, &calendars, request);
        arena_reset(arena);
    }
    arena_close(kept);
    arena_close(arena);
    return ferror(stdout) ? EXIT_FAULT : EXIT_GOOD;
}
