/* The part of a graph that is not contracted yet: nodes and arcs come and go.
 *
 * Every arc stands in two rows, the `out` of its tail and the `in` of its head; a node that is taken out
 * leaves the rows of its neighbours, so that searches never meet it. Between two nodes there is one arc each
 * way at most, the best, and none from a node to itself.
 *
 * Rows live in one pool, in blocks of 4, 8, 16, … places; a row that outgrows its block moves, and blocks
 * given back are used again. Adding an arc is O(degree), taking one out too; memory O(arcs). */
#ifndef BENNE_NETWORK_CORE_H
#define BENNE_NETWORK_CORE_H

#include "solver/network/hierarchy/digraph.h"

struct core_arc {
    way_weight weight;
    int32_t node;   /* the other end */
    int32_t middle; /* the node a shortcut passes; -1 an arc of the graph */
    int32_t steps;  /* arcs of the graph that it stands for */
};

struct core_row {
    int32_t first, count, block; /* into the pool; the block has 4 << block places, -1 none */
};

enum { CORE_BLOCKS = 28 };

struct core {
    int32_t count;
    struct core_row *out, *in;
    struct {
        struct core_arc *items;
        int64_t count, capacity;
    } pool;
    int32_t vacant[CORE_BLOCKS]; /* by block size, the first block given back, linked by `node`; -1 none */
};

/* All arcs of the graph, but for loops, all but the best of parallel ones, and those of WAY_FAR or more. Rows
 * on the arena, the pool in the heap: core_free is due whatever comes back. */
error_code core_init(struct core *core, const struct digraph *graph, struct arena *arena,
                     struct error *error) ERROR_CHECKED;
void core_free(struct core *core);

/* Good until the next arc is added. */
static inline const struct core_arc *core_out(const struct core *core, int32_t node)
{
    return core->pool.items + core->out[node].first;
}

static inline const struct core_arc *core_in(const struct core *core, int32_t node)
{
    return core->pool.items + core->in[node].first;
}

/* An arc from `tail` to arc->node, or a better weight for the one there is. */
error_code core_add(struct core *core, int32_t tail, const struct core_arc *arc,
                    struct error *error) ERROR_CHECKED;

/* Takes the node and its arcs out. */
void core_remove(struct core *core, int32_t node);

#endif
