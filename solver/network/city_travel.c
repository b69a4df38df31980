#include "solver/network/city_travel.h"

#include "solver/base/message.h"
#include "solver/network/roads/road_travel.h"
#include "solver/network/travel_build.h"

int32_t city_place_count(const struct city *city)
{
    return city->depot_count + city->site_count + city->bin_count;
}

struct position city_place_position(const struct city *city, int32_t place)
{
    if (place < city->depot_count) return city->depots[place].position;
    place -= city->depot_count;
    return place < city->site_count ? city->sites[place].position
                                    : city->bins[place - city->site_count].position;
}

const char *city_place_id(const struct city *city, int32_t place)
{
    if (place < city->depot_count) return city->depots[place].id;
    place -= city->depot_count;
    return place < city->site_count ? city->sites[place].id : city->bins[place - city->site_count].id;
}

static error_code straight(const struct city *city, const int32_t *places, int32_t count, struct arena *arena,
                           struct travel *travel, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct position *positions;
    TRY_NEW(arena, positions, count);
    for (int32_t p = 0; p < count; p++) positions[p] = city_place_position(city, places[p]);
    TRY(travel_from_positions(city->profiles, city->profile_count, positions, count, arena, travel, error));
done:
    return rc;
}

error_code city_travel_between(const struct city *city, const int32_t *places, int32_t count,
                               struct arena *arena, struct travel *travel, struct error *error)
{
    switch (city->network) {
    case NETWORK_MATRIX:
        return travel_from_city_matrix(city, places, count, arena, travel, error);
    case NETWORK_OSM:
        if (city->roads == NULL) return error_set(error, ERROR_NETWORK, _("the city's roads are not open"));
        return road_travel_between(city->roads, places, count, arena, travel, error);
    case NETWORK_STRAIGHT_LINE:
        break;
    }
    return straight(city, places, count, arena, travel, error);
}
