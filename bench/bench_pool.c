/* What does set partitioning gain over the best of several runs? The pool is filled from whole runs of the
 * search alone, so that it can be measured whatever the search does inside.
 *
 *     bench_pool [--smoke] [RUNS ITERATIONS [NAME...]]
 *
 * Capacitated instances NAME.vrp of $BENNE_DATA/data/cvrp (default ../shared), each solved with seeds 1 to
 * RUNS (default 12) of ITERATIONS (default 50,000) rounds; every route of every run goes into the pool, and
 * the best run is the combination to beat. --smoke: a made instance of 60 stops.
 */
#include "io/vrplib.h"
#include "solver/base/rng.h"
#include "solver/routing/pool/partition.h"
#include "solver/routing/routing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    PATH_SIZE = 512,
    RUNS_DEFAULT = 12,
    ITERATIONS_DEFAULT = 50000,
    SMOKE_STOPS = 60,
    SMOKE_RUNS = 4,
    SMOKE_ITERATIONS = 200
};
static const char *const NAMES[] = {"X-n200-k36", "X-n327-k20", "X-n502-k39", "X-n524-k153", "X-n936-k151"};

struct task {
    const struct benchmark *benchmark;
    int32_t runs;
    int64_t iterations;
    struct route_pool pool;
    int32_t *nodes, *incumbent; /* the best run: its routes' nodes, each list ended by -1; their places */
    int32_t route_count;
    money best;
    double search_s;
    struct arena arena;
};

static double cpu_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Adds the routes of a checked plan; keeps them when it is the best. */
static void add_plan(struct task *task, const struct plan *plan, const struct check_report *report)
{
    const money cost = cost_total(&report->cost);
    const bool best = cost < task->best;
    int32_t *nodes = task->nodes + task->benchmark->instance.stop_count * 2;
    int32_t kept = 0;
    if (best) task->best = cost, task->route_count = plan->route_count;
    for (int32_t r = 0; r < plan->route_count; r++) {
        const struct plan_route *route = &plan->routes[r];
        for (int32_t k = 0; k < route->step_count; k++) nodes[k] = plan->steps[route->first_step + k].id;
        route_pool_add(&task->pool, 0, cost_total(&report->routes[r].cost), cost, nodes, route->step_count,
                       NULL);
        if (!best) continue;
        memcpy(task->nodes + kept, nodes, (size_t)route->step_count * sizeof *nodes);
        kept += route->step_count;
        task->nodes[kept++] = -1;
    }
}

static error_code fill_pool(struct task *task, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct instance *instance = &task->benchmark->instance;
    const double started_s = cpu_s();
    for (int32_t run = 0; run < task->runs; run++) {
        struct routing_options options = routing_options_default();
        struct routing_result result;
        struct check_report report;
        options.seed = (uint64_t)run + 1;
        options.time_limit_s = 0;
        options.iterations = task->iterations;
        rc = routing_solve(instance, &options, &result, error);
        if (rc == ERROR_NONE) rc = check_plan(instance, &result.plan, &task->arena, &report, error);
        if (rc == ERROR_NONE && report.violation_count == 0) add_plan(task, &result.plan, &report);
        plan_free(&result.plan);
        if (rc != ERROR_NONE) return rc;
    }
    task->search_s = cpu_s() - started_s;
    return rc;
}

static error_code partition(struct task *task, struct partition *answer, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct instance *instance = &task->benchmark->instance;
    money *leaving;
    TRY_NEW(&task->arena, leaving, instance->stop_count);
    TRY_NEW(&task->arena, task->incumbent, task->route_count);
    for (int32_t stop = 0; stop < instance->stop_count; stop++) leaving[stop] = task->best + 1;
    const int32_t *nodes = task->nodes;
    for (int32_t r = 0; r < task->route_count; r++) {
        int32_t count = 0;
        while (nodes[count] >= 0) count++;
        task->incumbent[r] = route_pool_find(&task->pool, 0, nodes, count);
        nodes += count + 1;
    }
    const struct partition_terms terms = {.leaving_price = leaving,
                                          .vehicles = &instance->vehicle_count,
                                          .incumbent = task->incumbent,
                                          .incumbent_count = task->route_count};
    const struct partition_options options = partition_options_default(instance->stop_count);
    TRY(pool_partition(&task->pool, &terms, &options, &task->arena, answer, error));
done:
    return rc;
}

static error_code measure(const struct benchmark *benchmark, int32_t runs, int64_t iterations,
                          struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t stops = benchmark->instance.stop_count;
    const struct pool_size size = pool_size_default(stops, 1, 0);
    struct task task = {.benchmark = benchmark, .runs = runs, .iterations = iterations, .best = INT64_MAX};
    struct partition answer;
    arena_init(&task.arena);
    TRY(route_pool_init(&task.pool, &size, error));
    TRY_NEW(&task.arena, task.nodes, 3 * (int64_t)stops);
    TRY(fill_pool(&task, error));
    const double started_s = cpu_s();
    TRY(partition(&task, &answer, error));
    const double spent_s = cpu_s() - started_s, unit = (double)benchmark->cost_unit;
    printf("%-14s %6.1f %8" PRId32 " %9.1f %10.0f %10.0f %7.3f %7.3f %8s %7" PRId64 " %7.2f\n",
           benchmark->name, (double)stops / task.route_count, task.pool.count, task.search_s,
           (double)task.best / unit, (double)answer.cost / unit,
           100 * (double)(task.best - answer.cost) / (double)task.best,
           100 * ((double)answer.cost - answer.bound) / (double)answer.cost, answer.proven ? "yes" : "no",
           answer.pivots, spent_s);
done:
    route_pool_free(&task.pool);
    arena_free(&task.arena);
    return rc;
}

/* Stops anywhere on a square of 1,000, six or so a route. */
static size_t made_instance(char *text, size_t size)
{
    struct rng rng;
    rng_seed(&rng, 1);
    int length =
        snprintf(text, size,
                 "NAME : made\nTYPE : CVRP\nDIMENSION : %d\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 60\n"
                 "NODE_COORD_SECTION\n",
                 SMOKE_STOPS + 1);
    for (int node = 1; node <= SMOKE_STOPS + 1; node++)
        length += snprintf(text + length, size - (size_t)length, "%d %d %d\n", node, rng_below(&rng, 1000),
                           rng_below(&rng, 1000));
    length += snprintf(text + length, size - (size_t)length, "DEMAND_SECTION\n1 0\n");
    for (int node = 2; node <= SMOKE_STOPS + 1; node++)
        length += snprintf(text + length, size - (size_t)length, "%d %d\n", node, 5 + rng_below(&rng, 10));
    length += snprintf(text + length, size - (size_t)length, "DEPOT_SECTION\n1\n-1\nEOF\n");
    return (size_t)length;
}

static error_code measure_text(const char *name, const char *text, size_t length, int32_t runs,
                               int64_t iterations, struct error *error)
{
    struct arena arena;
    struct diagnostics diagnostics;
    struct benchmark benchmark;
    arena_init(&arena);
    diagnostics_init(&diagnostics, 0);
    error_code rc = vrplib_read(name, text, length, &arena, &benchmark, &diagnostics, error);
    if (rc == ERROR_NONE) {
        benchmark.name = name;
        rc = measure(&benchmark, runs, iterations, error);
    }
    arena_free(&arena);
    return rc;
}

static error_code measure_file(const char *name, int32_t runs, int64_t iterations, struct error *error)
{
    enum { FILE_MOST = 1 << 20 };
    char path[PATH_SIZE];
    const char *root = getenv("BENNE_DATA");
    snprintf(path, sizeof path, "%s/data/cvrp/%s.vrp", root != NULL ? root : "../shared", name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        printf("skipped: %s is not there (BENNE_DATA)\n", path);
        return ERROR_NONE;
    }
    char *text = malloc(FILE_MOST);
    const size_t length = text != NULL ? fread(text, 1, FILE_MOST, file) : 0;
    fclose(file);
    const error_code rc =
        text != NULL ? measure_text(name, text, length, runs, iterations, error) : error_memory(error);
    free(text);
    return rc;
}

int main(int argc, char **argv)
{
    struct error error = {0};
    error_code rc = ERROR_NONE;
    const bool smoke = argc > 1 && strcmp(argv[1], "--smoke") == 0;
    const int32_t runs = argc > 1 && !smoke ? (int32_t)strtol(argv[1], NULL, 10) : RUNS_DEFAULT;
    const int64_t iterations = argc > 2 ? strtoll(argv[2], NULL, 10) : ITERATIONS_DEFAULT;
    printf("%-14s %6s %8s %9s %10s %10s %7s %7s %8s %7s %7s\n", "instance", "length", "columns", "search s",
           "best run", "combined", "gain %", "gap %", "proven", "pivots", "cpu s");
    if (smoke) {
        char text[8192];
        const size_t length = made_instance(text, sizeof text);
        rc = measure_text("made", text, length, SMOKE_RUNS, SMOKE_ITERATIONS, &error);
    } else {
        const char *const *names = argc > 3 ? (const char *const *)argv + 3 : NAMES;
        const int count = argc > 3 ? argc - 3 : (int)(sizeof NAMES / sizeof NAMES[0]);
        for (int k = 0; k < count && rc == ERROR_NONE; k++)
            rc = measure_file(names[k], runs, iterations, &error);
    }
    if (rc != ERROR_NONE) printf("%s\n", error.message);
    return rc == ERROR_NONE ? 0 : 1;
}
