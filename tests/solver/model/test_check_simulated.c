/* The checker against a second judge that knows no arithmetic of routes: it lives every second of every
 * truck, and finds each load by adding up what was collected and not yet unloaded. */
#include "bench/tiny/random_instance.h"
#include "solver/base/rng.h"
#include "solver/model/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { STEP_LIMIT = 32 };

struct lived_route {
    int64_t begin_s[STEP_LIMIT], end_s[STEP_LIMIT];
    int64_t return_s, driving_s, waiting_s, break_s, service_s, unload_s, distance_m;
    bool broken[VIOLATION_KIND_COUNT];
};

/* Inside one of the windows at this second? And is there a later one? */
static bool open_at(const struct time_window *windows, int32_t count, int64_t at_s, bool *later)
{
    *later = false;
    for (int32_t w = 0; w < count; w++) {
        if (windows[w].open_s <= at_s && at_s <= windows[w].close_s) return true;
        if (windows[w].open_s > at_s) *later = true;
    }
    return count == 0;
}

/* What lies in the truck's compartment `c` just before step `upto`, by looking back at every stop. */
static int64_t aboard(const struct instance *in, const struct vehicle *v, const struct plan *plan,
                      const struct plan_route *route, const bool *repeated, int32_t c, int32_t upto,
                      bool litres)
{
    int64_t sum = 0;
    for (int32_t i = route->first_step; i < upto; i++) {
        if (plan->steps[i].kind != STEP_STOP || repeated[i]) continue;
        const struct stop *stop = &in->stops[plan->steps[i].id];
        if (!(v->compartments[c].streams & (stream_mask)1 << stop->stream)) continue;
        bool unloaded = false;
        for (int32_t k = i + 1; k < upto; k++)
            if (plan->steps[k].kind == STEP_DISPOSAL &&
                (in->sites[plan->steps[k].id].streams | v->compartments[c].streams) ==
                    in->sites[plan->steps[k].id].streams)
                unloaded = true;
        if (!unloaded) sum += litres ? stop->load_l : stop->load_kg;
    }
    return sum;
}

static int64_t aboard_all(const struct instance *in, const struct vehicle *v, const struct plan *plan,
                          const struct plan_route *route, const bool *repeated, int32_t upto, bool litres)
{
    int64_t sum = 0;
    for (int32_t c = 0; c < v->compartment_count; c++)
        sum += aboard(in, v, plan, route, repeated, c, upto, litres);
    return sum;
}

/* Lives the gap between two activities second by second; returns when the next may be looked at. */
static int64_t live_gap(struct lived_route *lived, const struct vehicle *v, int64_t now_s, int64_t drive_s,
                        int32_t break_step, int64_t departure_s)
{
    bool break_due = break_step >= 0;
    while (drive_s > 0 || break_due) {
        if (break_due && now_s >= v->break_window.open_s) {
            lived->begin_s[break_step] = now_s;
            if (now_s > v->break_window.close_s) lived->broken[VIOLATION_BREAK_WINDOW] = true;
            if (now_s - departure_s > v->break_after_s) lived->broken[VIOLATION_BREAK_LATE] = true;
            for (int32_t s = 0; s < v->break_s; s++, now_s++) lived->break_s++;
            lived->end_s[break_step] = now_s;
            break_due = false;
        } else if (drive_s > 0) {
            drive_s--, now_s++, lived->driving_s++;
        } else {
            now_s++, lived->waiting_s++;
        }
    }
    return now_s;
}

static int64_t leg(const struct instance *in, const struct vehicle *v, int32_t from, int32_t to,
                   struct lived_route *lived)
{
    int64_t metres = in->travel.profiles[v->profile].distance_m[from * in->travel.place_count + to];
    int64_t seconds = in->travel.profiles[v->profile].duration_s[from * in->travel.place_count + to];
    if (metres == TRAVEL_UNREACHABLE || seconds == TRAVEL_UNREACHABLE) {
        lived->broken[VIOLATION_UNREACHABLE] = true;
        return 0;
    }
    lived->distance_m += metres;
    return seconds;
}

static int64_t unloading_s(const struct instance *in, const struct vehicle *v, const struct plan *plan,
                           const struct plan_route *route, const bool *repeated, int32_t step)
{
    const struct site *site = &in->sites[plan->steps[step].id];
    int64_t kg = aboard_all(in, v, plan, route, repeated, step, false) -
                 aboard_all(in, v, plan, route, repeated, step + 1, false);
    int64_t us = kg * site->unload_us_per_kg, seconds = site->unload_s;
    for (; us > 0; us -= 1000000) seconds++;
    return seconds;
}

/* Is a stop of the trip that begins at step i still kept back at this second? */
static bool kept_back(const struct instance *in, const struct plan *plan, const struct plan_route *route,
                      int32_t i, int64_t now_s)
{
    for (; i < route->first_step + route->step_count && plan->steps[i].kind != STEP_DISPOSAL; i++) {
        if (plan->steps[i].kind != STEP_STOP) continue;
        const int32_t release_s = in->stops[plan->steps[i].id].release_s;
        if (release_s > 0 && now_s < release_s) return true;
    }
    return false;
}

static void live_route(const struct instance *in, const struct plan *plan, int32_t r, const bool *repeated,
                       struct lived_route *lived)
{
    const struct plan_route *route = &plan->routes[r];
    const struct vehicle *v = &in->vehicles[route->vehicle];
    const int32_t last = route->first_step + route->step_count;
    int64_t now_s = route->departure_s;
    int32_t place = v->start_place, break_step = -1, stops = 0;
    bool had_break = false;
    if (kept_back(in, plan, route, route->first_step, now_s)) lived->broken[VIOLATION_RELEASE] = true;
    for (int32_t i = route->first_step; i < last; i++) {
        const struct plan_step step = plan->steps[i];
        if (step.kind == STEP_BREAK) {
            if (had_break || v->break_s == 0)
                lived->broken[VIOLATION_BREAK_TWICE] = true;
            else
                break_step = i, had_break = true;
            continue;
        }
        const bool is_stop = step.kind == STEP_STOP;
        const struct stop *stop = is_stop ? &in->stops[step.id] : NULL;
        const struct site *site = is_stop ? NULL : &in->sites[step.id];
        now_s = live_gap(lived, v, now_s, leg(in, v, place, is_stop ? stop->entry_place : site->place, lived),
                         break_step, route->departure_s);
        break_step = -1;
        const struct time_window *windows = &in->windows[is_stop ? stop->window_first : site->window_first];
        const int32_t count = is_stop ? stop->window_count : site->window_count;
        bool later;
        while (!open_at(windows, count, now_s, &later) && later) now_s++, lived->waiting_s++;
        if (!open_at(windows, count, now_s, &later))
            lived->broken[is_stop ? VIOLATION_STOP_WINDOW : VIOLATION_SITE_WINDOW] = true;
        lived->begin_s[i] = now_s;
        if (is_stop) {
            stops++;
            now_s += stop->service_s, lived->service_s += stop->service_s;
            lived->distance_m += stop->inner_m;
        } else {
            const int64_t unload_s = unloading_s(in, v, plan, route, repeated, i);
            now_s += unload_s, lived->unload_s += unload_s;
        }
        lived->end_s[i] = now_s;
        if (!is_stop)
            while (kept_back(in, plan, route, i + 1, now_s)) now_s++, lived->waiting_s++;
        place = is_stop ? stop->exit_place : site->place;
    }
    now_s = live_gap(lived, v, now_s, leg(in, v, place, v->end_place, lived), break_step, route->departure_s);
    lived->return_s = now_s;

    const int64_t work_s = now_s - route->departure_s - lived->break_s;
    if (route->departure_s < v->shift_start_s) lived->broken[VIOLATION_SHIFT_START] = true;
    if (now_s > v->shift_end_s) lived->broken[VIOLATION_SHIFT_END] = true;
    if (work_s > v->max_work_s) lived->broken[VIOLATION_MAX_WORK] = true;
    if (v->break_s > 0 && !had_break &&
        (work_s > v->break_after_s ||
         (route->departure_s <= v->break_window.close_s && v->break_window.close_s < now_s)))
        lived->broken[VIOLATION_BREAK_MISSING] = true;
    if (v->max_stops > 0 && stops > v->max_stops) lived->broken[VIOLATION_MAX_STOPS] = true;
    if (v->max_distance_m > 0 && lived->distance_m > v->max_distance_m)
        lived->broken[VIOLATION_MAX_DISTANCE] = true;
}

/* Everything about loads, streams and tags, with no notion of time. */
static void weigh_route(const struct instance *in, const struct plan *plan, int32_t r, const bool *repeated,
                        struct lived_route *lived)
{
    const struct plan_route *route = &plan->routes[r];
    const struct vehicle *v = &in->vehicles[route->vehicle];
    const int32_t last = route->first_step + route->step_count;
    int64_t day_kg = 0, day_l = 0;
    for (int32_t i = route->first_step; i < last; i++) {
        if (plan->steps[i].kind == STEP_STOP) {
            const struct stop *stop = &in->stops[plan->steps[i].id];
            if ((v->tags & stop->tags) != stop->tags) lived->broken[VIOLATION_ACCESS] = true;
            if (repeated[i]) {
                lived->broken[VIOLATION_STOP_TWICE] = true;
                continue;
            }
            bool taken = false;
            for (int32_t c = 0; c < v->compartment_count; c++)
                if (v->compartments[c].streams & (stream_mask)1 << stop->stream) taken = true;
            if (!taken)
                lived->broken[VIOLATION_STREAM] = true;
            else
                day_kg += stop->load_kg, day_l += stop->load_l;
        } else if (plan->steps[i].kind == STEP_DISPOSAL) {
            const int64_t before = aboard_all(in, v, plan, route, repeated, i, false) +
                                   aboard_all(in, v, plan, route, repeated, i, true);
            const int64_t after = aboard_all(in, v, plan, route, repeated, i + 1, false) +
                                  aboard_all(in, v, plan, route, repeated, i + 1, true);
            if (before > 0 && after == before) lived->broken[VIOLATION_SITE_STREAM] = true;
        }
        for (int32_t c = 0; c < v->compartment_count; c++) {
            if (aboard(in, v, plan, route, repeated, c, i + 1, false) > v->compartments[c].capacity_kg)
                lived->broken[VIOLATION_CAPACITY_KG] = true;
            if (aboard(in, v, plan, route, repeated, c, i + 1, true) > v->compartments[c].capacity_l)
                lived->broken[VIOLATION_CAPACITY_L] = true;
        }
    }
    if (!v->home_takes_load && (aboard_all(in, v, plan, route, repeated, last, false) > 0 ||
                                aboard_all(in, v, plan, route, repeated, last, true) > 0))
        lived->broken[VIOLATION_NOT_EMPTY] = true;
    if (v->max_load_kg > 0 && day_kg > v->max_load_kg) lived->broken[VIOLATION_DAY_LOAD_KG] = true;
    if (v->max_load_l > 0 && day_l > v->max_load_l) lived->broken[VIOLATION_DAY_LOAD_L] = true;
}

/* The step of the route that visits a stop for the first time in the plan; -1: none. */
static int32_t visit_in(const struct plan *plan, int32_t r, const bool *repeated, int32_t stop)
{
    const struct plan_route *route = &plan->routes[r];
    for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++)
        if (plan->steps[i].kind == STEP_STOP && plan->steps[i].id == stop && !repeated[i]) return i;
    return -1;
}

/* Stops of the route from step `from` up to before `upto`; `last`: the last of them, -1 none. */
static int32_t stops_between(const struct plan *plan, int32_t from, int32_t upto, int32_t *last)
{
    int32_t count = 0;
    *last = -1;
    for (int32_t i = from; i < upto; i++) {
        if (plan->steps[i].kind != STEP_STOP) continue;
        count++;
        *last = plan->steps[i].id;
    }
    return count;
}

static void live_locks(const struct instance *in, const struct plan *plan, int32_t r, const bool *repeated,
                       struct lived_route *lived)
{
    const struct plan_route *route = &plan->routes[r];
    const int32_t end = route->first_step + route->step_count;
    for (int32_t l = 0; l < in->lock_count; l++) {
        const struct lock *lock = &in->locks[l];
        const int32_t step = visit_in(plan, r, repeated, lock->stop);
        int32_t before, last;
        if (step < 0) {
            bool elsewhere = false;
            for (int32_t other = 0; other < plan->route_count; other++)
                elsewhere |= visit_in(plan, other, repeated, lock->stop) >= 0;
            if (lock->behind >= 0 && !elsewhere && visit_in(plan, r, repeated, lock->behind) >= 0)
                lived->broken[VIOLATION_LOCK_SEQUENCE] = true;
            continue;
        }
        const int32_t front = stops_between(plan, route->first_step, step, &before) + 1;
        const int32_t rear = stops_between(plan, step, end, &last);
        if (lock->vehicle >= 0 && lock->vehicle != route->vehicle)
            lived->broken[VIOLATION_LOCK_VEHICLE] = true;
        if ((lock->position > 0 && front != lock->position) ||
            (lock->position < 0 && rear != -lock->position))
            lived->broken[VIOLATION_LOCK_POSITION] = true;
        if (lock->behind >= 0 && (before != lock->behind || visit_in(plan, r, repeated, lock->behind) < 0))
            lived->broken[VIOLATION_LOCK_SEQUENCE] = true;
    }
}

/* The route's cost, charged second by second, metre by metre, kilogram by kilogram. */
static void assert_cost(const struct instance *in, const struct plan *plan, int32_t r, const bool *repeated,
                        const struct check_report *report)
{
    const struct plan_route *route = &plan->routes[r];
    const struct vehicle *v = &in->vehicles[route->vehicle];
    const struct checked_route *checked = &report->routes[r];
    money parts[COST_PART_COUNT] = {[COST_FIXED] = v->fixed_cost};
    for (int64_t s = 0; s < checked->work_s; s++)
        parts[s < v->overtime_from_s ? COST_WORK : COST_OVERTIME] +=
            s < v->overtime_from_s ? v->cost_per_s : v->overtime_cost_per_s;
    for (int64_t m = 0; m < checked->distance_m; m++) {
        parts[COST_DISTANCE] += v->cost_per_m;
        parts[COST_FUEL] += v->fuel_per_m;
        parts[COST_CARBON] += v->carbon_per_m;
    }
    for (int64_t kg = 0; kg < checked->collected_kg; kg++) {
        parts[COST_FUEL] += v->fuel_per_kg;
        parts[COST_CARBON] += v->carbon_per_kg;
    }
    for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++)
        if (plan->steps[i].kind == STEP_DISPOSAL)
            parts[COST_FEES] += in->sites[plan->steps[i].id].fee_per_kg *
                                (aboard_all(in, v, plan, route, repeated, i, false) -
                                 aboard_all(in, v, plan, route, repeated, i + 1, false));
    for (int32_t part = 0; part < COST_PART_COUNT; part++)
        assert_int_equal(checked->cost.parts[part], parts[part]);
}

static void assert_route(const struct instance *in, const struct plan *plan, int32_t r, const bool *repeated,
                         const struct check_report *report)
{
    const struct plan_route *route = &plan->routes[r];
    const struct vehicle *v = &in->vehicles[route->vehicle];
    const struct checked_route *checked = &report->routes[r];
    struct lived_route lived = {0};
    live_route(in, plan, r, repeated, &lived);
    weigh_route(in, plan, r, repeated, &lived);
    live_locks(in, plan, r, repeated, &lived);
    for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++) {
        assert_int_equal(report->steps[i].load_kg, aboard_all(in, v, plan, route, repeated, i + 1, false));
        assert_int_equal(report->steps[i].load_l, aboard_all(in, v, plan, route, repeated, i + 1, true));
        if (plan->steps[i].kind == STEP_BREAK) continue;
        assert_int_equal(report->steps[i].begin_s, lived.begin_s[i]);
        assert_int_equal(report->steps[i].end_s, lived.end_s[i]);
    }
    assert_int_equal(checked->return_s, lived.return_s);
    assert_int_equal(checked->driving_s, lived.driving_s);
    assert_int_equal(checked->waiting_s, lived.waiting_s);
    assert_int_equal(checked->break_s, lived.break_s);
    assert_int_equal(checked->service_s, lived.service_s);
    assert_int_equal(checked->unload_s, lived.unload_s);
    assert_int_equal(checked->distance_m, lived.distance_m);
    assert_int_equal(checked->work_s + checked->break_s, lived.return_s - route->departure_s);
    assert_cost(in, plan, r, repeated, report);
    bool accused[VIOLATION_KIND_COUNT] = {false};
    for (int32_t k = 0; k < report->violation_count; k++)
        if (report->violations[k].route == r) accused[report->violations[k].kind] = true;
    assert_memory_equal(accused, lived.broken, sizeof accused);
}

static void assert_whole(const struct instance *in, const struct plan *plan,
                         const struct check_report *report)
{
    int32_t served = 0, mandatory_left = 0, accused_left = 0, accused_sites = 0, over_sites = 0;
    money prizes = 0;
    for (int32_t s = 0; s < in->stop_count; s++) {
        bool visited = false;
        for (int32_t i = 0; i < plan->step_count; i++)
            visited |= plan->steps[i].kind == STEP_STOP && plan->steps[i].id == s;
        served += visited;
        if (!visited && in->stops[s].mandatory) mandatory_left++;
        if (!visited && !in->stops[s].mandatory) prizes += in->stops[s].prize;
    }
    for (int32_t d = 0; d < in->site_count; d++) {
        int64_t kg = 0;
        for (int32_t i = 0; i < plan->step_count; i++)
            if (plan->steps[i].kind == STEP_DISPOSAL && plan->steps[i].id == d)
                kg += report->steps[i].unloaded_kg;
        assert_int_equal(report->site_kg[d], kg);
        if (in->sites[d].daily_limit_kg > 0 && kg > in->sites[d].daily_limit_kg) over_sites++;
    }
    for (int32_t k = 0; k < report->violation_count; k++) {
        accused_left += report->violations[k].kind == VIOLATION_UNSERVED;
        accused_sites += report->violations[k].kind == VIOLATION_SITE_LIMIT;
    }
    assert_int_equal(report->served, served);
    assert_int_equal(report->unserved_mandatory, mandatory_left);
    assert_int_equal(report->served + report->unserved_mandatory + report->unserved_optional, in->stop_count);
    assert_int_equal(accused_left, mandatory_left);
    assert_int_equal(accused_sites, over_sites);
    money total = prizes;
    for (int32_t r = 0; r < plan->route_count; r++) total += cost_total(&report->routes[r].cost);
    assert_int_equal(cost_total(&report->cost), total);
}

static void checker_agrees_with_a_simulation_by_seconds(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 2024);
    int32_t feasible = 0, broken[VIOLATION_KIND_COUNT] = {0};
    for (int32_t round = 0; round < 20000; round++) {
        struct arena arena;
        arena_init(&arena);
        struct error error;
        struct instance in = random_instance(&rng, &arena, round % 2 == 0);
        random_releases(&rng, &arena, &in);
        if (round % 4 == 1) random_locks(&rng, &arena, &in);
        assert_int_equal(instance_validate(&in, &error), ERROR_NONE);
        struct plan plan = random_plan(&rng, &in);
        assert_true(plan.step_count <= STEP_LIMIT);
        struct check_report report;
        assert_int_equal(check_plan(&in, &plan, &arena, &report, &error), ERROR_NONE);

        bool repeated[STEP_LIMIT] = {false};
        for (int32_t i = 0; i < plan.step_count; i++)
            for (int32_t k = 0; k < i; k++)
                if (plan.steps[i].kind == STEP_STOP && plan.steps[k].kind == STEP_STOP &&
                    plan.steps[i].id == plan.steps[k].id)
                    repeated[i] = true;
        for (int32_t r = 0; r < plan.route_count; r++) assert_route(&in, &plan, r, repeated, &report);
        assert_whole(&in, &plan, &report);
        feasible += report.violation_count == 0;
        for (int32_t k = 0; k < report.violation_count; k++) broken[report.violations[k].kind]++;
        plan_free(&plan);
        arena_free(&arena);
    }
    /* The comparison means something only if plans keep and break every rule. */
    assert_true(feasible > 50);
    for (int32_t kind = 0; kind < VIOLATION_KIND_COUNT; kind++)
        if (kind != VIOLATION_INDEX && kind != VIOLATION_VEHICLE_TWICE) assert_true(broken[kind] > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(checker_agrees_with_a_simulation_by_seconds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
