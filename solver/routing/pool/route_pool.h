/* Routes seen in good solutions, kept so that the best of them can be put together anew (partition.h).
 *
 * A route is what one vehicle of a kind drives: nodes in order, start and end left out; nodes below
 * stop_count are stops, the others (disposal sites) are kept but not looked at. Of the orders of one set of
 * stops by one kind only the cheapest is kept: sets are told apart by the sum of a random 64-bit word a stop,
 * so that two sets may be taken for one with probability 2^-64 a pair; the dearer is then lost, nothing
 * worse.
 *
 * Memory is bounded: everything is allocated by route_pool_init, and adding cannot fail. When a route finds
 * no room, the worst quarter goes. Worst: the ones whose best solution was the dearest, of these the oldest.
 * What a pool holds depends on the routes added and their order alone.
 *
 * A route may use up shared supplies (kilograms at a disposal site with a daily limit): so many numbers a
 * route, of the cheapest order kept.
 *
 * Complexity: adding O(nodes), amortised (each eviction sorts the pool once in a quarter of its size).
 * Ownership: the pool's arrays, freed by route_pool_free. One thread at a time.
 */
#ifndef BENNE_ROUTING_POOL_ROUTE_POOL_H
#define BENNE_ROUTING_POOL_ROUTE_POOL_H

#include "solver/base/error.h"
#include "solver/model/units.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pool_size {
    int32_t stop_count, kind_count, supply_count;
    int32_t route_max; /* routes kept */
    int32_t node_max;  /* nodes of all routes kept */
};

struct pooled_route {
    uint64_t key;  /* of its kind and set of stops */
    money cost;    /* of the order kept */
    money seen_in; /* cost of the cheapest solution that held the set */
    int64_t age;   /* the number of the addition that brought the set, or found it in a cheaper solution */
    int32_t kind, stop_count;
    int32_t first_node, node_count;
};

struct route_pool {
    struct pool_size size;
    struct pooled_route *routes;
    int32_t *nodes, *spare_nodes;
    int64_t *supplies; /* route × supply_count */
    int32_t count, node_count;
    int64_t additions, evictions; /* calls, routes thrown out */
    int32_t *slots;               /* hash table: route + 1; 0 free */
    int32_t slot_mask;
    struct pool_rank *ranks; /* scratch of the eviction */
};

/* Bounds that suit a problem: 60 routes a stop, between 500 and 20,000, and five times as many nodes, since
 * what partitioning costs grows with the nodes: long routes are kept in smaller number. At most 3 MB. */
struct pool_size pool_size_default(int32_t stop_count, int32_t kind_count, int32_t supply_count);

error_code route_pool_init(struct route_pool *pool, const struct pool_size *size,
                           struct error *error) ERROR_CHECKED;
void route_pool_free(struct route_pool *pool);

/* Offers a route of a solution that costs solution_cost; true when the pool has taken it, as a new set or as
 * a cheaper order. `supplies` (supply_count numbers) may be NULL when there are none. A route without stops,
 * or with more nodes than the pool may hold at all, is not taken. */
bool route_pool_add(struct route_pool *pool, int32_t kind, money cost, money solution_cost,
                    const int32_t *nodes, int32_t count, const int64_t *supplies);

/* Adds all routes of another pool of the same size, which is then empty. */
void route_pool_collect(struct route_pool *pool, struct route_pool *from);

/* The route that the pool keeps for the set of stops among `nodes`, by this kind; -1: none. Numbers hold
 * until the next addition. */
int32_t route_pool_find(const struct route_pool *pool, int32_t kind, const int32_t *nodes, int32_t count);

static inline const int64_t *route_pool_supplies(const struct route_pool *pool, int32_t route)
{
    return pool->supplies + (size_t)route * (size_t)pool->size.supply_count;
}

static inline const int32_t *route_pool_nodes(const struct route_pool *pool, int32_t route)
{
    return pool->nodes + pool->routes[route].first_node;
}

#endif
