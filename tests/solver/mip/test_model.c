/* The judge of solutions, by hand: violations, objectives, and the bounds that prices prove. */
#include "solver/base/rng.h"
#include "solver/mip/model.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* min 2x + 3y,  4 <= x + y <= 6,  x − 2y = −5,  0 <= x <= 3.5 whole,  y >= 1. */
static void make(struct mip_model *model)
{
    mip_model_init(model);
    assert_int_equal(mip_model_add_column(model, (struct mip_column){0, 3.5, 2, true}, NULL), ERROR_NONE);
    assert_int_equal(mip_model_add_column(model, (struct mip_column){1, INFINITY, 3, false}, NULL),
                     ERROR_NONE);
    assert_int_equal(mip_model_add_row(model, 4, 6, NULL), ERROR_NONE);
    assert_int_equal(mip_model_add_entry(model, 0, 1, NULL), ERROR_NONE);
    assert_int_equal(mip_model_add_entry(model, 1, 1, NULL), ERROR_NONE);
    assert_int_equal(mip_model_add_row(model, -5, -5, NULL), ERROR_NONE);
    assert_int_equal(mip_model_add_entry(model, 0, 1, NULL), ERROR_NONE);
    assert_int_equal(mip_model_add_entry(model, 1, -2, NULL), ERROR_NONE);
    assert_int_equal(mip_model_validate(model, NULL), ERROR_NONE);
}

static double violation(const struct mip_model *model, double x, double y)
{
    return mip_model_violation(model, (const double[]){x, y});
}

static void assert_near(double found, double expected)
{
    assert_true(fabs(found - expected) < 1e-12);
}

static void test_violation_and_objective(void **state)
{
    (void)state;
    struct mip_model model;
    make(&model);
    assert_true(violation(&model, 1, 3) == 0);
    assert_near(mip_model_objective(&model, (const double[]){1, 3}), 11);
    assert_near(violation(&model, 0, 2.5), 1.5 / 4);      /* the first row lacks 1.5 of 4 */
    assert_near(violation(&model, 3, 4), 1.0 / 6);        /* 7 over 6 */
    assert_near(violation(&model, 2, 3), 1.0 / 6);        /* −4 for −5; the terms are 2 and 6 */
    assert_near(violation(&model, 1.5, 3.25), 0.5);       /* not whole */
    assert_near(violation(&model, 5, 5), 4.0 / 6);        /* 10 over 6 beats 5 over 3 */
    assert_true(violation(&model, (double)NAN, 3) > 1e6); /* never feasible */
    mip_model_free(&model);
}

static void test_whole_bounds(void **state)
{
    (void)state;
    const struct mip_column whole = {0.2, 3.7, 0, true}, broken = {0.2, 3.7, 0, false};
    const struct mip_column near = {2.9999999999, 5.0000000001, 0, true};
    assert_true(mip_column_lower(&whole) == 1 && mip_column_upper(&whole) == 3);
    assert_true(mip_column_lower(&broken) == 0.2 && mip_column_upper(&broken) == 3.7);
    assert_true(mip_column_lower(&near) == 3 && mip_column_upper(&near) == 5);
}

/* y = (3, 0): 3 × 4 + (2 − 3) × 3 + 0 × 1 = 9; the x of the cheapest bound is 3, whole. */
static void test_dual_bound_by_hand(void **state)
{
    (void)state;
    struct mip_model model;
    double reduced[2];
    make(&model);
    assert_near(mip_model_dual_bound(&model, (const double[]){3, 0}, reduced), 9);
    assert_near(reduced[0], -1);
    assert_near(reduced[1], 0);
    /* y = (0, 0): 2 × 0 + 3 × 1. */
    assert_near(mip_model_dual_bound(&model, (const double[]){0, 0}, reduced), 3);
    /* y = (4, 0): the price of y is −1 and y has no upper bound: nothing is proved. */
    assert_true(mip_model_dual_bound(&model, (const double[]){4, 0}, reduced) == -INFINITY);
    /* Rounding below zero where a bound is missing does not spoil the proof. */
    assert_true(fabs(mip_model_dual_bound(&model, (const double[]){3 + 1e-9, 0}, reduced) - 9) < 1e-7);
    mip_model_free(&model);
}

/* Weak duality: whatever the prices, the bound is below each feasible point's cost. */
static void test_dual_bound_is_a_bound(void **state)
{
    (void)state;
    struct mip_model model;
    struct rng rng;
    int32_t proved = 0;
    make(&model);
    rng_seed(&rng, 10);
    for (int32_t n = 0; n < 2000; n++) {
        double reduced[2];
        const double y[] = {6 * rng_unit(&rng) - 2, 6 * rng_unit(&rng) - 3};
        const double bound = mip_model_dual_bound(&model, y, reduced);
        assert_true(bound <= 11 + 1e-9); /* (1, 3) */
        proved += bound > 9;
    }
    assert_true(proved > 10);
    mip_model_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_violation_and_objective),
        cmocka_unit_test(test_whole_bounds),
        cmocka_unit_test(test_dual_bound_by_hand),
        cmocka_unit_test(test_dual_bound_is_a_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
