/* The table of faults for whom it concerns outside. */
#include "catalogue/catalogue.h"
#include "catalogue/faults.h"

const FaultKind PACK_FAULTS[] = {
#define X(name, word, sentence, hint) [FAULT_##name] = { .code = word, .meaning = sentence, .way_out = hint },
    PACK_FAULTS_LIST(X)
#undef X
};

const FaultKind *pack_faults(size_t *count)
{
    *count = COUNT_OF(PACK_FAULTS);
    return PACK_FAULTS;
}
