/* The maximum assignment against the best of all ways to fill the posts. */
#include "solver/base/rng.h"
#include "solver/staff/assignment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct best {
    int32_t filled, driving, helping;
};

static bool better(struct best a, struct best b)
{
    if (a.filled != b.filled) return a.filled > b.filled;
    if (a.driving != b.driving) return a.driving > b.driving;
    return a.helping < b.helping;
}

/* Tries every number of drivers who drive, drivers and unlicensed who load, loaders who load. */
static struct best enumerate(const int32_t on_duty[GROUP_COUNT], const int32_t posts[ROLE_COUNT])
{
    struct best best = {-1, -1, 0};
    for (int32_t drive = 0; drive <= on_duty[GROUP_DRIVERS] && drive <= posts[ROLE_DRIVER]; drive++)
        for (int32_t spare = 0; drive + spare <= on_duty[GROUP_DRIVERS]; spare++)
            for (int32_t unlicensed = 0; unlicensed <= on_duty[GROUP_UNLICENSED]; unlicensed++)
                for (int32_t own = 0; own <= on_duty[GROUP_LOADERS]; own++) {
                    const int32_t loading = spare + unlicensed + own;
                    const struct best here = {drive + loading, drive, spare + unlicensed};
                    if (loading <= posts[ROLE_LOADER] && better(here, best)) best = here;
                }
    return best;
}

static void test_against_enumeration(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 9);
    int32_t helped = 0, gaps = 0;
    for (int32_t n = 0; n < 300; n++) {
        struct arena arena;
        arena_init(&arena);
        int32_t on_duty[GROUP_COUNT], posts[ROLE_COUNT];
        for (int32_t g = 0; g < GROUP_COUNT; g++) on_duty[g] = rng_below(&rng, 7);
        for (int32_t r = 0; r < ROLE_COUNT; r++) posts[r] = rng_below(&rng, 10);
        struct assignment found;
        assert_int_equal(assignment_make(on_duty, posts, &arena, &found, NULL), ERROR_NONE);
        const struct best best = enumerate(on_duty, posts);
        const int32_t driving = found.filled[GROUP_DRIVERS][ROLE_DRIVER];
        const int32_t helping =
            found.filled[GROUP_DRIVERS][ROLE_LOADER] + found.filled[GROUP_UNLICENSED][ROLE_LOADER];
        assert_int_equal(found.filled[GROUP_UNLICENSED][ROLE_DRIVER], 0);
        assert_int_equal(found.filled[GROUP_LOADERS][ROLE_DRIVER], 0);
        assert_int_equal(driving, best.driving);
        assert_int_equal(helping, best.helping);
        assert_int_equal(driving + helping + found.filled[GROUP_LOADERS][ROLE_LOADER], best.filled);
        helped += helping > 0;
        gaps += best.filled < posts[ROLE_DRIVER] + posts[ROLE_LOADER];
        arena_free(&arena);
    }
    assert_true(helped > 50 && gaps > 50);
}

static void test_nobody_and_nothing(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const int32_t nobody[GROUP_COUNT] = {0}, nothing[ROLE_COUNT] = {0}, posts[ROLE_COUNT] = {3, 6};
    struct assignment found;
    assert_int_equal(assignment_make(nobody, nothing, &arena, &found, NULL), ERROR_NONE);
    assert_int_equal(assignment_make(nobody, posts, &arena, &found, NULL), ERROR_NONE);
    for (int32_t g = 0; g < GROUP_COUNT; g++)
        for (int32_t r = 0; r < ROLE_COUNT; r++) assert_int_equal(found.filled[g][r], 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_enumeration),
        cmocka_unit_test(test_nobody_and_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
