/* How hard a text is to read, where somebody has to act on it: how long its sentences are, in words or, of scripts without
 * blanks, in signs; and in English long words and sentences turned round (“is checked by”). */
#include "lint/inside.h"
#include "lint/letters.h"

enum { WORDS_MAX = 30, SIGNS_MAX = 60, ENGLISH_WORD_MAX = 18 };

static bool must_be_understood(const PackPart *part)
{
    static const char *const KEYS[] = { "question", "hint", "why", "check-message", "title", "message", "instead", "because",
                                        "otherwise" };
    for (size_t i = 0; i < COUNT_OF(KEYS); i++)
        if (str_equal(str_from(part->key), str_from(KEYS[i])))
            return true;
    return false;
}

static bool ends_sentence(Str text, size_t at, uint32_t c)
{
    static const uint32_t ENDS[] = { 0x3002, 0xFF01, 0xFF1F, 0xFF1B, '!', '?', ';' };
    const bool blank_follows = at + 1 >= text.len || text.data[at + 1] == ' ' || text.data[at + 1] == '\n';
    for (size_t i = 0; i < COUNT_OF(ENDS); i++)
        if (c == ENDS[i])
            return true;
    return c == '.' && blank_follows;
}

typedef struct Measure {
    size_t words, signs, longest;                  /* of the present sentence; letters of the longest word */
    size_t letters;                                /* of the present word */
} Measure;

static void take(Measure *measure, uint32_t c)
{
    const Script script = script_of_letter(c);
    if (script == SCRIPT_HAN) {
        measure->signs++;
        measure->letters = 0;
    } else if (script != SCRIPT_NONE) {
        measure->words += measure->letters++ == 0;
        measure->longest = measure->letters > measure->longest ? measure->letters : measure->longest;
    } else if (c != '\'' && c != 0x2019) {
        measure->letters = 0;
    }
}

/* Whether somebody follows, and no measure or day: "by the office", not "by up to ten" or "by the end". */
static bool names_somebody(Str after)
{
    static const char *const DAYS[] = { "end", "day", "date", "time", "beginning", "deadline", "first", "last" };
    Str article;
    if (!str_cut(&after, ' ', &article) ||
        !(str_equal(article, S("the")) || str_equal(article, S("an")) || str_equal(article, S("a"))))
        return false;
    for (size_t i = 0; i < COUNT_OF(DAYS); i++)
        if (str_starts(after, str_from(DAYS[i])))
            return false;
    return true;
}

static bool is_turned_round(Str sentence)
{
    static const char *const TURNS[] = { "ed by ", "en by " };
    static const char *const BEING[] = { " is ", " are ", " be " };
    for (size_t i = 0; i < COUNT_OF(TURNS); i++) {
        const size_t at = str_find(sentence, str_from(TURNS[i]));
        if (at == SIZE_MAX || !names_somebody(str_slice(sentence, at + strlen(TURNS[i]), sentence.len)))
            continue;
        for (size_t j = 0; j < COUNT_OF(BEING); j++)
            if (str_find(str_slice(sentence, 0, at), str_from(BEING[j])) != SIZE_MAX)
                return true;
    }
    return false;
}

static void judge(Lint *lint, const PackPart *part, size_t language, Str sentence, const Measure *measure)
{
    const Item item = item_of_part(part);
    const Str code = lint->pack->languages.at[language];
    const Str path = path_of(lint, "%.*s.%.*s", STR_ARGS(part->path), STR_ARGS(code));
    const bool english = str_equal(code, S("en"));
    if (measure->signs > SIGNS_MAX)
        report(lint, LINT_HARD_TO_READ, &item, path, "a sentence of \"%s\" has %zu signs; up to %d read well", part->key,
               measure->signs, SIGNS_MAX);
    else if (measure->signs == 0 && measure->words > WORDS_MAX)
        report(lint, LINT_HARD_TO_READ, &item, path, "a sentence of \"%s\" has %zu words; up to %d read well", part->key,
               measure->words, WORDS_MAX);
    else if (english && measure->longest > ENGLISH_WORD_MAX)
        report(lint, LINT_HARD_TO_READ, &item, path, "a word of \"%s\" has %zu letters", part->key, measure->longest);
    else if (english && is_turned_round(sentence))
        report(lint, LINT_HARD_TO_READ, &item, path, "a sentence of \"%s\" says last by whom something is done", part->key)->hint =
            S("Begin with who does it.");
}

static void look_at(Lint *lint, const PackPart *part, size_t language)
{
    const Str text = part->texts->in[language];
    Measure measure = { 0 };
    size_t begin = 0;
    uint32_t c;
    for (size_t at = 0, length; at <= text.len; at += length) {
        length = at < text.len ? utf8_next(text, at, &c) : 1;
        if (at < text.len && !ends_sentence(text, at, c)) {
            take(&measure, c);
            continue;
        }
        judge(lint, part, language, str_slice(text, begin, at), &measure);
        measure = (Measure){ 0 };
        begin = at + length;
    }
}

void lint_reading(Lint *lint)
{
    for (size_t i = 0; i < lint->parts.count; i++) {
        const PackPart *part = &lint->parts.at[i];
        for (size_t l = 0; part->texts && must_be_understood(part) && l < lint->pack->languages.count; l++)
            look_at(lint, part, l);
    }
}
