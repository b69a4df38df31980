/* The travel between places of a city, by what it has: roads, a matrix, or straight lines.
 *
 * Places of a city are numbered: depots, then disposal sites, then bins. */
#ifndef BENNE_NETWORK_CITY_TRAVEL_H
#define BENNE_NETWORK_CITY_TRAVEL_H

#include "solver/base/arena.h"
#include "solver/model/city.h"
#include "solver/model/travel.h"

static inline int32_t city_place_of_site(const struct city *city, int32_t site)
{
    return city->depot_count + site;
}

static inline int32_t city_place_of_bin(const struct city *city, int32_t bin)
{
    return city->depot_count + city->site_count + bin;
}

int32_t city_place_count(const struct city *city);
struct position city_place_position(const struct city *city, int32_t place);
const char *city_place_id(const struct city *city, int32_t place);

/* Place i of the travel is places[i] of the city; on the arena. Errors: as of travel_build.h and
 * road_travel.h. */
error_code city_travel_between(const struct city *city, const int32_t *places, int32_t count,
                               struct arena *arena, struct travel *travel, struct error *error) ERROR_CHECKED;

#endif
