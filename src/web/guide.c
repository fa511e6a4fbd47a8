/* LAW cn.licensing art.30, cn.visit-once art.4.
 * The guides: of an event, of one service, of an authority. Here is what they add up; where it comes from stands in
 * gather.c. Nothing in them depends on who reads, but the token of the form and the frame of the page. */
#include "web/guide.h"

#include "web/kept.h"
#include "web/lanes.h"
#include "web/pages.h"

/* ---- the guide of an event --------------------------------------------------------------------------------- */

/* Where it stands in the guide: by its least burdensome source. */
static Materials *place_of(EventGuide *guide, const Material *material)
{
    switch (material->ways.at[0].source) {
    case SOURCE_HELD:
        return &guide->held;
    case SOURCE_GIVEN:
        return &guide->given;
    case SOURCE_DECLARED:
        return &guide->declared;
    case SOURCE_UPLOAD:
    case SOURCE_NOBODY:
        break;
    }
    return &guide->bring;
}

/* What nobody brings is named once, for however many people or steps it is needed. */
static void add_material(Request *request, EventGuide *guide, const Material *material)
{
    Materials *place = place_of(guide, material);
    for (size_t i = 0; place != &guide->bring && i < place->count; i++)
        if (place->at[i].ways.at[0].type == material->ways.at[0].type)
            return;
    list_push(request->arena, place, *material);
}

bool material_is_described(const Material *material)
{
    for (size_t i = 0; i < material->ways.count; i++) {
        const EvidenceType *type = material->ways.at[i].type;
        if (type->upload && (type->description.in[0].len || type->example.in[0].len))
            return true;
    }
    return false;
}

Str sentence_gap(const Html *out)
{
    switch (out->language) {
    case LANGUAGE_EN:
        return S(" ");
    case LANGUAGE_ZH:
        break;
    }
    return STR_NONE;
}

static void add_service(Request *request, EventGuide *guide, const GuideStep *step)
{
    const Service *service = step->service;
    for (size_t i = 0; i < service->steps.count; i++)
        list_push(request->arena, &guide->special, (SpecialStep){ service, &service->steps.at[i] });
    if (service->inspection)
        list_push(request->arena, &guide->inspected, service);
    if (service->inspection && service->joint_inspection)
        list_push(request->arena, &guide->joint, service);
    if (!step->period.amount && !step->limit->on_the_spot)
        list_push(request->arena, &guide->open_ended, service);
    guide->fee.cents += service->fee.cents;
    guide->fee_rules = guide->fee_rules || service->fee_rule.parsed;
    guide->fee_notes = guide->fee_notes || service->fee_note.in[0].len;
    guide->visits += service->visits;
    guide->finish.provisional = guide->finish.provisional || step->due.provisional;
    if (date_compare(step->due.date, guide->finish.date) > 0)
        guide->finish.date = step->due.date;
}

static Str time_words(Request *request, const GuideStep *step)
{
    const Language language = words_language(request);
    if (!step->period.amount && !step->limit->on_the_spot)
        return step->limit_words;
    return text_in(request->arena, language, N_("%1, at the latest on %2"), step->limit_words,
                   words_date(request, step->due.date));
}

Str service_names(Request *request, const ServiceList *services)
{
    Strs names = { 0 };
    for (size_t i = 0; i < services->count; i++)
        list_push(request->arena, &names, page_texts(request, services->at[i]->name));
    return words_join(request, &names, JOINT_AND);
}

Str material_name(Request *request, const Material *material)
{
    Strs names = { 0 };
    for (size_t i = 0; i < material->ways.count; i++)
        list_push(request->arena, &names, page_texts(request, material->ways.at[i].type->name));
    return words_join(request, &names, JOINT_OR);
}

static Strs law_lines(Request *request, const Legals *legals)
{
    Strs lines = { 0 };
    for (size_t i = 0; i < legals->count; i++)
        list_push(request->arena, &lines, words_law(request, &legals->at[i]));
    return lines;
}

static Markup picture_of(Request *request, const GuideSteps *steps)
{
    Lanes lanes = { 0 };
    for (size_t i = 0; i < steps->count; i++) {
        const GuideStep *step = &steps->at[i];
        list_push(request->arena, &lanes,
                  (Lane){ .name = page_texts(request, step->service->name),
                          .state = LANE_PLANNED,
                          .from = step->starts,
                          .to = step->due.date,
                          .provisional = step->due.provisional,
                          .words = text_in(request->arena, words_language(request), N_("by %1"),
                                           words_date(request, step->due.date)) });
    }
    return lanes_picture(request->arena, words_language(request), &lanes, DATE_NONE);
}

static EventGuide event_guide(Request *request, const Event *event)
{
    Gathering gathering = { .request = request };
    EventGuide guide = { .request = request,
                         .pack = request->pack,
                         .event = event,
                         .today = request->today,
                         .finish = { .date = request->today } };
    Legals legals = { 0 };
    gather_event(&gathering, event);
    guide.steps = gathering.steps;
    legals_gather(request, &legals, &event->legal);
    for (size_t i = 0; i < guide.steps.count; i++) {
        GuideStep *step = &guide.steps.at[i];
        step->limit_words = limit_words(request, step->limit);
        step->time = time_words(request, step);
        add_service(request, &guide, step);
        legals_gather(request, &legals, &step->service->legal);
    }
    for (size_t i = 0; i < gathering.materials.count; i++)
        add_material(request, &guide, &gathering.materials.at[i]);
    for (size_t i = 0; i < event->duties.count; i++)
        legals_gather(request, &legals, &event->duties.at[i].legal);
    guide.laws = law_lines(request, &legals);
    guide.working_days = calendar_working_days(&request->pack->calendar, request->today, guide.finish.date);
    return guide;
}

static Markup event_body(Request *request, const Event *event)
{
    Markup body = kept_find(request->kept, request->arena, event, request->actor.language, request->today);
    if (body.safe.len)
        return body;
    EventGuide guide = event_guide(request, event);
    guide.picture = picture_of(request, &guide.steps);
    Html out = page_begin(request);
    html_event_body(&out, &guide);
    body.safe = html_end(&out);
    kept_put(request->kept, event, request->actor.language, request->today, body);
    return body;
}

Reply page_event(Request *request)
{
    const Event *event = pack_event(request->pack, request->args[0]);
    if (!event)
        return reply_not_found(request);
    const bool print = form_has(&request->query, S("print"));
    EventGuide guide = print ? event_guide(request, event)
                             : (EventGuide){ .request = request, .event = event, .body = event_body(request, event) };
    if (!print && !guide.body.safe.len)            /* larger than HTML_MAX */
        return reply_problem(request, 500);
    Html out = page_begin(request);
    guide.layout = page_layout(request, N_("Guide"), false);
    guide.layout.title = page_texts(request, event->name);
    guide.layout.back = print ? str_printf(request->arena, "/events/%.*s", STR_ARGS(event->id)) : S("/");
    if (print)
        html_event_short(&out, &guide);
    else
        html_event_guide(&out, &guide);
    return reply_html(request, 200, &out);
}

/* ---- the guide of a service ----------------------------------------------------------------------------------- */

static void add_limits(Request *request, ServiceGuide *guide)
{
    const Service *service = guide->service;
    for (size_t i = 0; i < service->time.count; i++) {
        const Limit *limit = &service->time.at[i];
        const Str when = condition_words(request, &limit->when);
        list_push(
            request->arena, &guide->limits,
            (LimitRow){ .limit = limit,
                        .when = when.len || i == 0 ? when : page_tr(request, N_("in every other case")),
                        .extension = limit->extension.amount ? limit->extension : service->procedure->extension.time });
    }
}

static Strs service_laws(Request *request, const Service *service)
{
    Legals legals = { 0 };
    legals_gather(request, &legals, &service->legal);
    legals_gather(request, &legals, &service->procedure->legal);
    for (size_t i = 0; i < service->time.count; i++)
        legals_gather(request, &legals, &service->time.at[i].legal);
    return law_lines(request, &legals);
}

Reply page_service(Request *request)
{
    const Service *service = pack_service(request->pack, request->args[0]);
    if (!service)
        return reply_not_found(request);
    Gathering gathering = { .request = request };
    gather_service(&gathering, service);
    ServiceGuide guide = { .request = request,
                           .pack = request->pack,
                           .service = service,
                           .when = condition_words(request, &service->when),
                           .materials = gathering.materials,
                           .laws = service_laws(request, service) };
    guide.level = level_words(request, service->authority->level);
    guide.phone = service->authority->phone.len ? service->authority->phone : request->pack->phone;
    for (size_t i = 0; i < request->pack->events.count; i++)
        if (event_leads_to(request, request->pack->events.at[i], service))
            list_push(request->arena, &guide.events, request->pack->events.at[i]);
    add_limits(request, &guide);
    Html out = page_begin(request);
    guide.layout = page_layout(request, N_("Guide"), false);
    guide.layout.title = page_texts(request, service->name);
    guide.layout.back = S("/");
    if (guide.events.count == 1)
        guide.layout.back = str_printf(request->arena, "/events/%.*s", STR_ARGS(guide.events.at[0]->id));
    html_service_guide(&out, &guide);
    return reply_html(request, 200, &out);
}

/* ---- an authority ------------------------------------------------------------------------------------------------ */

Reply page_authority(Request *request)
{
    const Authority *authority = pack_authority(request->pack, request->args[0]);
    if (!authority)
        return reply_not_found(request);
    AuthorityPage page = { .pack = request->pack,
                           .authority = authority,
                           .level = level_words(request, authority->level),
                           .phone = authority->phone.len ? authority->phone : request->pack->phone };
    for (size_t i = 0; i < request->pack->services.count; i++)
        if (request->pack->services.at[i]->authority == authority)
            list_push(request->arena, &page.services, request->pack->services.at[i]);
    Html out = page_begin(request);
    page.layout = page_layout(request, N_("Guide"), false);
    page.layout.title = page_texts(request, authority->name);
    page.layout.back = S("/");
    html_authority_page(&out, &page);
    return reply_html(request, 200, &out);
}
