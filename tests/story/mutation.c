/* Everything comes from the pack: a service, an alternative and a condition are taken out of a copy of it, and questions, plan and cases
 * follow, without a line of code. */
#include "story/pack_copy.h"

#include "lint/lint.h"

/* Answers enough that every service of the restaurant is decided. */
static const Plan *restaurant(const Pack *pack)
{
    Scope scope = { 0 };
    static const char *const NO[] = { "only_prepackaged", "oil_fumes", "entertainment", "landlord_drainage_permit", "has_licence",
                                      "sells_tobacco", "large_advertisement", "outdoor_sign" };
    for (size_t i = 0; i < COUNT_OF(NO); i++)
        scope_set(arena, &scope, str_from(NO[i]), value_boolean(false));
    scope_set(arena, &scope, S("floor_area"), value_i64(arena, 100));
    scope_set(arena, &scope, S("business_form"), value_string(S("sole-trader")));
    scope_set(arena, &scope, S("premises_right"), value_string(S("rented")));
    scope_set(arena, &scope, S("staff"), value_list(arena, NULL, 0));
    return plan_derive(arena, pack, pack_event(pack, S("open-a-restaurant")), &scope, date_of(2026, 9, 21));
}

static bool may_be_asked(const Plan *plan, const char *fact)
{
    for (size_t i = 0; i < plan->maybe.count; i++)
        if (str_equal(plan->maybe.at[i]->id, str_from(fact)))
            return true;
    for (size_t i = 0; i < plan->asked.count; i++)
        if (str_equal(plan->asked.at[i]->id, str_from(fact)))
            return true;
    return false;
}

static void the_pack_as_it_is(void)
{
    copy_again();
    const Pack *pack = load();
    if (!pack)
        return;
    const Plan *plan = restaurant(pack);
    CHECK(plan_item(plan, pack_service(pack, S("company-seal"))) != NULL);
    CHECK(plan_item(plan, pack_service(pack, S("shop-sign"))) == NULL);
    CHECK(may_be_asked(plan, "outdoor_sign"));
    const Slot *rules = plan_slot(plan, S("model-food-rules|own-food-rules"));
    CHECK(rules && rules->source == SOURCE_DECLARED);
}

static void without_a_service_the_plan_is_shorter(void)
{
    copy_again();
    char command[200];
    snprintf(command, sizeof command, "rm %s/services/restaurant/company-seal.yaml", copy);
    run(command);
    replace("events/open-a-restaurant.yaml", S("  - evidence: seal-record\n"), STR_NONE);
    remove_document("evidence/restaurant.yaml", S("evidence: seal-record\n"));
    const Pack *pack = load();
    if (!pack)
        return;
    CHECK(pack_service(pack, S("company-seal")) == NULL);
    const Plan *plan = restaurant(pack);
    for (size_t i = 0; i < plan->items.count; i++)
        CHECK(!str_equal(plan->items.at[i].service->id, S("company-seal")));
    CHECK(plan_item(plan, pack_service(pack, S("tax-record"))) != NULL);
}

static void without_an_alternative_the_paper_must_be_brought(void)
{
    copy_again();
    replace("services/restaurant/food-business-licence.yaml", S("any: [model-food-rules, own-food-rules]"), S("evidence: own-food-rules"));
    const Pack *pack = load();
    if (!pack)
        return;
    const Plan *plan = restaurant(pack);
    CHECK(plan_slot(plan, S("model-food-rules|own-food-rules")) == NULL);
    const Slot *rules = plan_slot(plan, S("own-food-rules"));
    CHECK(rules && rules->source == SOURCE_UPLOAD);
}

static void without_a_condition_nobody_is_asked_about_it(void)
{
    copy_again();
    replace("services/restaurant/shop-sign.yaml", S("when: outdoor_sign\n"), STR_NONE);
    const Pack *pack = load();
    if (!pack)
        return;
    const Plan *plan = restaurant(pack);
    CHECK(plan_item(plan, pack_service(pack, S("shop-sign"))) != NULL);
    CHECK(!may_be_asked(plan, "outdoor_sign"));
}

/* Government holds the identity card whoever owns the house: so nobody is asked who owns it. */
static void where_one_alternative_is_held_nothing_is_asked_about_the_others(void)
{
    copy_again();
    const Pack *before = load();
    if (!before || !CHECK(!may_be_asked(restaurant(before), "premises_right")))
        return;
    replace("services/restaurant/tax-record.yaml", S("needs:\n"), S("needs:\n  - any: [title-deed, id-card]\n"));
    const Pack *pack = load();
    if (!pack)
        return;
    const Plan *plan = restaurant(pack);
    CHECK(!may_be_asked(plan, "premises_right"));
    const Slot *slot = plan_slot(plan, S("title-deed|id-card"));
    CHECK(slot && slot->source == SOURCE_HELD && str_equal(slot->type->id, S("id-card")));
}

/* LAW cn.licensing art.42(1), 45: the limit runs while a paper is outstanding, so a pack that lets it follow later is told so. */
static void a_paper_may_not_follow_after_the_decision(void)
{
    copy_again();
    replace("services/restaurant/shop-sign.yaml", S("later: 3 working days"), S("later: 6 working days"));
    const Pack *pack = load();
    if (!pack)
        return;
    const Findings findings = lint_pack(arena, pack, NULL, DATE_NONE);
    Text text = text_begin(arena, 1 << 16);
    findings_print(&findings, &text);
    CHECK(str_find(text_str(&text), S("in the service \"shop-sign\" a paper may follow later than the decision is due")) != SIZE_MAX);
}

/* The cases of an application are the services of the plan, whatever the pack says. */
static void the_cases_are_those_of_the_plan(void)
{
    copy_again();
    replace("services/restaurant/shop-sign.yaml", S("when: outdoor_sign\n"), STR_NONE);
    Errors errors = errors_begin(arena);
    const Pack *pack = load();
    if (!pack)
        return;
    Store *own = store_open(str_printf(arena, "%s/data", copy), &errors);
    if (!CHECK(own != NULL))
        return;
    Desk *other = desk_open(arena, pack, own, now, &errors);
    must(other != NULL);
    int64_t application = 0;
    Account account;
    CHECK(desk_demo_draft(other, arena, S("open-a-restaurant"), now, &application));
    CHECK(store_account_by_login(own, arena, S("resident"), &account));
    const Actor actor = { .account = account };
    Problems faults = { 0 };
    Form form = FORM({ "declared", "yes" });
    Change *change = change_begin(own, arena);
    CHECK(desk_send(other, arena, &actor, application, &form, now, change, &faults) == VERDICT_OK);
    CHECK(store_commit_wait(own, change) == OUTCOME_DONE);
    CaseRowList rows = store_cases(own, arena, pack->area, application);
    bool found = false;
    for (size_t i = 0; i < rows.count; i++)
        found |= str_equal(rows.at[i].service, S("shop-sign"));
    CHECK(found);
    store_close(own);
}

int main(void)
{
    office_open("packs/zhejiang");
    on(2026, 9, 21);
    must(mkdtemp(copy) != NULL);
    RUN(the_pack_as_it_is);
    RUN(without_a_service_the_plan_is_shorter);
    RUN(without_an_alternative_the_paper_must_be_brought);
    RUN(without_a_condition_nobody_is_asked_about_it);
    RUN(where_one_alternative_is_held_nothing_is_asked_about_the_others);
    RUN(a_paper_may_not_follow_after_the_decision);
    RUN(the_cases_are_those_of_the_plan);
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", copy);
    run(command);
    office_close();
    return test_end();
}
