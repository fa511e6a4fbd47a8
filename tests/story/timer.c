/* A virtual year of many cases, while the program is stopped and killed at random moments and stays down over days. In the end every case is
 * judged by its journal: a naive model, which knows nothing of the program's clocks, goes through the year day by day with what people
 * did, and says what must have happened by itself and on which day: each acceptance by silence, lapse, revocation, renewal and light. The
 * journal must have exactly these, each once, on its day.
 *
 *     build/tests/story/story-timer [CASES [SEED]] */
#include "story/pack_copy.h"
#include "story/simple.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

enum { CASES_EACH = 4, CASES_DEFAULT = 300, IDS_MAX = 20000, RUN_DAYS_MAX = 20, DOWN_DAYS_MAX = 12, KILLED_WITHIN_DAYS = 15, ACTS_EACH = 12 };

/* What outlives a run of the program that is killed. */
typedef struct World {
    int64_t now_us;
    int64_t ids[IDS_MAX];
    int32_t sent, wanted;
    uint64_t seed;
    Date first, last;
} World;
static World *world;

static uint32_t below(uint32_t bound)
{
    world->seed = world->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(world->seed >> 33) % bound;
}

/* ---- the pack: three licences with every term, and a renewal -------------------------------------------------------- */

static const char SERVICE[] = "---\n"
                              "evidence: licence-%d\nname: {en: Licence, zh: 许可}\n"
                              "---\n"
                              "evidence: paper-%d\nname: {en: Paper, zh: 材料}\nupload: true\n"
                              "---\n"
                              "service: licence-%d\nname: {en: Licence, zh: 许可}\nsummary: {en: You may., zh: 可以。}\n"
                              "authority: market-regulation\nprocedure: licence\nlegal: {law: licensing-law}\n"
                              "needs: {evidence: paper-%d, later: 3 working days}\nasks: licence_holder\ngives: licence-%d\n"
                              "time: {statutory: 20 working days, promised: 8 working days}\n";
static const char EVENT[] = "---\n"
                            "event: everything\nname: {en: All, zh: 全部}\nsummary: {en: All., zh: 全部。}\naudience: {en: All, zh: 所有人}\n"
                            "words: {en: all, zh: 全部}\n"
                            "goals: [{evidence: licence-1}, {evidence: licence-2}, {evidence: licence-3}, {evidence: renewed-licence}]\n"
                            "sections: [{name: {en: You, zh: 您}, asks: [licence_holder, licence_ends]}]\n"
                            "label: licence_holder\ndeclaration: {en: True., zh: 属实。}\n";

static void make_pack(void)
{
    Text yaml = text_begin(arena, 1 << 16);
    char command[300];
    must(mkdtemp(copy) != NULL);
    copy_again();
    snprintf(command, sizeof command, "cp tests/story/licences.yaml %s/", copy);
    run(command);
    for (int i = 1; i < CASES_EACH; i++)
        text_printf(&yaml, SERVICE, i, i, i, i, i);
    text_put(&yaml, str_from(EVENT));
    write_whole(str_terminated(arena, str_printf(arena, "%s/timer.yaml", copy)), text_str(&yaml));
}

/* ---- the program: a desk on a store, for a while ----------------------------------------------------------------- */

static void open_store(void)
{
    Errors errors = errors_begin(arena);
    const Pack *pack = pack_load(arena, str_from(copy), &errors);
    store = pack ? store_open(str_from(folder), &errors) : NULL;
    desk = store ? desk_open(arena, pack, store, now, &errors) : NULL;
    if (!desk) {
        Text text = text_begin(arena, 1 << 16);
        errors_print(&errors, &text);
        printf("%.*s", STR_ARGS(text_str(&text)));
        exit(1);
    }
}

static void send_one(void)
{
    const Date today = date_in_zone(now, desk->pack->utc_offset_minutes);
    const Date ends = date_add(today, 5 + (int32_t)below(90));
    const int64_t application = applied("everything", "licence_ends", str_terminated(arena, date_text(ends)));
    world->ids[world->sent] = application;
    world->sent++;
}

/* Whatever the table permits to an officer, at random. Nothing is checked here: what it did stands in the journal. */
static void officer_acts(const CaseRow *row)
{
    static const EntryKind KINDS[] = { ENTRY_ACCEPT, ENTRY_ASK,   ENTRY_ASK,    ENTRY_ACCEPT_DEFICIENT, ENTRY_ACCEPT_DEFICIENT, ENTRY_SUSPEND,
                                       ENTRY_RESUME, ENTRY_EXTEND, ENTRY_GRANT, ENTRY_REFUSE,           ENTRY_ISSUE,            ENTRY_DECLINE };
    Change *change;
    EntryKind kind = ENTRY_NONE;
    for (int tries = 0; tries < 20 && !case_step(row->state, kind, ROLE_OFFICER); tries++)
        kind = KINDS[below(COUNT_OF(KINDS))];
    Actor officer = { .account = { .id = 900, .role = ROLE_OFFICER, .authority = row->authority } };
    Form form = FORM({ "message", "m" }, { "reason", "r" }, { "number", "" }, { "ground", "expert-review" }, { "days", "6" });
    (void)DO(desk_act(desk, arena, &officer, row->application, row->k, kind, row->entries, &form, now, change, &problems));
}

static void applicant_acts(const CaseRow *row)
{
    Change *change;
    Form form = FORM({ "note", "n" });
    if (row->state == CASE_DEFICIENT)
        (void)bring(row->application, str_printf(arena, "paper-%d", row->k));
    (void)DO(desk_supply(desk, arena, &resident, row->application, row->k, &form, now, change, &problems));
    if (below(40) == 0)
        (void)DO(desk_withdraw(desk, arena, &resident, row->application, row->k, now, change));
}

static void someone_acts(void)
{
    if (world->sent == 0)
        return;
    /* The younger ones more often: an old case is over, or is left alone to run out. */
    const uint32_t recent = (uint32_t)world->wanted / 10 + 3;
    const uint32_t reach = (uint32_t)world->sent < recent ? (uint32_t)world->sent : recent;
    const int64_t application = world->ids[(uint32_t)world->sent - 1 - below(below(4) ? reach : (uint32_t)world->sent)];
    const CaseRowList rows = store_cases(store, arena, desk->pack->area, application);
    if (rows.count == 0)
        return;
    const CaseRow *row = &rows.at[below((uint32_t)rows.count)];
    below(4) ? officer_acts(row) : applicant_acts(row);
}

/* One run of the program, until it is stopped, or killed from outside. */
static _Noreturn void program(void)
{
    arena = arena_open((size_t)1 << 30);
    now.us = world->now_us;
    open_store();
    must(store_account_by_login(store, arena, S("owner@example.org"), &resident.account));
    const Date stops = date_add(date_in_zone(now, desk->pack->utc_offset_minutes), 1 + (int32_t)below(RUN_DAYS_MAX));
    const int32_t days = world->last.day - world->first.day;
    for (;;) {
        const Date today = date_in_zone(now, desk->pack->utc_offset_minutes);
        if (date_compare(today, stops) >= 0 || date_compare(today, world->last) > 0)
            break;
        desk_tick(desk, now);
        /* Nothing is sent in the last weeks, so that there is time for it to run out. */
        const int32_t gone = today.day - world->first.day + 45;
        while (world->sent < world->wanted && (int64_t)world->sent * days < (int64_t)world->wanted * gone)
            for (send_one(); below(3) == 0 && world->sent < world->wanted;)
                send_one();
        for (int i = 0; i < world->wanted * ACTS_EACH / days + 1; i++)
            someone_acts();
        now.us += (int64_t)(1 + below(20)) * 3600 * 1000000;
        world->now_us = now.us;
    }
    store_close(store);
    _exit(0);
}

static int killed, stopped;
static void run_program(void)
{
    const pid_t child = fork();
    int status;
    must(child >= 0);
    if (child == 0)
        program();
    if (below(2)) {
        /* On a day of its own time, so that a slow machine kills as often as a fast one; wherever it is on that day. */
        const int64_t day = *(volatile int64_t *)&world->now_us + (int64_t)below(KILLED_WITHIN_DAYS) * 86400 * 1000000;
        siginfo_t ended = { 0 };
        while (*(volatile int64_t *)&world->now_us < day && ended.si_pid == 0) {
            usleep(200 + below(2000));
            must(waitid(P_PID, (id_t)child, &ended, WEXITED | WNOHANG | WNOWAIT) == 0);
        }
        kill(child, SIGKILL);
    }
    must(waitpid(child, &status, 0) == child);
    killed += WIFSIGNALED(status);
    stopped += WIFEXITED(status);
    must((WIFEXITED(status) && WEXITSTATUS(status) == 0) || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
    /* It may stay down over the moment at which something should happen. */
    if (below(2))
        world->now_us += (int64_t)below(DOWN_DAYS_MAX * 24) * 3600 * 1000000;
}

/* ---- the naive model ------------------------------------------------------------------------------------------- */

static bool works(Date day)
{
    return calendar_day(&desk->pack->calendar, day).working;
}

static int32_t working_in(Date after, Date to)
{
    int32_t count = 0;
    for (Date day = date_add(after, 1); day.day <= to.day; day = date_add(day, 1))
        count += works(day);
    return count;
}

typedef struct Expected {
    EntryKind kind;
    Date on, until;
    Str what;
} Expected;
typedef struct Model {
    bool renews;
    CaseState state;
    Date received, complete, accepted, term, decided, halt_until, expires, latest;
    Stop halts[20];
    int halt_count;
    int32_t extension;
    LIST(Expected) expected;
} Model;

/* The n-th working day that is in no halt; none while one is open. */
static Date nth_working(const Model *it, Date day, int32_t n)
{
    while (n > 0) {
        day = date_add(day, 1);
        bool halted = false;
        for (int i = 0; i < it->halt_count; i++) {
            const bool begun = day.day >= it->halts[i].from.day;
            if (begun && !date_is_set(it->halts[i].to))
                return DATE_NONE;
            halted |= begun && day.day <= it->halts[i].to.day;
        }
        n -= works(day) && !halted;
    }
    return day;
}

typedef struct Running {
    const char *name;
    Date from, due;
    EntryKind turn;
    bool lights;
} Running;

static int running_clocks(const Model *it, Running *list)
{
    int count = 0;
    const bool deciding = it->state == CASE_ACCEPTED || it->state == CASE_DEFICIENT || it->state == CASE_SUSPENDED;
    static const Model UNHALTED;
    if (it->state == CASE_RECEIVED && !it->renews)
        list[count++] = (Running){ "intake", it->complete, nth_working(&UNHALTED, it->complete, 5), ENTRY_SILENCE, true };
    if (it->state == CASE_CORRECTION)
        list[count++] = (Running){ "correction", it->complete, it->term, ENTRY_LAPSE, false };
    if (it->state == CASE_DEFICIENT)
        list[count++] = (Running){ "deficiency", it->accepted, it->term, ENTRY_REVOKE, false };
    if (deciding) {
        list[count++] = (Running){ "statutory", it->accepted, nth_working(it, it->accepted, 20 + it->extension), ENTRY_NONE, true };
        if (!it->renews)
            list[count++] = (Running){ "promised", it->accepted, nth_working(it, it->accepted, 8 + it->extension), ENTRY_NONE, true };
    }
    if (it->state == CASE_SUSPENDED)
        list[count++] = (Running){ "suspension", it->halts[it->halt_count - 1].from, it->halt_until, ENTRY_NONE, true };
    if (it->renews && (deciding || it->state == CASE_RECEIVED)) {
        const bool in_time = it->received.day <= it->expires.day - 30 && it->complete.day <= it->expires.day;
        list[count++] = (Running){ "expiry", it->received, it->expires, in_time ? ENTRY_DEEM : ENTRY_NONE, true };
    }
    if (it->state == CASE_GRANTED)
        list[count++] = (Running){ "delivery", it->decided, nth_working(&UNHALTED, it->decided, 10), ENTRY_NONE, true };
    return count;
}

static bool was_lit(const Model *it, Str what, Date until)
{
    for (size_t i = 0; i < it->expected.count; i++)
        if (str_equal(it->expected.at[i].what, what) && it->expected.at[i].until.day == until.day)
            return true;
    return false;
}

static void expect(Model *it, Date day, EntryKind kind, Str what, Date until)
{
    list_push(arena, &it->expected, (Expected){ kind, day, until, what });
    it->latest = day;
    switch ((int)kind) {
    case ENTRY_SILENCE:
        it->state = CASE_ACCEPTED;
        it->accepted = it->complete;
        break;
    case ENTRY_LAPSE:
        it->state = CASE_LAPSED;
        break;
    case ENTRY_REVOKE:
        it->state = CASE_REVOKED;
        break;
    case ENTRY_DEEM:
        it->state = CASE_GRANTED;
        it->decided = day;
        break;
    default:
        break;
    }
}

/* What must happen on this day, before anybody acts; true when something did. */
static bool by_itself(Model *it, Date day)
{
    Running list[8];
    const int count = running_clocks(it, list);
    for (int i = 0; i < count; i++) {
        const Running *clock = &list[i];
        if (!clock->lights || !date_is_set(clock->due))
            continue;
        const Str yellow = str_printf(arena, "yellow %s", clock->name), red = str_printf(arena, "red %s", clock->name);
        const int32_t whole = working_in(clock->from, clock->due), left = working_in(day, clock->due);
        const bool dim = whole > 1 && (left <= 1 || left * 5 <= whole) && day.day <= clock->due.day && day.day > clock->from.day;
        if (dim && !was_lit(it, yellow, clock->due) && !was_lit(it, red, clock->due)) {
            expect(it, day, ENTRY_LIGHT, yellow, clock->due);
            return true;
        }
        if (day.day > clock->due.day && !was_lit(it, red, clock->due)) {
            expect(it, day, ENTRY_LIGHT, red, clock->due);
            return true;
        }
    }
    for (int i = 0; i < count; i++)
        if (list[i].turn != ENTRY_NONE && date_is_set(list[i].due) && day.day > list[i].due.day) {
            expect(it, day, list[i].turn, STR_NONE, DATE_NONE);
            return true;
        }
    return false;
}

/* What people did, as the journal has it; false where the state does not permit it. */
static bool people(Model *it, const Entry *entry)
{
    const bool received = it->state == CASE_RECEIVED, accepted = it->state == CASE_ACCEPTED;
    it->latest = entry->on;
    switch ((int)entry->kind) {
    case ENTRY_RECEIVE:
        it->state = CASE_RECEIVED;
        it->received = it->complete = entry->on;
        it->expires = entry->until;
        return true;
    case ENTRY_ASK:
        it->state = CASE_CORRECTION;
        it->term = entry->until;
        return received;
    case ENTRY_SUPPLY: {
        const bool asked = it->state == CASE_CORRECTION;
        it->state = CASE_RECEIVED;
        it->complete = entry->on;
        return asked;
    }
    case ENTRY_ACCEPT:
        it->state = CASE_ACCEPTED;
        it->accepted = entry->on;
        return received;
    case ENTRY_ACCEPT_DEFICIENT:
        it->state = CASE_DEFICIENT;
        it->accepted = entry->on;
        it->term = entry->until;
        return received;
    case ENTRY_CURE: {
        const bool deficient = it->state == CASE_DEFICIENT;
        it->state = CASE_ACCEPTED;
        return deficient;
    }
    case ENTRY_SUSPEND:
        it->state = CASE_SUSPENDED;
        it->halts[it->halt_count++] = (Stop){ entry->on, DATE_NONE };
        it->halt_until = entry->until;
        return accepted && it->halt_count < 20;
    case ENTRY_RESUME: {
        const bool halted = it->state == CASE_SUSPENDED;
        it->state = CASE_ACCEPTED;
        it->halts[it->halt_count - 1].to = entry->on;
        return halted;
    }
    case ENTRY_EXTEND:
        it->extension = entry->period.amount;
        return accepted;
    case ENTRY_GRANT:
        it->state = CASE_GRANTED;
        it->decided = entry->on;
        return accepted;
    case ENTRY_ISSUE: {
        const bool granted = it->state == CASE_GRANTED;
        it->state = CASE_ISSUED;
        return granted;
    }
    case ENTRY_REFUSE:
        it->state = CASE_REFUSED;
        return accepted;
    case ENTRY_DECLINE:
        it->state = CASE_DECLINED;
        return received;
    case ENTRY_WITHDRAW:
        it->state = CASE_WITHDRAWN;
        return true;
    default:
        return false;
    }
}

/* ---- judging ---------------------------------------------------------------------------------------------------- */

static int64_t counts[ENTRY_KIND_COUNT], judged;

static bool same(const Entry *entry, const Expected *expected)
{
    return entry->kind == expected->kind && date_compare(entry->on, expected->on) == 0 && str_equal(entry->what, expected->what) &&
           (entry->kind != ENTRY_LIGHT || date_compare(entry->until, expected->until) == 0);
}

static void describe(const CaseRow *row, const EntryList *entries, const Model *model)
{
    printf("   application %lld, %.*s:\n", (long long)row->application, STR_ARGS(row->service));
    for (size_t i = 0; i < entries->count; i++)
        printf("   %.*s  %.*s %.*s\n", STR_ARGS(date_text(entries->at[i].on)), STR_ARGS(entry_kind_word(entries->at[i].kind)),
               STR_ARGS(entries->at[i].what));
    for (size_t i = 0; i < model->expected.count; i++)
        printf("   wanted: %.*s  %.*s %.*s\n", STR_ARGS(date_text(model->expected.at[i].on)),
               STR_ARGS(entry_kind_word(model->expected.at[i].kind)), STR_ARGS(model->expected.at[i].what));
}

static bool judge(const CaseRow *row, Date last)
{
    const EntryList entries = store_entries(store, arena, row->area, row->application, row->k);
    Model model = { .renews = str_equal(row->service, S("renewed-licence")), .latest = DATE_NONE };
    size_t at = 0;
    bool good = entries.count > 0;
    for (Date day = good ? entries.at[0].on : last; day.day <= last.day; day = date_add(day, 1)) {
        while (by_itself(&model, day))
            continue;
        for (; at < entries.count && (entries.at[at].role == ROLE_CLOCK || entries.at[at].on.day <= day.day); at++) {
            if (entries.at[at].role == ROLE_CLOCK)
                continue;
            good &= entries.at[at].on.day == day.day && people(&model, &entries.at[at]);
            /* A clock that has begun in the past has its light on the day on which it began. */
            while (by_itself(&model, day))
                continue;
        }
    }
    size_t found = 0;
    for (size_t i = 0; i < entries.count; i++) {
        const Entry *entry = &entries.at[i];
        if (entry->role != ROLE_CLOCK)
            continue;
        counts[entry->kind]++;
        found++;
        bool wanted = false;
        for (size_t e = 0; e < model.expected.count && !wanted; e++)
            wanted = same(entry, &model.expected.at[e]);
        for (size_t j = 0; j < i; j++)
            good &= !(entries.at[j].role == ROLE_CLOCK && same(&entries.at[j], &(Expected){ entry->kind, entry->on, entry->until, entry->what }));
        good &= wanted && entry->at.us >= instant_of(entry->on, desk->pack->utc_offset_minutes).us;
    }
    good &= found == model.expected.count && row->state == model.state;
    judged++;
    if (!good)
        describe(row, &entries, &model);
    return good;
}

static int wrong;

static bool judge_application(void *context, const Application *row)
{
    Arena *lasting = arena;
    arena = context; /* one application's memory at a time */
    arena_reset(arena);
    const Date last = date_in_zone(now, desk->pack->utc_offset_minutes);
    const CaseRowList rows = store_cases(store, arena, row->area, row->id);
    for (size_t k = 0; k < rows.count; k++)
        wrong += !judge(&rows.at[k], last);
    arena = lasting;
    return wrong < 3;
}

static void everything_happened_once_on_its_day(void)
{
    Arena *scratch = arena_open(64 << 20);
    store_each_application(store, APPLICATION_SENT, judge_application, scratch);
    arena_close(scratch);
    CHECK(wrong == 0);
    CHECK(judged >= (int64_t)world->wanted * CASES_EACH);
}

static void each_kind_of_it_happened(void)
{
    static const EntryKind KINDS[] = { ENTRY_SILENCE, ENTRY_LAPSE, ENTRY_REVOKE, ENTRY_DEEM, ENTRY_LIGHT };
    for (size_t i = 0; i < COUNT_OF(KINDS); i++)
        CHECK(counts[KINDS[i]] > 0);
    CHECK(killed > 2 && stopped > 2);
    printf("%lld cases; by silence %lld, lapsed %lld, revoked %lld, renewed %lld, lights %lld; stopped %d times, killed %d times\n",
           (long long)judged, (long long)counts[ENTRY_SILENCE], (long long)counts[ENTRY_LAPSE], (long long)counts[ENTRY_REVOKE],
           (long long)counts[ENTRY_DEEM], (long long)counts[ENTRY_LIGHT], stopped, killed);
}

int main(int argc, char **argv)
{
    trust_begin();
    arena = arena_open((size_t)1 << 31);
    world = mmap(NULL, sizeof *world, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    /* A program that is killed loses nothing that the kernel has: in memory, a year is not spent on waiting for the disk. */
    if (access("/dev/shm", W_OK) == 0)
        memcpy(folder, "/dev/shm/onestop-XXXXXX", sizeof "/dev/shm/onestop-XXXXXX");
    must(world != MAP_FAILED && mkdtemp(folder) != NULL);
    const int cases = argc > 1 ? atoi(argv[1]) : CASES_DEFAULT;
    world->wanted = cases / CASES_EACH;
    must(world->wanted > 0 && world->wanted <= IDS_MAX);
    world->seed = argc > 2 ? (uint64_t)atoll(argv[2]) : 20260105;
    world->first = date_of(2026, 1, 5);
    world->last = date_of(2026, 12, 20);
    make_pack();
    now = instant_of(world->first, 480);
    open_store();
    resident = account_of("owner@example.org", ROLE_APPLICANT, "");
    store_close(store);
    world->now_us = now.us;
    while (date_compare(date_in_zone((Instant){ world->now_us }, 480), world->last) <= 0)
        run_program();
    now = instant_of(date_of(2026, 12, 31), 480);
    open_store();
    desk_tick(desk, now);
    RUN(everything_happened_once_on_its_day);
    RUN(each_kind_of_it_happened);
    RUN(rows_are_what_the_journal_says);
    run(str_terminated(arena, str_printf(arena, "rm -rf %s", copy)));
    office_close();
    return test_end();
}
