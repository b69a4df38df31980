#include "bench/moves/stopwatch.h"
#include "tests/support/test.h"

#include <math.h>

static void takes_medians_of_means(void **state)
{
    (void)state;
    struct samples samples = {.count = 0};
    assert_true(isnan(samples_median(&samples)));
    samples_add(&samples, 100, 0);
    assert_int_equal(samples.count, 0);
    samples_add(&samples, 900, 3);
    samples_add(&samples, 100, 100);
    samples_add(&samples, 20, 10);
    assert_true(samples_median(&samples) == 2);
    for (int32_t k = 0; k < 2 * SAMPLES_MAX; k++) samples_add(&samples, 5, 1);
    assert_int_equal(samples.count, SAMPLES_MAX);
}

static void goes_forward(void **state)
{
    (void)state;
    for (stopwatch_kind kind = STOPWATCH_WORK; kind <= STOPWATCH_WALL; kind++) {
        const struct stopwatch watch = stopwatch_make(kind);
        const double from_ns = stopwatch_now_ns(&watch);
        volatile double sum = 0;
        for (int32_t k = 0; k < 1000000; k++) sum = sum + k;
        assert_true(watch.cost_ns >= 0 && watch.cost_ns < 1e6);
        assert_true(stopwatch_since_ns(&watch, from_ns) > 1e5);
        assert_true(stopwatch_since_ns(&watch, stopwatch_now_ns(&watch) + 1e9) == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(takes_medians_of_means),
                                       cmocka_unit_test(goes_forward)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
