/* best_known.csv of a folder of instances: published values, in the file's order. */
#ifndef BENNE_BENCH_ROUTING_BEST_KNOWN_H
#define BENNE_BENCH_ROUTING_BEST_KNOWN_H

#include "bench/routing/records.h"

struct published {
    char instance[NAME_SIZE], source[TEXT_SIZE];
    double value;
    int32_t vehicles; /* -1: not said */
};

struct published_list {
    struct published *items;
    int64_t count, capacity;
};

/* Columns are found by their names: instance and value must be there. The caller frees the list's items. */
error_code best_known_read(const char *path, struct published_list *list, struct error *error) ERROR_CHECKED;

/* What results on an instance are measured by. `vehicles_first`: see protocol.h on wcvrptw; else the first
 * row. The value is NaN when the instance has no row. */
struct known_value best_known_value(const struct published_list *list, const char *instance,
                                    bool vehicles_first);

#endif
