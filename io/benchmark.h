/* Benchmark instances: one table of published formats, each read into a frozen instance, and results written
 * in the family's own units and numbering.
 *
 * A family is a row: its name, how its files are recognised, its reader, and its published cost. A format in
 * which several problem types are published has a row for each; its reader chooses among them. All errors
 * of a file are collected in the diagnostics; any makes reading return ERROR_INPUT. What a reader had to
 * decide, or leaves out, is said there as a note or a warning. Ownership: everything lives in the arena.
 */
#ifndef BENNE_IO_BENCHMARK_H
#define BENNE_IO_BENCHMARK_H

#include "io/json.h"
#include "solver/base/arena.h"
#include "solver/base/diagnostic.h"
#include "solver/model/check.h"
#include "solver/model/instance.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct benchmark;

struct benchmark_family {
    const char *name; /* as in --format */
    bool (*recognises)(const char *text, size_t length);
    error_code (*read)(const char *name, const char *text, size_t length, struct arena *arena,
                       struct benchmark *benchmark, struct diagnostics *diagnostics, struct error *error);
    double (*cost)(const struct benchmark *benchmark, const struct plan *plan,
                   const struct check_report *report);
    int32_t cost_decimals;  /* of the published values */
    bool vehicles_numbered; /* solutions list every vehicle of the file; else only those that drive */

    /* Of families with an answer of their own; NULL: the common ones. `complete` gives the search's plan what
     * the model does not ask for. */
    error_code (*complete)(const struct benchmark *benchmark, struct plan *plan, struct error *error);
    error_code (*write)(FILE *file, const struct benchmark *benchmark, const struct plan *plan,
                        const struct check_report *report, struct error *error);
    error_code (*write_fault)(FILE *file, error_code code, const char *message, struct error *error);
    error_code (*read_solution)(const char *name, const char *text, size_t length,
                                const struct benchmark *benchmark, struct plan *plan, double *stated_cost,
                                struct diagnostics *diagnostics, struct error *error);
    /* " 7 3": aboard after a step of the plan, in the file's dimensions */
    void (*print_load)(FILE *file, const struct benchmark *benchmark, const struct plan *plan, int32_t route,
                       int32_t step);
};

struct benchmark {
    const struct benchmark_family *family;
    const char *name; /* the file's name without folder and ending */
    struct instance instance;
    const char **stop_ids, **site_ids; /* the file's numbering, as in its solutions */
    int64_t distance_unit;             /* the instance's metres in one published unit of distance */
    const char **vehicle_ids;          /* NULL: they are numbered from 1 */
    int64_t time_unit;                 /* the instance's seconds in one of the file's units; 0: one */
    bool has_time_stamps;              /* times are numbers in the file, not of a clock */
    int64_t time_origin;               /* the file's time at the instance's 0 */
    int64_t load_unit;                 /* the instance's load in one of the file's units; 0: one */
    money cost_unit;                   /* the instance's money in one published unit of cost */
    bool holds_start;   /* the file is also a solution (benchmark_read_solution) to begin with */
    const void *detail; /* the family's own, for its functions; NULL: none */
};

/* Reads a file; `format` is "auto" or a family's name (ERROR_USAGE for another). benchmark->family is set as
 * soon as it is known, also when reading fails then. */
error_code benchmark_read(const char *path, const char *format, struct arena *arena,
                          struct benchmark *benchmark, struct diagnostics *diagnostics,
                          struct error *error) ERROR_CHECKED;

/* The names of all families, "auto" first, parted by bars: for help and complaints. */
void benchmark_formats(char *text, size_t size);

/* Money per unit of distance: MONEY_UNIT, or a power of ten less where plans could overflow 64 bits. */
money benchmark_money_rate(int64_t longest_leg, int64_t legs);

/* A family's published cost that is the instance's money in another unit. */
double benchmark_money_cost(const struct benchmark *benchmark, const struct plan *plan,
                            const struct check_report *report);

/* The published cost of a checked plan, with its decimals; its distance in the published unit, and its time
 * from leaving to coming home over all routes, in the file's unit of time. */
double benchmark_cost(const struct benchmark *benchmark, const struct plan *plan,
                      const struct check_report *report);
double benchmark_distance(const struct benchmark *benchmark, const struct plan *plan,
                          const struct check_report *report);
double benchmark_duration(const struct benchmark *benchmark, const struct plan *plan,
                          const struct check_report *report);

/* "Route #1: 12 7 3" for each route, in the file's numbering, disposal sites included, then "Cost v". Where
 * the depot itself unloads the trucks, its number parts two trips and stands at neither end. */
error_code benchmark_write_solution(FILE *file, const struct benchmark *benchmark, const struct plan *plan,
                                    const struct check_report *report, struct error *error) ERROR_CHECKED;

/* A solution text back into a plan: route k is driven by vehicle k. Texts tell neither departures nor
 * breaks: a vehicle leaves as its shift starts or its first trip is released, and where its work is limited
 * as late as it may without coming home later or missing a window; the break is put where the route breaks
 * the fewest rules. Unknown numbers go to the
 * diagnostics, all of them. *stated_cost is NaN when the text has no cost. The caller frees the plan. */
error_code benchmark_read_solution(const char *path, const struct benchmark *benchmark, struct plan *plan,
                                   double *stated_cost, struct diagnostics *diagnostics,
                                   struct error *error) ERROR_CHECKED;

/* The same from memory; `name` stands for the file in messages. */
error_code benchmark_parse_solution(const char *name, const char *text, size_t length,
                                    const struct benchmark *benchmark, struct plan *plan, double *stated_cost,
                                    struct diagnostics *diagnostics, struct error *error) ERROR_CHECKED;

#endif
