#include "solver/forecast/risk.h"

#include <math.h>
#include <stdint.h>

/* Gauss-Hermite for a standard normal variable (Abramowitz and Stegun 25.4.46, n = 5 and 9, nodes × √2).
 * The rate needs the more: far ahead it decides most. */
enum { LEVEL_NODES = 5, RATE_NODES = 9 };
static const double LEVEL_AT[LEVEL_NODES] = {-2.8569700138728056, -1.3556261799742659, 0, 1.3556261799742659,
                                             2.8569700138728056};
static const double LEVEL_WEIGHT[LEVEL_NODES] = {1.1257411327720691e-2, 0.22207592200561264,
                                                 0.53333333333333333, 0.22207592200561264,
                                                 1.1257411327720691e-2};
static const double RATE_AT[RATE_NODES] = {
    -4.5127458633997826, -3.2054290028564703, -2.0768479786778302, -1.0232556637891326, 0,
    1.0232556637891326,  2.0768479786778302,  3.2054290028564703,  4.5127458633997826};
static const double RATE_WEIGHT[RATE_NODES] = {
    2.2345844007746565e-5, 2.7891413212317692e-3, 4.9916406765217880e-2,
    0.24409750289493909,   0.40634920634920635,   0.24409750289493909,
    4.9916406765217880e-2, 2.7891413212317692e-3, 2.2345844007746565e-5};

/* Above this shape the cube root of a gamma variable is normal to 1e-5 (Wilson and Hilferty 1931). */
static const double SHAPE_LARGE = 500;
static const double PRECISION = 1e-10;
enum { TERMS_MAX = 1000 };

/* Lower tail by its power series, for x < shape + 1. */
static double lower_series(double shape, double x)
{
    double term = 1 / shape, sum = term;
    for (int32_t n = 1; n < TERMS_MAX && term > sum * PRECISION; n++) {
        term *= x / (shape + n);
        sum += term;
    }
    return sum;
}

/* Upper tail by its continued fraction (modified Lentz), for x ≥ shape + 1. */
static double upper_fraction(double shape, double x)
{
    const double tiny = 1e-300;
    double b = x + 1 - shape, c = 1 / tiny, d = 1 / b, fraction = d;
    for (int32_t n = 1; n < TERMS_MAX; n++) {
        double a = -n * (n - shape);
        b += 2;
        d = a * d + b;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = b + a / c;
        if (fabs(c) < tiny) c = tiny;
        fraction *= c * d;
        if (fabs(c * d - 1) < PRECISION) break;
    }
    return fraction;
}

double risk_gamma_tail(double shape, double x)
{
    if (x <= 0) return 1;
    if (shape <= 0) return 0;
    /* Ten standard deviations and more away: below any precision asked for. */
    if (x > shape + 10 * sqrt(shape) + 50) return 0;
    if (shape > SHAPE_LARGE) {
        double z = (cbrt(x / shape) - (1 - 1 / (9 * shape))) * 3 * sqrt(shape);
        return 0.5 * erfc(z / sqrt(2.0));
    }
    int sign;
    double scale = exp(shape * log(x) - x - lgamma_r(shape, &sign));
    double tail = x < shape + 1 ? 1 - scale * lower_series(shape, x) : scale * upper_fraction(shape, x);
    return fmin(fmax(tail, 0), 1);
}

/* Lumps are not all alike: most are smaller than q, some far larger. Two sizes with mean q, chosen on the
 * real series (lower pinball loss at 3 and 7 days than one size) and on rare overflows, which one size
 * underrates. */
enum { LUMP_NODES = 2 };
static const double LUMP_SIZE[LUMP_NODES] = {0.5, 3}, LUMP_WEIGHT[LUMP_NODES] = {0.8, 0.2};

double risk_at_least(const struct fill_state *state, double days, double threshold)
{
    double variation = state->rate > 0 ? state->rate_sd / state->rate : 0;
    double log_variance = log1p(variation * variation), log_sd = sqrt(log_variance);
    double total = 0;
    for (int32_t r = 0; r < RATE_NODES; r++) {
        double mean = fmax(days, 0) * state->rate * exp(log_sd * RATE_AT[r] - log_variance / 2);
        for (int32_t q = 0; q < LUMP_NODES; q++) {
            double lump = LUMP_SIZE[q] * state->lump, weight = RATE_WEIGHT[r] * LUMP_WEIGHT[q];
            for (int32_t l = 0; l < LEVEL_NODES; l++) {
                double missing = threshold - (state->level + state->level_sd * LEVEL_AT[l]);
                total += weight * LEVEL_WEIGHT[l] * risk_gamma_tail(mean / lump, missing / lump);
            }
        }
    }
    return fmin(fmax(total, 0), 1);
}
