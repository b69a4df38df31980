/* Reading a plan that people may have edited: shapes and ids first, then the day's problem. */
#include "io/plan_json.h"

#include "io/text.h"
#include "io/text_time.h"
#include "io/text_value.h"
#include "solver/base/ids.h"
#include "solver/base/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- From JSON to ids of the city ---- */

struct plan_reader {
    const struct city *city;
    struct arena *arena;
    struct diagnostics *list;
    struct json_source source;
    struct ids bins, vehicles, sites;
    severity unknown; /* of an id that is not known */
    struct read_plan *plan;
};

static void complain(const struct plan_reader *reader, const struct json *value, const char *sentence)
{
    json_complain(reader->list, SEVERITY_ERROR, &reader->source, value, "%s", sentence);
}

static error_code name_all(struct plan_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct city *city = reader->city;
    int32_t number;
    bool added;
    for (int32_t b = 0; b < city->bin_count; b++)
        TRY(ids_add(&reader->bins, city->bins[b].id, strlen(city->bins[b].id), &number, &added, error));
    for (int32_t v = 0; v < city->vehicle_count; v++)
        TRY(ids_add(&reader->vehicles, city->vehicles[v].id, strlen(city->vehicles[v].id), &number, &added,
                    error));
    for (int32_t s = 0; s < city->site_count; s++)
        TRY(ids_add(&reader->sites, city->sites[s].id, strlen(city->sites[s].id), &number, &added, error));
done:
    return rc;
}

/* The number of the id that a value names, or -1 after a complaint. `kind` says what was expected. */
static int32_t take_id(const struct plan_reader *reader, const struct ids *ids, const struct json *value,
                       const char *kind)
{
    const char *text = json_string(value);
    const int32_t number = text != NULL ? ids_find(ids, text, strlen(text)) : -1;
    if (number >= 0) return number;
    if (text == NULL) {
        json_complain(reader->list, SEVERITY_ERROR, &reader->source, value, _("%s was expected"), kind);
        return -1;
    }
    const char *nearest = text_nearest(ids->names, ids->count, text, strlen(text));
    if (nearest != NULL)
        json_complain(reader->list, reader->unknown, &reader->source, value,
                      _("'%s' is not known: %s was expected; is it '%s'?"), text, kind, nearest);
    else
        json_complain(reader->list, reader->unknown, &reader->source, value,
                      _("'%s' is not known: %s was expected"), text, kind);
    return -1;
}

/* How much a plan holds at most, so that its arrays are made once. */
static void count_all(const struct json *routes, int32_t *route_count, int32_t *step_count,
                      int32_t *bin_count)
{
    *route_count = json_count(routes);
    for (const struct json *route = json_first(routes); route != NULL; route = json_next(route)) {
        const struct json *steps = json_get(route, "steps");
        *step_count += json_count(steps);
        for (const struct json *step = json_first(steps); step != NULL; step = json_next(step))
            *bin_count += json_count(json_get(step, "stop"));
    }
}

static void read_step(struct plan_reader *reader, const struct json *value)
{
    struct read_plan *plan = reader->plan;
    struct read_step step = {.first_bin = plan->bin_count, .site = -1};
    const struct json *stop = json_get(value, "stop"), *site = json_get(value, "disposal");
    const struct json *pause = json_get(value, "break");
    if ((stop != NULL) + (site != NULL) + (pause != NULL) != 1) {
        complain(reader, value, _("a step is one of \"stop\", \"disposal\" and \"break\""));
        return;
    }
    if (stop != NULL) {
        step.kind = STEP_STOP;
        if (!json_is_array(stop) || json_count(stop) == 0) {
            complain(reader, stop, _("a list of bin ids was expected"));
            return;
        }
        for (const struct json *bin = json_first(stop); bin != NULL; bin = json_next(bin)) {
            const int32_t number = take_id(reader, &reader->bins, bin, _("a bin's id"));
            if (number >= 0) plan->bins[plan->bin_count++] = number;
        }
        step.bin_count = plan->bin_count - step.first_bin;
    } else if (site != NULL) {
        step.kind = STEP_DISPOSAL;
        step.site = take_id(reader, &reader->sites, site, _("a disposal site's id"));
    } else {
        step.kind = STEP_BREAK;
    }
    plan->steps[plan->step_count++] = step;
    plan->routes[plan->route_count - 1].step_count++;
}

/* "2026-11-24T06:00:00+01:00", or the wall clock of the plan's day: "06:00". */
static bool take_departure(const struct plan_reader *reader, const struct json *value, int32_t *departure_s)
{
    const struct zone *zone = reader->city->zone;
    const day_number day = reader->plan->day;
    const char *text = json_string(value);
    struct date_style style = {0};
    struct instant_reader instants = {.zone = zone};
    struct written_time time;
    int32_t clock_s;
    if (text != NULL && text_clock(text, strlen(text), &clock_s) == NULL) {
        *departure_s = zone_elapsed(zone, day, clock_s);
        return true;
    }
    if (text != NULL && text_timestamp(text, strlen(text), &style, &time) == NULL) {
        instant_s at;
        if (text_instant(&instants, time, &at) != WALL_CLOCK_SKIPPED) {
            const int64_t elapsed_s = at - zone_midnight(zone, day);
            *departure_s = (int32_t)elapsed_s;
            if (elapsed_s >= -DAY_SECONDS && elapsed_s <= 2 * DAY_SECONDS) return true;
        }
    }
    complain(reader, value, _("a time of departure on the plan's day was expected, such as \"06:00\""));
    return false;
}

static const struct json *take_member(const struct plan_reader *reader, const struct json *object,
                                      const char *key)
{
    const struct json *value = json_get(object, key);
    if (value == NULL)
        json_complain(reader->list, SEVERITY_ERROR, &reader->source, object, _("missing key %s"), key);
    return value;
}

static void read_route(struct plan_reader *reader, const struct json *value)
{
    struct read_route route = {.first_step = reader->plan->step_count, .vehicle = -1};
    if (!json_is_object(value)) {
        complain(reader, value, _("a route was expected: an object"));
        return;
    }
    const struct json *vehicle = take_member(reader, value, "vehicle");
    const struct json *departure = take_member(reader, value, "departure");
    const struct json *steps = take_member(reader, value, "steps");
    if (vehicle != NULL) route.vehicle = take_id(reader, &reader->vehicles, vehicle, _("a vehicle's id"));
    if (departure != NULL) take_departure(reader, departure, &route.departure_s);
    reader->plan->routes[reader->plan->route_count++] = route;
    if (steps != NULL && !json_is_array(steps)) complain(reader, steps, _("a list of steps was expected"));
    for (const struct json *step = json_first(steps); step != NULL; step = json_next(step))
        read_step(reader, step);
}

static error_code read_plan_root(struct plan_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct read_plan *plan = reader->plan;
    const struct json *root = reader->source.root;
    if (!json_is_object(root)) {
        complain(reader, root, _("a plan was expected: an object"));
        return ERROR_NONE;
    }
    const struct json *day = take_member(reader, root, "day"), *routes = take_member(reader, root, "routes");
    const char *text = json_string(day);
    struct date_style style = {0};
    if (day != NULL && (text == NULL || text_date(text, strlen(text), &style, &plan->day) != NULL))
        complain(reader, day, _("a day was expected, such as \"2026-11-24\""));
    if (routes != NULL && !json_is_array(routes))
        complain(reader, routes, _("a list of routes was expected"));
    int32_t route_count = 0, step_count = 0, bin_count = 0;
    count_all(routes, &route_count, &step_count, &bin_count);
    TRY_NEW(reader->arena, plan->routes, route_count);
    TRY_NEW(reader->arena, plan->steps, step_count);
    TRY_NEW(reader->arena, plan->bins, bin_count);
    if (reader->list->errors > 0 && plan->day == 0) goto done; /* departures mean nothing without the day */
    for (const struct json *route = json_first(routes); route != NULL; route = json_next(route))
        read_route(reader, route);
done:
    return rc;
}

static error_code parse(const char *name, const char *text, size_t length, const struct city *city,
                        severity unknown, struct arena *arena, struct read_plan *plan,
                        struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int64_t errors_before = diagnostics->errors;
    struct json *root = NULL;
    struct plan_reader reader = {
        .city = city, .arena = arena, .list = diagnostics, .unknown = unknown, .plan = plan};
    *plan = (struct read_plan){0};
    ids_init(&reader.bins, arena);
    ids_init(&reader.vehicles, arena);
    ids_init(&reader.sites, arena);
    plan->file = arena_text(arena, name, strlen(name));
    if (plan->file == NULL) {
        rc = error_memory(error);
        goto done;
    }
    TRY(json_parse(name, text, length, &root, error));
    reader.source = (struct json_source){name, text, length, root};
    TRY(name_all(&reader, error));
    TRY(read_plan_root(&reader, error));
    if (diagnostics->errors > errors_before)
        rc = error_at(error, ERROR_INPUT, name, 0, 0, "%s", _("the plan cannot be read"));
done:
    json_free(root);
    ids_free(&reader.bins);
    ids_free(&reader.vehicles);
    ids_free(&reader.sites);
    return rc;
}

error_code plan_json_parse(const char *name, const char *text, size_t length, const struct city *city,
                           struct arena *arena, struct read_plan *plan, struct diagnostics *diagnostics,
                           struct error *error)
{
    return parse(name, text, length, city, SEVERITY_ERROR, arena, plan, diagnostics, error);
}

static error_code load(const char *path, const struct city *city, severity unknown, struct arena *arena,
                       struct read_plan *plan, struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    char *text = NULL;
    size_t length;
    struct text_facts facts;
    TRY(text_load(path, path, diagnostics, &text, &length, &facts, error));
    TRY(parse(path, text, length, city, unknown, arena, plan, diagnostics, error));
done:
    free(text);
    return rc;
}

error_code plan_json_read(const char *path, const struct city *city, struct arena *arena,
                          struct read_plan *plan, struct diagnostics *diagnostics, struct error *error)
{
    return load(path, city, SEVERITY_ERROR, arena, plan, diagnostics, error);
}

error_code plan_json_read_start(const char *path, const struct city *city, struct arena *arena,
                                struct read_plan *plan, struct diagnostics *diagnostics, struct error *error)
{
    return load(path, city, SEVERITY_WARNING, arena, plan, diagnostics, error);
}

/* ---- From ids of the city to the day's problem ---- */

struct plan_binder {
    const struct read_plan *read;
    const struct city *city;
    const struct day_problem *problem;
    struct diagnostics *list;
};

static void refuse(const struct plan_binder *binder, const struct read_route *route, int32_t bin,
                   const char *sentence)
{
    diagnostics_add(binder->list, SEVERITY_ERROR, (struct source_place){.file = binder->read->file},
                    _("route of %s, bin %s: %s"), binder->city->vehicles[route->vehicle].id,
                    binder->city->bins[bin].id, sentence);
}

static bool step_has(const struct plan_binder *binder, const struct read_step *step, int32_t count,
                     int32_t bin)
{
    for (int32_t i = 0; i < count; i++)
        if (binder->read->bins[step->first_bin + i] == bin) return true;
    return false;
}

/* The stop that a step visits: the bins named must be all of its bins, each once. -1 after a complaint. */
static int32_t bind_stop(const struct plan_binder *binder, const struct read_route *route,
                         const struct read_step *step)
{
    const struct day_problem *problem = binder->problem;
    const int32_t *bins = &binder->read->bins[step->first_bin];
    const int32_t stop = problem->stop_of_bin[bins[0]];
    bool right = true;
    for (int32_t i = 0; i < step->bin_count; i++) {
        const char *fault = NULL;
        if (problem->stop_of_bin[bins[i]] < 0)
            fault = _("it is not among the day's bins");
        else if (step_has(binder, step, i, bins[i]))
            fault = _("it is named twice in a step");
        else if (problem->stop_of_bin[bins[i]] != stop)
            fault = _("it is not of one stop with the first bin of its step (place, stream, hours, due or "
                      "not): it needs a step of its own");
        if (fault != NULL) refuse(binder, route, bins[i], fault);
        right = right && fault == NULL;
    }
    for (int32_t i = stop < 0 ? 0 : problem->stop_bin_first[stop];
         stop >= 0 && i < problem->stop_bin_first[stop + 1]; i++) {
        if (step_has(binder, step, step->bin_count, problem->stop_bins[i])) continue;
        refuse(binder, route, problem->stop_bins[i],
               _("it is emptied together with the bins of its point and stream: the step leaves it out"));
        right = false;
    }
    return right ? stop : -1;
}

/* The vehicle of the day that a vehicle of the city is; -1 after a remark when it does not work. */
static int32_t bind_vehicle(const struct plan_binder *binder, int32_t vehicle, severity level)
{
    for (int32_t v = 0; v < binder->problem->instance.vehicle_count; v++)
        if (binder->problem->vehicle_of[v] == vehicle) return v;
    diagnostics_add(binder->list, level, (struct source_place){.file = binder->read->file},
                    _("vehicle %s does not work on that day"), binder->city->vehicles[vehicle].id);
    return -1;
}

error_code plan_json_bind(const struct read_plan *read, const struct city *city,
                          const struct day_problem *problem, struct plan *plan,
                          struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct plan_binder binder = {read, city, problem, diagnostics};
    const int64_t errors_before = diagnostics->errors;
    for (int32_t r = 0; r < read->route_count; r++) {
        const struct read_route *route = &read->routes[r];
        TRY(plan_add_route(plan, bind_vehicle(&binder, route->vehicle, SEVERITY_ERROR), route->departure_s,
                           error));
        for (int32_t s = route->first_step; s < route->first_step + route->step_count; s++) {
            const struct read_step *step = &read->steps[s];
            const int32_t id = step->kind == STEP_STOP ? bind_stop(&binder, route, step) : step->site;
            TRY(plan_add_step(plan, step->kind, id, error));
        }
    }
    if (diagnostics->errors > errors_before)
        rc = error_at(error, ERROR_INPUT, read->file, 0, 0, "%s", _("the plan does not fit its day"));
done:
    return rc;
}

/* ---- To begin a search with ---- */

enum { NAMES_SIZE = 400 };

/* The bins that the day does not empty, as many as fit. */
struct absentees {
    int32_t count;
    char names[NAMES_SIZE];
};

static void note_absent(struct absentees *absentees, const char *id)
{
    const size_t length = strlen(absentees->names);
    if (length + strlen(id) + 8 < NAMES_SIZE)
        snprintf(absentees->names + length, NAMES_SIZE - length, "%s%s", length > 0 ? ", " : "", id);
    else if (length > 0 && absentees->names[length - 1] != '.')
        snprintf(absentees->names + length, NAMES_SIZE - length, " ...");
    absentees->count++;
}

/* Adds the stops of a step's bins. A stop visited again is for the search to pass over. */
static error_code start_stop(const struct plan_binder *binder, const struct read_step *step,
                             struct absentees *absentees, struct plan *plan, struct error *error)
{
    error_code rc = ERROR_NONE;
    for (int32_t i = 0; i < step->bin_count; i++) {
        const int32_t bin = binder->read->bins[step->first_bin + i];
        const int32_t stop = binder->problem->stop_of_bin[bin];
        if (stop < 0)
            note_absent(absentees, binder->city->bins[bin].id);
        else
            TRY(plan_add_step(plan, STEP_STOP, stop, error));
    }
done:
    return rc;
}

error_code plan_json_start(const struct read_plan *read, const struct city *city,
                           const struct day_problem *problem, struct plan *plan,
                           struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct plan_binder binder = {read, city, problem, diagnostics};
    struct absentees absentees = {0, ""};
    for (int32_t r = 0; r < read->route_count; r++) {
        const struct read_route *route = &read->routes[r];
        const int32_t vehicle =
            route->vehicle < 0 ? -1 : bind_vehicle(&binder, route->vehicle, SEVERITY_WARNING);
        if (vehicle < 0) continue;
        TRY(plan_add_route(plan, vehicle, route->departure_s, error));
        for (int32_t s = route->first_step; s < route->first_step + route->step_count; s++) {
            const struct read_step *step = &read->steps[s];
            if (step->kind == STEP_STOP) TRY(start_stop(&binder, step, &absentees, plan, error));
            if (step->kind == STEP_DISPOSAL && step->site >= 0)
                TRY(plan_add_step(plan, STEP_DISPOSAL, step->site, error));
        }
    }
    if (absentees.count > 0)
        diagnostics_add(diagnostics, SEVERITY_WARNING, (struct source_place){.file = read->file},
                        ngettext("%d bin of the plan is not among the day's: %s",
                                 "%d bins of the plan are not among the day's: %s",
                                 (unsigned long)absentees.count),
                        (int)absentees.count, absentees.names);
done:
    return rc;
}
