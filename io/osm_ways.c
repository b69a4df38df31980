#include "io/osm_tags.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- Classes ---- */

struct named_class {
    const char *value;
    road_class class;
    bool by_permission; /* made for others: open to whom a tag of motor vehicles lets in alone */
};

static const struct named_class CLASSES[] = {{"residential", ROAD_RESIDENTIAL, false},
                                             {"service", ROAD_SERVICE, false},
                                             {"unclassified", ROAD_UNCLASSIFIED, false},
                                             {"tertiary", ROAD_TERTIARY, false},
                                             {"secondary", ROAD_SECONDARY, false},
                                             {"primary", ROAD_PRIMARY, false},
                                             {"track", ROAD_TRACK, false},
                                             {"living_street", ROAD_LIVING_STREET, false},
                                             {"trunk", ROAD_TRUNK, false},
                                             {"motorway", ROAD_MOTORWAY, false},
                                             {"motorway_link", ROAD_MOTORWAY_LINK, false},
                                             {"trunk_link", ROAD_TRUNK_LINK, false},
                                             {"primary_link", ROAD_PRIMARY_LINK, false},
                                             {"secondary_link", ROAD_SECONDARY_LINK, false},
                                             {"tertiary_link", ROAD_TERTIARY_LINK, false},
                                             {"road", ROAD_UNCLASSIFIED, false},
                                             {"pedestrian", ROAD_PEDESTRIAN, true},
                                             {"footway", ROAD_PEDESTRIAN, true},
                                             {"path", ROAD_PEDESTRIAN, true},
                                             {"cycleway", ROAD_PEDESTRIAN, true},
                                             {"bridleway", ROAD_PEDESTRIAN, true}};

static const struct named_class SERVICES[] = {{"alley", ROAD_ALLEY, false},
                                              {"driveway", ROAD_DRIVEWAY, false},
                                              {"parking_aisle", ROAD_PARKING_AISLE, false},
                                              {"emergency_access", ROAD_SERVICE, true}};

static const struct named_class *class_named(const struct named_class *classes, size_t count,
                                             const char *value)
{
    for (size_t c = 0; value != NULL && c < count; c++)
        if (strcmp(value, classes[c].value) == 0) return &classes[c];
    return NULL;
}

/* NULL: no road. */
static const struct named_class *class_of(const struct osm_tags *tags)
{
    const struct named_class *found =
        class_named(CLASSES, sizeof CLASSES / sizeof *CLASSES, osm_tag(tags, "highway"));
    if (found == NULL || found->class != ROAD_SERVICE) return found;
    const struct named_class *service =
        class_named(SERVICES, sizeof SERVICES / sizeof *SERVICES, osm_tag(tags, "service"));
    return service != NULL ? service : found;
}

static bool tag_is(const struct osm_tags *tags, const char *key, const char *value)
{
    const char *given = osm_tag(tags, key);
    return given != NULL && strcmp(given, value) == 0;
}

/* ---- Access and directions ---- */

static void set_access(const struct osm_tags *tags, const struct named_class *class, struct road_way *way)
{
    const bool implied =
        way->roundabout || class->class == ROAD_MOTORWAY || class->class == ROAD_MOTORWAY_LINK;
    for (int32_t v = 0; v < ROAD_VEHICLES; v++) {
        bool open[2];
        osm_oneway(tags, (road_vehicle)v, implied, open);
        for (int32_t d = 0; d < 2; d++) {
            const road_access access = osm_access(tags, (road_vehicle)v, d, !class->by_permission,
                                                  class->by_permission ? ROAD_CLOSED : ROAD_OPEN);
            way->access[v][d] = (uint8_t)(open[d] ? access : ROAD_CLOSED);
        }
    }
}

static bool is_closed(const struct road_way *way)
{
    for (int32_t v = 0; v < ROAD_VEHICLES; v++)
        if (way->access[v][0] != ROAD_CLOSED || way->access[v][1] != ROAD_CLOSED) return false;
    return true;
}

/* ---- Limits ---- */

/* The value of the first of these keys that is there. */
static const char *first_tag(const struct osm_tags *tags, const char *const *keys)
{
    const char *value = NULL;
    for (; value == NULL && *keys != NULL; keys++) value = osm_tag(tags, *keys);
    return value;
}

static uint8_t least_kmh(const struct osm_tags *tags, const char *const *keys)
{
    uint8_t least = 0;
    for (; *keys != NULL; keys++) {
        const uint8_t kmh = osm_speed_kmh(osm_tag(tags, *keys));
        if (kmh > 0 && (least == 0 || kmh < least)) least = kmh;
    }
    return least;
}

/* Where no number is signed, the kind of limit may name the zone. */
static void set_speeds(const struct osm_tags *tags, struct road_way *way)
{
    static const char *const forward[] = {"maxspeed:forward", "maxspeed", NULL};
    static const char *const backward[] = {"maxspeed:backward", "maxspeed", NULL};
    static const char *const zones[] = {"maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic",
                                        NULL};
    static const char *const trucks[] = {"maxspeed:hgv", "maxspeed:hgv:forward", "maxspeed:hgv:backward",
                                         "maxspeed:goods", NULL};
    const char *values[2] = {first_tag(tags, forward), first_tag(tags, backward)};
    for (int32_t d = 0; d < 2; d++)
        way->limit_kmh[d] = values[d] != NULL ? osm_speed_kmh(values[d]) : least_kmh(tags, zones);
    way->truck_limit_kmh = least_kmh(tags, trucks);
}

static int32_t least_kg(const struct osm_tags *tags, const char *const *keys)
{
    int32_t least = 0;
    for (; *keys != NULL; keys++) {
        const int32_t kg = osm_weight_kg(osm_tag(tags, *keys));
        if (kg > 0 && (least == 0 || kg < least)) least = kg;
    }
    return least;
}

static uint16_t least_cm(const struct osm_tags *tags, const char *const *keys)
{
    uint16_t least = 0;
    for (; *keys != NULL; keys++) {
        const uint16_t cm = osm_length_cm(osm_tag(tags, *keys));
        if (cm > 0 && (least == 0 || cm < least)) least = cm;
    }
    return least;
}

static void set_sizes(const struct osm_tags *tags, struct road_way *way)
{
    static const char *const weights[] = {"maxweight", "maxweight:hgv", "maxweightrating",
                                          "maxweightrating:hgv", NULL};
    static const char *const axles[] = {"maxaxleload", NULL};
    static const char *const heights[] = {"maxheight", "maxheight:physical", NULL};
    static const char *const widths[] = {"maxwidth", "maxwidth:physical", NULL};
    way->weight_kg = least_kg(tags, weights);
    way->axle_kg = least_kg(tags, axles);
    way->height_cm = least_cm(tags, heights);
    way->width_cm = least_cm(tags, widths);
}

static uint8_t lanes_of(const char *value)
{
    char *end;
    const long lanes = value != NULL ? strtol(value, &end, 10) : 0;
    return value != NULL && end != value && *end == '\0' && lanes > 0 && lanes <= UINT8_MAX ? (uint8_t)lanes
                                                                                            : 0;
}

bool osm_way_tags(const struct osm_tags *tags, struct road_way *way)
{
    const struct named_class *class = class_of(tags);
    if (class == NULL || tag_is(tags, "area", "yes")) return false;
    way->class = (uint8_t) class->class;
    way->roundabout = tag_is(tags, "junction", "roundabout") || tag_is(tags, "junction", "circular");
    set_access(tags, class, way);
    if (is_closed(way)) return false;
    set_speeds(tags, way);
    set_sizes(tags, way);
    way->lanes = lanes_of(osm_tag(tags, "lanes"));
    return true;
}
