/* The problem types of VRPLIB files: one row a type. */
#include "io/vrplib_file.h"

static double fleet_cost(const struct benchmark *benchmark, const struct plan *plan,
                         const struct check_report *report);

enum { TYPES_MAX = 3, CVRP = 0, VRPTW, PCVRPTW, MTVRPTW, MDVRPTW, HFVRP, PROBLEM_COUNT };

#define OF(cost_function, decimals, numbered)                                                        \
    {                                                                                                \
        .name = "vrplib", .read = vrplib_read, .cost = (cost_function), .cost_decimals = (decimals), \
        .vehicles_numbered = (numbered)                                                              \
    }

static const struct {
    const char *types[TYPES_MAX]; /* in TYPE */
    struct vrplib_problem problem;
} PROBLEMS[PROBLEM_COUNT] = {
    [CVRP] = {{"CVRP"}, {OF(benchmark_money_cost, 0, false), .scale = 1, .published = 1, .cost_parts = 1}},
    [VRPTW] = {{"VRPTW", "CVRPTW"},
               {OF(benchmark_money_cost, 1, false), .scale = 10, .truncates = true, .published = 10,
                .cost_parts = 1}},
    [PCVRPTW] = {{"PCVRPTW"},
                 {OF(benchmark_money_cost, 0, false), .scale = 10, .truncates = true, .published = 1,
                  .cost_parts = 1}},
    [MTVRPTW] = {{"MTVRPTW", "MTVRPTWR"},
                 {OF(benchmark_money_cost, 0, false), .scale = 10, .truncates = true, .published = 1,
                  .cost_parts = 1}},
    [MDVRPTW] = {{"MDVRPTW", "MDVRP"},
                 {OF(benchmark_money_cost, 0, true), .scale = 1000, .published = 1, .cost_parts = 1}},
    [HFVRP] = {{"HFVRP", "HVRP"},
               {OF(fleet_cost, 2, true), .scale = 1000, .published = 1000, .cost_parts = 100}},
};

const struct vrplib_problem *const VRPLIB_VRPTW = &PROBLEMS[VRPTW].problem;

const struct vrplib_problem *vrplib_problem_of_type(const struct field *type)
{
    for (int32_t p = 0; p < PROBLEM_COUNT; p++)
        for (int32_t t = 0; t < TYPES_MAX && PROBLEMS[p].types[t] != NULL; t++)
            if (field_is(type, PROBLEMS[p].types[t])) return &PROBLEMS[p].problem;
    return NULL;
}

const struct vrplib_problem *vrplib_problem_of(const struct vrplib_file *file)
{
    int32_t problem = CVRP;
    if (file->typed != NULL && file->typed != &PROBLEMS[CVRP].problem) return file->typed;
    if (vrplib_has(file, START_DEPOT))
        problem = MDVRPTW;
    else if (file->reloads != NULL || vrplib_has(file, RELEASE_TIME))
        problem = MTVRPTW;
    else if (vrplib_has(file, PRIZE))
        problem = PCVRPTW;
    else if (vrplib_has(file, WINDOW_OPEN))
        problem = VRPTW;
    else if (file->columns[CAPACITY].rows != NULL || vrplib_has(file, FIXED_COST) ||
             vrplib_has(file, UNIT_COST))
        problem = HFVRP;
    return &PROBLEMS[problem].problem;
}

/* Mixed fleets: the distance part of the cost is reckoned anew, with lengths that are not rounded. */
static double fleet_cost(const struct benchmark *benchmark, const struct plan *plan,
                         const struct check_report *report)
{
    const struct vrplib_places *places = benchmark->detail;
    const struct instance *instance = &benchmark->instance;
    const double unit = (double)benchmark->cost_unit;
    if (places == NULL) return benchmark_money_cost(benchmark, plan, report);
    double cost = (double)(cost_total(&report->cost) - report->cost.parts[COST_DISTANCE]) / unit;
    for (int32_t r = 0; r < plan->route_count; r++) {
        const struct plan_route *route = &plan->routes[r];
        if (route->vehicle < 0 || route->vehicle >= instance->vehicle_count)
            continue; /* the checker says it */
        const struct vehicle *vehicle = &instance->vehicles[route->vehicle];
        double length = 0;
        int32_t at = vehicle->start_place;
        for (int32_t i = 0; i <= route->step_count; i++) {
            const struct plan_step *step = &plan->steps[route->first_step + i];
            int32_t to = at;
            if (i == route->step_count)
                to = vehicle->end_place;
            else if (step->kind == STEP_STOP && step->id >= 0 && step->id < instance->stop_count)
                to = instance->stops[step->id].entry_place;
            else if (step->kind == STEP_DISPOSAL && step->id >= 0 && step->id < instance->site_count)
                to = instance->sites[step->id].place;
            length += places->exact(places->x[at], places->y[at], places->x[to], places->y[to]);
            at = to;
        }
        cost += length * (double)vehicle->cost_per_m * (double)benchmark->distance_unit / unit;
    }
    return cost;
}
