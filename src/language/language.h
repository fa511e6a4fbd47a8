/* language: what the program itself says, in the reader's language: texts, dates, times, periods and money in words.
 * (What a pack says stands in the pack's Texts.) Pure; texts come from texts/LANGUAGE.po at build time.
 *
 *     Str label = TR(LANGUAGE_ZH, "Continue");
 *     Str where = text_in(arena, language, "Section %1 of %2", S("2"), S("4"));
 *     Str count = text_counted(arena, language, "1 document", "%1 documents", n);
 *     Text letter = text_begin(arena, 10000);
 *     date_in_words(&letter, language, due);
 *
 * English stands in the code and is the key of its translations. A text that is chosen in one place and shown in
 * another is marked where it stands, N_("Enter %1"), so that `ninja -C build texts` finds it; text_in shows it.
 *
 * A third language: a row below, texts/CODE.po, its name in texts/meson.build, and its dates in language.c. */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include "base/base.h"
#include "calendar/calendar.h"

/* The code as packs and ?lang= write it, and the tag for the lang attribute (Chinese needs its script named, or a
 * browser may choose Japanese shapes). English first: it is what remains where a language is missing. */
#define LANGUAGES(X) X(LANGUAGE_EN, "en", "en") X(LANGUAGE_ZH, "zh", "zh-Hans")
typedef enum Language {
#define X(name, code, tag) name,
    LANGUAGES(X)
#undef X
} Language;
#define X(name, code, tag) +1
enum { LANGUAGE_COUNT = 0 LANGUAGES(X) };
#undef X

Language language_of(Str code);                    /* "zh", "zh-CN", "ZH"; English for what we do not speak */
Str language_tag(Language language);               /* "zh-Hans" */
Str language_tag_of(Str code);                     /* for the name of a language that we may not speak: else the code */

#define N_(text) text
#define TR(language, text) text_of((language), "" text)
Str text_of(Language language, const char *english); /* the English itself where there is no translation */

/* Text with its %1 … %9 replaced; a missing argument stays as it is written. */
#define text_in(arena, language, english, ...)                                                                         \
    text_place((arena), text_of((language), (english)), &((const Str[]){ STR_NONE, __VA_ARGS__ })[1],                  \
               COUNT_OF(((const Str[]){ STR_NONE, __VA_ARGS__ })) - 1)
Str text_place(Arena *arena, Str text, const Str *args, size_t count);
Str text_counted(Arena *arena, Language language, const char *one, const char *many, int64_t count);

/* Nothing is written for what is not set. */
void date_in_words(Text *text, Language language, Date date);          /* "13 March 2026", "2026年3月13日" */
void instant_in_words(Text *text, Language language, Instant at, int offset_minutes); /* "13 March 2026, 14:05" */
void period_in_words(Text *text, Language language, Period period);    /* "10 working days", "10个工作日" */
void money_in_words(Text *text, Language language, Money money, Str currency); /* "¥1,200.50", "1200.50元" */
Str currency_sign(Str currency);                   /* "¥" for "CNY"; the code itself where there is none */

#endif
