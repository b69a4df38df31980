/* Lanes at once: several search from the same solution, then meet and put together what they have found.
 *
 * Between two meetings each lane anneals a copy of the plan of its own, for a few rounds, around stops of a
 * region of its own (the regions are drawn anew now and then). Most rounds change nothing, and those that do
 * change three or four routes, so that the changes of two lanes seldom touch. At the meeting the changes are
 * taken over lane by lane: routes that exchanged stops with each other stay together, and such a group is
 * dropped when a lane before has changed one of its routes or taken one of its stops. All lanes then go on
 * from the same plan.
 *
 * What comes out depends on the number of lanes, never on the number of threads that run them. Rounds between
 * meetings: few enough that a lane keeps one change or two, more in large plans.
 *
 * Not for problems whose routes share supplies (daily limits of sites): those have one lane.
 */
#ifndef BENNE_ROUTING_LANES_H
#define BENNE_ROUTING_LANES_H

#include "solver/base/parallel.h"
#include "solver/routing/lane.h"

/* A route that a lane has changed. */
struct change {
    int32_t vehicle, lane;
};

struct lanes {
    struct course course;
    struct lane *lanes;
    int32_t count;
    struct crew crew;
    struct rng rng;
    double change_rate; /* share of rounds that change the plan, of late */
    int64_t meetings;
    struct snapshot plan;   /* what the lanes last agreed on; a lane alone agrees at restarts */
    int32_t *vehicle_of;    /* by stop: in the plan; -1 none */
    struct change *taken;   /* changes taken over at the last meeting, */
    struct change *dropped; /* and dropped, but for routes that another lane had taken over before */
    int32_t taken_count, dropped_count;
    /* scratch of a meeting */
    int32_t *changed;        /* routes of a lane */
    int32_t *group;          /* by vehicle: parent in the forest of routes that exchanged stops */
    int64_t *changed_at;     /* by vehicle: lane and meeting that changed it last */
    int64_t *taken_at;       /* by vehicle: meeting that took it over last */
    bool *clashes;           /* by vehicle: of its group */
    struct region_key *keys; /* by stop */
};

/* `count` lanes with an empty plan. The lanes must not be moved in memory. */
error_code lanes_init(struct lanes *lanes, const struct problem *problem, const struct limits *limits,
                      int32_t count, struct error *error) ERROR_CHECKED;
void lanes_free(struct lanes *lanes);

/* No more lanes than these from now on. */
void lanes_limit(struct lanes *lanes, int32_t count);

/* Lets each lane search for a plan of fewer vehicles (fleet.h), for so much of the time and of the rounds,
 * where that comes first; all go on from the best. */
void lanes_reduce_fleet(struct lanes *lanes, double share);

/* Runs at most so many rounds in all, until the next meeting, and that. */
void lanes_run(struct lanes *lanes, int64_t rounds_most);

/* The best solution of all lanes. */
const struct snapshot *lanes_best(const struct lanes *lanes);

/* All lanes go on from a plan. */
void lanes_restart(struct lanes *lanes, const struct snapshot *plan);

/* False once memory is exhausted. */
bool lanes_memory(const struct lanes *lanes);

#endif
