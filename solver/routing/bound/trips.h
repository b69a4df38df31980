/* The trips that the master knows, in the order of its columns. Ownership: freed by trips_free. */
#ifndef BENNE_ROUTING_BOUND_TRIPS_H
#define BENNE_ROUTING_BOUND_TRIPS_H

#include "solver/base/array.h"
#include "solver/base/error.h"
#include "solver/routing/bound/pricing.h"

struct trip {
    int32_t net, start, end; /* gates */
    int32_t first, count;    /* of the stops */
    struct measures measures;
    double cost;
};

struct trip_items {
    struct trip *items;
    int64_t count, capacity;
};

struct trip_stops {
    int32_t *items;
    int64_t count, capacity;
};

struct trips {
    struct trip_items list;
    struct trip_stops stops;
};

/* Appends a trip of the relaxation's net. */
error_code trips_add(struct trips *trips, const struct relaxation *relax, int32_t net, int32_t start,
                     const int32_t *stops, int32_t count, int32_t end, struct error *error) ERROR_CHECKED;

/* Takes out those that are marked; the others move up. */
void trips_drop(struct trips *trips, const bool *marked);

void trips_free(struct trips *trips);

static inline const int32_t *trip_stops(const struct trips *trips, int32_t trip)
{
    return trips->stops.items + trips->list.items[trip].first;
}

/* What a trip counts in a subset cut: pairs of visits to members, within stays in the memory. */
int32_t subset_cut_pairs(const struct subset_cut *cut, const int32_t *stops, int32_t count);

/* How often a trip comes into a set of stops from outside. */
int32_t trip_entries(struct stop_set set, const int32_t *stops, int32_t count);

/* May the trip still be driven: does it forget every stop before it comes back to it? */
bool trip_remembers(const struct stop_set *neighbourhoods, const int32_t *stops, int32_t count);

#endif
