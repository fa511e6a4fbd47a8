/* The page of an application: what became of it at every authority, and what its owner must or may do. */
#include "web/application.h"

#include "web/pages.h"
#include "web/rate.h"
#include "web/words.h"

enum { NEWEST = 12 };                              /* entries on the page; the whole story has a page of its own */

static const struct {
    Str done;                                      /* of the redirect's ?done= */
    const char *words;
} NOTICES[] = {
    { S("corrected"), N_("Your corrections were sent. The authority has them now.") },
    { S("followed"), N_("What was to follow was sent. The authority has it now.") },
    { S("late"), N_("Your corrections came after the term. Below stands what you can do now.") },
    { S("withdrawn"), N_("Withdrawn. Nothing more happens there.") },
    { S("noticed"), N_("The authority has your notice that the decision is late.") },
    { S("rated"), N_("Thank you. Your rating was sent.") },
};

bool application_open(Request *request, ApplicationView *view, Reply *reply)
{
    int64_t application;
    Verdict verdict = VERDICT_NOT_FOUND;
    if (page_reference(request, request->args[0], &application))
        verdict = desk_application(request->desk, request->arena, &request->actor, USE_APPLICATION, application, request->now, view);
    if (verdict == VERDICT_OK)
        return true;
    /* A draft is filled in on its own pages; whose application it is not, may have its second secret. */
    if (verdict == VERDICT_NOT_NOW)
        *reply = reply_redirect(request, "/apply/%.*s", STR_ARGS(request->args[0]));
    else
        *reply = apply_refuse(request, verdict);
    return false;
}

bool application_open_case(Request *request, ApplicationView *view, const CaseView **one, Reply *reply)
{
    int64_t k = 0;
    if (!application_open(request, view, reply))
        return false;
    *one = str_to_i64(request->args[1], &k) && k > 0 && k <= INT32_MAX ? application_case(view, (int32_t)k) : NULL;
    if (*one && (*one)->service)
        return true;
    *reply = reply_not_found(request);
    return false;
}

Str application_url(Request *request, const ApplicationView *view)
{
    return str_printf(request->arena, "/applications/%.*s", STR_ARGS(view->reference));
}

Str application_name(Request *request, const ApplicationView *view)
{
    return view->row.label.len ? view->row.label : page_texts(request, view->event->name);
}

/* ---- one authority's card ------------------------------------------------------------------------------------------------ */

static Str case_url(Request *request, const ApplicationView *view, const char *what, int32_t k)
{
    return str_printf(request->arena, "/applications/%.*s/%s/%d", STR_ARGS(view->reference), what, k);
}

static void add_results(Request *request, const ApplicationView *view, CaseCard *card)
{
    for (size_t i = 0; i < view->evidence.count; i++) {
        const Evidence *row = &view->evidence.at[i];
        if (row->k != card->one->row.k || row->state != EVIDENCE_CURRENT)
            continue;
        const EvidenceType *type = pack_evidence(view->pack, row->type);
        list_push(request->arena, &card->results,
                  (ResultLink){ .name = type ? page_texts(request, type->name) : row->name, .number = row->name,
                                .url = str_printf(request->arena, "/applications/%.*s/documents/%lld", STR_ARGS(view->reference),
                                                  (long long)row->id) });
    }
}

static void add_reasons(Request *request, const ApplicationView *view, CaseCard *card)
{
    const CaseView *one = card->one;
    const CaseState state = one->it.state;
    static const EntryKind ENDINGS[CASE_STATE_COUNT] = { [CASE_REFUSED] = ENTRY_REFUSE, [CASE_DECLINED] = ENTRY_DECLINE,
                                                         [CASE_REVOKED] = ENTRY_REVOKE, [CASE_CANCELLED] = ENTRY_CANCEL };
    const EntryKind kind = ENDINGS[state];
    if (kind == ENTRY_NONE)
        return;
    const Entry *entry = entry_newest(&one->entries, kind);
    card->quote = entry ? entry_said(request->arena, entry, S("reason")) : STR_NONE;
    card->remedies = words_remedies(request, view->pack, one->service->procedure, one->it.ended);
    card->law = words_laws(request, words_law_of_ending(one->service->procedure, kind));
}

static void add_actions(Request *request, const ApplicationView *view, CaseCard *card)
{
    const CaseView *one = card->one;
    const CaseState state = one->it.state;
    if (case_step(state, ENTRY_SUPPLY, ROLE_APPLICANT))
        card->action = page_tr(request, N_("Send the corrections"));
    else if (case_step(state, ENTRY_CURE, ROLE_APPLICANT))
        card->action = page_tr(request, N_("Bring what is missing"));
    if (card->action.len)
        card->action_url = case_url(request, view, "correct", one->row.k);
    if (case_step(state, ENTRY_WITHDRAW, ROLE_APPLICANT))
        card->withdraw_url = case_url(request, view, "withdraw", one->row.k);
    if (desk_is_late(one, view->today))
        card->late_url = case_url(request, view, "late", one->row.k);
    if (case_step(state, ENTRY_RATE, ROLE_APPLICANT))
        card->rate_url = case_url(request, view, "rate", one->row.k);
    card->rated = rate_words(request, one->it.rating);
}

static CaseCard card_of(Request *request, const ApplicationView *view, const CaseView *one)
{
    CaseCard card = { .one = one, .name = page_texts(request, one->service->name),
                      .authority = page_texts(request, one->service->authority->name),
                      .state = state_words(request, one->it.state, READER_APPLICANT), .look = state_look(one, view->today),
                      .sentence = state_sentence(request, view, one), .next = clock_next_words(request, one, false) };
    for (size_t i = 0; i < one->clocks.count; i++)
        if (one->clocks.at[i].running)
            list_push(request->arena, &card.clocks, clock_view(request, view, one, &one->clocks.at[i]));
    add_results(request, view, &card);
    add_reasons(request, view, &card);
    add_actions(request, view, &card);
    return card;
}

/* ---- the page ---------------------------------------------------------------------------------------------------------------- */

static Str notice_of(Request *request)
{
    for (size_t i = 0; i < COUNT_OF(NOTICES); i++)
        if (str_equal(request->notice, NOTICES[i].done))
            return page_tr(request, NOTICES[i].words);
    return STR_NONE;
}

static ApplicationPage page_of(Request *request, const ApplicationView *view)
{
    ApplicationPage p = { .layout = page_layout(request, N_("Your application"), false), .notice = notice_of(request),
                          .name = application_name(request, view), .event = page_texts(request, view->event->name),
                          .reference = view->reference, .url = application_url(request, view), .sent_at = view->row.sent_at,
                          .sent_on = date_in_zone(view->row.sent_at, view->pack->utc_offset_minutes), .finish = state_finish(view) };
    p.layout.title = p.name;
    p.layout.section = p.event;
    p.layout.back = request->actor.account.id ? S("/home") : S("/");
    p.timeline = timeline_of(request, view, READER_APPLICANT, 0);
    p.steps = (int64_t)p.timeline.count;
    return p;
}

/* GET /applications/{reference} */
Reply page_application(Request *request)
{
    ApplicationView view;
    Reply reply;
    if (!application_open(request, &view, &reply))
        return reply;
    ApplicationPage p = page_of(request, &view);
    for (size_t i = 0; i < view.cases.count; i++)
        if (view.cases.at[i].service)
            list_push(request->arena, &p.cards, card_of(request, &view, &view.cases.at[i]));
    for (size_t i = 0; i < p.cards.count; i++) {
        const CaseCard *card = &p.cards.at[i];
        p.all++;
        p.done += case_state_is_final(card->one->it.state);
        p.may_withdraw |= card->withdraw_url.len > 0;
        if (card->action_url.len)
            list_push(request->arena, &p.waiting, card);
    }
    if (p.timeline.count > NEWEST)
        p.timeline.count = NEWEST;
    const Lanes lanes = state_lanes(request, &view);
    p.picture = lanes_picture(request->arena, words_language(request), &lanes, view.today);
    Html out = page_begin(request);
    html_application(&out, &p);
    return reply_html(request, 200, &out);
}

/* GET /applications/{reference}/sent-in */
Reply page_handed_in(Request *request)
{
    ApplicationView view;
    Reply reply;
    if (!application_open(request, &view, &reply))
        return reply;
    ApplicationPage p = page_of(request, &view);
    p.layout.title = page_tr(request, N_("What you sent"));
    p.layout.section = p.name;
    p.layout.back = p.url;
    p.sent = handed_in(request, &view);
    Html out = page_begin(request);
    html_application_sent(&out, &p);
    return reply_html(request, 200, &out);
}

/* GET /applications/{reference}/steps */
Reply page_application_steps(Request *request)
{
    ApplicationView view;
    Reply reply;
    if (!application_open(request, &view, &reply))
        return reply;
    ApplicationPage p = page_of(request, &view);
    p.layout.title = page_tr(request, N_("Everything that happened"));
    p.layout.section = p.name;
    p.layout.back = p.url;
    Html out = page_begin(request);
    html_application_steps(&out, &p);
    return reply_html(request, 200, &out);
}
