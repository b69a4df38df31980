/* The frozen instance: the routing problem of one service day, as numbers.
 *
 * Stops are to be visited, or left at the price of their prize. A vehicle's day is a route: it leaves its
 * depot, serves stops, unloads at disposal sites that take what it carries, and comes home. The parts of a
 * route between two unloadings are its trips. Times are seconds elapsed since local midnight.
 *
 * Rules, which the checker states again from this text alone:
 *   - Each stop is visited at most once; a mandatory one exactly once. Vehicle v may serve stop s when v
 *     has a compartment for the stop's stream and every access tag that the stop asks for.
 *   - Service at a stop, and unloading at a site, BEGINS within one of its windows; waiting is free of
 *     charge beyond the time it takes. No window means any time.
 *   - Release: a trip sets out, from the depot or from where the truck has unloaded, at the largest release_s
 *     of its stops or later. The first one's is a bound on the departure; after an unloading the truck waits
 *     there until that of the stops up to the next one, and whatever follows (a break too) counts from then.
 *   - Each compartment holds at most its kg and its litres at any moment. Unloading at a site empties every
 *     compartment all of whose streams the site takes, and lasts unload_s + kg unloaded × unload time per
 *     kg, rounded up. A truck that carries anything calls only at a site that empties some of it. A site
 *     takes at most daily_limit_kg over all vehicles (0: no limit).
 *   - The truck comes home empty, unless `home_takes_load` (classical problems, where the depot is the
 *     place of unloading and one trip a route is meant).
 *   - Leaving not before shift_start_s, back not after shift_end_s. Work is the time from leaving to coming
 *     back without the break: at most max_work_s.
 *   - Break: one of break_s seconds (0: the vehicle has none), taken at any moment between two activities,
 *     leaving and coming home included (on the way too: driving stops and goes on). Called after an activity
 *     that ends at e, it begins at b = max(e, break_window.open_s), and the truck is ready for the next one
 *     at max(e + travel, b) + break_s. It begins within break_window and at most break_after_s after
 *     leaving. It is due when work exceeds break_after_s, or when the route leaves at or before
 *     break_window.close_s and is back after it. A break that is not due may be taken all the same.
 *   - No leg is TRAVEL_UNREACHABLE, in metres or in seconds.
 *   - At most max_stops stops, max_distance_m metres, and per-day max_load_kg, max_load_l over all trips
 *     (0: no limit).
 *   - Locks, which hold for stops that are served: a stop locked to a vehicle is served by it alone; one
 *     locked to position k > 0 is the k-th stop of its route, and to -k the k-th from its end; one locked
 *     behind another comes next after it, in the same route. Calls at sites and breaks are not counted, and
 *     may come in between. So a sequence of stops each behind the next is served whole or not at all.
 *
 * Optional terms, for plans that people drive; each counts for nothing unless its price is given:
 *   - Stability: `reference` names for each stop the vehicle that serves it in a plan people know (−1: none).
 *     A stop served by another vehicle costs change_cost; one left unserved costs nothing here.
 *   - Overlap: each of `pairs` is two stops near each other that cost its price when both are served, but by
 *     different vehicles.
 *   - Balance: a vehicle's work beyond balance_from_s costs imbalance_per_s2 times its square, so that an
 *     hour costs more on a long day than on a short one. Counted up to IMBALANCE_MOST_S beyond, three days,
 *     so that squares fit: no service day comes near.
 *
 * Cost, in money: see cost.h. Ownership: every array lives in the arena the builder was given. Build, call
 * instance_validate once, then never change it: a what-if is a copy with parts replaced.
 */
#ifndef BENNE_MODEL_INSTANCE_H
#define BENNE_MODEL_INSTANCE_H

#include "solver/base/error.h"
#include "solver/model/travel.h"
#include "solver/model/units.h"

#include <stdbool.h>
#include <stdint.h>

struct stop {
    int32_t entry_place, exit_place; /* the same for a point; they differ for a street segment */
    int32_t stream;
    int32_t service_s;
    int32_t release_s; /* when its trip may set out, at the earliest; 0: at any time */
    int64_t load_kg, load_l;
    int64_t inner_m; /* driven inside the stop, entry to exit (a street segment); 0 for a point */
    int32_t window_first, window_count;
    tag_mask tags; /* access: the vehicle must carry all of them */
    bool mandatory;
    money prize; /* cost of leaving an optional stop; of mandatory ones that cannot all be served, those of
                  * the highest prize come first, but their prizes are no part of the cost */
};

struct site {
    int32_t place;
    stream_mask streams;
    int32_t window_first, window_count;
    int32_t unload_s;
    int64_t unload_us_per_kg; /* microseconds a kilogram: 30 s/t is 30000 */
    money fee_per_kg;
    int64_t daily_limit_kg; /* 0: none */
};

struct vehicle_compartment {
    stream_mask streams;
    int64_t capacity_kg, capacity_l;
};

struct vehicle {
    int32_t start_place, end_place, profile;
    int32_t shift_start_s, shift_end_s, max_work_s;
    int32_t break_s, break_after_s;
    struct time_window break_window;
    int32_t compartment_count;
    struct vehicle_compartment compartments[COMPARTMENT_MAX];
    tag_mask tags;
    bool home_takes_load;
    int32_t max_stops;
    int64_t max_distance_m, max_load_kg, max_load_l;
    money fixed_cost; /* when used at all */
    money cost_per_m, cost_per_s;
    int32_t overtime_from_s; /* work beyond is paid overtime_cost_per_s in place of cost_per_s */
    money overtime_cost_per_s;
    money fuel_per_m, fuel_per_kg;     /* driving; lifting and pressing a kilogram */
    money carbon_per_m, carbon_per_kg; /* the same fuel, at the price of carbon */
    int32_t balance_from_s;
    money imbalance_per_s2; /* money for a squared second of work beyond balance_from_s; 0: off */
};

#define IMBALANCE_MOST_S (INT64_C(1) << 18)

/* Two stops that had better be served by one vehicle. */
struct stop_pair {
    int32_t one, other; /* one < other */
    money price;
};

/* What is fixed about a stop before the search begins. */
struct lock {
    int32_t stop;
    int32_t vehicle;  /* -1: any */
    int32_t position; /* from the start 1, 2 …; from the end -1, -2 …; 0: any */
    int32_t behind;   /* the stop right before it; -1: any, or none */
};

struct instance {
    int32_t stop_count, site_count, vehicle_count, window_count, stream_count;
    int32_t lock_count;
    const struct stop *stops;
    const struct site *sites;
    const struct vehicle *vehicles;
    const struct time_window *windows; /* of stops and sites; each one's sorted and disjoint */
    const struct lock *locks;          /* by stop, at most one each */
    struct travel travel;
    const int32_t *reference; /* by stop: a vehicle or -1; NULL: no reference */
    money change_cost;
    const struct stop_pair *pairs; /* sorted by (one, other), each once */
    int32_t pair_count;
};

/* Checks every index, sign and order; an instance that passes cannot make the search misbehave. */
error_code instance_validate(const struct instance *instance, struct error *error) ERROR_CHECKED;

/* The lock of a stop; NULL: none. O(log locks). */
const struct lock *instance_lock(const struct instance *instance, int32_t stop);

/* The compartment of a vehicle that takes a stream, or -1. */
int32_t vehicle_compartment_for(const struct vehicle *vehicle, int32_t stream);

/* May this vehicle serve this stop, whatever else it does? (stream, tags, capacity of an empty truck,
 * lock) */
bool vehicle_may_serve(const struct instance *instance, int32_t vehicle, int32_t stop);

#endif
