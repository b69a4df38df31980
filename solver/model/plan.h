/* The plan: who goes where, in what order. Ids only, no times but the departure, no pointers.
 *
 * A route is one vehicle's day: steps in order, the depots left out. Everything else (arrival times, loads,
 * costs) follows from the instance and is recomputed by the checker. A vehicle has at most one route; a
 * stop in no route is unserved.
 */
#ifndef BENNE_MODEL_PLAN_H
#define BENNE_MODEL_PLAN_H

#include "solver/base/error.h"

#include <stdint.h>

typedef enum step_kind {
    STEP_STOP,     /* id: index of the stop */
    STEP_DISPOSAL, /* id: index of the site */
    STEP_BREAK     /* id: -1; between the step before and the step after */
} step_kind;

struct plan_step {
    int32_t kind; /* step_kind */
    int32_t id;
};

struct plan_route {
    int32_t vehicle;
    int32_t departure_s;
    int32_t first_step, step_count;
};

struct plan {
    struct plan_route *routes; /* by vehicle */
    struct plan_step *steps;
    int32_t route_count, step_count;
    int32_t route_capacity, step_capacity;
};

void plan_init(struct plan *plan);
void plan_free(struct plan *plan);

/* Appends an empty route; steps are then added to the last route. */
error_code plan_add_route(struct plan *plan, int32_t vehicle, int32_t departure_s,
                          struct error *error) ERROR_CHECKED;
error_code plan_add_step(struct plan *plan, step_kind kind, int32_t id, struct error *error) ERROR_CHECKED;

#endif
