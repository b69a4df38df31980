/* The labelling of pricing.h: all labels of one direction that are not dominated. */
#ifndef BENNE_ROUTING_BOUND_LABEL_H
#define BENNE_ROUTING_BOUND_LABEL_H

#include "solver/routing/bound/pricing.h"

/* Labels of a stop stand in BUCKETS lists, and wait to be extended in QUEUES: fine ones, so that few are
 * extended before the one that dominates them is made. */
enum { BUCKETS = 32, QUEUES = 1024 };

/* Sets pricing->complete to false when labels, time or memory ran out. */
void label_all(struct pricing *pricing, struct half_labels *half);

static inline int32_t label_list(const struct half_labels *half, int32_t stop, int32_t bucket)
{
    return half->lists[stop * BUCKETS + bucket];
}

/* Is what the label has collected nothing, so that it may end at a gate that takes nothing? */
static inline bool label_may_end(const struct net *net, const struct label *label, int32_t gate)
{
    return net->takes[gate] || !label->loaded;
}

/* What both together pay for the cuts of which each has a half. */
static inline double halves_joined(const struct tolls *tolls, struct stop_set a, struct stop_set b)
{
    double sum = 0;
    for (struct stop_set both = set_both(a, b); !set_empty(both);) sum += tolls->penalty[set_take(&both)];
    return sum;
}

/* Looks at the limits now and then; true: stop. */
bool pricing_over(struct pricing *pricing);

#endif
