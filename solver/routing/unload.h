/* Where to unload: the best disposal visits for a given order of stops.
 *
 * A trip i+1 … j ends in an unloading (one site, or the few that together take what is aboard). With
 *   f(j, s)  least cost of having served stops 1 … j and standing empty at site s
 *   g(i)     = min over s of f(i, s) + leg(s, stop i+1)          (g(0): from the depot)
 *   f(j, s)  = min over i of g(i) + way(i+1 … j) + unloading after j that ends in s
 * the trips that fit the compartments are enumerated once: O(stops × trip length × near sites). (The split of
 * Prins 2004, with a choice of the place that ends each trip.)
 *
 * Costs are metres, work and fees in money, waiting and overtime included. Hours are carried along as one
 * line (timeline.h): the first window that is reached, no break. Only the label of least cost is kept, so
 * with time the result is a good one, not proven the best: when its timetable fails, a second pass keeps the
 * earliest instead.
 */
#ifndef BENNE_ROUTING_UNLOAD_H
#define BENNE_ROUTING_UNLOAD_H

#include "solver/routing/problem.h"
#include "solver/routing/timeline.h"

typedef enum unload_aim {
    UNLOAD_CHEAPEST,
    UNLOAD_EARLIEST,
    UNLOAD_ANYHOW /* no clock: when nothing is in time */
} unload_aim;

struct unload_label {
    money cost;        /* INT64_MAX: none */
    money way;         /* the part for metres and fees */
    struct line line;  /* hours */
    struct line ready; /* of the start of a trip: the same when the truck could set out but for releases */
    int32_t from;      /* stops served before the trip */
    int32_t from_site;
    int32_t unloading; /* of the shape; -1: straight home */
};

struct unloader {
    struct unload_label *labels; /* (stops + 1) × sites */
    money *rest;        /* by stops served: least cost of the way home from there, unloadings aside */
    int32_t *near_ways; /* shape × stop × UNLOAD_NEAR: unloadings by the way to their first site */
    int32_t capacity;   /* stops */
};

/* Ways to unload tried in mid-route: the nearest ones; a far site in mid-route does not pay. The last
 * unloading of a route tries all. */
enum { UNLOAD_NEAR = 6 };

bool unloader_init(struct unloader *unloader, const struct problem *problem);
bool unloader_reserve(struct unloader *unloader, const struct problem *problem, int32_t stops);
void unloader_free(struct unloader *unloader);

/* What the route costs by the DP's account: metres, fees, work without a break. INT64_MAX: out of hours. */
money unload_cost(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count);

/* Only what costs less than `limit` by that account is wanted (INT64_MAX: anything): the tighter it is, the
 * fewer trips are looked at. With legs that break the triangle inequality something cheaper may be missed.
 * Writes start, stops with unloadings, end into `nodes` (room for UNLOAD_ROOM(stop_count)); the number of
 * nodes, or 0 when no way fits. `room_kg` by site: what it still takes today. */
#define UNLOAD_ROOM(stops) ((stops) * (1 + UNLOADING_SITES_MAX) + 2)
int32_t unload_route(const struct problem *problem, int32_t vehicle, const int32_t *stops, int32_t stop_count,
                     const int64_t *room_kg, unload_aim aim, money limit, struct unloader *unloader,
                     int32_t *nodes);

#endif
