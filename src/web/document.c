/* Files and documents. A file is shown as it came, because the applicant and the officer must see the same; what an authority issued is
 * data, and the page is made from it anew for each reader, so that it is in the reader's language. */
#include "web/document.h"

#include "web/pages.h"
#include "web/words.h"

/* The file that the path names; false with the page that says why not. */
static bool open_file(Request *request, Evidence *row, Str *content, Reply *reply)
{
    int64_t application, file = 0;
    Verdict verdict = VERDICT_NOT_FOUND;
    if (page_reference(request, request->args[0], &application) && str_to_i64(request->args[1], &file))
        verdict = desk_file(request->desk, request->arena, &request->actor, application, file, row, content);
    if (verdict == VERDICT_OK)
        return true;
    *reply = reply_verdict(request, verdict);
    return false;
}

static bool is_issued(const Evidence *row)
{
    return row->k > 0 && str_equal(row->media_type, S("application/json"));
}

static Reply file_reply(Request *request, const char *pages)
{
    Evidence row;
    Str content;
    Reply reply;
    if (!open_file(request, &row, &content, &reply))
        return reply;
    if (is_issued(&row))
        return reply_redirect(request, "/%s/%.*s/documents/%lld", pages, STR_ARGS(request->args[0]), (long long)row.id);
    return (Reply){ .status = 200, .type = row.media_type, .body = content };
}

/* GET /applications/{reference}/files/{evidence} */
Reply page_file(Request *request)
{
    return file_reply(request, "applications");
}

/* GET /office/{reference}/files/{evidence} */
Reply page_office_file(Request *request)
{
    return file_reply(request, "office");
}

static Date date_of_json(const Json *json, Str key)
{
    Date date;
    return date_parse(json_text(json, key), &date) ? date : DATE_NONE;
}

/* False for what is no document of this pack. */
static bool document_read(Request *request, const Pack *pack, Str content, DocumentPage *p)
{
    Errors errors = errors_begin(request->arena);
    const Json *json = json_parse(request->arena, content, &errors);
    const EvidenceType *type = json ? pack_evidence(pack, json_text(json, S("type"))) : NULL;
    const Service *service = json ? pack_service(pack, json_text(json, S("service"))) : NULL;
    if (!type || !service)
        return false;
    p->name = page_texts(request, type->name);
    p->service = page_texts(request, service->name);
    p->authority = page_texts(request, service->authority->name);
    p->holder = json_text(json, S("holder"));
    p->number = json_text(json, S("number"));
    p->issued = date_of_json(json, S("issued"));
    p->valid_until = date_of_json(json, S("valid-until"));
    p->law = words_laws(request, &service->legal);
    return true;
}

static Reply document_reply(Request *request, Use use, const char *pages)
{
    Evidence row;
    Str content;
    Reply reply;
    ApplicationView view;
    DocumentPage p = { .layout = page_layout(request, N_("Document"), false) };
    if (!open_file(request, &row, &content, &reply))
        return reply;
    Verdict verdict = desk_application(request->desk, request->arena, &request->actor, use, row.application, request->now, &view);
    if (verdict != VERDICT_OK)
        return reply_verdict(request, verdict);
    if (!is_issued(&row) || !document_read(request, view.pack, content, &p))
        return reply_not_found(request);
    p.layout.title = p.name;
    p.layout.section = view.reference;
    p.layout.back = use == USE_APPLICATION ? str_printf(request->arena, "/applications/%.*s", STR_ARGS(view.reference)) : S("/office");
    p.json_url = str_printf(request->arena, "/%s/%.*s/documents/%lld/data", pages, STR_ARGS(view.reference), (long long)row.id);
    Html out = page_begin(request);
    html_document(&out, &p);
    return reply_html(request, 200, &out);
}

/* GET /applications/{reference}/documents/{evidence} */
Reply page_document(Request *request)
{
    return document_reply(request, USE_APPLICATION, "applications");
}

/* GET /office/{reference}/documents/{evidence} */
Reply page_office_document(Request *request)
{
    return document_reply(request, USE_CASE_READ, "office");
}

/* GET …/documents/{evidence}/data */
Reply page_document_data(Request *request)
{
    Evidence row;
    Str content;
    Reply reply;
    if (!open_file(request, &row, &content, &reply))
        return reply;
    if (!is_issued(&row))
        return reply_not_found(request);
    return (Reply){ .status = 200, .type = row.media_type, .body = content,
                    .download = str_printf(request->arena, "%.*s.json", STR_ARGS(row.name)) };
}
