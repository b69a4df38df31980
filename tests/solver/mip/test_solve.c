/* The door to GLPK: each answer on programs solved by hand, random programs against enumeration, and the
 * ways GLPK fails. */
#include "solver/base/rng.h"
#include "solver/mip/solve.h"

#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void column(struct mip_model *model, double lower, double upper, double cost, bool integer)
{
    const struct mip_column value = {lower, upper, cost, integer};
    assert_int_equal(mip_model_add_column(model, value, NULL), ERROR_NONE);
}

/* A row over the first `count` columns; zeros are left out. */
static void row(struct mip_model *model, double lower, double upper, const double *values, int32_t count)
{
    assert_int_equal(mip_model_add_row(model, lower, upper, NULL), ERROR_NONE);
    for (int32_t j = 0; j < count; j++)
        if (values[j] != 0) assert_int_equal(mip_model_add_entry(model, j, values[j], NULL), ERROR_NONE);
}

#define ROW(model, lower, upper, ...)                             \
    row((model), (lower), (upper), (const double[]){__VA_ARGS__}, \
        (int32_t)(sizeof((const double[]){__VA_ARGS__}) / sizeof(double)))

struct fixture {
    struct arena arena;
    struct mip_model model;
    struct mip_options options;
    struct mip_solution solution;
    struct error error;
};

static void begin(struct fixture *fixture)
{
    arena_init(&fixture->arena);
    mip_model_init(&fixture->model);
    fixture->options = mip_options_default();
}

static error_code solve(struct fixture *fixture)
{
    return mip_solve(&fixture->model, &fixture->options, &fixture->arena, &fixture->solution,
                     &fixture->error);
}

static void end(struct fixture *fixture)
{
    mip_model_free(&fixture->model);
    arena_free(&fixture->arena);
}

static void assert_near(double found, double expected)
{
    assert_true(fabs(found - expected) <= 1e-7 * fmax(1, fabs(expected)));
}

/* max 3x + 5y, x <= 4, 2y <= 12, 3x + 2y <= 18 (Wyndor Glass): x 2, y 6, 36; prices 0, 3/2, 1. */
static void test_lp_with_duals(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    column(&f.model, 0, INFINITY, -3, false);
    column(&f.model, 0, INFINITY, -5, false);
    ROW(&f.model, -INFINITY, 4, 1, 0);
    ROW(&f.model, -INFINITY, 12, 0, 2);
    ROW(&f.model, -INFINITY, 18, 3, 2);
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_int_equal(f.solution.answer, MIP_OPTIMAL);
    assert_near(f.solution.objective, -36);
    assert_near(f.solution.bound, -36);
    assert_near(f.solution.values[0], 2);
    assert_near(f.solution.values[1], 6);
    assert_near(f.solution.row_duals[0], 0);
    assert_near(f.solution.row_duals[1], -1.5);
    assert_near(f.solution.row_duals[2], -1);
    assert_near(f.solution.reduced_costs[0], 0);
    end(&f);
}

/* A lower row, an equation, a free column and an upper bound that binds: min 2x + 3y + z,
 * x + y + z = 10, x − y >= 1, z <= 4, x free: x 4, y 2, z 4 -> 18. */
static void test_lp_of_every_bound_type(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    column(&f.model, -INFINITY, INFINITY, 2, false);
    column(&f.model, 2, INFINITY, 3, false);
    column(&f.model, -INFINITY, 4, 1, false);
    column(&f.model, 7, 7, 0, false);
    ROW(&f.model, 10, 10, 1, 1, 1, 0);
    ROW(&f.model, 1, INFINITY, 1, -1, 0, 0);
    ROW(&f.model, -INFINITY, INFINITY, 1, 1, 1, 1);
    ROW(&f.model, -100, 100, 1, 0, 0, 1);
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_int_equal(f.solution.answer, MIP_OPTIMAL);
    assert_near(f.solution.objective, 18);
    assert_near(f.solution.reduced_costs[2], -1); /* a unit more of z saves 2 and costs 1 */
    end(&f);
}

/* Beale's example, on which the textbook simplex cycles: optimum −1/20. */
static void test_degenerate_lp(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    const double costs[] = {-0.75, 150, -0.02, 6};
    for (int32_t j = 0; j < 4; j++) column(&f.model, 0, INFINITY, costs[j], false);
    ROW(&f.model, -INFINITY, 0, 0.25, -60, -0.04, 9);
    ROW(&f.model, -INFINITY, 0, 0.5, -90, -0.02, 3);
    ROW(&f.model, -INFINITY, 1, 0, 0, 1, 0);
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_int_equal(f.solution.answer, MIP_OPTIMAL);
    assert_near(f.solution.objective, -0.05);
    end(&f);
}

static void test_infeasible(void **state)
{
    (void)state;
    for (int32_t integer = 0; integer < 2; integer++) {
        struct fixture f;
        begin(&f);
        column(&f.model, 0, 10, 1, integer);
        column(&f.model, 0, 10, 1, integer);
        ROW(&f.model, 5, INFINITY, 1, 1);
        ROW(&f.model, -INFINITY, 4, 1, 1);
        assert_int_equal(solve(&f), ERROR_NONE);
        assert_int_equal(f.solution.answer, MIP_INFEASIBLE);
        assert_true(isnan(f.solution.objective) && f.solution.values == NULL && f.solution.bound == INFINITY);
        end(&f);
    }
}

/* 2x + 2y = 3 has solutions, but no whole ones. */
static void test_infeasible_in_whole_numbers_only(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    column(&f.model, 0, 10, 1, true);
    column(&f.model, 0, 10, 1, true);
    ROW(&f.model, 3, 3, 2, 2);
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_int_equal(f.solution.answer, MIP_INFEASIBLE);
    end(&f);
}

static void test_bounds_that_cross(void **state)
{
    (void)state;
    const struct mip_column crossed[] = {{2, 1, 0, false}, {0.3, 0.7, 0, true}};
    for (int32_t c = 0; c < 2; c++) {
        struct fixture f;
        begin(&f);
        assert_int_equal(mip_model_add_column(&f.model, crossed[c], NULL), ERROR_NONE);
        assert_int_equal(solve(&f), ERROR_NONE);
        assert_int_equal(f.solution.answer, MIP_INFEASIBLE);
        end(&f);
    }
    struct fixture f;
    begin(&f);
    column(&f.model, 0, 1, 0, false);
    ROW(&f.model, 2, 1, 1);
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_int_equal(f.solution.answer, MIP_INFEASIBLE);
    end(&f);
}

/* Bounds that are not whole: GLPK alone refuses them. 0.3 <= x <= 2.7, max x -> 2; min -> 1. */
static void test_fractional_bounds_of_whole_columns(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    column(&f.model, 0.3, 2.7, -1, true);
    column(&f.model, 0.3, 2.7, 1, true);
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_int_equal(f.solution.answer, MIP_OPTIMAL);
    assert_true(f.solution.values[0] == 2 && f.solution.values[1] == 1);
    end(&f);
}

static void test_unbounded(void **state)
{
    (void)state;
    for (int32_t integer = 0; integer < 2; integer++) {
        struct fixture f;
        begin(&f);
        column(&f.model, 0, INFINITY, -1, integer);
        column(&f.model, 0, INFINITY, 0, integer);
        ROW(&f.model, -INFINITY, 3, 1, -1);
        assert_int_equal(solve(&f), ERROR_NONE);
        assert_int_equal(f.solution.answer, MIP_UNBOUNDED);
        end(&f);
    }
}

/* min −x, x − y <= 3 is unbounded; 2x − 2y = 1 then leaves no whole solution at all. */
static void test_unbounded_relaxation_without_whole_solution(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    column(&f.model, 0, 1000, -1, true);
    column(&f.model, 0, 1000, 0, true);
    column(&f.model, 0, INFINITY, -1, true);
    ROW(&f.model, 1, 1, 2, -2, 0);
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_int_equal(f.solution.answer, MIP_INFEASIBLE);
    end(&f);
}

static void test_empty_programs(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_int_equal(f.solution.answer, MIP_OPTIMAL);
    assert_near(f.solution.objective, 0);
    column(&f.model, -2, 5, 3, false); /* no rows */
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_near(f.solution.objective, -6);
    end(&f);

    begin(&f);
    ROW(&f.model, -1, 1, 0); /* no columns: 0 within [-1, 1] */
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_int_equal(f.solution.answer, MIP_OPTIMAL);
    ROW(&f.model, 1, INFINITY, 0); /* 0 >= 1 */
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_int_equal(f.solution.answer, MIP_INFEASIBLE);
    end(&f);
}

/* ---- Random programs against enumeration --------------------------------------------------------------- */

enum { COLUMNS = 4, UPPER = 3 };

static void random_model(struct rng *rng, struct mip_model *model)
{
    for (int32_t j = 0; j < COLUMNS; j++)
        column(model, -rng_below(rng, 2), UPPER, rng_below(rng, 21) - 10, true);
    const int32_t rows = 1 + rng_below(rng, 4);
    for (int32_t r = 0; r < rows; r++) {
        double values[COLUMNS];
        for (int32_t j = 0; j < COLUMNS; j++) values[j] = rng_below(rng, 15) - 7;
        const double middle = rng_below(rng, 21) - 10, width = rng_below(rng, 5);
        const int32_t kind = rng_below(rng, 3);
        row(model, kind == 0 ? -INFINITY : middle, kind == 1 ? INFINITY : middle + width, values, COLUMNS);
    }
}

/* The least cost over all whole points; INFINITY when there is none. */
static double enumerate(const struct mip_model *model, double *values, int32_t depth)
{
    if (depth == COLUMNS)
        return mip_model_violation(model, values) == 0 ? mip_model_objective(model, values) : INFINITY;
    double best = INFINITY;
    const struct mip_column *here = &model->columns.items[depth];
    for (values[depth] = here->lower; values[depth] <= here->upper; values[depth]++)
        best = fmin(best, enumerate(model, values, depth + 1));
    return best;
}

static void test_random_programs_against_enumeration(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 3);
    int32_t feasible = 0, fractional = 0;
    for (int32_t n = 0; n < 400; n++) {
        struct fixture f;
        double values[COLUMNS];
        begin(&f);
        random_model(&rng, &f.model);
        const double best = enumerate(&f.model, values, 0);
        assert_int_equal(solve(&f), ERROR_NONE);
        assert_int_equal(f.solution.answer, isinf(best) ? MIP_INFEASIBLE : MIP_OPTIMAL);
        if (!isinf(best)) {
            assert_near(f.solution.objective, best);
            assert_true(mip_model_violation(&f.model, f.solution.values) == 0);
            feasible++;
            for (int32_t j = 0; j < COLUMNS; j++) f.model.columns.items[j].integer = false;
            assert_int_equal(solve(&f), ERROR_NONE);
            assert_int_equal(f.solution.answer, MIP_OPTIMAL);
            assert_true(f.solution.objective <= best + 1e-6);
            assert_near(f.solution.bound, f.solution.objective);
            fractional += f.solution.objective < best - 1e-6;
        }
        end(&f);
    }
    assert_true(feasible > 100 && feasible < 400 && fractional > 50);
}

/* A random whole point that keeps the rules, if any of the draws does. */
static bool draw_solution(struct rng *rng, const struct mip_model *model, double *values)
{
    for (int32_t draw = 0; draw < 200; draw++) {
        for (int32_t j = 0; j < COLUMNS; j++) {
            const struct mip_column *here = &model->columns.items[j];
            values[j] = here->lower + rng_below(rng, (int32_t)(here->upper - here->lower) + 1);
        }
        if (mip_model_violation(model, values) == 0) return true;
    }
    return false;
}

/* A solution known changes nothing in the optimum, and is the answer when no pivot is allowed. */
static void test_start(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 5);
    int32_t starts = 0;
    for (int32_t n = 0; n < 400; n++) {
        struct fixture f;
        double values[COLUMNS], start[COLUMNS];
        begin(&f);
        random_model(&rng, &f.model);
        f.options.start = start;
        f.options.cuts = n % 2 == 0 ? MIP_CUTS_MANY : MIP_CUTS_CLIQUE;
        const double best = enumerate(&f.model, values, 0);
        if (draw_solution(&rng, &f.model, start)) {
            starts++;
            assert_int_equal(solve(&f), ERROR_NONE);
            assert_int_equal(f.solution.answer, MIP_OPTIMAL);
            assert_near(f.solution.objective, best);
            f.options.pivot_limit = 1;
            assert_int_equal(solve(&f), ERROR_NONE);
            assert_true(f.solution.answer == MIP_OPTIMAL || f.solution.answer == MIP_FEASIBLE);
            assert_true(f.solution.objective <= mip_model_objective(&f.model, start) + 1e-6);
            assert_true(f.solution.bound <= best + 1e-6);
            f.options.pivot_limit = 0;
            for (int32_t j = 0; j < COLUMNS; j++) f.model.columns.items[j].integer = false;
            assert_int_equal(solve(&f), ERROR_NONE);
            assert_int_equal(f.solution.answer, MIP_OPTIMAL);
            assert_true(f.solution.objective <= best + 1e-6);
            for (int32_t j = 0; j < COLUMNS; j++) f.model.columns.items[j].integer = true;
        }
        start[0] = UPPER + 1; /* out of bounds: not used */
        assert_int_equal(solve(&f), ERROR_NONE);
        assert_int_equal(f.solution.answer, isinf(best) ? MIP_INFEASIBLE : MIP_OPTIMAL);
        end(&f);
    }
    assert_true(starts > 100);
}

/* Row prices are what they say: the optimum moves by the price when a right-hand side moves a little. */
static void test_row_duals_are_derivatives(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 4);
    const double step = 1e-4;
    int32_t priced = 0;
    for (int32_t n = 0; n < 100; n++) {
        struct fixture f;
        begin(&f);
        for (int32_t j = 0; j < 5; j++) column(&f.model, 0, 10, 1 + rng_unit(&rng), false);
        for (int32_t r = 0; r < 3; r++) {
            double values[5];
            for (int32_t j = 0; j < 5; j++) values[j] = rng_unit(&rng);
            row(&f.model, 1 + rng_unit(&rng), INFINITY, values, 5);
        }
        assert_int_equal(solve(&f), ERROR_NONE);
        assert_int_equal(f.solution.answer, MIP_OPTIMAL);
        const struct mip_solution before = f.solution;
        for (int32_t r = 0; r < 3; r++) {
            f.model.rows.items[r].lower += step;
            assert_int_equal(solve(&f), ERROR_NONE);
            const double slope = (f.solution.objective - before.objective) / step;
            assert_true(fabs(slope - before.row_duals[r]) < 1e-3);
            priced += before.row_duals[r] > 0.1;
            f.model.rows.items[r].lower -= step;
        }
        end(&f);
    }
    assert_true(priced > 50);
}

/* ---- Limits and failures ------------------------------------------------------------------------------- */

/* Market split (Cornuéjols and Dawande 1998): small and out of reach of branch and bound; the slack makes
 * any 0-1 point feasible. */
static void market_split(struct mip_model *model, int32_t rows, int32_t columns, uint64_t seed)
{
    struct rng rng;
    rng_seed(&rng, seed);
    for (int32_t j = 0; j < columns; j++) column(model, 0, 1, 0, true);
    for (int32_t r = 0; r < 2 * rows; r++) column(model, 0, INFINITY, 1, false);
    for (int32_t r = 0; r < rows; r++) {
        double values[100] = {0}, sum = 0;
        for (int32_t j = 0; j < columns; j++) sum += values[j] = rng_below(&rng, 100);
        values[columns + 2 * r] = 1;
        values[columns + 2 * r + 1] = -1;
        row(model, floor(sum / 2), floor(sum / 2), values, columns + 2 * rows);
    }
}

static void test_time_limit(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    market_split(&f.model, 4, 30, 5);
    f.options.time_limit_s = 0.3;
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_true(f.solution.seconds < 3);
    assert_true(f.solution.answer == MIP_FEASIBLE || f.solution.answer == MIP_NONE);
    if (f.solution.answer == MIP_FEASIBLE) {
        assert_true(f.solution.bound <= f.solution.objective && f.solution.bound >= -1e-6);
        assert_true(mip_model_violation(&f.model, f.solution.values) <= MIP_TOLERANCE);
    }
    end(&f);
}

/* Stops there, gives the same each time, and more pivots never give a worse solution or bound. */
static void test_pivot_limit(void **state)
{
    (void)state;
    double objective = INFINITY, bound = -INFINITY;
    for (int64_t limit = 20; limit <= 20000; limit *= 10) {
        struct fixture f;
        struct mip_solution first;
        begin(&f);
        market_split(&f.model, 4, 30, 5);
        f.options.pivot_limit = limit;
        assert_int_equal(solve(&f), ERROR_NONE);
        assert_true(f.solution.answer == MIP_FEASIBLE || f.solution.answer == MIP_NONE);
        assert_true(f.solution.pivots >= limit && f.solution.pivots < limit + 100);
        first = f.solution;
        assert_int_equal(solve(&f), ERROR_NONE);
        assert_int_equal(f.solution.pivots, first.pivots);
        assert_memory_equal(&f.solution.bound, &first.bound, sizeof first.bound);
        assert_memory_equal(&f.solution.objective, &first.objective, sizeof first.objective);
        assert_true(isnan(first.objective) ? isinf(objective) : first.objective <= objective);
        assert_true(first.bound >= bound);
        if (!isnan(first.objective)) objective = first.objective;
        bound = first.bound;
        end(&f);
    }
    assert_true(objective < INFINITY);
}

static void test_cancel(void **state)
{
    (void)state;
    struct fixture f;
    const volatile sig_atomic_t cancel = 1;
    begin(&f);
    market_split(&f.model, 4, 30, 5);
    f.options.cancel = &cancel;
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_true(f.solution.answer == MIP_FEASIBLE || f.solution.answer == MIP_NONE);
    end(&f);
}

static void test_gap(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    market_split(&f.model, 2, 12, 6);
    for (int32_t j = 0; j < 12; j++) f.model.columns.items[j].cost = 100;
    f.options.relative_gap = 0.5;
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_true(f.solution.answer == MIP_FEASIBLE || f.solution.answer == MIP_OPTIMAL);
    assert_true(f.solution.objective - f.solution.bound <= 0.5 * f.solution.objective + 1e-6);
    end(&f);
}

/* An allocation limit makes GLPK abort: it must come back as an error, and leave the thread usable. */
static void test_abort_is_an_error(void **state)
{
    (void)state;
    for (int32_t time = 0; time < 2; time++) {
        struct fixture f;
        begin(&f);
        double values[60];
        for (int32_t j = 0; j < 60; j++) column(&f.model, 0, 1, -1, true), values[j] = 1 + j % 7;
        for (int32_t r = 0; r < 2000; r++) row(&f.model, -INFINITY, 100 + r % 13, values, 60);
        f.options.memory_limit_mb = 1;
        assert_int_equal(solve(&f), ERROR_MEMORY);
        assert_int_equal(f.solution.answer, MIP_NONE);
        assert_null(f.solution.values);
        f.options.memory_limit_mb = 0;
        assert_int_equal(solve(&f), ERROR_NONE);
        assert_int_equal(f.solution.answer, MIP_OPTIMAL);
        end(&f);
    }
}

static void count_text(const char *line, void *context)
{
    *(size_t *)context += strlen(line);
}

static void test_text_goes_to_the_callback(void **state)
{
    (void)state;
    struct fixture f;
    size_t length = 0;
    begin(&f);
    random_model(&(struct rng){{1, 2, 3, 4}}, &f.model);
    f.options.text = count_text;
    f.options.text_context = &length;
    assert_int_equal(solve(&f), ERROR_NONE);
    assert_true(length > 0);
    end(&f);
}

static void test_malformed_models(void **state)
{
    (void)state;
    const struct mip_column columns[] = {
        {NAN, 1, 0, false}, {0, NAN, 0, false}, {0, 1, NAN, false}, {INFINITY, INFINITY, 0, false}};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        struct fixture f;
        begin(&f);
        assert_int_equal(mip_model_add_column(&f.model, columns[c], NULL), ERROR_NONE);
        assert_int_equal(solve(&f), ERROR_INTERNAL);
        end(&f);
    }
    const struct mip_entry entries[] = {{1, 1}, {-1, 1}, {0, NAN}, {0, INFINITY}, {0, 2}};
    for (size_t e = 0; e < sizeof entries / sizeof *entries; e++) {
        struct fixture f;
        begin(&f);
        column(&f.model, 0, 1, 0, false);
        ROW(&f.model, 0, 1, 1);
        assert_int_equal(mip_model_add_entry(&f.model, entries[e].column, entries[e].value, NULL),
                         ERROR_NONE);
        assert_int_equal(solve(&f), ERROR_INTERNAL); /* the last one: column 0 twice */
        end(&f);
    }
    struct fixture f;
    begin(&f);
    column(&f.model, 0, 1, 0, false);
    assert_int_equal(mip_model_add_entry(&f.model, 0, 1, NULL), ERROR_NONE); /* before any row */
    assert_int_equal(solve(&f), ERROR_INTERNAL);
    end(&f);
}

static void test_failing_allocations(void **state)
{
    (void)state;
    int32_t failures = 0;
    for (int64_t n = 1; n < 100; n++) {
        struct fixture f;
        begin(&f);
        random_model(&(struct rng){{1, 2, 3, 4}}, &f.model);
        arena_fail_after(n);
        const error_code rc = solve(&f);
        arena_fail_after(0);
        end(&f);
        if (rc == ERROR_NONE) break;
        assert_int_equal(rc, ERROR_MEMORY);
        failures++;
    }
    assert_true(failures >= 6);
}

/* ---- Threads ------------------------------------------------------------------------------------------- */

enum { THREADS = 4, PROGRAMS = 40 };

struct work {
    uint64_t seed;
    double objectives[PROGRAMS]; /* NaN infeasible */
    bool failed;
};

/* Runs in threads: cmocka's assertions are not thread safe, hence flags. One call in five is made to abort.
 */
static void *solve_many(void *context)
{
    struct work *work = context;
    for (int32_t n = 0; n < PROGRAMS; n++) {
        struct fixture f;
        struct rng rng;
        rng_seed(&rng, work->seed + (uint64_t)n);
        begin(&f);
        random_model(&rng, &f.model);
        if (solve(&f) != ERROR_NONE) work->failed = true;
        work->objectives[n] = f.solution.objective;
        if (n % 5 == 0) {
            market_split(&f.model, 20, 50, 7);
            f.options.memory_limit_mb = 1;
            f.options.time_limit_s = 0.02;
            const error_code rc = solve(&f);
            if (rc != ERROR_NONE && rc != ERROR_MEMORY) work->failed = true;
        }
        end(&f);
    }
    return NULL;
}

static void test_threads_agree_with_one_thread(void **state)
{
    (void)state;
    struct work alone[THREADS], together[THREADS];
    pthread_t threads[THREADS];
    for (int32_t t = 0; t < THREADS; t++) {
        alone[t] = together[t] = (struct work){.seed = 1000 * (uint64_t)t};
        solve_many(&alone[t]);
    }
    for (int32_t t = 0; t < THREADS; t++)
        assert_int_equal(pthread_create(&threads[t], NULL, solve_many, &together[t]), 0);
    for (int32_t t = 0; t < THREADS; t++) {
        assert_int_equal(pthread_join(threads[t], NULL), 0);
        assert_false(alone[t].failed || together[t].failed);
        assert_memory_equal(alone[t].objectives, together[t].objectives, sizeof alone[t].objectives);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lp_with_duals),
        cmocka_unit_test(test_lp_of_every_bound_type),
        cmocka_unit_test(test_degenerate_lp),
        cmocka_unit_test(test_infeasible),
        cmocka_unit_test(test_infeasible_in_whole_numbers_only),
        cmocka_unit_test(test_bounds_that_cross),
        cmocka_unit_test(test_fractional_bounds_of_whole_columns),
        cmocka_unit_test(test_unbounded),
        cmocka_unit_test(test_unbounded_relaxation_without_whole_solution),
        cmocka_unit_test(test_empty_programs),
        cmocka_unit_test(test_random_programs_against_enumeration),
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_row_duals_are_derivatives),
        cmocka_unit_test(test_time_limit),
        cmocka_unit_test(test_pivot_limit),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_gap),
        cmocka_unit_test(test_abort_is_an_error),
        cmocka_unit_test(test_text_goes_to_the_callback),
        cmocka_unit_test(test_malformed_models),
        cmocka_unit_test(test_failing_allocations),
        cmocka_unit_test(test_threads_agree_with_one_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
