/* Finding an arc of a hierarchy by its ends. */
#ifndef BENNE_NETWORK_ROWS_H
#define BENNE_NETWORK_ROWS_H

#include "solver/network/hierarchy/hierarchy.h"

/* Where the row of `low` has the arc whose other end is `high`, or -1. Rows stand in the order of their
 * heads: O(log row). */
static inline int32_t rows_find(const struct hierarchy_arcs *arcs, int32_t low, int32_t high)
{
    int32_t first = arcs->first[low], end = arcs->first[low + 1];
    while (first < end) {
        const int32_t middle = first + (end - first) / 2;
        if (arcs->head[middle] < high)
            first = middle + 1;
        else
            end = middle;
    }
    return first < arcs->first[low + 1] && arcs->head[first] == high ? first : -1;
}

#endif
