/* The instance as the search reads it: one table of nodes, vehicles grouped by what makes them differ, and
 * which rules bind at all, so that a rule that no one uses costs nothing. Made once per solve, then only
 * read.
 *
 * Nodes: stops 0 … n − 1, disposal sites n … n + s − 1, then a start and an end node for each vehicle. A
 * route is an array of nodes, start and end included, so that every leg is a pair of nodes.
 *
 * Shape: vehicles with the same profile and compartments, so that lengths and loads of a piece of route are
 * the same whoever drives it. Kind: vehicles alike in everything, places included: one empty vehicle of a
 * kind stands for all of them. A vehicle that the reference names is a kind by itself; kinds alike but for
 * that are twins.
 *
 * Memory: O(nodes + pairs + stops × (neighbours + kinds)).
 */
#ifndef BENNE_ROUTING_PROBLEM_H
#define BENNE_ROUTING_PROBLEM_H

#include "solver/base/arena.h"
#include "solver/model/instance.h"

struct node {
    int32_t entry, exit;     /* places of problem->travel */
    int32_t service_s;       /* unloading: the fixed part */
    int32_t open_s, close_s; /* first opening, last closing of its windows; 0, INT32_MAX without */
    int32_t window_first, window_count;
    int32_t release_s;
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

/* What the vehicles of a kind have in common, as the search needs it. */
struct kind {
    int32_t vehicle; /* one of them */
    int32_t shape, profile;
    int32_t likeness; /* the same for kinds that differ in capacities and costs alone */
    int32_t twin;     /* the same for kinds that differ in what the reference names alone */
    money rate_m;     /* a metre: wear, fuel and carbon */
    money rate_s;     /* a second at work, overtime aside */
    money price_kg;   /* a kilogram collected: fuel and carbon */
    bool work_counts; /* work has a price or a limit: the time between leaving and return matters */
    bool intricate;   /* the price of a place by running sums (place.h) is an estimate: ask the timetable */
    bool limited;     /* stops, metres or loads of the day have a limit */
    bool serves_all;  /* may_serve is true for every stop */
    bool own;         /* stops are locked to its vehicle, which is like no other then */
};

struct locks;

/* A stop that had better be served by the same vehicle. */
struct partner {
    int32_t stop;
    money price;
};

struct problem {
    const struct instance *instance;
    struct travel travel; /* the instance's, its places numbered anew: near_places.h */
    int32_t stop_count, site_count, vehicle_count, node_count;
    struct node *nodes;
    int32_t *kind_of, *shape_of; /* by vehicle */
    int32_t kind_count, shape_count;
    struct kind *kinds;
    struct shape *shapes;
    int32_t width;       /* compartments of the shape that has most */
    bool *may_serve;     /* kind × stop */
    int32_t *near_sites; /* shape × stop × SITES_NEAR: nearest sites that empty the stop's compartment; -1 */
    int32_t *neighbours; /* stop × neighbour_count: nearest first (proximity.h) */
    int32_t neighbour_count;
    bool simple;              /* no sites, releases, limits of the day, and work does not count */
    bool sizes;               /* simple, and kinds that differ in capacities and costs alone */
    bool timed;               /* some window, shift, work limit or break can bind, or time costs something */
    bool work_counts;         /* of some kind */
    bool intricate;           /* some kind is */
    bool released;            /* some stop has a release */
    bool symmetric;           /* every leg is as long, in metres and seconds, in both directions */
    bool points;              /* every stop is left where it is entered */
    bool one_measure;         /* seconds are the same numbers as metres */
    bool sites_limited;       /* some site has a daily limit */
    const int32_t *reference; /* by stop: the vehicle that others than pay change_cost for; NULL: off */
    int32_t *partner_first;   /* stop_count + 1, into partners; NULL: no pairs */
    struct partner *partners;
    bool quality;              /* there is a reference or are pairs: it counts who serves which stop */
    const struct locks *locks; /* of positions and sequences (locks.h); NULL: none */
    money leaving_mandatory;   /* the search's price for a mandatory stop unserved: above any route's cost */
};

/* Sites tried for an unloading in mid-route: a far one does not pay there. */
enum { SITES_NEAR = 6 };

error_code problem_build(const struct instance *instance, struct arena *arena, struct problem *problem,
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
static inline bool kind_may_serve(const struct problem *problem, const struct kind *kind, int32_t stop)
{
    return problem->may_serve[(size_t)(kind - problem->kinds) * (size_t)problem->stop_count + (size_t)stop];
}
static inline bool problem_may_serve(const struct problem *problem, int32_t vehicle, int32_t stop)
{
    return problem->may_serve[(size_t)problem->kind_of[vehicle] * (size_t)problem->stop_count + (size_t)stop];
}

/* Length and driving time from the exit of one node to the entry of another. */
static inline int64_t leg_m(const struct problem *problem, int32_t profile, int32_t from, int32_t to)
{
    return travel_distance_m(&problem->travel, profile, problem->nodes[from].exit, problem->nodes[to].entry);
}
static inline int64_t leg_s(const struct problem *problem, int32_t profile, int32_t from, int32_t to)
{
    return travel_duration_s(&problem->travel, profile, problem->nodes[from].exit, problem->nodes[to].entry);
}

/* A leg in metres and seconds. */
struct leg {
    int64_t m, s;
};

static inline struct leg leg_between(const struct problem *problem, int32_t profile, int32_t exit,
                                     int32_t entry)
{
    const struct travel *travel = &problem->travel;
    if (problem->one_measure) {
        const int64_t metres = travel_distance_m(travel, profile, exit, entry);
        return (struct leg){metres, metres};
    }
    const struct travel_leg leg = travel_leg(travel, profile, exit, entry);
    return (struct leg){leg.distance_m, leg.duration_s};
}

/* What a leg costs at a glance: metres and seconds, waiting and overtime aside. */
static inline money arc_price(const struct kind *kind, struct leg leg)
{
    return leg.m * kind->rate_m + leg.s * kind->rate_s;
}

/* The same where `entry` is tried from many exits: its own row of a symmetric matrix is at hand. */
static inline struct leg leg_towards(const struct problem *problem, int32_t profile, int32_t exit,
                                     int32_t entry)
{
    return problem->symmetric ? leg_between(problem, profile, entry, exit)
                              : leg_between(problem, profile, exit, entry);
}

/* Money a metre for a vehicle: wear, fuel and carbon. */
static inline money vehicle_rate_m(const struct vehicle *vehicle)
{
    return vehicle->cost_per_m + vehicle->fuel_per_m + vehicle->carbon_per_m;
}

/* The price of so many seconds of work for balance alone: convex, and it does not fall with work. */
static inline money vehicle_imbalance_cost(const struct vehicle *vehicle, int64_t work_s)
{
    if (vehicle->imbalance_per_s2 == 0 || work_s <= vehicle->balance_from_s) return 0;
    int64_t over_s = work_s - vehicle->balance_from_s;
    if (over_s > IMBALANCE_MOST_S) over_s = IMBALANCE_MOST_S;
    return over_s * over_s * vehicle->imbalance_per_s2;
}

/* Money for so many seconds of work, overtime and imbalance included. */
static inline money vehicle_work_cost(const struct vehicle *vehicle, int64_t work_s)
{
    int64_t over_s = work_s > vehicle->overtime_from_s ? work_s - vehicle->overtime_from_s : 0;
    return (work_s - over_s) * vehicle->cost_per_s + over_s * vehicle->overtime_cost_per_s +
           vehicle_imbalance_cost(vehicle, work_s);
}

/* What it costs that this vehicle serves the stop and not the one that people know. */
static inline money problem_change_price(const struct problem *problem, int32_t vehicle, int32_t stop)
{
    if (problem->reference == NULL || problem->reference[stop] < 0 || problem->reference[stop] == vehicle)
        return 0;
    return problem->instance->change_cost;
}

/* The earliest beginning at or after `arrival_s` that the node's windows allow; INT64_MAX: none. */
int64_t node_begin_among(const struct problem *problem, const struct node *node, int64_t arrival_s);

/* The latest beginning at or before `limit_s` that they allow; INT64_MIN: none. */
int64_t node_begin_latest_among(const struct problem *problem, const struct node *node, int64_t limit_s);

static inline int64_t node_begin(const struct problem *problem, int32_t node, int64_t arrival_s)
{
    const struct node *n = &problem->nodes[node];
    if (arrival_s > n->close_s && n->window_count > 0) return INT64_MAX;
    if (n->window_count > 1) return node_begin_among(problem, n, arrival_s);
    return arrival_s > n->open_s ? arrival_s : n->open_s;
}

static inline int64_t node_begin_latest(const struct problem *problem, int32_t node, int64_t limit_s)
{
    const struct node *n = &problem->nodes[node];
    if (n->window_count == 0) return limit_s;
    if (limit_s < n->open_s) return INT64_MIN;
    if (n->window_count > 1) return node_begin_latest_among(problem, n, limit_s);
    return limit_s < n->close_s ? limit_s : n->close_s;
}

#endif
