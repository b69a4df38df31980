#include "bench/tiny/random_instance.h"

#include <stdlib.h>
#include <string.h>

static void *must(void *pointer)
{
    if (pointer == NULL) abort();
    return pointer;
}

static int32_t between(struct rng *rng, int32_t low, int32_t high)
{
    return low + rng_below(rng, high - low + 1);
}

static bool chance(struct rng *rng, int32_t percent)
{
    return rng_below(rng, 100) < percent;
}

static int32_t *random_matrix(struct rng *rng, struct arena *arena, int32_t places, bool easy)
{
    int32_t *cells = must(arena_alloc(arena, (size_t)places * (size_t)places, sizeof *cells));
    for (int32_t i = 0; i < places * places; i++)
        cells[i] = !easy && chance(rng, 1) ? TRAVEL_UNREACHABLE : between(rng, 0, 20);
    return cells;
}

/* Makes no way longer than one through other places: an asymmetric matrix that keeps the triangle inequality.
 */
static void close_matrix(int32_t *cells, int32_t places)
{
    for (int32_t via = 0; via < places; via++)
        for (int32_t from = 0; from < places; from++)
            for (int32_t to = 0; to < places; to++) {
                const int32_t way = cells[from * places + via] + cells[via * places + to];
                int32_t *cell = &cells[from * places + to];
                if (from == to)
                    *cell = 0;
                else if (way < *cell)
                    *cell = way;
            }
}

/* None, one or two windows in the first 200 seconds. */
static int32_t random_windows(struct rng *rng, struct time_window *windows, int32_t *used, bool easy)
{
    if (chance(rng, easy ? 70 : 40)) return 0;
    int32_t open_s = between(rng, 0, 60), count = between(rng, 1, 2);
    for (int32_t w = 0; w < count; w++) {
        windows[*used] = (struct time_window){open_s, open_s + between(rng, 0, easy ? 300 : 60)};
        open_s = windows[*used].close_s + between(rng, 1, 40);
        ++*used;
    }
    return count;
}

static struct vehicle random_vehicle(struct rng *rng, const struct instance *in, int32_t compartments,
                                     bool easy)
{
    struct vehicle v = {.start_place = rng_below(rng, in->travel.place_count),
                        .end_place = rng_below(rng, in->travel.place_count),
                        .profile = rng_below(rng, in->travel.profile_count),
                        .shift_start_s = between(rng, 0, 30),
                        .shift_end_s = easy ? 1000 : between(rng, 60, 200),
                        .max_work_s = easy || chance(rng, 50) ? TIME_MAX : between(rng, 30, 150),
                        .break_after_s = TIME_MAX,
                        .break_window = {0, TIME_MAX},
                        .compartment_count = between(
                            rng, 1, in->stream_count < compartments ? in->stream_count : compartments),
                        .tags = easy ? 3 : (tag_mask)rng_below(rng, 4),
                        .home_takes_load = chance(rng, 30),
                        .max_stops = easy || chance(rng, 70) ? 0 : between(rng, 1, 5),
                        .max_distance_m = easy || chance(rng, 70) ? 0 : between(rng, 20, 100),
                        .max_load_kg = easy || chance(rng, 70) ? 0 : between(rng, 1, 12),
                        .max_load_l = easy || chance(rng, 70) ? 0 : between(rng, 1, 12),
                        .fixed_cost = between(rng, 0, 100),
                        .cost_per_m = between(rng, 0, 5),
                        .cost_per_s = between(rng, 0, 5),
                        .overtime_from_s = chance(rng, 50) ? TIME_MAX : between(rng, 10, 100),
                        .overtime_cost_per_s = between(rng, 0, 9),
                        .fuel_per_m = between(rng, 0, 5),
                        .fuel_per_kg = between(rng, 0, 5),
                        .carbon_per_m = between(rng, 0, 5),
                        .carbon_per_kg = between(rng, 0, 5)};
    if (chance(rng, 60)) {
        v.break_s = between(rng, 1, 20);
        if (chance(rng, 60)) v.break_after_s = between(rng, 10, 120);
        if (chance(rng, 60)) {
            v.break_window.open_s = between(rng, 0, 100);
            v.break_window.close_s = v.break_window.open_s + between(rng, 0, 60);
        }
    }
    for (int32_t s = 0; s < in->stream_count; s++)
        v.compartments[rng_below(rng, v.compartment_count)].streams |=
            chance(rng, easy ? 100 : 85) ? (stream_mask)1 << s : 0;
    for (int32_t c = 0; c < v.compartment_count; c++) {
        v.compartments[c].capacity_kg = easy ? 100 : between(rng, 2, 12);
        v.compartments[c].capacity_l = easy ? 100 : between(rng, 2, 12);
    }
    return v;
}

struct instance random_instance_of(struct rng *rng, struct arena *arena, const struct draw *draw)
{
    struct instance in = {
        .stop_count = between(rng, 1, draw->stops),
        .site_count = between(rng, draw->sites_least, draw->sites),
        .vehicle_count = between(rng, 1, 3),
        .stream_count = between(rng, 1, 3),
        .travel = {.place_count = between(rng, 2, draw->places), .profile_count = between(rng, 1, 2)}};
    const bool easy = draw->easy;
    struct stop *stops = must(arena_alloc(arena, (size_t)in.stop_count, sizeof *stops));
    struct site *sites = must(arena_alloc(arena, (size_t)in.site_count, sizeof *sites));
    struct vehicle *vehicles = must(arena_alloc(arena, (size_t)in.vehicle_count, sizeof *vehicles));
    struct time_window *windows =
        must(arena_alloc(arena, 2 * ((size_t)in.stop_count + (size_t)in.site_count), sizeof *windows));
    struct travel_matrix *profiles = must(arena_alloc(arena, 2, sizeof *profiles));
    const int32_t places = in.travel.place_count;
    for (int32_t p = 0; p < in.travel.profile_count; p++) {
        int32_t *metres = random_matrix(rng, arena, places, easy);
        int32_t *seconds = random_matrix(rng, arena, places, easy);
        if (draw->closed) close_matrix(metres, places);
        if (draw->closed) close_matrix(seconds, places);
        profiles[p] = (struct travel_matrix){metres, seconds};
    }
    for (int32_t s = 0; s < in.stop_count; s++) {
        stops[s] = (struct stop){.entry_place = rng_below(rng, places),
                                 .stream = rng_below(rng, in.stream_count),
                                 .service_s = between(rng, 0, 10),
                                 .load_kg = between(rng, 0, 5),
                                 .load_l = between(rng, 0, 5),
                                 .tags = chance(rng, 20) ? (tag_mask)between(rng, 1, 3) : 0,
                                 .mandatory = chance(rng, 30),
                                 .prize = between(rng, 0, 50)};
        const bool segment = chance(rng, 20);
        stops[s].exit_place = segment ? rng_below(rng, places) : stops[s].entry_place;
        stops[s].inner_m = segment ? between(rng, 0, 9) : 0;
        stops[s].window_first = in.window_count;
        stops[s].window_count = random_windows(rng, windows, &in.window_count, easy);
    }
    for (int32_t d = 0; d < in.site_count; d++) {
        sites[d] = (struct site){.place = rng_below(rng, places),
                                 .streams = easy ? ((stream_mask)1 << in.stream_count) - 1
                                                 : (stream_mask)between(rng, 1, (1 << in.stream_count) - 1),
                                 .unload_s = between(rng, 0, 10),
                                 .unload_us_per_kg = chance(rng, 50) ? 0 : between(rng, 1, 2500000),
                                 .fee_per_kg = between(rng, 0, 5),
                                 .daily_limit_kg = easy || chance(rng, 60) ? 0 : between(rng, 1, 8)};
        sites[d].window_first = in.window_count;
        sites[d].window_count = random_windows(rng, windows, &in.window_count, easy);
    }
    in.stops = stops;
    in.sites = sites;
    in.vehicles = vehicles;
    in.windows = windows;
    in.travel.profiles = profiles;
    for (int32_t v = 0; v < in.vehicle_count; v++)
        vehicles[v] = random_vehicle(rng, &in, draw->compartments, easy);
    return in;
}

struct instance random_instance(struct rng *rng, struct arena *arena, bool easy)
{
    const struct draw draw = {
        .stops = 6, .sites_least = 1, .sites = 2, .places = 7, .compartments = 2, .easy = easy};
    return random_instance_of(rng, arena, &draw);
}

struct instance random_tiny_instance(struct rng *rng, struct arena *arena)
{
    const bool easy = chance(rng, 40), closed = chance(rng, 50);
    const struct draw draw = {.stops = 7,
                              .sites_least = 0,
                              .sites = 3,
                              .places = 10,
                              .compartments = 3,
                              .easy = easy,
                              .closed = closed};
    struct instance in = random_instance_of(rng, arena, &draw);
    random_releases(rng, arena, &in);
    struct stop *stops = must(arena_alloc(arena, (size_t)in.stop_count, sizeof *stops));
    memcpy(stops, in.stops, (size_t)in.stop_count * sizeof *stops);
    const int32_t wanted = rng_below(rng, 4);
    for (int32_t s = 0; s < in.stop_count; s++) {
        if (wanted == 1) stops[s].prize *= 10;
        if (wanted > 1) stops[s].prize += 1000;
    }
    in.stops = stops;
    return in;
}

void random_releases(struct rng *rng, struct arena *arena, struct instance *instance)
{
    if (chance(rng, 50)) return;
    struct stop *stops = must(arena_alloc(arena, (size_t)instance->stop_count, sizeof *stops));
    memcpy(stops, instance->stops, (size_t)instance->stop_count * sizeof *stops);
    for (int32_t s = 0; s < instance->stop_count; s++)
        if (chance(rng, 50)) stops[s].release_s = between(rng, 1, 80);
    instance->stops = stops;
}

/* Each stop has a lock in one draw of three; it follows another only along a random order, so that there are
 * no circles. */
static int32_t draw_locks(struct rng *rng, const struct instance *in, struct lock *locks)
{
    int32_t order[8], count = 0, after[8];
    for (int32_t s = 0; s < in->stop_count; s++) {
        const int32_t at = rng_below(rng, s + 1);
        after[s] = -1;
        order[s] = order[at];
        order[at] = s;
    }
    for (int32_t k = 1; k < in->stop_count; k++)
        if (chance(rng, 30)) after[order[k]] = order[k - 1];
    for (int32_t s = 0; s < in->stop_count; s++) {
        struct lock lock = {s, -1, 0, after[s]};
        if (chance(rng, 15)) lock.vehicle = rng_below(rng, in->vehicle_count);
        if (chance(rng, 20)) lock.position = chance(rng, 50) ? between(rng, 1, 3) : -between(rng, 1, 3);
        if (lock.vehicle >= 0 || lock.position != 0 || lock.behind >= 0) locks[count++] = lock;
    }
    return count;
}

void random_locks(struct rng *rng, struct arena *arena, struct instance *instance)
{
    enum { DRAWS = 20 };
    struct lock *locks = must(arena_alloc(arena, (size_t)instance->stop_count, sizeof *locks));
    struct error error;
    instance->locks = locks;
    for (int32_t draw = 0; draw < DRAWS; draw++) {
        instance->lock_count = draw_locks(rng, instance, locks);
        if (instance_validate(instance, &error) == ERROR_NONE) return;
    }
    instance->lock_count = 0;
}

static void random_pairs(struct rng *rng, struct arena *arena, struct instance *instance)
{
    const size_t stops = (size_t)instance->stop_count;
    struct stop_pair *pairs = must(arena_alloc(arena, stops * stops, sizeof *pairs));
    instance->pairs = pairs;
    for (int32_t one = 0; one < instance->stop_count; one++)
        for (int32_t other = one + 1; other < instance->stop_count; other++)
            if (chance(rng, 40))
                pairs[instance->pair_count++] = (struct stop_pair){one, other, between(rng, 0, 40)};
}

void random_quality(struct rng *rng, struct arena *arena, struct instance *instance)
{
    const size_t vehicle_count = (size_t)instance->vehicle_count;
    if (chance(rng, 50)) random_pairs(rng, arena, instance);
    if (chance(rng, 50)) {
        int32_t *reference = must(arena_alloc(arena, (size_t)instance->stop_count, sizeof *reference));
        for (int32_t s = 0; s < instance->stop_count; s++)
            reference[s] = between(rng, -1, instance->vehicle_count - 1);
        instance->reference = reference;
        instance->change_cost = between(rng, 1, 40);
    }
    if (!chance(rng, 50)) return;
    struct vehicle *vehicles = must(arena_alloc(arena, vehicle_count, sizeof *vehicles));
    memcpy(vehicles, instance->vehicles, vehicle_count * sizeof *vehicles);
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        vehicles[v].balance_from_s = between(rng, 0, 80);
        vehicles[v].imbalance_per_s2 = between(rng, 0, 2);
    }
    instance->vehicles = vehicles;
}

struct plan random_plan(struct rng *rng, const struct instance *instance)
{
    struct plan plan;
    plan_init(&plan);
    int32_t order[8], left = instance->stop_count;
    for (int32_t s = 0; s < left; s++) order[s] = s;
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        if (chance(rng, 20)) continue;
        const int32_t departure_s = instance->vehicles[v].shift_start_s + between(rng, -2, 40);
        error_code rc = plan_add_route(&plan, v, departure_s, NULL);
        for (int32_t step = between(rng, 0, 6); step > 0 && rc == ERROR_NONE; step--) {
            if (chance(rng, 60) && left > 0) {
                const int32_t pick = rng_below(rng, left);
                rc = plan_add_step(&plan, STEP_STOP, order[pick], NULL);
                if (chance(rng, 95)) order[pick] = order[--left];
            } else if (chance(rng, 70)) {
                rc = plan_add_step(&plan, STEP_DISPOSAL, rng_below(rng, instance->site_count), NULL);
            } else {
                rc = plan_add_step(&plan, STEP_BREAK, -1, NULL);
            }
        }
        if (rc == ERROR_NONE && chance(rng, 60))
            rc = plan_add_step(&plan, STEP_DISPOSAL, rng_below(rng, instance->site_count), NULL);
        if (rc != ERROR_NONE) abort();
    }
    return plan;
}
