#include "solver/base/arena.h"
#include "solver/model/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void steps_belong_to_the_last_route(void **state)
{
    (void)state;
    struct plan plan;
    struct error error;
    plan_init(&plan);
    assert_int_equal(plan_add_step(&plan, STEP_STOP, 1, &error), ERROR_INTERNAL);
    for (int32_t r = 0; r < 40; r++) {
        assert_int_equal(plan_add_route(&plan, r, 100 * r, &error), ERROR_NONE);
        for (int32_t s = 0; s < r; s++)
            assert_int_equal(plan_add_step(&plan, s % 2 == 0 ? STEP_STOP : STEP_DISPOSAL, s, &error),
                             ERROR_NONE);
    }
    assert_int_equal(plan.route_count, 40);
    assert_int_equal(plan.step_count, 40 * 39 / 2);
    for (int32_t r = 0; r < 40; r++) {
        assert_int_equal(plan.routes[r].vehicle, r);
        assert_int_equal(plan.routes[r].departure_s, 100 * r);
        assert_int_equal(plan.routes[r].step_count, r);
        for (int32_t s = 0; s < r; s++) {
            const struct plan_step *step = &plan.steps[plan.routes[r].first_step + s];
            assert_int_equal(step->id, s);
            assert_int_equal(step->kind, s % 2 == 0 ? STEP_STOP : STEP_DISPOSAL);
        }
    }
    plan_free(&plan);
    assert_int_equal(plan.step_count, 0);
    assert_null(plan.steps);
}

static void a_plan_survives_exhausted_memory(void **state)
{
    (void)state;
    struct plan plan;
    struct error error;
    plan_init(&plan);
    arena_fail_after(1);
    assert_int_equal(plan_add_route(&plan, 0, 0, &error), ERROR_MEMORY);
    assert_int_equal(plan.route_count, 0);
    assert_int_equal(plan_add_route(&plan, 0, 0, &error), ERROR_NONE);
    arena_fail_after(1);
    assert_int_equal(plan_add_step(&plan, STEP_STOP, 0, &error), ERROR_MEMORY);
    assert_int_equal(plan.routes[0].step_count, 0);
    assert_int_equal(plan_add_step(&plan, STEP_STOP, 0, &error), ERROR_NONE);
    arena_fail_after(0);
    plan_free(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(steps_belong_to_the_last_route),
                                       cmocka_unit_test(a_plan_survives_exhausted_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
