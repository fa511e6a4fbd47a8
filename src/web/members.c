/* A question with a list for an answer: everybody who is in it, each on a page of their own. The list counts only after
 * "That is everybody", so that the plan never takes half a list for the whole. */
#include "web/apply.h"
#include "web/pages.h"

static Str list_url(Request *request, const Draft *draft, const Fact *fact)
{
    return str_printf(request->arena, "/apply/%.*s/questions/%.*s%s", STR_ARGS(draft->reference), STR_ARGS(fact->id),
                      apply_from_check(request) ? "?from=check" : "");
}

Reply members_page(Request *request, const Draft *draft, const Fact *fact)
{
    int64_t least = 0;
    MembersPage p = { .fact = fact,
                      .section = question_section(draft, fact),
                      .why = question_why(request, draft, fact) };
    p.page = apply_page(request, draft, page_texts(request, fact->question), question_back(request, draft, fact));
    p.may_be_empty = !str_to_i64(fact->min, &least) || least == 0;
    const Answer *list = draft_list(request->arena, draft, fact->id);
    for (size_t i = 0; list && i < list->members.count; i++) {
        const Member *member = &list->members.at[i];
        list_push(request->arena, &p.members,
                  (MemberRow){ .id = member->id,
                               .name = words_member(request, fact, member, i),
                               .answers = words_member_answers(request, fact, member) });
    }
    Html out = page_begin(request);
    html_members(&out, &p);
    return apply_show(request, &p.page, &out);
}

Reply members_done(Request *request, int64_t application, const Draft *draft, const Fact *fact)
{
    Verdict verdict = desk_members_done(request->desk, request->arena, &request->actor, application, fact->id,
                                        request->now, request->change, &request->problems);
    if (verdict == VERDICT_PROBLEMS)
        return members_page(request, draft, fact);
    return verdict == VERDICT_OK ? apply_onward(request, apply_from_check(request)) : apply_refuse(request, verdict);
}

/* ---- one member ---------------------------------------------------------------------------------------- */

typedef struct Opened {
    int64_t application;
    Draft draft;
    const Fact *fact;
    const Member *member; /* NULL: a new one */
    size_t index;
} Opened;

/* The list and the member that the path names. A member who was removed in another tab leads back to the list. */
static bool open_member(Request *request, Opened *it, Reply *reply)
{
    if (!apply_open(request, &it->application, &it->draft, reply))
        return false;
    it->fact = pack_fact(it->draft.pack, request->args[1]);
    if (!it->fact || it->fact->kind != FACT_LIST) {
        *reply = reply_not_found(request);
        return false;
    }
    if (!draft_asks(&it->draft, it->fact)) {
        *reply = apply_next(request, &it->draft, apply_from_check(request));
        return false;
    }
    if (str_equal(request->args[2], S("new")))
        return true;
    const Answer *list = draft_list(request->arena, &it->draft, it->fact->id);
    for (size_t i = 0; list && i < list->members.count; i++)
        if (str_equal(list->members.at[i].id, request->args[2])) {
            it->member = &list->members.at[i];
            it->index = i;
        }
    if (!it->member)
        *reply = reply_redirect(request, "%.*s", STR_ARGS(list_url(request, &it->draft, it->fact)));
    return it->member != NULL;
}

/* Identity of the last member; empty when there is none. */
static Str last_member(Request *request, const Opened *it)
{
    const Answer *list = draft_list(request->arena, &it->draft, it->fact->id);
    return list && list->members.count ? list->members.at[list->members.count - 1].id : STR_NONE;
}

static Reply member_page(Request *request, const Opened *it)
{
    const Str kind = page_texts(request, it->fact->member);
    MemberPage p = { .fact = it->fact, .member = request->args[2], .last = last_member(request, it) };
    if (request->method == METHOD_POST)
        p.last = form_get(&request->form, S("last"));
    if (it->member)
        p.heading = text_in(request->arena, words_language(request), "Change: %1",
                            words_member(request, it->fact, it->member, it->index));
    else
        p.heading = last_member(request, it).len
                        ? text_in(request->arena, words_language(request), "Add another %1", kind)
                        : text_in(request->arena, words_language(request), "Add the first %1", kind);
    p.page = apply_page(request, &it->draft, p.heading, list_url(request, &it->draft, it->fact));
    for (size_t i = 0; i < it->fact->fields.count; i++) {
        const Fact *field = it->fact->fields.at[i];
        const Answer *stored = it->member ? answers_find(&it->member->fields, field->id) : NULL;
        list_push(request->arena, &p.fields, question_field(request, field, stored, &p.page.errors, false));
        question_errors_point(request, field, &p.page.errors);
    }
    Html out = page_begin(request);
    html_member(&out, &p);
    return apply_show(request, &p.page, &out);
}

/* GET /apply/{reference}/questions/{fact}/{member} */
Reply page_member(Request *request)
{
    Opened it = { 0 };
    Reply reply;
    return open_member(request, &it, &reply) ? member_page(request, &it) : reply;
}

/* POST /apply/{reference}/questions/{fact}/{member} */
Reply act_member(Request *request)
{
    Opened it = { 0 };
    Reply reply;
    if (!open_member(request, &it, &reply))
        return reply;
    Verdict verdict = desk_member(request->desk, request->arena, &request->actor, it.application, it.fact->id,
                                  it.member ? it.member->id : STR_NONE, &request->form, request->now, request->change,
                                  &request->problems);
    const bool leaves = form_has(&request->form, S("leave"));
    if (verdict == VERDICT_PROBLEMS && leaves)
        return reply_redirect(request, "/apply/%.*s/saved?open=%.*s", STR_ARGS(it.draft.reference),
                              STR_ARGS(it.fact->id));
    if (verdict == VERDICT_PROBLEMS)
        return member_page(request, &it);
    if (verdict == VERDICT_OK && leaves)
        return reply_redirect(request, "/apply/%.*s/saved", STR_ARGS(it.draft.reference));
    return verdict == VERDICT_OK ? reply_redirect(request, "%.*s", STR_ARGS(list_url(request, &it.draft, it.fact)))
                                 : apply_refuse(request, verdict);
}

/* GET /apply/{reference}/questions/{fact}/{member}/remove */
Reply page_member_remove(Request *request)
{
    Opened it = { 0 };
    Reply reply;
    if (!open_member(request, &it, &reply))
        return reply;
    if (!it.member)
        return reply_not_found(request);
    const Str name = words_member(request, it.fact, it.member, it.index), back = list_url(request, &it.draft, it.fact);
    ConfirmPage p = { .heading = text_in(request->arena, words_language(request), "Do you want to remove %1?", name),
                      .warning = page_tr(request, N_("Answers and files for this entry will be deleted.")),
                      .button = text_in(request->arena, words_language(request), "Remove %1", name),
                      .action = request->path,
                      .cancel = back };
    p.page = apply_page(request, &it.draft, p.heading, back);
    Html out = page_begin(request);
    html_confirm(&out, &p);
    return apply_show(request, &p.page, &out);
}

/* POST /apply/{reference}/questions/{fact}/{member}/remove */
Reply act_member_remove(Request *request)
{
    Opened it = { 0 };
    Reply reply;
    if (!open_member(request, &it, &reply))
        return reply;
    if (!it.member)
        return reply_not_found(request);
    Verdict verdict = desk_member_drop(request->desk, request->arena, &request->actor, it.application, it.fact->id,
                                       request->args[2], request->now, request->change);
    return verdict == VERDICT_OK ? reply_redirect(request, "%.*s", STR_ARGS(list_url(request, &it.draft, it.fact)))
                                 : apply_refuse(request, verdict);
}
