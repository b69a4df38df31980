/* VROOM's answer: the checker's drive, told in VROOM's words. Sums are taken again from the matrices of the
 * file, since the instance's metres are costs. */
#include "io/vroom_answer.h"

#include "solver/base/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct writer {
    const struct vroom *vroom;
    const struct instance *instance;
    const struct plan *plan;
    const struct check_report *report;
    bool has_distances;
    int64_t *load, *delivery, *pickup; /* by dimension: aboard; of the route; and of all routes after these */
    struct vroom_sums total;
};

/* A route under way. */
struct walk {
    struct vroom_route route;
    const struct vroom_vehicle *vehicle;
    int32_t location; /* -1: nowhere */
    int64_t end_s;    /* of the step before, in the instance's time */
    struct vroom_sums sums;
    struct json *steps;
};

/* ---- Steps ---- */

static void accuse_load(const struct writer *writer, const struct walk *walk, struct vroom_tally *tally)
{
    for (int32_t d = 0; d < writer->vroom->dimension_count; d++)
        if (writer->load[d] > walk->vehicle->capacity[d]) vroom_accuse(tally, "load", 0, 0);
}

static void put_amount(const struct writer *writer, struct json *object, const char *key,
                       const int64_t *amount)
{
    if (writer->vroom->dimension_count == 0) return;
    struct json *array = json_new_array();
    for (int32_t d = 0; d < writer->vroom->dimension_count; d++) json_put_integer(array, NULL, amount[d]);
    json_put(object, key, array);
}

static void put_spot(struct json *object, const struct vroom_spot *spot)
{
    if (spot->placed) {
        struct json *location = json_new_array();
        json_put_number(location, NULL, spot->lon);
        json_put_number(location, NULL, spot->lat);
        json_put(object, "location", location);
    }
    if (spot->indexed) json_put_integer(object, "location_index", spot->index);
}

/* What happens at a step. */
struct event {
    const char *type, *description;
    const struct vroom_spot *spot; /* NULL: none */
    int64_t id;                    /* -1: none */
    int64_t arrival_s, setup_s, service_s, waiting_s;
    int64_t travel_s, distance_m; /* up to it */
    struct vroom_tally tally;
};

static void put_step(const struct writer *writer, struct walk *walk, const struct event *event)
{
    struct json *step = json_new_object();
    json_put_string(step, "type", event->type);
    if (event->description != NULL) json_put_string(step, "description", event->description);
    if (event->spot != NULL) put_spot(step, event->spot);
    if (event->id >= 0) json_put_integer(step, "id", event->id);
    json_put_integer(step, "setup", event->setup_s);
    json_put_integer(step, "service", event->service_s);
    json_put_integer(step, "waiting_time", event->waiting_s);
    if (strcmp(event->type, "job") == 0) json_put_integer(step, "job", event->id);
    put_amount(writer, step, "load", writer->load);
    json_put_integer(step, "arrival", event->arrival_s + writer->vroom->base_s);
    json_put_integer(step, "duration", event->travel_s);
    vroom_put_violations(step, &event->tally);
    if (writer->has_distances) json_put_integer(step, "distance", event->distance_m);
    json_put(walk->steps, NULL, step);
    walk->sums.setup_s += event->setup_s;
    walk->sums.waiting_s += event->waiting_s;
    vroom_accuse_all(&walk->sums.tally, &event->tally);
}

/* VROOM names a start and an end of every route: of a vehicle without, the first and the last job's place. */
static const struct vroom_spot *spot_or_job(const struct writer *writer, const struct walk *walk,
                                            const struct vroom_spot *spot, bool last)
{
    const struct plan_route *route = &writer->plan->routes[walk->route.number];
    const struct vroom_spot *found = NULL;
    if (spot->location >= 0) return spot;
    for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++) {
        const struct vroom_job *job = vroom_job_at(writer->vroom, &writer->plan->steps[i]);
        if (job != NULL && (last || found == NULL)) found = &job->spot;
    }
    return found;
}

static void write_start(const struct writer *writer, struct walk *walk)
{
    struct event event = {.type = "start",
                          .spot = spot_or_job(writer, walk, &walk->vehicle->start, false),
                          .id = -1,
                          .arrival_s = writer->report->routes[walk->route.number].departure_s};
    vroom_accuse_hours(&walk->route, VIOLATION_SHIFT_START, &event.tally);
    accuse_load(writer, walk, &event.tally);
    put_step(writer, walk, &event);
}

static void write_job(const struct writer *writer, struct walk *walk, int32_t step,
                      const struct vroom_job *job)
{
    const struct checked_step *checked = &writer->report->steps[step];
    struct event event = {.type = "job",
                          .description = job->description,
                          .spot = &job->spot,
                          .id = job->id,
                          .arrival_s = checked->arrival_s,
                          .setup_s = vroom_setup_of(job, walk->location),
                          .service_s = job->service_s,
                          .waiting_s = checked->begin_s - checked->arrival_s};
    if (job->setup_on_the_way) { /* the instance arrives after the setup, which a break may have interrupted
                                  */
        event.arrival_s -= event.setup_s;
        if (event.arrival_s < walk->end_s) event.arrival_s = walk->end_s;
        event.setup_s = checked->arrival_s - event.arrival_s;
    }
    vroom_add_leg(writer->vroom, walk->vehicle, walk->location, job->spot.location, &walk->sums);
    for (int32_t d = 0; d < writer->vroom->dimension_count; d++)
        writer->load[d] += job->pickup[d] - job->delivery[d];
    event.travel_s = walk->sums.travel_s;
    event.distance_m = walk->sums.distance_m;
    vroom_accuse_step(&walk->route, step, &event.tally);
    accuse_load(writer, walk, &event.tally);
    put_step(writer, walk, &event);
    walk->sums.service_s += job->service_s;
    walk->sums.priority += job->priority;
    walk->location = job->spot.location;
    walk->end_s = checked->end_s;
}

/* The location that a route goes to after a break. */
static int32_t location_after(const struct writer *writer, const struct walk *walk, int32_t step)
{
    const struct plan_route *route = &writer->plan->routes[walk->route.number];
    for (int32_t i = step + 1; i < route->first_step + route->step_count; i++) {
        const struct vroom_job *job = vroom_job_at(writer->vroom, &writer->plan->steps[i]);
        if (job != NULL) return job->spot.location;
    }
    return walk->vehicle->end.location;
}

/* A break on the way stands after the part of the leg driven before it. */
static void write_break(const struct writer *writer, struct walk *walk, int32_t step)
{
    const struct checked_step *checked = &writer->report->steps[step];
    struct event event = {.type = "break",
                          .description = walk->vehicle->pause.description,
                          .id = walk->vehicle->pause.id,
                          .arrival_s = checked->arrival_s,
                          .service_s = checked->end_s - checked->begin_s,
                          .waiting_s = checked->begin_s - checked->arrival_s};
    struct vroom_sums leg = {0};
    vroom_add_leg(writer->vroom, walk->vehicle, walk->location, location_after(writer, walk, step), &leg);
    int64_t driven_s = checked->arrival_s - walk->end_s;
    if (driven_s > leg.travel_s) { /* the setup of the next job has begun: VROOM would wait */
        event.waiting_s += driven_s - leg.travel_s;
        event.arrival_s -= driven_s - leg.travel_s;
        driven_s = leg.travel_s;
    }
    event.travel_s = walk->sums.travel_s + driven_s;
    event.distance_m = walk->sums.distance_m;
    if (leg.travel_s > 0) event.distance_m += leg.distance_m * driven_s / leg.travel_s;
    vroom_accuse_step(&walk->route, step, &event.tally);
    put_step(writer, walk, &event);
    walk->sums.service_s += event.service_s;
    walk->end_s = checked->end_s;
}

static void write_end(const struct writer *writer, struct walk *walk)
{
    const struct vroom_vehicle *vehicle = walk->vehicle;
    struct event event = {.type = "end",
                          .spot = spot_or_job(writer, walk, &vehicle->end, true),
                          .id = -1,
                          .arrival_s = writer->report->routes[walk->route.number].return_s};
    vroom_add_leg(writer->vroom, vehicle, walk->location, vehicle->end.location, &walk->sums);
    event.travel_s = walk->sums.travel_s;
    event.distance_m = walk->sums.distance_m;
    vroom_accuse_hours(&walk->route, VIOLATION_SHIFT_END, &event.tally);
    accuse_load(writer, walk, &event.tally);
    put_step(writer, walk, &event);
}

/* ---- Routes ---- */

/* What is aboard at the start, and what the route brings and takes. */
static void load_up(const struct writer *writer, const struct plan_route *route)
{
    const int32_t dimensions = writer->vroom->dimension_count;
    memset(writer->load, 0, (size_t)dimensions * sizeof *writer->load);
    memset(writer->delivery, 0, (size_t)dimensions * sizeof *writer->delivery);
    memset(writer->pickup, 0, (size_t)dimensions * sizeof *writer->pickup);
    for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++) {
        const struct vroom_job *job = vroom_job_at(writer->vroom, &writer->plan->steps[i]);
        for (int32_t d = 0; job != NULL && d < dimensions; d++) {
            writer->load[d] += job->delivery[d];
            writer->delivery[d] += job->delivery[d];
            writer->pickup[d] += job->pickup[d];
            writer->delivery[dimensions + d] += job->delivery[d];
            writer->pickup[dimensions + d] += job->pickup[d];
        }
    }
}

static void put_sums(const struct writer *writer, struct json *object, const struct vroom_sums *sums)
{
    json_put_integer(object, "setup", sums->setup_s);
    json_put_integer(object, "service", sums->service_s);
    json_put_integer(object, "duration", sums->travel_s);
    json_put_integer(object, "waiting_time", sums->waiting_s);
    json_put_integer(object, "priority", sums->priority);
    if (writer->has_distances) json_put_integer(object, "distance", sums->distance_m);
}

static void add_to_total(struct vroom_sums *total, const struct vroom_sums *sums)
{
    total->setup_s += sums->setup_s;
    total->service_s += sums->service_s;
    total->travel_s += sums->travel_s;
    total->waiting_s += sums->waiting_s;
    total->priority += sums->priority;
    total->distance_m += sums->distance_m;
    total->cost += sums->cost;
    vroom_accuse_all(&total->tally, &sums->tally);
}

static bool has_break(const struct plan *plan, const struct plan_route *route)
{
    bool found = false;
    for (int32_t i = 0; i < route->step_count; i++)
        found = found || plan->steps[route->first_step + i].kind == STEP_BREAK;
    return found;
}

static struct json *route_json(struct writer *writer, int32_t r)
{
    const struct plan_route *route = &writer->plan->routes[r];
    struct json *object = json_new_object();
    const struct vroom_vehicle *vehicle = &writer->vroom->vehicles[route->vehicle];
    struct walk walk = {.route = {writer->vroom, vehicle, writer->report, r},
                        .vehicle = vehicle,
                        .location = vehicle->start.location,
                        .end_s = writer->report->routes[r].departure_s,
                        .steps = json_new_array()};
    load_up(writer, route);
    write_start(writer, &walk);
    for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++) {
        const struct vroom_job *job = vroom_job_at(writer->vroom, &writer->plan->steps[i]);
        if (job != NULL) write_job(writer, &walk, i, job);
        if (writer->plan->steps[i].kind == STEP_BREAK) write_break(writer, &walk, i);
    }
    write_end(writer, &walk);
    struct vroom_tally whole = {0};
    vroom_accuse_step(&walk.route, -1, &whole);
    for (int32_t c = 0; c < whole.count; c++) vroom_accuse(&walk.sums.tally, whole.causes[c], 0, 0);
    if (!has_break(writer->plan, route) && walk.vehicle->pause.given)
        vroom_accuse(&walk.sums.tally, "missing_break", 0, 0);
    vroom_accuse_limits(walk.vehicle, &walk.sums);
    /* Breaks are no tasks: their time costs nothing. */
    struct vroom_sums tasks = walk.sums;
    for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++)
        if (writer->plan->steps[i].kind == STEP_BREAK)
            tasks.service_s -= writer->report->steps[i].end_s - writer->report->steps[i].begin_s;
    walk.sums.cost = vroom_cost_of(writer->vroom, walk.vehicle, &tasks);

    json_put_integer(object, "vehicle", walk.vehicle->id);
    json_put_number(object, "cost", walk.sums.cost);
    if (walk.vehicle->description != NULL) json_put_string(object, "description", walk.vehicle->description);
    put_amount(writer, object, "delivery", writer->delivery);
    put_amount(writer, object, "amount", writer->delivery);
    put_amount(writer, object, "pickup", writer->pickup);
    put_sums(writer, object, &walk.sums);
    json_put(object, "steps", walk.steps);
    vroom_put_violations(object, &walk.sums.tally);
    add_to_total(&writer->total, &walk.sums);
    return object;
}

/* ---- The whole ---- */

static struct json *unassigned_json(const struct writer *writer)
{
    struct json *array = json_new_array();
    for (int32_t j = 0; j < writer->vroom->job_count; j++) {
        const struct vroom_job *job = &writer->vroom->jobs[j];
        if (writer->report->stop_route[j] >= 0) continue;
        struct json *object = json_new_object();
        json_put_integer(object, "id", job->id);
        put_spot(object, &job->spot);
        json_put_string(object, "type", "job");
        if (job->description != NULL) json_put_string(object, "description", job->description);
        json_put(array, NULL, object);
    }
    return array;
}

static struct json *summary_json(const struct writer *writer, int32_t routes, int32_t unassigned)
{
    struct json *object = json_new_object();
    const int32_t dimensions = writer->vroom->dimension_count;
    json_put_number(object, "cost", writer->total.cost);
    json_put_integer(object, "routes", routes);
    json_put_integer(object, "unassigned", unassigned);
    put_amount(writer, object, "delivery", writer->delivery + dimensions);
    put_amount(writer, object, "amount", writer->delivery + dimensions);
    put_amount(writer, object, "pickup", writer->pickup + dimensions);
    put_sums(writer, object, &writer->total);
    vroom_put_violations(object, &writer->total.tally);
    return object;
}

static error_code print(FILE *file, struct json *root, struct error *error)
{
    char *text = json_print(root, false);
    json_free(root);
    if (text == NULL) return error_memory(error);
    fprintf(file, "%s\n", text);
    free(text);
    if (fflush(file) != 0 || ferror(file))
        return error_set(error, ERROR_FILE, _("the solution cannot be written: %s"), strerror(errno));
    return ERROR_NONE;
}

error_code vroom_write(FILE *file, const struct benchmark *benchmark, const struct plan *plan,
                       const struct check_report *report, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct writer writer = {.vroom = benchmark->detail,
                            .instance = &benchmark->instance,
                            .plan = plan,
                            .report = report,
                            .has_distances = true};
    struct arena arena;
    int32_t routes = 0;
    arena_init(&arena);
    TRY_NEW(&arena, writer.load, writer.vroom->dimension_count + 1);
    TRY_NEW(&arena, writer.delivery, 2 * writer.vroom->dimension_count + 1);
    TRY_NEW(&arena, writer.pickup, 2 * writer.vroom->dimension_count + 1);
    for (int32_t v = 0; v < writer.vroom->vehicle_count; v++)
        if (writer.vroom->profiles[writer.vroom->vehicles[v].profile].distance_m == NULL)
            writer.has_distances = false;
    struct json *root = json_new_object(), *array = json_new_array();
    for (int32_t r = 0; r < plan->route_count; r++) {
        if (plan->routes[r].vehicle < 0 || plan->routes[r].vehicle >= writer.vroom->vehicle_count) continue;
        json_put(array, NULL, route_json(&writer, r));
        routes++;
    }
    json_put_integer(root, "code", 0);
    json_put(root, "summary",
             summary_json(&writer, routes, report->unserved_mandatory + report->unserved_optional));
    json_put(root, "unassigned", unassigned_json(&writer));
    json_put(root, "routes", array);
    TRY(print(file, root, error));
done:
    arena_free(&arena);
    return rc;
}

error_code vroom_write_fault(FILE *file, error_code code, const char *message, struct error *error)
{
    struct json *root = json_new_object();
    json_put_integer(root, "code", error_exit_status(code));
    json_put_string(root, "error", message);
    return print(file, root, error);
}
