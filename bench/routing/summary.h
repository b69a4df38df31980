/* What the runs of a family at a budget say together. Instances count alike, whatever the number of seeds:
 * the mean is over the instances' means over seeds, the median over their medians. Runs that were not
 * verified are counted, and in no gap. O(n log n). */
#ifndef BENNE_BENCH_ROUTING_SUMMARY_H
#define BENNE_BENCH_ROUTING_SUMMARY_H

#include "bench/routing/records.h"

/* Neighbouring records of a view. */
struct span {
    const struct record *const *items;
    int64_t count;
};

/* The group that begins at `first`: one family, budget and number of threads; and in a group, one instance.
 */
struct span span_group(const struct record_view *view, int64_t first);
struct span span_instance(const struct span *group, int64_t first);

struct gaps {
    int32_t runs, failed;
    double mean, median, worst; /* of verified runs; NaN when there are none */
};

/* Over the seeds of one instance. */
struct gaps gaps_of(const struct span *instance);

struct summary {
    const char *family;
    double budget_s;
    int32_t threads;
    int32_t instances; /* with a verified run */
    int32_t runs, failed, late;
    double mean, median, worst;
    const char *worst_instance;
};

struct summary summary_of(const struct span *group);

/* Did the whole process take notably longer than it was given? */
bool record_is_late(const struct record *record);

/* The median of numbers, which are sorted; NaN of none. */
double median_of(double *numbers, int64_t count);

#endif
