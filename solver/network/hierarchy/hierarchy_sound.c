#include "solver/network/hierarchy/rows.h"

static bool ranks_are_sound(const struct hierarchy *hierarchy);
static bool rows_are_sound(const struct hierarchy_arcs *arcs, int32_t count);
static bool heads_are_sound(const struct hierarchy_arcs *arcs, int32_t count);
static bool middles_are_sound(const struct hierarchy *hierarchy, bool upward);

bool hierarchy_is_sound(const struct hierarchy *hierarchy)
{
    const int32_t count = hierarchy->count;
    return ranks_are_sound(hierarchy) && rows_are_sound(&hierarchy->up, count) &&
           rows_are_sound(&hierarchy->down, count) && heads_are_sound(&hierarchy->up, count) &&
           heads_are_sound(&hierarchy->down, count) && middles_are_sound(hierarchy, true) &&
           middles_are_sound(hierarchy, false);
}

/* Each node has a rank that names it again: no two have the same then, and none is left over. */
static bool ranks_are_sound(const struct hierarchy *hierarchy)
{
    for (int32_t v = 0; v < hierarchy->count; v++) {
        const int32_t rank = hierarchy->rank_of[v];
        if (rank < 0 || rank >= hierarchy->count || hierarchy->node_of[rank] != v) return false;
    }
    return true;
}

static bool rows_are_sound(const struct hierarchy_arcs *arcs, int32_t count)
{
    if (arcs->first[0] != 0) return false;
    for (int32_t v = 0; v < count; v++)
        if (arcs->first[v + 1] < arcs->first[v]) return false;
    return true;
}

/* Heads above the row's own rank, each once and in order; weights that sum without overflow. */
static bool heads_are_sound(const struct hierarchy_arcs *arcs, int32_t count)
{
    for (int32_t v = 0; v < count; v++)
        for (int32_t a = arcs->first[v], least = v + 1; a < arcs->first[v + 1]; a++) {
            if (arcs->head[a] < least || arcs->head[a] >= count) return false;
            if (arcs->weight[a] >= WAY_FAR) return false;
            least = arcs->head[a] + 1;
        }
    return true;
}

/* A shortcut of row `v`: its halves come into the middle and out of it, and sum to its weight. */
static bool shortcut_is_sound(const struct hierarchy *hierarchy, bool upward, int32_t v, int32_t a)
{
    const struct hierarchy_arcs *arcs = upward ? &hierarchy->up : &hierarchy->down;
    const int32_t middle = arcs->middle[a], head = arcs->head[a];
    if (middle < 0 || middle >= v) return false;
    const int32_t into = rows_find(&hierarchy->down, middle, upward ? v : head);
    const int32_t out = rows_find(&hierarchy->up, middle, upward ? head : v);
    return into >= 0 && out >= 0 &&
           hierarchy->down.weight[into] + hierarchy->up.weight[out] == arcs->weight[a];
}

static bool middles_are_sound(const struct hierarchy *hierarchy, bool upward)
{
    const struct hierarchy_arcs *arcs = upward ? &hierarchy->up : &hierarchy->down;
    for (int32_t v = 0; v < hierarchy->count; v++)
        for (int32_t a = arcs->first[v]; a < arcs->first[v + 1]; a++)
            if (arcs->middle[a] != -1 && !shortcut_is_sound(hierarchy, upward, v, a)) return false;
    return true;
}
