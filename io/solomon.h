/* Vehicle routing with time windows in the text form of Solomon's instances, which Gehring and Homberger's
 * keep (M. M. Solomon, "Algorithms for the vehicle routing and scheduling problems with time window
 * constraints", Operations Research 35, 1987).
 *
 * The name; VEHICLE with a line of NUMBER and CAPACITY; CUSTOMER with rows of number, x, y, demand, ready
 * time, due date, service time. Customer 0 is the depot, its times are the shift; the others follow as 1, 2,
 * 3 ... The windows limit the beginning of service. NUMBER is an upper limit.
 *
 * The instance and the cost are those of VRPLIB's VRPTW (vrplib.h): distances truncated to a tenth, travel
 * times the same, total distance published with one decimal. In solutions stops have their number in the
 * file.
 */
#ifndef BENNE_IO_SOLOMON_H
#define BENNE_IO_SOLOMON_H

#include "io/benchmark.h"

extern const struct benchmark_family SOLOMON_FAMILY;

error_code solomon_read(const char *name, const char *text, size_t length, struct arena *arena,
                        struct benchmark *benchmark, struct diagnostics *diagnostics,
                        struct error *error) ERROR_CHECKED;

#endif
