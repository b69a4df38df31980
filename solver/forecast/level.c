#include "solver/forecast/level.h"

#include <math.h>

/* What an emptying leaves behind: nearly nothing, and sensors see it within a few points. */
static const double EMPTIED_SD = 2;
/* Readings above which a sensor says "full" and no more. */
static const double FULL_PERCENT = 99.5;
/* Standard deviations of surprise beyond which a rise is a lump and not noise. */
static const double LUMP_SURPRISE = 3;

static void correct(double reading, double noise, double *level, double *variance)
{
    double surprise = reading - *level;
    if (reading >= FULL_PERCENT) {
        /* Full: at least about 100. By how much more, the filling before has already said. */
        if (*level < 100) {
            *level = 100 + sqrt(noise);
            *variance = noise;
        }
        return;
    }
    if (surprise > LUMP_SURPRISE * sqrt(*variance + noise)) {
        *level = reading;
        *variance = noise;
        return;
    }
    double gain = *variance / (*variance + noise);
    *level += gain * surprise;
    *variance *= 1 - gain;
}

static struct known_level filter_readings(const struct fill_history *history, const struct fill_rate *rate,
                                          const struct demand_table *table)
{
    double noise = rate->noise_sd * rate->noise_sd;
    double level = (double)history->recent_percent[0], variance = noise;
    if (level >= FULL_PERCENT) level = 100 + rate->noise_sd;
    for (int32_t i = 1; i < history->recent_count; i++) {
        double growth =
            rate->per_day * demand_between_weekdays(table, rate->weekday_factor, history->recent_at[i - 1],
                                                    history->recent_at[i]);
        level += growth;
        variance += rate->lump_percent * growth;
        correct((double)history->recent_percent[i], noise, &level, &variance);
    }
    return (struct known_level){.at = history->recent_at[history->recent_count - 1],
                                .percent = fmax(level, 0),
                                .sd = sqrt(variance),
                                .reading = true};
}

struct known_level level_last_known(const struct bin *bin, const struct fill_history *history,
                                    const struct fill_rate *rate, const struct demand_table *table,
                                    instant_s now)
{
    if (history->recent_count > 0) return filter_readings(history, rate, table);
    if (history->last_emptied != INT64_MIN)
        return (struct known_level){.at = history->last_emptied, .percent = 0, .sd = EMPTIED_SD};
    /* Emptied at some unknown time of its interval, any as likely: half of it full on average. */
    double cycle_rise = rate->per_day * rate_promised_interval_days(bin);
    return (struct known_level){.at = now, .percent = cycle_rise / 2, .sd = cycle_rise / sqrt(12.0)};
}
