#include "solver/network/roads/road_ways.h"

#include "solver/network/roads/road_tour.h"

static int32_t count_states(const struct road_graph *graph, const int32_t *arcs, int32_t count)
{
    int32_t states = 0;
    for (int32_t k = 0; k < count; k++) states += graph->arcs[arcs[k]].state_count;
    return states;
}

/* States of the arcs one behind the other. */
static void list_states(const struct road_graph *graph, const int32_t *arcs, int32_t count, int32_t *states)
{
    for (int32_t k = 0; k < count; k++)
        for (int32_t s = 0; s < graph->arcs[arcs[k]].state_count; s++)
            *states++ = graph->arcs[arcs[k]].state + s;
}

/* The best of a row of ways to the states of some entries. */
static void take_best(const struct road_graph *graph, const int32_t *entries, int32_t entry_count,
                      const way_weight *row, way_weight *ways)
{
    for (int32_t j = 0; j < entry_count; j++) {
        ways[j] = WAY_NONE;
        for (int32_t s = 0; s < graph->arcs[entries[j]].state_count; s++, row++)
            if (*row < ways[j]) ways[j] = *row;
    }
}

error_code road_ways_find(const struct road_network *network, const int32_t *exits, int32_t exit_count,
                          const int32_t *entries, int32_t entry_count, way_weight *ways, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_graph *graph = network->graph;
    const int32_t targets = count_states(graph, entries, entry_count);
    struct arena arena;
    int32_t *from, *to;
    way_weight *all;
    arena_init(&arena);
    TRY_NEW(&arena, from, exit_count + 1);
    TRY_NEW(&arena, to, targets + 1);
    TRY_NEW(&arena, all, (size_t)exit_count * (size_t)targets + 1);
    for (int32_t k = 0; k < exit_count; k++) from[k] = graph->arcs[exits[k]].leave_state;
    list_states(graph, entries, entry_count, to);
    TRY(hierarchy_ways(network->hierarchy, from, exit_count, to, targets, network->threads, all, error));
    for (int32_t i = 0; i < exit_count; i++)
        take_best(graph, entries, entry_count, all + (size_t)i * (size_t)targets,
                  ways + (size_t)i * (size_t)entry_count);
done:
    arena_free(&arena);
    return rc;
}

/* Of an arc's states the one that the best way comes to; -1: none. */
static error_code find_arrival(const struct road_network *network, int32_t from, int32_t entry,
                               struct arena *arena, int32_t *best, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_arc *to = &network->graph->arcs[entry];
    int32_t *targets;
    way_weight *ways, least = WAY_NONE;
    *best = to->state;
    if (to->state_count == 1) return ERROR_NONE;
    *best = -1;
    TRY_NEW(arena, targets, to->state_count);
    TRY_NEW(arena, ways, to->state_count);
    list_states(network->graph, &entry, 1, targets);
    TRY(hierarchy_ways(network->hierarchy, &from, 1, targets, to->state_count, 1, ways, error));
    for (int32_t s = 0; s < to->state_count; s++) {
        if (ways[s] >= least) continue;
        least = ways[s];
        *best = targets[s];
    }
done:
    return rc;
}

static error_code find_states(const struct road_network *network, int32_t exit, int32_t entry,
                              struct arena *arena, int32_t **states, int32_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t from = network->graph->arcs[exit].leave_state;
    int32_t to;
    *count = 0;
    TRY(find_arrival(network, from, entry, arena, &to, error));
    if (to >= 0) TRY(hierarchy_path(network->hierarchy, from, to, arena, states, count, error));
done:
    return rc;
}

static error_code find_tour(const struct road_network *network, int32_t arc, struct arena *arena,
                            int32_t **states, int32_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct road_tours tours = {0};
    way_weight way;
    *count = 0;
    TRY(road_tours_init(&tours, network->graph, error));
    TRY(road_tour(&tours, arc, &way, error));
    if (way != WAY_NONE) TRY(road_tour_states(&tours, arc, arena, states, count, error));
done:
    road_tours_free(&tours);
    return rc;
}

error_code road_ways_path(const struct road_network *network, int32_t exit, int32_t entry,
                          struct arena *arena, int32_t **arcs, int32_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *states = NULL;
    if (exit == entry)
        TRY(find_tour(network, exit, arena, &states, count, error));
    else
        TRY(find_states(network, exit, entry, arena, &states, count, error));
    *arcs = states; /* in place */
    for (int32_t k = 0; k < *count; k++) (*arcs)[k] = network->graph->arc_of[states[k]];
done:
    return rc;
}
