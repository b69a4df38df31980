/* The best plan found. Only routes changed since the last time are copied: O(their length), not O(stops). */
#ifndef BENNE_ROUTING_SNAPSHOT_H
#define BENNE_ROUTING_SNAPSHOT_H

#include "solver/routing/solution.h"

struct snapshot_route {
    int32_t *nodes; /* start and end left out */
    int32_t count, capacity;
    money cost;
};

struct snapshot {
    struct snapshot_route *routes; /* by vehicle */
    int32_t vehicle_count;
    struct totals totals;
};

error_code snapshot_init(struct snapshot *snapshot, const struct problem *problem,
                         struct error *error) ERROR_CHECKED;
void snapshot_free(struct snapshot *snapshot);

/* False when memory is exhausted. The solution's changes since its last mark are part of it. */
bool snapshot_take(struct snapshot *snapshot, struct solution *solution);

/* One route as it is in the solution, or in another snapshot; totals stay. False when memory is exhausted. */
bool snapshot_take_route(struct snapshot *snapshot, const struct solution *solution, int32_t vehicle);
bool snapshot_copy_route(struct snapshot *snapshot, const struct snapshot *from, int32_t vehicle);

/* Makes a route of the solution the snapshot's; its stops must be unserved or in this route. */
void snapshot_put_route(const struct snapshot *snapshot, struct solution *solution, int32_t vehicle);

/* Makes the solution the snapshot's plan; nothing can be undone beyond. */
void snapshot_restore(const struct snapshot *snapshot, struct solution *solution);

/* As a plan, with timetables, and its cost by the instance's own account: without the search's price for
 * mandatory stops left. */
error_code snapshot_plan(const struct snapshot *snapshot, const struct problem *problem,
                         struct solution *solution, struct plan *plan, money *cost,
                         struct error *error) ERROR_CHECKED;

/* One route as a route of the plan, its break moved to the middle; `nodes` start and end included. */
error_code snapshot_append_route(const struct problem *problem, int32_t vehicle, const int32_t *nodes,
                                 int32_t count, const struct schedule *schedule, struct timetable *timetable,
                                 struct plan *plan, struct error *error) ERROR_CHECKED;

#endif
