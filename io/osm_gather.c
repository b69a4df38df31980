#include "io/osm_gather.h"

#include "io/osm_tags.h"
#include "solver/base/array.h"
#include "solver/base/message.h"

#include <stdlib.h>
#include <string.h>

/* Four times the roads of France; and the longest name that OpenStreetMap takes, 255 characters. */
enum { WAYS_MAX = 20000000, NAMED_NODES_MAX = 200000000, NAME_BYTES_MAX = 4 * 255 };

void osm_gather_init(struct osm_gather *gather, const char *path, struct arena *arena)
{
    *gather = (struct osm_gather){.path = path};
    ids_init(&gather->names, arena);
}

void osm_gather_free(struct osm_gather *gather)
{
    array_free(&gather->ways);
    array_free(&gather->named);
    array_free(&gather->turns);
    ids_free(&gather->names);
    free(gather->wanted);
    free(gather->nodes);
    free(gather->found);
}

/* ---- Ways ---- */

/* How many bytes the character has; 0: it is no UTF-8, or a control character. */
static size_t character_length(const unsigned char *at)
{
    if (at[0] < 0x80) return at[0] >= ' ' && at[0] != 0x7f;
    const size_t length = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
    if (at[0] < 0xc2 || at[0] > 0xf4) return 0;
    if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f)) return 0;
    if ((at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f)) return 0;
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xc0) != 0x80) return 0;
    return length;
}

static bool is_readable(const char *name)
{
    const unsigned char *at = (const unsigned char *)name;
    while (*at != '\0') {
        const size_t length = character_length(at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

static error_code take_name(struct osm_gather *gather, const struct osm_tags *tags, int32_t *number,
                            struct error *error)
{
    bool added;
    const char *name = osm_tag(tags, "name");
    *number = -1;
    if (name == NULL) name = osm_tag(tags, "ref");
    const size_t length = name == NULL ? 0 : strlen(name);
    if (length == 0 || length > NAME_BYTES_MAX || !is_readable(name)) return ERROR_NONE;
    return ids_add(&gather->names, name, length, number, &added, error);
}

/* A node that is named twice in a row is once on the way. */
static bool take_named(struct osm_gather *gather, const struct osm_way *from, struct road_way *way)
{
    const int64_t first = gather->named.count;
    for (int32_t n = 0; n < from->node_count; n++) {
        if (n > 0 && from->nodes[n] == from->nodes[n - 1]) continue;
        if (!array_push(&gather->named, from->nodes[n])) return false;
    }
    way->first_node = (int32_t)first;
    way->node_count = (int32_t)(gather->named.count - first);
    return true;
}

static int32_t side_of(const struct osm_tags *tags)
{
    const char *side = osm_tag(tags, "driving_side");
    return side == NULL ? 0 : (strcmp(side, "left") == 0) - (strcmp(side, "right") == 0);
}

error_code osm_gather_way(void *context, const struct osm_way *from, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct osm_gather *gather = context;
    struct road_way way = {.id = from->id};
    if (from->node_count < 2 || !osm_way_tags(&from->tags, &way)) return ERROR_NONE;
    if (gather->named.count + from->node_count > NAMED_NODES_MAX || gather->ways.count == WAYS_MAX)
        return error_at(error, ERROR_NETWORK, gather->path, 0, 0,
                        _("the file has too many roads for one network"));
    TRY(take_name(gather, &from->tags, &way.name, error));
    gather->left_hand += side_of(&from->tags);
    if (!take_named(gather, from, &way) || !array_push(&gather->ways, way)) rc = error_memory(error);
done:
    return rc;
}

/* ---- Nodes ---- */

static int compare_ids(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static int32_t without_repeats(int64_t *ids, int64_t count)
{
    int32_t kept = 0;
    for (int64_t i = 0; i < count; i++)
        if (i == 0 || ids[i] != ids[i - 1]) ids[kept++] = ids[i];
    return kept;
}

/* Through the growth of arrays, so that tests may refuse it. */
static bool allocate(void **items, int64_t count, size_t size)
{
    int64_t capacity = 0;
    if (!array_grow(items, &capacity, count > 0 ? count : 1, size)) return false;
    memset(*items, 0, (size_t)capacity * size);
    return true;
}

error_code osm_gather_wanted(struct osm_gather *gather, struct error *error)
{
    const int64_t count = gather->named.count;
    if (!allocate((void **)&gather->wanted, count, sizeof *gather->wanted)) return error_memory(error);
    if (count > 0) memcpy(gather->wanted, gather->named.items, (size_t)count * sizeof *gather->wanted);
    qsort(gather->wanted, (size_t)count, sizeof *gather->wanted, compare_ids);
    gather->wanted_count = without_repeats(gather->wanted, count);
    if (!allocate((void **)&gather->nodes, gather->wanted_count, sizeof *gather->nodes) ||
        !allocate((void **)&gather->found, gather->wanted_count, sizeof *gather->found))
        return error_memory(error);
    return ERROR_NONE;
}

int32_t osm_wanted_find(const struct osm_gather *gather, int64_t id)
{
    int32_t low = 0, high = gather->wanted_count;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (gather->wanted[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < gather->wanted_count && gather->wanted[low] == id ? low : -1;
}

error_code osm_gather_node(void *context, const struct osm_node *from, struct error *error)
{
    (void)error;
    struct osm_gather *gather = context;
    const int32_t number = osm_wanted_find(gather, from->id);
    if (number < 0) return ERROR_NONE;
    struct road_node node = {.lat_e7 = from->lat_e7, .lon_e7 = from->lon_e7};
    osm_node_tags(&from->tags, &node);
    gather->nodes[number] = node;
    gather->found[number] = true;
    return ERROR_NONE;
}
