/* Every tour of one vehicle worth having, by the set of stops it serves: exact, over the whole model.
 *
 * Label setting over (stops served, where the truck stands). A label knows the departures it stands for
 * (lapse.h), its metres and its money so far, what is in each compartment, what it has unloaded at the sites
 * that have a daily limit, the release its trip has been given, and whether the break has been taken. It is
 * extended by each stop, by each site that empties something, and home. The rules also allow an empty truck
 * to call at a site for nothing, which can pay where a detour is shorter than the way, or to end a trip whose
 * stops have no load; `any_calls` adds these.
 *
 * A trip's release is chosen when it sets out: one of those of the stops left. Only stops released by then
 * may follow; waiting longer than the trip needs is no better than the rule, which is among the choices.
 *
 * Label a makes b needless when both stand at the same place with the same stops served and the same
 * compartments loaded, and a is no worse in each of the rest: whatever b does next a may do too, no later for
 * any departure, for no more money. (Less load of the compartments that both have loaded: no later unloaded,
 * no fuller sites.) Ending earlier is never worse: the rule begins each activity as early as it may.
 *
 * At home the best departure is the last allowed: work is max(span, floor − d), the price of work does not
 * fall with work, and a route that is back by the closing of the break's window at some departure is so at
 * all earlier ones. Only without a break is there a choice: leaving after the closing, or back by it.
 *
 * Shares no code with the search or the checker. Labels: some hundreds to ten thousands for 7 stops. */
#ifndef BENNE_BENCH_TOURS_H
#define BENNE_BENCH_TOURS_H

#include "solver/model/instance.h"

enum { TINY_STOPS = 7, TINY_SETS = 1 << TINY_STOPS, TINY_SITES = 3 };

/* A tour: what it costs, what it unloads at each site with a daily limit (0 at others), and how to drive it.
 * No other of its set is as cheap and unloads no more anywhere. A step is a stop, a site as TINY_STOPS + its
 * number, or the break. */
enum { TOUR_STEPS = 40, TOUR_BREAK = TINY_STOPS + TINY_SITES };
struct tour {
    money cost;
    int64_t site_kg[TINY_SITES];
    int32_t departure_s, step_count;
    int8_t steps[TOUR_STEPS];
};

struct tour_list {
    struct tour *items;
    int64_t count, capacity;
};

/* Adds a tour unless another makes it needless; takes out those that it makes needless. */
error_code tour_list_add(struct tour_list *list, const struct tour *tour, struct error *error) ERROR_CHECKED;

/* lists[set], empty at first, gets the tours that serve exactly the stops of a non-empty set (bit s: stop s).
 * The caller frees them (array_free). */
error_code tours_find(const struct instance *instance, int32_t vehicle, bool any_calls,
                      struct tour_list lists[TINY_SETS], struct error *error) ERROR_CHECKED;

#endif
