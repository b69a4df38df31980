/* The best tour from an arc back to itself: for two stops on one arc of which the first driven comes second.
 *
 * Most tours go round the block: a plain search from the arc until it is reached again, in arrays that serve
 * all tours of a network. O(states within the tour's length). */
#ifndef BENNE_NETWORK_ROAD_TOUR_H
#define BENNE_NETWORK_ROAD_TOUR_H

#include "solver/network/hierarchy/way_heap.h"
#include "solver/network/roads/road_graph.h"

struct road_tours {
    const struct road_graph *graph;
    way_weight *way;    /* by state; WAY_NONE between two searches */
    int32_t *came_from; /* by state, of those reached */
    struct {
        int32_t *items;
        int64_t count, capacity;
    } reached;
    struct way_heap heap;
};

error_code road_tours_init(struct road_tours *tours, const struct road_graph *graph,
                           struct error *error) ERROR_CHECKED;
void road_tours_free(struct road_tours *tours);

/* From the arc's leave_state by one turn or more to any of its states: WAY_NONE where there is none. */
error_code road_tour(struct road_tours *tours, int32_t arc, way_weight *way,
                     struct error *error) ERROR_CHECKED;

/* The states of the last tour found, on the arena: the first and the last are of the arc. */
error_code road_tour_states(const struct road_tours *tours, int32_t arc, struct arena *arena,
                            int32_t **states, int32_t *count, struct error *error) ERROR_CHECKED;

#endif
