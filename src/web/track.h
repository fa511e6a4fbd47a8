/* track: how far an application is, for whoever has its reference and second secret. No account, no content, no names.
 */
#ifndef WEB_TRACK_H
#define WEB_TRACK_H

#include "web/application.h"

/* One of the steps that every case goes through. */
typedef struct TrackStep {
    Str name;
    Date on; /* DATE_NONE: not yet */
} TrackStep;
typedef struct TrackCase {
    Str service, authority, state;
    LaneState look;
    Date expected;         /* when it should be done; DATE_NONE: done, or nobody can say */
    LIST(TrackStep) steps; /* once it has begun */
    ClockViews clocks;     /* that run, each with the reason of its date */
    bool asks;             /* something is asked of the applicant */
} TrackCase;

typedef struct TrackPage {
    Layout layout;
    Str csrf;
    FieldErrors errors;
    Str reference;               /* as typed, or of what was found */
    const ApplicationView *view; /* NULL: nothing was looked up yet */
    bool draft, asks;
    int64_t done;
    Due finish; /* of the last */
    LIST(TrackCase) cases;
    Str application_url;
} TrackPage;
void html_track(Html *out, const TrackPage *page);

#endif
