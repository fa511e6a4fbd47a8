/* What an applicant may still do with what was sent: correct or complete it, withdraw, rate. What was sent is never changed: the change is a
 * supplement in the application's own chain, with before and after, and an entry in the chain of the case that asked for it. */
#include "desk/inside.h"

enum { NOTE_MAX = 2000 };

static bool open_owned(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Instant now, Change *change, Dossier *it,
                       Verdict *verdict)
{
    Application row;
    if (!draft_load(desk, arena, actor, USE_APPLICATION, application, &row, verdict))
        return false;
    if (row.state != APPLICATION_SENT) {
        *verdict = VERDICT_NOT_NOW;
        return false;
    }
    dossier_open(it, desk, arena, &row, now, change);
    return true;
}

/* The supplement's body, built while its parts take effect. */
typedef struct Supplement {
    Text answers, evidence, replaced;
    bool any;
} Supplement;

static Str answer_text(Arena *arena, const Answer *answer)
{
    Text json = text_begin(arena, SIZE_MAX);
    answer_json(&json, answer);
    return text_str(&json);
}

/* Before and after, where they differ. Left empty is an answer, to a question that was not asked before. */
static void change_answer(Dossier *it, Supplement *supplement, const Answer *after)
{
    const Answer *before = answers_find(&it->answers, after->fact), nothing = { .is_list = after->is_list };
    const Str old = answer_text(it->arena, before ? before : &nothing), fresh = answer_text(it->arena, after);
    if (before && str_equal(old, fresh))
        return;
    if (supplement->answers.len)
        text_char(&supplement->answers, ',');
    json_put(&supplement->answers, after->fact);
    text_printf(&supplement->answers, ":[%.*s,%.*s]", STR_ARGS(old), STR_ARGS(fresh));
    *answer_at(it->arena, &it->answers, after->fact) = *after;
    supplement->any = true;
}

/* The places that this correction is about: those that the notice names, or that may follow; with a notice that names none, all that the
 * service uses. */
static Strs places_of(Dossier *it, const OpenCase *one, const CorrectionItems *items)
{
    Strs places = one->it.missing;
    for (size_t i = 0; i < items->count; i++)
        if (items->at[i].slot.len)
            list_push(it->arena, &places, items->at[i].slot);
    if (places.count)
        return places;
    const SlotList slots = service_slots(it->arena, dossier_plan(it), one->service);
    for (size_t i = 0; i < slots.count; i++)
        list_push(it->arena, &places, slots.at[i].id);
    return places;
}

/* Puts the files that stand aside for this case into force, each in the place of what it replaces. */
static void take_files(Dossier *it, const OpenCase *one, const CorrectionItems *items, Supplement *supplement)
{
    EvidenceList all = store_evidence(it->desk->store, it->arena, it->row.area, it->row.id);
    const Strs places = places_of(it, one, items);
    for (size_t i = 0; i < all.count; i++) {
        Evidence *fresh = &all.at[i];
        if (fresh->state != EVIDENCE_PENDING || !strs_has(&places, fresh->slot))
            continue;
        for (size_t n = 0; n < all.count; n++) {
            Evidence *old = &all.at[n];
            if (old->state != EVIDENCE_CURRENT || old->k != 0 || !str_equal(old->slot, fresh->slot))
                continue;
            change_evidence_state(it->change, old, EVIDENCE_REPLACED);
            text_printf(&supplement->replaced, "%s%lld", supplement->replaced.len ? "," : "", (long long)old->id);
        }
        change_evidence_state(it->change, fresh, EVIDENCE_CURRENT);
        if (supplement->evidence.len)
            text_char(&supplement->evidence, ',');
        evidence_json(&supplement->evidence, fresh);
        supplement->any = true;
    }
}

/* A file stands aside for the place, or came into force since the case asked: two authorities may want the same paper anew. */
static bool is_brought(const EvidenceList *all, Str slot, Instant asked)
{
    for (size_t i = 0; i < all->count; i++) {
        const Evidence *row = &all->at[i];
        if (str_equal(row->slot, slot) && (row->state == EVIDENCE_PENDING || (row->state == EVIDENCE_CURRENT && row->at.us > asked.us)))
            return true;
    }
    return false;
}

static bool read_answer(Dossier *it, const Fact *fact, const Form *form, int language, Supplement *supplement, Problems *problems)
{
    Answer after = { .fact = fact->id };
    const bool read = fact->kind == FACT_LIST ? list_read(it->desk, it->arena, it->pack, fact, answers_find(&it->answers, fact->id), form,
                                                          it->today, language, &after, problems)
                                              : answer_read(it->arena, fact, form, it->today, language, &after.text, problems);
    if (read)
        change_answer(it, supplement, &after);
    return read;
}

/* Reads the answers that the notice asks for; every line of it must be met, or the note says why not. */
static bool read_corrections(Dossier *it, const CorrectionItems *items, Instant asked, const Form *form, int language, bool explained,
                             Supplement *supplement, Problems *problems)
{
    bool good = true;
    EvidenceList all = store_evidence(it->desk->store, it->arena, it->row.area, it->row.id);
    for (size_t i = 0; i < items->count; i++) {
        const CorrectionItem *item = &items->at[i];
        if (item->slot.len && !is_brought(&all, item->slot, asked) && !explained) {
            problem_add(it->arena, problems, item->slot, N_("Add the new file, or say in the note why not"), STR_NONE, STR_NONE, STR_NONE);
            good = false;
        }
        const Fact *fact = item->fact.len ? pack_fact(it->pack, item->fact) : NULL;
        if (fact)
            good &= read_answer(it, fact, form, language, supplement, problems);
    }
    dossier_answers_changed(it);
    for (size_t i = 0; good && i < items->count; i++) {
        const Fact *fact = items->at[i].fact.len ? pack_fact(it->pack, items->at[i].fact) : NULL;
        good &= !fact || answer_check(it->arena, fact, it->facts, language, problems);
    }
    return good;
}

/* What may follow after acceptance must be there now: each place has a file. */
static bool all_followed(Dossier *it, const OpenCase *one, Instant asked, Problems *problems)
{
    bool good = true;
    EvidenceList all = store_evidence(it->desk->store, it->arena, it->row.area, it->row.id);
    for (size_t i = 0; i < one->it.missing.count; i++)
        if (!is_brought(&all, one->it.missing.at[i], asked)) {
            problem_add(it->arena, problems, one->it.missing.at[i], N_("Add the file"), STR_NONE, STR_NONE, STR_NONE);
            good = false;
        }
    return good;
}

static Instant asked_at(const EntryList *entries, EntryKind kind)
{
    for (size_t i = entries->count; i-- > 0;)
        if (entries->at[i].kind == kind)
            return entries->at[i].at;
    return (Instant){ INT64_MAX };
}

static Str supplement_body(Arena *arena, const Supplement *supplement, int64_t account, int32_t k, Str note)
{
    Text json = text_begin(arena, SIZE_MAX);
    text_printf(&json, "{\"by\":%lld,\"for\":%d,\"note\":", (long long)account, k);
    json_put(&json, note);
    text_put(&json, S(",\"answers\":{"));
    text_put(&json, text_str(&supplement->answers));
    text_put(&json, S("},\"evidence\":["));
    text_put(&json, text_str(&supplement->evidence));
    text_put(&json, S("],\"replaced\":["));
    text_put(&json, text_str(&supplement->replaced));
    text_put(&json, S("]}"));
    return text_str(&json);
}

Verdict desk_supply(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int32_t k, const Form *form, Instant now,
                    Change *change, Problems *problems)
{
    Dossier it;
    Verdict verdict;
    if (!open_owned(desk, arena, actor, application, now, change, &it, &verdict))
        return verdict;
    OpenCase *one = dossier_case(&it, k);
    if (!one)
        return VERDICT_NOT_FOUND;
    EntryKind kind = one->it.state == CASE_DEFICIENT ? ENTRY_CURE : ENTRY_SUPPLY;
    if (!case_step(one->it.state, kind, ROLE_APPLICANT)) {
        /* What the clock did meanwhile is worth keeping, although the correction came too late. */
        dossier_finish(&it);
        return VERDICT_NOT_NOW;
    }
    Str note = str_trim(form_get(form, S("note")));
    if (utf8_length(note) > NOTE_MAX) {
        problem_add(arena, problems, S("note"), N_("The note must have at most %1 characters"), S("2000"), STR_NONE, STR_NONE);
        return VERDICT_PROBLEMS;
    }
    Supplement supplement = { text_begin(arena, SIZE_MAX), text_begin(arena, SIZE_MAX), text_begin(arena, SIZE_MAX), false };
    EntryList entries = store_entries(desk->store, arena, it.row.area, application, k);
    const bool curing = kind == ENTRY_CURE;
    const CorrectionItems items = curing ? (CorrectionItems){ 0 } : notice_items(arena, &entries);
    const Instant asked = asked_at(&entries, curing ? ENTRY_ACCEPT_DEFICIENT : ENTRY_ASK);
    bool good = curing ? all_followed(&it, one, asked, problems)
                       : read_corrections(&it, &items, asked, form, actor->language, note.len > 0, &supplement, problems);
    if (!good)
        return VERDICT_PROBLEMS;
    take_files(&it, one, &items, &supplement);
    if (supplement.any || note.len)
        dossier_append_own(&it, entry_draft(ENTRY_SUPPLEMENT, ROLE_APPLICANT, STR_NONE,
                                            supplement_body(arena, &supplement, actor->account.id, k, note)));
    dossier_append(&it, one, entry_draft(kind, ROLE_APPLICANT, STR_NONE, body_by(arena, actor->account.id)));
    dossier_finish(&it);
    return VERDICT_OK;
}

bool desk_is_late(const CaseView *one, Date today)
{
    if (!one->service || !case_penalty_rule(one->service->procedure, today) || !case_permits(&one->it, ENTRY_DEFAULT, ROLE_APPLICANT))
        return false;
    for (size_t i = 0; i < one->clocks.count; i++) {
        const Clock *clock = &one->clocks.at[i];
        if (clock->kind == CLOCK_STATUTORY && clock->running && date_is_set(clock->due.date) && date_compare(today, clock->due.date) > 0)
            return true;
    }
    return false;
}

Verdict desk_default(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int32_t k, Instant now, Change *change)
{
    Dossier it;
    Verdict verdict;
    if (!open_owned(desk, arena, actor, application, now, change, &it, &verdict))
        return verdict;
    OpenCase *one = dossier_case(&it, k);
    if (!one)
        return VERDICT_NOT_FOUND;
    const CaseView seen = { .service = one->service, .it = one->it, .clocks = dossier_clocks(&it, one) };
    const bool late = desk_is_late(&seen, it.today);
    if (late)
        dossier_append(&it, one, entry_draft(ENTRY_DEFAULT, ROLE_APPLICANT, STR_NONE, body_by(arena, actor->account.id)));
    dossier_finish(&it);
    return late ? VERDICT_OK : VERDICT_NOT_NOW;
}

Verdict desk_withdraw(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int32_t k, Instant now, Change *change)
{
    Dossier it;
    Verdict verdict;
    if (!open_owned(desk, arena, actor, application, now, change, &it, &verdict))
        return verdict;
    bool any = false;
    for (size_t i = 0; i < it.cases.count; i++) {
        OpenCase *one = &it.cases.at[i];
        if ((k != 0 && one->row.k != k) || !one->service || !case_step(one->it.state, ENTRY_WITHDRAW, ROLE_APPLICANT))
            continue;
        dossier_append(&it, one, entry_draft(ENTRY_WITHDRAW, ROLE_APPLICANT, STR_NONE, body_by(arena, actor->account.id)));
        any = true;
    }
    dossier_follow(&it);
    dossier_finish(&it);
    return any ? VERDICT_OK : VERDICT_NOT_NOW;
}

Verdict desk_rate(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, int32_t k, const Form *form, Instant now,
                  Change *change, Problems *problems)
{
    Dossier it;
    Verdict verdict;
    if (!open_owned(desk, arena, actor, application, now, change, &it, &verdict))
        return verdict;
    OpenCase *one = dossier_case(&it, k);
    if (!one)
        return VERDICT_NOT_FOUND;
    if (!case_step(one->it.state, ENTRY_RATE, ROLE_APPLICANT))
        return VERDICT_NOT_NOW;
    Str grade = form_get(form, S("grade")), text = str_trim(form_get(form, S("text")));
    if (grade.len != 1 || grade.data[0] < '1' || grade.data[0] > '5')
        problem_add(arena, problems, S("grade"), N_("Select a grade"), STR_NONE, STR_NONE, STR_NONE);
    if (utf8_length(text) > NOTE_MAX)
        problem_add(arena, problems, S("text"), N_("The note must have at most %1 characters"), S("2000"), STR_NONE, STR_NONE);
    if (problems->count)
        return VERDICT_PROBLEMS;
    Text body = text_begin(arena, SIZE_MAX);
    text_printf(&body, "{\"by\":%lld,\"text\":", (long long)actor->account.id);
    json_put(&body, text);
    text_char(&body, '}');
    dossier_append(&it, one, entry_draft(ENTRY_RATE, ROLE_APPLICANT, grade, text_str(&body)));
    dossier_finish(&it);
    return VERDICT_OK;
}
