#include "lint/faults.h"

const FaultKind LINT_FAULTS[] = {
#define X(name, word, severity, sentence, hint)                                                                        \
    [LINT_##name] = { .code = word, .warning = severity, .meaning = sentence, .way_out = hint },
    LINT_FAULTS_LIST(X)
#undef X
};
_Static_assert(COUNT_OF(LINT_FAULTS) == LINT_FAULT_COUNT, "every fault has its row");
