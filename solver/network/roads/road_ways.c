#include "solver/network/roads/road_ways.h"

#include <stdlib.h>

/* States of the arcs one behind the other; their number. */
static int32_t list_states(const struct road_graph *graph, const int32_t *arcs, int32_t count,
                           int32_t *states)
{
    int32_t listed = 0;
    for (int32_t k = 0; k < count; k++)
        for (int32_t s = 0; s < graph->arcs[arcs[k]].state_count; s++)
            states[listed++] = graph->arcs[arcs[k]].state + s;
    return listed;
}

static int32_t count_states(const struct road_graph *graph, const int32_t *arcs, int32_t count)
{
    int32_t states = 0;
    for (int32_t k = 0; k < count; k++) states += graph->arcs[arcs[k]].state_count;
    return states;
}

static way_weight least(const way_weight *ways, int32_t count)
{
    way_weight best = WAY_NONE;
    for (int32_t k = 0; k < count; k++)
        if (ways[k] < best) best = ways[k];
    return best;
}

/* A tour: out of the arc by each of its turns and back. `turn` and `state`: where the best one turns and
 * arrives. */
struct tour {
    way_weight way;
    int32_t turn, state;
};

static error_code find_tour(const struct road_network *network, int32_t arc, struct tour *tour,
                            struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_graph *graph = network->graph;
    const struct road_arc *a = &graph->arcs[arc];
    const int32_t first = graph->turns.first[a->leave_state],
                  turns = graph->turns.first[a->leave_state + 1] - first;
    int32_t *states = malloc(((size_t)a->state_count + 1) * sizeof *states);
    way_weight *ways = malloc(((size_t)turns * (size_t)a->state_count + 1) * sizeof *ways);
    *tour = (struct tour){WAY_NONE, -1, -1};
    if (states == NULL || ways == NULL) {
        rc = error_memory(error);
        goto done;
    }
    list_states(graph, &arc, 1, states);
    TRY(hierarchy_ways(network->hierarchy, graph->turns.head + first, turns, states, a->state_count, 1, ways,
                       error));
    for (int32_t t = 0; t < turns; t++)
        for (int32_t s = 0; s < a->state_count; s++) {
            const way_weight rest = ways[t * a->state_count + s];
            if (rest == WAY_NONE || graph->turns.weight[first + t] + rest >= tour->way) continue;
            *tour = (struct tour){graph->turns.weight[first + t] + rest, first + t, states[s]};
        }
done:
    free(states);
    free(ways);
    return rc;
}

error_code road_ways_find(const struct road_network *network, const int32_t *exits, int32_t exit_count,
                          const int32_t *entries, int32_t entry_count, way_weight *ways, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_graph *graph = network->graph;
    const size_t targets = (size_t)count_states(graph, entries, entry_count);
    int32_t *from = malloc(((size_t)exit_count + 1) * sizeof *from), *to = malloc((targets + 1) * sizeof *to);
    way_weight *all = malloc(((size_t)exit_count * targets + 1) * sizeof *all);
    if (from == NULL || to == NULL || all == NULL) {
        rc = error_memory(error);
        goto done;
    }
    for (int32_t k = 0; k < exit_count; k++) from[k] = graph->arcs[exits[k]].leave_state;
    list_states(graph, entries, entry_count, to);
    TRY(hierarchy_ways(network->hierarchy, from, exit_count, to, (int32_t)targets, network->threads, all,
                       error));
    for (int32_t i = 0; i < exit_count; i++) {
        const way_weight *row = all + (size_t)i * targets;
        for (int32_t j = 0; j < entry_count; j++) {
            const int32_t states = graph->arcs[entries[j]].state_count;
            way_weight *way = &ways[(size_t)i * (size_t)entry_count + (size_t)j];
            *way = least(row, states);
            row += states;
            if (entries[j] != exits[i]) continue;
            struct tour tour;
            TRY(find_tour(network, exits[i], &tour, error));
            *way = tour.way;
        }
    }
done:
    free(from);
    free(to);
    free(all);
    return rc;
}

/* The state by which the best way comes to another arc; -1: there is none. */
static error_code find_arrival(const struct road_network *network, int32_t exit, int32_t entry,
                               int32_t *state, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_graph *graph = network->graph;
    const int32_t count = graph->arcs[entry].state_count;
    int32_t *states = malloc((size_t)count * sizeof *states);
    way_weight *ways = malloc((size_t)count * sizeof *ways), best = WAY_NONE;
    *state = -1;
    if (states == NULL || ways == NULL) {
        rc = error_memory(error);
        goto done;
    }
    list_states(graph, &entry, 1, states);
    TRY(hierarchy_ways(network->hierarchy, &graph->arcs[exit].leave_state, 1, states, count, 1, ways, error));
    for (int32_t k = 0; k < count; k++) {
        if (ways[k] >= best) continue;
        best = ways[k];
        *state = states[k];
    }
done:
    free(states);
    free(ways);
    return rc;
}

error_code road_ways_path(const struct road_network *network, int32_t exit, int32_t entry,
                          struct arena *arena, int32_t **arcs, int32_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_graph *graph = network->graph;
    const bool round = exit == entry;
    int32_t from = graph->arcs[exit].leave_state, to = -1, *states, length = 0;
    *count = 0;
    if (round) {
        struct tour tour;
        TRY(find_tour(network, exit, &tour, error));
        if (tour.way == WAY_NONE) return ERROR_NONE;
        from = graph->turns.head[tour.turn];
        to = tour.state;
    } else {
        TRY(find_arrival(network, exit, entry, &to, error));
        if (to < 0) return ERROR_NONE;
    }
    TRY(hierarchy_path(network->hierarchy, from, to, arena, &states, &length, error));
    TRY_NEW(arena, *arcs, length + 1);
    if (round) (*arcs)[(*count)++] = exit;
    for (int32_t k = 0; k < length; k++) (*arcs)[(*count)++] = graph->arc_of[states[k]];
done:
    return rc;
}
