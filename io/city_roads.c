/* network.profiles in city.json where there is an extract of OpenStreetMap: what the city's vehicles may use
 * of the roads, and how fast. A profile begins as one of those built in and says what differs:
 *
 *     "profiles": {"default": {"road": "truck", "weight_t": 19},
 *                  "small": {"road": "small_truck", "speeds_kmh": {"residential": 20}, "u_turns":
 * "dead_ends"}}
 *
 * Vehicles that name no profile have "default"; without it they are trucks. The profiles built in may be
 * named without being listed. */
#include "io/city_members.h"

#include "solver/base/message.h"
#include "solver/network/roads/road_profile.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char DEFAULT_NAME[] = "default", DEFAULT_ROAD[] = "truck";

static const char *const CLASS_NAMES[ROAD_CLASSES] = {
    [ROAD_MOTORWAY] = "motorway",
    [ROAD_MOTORWAY_LINK] = "motorway_link",
    [ROAD_TRUNK] = "trunk",
    [ROAD_TRUNK_LINK] = "trunk_link",
    [ROAD_PRIMARY] = "primary",
    [ROAD_PRIMARY_LINK] = "primary_link",
    [ROAD_SECONDARY] = "secondary",
    [ROAD_SECONDARY_LINK] = "secondary_link",
    [ROAD_TERTIARY] = "tertiary",
    [ROAD_TERTIARY_LINK] = "tertiary_link",
    [ROAD_UNCLASSIFIED] = "unclassified",
    [ROAD_RESIDENTIAL] = "residential",
    [ROAD_LIVING_STREET] = "living_street",
    [ROAD_SERVICE] = "service",
    [ROAD_ALLEY] = "alley",
    [ROAD_DRIVEWAY] = "driveway",
    [ROAD_PARKING_AISLE] = "parking_aisle",
    [ROAD_PEDESTRIAN] = "pedestrian",
    [ROAD_TRACK] = "track",
};

static const char *const U_TURN_NAMES[] = {[U_TURNS_AT_TURNING_PLACES] = "turning_places",
                                           [U_TURNS_AT_DEAD_ENDS] = "dead_ends",
                                           [U_TURNS_ANYWHERE] = "anywhere"};
enum { U_TURN_NAME_COUNT = sizeof U_TURN_NAMES / sizeof *U_TURN_NAMES };

/* The index of a text among some, complained of when it is not there; `otherwise` then, or without it. */
static int32_t choice_of(struct city_json *from, const struct json *object, const char *path, const char *key,
                         const char *const *names, int32_t count, int32_t otherwise)
{
    const char *text = members_text(from, object, path, key, false);
    if (text == NULL) return otherwise;
    for (int32_t k = 0; k < count; k++)
        if (strcmp(names[k], text) == 0) return k;
    const char *near = text_nearest(names, count, text, strlen(text));
    json_complain(from->reader->list, SEVERITY_ERROR, from->source, json_get(object, key),
                  near != NULL ? _("%s%s: “%s” is not known (did you mean “%s”?)")
                               : _("%s%s: “%s” is not known"),
                  path, key, text, near);
    return otherwise;
}

static void read_speeds(struct city_json *from, const struct json *object, const char *path,
                        struct road_profile *road)
{
    char inner[MEMBERS_PATH_MAX];
    const struct json *speeds = members_object(from, object, path, "speeds_kmh", false);
    if (speeds == NULL) return;
    snprintf(inner, sizeof inner, "%sspeeds_kmh.", path);
    members_check(from, speeds, inner, CLASS_NAMES, ROAD_CLASSES);
    for (int32_t c = 0; c < ROAD_CLASSES; c++)
        road->speed_kmh[c] = (uint8_t)lround(
            members_number(from, speeds, inner, CLASS_NAMES[c], 0, 130, false, road->speed_kmh[c]));
}

static void read_enters_private(struct city_json *from, const struct json *object, const char *path,
                                struct road_profile *road)
{
    const struct json *member = members_get(from, object, path, "private", false);
    if (member != NULL && !json_flag(member, &road->enters_private))
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                      _("%s%s: true or false was expected"), path, "private");
}

static void read_road(struct city_json *from, const struct json *object, const char *path,
                      struct road_profile *road)
{
    static const char *const keys[] = {"road",    "weight_t",   "axle_t",  "height_m", "width_m",
                                       "u_turns", "speeds_kmh", "private", "detour",   "speed_kmh"};
    const char *names[ROAD_PROFILES];
    int32_t base = 0;
    members_check(from, object, path, keys, sizeof keys / sizeof *keys);
    for (int32_t p = 0; p < ROAD_PROFILES; p++) {
        names[p] = road_profiles[p].name;
        if (strcmp(names[p], DEFAULT_ROAD) == 0) base = p;
    }
    *road = road_profiles[choice_of(from, object, path, "road", names, ROAD_PROFILES, base)];
    road->weight_kg = (int32_t)lround(
        1000 * members_number(from, object, path, "weight_t", 0.5, 60, false, road->weight_kg / 1000.0));
    road->axle_kg = (int32_t)lround(
        1000 * members_number(from, object, path, "axle_t", 0.2, 20, false, road->axle_kg / 1000.0));
    road->height_cm = (int32_t)lround(
        100 * members_number(from, object, path, "height_m", 1, 5, false, road->height_cm / 100.0));
    road->width_cm = (int32_t)lround(
        100 * members_number(from, object, path, "width_m", 1, 4, false, road->width_cm / 100.0));
    road->u_turns = (road_u_turns)choice_of(from, object, path, "u_turns", U_TURN_NAMES, U_TURN_NAME_COUNT,
                                            (int32_t)road->u_turns);
    read_enters_private(from, object, path, road);
    read_speeds(from, object, path, road);
}

/* --- the list --- */

static int32_t index_of(const struct city *city, const char *name)
{
    for (int32_t p = 0; p < city->profile_count; p++)
        if (strcmp(city->profiles[p].name, name) == 0) return p;
    return -1;
}

/* For estimates before ways are known: a street in town. */
static void add(struct city *city, const char *name, const struct road_profile *road)
{
    city->profiles[city->profile_count] = (struct travel_profile){
        .name = name,
        .detour = 1.4,
        .speed_kmh = road->speed_kmh[ROAD_RESIDENTIAL] > 0 ? road->speed_kmh[ROAD_RESIDENTIAL] : 20};
    city->road_profiles[city->profile_count++] = *road;
}

static void add_named(struct city_json *from, const struct json *member)
{
    char path[MEMBERS_PATH_MAX], shown[40];
    struct road_profile road;
    text_shorten(json_key(member), strlen(json_key(member)), shown, sizeof shown);
    snprintf(path, sizeof path, "network.profiles.%s.", shown);
    if (!json_is_object(member)) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                      _("%s: an object {…} was expected"), path);
        return;
    }
    read_road(from, member, path, &road);
    const char *name = members_copy(from, json_key(member));
    if (name != NULL) add(from->reader->city, name, &road);
}

error_code city_read_road_profiles(struct city_json *from, const struct json *network, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct city *city = from->reader->city;
    const struct json *named = members_object(from, network, "network.", "profiles", false);
    const struct json *first = json_get(named, DEFAULT_NAME);
    const int64_t most = json_count(named) + 1 + ROAD_PROFILES;
    TRY_NEW(from->reader->arena, city->profiles, most);
    TRY_NEW(from->reader->arena, city->road_profiles, most);
    if (first != NULL)
        add_named(from, first);
    else
        add(city, DEFAULT_NAME, road_profile_named(DEFAULT_ROAD));
    for (const struct json *member = json_first(named); member != NULL; member = json_next(member))
        if (member != first) add_named(from, member);
    for (int32_t p = 0; p < ROAD_PROFILES; p++)
        if (index_of(city, road_profiles[p].name) < 0) add(city, road_profiles[p].name, &road_profiles[p]);
done:
    return rc;
}
