/* Somebody opens a restaurant: what she answers and brings, as short words for the story tests. */
#ifndef STORY_RESTAURANT_H
#define STORY_RESTAURANT_H

#include "story/office.h"

/* What she answers, by fact. A list's member follows under its own fields. */
static const char *ANSWERS[][2] = {
    { "only_prepackaged", "no" }, { "oil_fumes", "yes" }, { "building", "commercial" }, { "district", "xihu" },
    { "restaurant_address", "1 Lakeside Road, ground floor" }, { "floor_area", "320" }, { "landlord_drainage_permit", "no" },
    { "hot_dishes", "yes" }, { "cold_dishes", "no" }, { "raw_dishes", "no" }, { "cakes", "no" }, { "drinks", "yes" },
    { "food_safety_manager", "The owner" }, { "entertainment", "no" }, { "sells_tobacco", "no" }, { "outdoor_sign", "yes" },
    { "large_advertisement", "no" }, { "premises_right", "rented" }, { "restaurant_name", "Lakeside Noodles" },
    { "has_licence", "no" }, { "business_form", "sole-trader" }, { "owner_name", "The owner" },
    { "owner_identity_number", "11010519491231002X" }, { "capital", "50000" }, { "bank_account", "" },
    { "fire_route", "inspection" }, { "dedicated_flue", "yes" }, { "next_to_dwellings", "no" },
};

static inline const char *answer_to(Str fact)
{
    for (size_t i = 0; i < COUNT_OF(ANSWERS); i++)
        if (str_equal(str_from(ANSWERS[i][0]), fact))
            return ANSWERS[i][1];
    return NULL;
}

static inline Verdict answer(int64_t application, Str fact, const char *text)
{
    Change *change;
    Form form = { 0 };
    list_push(arena, &form, (Field){ fact, str_from(text) });
    return DO(desk_answer(desk, arena, &resident, application, fact, &form, now, change, &problems));
}

static inline void answer_staff(int64_t application)
{
    Change *change;
    Form cook = FORM({ "staff_name", "The cook" }, { "staff_identity_number", "11010519491231002X" }, { "handles_food", "yes" },
                     { "has_health_certificate", "yes" }, { "employed", "yes" });
    CHECK(DO(desk_member(desk, arena, &resident, application, S("staff"), STR_NONE, &cook, now, change, &problems)) == VERDICT_OK);
    CHECK(DO(desk_members_done(desk, arena, &resident, application, S("staff"), now, change, &problems)) == VERDICT_OK);
}

static inline int64_t begin(void)
{
    Change *change;
    int64_t application = 0;
    Str secret;
    CHECK(DO(desk_begin(desk, arena, &resident, S("open-a-restaurant"), now, change, &application, &secret)) == VERDICT_OK);
    return application;
}

/* Answers question after question as the plan asks them; returns how many there were. */
static inline int answer_everything(int64_t application)
{
    int questions = 0;
    for (Draft draft = draft_of(application); draft.plan->ask && questions < 60; draft = draft_of(application), questions++) {
        Str fact = draft.plan->ask->id;
        const char *text = answer_to(fact);
        if (draft.plan->ask->kind == FACT_LIST)
            answer_staff(application);
        else if (!CHECK(text != NULL) || !CHECK(answer(application, fact, text) == VERDICT_OK)) {
            printf("   at the question %.*s\n", STR_ARGS(fact));
            break;
        }
    }
    return questions;
}

static inline void bring_everything(int64_t application, bool also_what_may_follow)
{
    Draft draft = draft_of(application);
    for (size_t i = 0; i < draft.plan->slots.count; i++) {
        const Slot *slot = &draft.plan->slots.at[i];
        if (slot->source == SOURCE_UPLOAD && (also_what_may_follow || !slot->later.amount))
            CHECK(bring(application, slot->id) == VERDICT_OK);
    }
}

static inline Verdict send(int64_t application)
{
    Change *change;
    Form form = FORM({ "declared", "yes" });
    return DO(desk_send(desk, arena, &resident, application, &form, now, change, &problems));
}

static inline int64_t sent(bool also_what_may_follow)
{
    int64_t application = begin();
    CHECK(answer_everything(application) > 15);
    bring_everything(application, also_what_may_follow);
    CHECK(send(application) == VERDICT_OK);
    return application;
}

/* The registration is done on the spot by next day, so that the others begin. */
static inline int64_t registered(bool also_what_may_follow)
{
    on(2026, 9, 21);
    int64_t application = sent(also_what_may_follow);
    CHECK(act(application, "business-registration", ENTRY_ACCEPT, FORM({ "message", "" })) == VERDICT_OK);
    on(2026, 9, 22);
    CHECK(act(application, "business-registration", ENTRY_GRANT, FORM({ "message", "" })) == VERDICT_OK);
    CHECK(act(application, "business-registration", ENTRY_ISSUE, FORM({ "number", "92330100TEST" })) == VERDICT_OK);
    return application;
}

#endif
