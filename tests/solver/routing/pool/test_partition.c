/* The cheapest combination against enumeration on small pools with short fleets, supplies and stops that may
 * be left; and on larger ones what holds whatever the answer: rules kept, never dearer, repeatable. */
#include "tests/support/test.h"

#include "solver/base/rng.h"
#include "solver/routing/pool/partition.h"

#include <math.h>
#include <string.h>

enum { STOPS_MOST = 400, KINDS = 2, SUPPLIES_MOST = 2, ROUTES_MOST = 16 };

struct fixture {
    struct arena arena;
    struct route_pool pool;
    struct partition_terms terms;
    struct partition_options options;
    struct partition answer;
    money leaving[STOPS_MOST];
    int32_t vehicles[KINDS];
    int64_t supply[SUPPLIES_MOST];
    int32_t incumbent[STOPS_MOST];
};

static void begin(struct fixture *f, int32_t stops, int32_t supplies, int32_t routes)
{
    const struct pool_size size = {stops, KINDS, supplies, routes, routes * 40};
    *f = (struct fixture){0};
    arena_init(&f->arena);
    assert_int_equal(route_pool_init(&f->pool, &size, NULL), ERROR_NONE);
    f->terms.leaving_price = f->leaving;
    f->terms.supply_limit = f->supply;
    f->terms.incumbent = f->incumbent;
    f->options.pivot_limit = 100000;
}

static void end(struct fixture *f)
{
    route_pool_free(&f->pool);
    arena_free(&f->arena);
}

static void solve(struct fixture *f)
{
    assert_int_equal(pool_partition(&f->pool, &f->terms, &f->options, &f->arena, &f->answer, NULL),
                     ERROR_NONE);
}

/* The cost of a combination counted from the routes alone; -1: it breaks a rule. */
static money judge(const struct fixture *f, const int32_t *routes, int32_t count)
{
    bool served[STOPS_MOST] = {false};
    int32_t out[KINDS] = {0};
    int64_t used[SUPPLIES_MOST] = {0};
    money cost = 0;
    for (int32_t r = 0; r < count; r++) {
        const struct pooled_route *route = &f->pool.routes[routes[r]];
        const int32_t *nodes = f->pool.nodes + route->first_node;
        for (int32_t k = 0; k < route->node_count; k++) {
            if (nodes[k] >= f->pool.size.stop_count) continue;
            if (served[nodes[k]]) return -1;
            served[nodes[k]] = true;
        }
        if (f->terms.vehicles != NULL && ++out[route->kind] > f->vehicles[route->kind]) return -1;
        for (int32_t q = 0; q < f->pool.size.supply_count; q++)
            if ((used[q] += route_pool_supplies(&f->pool, routes[r])[q]) > f->supply[q]) return -1;
        cost += route->cost;
    }
    for (int32_t stop = 0; stop < f->pool.size.stop_count; stop++)
        if (!served[stop]) cost += f->leaving[stop];
    return cost;
}

/* Over all sets of routes: the cheapest, and one drawn among those that keep the rules. */
static money enumerate(struct fixture *f, struct rng *rng)
{
    money best = INT64_MAX;
    int32_t kept = 0;
    for (uint32_t set = 0; set < UINT32_C(1) << f->pool.count; set++) {
        int32_t routes[ROUTES_MOST], count = 0;
        for (int32_t r = 0; r < f->pool.count; r++)
            if (set >> r & 1) routes[count++] = r;
        const money cost = judge(f, routes, count);
        if (cost < 0) continue;
        if (cost < best) best = cost;
        if (rng_below(rng, ++kept) > 0) continue;
        memcpy(f->incumbent, routes, sizeof routes);
        f->terms.incumbent_count = count;
    }
    return best;
}

static void random_small(struct fixture *f, struct rng *rng)
{
    const int32_t stops = 1 + rng_below(rng, 6), supplies = rng_below(rng, SUPPLIES_MOST + 1);
    const int32_t routes = 1 + rng_below(rng, 11);
    const bool dear = rng_below(rng, 3) == 0; /* leaving a stop costs more than everything else */
    begin(f, stops, supplies, ROUTES_MOST);
    for (int32_t stop = 0; stop < stops; stop++)
        f->leaving[stop] = dear ? INT64_C(1000000000000) : rng_below(rng, 60) * MONEY_UNIT / 7;
    for (int32_t r = 0; r < routes; r++) {
        int32_t nodes[12], count = 0;
        int64_t use[SUPPLIES_MOST] = {0};
        for (int32_t stop = 0; stop < stops; stop++)
            if (rng_below(rng, 3) == 0) nodes[count++] = stop;
        nodes[count++] = stops; /* a disposal site */
        for (int32_t q = 0; q < supplies; q++) use[q] = rng_below(rng, 6);
        route_pool_add(&f->pool, rng_below(rng, KINDS), (1 + rng_below(rng, 40 * count)) * MONEY_UNIT / 7, 1,
                       nodes, count, use);
    }
    for (int32_t q = 0; q < supplies; q++) f->supply[q] = rng_below(rng, 12);
    for (int32_t kind = 0; kind < KINDS; kind++) f->vehicles[kind] = rng_below(rng, 4);
    if (rng_below(rng, 2) == 0) f->terms.vehicles = f->vehicles;
}

static void test_against_enumeration(void **state)
{
    (void)state;
    struct rng rng;
    int32_t improved = 0, kept = 0;
    rng_seed(&rng, 1);
    for (int32_t n = 0; n < 800; n++) {
        struct fixture f;
        random_small(&f, &rng);
        const money best = enumerate(&f, &rng);
        const money before = judge(&f, f.incumbent, f.terms.incumbent_count);
        solve(&f);
        assert_true(f.answer.proven);
        assert_int_equal(f.answer.cost, best);
        assert_int_equal(judge(&f, f.answer.routes, f.answer.count), best);
        assert_int_equal(f.answer.improved, best < before);
        assert_true(f.answer.bound <= (double)best * (1 + 1e-6) + 1);
        improved += f.answer.improved;
        kept += !f.answer.improved;
        end(&f);
    }
    assert_true(improved > 100 && kept > 100);
}

/* Stops on a line, routes of neighbours at random prices; the incumbent: each stop alone. */
static void line(struct fixture *f, int32_t stops, int32_t routes, uint64_t seed)
{
    struct rng rng;
    rng_seed(&rng, seed);
    begin(f, stops, 0, stops + routes + 100);
    for (int32_t stop = 0; stop < stops; stop++) {
        f->leaving[stop] = INT64_C(1000000) * MONEY_UNIT;
        assert_true(route_pool_add(&f->pool, 0, 100 * MONEY_UNIT, 1, &stop, 1, NULL));
        f->incumbent[f->terms.incumbent_count++] = stop;
    }
    for (int32_t r = 0; r < routes; r++) {
        int32_t nodes[40], count = 0, stop = rng_below(&rng, stops);
        for (; stop < stops && count < 8; stop += 1 + rng_below(&rng, 3)) nodes[count++] = stop;
        if (count > 1)
            route_pool_add(&f->pool, 0, (60 + 30 * count + rng_below(&rng, 20)) * MONEY_UNIT, 1, nodes, count,
                           NULL);
    }
}

static void test_limits_and_repetition(void **state)
{
    (void)state;
    money last = INT64_MAX;
    const int64_t limits[] = {1, 100, 600, 3000};
    for (size_t k = 0; k < COUNT_OF(limits); k++) {
        struct partition first = {0};
        for (int32_t repeat = 0; repeat < 2; repeat++) {
            struct fixture f;
            line(&f, 150, 3000, 7);
            f.options.pivot_limit = limits[k];
            solve(&f);
            assert_int_equal(judge(&f, f.answer.routes, f.answer.count), f.answer.cost);
            assert_true(f.answer.bound <= (double)f.answer.cost * (1 + 1e-6));
            assert_true(f.answer.pivots < limits[k] + 1000);
            if (limits[k] == 1) assert_false(f.answer.improved || f.answer.proven);
            if (repeat == 1) {
                assert_int_equal(f.answer.cost, first.cost);
                assert_int_equal(f.answer.pivots, first.pivots);
                assert_memory_equal(&f.answer.bound, &first.bound, sizeof first.bound);
            }
            first = f.answer;
            end(&f);
        }
        assert_true(first.cost <= last);
        last = first.cost;
    }
}

/* A cheap exact cover hidden among many routes is found, and a better incumbent is not lost. */
static void test_hidden_cover(void **state)
{
    (void)state;
    struct fixture f;
    line(&f, STOPS_MOST, 4000, 8);
    money best = 0;
    for (int32_t stop = 0; stop < STOPS_MOST; stop += 5) {
        int32_t nodes[5];
        for (int32_t k = 0; k < 5; k++) nodes[k] = stop + k;
        const money cost = (100 + stop % 17) * MONEY_UNIT;
        assert_true(route_pool_add(&f.pool, 1, cost, 1, nodes, 5, NULL));
        best += cost;
    }
    solve(&f);
    assert_true(f.answer.improved && f.answer.proven);
    assert_int_equal(f.answer.cost, best);
    memcpy(f.incumbent, f.answer.routes, (size_t)f.answer.count * sizeof *f.incumbent);
    f.terms.incumbent_count = f.answer.count;
    solve(&f);
    assert_false(f.answer.improved);
    assert_int_equal(f.answer.cost, best);
    assert_int_equal(judge(&f, f.answer.routes, f.answer.count), best);
    end(&f);
}

static void test_time_limit_and_cancel(void **state)
{
    (void)state;
    const volatile sig_atomic_t cancel = 1;
    struct fixture f;
    line(&f, STOPS_MOST, 10000, 9);
    f.options.pivot_limit = 0;
    f.options.time_limit_s = 0.05;
    solve(&f);
    assert_true(f.answer.seconds < 2);
    assert_int_equal(judge(&f, f.answer.routes, f.answer.count), f.answer.cost);
    f.options.cancel = &cancel;
    solve(&f);
    assert_false(f.answer.improved || f.answer.proven);
    assert_int_equal(f.answer.count, f.terms.incumbent_count);
    end(&f);
}

static void test_empty_pool(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, 3, 0, 10);
    f.leaving[1] = 5;
    solve(&f);
    assert_false(f.answer.improved);
    assert_int_equal(f.answer.cost, 5);
    assert_int_equal(f.answer.count, 0);
    end(&f);
}

static void test_pays_more_seldom_on_larger_pools(void **state)
{
    (void)state;
    struct fixture small, large;
    line(&small, 50, 100, 1);
    line(&large, STOPS_MOST, 10000, 1);
    assert_true(partition_pays(&small.pool, 1) && partition_pays(&large.pool, 60));
    assert_false(partition_pays(&large.pool, 1));
    end(&small);
    end(&large);
}

static void test_failing_allocations(void **state)
{
    (void)state;
    int32_t failures = 0;
    for (int64_t n = 1; n < 200; n++) {
        struct fixture f;
        line(&f, 20, 60, 10);
        arena_fail_after(n);
        const error_code rc = pool_partition(&f.pool, &f.terms, &f.options, &f.arena, &f.answer, NULL);
        arena_fail_after(0);
        end(&f);
        if (rc == ERROR_NONE) break;
        assert_int_equal(rc, ERROR_MEMORY);
        failures++;
    }
    assert_true(failures > 20 && failures < 199);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_enumeration), cmocka_unit_test(test_limits_and_repetition),
        cmocka_unit_test(test_hidden_cover),        cmocka_unit_test(test_time_limit_and_cancel),
        cmocka_unit_test(test_empty_pool),          cmocka_unit_test(test_pays_more_seldom_on_larger_pools),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
