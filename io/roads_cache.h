/* What io/roads.c keeps in the cache: hierarchies and matrices, with the hashes of what they come from. */
#ifndef BENNE_IO_ROADS_CACHE_H
#define BENNE_IO_ROADS_CACHE_H

#include "io/cache.h"
#include "solver/network/roads/road_travel.h"

/* The SHA-256 of a file's bytes. ERROR_NETWORK when it cannot be read. */
error_code roads_file_key(const char *path, struct cache_key *key, struct error *error) ERROR_CHECKED;

/* Of an extract as a profile sees it; of the places on it. */
struct cache_key roads_graph_key(const struct cache_key *extract, const struct road_profile *profile);
struct cache_key roads_matrix_key(const struct cache_key *graph, const struct road_place *places,
                                  int32_t count);

/* False: not in the cache, or not of this graph. */
bool roads_load_hierarchy(const struct cache_key *key, const struct road_graph *graph, struct arena *arena,
                          struct hierarchy *hierarchy);
void roads_store_hierarchy(const struct cache_key *key, const struct hierarchy *hierarchy);

/* The arcs chosen for the places, and the matrix. */
bool roads_load_matrix(const struct cache_key *key, const struct road_graph *graph, struct road_place *places,
                       int32_t count, struct arena *arena, struct travel_matrix *matrix);
void roads_store_matrix(const struct cache_key *key, const struct road_place *places, int32_t count,
                        const struct travel_matrix *matrix);

#endif
