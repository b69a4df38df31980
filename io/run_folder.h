/* The run folder: written aside, fsynced, swapped into place, so that a reader sees a whole run or none.
 *
 * run_folder_open takes the lock (ERROR_LOCKED when another run holds it), clears what a killed run left and
 * makes a sibling folder to write in. Each file is fsynced when it is closed; run_folder_commit fsyncs the
 * folders and exchanges the new run with the previous one in one step (where the system cannot, in two: the
 * next open puts the previous run back if a kill came between). run_folder_abandon, or being killed at any
 * moment, leaves the previous run untouched. The lock is an flock on `OUT.lock`, so that it dies with its
 * process; links are resolved first, so that two names of one folder share one lock.
 *
 * Only a run is ever replaced: a folder that is neither empty nor holds a manifest.json is refused
 * (ERROR_USAGE). Missing parents of the folder are made.
 */
#ifndef BENNE_IO_RUN_FOLDER_H
#define BENNE_IO_RUN_FOLDER_H

#include "solver/base/error.h"

#include <stdio.h>

struct run_folder; /* opaque */

error_code run_folder_open(const char *path, struct run_folder **opened, struct error *error) ERROR_CHECKED;

/* A new file of the run for writing, "gpx/GRUE1.gpx" in a folder of its own; closed by run_folder_close_file,
 * which reports a full disk. */
error_code run_folder_file(struct run_folder *folder, const char *name, FILE **file,
                           struct error *error) ERROR_CHECKED;
error_code run_folder_close_file(struct run_folder *folder, const char *name, FILE *file,
                                 struct error *error) ERROR_CHECKED;

/* Both end the folder's life: it is freed. */
error_code run_folder_commit(struct run_folder *folder, struct error *error) ERROR_CHECKED;
void run_folder_abandon(struct run_folder *folder);

#endif
