/* Sent: the confirmation and the receipt. Both are permanent addresses; the confirmation tells what happens next as it
 * stands now, the receipt what was sent, as the journal has it. */
#include "web/application.h"
#include "web/pages.h"

static bool open_sent(Request *request, ApplicationView *view, Reply *reply)
{
    int64_t application;
    Verdict verdict = VERDICT_NOT_FOUND;
    if (page_reference(request, request->args[0], &application))
        verdict = desk_application(request->desk, request->arena, &request->actor, USE_APPLICATION, application,
                                   request->now, view);
    if (verdict == VERDICT_OK)
        return true;
    *reply = verdict == VERDICT_NOT_NOW ? apply_onward(request, false) : apply_refuse(request, verdict);
    return false;
}

static ApplyPage sent_page(Request *request, const ApplicationView *view, const char *title)
{
    ApplyPage page = { .layout = page_layout(request, title, false),
                       .reference = view->reference,
                       .csrf = request->csrf };
    page.layout.section = page_texts(request, view->event->name);
    return page;
}

/* "K7M-2QF-9TD" as it is read over the telephone: every character apart. */
static Str spoken_reference(Request *request, Str reference)
{
    Text spoken = text_begin(request->arena, 4 * reference.len + 1);
    for (size_t i = 0; i < reference.len; i++) {
        if (i)
            text_char(&spoken, ' ');
        text_put(&spoken, reference.data[i] == '-' ? S("·") : str_slice(reference, i, i + 1));
    }
    return text_str(&spoken);
}

static NextRow next_row(Request *request, const ApplicationView *view, const CaseView *one)
{
    const bool refused = one->it.state == CASE_REFUSED || one->it.state == CASE_DECLINED;
    NextRow row = { .service = one->service, .expected = DATE_NONE };
    /* The reasons of a refusal stand on the application's page. */
    row.words = refused ? state_words(request, one->it.state, READER_APPLICANT) : state_sentence(request, view, one);
    const Clock *clock = clocks_first(&one->clocks, one->it.state == CASE_CORRECTION);
    row.has_clock = clock != NULL;
    if (clock)
        row.clock = clock_view(request, view, one, clock);
    else if (!case_state_is_final(one->it.state) && date_is_set(state_expected(view, one)))
        row.expected = state_expected(view, one);
    return row;
}

/* GET /apply/{reference}/sent */
Reply page_sent(Request *request)
{
    ApplicationView view;
    Reply reply;
    if (!open_sent(request, &view, &reply))
        return reply;
    SentPage p = { .page = sent_page(request, &view, N_("Your application is sent")),
                   .view = &view,
                   .spoken = spoken_reference(request, view.reference) };
    for (size_t i = 0; i < view.cases.count; i++)
        if (view.cases.at[i].service)
            list_push(request->arena, &p.rows, next_row(request, &view, &view.cases.at[i]));
    for (size_t i = 0; i < view.event->duties.count; i++) {
        const Duty *duty = &view.event->duties.at[i];
        list_push(request->arena, &p.duties,
                  (LeftOutRow){ .name = duty->name, .law = words_laws(request, &duty->legal) });
    }
    Html out = page_begin(request);
    html_sent(&out, &p);
    return reply_html(request, 200, &out);
}

/* ---- the receipt --------------------------------------------------------------------------------------- */

static Str hex_of(Request *request, const Hash *hash)
{
    Text hex = text_begin(request->arena, 2 * sizeof hash->bytes);
    text_hash(&hex, hash);
    return text_str(&hex);
}

static Str zone_name(Request *request, int32_t offset_minutes)
{
    const int32_t minutes = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    return str_printf(request->arena, "%c%02d:%02d", offset_minutes < 0 ? '-' : '+', (int)(minutes / 60),
                      (int)(minutes % 60));
}

/* The files that were there at the moment of sending, also those that a correction replaced since. */
static void list_files(Request *request, const ApplicationView *view, ReceiptPage *p)
{
    for (size_t i = 0; i < view->evidence.count; i++) {
        const Evidence *file = &view->evidence.at[i];
        if (file->k != 0 || file->at.us > view->row.sent_at.us || file->state == EVIDENCE_PENDING)
            continue;
        const EvidenceType *type = pack_evidence(view->pack, file->type);
        list_push(request->arena, &p->files,
                  (ReceiptFile){ .slot = type ? page_texts(request, type->name) : STR_NONE,
                                 .name = file->name,
                                 .hash = hex_of(request, &file->file) });
    }
}

static void list_declared(Request *request, const ApplicationView *view, ReceiptPage *p)
{
    const EvidenceList none = { 0 };
    for (size_t i = 0; i < view->plan->slots.count; i++) {
        const Slot *slot = &view->plan->slots.at[i];
        if (slot->source == SOURCE_DECLARED && !draft_file(&view->evidence, slot))
            list_push(request->arena, &p->declared, evidence_row(request, &none, slot));
    }
}

/* GET /apply/{reference}/receipt */
Reply page_receipt(Request *request)
{
    ApplicationView view;
    Reply reply;
    if (!open_sent(request, &view, &reply))
        return reply;
    ReceiptPage p = { .page = sent_page(request, &view, N_("Receipt")),
                      .view = &view,
                      .zone = zone_name(request, view.pack->utc_offset_minutes),
                      .head = hex_of(request, &view.row.head) };
    p.page.layout.back = str_printf(request->arena, "/apply/%.*s/sent", STR_ARGS(view.reference));
    const AnswerList sent = answers_sent(request->arena, &view.entries);
    p.groups = answer_groups(request, view.pack, view.event, view.plan, &sent);
    list_files(request, &view, &p);
    list_declared(request, &view, &p);
    Html out = page_begin(request);
    html_receipt(&out, &p);
    return reply_html(request, 200, &out);
}
