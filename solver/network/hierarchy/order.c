#include "solver/network/hierarchy/order.h"

error_code order_init(struct order *order, int32_t node_count, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    *order = (struct order){.count = 0};
    TRY_NEW(arena, order->items, node_count);
    TRY_NEW(arena, order->place, node_count);
    for (int32_t v = 0; v < node_count; v++) order->place[v] = -1;
done:
    return rc;
}

static bool is_before(struct order_item a, struct order_item b)
{
    return a.priority < b.priority || (a.priority == b.priority && a.node < b.node);
}

static void set(struct order *order, int32_t place, struct order_item item)
{
    order->items[place] = item;
    order->place[item.node] = place;
}

static void sift_up(struct order *order, int32_t hole, struct order_item item)
{
    for (; hole > 0 && is_before(item, order->items[(hole - 1) / 4]); hole = (hole - 1) / 4)
        set(order, hole, order->items[(hole - 1) / 4]);
    set(order, hole, item);
}

static void sift_down(struct order *order, int32_t hole, struct order_item item)
{
    for (int32_t child; (child = 4 * hole + 1) < order->count; hole = child) {
        const int32_t end = child + 4 < order->count ? child + 4 : order->count;
        for (int32_t other = child + 1; other < end; other++)
            if (is_before(order->items[other], order->items[child])) child = other;
        if (!is_before(order->items[child], item)) break;
        set(order, hole, order->items[child]);
    }
    set(order, hole, item);
}

void order_put(struct order *order, int32_t node, int64_t priority)
{
    const struct order_item item = {priority, node};
    int32_t place = order->place[node];
    if (place < 0)
        place = order->count++;
    else if (is_before(order->items[place], item)) {
        sift_down(order, place, item);
        return;
    }
    sift_up(order, place, item);
}

void order_take_first(struct order *order)
{
    const struct order_item last = order->items[--order->count];
    order->place[order->items[0].node] = -1;
    if (order->count > 0) sift_down(order, 0, last);
}
