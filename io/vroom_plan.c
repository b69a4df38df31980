/* Plans of VROOM problems: breaks that the model calls not due are put in, and solutions are read back. */
#include "io/vroom_file.h"

#include "solver/base/ids.h"
#include "solver/base/message.h"

#include <math.h>
#include <string.h>

enum { KEY_SIZE = 96, ID_SIZE = 32 };

/* ---- Breaks ---- */

/* How a route is to be driven: where its break lies (-1: as it is) and when it leaves. */
struct variant {
    int32_t gap, departure_s;
};

struct outcome {
    int32_t broken; /* rules */
    int64_t return_s, waiting_s;
};

static error_code add_route(const struct plan *plan, const struct plan_route *route, struct variant variant,
                            struct plan *to, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY(plan_add_route(to, route->vehicle, variant.departure_s, error));
    for (int32_t i = 0; i <= route->step_count; i++) {
        if (i == variant.gap) TRY(plan_add_step(to, STEP_BREAK, -1, error));
        if (i == route->step_count) break;
        const struct plan_step *step = &plan->steps[route->first_step + i];
        TRY(plan_add_step(to, (step_kind)step->kind, step->id, error));
    }
done:
    return rc;
}

static error_code judge(const struct instance *instance, const struct plan *plan,
                        const struct plan_route *route, struct variant variant, struct outcome *outcome,
                        struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct plan trial;
    struct check_report report;
    arena_init(&arena);
    plan_init(&trial);
    *outcome = (struct outcome){0};
    TRY(add_route(plan, route, variant, &trial, error));
    TRY(check_plan(instance, &trial, &arena, &report, error));
    for (int32_t k = 0; k < report.violation_count; k++) outcome->broken += report.violations[k].route == 0;
    outcome->return_s = report.routes[0].return_s;
    outcome->waiting_s = report.routes[0].waiting_s;
done:
    plan_free(&trial);
    arena_free(&arena);
    return rc;
}

static bool better(struct outcome a, struct outcome b)
{
    return a.broken != b.broken ? a.broken < b.broken : a.return_s < b.return_s;
}

/* The best gap for the break of a route that has none; before leaving, it is what the route waits for. */
static error_code choose_gap(const struct instance *instance, const struct plan *plan,
                             const struct plan_route *route, struct variant *best, struct outcome *least,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vehicle *vehicle = &instance->vehicles[route->vehicle];
    struct outcome outcome;
    int32_t early_s = route->departure_s - vehicle->break_s;
    if (early_s > vehicle->break_window.close_s) early_s = vehicle->break_window.close_s;
    if (early_s < vehicle->shift_start_s) early_s = vehicle->shift_start_s;
    *best = (struct variant){0, early_s};
    TRY(judge(instance, plan, route, *best, least, error));
    for (int32_t gap = route->step_count; gap >= 0; gap--) {
        const struct variant variant = {gap, route->departure_s};
        TRY(judge(instance, plan, route, variant, &outcome, error));
        if (!better(outcome, *least)) continue;
        *least = outcome;
        *best = variant;
    }
done:
    return rc;
}

/* Takes the stop of the least prize out of the only route of a plan. */
static void drop_stop(const struct instance *instance, struct plan *plan)
{
    int32_t least = 0;
    for (int32_t i = 1; i < plan->step_count; i++)
        if (instance->stops[plan->steps[i].id].prize < instance->stops[plan->steps[least].id].prize)
            least = i;
    for (int32_t i = least; i + 1 < plan->step_count; i++) plan->steps[i] = plan->steps[i + 1];
    plan->step_count--;
    plan->routes[0].step_count--;
}

/* A route of stops alone, with the break put in; one that leaves after its break has begun at the latest, and
 * so has none due, may have no time for it: it then loses stops. */
static error_code fit_break(const struct instance *instance, const struct plan *plan,
                            const struct plan_route *route, struct plan *to, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct variant variant = {-1, route->departure_s};
    struct outcome outcome;
    struct plan alone;
    plan_init(&alone);
    TRY(add_route(plan, route, variant, &alone, error));
    do {
        TRY(choose_gap(instance, &alone, &alone.routes[0], &variant, &outcome, error));
        if (outcome.broken == 0) {
            TRY(add_route(&alone, &alone.routes[0], variant, to, error));
            break;
        }
        drop_stop(instance, &alone);
    } while (alone.step_count > 0);
done:
    plan_free(&alone);
    return rc;
}

error_code vroom_complete(const struct benchmark *benchmark, struct plan *plan, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct instance *instance = &benchmark->instance;
    struct plan with;
    plan_init(&with);
    for (int32_t r = 0; r < plan->route_count; r++) {
        const struct plan_route *route = &plan->routes[r];
        bool has = instance->vehicles[route->vehicle].break_s == 0;
        for (int32_t i = 0; i < route->step_count && !has; i++)
            has = plan->steps[route->first_step + i].kind == STEP_BREAK;
        if (has)
            TRY(add_route(plan, route, (struct variant){-1, route->departure_s}, &with, error));
        else
            TRY(fit_break(instance, plan, route, &with, error));
    }
    plan_free(plan);
    *plan = with;
    plan_init(&with);
done:
    plan_free(&with);
    return rc;
}

/* ---- Reading ---- */

struct solution_reader {
    struct json_source source;
    struct diagnostics *list;
    const struct benchmark *benchmark;
    const struct vroom *vroom;
    struct ids jobs;
    bool *used; /* by vehicle */
    struct plan *plan;
};

static void complain(struct solution_reader *reader, const struct json *value, const char *path, int32_t step,
                     const char *sentence)
{
    char place[KEY_SIZE];
    snprintf(place, sizeof place, step < 0 ? "%s" : "%s.steps[%d]", path, (int)step);
    json_complain(reader->list, SEVERITY_ERROR, &reader->source, value, "%s: %s", place, sentence);
}

/* The vehicle of an id that has no route yet; -1: none. */
static int32_t find_vehicle(const struct solution_reader *reader, const struct json *value)
{
    double id;
    if (!json_number(value, &id)) return -1;
    for (int32_t v = 0; v < reader->vroom->vehicle_count; v++)
        if (!reader->used[v] && (double)reader->vroom->vehicles[v].id == id) return v;
    return -1;
}

static int32_t find_job(const struct solution_reader *reader, const struct json *value)
{
    double id;
    char text[ID_SIZE];
    if (!json_number(value, &id) || !(id >= 0 && id <= (double)VROOM_ID_MAX) || id != floor(id)) return -1;
    const int length = snprintf(text, sizeof text, "%lld", (long long)id);
    return ids_find(&reader->jobs, text, (size_t)length);
}

static bool is(const struct json *step, const char *type)
{
    const char *text = json_string(json_get(step, "type"));
    return text != NULL && strcmp(text, type) == 0;
}

/* When the start is reached, in the instance's time; false when it is not said. */
static bool find_departure(const struct solution_reader *reader, const struct json *steps,
                           int32_t *departure_s)
{
    const struct json *first = json_first(steps);
    double arrival;
    if (!is(first, "start") || !json_number(json_get(first, "arrival"), &arrival)) return false;
    arrival -= (double)reader->vroom->base_s;
    if (!(arrival >= 0 && arrival <= TIME_MAX)) return false;
    *departure_s = (int32_t)arrival;
    return true;
}

/* The last departure that brings a route home as early and breaks no more rules: both only grow with it. */
static error_code leave_late(const struct instance *instance, const struct plan *plan,
                             struct plan_route *route, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct variant variant = {-1, route->departure_s};
    struct outcome first, outcome;
    TRY(judge(instance, plan, route, variant, &first, error));
    int32_t low = route->departure_s, high = low + (int32_t)first.waiting_s;
    while (low < high) {
        variant.departure_s = low + (high - low + 1) / 2;
        TRY(judge(instance, plan, route, variant, &outcome, error));
        if (better(first, outcome))
            high = variant.departure_s - 1;
        else
            low = variant.departure_s;
    }
    route->departure_s = low;
done:
    return rc;
}

/* Times that a step asks for on its own. */
static void warn_of_service(struct solution_reader *reader, const struct json *step, const char *path,
                            int32_t number)
{
    static const char *const KEYS[] = {"service_at", "service_after", "service_before"};
    for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++)
        if (json_get(step, KEYS[k]) != NULL)
            json_complain(reader->list, SEVERITY_WARNING, &reader->source, json_get(step, KEYS[k]),
                          "%s.steps[%d].%s: %s", path, (int)number, KEYS[k],
                          _("this is not supported, and not read"));
}

static error_code read_steps(struct solution_reader *reader, const struct json *steps, const char *path,
                             int32_t vehicle, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t number = 0;
    int32_t departure_s = reader->benchmark->instance.vehicles[vehicle].shift_start_s;
    const bool has_departure = find_departure(reader, steps, &departure_s);
    bool begun = false;
    if (!json_is_array(steps)) complain(reader, steps, path, -1, _("steps were expected: an array"));
    for (const struct json *it = json_first(steps); it != NULL; it = json_next(it), number++) {
        warn_of_service(reader, it, path, number);
        if (is(it, "start") || is(it, "end")) continue;
        const int32_t job = is(it, "job") ? find_job(reader, json_get(it, "id")) : -1;
        if (job < 0 && !is(it, "break")) {
            complain(reader, it, path, number,
                     is(it, "job") ? _("no job has this id")
                                   : _("a type was expected: start, job, break or end"));
            continue;
        }
        if (!begun) TRY(plan_add_route(reader->plan, vehicle, departure_s, error));
        begun = true;
        TRY(plan_add_step(reader->plan, job < 0 ? STEP_BREAK : STEP_STOP, job, error));
    }
    if (begun && !has_departure)
        TRY(leave_late(&reader->benchmark->instance, reader->plan,
                       &reader->plan->routes[reader->plan->route_count - 1], error));
done:
    return rc;
}

/* The routes of an answer, or the steps of a problem's own vehicles, which are then the plan to judge. */
static error_code read_routes(struct solution_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct json *root = reader->source.root, *routes = json_get(root, "routes");
    const bool own = routes == NULL && json_is_array(json_get(root, "vehicles"));
    char path[KEY_SIZE];
    int32_t number = 0;
    if (own) routes = json_get(root, "vehicles");
    if (!json_is_array(routes)) {
        json_complain(reader->list, SEVERITY_ERROR, &reader->source, root, "%s",
                      _("routes were expected, or vehicles with steps"));
        goto done;
    }
    for (const struct json *it = json_first(routes); it != NULL; it = json_next(it), number++) {
        const struct json *steps = json_get(it, "steps");
        if (own && steps == NULL) continue;
        snprintf(path, sizeof path, own ? "vehicles[%d]" : "routes[%d]", (int)number);
        const int32_t vehicle = find_vehicle(reader, json_get(it, own ? "id" : "vehicle"));
        if (vehicle < 0) {
            complain(reader, it, path, -1, _("no vehicle has this id, or it has a route already"));
            continue;
        }
        reader->used[vehicle] = true;
        TRY(read_steps(reader, steps, path, vehicle, error));
    }
done:
    return rc;
}

error_code vroom_read_solution(const char *name, const char *text, size_t length,
                               const struct benchmark *benchmark, struct plan *plan, double *stated_cost,
                               struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int64_t errors_before = diagnostics->errors;
    struct arena arena;
    struct json *root = NULL;
    struct solution_reader reader = {
        .list = diagnostics, .benchmark = benchmark, .vroom = benchmark->detail, .plan = plan};
    int32_t number;
    bool added;
    arena_init(&arena);
    ids_init(&reader.jobs, &arena);
    plan_init(plan);
    *stated_cost = NAN;
    TRY(json_parse(name, text, length, &root, error));
    reader.source = (struct json_source){name, text, length, root};
    TRY_NEW(&arena, reader.used, reader.vroom->vehicle_count);
    for (int32_t j = 0; j < reader.vroom->job_count; j++)
        TRY(ids_add(&reader.jobs, benchmark->stop_ids[j], strlen(benchmark->stop_ids[j]), &number, &added,
                    error));
    TRY(read_routes(&reader, error));
    double cost;
    if (json_number(json_get(json_get(root, "summary"), "cost"), &cost)) *stated_cost = cost;
    if (diagnostics->errors > errors_before) rc = error_set(error, ERROR_INPUT, _("%s cannot be read"), name);
done:
    if (rc != ERROR_NONE) plan_free(plan);
    json_free(root);
    ids_free(&reader.jobs);
    arena_free(&arena);
    return rc;
}
