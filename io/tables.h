/* The tables of a run, for spreadsheets and scripts (CSV as in csv_write.h; times are local ISO 8601 with
 * their offset; what is unknown is an empty cell; names of columns carry the unit and are stable).
 *
 *   routes.csv      a row a route: vehicle, times, km, hours by activity, load, fuel, cost by part
 *   stops.csv       a row a visit, in driving order: depot, stops, unloadings, break, depot
 *   unserved.csv    a row a candidate bin that no route empties, mandatory ones first
 *   staffing.csv    a row a role: posts, agents, gap, probability of a shortage; no person is named
 *   indicators.csv  a row an indicator: plan, current practice, difference; the same as indicators.json
 */
#ifndef BENNE_IO_TABLES_H
#define BENNE_IO_TABLES_H

#include "solver/indicators/indicators.h"

#include <stdio.h>

error_code tables_routes(FILE *file, const struct driven *driven, struct error *error) ERROR_CHECKED;
error_code tables_stops(FILE *file, const struct driven *driven, struct error *error) ERROR_CHECKED;
void tables_unserved(FILE *file, const struct driven *driven);
void tables_staffing(FILE *file, const struct staffing *staffing);
void tables_indicators(FILE *file, const struct city *city, const struct indicator_values *values);
error_code tables_indicators_json(FILE *file, const struct night *night,
                                  const struct indicator_values *values, struct error *error) ERROR_CHECKED;

/* "EUR" in the table of indicators stands for the city's currency. */
const char *indicator_unit(const struct indicator *indicator, const struct city *city);

/* "driver", "loader"; "less", "more", "neither". */
const char *role_name(agent_role role);
const char *better_name(better direction);

#endif
