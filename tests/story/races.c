/* Two who act at the same moment: both read the same state and build their changes upon it. The one that comes second must not be written
 * upon a state that it never saw. */
#include "story/restaurant.h"

/* Her cook needs a health certificate, and the food licence waits for it as it waits for the registration. */
static int64_t with_a_cook_to_examine(void)
{
    Change *change;
    const int64_t application = begin();
    Form cook = FORM({ "staff_name", "The cook" }, { "staff_identity_number", "11010519491231002X" }, { "handles_food", "yes" },
                     { "has_health_certificate", "no" }, { "employed", "yes" });
    CHECK(DO(desk_member(desk, arena, &resident, application, S("staff"), STR_NONE, &cook, now, change, &problems)) == VERDICT_OK);
    CHECK(DO(desk_members_done(desk, arena, &resident, application, S("staff"), now, change, &problems)) == VERDICT_OK);
    CHECK(answer_everything(application) > 15);
    bring_everything(application, true);
    CHECK(send(application) == VERDICT_OK);
    return application;
}

static void grant(int64_t application, const char *service)
{
    CHECK(act(application, service, ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, service, ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
}

/* An issue as it is before its commit. */
static Change *issue_of(int64_t application, const char *service)
{
    Change *change = change_begin(store, arena);
    const CaseRow row = case_of(application, service);
    const Actor officer = { .account = { .id = 900, .role = ROLE_OFFICER, .authority = row.authority } };
    const Form form = FORM({ "number", "" });
    CHECK(desk_act(desk, arena, &officer, application, row.k, ENTRY_ISSUE, row.entries, &form, now, change, &problems) == VERDICT_OK);
    return change;
}

static void the_last_two_results_start_what_waited_for_both(void)
{
    on(2026, 9, 21);
    const int64_t application = with_a_cook_to_examine();
    CHECK_STATE(application, "food-business-licence", "waiting");
    grant(application, "business-registration");
    grant(application, "staff-health-check");
    Change *first = issue_of(application, "business-registration"), *second = issue_of(application, "staff-health-check");
    CHECK(store_commit_wait(store, first) == OUTCOME_DONE);
    CHECK(store_commit_wait(store, second) == OUTCOME_CONFLICT);
    CHECK(store_commit_wait(store, issue_of(application, "staff-health-check")) == OUTCOME_DONE);
    CHECK_STATE(application, "food-business-licence", "received");
}

int main(void)
{
    office_open("packs/zhejiang");
    resident = account_of("resident", ROLE_APPLICANT, "");
    RUN(the_last_two_results_start_what_waited_for_both);
    office_close();
    return test_end();
}
