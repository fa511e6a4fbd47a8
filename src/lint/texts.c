/* Translations: what is the same in two languages, written in the letters of another, or speaks of other numbers. */
#include "lint/inside.h"
#include "lint/letters.h"

enum { FOREIGN_WORDS_MAX = 4, FOREIGN_SIGNS_MAX = 6, SAME_WORDS_MIN = 3 };

static Error *doubt(Lint *lint, LintFault fault, const PackPart *part, size_t language, const char *what, Str detail)
{
    const Item item = item_of_part(part);
    const Str code = lint->pack->languages.at[language];
    return report(lint, fault, &item, path_of(lint, "%.*s.%.*s", STR_ARGS(part->path), STR_ARGS(code)), "\"%s\" %s%s%.*s%s",
                  part->key, what, detail.len ? " \"" : "", STR_ARGS(detail), detail.len ? "\"" : "");
}

static size_t words_in(Str text)
{
    size_t words = 0;
    bool inside = false;
    uint32_t c;
    for (size_t at = 0, length; at < text.len; at += length) {
        length = utf8_next(text, at, &c);
        const bool letter = script_of_letter(c) != SCRIPT_NONE;
        words += letter && !inside;
        inside = letter;
    }
    return words;
}

/* The longest run of letters that the language is not written with: words of Latin, signs of anything else. Digits and signs
 * other than blanks end a run. */
static bool has_foreign_run(Str text, Str language)
{
    size_t words = 0, signs = 0;
    bool inside = false;
    uint32_t c;
    for (size_t at = 0, length; at < text.len; at += length) {
        length = utf8_next(text, at, &c);
        const Script script = script_of_letter(c);
        if (script == SCRIPT_NONE && c == ' ') {
            inside = false;
            continue;
        }
        if (script == SCRIPT_NONE || writes_in(language, c))
            words = signs = 0;
        else if (script == SCRIPT_LATIN)
            words += !inside;
        else
            signs++;
        if (words >= FOREIGN_WORDS_MAX || signs >= FOREIGN_SIGNS_MAX)
            return true;
        inside = script == SCRIPT_LATIN;
    }
    return false;
}

static bool has_own_letter(Str text, Str language)
{
    bool letters = false;
    uint32_t c;
    for (size_t at = 0, length; at < text.len; at += length) {
        length = utf8_next(text, at, &c);
        if (writes_in(language, c))
            return true;
        letters = letters || script_of_letter(c) != SCRIPT_NONE;
    }
    return !letters;
}

/* ---- numbers and braces ---- */

static bool is_in(const Numbers *numbers, int64_t number)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->at[i] == number)
            return true;
    return false;
}

/* A number of `one` that `other` has neither in digits nor in words; false for none. */
static bool missing_number(Lint *lint, Str one, Str other, Str language, int64_t *number)
{
    const Numbers here = numbers_in_digits(lint->scratch, one), there = numbers_in_digits(lint->scratch, other);
    const Numbers words = numbers_in_words(lint->scratch, other, language);
    for (size_t i = 0; i < here.count; i++) {
        *number = here.at[i];
        if (!is_in(&there, *number) && !is_in(&words, *number))
            return true;
    }
    return false;
}

static Strs braces_in(Arena *arena, Str text)
{
    Strs found = { 0 };
    for (size_t at = 0; at < text.len; at++) {
        const size_t length = text.data[at] == '{' ? str_find(str_slice(text, at, text.len), S("}")) : SIZE_MAX;
        if (length != SIZE_MAX)
            list_push(arena, &found, str_slice(text, at, at + length + 1));
    }
    return found;
}

static bool has_all(const Strs *all, const Strs *some)
{
    for (size_t i = 0; i < some->count; i++)
        if (!strs_has(all, some->at[i]))
            return false;
    return true;
}

/* ---- one text in two languages ---- */

static bool seems_untranslated(const PackPart *part, Str one, Str other, bool same_script)
{
    if (!str_equal(one, other) || str_equal(str_from(part->key), S("language-names")))
        return false;
    return words_in(one) >= (same_script ? SAME_WORDS_MIN : 1);
}

static void compare(Lint *lint, const PackPart *part, size_t language)
{
    const Strs *languages = &lint->pack->languages;
    const Str one = part->texts->in[0], other = part->texts->in[language];
    const bool same_script = script_of_language(languages->at[0]) == script_of_language(languages->at[language]);
    int64_t number;
    if (seems_untranslated(part, one, other, same_script)) {
        doubt(lint, LINT_UNTRANSLATED, part, language, "is the same in", languages->at[0]);
        return;
    }
    const bool missing = missing_number(lint, one, other, languages->at[language], &number) ||
                         missing_number(lint, other, one, languages->at[0], &number);
    if (missing) {
        Text text = text_begin(lint->scratch, 100);
        text_i64(&text, number / 1000);
        if (number % 1000)
            text_printf(&text, ".%03d", (int)(number % 1000));
        doubt(lint, LINT_NUMBERS_DIFFER, part, language, "has in one language only the number", text_str(&text));
    }
    const Strs here = braces_in(lint->scratch, one), there = braces_in(lint->scratch, other);
    if (!has_all(&here, &there) || !has_all(&there, &here))
        doubt(lint, LINT_PLACEHOLDERS_DIFFER, part, language, "has other braces than in", languages->at[0]);
    arena_reset(lint->scratch);
}

static void look_at_script(Lint *lint, const PackPart *part, size_t language)
{
    const Str text = part->texts->in[language], code = lint->pack->languages.at[language];
    const bool same = language > 0 && str_equal(text, part->texts->in[0]);
    if (!same && !has_own_letter(text, code))
        doubt(lint, LINT_WRONG_SCRIPT, part, language, "has no letter of its language", STR_NONE);
    else if (!same && has_foreign_run(text, code))
        doubt(lint, LINT_WRONG_SCRIPT, part, language, "has a run of words of another language", STR_NONE);
}

void lint_texts(Lint *lint)
{
    for (size_t i = 0; i < lint->parts.count; i++) {
        const PackPart *part = &lint->parts.at[i];
        for (size_t l = 0; part->texts && l < lint->pack->languages.count; l++) {
            if (l > 0)
                compare(lint, part, l);
            if (!str_equal(str_from(part->key), S("language-names")))
                look_at_script(lint, part, l);
        }
    }
}
