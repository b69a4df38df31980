#include "solver/routing/schedule.h"

#include "solver/routing/timeline.h"

#include <stdlib.h>

#define NEVER INT64_MAX

bool timetable_reserve(struct timetable *timetable, int32_t nodes)
{
    if (nodes <= timetable->capacity) return true;
    int32_t capacity = nodes + nodes / 2 + 16;
    size_t count = (size_t)capacity;
    struct timetable larger = {.duration_s = malloc(count * sizeof *larger.duration_s),
                               .release_s = malloc(count * sizeof *larger.release_s),
                               .legs = malloc(count * sizeof *larger.legs),
                               .capacity = capacity};
    if (!larger.duration_s || !larger.release_s || !larger.legs) {
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
    free(timetable->release_s);
    free(timetable->legs);
    *timetable = (struct timetable){0};
}

/* What the route carries and pays by the way: service times by node, metres, fees, kilograms. */
struct sums {
    int64_t distance_m, driving_s, service_s, kg;
    money fees;
    money changes;
    int32_t stops;
    bool reachable;
};

static struct sums sum_route(const struct problem *problem, int32_t vehicle_index, const int32_t *nodes,
                             int32_t count, struct timetable *t)
{
    const struct instance *instance = problem->instance;
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle_index]];
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
            sums.changes += problem_change_price(problem, vehicle_index, node);
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
        if (t->legs[k].m >= TRAVEL_UNREACHABLE) sums.reachable = false;
        sums.distance_m += t->legs[k].m;
        sums.driving_s += t->legs[k].s;
    }
    return sums;
}

static void find_legs(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count,
                      struct timetable *timetable)
{
    const int32_t profile = problem->instance->vehicles[vehicle].profile;
    for (int32_t k = 1; k < count; k++)
        timetable->legs[k] =
            leg_between(problem, profile, problem->nodes[nodes[k - 1]].exit, problem->nodes[nodes[k]].entry);
}

void schedule_durations(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count,
                        struct timetable *timetable)
{
    find_legs(problem, vehicle, nodes, count, timetable);
    sum_route(problem, vehicle, nodes, count, timetable);
}

/* What a line of a route has to keep to. */
struct rules {
    const struct problem *problem;
    const struct vehicle *vehicle;
    const struct timetable *t;
    bool pauses; /* the break may be taken */
};

/* Without the break, work stays short of making it due, and who leaves before the end of its window is back
 * by then: so much for being done anywhere on the way too, unless the break is still to come, in time. */
static struct line avoid_break(const struct vehicle *vehicle, struct line line)
{
    if (line_span_s(line) > vehicle->break_after_s) line.until_s = line.from_s - 1;
    if (line.until_s > vehicle->break_window.close_s) return line;
    return line_by(line, vehicle->break_window.close_s);
}

/* Is done with node k, having begun it where the line stands. */
static void finish(const struct rules *rules, int32_t k, struct line line, struct timeline *timeline)
{
    const struct vehicle *vehicle = rules->vehicle;
    line = line_await(line_spend(line, rules->t->duration_s[k]), rules->t->release_s[k]);
    line = line_by(line, vehicle->shift_end_s);
    if (vehicle->break_s > 0 && line.gap < 0) line = avoid_break(vehicle, line);
    const int64_t pause_s = line.gap >= 0 ? vehicle->break_s : 0;
    if (line_possible(line) && line_span_s(line) - pause_s <= vehicle->max_work_s)
        timeline_add(timeline, line);
}

/* Having arrived at node k, begins in each of its windows; in a later one with the departures alone that are
 * too late for the one before. */
static void serve(const struct rules *rules, int32_t node, int32_t k, struct line line,
                  struct timeline *timeline)
{
    const struct node *n = &rules->problem->nodes[node];
    const struct time_window *windows = rules->problem->instance->windows + n->window_first;
    if (n->window_count == 0) finish(rules, k, line, timeline);
    for (int32_t w = 0; w < n->window_count; w++) {
        struct line begun = line_by(line_await(line, windows[w].open_s), windows[w].close_s);
        if (w > 0) begun = line_leave_after(begun, windows[w - 1].close_s - line_span_s(line) + 1);
        if (line_possible(begun)) finish(rules, k, begun, timeline);
    }
}

/* Lines at the end of a route: without the break and with it. */
struct ends {
    struct timeline before, after;
};

/* Are there lines, and is each done by then whenever it leaves? */
static bool ends_by(const struct timeline *timeline, int64_t time_s)
{
    for (int32_t i = 0; i < timeline->count; i++)
        if (timeline->lines[i].end_s + timeline->lines[i].until_s - timeline->lines[i].from_s > time_s)
            return false;
    return timeline->count > 0;
}

/* From the lines at node k - 1 those at node k. A truck that can do one more before the break may begin has
 * no use for a break before that. */
static void advance(const struct rules *rules, const int32_t *nodes, int32_t k, const struct ends *from,
                    struct ends *to)
{
    const struct vehicle *vehicle = rules->vehicle;
    const int64_t leg = rules->t->legs[k].s;
    to->before.count = to->after.count = 0;
    for (int32_t i = 0; i < from->before.count; i++)
        serve(rules, nodes[k], k, line_spend(from->before.lines[i], leg), &to->before);
    for (int32_t i = 0; i < from->after.count; i++)
        serve(rules, nodes[k], k, line_spend(from->after.lines[i], leg), &to->after);
    if (!rules->pauses || ends_by(&to->before, vehicle->break_window.open_s)) return;
    for (int32_t i = 0; i < from->before.count; i++) {
        const struct line line = line_pause(from->before.lines[i], leg, vehicle, k);
        if (line_possible(line)) serve(rules, nodes[k], k, line, &to->after);
    }
}

/* The lines at home, in one of two buffers. */
static struct ends *sweep(const struct rules *rules, const int32_t *nodes, int32_t count,
                          struct ends buffers[2])
{
    const int64_t start_s = rules->vehicle->shift_start_s, release_s = rules->t->release_s[0];
    const int64_t from_s = start_s > release_s ? start_s : release_s;
    struct ends *ends = &buffers[0];
    ends->before.count = ends->after.count = 0;
    if (from_s <= rules->vehicle->shift_end_s)
        timeline_add(&ends->before, (struct line){from_s, rules->vehicle->shift_end_s, from_s, -1});
    for (int32_t k = 1; k < count && ends->before.count + ends->after.count > 0; k++) {
        advance(rules, nodes, k, ends, &buffers[k & 1]);
        ends = &buffers[k & 1];
    }
    return ends;
}

/* Takes a line when it means less work than the best so far, or as much and an earlier return. */
static void choose(const struct vehicle *vehicle, struct line line, struct schedule *schedule)
{
    const int64_t close_s = vehicle->break_window.close_s;
    if (vehicle->break_s > 0 && line.gap < 0 && line.end_s > close_s)
        line = line_leave_after(line, close_s + 1);
    const int64_t work_s = line_span_s(line) - (line.gap >= 0 ? vehicle->break_s : 0);
    if (schedule->feasible && work_s > schedule->work_s) return;
    if (schedule->feasible && work_s == schedule->work_s && line.end_s >= schedule->return_s) return;
    *schedule = (struct schedule){.feasible = true,
                                  .break_gap = line.gap,
                                  .departure_s = line.from_s,
                                  .return_s = line.end_s,
                                  .work_s = work_s};
}

/* Without windows, shifts or breaks nothing waits: the sums are the timetable. */
static bool time_untimed(const struct vehicle *vehicle, const struct sums *sums, struct schedule *schedule)
{
    schedule->departure_s = vehicle->shift_start_s;
    schedule->work_s = sums->driving_s + sums->service_s;
    schedule->return_s = schedule->departure_s + schedule->work_s;
    return true;
}

/* Too long to be over by the end of the break's window, or to begin behind it? */
static bool spans_break(const struct vehicle *vehicle, int64_t busy_s)
{
    const int64_t close_s = vehicle->break_window.close_s;
    return busy_s > close_s - vehicle->shift_start_s && busy_s > vehicle->shift_end_s - close_s;
}

/* The timetable of least work that keeps the hours. The break is left out at first, when it need not be due:
 * if nothing then waits, nothing is better. */
static bool time_timed(const struct problem *problem, const struct vehicle *vehicle, const int32_t *nodes,
                       int32_t count, const struct timetable *t, int64_t busy_s, struct schedule *schedule)
{
    struct rules rules = {.problem = problem, .vehicle = vehicle, .t = t};
    rules.pauses = vehicle->break_s > 0 && (busy_s > vehicle->break_after_s || spans_break(vehicle, busy_s));
    if (busy_s > vehicle->max_work_s) return false;
    for (;;) {
        struct ends buffers[2], *ends = sweep(&rules, nodes, count, buffers);
        for (int32_t k = 0; k < ends->before.count; k++) choose(vehicle, ends->before.lines[k], schedule);
        for (int32_t k = 0; k < ends->after.count; k++) choose(vehicle, ends->after.lines[k], schedule);
        if (rules.pauses || vehicle->break_s == 0) return schedule->feasible;
        if (schedule->feasible && schedule->work_s == busy_s) return true;
        rules.pauses = true;
    }
}

void schedule_driven(const struct problem *problem, int32_t vehicle_index, const int32_t *nodes,
                     int32_t count, struct timetable *timetable, struct schedule *schedule)
{
    const struct vehicle *vehicle = &problem->instance->vehicles[vehicle_index];
    *schedule = (struct schedule){.break_gap = -1, .departure_s = vehicle->shift_start_s};
    struct sums sums = sum_route(problem, vehicle_index, nodes, count, timetable);
    if (sums.stops == 0) {
        schedule->feasible = true;
        return;
    }
    if (!sums.reachable || (vehicle->max_distance_m > 0 && sums.distance_m > vehicle->max_distance_m)) return;
    schedule->feasible = problem->timed ? time_timed(problem, vehicle, nodes, count, timetable,
                                                     sums.driving_s + sums.service_s, schedule)
                                        : time_untimed(vehicle, &sums, schedule);
    if (!schedule->feasible) return;
    schedule->distance_m = sums.distance_m;
    schedule->fees = sums.fees;
    schedule->cost = vehicle->fixed_cost + sums.distance_m * vehicle_rate_m(vehicle) +
                     sums.kg * (vehicle->fuel_per_kg + vehicle->carbon_per_kg) + sums.fees +
                     vehicle_work_cost(vehicle, schedule->work_s) + sums.changes;
}

void schedule_route(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count,
                    struct timetable *timetable, struct schedule *schedule)
{
    find_legs(problem, vehicle, nodes, count, timetable);
    schedule_driven(problem, vehicle, nodes, count, timetable, schedule);
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
