/* Where to unload: what waiting and overtime cost counts, not the way alone. */
#include "solver/routing/unload.h"
#include "tests/support/test.h"

/* Places: depot 0, stop 1, sites 2 and 3; all ways 10 m and 10 s but for those from the stop to the sites. */
enum { PLACES = 4, SITES = 2 };

struct town {
    int32_t metres[PLACES * PLACES], seconds[PLACES * PLACES];
    struct travel_matrix matrix;
    struct time_window windows[2];
    struct stop stop;
    struct site sites[SITES];
    struct vehicle vehicle;
    struct instance instance;
};

static void build(struct town *town)
{
    for (int32_t c = 0; c < PLACES * PLACES; c++) town->metres[c] = town->seconds[c] = 10;
    town->matrix = (struct travel_matrix){town->metres, town->seconds};
    town->stop = (struct stop){.entry_place = 1, .exit_place = 1, .load_kg = 1, .window_count = 1};
    town->windows[0] = (struct time_window){0, 10};
    for (int32_t d = 0; d < SITES; d++) town->sites[d] = (struct site){.place = 2 + d, .streams = 1};
    town->vehicle = (struct vehicle){.shift_end_s = 1000,
                                     .max_work_s = TIME_MAX,
                                     .break_after_s = TIME_MAX,
                                     .break_window = {0, TIME_MAX},
                                     .overtime_from_s = TIME_MAX,
                                     .compartment_count = 1,
                                     .compartments = {{1, 100, 100}},
                                     .cost_per_m = 1};
    town->instance = (struct instance){.stops = &town->stop,
                                       .sites = town->sites,
                                       .vehicles = &town->vehicle,
                                       .windows = town->windows,
                                       .stop_count = 1,
                                       .site_count = SITES,
                                       .vehicle_count = 1,
                                       .window_count = 2,
                                       .stream_count = 1,
                                       .travel = {.place_count = PLACES, .profile_count = 1}};
    town->instance.travel.profiles = &town->matrix;
}

static void set_way(int32_t *cells, int32_t site, int32_t length)
{
    cells[1 * PLACES + 2 + site] = length;
}

/* The site chosen, with all the room there is. */
static int32_t site_chosen(const struct town *town)
{
    struct arena arena;
    struct error error;
    struct problem problem;
    struct unloader unloader;
    const int64_t room_kg[SITES] = {MEASURE_MAX, MEASURE_MAX};
    const int32_t stop = 0;
    int32_t nodes[UNLOAD_ROOM(1)];
    arena_init(&arena);
    assert_int_equal(instance_validate(&town->instance, &error), ERROR_NONE);
    assert_int_equal(problem_build(&town->instance, &arena, &problem, &error), ERROR_NONE);
    assert_true(unloader_init(&unloader, &problem));
    assert_int_equal(
        unload_route(&problem, 0, &stop, 1, room_kg, UNLOAD_CHEAPEST, INT64_MAX, &unloader, nodes), 4);
    unloader_free(&unloader);
    arena_free(&arena);
    return nodes[2] - town->instance.stop_count;
}

/* The stop is served by 10, the near site opens at 100; the other costs 40 m and 40 s more. */
static void waiting_counts(void **state)
{
    (void)state;
    struct town town = {.vehicle = {0}};
    build(&town);
    town.vehicle.cost_per_s = 1;
    set_way(town.metres, 1, 40);
    set_way(town.seconds, 1, 40);
    assert_int_equal(site_chosen(&town), 0);
    town.windows[1] = (struct time_window){200, 300};
    town.sites[0].window_first = 1;
    town.sites[0].window_count = 1;
    assert_int_equal(site_chosen(&town), 1);
}

/* The near site is slow to reach: 90 s, of which most are overtime. */
static void overtime_counts(void **state)
{
    (void)state;
    struct town town = {.vehicle = {0}};
    build(&town);
    set_way(town.metres, 1, 40);
    set_way(town.seconds, 0, 90);
    assert_int_equal(site_chosen(&town), 0);
    town.vehicle.overtime_from_s = 50;
    town.vehicle.overtime_cost_per_s = 1;
    assert_int_equal(site_chosen(&town), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waiting_counts),
        cmocka_unit_test(overtime_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
