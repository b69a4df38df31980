/* A directed graph with two weights an arc, and plain shortest ways in it.
 *
 * Shape: nodes 0 … count − 1; arcs of node v are first[v] … first[v + 1] − 1 (compressed rows); parallel arcs
 * and loops are allowed. A weight is time in milliseconds in its upper half and length in decimetres in its
 * lower half: one whole number, so that of two ways as fast the shorter wins, and both come out of one
 * search.
 *
 * Bounds: ways are less than WAY_FAR, 24 days; what takes longer counts as not there, and an arc of WAY_NONE
 * is a closed one. Two weights below it sum without overflow, so that searches need no other guard. The
 * length of a way stays below 429,000 km, or it would run over into the time: that is the caller's to see to.
 *
 * Ownership: the arrays are the caller's, or an arena's.
 */
#ifndef BENNE_NETWORK_DIGRAPH_H
#define BENNE_NETWORK_DIGRAPH_H

#include "solver/base/arena.h"

#include <stdbool.h>

typedef uint64_t way_weight;

#define WAY_NONE UINT64_MAX /* no way */
#define WAY_FAR ((way_weight)1 << 63)

static inline way_weight way_of(uint32_t time_ms, uint32_t length_dm)
{
    return (uint64_t)time_ms << 32 | length_dm;
}

static inline uint32_t way_time_ms(way_weight way)
{
    return (uint32_t)(way >> 32);
}

static inline uint32_t way_length_dm(way_weight way)
{
    return (uint32_t)way;
}

struct digraph {
    int32_t count;
    const int32_t *first; /* count + 1 */
    const int32_t *head;  /* by arc */
    const way_weight *weight;
};

/* The same arcs from their heads, on the arena: in a row of `reversed`, tails in order. O(nodes + arcs). */
error_code digraph_reverse(const struct digraph *graph, struct arena *arena, struct digraph *reversed,
                           struct error *error) ERROR_CHECKED;

/* By node, the strongly connected part it is in, parts numbered from 0 and the largest named (of equal ones
 * the first found). O(nodes + arcs), without recursion. Source: R. Tarjan 1972. */
error_code digraph_parts(const struct digraph *graph, struct arena *arena, int32_t **part_of,
                         int32_t *largest, struct error *error) ERROR_CHECKED;

/* Dijkstra's algorithm: plain, exact, what the hierarchy is tested against. `ways` by node, WAY_NONE beyond
 * reach; `parents` by node (-1 none), or NULL. O(arcs log nodes). */
error_code digraph_ways(const struct digraph *graph, int32_t from, way_weight *ways, int32_t *parents,
                        struct error *error) ERROR_CHECKED;

#endif
