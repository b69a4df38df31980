/* After a change, each route touched is brought to its best form for the order of its stops: disposal visits
 * placed anew (unload.h), driven by the vehicle that costs least of those standing idle, and exchanged with
 * that of the vehicle the reference knows for its stops. */
#ifndef BENNE_ROUTING_REFIT_H
#define BENNE_ROUTING_REFIT_H

#include "solver/routing/solution.h"
#include "solver/routing/unload.h"

/* Buffers of one thread. */
struct refit {
    struct unloader unloader;
    int32_t *stops, *nodes;
    int64_t *room_kg; /* by site */
    int32_t *known;   /* by vehicle: stops that the reference gives it; 0 between two uses */
    int64_t rounds;
};

error_code refit_init(struct refit *refit, const struct problem *problem, struct error *error) ERROR_CHECKED;
void refit_free(struct refit *refit);

/* Brings every route changed since the last mark to its best form. */
void refit_changed(struct refit *refit, struct solution *solution);

/* The best exact form of a vehicle's route for an order of stops: nodes, start and end included, into
 * refit->nodes; their number, 0 when it cannot be done for less than `limit` by unload_cost. Room at the
 * sites is what other vehicles leave. */
int32_t refit_form(struct refit *refit, struct solution *solution, int32_t vehicle, const int32_t *stops,
                   int32_t stop_count, money limit, struct schedule *schedule);

/* Does the route in refit->nodes, `count` of them for these stops, keep the rules as it stands, loads and
 * limits of sites too? */
bool refit_allows(struct refit *refit, struct solution *solution, int32_t vehicle, const int32_t *stops,
                  int32_t stop_count, int32_t count, struct schedule *schedule);

#endif
