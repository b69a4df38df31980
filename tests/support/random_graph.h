/* Random directed graphs, small and awkward, for what works on any. */
#ifndef BENNE_TESTS_RANDOM_GRAPH_H
#define BENNE_TESTS_RANDOM_GRAPH_H

#include "solver/base/rng.h"
#include "solver/network/hierarchy/digraph.h"

enum { RANDOM_GRAPH_KINDS = 6, RANDOM_GRAPH_NODES = 150 };

/* By kind, of at most RANDOM_GRAPH_NODES nodes:
 *   0 a grid of streets, some of one way    3 islands
 *   1 near points in a square               4 arcs anywhere, loops and parallel ones among them
 *   2 near points, many at the same place   5 none, one or two nodes
 * Weights are small or zero in some of them, so that ties abound; some arcs are closed. */
struct digraph random_graph(int32_t kind, struct rng *rng, struct arena *arena);

/* A graph from a list of arcs. */
struct digraph graph_of_arcs(int32_t count, int32_t arc_count, const int32_t *tails, const int32_t *heads,
                             const way_weight *weights, struct arena *arena);

/* The best arc between two nodes; WAY_NONE without one. */
way_weight graph_best_arc(const struct digraph *graph, int32_t tail, int32_t head);

#endif
