/* A made day of many short routes: windows, trips to two sites, stops that may be left. */
#ifndef BENNE_TESTS_SUPPORT_SHORT_ROUTES_H
#define BENNE_TESTS_SUPPORT_SHORT_ROUTES_H

#include "solver/base/rng.h"
#include "solver/model/instance.h"

enum {
    SHORT_STOPS = 120,
    SHORT_VEHICLES = 40,
    SHORT_SITES = 2,
    SHORT_PLACES = SHORT_STOPS + SHORT_SITES + 1,
    SHORT_PARTNERS = 3,
    SHORT_LOCKS = 24
};

/* The instance points into the rest: a day is not to be copied. */
struct short_routes {
    struct stop stops[SHORT_STOPS];
    struct site sites[SHORT_SITES];
    struct vehicle vehicles[SHORT_VEHICLES];
    struct time_window windows[SHORT_STOPS];
    int32_t cells[SHORT_PLACES * SHORT_PLACES];
    struct travel_matrix matrix;
    struct stop_pair pairs[SHORT_STOPS * SHORT_PARTNERS];
    int32_t reference[SHORT_STOPS];
    struct lock locks[SHORT_LOCKS];
    struct instance instance;
};

void short_routes_draw(struct short_routes *day, uint64_t seed);

/* Pairs of stops, a vehicle that each is known to have, and work that is too long for most. */
void short_routes_price_quality(struct short_routes *day, uint64_t seed);

/* Every fourth stop: locked in turn to a vehicle, to a position, and behind another. */
void short_routes_lock(struct short_routes *day);

void short_routes_price_vehicles(struct short_routes *day, money fixed_cost);

#endif
