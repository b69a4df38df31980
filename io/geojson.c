#include "io/geojson.h"

#include "io/json.h"
#include "io/timetable.h"
#include "io/way_line.h"

#include <math.h>
#include <stdlib.h>

static void put_position(struct json *parent, const char *key, struct position position)
{
    struct json *pair = json_new_array();
    json_put_number(pair, NULL, round(position.lon * 1e6) / 1e6);
    json_put_number(pair, NULL, round(position.lat * 1e6) / 1e6);
    json_put(parent, key, pair);
}

/* A feature of this kind in `features`; its properties, to be filled. */
static struct json *add_feature(struct json *features, const char *kind, struct json *geometry)
{
    struct json *feature = json_new_object(), *properties = json_new_object();
    json_put_string(properties, "kind", kind);
    json_put_string(feature, "type", "Feature");
    json_put(feature, "geometry", geometry);
    json_put(feature, "properties", properties);
    json_put(features, NULL, feature);
    return properties;
}

static struct json *point(struct position position)
{
    struct json *geometry = json_new_object();
    json_put_string(geometry, "type", "Point");
    put_position(geometry, "coordinates", position);
    return geometry;
}

static struct json *line(const struct way_line *way)
{
    struct json *geometry = json_new_object(), *coordinates = json_new_array();
    for (int32_t k = 0; k < way->count; k++) put_position(coordinates, NULL, way->points[k]);
    json_put_string(geometry, "type", "LineString");
    json_put(geometry, "coordinates", coordinates);
    return geometry;
}

static void put_time(struct json *parent, const char *key, const struct driven *driven, int64_t elapsed_s)
{
    const struct zone *zone = driven->city->zone;
    char text[INSTANT_TEXT_SIZE];
    instant_text(zone, zone_midnight(zone, driven->problem->day) + elapsed_s, text);
    json_put_string(parent, key, text);
}

static void put_rounded(struct json *parent, const char *key, double number, double scale)
{
    json_put_number(parent, key, round(number * scale) / scale);
}

static void add_route(struct json *features, const struct driven *driven, const struct timetable *timetable,
                      const struct way_line *way, int32_t route)
{
    const struct checked_route *checked = &driven->report->routes[route];
    struct json *properties = add_feature(features, "route", line(way));
    json_put_integer(properties, "route", route + 1);
    json_put_string(properties, "vehicle_id", timetable->vehicle->id);
    put_time(properties, "departure", driven, checked->departure_s);
    put_time(properties, "return", driven, checked->return_s);
    json_put_number(properties, "distance_km", (double)checked->distance_m / 1000.0);
    json_put_integer(properties, "stops", checked->stops);
    json_put_integer(properties, "trips", checked->trips);
    json_put_integer(properties, "collected_kg", checked->collected_kg);
    json_put_string(properties, "geometry", way->roads ? "roads" : "straight");
}

/* A stop or an unloading of a route. */
static void add_visit(struct json *features, const struct driven *driven, const struct timetable *timetable,
                      int32_t route, int32_t index)
{
    const struct city *city = driven->city;
    const struct visit *visit = &timetable->visits[index];
    if (visit->kind != VISIT_STOP && visit->kind != VISIT_DISPOSAL) return;
    struct json *properties = add_feature(features, visit_kind_name(visit->kind), point(visit->position));
    json_put_integer(properties, "route", route + 1);
    json_put_string(properties, "vehicle_id", timetable->vehicle->id);
    json_put_integer(properties, "sequence", index);
    json_put_integer(properties, "trip", visit->trip);
    put_time(properties, "begin", driven, visit->begin_s);
    put_time(properties, "end", driven, visit->end_s);
    if (visit->kind == VISIT_DISPOSAL) {
        json_put_string(properties, "site_id", city->sites[visit->place].id);
        json_put_integer(properties, "unloaded_kg", visit->unloaded_kg);
        return;
    }
    struct json *ids = json_new_array();
    for (int32_t i = 0; i < visit->bin_count; i++) json_put_string(ids, NULL, city->bins[visit->bins[i]].id);
    json_put(properties, "bin_ids", ids);
    json_put_string(properties, "address", city->bins[visit->bins[0]].address);
    json_put_string(properties, "reason", choice_reason_name(visit->reason));
    json_put_flag(properties, "mandatory", choice_mandatory(visit->reason));
    put_rounded(properties, "risk", visit->risk, 1e4);
    put_rounded(properties, "expected_fill_percent", visit->fill_percent, 10);
    json_put_integer(properties, "collected_kg", visit->collected_kg);
}

static void add_unserved(struct json *features, const struct driven *driven)
{
    const struct city *city = driven->city;
    for (int32_t bin = 0; bin < city->bin_count; bin++) {
        const struct bin_choice *choice = &driven->choice->bins[bin];
        if (choice->reason == REASON_NONE || driven_serves(driven, bin)) continue;
        struct json *properties = add_feature(features, "unserved", point(city->bins[bin].position));
        json_put_string(properties, "bin_id", city->bins[bin].id);
        json_put_string(properties, "address", city->bins[bin].address);
        json_put_string(properties, "reason", choice_reason_name(choice->reason));
        json_put_flag(properties, "mandatory", choice_mandatory(choice->reason));
        put_rounded(properties, "risk", choice->risk, 1e4);
        put_rounded(properties, "expected_fill_percent", expected_fill_percent(driven, bin), 10);
    }
}

error_code geojson_write(FILE *file, const struct driven *driven, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    arena_init(&arena);
    struct json *root = json_new_object(), *features = json_new_array();
    char *text = NULL;
    json_put_string(root, "type", "FeatureCollection");
    json_put(root, "features", features);
    for (int32_t depot = 0; depot < driven->city->depot_count; depot++) {
        const struct depot *it = &driven->city->depots[depot];
        struct json *properties = add_feature(features, "depot", point(it->position));
        json_put_string(properties, "depot_id", it->id);
        json_put_string(properties, "name", it->name);
    }
    for (int32_t route = 0; route < driven->plan->route_count; route++) {
        struct timetable timetable;
        struct way_line way;
        TRY(timetable_of_route(driven, route, &arena, &timetable, error));
        TRY(way_line_of(driven, &timetable, &arena, &way, error));
        add_route(features, driven, &timetable, &way, route);
        for (int32_t i = 0; i < timetable.count; i++) add_visit(features, driven, &timetable, route, i);
    }
    add_unserved(features, driven);
    text = json_print(root, false);
    if (text == NULL) {
        rc = error_memory(error);
        goto done;
    }
    fprintf(file, "%s\n", text);
done:
    free(text);
    json_free(root);
    arena_free(&arena);
    return rc;
}
