/* The made days are what they are said to be, and can be planned. */
#include "bench/moves/day.h"
#include "solver/routing/problem.h"
#include "tests/support/search.h"
#include "tests/support/test.h"

static void plans_each_day(void **state)
{
    (void)state;
    for (int32_t v = 0; v < DAY_VARIANT_COUNT; v++) {
        struct arena arena;
        struct instance in;
        struct problem problem;
        arena_init(&arena);
        assert_int_equal(day_make(&DAY_VARIANTS[v], 60, &arena, &in, NULL), ERROR_NONE);
        assert_int_equal(problem_build(&in, &arena, &problem, NULL), ERROR_NONE);
        assert_int_equal(problem.site_count > 0, DAY_VARIANTS[v].trips);
        assert_int_equal(problem.timed, DAY_VARIANTS[v].trips);
        assert_int_equal(problem.intricate, DAY_VARIANTS[v].breaks);
        struct routing_result result = search(&in, 1, 50);
        assert_int_equal(assert_accepted(&in, &result, &arena, 1).unserved_mandatory, 0);
        plan_free(&result.plan);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(plans_each_day)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
