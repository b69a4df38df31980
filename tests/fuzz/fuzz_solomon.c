/* Any bytes given in the form of Solomon's instances: an instance that is valid, or complaints. */
#include "io/solomon.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct diagnostics diagnostics;
    struct benchmark benchmark = {0};
    struct error error;
    arena_init(&arena);
    diagnostics_init(&diagnostics, 5);
    const error_code rc =
        solomon_read("fuzz.txt", (const char *)data, size, &arena, &benchmark, &diagnostics, &error);
    if (rc == ERROR_NONE && instance_validate(&benchmark.instance, &error) != ERROR_NONE) abort();
    if (rc == ERROR_INPUT && error.message[0] == '\0') abort();
    diagnostics_free(&diagnostics);
    arena_free(&arena);
    return 0;
}
