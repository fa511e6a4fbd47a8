/* onestop plan: what a wish comes to, for the answers that are given: as JSON for programs, or as a table and a time line. */
#include "main/command.h"
#include "plan/plan.h"
#include "web/web.h"

enum { PLAN_TEXT_MAX = 4 << 20, LINE_COLUMNS = 100, NAME_COLUMNS = 34 };

typedef struct Showing {
    Arena *arena;
    const Pack *pack;
    const Plan *plan;
    int language;
    Text text;
} Showing;

static Str said(const Showing *it, Texts texts)
{
    return texts.in[it->language];
}

/* ---- JSON ---- */

static void put_date(Text *text, const char *key, Date date)
{
    text_printf(text, "\"%s\":\"", key);
    text_date(text, date);
    text_char(text, '"');
}

static void put_rule(Showing *it, const WhyRule *rule)
{
    Text *text = &it->text;
    text_put(text, S("{\"rule\":"));
    json_put(text, rule_text(rule->condition->parsed));
    text_put(text, S(",\"place\":"));
    json_put(text, str_printf(it->arena, "%.*s:%d", STR_ARGS(rule->condition->place.file), rule->condition->place.line));
    text_put(text, S(",\"law\":["));
    for (size_t i = 0; i < rule->legal->count; i++) {
        text_put(text, i ? S(",{\"law\":") : S("{\"law\":"));
        json_put(text, rule->legal->at[i].law->id);
        text_put(text, S(",\"article\":"));
        json_put(text, rule->legal->at[i].article);
        text_char(text, '}');
    }
    text_put(text, S("],\"answers\":{"));
    for (size_t i = 0; i < rule->facts.count; i++) {
        const Value *value = map_get(&it->plan->facts->values, rule->facts.at[i]);
        text_put(text, i ? S(",") : STR_NONE);
        json_put(text, rule->facts.at[i]);
        text_char(text, ':');
        text_json(text, value ? *value : value_null());
    }
    text_put(text, S("},\"unless\":["));
    for (size_t i = 0; i < rule->turns.count; i++) {
        text_put(text, i ? S(",{\"fact\":") : S("{\"fact\":"));
        json_put(text, rule->turns.at[i].fact);
        text_put(text, S(",\"test\":"));
        json_put(text, rule->turns.at[i].test);
        text_char(text, '}');
    }
    text_put(text, S("]}"));
}

/* The pack's own sentence, or who needs what it gives. */
static Str because(const Showing *it, const PlanItem *item)
{
    const Str own = item->needed == CERTAIN_YES ? said(it, item->service->because) : STR_NONE;
    if (own.len)
        return own;
    if (item->user)
        return str_printf(it->arena, "%.*s ← %.*s", STR_ARGS(said(it, item->user->name)), STR_ARGS(said(it, item->service->gives->name)));
    return said(it, item->service->summary);
}

static void put_item(Showing *it, const PlanItem *item)
{
    Text *text = &it->text;
    text_put(text, S("{\"id\":"));
    json_put(text, item->service->id);
    text_put(text, S(",\"authority\":"));
    json_put(text, item->service->authority->id);
    text_printf(text, ",\"certain\":%s,", item->needed == CERTAIN_YES ? "true" : "false");
    put_date(text, "starts", item->starts);
    text_char(text, ',');
    put_date(text, "due", item->due.date);
    text_printf(text, ",\"provisional\":%s,\"critical\":%s,\"because\":", item->due.provisional ? "true" : "false",
                item->critical ? "true" : "false");
    json_put(text, because(it, item));
    text_put(text, S(",\"after\":["));
    for (size_t i = 0; i < item->after.count; i++) {
        text_put(text, i ? S(",") : STR_NONE);
        json_put(text, it->plan->items.at[item->after.at[i]].service->id);
    }
    const PlanWhy why = plan_why(it->arena, it->plan, item);
    text_put(text, S("],\"why\":["));
    for (size_t i = 0; i < why.rules.count; i++) {
        text_put(text, i ? S(",") : STR_NONE);
        put_rule(it, &why.rules.at[i]);
    }
    text_put(text, S("]}"));
}

/* Kinds of evidence, with the member where it is for one; a document that several ask for stands once. */
static void put_evidence(Showing *it, const char *key, Source source)
{
    Text *text = &it->text;
    bool more = false;
    text_printf(text, ",\"%s\":[", key);
    for (size_t i = 0; i < it->plan->slots.count; i++) {
        const Slot *slot = &it->plan->slots.at[i];
        if (slot->source != source || slot->with.len)
            continue;
        text_put(text, more ? S(",") : STR_NONE);
        json_put(text, slot->member.len ? str_printf(it->arena, "%.*s:%.*s", STR_ARGS(slot->type->id), STR_ARGS(slot->member)) : slot->type->id);
        more = true;
    }
    text_char(text, ']');
}

static void put_impossible(Showing *it)
{
    Text *text = &it->text;
    text_put(text, S(",\"impossible\":["));
    for (size_t i = 0; i < it->plan->impossible.count; i++) {
        const Impossible *one = &it->plan->impossible.at[i];
        text_put(text, i ? S(",{\"evidence\":") : S("{\"evidence\":"));
        json_put(text, one->type->id);
        text_put(text, S(",\"chain\":["));
        for (size_t n = 0; n < one->chain.count; n++) {
            text_put(text, n ? S(",") : STR_NONE);
            json_put(text, one->chain.at[n]->id);
        }
        text_printf(text, "],\"circle\":%s}", one->circle ? "true" : "false");
    }
    text_char(text, ']');
}

static void put_json(Showing *it)
{
    const Plan *plan = it->plan;
    Text *text = &it->text;
    text_put(text, S("{\"services\":["));
    for (size_t i = 0; i < plan->items.count; i++) {
        text_put(text, i ? S(",") : STR_NONE);
        put_item(it, &plan->items.at[i]);
    }
    text_char(text, ']');
    put_evidence(it, "bring", SOURCE_UPLOAD);
    put_evidence(it, "held", SOURCE_HELD);
    text_put(text, S(",\"ask\":"));
    if (plan->ask)
        json_put(text, plan->ask->id);
    else
        text_put(text, S("null"));
    text_put(text, S(",\"stop\":"));
    if (plan->stop)
        json_put(text, plan->stop->id);
    else
        text_put(text, S("null"));
    text_printf(text, ",\"visits\":%d,\"documents\":%d,\"inspections\":%d,", plan->visits, plan->documents, plan->inspections);
    put_date(text, "finish", plan->finish);
    text_printf(text, ",\"fee\":%lld.%02d", (long long)(plan->fee.cents / 100), (int)(plan->fee.cents % 100));
    put_impossible(it);
    text_printf(text, ",\"exact\":%s}\n", plan->exact ? "true" : "false");
}

/* ---- the table and the time line ---- */

/* Columns that a text takes: Chinese characters and their signs are two wide. */
static size_t columns_of(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                   (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFD)
               ? 2
               : 1;
}

/* Cut or filled up to that many columns. */
static void put_column(Text *text, Str words, size_t columns)
{
    size_t used = 0;
    uint32_t c;
    for (size_t at = 0, length; (length = utf8_next(words, at, &c)) > 0; at += length) {
        if (used + columns_of(c) > columns)
            break;
        used += columns_of(c);
        text_put(text, str_slice(words, at, at + length));
    }
    for (; used < columns; used++)
        text_char(text, ' ');
}

/* A bar from start to due, full where it is critical; what it waits for stands before its name in the table, by number. */
static void put_bar(Showing *it, const PlanItem *item, size_t number, int32_t days_a_column)
{
    const Date starts = it->plan->starts;
    const int32_t from = (item->starts.day - starts.day) / days_a_column;
    const int32_t until = (item->due.date.day - starts.day) / days_a_column;
    text_printf(&it->text, "%3zu ", number);
    for (int32_t i = 0; i < from; i++)
        text_put(&it->text, i == from - 1 && item->after.count ? S("└") : S(" "));
    for (int32_t i = from; i <= until; i++)
        text_put(&it->text, item->critical ? S("█") : S("▒"));
    text_char(&it->text, '\n');
}

static void put_table(Showing *it)
{
    const Plan *plan = it->plan;
    Text *text = &it->text;
    if (plan->stop)
        text_printf(text, "%.*s\n%.*s\n", STR_ARGS(said(it, plan->stop->title)), STR_ARGS(said(it, plan->stop->message)));
    for (size_t i = 0; i < plan->items.count; i++) {
        const PlanItem *item = &plan->items.at[i];
        text_printf(text, "%3zu ", i + 1);
        put_column(text, said(it, item->service->name), NAME_COLUMNS);
        text_char(text, ' ');
        put_column(text, said(it, item->service->authority->name), 20);
        text_char(text, ' ');
        text_date(text, item->starts);
        text_char(text, ' ');
        text_date(text, item->due.date);
        text_put(text, item->needed == POSSIBLE ? S(" perhaps") : item->critical ? S(" critical") : STR_NONE);
        for (size_t a = 0; a < item->after.count && a < 3; a++)
            text_printf(text, "%s%zu", a ? "," : " <", item->after.at[a] + 1);
        text_char(text, '\n');
    }
    const int32_t days = plan->finish.day - plan->starts.day;
    for (size_t i = 0; i < plan->items.count; i++)
        if (plan->items.at[i].needed == CERTAIN_YES)
            put_bar(it, &plan->items.at[i], i + 1, days / (LINE_COLUMNS - 8) + 1);
    text_put(text, S("finish "));
    text_date(text, plan->finish);
    text_printf(text, ", %d visits, %d documents, fee %lld.%02d %.*s\n", plan->visits, plan->documents, (long long)(plan->fee.cents / 100),
                (int)(plan->fee.cents % 100), STR_ARGS(it->pack->currency));
    for (size_t i = 0; i < plan->impossible.count; i++)
        text_printf(text, "cannot be had: %.*s\n", STR_ARGS(said(it, plan->impossible.at[i].type->name)));
    if (plan->ask)
        text_printf(text, "next question: %.*s (%.*s)\n", STR_ARGS(said(it, plan->ask->question)), STR_ARGS(plan->ask->id));
}

/* ---- the command ---- */

int no_such(const Arguments *arguments, const char *kind, Str word, const Map *known)
{
    Str nearest = STR_NONE;
    size_t least = 2 + word.len / 4;
    for (size_t i = 0; i < known->entries.count; i++) {
        const Str key = known->entries.at[i].key;
        const size_t distance = key.len <= 64 && word.len <= 64 ? str_distance(word, key) : SIZE_MAX;
        if (distance < least) {
            least = distance;
            nearest = key;
        }
    }
    const Str what = str_printf(arguments->arena, "the pack has no %s \"%.*s\"", kind, STR_ARGS(word));
    const Str hint = nearest.len ? str_printf(arguments->arena, "did you mean \"%.*s\"?", STR_ARGS(nearest))
                                 : S("the pages of the pack list them");
    return usage_fault(str_terminated(arguments->arena, what), str_terminated(arguments->arena, hint));
}

static int read_facts(const Arguments *arguments, const Pack *pack, Scope *facts)
{
    Errors errors = errors_begin(arguments->arena);
    const Str given = argument_option(arguments, "facts", STR_NONE);
    if (given.len && !scope_read(arguments->arena, given, facts, &errors)) {
        (void)print_errors(&errors);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < facts->values.entries.count; i++)
        if (!pack_fact(pack, facts->values.entries.at[i].key))
            return no_such(arguments, "fact", facts->values.entries.at[i].key, &pack->by_id.facts);
    return EXIT_GOOD;
}

int command_plan(const Arguments *arguments)
{
    Arena *arena = arguments->arena;
    Errors errors = errors_begin(arena);
    const Pack *pack = pack_load(arena, arguments->words.at[0], &errors);
    if (!pack)
        return print_errors(&errors);
    const Event *event = pack_event(pack, arguments->words.at[1]);
    if (!event)
        return no_such(arguments, "event", arguments->words.at[1], &pack->by_id.events);
    Date on = date_in_zone(web_now(), pack->utc_offset_minutes);
    const Str day = argument_option(arguments, "on", STR_NONE);
    if (day.len && !date_parse(day, &on))
        return usage_fault("--on wants a day", "write year, month and day: 2026-10-26");
    Scope facts = { 0 };
    const int read = read_facts(arguments, pack, &facts);
    if (read != EXIT_GOOD)
        return read;
    Showing it = { .arena = arena, .pack = pack, .plan = plan_derive(arena, pack, event, &facts, on), .text = text_begin(arena, PLAN_TEXT_MAX) };
    const int language = pack_language(pack, argument_option(arguments, "language", STR_NONE));
    it.language = language < 0 ? 0 : language;
    if (argument_flag(arguments, "json"))
        put_json(&it);
    else
        put_table(&it);
    print_text(&it.text);
    return EXIT_GOOD;
}
