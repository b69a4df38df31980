/* Where a plan stands: the operand of a command may be the file or the run folder that holds it. */
#ifndef BENNE_SCENARIOS_PLAN_FILE_H
#define BENNE_SCENARIOS_PLAN_FILE_H

#include "solver/base/error.h"

#include <limits.h>
#include <stdbool.h>

bool path_is_folder(const char *path);

/* The file itself, or plan.json of a run folder. */
error_code plan_file_path(const char *operand, char path[PATH_MAX], struct error *error) ERROR_CHECKED;

#endif
