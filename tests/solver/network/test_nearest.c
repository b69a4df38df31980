/* The nearest points against comparing all pairs, on points made to be awkward; and with so many equal ones
 * that all pairs would take minutes. */
#include "solver/base/arena.h"
#include "solver/base/rng.h"
#include "solver/network/nearest.h"

#include "tests/support/test.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { N_MAX = 400 };

struct cloud {
    double x[N_MAX], y[N_MAX], z[N_MAX];
    int32_t n;
    bool flat;
};

static double square(const struct cloud *cloud, int32_t a, int32_t b)
{
    const double dx = cloud->x[a] - cloud->x[b], dy = cloud->y[a] - cloud->y[b];
    const double dz = cloud->flat ? 0 : cloud->z[a] - cloud->z[b];
    return dx * dx + dy * dy + dz * dz;
}

static const struct cloud *sorting;
static int32_t sorting_from;

static int by_distance_then_number(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    const double to_a = square(sorting, sorting_from, a), to_b = square(sorting, sorting_from, b);
    return to_a != to_b ? (to_a < to_b ? -1 : 1) : (a > b) - (a < b);
}

static void assert_as_all_pairs(const struct cloud *cloud, int32_t k)
{
    static int32_t found[N_MAX * N_MAX];
    assert_int_equal(
        nearest_find(cloud->x, cloud->y, cloud->flat ? NULL : cloud->z, cloud->n, k, found, NULL),
        ERROR_NONE);
    for (int32_t from = 0; from < cloud->n; from++) {
        int32_t others[N_MAX], count = 0;
        for (int32_t p = 0; p < cloud->n; p++)
            if (p != from) others[count++] = p;
        sorting = cloud;
        sorting_from = from;
        qsort(others, (size_t)count, sizeof *others, by_distance_then_number);
        assert_memory_equal(found + (size_t)from * (size_t)k, others, (size_t)k * sizeof *others);
    }
}

/* Points scattered; on a coarse grid, where ties abound; in tight heaps, some of equal points; on a line. */
static void fill_cloud(struct cloud *cloud, int32_t kind, struct rng *rng)
{
    for (int32_t p = 0; p < cloud->n; p++) {
        double *at[] = {&cloud->x[p], &cloud->y[p], &cloud->z[p]};
        const int32_t heap = rng_below(rng, 4);
        for (int32_t axis = 0; axis < 3; axis++) {
            if (kind == 0) *at[axis] = 1000 * rng_unit(rng);
            if (kind == 1) *at[axis] = rng_below(rng, 6);
            if (kind == 2) *at[axis] = 1e6 * heap * heap + (heap == 0 ? 0 : 1e-7 * rng_below(rng, 1000));
            if (kind == 3) *at[axis] = axis == 1 ? 0.1 * rng_below(rng, 300) : 7;
        }
    }
}

static void agrees_with_all_pairs(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 1);
    for (int32_t round = 0; round < 120; round++) {
        struct cloud cloud = {.n = 2 + rng_below(&rng, round < 8 ? N_MAX - 2 : 80), .flat = round & 1};
        fill_cloud(&cloud, round / 2 % 4, &rng);
        const int32_t some = 1 + rng_below(&rng, cloud.n - 1);
        assert_as_all_pairs(&cloud, some < 20 ? some : 20);
        if (cloud.n < 80) assert_as_all_pairs(&cloud, cloud.n - 1);
    }
}

static void sphere_by_arc(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 2);
    struct cloud cloud = {.n = 200};
    for (int32_t p = 0; p < cloud.n; p++) {
        const double lat = 3 * rng_unit(&rng) - 1.5, lon = 6.2 * rng_unit(&rng);
        cloud.x[p] = cos(lat) * cos(lon);
        cloud.y[p] = cos(lat) * sin(lon);
        cloud.z[p] = sin(lat);
    }
    static int32_t found[200 * 5];
    assert_int_equal(nearest_find(cloud.x, cloud.y, cloud.z, cloud.n, 5, found, NULL), ERROR_NONE);
    for (int32_t from = 0; from < cloud.n; from++) {
        double last = 0;
        for (int32_t k = 0; k < 5; k++) {
            const int32_t to = found[from * 5 + k];
            const double arc =
                acos(cloud.x[from] * cloud.x[to] + cloud.y[from] * cloud.y[to] + cloud.z[from] * cloud.z[to]);
            assert_true(arc >= last - 1e-9);
            last = arc;
        }
    }
}

/* All at one point, two points, or on a circle around its centre: a search that looked at every tie would
 * compare 10¹⁰ pairs. */
static void equal_points_are_quick(void **state)
{
    (void)state;
    enum { N = 100000, K = 10 };
    struct arena arena;
    arena_init(&arena);
    double *x = arena_alloc(&arena, N, sizeof *x), *y = arena_alloc(&arena, N, sizeof *y);
    int32_t *found = arena_alloc(&arena, (size_t)N * K, sizeof *found);
    for (int32_t heaps = 1; heaps <= 2; heaps++) {
        for (int32_t p = 0; p < N; p++) x[p] = p % heaps;
        assert_int_equal(nearest_find(x, y, NULL, N, K, found, NULL), ERROR_NONE);
        for (int32_t p = 0; p < N; p += 997)
            for (int32_t k = 0, expected = p % heaps; k < K; k++, expected += heaps) {
                if (expected == p) expected += heaps;
                assert_int_equal(found[(size_t)p * K + (size_t)k], expected);
            }
    }
    arena_free(&arena);
}

static void nothing_asked(void **state)
{
    (void)state;
    const double at[] = {3};
    assert_int_equal(nearest_find(at, at, NULL, 1, 0, NULL, NULL), ERROR_NONE);
    assert_int_equal(nearest_find(at, at, NULL, 0, 0, NULL, NULL), ERROR_NONE);
}

static void memory_exhausted(void **state)
{
    (void)state;
    const double x[] = {0, 1, 5}, y[] = {0, 0, 0};
    int32_t found[3];
    for (int64_t n = 1; n <= 3; n++) {
        arena_fail_after(n);
        const error_code rc = nearest_find(x, y, NULL, 3, 1, found, NULL);
        arena_fail_after(0);
        assert_int_equal(rc, ERROR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_all_pairs),  cmocka_unit_test(sphere_by_arc),
        cmocka_unit_test(equal_points_are_quick), cmocka_unit_test(nothing_asked),
        cmocka_unit_test(memory_exhausted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
