/* lanes: all authorities side by side on one picture of time, as SVG made on the server. Inside web only.
 *
 *     Business licence   ██████▏
 *     Seal                     ░░██▏                 done · running · planned · waiting · standing still · late,
 *     Food licence             ▒▒▒▒▒▒▒▒▒▒▒▒▒▏        told apart by pattern and word, never by colour alone
 *                        ^ today
 *
 * The picture is hidden from screen readers; the page says the same in a list beside it. */
#ifndef WEB_LANES_H
#define WEB_LANES_H

#include "web/html.h"

typedef enum LaneState { LANE_PLANNED, LANE_WAITING, LANE_RUNNING, LANE_STOPPED, LANE_DONE, LANE_LATE, LANE_ENDED } LaneState;
typedef struct Lane {
    Str name;                                      /* in the reader's language */
    LaneState state;
    Date from, to;                                 /* to: due, or when it was done; from = to is a point */
    bool critical, provisional;
    Str words;                                     /* "running, due 13 March 2026": the text equivalent */
} Lane;
typedef LIST(Lane) Lanes;
/* `today` DATE_NONE: no line for today. Empty without lanes. At most one picture a page: its patterns have ids. */
Markup lanes_picture(Arena *arena, Language language, const Lanes *lanes, Date today);

/* ---- called by lanes.html alone -------------------------------------------------------------------------- */
typedef struct LaneLook {
    Str class_name;
    Str fill;                                      /* as an attribute: a pattern in a style sheet is not found by every browser */
} LaneLook;
typedef struct LaneRow {
    const Lane *lane;
    LaneLook look;
    Str x, width;                                  /* "12.5%" */
} LaneRow;
typedef struct LaneKey {                           /* what a pattern means */
    LaneLook look;
    Str words;
} LaneKey;
typedef struct LanesPicture {
    LIST(LaneRow) rows;
    LIST(LaneKey) keys;
    Date first, last, today;
    Str today_x;                                   /* empty: not on the picture */
    bool patterned;                                /* some bar is filled with a pattern */
} LanesPicture;
void html_lanes_picture(Html *out, const LanesPicture *picture);

#endif
