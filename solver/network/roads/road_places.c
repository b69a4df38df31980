#include "solver/network/roads/road_places.h"

#include "solver/network/roads/road_tour.h"
#include "solver/network/roads/road_ways.h"

#include <stdlib.h>

/* Rows of ways between arcs held at a time. */
enum { BLOCK = 512 };

/* A place on an arc, and the piece of the arc before it. */
struct hold {
    int32_t place, arc;
    way_weight piece;
};

/* Places as holds, those on one arc together, and the arcs that have any. */
struct holds {
    struct hold *items;
    int32_t count;
    int32_t *arcs, *first, arc_count; /* holds of arcs[k]: first[k] … first[k + 1] − 1 */
};

static way_weight piece_before(const struct road_graph *graph, const struct road_spot *spot, int32_t arc)
{
    const struct road_arc *a = &graph->arcs[arc];
    const uint32_t length_dm = graph->segments[a->segment].length_dm;
    const uint32_t before_dm = a->against ? length_dm - spot->offset_dm : spot->offset_dm;
    if (length_dm == 0) return 0;
    return way_of((uint32_t)((uint64_t)a->time_ms * before_dm / length_dm), before_dm);
}

static int compare_holds(const void *left, const void *right)
{
    const struct hold *a = left, *b = right;
    if (a->arc != b->arc) return a->arc < b->arc ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static error_code list_holds(const struct road_graph *graph, const struct road_place *places, int32_t count,
                             struct arena *arena, struct holds *holds, struct error *error)
{
    error_code rc = ERROR_NONE;
    *holds = (struct holds){0};
    TRY_NEW(arena, holds->items, 2 * (int64_t)count + 1);
    TRY_NEW(arena, holds->arcs, 2 * (int64_t)count + 1);
    TRY_NEW(arena, holds->first, 2 * (int64_t)count + 2);
    for (int32_t p = 0; p < count; p++)
        for (int32_t direction = 0; direction < 2; direction++) {
            const int32_t arc = road_place_arc(&places[p], direction);
            if (arc >= 0)
                holds->items[holds->count++] =
                    (struct hold){p, arc, piece_before(graph, &places[p].spot, arc)};
        }
    qsort(holds->items, (size_t)holds->count, sizeof *holds->items, compare_holds);
    for (int32_t h = 0; h < holds->count; h++) {
        if (h > 0 && holds->items[h].arc == holds->items[h - 1].arc) continue;
        holds->arcs[holds->arc_count] = holds->items[h].arc;
        holds->first[holds->arc_count++] = h;
    }
    holds->first[holds->arc_count] = holds->count;
done:
    return rc;
}

/* From one hold to another; `way`: from tail to tail of their arcs. */
static way_weight way_between(const struct hold *from, const struct hold *to, way_weight way)
{
    if (from->arc == to->arc && to->piece >= from->piece) return to->piece - from->piece;
    return way == WAY_NONE ? WAY_NONE : way - from->piece + to->piece;
}

error_code road_places_way(const struct road_network *network, const struct road_place *from, int32_t exit,
                           const struct road_place *to, int32_t entry, way_weight *way, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct hold here = {0, exit, piece_before(network->graph, &from->spot, exit)};
    const struct hold there = {1, entry, piece_before(network->graph, &to->spot, entry)};
    struct road_tours tours = {0};
    *way = 0;
    if (exit != entry) {
        TRY(road_ways_find(network, &exit, 1, &entry, 1, way, error));
    } else if (there.piece < here.piece) {
        TRY(road_tours_init(&tours, network->graph, error));
        TRY(road_tour(&tours, exit, way, error));
    }
    *way = way_between(&here, &there, *way);
done:
    road_tours_free(&tours);
    return rc;
}

/* By arc the tour back to it, where two places stand on it apart. */
static error_code find_tours(const struct road_network *network, const struct holds *holds,
                             struct arena *arena, way_weight **ways, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct road_tours tours = {0};
    TRY_NEW(arena, *ways, holds->arc_count + 1);
    TRY(road_tours_init(&tours, network->graph, error));
    for (int32_t a = 0; a < holds->arc_count; a++)
        if (holds->first[a + 1] - holds->first[a] > 1)
            TRY(road_tour(&tours, holds->arcs[a], &(*ways)[a], error));
done:
    road_tours_free(&tours);
    return rc;
}

/* --- the matrix --- */

struct cells {
    int32_t *distance_m, *duration_s;
    int32_t count; /* places */
};

static void enter(const struct cells *cells, int32_t from, int32_t to, way_weight way)
{
    const size_t at = (size_t)from * (size_t)cells->count + (size_t)to;
    const struct travel_leg leg = road_leg(way), known = {cells->distance_m[at], cells->duration_s[at]};
    if (!road_leg_is_better(leg, known)) return;
    cells->duration_s[at] = (int32_t)leg.duration_s;
    cells->distance_m[at] = (int32_t)leg.distance_m;
}

/* Rows of the holds of arcs[from] … arcs[to − 1]. */
static void enter_rows(const struct holds *holds, int32_t from, int32_t to, const way_weight *ways,
                       const way_weight *tours, const struct cells *cells)
{
    for (int32_t a = from; a < to; a++)
        for (int32_t h = holds->first[a]; h < holds->first[a + 1]; h++)
            for (int32_t b = 0; b < holds->arc_count; b++) {
                const way_weight way =
                    a == b ? tours[a] : ways[(size_t)(a - from) * (size_t)holds->arc_count + (size_t)b];
                for (int32_t g = holds->first[b]; g < holds->first[b + 1]; g++) {
                    const way_weight between = way_between(&holds->items[h], &holds->items[g], way);
                    enter(cells, holds->items[h].place, holds->items[g].place, between);
                }
            }
}

error_code road_places_matrix(const struct road_network *network, const struct road_place *places,
                              int32_t count, struct arena *arena, struct travel_matrix *matrix,
                              struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena scratch;
    struct holds holds;
    struct cells cells = {.count = count};
    way_weight *ways, *tours;
    arena_init(&scratch);
    TRY(list_holds(network->graph, places, count, &scratch, &holds, error));
    TRY_NEW(arena, cells.distance_m, (size_t)count * (size_t)count);
    TRY_NEW(arena, cells.duration_s, (size_t)count * (size_t)count);
    TRY_NEW(&scratch, ways,
            (size_t)(holds.arc_count < BLOCK ? holds.arc_count : BLOCK) * (size_t)holds.arc_count);
    for (size_t at = 0; at < (size_t)count * (size_t)count; at++)
        cells.distance_m[at] = cells.duration_s[at] = TRAVEL_UNREACHABLE;
    for (int32_t p = 0; p < count; p++) enter(&cells, p, p, 0);
    TRY(find_tours(network, &holds, &scratch, &tours, error));
    for (int32_t from = 0; from < holds.arc_count; from += BLOCK) {
        const int32_t to = from + BLOCK < holds.arc_count ? from + BLOCK : holds.arc_count;
        TRY(road_ways_find(network, holds.arcs + from, to - from, holds.arcs, holds.arc_count, ways, error));
        enter_rows(&holds, from, to, ways, tours, &cells);
    }
    *matrix = (struct travel_matrix){cells.distance_m, cells.duration_s};
done:
    arena_free(&scratch);
    return rc;
}
