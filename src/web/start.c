/* The start: one search box, then everything that can be done here, because two dozen cards are read faster than a tree
 * of themes. */
#include "web/start.h"

#include "web/pages.h"

EventChoice event_choice(Request *request)
{
    EventChoice choice = { 0 };
    for (size_t i = 0; i < request->pack->events.count; i++) {
        const Event *event = request->pack->events.at[i];
        EventList *list = event->business ? &choice.business : &choice.life;
        list_push(request->arena, list, event);
    }
    return choice;
}

/* GET / */
Reply page_start(Request *request)
{
    StartPage page = { .layout = page_layout(request, N_("What do you want to do?"), false),
                       .pack = request->pack,
                       .events = event_choice(request),
                       .signed_in = request->actor.account.id != 0 };
    Html out = page_begin(request);
    html_start(&out, &page);
    return reply_html(request, 200, &out);
}
