/* Fill series drawn from the model of solver/forecast: a gamma process emptied now and then, read with
 * noise; and a city of such bins. */
#ifndef BENNE_TESTS_FILL_SERIES_H
#define BENNE_TESTS_FILL_SERIES_H

#include "solver/base/rng.h"
#include "solver/model/city.h"

struct fill_plan {
    double rate, lump;        /* percent a day; variance over mean */
    double noise_sd;          /* of a reading */
    double empty_at;          /* emptied on the first morning at this level or above ... */
    int32_t interval_days;    /* ... or on a fixed day, whatever the level; 0 by level */
    double weekend;           /* factor of Saturday and Sunday; 1 none */
    int32_t days, step_hours; /* step 0: no sensor */
    bool recorded;            /* emptyings are recorded, full ones as "100" */
};

struct fill_series {
    instant_s read_at[20000], emptied_at[2000];
    float percent[20000], emptied_percent[2000], emptied_kg[2000];
    double level;                /* at the end */
    int32_t readings, emptyings; /* emptyings: those that happened; also recorded if the plan says so */
};

/* The first day drawn: Monday 1 June 2026, midnight UTC. */
instant_s fill_series_start(void);

void fill_series_draw(struct fill_series *series, const struct fill_plan *plan, struct rng *rng);

/* A gamma variable of mean and variance / mean given (Marsaglia and Tsang 2000). */
double fill_gamma(double mean, double lump, struct rng *rng);

/* A city in UTC whose bins have these series; one stream, promise C1. NULL when memory is exhausted. */
struct city *fill_city_make(struct arena *arena, const struct fill_series *const *series,
                            const struct fill_plan *plans, int32_t bins);

#endif
