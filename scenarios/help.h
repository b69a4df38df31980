/* What `benne help`, `benne NAME --help` and `benne --version` print. All of it comes from the table of
 * commands, so that help cannot name what does not exist. */
#ifndef BENNE_SCENARIOS_HELP_H
#define BENNE_SCENARIOS_HELP_H

#include "scenarios/command.h"

#include <stdio.h>

/* `commands` ends with NULL. */
void help_program(const struct command *const *commands, FILE *stream);
void help_command(const struct command *command, FILE *stream);
void help_version(FILE *stream);

/* The command of that name, or NULL; *nearest is then the command most like it, or NULL when none is. */
const struct command *help_find(const struct command *const *commands, const char *name,
                                const struct command **nearest);

#endif
