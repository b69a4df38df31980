/* A city's roads: from the extract that city.json names to the travel between its places.
 *
 * For each profile that some vehicle has: the graph, its hierarchy (from the cache, else built and cached),
 * where each place stands and by which arc it is served, and, up to TRAVEL_TABLE_MAX places, the matrix
 * (cached too). The keys of the cache are hashes of the extract, the profile and the places: what has changed
 * is computed anew.
 *
 * Diagnostics: a warning names each bin that no road serves, with the reason; a note each that is served from
 * another road than the nearest. A depot or site that no road serves is an error, ERROR_NETWORK, like an
 * extract that cannot be read (io/osm.h).
 */
#ifndef BENNE_IO_ROADS_H
#define BENNE_IO_ROADS_H

#include "solver/base/diagnostic.h"
#include "solver/network/roads/road_travel.h"

/* Sets city->roads, on the arena; nothing when the city's network is not NETWORK_OSM. */
error_code roads_open(struct city *city, int32_t threads, struct arena *arena, struct diagnostics *list,
                      struct error *error) ERROR_CHECKED;

#endif
