/* city.json: what holds for the whole city. Every member has a type, a range and a reason to be there;
 * unknown keys warn, missing ones are errors unless a default is harmless, and a default used is a note. */
#include "io/city_reader.h"

#include "solver/base/message.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char file_name[] = "city.json";
enum {
    PATH_MAX_BYTES = 96,
    DAYS_DEFAULT = 7,
    DAYS_MAX = 366,
    RETENTION_MAX_DAYS = 36500,
    QUALITY_MOST = 1000
};

/* A city.json being read. */
struct city_json {
    struct city_reader *reader;
    const struct json_source *source;
    bool exhausted; /* a text could not be copied */
};

static void note(struct city_json *from, const char *text)
{
    diagnostics_add(from->reader->list, SEVERITY_NOTE, (struct source_place){.file = file_name}, "%s", text);
}

/* ---- Members, with their complaints; `path` names the object in messages: "prices." ---- */

static void check_keys(struct city_json *from, const struct json *object, const char *path,
                       const char *const *known, int32_t count)
{
    for (const struct json *member = json_first(object); member != NULL; member = json_next(member)) {
        const char *key = json_key(member);
        char shown[64];
        bool expected = false;
        for (int32_t i = 0; i < count; i++) expected |= strcmp(known[i], key) == 0;
        text_shorten(key, strlen(key), shown, sizeof shown);
        if (json_get(object, key) != member) {
            json_complain_key(from->reader->list, SEVERITY_ERROR, from->source, member,
                              _("%s%s is there twice"), path, shown);
        } else if (!expected) {
            const char *near = text_nearest(known, count, key, strlen(key));
            json_complain_key(from->reader->list, SEVERITY_WARNING, from->source, member,
                              near != NULL ? _("unknown key %s%s: ignored (did you mean %s?)")
                                           : _("unknown key %s%s: ignored"),
                              path, shown, near);
        }
    }
}

/* A member, or NULL; missing is an error when `needed`. */
static const struct json *member_of(struct city_json *from, const struct json *object, const char *path,
                                    const char *key, bool needed)
{
    const struct json *member = json_get(object, key);
    if (member == NULL && needed) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, object, _("missing key %s%s"), path,
                      key);
    }
    return member;
}

static const struct json *object_of(struct city_json *from, const struct json *object, const char *path,
                                    const char *key, bool needed)
{
    const struct json *member = member_of(from, object, path, key, needed);
    if (member == NULL || json_is_object(member)) return member;
    json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                  _("%s%s: an object {…} was expected"), path, key);
    return NULL;
}

static double number_of(struct city_json *from, const struct json *object, const char *path, const char *key,
                        double least, double most, bool needed, double fallback)
{
    double value;
    const struct json *member = member_of(from, object, path, key, needed);
    if (member == NULL) return fallback;
    if (!json_number(member, &value)) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                      _("%s%s: a number was expected"), path, key);
        return fallback;
    }
    if (value >= least && value <= most) return value;
    json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                  _("%s%s is %.10g: expected %.10g to %.10g"), path, key, value, least, most);
    return fallback;
}

static money money_of(struct city_json *from, const struct json *object, const char *path, const char *key,
                      bool needed)
{
    return (money)llround(number_of(from, object, path, key, 0, 1e9, needed, 0) * (double)MONEY_UNIT);
}

static const char *copy_of(struct city_json *from, const char *text)
{
    const char *copy = arena_text(from->reader->arena, text, strlen(text));
    if (copy == NULL) from->exhausted = true;
    return copy;
}

/* A non-empty text, copied into the arena; NULL with a complaint. */
static const char *text_of(struct city_json *from, const struct json *object, const char *path,
                           const char *key, bool needed)
{
    const struct json *member = member_of(from, object, path, key, needed);
    const char *text = json_string(member);
    if (member == NULL) return NULL;
    if (text == NULL || text[0] == '\0') {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                      _("%s%s: a text was expected"), path, key);
        return NULL;
    }
    return copy_of(from, text);
}

/* ---- The city's zone and days ---- */

static error_code read_zone(struct city_json *from, const struct json *root, struct error *error)
{
    struct city *city = from->reader->city;
    struct error fault = {0};
    city->zone_name = text_of(from, root, "", "timezone", true);
    if (city->zone_name != NULL) {
        error_code rc = zone_open(city->zone_name, &city->zone, &fault);
        if (rc == ERROR_NONE) return rc;
        if (rc != ERROR_INPUT) {
            if (error != NULL) *error = fault;
            return rc;
        }
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, json_get(root, "timezone"), "%s",
                      fault.message);
    }
    return ERROR_NONE;
}

static void read_days(struct city_json *from, const struct json *root)
{
    struct city *city = from->reader->city;
    const char *start = text_of(from, root, "", "start", true);
    struct date_style style = {0};
    if (start != NULL) {
        const char *fault = text_date(start, strlen(start), &style, &city->start);
        if (fault != NULL) {
            json_complain(from->reader->list, SEVERITY_ERROR, from->source, json_get(root, "start"),
                          _("start: %s"), _(fault));
        }
    }
    const double days = number_of(from, root, "", "days", 1, DAYS_MAX, false, 0);
    city->days = days > 0 ? (int32_t)days : DAYS_DEFAULT;
    if (days != floor(days)) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, json_get(root, "days"),
                      _("days: a whole number was expected"));
    }
    if (json_get(root, "days") == NULL) note(from, _("no \"days\": a horizon of 7 days is taken"));
}

/* ---- The network ---- */

/* {"detour", "speed_kmh"}. A detour below 1 would be shorter than the straight line. */
static struct travel_profile read_profile(struct city_json *from, const struct json *object, const char *path,
                                          const char *name)
{
    static const char *const keys[] = {"detour", "speed_kmh"};
    struct travel_profile profile = {.name = copy_of(from, name)};
    check_keys(from, object, path, keys, 2);
    profile.detour = number_of(from, object, path, "detour", 1, 5, true, 1);
    profile.speed_kmh = number_of(from, object, path, "speed_kmh", 1, 130, true, 1);
    return profile;
}

/* Profile 0 is that of vehicles which name none: the straight line's, called "default". */
static error_code read_profiles(struct city_json *from, const struct json *network, bool needed,
                                struct error *error)
{
    error_code rc = ERROR_NONE;
    struct city *city = from->reader->city;
    const struct json *line = object_of(from, network, "network.", "straight_line", false);
    const struct json *named = object_of(from, network, "network.", "profiles", false);
    struct travel_profile *profiles;
    TRY_NEW(from->reader->arena, profiles, json_count(named) + 1);
    city->profiles = profiles;
    if (line != NULL) {
        profiles[city->profile_count++] = read_profile(from, line, "network.straight_line.", "default");
    }
    for (const struct json *member = json_first(named); member != NULL; member = json_next(member)) {
        char path[PATH_MAX_BYTES], shown[40];
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

static error_code read_network(struct city_json *from, const struct json *root, struct error *error)
{
    static const char *const keys[] = {"straight_line", "profiles", "matrix", "osm"};
    struct city_reader *reader = from->reader;
    struct city *city = reader->city;
    const struct json *network = object_of(from, root, "", "network", true);
    city->network = NETWORK_STRAIGHT_LINE;
    if (network == NULL) return ERROR_NONE;
    check_keys(from, network, "network.", keys, 4);
    const char *matrix = text_of(from, network, "network.", "matrix", false);
    const char *osm = text_of(from, network, "network.", "osm", false);
    if (osm != NULL) {
        city->network_file = osm;
        json_complain(reader->list, SEVERITY_WARNING, from->source, json_get(network, "osm"),
                      _("network.osm: roads are not read yet; straight lines with their detour are used"));
    }
    if (matrix != NULL) {
        city->network = NETWORK_MATRIX;
        city->network_file = reader->matrix_file = matrix;
        if (osm != NULL) {
            json_complain(reader->list, SEVERITY_ERROR, from->source, json_get(network, "osm"),
                          _("network: either matrix or osm"));
        }
    }
    return read_profiles(from, network, matrix == NULL, error);
}

/* ---- Prices, emissions, service, privacy ---- */

static void read_prices(struct city_json *from, const struct json *root)
{
    static const char *const keys[] = {"currency", "fuel_per_litre", "carbon_per_t"};
    struct city *city = from->reader->city;
    const struct json *prices = object_of(from, root, "", "prices", false);
    city->currency = "EUR";
    if (prices == NULL) {
        note(from, _("no \"prices\": fuel and carbon cost nothing; the currency is called EUR"));
        return;
    }
    check_keys(from, prices, "prices.", keys, 3);
    const char *currency = text_of(from, prices, "prices.", "currency", true);
    if (currency != NULL) city->currency = currency;
    city->fuel_per_litre = money_of(from, prices, "prices.", "fuel_per_litre", false);
    city->carbon_per_t = money_of(from, prices, "prices.", "carbon_per_t", false);
    if (json_get(prices, "fuel_per_litre") == NULL) note(from, _("no price of fuel: fuel costs nothing"));
    if (json_get(prices, "carbon_per_t") == NULL) note(from, _("no price of carbon: it costs nothing"));
}

/* The factors given; vehicles may add energies without one. 10 kg a litre is three times diesel's. */
static error_code read_emissions(struct city_json *from, const struct json *root, double **factors,
                                 const char ***sources, struct error *error)
{
    static const char *const keys[] = {"kgco2e_per_litre", "source"};
    error_code rc = ERROR_NONE;
    struct city_reader *reader = from->reader;
    const struct json *emissions = object_of(from, root, "", "emissions", false);
    TRY_NEW(reader->arena, *factors, json_count(emissions) + 1);
    TRY_NEW(reader->arena, *sources, json_count(emissions) + 1);
    for (const struct json *member = json_first(emissions); member != NULL; member = json_next(member)) {
        char path[PATH_MAX_BYTES], shown[40];
        int32_t number;
        bool added;
        const char *key = json_key(member);
        snprintf(path, sizeof path, "emissions.%s.", text_shorten(key, strlen(key), shown, sizeof shown));
        TRY(ids_add(&reader->energies, key, strlen(key), &number, &added, error));
        if (!added) {
            json_complain_key(reader->list, SEVERITY_ERROR, from->source, member, _("%s is there twice"),
                              path);
            continue;
        }
        (*factors)[number] = NAN;
        if (!json_is_object(member)) {
            json_complain(reader->list, SEVERITY_ERROR, from->source, member,
                          _("%s: an object {…} was expected"), path);
            continue;
        }
        check_keys(from, member, path, keys, 2);
        (*factors)[number] = number_of(from, member, path, "kgco2e_per_litre", 0, 10, true, NAN);
        (*sources)[number] = text_of(from, member, path, "source", false);
        if (json_get(member, "source") == NULL) {
            json_complain_key(reader->list, SEVERITY_WARNING, from->source, member,
                              _("%ssource is missing: an emission factor needs its source"), path);
        }
    }
done:
    return rc;
}

static void read_service(struct city_json *from, const struct json *root)
{
    static const char *const keys[] = {"overflow_probability_max", "overflow_cost", "frequency"};
    struct city *city = from->reader->city;
    const struct json *service = object_of(from, root, "", "service", true);
    if (service == NULL) return;
    check_keys(from, service, "service.", keys, 3);
    city->overflow_probability_max =
        number_of(from, service, "service.", "overflow_probability_max", 0.0001, 1, true, 1);
    city->overflow_cost = money_of(from, service, "service.", "overflow_cost", true);
    const char *frequency = text_of(from, service, "service.", "frequency", false);
    if (frequency == NULL) return;
    city->frequency_always = strcmp(frequency, "always") == 0;
    if (!city->frequency_always && strcmp(frequency, "unwatched") != 0) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, json_get(service, "frequency"),
                      _("service.frequency is “%s”: expected always or unwatched"), frequency);
    }
}

/* What a plan may cost more to be easier to live with; absent: nothing. */
static void read_quality(struct city_json *from, const struct json *root)
{
    static const char *const keys[] = {"change_cost_per_stop", "overlap_cost_per_pair",
                                       "imbalance_cost_per_h2", "target_work_h"};
    struct city *city = from->reader->city;
    const struct json *quality = object_of(from, root, "", "quality", false);
    if (quality == NULL) return;
    check_keys(from, quality, "quality.", keys, 4);
    money *const prices[] = {&city->change_cost, &city->overlap_cost, &city->imbalance_cost_per_h2};
    for (int32_t k = 0; k < 3; k++) {
        const double price = number_of(from, quality, "quality.", keys[k], 0, QUALITY_MOST, false, 0);
        *prices[k] = (money)llround(price * (double)MONEY_UNIT);
    }
    const bool balanced = city->imbalance_cost_per_h2 > 0;
    city->target_work_s =
        (int32_t)lround(3600 * number_of(from, quality, "quality.", "target_work_h", 0, 24, balanced, 0));
}

static void read_privacy(struct city_json *from, const struct json *root)
{
    static const char *const keys[] = {"retention_days"};
    const struct json *privacy = object_of(from, root, "", "privacy", false);
    if (privacy == NULL) return;
    check_keys(from, privacy, "privacy.", keys, 1);
    from->reader->city->retention_days =
        (int32_t)number_of(from, privacy, "privacy.", "retention_days", 1, RETENTION_MAX_DAYS, true, 0);
}

static error_code read_crs(struct city_json *from, const struct json *root, struct error *error)
{
    struct error fault = {0};
    const char *crs = text_of(from, root, "", "crs", false);
    if (crs == NULL) return ERROR_NONE;
    error_code rc = projection_open(crs, &from->reader->projection, &fault);
    if (rc == ERROR_INPUT) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, json_get(root, "crs"), "crs: %s",
                      fault.message);
        return ERROR_NONE;
    }
    if (rc != ERROR_NONE && error != NULL) *error = fault;
    return rc;
}

/* A folder within the city: what city.json names, else "rules" when there is one. */
static void read_rules(struct city_json *from, const struct json *root)
{
    const char *rules = text_of(from, root, "", "rules", false);
    if (rules != NULL && (rules[0] == '/' || strstr(rules, "..") != NULL)) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, json_get(root, "rules"),
                      _("rules: a folder within the city's folder was expected"));
        rules = NULL;
    }
    if (rules == NULL && json_get(root, "rules") == NULL && reader_has_file(from->reader, "rules")) {
        rules = "rules";
    }
    from->reader->rules = rules;
}

static error_code read_members(struct city_json *from, const struct json *root, struct error *error)
{
    static const char *const keys[] = {"name",   "timezone",  "crs",     "start",   "days",  "network",
                                       "prices", "emissions", "service", "quality", "rules", "privacy"};
    error_code rc = ERROR_NONE;
    struct city *city = from->reader->city;
    double *factors;
    const char **sources;
    check_keys(from, root, "", keys, sizeof keys / sizeof keys[0]);
    city->name = text_of(from, root, "", "name", true);
    TRY(read_zone(from, root, error));
    read_days(from, root);
    TRY(read_crs(from, root, error));
    TRY(read_network(from, root, error));
    read_prices(from, root);
    TRY(read_emissions(from, root, &factors, &sources, error));
    TRY_NEW(from->reader->arena, city->energies, from->reader->energies.count);
    city->energy_count = from->reader->energies.count;
    for (int32_t e = 0; e < city->energy_count; e++) {
        city->energies[e] = (struct energy){from->reader->energies.names[e], sources[e], factors[e]};
    }
    read_service(from, root);
    read_quality(from, root);
    read_rules(from, root);
    read_privacy(from, root);
    if (from->exhausted) rc = error_memory(error);
done:
    return rc;
}

error_code city_read_json(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct reader_json json = {.text = NULL};
    struct city_json from = {reader, &json.source, false};
    if (!reader_has_file(reader, file_name)) {
        diagnostics_add(reader->list, SEVERITY_ERROR, (struct source_place){.file = file_name},
                        _("missing file: a city must have it"));
    } else {
        TRY(reader_load_json(reader, file_name, &json, error));
        if (json.root != NULL && !json_is_object(json.root)) {
            json_complain(reader->list, SEVERITY_ERROR, &json.source, json.root,
                          _("an object {…} was expected"));
        } else if (json.root != NULL) {
            TRY(read_members(&from, json.root, error));
        }
    }
    /* The other files are still read when this one is wrong: any zone will do to judge their times. */
    if (reader->city->zone == NULL) rc = zone_open("UTC", &reader->city->zone, error);
done:
    reader_free_json(&json);
    return rc;
}
