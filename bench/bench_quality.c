/* What quality costs: the same day planned without and with the prices of changes, torn neighbours and
 * uneven work.
 *
 *     bench_quality [--smoke | BINS [ITERATIONS [SEEDS]]]
 *
 * A city of BINS bins of one stream (default 900) is generated, and its first day planned with ITERATIONS
 * rounds (default 10,000) and the seeds 1 to SEEDS (default 3), once for each set of prices. Every plan is
 * judged by the checker on one and the same instance, which prices all; prints means over the seeds: km, the
 * cost without the terms (prizes left included), pairs of neighbours torn apart, stops with another vehicle
 * than in the fixed rounds, the longest day, what is priced as imbalance in squared hours, the spread of work
 * over the vehicles used (longest minus shortest, standard deviation), and what that is more than without, in
 * km. Exits with 1 when the checker rejects a plan, the search's cost is not the checker's, or a price does
 * not lessen what it is put on.
 */
#include "bench/quality/town.h"
#include "scenarios/night_work.h"
#include "solver/horizon/quality.h"
#include "solver/routing/routing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BINS_DEFAULT = 900,
    ITERATIONS_DEFAULT = 10000,
    SEEDS_DEFAULT = 3,
    BINS_SMOKE = 150,
    TOWN_SEED = 3,
    WORKS_MAX = 1024
};

/* Units of money: a stop, a pair, a squared hour beyond the target of a day's work: what a vehicle works on
 * average without any price. */
struct prices {
    const char *name;
    double change, overlap, imbalance;
};
static const struct prices PRICES[] = {
    {"none", 0, 0, 0},           {"changes, 1 a stop", 1, 0, 0},
    {"changes, 5", 5, 0, 0},     {"overlap, 1 a pair", 0, 1, 0},
    {"overlap, 5", 0, 5, 0},     {"imbalance, 10 a h²", 0, 0, 10},
    {"imbalance, 50", 0, 0, 50}, {"all: 1, 1, 10", 1, 1, 10},
    {"all: 5, 5, 50", 5, 5, 50},
};
enum { PRICES_COUNT = sizeof PRICES / sizeof *PRICES };

/* Of one plan, or the mean of several. */
struct figures {
    double km, cost, split, changed, work_h, longest_h, beyond_h2, spread_h, deviation_h, vehicles, seconds;
};

static error_code pose(const struct night_work *work, const struct prices *prices, double target_h,
                       struct arena *arena, struct day_problem *problem, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct city city = work->city; /* a copy with other prices: what it points to stays the city's */
    city.change_cost = llround(prices->change * (double)MONEY_UNIT);
    city.overlap_cost = llround(prices->overlap * (double)MONEY_UNIT);
    city.imbalance_cost_per_h2 = llround(prices->imbalance * (double)MONEY_UNIT);
    city.target_work_s = (int32_t)lround(target_h * 3600);
    TRY(day_problem_from_choice(&city, &work->forecast, &work->choice, NULL, 0, arena, problem, error));
    TRY(day_price_quality(&city, NULL, arena, problem, error));
done:
    return rc;
}

/* Hours worked by route; of several plans one after the other. */
struct works {
    double h[WORKS_MAX];
    int32_t count;
};

static double beyond_h2(const struct works *works, double target_h)
{
    double sum = 0;
    for (int32_t r = 0; r < works->count; r++)
        if (works->h[r] > target_h) sum += (works->h[r] - target_h) * (works->h[r] - target_h);
    return sum;
}

static struct figures figures_of(const struct check_report *report, int32_t routes, struct works *works)
{
    struct figures f = {.cost = (double)cost_bounded(&report->cost) / (double)MONEY_UNIT,
                        .split = report->pairs_split,
                        .changed = report->changed,
                        .vehicles = routes};
    double least = INFINITY, most = 0, sum = 0, squares = 0;
    for (int32_t r = 0; r < routes; r++) {
        const double work_h = (double)report->routes[r].work_s / 3600;
        if (works->count < WORKS_MAX) works->h[works->count++] = work_h;
        f.km += (double)report->routes[r].distance_m / 1000;
        sum += work_h;
        squares += work_h * work_h;
        least = work_h < least ? work_h : least;
        most = work_h > most ? work_h : most;
    }
    if (routes == 0) return f;
    f.work_h = sum / routes;
    f.longest_h = most;
    f.spread_h = most - least;
    f.deviation_h = sqrt(fmax(0, squares / routes - f.work_h * f.work_h));
    return f;
}

static void add(struct figures *sum, const struct figures *f, double weight)
{
    sum->km += weight * f->km;
    sum->cost += weight * f->cost;
    sum->split += weight * f->split;
    sum->changed += weight * f->changed;
    sum->spread_h += weight * f->spread_h;
    sum->deviation_h += weight * f->deviation_h;
    sum->work_h += weight * f->work_h;
    sum->longest_h += weight * f->longest_h;
    sum->vehicles += weight * f->vehicles;
    sum->seconds += weight * f->seconds;
}

/* Plans the day at these prices; what the plan is like on the instance that prices all. */
static error_code plan(const struct night_work *work, const struct prices *prices, double target_h,
                       uint64_t seed, int64_t iterations, struct figures *figures, struct works *works,
                       bool *sound, struct error *error)
{
    error_code rc = ERROR_NONE;
    static const struct prices ALL = {"", 1, 1, 1};
    struct arena arena;
    struct day_problem priced, judged;
    struct check_report own, report;
    struct routing_result result = {0};
    struct routing_options options = routing_options_default();
    options.seed = seed;
    options.iterations = iterations;
    options.time_limit_s = 0;
    arena_init(&arena);
    TRY(pose(work, prices, target_h, &arena, &priced, error));
    TRY(pose(work, &ALL, target_h, &arena, &judged, error));
    TRY(routing_solve(&priced.instance, &options, &result, error));
    TRY(check_plan(&priced.instance, &result.plan, &arena, &own, error));
    TRY(check_plan(&judged.instance, &result.plan, &arena, &report, error));
    *sound &= own.violation_count == own.unserved_mandatory && result.cost == cost_total(&own.cost);
    *figures = figures_of(&report, result.plan.route_count, works);
    figures->seconds = result.seconds;
done:
    plan_free(&result.plan);
    arena_free(&arena);
    return rc;
}

static void print_row(const struct prices *prices, const struct figures *f, const struct figures *none)
{
    printf("| %s | %.1f | %.0f | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f | %+.1f | %+.1f %% | "
           "%+.1f %% |\n",
           prices->name, f->km, f->cost, f->split, f->changed, f->longest_h, f->beyond_h2, f->spread_h,
           f->deviation_h, f->vehicles, f->seconds, f->km - none->km, 100 * (f->km / none->km - 1),
           100 * (f->cost / none->cost - 1));
}

/* What is priced, at its prices. Each term alone is lessened by its price; of several, one may grow for the
 * sake of the others. */
static double quality(const struct prices *prices, const struct figures *f)
{
    return prices->change * f->changed + prices->overlap * f->split + prices->imbalance * f->beyond_h2;
}

static bool lessens(const struct prices *prices, const struct figures *f, const struct figures *none)
{
    return prices->change + prices->overlap + prices->imbalance == 0 ||
           quality(prices, f) < quality(prices, none);
}

static error_code run(const char *folder, int64_t iterations, int32_t seeds, bool *good, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct night_work work;
    struct figures none = {0};
    struct works unpriced = {.count = 0};
    bool sound = true, less = true;
    night_work_init(&work, NULL);
    const struct command_options quiet = {.threads = 1, .quiet = true};
    TRY(night_read(&work, folder, &quiet, error));
    TRY(night_believe(&work, work.city.start, error));
    printf("| prices | km | cost | pairs torn | stops changed | longest day h | beyond h² | spread h | "
           "deviation h | vehicles | s | "
           "km more | "
           "km | cost |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (size_t p = 0; p < PRICES_COUNT; p++) {
        struct figures mean = {0};
        struct works works = {.count = 0};
        for (int32_t seed = 1; seed <= seeds; seed++) {
            struct figures figures;
            TRY(plan(&work, &PRICES[p], none.work_h, (uint64_t)seed, iterations, &figures, &works, &sound,
                     error));
            add(&mean, &figures, 1.0 / seeds);
        }
        if (p == 0) none = mean, unpriced = works;
        none.beyond_h2 = beyond_h2(&unpriced, none.work_h) / seeds;
        mean.beyond_h2 = beyond_h2(&works, none.work_h) / seeds;
        print_row(&PRICES[p], &mean, &none);
        fflush(stdout);
        less &= lessens(&PRICES[p], &mean, &none);
    }
    if (!sound) printf("a plan breaks a rule, or its cost is not the checker's\n");
    if (!less) printf("prices do not lessen what they are put on\n");
    *good = sound && less;
done:
    night_work_free(&work);
    return rc;
}

int main(int argc, char **argv)
{
    const bool smoke = argc > 1 && strcmp(argv[1], "--smoke") == 0;
    const int32_t bins = smoke ? BINS_SMOKE : argc > 1 ? (int32_t)strtol(argv[1], NULL, 10) : BINS_DEFAULT;
    const int64_t iterations = smoke ? 1000 : argc > 2 ? strtoll(argv[2], NULL, 10) : ITERATIONS_DEFAULT;
    const int32_t seeds = smoke ? 1 : argc > 3 ? (int32_t)strtol(argv[3], NULL, 10) : SEEDS_DEFAULT;
    char folder[TOWN_PATH];
    struct error error = {0};
    bool good = false;
    error_code rc = generated_town_make(bins, TOWN_SEED, folder, &error);
    if (rc == ERROR_NONE) rc = run(folder, iterations, seeds, &good, &error);
    generated_town_remove(folder);
    if (rc != ERROR_NONE) fprintf(stderr, "bench_quality: %s\n", error.message);
    return rc != ERROR_NONE ? error_exit_status(rc) : good ? 0 : 1;
}
