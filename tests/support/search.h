/* What tests ask of the search: a plan or the test fails, that the checker accepts or the test fails. */
#ifndef BENNE_TESTS_SUPPORT_SEARCH_H
#define BENNE_TESTS_SUPPORT_SEARCH_H

#include "bench/tiny/trial.h"
#include "solver/model/check.h"
#include "solver/routing/routing.h"

/* The defaults but for the seed, and a number of rounds in place of the time. */
struct routing_options search_options(uint64_t seed, int64_t iterations);

/* The caller frees the plan. */
struct routing_result search_with(const struct instance *in, const struct routing_options *options);
struct routing_result search(const struct instance *in, uint64_t seed, int64_t iterations);

/* A plan that breaks no rule but that mandatory stops may be left, at the cost that the search says. The
 * report is the arena's; the seed is said when it fails. */
struct check_report assert_accepted(const struct instance *in, const struct routing_result *result,
                                    struct arena *arena, uint64_t seed);

/* How many of the trials of seeds 1 on reach the optimum; none may be rejected, inexact, better or unproven.
 */
int32_t trials_at_optimum(const struct trial_terms *terms, int32_t trials);

#endif
