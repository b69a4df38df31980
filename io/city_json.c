/* city.json: what holds for the whole city. Every member has a type, a range and a reason to be there;
 * unknown keys warn, missing ones are errors unless a default is harmless, and a default used is a note. */
#include "io/city_members.h"

#include "solver/base/message.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_DEFAULT = 7, DAYS_MAX = 366, RETENTION_MAX_DAYS = 36500, QUALITY_MOST = 1000 };

/* ---- The city's zone and days ---- */

static error_code read_zone(struct city_json *from, const struct json *root, struct error *error)
{
    struct city *city = from->reader->city;
    struct error fault = {0};
    city->zone_name = members_text(from, root, "", "timezone", true);
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
    const char *start = members_text(from, root, "", "start", true);
    struct date_style style = {0};
    if (start != NULL) {
        const char *fault = text_date(start, strlen(start), &style, &city->start);
        if (fault != NULL) {
            json_complain(from->reader->list, SEVERITY_ERROR, from->source, json_get(root, "start"),
                          _("start: %s"), _(fault));
        }
    }
    const double days = members_number(from, root, "", "days", 1, DAYS_MAX, false, 0);
    city->days = days > 0 ? (int32_t)days : DAYS_DEFAULT;
    if (days != floor(days)) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, json_get(root, "days"),
                      _("days: a whole number was expected"));
    }
    if (json_get(root, "days") == NULL) members_note(from, _("no \"days\": a horizon of 7 days is taken"));
}

/* ---- Prices, emissions, service, privacy ---- */

static void read_prices(struct city_json *from, const struct json *root)
{
    static const char *const keys[] = {"currency", "fuel_per_litre", "carbon_per_t"};
    struct city *city = from->reader->city;
    const struct json *prices = members_object(from, root, "", "prices", false);
    city->currency = "EUR";
    if (prices == NULL) {
        members_note(from, _("no \"prices\": fuel and carbon cost nothing; the currency is called EUR"));
        return;
    }
    members_check(from, prices, "prices.", keys, 3);
    const char *currency = members_text(from, prices, "prices.", "currency", true);
    if (currency != NULL) city->currency = currency;
    city->fuel_per_litre = members_money(from, prices, "prices.", "fuel_per_litre", false);
    city->carbon_per_t = members_money(from, prices, "prices.", "carbon_per_t", false);
    if (json_get(prices, "fuel_per_litre") == NULL)
        members_note(from, _("no price of fuel: fuel costs nothing"));
    if (json_get(prices, "carbon_per_t") == NULL)
        members_note(from, _("no price of carbon: it costs nothing"));
}

/* The factors given; vehicles may add energies without one. 10 kg a litre is three times diesel's. */
static error_code read_emissions(struct city_json *from, const struct json *root, double **factors,
                                 const char ***sources, struct error *error)
{
    static const char *const keys[] = {"kgco2e_per_litre", "source"};
    error_code rc = ERROR_NONE;
    struct city_reader *reader = from->reader;
    const struct json *emissions = members_object(from, root, "", "emissions", false);
    TRY_NEW(reader->arena, *factors, json_count(emissions) + 1);
    TRY_NEW(reader->arena, *sources, json_count(emissions) + 1);
    for (const struct json *member = json_first(emissions); member != NULL; member = json_next(member)) {
        char path[MEMBERS_PATH_MAX], shown[40];
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
        members_check(from, member, path, keys, 2);
        (*factors)[number] = members_number(from, member, path, "kgco2e_per_litre", 0, 10, true, NAN);
        (*sources)[number] = members_text(from, member, path, "source", false);
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
    const struct json *service = members_object(from, root, "", "service", true);
    if (service == NULL) return;
    members_check(from, service, "service.", keys, 3);
    city->overflow_probability_max =
        members_number(from, service, "service.", "overflow_probability_max", 0.0001, 1, true, 1);
    city->overflow_cost = members_money(from, service, "service.", "overflow_cost", true);
    const char *frequency = members_text(from, service, "service.", "frequency", false);
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
    const struct json *quality = members_object(from, root, "", "quality", false);
    if (quality == NULL) return;
    members_check(from, quality, "quality.", keys, 4);
    money *const prices[] = {&city->change_cost, &city->overlap_cost, &city->imbalance_cost_per_h2};
    for (int32_t k = 0; k < 3; k++) {
        const double price = members_number(from, quality, "quality.", keys[k], 0, QUALITY_MOST, false, 0);
        *prices[k] = (money)llround(price * (double)MONEY_UNIT);
    }
    const bool balanced = city->imbalance_cost_per_h2 > 0;
    city->target_work_s = (int32_t)lround(
        3600 * members_number(from, quality, "quality.", "target_work_h", 0, 24, balanced, 0));
}

static void read_privacy(struct city_json *from, const struct json *root)
{
    static const char *const keys[] = {"retention_days"};
    const struct json *privacy = members_object(from, root, "", "privacy", false);
    if (privacy == NULL) return;
    members_check(from, privacy, "privacy.", keys, 1);
    from->reader->city->retention_days =
        (int32_t)members_number(from, privacy, "privacy.", "retention_days", 1, RETENTION_MAX_DAYS, true, 0);
}

static error_code read_crs(struct city_json *from, const struct json *root, struct error *error)
{
    struct error fault = {0};
    const char *crs = members_text(from, root, "", "crs", false);
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
    const char *rules = members_text(from, root, "", "rules", false);
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
    members_check(from, root, "", keys, sizeof keys / sizeof keys[0]);
    city->name = members_text(from, root, "", "name", true);
    TRY(read_zone(from, root, error));
    read_days(from, root);
    TRY(read_crs(from, root, error));
    TRY(city_read_network(from, root, error));
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
    if (!reader_has_file(reader, MEMBERS_FILE)) {
        diagnostics_add(reader->list, SEVERITY_ERROR, (struct source_place){.file = MEMBERS_FILE},
                        _("missing file: a city must have it"));
    } else {
        TRY(reader_load_json(reader, MEMBERS_FILE, &json, error));
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
