/* Search: what the catalogue finds, and why, so that nobody wonders what a hit has to do with their words.
 *
 * The word that led to a hit is the one that has the longest run of letters in common with the query: it needs no list
 * of word endings and works in every script. */
#include "web/start.h"

#include "web/pages.h"
#include "web/words.h"

enum { QUERY_MAX = 200, COMMON_MIN = 3 }; /* bytes: three letters, or one character of Chinese */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Bytes of the longest run that stands in both. */
static size_t common_length(Str a, Str b)
{
    size_t longest = 0;
    for (size_t i = 0; i < a.len; i++)
        for (size_t k = 0; k < b.len; k++) {
            size_t len = 0;
            while (i + len < a.len && k + len < b.len && lower(a.data[i + len]) == lower(b.data[k + len]))
                len++;
            longest = len > longest ? len : longest;
        }
    return longest;
}

typedef struct Guess {
    Str word;
    int language; /* index into the pack's */
    size_t length;
} Guess;

/* The better guess has more in common; of two as good, the shorter word. */
static void consider(Guess *best, Str query, Str word, int language)
{
    word = str_trim(word);
    const size_t length = common_length(query, word);
    if (length > best->length || (length == best->length && length && word.len < best->word.len))
        *best = (Guess){ word, language, length };
}

static void consider_words(Guess *best, Str query, Str words, int language)
{
    Str word;
    while (str_cut(&words, ',', &word))
        consider(best, query, word, language);
}

static Found explain(Request *request, const Hit *hit, Str query)
{
    const Texts *name = hit->event ? &hit->event->name : &hit->service->name;
    const int reader = request->actor.language;
    Found found = { .event = hit->event, .service = hit->service };
    Guess best = { 0 };
    consider(&best, query, name->in[reader], reader);
    const size_t in_name = best.length;
    for (size_t i = 0; i < request->pack->languages.count; i++) {
        /* The reader's own language first: of two as good, the earlier stays. */
        const int language = (int)((i + (size_t)reader) % request->pack->languages.count);
        consider(&best, query, name->in[language], language);
        if (hit->event)
            consider_words(&best, query, hit->event->words.in[language], language);
    }
    if (best.length > in_name && best.length >= COMMON_MIN) {
        found.word = best.word;
        found.word_language = language_tag(language_of(request->pack->languages.at[best.language]));
    }
    return found;
}

/* At most so many bytes, and no character cut in two. */
static Str first_part(Str text, size_t max)
{
    size_t end = 0, used;
    uint32_t code_point;
    while ((used = utf8_next(text, end, &code_point)) > 0 && end + used <= max)
        end += used;
    return str_slice(text, 0, end);
}

/* GET /search?q= */
Reply page_search(Request *request)
{
    const Str query = first_part(str_trim(form_get(&request->query, S("q"))), QUERY_MAX);
    SearchPage page = { .layout = page_layout(request, N_("Search"), false), .pack = request->pack, .query = query };
    Hits hits = { 0 };
    if (query.len)
        hits = pack_search(request->arena, request->pack, query);
    for (size_t i = 0; i < hits.count; i++) {
        list_push(request->arena, &page.found, explain(request, &hits.at[i], query));
        page.event_count += hits.at[i].event != NULL;
    }
    if (page.found.count == 0)
        page.all = event_choice(request);
    page.layout.back = S("/");
    if (query.len)
        page.layout.title = text_in(request->arena, words_language(request), N_("Results for “%1”"), query);
    Html out = page_begin(request);
    html_search(&out, &page);
    return reply_html(request, 200, &out);
}
