/* What results are set beside: targets, and what open peers reach at the same budgets. Gaps in percent over
 * the best known values, at 10 s and at 60 s; NaN where there is no figure. */
#ifndef BENNE_BENCH_ROUTING_REFERENCES_H
#define BENNE_BENCH_ROUTING_REFERENCES_H

#include <stdbool.h>
#include <stdio.h>

struct target {
    const char *family, *instance; /* NULL: the family's mean */
    double at_10_s, at_60_s;
};

struct peer {
    const char *family, *instance; /* NULL: a mean, over the instances named by `on` */
    const char *name, *on;
    double at_10_s, at_60_s;
};

extern const struct target TARGETS[]; /* each table is ended by a NULL family */
extern const struct peer PEERS[];

/* Our gap is to be below VROOM's (-x 5, one thread) in a tenth of its time. */
struct vroom_figure {
    const char *instance;
    double gap_percent, seconds;
};
extern const struct vroom_figure VROOM_FIGURES[]; /* ended by a NULL instance */

/* The target of a family (instance NULL) or of one instance; NaN when there is none. */
double target_gap(const char *family, const char *instance, double budget_s);

/* VROOM's figure for an instance; NULL when there is none. */
const struct vroom_figure *vroom_figure(const char *instance);

/* "AILS-II 0.48 (9 X) 0.55 (8 others), PyVRP 1.68 (10 X)": the peers beside a result; false when there are
 * none. */
bool peers_text(const char *family, const char *instance, double budget_s, char *text, size_t size);

#endif
