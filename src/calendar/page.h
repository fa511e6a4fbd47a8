/* page: reading one day after another. The year of the last day stays at hand, as the page of a wall calendar does,
 * so that only the step into another year has to look for it. Begin with an empty page, `Page page = { 0 }`. */
#ifndef CALENDAR_PAGE_H
#define CALENDAR_PAGE_H

#include "calendar/calendar.h"

typedef struct Page {
    bool open;                                     /* false: nothing below is set */
    Date first, last;                              /* of the year */
    const CalendarYear *year;                      /* NULL: not published */
    const CalendarYear *following;                 /* the year after; NULL: not published */
} Page;

DayStatus page_day(Page *page, const Calendar *calendar, Date date);

/* The stop that holds the day, of several the one that ends last (an open one before all); NULL when none does. */
const Stop *stop_at(const Stop *stops, size_t stop_count, Date date);

#endif
