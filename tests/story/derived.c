/* Facts that are worked out, and a fee that depends: nobody is asked for them, what they need is asked only where it can
 * matter, and the plan, the page before sending and a kept version all have them. */
#include "story/pack_copy.h"
#include "story/restaurant.h"

static const char MODEL[] =
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" name=\"floor\" namespace=\"urn:floor\">\n"
    "<decision id=\"d\" name=\"Floor class\"><decisionTable hitPolicy=\"UNIQUE\">\n"
    "<input><inputExpression typeRef=\"number\"><text>floor_area</text></inputExpression></input>\n"
    "<output typeRef=\"string\"/>\n"
    "<rule><inputEntry><text>&gt;= 300</text></inputEntry><outputEntry><text>\"large\"</text></outputEntry></rule>\n"
    "<rule><inputEntry><text>[100..300)</text></inputEntry><outputEntry><text>\"middle\"</text></outputEntry></rule>\n"
    "<rule><inputEntry><text>&lt; 100</text></inputEntry><outputEntry><text>\"small\"</text></outputEntry></rule>\n"
    "</decisionTable></decision></definitions>\n";

static const char FACTS[] =
    "fact: floor_class\ntype: choice\nname: {en: Size, zh: 规模}\n"
    "choices:\n  - {value: large, name: {en: Large, zh: 大}}\n  - {value: middle, name: {en: Middle, zh: 中}}\n"
    "  - {value: small, name: {en: Small, zh: 小}}\n"
    "decision: {model: rooms/floor.dmn, name: Floor class}\n"
    "---\n"
    "fact: needs_fire_check\ntype: yes-no\nname: {en: Fire check, zh: 消防检查}\n"
    "rule: entertainment or floor_class = \"large\"\n"
    "---\n"
    "fact: grease_trap\ntype: yes-no\nname: {en: Grease trap, zh: 隔油池}\nquestion: {en: Is there a trap?, zh: 有隔油池吗？}\n";

static void serve_copy(const char *fee_rule)
{
    copy_again();
    run(str_terminated(arena, str_printf(arena, "mkdir -p %s/rooms", copy)));
    write_whole(str_terminated(arena, str_printf(arena, "%s/rooms/floor.dmn", copy)), str_from(MODEL));
    write_whole(str_terminated(arena, str_printf(arena, "%s/rooms/facts.yaml", copy)), str_from(FACTS));
    replace("services/restaurant/fire-safety-check.yaml", S("when: entertainment or floor_area >= 300"),
            S("when: needs_fire_check"));
    replace("services/restaurant/drainage-permit.yaml", S("valid: 5 years"),
            str_printf(arena, "valid: 5 years\nfee-rule: %s", fee_rule));
    Errors errors = errors_begin(arena);
    const Pack *pack = load();
    desk = pack ? desk_open(arena, pack, store, now, &errors) : NULL;
    must(desk != NULL);
}

static bool was_asked(const Plan *plan, const char *fact)
{
    bool found = false;
    for (size_t i = 0; i < plan->asked.count; i++)
        found = found || str_equal(plan->asked.at[i]->id, str_from(fact));
    return found;
}

static bool has_service(const Plan *plan, const char *service)
{
    return plan_item(plan, pack_service(desk->pack, str_from(service))) != NULL;
}

/* Answers all questions up to the one for the grease trap, if it comes. */
static int64_t answered(const char *floor_area)
{
    int64_t application = begin();
    for (int i = 0; i < 60; i++) {
        const Fact *ask = draft_of(application).plan->ask;
        if (!ask || str_equal(ask->id, S("grease_trap")))
            break;
        CHECK(!str_equal(ask->id, S("floor_class")) && !str_equal(ask->id, S("needs_fire_check")));
        if (ask->kind == FACT_LIST)
            answer_staff(application);
        else
            CHECK(answer(application, ask->id, str_equal(ask->id, S("floor_area")) ? floor_area : answer_to(ask->id)) ==
                  VERDICT_OK);
    }
    return application;
}

static int64_t sent_before;

static void what_settles_the_fee_leaves_the_rest_unasked(void)
{
    int64_t application = answered("300");
    const Plan *plan = draft_of(application).plan;
    CHECK(!plan->ask && !was_asked(plan, "grease_trap"));
    CHECK(has_service(plan, "fire-safety-check"));
    CHECK(plan->fee_known && plan->fee.cents == 30000);
    const PlanItem *item = plan_item(plan, pack_service(desk->pack, S("drainage-permit")));
    CHECK(item && item->fee_known && item->fee.cents == 30000);
    bring_everything(application, true);
    CHECK(send(application) == VERDICT_OK);
    sent_before = application;
}

static void what_the_fee_depends_on_is_asked(void)
{
    int64_t application = answered("120.5");
    const Plan *plan = draft_of(application).plan;
    CHECK(plan->ask && str_equal(plan->ask->id, S("grease_trap")));
    CHECK(!plan->fee_known && !has_service(plan, "fire-safety-check"));
    CHECK(answer(application, S("grease_trap"), "no") == VERDICT_OK);
    plan = draft_of(application).plan;
    CHECK(!plan->ask && was_asked(plan, "grease_trap"));
    CHECK(plan->fee_known && plan->fee.cents == 4050);
    /* A larger floor settles it otherwise, and the answer has no effect any more. */
    CHECK(answer(application, S("floor_area"), "300") == VERDICT_OK);
    plan = draft_of(application).plan;
    CHECK(plan->fee.cents == 30000 && !was_asked(plan, "grease_trap"));
    /* Who needs no permit of his own pays nothing, and is not asked. */
    CHECK(answer(application, S("floor_area"), "120") == VERDICT_OK);
    CHECK(answer(application, S("landlord_drainage_permit"), "yes") == VERDICT_OK);
    plan = draft_of(application).plan;
    CHECK(plan->fee_known && plan->fee.cents == 0 && !was_asked(plan, "grease_trap"));
}

static void without_an_amount_nothing_is_sent(void)
{
    serve_copy("if floor_class = \"large\" then floor_area / 7 else if grease_trap then 20 else 40.50");
    int64_t application = answered("320");
    bring_everything(application, true);
    CHECK(!draft_of(application).plan->ask && !draft_of(application).plan->fee_known);
    CHECK(send(application) == VERDICT_PROBLEMS && problems.count == 1);
    CHECK(problems.count && str_starts(str_from(problems.at[0].message), S("The fee")));
    CHECK(answer(application, S("floor_area"), "350") == VERDICT_OK);
    CHECK(draft_of(application).plan->fee.cents == 5000);
    CHECK(send(application) == VERDICT_OK);
}

/* From the store alone, tables included. */
static void a_kept_version_has_its_tables(void)
{
    Errors errors = errors_begin(arena);
    desk = desk_open(arena, NULL, store, now, &errors);
    must(desk != NULL);
    CHECK(desk->packs.count == 2);
    ApplicationView view;
    CHECK(desk_application(desk, arena, &resident, USE_APPLICATION, sent_before, now, &view) == VERDICT_OK);
    CHECK(view.pack->derived.count == 3 && !hash_equal(&view.pack->version, &desk->pack->version));
    const Rule *when = pack_service(view.pack, S("fire-safety-check"))->when.parsed;
    CHECK(rule_names(when)->count == 2);
    Text report = text_begin(arena, 1 << 20);
    CHECK(desk_check(desk, &report) == 0);
}

int main(void)
{
    must(mkdtemp(copy) != NULL);
    office_open("packs/zhejiang");
    on(2026, 9, 21);
    serve_copy("if floor_class = \"large\" then 300 else if grease_trap then 20 else 40.50");
    resident = account_of("resident", ROLE_APPLICANT, "");
    RUN(what_settles_the_fee_leaves_the_rest_unasked);
    RUN(what_the_fee_depends_on_is_asked);
    RUN(without_an_amount_nothing_is_sent);
    RUN(a_kept_version_has_its_tables);
    run(str_terminated(arena, str_printf(arena, "rm -rf %s", copy)));
    office_close();
    return test_end();
}
