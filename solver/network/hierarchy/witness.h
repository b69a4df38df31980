/* Which shortcuts a node's contraction takes, found by looking for witnesses.
 *
 * If `node` goes, a pair of its neighbours u → node → w keeps its distance by a shortcut, unless there is a
 * witness: a way from u to w past the node that is as good. One search of Dijkstra's from each neighbour on
 * one side serves all on the other, the side with fewer being searched from. It knows three limits:
 *   - a way into w ends with an arc into w, so that nothing farther than the pair's way less the least such
 * arc is of use, and a pair without such an arc, or with a shorter way than it, has no witness at all;
 *   - it ends when every pair has its witness;
 *   - it settles `settled_most` nodes at most: then a shortcut may be needless, which costs place, not truth.
 */
#ifndef BENNE_NETWORK_WITNESS_H
#define BENNE_NETWORK_WITNESS_H

#include "solver/network/hierarchy/core.h"
#include "solver/network/hierarchy/way_heap.h"

struct shortcut {
    int32_t tail;
    struct core_arc arc;
};

struct witness_mark {
    way_weight reached, wanted;     /* the best way found; the way that a witness may not exceed */
    uint32_t reached_in, wanted_in; /* the search that this was said in */
};

struct witness {
    const struct core *core;
    struct witness_mark *marks; /* by node */
    uint32_t search;
    struct way_heap heap;
    struct {
        way_weight *items;
        int64_t count, capacity;
    } entry; /* by neighbour on the far side, the least arc into it past the node */
    struct {
        struct shortcut *items;
        int64_t count, capacity;
    } shortcuts; /* the answer */
};

/* Marks on the arena; the rest grows in the heap: witness_free is due whatever comes back. */
error_code witness_init(struct witness *witness, const struct core *core, struct arena *arena,
                        struct error *error) ERROR_CHECKED;
void witness_free(struct witness *witness);

/* Fills witness->shortcuts. */
error_code witness_find(struct witness *witness, int32_t node, int32_t settled_most,
                        struct error *error) ERROR_CHECKED;

#endif
