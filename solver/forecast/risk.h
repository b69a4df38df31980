/* How likely a bin is to be at a level or above.
 *
 * Level = last known level (normal) + filling since (gamma process of rate.h, whose rate is lognormal with
 * the estimate's mean and standard deviation, and whose lumps are small or large). For a given level, rate
 * and lump the probability of having passed a threshold is the regularised upper incomplete gamma function
 * Q((days r) / q, (threshold - level) / q); the mean over the three is a weighted sum at a few nodes. Each
 * term grows with the days, and so does the sum: a full bin stays full, and the risk never falls from one
 * day to the next.
 *
 * Gamma rather than normal: increments of the real series are non-negative but for reading noise, right
 * skewed, with a variance proportional to their mean. A normal one would give the slow bins a chance to
 * empty themselves, and too little weight to the sudden load that makes an overflow.
 *
 * Complexity: 90 incomplete gamma functions a call, most of them decided by a bound.
 */
#ifndef BENNE_FORECAST_RISK_H
#define BENNE_FORECAST_RISK_H

/* A bin's state of knowledge. Levels in percent, rates in percent per day of filling. */
struct fill_state {
    double level, level_sd;
    double rate, rate_sd;
    double lump; /* q: variance of a filling over its mean, percent */
};

/* P(level ≥ threshold after `days` of filling). In [0, 1]; never NaN for finite input, sd ≥ 0, lump > 0. */
double risk_at_least(const struct fill_state *state, double days, double threshold);

/* Q(shape, x): the upper tail of a gamma variable of scale 1. shape ≥ 0. */
double risk_gamma_tail(double shape, double x);

#endif
