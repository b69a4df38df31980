/* The frame of a PBF file: blocks, each with a header that gives its kind and size, each compressed by
 * itself. What is within a block is read by osm_block.c.
 *
 * Written from the format's description on OpenStreetMap's wiki ("PBF Format"). The limits on sizes are those
 * that it sets to writers; they are looked at before anything is allocated.
 */
#include "io/gz.h"
#include "io/osm_block.h"
#include "solver/base/array.h"
#include "solver/base/message.h"

#include <string.h>

enum { HEADER_BYTES_MAX = 64 * 1024, BLOCK_BYTES_MAX = 32 * 1024 * 1024 };

struct bytes {
    uint8_t *items;
    int64_t count, capacity;
};

struct pbf {
    struct gz_file *file;
    struct osm_block block;
    struct bytes packed, unpacked;
};

typedef enum block_kind { BLOCK_HEADER, BLOCK_DATA, BLOCK_OTHER } block_kind;

/* ---- Frames ---- */

static error_code cut_off(const struct pbf *pbf, struct error *error)
{
    return error_at(error, ERROR_NETWORK, pbf->block.path, 0, 0, _("the file is cut off in block %lld"),
                    (long long)pbf->block.number);
}

static error_code take_bytes(struct pbf *pbf, struct bytes *bytes, uint64_t size, struct error *error)
{
    size_t got;
    if (!array_reserve(bytes, (int64_t)size + 1)) return error_memory(error);
    bytes->count = (int64_t)size;
    const error_code rc = gz_read(pbf->file, bytes->items, (size_t)size, &got, error);
    if (rc != ERROR_NONE) return rc;
    return got == size ? ERROR_NONE : cut_off(pbf, error);
}

static struct wire wire_of(const struct bytes *bytes)
{
    return (struct wire){.at = bytes->items, .end = bytes->items + bytes->count};
}

/* The size of the next header: four bytes, the highest first; *found is false at the end of the file. */
static error_code take_header_size(struct pbf *pbf, uint32_t *size, bool *found, struct error *error)
{
    uint8_t bytes[4];
    size_t got;
    const error_code rc = gz_read(pbf->file, bytes, sizeof bytes, &got, error);
    if (rc != ERROR_NONE) return rc;
    *found = got > 0;
    if (*found && got < sizeof bytes) return cut_off(pbf, error);
    if (*found)
        *size = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    return ERROR_NONE;
}

static block_kind kind_of(const struct wire *name)
{
    const size_t length = (size_t)(name->end - name->at);
    if (length == strlen("OSMHeader") && memcmp(name->at, "OSMHeader", length) == 0) return BLOCK_HEADER;
    if (length == strlen("OSMData") && memcmp(name->at, "OSMData", length) == 0) return BLOCK_DATA;
    return BLOCK_OTHER;
}

static error_code take_header(struct pbf *pbf, uint32_t size, block_kind *kind, uint64_t *block_size,
                              struct error *error)
{
    if (size > HEADER_BYTES_MAX) return osm_block_damaged(&pbf->block, error);
    const error_code rc = take_bytes(pbf, &pbf->packed, size, error);
    if (rc != ERROR_NONE) return rc;
    struct wire in = wire_of(&pbf->packed), name = {0};
    struct wire_field field;
    *block_size = UINT64_MAX;
    while (wire_next(&in, &field)) {
        if (field.key == WIRE_BYTES(1)) name = field.bytes;
        if (field.key == WIRE_NUMBER(3)) *block_size = field.number;
    }
    if (in.bad || name.at == NULL || *block_size > BLOCK_BYTES_MAX)
        return osm_block_damaged(&pbf->block, error);
    *kind = kind_of(&name);
    return ERROR_NONE;
}

/* ---- Blocks ---- */

/* Where the content stands, bare or compressed by one of several programs. */
struct blob {
    struct wire bare, zlib;
    uint64_t size; /* unpacked */
    bool other;    /* compressed by what is not read here: LZMA, bzip2, LZ4, Zstandard */
};

static bool blob_read(struct wire in, struct blob *blob)
{
    struct wire_field field;
    while (wire_next(&in, &field)) {
        switch (field.key) {
        case WIRE_BYTES(1):
            blob->bare = field.bytes;
            break;
        case WIRE_NUMBER(2):
            blob->size = field.number;
            break;
        case WIRE_BYTES(3):
            blob->zlib = field.bytes;
            break;
        case WIRE_BYTES(4):
        case WIRE_BYTES(5):
        case WIRE_BYTES(6):
        case WIRE_BYTES(7):
            blob->other = true;
            break;
        default:
            break;
        }
    }
    return !in.bad;
}

static error_code unpack(struct pbf *pbf, const struct blob *blob, struct error *error)
{
    const struct wire *from = blob->bare.at != NULL ? &blob->bare : &blob->zlib;
    const uint64_t packed_size = (uint64_t)(from->end - from->at);
    const uint64_t size = blob->bare.at != NULL ? packed_size : blob->size;
    if (from->at == NULL && blob->other)
        return error_at(error, ERROR_NETWORK, pbf->block.path, 0, 0,
                        _("the file has blocks that are not compressed by zlib: convert it"));
    if (from->at == NULL || size > BLOCK_BYTES_MAX) return osm_block_damaged(&pbf->block, error);
    if (!array_reserve(&pbf->unpacked, (int64_t)size + 1)) return error_memory(error);
    pbf->unpacked.count = (int64_t)size;
    if (from == &blob->bare) {
        if (size > 0) memcpy(pbf->unpacked.items, from->at, size);
        return ERROR_NONE;
    }
    const error_code rc = gz_unpack(from->at, packed_size, pbf->unpacked.items, size);
    if (rc == ERROR_MEMORY) return error_memory(error);
    return rc == ERROR_NONE ? rc : osm_block_damaged(&pbf->block, error);
}

/* Kinds of blocks that are not known may be passed over. */
static error_code take_block(struct pbf *pbf, uint32_t header_size, struct error *error)
{
    error_code rc = ERROR_NONE;
    block_kind kind = BLOCK_OTHER;
    uint64_t size = 0;
    struct blob blob = {0};
    TRY(take_header(pbf, header_size, &kind, &size, error));
    TRY(take_bytes(pbf, &pbf->packed, size, error));
    if (kind == BLOCK_OTHER) goto done;
    if (!blob_read(wire_of(&pbf->packed), &blob)) TRY(osm_block_damaged(&pbf->block, error));
    TRY(unpack(pbf, &blob, error));
    if (kind == BLOCK_HEADER)
        TRY(osm_block_header(&pbf->block, wire_of(&pbf->unpacked), error));
    else
        TRY(osm_block_data(&pbf->block, pbf->unpacked.items, pbf->unpacked.count, error));
done:
    return rc;
}

error_code osm_pbf_scan(struct gz_file *file, const char *path, const struct osm_visitor *visitor,
                        struct error *error)
{
    error_code rc = ERROR_NONE;
    struct pbf pbf = {.file = file, .block = {.path = path, .visitor = visitor, .number = 1}};
    for (;; pbf.block.number++) {
        uint32_t size = 0;
        bool found = false;
        TRY(take_header_size(&pbf, &size, &found, error));
        if (!found) break;
        TRY(take_block(&pbf, size, error));
    }
done:
    osm_block_free(&pbf.block);
    array_free(&pbf.packed);
    array_free(&pbf.unpacked);
    return rc;
}
