/* Somebody applies for something that asks only who she is, and perhaps one fact more: short words for the stories of the clocks. */
#ifndef STORY_SIMPLE_H
#define STORY_SIMPLE_H

#include "story/office.h"

static inline void answer(int64_t application, const char *fact, const char *text)
{
    Change *change;
    Form form = { 0 };
    Date date;
    if (date_parse(str_from(text), &date)) {
        list_push(arena, &form, (Field){ str_printf(arena, "%s-year", fact), str_printf(arena, "%d", date_parts(date).year) });
        list_push(arena, &form, (Field){ str_printf(arena, "%s-month", fact), str_printf(arena, "%d", date_parts(date).month) });
        list_push(arena, &form, (Field){ str_printf(arena, "%s-day", fact), str_printf(arena, "%d", date_parts(date).day) });
    } else {
        list_push(arena, &form, (Field){ str_from(fact), str_from(text) });
    }
    CHECK(DO(desk_answer(desk, arena, &resident, application, str_from(fact), &form, now, change, &problems)) == VERDICT_OK);
}

/* Applies for the event; `fact` may be NULL. */
static inline int64_t applied(const char *event, const char *fact, const char *text)
{
    Change *change;
    int64_t application = 0;
    Str secret;
    Form form = FORM({ "declared", "yes" });
    CHECK(DO(desk_begin(desk, arena, &resident, str_from(event), now, change, &application, &secret)) == VERDICT_OK);
    answer(application, "licence_holder", "The resident");
    if (fact)
        answer(application, fact, text);
    if (!CHECK(DO(desk_send(desk, arena, &resident, application, &form, now, change, &problems)) == VERDICT_OK))
        printf("   %zu problems: %s\n", problems.count, problems.count ? problems.at[0].message : "");
    return application;
}

static inline Case case_now(int64_t application, const char *service)
{
    ApplicationView view;
    Case none = case_begin();
    must(desk_application(desk, arena, &resident, USE_APPLICATION, application, now, &view) == VERDICT_OK);
    const CaseView *one = application_case(&view, case_of(application, service).k);
    return one ? one->it : none;
}

static inline const Clock *clock_of(int64_t application, const char *service, ClockKind kind)
{
    static const Clock none = { .due = { .date = { INT32_MIN } }, .from = { INT32_MIN }, .met = { INT32_MIN } };
    ApplicationView *view = arena_new(arena, ApplicationView);
    must(desk_application(desk, arena, &resident, USE_APPLICATION, application, now, view) == VERDICT_OK);
    const CaseView *one = application_case(view, case_of(application, service).k);
    for (size_t i = 0; one && i < one->clocks.count; i++)
        if (one->clocks.at[i].kind == kind)
            return &one->clocks.at[i];
    return &none;
}

static inline NextTurn next_of(int64_t application, const char *service)
{
    ApplicationView view;
    must(desk_application(desk, arena, &resident, USE_APPLICATION, application, now, &view) == VERDICT_OK);
    return application_case(&view, case_of(application, service).k)->next;
}

/* "light 2026-05-29 red statutory" for the entries of that kind, each on its legal day. */
static inline Str entries_of(int64_t application, const char *service, EntryKind kind)
{
    const EntryList entries = store_entries(store, arena, desk->pack->area, application, case_of(application, service).k);
    Text text = text_begin(arena, 2000);
    for (size_t i = 0; i < entries.count; i++) {
        if (entries.at[i].kind != kind)
            continue;
        text_put(&text, text.len ? S("; ") : STR_NONE);
        text_date(&text, entries.at[i].on);
        if (entries.at[i].what.len)
            text_printf(&text, " %.*s", STR_ARGS(entries.at[i].what));
    }
    return text_str(&text);
}

static inline void rows_are_what_the_journal_says(void)
{
    Text report = text_begin(arena, 1 << 16);
    if (!CHECK(desk_check(desk, &report) == 0))
        printf("%.*s", STR_ARGS(text_str(&report)));
}

#endif
