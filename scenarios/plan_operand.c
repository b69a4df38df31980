#include "scenarios/plan_operand.h"

#include "solver/base/message.h"

#include <stdio.h>
#include <sys/stat.h>

bool is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

error_code plan_operand_path(const char *operand, char path[PATH_MAX], struct error *error)
{
    const int length = snprintf(path, PATH_MAX, is_folder(operand) ? "%s/plan.json" : "%s", operand);
    if (length >= 0 && length < PATH_MAX) return ERROR_NONE;
    return error_set(error, ERROR_USAGE, _("the path of the plan is too long"));
}
