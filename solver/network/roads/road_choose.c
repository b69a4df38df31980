/* The direction in which each stop is served. */
#include "solver/network/roads/road_places.h"

#include "solver/network/roads/road_ways.h"

#include <stdlib.h>

/* Stops looked at together, along a curve that keeps near ones together; half of them are decided, so that
 * each sees as many before as behind. Of these the nearest count. */
enum { WINDOW = 48, NEAREST = 8 };

struct chooser {
    const struct road_network *network;
    struct road_place *places;
    int32_t *order, count; /* places on the roads, along the curve */
    /* of a window: arcs that may hold its places, ways between them, and its places by direction */
    int32_t arcs[2 * WINDOW], arc_count;
    int32_t index[WINDOW][2]; /* into arcs, -1 */
    way_weight ways[4 * WINDOW * WINDOW];
};

/* --- the curve --- */

struct curve_key {
    uint64_t key;
    int32_t place;
};

static uint64_t spread(uint32_t value)
{
    uint64_t bits = value;
    bits = (bits | bits << 16) & 0x0000ffff0000ffffu;
    bits = (bits | bits << 8) & 0x00ff00ff00ff00ffu;
    bits = (bits | bits << 4) & 0x0f0f0f0f0f0f0f0fu;
    bits = (bits | bits << 2) & 0x3333333333333333u;
    return (bits | bits << 1) & 0x5555555555555555u;
}

/* Bits of both coordinates in turn (Morton 1966). */
static uint64_t key_of(const struct road_graph *graph, const struct road_spot *spot)
{
    const struct road_point point = graph->points[graph->segments[spot->segment].first_point];
    return spread((uint32_t)point.lat_e7 ^ 0x80000000u) << 1 | spread((uint32_t)point.lon_e7 ^ 0x80000000u);
}

static int compare_keys(const void *left, const void *right)
{
    const struct curve_key *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static error_code find_order(struct chooser *chooser, int32_t count, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct curve_key *keys;
    TRY_NEW(arena, keys, count + 1);
    TRY_NEW(arena, chooser->order, count + 1);
    for (int32_t p = 0; p < count; p++) {
        const struct road_spot *spot = &chooser->places[p].spot;
        if (spot->segment < 0) continue;
        keys[chooser->count++] = (struct curve_key){key_of(chooser->network->graph, spot), p};
    }
    qsort(keys, (size_t)chooser->count, sizeof *keys, compare_keys);
    for (int32_t k = 0; k < chooser->count; k++) chooser->order[k] = keys[k].place;
done:
    return rc;
}

/* --- a window --- */

static int32_t index_of(struct chooser *chooser, int32_t arc)
{
    for (int32_t k = 0; k < chooser->arc_count; k++)
        if (chooser->arcs[k] == arc) return k;
    chooser->arcs[chooser->arc_count] = arc;
    return chooser->arc_count++;
}

static error_code look_at_window(struct chooser *chooser, int32_t from, int32_t count, struct error *error)
{
    chooser->arc_count = 0;
    for (int32_t k = 0; k < count; k++) {
        const struct road_place *place = &chooser->places[chooser->order[from + k]];
        for (int32_t direction = 0; direction < 2; direction++) {
            const int32_t arc = road_place_arc(place, direction);
            chooser->index[k][direction] = arc >= 0 ? index_of(chooser, arc) : -1;
        }
    }
    return road_ways_find(chooser->network, chooser->arcs, chooser->arc_count, chooser->arcs,
                          chooser->arc_count, chooser->ways, error);
}

/* Back and forth between an arc and the best of a place's; on the same arc nothing. */
static way_weight back_and_forth(const struct chooser *chooser, int32_t arc, int32_t k)
{
    way_weight best = WAY_NONE;
    for (int32_t direction = 0; direction < 2; direction++) {
        const int32_t other = chooser->index[k][direction];
        if (other < 0) continue;
        const way_weight there = chooser->ways[arc * chooser->arc_count + other];
        const way_weight back = chooser->ways[other * chooser->arc_count + arc];
        if (there != WAY_NONE && back != WAY_NONE && there + back < best) best = there + back;
    }
    return best;
}

/* What serving a place by that direction costs with the nearest others of the window. */
static way_weight price(struct chooser *chooser, int32_t count, int32_t k, int32_t direction)
{
    way_weight nearest[NEAREST], sum = 0;
    int32_t kept = 0;
    for (int32_t other = 0; other < count; other++) {
        const way_weight way =
            other == k ? WAY_NONE : back_and_forth(chooser, chooser->index[k][direction], other);
        if (way == WAY_NONE || (kept == NEAREST && way >= nearest[kept - 1])) continue;
        int32_t at = kept < NEAREST ? kept++ : kept - 1;
        for (; at > 0 && nearest[at - 1] > way; at--) nearest[at] = nearest[at - 1];
        nearest[at] = way;
    }
    for (int32_t n = 0; n < kept; n++) sum += nearest[n];
    return kept > 0 ? sum : WAY_NONE;
}

static void decide(struct chooser *chooser, int32_t from, int32_t count, int32_t k)
{
    struct road_place *place = &chooser->places[chooser->order[from + k]];
    if (place->yard || place->arc >= 0) return;
    const struct road_spot *spot = &place->spot;
    if (spot->arcs[0] < 0 || spot->arcs[1] < 0) {
        place->arc = spot->arcs[0] < 0 ? spot->arcs[1] : spot->arcs[0];
        return;
    }
    const way_weight listed = price(chooser, count, k, 0), against = price(chooser, count, k, 1);
    const int32_t kerb = spot->kerb;
    place->arc = spot->arcs[listed < against ? 0 : against < listed ? 1 : kerb];
}

error_code road_places_choose(const struct road_network *network, struct road_place *places, int32_t count,
                              struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct chooser *chooser;
    arena_init(&arena);
    TRY_NEW(&arena, chooser, 1);
    chooser->network = network;
    chooser->places = places;
    for (int32_t p = 0; p < count; p++) places[p].arc = -1;
    TRY(find_order(chooser, count, &arena, error));
    for (int32_t from = 0; from < chooser->count; from += WINDOW / 2) {
        const int32_t left = chooser->count - from, seen = left < WINDOW ? left : WINDOW;
        const int32_t first = from == 0 ? 0 : WINDOW / 4;
        const int32_t last = left <= WINDOW ? seen : WINDOW / 4 + WINDOW / 2;
        TRY(look_at_window(chooser, from, seen, error));
        for (int32_t k = first; k < last && k < seen; k++) decide(chooser, from, seen, k);
        if (left <= WINDOW) break;
    }
done:
    arena_free(&arena);
    return rc;
}
