#include "io/roads.h"

#include "io/osm.h"
#include "io/roads_cache.h"
#include "solver/base/message.h"
#include "solver/network/city_travel.h"
#include "solver/network/travel_build.h"

#include <stdio.h>
#include <string.h>

struct opener {
    struct city *city;
    int32_t threads;
    struct arena *arena;
    struct diagnostics *list;
    struct road_data *roads;
    struct cache_key extract;
    struct road_travel *travel;
    struct travel_matrix *wholes; /* NULL: too many places */
};

/* --- places --- */

static bool is_yard(const struct city *city, int32_t place)
{
    return place < city_place_of_bin(city, 0);
}

static street_side side_of(const struct city *city, int32_t place)
{
    return is_yard(city, place) ? SIDE_BOTH : city->bins[place - city_place_of_bin(city, 0)].side;
}

static void name_way(const struct road_data *roads, int32_t way, char *text, size_t size)
{
    if (way < 0)
        snprintf(text, size, "%s", _("the road"));
    else if (roads->ways[way].name >= 0)
        snprintf(text, size, "%s", roads->names[roads->ways[way].name]);
    else
        snprintf(text, size, _("way %lld"), (long long)roads->ways[way].id);
}

/* Why a road does not serve. */
static void reason_text(const struct road_data *roads, const struct road_spot *spot, char *text, size_t size)
{
    char way[160];
    name_way(roads, spot->passed_way, way, sizeof way);
    switch (spot->reason) {
    case SNAP_GOOD:
    case SNAP_FAR:
        snprintf(text, size, _("no road within %d m"), (int)SNAP_MOST_M);
        return;
    case SNAP_CLOSED:
        snprintf(text, size, _("%s is closed to it"), way);
        return;
    case SNAP_NO_WAY_OUT:
        snprintf(text, size, _("%s cannot be reached and left without turning round"), way);
        return;
    case SNAP_WRONG_SIDE:
        snprintf(text, size, _("%s is not driven with the bin on the side given"), way);
        return;
    }
}

/* Tells of a place that is served from elsewhere, or not at all. */
static error_code tell(const struct opener *opener, int32_t profile, int32_t p, struct error *error)
{
    const char *id = city_place_id(opener->city, p);
    const bool yard = is_yard(opener->city, p);
    const struct road_spot *spot = &road_travel_places(opener->travel, profile)[p].spot;
    const char *name = opener->city->profiles[profile].name;
    char reason[320], way[160];
    if (spot->segment >= 0 && spot->reason == SNAP_GOOD) return ERROR_NONE;
    reason_text(opener->roads, spot, reason, sizeof reason);
    if (spot->segment < 0) {
        if (yard)
            return error_set(error, ERROR_NETWORK, _("“%s” is on no road for the profile “%s”: %s"), id, name,
                             reason);
        diagnostics_add(opener->list, SEVERITY_WARNING, (struct source_place){.file = "bins.csv"},
                        _("“%s” is served by no road for the profile “%s”: %s"), id, name, reason);
        return ERROR_NONE;
    }
    name_way(opener->roads, opener->travel->networks[profile].graph->segments[spot->segment].way, way,
             sizeof way);
    diagnostics_add(opener->list, SEVERITY_NOTE,
                    (struct source_place){.file = yard ? "depots.csv" : "bins.csv"},
                    _("“%s” is served from %s, %.0f m away, for the profile “%s”: %s"), id, way,
                    (double)spot->distance_m, name, reason);
    return ERROR_NONE;
}

static error_code snap_places(const struct opener *opener, int32_t profile, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct road_travel *travel = opener->travel;
    struct road_grid *grid;
    struct road_place *places = road_travel_places(travel, profile);
    TRY(road_grid_build(travel->networks[profile].graph, opener->arena, &grid, error));
    for (int32_t p = 0; p < travel->place_count; p++) {
        const struct position position = city_place_position(opener->city, p);
        places[p] =
            (struct road_place){.spot = road_snap(grid, position.lat, position.lon, side_of(opener->city, p)),
                                .yard = is_yard(opener->city, p),
                                .arc = -1};
        TRY(tell(opener, profile, p, error));
    }
done:
    return rc;
}

static bool is_used(const struct city *city, int32_t profile)
{
    for (int32_t v = 0; v < city->vehicle_count; v++)
        if (city->vehicles[v].profile == profile) return true;
    return false;
}

/* How many places some profile serves from elsewhere, or not at all. */
static void count_displaced(const struct city *city, struct road_travel *travel)
{
    for (int32_t p = 0; p < travel->place_count; p++) {
        bool elsewhere = false, nowhere = false;
        for (int32_t profile = 0; profile < travel->profile_count; profile++) {
            const struct road_spot *spot = &road_travel_places(travel, profile)[p].spot;
            if (!is_used(city, profile)) continue;
            elsewhere |= spot->segment >= 0 && spot->reason != SNAP_GOOD;
            nowhere |= spot->segment < 0;
        }
        travel->elsewhere += elsewhere;
        travel->nowhere += nowhere;
    }
}

/* --- one profile --- */

static error_code find_network(const struct opener *opener, int32_t profile, struct cache_key *key,
                               struct error *error)
{
    error_code rc = ERROR_NONE;
    struct road_graph *graph;
    struct hierarchy *hierarchy;
    const struct road_profile *road = &opener->city->road_profiles[profile];
    TRY_NEW(opener->arena, graph, 1);
    TRY_NEW(opener->arena, hierarchy, 1);
    TRY(road_graph_build(opener->roads, road, opener->arena, graph, error));
    *key = roads_graph_key(&opener->extract, road);
    if (!roads_load_hierarchy(key, graph, opener->arena, hierarchy)) {
        TRY(hierarchy_build(&graph->turns, opener->arena, hierarchy, error));
        roads_store_hierarchy(key, hierarchy);
    }
    opener->travel->networks[profile] = (struct road_network){graph, hierarchy, opener->threads};
done:
    return rc;
}

static error_code find_matrix(const struct opener *opener, int32_t profile, const struct cache_key *graph_key,
                              struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_network *network = &opener->travel->networks[profile];
    struct road_place *places = road_travel_places(opener->travel, profile);
    const int32_t count = opener->travel->place_count;
    if (opener->wholes == NULL) return road_places_choose(network, places, count, error);
    struct travel_matrix *whole = &opener->wholes[profile];
    const struct cache_key key = roads_matrix_key(graph_key, places, count);
    if (roads_load_matrix(&key, network->graph, places, count, opener->arena, whole)) return ERROR_NONE;
    TRY(road_places_choose(network, places, count, error));
    TRY(road_places_matrix(network, places, count, opener->arena, whole, error));
    roads_store_matrix(&key, places, count, whole);
done:
    return rc;
}

static error_code open_profile(const struct opener *opener, int32_t profile, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct cache_key key;
    TRY(find_network(opener, profile, &key, error));
    TRY(snap_places(opener, profile, error));
    TRY(find_matrix(opener, profile, &key, error));
done:
    return rc;
}

/* --- all --- */

/* Profiles that no vehicle has stand for the first that one has: nobody asks for their travel. */
static void share(struct opener *opener, int32_t profile, int32_t used)
{
    opener->travel->networks[profile] = opener->travel->networks[used];
    memcpy(road_travel_places(opener->travel, profile), road_travel_places(opener->travel, used),
           (size_t)opener->travel->place_count * sizeof *opener->travel->places);
    if (opener->wholes != NULL) opener->wholes[profile] = opener->wholes[used];
}

static error_code open_all(struct opener *opener, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct road_travel *travel = opener->travel;
    int32_t used = -1;
    for (int32_t p = 0; p < travel->profile_count; p++) {
        if (!is_used(opener->city, p)) continue;
        TRY(open_profile(opener, p, error));
        if (used < 0) used = p;
    }
    for (int32_t p = 0; p < travel->profile_count && used >= 0; p++)
        if (!is_used(opener->city, p)) share(opener, p, used);
done:
    return rc;
}

error_code roads_open(struct city *city, int32_t threads, struct arena *arena, struct diagnostics *list,
                      struct error *error)
{
    error_code rc = ERROR_NONE;
    struct opener opener = {.city = city, .threads = threads, .arena = arena, .list = list};
    char path[4096];
    if (city->network != NETWORK_OSM) return ERROR_NONE;
    const bool whole_path = city->network_file[0] == '/';
    const int length = snprintf(path, sizeof path, "%s%s%s", whole_path ? "" : city->folder,
                                whole_path ? "" : "/", city->network_file);
    if (length < 0 || (size_t)length >= sizeof path)
        return error_set(error, ERROR_NETWORK, _("the path of the extract is too long"));
    TRY_NEW(arena, opener.travel, 1);
    TRY_NEW(arena, opener.roads, 1);
    *opener.travel =
        (struct road_travel){.profile_count = city->profile_count, .place_count = city_place_count(city)};
    TRY_NEW(arena, opener.travel->networks, city->profile_count);
    TRY_NEW(arena, opener.travel->places, (size_t)city->profile_count * (size_t)opener.travel->place_count);
    if (opener.travel->place_count <= TRAVEL_TABLE_MAX) TRY_NEW(arena, opener.wholes, city->profile_count);
    opener.travel->wholes = opener.wholes;
    TRY(roads_file_key(path, &opener.extract, error));
    TRY(osm_read(path, arena, opener.roads, error));
    TRY(open_all(&opener, error));
    count_displaced(city, opener.travel);
    city->roads = opener.travel;
done:
    return rc;
}
