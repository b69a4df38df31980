/* What stands within a block of a PBF file: used by osm_pbf.c alone.
 *
 * A block of data has a table of texts, which tags and roles name by number, and groups of elements. Nodes
 * are mostly "dense": ids, latitudes and longitudes in a row each, as differences from one to the next. Every
 * number is looked at before it is used: a text that is not in the table, rows of unequal lengths or a place
 * that is not on Earth are damage. The arrays live from one block to the next, so that few are allocated.
 */
#ifndef BENNE_IO_OSM_BLOCK_H
#define BENNE_IO_OSM_BLOCK_H

#include "io/osm_source.h"
#include "io/osm_wire.h"

struct osm_block {
    const char *path;
    const struct osm_visitor *visitor;
    int64_t number;                              /* in the file, from 1: for messages */
    int64_t granularity, lat_offset, lon_offset; /* of places, in billionths of a degree */
    struct {
        const char **items;
        int64_t count, capacity;
    } texts;
    struct {
        struct osm_tag *items;
        int64_t count, capacity;
    } tags;
    struct {
        int64_t *items;
        int64_t count, capacity;
    } nodes;
    struct {
        struct osm_member *items;
        int64_t count, capacity;
    } members;
};

/* The first block of a file: ERROR_NETWORK when it takes more to read than what is here. */
error_code osm_block_header(const struct osm_block *block, struct wire in, struct error *error) ERROR_CHECKED;

/* Gives the elements of a block to the visitor. The bytes are changed on the way. */
error_code osm_block_data(struct osm_block *block, uint8_t *bytes, int64_t size,
                          struct error *error) ERROR_CHECKED;

void osm_block_free(struct osm_block *block);

/* ERROR_NETWORK: the block is damaged. */
error_code osm_block_damaged(const struct osm_block *block, struct error *error);

#endif
