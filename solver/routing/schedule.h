/* The exact timetable and cost of one route given as nodes: is it allowed, when to leave, where the break.
 *
 * One sweep carries all departures at once, as a few lines (timeline.h), without the break and with it taken
 * in some gap; at home the line of least work is chosen, and its last departure. That is the least cost,
 * since the price of work does not fall with work, and a timetable is found whenever there is one.
 *
 * Loads and streams are not looked at but for the unloading times and fees. O(nodes × windows × lines).
 * Scratch memory is the caller's: one struct timetable per thread, grown by timetable_reserve.
 */
#ifndef BENNE_ROUTING_SCHEDULE_H
#define BENNE_ROUTING_SCHEDULE_H

#include "solver/routing/problem.h"

struct schedule {
    bool feasible;
    int32_t break_gap; /* the break lies between nodes[gap - 1] and nodes[gap]; -1: none */
    int64_t departure_s, return_s, work_s;
    int64_t distance_m;
    money fees;
    money cost; /* of the whole route, fees included, prizes not; 0 for a route without a stop */
};

struct timetable {
    int64_t *duration_s; /* of each node's service, with the load-dependent part of unloading */
    int64_t *release_s;  /* at the start and at sites: when the trip that begins there may set out */
    struct leg *legs;    /* from the node before */
    int32_t capacity;
};

bool timetable_reserve(struct timetable *timetable, int32_t nodes);
void timetable_free(struct timetable *timetable);

/* Fills the timetable for a route: the seconds that each node takes, its legs. */
void schedule_durations(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count,
                        struct timetable *timetable);

/* The same as schedule_route, of a route whose legs have been put into the timetable: legs[1] … legs[count −
 * 1]. */
void schedule_driven(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count,
                     struct timetable *timetable, struct schedule *schedule);

/* `nodes` has `count` entries, the vehicle's start and end included. */
void schedule_route(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count,
                    struct timetable *timetable, struct schedule *schedule);

/* Moves the break of a feasible schedule to where people want it: among the gaps that bring the truck home
 * as early, the one whose beginning is nearest to the middle of the route. The search itself takes the first
 * that fits. O(nodes²): for plans that are handed out, not for trials. */
void schedule_centre_break(const struct problem *problem, int32_t vehicle, const int32_t *nodes,
                           int32_t count, struct timetable *timetable, struct schedule *schedule);

#endif
