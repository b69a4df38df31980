/* Local search around what changed: stops in a queue, each tried with its near stops and all moves; what a
 * move touches is queued again. Ends in a local optimum of the moves for the stops queued, or when `over`
 * says so. Order of the queue: first in, first out, so that the result depends on nothing else. */
#ifndef BENNE_ROUTING_DESCENT_H
#define BENNE_ROUTING_DESCENT_H

#include "solver/routing/moves.h"

struct descent {
    int32_t *queue; /* a ring of stop_count */
    bool *queued;
    int32_t head, count;
    int32_t reach; /* near stops tried, at most problem->neighbour_count */
};

error_code descent_init(struct descent *descent, const struct problem *problem,
                        struct error *error) ERROR_CHECKED;
void descent_free(struct descent *descent);

void descent_queue(struct descent *descent, const struct problem *problem, int32_t stop);

void descent_run(struct descent *descent, struct workshop *workshop, bool (*over)(void *), void *context,
                 bool *memory);

#endif
