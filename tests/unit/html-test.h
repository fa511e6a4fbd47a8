/* What the test's templates are given. */
#ifndef HTML_TEST_H
#define HTML_TEST_H

#include "web/parts.h"

typedef struct TestItem {
    Str name;
    Str url;
} TestItem;
typedef struct TestPage {
    Str text;
    Markup markup;
    int64_t number;
    Date date;
    Instant at;
    Money fee;
    Period period;
    LIST(TestItem) items;
    LIST(const TestItem *) pointers;
} TestPage;

void html_test_escaping(Html *out, const TestPage *p);
void html_test_words(Html *out, const TestPage *p);
void html_test_texts(Html *out, const TestPage *p);
void html_test_urls(Html *out, const TestPage *p);
void html_test_paths(Html *out, const TestPage *p);
void html_test_blocks(Html *out, const TestPage *p);
void html_test_form(Html *out, const TestPage *p);

#endif
