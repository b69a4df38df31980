/* VRPLIB files (TSPLIB's dialect, as on CVRPLIB): the capacitated problem with one depot.
 *
 * Read: TYPE, DIMENSION, CAPACITY, VEHICLES, EDGE_WEIGHT_TYPE and _FORMAT; NODE_COORD_SECTION,
 * DEMAND_SECTION, DEPOT_SECTION, EDGE_WEIGHT_SECTION. A key or section that is not known is named in a
 * warning: its rules and costs are then not in the instance.
 *
 * The instance: every node but the depot is a mandatory stop; the vehicles are alike, take their load home,
 * and cost nothing but distance. Demands are kilograms; the travel time of a leg is its distance. Without
 * VEHICLES the fleet is free: 2 × demand / capacity + 1 vehicles, since two routes that fit in one truck may
 * be joined, and in a plan where no two fit each pair carries more than a truckload (with a written matrix,
 * which need not respect the triangle inequality: one vehicle a stop). In solutions stops are numbered from
 * 1 in the order of the nodes, the depot left out, as in CVRPLIB's .sol.
 */
#ifndef BENNE_IO_VRPLIB_H
#define BENNE_IO_VRPLIB_H

#include "io/benchmark.h"

/* A full matrix of 32-bit distances then takes 1.6 GB. */
enum { VRPLIB_NODES_MAX = 20000 };

extern const struct benchmark_family VRPLIB_FAMILY;

error_code vrplib_read(const char *name, const char *text, size_t length, struct arena *arena,
                       struct benchmark *benchmark, struct diagnostics *diagnostics,
                       struct error *error) ERROR_CHECKED;

#endif
