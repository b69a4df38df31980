/* VRPLIB files (TSPLIB's dialect, as on CVRPLIB, with the sections that PyVRP's readers have added): vehicle
 * routing with capacities, time windows, several trips and release times, prizes, several depots, mixed
 * fleets.
 *
 * Read: TYPE, DIMENSION, VEHICLES, EDGE_WEIGHT_TYPE and _FORMAT; NODE_COORD_SECTION, EDGE_WEIGHT_SECTION,
 * DEPOT_SECTION; of nodes DEMAND_, SERVICE_TIME_, TIME_WINDOW_, RELEASE_TIME_, PRIZE_SECTION; of vehicles
 * CAPACITY_, VEHICLES_FIXED_COST_, VEHICLES_UNIT_DISTANCE_COST_, VEHICLES_MAX_DURATION_,
 * VEHICLES_MAX_DISTANCE_, VEHICLES_DEPOT_, VEHICLES_RELOAD_DEPOT_SECTION. SERVICE_TIME and what vehicles can
 * do may also be a key, the same for all (but no service at depots). A key or section that is not known is
 * named in a warning: its rules and costs are then not in the instance.
 *
 * Each problem type is published with a rounding of its own. TYPE says which it is; where it is not known, or
 * says CVRP, what the sections hold does (in the order of the last column, the first that fits from below):
 *
 *   type       Euclidean legs, scale   published cost                       decided by
 *   CVRP       to the nearest, 1       distance                             nothing of what follows
 *   HFVRP      to the nearest, 1000    (fixed + unit × length) / 100 of     CAPACITY_SECTION, vehicles' costs
 *                                      used vehicles, lengths not rounded
 *   VRPTW      down, 10                distance / 10, one decimal           TIME_WINDOW_SECTION
 *   PCVRPTW    down, 10                distance + 10 × prizes left          PRIZE_SECTION
 *   MTVRPTW    down, 10                distance (MTVRPTWR as well)          RELEASE_TIME_,
 * RELOAD_DEPOT_SECTION MDVRPTW    to the nearest, 1000    distance VEHICLES_DEPOT_SECTION
 *
 * "Distance" is the sum of scaled legs. Times of the file, prizes and limits are multiplied by the same
 * scale; the travel time of a leg is its distance. Written distances, and metrics that round by themselves,
 * are multiplied too. The published cost needs no more than this: whatever sections a file of a type holds
 * apply.
 *
 * The instance:
 *   - Every node but the depots is a stop: optional at its prize where there is a PRIZE_SECTION, else
 *     mandatory. Its window limits the beginning of service. Demands are kilograms.
 *   - Vehicles take their load home. The window of the depot is their shift, VEHICLES_MAX_DURATION the work
 *     from leaving to return. Where a vehicle may reload, a disposal site that takes no time parts its trips.
 *   - VEHICLES is an upper limit, and no more than the stops are made where they are all alike; where
 *     sections describe them, each is there. Without VEHICLES the fleet is free: 2 × demand / capacity + 1,
 *     since two routes that fit in one truck may be joined, and in a plan where no two fit each pair carries
 *     more than a truckload; with times, limits, or a written matrix, which need not respect the triangle
 *     inequality, one vehicle a stop.
 *
 * In solutions stops are numbered from 1 in the order of the nodes, the depot left out, as in CVRPLIB's .sol,
 * and 0 is the depot between two trips; with several depots a number is the node's, counted from 0. Route k
 * is vehicle k of the file for HFVRP and MDVRPTW, and all are listed.
 */
#ifndef BENNE_IO_VRPLIB_H
#define BENNE_IO_VRPLIB_H

#include "io/benchmark.h"

/* Over TRAVEL_PLACES_MAX of them with EUC_2D and CEIL_2D alone, which need no matrix. */
enum { VRPLIB_NODES_MAX = 200000 };

extern const struct benchmark_family VRPLIB_FAMILY;

error_code vrplib_read(const char *name, const char *text, size_t length, struct arena *arena,
                       struct benchmark *benchmark, struct diagnostics *diagnostics,
                       struct error *error) ERROR_CHECKED;

#endif
