/* The measures behind the table of indicators: each one figure of a driven plan, from its check, the
 * forecast and the choice. Sums over nothing are 0; a ratio or a mean over nothing is NaN. A plan edited by
 * hand may hold vehicles that do not exist: what they would need is left out. O(bins + routes + steps). */
#ifndef BENNE_INDICATORS_MEASURES_H
#define BENNE_INDICATORS_MEASURES_H

#include "solver/indicators/indicators.h"

/* Is the bin emptied on the day? And how probably does it overflow before the truck of the next chance? */
bool measure_served(const struct driven *driven, int32_t bin);
double measure_risk_left(const struct driven *driven, int32_t bin);

/* Service. */
double measure_bins_emptied(const struct driven *driven);
double measure_collected_t(const struct driven *driven);
double measure_fill_at_emptying_percent(const struct driven *driven);
double measure_unserved_mandatory(const struct driven *driven);
double measure_unserved_optional(const struct driven *driven);
double measure_expected_overflows(const struct driven *driven);
double measure_bins_over_target(const struct driven *driven);
double measure_fill_left_percent(const struct driven *driven);
double measure_poorly_known_percent(const struct driven *driven);
double measure_violations(const struct driven *driven);

/* Effort. */
double measure_distance_km(const struct driven *driven);
double measure_work_h(const struct driven *driven);
double measure_driving_h(const struct driven *driven);
double measure_waiting_h(const struct driven *driven);
double measure_overtime_h(const struct driven *driven);
double measure_work_max_h(const struct driven *driven);
double measure_work_spread_percent(const struct driven *driven);
double measure_vehicles(const struct driven *driven);
double measure_trips(const struct driven *driven);
double measure_kg_per_km(const struct driven *driven);
double measure_bins_per_h(const struct driven *driven);

/* Money, in units of the currency. */
double measure_cost_fixed(const struct driven *driven);
double measure_cost_work(const struct driven *driven);
double measure_cost_overtime(const struct driven *driven);
double measure_cost_distance(const struct driven *driven);
double measure_cost_fuel(const struct driven *driven);
double measure_cost_carbon(const struct driven *driven);
double measure_cost_fees(const struct driven *driven);
double measure_cost_total(const struct driven *driven);
double measure_cost_quality(const struct driven *driven);
double measure_stops_changed(const struct driven *driven);
double measure_pairs_split(const struct driven *driven);
double measure_cost_per_t(const struct driven *driven);
double measure_cost_overflows(const struct driven *driven);
double measure_cost_with_overflows(const struct driven *driven);

/* Environment. */
double measure_fuel_l(const struct driven *driven);
double measure_fuel_l_per_t(const struct driven *driven);
double measure_emissions_kgco2e(const struct driven *driven);
double measure_emissions_kgco2e_per_t(const struct driven *driven);
double measure_vehicles_without_factor(const struct driven *driven);

#endif
