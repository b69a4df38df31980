/* A VROOM problem as JSON: every object by its keys, all faults said, nothing built yet. */
#include "io/vroom_file.h"

#include "solver/base/array.h"
#include "solver/base/ids.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES = 5, KEY_SIZE = 64, JOBS_MAX = 100000, DIMENSIONS_MAX = 64, PACE_MAX = 1000000 };

/* What the whole file shares while it is read. */
struct reading {
    struct vroom_reader it;
    struct ids skills, types, profiles, job_ids, locations;
    bool untyped; /* some vehicle has no type */
    bool indexed; /* matrices are given: places are rows of them */
    struct {
        struct vroom_spot *items;
        int64_t count, capacity;
    } spots; /* of the locations */
};

/* Skills that jobs ask for become tags; of a vehicle's, those that no job asks for mean nothing. */
static error_code take_skills(struct reading *reading, const struct json *object, bool asked, tag_mask *tags,
                              struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct json *array = json_get(object, "skills");
    char key[KEY_SIZE];
    int32_t number = 0, bit;
    int64_t skill;
    bool added;
    *tags = 0;
    if (array == NULL) goto done;
    if (!json_is_array(array))
        vroom_complain(&reading->it, SEVERITY_ERROR, array, "skills", "%s",
                       _("an array of whole numbers was expected"));
    for (const struct json *it = json_first(array); it != NULL; it = json_next(it), number++) {
        snprintf(key, sizeof key, "skills[%d]", (int)number);
        if (!vroom_is_whole(it, 0, VROOM_NUMBER_MAX, &skill)) {
            vroom_complain(&reading->it, SEVERITY_ERROR, it, key,
                           _("a whole number from 0 to %lld was expected"), (long long)VROOM_NUMBER_MAX);
            continue;
        }
        char text[KEY_SIZE];
        const int length = snprintf(text, sizeof text, "%lld", (long long)skill);
        bit = ids_find(&reading->skills, text, (size_t)length);
        if (bit < 0 && !asked) continue;
        if (bit < 0) TRY(ids_add(&reading->skills, text, (size_t)length, &bit, &added, error));
        if (bit >= TAG_MAX - 1)
            vroom_complain(&reading->it, SEVERITY_ERROR, it, key,
                           _("more than %d different skills are asked for"), TAG_MAX - 1);
        else
            *tags |= (tag_mask)1 << bit;
    }
done:
    return rc;
}

/* ---- Places ---- */

static bool read_coordinates(struct reading *reading, const struct json *value, const char *key,
                             struct vroom_spot *spot)
{
    const struct json *lon = json_first(value), *lat = json_next(lon);
    if (json_is_array(value) && json_number(lon, &spot->lon) && json_number(lat, &spot->lat) &&
        fabs(spot->lon) <= 180 && fabs(spot->lat) <= 90) {
        spot->placed = true;
        return true;
    }
    vroom_complain(&reading->it, SEVERITY_ERROR, value, key, "%s",
                   _("coordinates were expected: [longitude, latitude] in degrees"));
    return false;
}

/* The place under two keys, "start" and "start_index" say; without either the spot is nowhere. */
static error_code take_spot(struct reading *reading, const struct json *object, const char *key,
                            const char *index_key, bool needed, struct vroom_spot *spot, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct json *value = json_get(object, key), *index = json_get(object, index_key);
    char text[KEY_SIZE];
    int length;
    bool added;
    *spot = (struct vroom_spot){.location = -1};
    if (value != NULL && !read_coordinates(reading, value, key, spot)) goto done;
    if (index != NULL && reading->indexed) {
        if (!vroom_is_whole(index, 0, INT32_MAX - 1, &spot->index)) {
            vroom_complain(&reading->it, SEVERITY_ERROR, index, index_key,
                           _("a whole number from 0 to %lld was expected"), (long long)INT32_MAX - 1);
            goto done;
        }
        spot->indexed = true;
    }
    if (!spot->placed && !spot->indexed && !needed && index == NULL) goto done;
    if (reading->indexed && !spot->indexed) {
        vroom_complain(&reading->it, SEVERITY_ERROR, object, index_key, "%s",
                       _("missing: with matrices every place is a row of theirs"));
        goto done;
    }
    if (!reading->indexed && !spot->placed) {
        vroom_complain(&reading->it, SEVERITY_ERROR, object, key, "%s",
                       _("missing: without matrices every place has coordinates"));
        goto done;
    }
    length = reading->indexed
                 ? snprintf(text, sizeof text, "%lld", (long long)spot->index)
                 : snprintf(text, sizeof text, "%a %a", spot->lon + 0.0, spot->lat + 0.0); /* no -0 */
    TRY(ids_add(&reading->locations, text, (size_t)length, &spot->location, &added, error));
    if (added && !array_push(&reading->spots, *spot)) rc = error_memory(error);
    /* Coordinates that one task gives hold for its whole location. */
    if (!added && spot->placed && !reading->spots.items[spot->location].placed)
        reading->spots.items[spot->location] = *spot;
done:
    return rc;
}

/* ---- Jobs ---- */

/* "setup" or "service": the longest that a vehicle of the fleet takes. */
static int64_t take_duration(struct reading *reading, const struct json *job, const char *key)
{
    char per_type[KEY_SIZE];
    const int64_t base = vroom_take_whole(&reading->it, job, key, TIME_MAX, 0);
    snprintf(per_type, sizeof per_type, "%s_per_type", key);
    const struct json *object = json_get(job, per_type);
    if (object == NULL) return base;
    if (!json_is_object(object)) {
        vroom_complain(&reading->it, SEVERITY_ERROR, object, per_type, "%s",
                       _("an object was expected: a duration by vehicle type"));
        return base;
    }
    int64_t longest = -1, shortest = TIME_MAX, s;
    for (int32_t t = reading->untyped ? -1 : 0; t < reading->types.count; t++) {
        const struct json *value = t < 0 ? NULL : json_get(object, reading->types.names[t]);
        if (value == NULL) {
            s = base;
        } else if (!vroom_is_whole(value, 0, TIME_MAX, &s)) {
            vroom_complain(&reading->it, SEVERITY_ERROR, value, per_type,
                           _("a whole number from 0 to %lld was expected"), (long long)TIME_MAX);
            continue;
        }
        if (s > longest) longest = s;
        if (s < shortest) shortest = s;
    }
    if (longest > shortest)
        vroom_remark(&reading->it, SEVERITY_WARNING, object, "job", per_type,
                     N_("durations by vehicle type are not supported: the longest in the fleet is taken"));
    return longest < 0 ? base : longest;
}

static error_code read_job(struct reading *reading, const struct json *object, struct vroom_job *job,
                           struct error *error)
{
    static const char *const KEYS[] = {
        "id",      "description",    "location",         "location_index", "setup",
        "service", "setup_per_type", "service_per_type", "amount",         "delivery",
        "pickup",  "skills",         "priority",         "time_windows",   NULL};
    error_code rc = ERROR_NONE;
    char text[KEY_SIZE];
    int32_t number;
    bool added;
    *job = (struct vroom_job){.value = object, .id = vroom_take_id(&reading->it, object)};
    const int length = snprintf(text, sizeof text, "%lld", (long long)job->id);
    TRY(ids_add(&reading->job_ids, text, (size_t)length, &number, &added, error));
    if (!added && job->id >= 0)
        vroom_complain(&reading->it, SEVERITY_ERROR, json_get(object, "id"), "id",
                       _("another job has the id %lld already"), (long long)job->id);
    vroom_remark_keys(&reading->it, object, "job", KEYS);
    TRY(vroom_take_text(&reading->it, object, "description", &job->description, error));
    TRY(take_spot(reading, object, "location", "location_index", true, &job->spot, error));
    job->setup_s = take_duration(reading, object, "setup");
    job->service_s = take_duration(reading, object, "service");
    const bool old = json_get(object, "delivery") == NULL && json_get(object, "pickup") == NULL;
    TRY(vroom_take_amount(&reading->it, object, old ? "amount" : "delivery", &job->delivery, error));
    TRY(vroom_take_amount(&reading->it, object, "pickup", &job->pickup, error));
    TRY(take_skills(reading, object, true, &job->tags, error));
    job->priority = vroom_take_whole(&reading->it, object, "priority", VROOM_PRIORITY_MAX, 0);
    TRY(vroom_take_windows(&reading->it, object, &job->windows, &job->window_count, error));
done:
    return rc;
}

static error_code read_jobs(struct reading *reading, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct vroom *vroom = reading->it.vroom;
    const struct json *array = json_get(reading->it.source.root, "jobs");
    const struct json *shipments = json_get(reading->it.source.root, "shipments");
    reading->it.path[0] = '\0';
    if (json_first(shipments) != NULL)
        vroom_complain(&reading->it, SEVERITY_ERROR, shipments, "shipments", "%s",
                       _("shipments (a pickup and a delivery of one vehicle) are not supported"));
    if (!json_is_array(array) || json_first(array) == NULL || json_count(array) > JOBS_MAX) {
        if (json_first(shipments) == NULL)
            vroom_complain(&reading->it, SEVERITY_ERROR, array, "jobs", _("from 1 to %d jobs were expected"),
                           JOBS_MAX);
        goto done;
    }
    TRY_NEW(reading->it.arena, vroom->jobs, json_count(array));
    for (const struct json *it = json_first(array); it != NULL; it = json_next(it)) {
        snprintf(reading->it.path, sizeof reading->it.path, "jobs[%d]", (int)vroom->job_count);
        TRY(read_job(reading, it, &vroom->jobs[vroom->job_count++], error));
    }
done:
    return rc;
}

/* ---- Vehicles ---- */

/* The first break, with its first window: one is what a vehicle of the model has. */
static error_code read_breaks(struct reading *reading, const struct json *object, struct vroom_break *pause,
                              struct error *error)
{
    static const char *const KEYS[] = {"id", "time_windows", "service", "description", "-max_load", NULL};
    error_code rc = ERROR_NONE;
    const struct json *array = json_get(object, "breaks"), *first = json_first(array);
    char vehicle[VROOM_NAME_SIZE];
    struct vroom_window *windows;
    int32_t window_count;
    *pause = (struct vroom_break){0};
    if (array == NULL) return ERROR_NONE;
    if (!json_is_array(array)) {
        vroom_complain(&reading->it, SEVERITY_ERROR, array, "breaks", "%s",
                       _("an array of breaks was expected"));
        return ERROR_NONE;
    }
    if (first == NULL) return ERROR_NONE;
    if (json_next(first) != NULL)
        vroom_remark(&reading->it, SEVERITY_WARNING, json_next(first), "vehicle", "breaks[1]",
                     N_("one break a vehicle is supported: the first is planned, the others are not"));
    memcpy(vehicle, reading->it.path, sizeof vehicle);
    snprintf(reading->it.path, sizeof reading->it.path, "%.64s.breaks[0]", vehicle);
    vroom_remark_keys(&reading->it, first, "break", KEYS);
    pause->given = true;
    pause->id = vroom_take_id(&reading->it, first);
    pause->service_s = vroom_take_whole(&reading->it, first, "service", TIME_MAX, 0);
    pause->window = (struct vroom_window){0, VROOM_NUMBER_MAX};
    TRY(vroom_take_text(&reading->it, first, "description", &pause->description, error));
    TRY(vroom_take_windows(&reading->it, first, &windows, &window_count, error));
    if (window_count > 0) pause->window = windows[0];
    if (window_count > 1)
        vroom_remark(&reading->it, SEVERITY_WARNING, json_get(first, "time_windows"), "break",
                     "time_windows[1]", N_("one window a break is supported: the first is kept"));
    if (pause->service_s == 0) {
        vroom_remark(&reading->it, SEVERITY_WARNING, first, "break", "service",
                     N_("a break that takes no time is not planned"));
        pause->given = false;
    }
done:
    memcpy(reading->it.path, vehicle, sizeof vehicle);
    return rc;
}

static void read_costs(struct reading *reading, const struct json *object, struct vroom_vehicle *vehicle)
{
    static const char *const KEYS[] = {"fixed", "per_hour", "per_km", "per_task_hour", NULL};
    const struct json *costs = json_get(object, "costs");
    char path[VROOM_NAME_SIZE];
    memcpy(path, reading->it.path, sizeof path);
    snprintf(reading->it.path, sizeof reading->it.path, "%.64s.costs", path);
    if (costs != NULL && !json_is_object(costs))
        vroom_complain(&reading->it, SEVERITY_ERROR, costs, "", "%s", _("an object was expected"));
    vroom_remark_keys(&reading->it, costs, "costs", KEYS);
    vehicle->fixed = vroom_take_whole(&reading->it, costs, "fixed", VROOM_NUMBER_MAX, 0);
    vehicle->per_hour = vroom_take_whole(&reading->it, costs, "per_hour", VROOM_NUMBER_MAX, 3600);
    vehicle->per_km = vroom_take_whole(&reading->it, costs, "per_km", VROOM_NUMBER_MAX, 0);
    vehicle->per_task_hour = vroom_take_whole(&reading->it, costs, "per_task_hour", VROOM_NUMBER_MAX, 0);
    memcpy(reading->it.path, path, sizeof path);
}

/* A factor in (0, 5]; per cent of the durations, as VROOM rounds it. */
static int32_t take_pace(struct reading *reading, const struct json *object)
{
    const struct json *value = json_get(object, "speed_factor");
    double factor = 1;
    if (value != NULL && (!json_number(value, &factor) || !(factor >= 1.0 / PACE_MAX && factor <= 5))) {
        vroom_complain(&reading->it, SEVERITY_ERROR, value, "speed_factor", "%s",
                       _("a number above 0, at most 5, was expected"));
        factor = 1;
    }
    return (int32_t)lround(100 / factor);
}

static error_code read_vehicle(struct reading *reading, const struct json *object,
                               struct vroom_vehicle *vehicle, struct error *error)
{
    static const char *const KEYS[] = {
        "id",        "profile",         "description",  "start", "start_index", "end",    "end_index",
        "capacity",  "costs",           "skills",       "type",  "time_window", "breaks", "speed_factor",
        "max_tasks", "max_travel_time", "max_distance", "steps", NULL};
    error_code rc = ERROR_NONE;
    const char *profile;
    bool added;
    const struct json *window = json_get(object, "time_window");
    *vehicle = (struct vroom_vehicle){.value = object, .id = vroom_take_id(&reading->it, object)};
    vroom_remark_keys(&reading->it, object, "vehicle", KEYS);
    if (json_get(object, "steps") != NULL) reading->it.vroom->has_steps = true;
    TRY(vroom_take_text(&reading->it, object, "description", &vehicle->description, error));
    TRY(vroom_take_text(&reading->it, object, "profile", &profile, error));
    if (profile == NULL) profile = "car";
    TRY(ids_add(&reading->profiles, profile, strlen(profile), &vehicle->profile, &added, error));
    TRY(take_spot(reading, object, "start", "start_index", false, &vehicle->start, error));
    TRY(take_spot(reading, object, "end", "end_index", false, &vehicle->end, error));
    if (json_get(object, reading->indexed ? "start_index" : "start") == NULL &&
        json_get(object, reading->indexed ? "end_index" : "end") == NULL)
        vroom_complain(&reading->it, SEVERITY_ERROR, object, "", "%s",
                       _("a start, an end or both were expected"));
    if (json_get(object, "capacity") == NULL && reading->it.vroom->dimension_count > 0)
        vroom_complain(&reading->it, SEVERITY_ERROR, object, "capacity", "%s",
                       _("missing: the first vehicle has one"));
    TRY(vroom_take_amount(&reading->it, object, "capacity", &vehicle->capacity, error));
    read_costs(reading, object, vehicle);
    TRY(take_skills(reading, object, false, &vehicle->tags, error));
    vehicle->has_window = window != NULL;
    vehicle->window = (struct vroom_window){0, VROOM_NUMBER_MAX};
    if (window != NULL && !vroom_is_window(window, &vehicle->window))
        vroom_complain(&reading->it, SEVERITY_ERROR, window, "time_window", "%s",
                       _("a window was expected: two whole seconds, the first no later than the second"));
    TRY(read_breaks(reading, object, &vehicle->pause, error));
    vehicle->pace = take_pace(reading, object);
    vehicle->max_tasks = vroom_take_whole(&reading->it, object, "max_tasks", VROOM_NUMBER_MAX, -1);
    vehicle->max_travel_time_s =
        vroom_take_whole(&reading->it, object, "max_travel_time", VROOM_NUMBER_MAX, -1);
    vehicle->max_distance_m = vroom_take_whole(&reading->it, object, "max_distance", VROOM_NUMBER_MAX, -1);
done:
    return rc;
}

/* What jobs need to know of the fleet: how many dimensions amounts have, which types there are. */
static error_code look_at_fleet(struct reading *reading, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct json *array = json_get(reading->it.source.root, "vehicles"), *first = json_first(array);
    int32_t number;
    bool added;
    if (!json_is_array(array) || first == NULL || json_count(array) > JOBS_MAX) {
        vroom_complain(&reading->it, SEVERITY_ERROR, array, "vehicles",
                       _("from 1 to %d vehicles were expected"), JOBS_MAX);
        goto done;
    }
    reading->it.vroom->dimension_count = json_count(json_get(first, "capacity"));
    if (reading->it.vroom->dimension_count > DIMENSIONS_MAX) {
        vroom_complain(&reading->it, SEVERITY_ERROR, json_get(first, "capacity"), "vehicles[0].capacity",
                       _("at most %d dimensions were expected"), DIMENSIONS_MAX);
        reading->it.vroom->dimension_count = 0;
    }
    for (const struct json *it = first; it != NULL; it = json_next(it)) {
        const char *type = json_string(json_get(it, "type"));
        if (type == NULL || type[0] == '\0')
            reading->untyped = true;
        else
            TRY(ids_add(&reading->types, type, strlen(type), &number, &added, error));
    }
done:
    return rc;
}

static error_code read_vehicles(struct reading *reading, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct vroom *vroom = reading->it.vroom;
    const struct json *array = json_get(reading->it.source.root, "vehicles");
    if (!json_is_array(array)) goto done;
    TRY_NEW(reading->it.arena, vroom->vehicles, json_count(array));
    for (const struct json *it = json_first(array); it != NULL; it = json_next(it)) {
        snprintf(reading->it.path, sizeof reading->it.path, "vehicles[%d]", (int)vroom->vehicle_count);
        TRY(read_vehicle(reading, it, &vroom->vehicles[vroom->vehicle_count++], error));
    }
done:
    return rc;
}

/* ---- The file ---- */

static error_code keep_locations(struct reading *reading, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct vroom *vroom = reading->it.vroom;
    vroom->location_count = reading->locations.count;
    vroom->profile_count = reading->profiles.count;
    TRY_NEW(reading->it.arena, vroom->spots, vroom->location_count);
    TRY_NEW(reading->it.arena, vroom->profiles, vroom->profile_count);
    for (int32_t l = 0; l < vroom->location_count; l++) vroom->spots[l] = reading->spots.items[l];
    for (int32_t p = 0; p < vroom->profile_count; p++) vroom->profiles[p].name = reading->profiles.names[p];
done:
    return rc;
}

static error_code read_root(struct reading *reading, struct error *error)
{
    static const char *const KEYS[] = {"jobs",   "shipments", "vehicles", "matrices",
                                       "matrix", "network",   NULL};
    error_code rc = ERROR_NONE;
    const struct json *root = reading->it.source.root;
    reading->indexed = json_get(root, "matrices") != NULL || json_get(root, "matrix") != NULL;
    if (!json_is_object(root)) {
        vroom_complain(&reading->it, SEVERITY_ERROR, root, "", "%s",
                       _("an object with jobs and vehicles was expected"));
        goto done;
    }
    vroom_remark_keys(&reading->it, root, "", KEYS);
    TRY(look_at_fleet(reading, error));
    TRY(read_jobs(reading, error));
    TRY(read_vehicles(reading, error));
    TRY(keep_locations(reading, error));
    reading->it.path[0] = '\0';
done:
    return rc;
}

/* The values of the tree are no more when it is freed. */
static void forget_tree(struct vroom *vroom)
{
    for (int32_t j = 0; j < vroom->job_count; j++) vroom->jobs[j].value = NULL;
    for (int32_t v = 0; v < vroom->vehicle_count; v++) vroom->vehicles[v].value = NULL;
}

error_code vroom_read(const char *name, const char *text, size_t length, struct arena *arena,
                      struct benchmark *benchmark, struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int64_t errors_before = diagnostics->errors;
    struct json *root = NULL;
    struct reading reading = {.it = {.list = diagnostics, .arena = arena}};
    struct ids *const tables[TABLES] = {&reading.skills, &reading.types, &reading.profiles, &reading.job_ids,
                                        &reading.locations};
    for (int32_t t = 0; t < TABLES; t++) ids_init(tables[t], arena);
    TRY_NEW(arena, reading.it.vroom, 1);
    TRY(json_parse(name, text, length, &root, error));
    reading.it.source = (struct json_source){name, text, length, root};
    TRY(read_root(&reading, error));
    if (diagnostics->errors == errors_before) TRY(vroom_read_matrices(&reading.it, error));
    if (diagnostics->errors == errors_before) TRY(vroom_build(&reading.it, benchmark, error));
    vroom_say_remarks(&reading.it);
    if (reading.it.out_of_memory)
        rc = error_memory(error);
    else if (diagnostics->errors > errors_before)
        rc = error_set(error, ERROR_INPUT, _("%s cannot be read"), name);
done:
    if (reading.it.vroom != NULL) forget_tree(reading.it.vroom);
    json_free(root);
    array_free(&reading.it.remarks);
    array_free(&reading.spots);
    for (int32_t t = 0; t < TABLES; t++) ids_free(tables[t]);
    return rc;
}

/* ---- The family ---- */

/* An object that names vehicles: no other format begins with a brace. */
static bool recognises(const char *text, size_t length)
{
    static const char KEY[] = "\"vehicles\"";
    size_t at = 0;
    while (at < length && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0') at++;
    if (at == length || text[at] != '{') return false;
    for (; at + sizeof KEY - 1 <= length; at++)
        if (memcmp(text + at, KEY, sizeof KEY - 1) == 0) return true;
    return false;
}

static double cost(const struct benchmark *benchmark, const struct plan *plan,
                   const struct check_report *report)
{
    return vroom_cost(benchmark->detail, plan, report);
}

const struct benchmark_family VROOM_FAMILY = {.name = "vroom",
                                              .recognises = recognises,
                                              .read = vroom_read,
                                              .cost = cost,
                                              .cost_decimals = 0,
                                              .complete = vroom_complete,
                                              .write = vroom_write,
                                              .write_fault = vroom_write_fault,
                                              .read_solution = vroom_read_solution,
                                              .print_load = vroom_print_load};
