/* The run folder: written aside, fsynced, renamed into place, so that a reader sees a whole run or none.
 *
 * run_folder_open takes the lock (ERROR_LOCKED when another run holds it) and makes a sibling folder to
 * write in; run_folder_commit fsyncs every file and swaps it for the previous run in one rename;
 * run_folder_abandon, or being killed at any moment, leaves the previous run untouched and the next open
 * clears the remains. The lock is an flock on `OUT.lock`, so that it dies with its process.
 */
#ifndef BENNE_IO_RUN_FOLDER_H
#define BENNE_IO_RUN_FOLDER_H

#include "solver/base/error.h"

#include <stdio.h>

struct run_folder; /* opaque */

error_code run_folder_open(const char *path, struct run_folder **opened, struct error *error) ERROR_CHECKED;

/* A new file of the run for writing; closed by run_folder_close_file, which reports a full disk. */
error_code run_folder_file(struct run_folder *folder, const char *name, FILE **file,
                           struct error *error) ERROR_CHECKED;
error_code run_folder_close_file(struct run_folder *folder, const char *name, FILE *file,
                                 struct error *error) ERROR_CHECKED;

error_code run_folder_commit(struct run_folder *folder, struct error *error) ERROR_CHECKED;
void run_folder_abandon(struct run_folder *folder);

#endif
