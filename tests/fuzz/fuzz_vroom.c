/* Any bytes given as a VROOM problem: an instance that is valid, or complaints; and the same bytes as the
 * plan of it, which is checked and written. */
#include "io/vroom_file.h"

#include <stdlib.h>

static void judge(const struct benchmark *benchmark, const uint8_t *data, size_t size, struct arena *arena,
                  struct diagnostics *diagnostics, FILE *nowhere)
{
    struct plan plan;
    struct check_report report;
    struct error error;
    double cost;
    if (vroom_read_solution("fuzz.json", (const char *)data, size, benchmark, &plan, &cost, diagnostics,
                            &error) != ERROR_NONE)
        return;
    if (check_plan(&benchmark->instance, &plan, arena, &report, &error) != ERROR_NONE ||
        vroom_write(nowhere, benchmark, &plan, &report, &error) != ERROR_NONE)
        abort();
    plan_free(&plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static FILE *nowhere;
    struct arena arena;
    struct diagnostics diagnostics;
    struct benchmark benchmark = {.family = &VROOM_FAMILY};
    struct error error;
    if (nowhere == NULL) nowhere = fopen("/dev/null", "w");
    if (nowhere == NULL) abort();
    arena_init(&arena);
    diagnostics_init(&diagnostics, 5);
    (void)VROOM_FAMILY.recognises((const char *)data, size);
    const error_code rc =
        vroom_read("fuzz.json", (const char *)data, size, &arena, &benchmark, &diagnostics, &error);
    if (rc == ERROR_NONE && instance_validate(&benchmark.instance, &error) != ERROR_NONE) abort();
    if (rc == ERROR_INPUT && error.message[0] == '\0') abort();
    if (rc == ERROR_NONE) judge(&benchmark, data, size, &arena, &diagnostics, nowhere);
    diagnostics_free(&diagnostics);
    arena_free(&arena);
    return 0;
}
