/* The last level that is known: readings since the last emptying, filtered.
 *
 * A scalar Kalman filter (Kalman 1960) under the model of rate.h: between readings the level grows by the
 * bin's rate and its variance by lump × growth; a reading corrects it by its noise. Filling comes in lumps:
 * a reading far above the prediction restarts the filter there rather than being averaged away. A reading
 * of 100 is a floor, not a value: it lifts the level to full and never pulls it down.
 *
 * The result is the level at the last reading (or at the last emptying, when there was none since), with
 * its variance; what has been filling since then is left to the risk, which knows its distribution.
 */
#ifndef BENNE_FORECAST_LEVEL_H
#define BENNE_FORECAST_LEVEL_H

#include "solver/forecast/rate.h"

struct known_level {
    instant_s at;
    double percent, sd;
    bool reading; /* a reading says so; otherwise an emptying, or the prior alone */
};

/* `now` is only used where nothing was ever seen: the bin is then somewhere in its promised interval. */
struct known_level level_last_known(const struct bin *bin, const struct fill_history *history,
                                    const struct fill_rate *rate, const struct demand_table *table,
                                    instant_s now);

#endif
