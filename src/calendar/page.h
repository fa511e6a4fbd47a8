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

/* What a day is for whoever counts working days: false when it counts. `skip` is that day alone. */
bool skip_of(Skip *skip, Page *page, const Calendar *calendar, Date day, const Stop *stops, size_t stop_count);
/* Adds a span, or makes the one before longer where it goes on. */
void skips_add(Arena *arena, Skips *skips, Skip skip);

enum { FIRST_DAY = -719162, LAST_DAY = 2932896 }; /* 0001-01-01 and 9999-12-31: no date of ours lies beyond */

/* Plain arithmetic forward, or backward for a sign of -1: the corresponding day, or the last of the month. DATE_NONE for working
 * days and beyond those two dates. `clamped`: the month has no such day. */
Date period_shift(Date from, Period period, int sign, bool *clamped);

#endif
