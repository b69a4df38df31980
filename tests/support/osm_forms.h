/* One OpenStreetMap file in the other forms: what a test writes by hand as XML, as gzip and PBF too. */
#ifndef BENNE_TESTS_OSM_FORMS_H
#define BENNE_TESTS_OSM_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct osm_bytes {
    uint8_t *items;
    int64_t count, capacity;
};

struct osm_bytes osm_bytes_load(const char *path);
void osm_bytes_save(const struct osm_bytes *bytes, const char *path);
void osm_bytes_add(struct osm_bytes *bytes, const void *added, size_t size);
void osm_bytes_free(struct osm_bytes *bytes);

/* gzip's form of the bytes. */
struct osm_bytes osm_packed(const struct osm_bytes *bytes);

/* PBF of the file at `path`: its nodes, dense or one by one, its ways and its relations in a block each,
 * compressed or bare. Places are in halves of the usual unit, on an offset. */
struct osm_pbf_options {
    bool dense, compressed;
};
struct osm_bytes osm_pbf_of(const char *path, struct osm_pbf_options options);

/* The parts of it, for files that are made wrong by hand: a field of bytes or of a number, and a block of a
 * kind ("OSMHeader", "OSMData"). */
void osm_put_number(struct osm_bytes *to, uint32_t field, uint64_t number);
void osm_put_bytes(struct osm_bytes *to, uint32_t field, const void *bytes, size_t size);
void osm_put_block(struct osm_bytes *to, const char *kind, const struct osm_bytes *content, bool compressed);

#endif
