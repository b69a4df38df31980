/* What a planned night comes to, for the person who ran it: key figures beside the current practice, the
 * routes, the staffing gap, and where the report is. */
#ifndef BENNE_SCENARIOS_SUMMARY_H
#define BENNE_SCENARIOS_SUMMARY_H

#include "solver/indicators/indicators.h"
#include "solver/indicators/night.h"

#include <stdio.h>

void summary_print(const struct night *night, const struct indicator_values *values, const char *run_folder,
                   FILE *stream);

/* One JSON object on the standard output: city, day, run folder, unserved bins, all indicators. */
error_code summary_json(const struct night *night, const struct indicator_values *values,
                        const char *run_folder, struct error *error) ERROR_CHECKED;

#endif
