/* A dossier: read an application's chains, fold them, append, and write the rows that the fold gives. Every command that touches
 * what was sent goes through here, so the projections cannot say anything but what the journal says. */
#include "desk/inside.h"

void dossier_begin(Dossier *it, const Desk *desk, Arena *arena, const Application *row, AnswerList answers, Instant now, Change *change)
{
    const Pack *pack = desk_pack(desk, &row->pack);
    *it = (Dossier){ .desk = desk, .arena = arena, .change = change, .now = now, .today = desk_today(pack, now), .row = *row,
                     .pack = pack, .event = pack_event(pack, row->event), .answers = answers };
    it->facts = answers_scope(arena, pack, &it->answers);
}

void dossier_open(Dossier *it, const Desk *desk, Arena *arena, const Application *row, Instant now, Change *change)
{
    dossier_begin(it, desk, arena, row, answers_parse(arena, row->answers), now, change);
    CaseRowList rows = store_cases(desk->store, arena, row->area, row->id);
    for (size_t i = 0; i < rows.count; i++) {
        OpenCase *one = list_add(arena, &it->cases);
        one->row = rows.at[i];
        one->before = rows.at[i].entries;
        one->service = pack_service(it->pack, rows.at[i].service);
        one->it = case_begin();
        if (one->service)
            one->limit = case_limit(arena, one->service, it->facts);
        EntryList entries = store_entries(desk->store, arena, row->area, row->id, rows.at[i].k);
        for (size_t n = 0; n < entries.count && n < one->before; n++)
            if (!case_apply(arena, &one->it, &entries.at[n]))
                break;
        /* Its row alone still knows what was lost: it must not be made to say what is left. */
        if (one->it.entries != one->before)
            one->service = NULL;
    }
    while (dossier_settle(it))
        continue;
}

const Plan *dossier_plan(const Dossier *it)
{
    const EntryList own = store_entries(it->desk->store, it->arena, it->row.area, it->row.id, 0);
    return sent_plan(it->arena, it->pack, it->event, &it->row, &own);
}

OpenCase *dossier_case(Dossier *it, int32_t k)
{
    for (size_t i = 0; i < it->cases.count; i++)
        if (it->cases.at[i].row.k == k && it->cases.at[i].service)
            return &it->cases.at[i];
    return NULL;
}

OpenCase *dossier_case_add(Dossier *it, const Service *service)
{
    OpenCase *one = list_add(it->arena, &it->cases);
    one->row = (CaseRow){ .area = it->row.area, .application = it->row.id, .k = (int32_t)it->cases.count,
                          .service = service->id, .authority = service->authority->id };
    one->service = service;
    one->limit = case_limit(it->arena, service, it->facts);
    one->it = case_begin();
    return one;
}

EntryDraft entry_draft(EntryKind kind, Role role, Str what, Str body)
{
    return (EntryDraft){ .kind = kind, .role = role, .on = DATE_NONE, .until = DATE_NONE, .what = what, .body = body };
}

static Entry entry_of(const Dossier *it, uint32_t n, const EntryDraft *draft)
{
    return (Entry){ .n = n, .kind = draft->kind, .role = draft->role, .at = it->now,
                    .on = date_is_set(draft->on) ? draft->on : it->today, .until = draft->until, .period = draft->period,
                    .what = draft->what, .body = draft->body };
}

void dossier_append(Dossier *it, OpenCase *one, EntryDraft draft)
{
    Entry entry = entry_of(it, one->it.entries + 1, &draft);
    /* Checked here before the journal, and again by whoever folds it after. */
    must(case_apply(it->arena, &one->it, &entry));
    list_push(it->arena, &one->fresh, entry);
}

void dossier_answers_changed(Dossier *it)
{
    it->facts = answers_scope(it->arena, it->pack, &it->answers);
    for (size_t i = 0; i < it->cases.count; i++)
        if (it->cases.at[i].service)
            it->cases.at[i].limit = case_limit(it->arena, it->cases.at[i].service, it->facts);
}

void dossier_append_own(Dossier *it, EntryDraft draft)
{
    Entry entry = entry_of(it, it->row.entries + 1, &draft);
    list_push(it->arena, &it->own, entry);
    it->row.entries = entry.n;
}

/* Is there, or will there be, a result with this evidence? */
typedef enum Prospect { PROSPECT_GIVEN, PROSPECT_COMING, PROSPECT_GONE } Prospect;

static Prospect prospect_of(const Dossier *it, Str type)
{
    Prospect otherwise = PROSPECT_GONE;
    for (size_t i = 0; i < it->cases.count; i++) {
        const OpenCase *one = &it->cases.at[i];
        if (!one->service)                         /* it may be the one that gives it */
            otherwise = PROSPECT_COMING;
        if (!one->service || !str_equal(one->service->gives->id, type))
            continue;
        if (one->it.state == CASE_ISSUED)
            return PROSPECT_GIVEN;
        return case_state_is_final(one->it.state) ? PROSPECT_GONE : PROSPECT_COMING;
    }
    return otherwise;
}

static void follow_on(Dossier *it, Date day)
{
    bool moved = true;
    while (moved) {
        moved = false;
        for (size_t i = 0; i < it->cases.count; i++) {
            OpenCase *one = &it->cases.at[i];
            if (!one->service || one->it.state != CASE_WAITING)
                continue;
            bool all = true, gone = false;
            for (size_t w = 0; w < one->it.waits_for.count; w++) {
                Prospect prospect = prospect_of(it, one->it.waits_for.at[w]);
                all &= prospect == PROSPECT_GIVEN;
                gone |= prospect == PROSPECT_GONE;
            }
            /* LAW cn.visit-once art.5(3): the later authority receives when the earlier one's result reaches it. */
            if (all || gone) {
                EntryDraft draft = entry_draft(all ? ENTRY_RECEIVE : ENTRY_END, ROLE_DESK, STR_NONE, STR_NONE);
                draft.on = day;
                draft.until = all ? case_expires(it, one->service) : DATE_NONE;
                dossier_append(it, one, draft);
                moved = true;
            }
        }
    }
}

void dossier_follow(Dossier *it)
{
    follow_on(it, it->today);
}

Date case_expires(const Dossier *it, const Service *service)
{
    const Fact *ends = service->renewal.ends;
    const Answer *answer = ends ? answers_find(&it->answers, ends->id) : NULL;
    Date date;
    return answer && date_parse(answer->text, &date) ? date : DATE_NONE;
}

const Bundle *dossier_bundle(Dossier *it)
{
    it->bundle = bundle_begin(it->event);
    for (size_t i = 0; i < it->cases.count; i++)
        bundle_add(&it->bundle, &it->cases.at[i].it);
    return &it->bundle;
}

ClockList dossier_clocks(Dossier *it, const OpenCase *one)
{
    return case_clocks_in(it->arena, &one->it, one->service, one->limit, dossier_bundle(it), &it->pack->calendar);
}

/* The earliest turn of all cases; whoever calls goes on until there is none, so that what was missed is made up for in the order of the
 * days on which it should have happened. */
bool dossier_settle(Dossier *it)
{
    OpenCase *first = NULL;
    NextTurn turn = { .kind = ENTRY_NONE };
    for (size_t i = 0; i < it->cases.count; i++) {
        OpenCase *one = &it->cases.at[i];
        if (!one->service || one->it.state == CASE_NONE)
            continue;
        const ClockList clocks = dossier_clocks(it, one);
        const NextTurn next = case_next(&clocks, &one->it);
        if (next.kind != ENTRY_NONE && date_compare(it->today, next.last) > 0 && (!first || date_compare(next.last, turn.last) < 0)) {
            first = one;
            turn = next;
        }
    }
    if (!first)
        return false;
    EntryDraft draft = entry_draft(turn.kind, ROLE_CLOCK, turn_what(it->arena, &turn), STR_NONE);
    draft.on = date_add(turn.last, 1);
    draft.until = turn.until;
    dossier_append(it, first, draft);
    if (turn.kind != ENTRY_LIGHT)
        follow_on(it, draft.on);
    return true;
}

CaseRow case_row(Arena *arena, const Pack *pack, const Bundle *bundle, const OpenCase *one)
{
    CaseRow row = one->row;
    ClockList clocks = case_clocks_in(arena, &one->it, one->service, one->limit, bundle, &pack->calendar);
    const Clock *first = clocks_first(&clocks, false);
    NextTurn next = case_next(&clocks, &one->it);
    row.state = one->it.state;
    row.entries = one->it.entries;
    row.received = one->it.received;
    row.accepted = one->it.accepted;
    row.due = first ? first->due.date : DATE_NONE;
    row.term = one->it.term;
    row.next_at = next.kind == ENTRY_NONE ? (Instant){ 0 } : instant_of(date_add(next.last, 1), pack->utc_offset_minutes);
    row.rating = one->it.rating;
    return row;
}

Str label_of(const Event *event, const AnswerList *answers)
{
    const Answer *label = event ? answers_find(answers, event->label->id) : NULL;
    return label ? label->text : STR_NONE;
}

static void write_entries(Dossier *it, int32_t k, const EntryList *entries, Hash *head)
{
    for (size_t i = 0; i < entries->count; i++)
        *head = change_entry(it->change, it->row.area, it->row.id, k, it->row.party, &entries->at[i], head);
}

static bool row_is(const CaseRow *row, const CaseRow *other)
{
    return row->state == other->state && row->entries == other->entries && row->rating == other->rating &&
           row->next_at.us == other->next_at.us && date_compare(row->received, other->received) == 0 &&
           date_compare(row->accepted, other->accepted) == 0 && date_compare(row->due, other->due) == 0 &&
           date_compare(row->term, other->term) == 0;
}

/* Dates rest on answers and on the calendar too: a row is written whenever it is not what it should be. Each rests on all of the
 * application, its answers and the other cases: of two changes that read the same state, one is a conflict, whichever case it concerns. */
void dossier_finish(Dossier *it)
{
    bool written = false;
    const Bundle *bundle = dossier_bundle(it);
    for (size_t i = 0; i < it->cases.count; i++) {
        OpenCase *one = &it->cases.at[i];
        if (!one->service)
            continue;
        write_entries(it, one->row.k, &one->fresh, &one->row.head);
        CaseRow *row = arena_new(it->arena, CaseRow);
        *row = case_row(it->arena, it->pack, bundle, one);
        if (!one->fresh.count && row_is(row, &one->row))
            continue;
        change_case(it->change, row, one->before);
        written = true;
    }
    if (it->own.count) {
        write_entries(it, 0, &it->own, &it->row.head);
        it->row.changed_at = it->now;
        it->row.answers = answers_json(it->arena, &it->answers);
        it->row.label = label_of(it->event, &it->answers);
        change_application(it->change, &it->row);
    } else if (written) {
        change_application_seen(it->change, &it->row);
    }
}

Str body_by(Arena *arena, int64_t account)
{
    return str_printf(arena, "{\"by\":%lld}", (long long)account);
}

SlotList service_slots(Arena *arena, const Plan *plan, const Service *service)
{
    SlotList slots = { 0 };
    for (size_t i = 0; i < plan->slots.count; i++)
        for (size_t u = 0; u < plan->slots.at[i].users.count; u++)
            if (plan->slots.at[i].users.at[u] == service)
                list_push(arena, &slots, plan->slots.at[i]);
    return slots;
}

const Evidence *evidence_current(const EvidenceList *list, const Slot *slot)
{
    for (size_t i = list->count; i-- > 0;) {
        const Evidence *row = &list->at[i];
        bool fits = str_equal(row->slot, slot->id) || (row->k > 0 && str_equal(row->type, slot->type->id));
        if (fits && row->state == EVIDENCE_CURRENT)
            return row;
    }
    return NULL;
}

void evidence_json(Text *json, const Evidence *row)
{
    text_put(json, S("{\"id\":"));
    text_i64(json, row->id);
    text_put(json, S(",\"slot\":"));
    json_put(json, row->slot);
    text_put(json, S(",\"type\":"));
    json_put(json, row->type);
    text_put(json, S(",\"name\":"));
    json_put(json, row->name);
    text_put(json, S(",\"media\":"));
    json_put(json, row->media_type);
    text_put(json, S(",\"size\":"));
    text_i64(json, row->size);
    text_put(json, S(",\"k\":"));
    text_i64(json, row->k);
    text_put(json, S(",\"at\":"));
    text_i64(json, row->at.us);
    text_put(json, S(",\"file\":\""));
    text_hash(json, &row->file);
    text_put(json, S("\"}"));
}

static int64_t json_i64(const Json *json, Str key)
{
    const Json *member = json_get(json, key);
    int64_t value = 0;
    if (!member || member->kind != KIND_NUMBER || !str_to_i64(member->text, &value))
        return 0;
    return value;
}

bool evidence_parse(const Json *json, int64_t area, int64_t application, Evidence *row)
{

    *row = (Evidence){ .area = area, .application = application, .id = json_i64(json, S("id")),
                       .slot = json_text(json, S("slot")), .type = json_text(json, S("type")),
                       .k = (int32_t)json_i64(json, S("k")), .name = json_text(json, S("name")),
                       .media_type = json_text(json, S("media")), .size = json_i64(json, S("size")),
                       .state = EVIDENCE_CURRENT, .at = { json_i64(json, S("at")) } };
    return row->id > 0 && hash_parse(json_text(json, S("file")), &row->file);
}
