/* Relations of turn restrictions: who may not go from which way over what into which. */
#include "io/osm_gather.h"
#include "io/osm_tags.h"
#include "solver/base/array.h"

#include <string.h>

/* ---- What is forbidden, and to whom ---- */

static bool starts_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static bool is_restriction(const struct osm_tags *tags)
{
    const char *type = osm_tag(tags, "type");
    return type != NULL && (strcmp(type, "restriction") == 0 || starts_with(type, "restriction:"));
}

/* The restriction for a vehicle, its own key before that of all; NULL: none. */
static const char *restriction_of(const struct osm_tags *tags, road_vehicle vehicle)
{
    static const char *const keys[ROAD_VEHICLES][3] = {
        {"restriction:motorcar", "restriction:motor_vehicle", "restriction"},
        {"restriction:hgv", "restriction:motor_vehicle", "restriction"}};
    const char *except = osm_tag(tags, "except");
    for (int32_t k = 0; k < 3; k++) {
        const char *value = osm_tag(tags, keys[vehicle][k]);
        if (value == NULL || (!starts_with(value, "no_") && !starts_with(value, "only_"))) continue;
        return except != NULL && osm_excepted(except, vehicle) ? NULL : value;
    }
    return NULL;
}

/* ---- Members ---- */

enum { SIDES_MAX = 8, TURNS_MAX = 2000000 };

struct members {
    int32_t froms, tos, vias;
    const struct osm_member *via;
    bool odd; /* a member in a role that is not its own */
};

/* A `from` or `to` is a way; a `via` a way or a node. Other roles (location_hint, …) say nothing. */
static struct members members_of(const struct osm_relation *relation)
{
    struct members members = {0};
    for (int32_t m = 0; m < relation->member_count; m++) {
        const struct osm_member *member = &relation->members[m];
        const bool from = strcmp(member->role, "from") == 0, to = strcmp(member->role, "to") == 0;
        const bool via = strcmp(member->role, "via") == 0;
        members.froms += from;
        members.tos += to;
        members.vias += via;
        if (via) members.via = member;
        if (((from || to) && member->kind != OSM_WAY) || (via && member->kind == OSM_RELATION))
            members.odd = true;
    }
    return members;
}

/* One `via`. Several ways to come from or to go into stand for so many restrictions, of which those hold
 * whose ways meet: people also list the ways of a whole street. No junction has more than SIDES_MAX; France
 * has fewer than a tenth of TURNS_MAX. */
static bool is_usable(const struct members *members)
{
    return !members->odd && members->vias == 1 && members->froms > 0 && members->tos > 0 &&
           members->froms <= SIDES_MAX && members->tos <= SIDES_MAX;
}

/* One for each pair. */
static bool add_turns(struct osm_gather *gather, const struct osm_relation *relation, struct osm_turn turn)
{
    for (int32_t f = 0; f < relation->member_count; f++) {
        if (strcmp(relation->members[f].role, "from") != 0) continue;
        turn.from = relation->members[f].id;
        for (int32_t t = 0; t < relation->member_count; t++) {
            if (strcmp(relation->members[t].role, "to") != 0) continue;
            turn.to = relation->members[t].id;
            if (!array_push(&gather->turns, turn)) return false;
        }
    }
    return true;
}

/* Vehicles bound by the same words share a restriction. */
error_code osm_gather_relation(void *context, const struct osm_relation *relation, struct error *error)
{
    struct osm_gather *gather = context;
    if (!is_restriction(&relation->tags)) return ERROR_NONE;
    const struct members members = members_of(relation);
    const char *values[ROAD_VEHICLES];
    for (int32_t v = 0; v < ROAD_VEHICLES; v++) values[v] = restriction_of(&relation->tags, (road_vehicle)v);
    const bool same = values[ROAD_CAR] != NULL && values[ROAD_TRUCK] != NULL &&
                      strcmp(values[ROAD_CAR], values[ROAD_TRUCK]) == 0;
    for (int32_t v = 0; v < ROAD_VEHICLES; v++) {
        if (values[v] == NULL || (same && v == ROAD_TRUCK)) continue;
        if (!is_usable(&members) || gather->turns.count > TURNS_MAX) {
            gather->lost_turns++;
            return ERROR_NONE;
        }
        struct osm_turn turn = {.id = relation->id,
                                .group = gather->turn_groups++,
                                .via = members.via->id,
                                .via_is_way = members.via->kind == OSM_WAY,
                                .only = starts_with(values[v], "only_")};
        turn.binds[v] = true;
        if (same) turn.binds[ROAD_TRUCK] = true;
        if (!add_turns(gather, relation, turn)) return error_memory(error);
    }
    return ERROR_NONE;
}
