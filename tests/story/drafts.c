/* Drafts: what is replaced or left alone leaves nothing behind; a session that is over opens nothing; what was begun without an account
 * can come into one, and is forgotten with it. */
#include "story/restaurant.h"

#include <dirent.h>

static int files_kept(void)
{
    int count = 0;
    DIR *top = opendir(str_terminated(arena, str_printf(arena, "%s/files", folder)));
    must(top != NULL);
    for (struct dirent *it; (it = readdir(top));) {
        DIR *inner = it->d_name[0] == '.' ? NULL : opendir(str_terminated(arena, str_printf(arena, "%s/files/%s", folder, it->d_name)));
        for (struct dirent *file; inner && (file = readdir(inner));)
            count += file->d_name[0] != '.';
        if (inner)
            closedir(inner);
    }
    closedir(top);
    return count;
}

static void what_is_replaced_or_removed_leaves_no_file(void)
{
    Change *change;
    int64_t application = begin();
    CHECK(answer_everything(application) > 15);
    const int before = files_kept();
    CHECK(bring(application, S("kitchen-plan")) == VERDICT_OK);
    CHECK(bring(application, S("kitchen-plan")) == VERDICT_OK);
    CHECK(files_kept() == before + 1);
    Draft draft = draft_of(application);
    CHECK(DO(desk_upload_drop(desk, arena, &resident, application, draft.evidence.at[0].id, now, change)) == VERDICT_OK);
    CHECK(files_kept() == before);
    /* Two answers at once: what the loser brought is not kept. */
    const Upload upload = { .name = S("scan.png"), .content = { (const char *)PNG, sizeof PNG } };
    Change *slow = change_begin(store, arena);
    Problems none = { 0 };
    CHECK(desk_upload(desk, arena, &resident, application, S("kitchen-plan"), STR_NONE, &upload, now, slow, &none) == VERDICT_OK);
    CHECK(answer(application, S("outdoor_sign"), "yes") == VERDICT_OK);
    CHECK(store_commit_wait(store, slow) == OUTCOME_CONFLICT);
    CHECK(files_kept() == before);
}

static void a_draft_left_alone_goes_with_its_files(void)
{
    on(2026, 1, 5);
    int64_t old = begin();
    CHECK(answer_everything(old) > 15);
    const int before = files_kept();
    CHECK(bring(old, S("kitchen-plan")) == VERDICT_OK);
    on(2026, 4, 5);
    Application row;
    CHECK(store_application(store, arena, desk->pack->area, old, &row));
    /* Who brings a file came back to it. */
    CHECK(bring(old, S("kitchen-plan")) == VERDICT_OK);
    on(2026, 7, 4);
    CHECK(store_application(store, arena, desk->pack->area, old, &row));
    on(2026, 7, 5);
    CHECK(!store_application(store, arena, desk->pack->area, old, &row));
    CHECK(files_kept() == before);
}

/* As many large ones as are taken at once: together they are more than a draft may fill. */
static void large_drafts_go_too(void)
{
    int64_t last = 0;
    const size_t large = 400 << 10;
    char *text = arena_alloc(arena, large);
    memset(text, 'x', large);
    const Str answers = str_printf(arena, "{\"note\":\"%.*s\"}", (int)large, text);
    on(2027, 1, 5);
    for (int i = 0; i < 50; i++) {
        Change *change = change_begin(store, arena);
        const Application row = { .area = desk->pack->area, .id = last = store_next_id(store), .party = resident.account.party,
                                  .account = resident.account.id, .event = S("open-a-restaurant"), .state = APPLICATION_DRAFT,
                                  .answers = answers, .created_at = now, .changed_at = now };
        change_application(change, &row);
        CHECK(store_commit_wait(store, change) == OUTCOME_DONE);
    }
    on(2027, 4, 6);
    Application row;
    CHECK(!store_application(store, arena, desk->pack->area, last, &row));
}

static void there_are_not_more_drafts_than_anybody_needs(void)
{
    Change *change;
    int64_t application = 0;
    Str secret;
    Actor other = account_of("another", ROLE_APPLICANT, "");
    Form fumes = FORM({ "oil_fumes", "no" });
    for (int i = 0; i < DRAFTS_MAX; i++) {
        CHECK(DO(desk_begin(desk, arena, &other, S("open-a-restaurant"), now, change, &application, &secret)) == VERDICT_OK);
        CHECK(DO(desk_answer(desk, arena, &other, application, S("oil_fumes"), &fumes, now, change, &problems)) == VERDICT_OK);
    }
    CHECK(DO(desk_begin(desk, arena, &other, S("open-a-restaurant"), now, change, &application, &secret)) == VERDICT_NOT_NOW);
    CHECK(DO(desk_discard(desk, arena, &other, application, now, change)) == VERDICT_OK);
    CHECK(DO(desk_begin(desk, arena, &other, S("open-a-restaurant"), now, change, &application, &secret)) == VERDICT_OK);
}

/* A visitor with a cookie and no account. */
static Actor visitor(const char *cookie)
{
    return (Actor){ .session = hash_of(str_from(cookie)), .live = true };
}

/* The page with the second secret was loaded again: she has one draft, and the secret that she wrote down still opens it. */
static void begun_again_without_an_account_it_is_the_same_draft(void)
{
    Change *change;
    int64_t first = 0, again = 0, after = 0;
    Str secret, none = STR_NONE;
    Actor somebody = visitor("again");
    CHECK(DO(desk_begin(desk, arena, &somebody, S("open-a-restaurant"), now, change, &first, &secret)) == VERDICT_OK);
    CHECK(DO(desk_begin(desk, arena, &somebody, S("open-a-restaurant"), now, change, &again, &none)) == VERDICT_OK);
    CHECK(again == first && none.len == 0);
    Actor elsewhere = visitor("elsewhere");
    const Str reference = store_reference(store, arena, first);
    CHECK(DO(desk_resume(desk, arena, &elsewhere, reference, secret, now, change, &again)) == VERDICT_OK);
    /* Once something was answered, the next is another. */
    Form fumes = FORM({ "oil_fumes", "no" });
    CHECK(DO(desk_answer(desk, arena, &somebody, first, S("oil_fumes"), &fumes, now, change, &problems)) == VERDICT_OK);
    CHECK(DO(desk_begin(desk, arena, &somebody, S("open-a-restaurant"), now, change, &after, &secret)) == VERDICT_OK);
    CHECK(after != first);
}

static void a_session_that_is_over_opens_nothing(void)
{
    Change *change;
    int64_t application = 0;
    Str secret;
    Draft draft;
    Actor somebody = visitor("one");
    CHECK(DO(desk_begin(desk, arena, &somebody, S("open-a-restaurant"), now, change, &application, &secret)) == VERDICT_OK);
    CHECK(desk_draft(desk, arena, &somebody, application, date_in_zone(now, desk->pack->utc_offset_minutes), &draft) == VERDICT_OK);
    Session session;
    const Instant later = { now.us + 31 * DAY_US };
    somebody.live = store_session(store, arena, &somebody.session, later, &session);
    CHECK(!somebody.live);
    CHECK(desk_draft(desk, arena, &somebody, application, date_in_zone(later, desk->pack->utc_offset_minutes), &draft) == VERDICT_FORBIDDEN);
    /* Nor does it when the same cookie begins anew. */
    int64_t second = 0;
    CHECK(DO(desk_begin(desk, arena, &somebody, S("open-a-restaurant"), later, change, &second, &secret)) == VERDICT_OK);
    somebody.live = store_session(store, arena, &somebody.session, later, &session);
    CHECK(somebody.live && desk_draft(desk, arena, &somebody, second, date_in_zone(later, desk->pack->utc_offset_minutes), &draft) == VERDICT_OK);
    CHECK(desk_draft(desk, arena, &somebody, application, date_in_zone(later, desk->pack->utc_offset_minutes), &draft) == VERDICT_FORBIDDEN);
}

static void what_was_begun_without_an_account_can_come_into_one(void)
{
    Change *change;
    int64_t application = 0;
    Str secret;
    Actor somebody = visitor("two");
    CHECK(DO(desk_begin(desk, arena, &somebody, S("open-a-restaurant"), now, change, &application, &secret)) == VERDICT_OK);
    CHECK(store_applications_open(store, arena, &somebody.session).count == 1);
    CHECK(DO(desk_adopt(desk, arena, &resident, application, now, change)) == VERDICT_FORBIDDEN);
    somebody.account = account_of("third", ROLE_APPLICANT, "").account;
    CHECK(DO(desk_adopt(desk, arena, &somebody, application, now, change)) == VERDICT_OK);
    CHECK(DO(desk_adopt(desk, arena, &somebody, application, now, change)) == VERDICT_ALREADY);
    CHECK(store_applications_open(store, arena, &somebody.session).count == 0);
    CHECK(store_applications_of(store, arena, somebody.account.id).count == 1);
    /* Whoever is erased is erased with it, although it had a party of its own. */
    Errors errors = errors_begin(arena);
    CHECK(store_erase(store, somebody.account.party, &errors));
    Application row;
    CHECK(!store_application(store, arena, desk->pack->area, application, &row));
}

int main(void)
{
    office_open("packs/zhejiang");
    on(2026, 1, 5);
    resident = account_of("resident", ROLE_APPLICANT, "");
    RUN(what_is_replaced_or_removed_leaves_no_file);
    RUN(a_draft_left_alone_goes_with_its_files);
    RUN(large_drafts_go_too);
    RUN(there_are_not_more_drafts_than_anybody_needs);
    RUN(begun_again_without_an_account_it_is_the_same_draft);
    RUN(a_session_that_is_over_opens_nothing);
    RUN(what_was_begun_without_an_account_can_come_into_one);
    office_close();
    return test_end();
}
