/* Files of more nodes than a matrix could hold. */
#include "io/vrplib.h"
#include "solver/base/array.h"
#include "solver/base/rng.h"
#include "solver/network/travel_build.h"

#include "tests/support/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { N = TRAVEL_PLACES_MAX + 1 };

struct text {
    char *items;
    int64_t count, capacity;
};

static void add(struct text *text, const char *format, int32_t a, int32_t b, int32_t c)
{
    assert_true(array_reserve(text, text->count + 100));
    text->count += snprintf(text->items + text->count, 100, format, (int)a, (int)b, (int)c);
}

static struct text file_of(const char *metric, double *x, double *y, int32_t size)
{
    struct text text = {0};
    struct rng rng;
    rng_seed(&rng, 1);
    add(&text, "DIMENSION: %d\nCAPACITY: 100\nEDGE_WEIGHT_TYPE: ", N, 0, 0);
    add(&text, metric, 0, 0, 0);
    add(&text, "\nNODE_COORD_SECTION\n", 0, 0, 0);
    for (int32_t n = 0; n < N; n++) {
        x[n] = rng_below(&rng, size);
        y[n] = rng_below(&rng, size);
        add(&text, "%d %d %d\n", n + 1, (int32_t)x[n], (int32_t)y[n]);
    }
    add(&text, "DEMAND_SECTION\n", 0, 0, 0);
    for (int32_t n = 0; n < N; n++) add(&text, "%d %d\n", n + 1, n > 0, 0);
    add(&text, "DEPOT_SECTION\n1\n-1\nEOF\n", 0, 0, 0);
    return text;
}

static error_code read(const struct text *text, struct arena *arena, struct benchmark *benchmark,
                       struct error *error)
{
    struct diagnostics diagnostics;
    diagnostics_init(&diagnostics, 10);
    *benchmark = (struct benchmark){.family = &VRPLIB_FAMILY};
    const error_code rc =
        vrplib_read("t.vrp", text->items, (size_t)text->count, arena, benchmark, &diagnostics, error);
    diagnostics_free(&diagnostics);
    return rc;
}

static void straight_lines_need_no_matrix(void **state)
{
    (void)state;
    static double x[N], y[N];
    const char *metrics[] = {"EUC_2D", "CEIL_2D"};
    for (size_t m = 0; m < COUNT_OF(metrics); m++) {
        struct text text = file_of(metrics[m], x, y, 30000);
        struct arena arena;
        struct benchmark benchmark;
        arena_init(&arena);
        assert_int_equal(read(&text, &arena, &benchmark, NULL), ERROR_NONE);
        const struct instance *in = &benchmark.instance;
        assert_int_equal(in->stop_count, N - 1);
        assert_true(arena.used < (size_t)1000 * N);
        struct rng rng;
        rng_seed(&rng, 2);
        for (int32_t round = 0; round < 10000; round++) {
            const int32_t a = rng_below(&rng, N), b = rng_below(&rng, N);
            const double length = sqrt((x[a] - x[b]) * (x[a] - x[b]) + (y[a] - y[b]) * (y[a] - y[b]));
            const struct travel_leg leg = travel_leg(&in->travel, 0, a, b);
            assert_int_equal(leg.distance_m, (int64_t)(m == 0 ? floor(length + 0.5) : ceil(length)));
            assert_int_equal(leg.duration_s, leg.distance_m);
        }
        arena_free(&arena);
        array_free(&text);
    }
}

static void assert_refused(const char *metric, int32_t size, const char *sentence)
{
    static double x[N], y[N];
    struct text text = file_of(metric, x, y, size);
    struct arena arena;
    struct benchmark benchmark;
    struct error error;
    arena_init(&arena);
    assert_int_equal(read(&text, &arena, &benchmark, &error), ERROR_INPUT);
    assert_string_equal(error.file, "t.vrp");
    if (strstr(error.message, sentence) == NULL) fail_msg("'%s' does not say '%s'", error.message, sentence);
    arena_free(&arena);
    array_free(&text);
}

static void other_metrics_are_refused(void **state)
{
    (void)state;
    assert_refused("ATT", 1000, "20001 nodes");
}

static void nodes_too_far_apart_are_refused(void **state)
{
    (void)state;
    assert_refused("EUC_2D", 1000000000, "too far apart");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(straight_lines_need_no_matrix),
        cmocka_unit_test(other_metrics_are_refused),
        cmocka_unit_test(nodes_too_far_apart_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
