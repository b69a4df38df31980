/* The day's routing problem: from a city and a set of bins to a frozen instance, and the way back.
 *
 * Bins of one point and stream become one stop (loads and service added), the due and the optional ones
 * apart. Places are depots, then sites, then the stops. Loads are the levels expected at the day's end, so
 * that a truck is not sent out with too little room: litres = level × capacity, capped at the capacity, kg =
 * litres × kg_per_l, rounded up. Vehicles that do not work that day are left out. Shifts are cut to the
 * depots' opening hours; wall-clock times become seconds elapsed since midnight, so that a change of clock
 * costs nobody an hour.
 *
 * The city's locks bind the stops of bins chosen (day_locks.h), and not the current practice.
 *
 * Money by vehicle: fuel is litres × price, carbon is litres × kgCO2e per litre × the price of carbon; an
 * energy without a known factor counts no carbon (the reader has warned). Ownership: the arena given.
 */
#ifndef BENNE_HORIZON_DAY_H
#define BENNE_HORIZON_DAY_H

#include "solver/horizon/choice.h"
#include "solver/model/instance.h"

/* A lock of the city that does not bind the day's plan, and why: in the reader's language. */
struct lock_left {
    int32_t lock; /* of the city */
    const char *reason;
};

struct day_problem {
    day_number day;
    struct instance instance;
    int32_t *vehicle_of;     /* instance vehicle -> city vehicle */
    int32_t *stop_bin_first; /* stop_count + 1: CSR into stop_bins */
    int32_t *stop_bins;      /* city bins */
    int32_t *stop_of_bin;    /* bin_count: the stop, -1 when the bin is not in the problem */
    struct lock_left *locks_left;
    int32_t lock_left_count;
};

/* All candidates of `choice` (mandatory and optional), and the `extra` bins that are none, as optional ones
 * without a prize: what a hand-edited plan may have added. */
error_code day_problem_from_choice(const struct city *city, const struct fill_forecast *forecast,
                                   const struct choice *choice, const int32_t *extra, int32_t extra_count,
                                   struct arena *arena, struct day_problem *problem,
                                   struct error *error) ERROR_CHECKED;

/* The bins of a list, one stop each in that order, all optional with no prize: the current practice of a
 * day, to be driven as it is. */
error_code day_problem_from_bins(const struct city *city, const struct fill_forecast *forecast,
                                 day_number day, const int32_t *bins, int32_t bin_count, struct arena *arena,
                                 struct day_problem *problem, struct error *error) ERROR_CHECKED;

#endif
