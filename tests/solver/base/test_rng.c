/* The generator against the published sequences, and its draws against what they should be distributed as. */
#include "solver/base/rng.h"

#include "tests/support/test.h"

#include <math.h>

enum { DRAWS = 200000 };

static void seeding_is_splitmix64(void **state)
{
    (void)state;
    /* The sequence of Vigna's splitmix64.c from 1234567. */
    static const uint64_t EXPECTED[4] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
                                         UINT64_C(9817491932198370423), UINT64_C(4593380528125082431)};
    struct rng rng;
    rng_seed(&rng, 1234567);
    for (int32_t i = 0; i < 4; i++) assert_true(rng.state[i] == EXPECTED[i]);
}

static void sequence_is_xoshiro256starstar(void **state)
{
    (void)state;
    /* The sequence of the authors' xoshiro256starstar.c from the state 1, 2, 3, 4. */
    static const uint64_t EXPECTED[] = {UINT64_C(11520),
                                        UINT64_C(0),
                                        UINT64_C(1509978240),
                                        UINT64_C(1215971899390074240),
                                        UINT64_C(1216172134540287360),
                                        UINT64_C(607988272756665600),
                                        UINT64_C(16172922978634559625),
                                        UINT64_C(8476171486693032832),
                                        UINT64_C(10595114339597558777),
                                        UINT64_C(2904607092377533576)};
    struct rng rng = {{1, 2, 3, 4}};
    for (size_t i = 0; i < COUNT_OF(EXPECTED); i++) assert_true(rng_next(&rng) == EXPECTED[i]);
}

static void same_seed_same_sequence_other_seed_other(void **state)
{
    (void)state;
    struct rng a, b, c;
    int32_t equal = 0;
    rng_seed(&a, 42);
    rng_seed(&b, 42);
    rng_seed(&c, 43);
    for (int32_t i = 0; i < 1000; i++) {
        const uint64_t drawn = rng_next(&a);
        assert_true(drawn == rng_next(&b));
        equal += drawn == rng_next(&c);
    }
    assert_int_equal(equal, 0);
}

/* No two streams of neighbouring seeds start alike, and the bits of two streams agree half of the time. */
static void streams_are_apart(void **state)
{
    (void)state;
    enum { SEEDS = 20, STREAMS = 20 };
    uint64_t first[SEEDS * STREAMS];
    struct rng a, b;
    int32_t count = 0, agreeing = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        for (uint64_t stream = 0; stream < STREAMS; stream++) {
            rng_seed_stream(&a, seed, stream);
            first[count] = rng_next(&a);
            for (int32_t i = 0; i < count; i++) assert_true(first[i] != first[count]);
            count++;
        }
    }
    rng_seed_stream(&a, 5, 0);
    rng_seed_stream(&b, 5, 1);
    for (int32_t i = 0; i < 1000; i++) {
        for (uint64_t same = ~(rng_next(&a) ^ rng_next(&b)); same != 0; same &= same - 1) agreeing++;
    }
    assert_in_range(agreeing, 32000 - 760, 32000 + 760); /* six standard deviations of 64,000 coins */
}

/* Chi-square with bound − 1 degrees of freedom stays within six standard deviations of its mean. */
static void below_is_uniform(void **state)
{
    (void)state;
    static const int32_t BOUNDS[] = {2, 3, 7, 10, 100, 1000};
    for (size_t i = 0; i < COUNT_OF(BOUNDS); i++) {
        const int32_t bound = BOUNDS[i];
        static int32_t seen[1000];
        struct rng rng;
        double chi_square = 0.0;
        rng_seed(&rng, i);
        for (int32_t value = 0; value < bound; value++) seen[value] = 0;
        for (int32_t draw = 0; draw < DRAWS; draw++) {
            const int32_t value = rng_below(&rng, bound);
            assert_in_range(value, 0, bound - 1);
            seen[value]++;
        }
        const double expected = (double)DRAWS / bound;
        for (int32_t value = 0; value < bound; value++) {
            chi_square += (seen[value] - expected) * (seen[value] - expected) / expected;
        }
        assert_true(fabs(chi_square - (bound - 1)) < 6.0 * sqrt(2.0 * (bound - 1)) + 6.0);
    }
}

/* Without rejection 8 of the 2^32 draws would fall on 3 values of this bound: 3, 3 and 2. */
static void below_has_no_bias_for_large_bounds(void **state)
{
    (void)state;
    const int32_t bound = 3 << 29;
    struct rng rng;
    int32_t multiples = 0;
    rng_seed(&rng, 11);
    for (int32_t draw = 0; draw < DRAWS; draw++) {
        const int32_t value = rng_below(&rng, bound);
        assert_in_range(value, 0, bound - 1);
        multiples += value % 3 == 0;
    }
    assert_in_range(multiples, DRAWS / 3 - 1265, DRAWS / 3 + 1265); /* six standard deviations */
    for (int32_t draw = 0; draw < 100; draw++) {
        assert_int_equal(rng_below(&rng, 1), 0);
        assert_in_range(rng_below(&rng, INT32_MAX), 0, INT32_MAX - 1);
    }
}

static void unit_is_uniform(void **state)
{
    (void)state;
    struct rng rng;
    double sum = 0.0, squares = 0.0;
    rng_seed(&rng, 12);
    for (int32_t draw = 0; draw < DRAWS; draw++) {
        const double value = rng_unit(&rng);
        assert_true(value >= 0.0 && value < 1.0);
        sum += value;
        squares += value * value;
    }
    assert_true(fabs(sum / DRAWS - 1.0 / 2) < 6.0 * sqrt(1.0 / 12 / DRAWS));
    assert_true(fabs(squares / DRAWS - 1.0 / 3) < 6.0 * sqrt(4.0 / 45 / DRAWS));
}

static void normal_is_normal(void **state)
{
    (void)state;
    struct rng rng;
    double moments[5] = {0};
    int32_t beyond = 0;
    rng_seed(&rng, 13);
    for (int32_t draw = 0; draw < DRAWS; draw++) {
        const double value = rng_normal(&rng);
        double power = 1.0;
        for (int32_t order = 1; order <= 4; order++) moments[order] += (power *= value);
        beyond += fabs(value) > 1.959964;
    }
    /* The variances of the means of x, x², x³, x⁴ are 1, 2, 15, 96 over the number of draws. */
    static const double MEAN[5] = {0, 0, 1, 0, 3}, VARIANCE[5] = {0, 1, 2, 15, 96};
    for (int32_t order = 1; order <= 4; order++) {
        assert_true(fabs(moments[order] / DRAWS - MEAN[order]) < 6.0 * sqrt(VARIANCE[order] / DRAWS));
    }
    assert_in_range(beyond, DRAWS / 20 - 585, DRAWS / 20 + 585);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeding_is_splitmix64),
        cmocka_unit_test(sequence_is_xoshiro256starstar),
        cmocka_unit_test(same_seed_same_sequence_other_seed_other),
        cmocka_unit_test(streams_are_apart),
        cmocka_unit_test(below_is_uniform),
        cmocka_unit_test(below_has_no_bias_for_large_bounds),
        cmocka_unit_test(unit_is_uniform),
        cmocka_unit_test(normal_is_normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
