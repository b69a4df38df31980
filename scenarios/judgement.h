/* Plans that are given, not searched: judged and told, for `benne check` and `benne solve --check`. */
#ifndef BENNE_SCENARIOS_JUDGEMENT_H
#define BENNE_SCENARIOS_JUDGEMENT_H

#include "scenarios/command.h"
#include "scenarios/verdict.h"
#include "solver/base/diagnostic.h"

/* Prints what is wrong or noteworthy in the data; the error then has nothing to add. */
void judgement_explain(const struct command_call *call, const struct diagnostics *list, struct error *error);

/* The verdict as text, or as JSON with --json; then its exit status. */
error_code judgement_give(const struct command_call *call, const struct verdict *verdict,
                          struct error *error) ERROR_CHECKED;

/* The solution of a benchmark file, which is the call's first operand; --format is the call's. */
error_code judge_solution(const struct command_call *call, const char *solution, bool has_steps,
                          struct error *error) ERROR_CHECKED;

#endif
