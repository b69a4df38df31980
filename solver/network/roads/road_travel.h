/* The travel of a city on its roads: for each profile what the roads are to it, and where the city's places
 * stand.
 *
 * Up to TRAVEL_TABLE_MAX places the matrices of all of them are computed once (or read from a cache) and a
 * day takes its part; with more, a day computes its own. Filled by io/roads.h, then never changed.
 */
#ifndef BENNE_NETWORK_ROAD_TRAVEL_H
#define BENNE_NETWORK_ROAD_TRAVEL_H

#include "solver/network/roads/road_places.h"

struct road_travel {
    int32_t profile_count, place_count;
    struct road_network *networks;      /* by profile */
    struct road_place *places;          /* profile × place of the city: depots, sites, bins */
    const struct travel_matrix *wholes; /* by profile, place_count²; NULL: too many places */
    int32_t elsewhere, nowhere; /* places that some profile serves from another road than the nearest; that
                                   some profile does not serve */
};

/* The places of the city as a profile has them. */
static inline struct road_place *road_travel_places(const struct road_travel *roads, int32_t profile)
{
    return roads->places + (size_t)profile * (size_t)roads->place_count;
}

/* Travel between places of the city, numbered anew from 0, on the arena. Errors as of road_places_matrix;
 * ERROR_NETWORK for more than TRAVEL_PLACES_MAX places. */
error_code road_travel_between(const struct road_travel *roads, const int32_t *places, int32_t count,
                               struct arena *arena, struct travel *travel, struct error *error) ERROR_CHECKED;

#endif
