/* Two sets of runs of the same instances and seeds: is one better, and on which instances is it worse?
 *
 * The unit is the instance: the change of its gap, in points, averaged over the seeds that both sets have
 * verified. The family's mean change has a 95 % interval by Student's t over instances. An instance is worse
 * by more than noise when its change is above three standard errors of it, the noise of one run being taken
 * from the differences between seeds, pooled over the family; with one seed alone, from the spread of the
 * changes over instances (1.4826 times their median absolute deviation). O(n^2) within a group.
 */
#ifndef BENNE_BENCH_ROUTING_COMPARE_H
#define BENNE_BENCH_ROUTING_COMPARE_H

#include "bench/routing/summary.h"

struct instance_change {
    const char *instance;
    double change; /* of the gap, in points: now less then */
    int32_t seeds;
    bool worse; /* by more than noise */
};

struct comparison {
    struct instance_change *items;
    int64_t count, capacity;
    double change, half_width; /* mean and 95 % interval; NaN where there are too few */
    double iterations_ratio;   /* geometric means, now over then; NaN when one made none */
    double cpu_ratio;          /* of CPU times: far from 1, the machine was shared in one of the sets */
    int32_t lost;              /* runs verified then and not now */
};

/* The runs of one group against those of a view that has one number of threads. Free by comparison_free. */
error_code compare_group(const struct span *now, const struct record_view *then,
                         struct comparison *comparison, struct error *error) ERROR_CHECKED;
void comparison_free(struct comparison *comparison);

#endif
