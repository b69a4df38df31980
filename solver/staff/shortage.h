/* How many of a group are present: the Poisson-binomial distribution of independent people, each with a
 * probability of his own, exact by convolution. All terms are positive, so that the error stays some 1e-13
 * absolute for thousands of people. Shared causes of absence (a flu, a strike) are not in it. */
#ifndef BENNE_STAFF_SHORTAGE_H
#define BENNE_STAFF_SHORTAGE_H

#include <stdint.h>

/* pmf[k] = P(exactly k of `count` are present), k = 0 … count. O(count²). */
void presence_distribution(const double *presence, int32_t count, double *pmf);

/* P(present < posts). O(posts). */
double count_below(const double *pmf, int32_t count, int32_t posts);

/* The same when those of another group help who are present beyond its own posts:
 *     Σ_k P(helpers = k) × P(present < posts − max(0, k − helper_posts))
 * O(helper_count × count). */
double count_below_with_help(const double *helper_pmf, int32_t helper_count, int32_t helper_posts,
                             const double *pmf, int32_t count, int32_t posts);

#endif
