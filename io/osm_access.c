#include "io/osm_tags.h"

#include <string.h>

/* ---- Access ---- */

enum { HIERARCHY_MAX = 5 };

/* From the most particular to access=*. Goods vehicles are light ones: what keeps them out keeps out a truck,
 * unless hgv=* says otherwise. */
static const char *const HIERARCHY[ROAD_VEHICLES][HIERARCHY_MAX][3] = {
    {{"motorcar", "motorcar:forward", "motorcar:backward"},
     {"motor_vehicle", "motor_vehicle:forward", "motor_vehicle:backward"},
     {"vehicle", "vehicle:forward", "vehicle:backward"},
     {"access", "access:forward", "access:backward"}},
    {{"hgv", "hgv:forward", "hgv:backward"},
     {"goods", "goods:forward", "goods:backward"},
     {"motor_vehicle", "motor_vehicle:forward", "motor_vehicle:backward"},
     {"vehicle", "vehicle:forward", "vehicle:backward"},
     {"access", "access:forward", "access:backward"}}};

struct named_access {
    const char *value;
    road_access access;
};

static const struct named_access VALUES[] = {{"yes", ROAD_OPEN},
                                             {"designated", ROAD_OPEN},
                                             {"permissive", ROAD_OPEN},
                                             {"official", ROAD_OPEN},
                                             {"public", ROAD_OPEN},
                                             {"discouraged", ROAD_OPEN},
                                             {"destination", ROAD_TO_DESTINATION},
                                             {"delivery", ROAD_TO_DESTINATION},
                                             {"customers", ROAD_TO_DESTINATION},
                                             {"residents", ROAD_TO_DESTINATION},
                                             {"private", ROAD_PRIVATE},
                                             {"permit", ROAD_PRIVATE},
                                             {"no", ROAD_CLOSED},
                                             {"agricultural", ROAD_CLOSED},
                                             {"forestry", ROAD_CLOSED},
                                             {"emergency", ROAD_CLOSED},
                                             {"military", ROAD_CLOSED},
                                             {"use_sidepath", ROAD_CLOSED},
                                             {"psv", ROAD_CLOSED},
                                             {"bus", ROAD_CLOSED}};

/* The length of the first word of a list, and where the next begins. */
static size_t word_length(const char *list, const char **next)
{
    const size_t length = strcspn(list, "; ");
    *next = list + length + strspn(list + length, "; ");
    return length;
}

static bool is_word(const char *word, size_t length, const char *expected)
{
    return strlen(expected) == length && strncmp(word, expected, length) == 0;
}

/* Of a list ("agricultural;delivery") the most open. */
static bool access_of(const char *list, road_access *access)
{
    bool known = false;
    for (const char *word = list, *next; *word != '\0'; word = next) {
        const size_t length = word_length(word, &next);
        for (size_t v = 0; v < sizeof VALUES / sizeof *VALUES; v++) {
            if (!is_word(word, length, VALUES[v].value)) continue;
            if (!known || VALUES[v].access < *access) *access = VALUES[v].access;
            known = true;
        }
    }
    return known;
}

road_access osm_access(const struct osm_tags *tags, road_vehicle vehicle, int32_t direction, bool general,
                       road_access otherwise)
{
    road_access access;
    for (int32_t h = 0; h < HIERARCHY_MAX && HIERARCHY[vehicle][h][0] != NULL; h++) {
        const char *const *keys = HIERARCHY[vehicle][h];
        if (!general && strcmp(keys[0], "access") == 0) continue;
        const char *directed = direction == DIRECTION_NONE ? NULL : osm_tag(tags, keys[1 + direction]);
        if (directed != NULL && access_of(directed, &access)) return access;
        const char *both = osm_tag(tags, keys[0]);
        if (both != NULL && access_of(both, &access)) return access;
    }
    return otherwise;
}

/* ---- Directions ---- */

enum { ONEWAY_KEYS_MAX = 4 };

static const char *const ONEWAY_KEYS[ROAD_VEHICLES][ONEWAY_KEYS_MAX] = {
    {"oneway:motorcar", "oneway:motor_vehicle", "oneway"},
    {"oneway:hgv", "oneway:goods", "oneway:motor_vehicle", "oneway"}};

struct named_oneway {
    const char *value;
    bool open[2];
};

static const struct named_oneway ONEWAYS[] = {
    {"yes", {true, false}},     {"true", {true, false}},        {"1", {true, false}}, {"-1", {false, true}},
    {"reverse", {false, true}}, {"reversible", {false, false}}, {"no", {true, true}}, {"false", {true, true}},
    {"0", {true, true}},        {"alternating", {true, true}}};

void osm_oneway(const struct osm_tags *tags, road_vehicle vehicle, bool implied, bool open[2])
{
    for (int32_t k = 0; k < ONEWAY_KEYS_MAX && ONEWAY_KEYS[vehicle][k] != NULL; k++) {
        const char *value = osm_tag(tags, ONEWAY_KEYS[vehicle][k]);
        for (size_t o = 0; value != NULL && o < sizeof ONEWAYS / sizeof *ONEWAYS; o++) {
            if (strcmp(value, ONEWAYS[o].value) != 0) continue;
            memcpy(open, ONEWAYS[o].open, sizeof ONEWAYS[o].open);
            return;
        }
    }
    open[0] = true;
    open[1] = !implied;
}

/* ---- Exceptions ---- */

bool osm_excepted(const char *list, road_vehicle vehicle)
{
    for (const char *word = list, *next; *word != '\0'; word = next) {
        const size_t length = word_length(word, &next);
        for (int32_t h = 0; h < HIERARCHY_MAX && HIERARCHY[vehicle][h][0] != NULL; h++) {
            if (vehicle == ROAD_TRUCK && strcmp(HIERARCHY[vehicle][h][0], "goods") == 0) continue;
            if (is_word(word, length, HIERARCHY[vehicle][h][0])) return true;
        }
    }
    return false;
}
