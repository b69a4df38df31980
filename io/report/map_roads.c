/* The roads under the map: those of the extract around the city, so that the page needs no tiles.
 *
 * Three lists, from wide to narrow. A road is its first point, then steps, as whole hundred-thousandths of a
 * degree: some two bytes a number. */
#include "io/json.h"
#include "io/report/sections.h"
#include "solver/network/roads/road_travel.h"

#include <math.h>
#include <stdlib.h>

/* Degrees around the places, and roads beyond which the narrow ones are left out. */
static const double MARGIN = 0.01;
enum { ROADS_MOST = 60000 };

struct frame {
    double south, north, west, east;
};

static void widen(struct frame *frame, struct position position)
{
    frame->south = fmin(frame->south, position.lat);
    frame->north = fmax(frame->north, position.lat);
    frame->west = fmin(frame->west, position.lon);
    frame->east = fmax(frame->east, position.lon);
}

static struct frame frame_of(const struct city *city)
{
    struct frame frame = {90, -90, 180, -180};
    for (int32_t d = 0; d < city->depot_count; d++) widen(&frame, city->depots[d].position);
    for (int32_t s = 0; s < city->site_count; s++) widen(&frame, city->sites[s].position);
    for (int32_t b = 0; b < city->bin_count; b++) widen(&frame, city->bins[b].position);
    return (struct frame){frame.south - MARGIN, frame.north + MARGIN, frame.west - MARGIN,
                          frame.east + MARGIN};
}

static bool is_inside(const struct frame *frame, const struct road_node *node)
{
    const double lat = node->lat_e7 * 1e-7, lon = node->lon_e7 * 1e-7;
    return lat >= frame->south && lat <= frame->north && lon >= frame->west && lon <= frame->east;
}

/* 0 wide, 1 streets, 2 narrow; -1: not drawn. */
static int32_t width_of(uint8_t class)
{
    if (class <= ROAD_SECONDARY_LINK) return 0;
    if (class <= ROAD_LIVING_STREET) return 1;
    return class == ROAD_PARKING_AISLE || class == ROAD_DRIVEWAY ? -1 : 2;
}

static bool is_seen(const struct road_data *roads, const struct frame *frame, const struct road_way *way)
{
    for (int32_t k = 0; k < way->node_count; k++)
        if (is_inside(frame, &roads->nodes[roads->way_nodes[way->first_node + k]])) return true;
    return false;
}

static void put_road(const struct road_data *roads, const struct road_way *way, struct json *list)
{
    struct json *line = json_new_array();
    int64_t lat = 0, lon = 0;
    for (int32_t k = 0; k < way->node_count; k++) {
        const struct road_node *node = &roads->nodes[roads->way_nodes[way->first_node + k]];
        const int64_t here_lat = llround(node->lat_e7 * 1e-2), here_lon = llround(node->lon_e7 * 1e-2);
        json_put_integer(line, NULL, here_lat - lat);
        json_put_integer(line, NULL, here_lon - lon);
        lat = here_lat;
        lon = here_lon;
    }
    json_put(list, NULL, line);
}

void map_roads_put(struct page *page, struct json *root)
{
    if (page->city->roads == NULL) return;
    const struct road_data *roads = page->city->roads->networks[page->city->vehicles[0].profile].graph->roads;
    const struct frame frame = frame_of(page->city);
    struct json *widths[3], *all = json_new_array();
    int64_t seen = 0;
    for (int32_t w = 0; w < 3; w++) json_put(all, NULL, widths[w] = json_new_array());
    for (int32_t k = 0; k < roads->way_count; k++) seen += is_seen(roads, &frame, &roads->ways[k]);
    for (int32_t k = 0; k < roads->way_count; k++) {
        const int32_t width = width_of(roads->ways[k].class);
        if (width < 0 || (width == 2 && seen > ROADS_MOST) || !is_seen(roads, &frame, &roads->ways[k]))
            continue;
        put_road(roads, &roads->ways[k], widths[width]);
    }
    json_put(root, "roads", all);
}
