/* The office of the story tests: a desk on an empty store, a clock that stands where the test puts it, and short words for what people
 * do. Every command goes through the same commit as in the server. */
#ifndef STORY_OFFICE_H
#define STORY_OFFICE_H

#include "base/base.h"
#include "desk/desk.h"
#include "test.h"

#include <stdlib.h>
#include <unistd.h>

static Arena *arena;
static Desk *desk;
static Store *store;
static Instant now;
static char folder[] = "/tmp/onestop-story-XXXXXX";
static Problems problems;
static Actor resident;

static inline void office_open(const char *pack_folder)
{
    trust_begin();
    arena = arena_open(256 << 20);
    Errors errors = errors_begin(arena);
    const Pack *pack = pack_load(arena, str_from(pack_folder), &errors);
    store = pack && mkdtemp(folder) ? store_open(str_from(folder), &errors) : NULL;
    if (!store) {
        Text text = text_begin(arena, 1 << 16);
        errors_print(&errors, &text);
        printf("%.*s", STR_ARGS(text_str(&text)));
        exit(1);
    }
    desk = desk_open(arena, pack, store, (Instant){ 0 }, &errors);
    must(desk != NULL);
}

static inline void office_close(void)
{
    store_close(store);
    arena_close(arena);
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    must(system(command) == 0);
}

/* Ten in the morning, in the jurisdiction's zone. */
static inline void on(int year, int month, int day)
{
    now = instant_of(date_of(year, month, day), desk->pack->utc_offset_minutes);
    now.us += (int64_t)10 * 3600 * 1000000;
    desk_tick(desk, now);
}

static inline Form form_of(const char *const pairs[][2], size_t count)
{
    Form form = { 0 };
    for (size_t i = 0; i < count; i++)
        list_push(arena, &form, (Field){ str_from(pairs[i][0]), str_from(pairs[i][1]) });
    return form;
}
#define FORM(...) form_of((const char *const[][2]){ __VA_ARGS__ }, COUNT_OF(((const char *const[][2]){ __VA_ARGS__ })))

static inline Verdict done(Verdict verdict, Change *change)
{
    if (!change_is_empty(change) && store_commit_wait(store, change) != OUTCOME_DONE)
        return VERDICT_TOO_MANY;
    return verdict;
}
#define DO(call) (problems = (Problems){ 0 }, change = change_begin(store, arena), done((call), change))

static inline Actor account_of(const char *login, Role role, const char *authority)
{
    Change *change;
    Actor actor = { 0 };
    Verdict verdict = DO(desk_account_add(desk, arena, str_from(login), S("a long password"), role, str_from(authority), S("Somebody"),
                                          PARTY_PERSON, now, change));
    must(verdict == VERDICT_OK && store_account_by_login(store, arena, str_from(login), &actor.account));
    return actor;
}

static inline CaseRow case_of(int64_t application, const char *service)
{
    CaseRowList rows = store_cases(store, arena, desk->pack->area, application);
    for (size_t i = 0; i < rows.count; i++)
        if (str_equal(rows.at[i].service, str_from(service)))
            return rows.at[i];
    return (CaseRow){ .due = DATE_NONE, .received = DATE_NONE, .accepted = DATE_NONE };
}

static inline Verdict act(int64_t application, const char *service, EntryKind kind, Form form)
{
    Change *change;
    CaseRow row = case_of(application, service);
    Actor officer = { .account = { .id = 900, .role = ROLE_OFFICER, .authority = row.authority } };
    return DO(desk_act(desk, arena, &officer, application, row.k, kind, row.entries, &form, now, change, &problems));
}

static inline Str date_text(Date date)
{
    Text text = text_begin(arena, 20);
    if (date_is_set(date))
        text_date(&text, date);
    return text_str(&text);
}

#define CHECK_DATE(date, want) CHECK_STR(date_text(date), str_from(want))
#define CHECK_STATE(application, service, want) CHECK_STR(case_state_word(case_of((application), (service)).state), str_from(want))

static const unsigned char PNG[] = {
    0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0,
    0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, 'I', 'D', 'A', 'T', 0x78, 0x9C, 0x63, 0xF8, 0x0F, 0, 1, 1, 1, 0, 0x1B, 0xB6, 0xEE,
    0x56, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xAE, 0x42, 0x60, 0x82,
};

static inline Verdict bring(int64_t application, Str slot)
{
    Change *change;
    const Upload upload = { .name = S("scan.png"), .content = { (const char *)PNG, sizeof PNG } };
    return DO(desk_upload(desk, arena, &resident, application, slot, STR_NONE, &upload, now, change, &problems));
}

static inline Draft draft_of(int64_t application)
{
    Draft draft;
    Verdict verdict = desk_draft(desk, arena, &resident, application, date_in_zone(now, desk->pack->utc_offset_minutes), &draft);
    must(verdict == VERDICT_OK);
    return draft;
}

#endif
