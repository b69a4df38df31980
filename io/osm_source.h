/* The elements of an OpenStreetMap file, one after the other, whatever it is written in.
 *
 * osm_scan looks at the first bytes, not at the name: XML (osm_xml.c, the only door to expat), bare or within
 * gzip, or PBF (osm_pbf.c). It gives each node, way and relation for which the visitor has a function; what
 * the function is given lives until it returns, and what it returns other than ERROR_NONE ends the scan.
 * Places are checked to be on Earth; ids are any 64-bit number, and nothing is said of their order.
 *
 * Memory: the largest element and, of a PBF file, a block (32 MB at most, packed and unpacked). O(bytes).
 * Errors: ERROR_NETWORK with the reason, and its line in XML.
 */
#ifndef BENNE_IO_OSM_SOURCE_H
#define BENNE_IO_OSM_SOURCE_H

#include "solver/base/error.h"

#include <stddef.h>
#include <stdint.h>

/* NUL-terminated; UTF-8 if the file is right. */
struct osm_tag {
    const char *key, *value;
};

struct osm_tags {
    const struct osm_tag *items;
    int32_t count;
    uint32_t initials; /* of the keys: a bit each, so that most that are asked for cost no comparison */
};

struct osm_node {
    int64_t id;
    int32_t lat_e7, lon_e7;
    struct osm_tags tags;
};

struct osm_way {
    int64_t id;
    const int64_t *nodes; /* ids */
    int32_t node_count;
    struct osm_tags tags;
};

typedef enum osm_kind { OSM_NODE, OSM_WAY, OSM_RELATION, OSM_KINDS } osm_kind;

struct osm_member {
    osm_kind kind;
    int64_t id;
    const char *role;
};

struct osm_relation {
    int64_t id;
    const struct osm_member *members;
    int32_t member_count;
    struct osm_tags tags;
};

/* NULL: not wanted. */
struct osm_visitor {
    void *context;
    error_code (*node)(void *context, const struct osm_node *node, struct error *error);
    error_code (*way)(void *context, const struct osm_way *way, struct error *error);
    error_code (*relation)(void *context, const struct osm_relation *relation, struct error *error);
};

error_code osm_scan(const char *path, const struct osm_visitor *visitor, struct error *error) ERROR_CHECKED;

/* The value of a key, or NULL. */
const char *osm_tag(const struct osm_tags *tags, const char *key);

/* ---- For the readers of the two formats ---- */

struct gz_file;

/* Nodes of a way, members of a relation: OpenStreetMap's own limits are 2,000 and 32,000. */
enum { OSM_PARTS_MAX = 1 << 16 };

struct osm_tags osm_tags_of(const struct osm_tag *items, int64_t count);

error_code osm_xml_scan(struct gz_file *file, const char *path, const struct osm_visitor *visitor,
                        struct error *error) ERROR_CHECKED;
error_code osm_pbf_scan(struct gz_file *file, const char *path, const struct osm_visitor *visitor,
                        struct error *error) ERROR_CHECKED;

#endif
