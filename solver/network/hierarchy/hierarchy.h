/* A contraction hierarchy: a graph preprocessed once, in which ways are then found hundreds of times sooner.
 *
 * Nodes are contracted one after the other, the least important first; where the only shortest way between
 * two neighbours led through the node a shortcut keeps it. The order comes from the arcs and shortcuts that
 * come for those that go, the arcs of the graph that these stand for, and the depth, kept lazily; witnesses
 * are looked for with a limit on settled nodes, which can make shortcuts needless but never wrong. Each way
 * is then matched by one as good that goes up and then down in the order, so that two small upward searches,
 * or one upward search and one sweep down, find it.
 *
 * Ranks, shortcuts and arcs are arrays of numbers: a hierarchy can be written to a file as it is and read
 * back (the file is io's). Everything is exact and the same on every machine.
 *
 * Memory: 16 bytes an arc or shortcut and 16 a node; while it is built some 250 bytes an arc of the graph.
 * Sources: R. Geisberger et al., "Contraction hierarchies", WEA 2008; D. Delling et al., "PHAST", IPDPS 2011;
 * D. Delling, A. Goldberg, R. Werneck, "Faster batched shortest paths in road networks", ATMOS 2011 (sweeps
 * restricted to what lies above the targets, several sources at once); J. Dibbelt, B. Strasser, D. Wagner,
 * "Customizable contraction hierarchies", ACM JEA 21, 2016 (the priority as a sum of quotients).
 */
#ifndef BENNE_NETWORK_HIERARCHY_H
#define BENNE_NETWORK_HIERARCHY_H

#include "solver/network/hierarchy/digraph.h"

/* Arcs between nodes given by rank (0: contracted first), rows by the lower end. `middle`: the node, by rank,
 * that the shortcut passes; -1 an arc of the graph. A head stands in a row once. */
struct hierarchy_arcs {
    const int32_t *first; /* count + 1 */
    const int32_t *head;  /* the higher end; in a row, in order */
    const int32_t *middle;
    const way_weight *weight;
};

struct hierarchy {
    int32_t count;
    const int32_t *rank_of, *node_of; /* by node; by rank */
    struct hierarchy_arcs up, down;   /* as driven: out of the lower end; into the lower end */
};

/* On the arena. Loops, all but the best of parallel arcs, and arcs of WAY_FAR or more are left out. */
error_code hierarchy_build(const struct digraph *graph, struct arena *arena, struct hierarchy *hierarchy,
                           struct error *error) ERROR_CHECKED;

/* Ranks a permutation, rows in order, heads above their row and within bounds, middles below both ends, both
 * halves there and their sum the shortcut: a hierarchy from a file can be trusted not to lead out of its
 * arrays, of which those of arcs are taken to hold first[count] items. It cannot be seen whether it is the
 * hierarchy of a graph. O(nodes + arcs log row). */
bool hierarchy_is_sound(const struct hierarchy *hierarchy);

/* The best ways from each of `source_count` nodes to each of `target_count`: row-major in `ways`, source ×
 * target, WAY_NONE where there is none. A node to itself is 0. Sweeps over the union of the targets' search
 * spaces, eight sources side by side; sources are dealt to `threads` (1 or more), and the result does not
 * depend on their number. O(sources × arcs of that union). Memory: 16 bytes an arc of the union; a thread 80
 * a node and 64 a node of the union. */
error_code hierarchy_ways(const struct hierarchy *hierarchy, const int32_t *sources, int32_t source_count,
                          const int32_t *targets, int32_t target_count, int32_t threads, way_weight *ways,
                          struct error *error) ERROR_CHECKED;

/* The nodes of a best way, both ends included, on the arena; count 0 where there is none. A node is passed
 * twice at most where a loop costs nothing. ERROR_NETWORK when the way has more nodes than such loops
 * explain: shortcuts of a damaged file can stand for ways without end. O(search + length), beside zeroing 8
 * bytes a node. */
error_code hierarchy_path(const struct hierarchy *hierarchy, int32_t from, int32_t to, struct arena *arena,
                          int32_t **nodes, int32_t *count, struct error *error) ERROR_CHECKED;

#endif
