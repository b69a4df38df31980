/* Distances of TSPLIB and VRPLIB files: the metrics over coordinates, and the layouts of written matrices
 * (G. Reinelt, TSPLIB 95, sections 1.2 and 2). All distances are whole numbers, as TSPLIB rounds them. */
#ifndef BENNE_IO_VRPLIB_WEIGHTS_H
#define BENNE_IO_VRPLIB_WEIGHTS_H

#include "io/fields.h"

#include <stdint.h>

struct vrplib_metric {
    const char *name; /* EDGE_WEIGHT_TYPE */
    double (*distance)(double x1, double y1, double x2, double y2);
    double (*exact)(double x1, double y1, double x2, double y2); /* before rounding; NULL: the same */
};

/* The metric that a file names, or NULL. */
const struct vrplib_metric *vrplib_metric(const struct field *name);

/* Which cells a written matrix holds, row by row. */
struct vrplib_layout {
    const char *name; /* EDGE_WEIGHT_FORMAT */
    enum { LAYOUT_FULL, LAYOUT_LOWER, LAYOUT_UPPER } half;
    bool diagonal; /* of a half: is it written? */
};

const struct vrplib_layout *vrplib_layout(const struct field *name);

/* How many numbers a matrix of n places is written with. */
int64_t vrplib_layout_count(const struct vrplib_layout *layout, int32_t n);

/* Fills n × n cells from the numbers written, halves mirrored; the diagonal is 0 whatever is written. */
void vrplib_layout_fill(const struct vrplib_layout *layout, int32_t n, const int32_t *numbers,
                        int32_t *cells);

#endif
