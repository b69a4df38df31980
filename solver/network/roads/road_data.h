/* Roads as a reader hands them over, whatever their format: what may be driven by some vehicle, and no more.
 *
 * Nodes are numbered 0 … in the order of their ids in the source, ways in the order of the source. Only ways
 * that a motor vehicle might use are kept, and of the nodes those that these ways name. Text is gone:
 * classes, limits and permissions are numbers, as the tags of OpenStreetMap mean them (io/osm.h). What a
 * given vehicle may do with them is a profile's affair (road_profile.h).
 *
 * Memory: 20 bytes a node with its id, 48 a way, 4 for each node of a way.
 */
#ifndef BENNE_NETWORK_ROAD_DATA_H
#define BENNE_NETWORK_ROAD_DATA_H

#include <stdbool.h>
#include <stdint.h>

typedef enum road_class {
    ROAD_MOTORWAY,
    ROAD_MOTORWAY_LINK,
    ROAD_TRUNK,
    ROAD_TRUNK_LINK,
    ROAD_PRIMARY,
    ROAD_PRIMARY_LINK,
    ROAD_SECONDARY,
    ROAD_SECONDARY_LINK,
    ROAD_TERTIARY,
    ROAD_TERTIARY_LINK,
    ROAD_UNCLASSIFIED,
    ROAD_RESIDENTIAL,
    ROAD_LIVING_STREET,
    ROAD_SERVICE,
    ROAD_ALLEY,
    ROAD_DRIVEWAY,
    ROAD_PARKING_AISLE,
    ROAD_PEDESTRIAN, /* only where motor vehicles are let in by a tag */
    ROAD_TRACK,
    ROAD_CLASSES
} road_class;

/* Who may use it: the same numbers for ways and barriers. */
typedef enum road_access {
    ROAD_OPEN,
    ROAD_TO_DESTINATION, /* residents, deliveries, customers: no through traffic */
    ROAD_PRIVATE,
    ROAD_CLOSED
} road_access;

/* The vehicles that tags tell apart. */
typedef enum road_vehicle { ROAD_CAR, ROAD_TRUCK, ROAD_VEHICLES } road_vehicle;

enum road_node_flags {
    ROAD_TURNING_PLACE = 1, /* turning circle or loop */
    ROAD_SIGNALS = 2,
    ROAD_CROSSING = 4
};

struct road_node {
    int32_t lat_e7, lon_e7; /* degrees × 10^7 */
    uint8_t flags;
    uint8_t access[ROAD_VEHICLES]; /* road_access: of a barrier; ROAD_OPEN without */
};

/* Directions: [0] as the way's nodes are listed, [1] against. */
struct road_way {
    int64_t id;                       /* of the source, for messages */
    int32_t first_node, node_count;   /* into road_data.way_nodes, 2 or more */
    int32_t name;                     /* into road_data.names; -1 none */
    uint8_t class;                    /* road_class */
    uint8_t access[ROAD_VEHICLES][2]; /* road_access: ROAD_CLOSED against a oneway */
    uint8_t limit_kmh[2];             /* 0: none signed */
    uint8_t truck_limit_kmh;          /* for vehicles of 3.5 t and more; 0: none */
    bool roundabout;
    uint8_t lanes;                /* 0 unknown */
    uint16_t height_cm, width_cm; /* the largest vehicle let in; 0: any */
    int32_t weight_kg, axle_kg;   /* 0: any */
};

/* From way `from` over node `via`, which both ways have, mostly at an end, into way `to`; or over a way,
 * `via_way` >= 0 and `via` -1, which is entered at one end and left at the other. Several may have one id. */
struct road_restriction {
    int64_t id;
    int32_t from, to, via, via_way;
    bool only;                 /* the only turn there; else forbidden */
    bool binds[ROAD_VEHICLES]; /* who is not excepted */
};

struct road_data {
    struct road_node *nodes;
    int64_t *node_ids; /* ascending */
    struct road_way *ways;
    int32_t *way_nodes;
    struct road_restriction *restrictions;
    const char **names; /* of streets, or their numbers ("D 12"); UTF-8, each once */
    int32_t node_count, way_count, way_node_count, restriction_count, name_count;
    bool left_hand; /* traffic keeps left */
    /* What the reader had to leave out. */
    int32_t missing_nodes;     /* named by ways but not in the extract: there the way is in pieces */
    int32_t lost_restrictions; /* whose ways or nodes are no roads of the extract, or do not meet */
};

#endif
