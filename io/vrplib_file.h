/* What a VRPLIB file has said: filled by its keys (vrplib.c) and sections (vrplib_sections.c), judged as a
 * whole (vrplib_judge.c), then built into the instance of its problem (vrplib_problem.c, vrplib_build.c).
 * A reader of another text that says the same things (solomon.c) fills it too. */
#ifndef BENNE_IO_VRPLIB_FILE_H
#define BENNE_IO_VRPLIB_FILE_H

#include "io/fields.h"
#include "io/vrplib.h"
#include "io/vrplib_weights.h"

/* Numbers that a file gives to each node or each vehicle, in its own units. */
typedef enum vrplib_quantity {
    DEMAND,
    SERVICE_TIME,
    RELEASE_TIME,
    PRIZE,
    WINDOW_OPEN,
    WINDOW_CLOSE,
    CAPACITY,
    FIXED_COST,
    UNIT_COST, /* per unit of distance */
    MAX_DURATION,
    MAX_DISTANCE,
    START_DEPOT, /* a node, from 1 */
    VRPLIB_QUANTITY_COUNT
} vrplib_quantity;

/* One number for all, by a key; or one by row, by a section. */
struct vrplib_column {
    bool has_all;
    double all;
    double *rows; /* NULL: no section */
    bool *seen;
};

struct vrplib_section; /* how its lines are read: vrplib_sections.c */

/* Arrays are by node, from 0, or by vehicle, from 0. */
struct vrplib_file {
    struct fields in;
    struct arena *arena;
    int32_t dimension, vehicles; /* 0: not said */
    bool has_weight_type;
    const struct vrplib_metric *metric; /* NULL: explicit */
    const struct vrplib_layout *layout;
    double *x, *y;
    bool *has_coordinates;
    struct vrplib_column columns[VRPLIB_QUANTITY_COUNT];
    bool *is_depot;
    int32_t depot, depot_count; /* the first one named, -1: none */
    bool depots_ended;
    int32_t *reloads;   /* by node: how many vehicles may unload there between two trips; NULL: none */
    bool *reloads_seen; /* by vehicle */
    struct {
        int32_t *items;
        int64_t count, capacity;
    } weights;
    const struct vrplib_problem *typed; /* what TYPE says; NULL: nothing that is known */
    enum { OUTSIDE, KNOWN_SECTION, UNKNOWN_SECTION } reading;
    const struct vrplib_section *section; /* when KNOWN_SECTION */
    bool at_end, out_of_memory;
};

/* The arrays by node, all 0; out_of_memory when there is no room. */
void vrplib_set_dimension(struct vrplib_file *file, int32_t dimension);

/* ---- Words and quantities ---- */

/* A section's way of reading its lines, or NULL. It may begin once the counts that it needs are known. */
const struct vrplib_section *vrplib_section_find(const struct field *word);
void vrplib_section_begin(struct vrplib_file *file, const struct field *word,
                          const struct vrplib_section *section);
void vrplib_section_line(struct vrplib_file *file);

/* The quantity that a key gives to all rows ("SERVICE_TIME"), or -1; and its one number. */
int32_t vrplib_quantity_find(const struct field *word);
void vrplib_quantity_read(struct vrplib_file *file, vrplib_quantity quantity, const struct field *value);

/* A section's rows, all 0, if they are not there yet. */
void vrplib_column_begin(struct vrplib_file *file, vrplib_quantity quantity);

const char *vrplib_quantity_name(vrplib_quantity quantity);
bool vrplib_is_of_vehicles(vrplib_quantity quantity);

/* Was it said at all? And for this row: the section's number, or the key's, or what it is by itself: 1 for
 * UNIT_COST, no limit or INFINITY for limits and windows, else 0. A key's SERVICE_TIME is not the depots'. */
bool vrplib_has(const struct vrplib_file *file, vrplib_quantity quantity);
double vrplib_value(const struct vrplib_file *file, vrplib_quantity quantity, int32_t row);

/* ---- The whole ---- */

/* A problem type: how a file's units become the instance's, and the published cost. */
struct vrplib_problem {
    struct benchmark_family family;
    int32_t scale;      /* the instance's units in one of the file's */
    bool truncates;     /* scaled Euclidean distances: down, or to the nearest */
    int32_t published;  /* the instance's units of distance in a published one */
    int32_t cost_parts; /* the file's units of cost in a published one */
};

/* The coordinates of the instance's places: benchmark.detail, where lengths before rounding matter. */
struct vrplib_places {
    const double *x, *y;
    double (*exact)(double x1, double y1, double x2, double y2);
};

extern const struct vrplib_problem *const VRPLIB_VRPTW;

/* By the word in TYPE (NULL: not known); by TYPE, or where it says nothing or the plain CVRP, by what the
 * sections hold. */
const struct vrplib_problem *vrplib_problem_of_type(const struct field *type);
const struct vrplib_problem *vrplib_problem_of(const struct vrplib_file *file);

/* Complains of all that is missing or contradicts itself. */
void vrplib_judge(struct vrplib_file *file);

/* The instance and its numbering, once the file is known to be right. */
error_code vrplib_build(struct vrplib_file *file, const struct vrplib_problem *problem,
                        struct benchmark *benchmark, struct error *error) ERROR_CHECKED;

#endif
