/* The table of texts, made from the .po files of texts/ by tools/texts.c; sorted by `english`, bytewise. */
#ifndef LANGUAGE_TABLE_H
#define LANGUAGE_TABLE_H

#include "language/language.h"

typedef struct LanguageRow {
    const char *english;
    Str one[LANGUAGE_COUNT];
    Str many[LANGUAGE_COUNT];                      /* of a counted text; else empty */
} LanguageRow;
extern const LanguageRow LANGUAGE_ROWS[];
extern const size_t LANGUAGE_ROW_COUNT;

#endif
