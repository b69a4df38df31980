/* The parts of VROOM's answer: what a route sums up to, and what is wrong with it. */
#ifndef BENNE_IO_VROOM_ANSWER_H
#define BENNE_IO_VROOM_ANSWER_H

#include "io/vroom_file.h"

enum { CAUSES_MAX = 16 };

/* Violations of a step, a route or a solution: each cause once, the lateness and earliness summed. */
struct vroom_tally {
    const char *causes[CAUSES_MAX];
    int32_t count;
    int64_t lead_s, delay_s;
};

struct vroom_sums {
    int64_t travel_s, distance_m, custom; /* so far */
    int64_t setup_s, service_s, waiting_s, priority;
    double cost;
    struct vroom_tally tally;
};

/* Adds a leg between locations, -1: nowhere. */
void vroom_add_leg(const struct vroom *vroom, const struct vroom_vehicle *vehicle, int32_t from, int32_t to,
                   struct vroom_sums *sums);

/* Setup at a job reached from a location. */
int64_t vroom_setup_of(const struct vroom_job *job, int32_t from);

/* VROOM's cost of a route, rounded. */
double vroom_cost_of(const struct vroom *vroom, const struct vroom_vehicle *vehicle,
                     const struct vroom_sums *sums);

/* The job of a step; NULL where it is none. */
const struct vroom_job *vroom_job_at(const struct vroom *vroom, const struct plan_step *step);

/* A route that was checked. */
struct vroom_route {
    const struct vroom *vroom;
    const struct vroom_vehicle *vehicle;
    const struct check_report *report;
    int32_t number; /* in the plan */
};

void vroom_accuse(struct vroom_tally *tally, const char *cause, int64_t lead_s, int64_t delay_s);
void vroom_accuse_all(struct vroom_tally *tally, const struct vroom_tally *more);

/* The faults of one step, -1: those of the route as a whole. Loads and limits are not among them: they are
 * judged from the file's numbers. */
void vroom_accuse_step(const struct vroom_route *route, int32_t step, struct vroom_tally *tally);

/* Faults of one kind, wherever they stand: those of the hours belong to the start and the end. */
void vroom_accuse_hours(const struct vroom_route *route, violation_kind kind, struct vroom_tally *tally);

/* Limits of travel time and distance. */
void vroom_accuse_limits(const struct vroom_vehicle *vehicle, struct vroom_sums *sums);

void vroom_put_violations(struct json *object, const struct vroom_tally *tally);

#endif
