/* fuzz: what every target has. One input, one arena, which is emptied after it; a bound that it meets is an answer like any other. */
#ifndef FUZZ_H
#define FUZZ_H

#include "base/base.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline Arena *fuzz_arena(size_t cap)
{
    static Arena *arena;
    if (!arena)
        arena = arena_open(cap);
    arena_reset(arena);
    return arena;
}

#endif
