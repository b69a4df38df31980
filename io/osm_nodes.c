#include "io/osm_tags.h"

#include <string.h>

/* What a barrier is where no tag of access says who passes. What must be opened by somebody is like a private
 * road; what cannot be opened is closed. A kind that is not here is closed. */
struct barrier {
    const char *kind;
    uint8_t access[ROAD_VEHICLES];
};

static const struct barrier BARRIERS[] = {{"kerb", {ROAD_OPEN, ROAD_OPEN}},
                                          {"cattle_grid", {ROAD_OPEN, ROAD_OPEN}},
                                          {"toll_booth", {ROAD_OPEN, ROAD_OPEN}},
                                          {"border_control", {ROAD_OPEN, ROAD_OPEN}},
                                          {"entrance", {ROAD_OPEN, ROAD_OPEN}},
                                          {"sally_port", {ROAD_OPEN, ROAD_OPEN}},
                                          {"no", {ROAD_OPEN, ROAD_OPEN}},
                                          {"height_restrictor", {ROAD_OPEN, ROAD_OPEN}},
                                          {"bus_trap", {ROAD_CLOSED, ROAD_OPEN}},
                                          {"gate", {ROAD_PRIVATE, ROAD_PRIVATE}},
                                          {"lift_gate", {ROAD_PRIVATE, ROAD_PRIVATE}},
                                          {"swing_gate", {ROAD_PRIVATE, ROAD_PRIVATE}},
                                          {"sliding_gate", {ROAD_PRIVATE, ROAD_PRIVATE}},
                                          {"hampshire_gate", {ROAD_PRIVATE, ROAD_PRIVATE}},
                                          {"bump_gate", {ROAD_PRIVATE, ROAD_PRIVATE}},
                                          {"chain", {ROAD_PRIVATE, ROAD_PRIVATE}}};

static const struct barrier CLOSED = {"", {ROAD_CLOSED, ROAD_CLOSED}};
static const struct barrier MOVABLE = {"", {ROAD_PRIVATE, ROAD_PRIVATE}};

/* A lower bar is there to keep trucks out; a higher one is passed by a collection truck (3.6 m). */
enum { TRUCK_HEIGHT_CM = 360 };

static bool tag_is(const struct osm_tags *tags, const char *key, const char *value)
{
    const char *given = osm_tag(tags, key);
    return given != NULL && strcmp(given, value) == 0;
}

static const struct barrier *barrier_of(const struct osm_tags *tags, const char *kind)
{
    if (strcmp(kind, "bollard") == 0 &&
        (tag_is(tags, "bollard", "rising") || tag_is(tags, "bollard", "removable") ||
         tag_is(tags, "bollard", "foldable")))
        return &MOVABLE;
    for (size_t b = 0; b < sizeof BARRIERS / sizeof *BARRIERS; b++)
        if (strcmp(kind, BARRIERS[b].kind) == 0) return &BARRIERS[b];
    return &CLOSED;
}

static bool is_too_low(const struct osm_tags *tags)
{
    const char *height = osm_tag(tags, "maxheight");
    const uint16_t cm = height != NULL ? osm_length_cm(height) : 0;
    return cm < TRUCK_HEIGHT_CM;
}

static void set_barrier(const struct osm_tags *tags, const char *kind, struct road_node *node)
{
    const struct barrier *barrier = barrier_of(tags, kind);
    for (int32_t v = 0; v < ROAD_VEHICLES; v++)
        node->access[v] =
            (uint8_t)osm_access(tags, (road_vehicle)v, DIRECTION_NONE, true, (road_access)barrier->access[v]);
    if (strcmp(kind, "height_restrictor") == 0 && is_too_low(tags)) node->access[ROAD_TRUCK] = ROAD_CLOSED;
}

struct named_flag {
    const char *key, *value;
    uint8_t flag;
};

static const struct named_flag FLAGS[] = {
    {"highway", "turning_circle", ROAD_TURNING_PLACE},  {"highway", "turning_loop", ROAD_TURNING_PLACE},
    {"highway", "mini_roundabout", ROAD_TURNING_PLACE}, {"highway", "traffic_signals", ROAD_SIGNALS},
    {"crossing", "traffic_signals", ROAD_SIGNALS},      {"highway", "crossing", ROAD_CROSSING}};

void osm_node_tags(const struct osm_tags *tags, struct road_node *node)
{
    const char *barrier = osm_tag(tags, "barrier");
    for (size_t f = 0; f < sizeof FLAGS / sizeof *FLAGS; f++)
        if (tag_is(tags, FLAGS[f].key, FLAGS[f].value)) node->flags |= FLAGS[f].flag;
    if (barrier != NULL) set_barrier(tags, barrier, node);
}
