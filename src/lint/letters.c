/* Letters and scripts, by ICU's tables. */
#include "lint/letters.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

static UScriptCode code_of(uint32_t letter)
{
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode code = u_isalpha((UChar32)letter) ? uscript_getScript((UChar32)letter, &status) : USCRIPT_COMMON;
    return U_SUCCESS(status) ? code : USCRIPT_COMMON;
}

Script script_of_letter(uint32_t letter)
{
    const UScriptCode code = code_of(letter);
    if (code == USCRIPT_COMMON || code == USCRIPT_INHERITED)
        return SCRIPT_NONE;
    return code == USCRIPT_LATIN ? SCRIPT_LATIN : code == USCRIPT_HAN ? SCRIPT_HAN : SCRIPT_OTHER;
}

/* Languages that are not written in Latin letters, with their scripts. */
static const struct Writing {
    const char *language;
    UScriptCode scripts[3];
} WRITINGS[] = {
    { "zh", { USCRIPT_HAN } },        { "ja", { USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA } },
    { "ko", { USCRIPT_HANGUL } },     { "ru", { USCRIPT_CYRILLIC } },
    { "uk", { USCRIPT_CYRILLIC } },   { "bg", { USCRIPT_CYRILLIC } },
    { "sr", { USCRIPT_CYRILLIC, USCRIPT_LATIN } }, { "mn", { USCRIPT_CYRILLIC, USCRIPT_MONGOLIAN } },
    { "kk", { USCRIPT_CYRILLIC, USCRIPT_ARABIC, USCRIPT_LATIN } }, { "el", { USCRIPT_GREEK } },
    { "ar", { USCRIPT_ARABIC } },     { "fa", { USCRIPT_ARABIC } },
    { "ug", { USCRIPT_ARABIC } },     { "ur", { USCRIPT_ARABIC } },
    { "he", { USCRIPT_HEBREW } },     { "hi", { USCRIPT_DEVANAGARI } },
    { "bo", { USCRIPT_TIBETAN } },    { "th", { USCRIPT_THAI } },
    { "ka", { USCRIPT_GEORGIAN } },   { "hy", { USCRIPT_ARMENIAN } },
};

static const struct Writing *writing_of(Str code)
{
    for (size_t i = 0; i < COUNT_OF(WRITINGS); i++)
        if (str_equal(code, str_from(WRITINGS[i].language)))
            return &WRITINGS[i];
    return NULL;
}

Script script_of_language(Str code)
{
    const struct Writing *writing = writing_of(code);
    if (!writing)
        return SCRIPT_LATIN;
    return writing->scripts[0] == USCRIPT_HAN ? SCRIPT_HAN : SCRIPT_OTHER;
}

bool writes_in(Str code, uint32_t letter)
{
    const struct Writing *writing = writing_of(code);
    const UScriptCode script = code_of(letter);
    if (!writing)
        return script == USCRIPT_LATIN;
    for (size_t i = 0; i < COUNT_OF(writing->scripts); i++)
        if (script == writing->scripts[i])
            return script != USCRIPT_COMMON;
    return false;
}

Str letters_plain(Arena *arena, Str text)
{
    Text out = text_begin(arena, SIZE_MAX);
    uint32_t c;
    for (size_t at = 0, length; at < text.len; at += length) {
        char bytes[4];
        size_t count;
        length = utf8_next(text, at, &c);
        if (!u_isalnum((UChar32)c))
            continue;
        utf8_encode((uint32_t)u_tolower((UChar32)c), bytes, &count);
        text_put(&out, (Str){ bytes, count });
    }
    return text_str(&out);
}
