/* The day relaxed for a lower bound: trips in place of whole routes.
 *
 * A route of a kind of vehicle is cut where it unloads: gate 0 is the depot (leaving, and coming home), gate
 * 1 + s the disposal site s. A trip goes from a gate over stops to a gate that takes them; from gate to gate
 * the empty truck also drives without stops. The vehicles of a kind together are a flow through its gates,
 * priced by pure sums: metres, seconds, stops, kilograms, litres. This is a net.
 *
 * Kept: who may serve what; capacities of a trip in kg and litres, up to 1 + EXTRA_MAX of them; streams that
 * sites take; reachability; fixed costs and numbers of vehicles; where stops have windows, or the truck
 * comes home but once, also the clock within a trip, by hulls of windows.
 *
 * Relaxed, each so that the cheapest plan can only become cheaper:
 *   - limits of the day (work, metres, stops, loads) and overtime hold for the vehicles of a kind on
 *     average, not each: what lies over one vehicle's limit may lie under another's. Overtime is convex in
 *     work, so that its price for the mean is at most the mean of its prices; where it is cheaper than
 *     ordinary work, all work has its price;
 *   - waiting is neither paid nor counted as work; a break takes time from the shift but falls nowhere;
 *   - the clock begins anew with each trip, as early as the shift does, and unloads at the site's first
 *     opening to its last closing; releases are not looked at;
 *   - several windows are one, from the first opening to the last closing;
 *   - a truck of several compartments has all of them empty after any unloading, which takes its fixed time,
 *     and pays for each kilogram the least fee and the least time of any site that takes it; one that may
 *     come home loaded need pay neither. Trucks of one compartment pay exactly, but for rounded seconds;
 *   - daily limits of sites, and capacities beyond the tightest 1 + EXTRA_MAX;
 *   - the prices of quality, none below 0: changes against a reference, pairs of stops torn apart, imbalance;
 *   - a trip may come back to a stop by way of others that make it forget (neighbourhoods.h), and is then
 *     paid for each visit.
 *
 * Money is scaled: `scale` units to one of the instance, so that the plan to beat costs BOUND_UNITS. Memory:
 * O(kinds × nodes²), in the arena.
 */
#ifndef BENNE_ROUTING_BOUND_RELAX_H
#define BENNE_ROUTING_BOUND_RELAX_H

#include "solver/routing/problem.h"

enum {
    BOUND_STOPS_MAX = 128, /* sets of stops are two words */
    EXTRA_MAX = 3
};
#define BOUND_UNITS 10000.0

/* What a trip adds up; money: fees, and nothing that is linear in the others. */
enum trip_measure { TRIP_M, TRIP_S, TRIP_STOPS, TRIP_KG, TRIP_L, TRIP_MONEY, TRIP_MEASURES };

struct measures {
    double of[TRIP_MEASURES];
};

struct net {
    int32_t kind, count; /* of the problem; how many vehicles there are */
    int32_t gate_count, node_count;
    bool *serves;             /* by stop */
    bool *takes;              /* by gate: a trip with a load may end there */
    double *leg_m, *leg_s;    /* node × node, stops before gates; leg_m INFINITY: no way */
    struct measures *stop;    /* by stop: what the visit adds */
    double *gate_s;           /* by gate: unloading, the fixed part */
    struct measures *gate_kg; /* by gate: what a kilogram adds there beyond the cheapest gate */
    struct measures price;    /* of each measure */
    struct measures limit;    /* of a vehicle's day; INFINITY: none. No limit of money */
    double fixed_cost;
    double overtime_from_s, overtime_price; /* extra for a second beyond; 0: none */

    /* Room in a trip. The key is the tightest load where one can bind, and below it a count of stops, so that
     * each stop takes some. */
    int64_t *key, key_most;
    int32_t extra_count;
    int32_t *extra[EXTRA_MAX], extra_most[EXTRA_MAX]; /* by stop */
    bool *light;                                      /* by stop: it has no load at all */
    bool some_light; /* there are such stops: a trip over them alone may end at any gate */

    /* The clock, from the shift's start on, where `timed`. */
    bool timed;
    int32_t horizon_s;
    int32_t *open_s, *close_s, *service_s; /* by stop */
    int32_t *gate_open_s, *gate_close_s;   /* by gate: earliest start of a trip, latest arrival at its end */
};

struct relaxation {
    const struct problem *problem;
    double scale;
    int32_t stop_count, net_count;
    struct net *nets;
    double *leaving_price; /* by stop, scaled */
    money grain;           /* every plan's cost is a multiple of it */
};

/* `reference`: what a plan costs, the scale; above 0. At most BOUND_STOPS_MAX stops. */
error_code relax_build(const struct problem *problem, money reference, struct arena *arena,
                       struct relaxation *relaxation, struct error *error) ERROR_CHECKED;

static inline size_t net_cell(const struct net *net, int32_t from, int32_t to)
{
    return (size_t)from * (size_t)net->node_count + (size_t)to;
}
static inline int32_t net_gate(const struct net *net, int32_t gate)
{
    return net->node_count - net->gate_count + gate;
}

/* What a trip from gate to gate over stops adds up; without stops: the empty drive. */
struct measures trip_measures(const struct net *net, int32_t from_gate, const int32_t *stops, int32_t count,
                              int32_t to_gate);

static inline double measures_price(const struct measures *measures, const struct measures *price)
{
    double sum = 0;
    for (int32_t q = 0; q < TRIP_MEASURES; q++) sum += measures->of[q] * price->of[q];
    return sum;
}

#endif
