#include "solver/forecast/risk.h"

#include <math.h>
#include <stdint.h>

/* Gauss-Hermite for a standard normal variable (Abramowitz and Stegun 25.4.46, n = 5 and 7, nodes × √2). */
enum { LEVEL_NODES = 7, RATE_NODES = 5 };
static const double LEVEL_AT[LEVEL_NODES] = {-3.7504397177257425, -2.3667594107345416, -1.1544053947399682, 0,
                                             1.1544053947399682,  2.3667594107345416,  3.7504397177257425};
static const double LEVEL_WEIGHT[LEVEL_NODES] = {
    5.4826885597221792e-4, 3.0757123967586497e-2, 0.24012317860501271,  0.45714285714285714,
    0.24012317860501271,   3.0757123967586497e-2, 5.4826885597221792e-4};
static const double RATE_AT[RATE_NODES] = {-2.8569700138728056, -1.3556261799742659, 0, 1.3556261799742659,
                                           2.8569700138728056};
static const double RATE_WEIGHT[RATE_NODES] = {1.1257411327720691e-2, 0.22207592200561264,
                                               0.53333333333333333, 0.22207592200561264,
                                               1.1257411327720691e-2};

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

double risk_at_least(const struct fill_state *state, double days, double threshold)
{
    double variation = state->rate > 0 ? state->rate_sd / state->rate : 0;
    double log_variance = log1p(variation * variation), log_sd = sqrt(log_variance);
    double total = 0;
    for (int32_t r = 0; r < RATE_NODES; r++) {
        double rate = state->rate * exp(log_sd * RATE_AT[r] - log_variance / 2);
        double shape = rate * fmax(days, 0) / state->lump;
        for (int32_t l = 0; l < LEVEL_NODES; l++) {
            double missing = threshold - (state->level + state->level_sd * LEVEL_AT[l]);
            total += RATE_WEIGHT[r] * LEVEL_WEIGHT[l] * risk_gamma_tail(shape, missing / state->lump);
        }
    }
    return fmin(fmax(total, 0), 1);
}
