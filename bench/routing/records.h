/* Records of runs: one JSON object a line, one line a run of the solver, only ever appended.
 *
 *     {"family":"cvrp","instance":"X-n101-k25","seed":1,"budget_s":10,"threads":1,"verified":true,"fault":null,
 *      "cost":27591,"best_known":27591,"gap_percent":0,"vehicles":26,"iterations":81234,"seconds":10.02,
 *      "cpu_seconds":9.98,"peak_mb":6.1,"limit_cost":null,"limit_vehicles":null,"version":"0.1.0 d10c71e",
 *      "build":"5f0c…","machine":"2 x …"}
 *
 * A run is known by its build, family, instance, seed, budget and threads; recorded again, the later line
 * counts. What cannot be read (the last line of a run that was cut off) is counted and left aside.
 * Ownership: a list owns its records, a view only points into one. Views are sorted: by family in the order
 * of the protocol, budget, threads, instance, seed. O(n log n).
 */
#ifndef BENNE_BENCH_ROUTING_RECORDS_H
#define BENNE_BENCH_ROUTING_RECORDS_H

#include "solver/base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { NAME_SIZE = 64, TEXT_SIZE = 128, BUILD_SIZE = 17 };

/* What a published value asks of a result; NaN and -1: nothing. */
struct known_value {
    double value;           /* the best known cost, in the family's published unit */
    double limit_cost;      /* not to be exceeded, */
    int32_t limit_vehicles; /* nor this: for families that count vehicles first */
};

struct record {
    char family[NAME_SIZE], instance[NAME_SIZE];
    uint64_t seed;
    double budget_s;
    int32_t threads;
    bool verified; /* the solver and the checker agree that all is served, every rule kept, at this cost */
    char fault[TEXT_SIZE]; /* why not */
    double cost;           /* NaN: no solution */
    struct known_value known;
    double gap_percent; /* over the best known value; NaN when not verified */
    int32_t vehicles;
    int64_t iterations;
    double seconds, cpu_seconds, peak_mb; /* of the whole process */
    char version[TEXT_SIZE], build[BUILD_SIZE], machine[TEXT_SIZE];
};

struct records {
    struct record *items;
    int64_t count, capacity;
    int64_t unread; /* lines that are no record */
};

/* Opens for appending, after a line end; makes the folder that holds the file if it is missing. */
error_code records_open(const char *path, FILE **file, struct error *error) ERROR_CHECKED;

/* Appends one line, and sees that it is written. */
error_code record_write(FILE *file, const struct record *record, struct error *error) ERROR_CHECKED;

/* Reads all records of a file; one that is absent is empty, and *found says so. The caller frees the list. */
error_code records_read(const char *path, struct records *records, bool *found,
                        struct error *error) ERROR_CHECKED;
void records_free(struct records *records);

/* The build of the last record; "" when there is none. */
const char *records_last_build(const struct records *records);

struct record_view {
    const struct record **items;
    int64_t count;
};

/* The runs of one build with so many threads (0: any), each once, the latest, sorted. */
error_code record_view_make(const struct records *records, const char *build, int32_t threads,
                            struct record_view *view, struct error *error) ERROR_CHECKED;
void record_view_free(struct record_view *view);

/* The order of views, without threads and seed, so that it tells tables and pairs apart: negative, 0 or
 * positive. */
int record_compare_instance(const struct record *a, const struct record *b);
bool record_same_run(const struct record *a, const struct record *b); /* builds apart */

#endif
