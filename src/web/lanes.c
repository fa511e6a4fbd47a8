/* The picture of time: where each bar lies, in per cent of the days shown, so that it fits any width without being scaled.
 *
 * One drawing with its own text was tried and rejected: scaled down to a telephone its words cannot be read, and a browser's
 * larger type does not reach it. So the names are text of the page, and only the bars are drawn. */
#include "web/lanes.h"

enum { PICTURE_MAX = 64 << 10, WHOLE = 1000, SHORTEST = 14 };

static const struct {
    LaneLook look;
    const char *words;
} LOOKS[] = {
    [LANE_PLANNED] = { { S("lane-planned"), S("#fff") }, N_("Planned") },
    [LANE_WAITING] = { { S("lane-waiting"), S("url(#lane-dots)") }, N_("Waiting for the applicant") },
    [LANE_RUNNING] = { { S("lane-running"), S("url(#lane-stripes)") }, N_("In progress") },
    [LANE_STOPPED] = { { S("lane-stopped"), S("url(#lane-pause)") }, N_("Standing still") },
    [LANE_DONE] = { { S("lane-done"), S("#1b6b47") }, N_("Done") },
    [LANE_LATE] = { { S("lane-late"), S("#b3261e") }, N_("Late") },
    [LANE_ENDED] = { { S("lane-ended"), S("url(#lane-cross)") }, N_("Ended without a result") },
};

static int place_of(Date first, Date last, Date day)
{
    int64_t whole = (int64_t)last.day - first.day, part = (int64_t)day.day - first.day;
    if (whole <= 0 || part <= 0)
        return 0;
    return part >= whole ? WHOLE : (int)(part * WHOLE / whole);
}

static Str per_cent(Arena *arena, int thousandths)
{
    return str_printf(arena, "%d.%d%%", thousandths / 10, thousandths % 10);
}

static Date earlier(Date a, Date b)
{
    return !date_is_set(a) || (date_is_set(b) && date_compare(b, a) < 0) ? b : a;
}

static Date later(Date a, Date b)
{
    return !date_is_set(a) || (date_is_set(b) && date_compare(b, a) > 0) ? b : a;
}

/* A lane without an end is drawn to today, one without a beginning not at all. */
static Date end_of(const Lane *lane, Date today)
{
    return date_is_set(lane->to) ? lane->to : later(lane->from, today);
}

static void add_row(Arena *arena, LanesPicture *picture, const Lane *lane)
{
    LaneRow row = { .lane = lane, .look = LOOKS[lane->state].look };
    if (date_is_set(lane->from)) {
        int start = place_of(picture->first, picture->last, lane->from);
        int end = place_of(picture->first, picture->last, end_of(lane, picture->today));
        if (end - start < SHORTEST)
            end = start + SHORTEST > WHOLE ? WHOLE : start + SHORTEST;
        if (end - start < SHORTEST)
            start = end - SHORTEST;
        row.x = per_cent(arena, start);
        row.width = per_cent(arena, end - start);
    }
    picture->patterned = picture->patterned || str_starts(row.look.fill, S("url("));
    list_push(arena, &picture->rows, row);
}

static void add_keys(Arena *arena, LanesPicture *picture, const Lanes *lanes, Language language)
{
    bool seen[COUNT_OF(LOOKS)] = { false };
    for (size_t i = 0; i < lanes->count; i++)
        seen[lanes->at[i].state] = true;
    for (size_t i = 0; i < COUNT_OF(LOOKS); i++)
        if (seen[i])
            list_push(arena, &picture->keys, (LaneKey){ LOOKS[i].look, text_of(language, LOOKS[i].words) });
}

Markup lanes_picture(Arena *arena, Language language, const Lanes *lanes, Date today)
{
    LanesPicture picture = { .first = today, .last = today, .today = today };
    for (size_t i = 0; i < lanes->count; i++) {
        picture.first = earlier(picture.first, lanes->at[i].from);
        picture.last = later(picture.last, end_of(&lanes->at[i], today));
    }
    if (lanes->count == 0 || !date_is_set(picture.first))
        return (Markup){ STR_NONE };
    for (size_t i = 0; i < lanes->count; i++)
        add_row(arena, &picture, &lanes->at[i]);
    add_keys(arena, &picture, lanes, language);
    if (date_is_set(today))
        picture.today_x = per_cent(arena, place_of(picture.first, picture.last, today));
    Html out = { .text = text_begin(arena, PICTURE_MAX), .language = language };
    html_lanes_picture(&out, &picture);
    return (Markup){ out.text.overflow ? STR_NONE : text_str(&out.text) };
}
