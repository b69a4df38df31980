/* log.jsonl: what happened, one JSON object a line, each with "level" and "event".
 *
 *   diagnostic  what the readers found: errors, warnings, and notes of what was detected in each file
 *   fault       a sensor fault: bin, kind, span, readings discarded
 *   violation   a rule that the plan breaks, by the checker's account
 *   unserved    a mandatory stop left
 *   phase       a part of the work with its duration
 */
#ifndef BENNE_IO_JOURNAL_H
#define BENNE_IO_JOURNAL_H

#include "io/run.h"

#include <stdio.h>

error_code journal_write(FILE *file, const struct night *night, const struct run_facts *facts,
                         struct error *error) ERROR_CHECKED;

#endif
