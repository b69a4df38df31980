/* Every task of every run is done once, and is over when the run is. */
#include "solver/base/parallel.h"

#include "tests/support/test.h"

#include <string.h>

enum { TASKS = 37, RUNS = 2000 };

static void count_one(void *context, int32_t k)
{
    int32_t *counts = context;
    counts[k]++;
}

static void every_task_is_done_once(void **state)
{
    (void)state;
    for (int32_t threads = 1; threads <= 5; threads++) {
        struct crew crew;
        int32_t counts[TASKS] = {0};
        crew_start(&crew, threads);
        for (int32_t run = 1; run <= RUNS; run++) {
            const int32_t tasks = run % 2 == 0 ? TASKS : 1;
            crew_run(&crew, tasks, count_one, counts);
            assert_int_equal(counts[0], run);
            assert_int_equal(counts[TASKS - 1], run / 2);
        }
        for (int32_t k = 1; k < TASKS; k++) assert_int_equal(counts[k], RUNS / 2);
        crew_stop(&crew);
    }
}

static void a_crew_may_have_nothing_to_do(void **state)
{
    (void)state;
    struct crew crew;
    crew_start(&crew, 3);
    crew_run(&crew, 0, count_one, NULL);
    crew_stop(&crew);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_is_done_once),
        cmocka_unit_test(a_crew_may_have_nothing_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
