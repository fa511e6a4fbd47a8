/* The story: somebody opens a restaurant in Hangzhou. One application, every authority, each date worked out by hand from the law and the
 * calendar of 2026 (Sep 25-27 and Oct 1-7 are free, Sep 20 and Oct 10 are worked). */
#include "story/restaurant.h"

static const CaseView *case_seen(int64_t application, const char *service)
{
    static ApplicationView view;
    CHECK(desk_application(desk, arena, &resident, USE_APPLICATION, application, now, &view) == VERDICT_OK);
    return application_case(&view, case_of(application, service).k);
}

static const Clock *clock_of(int64_t application, const char *service, ClockKind kind)
{
    const CaseView *one = case_seen(application, service);
    for (size_t i = 0; one && i < one->clocks.count; i++)
        if (one->clocks.at[i].kind == kind)
            return &one->clocks.at[i];
    static const Clock none = { .due = { .date = { INT32_MIN } }, .from = { INT32_MIN }, .met = { INT32_MIN } };
    return &none;
}

/* ---- before sending ------------------------------------------------------------------------------------- */

static void fumes_below_dwellings_stop_before_any_paper(void)
{
    on(2026, 9, 21);
    int64_t application = begin();
    CHECK(answer(application, S("only_prepackaged"), "no") == VERDICT_OK);
    CHECK(answer(application, S("oil_fumes"), "yes") == VERDICT_OK);
    CHECK(answer(application, S("building"), "residential") == VERDICT_OK);
    Draft draft = draft_of(application);
    CHECK(draft.plan->stop != NULL);
    CHECK(draft.plan->ask == NULL && draft.plan->items.count == 0);
    CHECK(send(application) == VERDICT_PROBLEMS);
    /* Another building, and the questions go on. */
    CHECK(answer(application, S("building"), "commercial") == VERDICT_OK);
    draft = draft_of(application);
    CHECK(draft.plan->stop == NULL && draft.plan->ask != NULL);
}

/* LAW cn.licensing art.31 */
static void no_question_is_asked_whose_answer_cannot_matter(void)
{
    on(2026, 9, 21);
    int64_t application = begin();
    CHECK(answer(application, S("only_prepackaged"), "no") == VERDICT_OK);
    CHECK(answer(application, S("oil_fumes"), "no") == VERDICT_OK);
    answer_everything(application);
    Draft draft = draft_of(application);
    for (size_t i = 0; i < draft.plan->asked.count; i++) {
        CHECK(!str_equal(draft.plan->asked.at[i]->id, S("dedicated_flue")));
        CHECK(!str_equal(draft.plan->asked.at[i]->id, S("building")));
        CHECK(!str_equal(draft.plan->asked.at[i]->id, S("credit_code")));
    }
}

/* The place for the certificate of one of the staff. */
static const Slot *health_certificate(const Plan *plan, Str member)
{
    for (size_t i = 0; i < plan->slots.count; i++)
        if (str_find(plan->slots.at[i].id, S("health-certificate:m")) != SIZE_MAX && str_equal(plan->slots.at[i].member_name, member))
            return &plan->slots.at[i];
    return NULL;
}

/* LAW cn.visit-once art.7 */
static void what_government_issues_is_asked_of_nobody(void)
{
    on(2026, 9, 21);
    int64_t application = begin();
    answer_everything(application);
    Draft draft = draft_of(application);
    const Slot *licence = plan_slot(draft.plan, S("business-licence"));
    CHECK(licence && licence->source == SOURCE_GIVEN);
    const Slot *identity = plan_slot(draft.plan, S("id-card"));
    CHECK(identity && identity->source == SOURCE_HELD);
    const Slot *health = health_certificate(draft.plan, S("The cook"));
    CHECK(health && health->source == SOURCE_UPLOAD);
}

static void the_plan_has_the_dates_of_the_law(void)
{
    on(2026, 9, 21);
    int64_t application = begin();
    answer_everything(application);
    Draft draft = draft_of(application);
    const PlanItem *registration = plan_item(draft.plan, pack_service(desk->pack, S("business-registration")));
    const PlanItem *food = plan_item(draft.plan, pack_service(desk->pack, S("food-business-licence")));
    const PlanItem *drainage = plan_item(draft.plan, pack_service(desk->pack, S("drainage-permit")));
    if (!CHECK(registration && food && drainage))
        return;
    CHECK_DATE(registration->starts, "2026-09-21");
    CHECK_DATE(registration->due.date, "2026-09-22");
    CHECK_DATE(food->starts, "2026-09-22");
    CHECK_DATE(food->due.date, "2026-10-13");      /* ten working days, example CN-14 */
    CHECK_DATE(drainage->due.date, "2026-10-20");  /* fifteen working days, example CN-17 */
    CHECK(drainage->critical && registration->critical && !food->critical);
    CHECK_DATE(draft.plan->finish, "2026-10-20");
    CHECK(!draft.plan->provisional);
}

/* LAW cn.licensing art.32(1)(1): what is not needed is said before anything is sent, with the reason. */
static void what_needs_no_licence_is_told_at_once(void)
{
    int64_t application = begin();
    answer_everything(application);
    const Plan *plan = draft_of(application).plan;
    CHECK(plan->left_out.count > 0);
    for (size_t i = 0; i < plan->left_out.count; i++) {
        CHECK(plan->left_out.at[i]->otherwise.in[0].len > 0);
        CHECK(plan_item(plan, plan->left_out.at[i]) == NULL);
    }
}

static void a_missing_paper_is_named_at_its_place(void)
{
    on(2026, 9, 21);
    int64_t application = begin();
    answer_everything(application);
    CHECK(send(application) == VERDICT_PROBLEMS);
    bool named = false;
    for (size_t i = 0; i < problems.count; i++)
        named |= str_equal(problems.at[i].field, S("kitchen-plan"));
    CHECK(named);
}

static void sent_twice_it_is_one_application(void)
{
    on(2026, 9, 21);
    int64_t application = sent(true);
    CHECK(send(application) == VERDICT_ALREADY);
    CaseRowList rows = store_cases(store, arena, desk->pack->area, application);
    EntryList own = store_entries(store, arena, desk->pack->area, application, 0);
    CHECK(own.count == 1 && rows.count >= 7);
}

/* ---- after sending --------------------------------------------------------------------------------------- */

/* LAW cn.visit-once art.5(3), 2, 40, 16 */
static void sending_is_receipt_by_all_who_can_begin(void)
{
    on(2026, 9, 21);
    int64_t application = sent(true);
    CHECK_STATE(application, "business-registration", "received");
    CHECK_DATE(case_of(application, "business-registration").received, "2026-09-21");
    CHECK_STATE(application, "food-business-licence", "waiting");
    CHECK(!date_is_set(case_of(application, "food-business-licence").received));
}

/* LAW cn.visit-once art.5(3), example CN-21: the followers' clocks start when the licence is there. */
static void the_licence_starts_everything_else_at_once(void)
{
    int64_t application = registered(true);
    CHECK_STATE(application, "business-registration", "issued");
    static const char *const FOLLOWERS[] = { "company-seal", "tax-record", "social-insurance", "food-business-licence",
                                             "fire-safety-check", "drainage-permit", "shop-sign" };
    for (size_t i = 0; i < COUNT_OF(FOLLOWERS); i++) {
        CHECK_STATE(application, FOLLOWERS[i], "received");
        CHECK_DATE(case_of(application, FOLLOWERS[i]).received, "2026-09-22");
    }
}

/* LAW cn.licensing art.37, cn.visit-once art.12 */
static void each_limit_is_that_of_its_law(void)
{
    int64_t application = registered(true);
    CHECK(act(application, "food-business-licence", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "fire-safety-check", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "drainage-permit", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "food-business-licence", CLOCK_STATUTORY)->due.date, "2026-10-13");
    CHECK_DATE(clock_of(application, "fire-safety-check", CLOCK_STATUTORY)->due.date, "2026-10-13");
    CHECK_DATE(clock_of(application, "drainage-permit", CLOCK_STATUTORY)->due.date, "2026-10-20");
    on(2026, 10, 12);
    CHECK(act(application, "food-business-licence", ENTRY_EXTEND, FORM({ "reason", "A second visit is needed" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "food-business-licence", CLOCK_STATUTORY)->due.date, "2026-10-20");
    CHECK(act(application, "food-business-licence", ENTRY_EXTEND, FORM({ "reason", "Once more" })) != VERDICT_OK);
}

/* LAW cn.licensing art.32(1)(4): five working days of silence, then accepted as of the day of receipt. */
static void silence_is_acceptance_as_of_receipt(void)
{
    int64_t application = registered(true);
    on(2026, 9, 30);
    CHECK_STATE(application, "food-business-licence", "received");
    on(2026, 10, 1);
    CHECK_STATE(application, "food-business-licence", "accepted");
    CHECK_DATE(case_of(application, "food-business-licence").accepted, "2026-09-22");
    CHECK_DATE(clock_of(application, "food-business-licence", CLOCK_STATUTORY)->due.date, "2026-10-13");
}

/* LAW cn.licensing art.45: from the day it was told to the day it was lifted nothing counts. */
static void a_suspension_stops_the_clock(void)
{
    int64_t application = registered(true);
    CHECK(act(application, "food-business-licence", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    on(2026, 9, 28);
    CHECK(act(application, "food-business-licence", ENTRY_SUSPEND, FORM({ "ground", "because I like" }, { "reason", "x" })) ==
          VERDICT_PROBLEMS);
    CHECK(act(application, "food-business-licence", ENTRY_SUSPEND, FORM({ "ground", "expert-review" }, { "reason", "Layout" })) ==
          VERDICT_PROBLEMS);
    CHECK(act(application, "food-business-licence", ENTRY_SUSPEND, FORM({ "ground", "expert-review" }, { "days", "8" }, { "reason", "Layout" })) ==
          VERDICT_OK);
    CHECK(!date_is_set(clock_of(application, "food-business-licence", CLOCK_STATUTORY)->due.date));
    /* Told to take 8 working days: 29, 30 September, 8, 9, 10, 12, 13, 14 October. */
    CHECK_DATE(case_of(application, "food-business-licence").due, "2026-10-14");
    on(2026, 10, 9);
    CHECK(act(application, "food-business-licence", ENTRY_RESUME, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "food-business-licence", CLOCK_STATUTORY)->due.date, "2026-10-20");
}

static void a_correction_is_asked_once_and_answered_with_before_and_after(void)
{
    Change *change;
    int64_t application = registered(true);
    on(2026, 9, 23);
    CHECK(act(application, "food-business-licence", ENTRY_ASK, FORM({ "message", "" })) == VERDICT_PROBLEMS);
    CHECK(act(application, "food-business-licence", ENTRY_ASK,
              FORM({ "item-kitchen-plan", "The sinks are not in the plan" }, { "item-fact-floor_area", "The lease says 350" })) == VERDICT_OK);
    CaseRow row = case_of(application, "food-business-licence");
    CHECK_STATE(application, "food-business-licence", "correction");
    CHECK_DATE(row.term, "2026-10-14");
    Form empty = FORM({ "floor_area", "350" });
    CHECK(DO(desk_supply(desk, arena, &resident, application, row.k, &empty, now, change, &problems)) == VERDICT_PROBLEMS);
    on(2026, 9, 24);
    CHECK(bring(application, S("kitchen-plan")) == VERDICT_OK);
    CHECK(DO(desk_supply(desk, arena, &resident, application, row.k, &empty, now, change, &problems)) == VERDICT_OK);
    CHECK_STATE(application, "food-business-licence", "received");
    ApplicationView view;
    CHECK(desk_application(desk, arena, &resident, USE_APPLICATION, application, now, &view) == VERDICT_OK);
    CHECK_STR(answers_find(&view.answers, S("floor_area"))->text, S("350"));
    CHECK(view.entries.count == 2);
    CHECK(str_find(view.entries.at[1].body, S("\"floor_area\":[\"320\",\"350\"]")) != SIZE_MAX);
    int current = 0, replaced = 0;
    for (size_t i = 0; i < view.evidence.count; i++)
        if (str_equal(view.evidence.at[i].slot, S("kitchen-plan"))) {
            current += view.evidence.at[i].state == EVIDENCE_CURRENT;
            replaced += view.evidence.at[i].state == EVIDENCE_REPLACED;
        }
    CHECK(current == 1 && replaced == 1);
    /* The intake term begins anew with the corrections: 28, 29, 30 September, 8, 9 October. */
    CHECK_DATE(clock_of(application, "food-business-licence", CLOCK_INTAKE)->due.date, "2026-10-09");
    /* LAW cn.licensing art.32(1)(5): it has nothing to decide but acceptance. */
    CHECK(act(application, "food-business-licence", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_STATE(application, "food-business-licence", "accepted");
}

/* LAW cn.licensing art.72, cn.visit-once art.43: asking twice is lawful only for what is still wrong, and it is on record. */
static void a_second_notice_is_counted(void)
{
    int64_t application = registered(true);
    Change *change;
    for (uint32_t notice = 1; notice <= 2; notice++) {
        CHECK(act(application, "food-business-licence", ENTRY_ASK, FORM({ "item-kitchen-plan", "The sinks are missing" })) == VERDICT_OK);
        CHECK(case_seen(application, "food-business-licence")->it.notices == notice);
        CHECK(bring(application, S("kitchen-plan")) == VERDICT_OK);
        Form nothing_else = FORM({ "message", "" });
        CHECK(DO(desk_supply(desk, arena, &resident, application, case_of(application, "food-business-licence").k, &nothing_else, now,
                             change, &problems)) == VERDICT_OK);
    }
}

/* LAW cn.licensing art.44: ten working days from the decision: 30 September, 8 to 10, 12 to 16 and 19 October. */
static void what_is_granted_is_handed_over_in_ten_days(void)
{
    int64_t application = registered(true);
    CHECK(act(application, "drainage-permit", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    on(2026, 9, 29);
    CHECK(act(application, "drainage-permit", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "drainage-permit", CLOCK_DELIVERY)->due.date, "2026-10-19");
    CHECK_DATE(case_of(application, "drainage-permit").due, "2026-10-19");
}

/* LAW cn.visit-once art.11(3): not corrected within the term counts as withdrawn. */
static void an_unanswered_notice_lapses(void)
{
    int64_t application = registered(true);
    on(2026, 9, 23);
    CHECK(act(application, "food-business-licence", ENTRY_ASK, FORM({ "message", "The plan is blurred" })) == VERDICT_OK);
    on(2026, 10, 14);
    CHECK_STATE(application, "food-business-licence", "correction");
    on(2026, 10, 15);
    CHECK_STATE(application, "food-business-licence", "lapsed");
}

/* LAW cn.visit-once art.11(2): the picture of the sign may follow; without it acceptance is revoked. */
static void what_may_follow_has_a_term(void)
{
    Change *change;
    int64_t application = registered(false), other = registered(false);
    for (int i = 0; i < 2; i++) {
        int64_t one = i ? other : application;
        CHECK(act(one, "shop-sign", ENTRY_ACCEPT_DEFICIENT, FORM({ "message", "" })) == VERDICT_OK);
        CHECK_STATE(one, "shop-sign", "deficient");
        CHECK_DATE(case_of(one, "shop-sign").term, "2026-09-28");
        /* The limit to decide runs meanwhile: 23, 24, 28, 29, 30 September. */
        CHECK_DATE(case_of(one, "shop-sign").due, "2026-09-30");
        CHECK(clock_of(one, "shop-sign", CLOCK_DEFICIENCY)->period.amount == 3);
    }
    on(2026, 9, 28);
    CHECK(bring(application, S("sign-picture")) == VERDICT_OK);
    Form form = FORM({ "note", "" });
    CHECK(DO(desk_supply(desk, arena, &resident, application, case_of(application, "shop-sign").k, &form, now, change, &problems)) ==
          VERDICT_OK);
    CHECK_STATE(application, "shop-sign", "accepted");
    CHECK_DATE(case_of(application, "shop-sign").due, "2026-09-30");
    on(2026, 9, 29);
    CHECK_STATE(other, "shop-sign", "revoked");
}

/* Accepting as if all were there would lose what is to follow: nobody would ask for it again. */
static void what_may_follow_is_not_lost_by_accepting(void)
{
    int64_t application = registered(false);
    CHECK(act(application, "shop-sign", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_PROBLEMS);
    CHECK(problems.count == 1);
    CHECK_STATE(application, "shop-sign", "received");
    CHECK(act(application, "shop-sign", ENTRY_ACCEPT_DEFICIENT, FORM({ "message", "" })) == VERDICT_OK);
}

/* LAW cn.visit-once art.11(2): it came in time and is still wrong: the acceptance is revoked, with the reasons in writing. */
static void what_followed_and_is_still_wrong_ends_the_acceptance(void)
{
    Change *change;
    int64_t application = registered(false), complete = registered(true);
    CHECK(act(application, "shop-sign", ENTRY_ACCEPT_DEFICIENT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "shop-sign", ENTRY_REVOKE, FORM({ "reason", "Too early" })) == VERDICT_NOT_NOW);
    on(2026, 9, 24);
    CHECK(bring(application, S("sign-picture")) == VERDICT_OK);
    Form form = FORM({ "note", "" });
    CHECK(DO(desk_supply(desk, arena, &resident, application, case_of(application, "shop-sign").k, &form, now, change, &problems)) ==
          VERDICT_OK);
    CHECK(act(application, "shop-sign", ENTRY_REVOKE, FORM({ "reason", "" })) == VERDICT_PROBLEMS);
    CHECK(act(application, "shop-sign", ENTRY_REVOKE, FORM({ "reason", "It shows another house" })) == VERDICT_OK);
    CHECK_STATE(application, "shop-sign", "revoked");
    /* Where nothing was to follow, there is nothing to revoke. */
    CHECK(act(complete, "shop-sign", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(complete, "shop-sign", ENTRY_REVOKE, FORM({ "reason", "I changed my mind" })) == VERDICT_NOT_NOW);
}

/* LAW cn.visit-once art.36: nobody looks at will; where the service has no inspection, none is offered or taken. */
static void nobody_inspects_at_will(void)
{
    int64_t application = registered(true);
    CHECK(act(application, "shop-sign", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "shop-sign", ENTRY_INSPECT, FORM({ "finding", "passed" }, { "report", "I was passing by" })) == VERDICT_NOT_NOW);
}

/* Whatever an officer has to do has a day, from receipt to the result in hand. */
static void every_open_case_of_an_officer_has_a_due_date(void)
{
    on(2026, 9, 21);
    int64_t application = sent(true);
    /* LAW cn.visit-once art.11(1): on the spot; the decision by promise in one working day. */
    CHECK_DATE(case_of(application, "business-registration").due, "2026-09-21");
    CHECK(act(application, "business-registration", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_DATE(case_of(application, "business-registration").due, "2026-09-22");
    CHECK(act(application, "business-registration", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_DATE(case_of(application, "business-registration").due, "2026-09-22");
    on(2026, 9, 22);
    CHECK(act(application, "business-registration", ENTRY_ISSUE, FORM({ "number", "" })) == VERDICT_OK);
    CaseRowList rows = store_cases(store, arena, desk->pack->area, application);
    for (size_t i = 0; i < rows.count; i++)
        CHECK(case_state_is_final(rows.at[i].state) || date_is_set(rows.at[i].due));
    /* The same day, by Art. 15 of the tax law. */
    CHECK_DATE(case_of(application, "tax-record").due, "2026-09-22");
    CHECK_DATE(case_of(application, "food-business-licence").due, "2026-09-30");
    CHECK(act(application, "tax-record", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "tax-record", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_DATE(case_of(application, "tax-record").due, "2026-09-22");
    /* By Art. 6 of the social insurance regulation: ten working days from receipt, accepted or not. */
    CHECK_DATE(clock_of(application, "social-insurance", CLOCK_STATUTORY)->due.date, "2026-10-13");
    /* A week's silence accepts a licence, and nothing else. */
    on(2026, 10, 1);
    CHECK_STATE(application, "food-business-licence", "accepted");
    CHECK_STATE(application, "social-insurance", "received");
}

/* Who has no health certificate gets one by the same application, and the food licence waits for it. */
static void a_missing_health_certificate_is_a_service_of_its_own(void)
{
    Change *change;
    on(2026, 9, 21);
    int64_t application = begin();
    answer_everything(application);
    Form helper = FORM({ "staff_name", "The helper" }, { "staff_identity_number", "11010519491231002X" }, { "handles_food", "yes" },
                       { "has_health_certificate", "no" }, { "employed", "yes" });
    CHECK(DO(desk_member(desk, arena, &resident, application, S("staff"), STR_NONE, &helper, now, change, &problems)) == VERDICT_OK);
    CHECK(DO(desk_members_done(desk, arena, &resident, application, S("staff"), now, change, &problems)) == VERDICT_OK);
    Draft draft = draft_of(application);
    CHECK(plan_item(draft.plan, pack_service(desk->pack, S("staff-health-check"))) != NULL);
    const Slot *health = health_certificate(draft.plan, S("The helper"));
    CHECK(health && health->source == SOURCE_GIVEN);
    CHECK(draft.plan->visits == 1);
    /* The cook has a certificate, and still brings that one: nobody examines her again. */
    const Slot *cook = health_certificate(draft.plan, S("The cook"));
    CHECK(cook && cook->source == SOURCE_UPLOAD);
    /* With one more, the food licence still waits for one service, once. */
    Form waiter = FORM({ "staff_name", "The waiter" }, { "staff_identity_number", "11010519491231002X" }, { "handles_food", "yes" },
                       { "has_health_certificate", "no" }, { "employed", "yes" });
    CHECK(DO(desk_member(desk, arena, &resident, application, S("staff"), STR_NONE, &waiter, now, change, &problems)) == VERDICT_OK);
    CHECK(DO(desk_members_done(desk, arena, &resident, application, S("staff"), now, change, &problems)) == VERDICT_OK);
    draft = draft_of(application);
    const PlanItem *food = plan_item(draft.plan, pack_service(desk->pack, S("food-business-licence")));
    CHECK(food && food->after.count == 2);
}

/* LAW cn.licensing art.26(2), cn.visit-once art.18(2): three authorities, one visit. */
static void one_inspection_serves_three_authorities(void)
{
    int64_t application = registered(true);
    static const char *const JOINT[] = { "food-business-licence", "fire-safety-check", "drainage-permit" };
    for (size_t i = 0; i < COUNT_OF(JOINT); i++)
        CHECK(act(application, JOINT[i], ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    on(2026, 9, 29);
    CHECK(act(application, "food-business-licence", ENTRY_INSPECT,
              FORM({ "finding", "passed" }, { "report", "All as in the plan" }, { "joint", "yes" })) == VERDICT_OK);
    ApplicationView view;
    CHECK(desk_application(desk, arena, &resident, USE_APPLICATION, application, now, &view) == VERDICT_OK);
    for (size_t i = 0; i < COUNT_OF(JOINT); i++) {
        const CaseView *one = application_case(&view, case_of(application, JOINT[i]).k);
        CHECK(one && one->it.passed);
        CHECK_DATE(one->it.inspected, "2026-09-29");
    }
}

/* LAW cn.visit-once art.14(2) and the fire law art.15: commitment first, the check afterwards, example CN-16. */
static void a_commitment_is_checked_afterwards(void)
{
    on(2026, 9, 21);
    int64_t application = begin();
    answer_everything(application);
    CHECK(answer(application, S("fire_route"), "commitment") == VERDICT_OK);
    bring_everything(application, true);
    CHECK(send(application) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_ISSUE, FORM({ "number", "" })) == VERDICT_OK);
    on(2026, 9, 23);
    CHECK(act(application, "fire-safety-check", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "fire-safety-check", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "fire-safety-check", CLOCK_FOLLOW_UP)->due.date, "2026-10-28");
    /* LAW cn.visit-once art.18(2): the check afterwards may be the visit that the others make anyway. */
    CHECK(act(application, "fire-safety-check", ENTRY_ISSUE, FORM({ "number", "" })) == VERDICT_OK);
    CHECK(act(application, "food-business-licence", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    on(2026, 9, 29);
    CHECK(act(application, "food-business-licence", ENTRY_INSPECT,
              FORM({ "finding", "passed" }, { "report", "All as promised" }, { "joint", "yes" })) == VERDICT_OK);
    CHECK_DATE(clock_of(application, "fire-safety-check", CLOCK_FOLLOW_UP)->met, "2026-09-29");
}

/* LAW cn.licensing art.38, cn.visit-once art.13 */
static void a_refusal_needs_reasons_and_ends_the_case(void)
{
    int64_t application = registered(true);
    CHECK(act(application, "food-business-licence", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "food-business-licence", ENTRY_REFUSE, FORM({ "reason", "  " })) == VERDICT_PROBLEMS);
    CHECK(act(application, "food-business-licence", ENTRY_REFUSE, FORM({ "reason", "No sinks at all" })) == VERDICT_OK);
    CHECK_STATE(application, "food-business-licence", "refused");
    CHECK(act(application, "food-business-licence", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_NOT_NOW);
}

static void what_waits_for_a_refused_licence_ends(void)
{
    on(2026, 9, 21);
    int64_t application = sent(true);
    CHECK(act(application, "business-registration", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_REFUSE, FORM({ "reason", "The address does not exist" })) == VERDICT_OK);
    CHECK_STATE(application, "food-business-licence", "ended");
    CHECK_STATE(application, "tax-record", "ended");
}

static void she_may_withdraw_and_rate(void)
{
    Change *change;
    int64_t application = registered(true);
    int32_t k = case_of(application, "shop-sign").k, first = case_of(application, "business-registration").k;
    CHECK(DO(desk_withdraw(desk, arena, &resident, application, k, now, change)) == VERDICT_OK);
    CHECK_STATE(application, "shop-sign", "withdrawn");
    CHECK(DO(desk_withdraw(desk, arena, &resident, application, first, now, change)) == VERDICT_NOT_NOW);
    Form grade = FORM({ "grade", "5" }, { "text", "Quick" }), wrong = FORM({ "grade", "6" });
    CHECK(DO(desk_rate(desk, arena, &resident, application, first, &wrong, now, change, &problems)) == VERDICT_PROBLEMS);
    CHECK(DO(desk_rate(desk, arena, &resident, application, first, &grade, now, change, &problems)) == VERDICT_OK);
    CHECK(case_of(application, "business-registration").rating == 5);
}

static void nobody_else_sees_or_acts(void)
{
    Change *change;
    int64_t application = registered(true);
    Actor stranger = account_of("stranger@example.org", ROLE_APPLICANT, "");
    ApplicationView view;
    Form form = FORM({ "message", "" });
    CHECK(desk_application(desk, arena, &stranger, USE_APPLICATION, application, now, &view) == VERDICT_FORBIDDEN);
    CaseRow row = case_of(application, "food-business-licence");
    Actor fire = { .account = { .id = 901, .role = ROLE_OFFICER, .authority = S("fire-rescue") } };
    CHECK(DO(desk_act(desk, arena, &fire, application, row.k, ENTRY_ACCEPT, row.entries, &form, now, change, &problems)) ==
          VERDICT_FORBIDDEN);
    CHECK(DO(desk_act(desk, arena, &resident, application, row.k, ENTRY_ACCEPT, row.entries, &form, now, change, &problems)) ==
          VERDICT_FORBIDDEN);
}

static void a_stale_page_of_an_officer_changes_nothing(void)
{
    Change *change;
    int64_t application = registered(true);
    CaseRow row = case_of(application, "food-business-licence");
    Actor officer = { .account = { .id = 900, .role = ROLE_OFFICER, .authority = row.authority } };
    Form form = FORM({ "message", "" });
    CHECK(act(application, "food-business-licence", ENTRY_ACCEPT, form) == VERDICT_OK);
    CHECK(DO(desk_act(desk, arena, &officer, application, row.k, ENTRY_ACCEPT, row.entries, &form, now, change, &problems)) ==
          VERDICT_NOT_NOW);
}

/* The clock has something to do that no timer did yet, and the command that meets it is refused: nothing is half written. */
static void a_refused_command_leaves_no_half_of_anything(void)
{
    Change *change;
    int64_t application = registered(true);
    on(2026, 9, 23);
    CHECK(act(application, "food-business-licence", ENTRY_ASK, FORM({ "message", "The plan is blurred" })) == VERDICT_OK);
    now.us += 60 * DAY_US;
    Form wrong = FORM({ "grade", "6" });
    CHECK(DO(desk_rate(desk, arena, &resident, application, case_of(application, "business-registration").k, &wrong, now, change,
                       &problems)) == VERDICT_PROBLEMS);
    CHECK_STATE(application, "food-business-licence", "correction");
    desk_tick(desk, now);
    CHECK_STATE(application, "food-business-licence", "lapsed");
}

static void a_list_that_is_not_finished_is_not_sent(void)
{
    Change *change;
    on(2026, 9, 21);
    int64_t application = begin();
    answer_everything(application);
    bring_everything(application, true);
    Form waiter = FORM({ "staff_name", "The waiter" }, { "staff_identity_number", "11010519491231002X" }, { "handles_food", "no" },
                       { "has_health_certificate", "no" }, { "employed", "yes" });
    CHECK(DO(desk_member(desk, arena, &resident, application, S("staff"), STR_NONE, &waiter, now, change, &problems)) == VERDICT_OK);
    CHECK(send(application) == VERDICT_PROBLEMS);
    CHECK(problems.count == 1 && str_equal(problems.at[0].field, S("staff")));
    CHECK(DO(desk_members_done(desk, arena, &resident, application, S("staff"), now, change, &problems)) == VERDICT_OK);
    CHECK(send(application) == VERDICT_OK);
}

static void after_all_of_it_the_rows_are_what_the_journal_says(void)
{
    Text report = text_begin(arena, 1 << 16);
    if (!CHECK(desk_check(desk, &report) == 0))
        printf("%.*s", STR_ARGS(text_str(&report)));
}

int main(int argc, char **argv)
{
    office_open(argc > 1 ? argv[1] : "packs/zhejiang");
    on(2026, 9, 21);
    resident = account_of("owner@example.org", ROLE_APPLICANT, "");
    RUN(fumes_below_dwellings_stop_before_any_paper);
    RUN(no_question_is_asked_whose_answer_cannot_matter);
    RUN(what_government_issues_is_asked_of_nobody);
    RUN(a_missing_health_certificate_is_a_service_of_its_own);
    RUN(the_plan_has_the_dates_of_the_law);
    RUN(what_needs_no_licence_is_told_at_once);
    RUN(a_missing_paper_is_named_at_its_place);
    RUN(sent_twice_it_is_one_application);
    RUN(sending_is_receipt_by_all_who_can_begin);
    RUN(the_licence_starts_everything_else_at_once);
    RUN(each_limit_is_that_of_its_law);
    RUN(silence_is_acceptance_as_of_receipt);
    RUN(a_suspension_stops_the_clock);
    RUN(a_correction_is_asked_once_and_answered_with_before_and_after);
    RUN(a_second_notice_is_counted);
    RUN(what_is_granted_is_handed_over_in_ten_days);
    RUN(an_unanswered_notice_lapses);
    RUN(what_may_follow_has_a_term);
    RUN(what_may_follow_is_not_lost_by_accepting);
    RUN(what_followed_and_is_still_wrong_ends_the_acceptance);
    RUN(every_open_case_of_an_officer_has_a_due_date);
    RUN(nobody_inspects_at_will);
    RUN(one_inspection_serves_three_authorities);
    RUN(a_commitment_is_checked_afterwards);
    RUN(a_refusal_needs_reasons_and_ends_the_case);
    RUN(what_waits_for_a_refused_licence_ends);
    RUN(she_may_withdraw_and_rate);
    RUN(nobody_else_sees_or_acts);
    RUN(a_stale_page_of_an_officer_changes_nothing);
    RUN(a_refused_command_leaves_no_half_of_anything);
    RUN(a_list_that_is_not_finished_is_not_sent);
    RUN(after_all_of_it_the_rows_are_what_the_journal_says);
    office_close();
    return test_end();
}
