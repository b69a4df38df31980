/* What is measured, from one table: name, unit, what is better, formula in words, and the function that
 * computes it from a driven plan (measures.h). The plan and the current practice go through the same
 * functions, with the same forecast and the same list of due bins.
 *
 * Two plans of one day rarely give the same service: one may drive less by putting work off. Hence the
 * risk and the fill that each leaves in the whole city, due bins it missed and rules it broke stand beside
 * what it costs; and cost_with_overflows puts a price on the difference in risk. Costs leave out the prizes
 * of the search, which are no expense.
 */
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
    const char *unit;    /* "km", "h", "%", "" …; exactly "EUR" stands for the city's currency */
    const char *formula; /* N_() text: how it is computed, in words */
    better better;
    int32_t decimals;
    double (*value)(const struct driven *driven); /* NaN when it cannot be known */
};

extern const struct indicator INDICATORS[];
extern const int32_t INDICATOR_COUNT;

struct indicator_values {
    double *plan, *practice, *matched; /* INDICATOR_COUNT each; the last two NULL when unknown */
};

error_code indicators_compute(const struct night *night, struct arena *arena, struct indicator_values *values,
                              struct error *error) ERROR_CHECKED;

#endif
