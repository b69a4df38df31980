#include "scenarios/synthetic/streets.h"

#include "io/osm.h"
#include "solver/base/message.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STREET_PER_POINT_M = 250, KERB_M = 5, YARD_M = 20, CITY_FACTOR = 3 };

static const double METRES_PER_DEGREE = 111195; /* of a great circle of the mean radius */

static double shrink(const struct synthetic_streets *streets)
{
    return cos(streets->middle.lat_e7 * 1e-7 * 3.14159265358979323846 / 180);
}

static struct metres metres_of(const struct synthetic_streets *streets, struct road_point point)
{
    const double north = ((double)point.lat_e7 - streets->middle.lat_e7) * 1e-7 * METRES_PER_DEGREE;
    const double east =
        ((double)point.lon_e7 - streets->middle.lon_e7) * 1e-7 * METRES_PER_DEGREE * shrink(streets);
    return (struct metres){(int32_t)lround(east), (int32_t)lround(north)};
}

struct position synthetic_streets_position(const struct synthetic_streets *streets, struct metres at)
{
    return (struct position){streets->middle.lat_e7 * 1e-7 + at.y / METRES_PER_DEGREE,
                             streets->middle.lon_e7 * 1e-7 + at.x / METRES_PER_DEGREE / shrink(streets)};
}

/* --- which streets --- */

/* Where bins stand: in towns, on roads that are not fast. */
static bool is_street(const struct road_graph *graph, int32_t arc)
{
    const struct road_way *way = &graph->roads->ways[graph->segments[graph->arcs[arc].segment].way];
    return graph->in_part[arc] && !way->roundabout && way->class >= ROAD_PRIMARY &&
           way->class <= ROAD_LIVING_STREET;
}

static struct road_point middle_of(const struct road_graph *graph, int32_t arc)
{
    return road_arc_point(graph, arc, graph->segments[graph->arcs[arc].segment].point_count / 2);
}

static int compare_numbers(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

static int compare_streets(const void *left, const void *right)
{
    const struct synthetic_street *a = left, *b = right;
    if (a->far_m != b->far_m) return a->far_m < b->far_m ? -1 : 1;
    return (a->arc > b->arc) - (a->arc < b->arc);
}

static error_code find_middle(struct synthetic_streets *streets, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_graph *graph = &streets->graph;
    int32_t *lats, *lons, count = 0;
    TRY_NEW(arena, lats, graph->arc_count);
    TRY_NEW(arena, lons, graph->arc_count);
    for (int32_t arc = 0; arc < graph->arc_count; arc++) {
        if (!is_street(graph, arc)) continue;
        const struct road_point point = middle_of(graph, arc);
        lats[count] = point.lat_e7;
        lons[count++] = point.lon_e7;
    }
    if (count == 0)
        return error_set(error, ERROR_NETWORK, _("the extract has no street that a truck may use"));
    qsort(lats, (size_t)count, sizeof *lats, compare_numbers);
    qsort(lons, (size_t)count, sizeof *lons, compare_numbers);
    streets->middle = (struct road_point){lats[count / 2], lons[count / 2]};
done:
    return rc;
}

/* The nearest streets until there are enough, with weights that thin out. */
static error_code find_streets(struct synthetic_streets *streets, int32_t points, struct arena *arena,
                               struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_graph *graph = &streets->graph;
    double length_m = 0, weight = 0;
    TRY_NEW(arena, streets->items, graph->arc_count);
    for (int32_t arc = 0; arc < graph->arc_count; arc++) {
        if (!is_street(graph, arc)) continue;
        const struct metres middle = metres_of(streets, middle_of(graph, arc));
        streets->items[streets->all_count++] =
            (struct synthetic_street){arc, middle, hypot((double)middle.x, (double)middle.y), 0};
    }
    qsort(streets->items, (size_t)streets->all_count, sizeof *streets->items, compare_streets);
    const double wanted_m = (double)points * STREET_PER_POINT_M * CITY_FACTOR;
    while (streets->count < streets->all_count && length_m < wanted_m)
        length_m +=
            graph->segments[graph->arcs[streets->items[streets->count++].arc].segment].length_dm / 10.0;
    streets->radius_m = streets->items[streets->count - 1].far_m + 1;
    for (int32_t s = 0; s < streets->count; s++) {
        struct synthetic_street *street = &streets->items[s];
        const double share = 1.5 * street->far_m / streets->radius_m;
        weight += graph->segments[graph->arcs[street->arc].segment].length_dm * exp(-share * share);
        street->weight = weight;
    }
done:
    return rc;
}

error_code synthetic_streets_open(const char *path, int32_t points, struct arena *arena,
                                  struct synthetic_streets *streets, struct error *error)
{
    error_code rc = ERROR_NONE;
    *streets = (struct synthetic_streets){0};
    TRY(osm_read(path, arena, &streets->roads, error));
    TRY(road_graph_build(&streets->roads, road_profile_named("truck"), arena, &streets->graph, error));
    TRY(find_middle(streets, arena, error));
    TRY(find_streets(streets, points, arena, error));
done:
    return rc;
}

/* --- places --- */

/* So far along an arc, and so far to the right of it. */
static struct metres beside(const struct synthetic_streets *streets, int32_t arc, double share,
                            double right_m)
{
    const struct road_graph *graph = &streets->graph;
    const int32_t count = graph->segments[graph->arcs[arc].segment].point_count;
    double whole = 0;
    for (int32_t k = 0; k + 1 < count; k++) {
        const struct metres a = metres_of(streets, road_arc_point(graph, arc, k));
        const struct metres b = metres_of(streets, road_arc_point(graph, arc, k + 1));
        whole += hypot((double)(b.x - a.x), (double)(b.y - a.y));
    }
    double left = share * whole;
    struct metres at = metres_of(streets, road_arc_point(graph, arc, 0));
    for (int32_t k = 0; k + 1 < count; k++) {
        const struct metres a = metres_of(streets, road_arc_point(graph, arc, k));
        const struct metres b = metres_of(streets, road_arc_point(graph, arc, k + 1));
        const double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy);
        if (length == 0) continue;
        const double here = left < length ? left : length;
        at = (struct metres){(int32_t)lround(a.x + (dx * here + dy * right_m) / length),
                             (int32_t)lround(a.y + (dy * here - dx * right_m) / length)};
        left -= length;
        if (left <= 0) break;
    }
    return at;
}

static const struct synthetic_street *draw_street(const struct synthetic_streets *streets, struct rng *rng)
{
    const double drawn = rng_unit(rng) * streets->items[streets->count - 1].weight;
    int32_t low = 0, high = streets->count - 1;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (streets->items[middle].weight > drawn)
            high = middle;
        else
            low = middle + 1;
    }
    return &streets->items[low];
}

void synthetic_streets_draw(const struct synthetic_streets *streets, struct rng *rng,
                            struct synthetic_bin *bin)
{
    const struct road_graph *graph = &streets->graph;
    const int32_t arc = draw_street(streets, rng)->arc;
    const struct road_segment *segment = &graph->segments[graph->arcs[arc].segment];
    const double share = 0.1 + 0.8 * rng_unit(rng);
    const bool both_ways = segment->arc[0] >= 0 && segment->arc[1] >= 0;
    const bool right = both_ways || rng_below(rng, 2) == 0;
    bin->at = beside(streets, arc, share, right ? KERB_M : -KERB_M);
    bin->side = both_ways && rng_below(rng, 100) < 40 ? "both" : right ? "right" : "left";
    bin->street = graph->roads->ways[segment->way].name;
    bin->house = 1 + (int32_t)(share * segment->length_dm / 100);
}

double synthetic_streets_activity(const struct synthetic_streets *streets, struct metres at)
{
    const double share = hypot((double)at.x, (double)at.y) / streets->radius_m;
    return 1.15 - 0.35 * fmin(share, 1);
}

struct metres synthetic_streets_near(const struct synthetic_streets *streets, struct metres at)
{
    int32_t best = 0;
    double least = INFINITY;
    for (int32_t s = 0; s < streets->all_count; s++) {
        const struct metres middle = streets->items[s].middle;
        const double far = hypot((double)middle.x - at.x, (double)middle.y - at.y);
        if (far >= least) continue;
        least = far;
        best = s;
    }
    return beside(streets, streets->items[best].arc, 0.5, YARD_M);
}

/* --- the extract itself --- */

/* By its kind alone: names of files may hold anything. */
const char *synthetic_extract_name(const struct synthetic *city)
{
    static const char *const ENDS[] = {".osm.pbf", ".pbf", ".osm.gz", ".osm"};
    static const char *const NAMES[] = {"roads.osm.pbf", "roads.osm.pbf", "roads.osm.gz", "roads.osm"};
    const char *path = city->options.extract;
    const size_t length = strlen(path);
    for (size_t k = 0; k < sizeof ENDS / sizeof *ENDS; k++) {
        const size_t end = strlen(ENDS[k]);
        if (length >= end && strcmp(path + length - end, ENDS[k]) == 0) return NAMES[k];
    }
    return NAMES[3];
}

error_code synthetic_copy_extract(const struct synthetic *city, struct run_folder *folder,
                                  struct error *error)
{
    char bytes[1 << 16];
    const char *name = synthetic_extract_name(city);
    FILE *from = fopen(city->options.extract, "rb"), *to = NULL;
    if (from == NULL) return error_at(error, ERROR_FILE, city->options.extract, 0, 0, "%s", strerror(errno));
    error_code rc = run_folder_file(folder, name, &to, error);
    for (size_t size; rc == ERROR_NONE && (size = fread(bytes, 1, sizeof bytes, from)) > 0;)
        if (fwrite(bytes, 1, size, to) != size)
            rc = error_at(error, ERROR_FILE, name, 0, 0, "%s", strerror(errno));
    if (rc == ERROR_NONE && ferror(from))
        rc = error_at(error, ERROR_FILE, city->options.extract, 0, 0, "%s", strerror(errno));
    if (to != NULL) {
        error_code closed = run_folder_close_file(folder, name, to, rc == ERROR_NONE ? error : NULL);
        if (rc == ERROR_NONE) rc = closed;
    }
    fclose(from);
    return rc;
}
