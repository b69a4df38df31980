#include "bench/routing/summary.h"
#include "tests/support/runs.h"
#include "tests/support/test.h"

#include <math.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-12)

/* A with three seeds, B with one: each counts once. C has no verified run. */
static void instances_count_alike(void **state)
{
    (void)state;
    struct record runs[] = {
        made_run("cvrp", "A", 1, 1), made_run("cvrp", "A", 2, 6),   made_run("cvrp", "A", 3, 2),
        made_run("cvrp", "B", 1, 4), made_run("cvrp", "C", 1, 100), made_run("cvrp", "B", 2, 50),
    };
    runs[4].verified = runs[5].verified = false;
    runs[3].seconds = 11.1;
    struct records records = made_runs(runs, COUNT_OF(runs));
    struct record_view view = made_view(&records);
    const struct span group = span_group(&view, 0);
    assert_int_equal(group.count, COUNT_OF(runs));
    const struct summary summary = summary_of(&group);
    assert_int_equal(summary.instances, 2);
    assert_int_equal(summary.runs, 6);
    assert_int_equal(summary.failed, 2);
    assert_int_equal(summary.late, 1);
    NEAR(summary.mean, 3.5);
    NEAR(summary.median, 3);
    NEAR(summary.worst, 6);
    assert_string_equal(summary.worst_instance, "A");
    record_view_free(&view);
    records_free(&records);
}

static void groups_are_families_budgets_and_threads(void **state)
{
    (void)state;
    struct record runs[] = {made_run("cvrp", "A", 1, 1), made_run("cvrp", "A", 1, 2),
                            made_run("cvrp", "A", 1, 3), made_run("hfvrp", "A", 1, 4),
                            made_run("hfvrp", "B", 1, 5)};
    runs[1].budget_s = 60;
    runs[2].threads = 2;
    static const int64_t WANTED[] = {1, 1, 1, 2};
    struct records records = made_runs(runs, COUNT_OF(runs));
    struct record_view view = made_view(&records);
    int64_t first = 0;
    for (size_t g = 0; g < COUNT_OF(WANTED); g++) {
        const struct span group = span_group(&view, first);
        assert_int_equal(group.count, WANTED[g]);
        first += group.count;
    }
    assert_int_equal(first, view.count);
    record_view_free(&view);
    records_free(&records);
}

static void nothing_verified_has_no_mean(void **state)
{
    (void)state;
    struct record run = made_run("cvrp", "A", 1, NAN);
    run.verified = false;
    struct records records = made_runs(&run, 1);
    struct record_view view = made_view(&records);
    const struct span group = span_group(&view, 0);
    const struct summary summary = summary_of(&group);
    assert_int_equal(summary.instances, 0);
    assert_true(isnan(summary.mean) && isnan(summary.median) && isnan(summary.worst));
    record_view_free(&view);
    records_free(&records);
}

static void the_median_halves_numbers(void **state)
{
    (void)state;
    NEAR(median_of((double[]){3, 1, 2}, 3), 2);
    NEAR(median_of((double[]){4, 1, 2, 9}, 4), 3);
    NEAR(median_of((double[]){7}, 1), 7);
    assert_true(isnan(median_of(NULL, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instances_count_alike),
        cmocka_unit_test(groups_are_families_budgets_and_threads),
        cmocka_unit_test(nothing_verified_has_no_mean),
        cmocka_unit_test(the_median_halves_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
