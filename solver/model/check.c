/* The checker, a judge that drives every route once. The rules are those of instance.h; nothing here is
 * shared with the search, so that an error made in one of the two shows as a disagreement.
 *
 * A plan may be anything. What does not exist is named and left out of the drive; a stop visited again has
 * nothing left to load; a break the vehicle may not take takes no time; a leg without a way is driven in no
 * time. Loads and times therefore stay within the bounds that instance_validate has set; money of a plan
 * gone mad stops at MONEY_SATURATED. */
#include "solver/model/check.h"

#include "solver/base/array.h"
#include "solver/model/check_locks.h"

#include <assert.h>
#include <string.h>

#define MONEY_SATURATED (INT64_MAX / 16) /* all parts of it still sum */

struct judge {
    const struct instance *instance;
    const struct plan *plan;
    struct check_report *report;
    struct {
        struct violation *items;
        int64_t count, capacity;
    } found;
    bool *vehicle_used;
    bool out_of_memory;
};

/* A truck on its route, after the activity before. */
struct truck {
    const struct vehicle *vehicle;
    struct checked_route *sums;
    int32_t route, vehicle_id;
    int32_t place;
    int64_t now_s; /* end of the activity before */
    int64_t load_kg[COMPARTMENT_MAX], load_l[COMPARTMENT_MAX];
    int64_t over_kg[COMPARTMENT_MAX], over_l[COMPARTMENT_MAX]; /* violation under way, -1 none */
    int32_t break_step;                                        /* called since the activity before, -1 none */
    bool break_called;                                         /* at any time of this route */
    int64_t break_begin_s;
    bool trip_has_stop;
};

static void drive_route(struct judge *judge, int32_t route);
static void visit_stop(struct judge *judge, struct truck *truck, int32_t step, int32_t id);
static void visit_site(struct judge *judge, struct truck *truck, int32_t step, int32_t id);
static void judge_departure(struct judge *judge, const struct truck *truck);
static void await_release(struct judge *judge, struct truck *truck, int32_t first_step);
static void call_break(struct judge *judge, struct truck *truck, int32_t step);
static void come_home(struct judge *judge, struct truck *truck);
static void judge_route(struct judge *judge, const struct truck *truck);
static money charge(money rate, int64_t amount);
static void charge_route(const struct truck *truck);
static void judge_whole(struct judge *judge);
static error_code judge_locks(struct judge *judge, struct arena *arena, struct error *error);

error_code check_plan(const struct instance *instance, const struct plan *plan, struct arena *arena,
                      struct check_report *report, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct judge judge = {.instance = instance, .plan = plan, .report = report};
    memset(report, 0, sizeof *report);
    TRY_NEW(arena, report->steps, plan->step_count);
    TRY_NEW(arena, report->routes, plan->route_count);
    TRY_NEW(arena, report->stop_route, instance->stop_count);
    TRY_NEW(arena, report->site_kg, instance->site_count);
    TRY_NEW(arena, judge.vehicle_used, instance->vehicle_count);
    for (int32_t s = 0; s < instance->stop_count; s++) report->stop_route[s] = -1;

    for (int32_t route = 0; route < plan->route_count; route++) drive_route(&judge, route);
    judge_whole(&judge);
    if (instance->lock_count > 0) TRY(judge_locks(&judge, arena, error));

    if (judge.out_of_memory || judge.found.count > INT32_MAX) {
        rc = error_memory(error);
        goto done;
    }
    TRY_NEW(arena, report->violations, judge.found.count);
    report->violation_count = (int32_t)judge.found.count;
    if (judge.found.count > 0)
        memcpy(report->violations, judge.found.items, (size_t)judge.found.count * sizeof *judge.found.items);
done:
    array_free(&judge.found);
    return rc;
}

/* Adds a violation and returns its number. */
static int64_t accuse(struct judge *judge, struct violation violation)
{
    if (!array_push(&judge->found, violation)) {
        judge->out_of_memory = true;
        return -1;
    }
    return judge->found.count - 1;
}

static void accuse_step(struct judge *judge, const struct truck *truck, violation_kind kind, int32_t step,
                        int32_t id, int64_t amount, int64_t limit)
{
    accuse(
        judge,
        (struct violation){
            .kind = kind, .route = truck->route, .step = step, .id = id, .amount = amount, .limit = limit});
}

/* Moves *begin_s to the first moment, not before, that lies in one of the windows; false, and no move, when
 * the last has closed. */
static bool window_begin(const struct time_window *windows, int32_t count, int64_t *begin_s)
{
    int32_t low = 0, high = count; /* the first window that closes at *begin_s or later */
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (windows[middle].close_s < *begin_s)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count) return false;
    if (windows[low].open_s > *begin_s) *begin_s = windows[low].open_s;
    return true;
}

/* Can the route be driven at all: does its vehicle exist, and are its steps steps of the plan? */
static bool route_exists(struct judge *judge, int32_t route)
{
    const struct plan_route *r = &judge->plan->routes[route];
    struct violation fault = {.kind = VIOLATION_INDEX, .route = route, .step = -1, .id = -1};
    if (r->vehicle < 0 || r->vehicle >= judge->instance->vehicle_count) {
        fault.amount = r->vehicle;
        fault.limit = judge->instance->vehicle_count;
        accuse(judge, fault);
        return false;
    }
    if (r->first_step < 0 || r->step_count < 0 || r->first_step > judge->plan->step_count - r->step_count) {
        fault.amount = r->first_step;
        fault.limit = judge->plan->step_count;
        accuse(judge, fault);
        return false;
    }
    return true;
}

static void drive_route(struct judge *judge, int32_t route)
{
    if (!route_exists(judge, route)) return;
    const struct plan_route *r = &judge->plan->routes[route];
    const struct vehicle *vehicle = &judge->instance->vehicles[r->vehicle];
    struct truck truck = {.vehicle = vehicle,
                          .sums = &judge->report->routes[route],
                          .route = route,
                          .vehicle_id = r->vehicle,
                          .place = vehicle->start_place,
                          .now_s = r->departure_s,
                          .break_step = -1};
    for (int32_t c = 0; c < COMPARTMENT_MAX; c++) truck.over_kg[c] = truck.over_l[c] = -1;
    truck.sums->departure_s = r->departure_s;
    if (judge->vehicle_used[r->vehicle])
        accuse_step(judge, &truck, VIOLATION_VEHICLE_TWICE, -1, r->vehicle, 2, 1);
    judge->vehicle_used[r->vehicle] = true;
    judge_departure(judge, &truck);

    for (int32_t step = r->first_step; step < r->first_step + r->step_count; step++) {
        const struct plan_step *s = &judge->plan->steps[step];
        struct checked_step *checked = &judge->report->steps[step];
        *checked =
            (struct checked_step){.arrival_s = truck.now_s, .begin_s = truck.now_s, .end_s = truck.now_s};
        if (s->kind == STEP_STOP && s->id >= 0 && s->id < judge->instance->stop_count)
            visit_stop(judge, &truck, step, s->id);
        else if (s->kind == STEP_DISPOSAL && s->id >= 0 && s->id < judge->instance->site_count)
            visit_site(judge, &truck, step, s->id);
        else if (s->kind == STEP_BREAK)
            call_break(judge, &truck, step);
        else
            accuse_step(judge, &truck, VIOLATION_INDEX, step, -1, s->id, 0);
        for (int32_t c = 0; c < vehicle->compartment_count; c++) {
            checked->load_kg += truck.load_kg[c];
            checked->load_l += truck.load_l[c];
        }
    }
    come_home(judge, &truck);
    judge_route(judge, &truck);
    charge_route(&truck);
    truck.sums->cost.parts[COST_STABILITY] = charge(judge->instance->change_cost, truck.sums->changed);
    judge->report->changed += truck.sums->changed;
    for (int32_t part = 0; part < COST_PART_COUNT; part++) {
        money *total = &judge->report->cost.parts[part];
        *total += truck.sums->cost.parts[part];
        if (*total > MONEY_SATURATED) *total = MONEY_SATURATED;
    }
}

/* Drives to a place. A break called since the activity before begins as early as it may: at once, or when
 * its window opens, on the way or after arriving. Fills the leg and the arrival of `checked`: when the
 * truck is there and nothing but a window keeps it waiting. */
static void drive_to(struct judge *judge, struct truck *truck, int32_t place, int32_t step,
                     struct checked_step *checked)
{
    const struct travel *travel = &judge->instance->travel;
    const int32_t profile = truck->vehicle->profile;
    int64_t distance_m = travel_distance_m(travel, profile, truck->place, place);
    int64_t duration_s = travel_duration_s(travel, profile, truck->place, place);
    if (distance_m >= TRAVEL_UNREACHABLE || duration_s >= TRAVEL_UNREACHABLE) {
        accuse_step(judge, truck, VIOLATION_UNREACHABLE, step, -1, truck->place, place);
        distance_m = duration_s = 0;
    }
    int64_t arrival_s = truck->now_s + duration_s;
    if (truck->break_step >= 0) {
        const int64_t begin_s = truck->break_begin_s;
        struct checked_step *pause = &judge->report->steps[truck->break_step];
        pause->arrival_s = begin_s < arrival_s ? begin_s : arrival_s;
        pause->begin_s = begin_s;
        pause->end_s = begin_s + truck->vehicle->break_s;
        truck->sums->waiting_s += pause->begin_s - pause->arrival_s;
        arrival_s = (begin_s > arrival_s ? begin_s : arrival_s) + truck->vehicle->break_s;
        truck->break_step = -1;
    }
    truck->place = place;
    truck->sums->distance_m += distance_m;
    truck->sums->driving_s += duration_s;
    checked->distance_m = distance_m;
    checked->duration_s = duration_s;
    checked->arrival_s = arrival_s;
}

/* Waits for a window and begins; too late, the activity begins on arrival and is accused. */
static void begin_activity(struct judge *judge, struct truck *truck, int32_t window_first,
                           int32_t window_count, violation_kind kind, int32_t step, int32_t id)
{
    assert(window_count >= 0);
    struct checked_step *checked = &judge->report->steps[step];
    checked->begin_s = checked->arrival_s;
    if (window_count > 0) {
        const struct time_window *windows = &judge->instance->windows[window_first];
        if (!window_begin(windows, window_count, &checked->begin_s))
            accuse_step(judge, truck, kind, step, id, checked->arrival_s, windows[window_count - 1].close_s);
    }
    truck->sums->waiting_s += checked->begin_s - checked->arrival_s;
}

/* One accusation for each time that a compartment is over its limit, with the most it carried. */
static void judge_capacity(struct judge *judge, const struct truck *truck, violation_kind kind,
                           int64_t *under_way, int64_t load, int64_t capacity, int32_t step, int32_t id)
{
    if (load <= capacity) return;
    if (*under_way < 0)
        *under_way = accuse(judge, (struct violation){.kind = kind,
                                                      .route = truck->route,
                                                      .step = step,
                                                      .id = id,
                                                      .amount = load,
                                                      .limit = capacity});
    else
        judge->found.items[*under_way].amount = load;
}

static void load_stop(struct judge *judge, struct truck *truck, int32_t step, int32_t id)
{
    const struct stop *stop = &judge->instance->stops[id];
    const struct vehicle *vehicle = truck->vehicle;
    int32_t c = 0;
    while (c < vehicle->compartment_count && !(vehicle->compartments[c].streams >> stop->stream & 1U)) c++;
    if (c == vehicle->compartment_count) {
        accuse_step(judge, truck, VIOLATION_STREAM, step, id, stop->stream, 0);
        return;
    }
    truck->load_kg[c] += stop->load_kg;
    truck->load_l[c] += stop->load_l;
    truck->sums->collected_kg += stop->load_kg;
    truck->sums->collected_l += stop->load_l;
    judge_capacity(judge, truck, VIOLATION_CAPACITY_KG, &truck->over_kg[c], truck->load_kg[c],
                   vehicle->compartments[c].capacity_kg, step, id);
    judge_capacity(judge, truck, VIOLATION_CAPACITY_L, &truck->over_l[c], truck->load_l[c],
                   vehicle->compartments[c].capacity_l, step, id);
}

static void visit_stop(struct judge *judge, struct truck *truck, int32_t step, int32_t id)
{
    const struct stop *stop = &judge->instance->stops[id];
    struct checked_step *checked = &judge->report->steps[step];
    drive_to(judge, truck, stop->entry_place, step, checked);
    begin_activity(judge, truck, stop->window_first, stop->window_count, VIOLATION_STOP_WINDOW, step, id);
    checked->end_s = checked->begin_s + stop->service_s;
    truck->now_s = checked->end_s;
    truck->place = stop->exit_place;
    truck->sums->service_s += stop->service_s;
    truck->sums->distance_m += stop->inner_m;
    truck->sums->stops++;
    if (!truck->trip_has_stop) truck->sums->trips++;
    truck->trip_has_stop = true;
    if ((stop->tags & ~truck->vehicle->tags) != 0)
        accuse_step(judge, truck, VIOLATION_ACCESS, step, id, 0, 0);
    if (judge->report->stop_route[id] >= 0) {
        accuse_step(judge, truck, VIOLATION_STOP_TWICE, step, id, 2, 1);
        return;
    }
    judge->report->stop_route[id] = truck->route;
    if (judge->instance->reference != NULL && judge->instance->reference[id] >= 0 &&
        judge->instance->reference[id] != truck->vehicle_id)
        truck->sums->changed++;
    load_stop(judge, truck, step, id);
}

static void visit_site(struct judge *judge, struct truck *truck, int32_t step, int32_t id)
{
    const struct site *site = &judge->instance->sites[id];
    struct checked_step *checked = &judge->report->steps[step];
    drive_to(judge, truck, site->place, step, checked);
    begin_activity(judge, truck, site->window_first, site->window_count, VIOLATION_SITE_WINDOW, step, id);
    bool carries = false, takes = false;
    for (int32_t c = 0; c < truck->vehicle->compartment_count; c++) {
        if (truck->load_kg[c] == 0 && truck->load_l[c] == 0) continue;
        carries = true;
        if ((truck->vehicle->compartments[c].streams & ~site->streams) != 0) continue;
        takes = true;
        checked->unloaded_kg += truck->load_kg[c];
        truck->load_kg[c] = truck->load_l[c] = 0;
        truck->over_kg[c] = truck->over_l[c] = -1;
    }
    if (carries && !takes) accuse_step(judge, truck, VIOLATION_SITE_STREAM, step, id, 0, 0);
    const int64_t emptying_us = checked->unloaded_kg * site->unload_us_per_kg;
    const int64_t unload_s = site->unload_s + (emptying_us + 999999) / 1000000;
    checked->end_s = checked->begin_s + unload_s;
    truck->now_s = checked->end_s;
    truck->sums->unload_s += unload_s;
    truck->trip_has_stop = false;
    truck->sums->cost.parts[COST_FEES] += site->fee_per_kg * checked->unloaded_kg;
    judge->report->site_kg[id] += checked->unloaded_kg;
    await_release(judge, truck, step + 1);
}

/* The step of the trip from first_step on whose stop is released last, the first of several; -1 when none
 * of them waits for a release. */
static int32_t last_released(const struct judge *judge, const struct truck *truck, int32_t first_step)
{
    const struct instance *instance = judge->instance;
    const struct plan_route *route = &judge->plan->routes[truck->route];
    int32_t last = -1, release_s = 0;
    for (int32_t i = first_step; i < route->first_step + route->step_count; i++) {
        const struct plan_step *step = &judge->plan->steps[i];
        if (step->kind == STEP_DISPOSAL && step->id >= 0 && step->id < instance->site_count) break;
        if (step->kind != STEP_STOP || step->id < 0 || step->id >= instance->stop_count) continue;
        if (instance->stops[step->id].release_s <= release_s) continue;
        release_s = instance->stops[step->id].release_s;
        last = i;
    }
    return last;
}

static void judge_departure(struct judge *judge, const struct truck *truck)
{
    const int32_t last = last_released(judge, truck, judge->plan->routes[truck->route].first_step);
    if (last < 0) return;
    const int32_t id = judge->plan->steps[last].id, release_s = judge->instance->stops[id].release_s;
    if (truck->now_s < release_s)
        accuse_step(judge, truck, VIOLATION_RELEASE, last, id, truck->now_s, release_s);
}

/* After an unloading the truck waits there for the stops of the trip that begins. */
static void await_release(struct judge *judge, struct truck *truck, int32_t first_step)
{
    const int32_t last = last_released(judge, truck, first_step);
    if (last < 0) return;
    const int32_t release_s = judge->instance->stops[judge->plan->steps[last].id].release_s;
    if (truck->now_s >= release_s) return;
    truck->sums->waiting_s += release_s - truck->now_s;
    truck->now_s = release_s;
}

static void call_break(struct judge *judge, struct truck *truck, int32_t step)
{
    const struct vehicle *vehicle = truck->vehicle;
    if (truck->break_called || vehicle->break_s == 0) {
        accuse_step(judge, truck, VIOLATION_BREAK_TWICE, step, truck->vehicle_id, truck->break_called ? 2 : 1,
                    vehicle->break_s == 0 ? 0 : 1);
        return;
    }
    truck->break_called = true;
    truck->break_step = step;
    truck->break_begin_s =
        truck->now_s > vehicle->break_window.open_s ? truck->now_s : vehicle->break_window.open_s;
    const int64_t since_leaving_s = truck->break_begin_s - truck->sums->departure_s;
    truck->sums->break_s = vehicle->break_s;
    if (truck->break_begin_s > vehicle->break_window.close_s)
        accuse_step(judge, truck, VIOLATION_BREAK_WINDOW, step, truck->vehicle_id, truck->break_begin_s,
                    vehicle->break_window.close_s);
    if (since_leaving_s > vehicle->break_after_s)
        accuse_step(judge, truck, VIOLATION_BREAK_LATE, step, truck->vehicle_id, since_leaving_s,
                    vehicle->break_after_s);
}

static void come_home(struct judge *judge, struct truck *truck)
{
    struct checked_route *sums = truck->sums;
    struct checked_step home = {0};
    drive_to(judge, truck, truck->vehicle->end_place, -1, &home);
    sums->return_s = home.arrival_s;
    sums->work_s = sums->return_s - sums->departure_s - sums->break_s;
    sums->overtime_s =
        sums->work_s > truck->vehicle->overtime_from_s ? sums->work_s - truck->vehicle->overtime_from_s : 0;
}

static void judge_limit(struct judge *judge, const struct truck *truck, violation_kind kind, int64_t amount,
                        int64_t limit)
{
    if (amount > limit) accuse_step(judge, truck, kind, -1, truck->vehicle_id, amount, limit);
}

/* A limit of 0 is none. */
static void judge_day_limit(struct judge *judge, const struct truck *truck, violation_kind kind,
                            int64_t amount, int64_t limit)
{
    if (limit > 0) judge_limit(judge, truck, kind, amount, limit);
}

static void judge_route(struct judge *judge, const struct truck *truck)
{
    const struct vehicle *vehicle = truck->vehicle;
    const struct checked_route *sums = truck->sums;
    if (sums->departure_s < vehicle->shift_start_s)
        accuse_step(judge, truck, VIOLATION_SHIFT_START, -1, truck->vehicle_id, sums->departure_s,
                    vehicle->shift_start_s);
    judge_limit(judge, truck, VIOLATION_SHIFT_END, sums->return_s, vehicle->shift_end_s);
    judge_limit(judge, truck, VIOLATION_MAX_WORK, sums->work_s, vehicle->max_work_s);
    if (vehicle->break_s > 0 && !truck->break_called) {
        const bool long_work = sums->work_s > vehicle->break_after_s;
        const bool under_way = sums->departure_s <= vehicle->break_window.close_s &&
                               sums->return_s > vehicle->break_window.close_s;
        if (long_work || under_way)
            accuse_step(judge, truck, VIOLATION_BREAK_MISSING, -1, truck->vehicle_id, sums->work_s,
                        vehicle->break_after_s);
    }
    int64_t left_kg = 0, left_l = 0;
    for (int32_t c = 0; c < vehicle->compartment_count; c++) {
        left_kg += truck->load_kg[c];
        left_l += truck->load_l[c];
    }
    if (!vehicle->home_takes_load)
        judge_limit(judge, truck, VIOLATION_NOT_EMPTY, left_kg > 0 ? left_kg : left_l, 0);
    judge_day_limit(judge, truck, VIOLATION_MAX_STOPS, sums->stops, vehicle->max_stops);
    judge_day_limit(judge, truck, VIOLATION_MAX_DISTANCE, sums->distance_m, vehicle->max_distance_m);
    judge_day_limit(judge, truck, VIOLATION_DAY_LOAD_KG, sums->collected_kg, vehicle->max_load_kg);
    judge_day_limit(judge, truck, VIOLATION_DAY_LOAD_L, sums->collected_l, vehicle->max_load_l);
}

static money charge(money rate, int64_t amount)
{
    money product;
    return __builtin_mul_overflow(rate, amount, &product) || product > MONEY_SATURATED / 2
               ? MONEY_SATURATED / 2
               : product;
}

static void charge_route(const struct truck *truck)
{
    const struct vehicle *vehicle = truck->vehicle;
    struct checked_route *sums = truck->sums;
    money *parts = sums->cost.parts; /* the fees are there already */
    parts[COST_FIXED] = vehicle->fixed_cost;
    parts[COST_WORK] = charge(vehicle->cost_per_s, sums->work_s - sums->overtime_s);
    parts[COST_OVERTIME] = charge(vehicle->overtime_cost_per_s, sums->overtime_s);
    parts[COST_DISTANCE] = charge(vehicle->cost_per_m, sums->distance_m);
    parts[COST_FUEL] =
        charge(vehicle->fuel_per_m, sums->distance_m) + charge(vehicle->fuel_per_kg, sums->collected_kg);
    parts[COST_CARBON] =
        charge(vehicle->carbon_per_m, sums->distance_m) + charge(vehicle->carbon_per_kg, sums->collected_kg);
    int64_t beyond_s = sums->work_s - vehicle->balance_from_s;
    if (beyond_s > IMBALANCE_MOST_S) beyond_s = IMBALANCE_MOST_S;
    if (beyond_s > 0) parts[COST_IMBALANCE] = charge(vehicle->imbalance_per_s2, beyond_s * beyond_s);
}

static int32_t vehicle_of_stop(const struct judge *judge, int32_t stop)
{
    const int32_t route = judge->report->stop_route[stop];
    return route < 0 ? -1 : judge->plan->routes[route].vehicle;
}

static void charge_overlap(struct judge *judge)
{
    for (int32_t p = 0; p < judge->instance->pair_count; p++) {
        const struct stop_pair *pair = &judge->instance->pairs[p];
        const int32_t one = vehicle_of_stop(judge, pair->one), other = vehicle_of_stop(judge, pair->other);
        if (one < 0 || other < 0 || one == other) continue;
        judge->report->pairs_split++;
        judge->report->cost.parts[COST_OVERLAP] += pair->price;
    }
}

/* What no single route shows: stops left, sites over their day, and pairs of stops torn apart. */
static void judge_whole(struct judge *judge)
{
    const struct instance *instance = judge->instance;
    struct check_report *report = judge->report;
    for (int32_t s = 0; s < instance->stop_count; s++) {
        if (report->stop_route[s] >= 0) {
            report->served++;
        } else if (instance->stops[s].mandatory) {
            report->unserved_mandatory++;
            accuse(judge, (struct violation){
                              .kind = VIOLATION_UNSERVED, .route = -1, .step = -1, .id = s, .limit = 1});
        } else {
            report->unserved_optional++;
            report->cost.parts[COST_PRIZES] += instance->stops[s].prize;
        }
    }
    for (int32_t d = 0; d < instance->site_count; d++) {
        const int64_t limit_kg = instance->sites[d].daily_limit_kg;
        if (limit_kg > 0 && report->site_kg[d] > limit_kg)
            accuse(judge, (struct violation){.kind = VIOLATION_SITE_LIMIT,
                                             .route = -1,
                                             .step = -1,
                                             .id = d,
                                             .amount = report->site_kg[d],
                                             .limit = limit_kg});
    }
    charge_overlap(judge);
}

static error_code judge_locks(struct judge *judge, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct violation *found;
    int64_t count;
    TRY_NEW(arena, found, LOCK_VIOLATIONS_MAX * (size_t)judge->instance->lock_count);
    TRY(check_locks(judge->instance, judge->plan, judge->report, found, &count, arena, error));
    for (int64_t k = 0; k < count; k++) accuse(judge, found[k]);
done:
    return rc;
}
