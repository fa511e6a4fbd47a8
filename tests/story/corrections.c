/* Corrections: what was sent stays as the ground for cases and places; each case takes its own files; nobody asks about what another
 * authority sees; a list is corrected member by member; and the fold of it all is what the rows say. */
#include "story/pack_copy.h"
#include "story/restaurant.h"

static ApplicationView view_of(int64_t application)
{
    ApplicationView view;
    CHECK(desk_application(desk, arena, &resident, USE_APPLICATION, application, now, &view) == VERDICT_OK);
    return view;
}

static Verdict supply(int64_t application, const char *service, Form form)
{
    Change *change;
    return DO(desk_supply(desk, arena, &resident, application, case_of(application, service).k, &form, now, change, &problems));
}

static void is_whole(void)
{
    Text report = text_begin(arena, 1 << 20);
    if (!CHECK(desk_check(desk, &report) == 0))
        printf("%.*s", STR_ARGS(text_str(&report)));
}

/* "No sign outside" would have meant no case and no picture; but both were sent. */
static void a_corrected_answer_takes_no_case_and_no_place_away(void)
{
    int64_t application = registered(true);
    CHECK(act(application, "shop-sign", ENTRY_ASK, FORM({ "item-fact-outdoor_sign", "Is there a sign at all?" })) == VERDICT_OK);
    CHECK(supply(application, "shop-sign", FORM({ "outdoor_sign", "no" })) == VERDICT_OK);
    ApplicationView view = view_of(application);
    CHECK(plan_item(view.plan, pack_service(desk->pack, S("shop-sign"))) != NULL);
    CHECK(plan_slot(view.plan, S("sign-picture")) != NULL);
    CHECK(application_case(&view, case_of(application, "shop-sign").k)->slots.count > 1);
    is_whole();
}

static void each_case_takes_its_own_files(void)
{
    int64_t application = registered(true);
    CHECK(act(application, "food-business-licence", ENTRY_ASK, FORM({ "item-kitchen-plan", "The sinks are missing" })) == VERDICT_OK);
    CHECK(act(application, "shop-sign", ENTRY_ASK, FORM({ "item-sign-picture", "The wall is not in the picture" })) == VERDICT_OK);
    CHECK(bring(application, S("kitchen-plan")) == VERDICT_OK);
    CHECK(bring(application, S("sign-picture")) == VERDICT_OK);
    CHECK(supply(application, "food-business-licence", FORM({ "note", "" })) == VERDICT_OK);
    ApplicationView view = view_of(application);
    bool waits = false;
    for (size_t i = 0; i < view.evidence.count; i++)
        waits |= str_equal(view.evidence.at[i].slot, S("sign-picture")) && view.evidence.at[i].state == EVIDENCE_PENDING;
    CHECK(waits);
    CHECK(supply(application, "shop-sign", FORM({ "note", "" })) == VERDICT_OK);
    is_whole();
}

static void a_notice_names_only_what_its_service_uses(void)
{
    int64_t application = registered(true);
    /* Neither the food authority's plan nor the staff's numbers are the sign's business: nothing is left to ask. */
    CHECK(act(application, "shop-sign", ENTRY_ASK, FORM({ "item-kitchen-plan", "?" }, { "item-fact-staff", "?" })) == VERDICT_PROBLEMS);
    /* The licence was issued by another authority: the applicant cannot bring a better one. */
    CHECK(act(application, "shop-sign", ENTRY_ASK, FORM({ "item-business-licence", "?" })) == VERDICT_PROBLEMS);
    CHECK(act(application, "shop-sign", ENTRY_ASK, FORM({ "item-fact-restaurant_name", "Another name than on the sign" })) == VERDICT_OK);
}

static Str field_name(const Member *member, const char *field)
{
    return str_printf(arena, "%.*s-%s", STR_ARGS(member->id), field);
}

static void a_list_is_corrected_member_by_member(void)
{
    int64_t application = registered(true);
    CHECK(act(application, "food-business-licence", ENTRY_ASK, FORM({ "item-fact-staff", "A waiter is missing" })) == VERDICT_OK);
    ApplicationView view = view_of(application);
    const Member cook = answers_find(&view.answers, S("staff"))->members.at[0];
    Form form = { 0 };
    list_push(arena, &form, (Field){ field_name(&cook, "staff_name"), S("The first cook") });
    list_push(arena, &form, (Field){ field_name(&cook, "staff_identity_number"), S("11010519491231002X") });
    list_push(arena, &form, (Field){ field_name(&cook, "handles_food"), S("yes") });
    list_push(arena, &form, (Field){ field_name(&cook, "has_health_certificate"), S("yes") });
    list_push(arena, &form, (Field){ field_name(&cook, "employed"), S("yes") });
    list_push(arena, &form, (Field){ S("new1-staff_name"), S("The waiter") });
    list_push(arena, &form, (Field){ S("new1-staff_identity_number"), S("110105194912310021") });
    CHECK(supply(application, "food-business-licence", form) == VERDICT_PROBLEMS);
    CHECK_STR(problems.at[0].field, S("new1-staff_identity_number"));
    form.at[6].value = S("11010519491231002X");
    list_push(arena, &form, (Field){ S("new1-handles_food"), S("no") });
    list_push(arena, &form, (Field){ S("new1-has_health_certificate"), S("no") });
    list_push(arena, &form, (Field){ S("new1-employed"), S("yes") });
    CHECK(supply(application, "food-business-licence", form) == VERDICT_OK);

    view = view_of(application);
    const Answer *staff = answers_find(&view.answers, S("staff"));
    CHECK(staff->members.count == 2);
    CHECK_STR(staff->members.at[0].id, cook.id);
    CHECK_STR(staff->members.at[0].fields.at[0].text, S("The first cook"));
    CHECK(!str_equal(staff->members.at[1].id, cook.id));
    CHECK(str_find(view.entries.at[1].body, S("\"The cook\"")) != SIZE_MAX);
    is_whole();
}

/* Nobody left, where the law wants to know who works there. */
static void a_list_keeps_its_bounds(void)
{
    int64_t application = registered(true);
    CHECK(act(application, "food-business-licence", ENTRY_ASK, FORM({ "item-fact-staff", "Who is that?" })) == VERDICT_OK);
    ApplicationView view = view_of(application);
    const Member cook = answers_find(&view.answers, S("staff"))->members.at[0];
    Form form = { 0 };
    list_push(arena, &form, (Field){ field_name(&cook, "drop"), S("yes") });
    CHECK(supply(application, "food-business-licence", form) == VERDICT_PROBLEMS);
    CHECK_STR(problems.at[0].field, S("staff"));
}

/* A rule may name a fact that no question came to. Left empty in the correction, it is an answer all the same. */
static void what_was_never_asked_may_be_left_empty(void)
{
    Errors errors = errors_begin(arena);
    must(mkdtemp(copy) != NULL);
    copy_again();
    replace("services/restaurant/shop-sign.yaml", S("when: outdoor_sign"), S("when: outdoor_sign or father_name = \"x\""));
    const Pack *changed = load();
    must(changed && (desk = desk_open(arena, changed, store, now, &errors)) != NULL);
    int64_t application = registered(true);
    CHECK(act(application, "shop-sign", ENTRY_ASK, FORM({ "item-fact-father_name", "Whose sign is it?" })) == VERDICT_OK);
    CHECK(supply(application, "shop-sign", FORM({ "father_name", "" }, { "note", "Mine" })) == VERDICT_OK);
    is_whole();
    run(str_terminated(arena, str_printf(arena, "rm -rf %s", copy)));
}

int main(void)
{
    office_open("packs/zhejiang");
    on(2026, 9, 21);
    resident = account_of("resident", ROLE_APPLICANT, "");
    RUN(a_corrected_answer_takes_no_case_and_no_place_away);
    RUN(each_case_takes_its_own_files);
    RUN(a_notice_names_only_what_its_service_uses);
    RUN(a_list_is_corrected_member_by_member);
    RUN(a_list_keeps_its_bounds);
    RUN(what_was_never_asked_may_be_left_empty);
    office_close();
    return test_end();
}
