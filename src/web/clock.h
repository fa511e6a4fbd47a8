/* clock: the legal dates of a case, each with its reason. Inside web only.
 *
 *     Decision, as promised: due 26 October 2026     ▸ starts 21 September 2026, which is not counted
 *                                                      20 working days
 *                                                      left out: 1 to 7 October 2026 (public holiday), 8 days of weekends
 *                                                      law · what follows when it is over */
#ifndef WEB_CLOCK_H
#define WEB_CLOCK_H

#include "web/parts.h"
#include "web/server.h"

typedef struct ClockView {
    ClockKind kind;
    bool running, applicants, provisional;
    Light light;
    Str words;                                     /* "Decision, as promised: due 26 October 2026" */
    Str start, rule;                               /* sentences */
    Strs left_out;                                 /* "1 October 2026 to 7 October 2026: public holiday" */
    Strs stops;                                    /* "from 3 March 2026: hearing. Law: …" */
    Str note, effect;                              /* of the pack; what follows when it is over */
    Str law;
} ClockView;
typedef LIST(ClockView) ClockViews;

ClockView clock_view(Request *request, const ApplicationView *view, const CaseView *one, const Clock *clock);
/* Of one case: those that run first, then those that were met. */
ClockViews clock_views(Request *request, const ApplicationView *view, const CaseView *one);
/* The next thing that happens to the case by itself, when, and by which law; empty for nothing. Lights are for those who keep time. */
Str clock_next_words(Request *request, const CaseView *one, bool with_lights);
Str clock_label(Request *request, ClockKind kind); /* "Decision, by law" */
/* What a date's light says: "Late, was due 3 March 2026", "Due tomorrow, 4 March 2026", "Due 12 March 2026". */
Str clock_due_words(Request *request, Date due, Date today);
/* The ground of a suspension, of the service's own steps or its procedure's; NULL when the pack has it no more. */
const Ground *clock_ground(const Service *service, Str id);

void html_clock(Html *out, const ClockView *clock); /* as <details> */

#endif
