/* The city's prices of quality, put on a day's problem: what a plan that people drive may cost more.
 *
 * Each is off as long as city.json gives it no price:
 *   change_cost      a stop emptied by another vehicle than the reference has: a plan given, or else the
 * fixed rounds of the weekday. Of a stop's bins the first that the reference knows decides. Vehicles that do
 * not work that day, and bins that it does not know, leave no reference. overlap_cost     two near stops
 * emptied by different trucks. Near are the NEAR_STOPS next ones of the same stream in a straight line, as a
 * resident sees it, whatever the roads; each pair counts once. Another stream's truck comes in any case; so
 * does another one where no vehicle may serve both stops: these are no pairs. imbalance_cost   work beyond
 * target_work_s, by the square of the time beyond it.
 *
 * O(stops log stops + pairs × vehicles), in the arena given.
 */
#ifndef BENNE_HORIZON_QUALITY_H
#define BENNE_HORIZON_QUALITY_H

#include "solver/horizon/day.h"

/* Some 3 pairs a stop: enough that a border between two trucks is short when few pairs lie across it, few
 * enough that a pair is two bins within sight. */
enum { NEAR_STOPS = 5 };

/* By bin: the vehicle of the weekday's fixed rounds, the first where there are several; -1: none. */
error_code day_practice_vehicles(const struct city *city, day_number day, struct arena *arena,
                                 int32_t **vehicle_of_bin, struct error *error) ERROR_CHECKED;

/* Prices the problem, which is validated again. `vehicle_of_bin`: the reference, by bin a vehicle of the city
 * or -1; NULL: the fixed rounds. */
error_code day_price_quality(const struct city *city, const int32_t *vehicle_of_bin, struct arena *arena,
                             struct day_problem *problem, struct error *error) ERROR_CHECKED;

#endif
