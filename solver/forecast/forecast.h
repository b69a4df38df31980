/* Fill levels: where each bin stands tonight, and how likely it is to overflow on each coming day.
 *
 * Only what was known before `now` is used. For each bin, readings and emptyings become a clean series
 * (clean.h: emptyings detected, sensor faults discarded and named), a filling rate with its uncertainty
 * (rate.h: weekday pattern where the data carry it, pooled with similar bins where they are few), and from
 * these the level and the probability of overflow at the end of each coming day, had the bin not been
 * emptied meanwhile. A bin with no data gets its stream's prior, and says so.
 *
 * `now` is usually the evening before `first_day`, or within it. The level known last (a reading, an
 * emptying) is carried to the end of each day by days of filling, each weighted by its weekday and by the
 * demand factor of the calendar.
 *
 * Arrays by bin and day are row-major, bin × day, day 0 the first day asked for. Levels are percent of the
 * capacity; an overflow is a level of 100 or more. Ownership: the arena given.
 */
#ifndef BENNE_FORECAST_FORECAST_H
#define BENNE_FORECAST_FORECAST_H

#include "solver/model/city.h"

typedef enum fill_source {
    FILL_SENSOR,    /* its own readings, recent */
    FILL_EMPTYINGS, /* its own emptyings alone, or a sensor fallen silent */
    FILL_POOLED,    /* too little of its own: mostly similar bins */
    FILL_PRIOR,     /* nothing at all: the prior of its stream */
    FILL_SOURCE_COUNT
} fill_source;

typedef enum fault_kind { FAULT_GAP, FAULT_STUCK, FAULT_SPIKE, FAULT_SILENT, FAULT_KIND_COUNT } fault_kind;

/* A sensor fault found: its kind, span and how many readings were discarded for it. Spikes (false "full"
 * readings included) that follow each other within a week are one fault. */
struct sensor_fault {
    int32_t bin;
    fault_kind kind;
    instant_s from, to;
    int32_t readings;
};

struct bin_fill {
    fill_source source;
    instant_s last_emptied; /* INT64_MIN: never seen */
    double level_percent;   /* expected at `now` */
    double level_sd;
    double rate_per_day;            /* percent a day, mean over the week; > 0 */
    double rate_sd;                 /* of the rate to come: its estimate and its wandering */
    double increment_sd;            /* of one day's filling around the rate; its square grows with the days */
    double noise_sd;                /* of one reading of its sensor */
    double known_percent, known_sd; /* the level known last, and ... */
    double known_days;              /* ... the days of filling from then to `now` */
    int32_t readings_used, emptyings_used, faults;
    float weekday_factor[WEEK_DAYS]; /* mean 1 */
};

struct fill_forecast {
    instant_s now;
    day_number first_day;
    int32_t bin_count, days;
    struct bin_fill *bins;
    float *level_percent;        /* bin × day: expected at the end of the day, may pass 100 */
    float *overflow_probability; /* bin × day: of being at 100 or more by the end of the day */
    struct sensor_fault *faults; /* by bin, then time */
    int32_t fault_count;
    int64_t readings_read, readings_discarded;
};

/* O(readings + bins × (days + log bins)); memory for one bin's readings beside the result. */
error_code forecast_fill(const struct city *city, instant_s now, day_number first_day, int32_t days,
                         struct arena *arena, struct fill_forecast *forecast,
                         struct error *error) ERROR_CHECKED;

static inline float forecast_level(const struct fill_forecast *forecast, int32_t bin, int32_t day)
{
    return forecast->level_percent[(size_t)bin * (size_t)forecast->days + (size_t)day];
}

static inline float forecast_overflow(const struct fill_forecast *forecast, int32_t bin, int32_t day)
{
    return forecast->overflow_probability[(size_t)bin * (size_t)forecast->days + (size_t)day];
}

/* The level expected in the bin at the end of a day if nobody comes: what it can hold at most, 0 … 100. Days
 * before the first asked for have the level of `now`, days after the last the last one's. */
static inline double forecast_held(const struct fill_forecast *forecast, int32_t bin, day_number on)
{
    int32_t day = on - forecast->first_day < forecast->days ? on - forecast->first_day : forecast->days - 1;
    double level = day < 0 ? forecast->bins[bin].level_percent : (double)forecast_level(forecast, bin, day);
    return level < 0 ? 0 : level > 100 ? 100 : level;
}

/* Probability that a bin emptied at the beginning of day `from` is full by the end of day `to`. */
double forecast_overflow_if_emptied(const struct fill_forecast *forecast, const struct city *city,
                                    int32_t bin, day_number from, day_number to);

const char *fill_source_name(fill_source source);
const char *fault_kind_name(fault_kind kind);

#endif
