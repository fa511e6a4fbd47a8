/* The whole test harness. A test program calls RUN for each case and ends with `return test_end();`.
 * CHECK goes on after a failure, so that one run shows everything; the last line is `N passed, N failed`, by case. */
#ifndef TEST_H
#define TEST_H

#include <stdio.h>

static int test_passed, test_failed, test_skipped, test_faults;

#define CHECK(x) test_check((x), #x, __FILE__, __LINE__)
#define CHECK_STR(got, want) test_check_str((got), (want), #got, __FILE__, __LINE__)
#define RUN(function)                                                                                                  \
    do {                                                                                                               \
        test_faults = 0;                                                                                               \
        function();                                                                                                    \
        test_faults ? test_failed++ : test_passed++;                                                                   \
        if (test_faults)                                                                                               \
            printf("FAILED %s\n", #function);                                                                          \
    } while (0)

static inline bool test_check(bool holds, const char *what, const char *file, int line)
{
    if (!holds) {
        test_faults++;
        printf("%s:%d: does not hold: %s\n", file, line, what);
    }
    return holds;
}

static inline bool test_check_str(Str got, Str want, const char *what, const char *file, int line)
{
    if (str_equal(got, want))
        return true;
    test_faults++;
    printf("%s:%d: %s\n   is: %.*s\n want: %.*s\n", file, line, what, STR_ARGS(got), STR_ARGS(want));
    return false;
}

static inline void test_skip(const char *why)
{
    test_skipped++;
    printf("skipped: %s\n", why);
}

static inline int test_end(void)
{
    printf("%d passed, %d failed", test_passed, test_failed);
    if (test_skipped)
        printf(", %d skipped", test_skipped);
    printf("\n");
    return test_failed ? 1 : 0;
}

#endif
