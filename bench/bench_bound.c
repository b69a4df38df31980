/* How near do bound and search come on days with disposal trips?
 *
 *     bench_bound [--smoke] [--windows] [SEARCH_S BOUND_S [DAYS [STOPS]]]
 *     bench_bound SEARCH_S BOUND_S FILE...
 *
 * Made days, one a seed: STOPS (60) collection points in four quarters of a town of 7 km by 7 km, 0.4 to
 * 1.3 t and 2 to 5 minutes each; a depot in the town, one or two disposal sites outside; trucks of 10 t, some
 * twelve points a trip, shifts of 7 hours, two or three trips a shift; straight lines × 1.3 at 25 km/h. A
 * truck costs 120 a day, 1.1 a kilometre, 42 an hour; fees, which no route changes, are left out. With
 * --windows, points are served in the morning or at any time, and sites close at noon.
 *
 * For each: SEARCH_S (20) seconds of the search, then BOUND_S (40) of the bound, on one thread. Files are
 * read as by benne solve. --smoke: a small day in a second.
 */
#include "io/benchmark.h"
#include "solver/base/rng.h"
#include "solver/routing/bound/bound.h"
#include "solver/routing/routing.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 20, STOPS = 60, SITES_MAX = 2, VEHICLES = 5, HOUR_S = 3600 };

struct setting {
    double search_s, bound_s;
    int32_t days, stops;
    bool windows;
};

struct tally {
    int32_t days, bounded, within, proven;
    double gap_sum;
};

/* ---- The days ----------------------------------------------------------------------------------------- */

static double between(struct rng *rng, double low, double high)
{
    return low + rng_unit(rng) * (high - low);
}

static void place_points(struct rng *rng, int32_t stops, int32_t sites, double (*points)[2])
{
    double quarters[4][2];
    for (int32_t q = 0; q < 4; q++)
        for (int32_t axis = 0; axis < 2; axis++) quarters[q][axis] = between(rng, 1000, 6000);
    for (int32_t s = 0; s < stops; s++)
        for (int32_t axis = 0; axis < 2; axis++)
            points[s][axis] =
                s % 3 == 0 ? between(rng, 0, 7000) : quarters[s % 4][axis] + between(rng, -1000, 1000);
    for (int32_t s = 0; s < sites; s++) {
        points[stops + s][0] = s == 0 ? between(rng, -4000, -1000) : between(rng, 8000, 10000);
        points[stops + s][1] = between(rng, 0, 7000);
    }
    for (int32_t axis = 0; axis < 2; axis++) points[stops + sites][axis] = between(rng, 1000, 6000);
}

static void measure(int32_t places, double (*points)[2], int32_t *metres, int32_t *seconds)
{
    for (int32_t a = 0; a < places; a++)
        for (int32_t b = 0; b < places; b++) {
            const double way = 1.3 * hypot(points[a][0] - points[b][0], points[a][1] - points[b][1]);
            metres[a * places + b] = (int32_t)ceil(way);
            seconds[a * places + b] = (int32_t)ceil(way / (25.0 / 3.6));
        }
}

static error_code make_day(uint64_t seed, const struct setting *setting, struct arena *arena,
                           struct instance *in, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct rng rng;
    rng_seed(&rng, seed);
    const int32_t sites = 1 + (int32_t)(seed % SITES_MAX), places = setting->stops + sites + 1;
    struct stop *stops;
    struct site *site;
    struct vehicle *vehicles;
    struct time_window *windows;
    struct travel_matrix *matrix;
    double(*points)[2];
    int32_t *metres, *seconds;
    TRY_NEW(arena, stops, setting->stops);
    TRY_NEW(arena, site, sites);
    TRY_NEW(arena, vehicles, VEHICLES);
    TRY_NEW(arena, windows, 3);
    TRY_NEW(arena, matrix, 1);
    TRY_NEW(arena, points, places);
    TRY_NEW(arena, metres, (size_t)places * (size_t)places);
    TRY_NEW(arena, seconds, (size_t)places * (size_t)places);
    place_points(&rng, setting->stops, sites, points);
    measure(places, points, metres, seconds);
    *matrix = (struct travel_matrix){metres, seconds};
    windows[0] = (struct time_window){6 * HOUR_S, 9 * HOUR_S};
    windows[1] = (struct time_window){6 * HOUR_S, 12 * HOUR_S};
    windows[2] = (struct time_window){13 * HOUR_S, 17 * HOUR_S};
    for (int32_t s = 0; s < setting->stops; s++)
        stops[s] = (struct stop){.entry_place = s,
                                 .exit_place = s,
                                 .service_s = (int32_t)between(&rng, 120, 300),
                                 .load_kg = (int64_t)between(&rng, 400, 1300),
                                 .window_count = setting->windows && s % 3 == 0,
                                 .mandatory = true};
    for (int32_t s = 0; s < sites; s++)
        site[s] = (struct site){.place = setting->stops + s,
                                .streams = 1,
                                .window_first = 1,
                                .window_count = setting->windows ? 2 : 0,
                                .unload_s = 600};
    for (int32_t v = 0; v < VEHICLES; v++)
        vehicles[v] = (struct vehicle){.start_place = places - 1,
                                       .end_place = places - 1,
                                       .shift_start_s = 6 * HOUR_S,
                                       .shift_end_s = 13 * HOUR_S,
                                       .max_work_s = TIME_MAX,
                                       .break_after_s = TIME_MAX,
                                       .break_window = {0, TIME_MAX},
                                       .compartment_count = 1,
                                       .compartments = {{1, 10000, 1000000}},
                                       .fixed_cost = 120 * MONEY_UNIT,
                                       .cost_per_m = 11 * MONEY_UNIT / 10000,
                                       .cost_per_s = 42 * MONEY_UNIT / HOUR_S,
                                       .overtime_from_s = TIME_MAX};
    *in = (struct instance){.stop_count = setting->stops,
                            .site_count = sites,
                            .vehicle_count = VEHICLES,
                            .window_count = 3,
                            .stream_count = 1,
                            .stops = stops,
                            .sites = site,
                            .vehicles = vehicles,
                            .windows = windows,
                            .travel = {.place_count = places, .profile_count = 1, .profiles = matrix}};
    TRY(instance_validate(in, error));
done:
    return rc;
}

/* ---- Search and bound --------------------------------------------------------------------------------- */

static error_code judge(const char *name, const struct instance *in, money unit,
                        const struct setting *setting, struct tally *tally, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct routing_options search = routing_options_default();
    struct bound_options options = {.time_limit_s = setting->bound_s};
    struct routing_result found;
    struct bound_result bound;
    struct check_report report;
    struct arena arena;
    arena_init(&arena);
    plan_init(&found.plan);
    search.time_limit_s = setting->search_s;
    TRY(routing_solve(in, &search, &found, error));
    TRY(check_plan(in, &found.plan, &arena, &report, error));
    tally->days++;
    if (report.violation_count > 0) {
        printf("%-16s no feasible plan\n", name);
        goto done;
    }
    options.plan = &found.plan;
    options.plan_cost = cost_total(&report.cost);
    TRY(bound_compute(in, &options, &bound, error));
    const double gap = 100.0 * (double)(options.plan_cost - bound.bound) / (double)bound.bound;
    printf("%-16s cost %12.2f  bound %12.2f  gap %6.3f %%%s  %2d vehicles; bound %5.1f s, %d branches, %d "
           "pricings, %d trips, %d + %d cuts%s\n",
           name, (double)options.plan_cost / (double)unit, (double)bound.bound / (double)unit, gap,
           bound.proven ? " proven" : "", (int)found.plan.route_count, bound.seconds, (int)bound.branches,
           (int)bound.pricings, (int)bound.trips, (int)bound.capacity_cuts, (int)bound.subset_cuts,
           bound.ended ? "" : ", cut short");
    fflush(stdout);
    tally->bounded += bound.known;
    tally->proven += bound.proven;
    tally->within += bound.known && gap <= 1;
    tally->gap_sum += gap;
done:
    plan_free(&found.plan);
    arena_free(&arena);
    return rc;
}

static error_code judge_days(const struct setting *setting, struct tally *tally, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    arena_init(&arena);
    for (int32_t day = 1; day <= setting->days; day++) {
        struct instance in = {0};
        char name[32];
        snprintf(name, sizeof name, "day %d", (int)day);
        TRY(make_day((uint64_t)day, setting, &arena, &in, error));
        TRY(judge(name, &in, MONEY_UNIT, setting, tally, error));
        arena_free(&arena);
    }
done:
    arena_free(&arena);
    return rc;
}

static error_code judge_file(const char *path, const struct setting *setting, struct tally *tally,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    struct benchmark benchmark = {0};
    struct diagnostics diagnostics;
    struct arena arena;
    arena_init(&arena);
    diagnostics_init(&diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
    TRY(benchmark_read(path, "auto", &arena, &benchmark, &diagnostics, error));
    TRY(judge(benchmark.name, &benchmark.instance, benchmark.cost_unit, setting, tally, error));
done:
    diagnostics_free(&diagnostics);
    arena_free(&arena);
    return rc;
}

int main(int argc, char **argv)
{
    struct setting setting = {.search_s = 20, .bound_s = 40, .days = DAYS, .stops = STOPS};
    struct tally tally = {0};
    struct error error = {0};
    error_code rc = ERROR_NONE;
    int at = 1;
    if (at < argc && strcmp(argv[at], "--smoke") == 0) {
        setting = (struct setting){.search_s = 0.2, .bound_s = 1, .days = 2, .stops = 14};
        at++;
    }
    if (at < argc && strcmp(argv[at], "--windows") == 0) setting.windows = true, at++;
    if (at + 1 < argc) {
        setting.search_s = strtod(argv[at], NULL);
        setting.bound_s = strtod(argv[at + 1], NULL);
        at += 2;
    }
    if (at < argc && strtol(argv[at], NULL, 10) == 0) {
        for (; at < argc && rc == ERROR_NONE; at++) rc = judge_file(argv[at], &setting, &tally, &error);
    } else {
        if (at < argc) setting.days = (int32_t)strtol(argv[at], NULL, 10);
        if (at + 1 < argc) setting.stops = (int32_t)strtol(argv[at + 1], NULL, 10);
        rc = judge_days(&setting, &tally, &error);
    }
    if (rc != ERROR_NONE) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    printf("%d of %d within 1 %%, %d proven optimal, mean gap %.3f %%\n", (int)tally.within, (int)tally.days,
           (int)tally.proven, tally.bounded > 0 ? tally.gap_sum / tally.bounded : NAN);
    return 0;
}
