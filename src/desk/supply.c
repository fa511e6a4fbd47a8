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

static void change_answer(Dossier *it, Supplement *supplement, const Fact *fact, Str text)
{
    Answer *answer = NULL;
    for (size_t i = 0; i < it->answers.count; i++)
        if (str_equal(it->answers.at[i].fact, fact->id))
            answer = &it->answers.at[i];
    if (answer && str_equal(answer->text, text))
        return;
    if (!answer) {
        answer = list_add(it->arena, &it->answers);
        answer->fact = fact->id;
    }
    if (supplement->answers.len)
        text_char(&supplement->answers, ',');
    json_put(&supplement->answers, fact->id);
    text_put(&supplement->answers, S(":["));
    json_put(&supplement->answers, answer->text);
    text_char(&supplement->answers, ',');
    json_put(&supplement->answers, text);
    text_char(&supplement->answers, ']');
    answer->text = text;
    supplement->any = true;
}

/* Puts the files that stand aside into force, each in the place of what it replaces. */
static void take_files(Dossier *it, Supplement *supplement)
{
    EvidenceList all = store_evidence(it->desk->store, it->arena, it->row.area, it->row.id);
    for (size_t i = 0; i < all.count; i++) {
        Evidence *fresh = &all.at[i];
        if (fresh->state != EVIDENCE_PENDING)
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

static bool has_pending(const EvidenceList *all, Str slot)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].state == EVIDENCE_PENDING && str_equal(all->at[i].slot, slot))
            return true;
    return false;
}

/* Reads the answers that the notice asks for; every line of it must be met, or the note says why not. */
static bool read_corrections(Dossier *it, const CorrectionItems *items, const Form *form, int language, bool explained,
                             Supplement *supplement, Problems *problems)
{
    bool good = true;
    EvidenceList all = store_evidence(it->desk->store, it->arena, it->row.area, it->row.id);
    for (size_t i = 0; i < items->count; i++) {
        const CorrectionItem *item = &items->at[i];
        if (item->slot.len && !has_pending(&all, item->slot) && !explained) {
            problem_add(it->arena, problems, item->slot, N_("Add the new file, or say in the note why not"), STR_NONE, STR_NONE, STR_NONE);
            good = false;
        }
        const Fact *fact = item->fact.len ? pack_fact(it->pack, item->fact) : NULL;
        if (fact && fact->kind != FACT_LIST) {
            Str text;
            if (answer_read(it->arena, fact, form, it->today, language, &text, problems))
                change_answer(it, supplement, fact, text);
            else
                good = false;
        }
    }
    return good;
}

/* What may follow after acceptance must be there now: each place has a file. */
static bool all_followed(Dossier *it, const OpenCase *one, Problems *problems)
{
    bool good = true;
    EvidenceList all = store_evidence(it->desk->store, it->arena, it->row.area, it->row.id);
    for (size_t i = 0; i < one->it.missing.count; i++)
        if (!has_pending(&all, one->it.missing.at[i])) {
            problem_add(it->arena, problems, one->it.missing.at[i], N_("Add the file"), STR_NONE, STR_NONE, STR_NONE);
            good = false;
        }
    return good;
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
    CorrectionItems items = notice_items(arena, &entries);
    bool good = kind == ENTRY_CURE ? all_followed(&it, one, problems)
                                   : read_corrections(&it, &items, form, actor->language, note.len > 0, &supplement, problems);
    if (!good)
        return VERDICT_PROBLEMS;
    take_files(&it, &supplement);
    if (supplement.any || note.len)
        dossier_append_own(&it, entry_draft(ENTRY_SUPPLEMENT, ROLE_APPLICANT, STR_NONE,
                                            supplement_body(arena, &supplement, actor->account.id, k, note)));
    dossier_append(&it, one, entry_draft(kind, ROLE_APPLICANT, STR_NONE, body_by(arena, actor->account.id)));
    dossier_finish(&it);
    return VERDICT_OK;
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
