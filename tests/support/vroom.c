#include "tests/support/vroom.h"

#include "solver/routing/routing.h"
#include "tests/support/golden.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

void vroom_case_read(struct vroom_case *it, const char *problem)
{
    memset(it, 0, sizeof *it);
    it->text = strdup(problem);
    assert_non_null(it->text);
    for (char *c = it->text; *c != '\0'; c++)
        if (*c == '\'') *c = '"';
    arena_init(&it->arena);
    diagnostics_init(&it->diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
    it->benchmark.family = &VROOM_FAMILY;
    it->rc = vroom_read("t.json", it->text, strlen(it->text), &it->arena, &it->benchmark, &it->diagnostics,
                        &it->error);
}

void vroom_case_free(struct vroom_case *it)
{
    diagnostics_free(&it->diagnostics);
    arena_free(&it->arena);
    free(it->text);
}

const struct diagnostic *vroom_case_said(const struct vroom_case *it, const char *fragment)
{
    for (int64_t k = 0; k < it->diagnostics.count; k++)
        if (strstr(it->diagnostics.items[k].message, fragment) != NULL) return &it->diagnostics.items[k];
    return NULL;
}

void vroom_case_solve(struct vroom_case *it, int64_t iterations, struct plan *plan,
                      struct check_report *report)
{
    struct routing_options options = routing_options_default();
    struct routing_result result;
    options.iterations = iterations;
    options.time_limit_s = 0;
    options.threads = 1;
    options.seed = 1;
    if (it->rc != ERROR_NONE) fail_msg("%s\n%s", it->error.message, it->text);
    assert_int_equal(routing_solve(&it->benchmark.instance, &options, &result, &it->error), ERROR_NONE);
    *plan = result.plan;
    assert_int_equal(vroom_complete(&it->benchmark, plan, &it->error), ERROR_NONE);
    assert_int_equal(check_plan(&it->benchmark.instance, plan, &it->arena, report, &it->error), ERROR_NONE);
}

char *vroom_case_answer(const struct vroom_case *it, const struct plan *plan,
                        const struct check_report *report)
{
    struct error error;
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(vroom_write(file, &it->benchmark, plan, report, &error), ERROR_NONE);
    return golden_take(file);
}
