/* An operand that names a plan: the file, or the run folder that holds one. */
#ifndef BENNE_SCENARIOS_PLAN_OPERAND_H
#define BENNE_SCENARIOS_PLAN_OPERAND_H

#include "solver/base/error.h"

#include <limits.h>
#include <stdbool.h>

bool is_folder(const char *path);

/* The file itself, or plan.json of a run folder. ERROR_USAGE: the path is too long. */
error_code plan_operand_path(const char *operand, char path[PATH_MAX], struct error *error) ERROR_CHECKED;

#endif
