/* Lists: an answer that is several people or things, each with fields of its own and an identity that never changes. In a draft each has
 * a page, and the list counts when it is said to be whole; in a correction all stand on one page. */
#include "desk/inside.h"

Member *answer_member(const Answer *list, Str id)
{
    for (size_t i = 0; i < list->members.count; i++)
        if (str_equal(list->members.at[i].id, id))
            return &list->members.at[i];
    return NULL;
}

/* While a list is being filled in, its answer stands aside under this name, so that the plan does not take it for complete. */
Str list_aside(Arena *arena, Str fact)
{
    return str_printf(arena, "%.*s?", STR_ARGS(fact));
}

static Answer *list_being_filled(Arena *arena, AnswerList *answers, Str fact)
{
    Answer *list = answer_at(arena, answers, list_aside(arena, fact));
    if (!list->is_list) {
        const Answer *done = answers_find(answers, fact);
        list->is_list = true;
        if (done)
            list->members = done->members;
    }
    return list;
}

const Answer *draft_list(Arena *arena, const Draft *draft, Str fact)
{
    const Answer *filling = answers_find(&draft->answers, list_aside(arena, fact));
    return filling ? filling : answers_find(&draft->answers, fact);
}

const Fact *member_field(Arena *arena, const Fact *field, Str member)
{
    Fact *named = arena_new(arena, Fact);
    *named = *field;
    named->id = str_printf(arena, "%.*s-%.*s", STR_ARGS(member), STR_ARGS(field->id));
    return named;
}

/* `named`: the fields carry the member's name, because others stand beside them in the form. */
static bool read_member(Arena *arena, const Fact *fact, const Form *form, const Pack *pack, Date today, int language, Str named,
                        Member *member, Problems *problems)
{
    bool good = true;
    AnswerList fields = { 0 };
    FactList shown = { 0 };
    for (size_t f = 0; f < fact->fields.count; f++) {
        const Fact *field = fact->fields.at[f];
        list_push(arena, &shown, named.len ? member_field(arena, field, named) : field);
        Answer answer = { .fact = field->id };
        good &= answer_read(arena, shown.at[f], form, today, language, &answer.text, problems);
        list_push(arena, &fields, answer);
    }
    member->fields = fields;
    Scope *facts = answers_scope(arena, pack, &fields);
    for (size_t f = 0; good && f < shown.count; f++)
        good &= answer_check(arena, shown.at[f], facts, language, problems);
    return good;
}

/* The form of a new member names the last one that stood in the list. Sent twice, the second finds a later one with the same name: it
 * is that one. Two people who were added in two tabs have different names. Asked here, of the state that the change will expect: a
 * page's own look at the list may be older. */
static Member *member_sent_twice(const Answer *list, const Fact *fact, const Form *form)
{
    if (list->members.count == 0 || !form_has(form, S("last")))
        return NULL;
    Member *last = &list->members.at[list->members.count - 1];
    const Str name = fact->fields.at[0]->id;
    const Answer *answer = answers_find(&last->fields, name);
    const bool same = answer && answer->text.len && str_equal(str_trim(form_get(form, name)), answer->text);
    return same && !str_equal(form_get(form, S("last")), last->id) ? last : NULL;
}

/* Opens the draft with this list of it, as it is being filled in. */
static Verdict list_edit(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str fact_id, Instant now, Editing *it,
                         const Fact **fact, Answer **list)
{
    const Verdict verdict = draft_edit(desk, arena, actor, application, now, it);
    if (verdict != VERDICT_OK)
        return verdict;
    *fact = pack_fact(it->draft.pack, fact_id);
    if (!*fact || (*fact)->kind != FACT_LIST)
        return VERDICT_NOT_FOUND;
    *list = list_being_filled(arena, &it->draft.answers, (*fact)->id);
    return VERDICT_OK;
}

/* A number that no other member of any list has or will have, so that a paper can never come to stand for somebody else. */
static Str new_identity(const Desk *desk, Arena *arena)
{
    return str_printf(arena, "m%lld", (long long)store_next_id(desk->store));
}

Verdict desk_member(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str fact_id, Str member_id,
                    const Form *form, Instant now, Change *change, Problems *problems)
{
    Editing it;
    const Fact *fact;
    Answer *list;
    Verdict verdict = list_edit(desk, arena, actor, application, fact_id, now, &it, &fact, &list);
    if (verdict != VERDICT_OK)
        return verdict;
    Member *member = member_id.len ? answer_member(list, member_id) : member_sent_twice(list, fact, form);
    if (member_id.len && !member)
        return VERDICT_NOT_FOUND;
    Member entered = { .id = member ? member->id : new_identity(desk, arena) };
    if (!read_member(arena, fact, form, it.draft.pack, desk_today(it.draft.pack, now), actor->language, STR_NONE, &entered,
                     problems))
        return VERDICT_PROBLEMS;
    if (member)
        *member = entered;
    else if (list->members.count >= LIST_MEMBERS_MAX) {
        problem_add(arena, problems, fact->id, N_("There can be at most %1 entries"), str_printf(arena, "%d", LIST_MEMBERS_MAX), STR_NONE,
                    STR_NONE);
        return VERDICT_PROBLEMS;
    } else
        list_push(arena, &list->members, entered);
    draft_keep(&it, arena, now, change);
    return VERDICT_OK;
}

Verdict desk_member_drop(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str fact_id, Str member_id, Instant now,
                         Change *change)
{
    Editing it;
    const Fact *fact;
    Answer *list;
    Verdict verdict = list_edit(desk, arena, actor, application, fact_id, now, &it, &fact, &list);
    if (verdict != VERDICT_OK)
        return verdict;
    Answer kept = { .fact = list->fact, .is_list = true };
    for (size_t i = 0; i < list->members.count; i++)
        if (!str_equal(list->members.at[i].id, member_id))
            list_push(arena, &kept.members, list->members.at[i]);
    *list = kept;
    Str tail = str_printf(arena, ":%.*s", STR_ARGS(member_id));
    for (size_t i = 0; i < it.draft.evidence.count; i++)
        if (str_ends(it.draft.evidence.at[i].slot, tail))
            change_evidence_drop(change, &it.draft.evidence.at[i]);
    draft_keep(&it, arena, now, change);
    return VERDICT_OK;
}

/* The list is whole: what stood aside goes. */
static void list_put_away(Arena *arena, AnswerList *answers, Str fact)
{
    AnswerList kept = { 0 };
    for (size_t i = 0; i < answers->count; i++)
        if (!str_equal(answers->at[i].fact, list_aside(arena, fact)))
            list_push(arena, &kept, answers->at[i]);
    *answers = kept;
}

static bool list_is_within(Arena *arena, const Fact *fact, size_t members, Problems *problems)
{
    int64_t least = 0, most = LIST_MEMBERS_MAX, count = (int64_t)members;
    bool bounded = (fact->min.len == 0 || str_to_i64(fact->min, &least)) && (fact->max.len == 0 || str_to_i64(fact->max, &most));
    must(bounded);
    if (count >= least && count <= most)
        return true;
    problem_add(arena, problems, fact->id, count < least ? N_("Add at least %1") : N_("There can be at most %1 entries"),
                str_printf(arena, "%lld", (long long)(count < least ? least : most)), STR_NONE, STR_NONE);
    return false;
}

Verdict desk_members_done(const Desk *desk, Arena *arena, const Actor *actor, int64_t application, Str fact_id, Instant now,
                          Change *change, Problems *problems)
{
    Editing it;
    const Fact *fact;
    Answer *list;
    Verdict verdict = list_edit(desk, arena, actor, application, fact_id, now, &it, &fact, &list);
    if (verdict != VERDICT_OK)
        return verdict;
    const Answer filled = *list;
    if (!list_is_within(arena, fact, filled.members.count, problems))
        return VERDICT_PROBLEMS;
    Answer *answer = answer_at(arena, &it.draft.answers, fact->id);
    answer->is_list = true;
    answer->members = filled.members;
    list_put_away(arena, &it.draft.answers, fact->id);
    if (!answer_check(arena, fact, answers_scope(arena, it.draft.pack, &it.draft.answers), actor->language, problems))
        return VERDICT_PROBLEMS;
    draft_keep(&it, arena, now, change);
    return VERDICT_OK;
}

/* ---- a list on one page, as a correction has it ------------------------------------------------------------------- */

static bool anything_entered(Arena *arena, Str member, const Form *form)
{
    const Str prefix = str_printf(arena, "%.*s-", STR_ARGS(member));
    for (size_t i = 0; i < form->count; i++)
        if (str_starts(form->at[i].name, prefix) && str_trim(form->at[i].value).len)
            return true;
    return false;
}

bool list_read(const Desk *desk, Arena *arena, const Pack *pack, const Fact *fact, const Answer *before, const Form *form, Date today,
               int language, Answer *after, Problems *problems)
{
    static const Str ADDED[LIST_ADDED_MAX] = { { "new1", 4 }, { "new2", 4 }, { "new3", 4 } };
    bool good = true;
    *after = (Answer){ .fact = fact->id, .is_list = true };
    for (size_t i = 0; before && i < before->members.count; i++) {
        Member member = { .id = before->members.at[i].id };
        if (form_has(form, str_printf(arena, "%.*s-drop", STR_ARGS(member.id))))
            continue;
        good &= read_member(arena, fact, form, pack, today, language, member.id, &member, problems);
        list_push(arena, &after->members, member);
    }
    for (size_t i = 0; i < LIST_ADDED_MAX; i++) {
        if (!anything_entered(arena, ADDED[i], form))
            continue;
        Member member = { .id = new_identity(desk, arena) };
        good &= read_member(arena, fact, form, pack, today, language, ADDED[i], &member, problems);
        list_push(arena, &after->members, member);
    }
    return list_is_within(arena, fact, after->members.count, problems) && good;
}
