/* A lower bound beside a plan, for commands that take --bound: who asks, in what time, and what is said when
 * there is none. The gap is (cost − bound) / bound, as the routing literature has it. */
#ifndef BENNE_SCENARIOS_BOUNDING_H
#define BENNE_SCENARIOS_BOUNDING_H

#include "solver/model/check.h"
#include "solver/routing/bound/bound.h"

/* Of the time given, the part that goes to the bound when one is asked for; a minute when no time is given.
 */
#define BOUND_PART (2.0 / 3)
enum { BOUND_TIME_DEFAULT_S = 60 };

struct bounding {
    double time_limit_s; /* of the whole command; 0: none */
    money unit;          /* money in one unit of what is shown */
    const volatile sig_atomic_t *cancel;
};

/* The time left to the search. */
double bounding_search_s(double time_limit_s);

/* Bounds the cost of the checked plan's day from below. result->known is false, and the reason is said on
 * the standard error, where the day is too large or the plan leaves mandatory stops. */
error_code bounding_run(const struct bounding *bounding, const struct instance *instance,
                        const struct plan *plan, const struct check_report *report,
                        struct bound_result *result, struct error *error) ERROR_CHECKED;

/* 0.01 for one hundredth. */
double bounding_gap(const struct bound_result *result, money cost);

#endif
