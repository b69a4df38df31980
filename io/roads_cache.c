#include "io/roads_cache.h"

#include "io/hash.h"
#include "solver/base/message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Raised when the same input comes to mean other numbers. */
static const uint32_t VERSION = 1;

enum { HIERARCHY_PARTS = 10, MATRIX_PARTS = 3 };

error_code roads_file_key(const char *path, struct cache_key *key, struct error *error)
{
    char bytes[1 << 16];
    struct hash hash;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return error_set(error, ERROR_NETWORK, _("cannot open %s: %s"), path, strerror(errno));
    hash_begin(&hash);
    for (size_t size; (size = fread(bytes, 1, sizeof bytes, file)) > 0;) hash_add(&hash, bytes, size);
    hash_end(&hash, key->words);
    const bool failed = ferror(file) != 0;
    fclose(file);
    return failed ? error_set(error, ERROR_NETWORK, _("cannot read %s: %s"), path, strerror(errno))
                  : ERROR_NONE;
}

/* --- keys --- */

static void add_number(struct hash *hash, int64_t number)
{
    hash_add(hash, &number, sizeof number);
}

struct cache_key roads_graph_key(const struct cache_key *extract, const struct road_profile *profile)
{
    struct hash hash;
    struct cache_key key;
    hash_begin(&hash);
    add_number(&hash, VERSION);
    hash_add(&hash, extract->words, sizeof extract->words);
    hash_add(&hash, profile->speed_kmh, sizeof profile->speed_kmh);
    hash_add(&hash, &profile->limit_share, sizeof profile->limit_share);
    const int64_t numbers[] = {profile->vehicle,    profile->weight_kg, profile->axle_kg,
                               profile->height_cm,  profile->width_cm,  profile->enters_private,
                               profile->u_turns,    profile->across_ms, profile->aside_ms,
                               profile->ahead_ms,   profile->u_turn_ms, profile->signals_ms,
                               profile->crossing_ms};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) add_number(&hash, numbers[k]);
    hash_end(&hash, key.words);
    return key;
}

struct cache_key roads_matrix_key(const struct cache_key *graph, const struct road_place *places,
                                  int32_t count)
{
    struct hash hash;
    struct cache_key key;
    hash_begin(&hash);
    hash_add(&hash, graph->words, sizeof graph->words);
    for (int32_t p = 0; p < count; p++) {
        const struct road_spot *spot = &places[p].spot;
        const int64_t numbers[] = {spot->segment, spot->offset_dm, spot->arcs[0],
                                   spot->arcs[1], spot->kerb,      places[p].yard};
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) add_number(&hash, numbers[k]);
    }
    hash_end(&hash, key.words);
    return key;
}

/* --- hierarchies --- */

static bool has_size(const struct cache_part *part, int64_t count, size_t size)
{
    return count >= 0 && part->size == (size_t)count * size;
}

/* Four parts as arcs; the rows say how many. */
static bool take_arcs(const struct cache_part *parts, int32_t count, struct hierarchy_arcs *arcs)
{
    if (!has_size(&parts[0], (int64_t)count + 1, sizeof *arcs->first)) return false;
    arcs->first = parts[0].bytes;
    const int64_t last = arcs->first[count];
    if (!has_size(&parts[1], last, sizeof *arcs->head) || !has_size(&parts[2], last, sizeof *arcs->middle) ||
        !has_size(&parts[3], last, sizeof *arcs->weight))
        return false;
    arcs->head = parts[1].bytes;
    arcs->middle = parts[2].bytes;
    arcs->weight = parts[3].bytes;
    return true;
}

bool roads_load_hierarchy(const struct cache_key *key, const struct road_graph *graph, struct arena *arena,
                          struct hierarchy *hierarchy)
{
    struct cache_part parts[HIERARCHY_PARTS];
    const int32_t count = graph->turns.count;
    if (!cache_load("hierarchy", key, arena, parts, HIERARCHY_PARTS)) return false;
    *hierarchy = (struct hierarchy){.count = count, .rank_of = parts[0].bytes, .node_of = parts[1].bytes};
    return has_size(&parts[0], count, sizeof *hierarchy->rank_of) &&
           has_size(&parts[1], count, sizeof *hierarchy->node_of) &&
           take_arcs(parts + 2, count, &hierarchy->up) && take_arcs(parts + 6, count, &hierarchy->down) &&
           hierarchy_is_sound(hierarchy);
}

static void put_arcs(const struct hierarchy_arcs *arcs, int32_t count, struct cache_part *parts)
{
    const size_t arc_count = (size_t)arcs->first[count];
    parts[0] = (struct cache_part){arcs->first, ((size_t)count + 1) * sizeof *arcs->first};
    parts[1] = (struct cache_part){arcs->head, arc_count * sizeof *arcs->head};
    parts[2] = (struct cache_part){arcs->middle, arc_count * sizeof *arcs->middle};
    parts[3] = (struct cache_part){arcs->weight, arc_count * sizeof *arcs->weight};
}

void roads_store_hierarchy(const struct cache_key *key, const struct hierarchy *hierarchy)
{
    struct cache_part parts[HIERARCHY_PARTS];
    const size_t count = (size_t)hierarchy->count;
    parts[0] = (struct cache_part){hierarchy->rank_of, count * sizeof *hierarchy->rank_of};
    parts[1] = (struct cache_part){hierarchy->node_of, count * sizeof *hierarchy->node_of};
    put_arcs(&hierarchy->up, hierarchy->count, parts + 2);
    put_arcs(&hierarchy->down, hierarchy->count, parts + 6);
    cache_store("hierarchy", key, parts, HIERARCHY_PARTS);
}

/* --- matrices --- */

bool roads_load_matrix(const struct cache_key *key, const struct road_graph *graph, struct road_place *places,
                       int32_t count, struct arena *arena, struct travel_matrix *matrix)
{
    struct cache_part parts[MATRIX_PARTS];
    const int64_t cells = (int64_t)count * count;
    if (!cache_load("matrix", key, arena, parts, MATRIX_PARTS) ||
        !has_size(&parts[0], count, sizeof(int32_t)) ||
        !has_size(&parts[1], cells, sizeof *matrix->distance_m) ||
        !has_size(&parts[2], cells, sizeof *matrix->duration_s))
        return false;
    const int32_t *arcs = parts[0].bytes;
    for (int32_t p = 0; p < count; p++)
        if (arcs[p] < -1 || arcs[p] >= graph->arc_count) return false;
    for (int32_t p = 0; p < count; p++) places[p].arc = arcs[p];
    *matrix = (struct travel_matrix){parts[1].bytes, parts[2].bytes};
    return true;
}

void roads_store_matrix(const struct cache_key *key, const struct road_place *places, int32_t count,
                        const struct travel_matrix *matrix)
{
    const size_t cells = (size_t)count * (size_t)count;
    int32_t *arcs = malloc(((size_t)count + 1) * sizeof *arcs);
    if (arcs == NULL) return;
    for (int32_t p = 0; p < count; p++) arcs[p] = places[p].arc;
    const struct cache_part parts[MATRIX_PARTS] = {{arcs, (size_t)count * sizeof *arcs},
                                                   {matrix->distance_m, cells * sizeof *matrix->distance_m},
                                                   {matrix->duration_s, cells * sizeof *matrix->duration_s}};
    cache_store("matrix", key, parts, MATRIX_PARTS);
    free(arcs);
}
