#include "tests/support/short_routes.h"

#include <math.h>

static void lay_out(struct short_routes *day, struct rng *rng)
{
    double x[SHORT_PLACES], y[SHORT_PLACES];
    for (int32_t p = 0; p < SHORT_PLACES; p++) {
        x[p] = 1000 * rng_unit(rng);
        y[p] = 1000 * rng_unit(rng);
    }
    for (int32_t a = 0; a < SHORT_PLACES; a++)
        for (int32_t b = 0; b < SHORT_PLACES; b++)
            day->cells[a * SHORT_PLACES + b] = (int32_t)ceil(hypot(x[a] - x[b], y[a] - y[b]));
    day->matrix = (struct travel_matrix){day->cells, day->cells};
}

void short_routes_draw(struct short_routes *day, uint64_t seed)
{
    struct rng rng;
    rng_seed(&rng, seed);
    lay_out(day, &rng);
    for (int32_t s = 0; s < SHORT_STOPS; s++) {
        const int32_t open_s = rng_below(&rng, 6000);
        day->windows[s] = (struct time_window){open_s, open_s + 3000};
        day->stops[s] = (struct stop){.entry_place = s,
                                      .exit_place = s,
                                      .service_s = 30,
                                      .load_kg = 1 + rng_below(&rng, 9),
                                      .window_first = s,
                                      .window_count = s % 2,
                                      .mandatory = s % 5 != 0,
                                      .prize = 300 + rng_below(&rng, 300)};
    }
    for (int32_t s = 0; s < SHORT_SITES; s++)
        day->sites[s] = (struct site){.place = SHORT_STOPS + s, .streams = 1, .unload_s = 100};
    for (int32_t v = 0; v < SHORT_VEHICLES; v++)
        day->vehicles[v] = (struct vehicle){.start_place = SHORT_PLACES - 1,
                                            .end_place = SHORT_PLACES - 1,
                                            .shift_end_s = 10000,
                                            .max_work_s = 2000,
                                            .break_after_s = TIME_MAX,
                                            .break_window = {0, TIME_MAX},
                                            .overtime_from_s = TIME_MAX,
                                            .compartment_count = 1,
                                            .compartments = {{1, 12 + v % 3, 100}},
                                            .fixed_cost = 200,
                                            .cost_per_m = 1,
                                            .cost_per_s = 1};
    day->instance = (struct instance){
        .stops = day->stops,
        .sites = day->sites,
        .vehicles = day->vehicles,
        .windows = day->windows,
        .stop_count = SHORT_STOPS,
        .site_count = SHORT_SITES,
        .vehicle_count = SHORT_VEHICLES,
        .window_count = SHORT_STOPS,
        .stream_count = 1,
        .travel = {.place_count = SHORT_PLACES, .profile_count = 1, .profiles = &day->matrix}};
}

void short_routes_price_quality(struct short_routes *day, uint64_t seed)
{
    struct rng rng;
    rng_seed(&rng, seed);
    struct instance *in = &day->instance;
    for (int32_t s = 0; s < SHORT_STOPS; s++) {
        for (int32_t k = 1; k <= SHORT_PARTNERS && s + k < SHORT_STOPS; k++)
            day->pairs[in->pair_count++] = (struct stop_pair){s, s + k, rng_below(&rng, 100)};
        day->reference[s] = rng_below(&rng, SHORT_VEHICLES + 1) - 1;
    }
    in->pairs = day->pairs;
    in->reference = day->reference;
    in->change_cost = 80;
    for (int32_t v = 0; v < SHORT_VEHICLES; v++) {
        day->vehicles[v].balance_from_s = 900;
        day->vehicles[v].imbalance_per_s2 = 1;
    }
}

void short_routes_lock(struct short_routes *day)
{
    for (int32_t l = 0; l < SHORT_LOCKS; l++) {
        day->locks[l] = (struct lock){.stop = 4 * l, .vehicle = -1, .behind = -1};
        if (l % 3 == 0) day->locks[l].vehicle = l;
        if (l % 3 == 1) day->locks[l].position = l % 2 == 0 ? 1 : -2;
        if (l % 3 == 2) day->locks[l].behind = 4 * l + 1;
    }
    day->instance.locks = day->locks;
    day->instance.lock_count = SHORT_LOCKS;
}

void short_routes_price_vehicles(struct short_routes *day, money fixed_cost)
{
    for (int32_t v = 0; v < SHORT_VEHICLES; v++) day->vehicles[v].fixed_cost = fixed_cost;
}
