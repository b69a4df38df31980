#include "solver/routing/schedule.h"

#include <stdlib.h>

#define NEVER INT64_MAX

bool timetable_reserve(struct timetable *timetable, int32_t nodes)
{
    if (nodes <= timetable->capacity) return true;
    int32_t capacity = nodes + nodes / 2 + 16;
    size_t bytes = (size_t)capacity * sizeof(int64_t);
    struct timetable larger = {.duration_s = malloc(bytes),
                               .end_before_s = malloc(bytes),
                               .end_after_s = malloc(bytes),
                               .release_s = malloc(bytes),
                               .gap = malloc((size_t)capacity * sizeof *larger.gap),
                               .capacity = capacity};
    if (!larger.duration_s || !larger.end_before_s || !larger.end_after_s || !larger.release_s ||
        !larger.gap) {
        timetable_free(&larger);
        return false;
    }
    timetable_free(timetable);
    *timetable = larger;
    return true;
}

void timetable_free(struct timetable *timetable)
{
    free(timetable->duration_s);
    free(timetable->end_before_s);
    free(timetable->end_after_s);
    free(timetable->release_s);
    free(timetable->gap);
    *timetable = (struct timetable){0};
}

/* What the route carries and pays by the way: service times by node, metres, fees, kilograms. */
struct sums {
    int64_t distance_m, driving_s, service_s, kg;
    money fees;
    int32_t stops;
    bool reachable;
};

static struct sums sum_route(const struct problem *problem, const struct vehicle *vehicle,
                             const struct shape *shape, const int32_t *nodes, int32_t count,
                             struct timetable *t)
{
    const struct instance *instance = problem->instance;
    struct sums sums = {.reachable = true};
    int64_t aboard_kg[COMPARTMENT_MAX] = {0};
    int32_t head = 0; /* where the trip set out */
    for (int32_t k = 0; k < count; k++) {
        int32_t node = nodes[k];
        int64_t duration = problem->nodes[node].service_s;
        t->release_s[k] = 0;
        if (node_is_stop(problem, node)) {
            if (problem->nodes[node].release_s > t->release_s[head])
                t->release_s[head] = problem->nodes[node].release_s;
            sums.stops++;
            sums.kg += instance->stops[node].load_kg;
            if (shape->compartment[node] >= 0)
                aboard_kg[shape->compartment[node]] += instance->stops[node].load_kg;
        } else if (node_is_site(problem, node)) {
            const struct site *site = &instance->sites[node - problem->stop_count];
            head = k;
            uint32_t emptied = shape->emptied[node - problem->stop_count];
            int64_t unloaded_kg = 0;
            for (int32_t c = 0; c < shape->compartment_count; c++) {
                if (!(emptied >> c & 1)) continue;
                unloaded_kg += aboard_kg[c];
                aboard_kg[c] = 0;
            }
            duration += (unloaded_kg * site->unload_us_per_kg + 999999) / 1000000;
            sums.fees += unloaded_kg * site->fee_per_kg;
        }
        t->duration_s[k] = duration;
        sums.service_s += duration;
        sums.distance_m += problem->nodes[node].inner_m;
        if (k == 0) continue;
        int64_t metres = leg_m(problem, vehicle->profile, nodes[k - 1], node);
        if (metres >= TRAVEL_UNREACHABLE) sums.reachable = false;
        sums.distance_m += metres;
        sums.driving_s += leg_s(problem, vehicle->profile, nodes[k - 1], node);
    }
    return sums;
}

void schedule_durations(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count,
                        struct timetable *timetable)
{
    sum_route(problem, &problem->instance->vehicles[vehicle], &problem->shapes[problem->shape_of[vehicle]],
              nodes, count, timetable);
}

/* When the activity after a gap is reached if the break is taken in it, having been free at `free_s`. */
static int64_t arrival_with_break(const struct vehicle *vehicle, int64_t free_s, int64_t leg,
                                  int64_t latest_s)
{
    int64_t open_s = vehicle->break_window.open_s;
    if (free_s == NEVER || free_s > latest_s || open_s > latest_s) return NEVER;
    int64_t reached = free_s + leg;
    return (reached > open_s ? reached : open_s) + vehicle->break_s;
}

/* When the truck is done at position k and may set out again. */
static int64_t end_of(const struct problem *problem, const int32_t *nodes, int32_t k, int64_t arrival_s,
                      const struct timetable *t)
{
    if (arrival_s == NEVER) return NEVER;
    int64_t begin = node_begin(problem, nodes[k], arrival_s);
    if (begin == NEVER) return NEVER;
    int64_t end = begin + t->duration_s[k];
    return end > t->release_s[k] ? end : t->release_s[k];
}

/* Earliest ends of all activities, leaving at departure_s; the break may begin until latest_break_s. */
static void sweep_forward(const struct problem *problem, const struct vehicle *vehicle, const int32_t *nodes,
                          int32_t count, int64_t departure_s, int64_t latest_break_s, struct timetable *t)
{
    t->end_before_s[0] = departure_s;
    t->end_after_s[0] = NEVER;
    for (int32_t k = 1; k < count; k++) {
        int64_t leg = leg_s(problem, vehicle->profile, nodes[k - 1], nodes[k]);
        int64_t before = t->end_before_s[k - 1], after = t->end_after_s[k - 1];
        t->end_before_s[k] = end_of(problem, nodes, k, before == NEVER ? NEVER : before + leg, t);
        t->end_after_s[k] = end_of(problem, nodes, k, after == NEVER ? NEVER : after + leg, t);
        t->gap[k] = after == NEVER ? -1 : t->gap[k - 1];
        if (vehicle->break_s == 0) continue;
        int64_t now = arrival_with_break(vehicle, before, leg, latest_break_s);
        int64_t taken = end_of(problem, nodes, k, now, t);
        if (taken < t->end_after_s[k]) {
            t->end_after_s[k] = taken;
            t->gap[k] = k;
        }
    }
}

/* The latest departure that still comes home by return_s, the break being in `gap` (-1: none). */
static int64_t latest_departure(const struct problem *problem, const struct vehicle *vehicle,
                                const int32_t *nodes, int32_t count, int64_t return_s, int32_t gap,
                                const struct timetable *t)
{
    int64_t arrival = return_s;
    for (int32_t k = count - 1; k >= 1; k--) {
        int64_t leg = leg_s(problem, vehicle->profile, nodes[k - 1], nodes[k]);
        int64_t end = arrival - leg;
        if (k == gap) {
            end -= vehicle->break_s;
            if (end > vehicle->break_window.close_s) end = vehicle->break_window.close_s;
        }
        if (k == 1) return end;
        arrival = node_begin_latest(problem, nodes[k - 1], end - t->duration_s[k - 1]);
    }
    return arrival;
}

/* A timetable that leaves at departure_s or later; false when none keeps the rules. */
static bool time_route(const struct problem *problem, const struct vehicle *vehicle, const int32_t *nodes,
                       int32_t count, int64_t departure_s, struct timetable *t, struct schedule *schedule)
{
    const struct time_window window = vehicle->break_window;
    int64_t latest_break_s = departure_s + vehicle->break_after_s;
    if (latest_break_s > window.close_s) latest_break_s = window.close_s;
    sweep_forward(problem, vehicle, nodes, count, departure_s, latest_break_s, t);
    int32_t last = count - 1;
    for (int taken = 0; taken < 2; taken++) {
        int64_t home_s = taken ? t->end_after_s[last] : t->end_before_s[last];
        if (home_s == NEVER || home_s > vehicle->shift_end_s) continue;
        int32_t gap = taken ? t->gap[last] : -1;
        int64_t leave_s = latest_departure(problem, vehicle, nodes, count, home_s, gap, t);
        if (leave_s < departure_s) leave_s = departure_s;
        int64_t work_s = home_s - leave_s - (taken ? vehicle->break_s : 0);
        bool due = vehicle->break_s > 0 && (work_s > vehicle->break_after_s ||
                                            (leave_s <= window.close_s && home_s > window.close_s));
        if ((due && !taken) || work_s > vehicle->max_work_s) continue;
        schedule->break_gap = gap;
        schedule->departure_s = leave_s;
        schedule->return_s = home_s;
        schedule->work_s = work_s;
        return true;
    }
    return false;
}

/* Without windows, shifts or breaks nothing waits: the sums are the timetable. */
static bool time_untimed(const struct vehicle *vehicle, const struct sums *sums, struct schedule *schedule)
{
    schedule->departure_s = vehicle->shift_start_s;
    schedule->work_s = sums->driving_s + sums->service_s;
    schedule->return_s = schedule->departure_s + schedule->work_s;
    return true;
}

/* The late departure first: it is the one that a route with windows will have in the end. */
static bool time_timed(const struct problem *problem, const struct vehicle *vehicle, const int32_t *nodes,
                       int32_t count, struct timetable *t, struct schedule *schedule)
{
    int64_t start_s = vehicle->shift_start_s > t->release_s[0] ? vehicle->shift_start_s : t->release_s[0];
    sweep_forward(problem, vehicle, nodes, count, start_s, INT64_MIN, t);
    int64_t home_s = t->end_before_s[count - 1];
    if (home_s == NEVER || home_s > vehicle->shift_end_s) return false;
    int64_t late_s = latest_departure(problem, vehicle, nodes, count, home_s, -1, t);
    if (late_s > start_s && time_route(problem, vehicle, nodes, count, late_s, t, schedule)) return true;
    return time_route(problem, vehicle, nodes, count, start_s, t, schedule);
}

void schedule_route(const struct problem *problem, int32_t vehicle_index, const int32_t *nodes, int32_t count,
                    struct timetable *timetable, struct schedule *schedule)
{
    const struct vehicle *vehicle = &problem->instance->vehicles[vehicle_index];
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle_index]];
    *schedule = (struct schedule){.break_gap = -1, .departure_s = vehicle->shift_start_s};
    struct sums sums = sum_route(problem, vehicle, shape, nodes, count, timetable);
    if (sums.stops == 0) {
        schedule->feasible = true;
        return;
    }
    schedule->distance_m = sums.distance_m;
    schedule->fees = sums.fees;
    if (!sums.reachable || (vehicle->max_distance_m > 0 && sums.distance_m > vehicle->max_distance_m)) return;
    schedule->feasible = problem->timed ? time_timed(problem, vehicle, nodes, count, timetable, schedule)
                                        : time_untimed(vehicle, &sums, schedule);
    if (!schedule->feasible) return;
    schedule->cost = vehicle->fixed_cost + sums.distance_m * vehicle_rate_m(vehicle) +
                     sums.kg * (vehicle->fuel_per_kg + vehicle->carbon_per_kg) + sums.fees +
                     vehicle_work_cost(vehicle, schedule->work_s);
}

/* Drives the route with the break in `gap`; the return, or NEVER when a rule fails. *begin_s: the break's. */
static int64_t return_with_break(const struct problem *problem, const struct vehicle *vehicle,
                                 const int32_t *nodes, int32_t count, int64_t departure_s, int32_t gap,
                                 const struct timetable *t, int64_t *begin_s)
{
    int64_t latest_s = departure_s + vehicle->break_after_s, free_s = departure_s;
    if (latest_s > vehicle->break_window.close_s) latest_s = vehicle->break_window.close_s;
    for (int32_t k = 1; k < count && free_s != NEVER; k++) {
        int64_t leg = leg_s(problem, vehicle->profile, nodes[k - 1], nodes[k]);
        int64_t arrival = free_s + leg;
        if (k == gap) {
            *begin_s = free_s > vehicle->break_window.open_s ? free_s : vehicle->break_window.open_s;
            arrival = arrival_with_break(vehicle, free_s, leg, latest_s);
        }
        free_s = end_of(problem, nodes, k, arrival, t);
    }
    return free_s;
}

void schedule_centre_break(const struct problem *problem, int32_t vehicle_index, const int32_t *nodes,
                           int32_t count, struct timetable *timetable, struct schedule *schedule)
{
    const struct vehicle *vehicle = &problem->instance->vehicles[vehicle_index];
    if (!schedule->feasible || schedule->break_gap < 0) return;
    schedule_durations(problem, vehicle_index, nodes, count, timetable);
    int64_t middle_s = (schedule->departure_s + schedule->return_s) / 2, nearest_s = NEVER;
    for (int32_t gap = 1; gap < count; gap++) {
        int64_t begin_s = 0;
        int64_t home_s = return_with_break(problem, vehicle, nodes, count, schedule->departure_s, gap,
                                           timetable, &begin_s);
        int64_t off_s = begin_s > middle_s ? begin_s - middle_s : middle_s - begin_s;
        if (home_s > schedule->return_s || off_s >= nearest_s) continue;
        nearest_s = off_s;
        schedule->break_gap = gap;
    }
}
