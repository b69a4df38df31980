/* Nodes in the order of a changing priority, the least first; of equal ones the lower number.
 *
 * A heap of four children an item that knows each node's place. O(log nodes) a change; memory 16 bytes a
 * node.
 */
#ifndef BENNE_NETWORK_ORDER_H
#define BENNE_NETWORK_ORDER_H

#include "solver/base/arena.h"

#include <stdbool.h>

struct order_item {
    int64_t priority;
    int32_t node;
};

struct order {
    struct order_item *items;
    int32_t *place; /* by node, -1 when it is not in */
    int32_t count;
};

/* Empty, on the arena. */
error_code order_init(struct order *order, int32_t node_count, struct arena *arena,
                      struct error *error) ERROR_CHECKED;

/* Puts the node in, or moves it to where its priority is now. */
void order_put(struct order *order, int32_t node, int64_t priority);

/* The first: order->items[0]. Takes it out. */
void order_take_first(struct order *order);

#endif
