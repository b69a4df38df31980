/* The instance as the search reads it: one table of nodes, vehicles grouped by what makes them differ, and
 * the nearest stops of each stop. Made once per solve, then only read.
 *
 * Nodes: stops 0 … n − 1, disposal sites n … n + s − 1, then a start and an end node for each vehicle. A
 * route is an array of nodes, start and end included, so that every leg is a pair of nodes.
 *
 * Shape: vehicles with the same profile and compartments, so that lengths and loads of a piece of route are
 * the same whoever drives it. Kind: vehicles alike in everything, places included: one empty vehicle of a
 * kind stands for all of them.
 *
 * Memory: O(nodes + stops × (neighbours + kinds)). Building: O(stops²) for the neighbours.
 */
#ifndef BENNE_ROUTING_PROBLEM_H
#define BENNE_ROUTING_PROBLEM_H

#include "solver/base/arena.h"
#include "solver/model/instance.h"

struct node {
    int32_t entry, exit; /* places */
    int32_t service_s;   /* unloading: the fixed part */
    int32_t window_first, window_count;
    int64_t inner_m;
};

/* Sites to visit one after the other so that the whole truck is emptied: one where it takes everything. */
enum { UNLOADING_SITES_MAX = COMPARTMENT_MAX };
struct unloading {
    int32_t count;
    int32_t sites[UNLOADING_SITES_MAX]; /* nodes */
    uint32_t compartments;              /* bit c: emptied */
};

struct shape {
    int32_t profile, compartment_count;
    int32_t unloading_count;
    struct unloading *unloadings; /* each minimal: no site of it can be left out */
    uint32_t *emptied;            /* by site: bit c, the compartments that it empties */
    int8_t *compartment;          /* by stop: which one takes it, -1 none */
};

struct problem {
    const struct instance *instance;
    int32_t stop_count, site_count, vehicle_count, node_count;
    struct node *nodes;
    int32_t *kind_of, *shape_of; /* by vehicle */
    int32_t kind_count, shape_count;
    int32_t *kind_vehicle; /* one vehicle of each kind */
    struct shape *shapes;
    bool *may_serve;     /* kind × stop */
    int32_t *neighbours; /* stop × neighbour_count: nearest first */
    int32_t neighbour_count;
    bool timed;              /* some window, shift, work limit or break can bind */
    money leaving_mandatory; /* the search's price for a mandatory stop unserved: above any route's cost */
};

error_code problem_build(const struct instance *instance, struct arena *arena, struct problem *problem,
                         struct error *error) ERROR_CHECKED;

/* Fills neighbours, which the search needs and a given order does not. */
error_code problem_find_neighbours(struct problem *problem, struct arena *arena,
                                   struct error *error) ERROR_CHECKED;

static inline bool node_is_stop(const struct problem *problem, int32_t node)
{
    return node < problem->stop_count;
}
static inline bool node_is_site(const struct problem *problem, int32_t node)
{
    return node >= problem->stop_count && node < problem->stop_count + problem->site_count;
}
static inline int32_t node_start(const struct problem *problem, int32_t vehicle)
{
    return problem->stop_count + problem->site_count + vehicle;
}
static inline int32_t node_end(const struct problem *problem, int32_t vehicle)
{
    return problem->stop_count + problem->site_count + problem->vehicle_count + vehicle;
}
static inline bool problem_may_serve(const struct problem *problem, int32_t vehicle, int32_t stop)
{
    return problem->may_serve[(size_t)problem->kind_of[vehicle] * (size_t)problem->stop_count + (size_t)stop];
}

/* Length and driving time from the exit of one node to the entry of another. */
static inline int64_t leg_m(const struct problem *problem, int32_t profile, int32_t from, int32_t to)
{
    return travel_distance_m(&problem->instance->travel, profile, problem->nodes[from].exit,
                             problem->nodes[to].entry);
}
static inline int64_t leg_s(const struct problem *problem, int32_t profile, int32_t from, int32_t to)
{
    return travel_duration_s(&problem->instance->travel, profile, problem->nodes[from].exit,
                             problem->nodes[to].entry);
}

/* Money a metre for a vehicle: wear, fuel and carbon. */
static inline money vehicle_rate_m(const struct vehicle *vehicle)
{
    return vehicle->cost_per_m + vehicle->fuel_per_m + vehicle->carbon_per_m;
}

/* Money for so many seconds of work, overtime included. */
static inline money vehicle_work_cost(const struct vehicle *vehicle, int64_t work_s)
{
    int64_t over_s = work_s > vehicle->overtime_from_s ? work_s - vehicle->overtime_from_s : 0;
    return (work_s - over_s) * vehicle->cost_per_s + over_s * vehicle->overtime_cost_per_s;
}

/* The earliest beginning at or after `arrival_s` that the node's windows allow; INT64_MAX: none. */
int64_t node_begin(const struct problem *problem, int32_t node, int64_t arrival_s);

/* The latest beginning at or before `limit_s` that they allow; INT64_MIN: none. */
int64_t node_begin_latest(const struct problem *problem, int32_t node, int64_t limit_s);

#endif
