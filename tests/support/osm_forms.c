#include "tests/support/osm_forms.h"

#include "io/osm_source.h"
#include "solver/base/array.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

/* ---- Bytes ---- */

void osm_bytes_add(struct osm_bytes *bytes, const void *added, size_t size)
{
    assert_true(array_reserve(bytes, bytes->count + (int64_t)size + 1));
    if (size > 0) memcpy(bytes->items + bytes->count, added, size);
    bytes->count += (int64_t)size;
}

void osm_bytes_free(struct osm_bytes *bytes)
{
    array_free(bytes);
}

struct osm_bytes osm_bytes_load(const char *path)
{
    struct osm_bytes bytes = {0};
    char buffer[4096];
    size_t got;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0) osm_bytes_add(&bytes, buffer, got);
    fclose(file);
    return bytes;
}

/* Anew: to write over what is there makes some file systems wait for the disk. */
void osm_bytes_save(const struct osm_bytes *bytes, const char *path)
{
    remove(path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->items, 1, (size_t)bytes->count, file), bytes->count);
    assert_int_equal(fclose(file), 0);
}

/* A stream of gzip (windowBits 15 + 16) or of zlib (15). */
static struct osm_bytes deflated(const struct osm_bytes *bytes, int window_bits)
{
    struct osm_bytes packed = {0};
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    const uLong most = deflateBound(&stream, (uLong)bytes->count);
    assert_true(array_reserve(&packed, (int64_t)most));
    stream.next_in = bytes->items;
    stream.avail_in = (uInt)bytes->count;
    stream.next_out = packed.items;
    stream.avail_out = (uInt)most;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.count = (int64_t)stream.total_out;
    deflateEnd(&stream);
    return packed;
}

struct osm_bytes osm_packed(const struct osm_bytes *bytes)
{
    return deflated(bytes, 15 + 16);
}

/* ---- Fields ---- */

static void put_varint(struct osm_bytes *to, uint64_t number)
{
    do {
        const uint8_t byte = (uint8_t)(number & 0x7f) | (number > 0x7f ? 0x80 : 0);
        osm_bytes_add(to, &byte, 1);
        number >>= 7;
    } while (number > 0);
}

static uint64_t folded(int64_t number)
{
    return (uint64_t)number << 1 ^ (0 - ((uint64_t)number >> 63));
}

static uint64_t difference(int64_t to, int64_t from)
{
    return folded((int64_t)((uint64_t)to - (uint64_t)from));
}

void osm_put_number(struct osm_bytes *to, uint32_t field, uint64_t number)
{
    put_varint(to, (uint64_t)field << 3);
    put_varint(to, number);
}

void osm_put_bytes(struct osm_bytes *to, uint32_t field, const void *bytes, size_t size)
{
    put_varint(to, (uint64_t)field << 3 | 2);
    put_varint(to, size);
    osm_bytes_add(to, bytes, size);
}

/* The same, and frees them. */
static void put_part(struct osm_bytes *to, uint32_t field, struct osm_bytes *part)
{
    osm_put_bytes(to, field, part->items, (size_t)part->count);
    osm_bytes_free(part);
}

void osm_put_block(struct osm_bytes *to, const char *kind, const struct osm_bytes *content, bool compressed)
{
    struct osm_bytes blob = {0}, header = {0};
    if (compressed) {
        struct osm_bytes packed = deflated(content, 15);
        osm_put_number(&blob, 2, (uint64_t)content->count);
        put_part(&blob, 3, &packed);
    } else {
        osm_put_bytes(&blob, 1, content->items, (size_t)content->count);
    }
    osm_put_bytes(&header, 1, kind, strlen(kind));
    osm_put_number(&header, 3, (uint64_t)blob.count);
    const uint8_t size[4] = {0, 0, (uint8_t)(header.count >> 8), (uint8_t)header.count};
    osm_bytes_add(to, size, sizeof size);
    osm_bytes_add(to, header.items, (size_t)header.count);
    osm_bytes_add(to, blob.items, (size_t)blob.count);
    osm_bytes_free(&blob);
    osm_bytes_free(&header);
}

/* ---- Elements ---- */

enum { TEXTS_MAX = 1000, GRANULARITY = 50, LAT_OFFSET_E7 = 12300, LON_OFFSET_E7 = -45600 };

struct form {
    struct osm_pbf_options options;
    char *texts[TEXTS_MAX]; /* the first is "" */
    int32_t text_count;
    struct osm_bytes ids, lats, lons, keys_values; /* of dense nodes */
    int64_t last_id, last_lat, last_lon;
    struct osm_bytes nodes, ways, relations; /* groups */
};

static uint64_t text_number(struct form *form, const char *text)
{
    for (int32_t t = 0; t < form->text_count; t++)
        if (strcmp(form->texts[t], text) == 0) return (uint64_t)t;
    assert_true(form->text_count < TEXTS_MAX);
    form->texts[form->text_count] = strdup(text);
    return (uint64_t)form->text_count++;
}

static void put_tags(struct form *form, struct osm_bytes *to, const struct osm_tags *tags)
{
    struct osm_bytes keys = {0}, values = {0};
    for (int32_t t = 0; t < tags->count; t++) {
        put_varint(&keys, text_number(form, tags->items[t].key));
        put_varint(&values, text_number(form, tags->items[t].value));
    }
    put_part(to, 2, &keys);
    put_part(to, 3, &values);
}

static error_code form_node(void *context, const struct osm_node *node, struct error *error)
{
    (void)error;
    struct form *form = context;
    const int64_t lat = (node->lat_e7 - LAT_OFFSET_E7) * INT64_C(100) / GRANULARITY;
    const int64_t lon = (node->lon_e7 - LON_OFFSET_E7) * INT64_C(100) / GRANULARITY;
    if (!form->options.dense) {
        struct osm_bytes part = {0};
        osm_put_number(&part, 1, folded(node->id));
        put_tags(form, &part, &node->tags);
        osm_put_number(&part, 8, folded(lat));
        osm_put_number(&part, 9, folded(lon));
        put_part(&form->nodes, 1, &part);
        return ERROR_NONE;
    }
    put_varint(&form->ids, difference(node->id, form->last_id));
    put_varint(&form->lats, difference(lat, form->last_lat));
    put_varint(&form->lons, difference(lon, form->last_lon));
    form->last_id = node->id, form->last_lat = lat, form->last_lon = lon;
    for (int32_t t = 0; t < node->tags.count; t++) {
        put_varint(&form->keys_values, text_number(form, node->tags.items[t].key));
        put_varint(&form->keys_values, text_number(form, node->tags.items[t].value));
    }
    put_varint(&form->keys_values, 0);
    return ERROR_NONE;
}

static error_code form_way(void *context, const struct osm_way *way, struct error *error)
{
    (void)error;
    struct form *form = context;
    struct osm_bytes part = {0}, nodes = {0};
    osm_put_number(&part, 1, (uint64_t)way->id);
    put_tags(form, &part, &way->tags);
    for (int32_t n = 0; n < way->node_count; n++)
        put_varint(&nodes, difference(way->nodes[n], n > 0 ? way->nodes[n - 1] : 0));
    put_part(&part, 8, &nodes);
    put_part(&form->ways, 3, &part);
    return ERROR_NONE;
}

static error_code form_relation(void *context, const struct osm_relation *relation, struct error *error)
{
    (void)error;
    struct form *form = context;
    struct osm_bytes part = {0}, roles = {0}, ids = {0}, kinds = {0};
    osm_put_number(&part, 1, (uint64_t)relation->id);
    put_tags(form, &part, &relation->tags);
    for (int32_t m = 0; m < relation->member_count; m++) {
        const struct osm_member *member = &relation->members[m];
        put_varint(&roles, text_number(form, member->role));
        put_varint(&ids, difference(member->id, m > 0 ? relation->members[m - 1].id : 0));
        put_varint(&kinds, member->kind);
    }
    put_part(&part, 8, &roles);
    put_part(&part, 9, &ids);
    put_part(&part, 10, &kinds);
    put_part(&form->relations, 4, &part);
    return ERROR_NONE;
}

/* ---- The file ---- */

static void put_header(struct osm_bytes *to, bool compressed)
{
    static const char *const features[] = {"OsmSchema-V0.6", "DenseNodes"};
    struct osm_bytes header = {0};
    for (size_t f = 0; f < COUNT_OF(features); f++)
        osm_put_bytes(&header, 4, features[f], strlen(features[f]));
    osm_put_block(to, "OSMHeader", &header, compressed);
    osm_bytes_free(&header);
}

/* A block of one group, with all texts. */
static void put_group(const struct form *form, struct osm_bytes *to, struct osm_bytes *group)
{
    struct osm_bytes texts = {0}, block = {0};
    for (int32_t t = 0; t < form->text_count; t++)
        osm_put_bytes(&texts, 1, form->texts[t], strlen(form->texts[t]));
    put_part(&block, 1, &texts);
    put_part(&block, 2, group);
    osm_put_number(&block, 17, GRANULARITY);
    osm_put_number(&block, 19, (uint64_t)(LAT_OFFSET_E7 * INT64_C(100)));
    osm_put_number(&block, 20, (uint64_t)(LON_OFFSET_E7 * INT64_C(100)));
    osm_put_block(to, "OSMData", &block, form->options.compressed);
    osm_bytes_free(&block);
}

struct osm_bytes osm_pbf_of(const char *path, struct osm_pbf_options options)
{
    struct form form = {.options = options};
    struct osm_bytes file = {0};
    const struct osm_visitor visitor = {&form, form_node, form_way, form_relation};
    assert_int_equal(text_number(&form, ""), 0);
    assert_int_equal(osm_scan(path, &visitor, NULL), ERROR_NONE);
    if (options.dense) {
        struct osm_bytes dense = {0};
        put_part(&dense, 1, &form.ids);
        put_part(&dense, 8, &form.lats);
        put_part(&dense, 9, &form.lons);
        put_part(&dense, 10, &form.keys_values);
        put_part(&form.nodes, 2, &dense);
    }
    put_header(&file, options.compressed);
    put_group(&form, &file, &form.nodes);
    put_group(&form, &file, &form.ways);
    put_group(&form, &file, &form.relations);
    for (int32_t t = 0; t < form.text_count; t++) free(form.texts[t]);
    return file;
}
