/* The made town is one town: most of it reaches most of it, streets are driven at the speeds of streets, and
 * the same seed builds it again. */
#include "bench/roads/street_town.h"
#include "tests/support/test.h"

static void is_one_town(void **state)
{
    (void)state;
    struct arena arena;
    struct digraph turns;
    int32_t *part_of, largest, inside = 0;
    arena_init(&arena);
    assert_int_equal(street_town_make(60, 50, 1, &arena, &turns, NULL), ERROR_NONE);
    assert_in_range(turns.count, 2 * 60 * 50, 3 * 60 * 50);
    assert_int_equal(digraph_parts(&turns, &arena, &part_of, &largest, NULL), ERROR_NONE);
    for (int32_t s = 0; s < turns.count; s++) inside += part_of[s] == largest;
    assert_true(inside > turns.count * 9 / 10);
    arena_free(&arena);
}

static void streets_are_driven_as_streets(void **state)
{
    (void)state;
    struct arena arena;
    struct digraph turns;
    bool fast = false, slow = false;
    arena_init(&arena);
    assert_int_equal(street_town_make(60, 50, 2, &arena, &turns, NULL), ERROR_NONE);
    for (int32_t s = 0; s < turns.count; s++) {
        assert_in_range(turns.first[s + 1] - turns.first[s], 0, 3);
        for (int32_t a = turns.first[s]; a < turns.first[s + 1]; a++) {
            const double length_m = 0.1 * way_length_dm(turns.weight[a]);
            const double kmh = 3.6 * length_m / (0.001 * way_time_ms(turns.weight[a]));
            assert_true(turns.head[a] >= 0 && turns.head[a] < turns.count);
            assert_true(length_m > 20 && length_m < 200);
            assert_true(kmh < 81);
            fast |= kmh > 70;
            slow |= kmh < 20;
        }
    }
    assert_true(fast && slow);
    arena_free(&arena);
}

static void same_seed_same_town(void **state)
{
    (void)state;
    struct arena arena;
    struct digraph a, b, other;
    arena_init(&arena);
    assert_int_equal(street_town_make(20, 20, 3, &arena, &a, NULL), ERROR_NONE);
    assert_int_equal(street_town_make(20, 20, 3, &arena, &b, NULL), ERROR_NONE);
    assert_int_equal(street_town_make(20, 20, 4, &arena, &other, NULL), ERROR_NONE);
    assert_int_equal(a.count, b.count);
    assert_memory_equal(a.first, b.first, ((size_t)a.count + 1) * sizeof *a.first);
    assert_memory_equal(a.weight, b.weight, (size_t)a.first[a.count] * sizeof *a.weight);
    assert_true(other.count != a.count);
    arena_free(&arena);
}

static void memory_exhausted(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= 9; n++) {
        struct arena arena;
        struct digraph turns;
        arena_init(&arena);
        arena_fail_after(n);
        assert_int_equal(street_town_make(3, 3, 1, &arena, &turns, NULL), ERROR_MEMORY);
        arena_fail_after(0);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_one_town),
        cmocka_unit_test(streets_are_driven_as_streets),
        cmocka_unit_test(same_seed_same_town),
        cmocka_unit_test(memory_exhausted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
