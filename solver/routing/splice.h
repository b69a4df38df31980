/* A changed route, told in pieces of the routes as they stand, and what it would cost.
 *
 * The truck sets out as the route does up to `prefix`, drives the runs one after the other, and goes on as
 * from `suffix`, a visit of this route or of another. Prefix and suffix are priced by their running sums,
 * runs visit by visit: O(visits in the runs). A move of any kind is one splice, or two (descent.h): price
 * both, take the cheaper, or string both.
 *
 * The price is exact, rules of time and limits included, for vehicles that are not intricate. Overload is no
 * rule here but a price (solution.h) where there are no sites; with sites it is forbidden.
 */
#ifndef BENNE_ROUTING_SPLICE_H
#define BENNE_ROUTING_SPLICE_H

#include "solver/routing/solution.h"

/* Visits from `first` to `last`, by next or, `backward`, by prev. */
struct run {
    int32_t first, last;
    bool backward;
};

enum { RUNS_MAX = 3 };

struct splice {
    int32_t vehicle, prefix, suffix;
    int32_t run_count;
    struct run runs[RUNS_MAX];
};

/* Cost of the route, the price of overload included, changes against the reference left out (quality.h);
 * INT64_MAX: a rule is broken. The routes that it is made of must be numbered. */
money splice_price(const struct solution *solution, const struct splice *splice);

/* Lists the visits of the spliced route, start and end left out; their number. */
int32_t splice_list(const struct solution *solution, const struct splice *splice, int32_t *visits);

static inline void splice_add(struct splice *splice, int32_t first, int32_t last, bool backward)
{
    splice->runs[splice->run_count++] = (struct run){first, last, backward};
}

#endif
