#include "solver/network/roads/road_tour.h"

#include <stdlib.h>

error_code road_tours_init(struct road_tours *tours, const struct road_graph *graph, struct error *error)
{
    const size_t states = (size_t)graph->state_count + 1;
    *tours = (struct road_tours){.graph = graph,
                                 .way = malloc(states * sizeof *tours->way),
                                 .came_from = malloc(states * sizeof *tours->came_from)};
    if (tours->way == NULL || tours->came_from == NULL) return error_memory(error);
    for (size_t s = 0; s < states; s++) tours->way[s] = WAY_NONE;
    return ERROR_NONE;
}

void road_tours_free(struct road_tours *tours)
{
    free(tours->way);
    free(tours->came_from);
    free(tours->reached.items);
    free(tours->heap.items);
    *tours = (struct road_tours){0};
}

/* False when memory is exhausted. */
static bool reach(struct road_tours *tours, int32_t state, way_weight way, int32_t from)
{
    if (way >= tours->way[state]) return true;
    if (tours->way[state] == WAY_NONE) {
        if (tours->reached.count == tours->reached.capacity &&
            !array_reserve(&tours->reached, tours->reached.count + 1))
            return false;
        tours->reached.items[tours->reached.count++] = state;
    }
    tours->way[state] = way;
    tours->came_from[state] = from;
    return way_heap_push(&tours->heap, way, state);
}

static bool turn(struct road_tours *tours, int32_t state, way_weight way)
{
    const struct digraph *turns = &tours->graph->turns;
    for (int32_t t = turns->first[state]; t < turns->first[state + 1]; t++)
        if (turns->weight[t] < WAY_FAR && !reach(tours, turns->head[t], way + turns->weight[t], state))
            return false;
    return true;
}

error_code road_tour(struct road_tours *tours, int32_t arc, way_weight *way, struct error *error)
{
    *way = WAY_NONE;
    for (int64_t k = 0; k < tours->reached.count; k++) tours->way[tours->reached.items[k]] = WAY_NONE;
    tours->reached.count = tours->heap.count = 0;
    if (!turn(tours, tours->graph->arcs[arc].leave_state, 0)) return error_memory(error);
    while (tours->heap.count > 0) {
        const struct way_item item = way_heap_pop(&tours->heap);
        if (item.way > tours->way[item.node]) continue;
        if (tours->graph->arc_of[item.node] == arc) {
            *way = item.way;
            return ERROR_NONE;
        }
        if (!turn(tours, item.node, item.way)) return error_memory(error);
    }
    return ERROR_NONE;
}

/* The last state reached by the tour: the nearest of the arc's. */
static int32_t last_state(const struct road_tours *tours, int32_t arc)
{
    const struct road_arc *a = &tours->graph->arcs[arc];
    int32_t best = -1;
    for (int32_t s = a->state; s < a->state + a->state_count; s++)
        if (tours->way[s] != WAY_NONE && (best < 0 || tours->way[s] < tours->way[best])) best = s;
    return best;
}

error_code road_tour_states(const struct road_tours *tours, int32_t arc, struct arena *arena,
                            int32_t **states, int32_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t leave = tours->graph->arcs[arc].leave_state, last = last_state(tours, arc);
    *count = 0;
    if (last < 0) return ERROR_NONE;
    int32_t length = 2;
    for (int32_t s = last; tours->came_from[s] != leave; s = tours->came_from[s]) length++;
    TRY_NEW(arena, *states, length);
    *count = length;
    for (int32_t s = last, k = length; k > 1; s = tours->came_from[s]) (*states)[--k] = s;
    (*states)[0] = leave;
done:
    return rc;
}
