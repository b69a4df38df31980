/* The city's locks on the stops of a day: merged, closed up, or left out with a reason. */
#include "solver/horizon/day.h"
#include "tests/support/small_city.h"
#include "tests/support/test.h"

#include <string.h>

static struct day_problem pose(struct small_city *small, const char *due, struct city_lock *locks,
                               int32_t count)
{
    struct day_problem problem;
    struct choice choice = {.day = small->city.start, .bin_count = SMALL_BINS};
    struct error error = {0};
    choice.bins = arena_alloc(&small->arena, SMALL_BINS, sizeof *choice.bins);
    assert_non_null(choice.bins);
    for (; *due != '\0'; due++) choice.bins[*due - '0'].reason = REASON_RISK;
    small->city.locks = locks;
    small->city.lock_count = count;
    if (day_problem_from_choice(&small->city, &small->forecast, &choice, NULL, 0, &small->arena, &problem,
                                &error) != ERROR_NONE)
        fail_msg("%s", error.message);
    return problem;
}

static void assert_lock(const struct day_problem *problem, int32_t k, int32_t bin, int32_t vehicle,
                        int32_t position, int32_t behind_bin)
{
    assert_true(k < problem->instance.lock_count);
    const struct lock *lock = &problem->instance.locks[k];
    assert_int_equal(lock->stop, problem->stop_of_bin[bin]);
    assert_int_equal(lock->vehicle, vehicle);
    assert_int_equal(lock->position, position);
    assert_int_equal(lock->behind, behind_bin < 0 ? -1 : problem->stop_of_bin[behind_bin]);
}

static void locks_of_bins_are_locks_of_their_stops(void **state)
{
    (void)state;
    struct small_city small;
    small_city_make(&small);
    small.bins[0].point = small.bins[3].point = "P1"; /* one stop */
    struct city_lock locks[] = {{0, 1, 0, -1, 2}, {1, -1, 2, 3, 3}, {3, 1, 1, 0, 4}, {4, -1, -1, -1, 5}};
    struct day_problem problem = pose(&small, "01234", locks, 4);
    assert_int_equal(problem.lock_left_count, 0);
    assert_int_equal(problem.instance.lock_count, 3);
    assert_lock(&problem, 0, 0, 1, 1, -1); /* of both bins; behind its own stop says nothing */
    assert_lock(&problem, 1, 1, -1, 2, 0);
    assert_lock(&problem, 2, 4, -1, -1, -1);
    small_city_free(&small);
}

static void a_sequence_closes_up_around_bins_not_due(void **state)
{
    (void)state;
    struct small_city small;
    small_city_make(&small);
    struct city_lock locks[] = {{1, -1, 0, 0, 2}, {2, -1, 0, 1, 3}, {3, -1, 0, 2, 4}};
    struct day_problem problem = pose(&small, "034", locks, 3);
    assert_int_equal(problem.instance.lock_count, 1);
    assert_lock(&problem, 0, 3, -1, 0, 0);
    problem = pose(&small, "134", locks, 3);
    assert_int_equal(problem.instance.lock_count, 1);
    assert_lock(&problem, 0, 3, -1, 0, 1);
    problem = pose(&small, "4", locks, 3);
    assert_int_equal(problem.instance.lock_count, 0);
    assert_int_equal(problem.lock_left_count, 0);
    small_city_free(&small);
}

static void locks_that_do_not_apply_are_left_out_with_a_reason(void **state)
{
    (void)state;
    struct small_city small;
    small_city_make(&small);
    small.vehicles[0].weekdays = 0x1e; /* not on Mondays */
    small.bins[0].point = small.bins[3].point = "P1";
    small.bins[1].point = small.bins[2].point = "P2";
    struct city_lock locks[] = {{0, 1, 0, -1, 2}, {1, -1, 0, 0, 3}, {3, 0, 0, 2, 4}, {4, -1, 5, -1, 5}};
    struct day_problem problem = pose(&small, "01234", locks, 4);
    static const struct {
        int32_t lock;
        const char *reason;
    } EXPECTED[] = {{2, "does not work"}, {3, "beyond the number of stops"}, {0, "circle"}};
    assert_int_equal(problem.lock_left_count, 3);
    for (int32_t k = 0; k < 3; k++) {
        assert_int_equal(problem.locks_left[k].lock, EXPECTED[k].lock);
        assert_non_null(strstr(problem.locks_left[k].reason, EXPECTED[k].reason));
    }
    assert_int_equal(problem.instance.lock_count, 1);
    assert_lock(&problem, 0, 1, -1, 0, 0);

    struct city_lock otherwise[] = {{0, 1, 2, -1, 2}, {3, -1, 3, -1, 3}};
    problem = pose(&small, "034", otherwise, 2);
    assert_int_equal(problem.lock_left_count, 1);
    assert_non_null(strstr(problem.locks_left[0].reason, "locked otherwise"));
    small_city_free(&small);
}

static void the_practice_has_no_locks(void **state)
{
    (void)state;
    struct small_city small;
    struct day_problem problem;
    struct error error = {0};
    const int32_t bins[] = {0, 1};
    struct city_lock locks[] = {{0, 1, 2, -1, 2}};
    small_city_make(&small);
    small.city.locks = locks;
    small.city.lock_count = 1;
    assert_int_equal(day_problem_from_bins(&small.city, &small.forecast, small.city.start, bins, 2,
                                           &small.arena, &problem, &error),
                     ERROR_NONE);
    assert_int_equal(problem.instance.lock_count, 0);
    small_city_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locks_of_bins_are_locks_of_their_stops),
        cmocka_unit_test(a_sequence_closes_up_around_bins_not_due),
        cmocka_unit_test(locks_that_do_not_apply_are_left_out_with_a_reason),
        cmocka_unit_test(the_practice_has_no_locks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
