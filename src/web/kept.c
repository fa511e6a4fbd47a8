/* Guides that are kept. A text is copied out under the lock, which takes two microseconds: so it may be replaced while
 * an older copy is still being sent, and nothing has to count its readers. */
#include "web/kept.h"

#include <pthread.h>

typedef struct Guide {
    const Event *event;
    int language;
    Arena *arena; /* of its text; NULL until there is one */
    Date day;
    Markup text;
} Guide;

struct Kept {
    Arena *arena;
    pthread_mutex_t lock; /* of the guides */
    Guide *guides;
    size_t count;
};

Kept *kept_open(const Pack *pack)
{
    Arena *arena = arena_open(1 << 20);
    Kept *kept = arena_new(arena, Kept);
    kept->arena = arena;
    kept->count = pack->events.count * pack->languages.count;
    kept->guides = arena_array(arena, Guide, kept->count);
    for (size_t i = 0; i < kept->count; i++) {
        kept->guides[i].event = pack->events.at[i / pack->languages.count];
        kept->guides[i].language = (int)(i % pack->languages.count);
    }
    must(pthread_mutex_init(&kept->lock, NULL) == 0);
    return kept;
}

void kept_close(Kept *kept)
{
    for (size_t i = 0; i < kept->count; i++)
        arena_close(kept->guides[i].arena);
    must(pthread_mutex_destroy(&kept->lock) == 0);
    arena_close(kept->arena);
}

/* NULL for an event of another pack. */
static Guide *guide_of(Kept *kept, const Event *event, int language)
{
    for (size_t i = 0; kept && i < kept->count; i++)
        if (kept->guides[i].event == event && kept->guides[i].language == language)
            return &kept->guides[i];
    return NULL;
}

Markup kept_find(Kept *kept, Arena *arena, const Event *event, int language, Date day)
{
    Markup found = { STR_NONE };
    const Guide *guide = guide_of(kept, event, language);
    if (!guide)
        return found;
    must(pthread_mutex_lock(&kept->lock) == 0);
    if (guide->arena && date_compare(guide->day, day) == 0)
        found.safe = str_copy(arena, guide->text.safe);
    must(pthread_mutex_unlock(&kept->lock) == 0);
    return found;
}

void kept_put(Kept *kept, const Event *event, int language, Date day, Markup text)
{
    Guide *guide = guide_of(kept, event, language);
    if (!guide)
        return;
    must(pthread_mutex_lock(&kept->lock) == 0);
    arena_close(guide->arena);
    guide->arena = arena_open(HTML_MAX);
    guide->day = day;
    guide->text.safe = str_copy(guide->arena, text.safe);
    must(pthread_mutex_unlock(&kept->lock) == 0);
}
