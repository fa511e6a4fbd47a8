/* The demo: accounts for every role and a few applications in all states, made through the desk's own commands at earlier instants, as people
 * would have. The answers are filled in by the kind of each question, so that any pack can be shown. */
#include "desk/inside.h"

static const char PASSWORD[] = "onestop-demo";
enum { ARENA_BYTES = 64 << 20, QUESTIONS_MAX = 200 };

/* The smallest file of a kind that is taken: one white pixel. */
static const unsigned char PIXEL[] = {
    0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0,
    0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, 'I', 'D', 'A', 'T', 0x78, 0x9C, 0x63, 0xF8, 0x0F, 0, 1, 1, 1, 0, 0x1B, 0xB6, 0xEE,
    0x56, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xAE, 0x42, 0x60, 0x82,
};

typedef struct Demo {
    Desk *desk;
    Arena *arena;
    Instant now;
    Actor resident, business;
} Demo;

DemoAccounts desk_demo_accounts(Arena *arena, const Pack *pack)
{
    DemoAccounts accounts = { 0 };
    list_push(arena, &accounts, (DemoAccount){ S("resident"), ROLE_APPLICANT, STR_NONE, S("Demo resident") });
    list_push(arena, &accounts, (DemoAccount){ S("business"), ROLE_APPLICANT, STR_NONE, S("Demo business") });
    list_push(arena, &accounts, (DemoAccount){ S("supervisor"), ROLE_SUPERVISOR, STR_NONE, S("Demo supervisor") });
    for (size_t i = 0; i < pack->authorities.count; i++) {
        const Authority *authority = pack->authorities.at[i];
        list_push(arena, &accounts,
                  (DemoAccount){ str_printf(arena, "officer.%.*s", STR_ARGS(authority->id)), ROLE_OFFICER, authority->id,
                                 S("Demo officer") });
    }
    return accounts;
}

static bool commit(Demo *it, Change *change)
{
    return change_is_empty(change) || store_commit_wait(it->desk->store, change) == OUTCOME_DONE;
}

static bool add_accounts(Demo *it)
{
    DemoAccounts accounts = desk_demo_accounts(it->arena, it->desk->pack);
    Change *mark = change_begin(it->desk->store, it->arena);
    change_demo(mark);                             /* before the first of them can sign in */
    if (!commit(it, mark))
        return false;
    for (size_t i = 0; i < accounts.count; i++) {
        const DemoAccount *one = &accounts.at[i];
        Account there;
        if (store_account_by_login(it->desk->store, it->arena, one->login, &there))
            continue;
        Change *change = change_begin(it->desk->store, it->arena);
        PartyKind kind = str_equal(one->login, S("business")) ? PARTY_BUSINESS : PARTY_PERSON;
        if (desk_account_add(it->desk, it->arena, one->login, str_from(PASSWORD), one->role, one->authority, one->name, kind, it->now,
                             change) != VERDICT_OK ||
            !commit(it, change))
            return false;
    }
    return store_account_by_login(it->desk->store, it->arena, S("resident"), &it->resident.account) &&
           store_account_by_login(it->desk->store, it->arena, S("business"), &it->business.account);
}

static void put(Demo *it, Form *form, Str name, Str value)
{
    list_push(it->arena, form, (Field){ name, value });
}

static Str check_digit_identity(Arena *arena, int number)
{
    static const int WEIGHTS[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    Str digits = str_printf(arena, "33010019900101%03d", number % 1000);
    int sum = 0;
    for (size_t i = 0; i < 17; i++)
        sum += (digits.data[i] - '0') * WEIGHTS[i];
    return str_printf(arena, "%.*s%c", STR_ARGS(digits), "10X98765432"[sum % 11]);
}

static Str check_digit_credit_code(Arena *arena)
{
    static const char ALPHABET[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    Str digits = S("91330100MA0000000");
    int sum = 0, weight = 1;
    for (size_t i = 0; i < 17; i++) {
        const char *found = memchr(ALPHABET, digits.data[i], 31);
        must(found != NULL);
        sum += (int)(found - ALPHABET) * weight;
        weight = weight * 3 % 31;
    }
    return str_printf(arena, "%.*s%c", STR_ARGS(digits), ALPHABET[(31 - sum % 31) % 31]);
}

/* An answer that a question of this kind takes. `variant` makes the second try another one. */
static void fill_in(Demo *it, Form *form, const Fact *fact, Str label, Date today, size_t variant)
{
    Str id = fact->id;
    switch (fact->kind) {
    case FACT_YES_NO:
        put(it, form, id, variant % 2 ? S("no") : S("yes"));
        return;
    case FACT_CHOICE:
        put(it, form, id, fact->choices.at[variant % fact->choices.count].value);
        return;
    case FACT_NUMBER:
    case FACT_MONEY:
        put(it, form, id, fact->min.len ? fact->min : S("100"));
        return;
    case FACT_DATE: {
        Ymd ymd = date_parts(date_add(today, fact->future ? 30 : -10));
        put(it, form, str_printf(it->arena, "%.*s-day", STR_ARGS(id)), str_printf(it->arena, "%d", ymd.day));
        put(it, form, str_printf(it->arena, "%.*s-month", STR_ARGS(id)), str_printf(it->arena, "%d", ymd.month));
        put(it, form, str_printf(it->arena, "%.*s-year", STR_ARGS(id)), str_printf(it->arena, "%d", ymd.year));
        return;
    }
    case FACT_TEXT:
    case FACT_ADDRESS:
        put(it, form, id, label);
        return;
    case FACT_IDENTITY:
        put(it, form, id, check_digit_identity(it->arena, 1 + (int)variant));
        return;
    case FACT_CREDIT_CODE:
        put(it, form, id, check_digit_credit_code(it->arena));
        return;
    case FACT_LIST:
        break;
    }
}

static bool answer(Demo *it, const Actor *actor, int64_t application, const Fact *fact, Str label, Instant at, size_t variant)
{
    Date today = desk_today(it->desk->pack, at);
    Problems problems = { 0 };
    Change *change = change_begin(it->desk->store, it->arena);
    Form form = { 0 };
    if (fact->kind == FACT_LIST) {
        for (size_t f = 0; f < fact->fields.count; f++)
            fill_in(it, &form, fact->fields.at[f], label, today, variant);
        if (desk_member(it->desk, it->arena, actor, application, fact->id, STR_NONE, &form, at, change, &problems) != VERDICT_OK ||
            !commit(it, change))
            return false;
        change = change_begin(it->desk->store, it->arena);
        return desk_members_done(it->desk, it->arena, actor, application, fact->id, at, change, &problems) == VERDICT_OK &&
               commit(it, change);
    }
    fill_in(it, &form, fact, label, today, variant);
    return desk_answer(it->desk, it->arena, actor, application, fact->id, &form, at, change, &problems) == VERDICT_OK &&
           commit(it, change);
}

/* Answers every question; where an answer leads to a reason to stop, or is refused, another one is tried. */
static bool answer_all(Demo *it, const Actor *actor, int64_t application, Str label, Instant at)
{
    Date today = desk_today(it->desk->pack, at);
    for (int turn = 0; turn < QUESTIONS_MAX; turn++) {
        Draft draft;
        if (desk_draft(it->desk, it->arena, actor, application, today, &draft) != VERDICT_OK)
            return false;
        if (!draft.plan->ask)
            return draft.plan->stop == NULL;
        const Fact *fact = draft.plan->ask;
        bool good = false;
        /* "No" first: the shorter story. */
        for (size_t variant = fact->kind == FACT_YES_NO ? 1 : 0, tries = 0; tries < 8 && !good; variant++, tries++) {
            good = answer(it, actor, application, fact, label, at, variant) &&
                   desk_draft(it->desk, it->arena, actor, application, today, &draft) == VERDICT_OK && !draft.plan->stop;
        }
        if (!good)
            return false;
    }
    return false;
}

static bool bring_all(Demo *it, const Actor *actor, int64_t application, Instant at)
{
    Draft draft;
    const Upload upload = { .name = S("demo.png"), .content = { (const char *)PIXEL, sizeof PIXEL } };
    if (desk_draft(it->desk, it->arena, actor, application, desk_today(it->desk->pack, at), &draft) != VERDICT_OK)
        return false;
    for (size_t i = 0; i < draft.plan->slots.count; i++) {
        const Slot *slot = &draft.plan->slots.at[i];
        Problems problems = { 0 };
        Change *change = change_begin(it->desk->store, it->arena);
        if (slot->source == SOURCE_UPLOAD &&
            (desk_upload(it->desk, it->arena, actor, application, slot->id, STR_NONE, &upload, at, change, &problems) != VERDICT_OK ||
             !commit(it, change)))
            return false;
    }
    return true;
}

static bool begin(Demo *it, const Actor *actor, const Event *event, Instant at, int64_t *application)
{
    Str secret;
    Change *change = change_begin(it->desk->store, it->arena);
    return desk_begin(it->desk, it->arena, actor, event->id, at, change, application, &secret) == VERDICT_OK && commit(it, change);
}

bool desk_demo_draft(Desk *desk, Arena *arena, Str event, Instant now, int64_t *application)
{
    Demo it = { .desk = desk, .arena = arena, .now = now };
    Account there;
    const Event *wish = pack_event(desk->pack, event);
    if (!wish || (!store_account_by_login(desk->store, arena, S("resident"), &there) && !add_accounts(&it)) ||
        !store_account_by_login(desk->store, arena, S("resident"), &it.resident.account))
        return false;
    return begin(&it, &it.resident, wish, now, application) && answer_all(&it, &it.resident, *application, S("Demo"), now) &&
           bring_all(&it, &it.resident, *application, now);
}

static bool send(Demo *it, const Actor *actor, const Event *event, Str label, Instant at, int64_t *application)
{
    Problems problems = { 0 };
    Form form = { 0 };
    put(it, &form, S("declared"), S("yes"));
    if (!begin(it, actor, event, at, application) || !answer_all(it, actor, *application, label, at) ||
        !bring_all(it, actor, *application, at))
        return false;
    Change *change = change_begin(it->desk->store, it->arena);
    return desk_send(it->desk, it->arena, actor, *application, &form, at, change, &problems) == VERDICT_OK && commit(it, change);
}

/* A line of the notice for a file that the service uses, so that there is something to correct. */
static void complain(Demo *it, int64_t application, const Service *service, Form *form)
{
    const EvidenceList files = store_evidence(it->desk->store, it->arena, it->desk->pack->area, application);
    for (size_t i = 0; i < files.count; i++)
        for (size_t n = 0; n < service->needs.count; n++)
            for (size_t t = 0; t < service->needs.at[n].any.count; t++)
                if (files.at[i].k == 0 && str_equal(service->needs.at[n].any.at[t]->id, files.at[i].type)) {
                    put(it, form, str_printf(it->arena, "item-%.*s", STR_ARGS(files.at[i].slot)), S("Demo"));
                    return;
                }
}

/* An officer's step on a case, with a form that every kind takes. */
static bool act(Demo *it, int64_t application, const CaseRow *row, EntryKind kind, Instant at)
{
    Actor officer = { .account = { .id = 1, .role = ROLE_OFFICER, .authority = row->authority } };
    Problems problems = { 0 };
    Form form = { 0 };
    put(it, &form, S("message"), S("Demo"));
    put(it, &form, S("reason"), S("Demo"));
    put(it, &form, S("report"), S("Demo"));
    put(it, &form, S("finding"), S("passed"));
    const Service *service = pack_service(it->desk->pack, row->service);
    GroundList grounds = service ? desk_grounds(it->arena, service) : (GroundList){ 0 };
    if (grounds.count)
        put(it, &form, S("ground"), grounds.at[0]->id);
    if (service && kind == ENTRY_ASK)
        complain(it, application, service, &form);
    Change *change = change_begin(it->desk->store, it->arena);
    Verdict verdict = desk_act(it->desk, it->arena, &officer, application, row->k, kind, row->entries, &form, at, change, &problems);
    return verdict == VERDICT_OK && commit(it, change);
}

/* Accepts, grants and issues the first case, so that the others begin; then leaves each of them in another state. */
static bool work(Demo *it, int64_t application, Instant at)
{
    static const EntryKind FIRST[] = { ENTRY_ACCEPT, ENTRY_GRANT, ENTRY_ISSUE };
    static const EntryKind OTHERS[][3] = {
        { ENTRY_ACCEPT, ENTRY_GRANT, ENTRY_ISSUE }, { ENTRY_ACCEPT, ENTRY_NONE, ENTRY_NONE }, { ENTRY_ASK, ENTRY_NONE, ENTRY_NONE },
        { ENTRY_ACCEPT, ENTRY_SUSPEND, ENTRY_NONE }, { ENTRY_NONE, ENTRY_NONE, ENTRY_NONE }, { ENTRY_ACCEPT, ENTRY_REFUSE, ENTRY_NONE },
    };
    CaseRowList rows = store_cases(it->desk->store, it->arena, it->desk->pack->area, application);
    for (size_t i = 0; i < rows.count; i++) {
        for (size_t step = 0; step < 3; step++) {
            CaseRowList now = store_cases(it->desk->store, it->arena, it->desk->pack->area, application);
            EntryKind kind = i == 0 ? FIRST[step] : OTHERS[(i - 1) % COUNT_OF(OTHERS)][step];
            if (kind == ENTRY_NONE || !case_step(now.at[i].state, kind, ROLE_OFFICER))
                continue;
            /* The others begin when the first is done. A step that this service does not know (no ground to suspend) is left out. */
            const Instant when = { at.us + (int64_t)(step + (i ? 3 : 0)) * DAY_US };
            if (!act(it, application, &now.at[i], kind, when) && i == 0)
                return false;
        }
    }
    return true;
}

bool desk_demo(Desk *desk, Instant now, Errors *errors)
{
    if (store_use(desk->store) == STORE_IN_USE) {
        errors_add(errors, (Place){ .file = store_folder(desk->store) },
                   S("name another data folder: the demo's accounts have public passwords and would see what is in this one"),
                   "the data folder is in use without the demo");
        return false;
    }
    desk->demo = true;
    Arena *arena = arena_open(ARENA_BYTES);
    Demo it = { .desk = desk, .arena = arena, .now = now };
    Account there;
    bool good = true;
    if (!store_account_by_login(desk->store, arena, S("resident"), &there)) {
        good = add_accounts(&it);
        for (size_t i = 0; good && i < desk->pack->events.count; i++) {
            const Event *event = desk->pack->events.at[i];
            const Actor *actor = event->business ? &it.business : &it.resident;
            int64_t application;
            Instant earlier = { now.us - 9 * DAY_US }, recent = { now.us - DAY_US / 24 };
            good = send(&it, actor, event, str_printf(arena, "Demo %zu", i * 3 + 1), earlier, &application) &&
                   work(&it, application, (Instant){ now.us - 7 * DAY_US }) &&
                   send(&it, actor, event, str_printf(arena, "Demo %zu", i * 3 + 2), recent, &application) &&
                   begin(&it, actor, event, now, &application);
        }
        if (!good)
            errors_add(errors, (Place){ 0 }, S("start with an empty data folder"), "could not make the demo applications");
    }
    arena_close(arena);
    return good;
}
