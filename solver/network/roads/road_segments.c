#include "solver/network/roads/road_segments.h"

#include "solver/network/travel_build.h"

#include <math.h>

static const double DEGREES_PER_UNIT = 1e-7;

/* A day. */
static const double ARC_MOST_MS = 86.4e6;

/* So that a sum that is a whole number but for the last bits is not rounded up past it. */
static const double ROUNDING_GUARD = 1e-6;

static error_code number_junctions(struct road_draft *draft, struct error *error);
static void count_segments(struct road_draft *draft, int32_t *points, int32_t *arcs);
static void cut_ways(struct road_draft *draft);
static error_code list_leaving(struct road_draft *draft, struct error *error);

error_code road_segments_build(struct road_draft *draft, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t points, arcs;
    TRY(number_junctions(draft, error));
    TRY_NEW(&draft->scratch, draft->first_segment, draft->roads->way_count + 1);
    count_segments(draft, &points, &arcs);
    TRY_NEW(draft->arena, draft->segments, draft->segment_count);
    TRY_NEW(draft->arena, draft->points, points);
    TRY_NEW(draft->arena, draft->arcs, arcs);
    TRY_NEW(&draft->scratch, draft->ends_at, draft->junction_count);
    cut_ways(draft);
    TRY(list_leaving(draft, error));
done:
    return rc;
}

int32_t road_wait_ms(const struct road_profile *profile, const struct road_node *node)
{
    return (node->flags & ROAD_SIGNALS ? profile->signals_ms : 0) +
           (node->flags & ROAD_CROSSING ? profile->crossing_ms : 0);
}

/* ---- Junctions ---- */

static int32_t speed_kmh(const struct road_draft *draft, int32_t way, int32_t direction)
{
    return road_profile_speed_kmh(draft->profile, &draft->roads->ways[way], direction);
}

static bool is_usable(const struct road_draft *draft, int32_t way)
{
    return speed_kmh(draft, way, 0) > 0 || speed_kmh(draft, way, 1) > 0;
}

/* A node listed twice in a row counts once. */
static void count_visits(const struct road_draft *draft, int32_t way, uint8_t *visits)
{
    enum { ENOUGH = 2 };
    const int32_t *nodes = draft->roads->way_nodes + draft->roads->ways[way].first_node;
    const int32_t last = draft->roads->ways[way].node_count - 1;
    for (int32_t k = 0; k <= last; k++)
        if (visits[nodes[k]] < ENOUGH && (k == 0 || nodes[k] != nodes[k - 1])) visits[nodes[k]]++;
    visits[nodes[0]] = visits[nodes[last]] = ENOUGH;
}

static bool is_junction(const struct road_draft *draft, int32_t node, int32_t visits)
{
    const struct road_node *at = &draft->roads->nodes[node];
    return visits >= 2 || (visits == 1 && (at->flags & ROAD_TURNING_PLACE || road_is_barred(draft, at)));
}

static error_code number_junctions(struct road_draft *draft, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_data *roads = draft->roads;
    uint8_t *visits;
    TRY_NEW(&draft->scratch, visits, roads->node_count);
    TRY_NEW(&draft->scratch, draft->junction_of, roads->node_count);
    for (int32_t w = 0; w < roads->way_count; w++)
        if (is_usable(draft, w)) count_visits(draft, w, visits);
    for (int32_t n = 0; n < roads->node_count; n++)
        draft->junction_of[n] = is_junction(draft, n, visits[n]) ? draft->junction_count++ : -1;
    TRY_NEW(draft->arena, draft->junction_node, draft->junction_count);
    for (int32_t n = 0; n < roads->node_count; n++)
        if (draft->junction_of[n] >= 0) draft->junction_node[draft->junction_of[n]] = n;
done:
    return rc;
}

/* ---- Segments ---- */

/* The next piece of a way, its nodes `from` to `to`; false: there is none. */
static bool next_piece(const struct road_draft *draft, int32_t way, bool usable, int32_t *from, int32_t *to)
{
    const int32_t *nodes = draft->roads->way_nodes + draft->roads->ways[way].first_node;
    const int32_t last = draft->roads->ways[way].node_count - 1;
    while (*from < last && nodes[*from + 1] == nodes[*from]) (*from)++;
    if (*from >= last) return false;
    for (*to = *from + 1; *to < last; (*to)++)
        if (usable && draft->junction_of[nodes[*to]] >= 0) break;
    return true;
}

static void count_segments(struct road_draft *draft, int32_t *points, int32_t *arcs)
{
    *points = *arcs = 0;
    for (int32_t w = 0; w < draft->roads->way_count; w++) {
        const int32_t directions = (speed_kmh(draft, w, 0) > 0) + (speed_kmh(draft, w, 1) > 0);
        draft->first_segment[w] = draft->segment_count;
        for (int32_t from = 0, to; next_piece(draft, w, directions > 0, &from, &to); from = to) {
            draft->segment_count++;
            *points += to - from + 1;
            *arcs += directions;
        }
    }
    draft->first_segment[draft->roads->way_count] = draft->segment_count;
}

static struct position position_of(const struct road_node *node)
{
    return (struct position){node->lat_e7 * DEGREES_PER_UNIT, node->lon_e7 * DEGREES_PER_UNIT};
}

static double length_m(const struct road_draft *draft, const int32_t *nodes, int32_t count)
{
    double sum = 0;
    for (int32_t k = 1; k < count; k++)
        sum += travel_great_circle_m(position_of(&draft->roads->nodes[nodes[k - 1]]),
                                     position_of(&draft->roads->nodes[nodes[k]]));
    return sum;
}

static int32_t waits_ms(const struct road_draft *draft, const int32_t *nodes, int32_t count)
{
    int32_t sum = 0;
    for (int32_t k = 1; k + 1 < count; k++)
        sum += road_wait_ms(draft->profile, &draft->roads->nodes[nodes[k]]);
    return sum;
}

static uint32_t round_up(double amount)
{
    const double up = ceil(amount - ROUNDING_GUARD);
    return up >= UINT32_MAX ? UINT32_MAX : up < 0 ? 0 : (uint32_t)up;
}

static int32_t add_arc(struct road_draft *draft, int32_t segment, const int32_t ends[2], bool against,
                       double driven_ms, int32_t waited_ms)
{
    if (driven_ms + waited_ms > ARC_MOST_MS) return -1;
    const uint32_t rounded = round_up(driven_ms);
    draft->arcs[draft->arc_count] =
        (struct road_arc){.segment = segment,
                          .tail = draft->junction_of[ends[against]],
                          .head = draft->junction_of[ends[!against]],
                          .against = against,
                          .time_ms = (rounded > 0 ? rounded : 1) + (uint32_t)waited_ms};
    return draft->arc_count++;
}

static void add_segment(struct road_draft *draft, int32_t way, const int32_t *nodes, int32_t count,
                        struct road_segment *segment)
{
    static const double MS_PER_M_AT_1_KMH = 3600;
    const double length = length_m(draft, nodes, count);
    const int32_t ends[] = {nodes[0], nodes[count - 1]}, waited = waits_ms(draft, nodes, count);
    segment->way = way;
    segment->point_count = count;
    segment->length_dm = round_up(length * 10);
    for (int32_t k = 0; k < count; k++) {
        const struct road_node *at = &draft->roads->nodes[nodes[k]];
        draft->points[segment->first_point + k] = (struct road_point){at->lat_e7, at->lon_e7};
    }
    for (int32_t d = 0; d < 2; d++) {
        const int32_t speed = speed_kmh(draft, way, d);
        segment->arc[d] = speed == 0 ? -1
                                     : add_arc(draft, (int32_t)(segment - draft->segments), ends, d == 1,
                                               length * MS_PER_M_AT_1_KMH / speed, waited);
    }
    if (segment->arc[0] < 0 && segment->arc[1] < 0) return;
    draft->ends_at[draft->junction_of[ends[0]]]++;
    draft->ends_at[draft->junction_of[ends[1]]]++;
}

static void cut_ways(struct road_draft *draft)
{
    struct road_segment *segment = draft->segments;
    int32_t first_point = 0;
    for (int32_t w = 0; w < draft->roads->way_count; w++) {
        const int32_t *nodes = draft->roads->way_nodes + draft->roads->ways[w].first_node;
        const bool usable = is_usable(draft, w);
        for (int32_t from = 0, to; next_piece(draft, w, usable, &from, &to); from = to, segment++) {
            segment->first_point = first_point;
            add_segment(draft, w, nodes + from, to - from + 1, segment);
            first_point += segment->point_count;
        }
    }
}

/* ---- Who leaves a junction ---- */

static error_code list_leaving(struct road_draft *draft, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *first;
    TRY_NEW(&draft->scratch, first, draft->junction_count + 1);
    TRY_NEW(&draft->scratch, draft->out, draft->arc_count);
    for (int32_t a = 0; a < draft->arc_count; a++) first[draft->arcs[a].tail]++;
    for (int32_t j = 1; j <= draft->junction_count; j++) first[j] += first[j - 1];
    for (int32_t a = draft->arc_count - 1; a >= 0; a--) draft->out[--first[draft->arcs[a].tail]] = a;
    draft->first_out = first;
done:
    return rc;
}
