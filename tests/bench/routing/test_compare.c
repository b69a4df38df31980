#include "bench/routing/compare.h"
#include "solver/base/rng.h"
#include "tests/support/runs.h"
#include "tests/support/test.h"

#include <math.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-6)

enum { RUNS_MAX = 64 };

/* Two lists of runs, `count` each, compared: free the comparison. */
static struct comparison compare(const struct record *now, const struct record *then, int64_t count)
{
    struct records now_records = made_runs(now, count), then_records = made_runs(then, count);
    struct record_view now_view = made_view(&now_records), then_view = made_view(&then_records);
    const struct span group = span_group(&now_view, 0);
    struct comparison comparison;
    assert_int_equal(group.count, now_view.count);
    assert_int_equal(compare_group(&group, &then_view, &comparison, NULL), ERROR_NONE);
    /* The names belong to the first list: tests look at numbers alone. */
    record_view_free(&now_view);
    record_view_free(&then_view);
    records_free(&now_records);
    records_free(&then_records);
    return comparison;
}

/* Runs A, B, C, …, each with so many seeds, whose gaps are all `gap`. */
static int64_t fill(struct record *runs, int32_t instances, int32_t seeds, double gap)
{
    int64_t count = 0;
    for (int32_t i = 0; i < instances; i++)
        for (int32_t s = 1; s <= seeds; s++) {
            const char name[] = {(char)('A' + i), '\0'};
            runs[count++] = made_run("cvrp", name, (uint64_t)s, gap);
        }
    return count;
}

static void by_hand(void **state)
{
    (void)state;
    struct record now[RUNS_MAX], then[RUNS_MAX];
    const int64_t count = fill(now, 3, 2, 5);
    fill(then, 3, 2, 5);
    for (int64_t i = 0; i < count; i++) {
        const int64_t instance = i / 2;
        now[i].gap_percent += 1 + (double)instance; /* changes of 1, 2 and 3 */
    }
    for (int64_t i = 0; i < count; i++) {
        now[i].iterations = i % 2 == 0 ? 400 : 100;
        now[i].cpu_seconds = 5;
    }
    struct comparison comparison = compare(now, then, count);
    assert_int_equal(comparison.count, 3);
    NEAR(comparison.change, 2);
    NEAR(comparison.half_width, 4.303 / sqrt(3));
    NEAR(comparison.iterations_ratio, 2);
    NEAR(comparison.cpu_ratio, 0.5);
    assert_int_equal(comparison.lost, 0);
    for (int32_t i = 0; i < 3; i++) { /* the two seeds agree: no noise, all are worse */
        NEAR(comparison.items[i].change, 1 + i);
        assert_int_equal(comparison.items[i].seeds, 2);
        assert_true(comparison.items[i].worse);
    }
    comparison_free(&comparison);
}

static void the_same_runs_have_not_changed(void **state)
{
    (void)state;
    struct record runs[RUNS_MAX];
    const int64_t count = fill(runs, 4, 1, 2);
    struct comparison comparison = compare(runs, runs, count);
    NEAR(comparison.change, 0);
    NEAR(comparison.half_width, 0);
    for (int64_t i = 0; i < comparison.count; i++) assert_false(comparison.items[i].worse);
    comparison_free(&comparison);
}

/* Twelve instances that differ by chance, one of them worse by far and one better: named or not, over trials.
 */
static void try_noise(struct rng *rng, int32_t seeds, int32_t *found, int32_t *falsely)
{
    enum { WORSE = 7, BETTER = 3 };
    struct record now[RUNS_MAX], then[RUNS_MAX];
    const int64_t count = fill(now, 12, seeds, 1);
    bool other = false;
    fill(then, 12, seeds, 1);
    for (int64_t i = 0; i < count; i++) {
        now[i].gap_percent += 0.1 * rng_normal(rng);
        if (i / seeds == WORSE) now[i].gap_percent += 2;
        if (i / seeds == BETTER) now[i].gap_percent -= 2;
    }
    struct comparison comparison = compare(now, then, count);
    for (int32_t i = 0; i < 12; i++)
        if (i != WORSE) other = other || comparison.items[i].worse;
    *found += comparison.items[WORSE].worse;
    *falsely += other;
    assert_false(comparison.items[BETTER].worse);
    comparison_free(&comparison);
}

static void what_stands_out_of_noise_is_named(void **state)
{
    (void)state;
    enum { TRIALS = 300 };
    struct rng rng;
    rng_seed(&rng, 5);
    for (int32_t seeds = 1; seeds <= 4; seeds++) {
        int32_t found = 0, falsely = 0;
        for (int32_t trial = 0; trial < TRIALS; trial++) try_noise(&rng, seeds, &found, &falsely);
        if (found < TRIALS || falsely > TRIALS * 0.15)
            fail_msg("%d found, %d falsely", (int)found, (int)falsely);
    }
}

/* Of many pairs of sets that differ by chance alone, about one in twenty has an interval without zero. */
static void the_interval_holds_its_promise(void **state)
{
    (void)state;
    enum { TRIALS = 2000 };
    struct rng rng;
    rng_seed(&rng, 7);
    static const int32_t SIZES[] = {3, 6, 25};
    for (size_t size = 0; size < COUNT_OF(SIZES); size++) {
        int32_t covered = 0;
        for (int32_t trial = 0; trial < TRIALS; trial++) {
            struct record now[RUNS_MAX], then[RUNS_MAX];
            const int64_t count = fill(now, SIZES[size], 1, 0);
            fill(then, SIZES[size], 1, 0);
            for (int64_t i = 0; i < count; i++) now[i].gap_percent = rng_normal(&rng);
            struct comparison comparison = compare(now, then, count);
            covered += fabs(comparison.change) <= comparison.half_width;
            comparison_free(&comparison);
        }
        if (covered < TRIALS * 0.93 || covered > TRIALS * 0.97) fail_msg("%d of %d", (int)covered, TRIALS);
    }
}

static void lost_and_unpaired_runs_are_in_no_change(void **state)
{
    (void)state;
    struct record now[RUNS_MAX], then[RUNS_MAX];
    const int64_t count = fill(now, 4, 1, 2);
    fill(then, 4, 1, 1);
    now[0].verified = false;  /* lost */
    then[1].verified = false; /* won */
    then[2].seed = 9;         /* another run */
    now[3].iterations = 0;    /* a budget that ended before the first */
    struct comparison comparison = compare(now, then, count);
    assert_int_equal(comparison.count, 1);
    assert_int_equal(comparison.lost, 1);
    NEAR(comparison.change, 1);
    assert_true(isnan(comparison.half_width));
    assert_true(isnan(comparison.iterations_ratio));
    comparison_free(&comparison);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(the_same_runs_have_not_changed),
        cmocka_unit_test(what_stands_out_of_noise_is_named),
        cmocka_unit_test(the_interval_holds_its_promise),
        cmocka_unit_test(lost_and_unpaired_runs_are_in_no_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
