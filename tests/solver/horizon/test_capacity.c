/* What a day can carry is the same by straight lines and by a matrix of the same times. */
#include "solver/horizon/capacity.h"
#include "solver/network/travel_build.h"
#include "tests/support/small_city.h"
#include "tests/support/test.h"

#include <math.h>

enum { PLACES = 1 + 1 + SMALL_BINS };

static struct capacity capacity_of(struct small_city *small)
{
    struct capacity capacity;
    struct error error = {0};
    if (capacity_init(&capacity, &small->city, small->city.start, &small->arena, &error) != ERROR_NONE)
        fail_msg("%s", error.message);
    return capacity;
}

static void a_matrix_has_its_own_speed(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    for (int32_t b = 0; b < SMALL_BINS; b++) small.bins[b].position.lon += 0.01 * b; /* spread over an area */
    struct capacity straight = capacity_of(&small);
    assert_true(straight.tour_s > 0);

    struct position positions[PLACES] = {small.depots[0].position, small.sites[0].position};
    for (int32_t b = 0; b < SMALL_BINS; b++) positions[2 + b] = small.bins[b].position;
    struct travel travel;
    struct error error = {0};
    assert_int_equal(
        travel_from_positions(small.profiles, 1, positions, PLACES, &small.arena, &travel, &error),
        ERROR_NONE);
    small.city.network = NETWORK_MATRIX;
    small.city.matrix = travel.profiles[0];
    small.profiles[0] = (struct travel_profile){"default", 1, 1}; /* what a matrix leaves there */
    struct capacity matrix = capacity_of(&small);
    assert_true(fabs(matrix.tour_s - straight.tour_s) < 0.01 * straight.tour_s);
    assert_true(fabs(matrix.groups[0].stem_s_per_kg - straight.groups[0].stem_s_per_kg) <
                0.01 * straight.groups[0].stem_s_per_kg);
    small_city_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_matrix_has_its_own_speed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
