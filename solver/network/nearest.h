/* The k nearest of each of n points, without looking at all pairs.
 *
 * Straight-line distance in two or three dimensions; on a sphere pass unit vectors from its centre, since the
 * chord grows with the arc. A row holds the others nearest first, equally near ones by number, so that the
 * answer is one and the same however it is found; points of equal coordinates are neighbours at distance 0.
 *
 * A k-d tree: boxes drawn tightly around their points, halved at the median of the wider side. A box is
 * passed over when it is farther than the worst kept, or as far with higher numbers alone, so that heaps of
 * equal points cost no more than others. O(n log n) to build, O(n k log k + n log n) to ask on the points
 * of a town; memory 64 n bytes beside the result, given back at the end.
 *
 * Source: J. H. Friedman, J. L. Bentley, R. A. Finkel, "An algorithm for finding best matches in logarithmic
 * expected time", ACM TOMS 3(3), 1977.
 */
#ifndef BENNE_NETWORK_NEAREST_H
#define BENNE_NETWORK_NEAREST_H

#include "solver/base/error.h"

/* Coordinates are finite; `z` may be NULL (a plane); 0 <= k < n, or k = 0. `nearest` is n × k, row-major.
 * Error: ERROR_MEMORY. */
error_code nearest_find(const double *x, const double *y, const double *z, int32_t n, int32_t k,
                        int32_t *nearest, struct error *error) ERROR_CHECKED;

#endif
