/* What the two passes over a file gather, and how it becomes roads: used by osm.c alone.
 *
 * First pass: ways (osm_gather_way) with the ids of their nodes, and restrictions (osm_restrictions.c) with
 * the ids of their members. Between: osm_gather_wanted sorts the ids of all nodes named. Second pass: places
 * and tags of these (osm_gather_node). At the end osm_assemble puts numbers for ids.
 *
 * Memory: 8 bytes a node named by a way, 21 a node, 48 a way, 48 a restriction.
 */
#ifndef BENNE_IO_OSM_GATHER_H
#define BENNE_IO_OSM_GATHER_H

#include "io/osm_source.h"
#include "solver/base/ids.h"
#include "solver/network/roads/road_data.h"

/* A restriction in the ids of the file. One that names several ways is several of a group. */
struct osm_turn {
    int64_t id, group, from, to, via;
    bool via_is_way, only, binds[ROAD_VEHICLES];
};

struct osm_gather {
    const char *path;
    struct {
        struct road_way *items; /* first_node: into `named` */
        int64_t count, capacity;
    } ways;
    struct {
        int64_t *items; /* ids */
        int64_t count, capacity;
    } named;
    struct {
        struct osm_turn *items;
        int64_t count, capacity;
    } turns;
    struct ids names;
    int64_t turn_groups, lost_turns;
    int64_t left_hand; /* ways that say so, less those that say the right */
    /* By node wanted: */
    int64_t *wanted; /* ids, ascending */
    struct road_node *nodes;
    bool *found;
    int32_t wanted_count;
};

void osm_gather_init(struct osm_gather *gather, const char *path, struct arena *arena);
void osm_gather_free(struct osm_gather *gather);

/* The visitor's functions; `context` is the struct osm_gather. */
error_code osm_gather_way(void *context, const struct osm_way *from, struct error *error);
error_code osm_gather_relation(void *context, const struct osm_relation *relation, struct error *error);
error_code osm_gather_node(void *context, const struct osm_node *from, struct error *error);

error_code osm_gather_wanted(struct osm_gather *gather, struct error *error) ERROR_CHECKED;

/* Where an id stands among those wanted, or -1. */
int32_t osm_wanted_find(const struct osm_gather *gather, int64_t id);

/* The roads, on the arena. */
error_code osm_assemble(const struct osm_gather *gather, struct arena *arena, struct road_data *roads,
                        struct error *error) ERROR_CHECKED;

#endif
