/* onestop due: when a period ends, or before which day it must have begun, by the rules and the calendar of a pack, and why. */
#include "main/command.h"

enum { SUSPENSIONS_MAX = 100, EXPLANATION_BYTES = 1 << 20 };

typedef struct Question {
    const Pack *pack;
    Date from;
    bool before; /* counted back from that day */
    Period period, extension;
    Stop stops[SUSPENSIONS_MAX];
    size_t stop_count;
} Question;

static int wrong(const Arguments *arguments, const char *option, Str value, const char *hint)
{
    const Str what = str_printf(arguments->arena, "--%s cannot be \"%.*s\"", option, STR_ARGS(value));
    return usage_fault(str_terminated(arguments->arena, what), hint);
}

static int read_period(const Arguments *arguments, const char *option, Str words, Period *period)
{
    const PeriodRule *rule = period->rule;
    if (words.len && !period_parse(words, period))
        return wrong(arguments, option, words, "write a number and a unit: \"20 working days\", \"5 days\", \"1 month\"");
    period->rule = rule;
    return EXIT_GOOD;
}

/* Each --suspend FROM..TO, both days included; FROM.. is not over yet. */
static int read_suspensions(const Arguments *arguments, Question *it)
{
    const Strs given = argument_values(arguments, "suspend");
    static const char HINT[] = "write the first and the last day: 2026-05-11..2026-05-20, or 2026-05-11.. for one that is open";
    for (size_t i = 0; i < given.count; i++) {
        const size_t dots = str_find(given.at[i], S(".."));
        Stop stop = { .to = DATE_NONE };
        const Str last = dots == SIZE_MAX ? STR_NONE : str_slice(given.at[i], dots + 2, given.at[i].len);
        if (it->stop_count == SUSPENSIONS_MAX || dots == SIZE_MAX || !date_parse(str_slice(given.at[i], 0, dots), &stop.from) ||
            (last.len && (!date_parse(last, &stop.to) || date_compare(stop.to, stop.from) < 0)))
            return wrong(arguments, "suspend", given.at[i], HINT);
        it->stops[it->stop_count++] = stop;
    }
    return EXIT_GOOD;
}

static int read_rule(const Arguments *arguments, Question *it)
{
    const Str name = argument_option(arguments, "rule", STR_NONE);
    const CountingRule *rule = name.len ? pack_period_rule(it->pack, name) : it->pack->counted;
    if (name.len && !rule) {
        Text known = text_begin(arguments->arena, 4000);
        for (size_t i = 0; i < it->pack->period_rules.count; i++)
            text_printf(&known, "%s%.*s", i ? ", " : "its rules are: ", STR_ARGS(it->pack->period_rules.at[i]->id));
        text_put(&known, known.len ? STR_NONE : S("it has no period-rule"));
        text_char(&known, '\0');
        return wrong(arguments, "rule", name, known.data);
    }
    it->period.rule = it->extension.rule = rule ? &rule->rule : NULL;
    return EXIT_GOOD;
}

static int read_question(const Arguments *arguments, Question *it)
{
    static const char DATE_HINT[] = "write year, month and day: 2026-02-09";
    const Str from = argument_option(arguments, "from", STR_NONE), before = argument_option(arguments, "before", STR_NONE);
    const Str period = argument_option(arguments, "period", STR_NONE);
    int status = read_rule(arguments, it);
    if (status != EXIT_GOOD)
        return status;
    if ((from.len > 0) == (before.len > 0) || period.len == 0)
        return usage_fault("`onestop due` wants a period, and the day from which or before which it is counted",
                           "onestop due packs/zhejiang --from 2026-02-09 --period \"20 working days\"");
    it->before = before.len > 0;
    if (!date_parse(it->before ? before : from, &it->from))
        return wrong(arguments, it->before ? "before" : "from", it->before ? before : from, DATE_HINT);
    status = read_period(arguments, "period", period, &it->period);
    if (status == EXIT_GOOD)
        status = read_period(arguments, "extend", argument_option(arguments, "extend", STR_NONE), &it->extension);
    if (status == EXIT_GOOD)
        status = read_suspensions(arguments, it);
    if (status == EXIT_GOOD && it->before && (it->stop_count || it->extension.amount))
        return usage_fault("a period that is counted back stops for nothing and is not extended", "leave out --suspend and --extend");
    return status;
}

static void put_laws(Text *text, const Legals *legal)
{
    for (size_t i = 0; i < legal->count; i++)
        text_printf(text, "%s%.*s%s%.*s", i ? "; " : " (", STR_ARGS(legal->at[i].law->name.in[0]), legal->at[i].article.len ? ", " : "",
                    STR_ARGS(legal->at[i].article));
    text_put(text, legal->count ? S(")") : STR_NONE);
}

static void put_skip(Text *text, const Skip *skip)
{
    static const char *const WORDS[SKIP_KIND_COUNT] = {
        [SKIP_WEEKEND] = "weekend, not counted",
        [SKIP_HOLIDAY] = "holiday, not counted",
        [SKIP_STOP] = "the clock stood still",
        [SKIP_LONG_HOLIDAY] = "long holiday, by which the period is extended",
        [SKIP_NO_DAY] = "last day of its month, which has no such day",
        [SKIP_TOO_FEW] = "added, so that there are enough working days in it",
        [SKIP_END_WEEKEND] = "weekend, so the end moves on",
        [SKIP_END_HOLIDAY] = "holiday, so the end moves on",
        [SKIP_END_STOP] = "the clock stood still, so the end moves on",
    };
    for (Date day = skip->from; date_compare(day, skip->to) <= 0; day = date_add(day, 1)) {
        text_put(text, S("  "));
        text_date(text, day);
        text_printf(text, "  %s", WORDS[skip->kind]);
        if (skip->name.len)
            text_printf(text, ": %.*s", STR_ARGS(skip->name));
        text_char(text, '\n');
    }
}

static void put_explanation(Arena *arena, Text *text, const Question *it, Date due)
{
    const CountingRule *rule = pack_counting(it->pack, it->period.rule);
    text_put(text, it->before ? S("counted back from ") : S("counted from "));
    text_date(text, it->from);
    text_put(text, it->period.rule && it->period.rule->start_counts ? S(", the first day\n") : S(", which is not counted\n"));
    text_put(text, S("period "));
    text_period(text, it->period);
    if (it->extension.amount) {
        text_put(text, S(", extended by "));
        text_period(text, it->extension);
    }
    text_put(text, S("\nrule "));
    text_put(text, rule ? rule->name.in[0] : S("none named: as most laws count"));
    if (rule)
        put_laws(text, &rule->legal);
    text_char(text, '\n');
    Skips skips = { 0 };
    if (!it->before)
        skips = calendar_why(arena, &it->pack->calendar, it->from, it->period, it->extension, it->stops, it->stop_count);
    else if (it->period.unit == UNIT_WORKING_DAY && date_is_set(due))
        skips = calendar_skips(arena, &it->pack->calendar, due, date_add(it->from, -1), NULL, 0);
    for (size_t i = 0; i < skips.count; i++)
        put_skip(text, &skips.at[i]);
}

static bool is_open(const Question *it)
{
    bool open = false;
    for (size_t i = 0; i < it->stop_count; i++)
        open |= !date_is_set(it->stops[i].to);
    return open;
}

static int due_once(const Arguments *arguments)
{
    Arena *arena = arguments->arena;
    Errors errors = errors_begin(arena);
    Question it = { .pack = pack_load(arena, arguments->words.at[0], &errors) };
    if (!it.pack)
        return print_errors(&errors);
    const int status = read_question(arguments, &it);
    if (status != EXIT_GOOD)
        return status;
    const Due due = it.before ? calendar_before(&it.pack->calendar, it.from, it.period)
                              : calendar_due_extended(&it.pack->calendar, it.from, it.period, it.extension, it.stops, it.stop_count);
    Text text = text_begin(arena, EXPLANATION_BYTES);
    if (date_is_set(due.date))
        text_date(&text, due.date);
    else
        text_put(&text, is_open(&it) ? S("unknown: the clock stands still") : S("unknown: beyond what the calendar can say"));
    text_put(&text, due.provisional ? S(" (provisional: the calendar of a year is not published yet)\n") : S("\n"));
    if (argument_flag(arguments, "explain"))
        put_explanation(arena, &text, &it, due.date);
    print_text(&text);
    return date_is_set(due.date) ? EXIT_GOOD : EXIT_UNKNOWN;
}

int command_due(const Arguments *arguments)
{
    if (argument_flag(arguments, "jsonl"))
        return due_lines(arguments->arena);
    if (arguments->words.count == 0)
        return usage_fault("`onestop due` wants a pack, for its calendar and its rules",
                           "onestop due packs/zhejiang --from 2026-02-09 --period \"20 working days\"");
    return due_once(arguments);
}
