/* The pool against a plain list of everything that was added: the same sets, the cheapest orders, within its
 * bounds, and the best ones left after evictions. */
#include "tests/support/test.h"

#include "solver/base/arena.h"
#include "solver/base/rng.h"
#include "solver/routing/pool/route_pool.h"

#include <stdlib.h>
#include <string.h>

enum { STOPS = 10, SITES = 2, KINDS = 2, SUPPLIES = 2, NODES_MAX = 16, ADDED_MAX = 4000 };

struct added {
    money cost, seen_in;
    int32_t kind, count;
    uint32_t set;
    int32_t nodes[NODES_MAX];
    int64_t supplies[SUPPLIES];
};

static uint32_t set_of(const int32_t *nodes, int32_t count)
{
    uint32_t set = 0;
    for (int32_t k = 0; k < count; k++)
        if (nodes[k] < STOPS) set |= UINT32_C(1) << nodes[k];
    return set;
}

/* Some stops in any order, with sites between; perhaps none. */
static struct added random_route(struct rng *rng, int32_t stops_most)
{
    struct added route = {.kind = rng_below(rng, KINDS), .cost = 1 + rng_below(rng, 1000)};
    const int32_t wanted = rng_below(rng, stops_most + 1);
    for (int32_t s = 0; s < wanted; s++) {
        const int32_t stop = rng_below(rng, STOPS);
        if (route.set >> stop & 1) continue;
        if (rng_below(rng, 4) == 0) route.nodes[route.count++] = STOPS + rng_below(rng, SITES);
        route.set |= UINT32_C(1) << stop;
        route.nodes[route.count++] = stop;
    }
    route.seen_in = 1000 + rng_below(rng, 50);
    for (int32_t q = 0; q < SUPPLIES; q++) route.supplies[q] = rng_below(rng, 9);
    return route;
}

static bool add(struct route_pool *pool, const struct added *route)
{
    return route_pool_add(pool, route->kind, route->cost, route->seen_in, route->nodes, route->count,
                          route->supplies);
}

static struct route_pool new_pool(int32_t routes, int32_t nodes)
{
    struct route_pool pool;
    const struct pool_size size = {STOPS, KINDS, SUPPLIES, routes, nodes};
    assert_int_equal(route_pool_init(&pool, &size, NULL), ERROR_NONE);
    return pool;
}

/* Everything in the pool hangs together, and what is kept was added just so. */
static void assert_sound(const struct route_pool *pool, const struct added *added, int32_t added_count)
{
    assert_true(pool->count <= pool->size.route_max && pool->node_count <= pool->size.node_max);
    for (int32_t r = 0; r < pool->count; r++) {
        const struct pooled_route *route = &pool->routes[r];
        const int32_t *nodes = route_pool_nodes(pool, r);
        assert_true(route->first_node >= 0 && route->first_node + route->node_count <= pool->node_count);
        assert_int_equal(route_pool_find(pool, route->kind, nodes, route->node_count), r);
        bool known = false;
        for (int32_t a = 0; a < added_count && !known; a++)
            known = added[a].kind == route->kind && added[a].cost == route->cost &&
                    added[a].count == route->node_count &&
                    memcmp(added[a].nodes, nodes, (size_t)added[a].count * sizeof *nodes) == 0 &&
                    memcmp(added[a].supplies, route_pool_supplies(pool, r), sizeof added[a].supplies) == 0;
        assert_true(known);
    }
}

static void test_keeps_the_cheapest_order_of_each_set(void **state)
{
    (void)state;
    struct rng rng;
    static struct added added[ADDED_MAX];
    struct route_pool pool = new_pool(KINDS << STOPS, (KINDS << STOPS) * NODES_MAX);
    int32_t taken = 0;
    rng_seed(&rng, 1);
    for (int32_t a = 0; a < ADDED_MAX; a++) {
        added[a] = random_route(&rng, 4);
        bool better = added[a].count > 0;
        for (int32_t b = 0; b < a; b++)
            if (added[b].kind == added[a].kind && added[b].set == added[a].set &&
                added[b].cost <= added[a].cost)
                better = false;
        assert_int_equal(add(&pool, &added[a]), better);
        taken += better;
    }
    assert_int_equal(pool.evictions, 0);
    assert_sound(&pool, added, ADDED_MAX);
    int32_t sets = 0;
    for (int32_t a = 0; a < ADDED_MAX; a++) {
        money cheapest = INT64_MAX, seen_in = INT64_MAX;
        bool first = added[a].count > 0;
        for (int32_t b = 0; b < ADDED_MAX; b++) {
            if (added[b].kind != added[a].kind || added[b].set != added[a].set) continue;
            if (b < a) first = false;
            if (added[b].cost < cheapest) cheapest = added[b].cost;
            if (added[b].seen_in < seen_in) seen_in = added[b].seen_in;
        }
        const int32_t r = route_pool_find(&pool, added[a].kind, added[a].nodes, added[a].count);
        assert_int_equal(r >= 0, added[a].count > 0);
        if (!first) continue;
        sets++;
        assert_int_equal(pool.routes[r].cost, cheapest);
        assert_int_equal(pool.routes[r].seen_in, seen_in);
        assert_int_equal(set_of(route_pool_nodes(&pool, r), pool.routes[r].node_count), added[a].set);
    }
    assert_int_equal(pool.count, sets);
    assert_true(taken > sets); /* cheaper orders came later */
    route_pool_free(&pool);
}

static void test_order_and_sites_do_not_make_a_set(void **state)
{
    (void)state;
    struct route_pool pool = new_pool(10, 100);
    const int64_t none[SUPPLIES] = {0};
    assert_true(route_pool_add(&pool, 0, 9, 20, (int32_t[]){1, 2, 3}, 3, none));
    assert_false(route_pool_add(&pool, 0, 9, 20, (int32_t[]){3, 2, 1}, 3, none));
    assert_false(route_pool_add(&pool, 0, 9, 20, (int32_t[]){3, STOPS, 2, 1, STOPS + 1}, 5, none));
    assert_true(route_pool_add(&pool, 0, 8, 20, (int32_t[]){3, STOPS, 2, 1, STOPS + 1}, 5, none));
    assert_int_equal(pool.count, 1);
    assert_true(route_pool_add(&pool, 1, 9, 20, (int32_t[]){1, 2, 3}, 3, none)); /* another kind */
    assert_false(route_pool_add(&pool, 0, 1, 20, (int32_t[]){STOPS, STOPS + 1}, 2, none));
    assert_false(route_pool_add(&pool, 0, 1, 20, NULL, 0, none));
    assert_int_equal(pool.count, 2);
    route_pool_free(&pool);
}

/* Small pools, flooded: bounds hold after each addition, and so do the rules of eviction. */
static void test_evicts_the_worst(void **state)
{
    (void)state;
    struct rng rng;
    static struct added added[ADDED_MAX];
    int32_t evictions = 0;
    rng_seed(&rng, 2);
    for (int32_t n = 0; n < 60; n++) {
        const int32_t routes = 1 + rng_below(&rng, 40), nodes = 1 + rng_below(&rng, 200);
        struct route_pool pool = new_pool(routes, nodes);
        for (int32_t a = 0; a < 300; a++) {
            money worst_kept = 0, before[40];
            const int32_t count = pool.count;
            for (int32_t r = 0; r < count; r++) before[r] = pool.routes[r].seen_in;
            const int64_t evicted = pool.evictions;
            added[a] = random_route(&rng, STOPS);
            const bool taken = add(&pool, &added[a]);
            assert_sound(&pool, added, a + 1);
            if (added[a].count > nodes / 4) assert_false(taken);
            if (taken)
                assert_true(route_pool_find(&pool, added[a].kind, added[a].nodes, added[a].count) >= 0);
            if (pool.evictions == evicted) continue;
            evictions++;
            for (int32_t r = 0; r < pool.count - 1; r++) /* the last is the new one */
                if (pool.routes[r].seen_in > worst_kept) worst_kept = pool.routes[r].seen_in;
            int32_t better = 0; /* whoever was better than the worst kept, is kept */
            for (int32_t r = 0; r < count; r++) better += before[r] < worst_kept;
            assert_true(better <= pool.count - 1);
        }
        route_pool_free(&pool);
    }
    assert_true(evictions > 500);
}

static void test_the_best_solution_stays(void **state)
{
    (void)state;
    struct rng rng;
    struct route_pool pool = new_pool(20, 400);
    const struct added best = {.cost = 900, .seen_in = 1, .count = 3, .nodes = {7, 8, 9}};
    rng_seed(&rng, 3);
    assert_true(add(&pool, &best));
    for (int32_t a = 0; a < 2000; a++) {
        const struct added route = random_route(&rng, 5);
        add(&pool, &route);
        assert_true(route_pool_find(&pool, 0, best.nodes, best.count) >= 0);
    }
    assert_true(pool.evictions > 100);
    route_pool_free(&pool);
}

static void test_same_additions_same_pool(void **state)
{
    (void)state;
    struct route_pool pools[2];
    for (int32_t p = 0; p < 2; p++) {
        struct rng rng;
        rng_seed(&rng, 4);
        pools[p] = new_pool(30, 200);
        for (int32_t a = 0; a < 2000; a++) {
            const struct added route = random_route(&rng, STOPS);
            add(&pools[p], &route);
        }
    }
    assert_int_equal(pools[0].count, pools[1].count);
    for (int32_t r = 0; r < pools[0].count; r++) {
        const struct pooled_route *a = &pools[0].routes[r], *b = &pools[1].routes[r];
        assert_true(a->key == b->key && a->cost == b->cost && a->age == b->age);
        assert_memory_equal(route_pool_nodes(&pools[0], r), route_pool_nodes(&pools[1], r),
                            (size_t)a->node_count * sizeof(int32_t));
    }
    for (int32_t p = 0; p < 2; p++) route_pool_free(&pools[p]);
}

static void test_default_bounds(void **state)
{
    (void)state;
    for (int32_t stops = 1; stops <= 100000; stops *= 10) {
        struct route_pool pool;
        const struct pool_size size = pool_size_default(stops, 3, 0);
        assert_true(size.route_max <= 20000 && size.node_max <= 100000);
        assert_int_equal(route_pool_init(&pool, &size, NULL), ERROR_NONE);
        assert_true(route_pool_add(&pool, 2, 1, 1, (int32_t[]){stops - 1}, 1, NULL));
        route_pool_free(&pool);
    }
}

static void test_failing_allocations(void **state)
{
    (void)state;
    int32_t failures = 0;
    const struct pool_size size = pool_size_default(10, 1, 1);
    for (int64_t n = 1; n < 20; n++) {
        struct route_pool pool;
        arena_fail_after(n);
        const error_code rc = route_pool_init(&pool, &size, NULL);
        arena_fail_after(0);
        if (rc == ERROR_NONE) {
            route_pool_free(&pool);
            break;
        }
        assert_int_equal(rc, ERROR_MEMORY);
        failures++;
    }
    assert_int_equal(failures, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keeps_the_cheapest_order_of_each_set),
        cmocka_unit_test(test_order_and_sites_do_not_make_a_set),
        cmocka_unit_test(test_evicts_the_worst),
        cmocka_unit_test(test_the_best_solution_stays),
        cmocka_unit_test(test_same_additions_same_pool),
        cmocka_unit_test(test_default_bounds),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
