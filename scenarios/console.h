/* What a person sees on the standard error: messages, diagnostics with a caret, one line of progress.
 *
 * The progress line exists only on a terminal and without --quiet, and is wiped before anything else is
 * written. Colours only on a terminal, and never when NO_COLOR is set (no-color.org). */
#ifndef BENNE_SCENARIOS_CONSOLE_H
#define BENNE_SCENARIOS_CONSOLE_H

#include "solver/base/diagnostic.h"
#include "solver/base/error.h"

#include <stdbool.h>
#include <stdio.h>

/* Looks at the standard error once; without it, nothing but errors is ever written. */
void console_open(bool quiet);

/* A sentence for whoever watches, ended by a line feed; nothing with --quiet. */
void console_note(const char *format, ...) ERROR_PRINTF(1, 2);

/* Replaces the progress line; console_progress_end wipes it. */
void console_progress(const char *format, ...) ERROR_PRINTF(1, 2);
void console_progress_end(void);

/* "benne plan: sentence", or "file:line:column: error: sentence" when a file is at fault; after a usage
 * error, where the help is. Nothing when the sentence is empty: it has been said already. */
void console_error(const char *command, const struct error *error);

/* Every diagnostic kept, each with its line and a caret under the column, then the counts. Notes only when
 * asked for: they say what was detected in files that are right. */
void console_diagnostics(const struct diagnostics *list, bool notes, FILE *stream);

#endif
