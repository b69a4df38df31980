/* What the tags of OpenStreetMap mean for motor vehicles: the tables are those of io/osm.h. Used by osm.c.
 *
 * Tags are written by many hands: a value that is not understood counts as not there. O(tags).
 */
#ifndef BENNE_IO_OSM_TAGS_H
#define BENNE_IO_OSM_TAGS_H

#include "io/osm_source.h"
#include "solver/network/roads/road_data.h"

/* ---- Ways: osm_ways.c ---- */

/* All of a way but its nodes and name; false when it is no road, or no vehicle may ever use it. */
bool osm_way_tags(const struct osm_tags *tags, struct road_way *way);

/* ---- Nodes: osm_nodes.c ---- */

/* All of a node but its place. */
void osm_node_tags(const struct osm_tags *tags, struct road_node *node);

/* ---- Who may: osm_access.c ---- */

enum { DIRECTION_NONE = -1, DIRECTION_FORWARD, DIRECTION_BACKWARD };

/* What the most particular tag for this vehicle says that says something, a tag of the direction before one
 * of both; `otherwise` if none does. Without `general`, access=* does not count. */
road_access osm_access(const struct osm_tags *tags, road_vehicle vehicle, int32_t direction, bool general,
                       road_access otherwise);

/* May the vehicle go along a way, and against, for all that oneway=* says? */
void osm_oneway(const struct osm_tags *tags, road_vehicle vehicle, bool implied, bool open[2]);

/* Is the vehicle in a list of exceptions ("psv;hgv")? */
bool osm_excepted(const char *list, road_vehicle vehicle);

/* ---- Speeds: osm_speed.c ---- */

/* km/h of a value of maxspeed=*, a zone of a country included; 0: none, or not understood. */
uint8_t osm_speed_kmh(const char *value);

/* ---- Measures: osm_measure.c ---- */

/* Kilograms, or centimetres, rounded; 0: no limit, or not understood. */
int32_t osm_weight_kg(const char *value);
uint16_t osm_length_cm(const char *value);

/* A number and a unit, perhaps several ("12'6\""), as the sum in the table's unit; the first unit is the one
 * of a bare number. False when it is something else. */
struct osm_unit {
    const char *name;
    double factor;
};
bool osm_measure(const char *value, const struct osm_unit *units, int32_t unit_count, double *sum);

#endif
