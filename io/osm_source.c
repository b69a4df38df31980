#include "io/osm_source.h"

#include "io/gz.h"
#include "solver/base/message.h"

#include <stdbool.h>
#include <string.h>

/* ---- Tags ---- */

static uint32_t initial_of(const char *key)
{
    return UINT32_C(1) << ((unsigned char)key[0] % 32);
}

struct osm_tags osm_tags_of(const struct osm_tag *items, int64_t count)
{
    struct osm_tags tags = {.items = items, .count = (int32_t)count};
    for (int64_t i = 0; i < count; i++) tags.initials |= initial_of(items[i].key);
    return tags;
}

const char *osm_tag(const struct osm_tags *tags, const char *key)
{
    if ((tags->initials & initial_of(key)) == 0) return NULL;
    for (int32_t i = 0; i < tags->count; i++)
        if (strcmp(tags->items[i].key, key) == 0) return tags->items[i].value;
    return NULL;
}

/* ---- Formats ---- */

struct beginning {
    unsigned char bytes[32];
    size_t size;
};

static bool begins(const struct beginning *head, size_t at, const char *expected, size_t length)
{
    return head->size >= at + length && memcmp(head->bytes + at, expected, length) == 0;
}

#define BEGINS(head, at, expected) begins(head, at, expected, sizeof(expected) - 1)

/* The size of a header of few bytes, then its first field: what it heads. */
static bool is_pbf(const struct beginning *head)
{
    return BEGINS(head, 0, "\0\0\0") && BEGINS(head, 4, "\x0a\x09OSMHeader");
}

/* A mark of UTF-8 or UTF-16, or blanks, may come before the first angle bracket. */
static bool is_xml(const struct beginning *head)
{
    if (BEGINS(head, 0, "\xff\xfe<") || BEGINS(head, 0, "\xfe\xff\0<")) return true;
    size_t at = BEGINS(head, 0, "\xef\xbb\xbf") ? 3 : 0;
    while (at < head->size && strchr(" \t\r\n", head->bytes[at]) != NULL && head->bytes[at] != 0) at++;
    return at < head->size && head->bytes[at] == '<';
}

static error_code foreign(const char *path, const struct beginning *head, struct error *error)
{
    const char *why = _("the file is not an OpenStreetMap extract (.osm, .osm.gz or .osm.pbf)");
    if (head->size == 0) why = _("the file is empty: an OpenStreetMap extract was expected");
    if (BEGINS(head, 0, "BZh")) why = _("the file is packed by bzip2: unpack it, or pack it by gzip");
    if (BEGINS(head, 0, "\xff\xe0") || BEGINS(head, 0, "\xff\xff"))
        why = _("the file seems to be in the format o5m: convert it to .osm.pbf");
    return error_at(error, ERROR_NETWORK, path, 0, 0, "%s", why);
}

error_code osm_scan(const char *path, const struct osm_visitor *visitor, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct gz_file *file = NULL;
    struct beginning head;
    TRY(gz_open(path, &file, error));
    TRY(gz_read(file, head.bytes, sizeof head.bytes, &head.size, error));
    TRY(gz_rewind(file, error));
    if (is_pbf(&head))
        rc = osm_pbf_scan(file, path, visitor, error);
    else if (is_xml(&head))
        rc = osm_xml_scan(file, path, visitor, error);
    else
        rc = foreign(path, &head, error);
done:
    gz_close(file);
    return rc;
}
