/* What a plan costs, by part. Each part is exact integer money; all but the overlap add up over routes.
 *
 *   fixed     Σ used vehicles        fixed_cost
 *   work      Σ routes               cost_per_s × min(work_s, overtime_from_s)
 *   overtime  Σ routes               overtime_cost_per_s × max(0, work_s − overtime_from_s)
 *   distance  Σ routes               cost_per_m × metres
 *   fuel      Σ routes               fuel_per_m × metres + fuel_per_kg × kg collected
 *   carbon    Σ routes               carbon_per_m × metres + carbon_per_kg × kg collected
 *   fees      Σ unloadings           fee_per_kg × kg unloaded
 *   prizes    Σ unserved, optional   prize
 *
 * And what nobody pays, a price put on plans that are easier to live with; nothing unless the instance asks:
 *   stability Σ served stops         change_cost where a reference names another vehicle
 *   overlap   Σ pairs of near stops  price of the pair where both are served, by two vehicles
 *   imbalance Σ routes               imbalance_per_s2 × min(over_s, IMBALANCE_MOST_S)²,
 *                                    over_s = max(0, work_s − balance_from_s)
 *
 * Metres count the legs and the stops' inner_m. A route without a stop is not used and costs nothing only
 * if it is absent from the plan: an empty route in a plan is charged as driven.
 */
#ifndef BENNE_MODEL_COST_H
#define BENNE_MODEL_COST_H

#include "solver/model/units.h"

typedef enum cost_part {
    COST_FIXED,
    COST_WORK,
    COST_OVERTIME,
    COST_DISTANCE,
    COST_FUEL,
    COST_CARBON,
    COST_FEES,
    COST_PRIZES,
    COST_STABILITY,
    COST_OVERLAP,
    COST_IMBALANCE,
    COST_PART_COUNT
} cost_part;

struct cost {
    money parts[COST_PART_COUNT];
};

/* The canonical name of a part ("fixed", "work" …), as in plan.json and indicators. */
const char *cost_part_name(cost_part part);

/* Money that is spent: what is left by prizes and by the prices of quality. */
static inline money cost_spent(const struct cost *cost)
{
    money spent = 0;
    for (int part = 0; part < COST_PRIZES; part++) spent += cost->parts[part];
    return spent;
}

/* The price of quality: what a plan has of changes, overlaps and uneven work. */
static inline money cost_of_quality(const struct cost *cost)
{
    return cost->parts[COST_STABILITY] + cost->parts[COST_OVERLAP] + cost->parts[COST_IMBALANCE];
}

static inline money cost_total(const struct cost *cost)
{
    money total = 0;
    for (int part = 0; part < COST_PART_COUNT; part++) total += cost->parts[part];
    return total;
}

/* What a lower bound is a bound of: it knows nothing of quality. */
static inline money cost_bounded(const struct cost *cost)
{
    return cost_total(cost) - cost_of_quality(cost);
}

#endif
