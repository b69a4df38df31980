/* What the checker says of a plan, in the words of its city or of its benchmark file: every broken rule with
 * the vehicle, the step and the ids, the cost by part, and each route's times and loads. */
#ifndef BENNE_SCENARIOS_VERDICT_H
#define BENNE_SCENARIOS_VERDICT_H

#include "io/benchmark.h"
#include "solver/horizon/day.h"

/* A plan judged: `city` and `problem` for a city's day, else `benchmark`. */
struct verdict {
    const struct city *city;
    const struct day_problem *problem;
    const struct benchmark *benchmark;
    const struct instance *instance;
    const struct plan *plan;
    const struct check_report *report;
    bool has_steps; /* the text gives each step, and not the routes alone */
};

void verdict_print(const struct verdict *verdict, FILE *stream);

/* One JSON object on the standard output: of a family that has an answer of its own, that one. */
error_code verdict_json(const struct verdict *verdict, struct error *error) ERROR_CHECKED;

/* ERROR_NONE when the plan keeps every rule, ERROR_UNSERVED when mandatory stops are all that is missing,
 * else ERROR_INFEASIBLE. */
error_code verdict_code(const struct check_report *report, struct error *error);

#endif
