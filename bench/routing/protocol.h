/* What is run: families of published instances, budgets and seeds, and the value each result is measured by.
 *
 * A family is a folder DATA/data/FOLDER with instances and a best_known.csv (instance, value, …, source,
 * vehicles?); an instance belongs to the family whose ending its file has, which parts the folder vrptw by
 * size. Where best_known.csv has several rows of an instance, the first counts, but in wcvrptw: there the
 * best of Buhrkal et al. is the value, and Kim's vehicles and, with no more of them, the miles of Benjamin
 * and Beasley are limits.
 *
 * The tasks come by family, budget, seed, instance: what is there when a run is cut short is whole tables
 * first.
 */
#ifndef BENNE_BENCH_ROUTING_PROTOCOL_H
#define BENNE_BENCH_ROUTING_PROTOCOL_H

#include "bench/routing/records.h"

enum { BUDGETS_MAX = 4, SEEDS_MAX = 32, FILE_PATH_SIZE = 512 };

struct bench_family {
    const char *name, *folder, *ending;
    double budgets_s[BUDGETS_MAX]; /* ended by 0; none: a tenth of VROOM's time, instance by instance */
    int32_t instances;             /* in the data that targets are for */
    /* A cost this far below the best known is no record but a part of the problem that was not read. */
    double lowest_gap_percent;
};

extern const struct bench_family BENCH_FAMILIES[]; /* ended by a NULL name */

/* The index of a family by its name; -1 when there is none. */
int32_t protocol_family(const char *name);

/* What of the protocol is asked for. */
struct protocol {
    const char *data;              /* BENNE_DATA */
    const char *families;          /* names of families or folders, parted by commas; NULL: all */
    const char *instances;         /* a glob; NULL: all */
    double budgets_s[BUDGETS_MAX]; /* ended by 0; none: each family's own */
    uint64_t seeds[SEEDS_MAX];
    int32_t seed_count, threads;
};

struct task {
    const struct bench_family *family;
    char instance[NAME_SIZE], path[FILE_PATH_SIZE];
    struct known_value known;
    double budget_s;
    uint64_t seed;
    int32_t threads;
};

struct tasks {
    struct task *items;
    int64_t count, capacity;
};

/* All runs asked for; what is absent in the data is said on `notes`. The caller frees the list. */
error_code protocol_tasks(const struct protocol *protocol, FILE *notes, struct tasks *tasks,
                          struct error *error) ERROR_CHECKED;
void tasks_free(struct tasks *tasks);

#endif
