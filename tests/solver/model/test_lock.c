/* Locks that contradict each other are refused with a sentence; those that a plan may keep are not. */
#include "solver/model/instance.h"

#include "tests/support/test.h"

#include <string.h>

enum { STOPS = 5 };

static const char *validate(const struct lock *locks, int32_t count, struct error *error)
{
    static const int32_t cell[1] = {0};
    static const struct travel_matrix matrix = {cell, cell};
    static const struct stop stops[STOPS] = {{0}};
    static const struct vehicle vehicles[2] = {{0}};
    const struct instance in = {.stop_count = STOPS,
                                .vehicle_count = 2,
                                .stream_count = 1,
                                .lock_count = count,
                                .stops = stops,
                                .vehicles = vehicles,
                                .locks = locks,
                                .travel = {.place_count = 1, .profile_count = 1, .profiles = &matrix}};
    *error = (struct error){0};
    return instance_validate(&in, error) == ERROR_NONE ? "" : error->message;
}

/* Stop, vehicle, position, behind. */
#define CASE(...) \
    ((const struct lock[]){__VA_ARGS__}), sizeof((const struct lock[]){__VA_ARGS__}) / sizeof(struct lock)

static void refused(const char *sentence, const struct lock *locks, size_t count)
{
    struct error error;
    const char *message = validate(locks, (int32_t)count, &error);
    if (strstr(message, sentence) == NULL) fail_msg("'%s' does not say '%s'", message, sentence);
}

static void accepted(const struct lock *locks, size_t count)
{
    struct error error;
    assert_string_equal(validate(locks, (int32_t)count, &error), "");
}

static void locks_of_what_does_not_exist_are_refused(void **state)
{
    (void)state;
    refused("no such stop", CASE({5, 0, 0, -1}));
    refused("two locks", CASE({1, 0, 0, -1}, {1, 0, 0, -1}));
    refused("not in order", CASE({2, 0, 0, -1}, {1, 0, 0, -1}));
    refused("vehicle does not exist", CASE({1, 2, 0, -1}));
    refused("beyond the number of stops", CASE({1, -1, 6, -1}));
    refused("beyond the number of stops", CASE({1, -1, -6, -1}));
    refused("must follow does not exist, or is itself", CASE({1, -1, 0, 5}));
    refused("must follow does not exist, or is itself", CASE({1, -1, 0, 1}));
}

static void sequences_have_no_forks_or_circles(void **state)
{
    (void)state;
    refused("lock of stop 2: another stop must follow the same one", CASE({1, -1, 0, 0}, {2, -1, 0, 0}));
    refused("circle", CASE({0, -1, 0, 2}, {1, -1, 0, 0}, {2, -1, 0, 1}));
    accepted(CASE({0, -1, 0, 2}, {1, -1, 0, 0}, {2, -1, 0, 4}, {4, -1, 0, 3}));
}

static void contradictions_are_refused(void **state)
{
    (void)state;
    refused("different vehicles", CASE({0, 0, 0, -1}, {1, -1, 0, 0}, {2, 1, 0, 1}));
    refused("contradicts", CASE({0, -1, 2, -1}, {1, -1, 2, 0}));
    refused("contradicts", CASE({0, -1, -2, -1}, {1, -1, -2, 0}));
    refused("no room for the stops that come before", CASE({1, -1, 1, 0}));
    refused("no room for it", CASE({0, -1, -1, -1}, {1, -1, 0, 0}));
    refused("same position and vehicle", CASE({0, 1, 2, -1}, {3, 1, 2, -1}));
    refused("same position and vehicle", CASE({0, 1, 1, -1}, {1, -1, 0, 0}, {3, 1, 2, -1}));
}

static void what_a_plan_may_keep_is_accepted(void **state)
{
    (void)state;
    accepted(CASE({0, 0, 1, -1}, {1, 0, 2, 0}, {2, 1, 1, -1}, {3, 1, -1, -1}));
    accepted(CASE({0, -1, 1, -1}, {1, -1, 1, -1}));
    accepted(CASE({0, -1, 0, 1}, {1, -1, -2, -1}));
    accepted(CASE({0, 0, 1, -1}, {1, 0, -1, -1}));
}

static void a_lock_is_found_by_its_stop(void **state)
{
    (void)state;
    const struct lock locks[] = {{1, 0, 0, -1}, {3, 1, 0, -1}, {4, 0, 2, -1}};
    const struct instance in = {.stop_count = STOPS, .lock_count = 3, .locks = locks};
    assert_null(instance_lock(&in, 0));
    assert_ptr_equal(instance_lock(&in, 1), &locks[0]);
    assert_null(instance_lock(&in, 2));
    assert_ptr_equal(instance_lock(&in, 3), &locks[1]);
    assert_ptr_equal(instance_lock(&in, 4), &locks[2]);
    assert_null(instance_lock(&(struct instance){.stop_count = 1}, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locks_of_what_does_not_exist_are_refused),
        cmocka_unit_test(sequences_have_no_forks_or_circles), cmocka_unit_test(contradictions_are_refused),
        cmocka_unit_test(what_a_plan_may_keep_is_accepted), cmocka_unit_test(a_lock_is_found_by_its_stop)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
