/* Finding in a loaded pack: by identifier, and by what a person types. */
#include "catalogue/catalogue.h"

enum { HITS_MAX = 20, PIECES_MAX = 40 };

const Law *pack_law(const Pack *pack, Str id)
{
    return map_get(&pack->by_id.laws, id);
}

const CountingRule *pack_period_rule(const Pack *pack, Str id)
{
    return map_get(&pack->by_id.period_rules, id);
}

const CountingRule *pack_counting(const Pack *pack, const PeriodRule *rule)
{
    for (size_t i = 0; i < pack->period_rules.count; i++)
        if (&pack->period_rules.at[i]->rule == rule)
            return pack->period_rules.at[i];
    return NULL;
}

const Authority *pack_authority(const Pack *pack, Str id)
{
    return map_get(&pack->by_id.authorities, id);
}

const Fact *pack_fact(const Pack *pack, Str id)
{
    return map_get(&pack->by_id.facts, id);
}

const EvidenceType *pack_evidence(const Pack *pack, Str id)
{
    return map_get(&pack->by_id.evidence, id);
}

const Service *pack_service(const Pack *pack, Str id)
{
    return map_get(&pack->by_id.services, id);
}

const Event *pack_event(const Pack *pack, Str id)
{
    return map_get(&pack->by_id.events, id);
}

const Ground *service_ground(const Service *service, Str id)
{
    for (size_t i = 0; i < service->steps.count; i++)
        if (str_equal(service->steps.at[i].id, id))
            return &service->steps.at[i];
    for (size_t i = 0; i < service->procedure->grounds.count; i++)
        if (str_equal(service->procedure->grounds.at[i].id, id))
            return &service->procedure->grounds.at[i];
    return NULL;
}

int pack_language(const Pack *pack, Str code)
{
    for (size_t i = 0; i < pack->languages.count; i++)
        if (str_equal(pack->languages.at[i], code))
            return (int)i;
    return -1;
}

/* ---- search ---- */

static bool parts_words(uint32_t c)
{
    static const uint32_t SIGNS[] = { 0x3000, 0x3001, 0x3002, 0xFF0C, 0xFF1F, 0xFF01, 0xFF1B, 0xFF1A, 0x2019 };
    for (size_t i = 0; i < COUNT_OF(SIGNS); i++)
        if (c == SIGNS[i])
            return true;
    return c <= ' ' || (c < 0x80 && strchr("!\"'(),./:;?[]", (char)c) != NULL);
}

static bool is_ideograph(uint32_t c)
{
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* A run of Chinese has no blanks: it is looked for whole, and each pair of neighbours in it as a word of its own,
 * so that "我要开饭店" finds "开饭店". */
static void add_word(Arena *arena, Strs *pieces, Str word)
{
    uint32_t first, second;
    list_push(arena, pieces, word);
    for (size_t at = 0, length; at < word.len && pieces->count < PIECES_MAX; at += length) {
        length = utf8_next(word, at, &first);
        size_t more = utf8_next(word, at + length, &second);
        if (more && is_ideograph(first) && is_ideograph(second) && length + more < word.len)
            strs_add_once(arena, pieces, str_slice(word, at, at + length + more));
    }
}

/* The words of a query. Words of one or two letters ("a", "to") are in everything, so they count only alone. */
static Strs pieces_of(Arena *arena, Str query)
{
    Strs all = { 0 }, pieces = { 0 };
    size_t begin = 0, length;
    uint32_t c;
    for (size_t at = 0; at <= query.len; at += length) {
        length = utf8_next(query, at, &c);
        if (length && !parts_words(c))
            continue;
        if (at > begin)
            strs_add_once(arena, &all, str_slice(query, begin, at));
        if (!length)
            break;
        begin = at + length;
    }
    bool only_short = true;
    for (size_t i = 0; i < all.count; i++)
        only_short = only_short && all.at[i].len <= 2;
    for (size_t i = 0; i < all.count && pieces.count < PIECES_MAX; i++)
        if (only_short || all.at[i].len > 2)
            add_word(arena, &pieces, all.at[i]);
    return pieces;
}

static int score_of(const Texts *texts, const Strs *pieces, int weight)
{
    int score = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        bool found = false;
        for (size_t language = 0; language < LANGUAGES_MAX; language++)
            found = found || str_find_nocase(texts->in[language], pieces->at[i]) != SIZE_MAX;
        score += found ? weight : 0;
    }
    return score;
}

/* Keeps the best hits: those after `from`, by score, and in the pack's order where it is the same. */
static void keep(Arena *arena, Hits *hits, size_t from, Hit hit)
{
    if (hit.score == 0)
        return;
    size_t at = hits->count;
    if (at < HITS_MAX)
        list_push(arena, hits, hit);
    else if (at == from || hits->at[--at].score >= hit.score)
        return;
    for (; at > from && hits->at[at - 1].score < hit.score; at--)
        hits->at[at] = hits->at[at - 1];
    hits->at[at] = hit;
}

Hits pack_search(Arena *arena, const Pack *pack, Str query)
{
    enum { IN_NAME = 6, IN_WORDS = 4, IN_SUMMARY = 1, QUERY_MAX = 200 };
    Hits hits = { 0 };
    const Strs pieces = pieces_of(arena, str_slice(query, 0, QUERY_MAX));
    for (size_t i = 0; i < pack->events.count; i++) {
        const Event *event = pack->events.at[i];
        keep(arena, &hits, 0, (Hit){ .event = event,
                                     .score = score_of(&event->name, &pieces, IN_NAME) +
                                              score_of(&event->words, &pieces, IN_WORDS) +
                                              score_of(&event->summary, &pieces, IN_SUMMARY) });
    }
    size_t events = hits.count;
    for (size_t i = 0; i < pack->services.count; i++) {
        const Service *service = pack->services.at[i];
        keep(arena, &hits, events, (Hit){ .service = service,
                                          .score = score_of(&service->name, &pieces, IN_NAME) +
                                                   score_of(&service->summary, &pieces, IN_SUMMARY) });
    }
    return hits;
}
