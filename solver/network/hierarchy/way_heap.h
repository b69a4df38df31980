/* A queue of nodes by way, the least first, for searches of Dijkstra's kind: a node may stand in it several
 * times, and whoever takes one out passes over what has been reached by a better way since.
 *
 * Four children an item: half as deep as two, and the four lie side by side. O(log count) a call. Of equal
 * ways the order is the same in each run, but means nothing.
 */
#ifndef BENNE_NETWORK_WAY_HEAP_H
#define BENNE_NETWORK_WAY_HEAP_H

#include "solver/base/array.h"
#include "solver/network/hierarchy/digraph.h"

struct way_item {
    way_weight way;
    int32_t node;
};

struct way_heap {
    struct way_item *items;
    int64_t count, capacity;
};

static inline bool way_heap_push(struct way_heap *heap, way_weight way, int32_t node)
{
    if (heap->count == heap->capacity && !array_reserve(heap, heap->count + 1)) return false;
    int64_t hole = heap->count++;
    for (; hole > 0 && way < heap->items[(hole - 1) / 4].way; hole = (hole - 1) / 4)
        heap->items[hole] = heap->items[(hole - 1) / 4];
    heap->items[hole] = (struct way_item){way, node};
    return true;
}

/* The least; the heap is not empty. */
static inline struct way_item way_heap_pop(struct way_heap *heap)
{
    struct way_item *items = heap->items;
    const struct way_item top = items[0], last = items[--heap->count];
    int64_t hole = 0;
    for (int64_t child; (child = 4 * hole + 1) < heap->count; hole = child) {
        const int64_t end = child + 4 < heap->count ? child + 4 : heap->count;
        for (int64_t other = child + 1; other < end; other++)
            if (items[other].way < items[child].way) child = other;
        if (items[child].way >= last.way) break;
        items[hole] = items[child];
    }
    items[hole] = last;
    return top;
}

#endif
