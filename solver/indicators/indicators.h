/* What is measured, from one table: name, unit, what is better, formula in words, and the function that
 * computes it from a driven plan. The plan and the current practice go through the same functions. */
#ifndef BENNE_INDICATORS_INDICATORS_H
#define BENNE_INDICATORS_INDICATORS_H

#include "solver/indicators/night.h"

typedef enum better { BETTER_LESS, BETTER_MORE, BETTER_NEITHER } better;

/* One plan as driven: tonight's, or the current practice. */
struct driven {
    const struct city *city;
    const struct fill_forecast *forecast;
    const struct choice *choice;
    const struct day_problem *problem;
    const struct plan *plan;
    const struct check_report *report;
};

struct indicator {
    const char *name;    /* "distance_km": stable, as in indicators.csv */
    const char *label;   /* N_() text for people */
    const char *unit;    /* "km", "h", "kg", "%", "EUR" (the city's currency), "" */
    const char *formula; /* N_() text: how it is computed, in words */
    better better;
    int32_t decimals;
    double (*value)(const struct driven *driven); /* NaN when it cannot be known */
};

extern const struct indicator INDICATORS[];
extern const int32_t INDICATOR_COUNT;

struct indicator_values {
    double *plan, *practice; /* INDICATOR_COUNT each; practice NULL when unknown */
};

error_code indicators_compute(const struct night *night, struct arena *arena, struct indicator_values *values,
                              struct error *error) ERROR_CHECKED;

#endif
