/* kept: what an event's guide says to every reader alike, kept from one request to the next: it follows from the pack, the language and the
 * day, and to gather it takes ten times as long as to send it.
 *
 * Bound: one text for each event and language of the pack, each at most a page; that of a day goes when the next day's comes. */
#ifndef WEB_KEPT_H
#define WEB_KEPT_H

#include "catalogue/catalogue.h"
#include "web/html.h"

typedef struct Kept Kept;

Kept *kept_open(const Pack *pack);
void kept_close(Kept *kept);
/* A copy in the arena; empty when there is none of that day. `kept` may be NULL, and is empty then. */
Markup kept_find(Kept *kept, Arena *arena, const Event *event, int language, Date day);
void kept_put(Kept *kept, const Event *event, int language, Date day, Markup text);

#endif
