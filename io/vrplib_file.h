/* What a VRPLIB file has said, between reading it (vrplib.c) and building the instance (vrplib_build.c). */
#ifndef BENNE_IO_VRPLIB_FILE_H
#define BENNE_IO_VRPLIB_FILE_H

#include "io/fields.h"
#include "io/vrplib.h"
#include "io/vrplib_weights.h"

struct vrplib_section; /* how its lines are read: vrplib.c */

/* Arrays are by node, from 0. */
struct vrplib_file {
    struct fields in;
    struct arena *arena;
    int32_t dimension, vehicles; /* 0: not said */
    int64_t capacity;            /* -1: not said */
    bool has_weight_type;
    const struct vrplib_metric *metric; /* NULL: explicit */
    const struct vrplib_layout *layout;
    double *x, *y;
    int64_t *demand;
    bool *has_coordinates, *has_demand;
    int32_t depot; /* -1: not said */
    bool depots_ended;
    struct {
        int32_t *items;
        int64_t count, capacity;
    } weights;
    enum { OUTSIDE, KNOWN_SECTION, UNKNOWN_SECTION } reading;
    const struct vrplib_section *section; /* when KNOWN_SECTION */
    bool at_end, out_of_memory;
};

/* The instance and its numbering, once the file is known to be right. */
error_code vrplib_build(struct vrplib_file *file, struct benchmark *benchmark,
                        struct error *error) ERROR_CHECKED;

#endif
