/* The way of a leg on the map. */
#include "solver/network/roads/road_places.h"
#include "solver/network/roads/road_ways.h"

#include <math.h>
#include <stdlib.h>

/* Pieces of an arc: from and to as shares of its length. */
struct stretch {
    int32_t arc;
    double from, to;
};

static double share_of(const struct road_graph *graph, const struct road_spot *spot, int32_t arc)
{
    const struct road_segment *segment = &graph->segments[spot->segment];
    const double share = segment->length_dm > 0 ? (double)spot->offset_dm / segment->length_dm : 0;
    return graph->arcs[arc].against ? 1 - share : share;
}

static int32_t points_of(const struct road_graph *graph, int32_t arc)
{
    return graph->segments[graph->arcs[arc].segment].point_count;
}

/* In a plane that is true near the points: what matters are shares of a segment. */
static double piece_length(struct road_point a, struct road_point b)
{
    const double north = (double)b.lat_e7 - a.lat_e7, east = (double)b.lon_e7 - a.lon_e7;
    return hypot(north, east * cos(a.lat_e7 * 1e-7 * 3.14159265358979323846 / 180));
}

static struct road_point between(struct road_point a, struct road_point b, double share)
{
    return (struct road_point){a.lat_e7 + (int32_t)lround(share * ((double)b.lat_e7 - a.lat_e7)),
                               a.lon_e7 + (int32_t)lround(share * ((double)b.lon_e7 - a.lon_e7))};
}

struct line {
    struct road_point *points;
    int32_t count;
};

static void append(struct line *line, struct road_point point)
{
    if (line->count > 0) {
        const struct road_point last = line->points[line->count - 1];
        if (last.lat_e7 == point.lat_e7 && last.lon_e7 == point.lon_e7) return;
    }
    line->points[line->count++] = point;
}

static void append_stretch(const struct road_graph *graph, const struct stretch *stretch, struct line *line)
{
    const int32_t count = points_of(graph, stretch->arc);
    double whole = 0, done = 0;
    for (int32_t k = 0; k + 1 < count; k++)
        whole +=
            piece_length(road_arc_point(graph, stretch->arc, k), road_arc_point(graph, stretch->arc, k + 1));
    const double from = stretch->from * whole, to = stretch->to * whole;
    for (int32_t k = 0; k + 1 < count; k++) {
        const struct road_point a = road_arc_point(graph, stretch->arc, k);
        const struct road_point b = road_arc_point(graph, stretch->arc, k + 1);
        const double length = piece_length(a, b), end = done + length;
        if (end >= from && done <= to) {
            const double first = length > 0 && from > done ? (from - done) / length : 0;
            const double last = length > 0 && to < end ? (to - done) / length : 1;
            append(line, between(a, b, first));
            append(line, between(a, b, last));
        }
        done = end;
    }
}

/* The arcs by which the best way leaves one place and comes to the other, as in the matrix; -1: none. Two
 * stops have one each, and nothing is to be compared. */
static error_code find_ends(const struct road_network *network, const struct road_place *from,
                            const struct road_place *to, int32_t ends[2], struct error *error)
{
    error_code rc = ERROR_NONE;
    struct travel_leg best = road_leg(WAY_NONE);
    int32_t pairs[4][2], count = 0;
    ends[0] = ends[1] = -1;
    for (int32_t d = 0; d < 2; d++)
        for (int32_t e = 0; e < 2; e++) {
            pairs[count][0] = road_place_arc(from, d);
            pairs[count][1] = road_place_arc(to, e);
            count += pairs[count][0] >= 0 && pairs[count][1] >= 0;
        }
    for (int32_t p = 0; p < count; p++) {
        way_weight way = 0;
        if (count > 1) TRY(road_places_way(network, from, pairs[p][0], to, pairs[p][1], &way, error));
        if (!road_leg_is_better(road_leg(way), best)) continue;
        best = road_leg(way);
        ends[0] = pairs[p][0];
        ends[1] = pairs[p][1];
    }
done:
    return rc;
}

error_code road_places_line(const struct road_network *network, const struct road_place *from,
                            const struct road_place *to, struct arena *arena, struct road_point **points,
                            int32_t *point_count, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_graph *graph = network->graph;
    int32_t ends[2], *arcs = NULL, count = 0, size = 0;
    struct line line = {NULL, 0};
    *point_count = 0;
    *points = NULL;
    TRY(find_ends(network, from, to, ends, error));
    if (ends[0] < 0) return ERROR_NONE;
    const double leaves = share_of(graph, &from->spot, ends[0]), comes = share_of(graph, &to->spot, ends[1]);
    if (ends[0] == ends[1] && leaves <= comes) {
        arcs = ends;
        count = 1;
    } else {
        TRY(road_ways_path(network, ends[0], ends[1], arena, &arcs, &count, error));
    }
    for (int32_t k = 0; k < count; k++) size += 2 * points_of(graph, arcs[k]);
    TRY_NEW(arena, line.points, size + 1);
    for (int32_t k = 0; k < count; k++) {
        const struct stretch stretch = {arcs[k], k == 0 ? leaves : 0, k == count - 1 ? comes : 1};
        append_stretch(graph, &stretch, &line);
    }
    *points = line.points;
    *point_count = line.count;
done:
    return rc;
}
