/* "network" in city.json: straight lines, a matrix or an extract of OpenStreetMap, and the profiles of
 * vehicles. */
#include "io/city_members.h"

#include "solver/base/message.h"

#include <stdio.h>
#include <string.h>

/* {"detour", "speed_kmh"}. A detour below 1 would be shorter than the straight line. */
static struct travel_profile read_profile(struct city_json *from, const struct json *object, const char *path,
                                          const char *name)
{
    static const char *const keys[] = {"detour", "speed_kmh"};
    struct travel_profile profile = {.name = members_copy(from, name)};
    members_check(from, object, path, keys, 2);
    profile.detour = members_number(from, object, path, "detour", 1, 5, true, 1);
    profile.speed_kmh = members_number(from, object, path, "speed_kmh", 1, 130, true, 1);
    return profile;
}

/* Profile 0 is that of vehicles which name none: the straight line's, called "default". */
static error_code read_profiles(struct city_json *from, const struct json *network, bool needed,
                                struct error *error)
{
    error_code rc = ERROR_NONE;
    struct city *city = from->reader->city;
    const struct json *line = members_object(from, network, "network.", "straight_line", false);
    const struct json *named = members_object(from, network, "network.", "profiles", false);
    struct travel_profile *profiles;
    TRY_NEW(from->reader->arena, profiles, json_count(named) + 1);
    city->profiles = profiles;
    if (line != NULL) {
        profiles[city->profile_count++] = read_profile(from, line, "network.straight_line.", "default");
    }
    for (const struct json *member = json_first(named); member != NULL; member = json_next(member)) {
        char path[MEMBERS_PATH_MAX], shown[40];
        text_shorten(json_key(member), strlen(json_key(member)), shown, sizeof shown);
        snprintf(path, sizeof path, "network.profiles.%s.", shown);
        if (!json_is_object(member)) {
            json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                          _("%s: an object {…} was expected"), path);
        } else {
            profiles[city->profile_count++] = read_profile(from, member, path, json_key(member));
        }
    }
    if (city->profile_count > 0) goto done;
    if (needed && json_get(network, "straight_line") == NULL) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, network,
                      _("missing key network.straight_line {\"detour\", \"speed_kmh\"}"));
    }
    profiles[city->profile_count++] =
        (struct travel_profile){"default", 1, 1}; /* a matrix has its own times */
done:
    return rc;
}

error_code city_read_network(struct city_json *from, const struct json *root, struct error *error)
{
    static const char *const keys[] = {"straight_line", "profiles", "matrix", "osm"};
    struct city_reader *reader = from->reader;
    struct city *city = reader->city;
    const struct json *network = members_object(from, root, "", "network", true);
    city->network = NETWORK_STRAIGHT_LINE;
    if (network == NULL) return ERROR_NONE;
    members_check(from, network, "network.", keys, 4);
    const char *matrix = members_text(from, network, "network.", "matrix", false);
    const char *osm = members_text(from, network, "network.", "osm", false);
    if (osm != NULL) {
        city->network = NETWORK_OSM;
        city->network_file = osm;
        if (json_get(network, "straight_line") != NULL)
            json_complain(reader->list, SEVERITY_WARNING, from->source, json_get(network, "straight_line"),
                          _("network.straight_line: not used, since the roads of network.osm are"));
    }
    if (matrix != NULL) {
        city->network = NETWORK_MATRIX;
        city->network_file = reader->matrix_file = matrix;
        if (osm != NULL) {
            json_complain(reader->list, SEVERITY_ERROR, from->source, json_get(network, "osm"),
                          _("network: either matrix or osm"));
        }
    }
    if (city->network == NETWORK_OSM) return city_read_road_profiles(from, network, error);
    return read_profiles(from, network, matrix == NULL, error);
}
