#include "solver/staff/shortage.h"

#include "solver/staff/staffing.h"

#include <math.h>
#include <stdlib.h>

/* Adds one person to the distribution of those before, of whom `length` − 1 is the largest number kept. */
static void convolve(double *pmf, int32_t length, double presence)
{
    for (int32_t k = length - 1; k > 0; k--) pmf[k] = pmf[k] * (1 - presence) + pmf[k - 1] * presence;
    pmf[0] *= 1 - presence;
}

double count_below(const double *pmf, int32_t count, int32_t posts)
{
    double sum = 0;
    for (int32_t k = 0; k <= count && k < posts; k++) sum += pmf[k];
    return sum;
}

void presence_distribution(const double *presence, int32_t count, double *pmf)
{
    pmf[0] = 1;
    for (int32_t i = 0; i < count; i++) {
        pmf[i + 1] = 0;
        convolve(pmf, i + 2, presence[i]);
    }
}

/* Only the numbers below `posts` matter: whoever comes beyond leaves the table. */
double staffing_shortage(const double *presence, int32_t count, int32_t posts)
{
    if (posts <= 0) return 0;
    if (posts > count) return 1;
    double *pmf = calloc((size_t)posts, sizeof *pmf);
    if (pmf == NULL) return NAN;
    pmf[0] = 1;
    for (int32_t i = 0; i < count; i++) convolve(pmf, posts, presence[i]);
    const double shortage = count_below(pmf, posts - 1, posts);
    free(pmf);
    return shortage;
}

double count_below_with_help(const double *helper_pmf, int32_t helper_count, int32_t helper_posts,
                             const double *pmf, int32_t count, int32_t posts)
{
    double sum = 0;
    for (int32_t k = 0; k <= helper_count; k++) {
        const int32_t help = k > helper_posts ? k - helper_posts : 0;
        sum += helper_pmf[k] * count_below(pmf, count, posts - help);
    }
    return sum;
}
