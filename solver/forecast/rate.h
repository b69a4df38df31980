/* How fast each bin fills, and how well that is known.
 *
 * Model. Filling is a gamma process: over d days of filling (demand.h) the level rises by a gamma variable
 * of mean r d and variance q r d: increments never negative, independent, in lumps of about q percent. On
 * the real series q is 2 to 4.5 and does not depend on r (variance ∝ r^1.2 over bins of 2 to 14 percent a
 * day), so q belongs to a stream and a bin's own is drawn towards it. A reading adds noise of variance n,
 * in which the shape of the pile and the weather count too. The rate itself wanders from month to month by
 * about a quarter of its value.
 *
 * The rate is the long-run mean: on the real series windows of weeks forecast worse. A rate that falls with
 * the level (a line fitted to daily changes, drawn to none) was tried: it lowers the pinball loss of paper
 * at one day by 4 % and nothing else, and makes overflows look rarer than they are, since changes cut at
 * 100 pass for slowing; so there is none here.
 *
 * History (one pass over a clean series, rate_history): the rise and the days of filling of each piece
 * without interruption, up to the first full reading, and the same over whole days, which the emptyings'
 * noise and false highs hardly touch: the rate comes from these where they are most of the time. Squared
 * changes over 1, 3 and 7 days, from which q and n follow (variance over h days = 2 n + q r h); rise by
 * weekday. A cycle that readings do not cover counts by its recorded amount; an amount that says only "full"
 * is replaced by its expected value beyond full under the bin's rate, iterated (EM for a censored normal).
 *
 * Pooling (rate_pool): bins of one stream and one promised frequency are a group; what a group does not
 * tell comes from the stream, where rate × promised interval is alike between groups. Each bin's rate is
 * drawn to its group's mean by w = t / (t + v), v its sampling variance, t the variance between bins,
 * estimated from the data (empirical Bayes, method of moments: Morris 1983). Weekday factors are drawn to
 * the stream's and those to 1, the same way: with pure noise both variances come out 0 and the factors 1.
 *
 * A stream without data fills to PRIOR_SHARE of a bin in its promised interval: 50 %, the mean fill at
 * emptying of fixed rounds (48.9 % in Groningen 2024); without a promise the interval is a week. Half full
 * rather than full: a prior that says "full" would send a truck to every new bin at once; its spread
 * (a coefficient of variation of 0.6) keeps the risk honest.
 *
 * Complexity: O(readings) and O(bins log bins). Ownership: the caller's arrays.
 */
#ifndef BENNE_FORECAST_RATE_H
#define BENNE_FORECAST_RATE_H

#include "solver/forecast/clean.h"
#include "solver/forecast/demand.h"

/* q where nothing is measured: the middle of what the real glass and plastic series show. */
#define RATE_LUMP_PERCENT 3.5

enum { LAG_COUNT = 3, LAG_DAYS_MAX = 7, RECENT_MAX = 32 };

/* The days over which changes of level are taken: 1, 3 and 7. */
static inline int32_t rate_lag_days(int32_t lag)
{
    return (1 << (lag + 1)) - 1;
}

/* Changes of level over a number of days, within pieces. */
struct change_sums {
    double count, days, sum, square; /* days: of filling */
};

/* What a bin's clean series says, kept for pooling. */
struct fill_history {
    double days, rise;                     /* of filling watched, in days of filling and percent */
    double noise_ends;                     /* ends of pieces: each adds one reading's noise to the rise */
    double full_days;                      /* of them in cycles whose amount says only full */
    struct change_sums changes[LAG_COUNT]; /* over 1, 3 and 7 days */
    double weekday_rise[WEEK_DAYS], weekday_days[WEEK_DAYS];
    int32_t readings, emptyings;
    instant_s last_emptied; /* INT64_MIN: never */
    /* The last readings since the last emptying or interruption, for the level of tonight. */
    int32_t recent_count;
    instant_s recent_at[RECENT_MAX];
    float recent_percent[RECENT_MAX];
};

struct fill_rate {
    double per_day;      /* percent a day of filling */
    double estimate_sd;  /* of the rate to come: estimation and wandering */
    double lump_percent; /* q */
    double noise_sd;     /* of a reading */
    double watched_mean; /* percent a day over all the days watched */
    double own_share;    /* w: 1 the bin's own data decide, 0 its group's do */
    float weekday_factor[WEEK_DAYS];
};

/* Room for the cycles of the largest bin. */
struct cycle_scratch {
    double *days, *amount;
    bool *censored;
};

void rate_history(const struct clean_series *series, const struct demand_table *table,
                  struct cycle_scratch *scratch, struct fill_history *history);

error_code rate_pool(const struct city *city, const struct fill_history *histories, struct arena *arena,
                     struct fill_rate *rates, struct error *error) ERROR_CHECKED;

/* Days between two promised emptyings; a week when none is promised. */
double rate_promised_interval_days(const struct bin *bin);

#endif
