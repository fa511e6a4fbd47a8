/* Which path is answered by which handler, and who may enter. A row a route; the first that fits is taken.
 *
 * The rows are searched one after the other: they are few, each is told from its first segments, and a table that a
 * person can read from the top is worth more than a tree. */
#include "web/exchange.h"
#include "web/pages.h"

const Route ROUTES[] = {
    /* what is no page */
    { METHOD_GET, "/assets/{}", page_asset, DOOR_OPEN },
    { METHOD_GET, "/health", page_health, DOOR_OPEN },

    /* for everybody */
    { METHOD_GET, "/", page_start, DOOR_OPEN },
    { METHOD_GET, "/search", page_search, DOOR_OPEN },
    { METHOD_GET, "/events/{}", page_event, DOOR_OPEN },
    { METHOD_GET, "/services/{}", page_service, DOOR_OPEN },
    { METHOD_GET, "/authorities/{}", page_authority, DOOR_OPEN },
    { METHOD_GET, "/track", page_track, DOOR_OPEN },
    { METHOD_POST, "/track", act_track, DOOR_OPEN },
    { METHOD_GET, "/help", page_help, DOOR_OPEN },
    { METHOD_GET, "/accessibility", page_accessibility, DOOR_OPEN },
    { METHOD_GET, "/privacy", page_privacy, DOOR_OPEN },
    { METHOD_GET, "/cookies", page_cookies, DOOR_OPEN },

    /* signing in and out */
    { METHOD_GET, "/sign-in", page_sign_in, DOOR_OPEN },
    { METHOD_POST, "/sign-in", act_sign_in, DOOR_OPEN, .slow = true },
    { METHOD_GET, "/register", page_register, DOOR_OPEN },
    { METHOD_POST, "/register", act_register, DOOR_OPEN, .slow = true },
    { METHOD_POST, "/sign-out", act_sign_out, DOOR_OPEN },

    /* from a wish to an application: open, because a draft needs no account; the desk asks whose it is */
    { METHOD_GET, "/resume", page_resume, DOOR_OPEN },
    { METHOD_POST, "/resume", act_resume, DOOR_OPEN },
    { METHOD_GET, "/apply", page_apply_start, DOOR_OPEN },
    { METHOD_POST, "/apply", act_apply, DOOR_OPEN },
    { METHOD_GET, "/apply/{}", page_apply, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/begun", page_apply_begun, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/saved", page_apply_saved, DOOR_OPEN },
    { METHOD_POST, "/apply/{}/secret", act_apply_secret, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/outcome", page_apply_outcome, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/questions/{}", page_question, DOOR_OPEN },
    { METHOD_POST, "/apply/{}/questions/{}", act_question, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/questions/{}/{}", page_member, DOOR_OPEN },
    { METHOD_POST, "/apply/{}/questions/{}/{}", act_member, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/questions/{}/{}/remove", page_member_remove, DOOR_OPEN },
    { METHOD_POST, "/apply/{}/questions/{}/{}/remove", act_member_remove, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/plan", page_plan, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/evidence", page_evidence, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/evidence/{}", page_upload, DOOR_OPEN },
    { METHOD_POST, "/apply/{}/evidence/{}", act_upload, DOOR_OPEN, .upload = true },
    { METHOD_POST, "/apply/{}/evidence/{}/remove", act_upload_remove, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/files/{}", page_apply_file, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/check", page_check, DOOR_OPEN },
    { METHOD_POST, "/apply/{}/check", act_send, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/sent", page_sent, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/receipt", page_receipt, DOOR_OPEN },
    { METHOD_GET, "/apply/{}/discard", page_apply_discard, DOOR_OPEN },
    { METHOD_POST, "/apply/{}/discard", act_apply_discard, DOOR_OPEN },

    /* what was sent: open for the same reason */
    { METHOD_GET, "/home", page_home, DOOR_SIGNED_IN },
    { METHOD_POST, "/home/{}", act_adopt, DOOR_SIGNED_IN },
    { METHOD_GET, "/applications/{}", page_application, DOOR_OPEN },
    { METHOD_GET, "/applications/{}/sent-in", page_handed_in, DOOR_OPEN },
    { METHOD_GET, "/applications/{}/steps", page_application_steps, DOOR_OPEN },
    { METHOD_GET, "/applications/{}/correct/{}", page_correct, DOOR_OPEN },
    { METHOD_POST, "/applications/{}/correct/{}", act_correct, DOOR_OPEN },
    { METHOD_POST, "/applications/{}/correct/{}/files/{}", act_correct_file, DOOR_OPEN, .upload = true },
    { METHOD_POST, "/applications/{}/correct/{}/remove/{}", act_correct_remove, DOOR_OPEN },
    { METHOD_GET, "/applications/{}/withdraw", page_withdraw, DOOR_OPEN },
    { METHOD_POST, "/applications/{}/withdraw", act_withdraw, DOOR_OPEN },
    { METHOD_GET, "/applications/{}/withdraw/{}", page_withdraw, DOOR_OPEN },
    { METHOD_POST, "/applications/{}/withdraw/{}", act_withdraw, DOOR_OPEN },
    { METHOD_GET, "/applications/{}/late/{}", page_late, DOOR_OPEN },
    { METHOD_POST, "/applications/{}/late/{}", act_late, DOOR_OPEN },
    { METHOD_GET, "/applications/{}/rate/{}", page_rate, DOOR_OPEN },
    { METHOD_POST, "/applications/{}/rate/{}", act_rate, DOOR_OPEN },
    { METHOD_GET, "/applications/{}/files/{}", page_file, DOOR_OPEN },
    { METHOD_GET, "/applications/{}/documents/{}", page_document, DOOR_OPEN },
    { METHOD_GET, "/applications/{}/documents/{}/data", page_document_data, DOOR_OPEN },

    /* for officers and supervisors */
    { METHOD_GET, "/oversight", page_oversight, DOOR_OVERSIGHT },
    { METHOD_GET, "/office", page_office, DOOR_OFFICE },
    { METHOD_GET, "/office/{}/{}", page_casefile, DOOR_OFFICE },
    { METHOD_POST, "/office/{}/{}/{}", act_step, DOOR_OFFICE },
    { METHOD_GET, "/office/{}/files/{}", page_office_file, DOOR_OFFICE },
    { METHOD_GET, "/office/{}/documents/{}", page_office_document, DOOR_OFFICE },
    { METHOD_GET, "/office/{}/documents/{}/data", page_document_data, DOOR_OFFICE },
};
const size_t ROUTE_COUNT = COUNT_OF(ROUTES);

/* Whether the pattern says the same, segment for segment; what {} stands for goes into args. */
static bool route_fits(Str pattern, const Strs *segments, Str args[4])
{
    Str rest = str_slice(pattern, 1, pattern.len), part = STR_NONE;
    size_t taken = 0;
    for (size_t i = 0; i < segments->count; i++) {
        if (i > 0 && rest.len == 0)
            return false;
        if (!str_cut(&rest, '/', &part))
            part = STR_NONE;
        const bool open = str_equal(part, S("{}"));
        if (open ? segments->at[i].len == 0 : !str_equal(part, segments->at[i]))
            return false;
        if (open) {
            must(taken < 4);
            args[taken++] = segments->at[i];
        }
    }
    return rest.len == 0;
}

const Route *route_find(const Web *web, const Strs *segments, Method method, Str args[4], bool seen[2])
{
    const Route *found = NULL;
    for (size_t i = 0; i < web->route_count; i++) {
        const Route *route = &web->routes[i];
        Str matched[4] = { 0 };
        if (!route_fits(str_from(route->path), segments, matched))
            continue;
        seen[route->method] = true;
        if (route->method == method && !found) {
            found = route;
            memcpy(args, matched, sizeof matched);
        }
    }
    return found;
}

/* GET /assets/{name} */
Reply page_asset(Request *request)
{
    const Asset *asset = asset_find(request->path);
    if (!asset)
        return reply_not_found(request);
    const bool known = str_find(request_header(request, "If-None-Match"), asset->etag) != SIZE_MAX;
    return (Reply){ .status = known ? 304 : 200, .type = asset->content_type, .body = asset->bytes, .etag = asset->etag,
                    .cacheable = true };
}

/* GET /health: for whatever watches the program. */
Reply page_health(Request *request)
{
    const bool well = store_is_well(request->desk->store);
    return (Reply){ .status = well ? 200 : 503, .type = S("text/plain; charset=utf-8"),
                    .body = well ? S("ok\n") : S("the store cannot write\n") };
}
