/* manifest.json: from what, with what and how long a run was made, so that it can be made again.
 *
 * Inputs with their SHA-256, options, seed (as text: it may pass 2^53), version, what the search did, the
 * verdict of the checker, wall-clock and processor time by phase, peak memory. It is written last: a folder
 * with a manifest is a whole run.
 */
#ifndef BENNE_IO_MANIFEST_H
#define BENNE_IO_MANIFEST_H

#include "io/run.h"

#include <stdio.h>

error_code manifest_write(FILE *file, const struct night *night, const struct run_facts *facts,
                          struct error *error) ERROR_CHECKED;

#endif
