/* The Poisson-binomial against published figures and against enumeration of who is there. */
#include "solver/base/rng.h"
#include "solver/staff/shortage.h"
#include "solver/staff/staffing.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_known_distribution(void **state)
{
    (void)state;
    const double absence[] = {0.05, 0.1, 0.2, 0.3, 0.15};
    const double expected[] = {0.40698, 0.414625, 0.1517, 0.02485, 0.0018, 0.000045};
    double pmf[6];
    presence_distribution(absence, 5, pmf);
    for (int32_t k = 0; k < 6; k++) assert_true(fabs(pmf[k] - expected[k]) < 1e-12);
}

/* The least headcount whose shortage is at most 1 − level. */
static int32_t headcount(int32_t posts, double absence, double level)
{
    double presence[200];
    for (int32_t i = 0; i < 200; i++) presence[i] = 1 - absence;
    for (int32_t count = posts;; count++)
        if (staffing_shortage(presence, count, posts) <= 1 - level) return count;
}

static void test_known_headcounts(void **state)
{
    (void)state;
    const struct {
        int32_t posts;
        double absence;
        int32_t at_90, at_95, at_99;
    } table[] = {
        {39, 0.096, 46, 47, 49}, {39, 0.14, 49, 50, 53}, {39, 0.24, 57, 58, 62}, {13, 0.115, 17, 17, 19}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_int_equal(headcount(table[i].posts, table[i].absence, 0.90), table[i].at_90);
        assert_int_equal(headcount(table[i].posts, table[i].absence, 0.95), table[i].at_95);
        assert_int_equal(headcount(table[i].posts, table[i].absence, 0.99), table[i].at_99);
    }
}

static void test_edges(void **state)
{
    (void)state;
    const double presence[] = {0.9, 0.8};
    assert_true(staffing_shortage(presence, 2, 0) == 0);
    assert_true(staffing_shortage(presence, 2, -1) == 0);
    assert_true(staffing_shortage(presence, 2, 3) == 1);
    assert_true(staffing_shortage(NULL, 0, 0) == 0);
    assert_true(staffing_shortage(NULL, 0, 1) == 1);
    assert_true(fabs(staffing_shortage(presence, 2, 1) - 0.02) < 1e-15);
    assert_true(fabs(staffing_shortage(presence, 2, 2) - 0.28) < 1e-15);
    const double sure[] = {1, 1, 0};
    assert_true(staffing_shortage(sure, 3, 2) == 0);
    assert_true(staffing_shortage(sure, 3, 3) == 1);
}

static double probability_of(const double *presence, int32_t count, uint32_t who, int32_t *present)
{
    double probability = 1;
    *present = 0;
    for (int32_t i = 0; i < count; i++) {
        const bool there = (who >> i) & 1;
        probability *= there ? presence[i] : 1 - presence[i];
        *present += there;
    }
    return probability;
}

static void test_against_enumeration(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 8);
    for (int32_t n = 0; n < 200; n++) {
        double helpers[4], own[5], helper_pmf[5], own_pmf[6];
        for (int32_t i = 0; i < 4; i++) helpers[i] = rng_unit(&rng);
        for (int32_t i = 0; i < 5; i++) own[i] = rng_unit(&rng);
        const int32_t helper_posts = rng_below(&rng, 5), posts = rng_below(&rng, 9);
        double short_alone = 0, short_helped = 0;
        for (uint32_t a = 0; a < 32; a++) {
            int32_t own_present, helping;
            const double p = probability_of(own, 5, a, &own_present);
            if (own_present < posts) short_alone += p;
            for (uint32_t b = 0; b < 16; b++) {
                const double q = probability_of(helpers, 4, b, &helping);
                const int32_t spare = helping > helper_posts ? helping - helper_posts : 0;
                if (own_present + spare < posts) short_helped += p * q;
            }
        }
        presence_distribution(helpers, 4, helper_pmf);
        presence_distribution(own, 5, own_pmf);
        assert_true(fabs(staffing_shortage(own, 5, posts) - short_alone) < 1e-12);
        assert_true(fabs(count_below(own_pmf, 5, posts) - short_alone) < 1e-12);
        assert_true(fabs(count_below_with_help(helper_pmf, 4, helper_posts, own_pmf, 5, posts) -
                         short_helped) < 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_distribution),
        cmocka_unit_test(test_known_headcounts),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_against_enumeration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
