/* The least that serves as well as the current practice: kilometres may be compared at equal service alone.
 *
 * Bins are taken in the order of their risk, then of what they hold, until the city is left with no more
 * expected overflows before the next chance than the practice leaves, and at least as many kilograms of each
 * stream are collected (what stays in the bins has to be fetched tomorrow). These bins, and no others, are
 * then routed. Unknown when there is no practice to match, or when no plan for these bins was found in the
 * time given.
 */
#ifndef BENNE_HORIZON_MATCHED_H
#define BENNE_HORIZON_MATCHED_H

#include "solver/horizon/practice.h"
#include "solver/routing/routing.h"

struct matched {
    bool known;
    struct day_problem problem;
    struct plan plan; /* freed by matched_free */
    struct check_report report;
};

error_code matched_drive(const struct city *city, const struct fill_forecast *forecast,
                         const struct choice *choice, const struct practice *practice,
                         const struct routing_options *options, struct arena *arena, struct matched *matched,
                         struct error *error) ERROR_CHECKED;
void matched_free(struct matched *matched);

#endif
