/* The city's prices of quality, put on a day's problem: what a plan that people drive may cost more.
 *
 * Each is off as long as city.json gives it no price:
 *   - Changes: a stop emptied by another vehicle than the reference has: a plan given, or else the fixed
 *     rounds of the weekday. Of a stop's bins the first that the reference knows decides. Vehicles that do
 *     not work that day, and bins that it does not know, leave no reference.
 *   - Overlap: two near stops emptied by different trucks. Near are the NEAR_STOPS next ones of the same
 *     stream in a straight line, as a resident sees it, whatever the roads; each pair counts once. Stops of
 *     two streams, and those that no one vehicle may serve, are no pairs: two trucks come there in any case.
 *   - Imbalance: work beyond target_work_s, by the square of the time beyond it. Long days grow shorter; a
 *     short day costs nothing: the spread of work is not itself what is priced.
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
