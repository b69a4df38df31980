/* The commands that exist, each defined in the file of its name; main.c lists them in the order of help. */
#ifndef BENNE_SCENARIOS_COMMANDS_H
#define BENNE_SCENARIOS_COMMANDS_H

#include "scenarios/command.h"

extern const struct command PLAN_COMMAND, VALIDATE_COMMAND, GENERATE_COMMAND, SOLVE_COMMAND, CHECK_COMMAND,
    MATRIX_COMMAND;

#endif
