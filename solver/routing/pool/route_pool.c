#include "solver/routing/pool/route_pool.h"

#include "solver/base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUTES_PER_STOP = 60,
    ROUTES_LEAST = 500,
    ROUTES_MOST = 20000,
    NODES_PER_ROUTE = 5,
    KEPT_IN_QUARTERS = 3, /* by an eviction */
    DROPPED = -1          /* the age of a route that goes */
};

struct pool_size pool_size_default(int32_t stop_count, int32_t kind_count, int32_t supply_count)
{
    int64_t routes = (int64_t)ROUTES_PER_STOP * stop_count;
    if (routes < ROUTES_LEAST) routes = ROUTES_LEAST;
    if (routes > ROUTES_MOST) routes = ROUTES_MOST;
    return (struct pool_size){stop_count, kind_count, supply_count, (int32_t)routes,
                              (int32_t)(routes * NODES_PER_ROUTE)};
}

struct pool_rank {
    money seen_in;
    int64_t age;
    int32_t route;
};

/* `count` items, not set; counted by the hook of failing allocations like any array. */
static bool allocate(void **items, int64_t count, size_t size)
{
    int64_t capacity = 0;
    *items = NULL;
    return array_grow(items, &capacity, count > 0 ? count : 1, size);
}

static int32_t slots_for(int32_t routes)
{
    int32_t slots = 1;
    while (slots / 2 < routes) slots *= 2;
    return slots;
}

error_code route_pool_init(struct route_pool *pool, const struct pool_size *size, struct error *error)
{
    assert(size->route_max >= 1 && size->node_max >= 1);
    *pool = (struct route_pool){.size = *size};
    const int32_t slots = slots_for(size->route_max);
    pool->slot_mask = slots - 1;
    if (!allocate((void **)&pool->routes, size->route_max, sizeof *pool->routes) ||
        !allocate((void **)&pool->nodes, size->node_max, sizeof *pool->nodes) ||
        !allocate((void **)&pool->spare_nodes, size->node_max, sizeof *pool->spare_nodes) ||
        !allocate((void **)&pool->supplies, (int64_t)size->route_max * size->supply_count,
                  sizeof *pool->supplies) ||
        !allocate((void **)&pool->ranks, size->route_max, sizeof *pool->ranks) ||
        !allocate((void **)&pool->slots, slots, sizeof *pool->slots)) {
        route_pool_free(pool);
        return error_memory(error);
    }
    memset(pool->slots, 0, (size_t)slots * sizeof *pool->slots);
    return ERROR_NONE;
}

void route_pool_free(struct route_pool *pool)
{
    free(pool->routes);
    free(pool->nodes);
    free(pool->spare_nodes);
    free(pool->supplies);
    free(pool->ranks);
    free(pool->slots);
    *pool = (struct route_pool){0};
}

/* A word for each number: the finaliser of splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t word_of(uint64_t number)
{
    uint64_t z = (number + 1) * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint64_t key_of(const struct route_pool *pool, int32_t kind, const int32_t *nodes, int32_t count,
                       int32_t *stop_count)
{
    uint64_t key = word_of((uint64_t)pool->size.stop_count + (uint64_t)kind);
    *stop_count = 0;
    for (int32_t k = 0; k < count; k++) {
        if (nodes[k] >= pool->size.stop_count) continue;
        key += word_of((uint64_t)nodes[k]);
        (*stop_count)++;
    }
    return key;
}

/* The slot of the set, or the free one where it belongs. */
static int32_t slot_of(const struct route_pool *pool, uint64_t key)
{
    int32_t slot = (int32_t)(key & (uint64_t)pool->slot_mask);
    while (pool->slots[slot] != 0 && pool->routes[pool->slots[slot] - 1].key != key)
        slot = (slot + 1) & pool->slot_mask;
    return slot;
}

/* ---- Eviction ------------------------------------------------------------------------------------------ */

/* Ages differ, so that the order is total. */
static int by_rank(const void *a, const void *b)
{
    const struct pool_rank *x = a, *y = b;
    if (x->seen_in != y->seen_in) return x->seen_in < y->seen_in ? -1 : 1;
    return x->age > y->age ? -1 : 1;
}

/* The best routes, until either bound is reached to three quarters; `keep` by route. */
static void mark_kept(struct route_pool *pool)
{
    for (int32_t r = 0; r < pool->count; r++)
        pool->ranks[r] = (struct pool_rank){pool->routes[r].seen_in, pool->routes[r].age, r};
    qsort(pool->ranks, (size_t)pool->count, sizeof *pool->ranks, by_rank);
    const int64_t routes = (int64_t)pool->size.route_max * KEPT_IN_QUARTERS / 4;
    const int64_t nodes = (int64_t)pool->size.node_max * KEPT_IN_QUARTERS / 4;
    int64_t kept_nodes = 0;
    for (int32_t k = 0; k < pool->count; k++) {
        struct pooled_route *route = &pool->routes[pool->ranks[k].route];
        kept_nodes += route->node_count;
        if (k >= routes || kept_nodes > nodes) route->age = DROPPED;
    }
}

/* Throws out the worst and packs the rest, in the order they had. */
static void evict(struct route_pool *pool)
{
    const size_t supply_count = (size_t)pool->size.supply_count;
    int32_t count = 0, node_count = 0;
    mark_kept(pool);
    memset(pool->slots, 0, (size_t)(pool->slot_mask + 1) * sizeof *pool->slots);
    for (int32_t r = 0; r < pool->count; r++) {
        struct pooled_route route = pool->routes[r];
        if (route.age == DROPPED) continue;
        memcpy(pool->spare_nodes + node_count, pool->nodes + route.first_node,
               (size_t)route.node_count * sizeof *pool->nodes);
        memmove(pool->supplies + (size_t)count * supply_count, pool->supplies + (size_t)r * supply_count,
                supply_count * sizeof *pool->supplies);
        route.first_node = node_count;
        node_count += route.node_count;
        pool->routes[count++] = route;
        pool->slots[slot_of(pool, route.key)] = count;
    }
    int32_t *swapped = pool->nodes;
    pool->nodes = pool->spare_nodes;
    pool->spare_nodes = swapped;
    pool->evictions += pool->count - count;
    pool->count = count;
    pool->node_count = node_count;
}

/* ---- Adding -------------------------------------------------------------------------------------------- */

static void write_route(struct route_pool *pool, int32_t index, money cost, const int32_t *nodes,
                        int32_t count, const int64_t *supplies)
{
    struct pooled_route *route = &pool->routes[index];
    const size_t supply_count = (size_t)pool->size.supply_count;
    if (count > route->node_count) { /* the old place, if any, is lost until the next eviction */
        route->first_node = pool->node_count;
        pool->node_count += count;
    }
    route->cost = cost;
    route->node_count = count;
    memcpy(pool->nodes + route->first_node, nodes, (size_t)count * sizeof *nodes);
    if (supply_count > 0)
        memcpy(pool->supplies + (size_t)index * supply_count, supplies, supply_count * sizeof *supplies);
}

/* For `count` nodes of a set that has a place of `room` nodes (0: a new set). An eviction makes room for any
 * route that is taken at all. */
static bool has_room(const struct route_pool *pool, int32_t room, int32_t count)
{
    if (room == 0 && pool->count == pool->size.route_max) return false;
    return count <= room || pool->size.node_max - pool->node_count >= count;
}

bool route_pool_add(struct route_pool *pool, int32_t kind, money cost, money solution_cost,
                    const int32_t *nodes, int32_t count, const int64_t *supplies)
{
    assert(kind >= 0 && kind < pool->size.kind_count);
    assert(supplies != NULL || pool->size.supply_count == 0);
    int32_t stop_count;
    const uint64_t key = key_of(pool, kind, nodes, count, &stop_count);
    if (stop_count == 0 || count > pool->size.node_max / 4) return false;

    pool->additions++;
    int32_t slot = slot_of(pool, key);
    int32_t room = 0; /* nodes of the place that the set has */
    if (pool->slots[slot] != 0) {
        struct pooled_route *known = &pool->routes[pool->slots[slot] - 1];
        if (solution_cost < known->seen_in) {
            known->seen_in = solution_cost;
            known->age = pool->additions;
        }
        if (cost >= known->cost) return false;
        room = known->node_count;
    }
    if (!has_room(pool, room, count)) {
        evict(pool);
        slot = slot_of(pool, key);
    }
    int32_t index = pool->slots[slot] - 1;
    if (index < 0) {
        index = pool->count++;
        pool->routes[index] = (struct pooled_route){.key = key,
                                                    .seen_in = solution_cost,
                                                    .age = pool->additions,
                                                    .kind = kind,
                                                    .stop_count = stop_count};
        pool->slots[slot] = index + 1;
    }
    write_route(pool, index, cost, nodes, count, supplies);
    return true;
}

int32_t route_pool_find(const struct route_pool *pool, int32_t kind, const int32_t *nodes, int32_t count)
{
    int32_t stop_count;
    return pool->slots[slot_of(pool, key_of(pool, kind, nodes, count, &stop_count))] - 1;
}

void route_pool_collect(struct route_pool *pool, struct route_pool *from)
{
    for (int32_t r = 0; r < from->count; r++) {
        const struct pooled_route *route = &from->routes[r];
        route_pool_add(pool, route->kind, route->cost, route->seen_in, route_pool_nodes(from, r),
                       route->node_count, route_pool_supplies(from, r));
    }
    from->count = from->node_count = 0;
    memset(from->slots, 0, (size_t)(from->slot_mask + 1) * sizeof *from->slots);
}
