#include "io/osm_block.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <string.h>

error_code osm_block_damaged(const struct osm_block *block, struct error *error)
{
    return error_at(error, ERROR_NETWORK, block->path, 0, 0, _("the file is damaged in block %lld"),
                    (long long)block->number);
}

void osm_block_free(struct osm_block *block)
{
    array_free(&block->texts);
    array_free(&block->tags);
    array_free(&block->nodes);
    array_free(&block->members);
}

/* ---- The first block ---- */

static bool is_feature(const struct wire *text, const char *feature)
{
    const size_t length = (size_t)(text->end - text->at);
    return length == strlen(feature) && memcmp(text->at, feature, length) == 0;
}

error_code osm_block_header(const struct osm_block *block, struct wire in, struct error *error)
{
    struct wire_field field;
    while (wire_next(&in, &field)) {
        if (field.key != WIRE_BYTES(4)) continue;
        if (is_feature(&field.bytes, "OsmSchema-V0.6") || is_feature(&field.bytes, "DenseNodes")) continue;
        return error_at(
            error, ERROR_NETWORK, block->path, 0, 0,
            _("the file has what is not read here (%.*s): an extract without history was expected"),
            (int)(field.bytes.end - field.bytes.at < 40 ? field.bytes.end - field.bytes.at : 40),
            (const char *)field.bytes.at);
    }
    return in.bad ? osm_block_damaged(block, error) : ERROR_NONE;
}

/* ---- Texts, tags and places ---- */

/* Each text moves one byte down, over the end of its length, which makes room for a NUL behind it. */
static error_code take_texts(struct osm_block *block, struct wire in, uint8_t *bytes, struct error *error)
{
    struct wire_field field;
    while (wire_next(&in, &field)) {
        if (field.key != WIRE_BYTES(1)) continue;
        char *text = (char *)bytes + (field.bytes.at - bytes) - 1;
        const size_t length = (size_t)(field.bytes.end - field.bytes.at);
        memmove(text, field.bytes.at, length);
        text[length] = '\0';
        if (!array_push(&block->texts, text)) return error_memory(error);
    }
    return in.bad ? osm_block_damaged(block, error) : ERROR_NONE;
}

static const char *text_of(const struct osm_block *block, uint64_t number)
{
    return number < (uint64_t)block->texts.count ? block->texts.items[number] : NULL;
}

static error_code add_tag(struct osm_block *block, uint64_t key, uint64_t value, struct error *error)
{
    const struct osm_tag tag = {.key = text_of(block, key), .value = text_of(block, value)};
    if (tag.key == NULL || tag.value == NULL) return osm_block_damaged(block, error);
    return array_push(&block->tags, tag) ? ERROR_NONE : error_memory(error);
}

/* Keys and values stand in a row each. */
static error_code take_tags(struct osm_block *block, struct wire keys, struct wire values,
                            struct osm_tags *tags, struct error *error)
{
    error_code rc = ERROR_NONE;
    block->tags.count = 0;
    while (wire_more(&keys) && wire_more(&values)) {
        const uint64_t key = wire_number(&keys);
        TRY(add_tag(block, key, wire_number(&values), error));
    }
    if (keys.bad || values.bad || wire_more(&keys) || wire_more(&values))
        TRY(osm_block_damaged(block, error));
    *tags = osm_tags_of(block->tags.items, block->tags.count);
done:
    return rc;
}

/* A degree × 10^7 of a number of the file; false when it is more than `most` degrees from 0. */
static bool take_degrees(const struct osm_block *block, int64_t number, int64_t offset, int32_t most,
                         int32_t *e7)
{
    int64_t billionths;
    if (__builtin_mul_overflow(number, block->granularity, &billionths)) return false;
    if (__builtin_add_overflow(billionths, offset, &billionths)) return false;
    if (billionths < most * -INT64_C(1000000000) || billionths > most * INT64_C(1000000000)) return false;
    *e7 = (int32_t)((billionths + (billionths < 0 ? -50 : 50)) / 100);
    return true;
}

static error_code give_node(struct osm_block *block, struct osm_node *node, int64_t lat, int64_t lon,
                            struct error *error)
{
    if (!take_degrees(block, lat, block->lat_offset, 90, &node->lat_e7) ||
        !take_degrees(block, lon, block->lon_offset, 180, &node->lon_e7))
        return osm_block_damaged(block, error);
    return block->visitor->node(block->visitor->context, node, error);
}

/* Differences may go over the largest number, in a damaged file: then around. */
static int64_t step(int64_t from, struct wire *differences)
{
    return (int64_t)((uint64_t)from + (uint64_t)wire_signed(differences));
}

/* ---- Elements ---- */

static error_code take_node(struct osm_block *block, struct wire in, struct error *error)
{
    struct wire_field field;
    struct wire keys = {0}, values = {0};
    struct osm_node node = {0};
    int64_t lat = 0, lon = 0;
    int32_t seen = 0;
    while (wire_next(&in, &field)) {
        if (field.key == WIRE_BYTES(2)) keys = field.bytes;
        if (field.key == WIRE_BYTES(3)) values = field.bytes;
        if (field.key != WIRE_NUMBER(1) && field.key != WIRE_NUMBER(8) && field.key != WIRE_NUMBER(9))
            continue;
        const int64_t number = wire_unfolded(field.number);
        *(field.key == WIRE_NUMBER(1) ? &node.id : field.key == WIRE_NUMBER(8) ? &lat : &lon) = number;
        seen |= field.key == WIRE_NUMBER(1) ? 1 : field.key == WIRE_NUMBER(8) ? 2 : 4;
    }
    if (in.bad || seen != 7) return osm_block_damaged(block, error);
    const error_code rc = take_tags(block, keys, values, &node.tags, error);
    return rc == ERROR_NONE ? give_node(block, &node, lat, lon, error) : rc;
}

/* The tags of all dense nodes stand in one row: key, value, key, value, and 0 after the last of a node. */
static error_code take_dense_tags(struct osm_block *block, struct wire *row, struct osm_tags *tags,
                                  struct error *error)
{
    block->tags.count = 0;
    while (wire_more(row)) {
        const uint64_t key = wire_number(row);
        if (key == 0) break;
        const uint64_t value = wire_number(row);
        const error_code rc = row->bad ? osm_block_damaged(block, error) : add_tag(block, key, value, error);
        if (rc != ERROR_NONE) return rc;
    }
    *tags = osm_tags_of(block->tags.items, block->tags.count);
    return row->bad ? osm_block_damaged(block, error) : ERROR_NONE;
}

static error_code take_dense(struct osm_block *block, struct wire in, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct wire_field field;
    struct wire ids = {0}, lats = {0}, lons = {0}, row = {0};
    struct osm_node node = {0};
    int64_t lat = 0, lon = 0;
    while (wire_next(&in, &field)) {
        if (field.key == WIRE_BYTES(1)) ids = field.bytes;
        if (field.key == WIRE_BYTES(8)) lats = field.bytes;
        if (field.key == WIRE_BYTES(9)) lons = field.bytes;
        if (field.key == WIRE_BYTES(10)) row = field.bytes;
    }
    if (in.bad) TRY(osm_block_damaged(block, error));
    while (wire_more(&ids)) {
        node.id = step(node.id, &ids);
        lat = step(lat, &lats);
        lon = step(lon, &lons);
        if (ids.bad || lats.bad || lons.bad) break;
        TRY(take_dense_tags(block, &row, &node.tags, error));
        TRY(give_node(block, &node, lat, lon, error));
    }
    if (ids.bad || lats.bad || lons.bad || wire_more(&lats) || wire_more(&lons))
        TRY(osm_block_damaged(block, error));
done:
    return rc;
}

static error_code take_way(struct osm_block *block, struct wire in, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct wire_field field;
    struct wire keys = {0}, values = {0}, differences = {0};
    struct osm_way way = {0};
    int64_t id = 0;
    bool has_id = false;
    while (wire_next(&in, &field)) {
        if (field.key == WIRE_NUMBER(1)) way.id = (int64_t)field.number, has_id = true;
        if (field.key == WIRE_BYTES(2)) keys = field.bytes;
        if (field.key == WIRE_BYTES(3)) values = field.bytes;
        if (field.key == WIRE_BYTES(8)) differences = field.bytes;
    }
    block->nodes.count = 0;
    while (wire_more(&differences) && block->nodes.count < OSM_PARTS_MAX) {
        id = step(id, &differences);
        if (!array_push(&block->nodes, id)) TRY(error_memory(error));
    }
    if (in.bad || !has_id || differences.bad || wire_more(&differences)) TRY(osm_block_damaged(block, error));
    TRY(take_tags(block, keys, values, &way.tags, error));
    way.nodes = block->nodes.items;
    way.node_count = (int32_t)block->nodes.count;
    TRY(block->visitor->way(block->visitor->context, &way, error));
done:
    return rc;
}

static error_code take_members(struct osm_block *block, struct wire roles, struct wire differences,
                               struct wire kinds, struct error *error)
{
    int64_t id = 0;
    block->members.count = 0;
    while (wire_more(&differences) && block->members.count < OSM_PARTS_MAX) {
        id = step(id, &differences);
        const char *role = text_of(block, wire_number(&roles));
        const uint64_t kind = wire_number(&kinds);
        if (roles.bad || kinds.bad || role == NULL || kind >= OSM_KINDS)
            return osm_block_damaged(block, error);
        const struct osm_member member = {.kind = (osm_kind)kind, .id = id, .role = role};
        if (!array_push(&block->members, member)) return error_memory(error);
    }
    const bool whole =
        !differences.bad && !wire_more(&differences) && !wire_more(&roles) && !wire_more(&kinds);
    return whole ? ERROR_NONE : osm_block_damaged(block, error);
}

static error_code take_relation(struct osm_block *block, struct wire in, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct wire_field field;
    struct wire keys = {0}, values = {0}, roles = {0}, differences = {0}, kinds = {0};
    struct osm_relation relation = {0};
    bool has_id = false;
    while (wire_next(&in, &field)) {
        if (field.key == WIRE_NUMBER(1)) relation.id = (int64_t)field.number, has_id = true;
        if (field.key == WIRE_BYTES(2)) keys = field.bytes;
        if (field.key == WIRE_BYTES(3)) values = field.bytes;
        if (field.key == WIRE_BYTES(8)) roles = field.bytes;
        if (field.key == WIRE_BYTES(9)) differences = field.bytes;
        if (field.key == WIRE_BYTES(10)) kinds = field.bytes;
    }
    if (in.bad || !has_id) TRY(osm_block_damaged(block, error));
    TRY(take_members(block, roles, differences, kinds, error));
    TRY(take_tags(block, keys, values, &relation.tags, error));
    relation.members = block->members.items;
    relation.member_count = (int32_t)block->members.count;
    TRY(block->visitor->relation(block->visitor->context, &relation, error));
done:
    return rc;
}

/* ---- Blocks ---- */

static error_code take_group(struct osm_block *block, struct wire in, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct wire_field field;
    const struct osm_visitor *visitor = block->visitor;
    while (wire_next(&in, &field)) {
        if (field.key == WIRE_BYTES(1) && visitor->node != NULL) TRY(take_node(block, field.bytes, error));
        if (field.key == WIRE_BYTES(2) && visitor->node != NULL) TRY(take_dense(block, field.bytes, error));
        if (field.key == WIRE_BYTES(3) && visitor->way != NULL) TRY(take_way(block, field.bytes, error));
        if (field.key == WIRE_BYTES(4) && visitor->relation != NULL)
            TRY(take_relation(block, field.bytes, error));
    }
    if (in.bad) TRY(osm_block_damaged(block, error));
done:
    return rc;
}

/* What all groups need may stand behind them: two looks. */
error_code osm_block_data(struct osm_block *block, uint8_t *bytes, int64_t size, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct wire whole = {.at = bytes, .end = bytes + size};
    struct wire in = whole, texts = {0};
    struct wire_field field;
    block->granularity = 100;
    block->lat_offset = block->lon_offset = 0;
    block->texts.count = 0;
    while (wire_next(&in, &field)) {
        if (field.key == WIRE_BYTES(1)) texts = field.bytes;
        if (field.key == WIRE_NUMBER(17)) block->granularity = (int64_t)field.number;
        if (field.key == WIRE_NUMBER(19)) block->lat_offset = (int64_t)field.number;
        if (field.key == WIRE_NUMBER(20)) block->lon_offset = (int64_t)field.number;
    }
    if (in.bad) TRY(osm_block_damaged(block, error));
    TRY(take_texts(block, texts, bytes, error));
    for (in = whole; wire_next(&in, &field);)
        if (field.key == WIRE_BYTES(2)) TRY(take_group(block, field.bytes, error));
done:
    return rc;
}
