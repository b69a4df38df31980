/* The upper tail of the gamma distribution against closed forms, and the risk against chance itself. */
#include "tests/support/test.h"

#include "solver/forecast/risk.h"
#include "tests/support/fill_series.h"

#include <math.h>

#define assert_near(value, expected, margin) \
    assert_true(fabs((double)(value) - (double)(expected)) <= (margin))

/* Q(k, x) of a whole shape is a Poisson sum. */
static double poisson_below(int32_t k, double x)
{
    double term = exp(-x), sum = 0;
    for (int32_t i = 0; i < k; i++) {
        sum += term;
        term *= x / (i + 1);
    }
    return sum;
}

static void test_tail_of_whole_shapes(void **state)
{
    (void)state;
    for (int32_t k = 1; k <= 60; k++)
        for (int32_t i = 0; i < 40; i++)
            assert_near(risk_gamma_tail(k, 0.1 * i * i), poisson_below(k, 0.1 * i * i), 1e-8);
}

static void test_tail_of_a_half_is_the_normal_tail(void **state)
{
    (void)state;
    for (int32_t i = 0; i < 50; i++)
        assert_near(risk_gamma_tail(0.5, 0.01 * i * i), erfc(sqrt(0.01 * i * i)), 1e-8);
}

static void test_tail_is_continuous_where_the_formula_changes(void **state)
{
    (void)state;
    for (int32_t x = 400; x < 620; x += 7)
        assert_near(risk_gamma_tail(499.999, x), risk_gamma_tail(500.001, x), 1e-4);
}

static void test_tail_at_the_ends(void **state)
{
    (void)state;
    assert_near(risk_gamma_tail(3, 0), 1, 0);
    assert_near(risk_gamma_tail(3, -5), 1, 0);
    assert_near(risk_gamma_tail(0, 1), 0, 0);
    assert_near(risk_gamma_tail(1e-12, 1), 0, 1e-9);
    assert_near(risk_gamma_tail(1e6, 1), 1, 1e-9);
    assert_near(risk_gamma_tail(1, 1e300), 0, 0);
}

static struct fill_state random_state(struct rng *rng)
{
    double rate = 0.1 + 20 * rng_unit(rng);
    return (struct fill_state){.level = 110 * rng_unit(rng),
                               .level_sd = 20 * rng_unit(rng),
                               .rate = rate,
                               .rate_sd = 0.7 * rate * rng_unit(rng),
                               .lump = 0.5 + 10 * rng_unit(rng)};
}

static void test_risk_grows_with_days_and_falls_with_the_threshold(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 5);
    for (int32_t i = 0; i < 300; i++) {
        struct fill_state s = random_state(&rng);
        double before = 0;
        for (int32_t k = 0; k < 80; k++) {
            double days = 0.37 * k;
            double risk = risk_at_least(&s, days, 100);
            assert_true(risk >= before - 1e-8 && risk <= 1);
            assert_true(risk_at_least(&s, days, 101) <= risk + 1e-8);
            before = risk;
        }
    }
}

static void test_risk_agrees_with_chance(void **state)
{
    (void)state;
    enum { DRAWS = 20000 };
    struct rng rng;
    rng_seed(&rng, 11);
    for (int32_t i = 0; i < 12; i++) {
        struct fill_state s = random_state(&rng);
        double days = 1 + 10 * rng_unit(&rng), variation = s.rate_sd / s.rate;
        double log_sd = sqrt(log1p(variation * variation));
        int32_t over = 0;
        s.level_sd /= 5; /* a sensor's reading */
        for (int32_t k = 0; k < DRAWS; k++) {
            double rate = s.rate * exp(log_sd * rng_normal(&rng) - log_sd * log_sd / 2);
            double level = s.level + s.level_sd * rng_normal(&rng);
            double lump = s.lump * (rng_unit(&rng) < 0.2 ? 3 : 0.5);
            over += level + fill_gamma(rate * days, lump, &rng) >= 100;
        }
        assert_near(risk_at_least(&s, days, 100), (double)over / DRAWS, 0.02);
    }
}

static void test_a_full_bin_is_full(void **state)
{
    (void)state;
    struct fill_state full = {.level = 101, .rate = 5, .rate_sd = 1, .lump = 3};
    struct fill_state unknown = {.level = 100, .level_sd = 2, .rate = 5, .rate_sd = 1, .lump = 3};
    assert_near(risk_at_least(&full, 0, 100), 1, 1e-9);
    assert_true(risk_at_least(&unknown, 0, 100) > 0.4);
    assert_true(risk_at_least(&unknown, 3, 100) > 0.99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tail_of_whole_shapes),
        cmocka_unit_test(test_tail_of_a_half_is_the_normal_tail),
        cmocka_unit_test(test_tail_is_continuous_where_the_formula_changes),
        cmocka_unit_test(test_tail_at_the_ends),
        cmocka_unit_test(test_risk_grows_with_days_and_falls_with_the_threshold),
        cmocka_unit_test(test_risk_agrees_with_chance),
        cmocka_unit_test(test_a_full_bin_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
