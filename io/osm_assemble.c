/* From ids to numbers: ways in pieces where nodes are missing, and restrictions over what is there. */
#include "io/osm_gather.h"
#include "solver/base/array.h"
#include "solver/base/message.h"

#include <stdlib.h>
#include <string.h>

struct way_place {
    int64_t id;
    int32_t way;
};

struct assembly {
    const struct osm_gather *gather;
    struct road_data *roads;
    struct arena *arena;
    struct {
        struct road_way *items; /* pieces */
        int64_t count, capacity;
    } ways;
    struct {
        int32_t *items; /* numbers among those wanted, then of the roads' nodes */
        int64_t count, capacity;
    } way_nodes;
    struct {
        int32_t *items; /* by node wanted: its number among the roads' nodes, + 1; 0 none */
        int64_t count, capacity;
    } numbers;
    struct {
        struct way_place *items; /* by id, then in the order of ways */
        int64_t count, capacity;
    } places;
    struct {
        struct road_restriction *items;
        int64_t count, capacity;
    } restrictions;
};

/* ---- Ways by id ---- */

static int compare_places(const void *a, const void *b)
{
    const struct way_place *left = a, *right = b;
    if (left->id != right->id) return left->id < right->id ? -1 : 1;
    return (left->way > right->way) - (left->way < right->way);
}

static bool sort_places(struct assembly *assembly, const struct road_way *ways, int64_t count)
{
    assembly->places.count = 0;
    for (int64_t w = 0; w < count; w++) {
        const struct way_place place = {.id = ways[w].id, .way = (int32_t)w};
        if (!array_push(&assembly->places, place)) return false;
    }
    if (count > 0)
        qsort(assembly->places.items, (size_t)count, sizeof *assembly->places.items, compare_places);
    return true;
}

/* Where the places of an id begin, if it has any. */
static int64_t places_from(const struct assembly *assembly, int64_t id)
{
    int64_t low = 0, high = assembly->places.count;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (assembly->places.items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first place of an id, and how many it has. */
static const struct way_place *places_find(const struct assembly *assembly, int64_t id, int64_t *count)
{
    const int64_t first = places_from(assembly, id);
    *count = 0;
    while (first + *count < assembly->places.count && assembly->places.items[first + *count].id == id)
        ++*count;
    return assembly->places.items + first;
}

/* ---- Ways in pieces ---- */

static bool is_repeated(const struct assembly *assembly, int64_t id, int64_t way)
{
    return assembly->places.items[places_from(assembly, id)].way != way;
}

/* Ends the piece that begins at `first` of the nodes; one node alone is no piece. */
static bool end_piece(struct assembly *assembly, const struct road_way *way, int64_t first)
{
    const int64_t count = assembly->way_nodes.count - first;
    struct road_way piece = *way;
    if (count < 2) {
        assembly->way_nodes.count = first;
        return true;
    }
    piece.first_node = (int32_t)first;
    piece.node_count = (int32_t)count;
    return array_push(&assembly->ways, piece);
}

static bool cut_way(struct assembly *assembly, const struct road_way *way)
{
    const struct osm_gather *gather = assembly->gather;
    int64_t first = assembly->way_nodes.count;
    for (int32_t n = 0; n < way->node_count; n++) {
        const int32_t node = osm_wanted_find(gather, gather->named.items[way->first_node + n]);
        if (gather->found[node]) {
            if (!array_push(&assembly->way_nodes, node)) return false;
            continue;
        }
        if (!end_piece(assembly, way, first)) return false;
        first = assembly->way_nodes.count;
    }
    return end_piece(assembly, way, first);
}

/* A way that stands twice in the file counts once. */
static bool cut_ways(struct assembly *assembly)
{
    const struct osm_gather *gather = assembly->gather;
    if (!sort_places(assembly, gather->ways.items, gather->ways.count)) return false;
    for (int64_t w = 0; w < gather->ways.count; w++) {
        const struct road_way *way = &gather->ways.items[w];
        if (!is_repeated(assembly, way->id, w) && !cut_way(assembly, way)) return false;
    }
    return sort_places(assembly, assembly->ways.items, assembly->ways.count);
}

/* ---- Nodes ---- */

/* Those that pieces use, in the order of their ids. */
static bool number_nodes(struct assembly *assembly)
{
    const struct osm_gather *gather = assembly->gather;
    int32_t count = 0;
    if (!array_reserve(&assembly->numbers, gather->wanted_count + 1)) return false;
    assembly->numbers.count = gather->wanted_count;
    int32_t *numbers = assembly->numbers.items;
    memset(numbers, 0, (size_t)gather->wanted_count * sizeof *numbers);
    for (int64_t n = 0; n < assembly->way_nodes.count; n++) numbers[assembly->way_nodes.items[n]] = 1;
    for (int32_t n = 0; n < gather->wanted_count; n++) {
        if (numbers[n] != 0) numbers[n] = ++count;
        if (!gather->found[n]) assembly->roads->missing_nodes++;
    }
    for (int64_t n = 0; n < assembly->way_nodes.count; n++)
        assembly->way_nodes.items[n] = numbers[assembly->way_nodes.items[n]] - 1;
    assembly->roads->node_count = count;
    return true;
}

/* ---- Restrictions ---- */

static int32_t node_number(const struct assembly *assembly, int64_t id)
{
    const int32_t wanted = osm_wanted_find(assembly->gather, id);
    return wanted < 0 ? -1 : assembly->numbers.items[wanted] - 1;
}

static int32_t first_node(const struct assembly *assembly, int32_t way)
{
    return assembly->way_nodes.items[assembly->ways.items[way].first_node];
}

static int32_t last_node(const struct assembly *assembly, int32_t way)
{
    const struct road_way *piece = &assembly->ways.items[way];
    return assembly->way_nodes.items[piece->first_node + piece->node_count - 1];
}

static bool ends_at(const struct assembly *assembly, int32_t way, int32_t node)
{
    return first_node(assembly, way) == node || last_node(assembly, way) == node;
}

static bool passes(const struct assembly *assembly, int32_t way, int32_t node)
{
    const struct road_way *piece = &assembly->ways.items[way];
    for (int32_t n = 0; n < piece->node_count; n++)
        if (assembly->way_nodes.items[piece->first_node + n] == node) return true;
    return false;
}

/* The piece of a way that ends at a node, else one that passes it; -1: none. */
static int32_t piece_at(const struct assembly *assembly, int64_t id, int32_t node)
{
    int64_t count;
    const struct way_place *places = places_find(assembly, id, &count);
    for (int64_t p = 0; p < count; p++)
        if (ends_at(assembly, places[p].way, node)) return places[p].way;
    for (int64_t p = 0; p < count; p++)
        if (passes(assembly, places[p].way, node)) return places[p].way;
    return -1;
}

static bool resolve_over_node(const struct assembly *assembly, const struct osm_turn *turn,
                              struct road_restriction *restriction)
{
    restriction->via_way = -1;
    restriction->via = node_number(assembly, turn->via);
    if (restriction->via < 0) return false;
    restriction->from = piece_at(assembly, turn->from, restriction->via);
    restriction->to = piece_at(assembly, turn->to, restriction->via);
    return restriction->from >= 0 && restriction->to >= 0;
}

/* The way between must be whole, and is left at the end where it was not entered. */
static bool resolve_over_way(const struct assembly *assembly, const struct osm_turn *turn,
                             struct road_restriction *restriction)
{
    int64_t count;
    const struct way_place *via = places_find(assembly, turn->via, &count);
    restriction->via = -1;
    if (count != 1) return false;
    restriction->via_way = via->way;
    const int32_t ends[2] = {first_node(assembly, via->way), last_node(assembly, via->way)};
    for (int32_t enter = 0; enter < 2; enter++) {
        restriction->from = piece_at(assembly, turn->from, ends[enter]);
        restriction->to = piece_at(assembly, turn->to, ends[1 - enter]);
        if (restriction->from >= 0 && restriction->to >= 0) return true;
    }
    return false;
}

static bool resolve_turn(const struct assembly *assembly, const struct osm_turn *turn,
                         struct road_restriction *restriction)
{
    *restriction = (struct road_restriction){.id = turn->id, .only = turn->only};
    memcpy(restriction->binds, turn->binds, sizeof turn->binds);
    return turn->via_is_way ? resolve_over_way(assembly, turn, restriction)
                            : resolve_over_node(assembly, turn, restriction);
}

/* Two that are each the only turn allowed from one way would forbid all. */
static bool contradicts(const struct road_restriction *some, int64_t count)
{
    for (int64_t a = 0; a < count; a++)
        for (int64_t b = a + 1; b < count; b++)
            if (some[a].only && some[a].from == some[b].from && some[a].to != some[b].to) return true;
    return false;
}

/* The turns of a group, as far as their ways meet. */
static bool resolve_group(struct assembly *assembly, const struct osm_turn *turns, int64_t count)
{
    const int64_t first = assembly->restrictions.count;
    for (int64_t t = 0; t < count; t++) {
        struct road_restriction restriction;
        if (!resolve_turn(assembly, &turns[t], &restriction)) continue;
        if (!array_push(&assembly->restrictions, restriction)) return false;
    }
    const int64_t found = assembly->restrictions.count - first;
    if (found == 0 || contradicts(assembly->restrictions.items + first, found)) {
        assembly->restrictions.count = first;
        assembly->roads->lost_restrictions++;
    }
    return true;
}

static bool resolve(struct assembly *assembly)
{
    const struct osm_turn *turns = assembly->gather->turns.items;
    const int64_t count = assembly->gather->turns.count;
    for (int64_t first = 0, next; first < count; first = next) {
        for (next = first + 1; next < count && turns[next].group == turns[first].group;) next++;
        if (!resolve_group(assembly, turns + first, next - first)) return false;
    }
    return true;
}

/* ---- The side of the road ---- */

/* Twice the area within a line, in square degrees × 10^14: above 0 when it goes round against the clock. */
static double turning(const struct assembly *assembly, const struct road_way *way)
{
    const struct road_node *nodes = assembly->roads->nodes;
    const int32_t *at = assembly->way_nodes.items + way->first_node;
    double sum = 0;
    for (int32_t n = 0; n < way->node_count; n++) {
        const struct road_node *a = &nodes[at[n]], *b = &nodes[at[n + 1 < way->node_count ? n + 1 : 0]];
        sum += (double)a->lon_e7 * b->lat_e7 - (double)b->lon_e7 * a->lat_e7;
    }
    return sum;
}

/* Where traffic keeps left, roundabouts go with the clock. */
static bool keeps_left(const struct assembly *assembly)
{
    int64_t votes = assembly->gather->left_hand;
    for (int64_t w = 0; w < assembly->ways.count; w++) {
        const struct road_way *way = &assembly->ways.items[w];
        const bool forward = way->access[ROAD_CAR][0] != ROAD_CLOSED;
        if (!way->roundabout || forward == (way->access[ROAD_CAR][1] != ROAD_CLOSED)) continue;
        const double round = forward ? turning(assembly, way) : -turning(assembly, way);
        votes += (round < 0) - (round > 0);
    }
    return votes > 0;
}

/* ---- The whole ---- */

static error_code put_nodes(struct assembly *assembly, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct osm_gather *gather = assembly->gather;
    struct road_data *roads = assembly->roads;
    TRY_NEW(assembly->arena, roads->nodes, roads->node_count);
    TRY_NEW(assembly->arena, roads->node_ids, roads->node_count);
    for (int32_t n = 0; n < gather->wanted_count; n++) {
        const int32_t number = assembly->numbers.items[n] - 1;
        if (number < 0) continue;
        roads->nodes[number] = gather->nodes[n];
        roads->node_ids[number] = gather->wanted[n];
    }
done:
    return rc;
}

/* A copy on the arena. */
#define PUT(field, count_field, array)                                                           \
    do {                                                                                         \
        TRY_NEW(assembly->arena, roads->field, (array)->count);                                  \
        if ((array)->count > 0)                                                                  \
            memcpy(roads->field, (array)->items, (size_t)(array)->count * sizeof *roads->field); \
        roads->count_field = (int32_t)(array)->count;                                            \
    } while (0)

static error_code put_rest(struct assembly *assembly, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct road_data *roads = assembly->roads;
    const struct ids *names = &assembly->gather->names;
    PUT(ways, way_count, &assembly->ways);
    PUT(way_nodes, way_node_count, &assembly->way_nodes);
    PUT(restrictions, restriction_count, &assembly->restrictions);
    TRY_NEW(assembly->arena, roads->names, names->count);
    for (int32_t n = 0; n < names->count; n++) roads->names[n] = names->names[n];
    roads->name_count = names->count;
done:
    return rc;
}

error_code osm_assemble(const struct osm_gather *gather, struct arena *arena, struct road_data *roads,
                        struct error *error)
{
    error_code rc = ERROR_NONE;
    struct assembly assembly = {.gather = gather, .roads = roads, .arena = arena};
    *roads = (struct road_data){0};
    if (!cut_ways(&assembly) || !number_nodes(&assembly)) TRY(error_memory(error));
    if (assembly.ways.count == 0)
        TRY(error_at(error, ERROR_NETWORK, gather->path, 0, 0,
                     _("the file has roads, but not the nodes that they go by")));
    if (!resolve(&assembly)) TRY(error_memory(error));
    TRY(put_nodes(&assembly, error));
    roads->left_hand = keeps_left(&assembly);
    TRY(put_rest(&assembly, error));
    roads->lost_restrictions += (int32_t)gather->lost_turns;
done:
    array_free(&assembly.ways);
    array_free(&assembly.way_nodes);
    array_free(&assembly.numbers);
    array_free(&assembly.places);
    array_free(&assembly.restrictions);
    return rc;
}
