#include "tests/support/enumeration.h"

#include "solver/model/check.h"

#include <stdlib.h>

enum { SETS = 1 << ENUMERATED_STOPS_MAX, DEPARTURE_MAX = 200 };

struct enumeration {
    const struct instance *in;
    struct plan plan;
    struct arena arena;
    int32_t used;     /* a bit for each stop in the route */
    money best[SETS]; /* of the vehicle at hand, by the stops it serves; INT64_MAX: none */
};

/* The route's cost, where it keeps every rule, counts for its stops. */
static void judge(struct enumeration *e)
{
    struct check_report report;
    struct error error = {0};
    arena_free(&e->arena);
    if (check_plan(e->in, &e->plan, &e->arena, &report, &error) != ERROR_NONE) abort();
    for (int32_t v = 0; v < report.violation_count; v++)
        if (report.violations[v].kind != VIOLATION_UNSERVED) return;
    const money cost = cost_total(&report.cost) - report.cost.parts[COST_PRIZES];
    if (cost < e->best[e->used]) e->best[e->used] = cost;
}

static void add(struct enumeration *e, step_kind kind, int32_t id)
{
    struct error error = {0};
    if (plan_add_step(&e->plan, kind, id, &error) != ERROR_NONE) abort();
}

static void cut_back(struct enumeration *e, int32_t steps)
{
    e->plan.step_count = steps;
    e->plan.routes[0].step_count = steps;
}

static void grow(struct enumeration *e, bool had_break, bool stop_before, int32_t depth)
{
    const int32_t mark = e->plan.step_count;
    if (depth > 0) judge(e);
    if (depth == ENUMERATED_STEPS_MAX) return;
    for (int32_t s = 0; s < e->in->stop_count; s++) {
        if (e->used >> s & 1) continue;
        e->used |= 1 << s;
        add(e, STEP_STOP, s);
        grow(e, had_break, true, depth + 1);
        cut_back(e, mark);
        e->used &= ~(1 << s);
    }
    for (int32_t d = 0; stop_before && d < e->in->site_count; d++) {
        add(e, STEP_DISPOSAL, d);
        grow(e, had_break, false, depth + 1);
        cut_back(e, mark);
    }
    if (!had_break && e->in->vehicles[e->plan.routes[0].vehicle].break_s > 0) {
        add(e, STEP_BREAK, -1);
        grow(e, true, stop_before, depth + 1);
        cut_back(e, mark);
    }
}

static void drive(struct enumeration *e, int32_t vehicle)
{
    struct error error = {0};
    for (int32_t set = 0; set < SETS; set++) e->best[set] = INT64_MAX;
    e->best[0] = 0; /* the vehicle stays */
    for (int32_t departure = e->in->vehicles[vehicle].shift_start_s; departure <= DEPARTURE_MAX;
         departure++) {
        e->plan.route_count = e->plan.step_count = 0;
        if (plan_add_route(&e->plan, vehicle, departure, &error) != ERROR_NONE) abort();
        grow(e, false, false, 0);
    }
}

static bool better(struct optimum a, struct optimum b)
{
    return a.unserved < b.unserved || (a.unserved == b.unserved && a.cost < b.cost);
}

struct optimum enumerate_plans(const struct instance *instance)
{
    struct enumeration e = {.in = instance};
    money so_far[SETS]; /* by the stops served: the cheapest routes of the vehicles before */
    if (instance->stop_count > ENUMERATED_STOPS_MAX) abort();
    arena_init(&e.arena);
    plan_init(&e.plan);
    for (int32_t set = 0; set < SETS; set++) so_far[set] = set == 0 ? 0 : INT64_MAX;
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        money now[SETS];
        drive(&e, v);
        for (int32_t set = 0; set < SETS; set++) {
            now[set] = INT64_MAX;
            for (int32_t mine = 0; mine <= set; mine++)
                if ((mine & ~set) == 0 && e.best[mine] < INT64_MAX && so_far[set & ~mine] < INT64_MAX &&
                    e.best[mine] + so_far[set & ~mine] < now[set])
                    now[set] = e.best[mine] + so_far[set & ~mine];
        }
        for (int32_t set = 0; set < SETS; set++) so_far[set] = now[set];
    }
    struct optimum best = {.unserved = INT32_MAX};
    for (int32_t set = 0; set < SETS >> (ENUMERATED_STOPS_MAX - instance->stop_count); set++) {
        struct optimum it = {0, so_far[set]};
        for (int32_t s = 0; s < instance->stop_count && it.cost < INT64_MAX; s++) {
            if (set >> s & 1) continue;
            it.unserved += instance->stops[s].mandatory;
            it.cost += instance->stops[s].mandatory ? 0 : instance->stops[s].prize;
        }
        if (it.cost < INT64_MAX && better(it, best)) best = it;
    }
    plan_free(&e.plan);
    arena_free(&e.arena);
    return best;
}
