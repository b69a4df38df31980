/* Sources. "measured": run side by side on one machine, a 2.8 GHz Xeon, one thread, CPU seconds, one seed
 * each; differences under 0.2 points are noise. PyVRP is 0.14, VROOM runs with -x 5. Where `on` says others,
 * the instances are of the same family but not those of the data. "published": PyVRP's own benchmark page for
 * version 0.13.4 at 60 s, on the whole families. */
#include "bench/routing/references.h"

#include <math.h>
#include <string.h>

const struct target TARGETS[] = {
    {"cvrp", NULL, 0.42, 0.22},
    {"cvrp_large", "Leuven1", NAN, 0.45},
    {"cvrp_large", "Antwerp1", NAN, 1.0},
    {"cvrp_large", "Ghent1", NAN, 1.5},
    {"vrptw_100", NULL, 0.3, 0.05},
    {"vrptw_1000", NULL, 3.0, 1.3},
    {"mtvrptw", NULL, 1.5, 0.6},
    {"hfvrp", NULL, 1.5, 0.7},
    {"mdvrptw", NULL, 4.0, 1.3},
    {"pcvrptw", NULL, 3.0, 0.7},
    {"wcvrptw", NULL, 0, 0}, /* the mean ratio to the best of Buhrkal et al. */
    {0},
};

const struct peer PEERS[] = {
    {"cvrp", NULL, "AILS-II", "9 X", 0.48, 0.26},
    {"cvrp", NULL, "AILS-II", "8 others", 0.55, 0.30},
    {"cvrp", NULL, "FILO2", "10 X", 0.55, 0.28},
    {"cvrp", NULL, "FILO2", "8 others", 0.64, 0.36},
    {"cvrp", NULL, "HGS-CVRP", "10 X", 1.67, 0.99},
    {"cvrp", NULL, "PyVRP", "10 X", 1.68, 0.79},
    {"cvrp", NULL, "PyVRP", "published", NAN, 0.65},
    {"cvrp_large", "Leuven1", "FILO2", "", NAN, 0.47},
    {"cvrp_large", "Leuven1", "AILS-II", "", NAN, 0.54},
    {"cvrp_large", "Leuven1", "HGS-CVRP", "", NAN, 5.30},
    {"vrptw_100", NULL, "PyVRP", "2 others", 0.7, 0},
    {"vrptw_1000", NULL, "PyVRP", "4 others", 6.36, 3.02},
    {"vrptw_1000", NULL, "PyVRP", "published", NAN, 2.28},
    {"mtvrptw", NULL, "PyVRP", "6 others", 3.74, 1.56},
    {"mtvrptw", NULL, "PyVRP", "published", NAN, 0.95},
    {"hfvrp", NULL, "PyVRP", "6 others", 4.08, 1.40},
    {"hfvrp", NULL, "PyVRP", "published", NAN, 1.39},
    {"mdvrptw", NULL, "PyVRP", "5 others", 11.27, 3.82},
    {"mdvrptw", NULL, "PyVRP", "published", NAN, 1.85},
    {"pcvrptw", NULL, "PyVRP", "4 others", 17.51, 0.98},
    {"cvrp", "X-n101-k25", "FILO2", "", 0, 0.02},
    {"cvrp", "X-n101-k25", "HGS-CVRP", "", 0, 0},
    {"cvrp", "X-n101-k25", "PyVRP", "", 0, 0},
    {"cvrp", "X-n219-k73", "AILS-II", "", 0.01, 0.01},
    {"cvrp", "X-n219-k73", "FILO2", "", 0.01, 0.01},
    {"cvrp", "X-n219-k73", "HGS-CVRP", "", 0.01, 0.01},
    {"cvrp", "X-n219-k73", "PyVRP", "", 0.02, 0.02},
    {"cvrp", "X-n401-k29", "AILS-II", "", 0.24, 0.16},
    {"cvrp", "X-n401-k29", "FILO2", "", 0.51, 0.39},
    {"cvrp", "X-n401-k29", "HGS-CVRP", "", 1.16, 0.68},
    {"cvrp", "X-n401-k29", "PyVRP", "", 1.49, 0.55},
    {"cvrp", "X-n502-k39", "AILS-II", "", 0.12, 0.04},
    {"cvrp", "X-n502-k39", "FILO2", "", 0.19, 0.05},
    {"cvrp", "X-n502-k39", "HGS-CVRP", "", 0.59, 0.27},
    {"cvrp", "X-n502-k39", "PyVRP", "", 0.74, 0.20},
    {"cvrp", "X-n749-k98", "AILS-II", "", 0.95, 0.45},
    {"cvrp", "X-n749-k98", "FILO2", "", 1.19, 0.98},
    {"cvrp", "X-n749-k98", "HGS-CVRP", "", 3.47, 2.69},
    {"cvrp", "X-n749-k98", "PyVRP", "", 3.50, 1.93},
    {"cvrp", "X-n856-k95", "AILS-II", "", 0.28, 0.23},
    {"cvrp", "X-n856-k95", "FILO2", "", 0.45, 0.19},
    {"cvrp", "X-n856-k95", "HGS-CVRP", "", 1.76, 0.95},
    {"cvrp", "X-n856-k95", "PyVRP", "", 1.82, 0.50},
    {"cvrp", "X-n1001-k43", "AILS-II", "", 1.39, 0.66},
    {"cvrp", "X-n1001-k43", "FILO2", "", 1.61, 0.55},
    {"cvrp", "X-n1001-k43", "HGS-CVRP", "", 5.94, 3.45},
    {"cvrp", "X-n1001-k43", "PyVRP", "", 4.61, 2.19},
    {0},
};

const struct vroom_figure VROOM_FIGURES[] = {
    {"X-n101-k25", 1.91, 5.4},
    {"X-n219-k73", 0.21, 23},
    {"X-n401-k29", 1.59, 235},
    {0},
};

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static double at_budget(double at_10_s, double at_60_s, double budget_s)
{
    return budget_s == 10 ? at_10_s : budget_s == 60 ? at_60_s : NAN;
}

double target_gap(const char *family, const char *instance, double budget_s)
{
    for (const struct target *target = TARGETS; target->family != NULL; target++)
        if (same(target->family, family) && same(target->instance, instance))
            return at_budget(target->at_10_s, target->at_60_s, budget_s);
    return NAN;
}

const struct vroom_figure *vroom_figure(const char *instance)
{
    for (const struct vroom_figure *figure = VROOM_FIGURES; figure->instance != NULL; figure++)
        if (same(figure->instance, instance)) return figure;
    return NULL;
}

bool peers_text(const char *family, const char *instance, double budget_s, char *text, size_t size)
{
    size_t used = 0;
    const char *last = NULL;
    text[0] = '\0';
    for (const struct peer *peer = PEERS; peer->family != NULL; peer++) {
        const double gap = at_budget(peer->at_10_s, peer->at_60_s, budget_s);
        if (!same(peer->family, family) || !same(peer->instance, instance) || isnan(gap)) continue;
        if (used < size && !same(peer->name, last))
            used += (size_t)snprintf(text + used, size - used, "%s%s", last != NULL ? ", " : "", peer->name);
        if (used < size) used += (size_t)snprintf(text + used, size - used, " %.2f", gap);
        if (used < size && peer->on[0] != '\0')
            used += (size_t)snprintf(text + used, size - used, " (%s)", peer->on);
        last = peer->name;
    }
    return used > 0;
}
