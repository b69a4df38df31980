#include "bench/moves/day.h"

#include "solver/base/rng.h"

#include <math.h>

enum { SITES = 2, HOUR_S = 3600, TOWN_M = 12000 };

const struct day_variant DAY_VARIANTS[DAY_VARIANT_COUNT] = {
    {"plain", false, false}, {"trips", true, false}, {"breaks", true, true}};

static double between(struct rng *rng, double low, double high)
{
    return low + rng_unit(rng) * (high - low);
}

/* A third anywhere in the town, the others in four quarters; sites outside; the depot last. */
static void place_points(struct rng *rng, int32_t stops, double (*points)[2])
{
    double quarters[4][2];
    for (int32_t k = 0; k < 8; k++) quarters[k / 2][k % 2] = between(rng, 2000, TOWN_M - 2000);
    for (int32_t s = 0; s < stops; s++)
        for (int32_t axis = 0; axis < 2; axis++)
            points[s][axis] =
                s % 3 == 0 ? between(rng, 0, TOWN_M) : quarters[s % 4][axis] + between(rng, -2000, 2000);
    for (int32_t s = 0; s < SITES; s++) {
        points[stops + s][0] = s == 0 ? -3000 : TOWN_M + 2000;
        points[stops + s][1] = between(rng, 0, TOWN_M);
    }
    for (int32_t axis = 0; axis < 2; axis++) points[stops + SITES][axis] = between(rng, 3000, TOWN_M - 3000);
}

/* Straight lines × 1.3 at 25 km/h. */
static void measure(int32_t places, double (*points)[2], int32_t *metres, int32_t *seconds)
{
    for (int32_t a = 0; a < places; a++)
        for (int32_t b = 0; b < places; b++) {
            const double way = 1.3 * hypot(points[a][0] - points[b][0], points[a][1] - points[b][1]);
            metres[a * places + b] = (int32_t)ceil(way);
            seconds[a * places + b] = (int32_t)ceil(way / (25.0 / 3.6));
        }
}

static struct vehicle truck(const struct day_variant *variant, int32_t depot)
{
    const bool trips = variant->trips;
    return (struct vehicle){.start_place = depot,
                            .end_place = depot,
                            .shift_start_s = trips ? 6 * HOUR_S : 0,
                            .shift_end_s = trips ? 14 * HOUR_S : TIME_MAX,
                            .max_work_s = TIME_MAX,
                            .break_s = variant->breaks ? HOUR_S / 2 : 0,
                            .break_after_s = variant->breaks ? 5 * HOUR_S : TIME_MAX,
                            .break_window = {variant->breaks ? 9 * HOUR_S : 0, TIME_MAX},
                            .compartment_count = 1,
                            .compartments = {{1, 10000, 1000000}},
                            .home_takes_load = !trips,
                            .fixed_cost = trips ? 120 * MONEY_UNIT : 0,
                            .cost_per_m = 11 * MONEY_UNIT / 10000,
                            .cost_per_s = trips ? 42 * MONEY_UNIT / HOUR_S : 0,
                            .overtime_from_s = TIME_MAX};
}

error_code day_make(const struct day_variant *variant, int32_t stop_count, struct arena *arena,
                    struct instance *in, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t places = stop_count + SITES + 1, vehicle_count = 5 + stop_count / (variant->trips ? 20 : 8);
    struct rng rng;
    struct stop *stops;
    struct site *sites;
    struct vehicle *vehicles;
    struct time_window *windows;
    struct travel_matrix *matrix;
    double(*points)[2];
    int32_t *metres, *seconds;
    rng_seed(&rng, 1);
    TRY_NEW(arena, stops, stop_count);
    TRY_NEW(arena, sites, SITES);
    TRY_NEW(arena, vehicles, vehicle_count);
    TRY_NEW(arena, windows, 3);
    TRY_NEW(arena, matrix, 1);
    TRY_NEW(arena, points, places);
    TRY_NEW(arena, metres, (size_t)places * (size_t)places);
    TRY_NEW(arena, seconds, (size_t)places * (size_t)places);
    place_points(&rng, stop_count, points);
    measure(places, points, metres, seconds);
    *matrix = (struct travel_matrix){metres, variant->trips ? seconds : metres};
    windows[0] = (struct time_window){6 * HOUR_S, 10 * HOUR_S};
    windows[1] = (struct time_window){6 * HOUR_S, 12 * HOUR_S};
    windows[2] = (struct time_window){(12 + variant->breaks) * HOUR_S, 17 * HOUR_S};
    for (int32_t s = 0; s < stop_count; s++)
        stops[s] = (struct stop){.entry_place = s,
                                 .exit_place = s,
                                 .service_s = variant->trips ? (int32_t)between(&rng, 120, 300) : 0,
                                 .load_kg = (int64_t)between(&rng, 400, 1300),
                                 .window_count = variant->trips && s % 3 == 0,
                                 .mandatory = true};
    for (int32_t s = 0; s < SITES; s++)
        sites[s] = (struct site){.place = stop_count + s,
                                 .streams = 1,
                                 .window_first = 1,
                                 .window_count = variant->breaks ? 2 : 0,
                                 .unload_s = 600,
                                 .unload_us_per_kg = variant->breaks ? 30000 : 0};
    for (int32_t v = 0; v < vehicle_count; v++) vehicles[v] = truck(variant, places - 1);
    *in = (struct instance){.stop_count = stop_count,
                            .site_count = variant->trips ? SITES : 0,
                            .vehicle_count = vehicle_count,
                            .window_count = variant->trips ? 3 : 0,
                            .stream_count = 1,
                            .stops = stops,
                            .sites = sites,
                            .vehicles = vehicles,
                            .windows = windows,
                            .travel = {.place_count = places, .profile_count = 1, .profiles = matrix}};
    TRY(instance_validate(in, error));
done:
    return rc;
}
