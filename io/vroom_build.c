/* The instance of a VROOM problem: jobs as optional stops, vehicles with their hours, prizes that rank plans
 * as VROOM does.
 *
 * Prizes. VROOM compares the sum of priorities, then the number of jobs, then the cost. With n jobs, w(j) =
 * priority × (n + 1) + 1 puts the first two into one number, and a unit of it is worth more than any plan
 * can cost: n + used vehicles times the longest leg, and all fixed costs. Where the sum of such prizes does
 * not fit in 64 bits, a unit is worth what one more job can cost at most if nothing else moves: four longest
 * legs and a vehicle. */
#include "io/vroom_file.h"

#include "solver/base/message.h"

#include <math.h>

enum { FAR_S = 30 * 24 * 3600, RATE_LEAST = 1000 };

#define MONEY_ROOM ((double)(INT64_MAX / 64)) /* a fourth of what instance_validate accepts for a part */
#define NOBODY ((tag_mask)1 << (TAG_MAX - 1)) /* an access tag that no vehicle has */

struct builder {
    struct vroom_reader *reader;
    struct vroom *vroom;
    struct instance *instance;
    struct vroom_packing packing;
    struct vroom_ways ways;
    money unit;     /* in one of VROOM's cost */
    double worth;   /* of one unit of w, in VROOM's cost */
    double weights; /* of all jobs */
    bool by_priority;
};

/* ---- Times ---- */

/* The instance's 0: the earliest hours when every vehicle has some, else 0 or, where all windows lie far
 * from it (time stamps), a month before the first of them. */
static int64_t find_base(const struct vroom *vroom)
{
    int64_t hours = INT64_MAX, first = INT64_MAX;
    bool all = true;
    for (int32_t v = 0; v < vroom->vehicle_count; v++) {
        const struct vroom_vehicle *vehicle = &vroom->vehicles[v];
        all = all && vehicle->has_window;
        if (vehicle->has_window && vehicle->window.open < hours) hours = vehicle->window.open;
        if (vehicle->pause.given && vehicle->pause.window.open < first && vehicle->pause.window.open > 0)
            first = vehicle->pause.window.open;
    }
    if (all) return hours;
    if (hours < first) first = hours;
    for (int32_t j = 0; j < vroom->job_count; j++)
        if (vroom->jobs[j].window_count > 0 && vroom->jobs[j].windows[0].open < first)
            first = vroom->jobs[j].windows[0].open;
    return first != INT64_MAX && first > TIME_MAX / 2 ? first - FAR_S : 0;
}

/* A window in the instance's time; false when no part of it lies there. */
static bool shift_window(const struct builder *builder, struct vroom_window window,
                         struct time_window *shifted)
{
    const int64_t open = window.open - builder->vroom->base_s, close = window.close - builder->vroom->base_s;
    if (close < 0 || open > TIME_MAX || open > close) return false;
    *shifted =
        (struct time_window){open < 0 ? 0 : (int32_t)open, close > TIME_MAX ? TIME_MAX : (int32_t)close};
    return true;
}

/* ---- Stops ---- */

static double weight(const struct builder *builder, const struct vroom_job *job)
{
    return builder->by_priority ? (double)job->priority * (builder->vroom->job_count + 1) + 1 : 1;
}

static money prize(const struct builder *builder, const struct vroom_job *job)
{
    const double most =
        MONEY_ROOM / builder->weights; /* less than `worth` for costs beyond all reason only */
    return (money)llround(weight(builder, job) * fmin(most, builder->worth * (double)builder->unit));
}

static void build_windows(struct builder *builder, const struct vroom_job *job, struct time_window *windows,
                          struct stop *stop)
{
    struct instance *instance = builder->instance;
    stop->window_first = instance->window_count;
    for (int32_t w = 0; w < job->window_count; w++) {
        struct vroom_window window = job->windows[w];
        if (job->setup_on_the_way) window.open += job->setup_s;
        if (!shift_window(builder, window, &windows[instance->window_count])) continue;
        instance->window_count++;
        stop->window_count++;
    }
    if (job->window_count > 0 && stop->window_count == 0) stop->tags |= NOBODY;
}

/* An id as text. */
static error_code name_of(const struct builder *builder, int64_t id, const char **name, struct error *error)
{
    char text[VROOM_NAME_SIZE];
    const int length = snprintf(text, sizeof text, "%lld", (long long)id);
    *name = arena_text(builder->reader->arena, text, (size_t)length);
    return *name != NULL ? ERROR_NONE : error_memory(error);
}

static error_code build_stops(struct builder *builder, struct benchmark *benchmark, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vroom *vroom = builder->vroom;
    struct arena *arena = builder->reader->arena;
    struct stop *stops;
    struct time_window *windows;
    int64_t window_count = 0;
    for (int32_t j = 0; j < vroom->job_count; j++) window_count += vroom->jobs[j].window_count;
    if (window_count > INT32_MAX)
        return error_set(error, ERROR_INPUT, _("the instance has a wrong number of %s"), "windows");
    TRY_NEW(arena, stops, vroom->job_count);
    TRY_NEW(arena, windows, window_count);
    TRY_NEW(arena, benchmark->stop_ids, vroom->job_count);
    for (int32_t j = 0; j < vroom->job_count; j++) {
        const struct vroom_job *job = &vroom->jobs[j];
        const int32_t c = vroom_compartment(&builder->packing, job);
        stops[j] = (struct stop){.entry_place = builder->ways.job_place[j],
                                 .exit_place = builder->ways.job_place[j],
                                 .stream = c,
                                 .load_kg = vroom_load(job, builder->packing.kg[c]),
                                 .load_l = vroom_load(job, builder->packing.l[c]),
                                 .tags = job->tags,
                                 .prize = prize(builder, job)};
        const int64_t service_s = job->service_s + (job->setup_on_the_way ? 0 : job->setup_s);
        stops[j].service_s = service_s > TIME_MAX ? TIME_MAX : (int32_t)service_s;
        build_windows(builder, job, windows, &stops[j]);
        TRY(name_of(builder, job->id, &benchmark->stop_ids[j], error));
    }
    builder->instance->stop_count = vroom->job_count;
    builder->instance->stops = stops;
    builder->instance->windows = windows;
done:
    return rc;
}

/* ---- Vehicles ---- */

/* The break, begun early enough to end with the hours, which costs nothing that was possible: a vehicle back
 * by then has time for it at the end. False when it fits nowhere. */
static bool build_break(const struct builder *builder, const struct vroom_break *pause,
                        struct vehicle *vehicle)
{
    struct time_window window;
    if (!pause->given) return true;
    if (!shift_window(builder, pause->window, &window)) return false;
    const int64_t latest = (int64_t)vehicle->shift_end_s - pause->service_s;
    if (window.close_s > latest) window.close_s = (int32_t)(latest < -1 ? -1 : latest);
    if (window.open_s < vehicle->shift_start_s) window.open_s = vehicle->shift_start_s;
    if (window.open_s > window.close_s) return false;
    vehicle->break_s = (int32_t)pause->service_s;
    vehicle->break_window = window;
    return true;
}

static void build_compartments(const struct builder *builder, const struct vroom_vehicle *from,
                               struct vehicle *vehicle)
{
    const struct vroom_packing *packing = &builder->packing;
    vehicle->compartment_count = packing->compartment_count > 0 ? packing->compartment_count : 1;
    for (int32_t c = 0; c < vehicle->compartment_count; c++) {
        const bool used = c < packing->compartment_count;
        vehicle->compartments[c] = (struct vehicle_compartment){
            .streams = (stream_mask)1 << c,
            .capacity_kg = used ? from->capacity[packing->kg[c]] : 0,
            .capacity_l = used && packing->l[c] >= 0 ? from->capacity[packing->l[c]] : 0};
    }
}

/* Tasks that a vehicle may do, by its own limit and by amounts that only count them. */
static int64_t most_tasks(const struct builder *builder, const struct vroom_vehicle *from)
{
    int64_t most = from->max_tasks >= 0 ? from->max_tasks : INT32_MAX;
    for (int32_t d = 0; d < builder->vroom->dimension_count; d++) {
        if (!(builder->packing.counted >> d & 1U)) continue;
        const int64_t tasks = from->capacity[d] / vroom_load(&builder->vroom->jobs[0], d);
        if (tasks < most) most = tasks;
    }
    return most;
}

static void build_vehicle(struct builder *builder, int32_t v, struct vehicle *vehicle)
{
    const struct vroom_vehicle *from = &builder->vroom->vehicles[v];
    struct time_window hours = {0, 0};
    const int64_t tasks = most_tasks(builder, from);
    bool usable = shift_window(builder, from->window, &hours) && tasks > 0 && from->max_travel_time_s != 0 &&
                  from->max_distance_m != 0;
    *vehicle = (struct vehicle){
        .start_place = builder->ways.start_place[v],
        .end_place = builder->ways.end_place[v],
        .profile = builder->ways.profile[v],
        .shift_start_s = hours.open_s,
        .shift_end_s = hours.close_s,
        .max_work_s = TIME_MAX,
        .overtime_from_s = TIME_MAX,
        .break_after_s = TIME_MAX,
        .tags = from->tags,
        .home_takes_load = true,
        .max_stops = tasks >= builder->vroom->job_count ? 0 : (int32_t)tasks,
        .max_distance_m = builder->ways.limit_m[v],
        .fixed_cost = from->fixed * builder->unit,
        .cost_per_m = (money)llround(builder->ways.rate[v] * (double)builder->unit),
    };
    if (!from->has_window) vehicle->shift_end_s = TIME_MAX;
    if (builder->ways.rate[v] > 0 && vehicle->cost_per_m == 0) vehicle->cost_per_m = 1;
    if (usable && !build_break(builder, &from->pause, vehicle)) {
        usable = false;
        snprintf(builder->reader->path, VROOM_NAME_SIZE, "vehicles[%d]", (int)v);
        vroom_remark(builder->reader, SEVERITY_WARNING, json_get(from->value, "breaks"), "vehicle",
                     "breaks[0]",
                     N_("the break does not fit into the vehicle's hours: the vehicle is not used"));
        builder->reader->path[0] = '\0';
    }
    if (usable) build_compartments(builder, from, vehicle); /* without a compartment it serves nothing */
}

static error_code build_vehicles(struct builder *builder, struct benchmark *benchmark, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vroom *vroom = builder->vroom;
    struct vehicle *vehicles;
    TRY_NEW(builder->reader->arena, vehicles, vroom->vehicle_count);
    TRY_NEW(builder->reader->arena, benchmark->vehicle_ids, vroom->vehicle_count);
    for (int32_t v = 0; v < vroom->vehicle_count; v++) {
        build_vehicle(builder, v, &vehicles[v]);
        TRY(name_of(builder, vroom->vehicles[v].id, &benchmark->vehicle_ids[v], error));
        if (vroom->vehicles[v].per_task_hour == vroom->vehicles[0].per_task_hour) continue;
        snprintf(builder->reader->path, VROOM_NAME_SIZE, "vehicles[%d].costs", (int)v);
        vroom_remark(
            builder->reader, SEVERITY_WARNING,
            json_get(json_get(vroom->vehicles[v].value, "costs"), "per_task_hour"), "costs", "per_task_hour",
            N_("it differs from the first vehicle's: it is in the cost told, and the search does not "
               "weigh it"));
        builder->reader->path[0] = '\0';
    }
    builder->instance->vehicle_count = vroom->vehicle_count;
    builder->instance->vehicles = vehicles;
done:
    return rc;
}

/* ---- Money ---- */

/* The finest unit of money, and the strictest prizes, that fit. */
static void choose_unit(struct builder *builder)
{
    const struct vroom *vroom = builder->vroom;
    const double jobs = vroom->job_count, vehicles = vroom->vehicle_count;
    double fixed = 0, most_fixed = 0;
    for (int32_t v = 0; v < vroom->vehicle_count; v++) {
        fixed += (double)vroom->vehicles[v].fixed;
        most_fixed = fmax(most_fixed, (double)vroom->vehicles[v].fixed);
    }
    for (int32_t j = 0; j < vroom->job_count; j++)
        builder->by_priority = builder->by_priority || vroom->jobs[j].priority > 0;
    for (int32_t j = 0; j < vroom->job_count; j++) builder->weights += weight(builder, &vroom->jobs[j]);
    const double weights = builder->weights;

    const double strict = (jobs + fmin(jobs, vehicles)) * builder->ways.longest + fixed + 1;
    const double mild = fmin(strict, 4 * builder->ways.longest + most_fixed + 1);
    const double driven = 2 * (jobs + vehicles + 1) * builder->ways.most_rate * (builder->ways.longest_m + 1);
    const double finest = fmin((double)MONEY_UNIT, MONEY_ROOM / (driven + fixed + 1));
    builder->worth = MONEY_ROOM / (weights * strict) < RATE_LEAST ? mild : strict;
    builder->unit = (money)fmax(1, floor(fmin(finest, MONEY_ROOM / (weights * builder->worth))));
    /* Whole rates for the usual costs a second and a kilometre. */
    if (builder->unit > 3600000) builder->unit -= builder->unit % 18000;
}

error_code vroom_build(struct vroom_reader *reader, struct benchmark *benchmark, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct builder builder = {.reader = reader, .vroom = reader->vroom, .instance = &benchmark->instance};
    const int64_t errors_before = reader->list->errors;
    *builder.instance = (struct instance){0};
    TRY(vroom_pack(reader, &builder.packing, error));
    if (reader->list->errors > errors_before) goto done;
    TRY(vroom_find_ways(reader, &builder.ways, error));
    builder.vroom->base_s = find_base(builder.vroom);
    builder.instance->stream_count =
        builder.packing.compartment_count > 0 ? builder.packing.compartment_count : 1;
    builder.instance->travel = builder.ways.travel;
    choose_unit(&builder);
    TRY(build_stops(&builder, benchmark, error));
    TRY(build_vehicles(&builder, benchmark, error));
    TRY_NEW(reader->arena, benchmark->site_ids, 1);
    benchmark->distance_unit = 1;
    benchmark->cost_unit = builder.unit;
    benchmark->has_time_stamps = true;
    benchmark->time_origin = builder.vroom->base_s;
    benchmark->detail = builder.vroom;
    benchmark->holds_start = builder.vroom->has_steps;
    TRY(instance_validate(builder.instance, error));
done:
    return rc;
}
