/* What a trip counts in the master's rows, by hand. */
#include "solver/routing/bound/neighbourhoods.h"
#include "solver/routing/bound/trips.h"
#include "tests/support/test.h"

static struct stop_set set_of(const int32_t *items, size_t count)
{
    struct stop_set set = {{0}};
    for (size_t k = 0; k < count; k++) set_add(&set, items[k]);
    return set;
}

#define SET(...) \
    set_of((const int32_t[]){__VA_ARGS__}, sizeof((const int32_t[]){__VA_ARGS__}) / sizeof(int32_t))

static void sets_of_two_words(void **state)
{
    (void)state;
    struct stop_set set = SET(0, 63, 64, 127);
    assert_true(set_has(set, 63) && set_has(set, 64) && !set_has(set, 65));
    assert_int_equal(set_size(set), 4);
    assert_true(set_within(SET(63, 127), set));
    assert_false(set_within(SET(63, 126), set));
    assert_int_equal(set_size(set_either_not_both(set, SET(0, 1))), 4);
    assert_int_equal(set_take(&set), 0);
    assert_int_equal(set_take(&set), 63);
    assert_int_equal(set_take(&set), 64);
    assert_int_equal(set_take(&set), 127);
    assert_true(set_empty(set));
}

static void pairs_within_the_memory(void **state)
{
    (void)state;
    const int32_t way[] = {1, 9, 2, 8, 3, 1};
    const struct subset_cut whole = {SET(1, 2, 3), SET(1, 2, 3, 8, 9)};
    const struct subset_cut short_memory = {SET(1, 2, 3), SET(1, 2, 3, 9)};
    const struct subset_cut bare = {SET(1, 2, 3), SET(1, 2, 3)};
    assert_int_equal(subset_cut_pairs(&whole, way, 6), 2);        /* 1-2, 3-1 */
    assert_int_equal(subset_cut_pairs(&short_memory, way, 6), 2); /* 8 forgets nothing that is half */
    assert_int_equal(subset_cut_pairs(&bare, way, 6), 1);         /* 9 and 8 forget 1 and 2 */
    assert_int_equal(subset_cut_pairs(&whole, way, 1), 0);
}

static void entries_from_outside(void **state)
{
    (void)state;
    const int32_t way[] = {4, 5, 6, 4};
    assert_int_equal(trip_entries(SET(4, 5), way, 4), 2);
    assert_int_equal(trip_entries(SET(5, 6), way, 4), 1);
    assert_int_equal(trip_entries(SET(7), way, 4), 0);
}

/* 1 is come back to over 2: once 2 remembers it, no more; over NEAR_MOST nothing is learnt. */
static void neighbourhoods_learn(void **state)
{
    (void)state;
    struct stop_set near[BOUND_STOPS_MAX] = {{{0}}};
    const int32_t way[] = {1, 2, 1};
    assert_true(trip_remembers(near, way, 3));
    assert_true(neighbourhoods_grow(near, way, 3));
    assert_true(set_has(near[2], 1));
    assert_false(trip_remembers(near, way, 3));
    const int32_t other[] = {5, 7, 5};
    for (int32_t k = 0; k < NEAR_MOST; k++) set_add(&near[7], 20 + k);
    assert_false(neighbourhoods_grow(near, other, 3));
    assert_true(trip_remembers(near, other, 3));
    const int32_t straight[] = {1, 2, 3};
    assert_false(neighbourhoods_grow(near, straight, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_of_two_words),
        cmocka_unit_test(pairs_within_the_memory),
        cmocka_unit_test(entries_from_outside),
        cmocka_unit_test(neighbourhoods_learn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
